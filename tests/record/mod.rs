//! Entries and their remarks; revisions that meet in any order.

mod findings;
mod laws;
