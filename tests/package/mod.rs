//! The package: what is written is what is read, and everything else is refused with its reason.

mod any_bytes;
pub mod forge;
mod hostile;
mod messages;
mod round_trip;
mod signed;
mod tampered;
