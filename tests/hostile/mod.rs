//! Input of people who mean harm, through the real program: memory stays bounded, and every refusal has its reason.

mod bombs;
mod corpus;
mod mail;
#[path = "../../fuzz/targets.rs"]
mod targets;
