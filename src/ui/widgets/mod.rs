//! The parts that screens are made of. Each draws itself in the theme, and has a name for screen readers.

mod badge;
mod button;
pub mod chart;
mod choice;
mod field;
mod finder;
pub mod grid;
mod layout;

pub use badge::{badge, banner, progress_bar};
pub use button::{command_button, danger, icon_button, link, primary, quiet, secondary};
pub use choice::{Tab, dropdown, marks_choice, option, segmented, tabs, tick, toggle};
pub(crate) use field::select_all;
pub use field::{TextField, Typing, date_field, number_field, search_field};
pub use finder::{Choice, finder};
pub use layout::{card, elided, empty_state, fact, fact_in, file_row, label_over, section};
