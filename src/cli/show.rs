//! `dti show`: current values, with heads, conflict and history on `--json`.

use serde_json::{Value, json};

use super::args::Arguments;
use super::output::{self, Align};
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue::Catalogue;
use crate::ops;
use crate::record::{Record, Revision, Snapshot};
use crate::store::{Access, Store};
use crate::text::elide;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "show",
    arguments: "FILE [--period P] [--agency A] [--item MÃ] [--json]",
    about: "Xem số liệu hiện hành; --json kèm mâu thuẫn và lịch sử",
    options: &["period", "agency", "item"],
    flags: &["json"],
    free: 1..=1,
    run,
};

/// The value's column, in characters.
const VALUE_WIDTH: usize = 60;

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let period = common::optional_period(args)?;
    let store = common::open(args, env, Access::Read)?;
    let catalogue = store.catalogue().clone();
    let agency = args.text("agency")?.map(|a| common::agency(&catalogue, &a)).transpose()?;
    let item = args.text("item")?.map(|i| common::item(&catalogue, &i)).transpose()?;
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, &catalogue))?;
    let chosen: Vec<&Record> = snapshot
        .records
        .values()
        .map(AsRef::as_ref)
        .filter(|r| period.as_ref().is_none_or(|p| r.key.period == *p))
        .filter(|r| agency.as_ref().is_none_or(|a| r.key.agency == *a))
        .filter(|r| item.as_ref().is_none_or(|i| r.key.base_item() == i))
        .collect();
    if args.flag("json") {
        let records: Result<Vec<Value>, Failure> = chosen.into_iter().map(|r| document(&store, &snapshot, r)).collect();
        output::print_json(env, &Value::Array(records?));
    } else if chosen.is_empty() {
        env.print("Không có số liệu nào.\n");
    } else {
        env.print(&table(&catalogue, &chosen));
    }
    Ok(Exit::Done)
}

fn document(store: &Store, snapshot: &Snapshot, record: &Record) -> Result<Value, Failure> {
    let history = ops::history(store, &record.key).map_err(|e| Failure::ops(&e, &snapshot.catalogue))?;
    let mut document = json!({
        "key": record.key.to_string(),
        "kind": record.key.kind.as_str(),
        "item": record.key.item,
        "agency": record.key.agency,
        "period": record.key.period,
        "conflict": record.in_conflict(),
        "heads": record.heads.iter().map(|head| with_package(snapshot, head)).collect::<Value>(),
        "history": history.iter().map(output::revision).collect::<Value>(),
    });
    // The value's fields stand beside the key where there is one value.
    if let (Some(current), Value::Object(map)) = (record.current(), &mut document) {
        map.extend(output::fields(&current.body.content));
        map.insert("note".to_owned(), json!(current.body.note));
        map.insert("evidence".to_owned(), output::evidence(&current.body));
    }
    Ok(document)
}

/// A head, and the package that brought it; null where it was entered here.
fn with_package(snapshot: &Snapshot, head: &Revision) -> Value {
    let mut document = output::revision(head);
    document["package"] = json!(snapshot.brought_by(&head.id).map(|merge| &merge.subject));
    document
}

fn table(catalogue: &Catalogue, records: &[&Record]) -> String {
    let rows: Vec<Vec<String>> = records
        .iter()
        .map(|record| {
            let shown =
                |r: &Revision| elide(&words::content(catalogue, &record.key, &r.body).replace('\n', " "), VALUE_WIDTH);
            let (value, evidence) = match record.current() {
                Some(current) => (shown(current), current.body.evidence.len().to_string()),
                None => (format!("MÂU THUẪN: {} giá trị chờ chọn", record.heads.len()), String::new()),
            };
            vec![record.key.item.clone(), record.key.agency.clone(), record.key.period.to_string(), value, evidence]
        })
        .collect();
    let headings = [
        ("Mã", Align::Left),
        ("Cơ quan", Align::Left),
        ("Kỳ", Align::Left),
        ("Giá trị", Align::Left),
        ("Minh chứng", Align::Right),
    ];
    output::table(&headings, &rows)
}
