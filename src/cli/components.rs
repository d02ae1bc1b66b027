//! `dti catalogue FILE --components BẢNG`: an official table of component indices becomes the next edition, or is shown.

use std::fs;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::args::Arguments;
use super::{Environment, Exit, Failure, common, load, output};
use crate::catalogue::{Catalogue, Gone, Outcome, SameNumber, Takeover};
use crate::ops::{self, Context, OpsError};
use crate::store::{Access, Store};
use crate::table::{ComponentReading, ComponentRow, ComponentTable, MAX_BYTES, PillarSum, RowKind, components};
use crate::text::date::{format_date, parse_date};
use crate::words;

/// Takes a table over, or shows what that would do.
pub(super) fn run(args: &Arguments, env: &mut Environment<'_>, path: &Path) -> Result<Exit, Failure> {
    let dry = args.flag("dry-run");
    let how = takeover(args, env)?;
    let mut store = common::open(args, env, if dry { Access::Read } else { Access::Write })?;
    let before = store.catalogue().clone();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let unchanged = |why: &str| Failure::refused(format!("{name}: {why}. Chưa có gì thay đổi."));
    if before.plan.receiver != store.agency() {
        return Err(Failure::ops(&OpsError::NotTheReceiver, &before));
    }
    let reading = ComponentReading { sheet: args.text("sheet")?, legacy: load::legacy(args)? };
    let bytes = read(path)?;
    let table = components(&bytes, &reading, &before, how).map_err(|e| unchanged(&words::components_error(&e)))?;
    if !args.flag("json") {
        env.print(&rows_text(&table, &before));
    }
    if !table.is_ready() {
        let open = table.rows.iter().filter(|row| is_open(row)).map(|row| row.number.to_string());
        let rows = open.collect::<Vec<_>>().join(", ");
        let asked = table.rows.iter().any(|row| matches!(outcome(row), Some(Outcome::Asked { .. })));
        let hint = if asked {
            " Với STT đã có tên khác: --same-number rename (vẫn là chỉ số đó) hoặc new (chỉ số khác)."
        } else {
            ""
        };
        if args.flag("json") {
            output::print_json(env, &document(&table, &before, &before, false));
        }
        return Err(unchanged(&format!("phải sửa trước các dòng {rows}")).with(hint));
    }
    let after = amended(&store, &table, how)?;
    if !dry {
        let officer = store.officer().to_owned();
        let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
        ops::amend(&mut store, &mut ctx, &table.amendments).map_err(|e| Failure::ops(&e, &before))?;
    }
    if args.flag("json") {
        output::print_json(env, &document(&table, &before, &after, !dry && !table.amendments.is_empty()));
    } else {
        env.print(&summary(&before, &after, how.from, dry));
    }
    let waits = table
        .rows
        .iter()
        .any(|row| matches!(&row.what, RowKind::Component { fate, .. } if fate.reading.doubt.is_some()));
    Ok(if waits { Exit::Waiting } else { Exit::Done })
}

/// The edition that the table makes; the present catalogue where it changes nothing.
fn amended(store: &Store, table: &ComponentTable, how: Takeover) -> Result<Catalogue, Failure> {
    let before = store.catalogue();
    if table.amendments.is_empty() {
        return Ok(Catalogue::clone(before));
    }
    let kept = !table.gone.is_empty() && how.gone == Gone::Keep;
    let hint = if kept {
        " Chỉ số không còn trong bảng vẫn đang có điểm: kết thúc chúng bằng --close-gone."
    } else {
        ""
    };
    let edition = ops::amended(store, &table.amendments).map_err(|e| Failure::ops(&e, before).with(hint))?;
    Ok(Catalogue::clone(edition.catalogue()))
}

fn takeover(args: &Arguments, env: &Environment<'_>) -> Result<Takeover, Failure> {
    let from = match args.text("from")? {
        Some(text) => {
            parse_date(&text).ok_or_else(|| args.wrong(format!("--from \"{text}\": viết ngày dạng 01/01/2024.")))?
        }
        // The sets are for a whole year's data.
        None => NaiveDate::from_ymd_opt(env.now.year(), 1, 1).unwrap_or(env.now.date_naive()),
    };
    let same_number = match args.text("same-number")?.as_deref() {
        None => SameNumber::Ask,
        Some("rename") => SameNumber::Retitled,
        Some("new") => SameNumber::Another,
        Some(other) => return Err(args.wrong(format!("--same-number \"{other}\": chọn rename hoặc new."))),
    };
    let gone = if args.flag("close-gone") { Gone::Close } else { Gone::Keep };
    Ok(Takeover { from, same_number, gone })
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let refused = |why: &str| Failure::refused(format!("Không đọc được {}: {why}.", path.display()));
    match fs::metadata(path) {
        Ok(file) if file.len() > MAX_BYTES => Err(refused("tệp quá lớn")),
        _ => fs::read(path).map_err(|e| refused(&words::io_error(&e))),
    }
}

