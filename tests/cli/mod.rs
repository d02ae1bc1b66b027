//! The command line in process: what each command prints, its JSON keys, its exit codes, and that refusals change nothing.

mod answers;
mod care;
mod catalogue;
mod components;
mod demo;
mod exchange;
mod files;
mod form;
mod keys;
mod load;
mod queries;
mod remind;
mod report;
mod set;
mod templates;
mod usage;
