//! Builders that the tests of several modules share.

pub mod packages;
mod world;

pub use world::{World, decimal, issued, moment, period, ratio, task, value};
