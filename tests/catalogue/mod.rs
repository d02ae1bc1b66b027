//! The plan as data, against the text of the plan and against broken editions.

mod amend;
mod components;
mod contract;
mod edition;
mod faults;
mod periods;
mod source;
mod wording;
