//! `dti log`: the operations, newest first.

use serde_json::{Value, json};

use super::args::Arguments;
use super::output::{self, Align};
use super::{Command, Environment, Exit, Failure, common};
use crate::ops;
use crate::record::{HeadMove, Operation};
use crate::store::Access;
use crate::text::date::format_time;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "log",
    arguments: "FILE [--json]",
    about: "Xem nhật ký thao tác, mới nhất trước",
    options: &[],
    flags: &["json"],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let store = common::open(args, env, Access::Read)?;
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, store.catalogue()))?;
    if args.flag("json") {
        output::print_json(env, &json!({ "operations": snapshot.operations.iter().map(document).collect::<Value>() }));
    } else if snapshot.operations.is_empty() {
        env.print("Nhật ký chưa có thao tác nào.\n");
    } else {
        env.print(&table(&snapshot.operations));
    }
    Ok(Exit::Done)
}

fn document(operation: &Operation) -> Value {
    let change = |m: &HeadMove| json!({ "record": m.key.to_string(), "before": m.before, "after": m.after });
    json!({
        "id": operation.id,
        "number": operation.number,
        "kind": operation.kind.as_str(),
        "author": operation.author,
        "time": operation.time.to_rfc3339(),
        "subject": operation.subject,
        "changes": operation.moves.iter().map(change).collect::<Value>(),
        "undoes": operation.undoes,
        "undone_by": operation.undone_by,
    })
}

fn table(operations: &[Operation]) -> String {
    let rows: Vec<Vec<String>> = operations
        .iter()
        .map(|o| {
            let undone = if o.undone_by.is_some() { "đã hoàn tác" } else { "" };
            vec![
                o.number.to_string(),
                format_time(o.time),
                o.author.clone(),
                words::operation(o),
                o.moves.len().to_string(),
                undone.to_owned(),
                o.id.clone(),
            ]
        })
        .collect();
    let headings = [
        ("Số", Align::Right),
        ("Lúc", Align::Left),
        ("Người làm", Align::Left),
        ("Thao tác", Align::Left),
        ("Số liệu", Align::Right),
        ("", Align::Left),
        ("ID", Align::Left),
    ];
    output::table(&headings, &rows)
}
