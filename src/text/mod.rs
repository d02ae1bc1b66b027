//! Vietnamese text: NFC, folding for search, sorting, numbers, dates, and what was written before Unicode. Pure.
//!
//! Nothing here reads a clock, a locale or a file, and nothing here holds words for the screen: an error is a variant,
//! which `ui/strings` and `report` put into Vietnamese.

mod elide;
mod file_name;
mod fold;
mod order;

pub mod bytes;
pub mod date;
pub mod legacy;
pub mod money;
pub mod number;

pub use elide::elide;
pub use file_name::{is_device_name, is_package_name, portable_file_name};
pub use fold::{ascii_slug, clean, fold, is_nfc, matches, nfc};
pub use order::{SortKey, compare, sort_key};
