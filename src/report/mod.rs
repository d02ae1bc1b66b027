//! Documents for people outside the program. Returns bytes, touches no disk.

pub mod eml;
