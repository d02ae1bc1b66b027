//! `dti backup`: a sound copy of the workspace, also while it is in use.

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::ops;
use crate::store::Access;

pub(super) const COMMAND: Command = Command {
    name: "backup",
    arguments: "FILE --to BẢN_SAO",
    about: "Sao lưu tệp làm việc",
    options: &["to"],
    flags: &[],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let to = args.required_path("to")?;
    let store = common::open(args, env, Access::Read)?;
    ops::backup(&store, &to).map_err(|e| Failure::ops(&e, store.catalogue()))?;
    env.print(&format!("Đã sao lưu vào {}.\n", to.display()));
    Ok(Exit::Done)
}
