//! `dti copy`: a working copy of the whole file, for another PC of the same agency.

use serde_json::json;

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common, output};
use crate::exchange::{self, Flow};
use crate::ops::Context;
use crate::store::Access;

pub(super) const COMMAND: Command = Command {
    name: "copy",
    arguments: "FILE --to THƯ_MỤC [--json]",
    about: "Ghi bản sao làm việc (mọi kỳ, kèm minh chứng) để nhập vào tệp của đơn vị trên máy khác",
    options: &["to"],
    flags: &["json"],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let to = args.required_path("to")?;
    let store = common::open(args, env, Access::Read)?;
    let catalogue = store.catalogue().clone();
    let officer = store.officer().to_owned();
    let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    let files = exchange::working_copy(&store, &mut ctx, &to, &mut |_| Flow::Continue)
        .map_err(|e| Failure::exchange(&e, &catalogue))?;
    if args.flag("json") {
        let package = |f: &exchange::ExportedFile| json!({ "path": f.path, "sha256": f.sha256, "bytes": f.bytes });
        output::print_json(env, &json!({ "packages": files.iter().map(package).collect::<serde_json::Value>() }));
    } else {
        env.print("Bản sao làm việc, nhập vào tệp của đơn vị trên máy kia bằng dti import hoặc màn hình Gói nhận:\n");
        for file in &files {
            env.print(&output::file(file));
        }
    }
    Ok(Exit::Done)
}
