//! `dti status`: what is due, reported and missing; per agency where this file receives.

use serde_json::{Value, json};

use super::args::Arguments;
use super::output::{self, Align};
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue::{Catalogue, PeriodId};
use crate::ops;
use crate::progress::{self, AgencyState, AgencyStatus, Completeness, Tally};
use crate::record::{Notice, ReturnedRow, Snapshot};
use crate::store::Access;
use crate::text::date::format_date;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "status",
    arguments: "FILE --period P [--json]",
    about: "Xem việc phải báo cáo: đã có gì, còn thiếu gì; ở cơ quan nhận thì theo từng cơ quan",
    options: &["period"],
    flags: &["json"],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let id = common::period(args)?;
    let store = common::open(args, env, Access::Read)?;
    let catalogue = store.catalogue().clone();
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, &catalogue))?;
    let period = catalogue.period(&id);
    let statuses = progress::status(&snapshot, &id, env.now);
    let completeness = progress::completeness(&snapshot, &id, &statuses);
    if args.flag("json") {
        let document = json!({
            "period": { "id": period.id, "from": period.from, "to": period.to, "due_before": period.due_before },
            "agencies": statuses.iter().map(|s| document(&snapshot, &id, s)).collect::<Value>(),
            "completeness": {
                "all": tally(&completeness.all),
                "pillars": completeness.pillars.iter().map(|(id, t)| named("pillar", json!(id), t)).collect::<Value>(),
                "items": completeness.items.iter().map(|(id, t)| named("item", json!(id), t)).collect::<Value>(),
            },
        });
        output::print_json(env, &document);
    } else {
        env.print(&format!(
            "{}: số liệu từ {} đến {}, {}\n\n",
            words::period(&id),
            format_date(period.from),
            format_date(period.to),
            words::due_before(&period)
        ));
        env.print(&table(&catalogue, &statuses));
        if snapshot.receives() {
            env.print(&pillars(&catalogue, &completeness));
        }
        if let ([only], false) = (statuses.as_slice(), snapshot.receives()) {
            env.print(&missing(only));
        }
    }
    let complete = |s: &AgencyStatus| s.missing.is_empty() && s.conflicts.is_empty() && filed(s);
    Ok(if statuses.iter().all(complete) { Exit::Done } else { Exit::Waiting })
}

fn filed(status: &AgencyStatus) -> bool {
    matches!(status.state, AgencyState::Received | AgencyState::Late)
}

fn document(snapshot: &Snapshot, period: &PeriodId, status: &AgencyStatus) -> Value {
    let about = |n: &Notice| n.recipient == status.agency && n.period == *period;
    let returned = snapshot.returned().filter(|(notice, _)| about(notice));
    let row = |(_, row): (_, &ReturnedRow)| json!({ "record": row.key.to_string(), "reason": row.reason });
    json!({
        "agency": status.agency,
        "expected": status.expected.len(),
        "reported": status.reported.len(),
        "state": state(status.state),
        "filing": status.filing.map(output::filing),
        "filed_at": status.filed_at.map(|t| t.to_rfc3339()),
        "arrival": status.arrival.map(|a| json!({
            "arrived": a.time.to_rfc3339(),
            "filed": a.filed.map(|t| t.to_rfc3339()),
        })),
        "missing": status.missing,
        "returned": returned.map(row).collect::<Value>(),
        "conflicts": status.conflicts,
    })
}

fn state(state: AgencyState) -> &'static str {
    match state {
        AgencyState::Missing => "missing",
        AgencyState::Draft => "draft",
        AgencyState::Received => "received",
        AgencyState::Late => "late",
        AgencyState::Returned => "returned",
    }
}

/// One line an agency, also for the demonstration.
pub(super) fn table(catalogue: &Catalogue, statuses: &[AgencyStatus]) -> String {
    let rows: Vec<Vec<String>> = statuses
        .iter()
        .map(|s| {
            vec![
                catalogue.agency_name(&s.agency).to_owned(),
                s.expected.len().to_string(),
                s.reported.len().to_string(),
                s.conflicts.len().to_string(),
                s.filing.map(words::filing).unwrap_or_else(|| "-".to_owned()),
                words::agency_standing(s),
            ]
        })
        .collect();
    let headings = [
        ("Cơ quan", Align::Left),
        ("Phải báo cáo", Align::Right),
        ("Đã có", Align::Right),
        ("Mâu thuẫn", Align::Right),
        ("Lần nộp", Align::Left),
        ("Trạng thái", Align::Left),
    ];
    output::table(&headings, &rows)
}

fn tally(tally: &Tally) -> Value {
    json!({
        "expected": tally.expected,
        "reported": tally.reported,
        "late": tally.late,
        "missing": tally.missing,
        "returned": tally.returned,
    })
}

fn named(what: &str, id: Value, of: &Tally) -> Value {
    let mut value = tally(of);
    value[what] = id;
    value
}

/// Completeness and timeliness by pillar, and in all.
fn pillars(catalogue: &Catalogue, completeness: &Completeness) -> String {
    let row = |name: String, t: &Tally| {
        let counts = [t.expected, t.reported, t.late, t.missing, t.returned];
        [name].into_iter().chain(counts.map(|c| c.to_string())).collect::<Vec<_>>()
    };
    let name = |id: u8| catalogue.pillar(id).map(|p| format!("{} {}", p.numeral, p.short)).unwrap_or_default();
    let mut rows: Vec<Vec<String>> = completeness.pillars.iter().map(|(id, t)| row(name(*id), t)).collect();
    rows.push(row("Tất cả".to_owned(), &completeness.all));
    let headings = [
        ("Trụ cột", Align::Left),
        ("Phải báo cáo", Align::Right),
        ("Đã có", Align::Right),
        ("Trễ hạn", Align::Right),
        ("Còn thiếu", Align::Right),
        ("Bị trả lại", Align::Right),
    ];
    format!("\n{}", output::table(&headings, &rows))
}

fn missing(status: &AgencyStatus) -> String {
    if status.missing.is_empty() { String::new() } else { format!("\nCòn thiếu: {}\n", status.missing.join(", ")) }
}
