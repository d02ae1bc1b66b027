//! `dti backup`: a sound copy of the workspace where it is wanted, or one more in its own backup folder; and what is there.

use serde_json::{Value, json};

use super::args::Arguments;
use super::output::{self, Align};
use super::{Command, Environment, Exit, Failure, common};
use crate::ops;
use crate::store::backup::{self, Reason};
use crate::store::{Access, Backup};
use crate::text::bytes::format_size;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "backup",
    arguments: "FILE [--to BẢN_SAO | --list [--json]]",
    about: "Sao lưu tệp làm việc, hoặc xem các bản sao lưu đã có",
    options: &["to"],
    flags: &["list", "json"],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    match (args.os("to"), args.flag("list")) {
        (Some(_), true) => Err(args.wrong("Chỉ dùng một trong hai: --to hoặc --list.")),
        (_, false) if args.flag("json") => Err(args.wrong("--json chỉ dùng với --list.")),
        (Some(_), false) => copy(args, env),
        (None, true) => list(args, env),
        (None, false) => back_up(args, env),
    }
}

/// The whole file, to be opened as it is.
fn copy(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let to = args.required_path("to")?;
    let store = common::open(args, env, Access::Read)?;
    ops::backup(&store, &to).map_err(|e| Failure::ops(&e, store.catalogue()))?;
    env.print(&format!("Đã sao lưu vào {}.\n", to.display()));
    Ok(Exit::Done)
}

fn back_up(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let store = common::open(args, env, Access::Write)?;
    let made = ops::back_up(&store, Reason::Hand, env.now).map_err(|e| Failure::ops(&e, store.catalogue()))?;
    env.print(&match made {
        Some(backup) => format!("Đã sao lưu vào {}.\n", backup.path.display()),
        None => "Không có gì thay đổi kể từ bản sao lưu gần nhất.\n".to_owned(),
    });
    Ok(Exit::Done)
}

/// Looks only at the folder: also where the workspace itself is damaged or gone.
fn list(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let found = backup::list(args.file());
    if args.flag("json") {
        output::print_json(env, &json!({ "backups": found.iter().map(document).collect::<Value>() }));
    } else if found.is_empty() {
        env.print(&format!("Chưa có bản sao lưu nào trong {}.\n", backup::folder(args.file()).display()));
    } else {
        env.print(&table(&found));
    }
    Ok(Exit::Done)
}

fn document(backup: &Backup) -> Value {
    json!({
        "path": backup.path,
        "number": backup.number,
        "made": backup.made.format("%Y-%m-%dT%H:%M:%S").to_string(),
        "reason": backup.reason.as_str(),
        "bytes": backup.bytes,
    })
}

fn table(backups: &[Backup]) -> String {
    let row = |b: &Backup| {
        vec![
            b.number.to_string(),
            b.made.format("%d/%m/%Y %H:%M").to_string(),
            words::backup_reason(b.reason).to_owned(),
            format_size(b.bytes),
            b.path.display().to_string(),
        ]
    };
    let headings = [
        ("Số", Align::Right),
        ("Lúc", Align::Left),
        ("Lý do", Align::Left),
        ("Cỡ", Align::Right),
        ("Bản sao lưu", Align::Left),
    ];
    output::table(&headings, &backups.iter().map(row).collect::<Vec<_>>())
}
