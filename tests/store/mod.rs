//! The workspace file: making, opening, locking it, what it refuses, and what plain `sqlite3` reads in it.

mod moved;
mod open;
mod power_cut;
mod rescue;
mod schema;
mod views;
