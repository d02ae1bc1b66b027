//! `dti progress`: attainment per indicator and pillar, and the estimated score; the province's where this file receives.

use serde_json::{Value, json};

use super::args::Arguments;
use super::output::{self, Align};
use super::what_if::{self, WhatIf};
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue::{Catalogue, PeriodId};
use crate::ops;
use crate::progress::{
    self, IndicatorProgress, Jump, JumpKind, PillarProgress, Points, Scope, Score, UnitFigure, UnitState,
};
use crate::record::Snapshot;
use crate::store::Access;
use crate::text::number::rounded;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "progress",
    arguments: "FILE --period P [--what-if MÃ=SỐ]... [--json]",
    about: "Xem mức đạt theo chỉ tiêu, trụ cột, điểm ước tính và điểm còn có thể đạt\n\
            --what-if M05=80/100 (hoặc của một đơn vị: M05@tp-dong-ha=80/100) tính thử trên bản nháp, không ghi vào tệp",
    options: &["period", "what-if..."],
    flags: &["json"],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let period = common::period(args)?;
    let store = common::open(args, env, Access::Read)?;
    let catalogue = store.catalogue().clone();
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, &catalogue))?;
    let scope = if snapshot.receives() { Scope::Province } else { Scope::Agency(snapshot.agency.clone()) };
    let score = progress::score(&snapshot, &scope, &period);
    let gaps = progress::next_points(&snapshot, &score, &period);
    let jumps = progress::jumps(&snapshot, &scope, &period);
    let what_if = WhatIf::of(args, &snapshot, &scope, &period)?;
    if args.flag("json") {
        let document = json!({
            "period": period,
            "scope": match &scope { Scope::Province => "province", Scope::Agency(agency) => agency },
            "pillars": score.pillars.iter().map(|p| pillar(&snapshot, p, &period)).collect::<Value>(),
            "score": {
                "total": output::number(rounded(score.total, 4)),
                "extra_points": output::number(score.extra),
                "estimated": true,
            },
            "next_points": what_if::next_points_json(&catalogue, &gaps),
            "jumps": jumps.iter().map(jump).collect::<Value>(),
            "what_if": what_if.map(|w| w.json(&score)),
        });
        output::print_json(env, &document);
        return Ok(Exit::Done);
    }
    let whose = match &scope {
        Scope::Province => "toàn tỉnh",
        Scope::Agency(agency) => catalogue.agency_name(agency),
    };
    env.print(&format!(
        "{}, {whose}\n\n{}\n{}{}{}{}",
        words::period(&period),
        pillars(&catalogue, &score),
        indicators(&catalogue, &score, &period),
        what_if::next_points_text(&catalogue, &gaps),
        jumps_text(&catalogue, &jumps),
        what_if.map(|w| w.text(&catalogue, &score)).unwrap_or_default(),
    ));
    Ok(Exit::Done)
}

fn pillar(snapshot: &Snapshot, progress: &PillarProgress, period: &PeriodId) -> Value {
    let catalogue = &snapshot.catalogue;
    json!({
        "pillar": progress.pillar,
        "weight": catalogue.pillar(progress.pillar).map(|p| p.weight),
        "attainment": output::optional(progress.attainment.map(|a| rounded(a, 4))),
        "score": output::number(rounded(progress.score, 4)),
        "extra_points": output::number(progress.extra),
        "indicators_open": progress.indicators_open,
        "tasks_expected": progress.tasks_expected,
        "tasks_reported": progress.tasks_reported,
        "tasks_done": progress.tasks_done,
        "indicators": progress.indicators.iter().map(|i| indicator(snapshot, i, period)).collect::<Value>(),
    })
}

fn indicator(snapshot: &Snapshot, progress: &IndicatorProgress, period: &PeriodId) -> Value {
    let catalogue = &snapshot.catalogue;
    let then = catalogue.indicator(&progress.item).map(|i| catalogue.then(i, period));
    json!({
        "item": progress.item,
        "value": output::optional(progress.value),
        "numerator": output::optional(progress.numerator),
        "denominator": output::optional(progress.denominator),
        "attainment": output::optional(progress.attainment.map(|a| rounded(a, 4))),
        "reached": progress.reached,
        "points": what_if::points(progress.points),
        "points_open": match progress.points { Points::Open(why) => Some(what_if::open(why)), _ => None },
        "max_points": output::optional(then.as_ref().and_then(|i| i.max_points)),
        "target": then.as_ref().and_then(|i| i.target.threshold()).map(output::number),
        "units_in": progress.units_in,
        "units_expected": progress.units_expected,
        "units": progress.units.iter().map(|u| unit(snapshot, &progress.item, u, period)).collect::<Value>(),
    })
}

