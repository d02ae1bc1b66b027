//! Use cases: what each moves, refuses, logs, and how it is taken back.

mod save;
