//! DTI Quảng Trị: the plan's indicators and tasks, reported by agencies, exchanged as packages, merged for the province.

pub mod catalogue;
pub mod merge;
pub mod ops;
pub mod package;
pub mod platform;
pub mod progress;
pub mod record;
pub mod text;
