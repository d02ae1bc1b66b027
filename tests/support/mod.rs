//! Builders that the tests of several modules share.

mod world;

pub use world::{World, decimal, issued, moment, period, ratio, task, value};