fn unit(snapshot: &Snapshot, item: &str, unit: &UnitFigure, period: &PeriodId) -> Value {
    let state = match unit.state {
        UnitState::Counted => "counted",
        UnitState::Missing => "missing",
        UnitState::NoData => "no_data",
        UnitState::NotApplicable => "not_applicable",
        UnitState::Conflict => "conflict",
        UnitState::WithoutParts => "without_parts",
    };
    let revision = snapshot.reported(item, &unit.agency, period);
    json!({
        "agency": unit.agency,
        "state": state,
        "value": output::optional(unit.value),
        "numerator": output::optional(unit.numerator),
        "denominator": output::optional(unit.denominator),
        "evidence": revision.map_or(json!([]), |r| output::evidence(&r.body)),
    })
}

fn jump(jump: &Jump) -> Value {
    let kind = match jump.kind {
        JumpKind::Denominator => "denominator",
        JumpKind::Ratio => "ratio",
        JumpKind::Fall => "fall",
        JumpKind::Multiple => "multiple",
        JumpKind::Outlier => "outlier",
    };
    json!({
        "item": jump.item,
        "agency": jump.agency,
        "kind": kind,
        "from": output::number(jump.from),
        "to": output::number(jump.to),
    })
}

/// Figures to look at again; nothing where there are none.
fn jumps_text(catalogue: &Catalogue, jumps: &[Jump]) -> String {
    if jumps.is_empty() {
        return String::new();
    }
    let row = |j: &Jump| vec![j.item.clone(), catalogue.agency_name(&j.agency).to_owned(), words::jump(j, catalogue)];
    let headings = [("Mã", Align::Left), ("Đơn vị", Align::Left), ("Vì sao", Align::Left)];
    format!("\nCần xem lại\n{}", output::table(&headings, &jumps.iter().map(row).collect::<Vec<_>>()))
}

/// One line a pillar, also for the demonstration.
pub(super) fn pillars(catalogue: &Catalogue, score: &Score) -> String {
    let rows: Vec<Vec<String>> = score
        .pillars
        .iter()
        .map(|p| {
            let pillar = catalogue.pillar(p.pillar);
            vec![
                pillar.map(|p| format!("{} {}", p.numeral, p.short)).unwrap_or_default(),
                format!("{}/{}", p.indicators_with_value, p.indicators_expected),
                format!("{}/{}", p.tasks_reported, p.tasks_expected),
                p.attainment.map_or_else(|| "-".to_owned(), words::attainment),
                words::score(p.score),
                pillar.map(|p| p.weight.to_string()).unwrap_or_default(),
            ]
        })
        .collect();
    let headings = [
        ("Trụ cột", Align::Left),
        ("Chỉ tiêu", Align::Right),
        ("Nhiệm vụ", Align::Right),
        ("Đạt", Align::Right),
        ("Điểm ước tính", Align::Right),
        ("Trọng số", Align::Right),
    ];
    format!("{}\nĐiểm ước tính: {}\n", output::table(&headings, &rows), words::score(score.total))
}

fn indicators(catalogue: &Catalogue, score: &Score, period: &PeriodId) -> String {
    let reported = score.pillars.iter().flat_map(|p| &p.indicators).filter(|i| i.units_expected > 0);
    let rows: Vec<Vec<String>> = reported
        .filter_map(|i| {
            let indicator = &catalogue.then(catalogue.indicator(&i.item)?, period);
            Some(vec![
                i.item.clone(),
                indicator.short.clone(),
                words::target(indicator),
                i.value.map_or_else(|| "-".to_owned(), |v| words::value(indicator, v)),
                i.attainment.map_or_else(|| "-".to_owned(), words::attainment),
                words::units(i),
                words::points(i.points),
            ])
        })
        .collect();
    let headings = [
        ("Mã", Align::Left),
        ("Chỉ tiêu", Align::Left),
        ("Mục tiêu", Align::Right),
        ("Giá trị", Align::Right),
        ("Đạt", Align::Right),
        ("Đơn vị", Align::Right),
        ("Điểm ước tính", Align::Left),
    ];
    output::table(&headings, &rows)
}
