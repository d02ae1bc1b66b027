//! `dti progress`: attainment per indicator and pillar, and the estimated score; the province's where this file receives.

use serde_json::{Value, json};

use super::args::Arguments;
use super::output::{self, Align};
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue::Catalogue;
use crate::ops;
use crate::progress::{self, IndicatorProgress, Open, PillarProgress, Points, Scope, Score};
use crate::store::Access;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "progress",
    arguments: "FILE --period P [--json]",
    about: "Xem mức đạt theo chỉ tiêu, trụ cột và điểm ước tính",
    options: &["period"],
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
    if args.flag("json") {
        let document = json!({
            "period": period,
            "scope": match &scope { Scope::Province => "province", Scope::Agency(agency) => agency },
            "pillars": score.pillars.iter().map(|p| pillar(&catalogue, p)).collect::<Value>(),
            "score": {
                "total": output::number(score.total.round_dp(4)),
                "extra_points": output::number(score.extra),
                "estimated": true,
            },
        });
        output::print_json(env, &document);
        return Ok(Exit::Done);
    }
    let whose = match &scope {
        Scope::Province => "toàn tỉnh",
        Scope::Agency(agency) => catalogue.agency_name(agency),
    };
    env.print(&format!(
        "{}, {whose}\n\n{}\n{}",
        words::period(&period),
        pillars(&catalogue, &score),
        indicators(&catalogue, &score)
    ));
    Ok(Exit::Done)
}

fn pillar(catalogue: &Catalogue, progress: &PillarProgress) -> Value {
    json!({
        "pillar": progress.pillar,
        "weight": catalogue.pillar(progress.pillar).map(|p| p.weight),
        "attainment": output::optional(progress.attainment.map(|a| a.round_dp(4))),
        "score": output::number(progress.score.round_dp(4)),
        "extra_points": output::number(progress.extra),
        "indicators_open": progress.indicators_open,
        "tasks_expected": progress.tasks_expected,
        "tasks_reported": progress.tasks_reported,
        "tasks_done": progress.tasks_done,
        "indicators": progress.indicators.iter().map(|i| indicator(catalogue, i)).collect::<Value>(),
    })
}

fn indicator(catalogue: &Catalogue, progress: &IndicatorProgress) -> Value {
    json!({
        "item": progress.item,
        "value": output::optional(progress.value),
        "numerator": output::optional(progress.numerator),
        "denominator": output::optional(progress.denominator),
        "attainment": output::optional(progress.attainment.map(|a| a.round_dp(4))),
        "reached": progress.reached,
        "points": points(progress.points),
        "points_open": match progress.points { Points::Open(why) => Some(open(why)), _ => None },
        "max_points": output::optional(catalogue.indicator(&progress.item).and_then(|i| i.max_points)),
        "target": catalogue.indicator(&progress.item).and_then(|i| i.target.threshold()).map(output::number),
        "units_in": progress.units_in,
        "units_expected": progress.units_expected,
    })
}

/// Of the maximum, 0 to 1; bonus and minus points stand beside it in the pillar.
fn points(points: Points) -> Value {
    match points {
        Points::Share(share) => output::number(share.round_dp(4)),
        Points::Open(_) | Points::Extra(_) | Points::Unscored => Value::Null,
    }
}

fn open(why: Open) -> &'static str {
    match why {
        Open::NoFigure => "no_figure",
        Open::NotYet => "not_yet",
        Open::NoEvidence => "no_evidence",
        Open::NotALevel => "not_a_level",
        Open::UnitsOut => "units_out",
        Open::Central => "central",
        Open::Undecided => "undecided",
    }
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

fn indicators(catalogue: &Catalogue, score: &Score) -> String {
    let reported = score.pillars.iter().flat_map(|p| &p.indicators).filter(|i| i.units_expected > 0);
    let rows: Vec<Vec<String>> = reported
        .filter_map(|i| {
            let indicator = catalogue.indicator(&i.item)?;
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
