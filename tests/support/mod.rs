//! Builders that the tests of several modules share.

pub mod cli;
pub mod official;
pub mod packages;
pub mod raw_zip;
pub mod workspace;
mod world;

pub use world::{World, decimal, issued, moment, period, ratio, task, value};
