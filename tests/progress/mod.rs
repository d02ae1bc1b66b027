//! Arithmetic on snapshots: figures, sums, scores, standing.

mod indicator;
mod laws;
mod pillars;
mod score;
mod status;
mod trend;
mod value;
