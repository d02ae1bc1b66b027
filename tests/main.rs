//! The one test binary: a module per part of the program, and the rules of the house.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod app;
mod architecture;
mod catalogue;
mod cli;
mod end_to_end;
mod exchange;
mod external;
mod hostile;
mod laws;
mod merge;
mod ops;
mod package;
mod progress;
mod record;
mod report;
mod store;
mod support;
mod table;
mod text;
mod trust;
mod ui;
mod words;
mod work;
