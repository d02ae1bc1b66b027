//! `dti conflicts`: the records whose values wait for a person.

use serde_json::{Value, json};

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common, output};
use crate::catalogue::Catalogue;
use crate::ops;
use crate::record::Record;
use crate::store::Access;
use crate::text::date::format_time;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "conflicts",
    arguments: "FILE [--json]",
    about: "Xem các số liệu mâu thuẫn chờ chọn",
    options: &[],
    flags: &["json"],
    free: 1..=1,
    run,
};

/// As many digits of a revision's id as people need to see.
const SHORT_ID: usize = 12;

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let store = common::open(args, env, Access::Read)?;
    let catalogue = store.catalogue().clone();
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, &catalogue))?;
    let conflicts: Vec<&Record> = snapshot.conflicts().collect();
    if args.flag("json") {
        let document = |r: &&Record| {
            json!({
                "record": r.key.to_string(),
                "item": r.key.item,
                "agency": r.key.agency,
                "period": r.key.period,
                "heads": r.heads.iter().map(output::revision).collect::<Value>(),
            })
        };
        output::print_json(env, &json!({ "conflicts": conflicts.iter().map(document).collect::<Value>() }));
    } else if conflicts.is_empty() {
        env.print("Không có mâu thuẫn nào.\n");
    } else {
        env.print(&conflicts.iter().map(|r| lines(&catalogue, r)).collect::<String>());
        env.print("\nChọn giá trị: dti resolve FILE --record KHÓA --take LẦN_GHI\n");
    }
    Ok(if conflicts.is_empty() { Exit::Done } else { Exit::Waiting })
}

fn lines(catalogue: &Catalogue, record: &Record) -> String {
    let mut text = format!("{}\n", record.key);
    for head in &record.heads {
        let whose = if head.origin == record.key.agency { " (số của chính cơ quan báo cáo)" } else { "" };
        text.push_str(&format!(
            "  {}  {}  · {}{whose}, {}, {}\n",
            &head.id[..SHORT_ID.min(head.id.len())],
            words::content(catalogue, &record.key, &head.body).replace('\n', " "),
            catalogue.agency_name(&head.origin),
            head.author,
            format_time(head.time)
        ));
    }
    text
}
