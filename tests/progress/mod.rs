//! Arithmetic on snapshots: figures, sums, scores, standing.

mod completeness;
mod indicator;
mod jumps;
mod laws;
mod pillars;
mod points;
mod score;
mod status;
mod succession;
mod trend;
mod trial;
mod value;
