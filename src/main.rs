//! The program: a window on a workspace, or one command of the command line.

fn main() {}
