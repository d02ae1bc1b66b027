//! What commands print: JSON documents with plain numbers, and tables with aligned columns.

use std::path::Path;

use rust_decimal::Decimal;
use serde_json::{Map, Number, Value, json};

use super::Environment;
use crate::exchange::ExportedFile;
use crate::record::{Body, Content, FilingKind, Notice, ReturnedRow, Revision};
use crate::text::bytes::format_size;
use crate::text::number::rounded;

/// Prints one JSON document.
pub(super) fn print_json(env: &mut Environment<'_>, document: &Value) {
    env.print(&format!("{document:#}\n"));
}

/// Decimals of a number in JSON: as many as can be entered; what was divided has endless ones.
const DECIMALS: u32 = 9;

/// A number as JSON writes it; a text only where a reader with 64-bit floats would get another number.
pub(super) fn number(value: Decimal) -> Value {
    let plain = rounded(value, DECIMALS).normalize();
    if let Ok(whole) = i64::try_from(plain)
        && plain.fract().is_zero()
    {
        return json!(whole);
    }
    let text = plain.to_string();
    let float = text.parse::<f64>().ok().filter(|f| f.to_string() == text).and_then(Number::from_f64);
    float.map_or(Value::String(text), Value::Number)
}

pub(super) fn optional(value: Option<Decimal>) -> Value {
    value.map_or(Value::Null, number)
}

/// `{"type": "official" | "supplementary", "number": 0 for the official one}`
pub(super) fn filing(kind: FilingKind) -> Value {
    let name = if kind == FilingKind::Official { "official" } else { "supplementary" };
    json!({ "type": name, "number": kind.number() })
}

/// A revision with its body's fields in `content`.
pub(super) fn revision(revision: &Revision) -> Value {
    json!({
        "revision": revision.id,
        "agency": revision.key.agency,
        "origin": revision.origin,
        "author": revision.author,
        "device": revision.device,
        "time": revision.time.to_rfc3339(),
        "vector": revision.vector,
        "content": fields(&revision.body.content),
        "note": revision.body.note,
        "evidence": evidence(&revision.body),
    })
}

pub(super) fn evidence(body: &Body) -> Value {
    body.evidence.iter().map(|e| json!({ "name": e.name, "sha256": e.sha256, "bytes": e.bytes })).collect()
}

/// The fields of a content, the same keys for every record of a kind.
pub(super) fn fields(content: &Content) -> Map<String, Value> {
    let fields = match content {
        Content::Indicator(v) => json!({
            "state": v.state.as_str(),
            "numerator": optional(v.numerator),
            "denominator": optional(v.denominator),
            "value": optional(v.value),
            "reason": v.reason,
        }),
        Content::Task(t) => json!({
            "status": t.status.as_str(),
            "percent": t.percent,
            "result": t.result,
            "difficulty": t.difficulty,
            "cause": t.cause,
            "proposal": t.proposal,
        }),
        Content::PlanItem(p) => json!({
            "work": p.work,
            "coordinating": p.coordinating,
            "from": p.from,
            "to": p.to,
            "output": p.output,
        }),
        Content::Document(d) => json!({
            "state": d.state.as_str(),
            "symbol": d.symbol,
            "date": d.date,
            "title": d.summary,
            "reason": d.reason,
        }),
        Content::Withdrawn => json!({ "state": "withdrawn" }),
    };
    match fields {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// The rows that a notice sends back.
pub(super) fn returned_rows(notice: &Notice) -> Value {
    let row = |r: &ReturnedRow| json!({ "record": r.key.to_string(), "item": r.key.item, "revision": r.revision, "reason": r.reason });
    notice.returned_rows().iter().map(row).collect()
}

/// A line about a package that was written.
pub(super) fn file(file: &ExportedFile) -> String {
    format!("  {}  ({}, SHA-256 {})\n", file.path.display(), format_size(file.bytes), file.sha256)
}

/// A line about a mail draft.
pub(super) fn draft(path: &Path) -> String {
    format!("  {}  (thư nháp: mở ra, điền địa chỉ và gửi)\n", path.display())
}

/// Where a column's texts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// A table with aligned columns, two spaces between them, under a line of headings.
pub(super) fn table(headings: &[(&str, Align)], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|r| r.get(column)).map(|c| c.chars().count());
        cells.chain([headings[column].0.chars().count()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells
            .zip(&widths)
            .zip(headings)
            .map(|((cell, &width), (_, align))| match align {
                Align::Left => format!("{cell:width$}"),
                Align::Right => format!("{cell:>width$}"),
            })
            .collect();
        format!("{}\n", padded.join("  ").trim_end())
    };
    let mut table = line(&mut headings.iter().map(|(heading, _)| *heading));
    table.push_str(&format!("{}\n", widths.iter().map(|w| "-".repeat(*w)).collect::<Vec<_>>().join("  ")));
    for row in rows {
        table.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    table
}
