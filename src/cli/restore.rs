//! `dti restore`: a workspace from a backup; a file in its place is kept beside it.

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure};
use crate::catalogue;
use crate::ops;

pub(super) const COMMAND: Command = Command {
    name: "restore",
    arguments: "BẢN_SAO --to FILE",
    about: "Khôi phục tệp làm việc từ bản sao lưu; tệp đang có được giữ lại bên cạnh",
    options: &["to"],
    flags: &[],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let to = args.required_path("to")?;
    let kept = ops::restore(args.file(), &to, env.now).map_err(|e| Failure::ops(&e, catalogue::embedded()))?;
    env.print(&format!("Đã khôi phục vào {}.\n", to.display()));
    if let Some(kept) = kept {
        env.say(&format!("Tệp cũ được giữ tại {}.", kept.display()));
    }
    Ok(Exit::Done)
}
