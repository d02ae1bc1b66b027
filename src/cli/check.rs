//! `dti check`: whether the file is sound, evidence included.

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::ops;
use crate::store::Access;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "check",
    arguments: "FILE",
    about: "Kiểm tra tệp làm việc có hỏng không",
    options: &[],
    flags: &[],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let store = common::open(args, env, Access::Read)?;
    let damage = ops::check(&store).map_err(|e| Failure::ops(&e, store.catalogue()))?;
    if damage.is_empty() {
        env.print("Tệp nguyên vẹn.\n");
        return Ok(Exit::Done);
    }
    for found in &damage {
        env.say(&format!("{}.", words::damage(found, store.catalogue())));
    }
    Err(Failure::file(format!(
        "{}: có {} chỗ hỏng. Khôi phục từ bản sao lưu gần nhất: dti restore BẢN_SAO --to TỆP_MỚI.",
        store.path().display(),
        damage.len()
    )))
}
