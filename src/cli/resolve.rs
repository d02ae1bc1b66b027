//! `dti resolve`: a person's choice between values that are in conflict.

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::ops::{self, Choice, Context, Decision};
use crate::record::Key;
use crate::store::Access;

pub(super) const COMMAND: Command = Command {
    name: "resolve",
    arguments: "FILE --record KHÓA --take LẦN_GHI",
    about: "Chọn một trong các giá trị mâu thuẫn (xem dti conflicts)",
    options: &["record", "take"],
    flags: &[],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let typed = args.required("record")?;
    let key: Key = typed.parse().map_err(|_| {
        args.wrong(format!("\"{typed}\" không phải khóa số liệu. Ví dụ: indicator:M05:tp-dong-ha:2023-Q4."))
    })?;
    let take = args.required("take")?;
    let mut store = common::open(args, env, Access::Write)?;
    let catalogue = store.catalogue().clone();
    let officer = store.officer().to_owned();
    let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    let decision = Decision { key: key.clone(), choice: Choice::Take(take), seen: None };
    ops::resolve(&mut store, &mut ctx, decision).map_err(|e| Failure::ops(&e, &catalogue))?;
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, &catalogue))?;
    let waiting = snapshot.conflicts().count();
    env.print(&format!("Đã chọn giá trị cho {key}. Còn {waiting} mâu thuẫn.\n"));
    Ok(Exit::Done)
}
