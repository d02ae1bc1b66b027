//! `dti digest`: one line that is the same where two workspaces hold the same.

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::ops;
use crate::store::Access;

pub(super) const COMMAND: Command = Command {
    name: "digest",
    arguments: "FILE",
    about: "In mã đối chiếu: hai tệp có cùng số liệu thì cùng mã",
    options: &[],
    flags: &[],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let store = common::open(args, env, Access::Read)?;
    let digest = ops::digest(&store).map_err(|e| Failure::ops(&e, store.catalogue()))?;
    env.print(&format!("{digest}\n"));
    Ok(Exit::Done)
}
