//! `dti restore`: a workspace from a backup; a file in its place is kept beside it.

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure};
use crate::catalogue;
use crate::ops;
use crate::words;

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
    let restored = ops::restore(args.file(), &to, env.now).map_err(|e| Failure::ops(&e, catalogue::embedded()))?;
    env.print(&format!("Đã khôi phục vào {}.\n", to.display()));
    if let Some(kept) = restored.kept {
        env.say(&format!("Tệp cũ được giữ tại {}.", kept.display()));
    }
    if restored.missing.is_empty() {
        return Ok(Exit::Done);
    }
    env.say(&format!("{}.", words::missing_bytes(&restored.missing)));
    Ok(Exit::Waiting)
}
