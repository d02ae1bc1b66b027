//! The screens, one module each: a `State` of its own, and `show`, which draws it and pushes commands.

pub mod care;
pub mod catalogue;
pub mod first_run;
pub mod inbox;
pub mod log;
pub mod overview;
pub(in crate::ui) mod parts;
pub mod pillar;
pub mod settings;
pub mod submit;
pub mod summary;