fn outcome(row: &ComponentRow) -> Option<&Outcome> {
    match &row.what {
        RowKind::Component { fate, .. } => Some(&fate.outcome),
        _ => None,
    }
}

fn is_open(row: &ComponentRow) -> bool {
    matches!(row.what, RowKind::Refused(_)) || outcome(row).is_some_and(Outcome::is_open)
}

fn rows_text(table: &ComponentTable, catalogue: &Catalogue) -> String {
    let mut text = String::new();
    for row in &table.rows {
        let head = [row.label.as_str(), &row.title].join(" ");
        let mark = if is_open(row) { "PHẢI SỬA: " } else { "" };
        text.push_str(&format!(
            "Dòng {}  {}\n    {mark}{}\n",
            row.number,
            head.trim(),
            words::component_row(row, catalogue)
        ));
    }
    text.push('\n');
    for sum in &table.sums {
        let mark = if sum.agrees() { "" } else { "CẦN XEM LẠI: " };
        text.push_str(&format!("{mark}{}\n", words::pillar_sum(sum, catalogue)));
    }
    if !table.gone.is_empty() {
        text.push_str(&format!("{}\n", words::no_longer(&table.gone, catalogue)));
    }
    text
}

fn summary(before: &Catalogue, after: &Catalogue, from: NaiveDate, dry: bool) -> String {
    let found = words::differences(before, after);
    if found.is_empty() {
        return "\nDanh mục đã đúng như bảng, không có gì thay đổi.\n".to_owned();
    }
    let lines: String = found.iter().map(|change| format!("  {change}\n")).collect();
    let end = if dry {
        "Chưa ghi gì (--dry-run)."
    } else {
        "Gửi cho các cơ quan: dti catalogue FILE --export THƯ_MỤC."
    };
    format!("\n{}, bảng có hiệu lực từ ngày {}:\n{lines}{end}\n", words::edition(after), format_date(from))
}

fn document(table: &ComponentTable, before: &Catalogue, after: &Catalogue, applied: bool) -> Value {
    json!({
        "sheet": table.sheet,
        "rows": table.rows.iter().map(|r| row(r, before)).collect::<Value>(),
        "sums": table.sums.iter().map(sum).collect::<Value>(),
        "gone": table.gone,
        "ready": table.is_ready(),
        "version": after.plan.version,
        "changes": words::differences(before, after),
        "applied": applied,
    })
}

fn row(row: &ComponentRow, catalogue: &Catalogue) -> Value {
    let kind = match &row.what {
        RowKind::Component { .. } => "component",
        RowKind::Main(_) => "main",
        RowKind::Passed(_) => "passed",
        RowKind::Refused(_) => "refused",
    };
    let mut document = json!({
        "row": row.number,
        "label": row.label,
        "title": row.title,
        "kind": kind,
        "said": words::component_row(row, catalogue),
    });
    if let RowKind::Component { component, fate, .. } = &row.what {
        let (outcome, item) = match &fate.outcome {
            Outcome::New(id) => ("new", id),
            Outcome::Same(id) => ("same", id),
            Outcome::Changed(id) => ("changed", id),
            Outcome::Replaced { by, .. } => ("replaced", by),
            Outcome::Asked { known } => ("asked", known),
            Outcome::NoMaximum => ("no-maximum", &component.label),
            Outcome::TooEarly { known, .. } => ("too-early", known),
        };
        document["outcome"] = outcome.into();
        document["item"] = item.as_str().into();
        document["pillar"] = component.pillar.into();
        document["max_points"] = output::optional(component.max_points);
        document["rule"] = json!(fate.reading.rule);
        document["doubt"] = fate.reading.doubt.as_ref().map(words::doubt).into();
        document["reporters"] = json!(fate.reporters);
        document["assumed"] = fate.assumed.into();
    }
    document
}

fn sum(sum: &PillarSum) -> Value {
    json!({
        "pillar": sum.pillar,
        "row": sum.number,
        "stated": output::optional(sum.stated),
        "sum": output::number(sum.sum),
        "weight": output::number(sum.weight),
        "rows": sum.rows,
    })
}
