//! The workspace file: making, opening, locking it, and what it refuses.

mod open;
