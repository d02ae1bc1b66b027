//! The package: what is written is what is read, and everything else is refused with its reason.

mod round_trip;
