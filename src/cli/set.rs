//! `dti set`: records one indicator value, document or task progress; only what is given changes.

use std::borrow::Cow;

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue::PeriodId;
use crate::ops::{self, Context, Edit};
use crate::record::{self, Body, Key, OperationKind, Snapshot, findings, is_refused};
use crate::store::Access;
use crate::table::{Cell, Field, Fields};
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "set",
    arguments: "FILE --period P --item MÃ [--agency A] [--numerator N] [--denominator N] [--value V] [--status S] \
                [--percent N] [--result T] [--difficulty T] [--cause T] [--proposal T] [--reason T] [--symbol T] \
                [--date D] [--title T] [--note T] [--from-period P]",
    about: "Ghi một chỉ tiêu, một văn bản hoặc tiến độ một nhiệm vụ; chỉ những gì nêu ra mới thay đổi\n\n\
            --from-period lấy lại nội dung đã báo cáo ở kỳ khác, cho mục mà kỳ này chưa nhập; những gì nêu thêm thì thay vào.\n\
            Văn bản đã ban hành, nhiệm vụ đã hoàn thành được lấy lại cùng minh chứng.",
    options: &[
        "period",
        "item",
        "agency",
        "numerator",
        "denominator",
        "value",
        "status",
        "percent",
        "result",
        "difficulty",
        "cause",
        "proposal",
        "reason",
        "symbol",
        "date",
        "title",
        "note",
        "from-period",
    ],
    flags: &[],
    free: 1..=1,
    run,
};

const FIELDS: [(&str, Field); 14] = [
    ("numerator", Field::Numerator),
    ("denominator", Field::Denominator),
    ("value", Field::Value),
    ("status", Field::Status),
    ("percent", Field::Percent),
    ("result", Field::Result),
    ("difficulty", Field::Difficulty),
    ("cause", Field::Cause),
    ("proposal", Field::Proposal),
    ("reason", Field::Reason),
    ("symbol", Field::Symbol),
    ("date", Field::Date),
    ("title", Field::Title),
    ("note", Field::Note),
];

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let period = common::period(args)?;
    let typed = args.required("item")?;
    let from = common::period_in(args, "from-period")?;
    let fields = fields(args)?;
    if fields.is_empty() && from.is_none() {
        return Err(args.wrong("Chưa nêu giá trị nào để ghi, ví dụ --numerator 850 --denominator 1000."));
    }
    let mut store = common::open(args, env, Access::Write)?;
    let catalogue = store.catalogue().clone();
    let failed = |e| Failure::ops(&e, &catalogue);
    let snapshot = ops::snapshot(&store).map_err(failed)?;
    let item = common::item(&catalogue, &typed)?;
    let agency = match args.text("agency")? {
        Some(typed) => common::agency(&catalogue, &typed)?,
        None => snapshot.agency.clone(),
    };
    let key = Key::of_item(&catalogue, &item, &agency, &period)
        .ok_or_else(|| Failure::usage(format!("Danh mục không có \"{item}\".")))?;

    let refused = |why: String| Failure::refused(format!("Không ghi {item}: {why}. Chưa có gì thay đổi."));
    let present = match &from {
        Some(from) => Some(Cow::Owned(carried(&snapshot, &key, from).ok_or_else(|| refused(nothing_to_carry(from)))?)),
        None => snapshot.record(&key).and_then(|r| r.current()).map(|r| Cow::Borrowed(&r.body)),
    };
    let body = fields.apply(&catalogue, &key, present.as_deref()).map_err(|e| refused(words::field_error(&e)))?;
    let found = findings(&catalogue, &item, &body, snapshot.before(&key.item, &key.agency, &key.period));
    if is_refused(&found) {
        return Err(refused(words::refusing(&found)));
    }
    let stray = common::not_its_own(&catalogue, &key);
    let shown = words::content(&catalogue, &key, &body);
    let officer = store.officer().to_owned();
    let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    let edits = vec![Edit { key, body, seen: None }];
    let done = ops::save(&mut store, &mut ctx, OperationKind::Record, &item, edits).map_err(failed)?;
    for finding in &found {
        env.say(&format!("Lưu ý {item}: {}.", words::finding(finding)));
    }
    if let Some(stray) = stray {
        env.say(&stray);
    }
    let what = if done.operation.is_some() { "Đã ghi" } else { "Không có gì thay đổi:" };
    env.print(&format!("{what} {item}, {}, {}: {shown}\n", catalogue.agency_name(&agency), words::period(&period)));
    Ok(Exit::Done)
}

/// What was reported for the item in another period, where it may be said again in the key's.
fn carried(snapshot: &Snapshot, key: &Key, from: &PeriodId) -> Option<Body> {
    let to = snapshot.catalogue.period(&key.period);
    record::carry_over(snapshot, &key.agency, from, &to).into_iter().find(|c| c.key == *key).map(|c| c.body)
}

fn nothing_to_carry(from: &PeriodId) -> String {
    format!(
        "không lấy lại được từ {}: kỳ đó chưa báo cáo mục này, kỳ này đã nhập hoặc không hỏi đến, hay số liệu cộng dồn đã \
         sang năm khác",
        words::period(from)
    )
}

fn fields(args: &Arguments) -> Result<Fields, Failure> {
    let mut fields = Fields::default();
    for (option, field) in FIELDS {
        if let Some(text) = args.text(option)? {
            fields.0.insert(field, Cell::Text(text));
        }
    }
    Ok(fields)
}
