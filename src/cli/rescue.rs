//! `dti rescue`: what is still readable of a damaged workspace, into a new and sound one.

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure};
use crate::catalogue;
use crate::ops::{self, Context};
use crate::trust::SecretKey;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "rescue",
    arguments: "FILE --to TỆP_MỚI",
    about: "Cứu những gì còn đọc được của một tệp hỏng sang tệp mới; tệp hỏng không bị đụng đến",
    options: &["to"],
    flags: &[],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let to = args.required_path("to")?;
    let seed = (env.new_seed)()
        .map_err(|e| Failure::file(format!("Máy không cấp được số ngẫu nhiên để tạo khóa ký ({e}).")))?;
    let mut ctx = Context { officer: "", now: env.now, new_id: env.new_id };
    let rescued = ops::rescue(args.file(), &to, &mut ctx, &SecretKey::new(seed))
        .map_err(|e| Failure::ops(&e, catalogue::embedded()))?;
    env.print(&format!("{} vào {}.\n", words::saved(&rescued), to.display()));
    let lost = words::lost(&rescued, catalogue::embedded());
    for line in &lost {
        env.say(&format!("{line}."));
    }
    Ok(if lost.is_empty() { Exit::Done } else { Exit::Waiting })
}
