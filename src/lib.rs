//! DTI Quảng Trị: the plan's indicators and tasks, reported by agencies, exchanged as packages, merged for the province.

pub mod catalogue;
pub mod text;
