//! Use cases: what each moves, refuses, logs, and how it is taken back.

mod astray;
mod backups;
mod care;
mod conflict;
mod edition;
mod evidence;
mod filing;
mod merge;
mod save;
mod settings;
mod undo;
