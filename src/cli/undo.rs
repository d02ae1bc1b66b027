//! `dti undo` and `dti redo`: take back an operation, and take that back.

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::ops::{self, Context, Done};
use crate::store::Access;
use crate::words;

pub(super) const UNDO: Command = Command {
    name: "undo",
    arguments: "FILE [--operation ID [--with-later] | --count N]",
    about: "Hoàn tác thao tác gần nhất, N thao tác gần nhất (cả một đợt nhập gói), hoặc thao tác nêu ra\n\n\
            --with-later  hoàn tác trước những thao tác sau đó còn dựa trên thao tác nêu ra, mới nhất trước; tất cả hoặc không gì cả",
    options: &["operation", "count"],
    flags: &["with-later"],
    free: 1..=1,
    run: undo,
};

pub(super) const REDO: Command = Command {
    name: "redo",
    arguments: "FILE",
    about: "Làm lại thao tác vừa hoàn tác",
    options: &[],
    flags: &[],
    free: 1..=1,
    run: redo,
};

fn undo(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let operation = args.text("operation")?;
    if args.flag("with-later") {
        let Some(operation) = operation.filter(|_| args.os("count").is_none()) else {
            return Err(args.wrong("--with-later chỉ dùng cùng --operation."));
        };
        return run(args, env, "Đã hoàn tác", |store, ctx| ops::undo_with_later(store, ctx, &operation));
    }
    let Some(count) = args.text("count")? else {
        return run(args, env, "Đã hoàn tác", |store, ctx| ops::undo(store, ctx, operation.as_deref()));
    };
    let count: u32 = match count.parse() {
        Ok(count) if count > 0 && operation.is_none() => count,
        _ => return Err(args.wrong("--count là một số từ 1 trở lên, không dùng cùng --operation.")),
    };
    // Each is an operation and an undo of its own: where one cannot be undone, those after it are.
    for _ in 0..count {
        run(args, env, "Đã hoàn tác", |store, ctx| ops::undo(store, ctx, None))?;
    }
    Ok(Exit::Done)
}

fn redo(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    run(args, env, "Đã làm lại", ops::redo)
}

fn run(
    args: &Arguments,
    env: &mut Environment<'_>,
    did: &str,
    act: impl FnOnce(&mut crate::store::Store, &mut Context<'_>) -> Result<Done, ops::OpsError>,
) -> Result<Exit, Failure> {
    let mut store = common::open(args, env, Access::Write)?;
    let catalogue = store.catalogue().clone();
    let failed = |e| Failure::ops(&e, &catalogue);
    let officer = store.officer().to_owned();
    let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    let done = act(&mut store, &mut ctx).map_err(failed)?;
    let snapshot = ops::snapshot(&store).map_err(failed)?;
    let logged = snapshot.operations.iter().find(|o| Some(&o.id) == done.operation.as_ref());
    let undone = logged.and_then(|o| snapshot.operations.iter().find(|u| Some(&u.id) == o.undoes.as_ref()));
    let what = undone.map(|o| format!(": {}", words::operation(o))).unwrap_or_default();
    env.print(&format!("{did}{what} ({} số liệu trở lại như trước thao tác).\n", done.changed.len()));
    Ok(Exit::Done)
}
