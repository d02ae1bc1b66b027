//! `dti progress --what-if` and the next points: figures tried on a scratch copy, and where points are still open.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::args::Arguments;
use super::output::{self, Align};
use super::{Failure, common};
use crate::catalogue::{Catalogue, PeriodId};
use crate::progress::{self, Gap, IndicatorProgress, Points, Scope, Score, Trial, Whose};
use crate::record::Snapshot;
use crate::text::number::rounded;
use crate::words;

/// So many of the next points are printed; JSON has all.
const SHOWN: usize = 10;

/// What `--what-if` asks for, and what comes of it.
pub(super) struct WhatIf {
    trials: Vec<Trial>,
    score: Score,
}

impl WhatIf {
    /// None where nothing is tried.
    ///
    /// # Errors
    /// Wrong usage, an unknown item or agency, or a figure that cannot be tried.
    pub fn of(
        args: &Arguments,
        snapshot: &Snapshot,
        scope: &Scope,
        period: &PeriodId,
    ) -> Result<Option<WhatIf>, Failure> {
        let mut trials: Vec<Trial> = Vec::new();
        for typed in args.texts("what-if")? {
            let trial = read(args, snapshot, scope, period, &typed)?;
            let other = trials.iter().find(|t| t.item == trial.item);
            if other.is_some_and(|t| t.whose == trial.whose || t.whose == Whose::All || trial.whose == Whose::All) {
                return Err(
                    args.wrong(format!("--what-if {typed}: {} đã được thử ở trên, chỉ nêu một lần.", trial.item))
                );
            }
            trials.push(trial);
        }
        if trials.is_empty() {
            return Ok(None);
        }
        let scratch = progress::tried(snapshot, scope, period, &trials);
        Ok(Some(WhatIf { score: progress::score(&scratch, scope, period), trials }))
    }

    /// `{"changes": [..], "score": {..}, "pillars": [..]}`, each with its difference to the real one.
    pub fn json(&self, real: &Score) -> Value {
        let change = |trial: &Trial| {
            let (before, after) = (figure(real, &trial.item), figure(&self.score, &trial.item));
            json!({
                "item": trial.item,
                "agency": match &trial.whose { Whose::All => None, Whose::Unit(id) => Some(id) },
                "value": output::optional(after.and_then(|i| i.value)),
                "value_before": output::optional(before.and_then(|i| i.value)),
                "points": after.map_or(Value::Null, |i| points(i.points)),
                "points_before": before.map_or(Value::Null, |i| points(i.points)),
            })
        };
        let pillar = |(before, after): (&progress::PillarProgress, &progress::PillarProgress)| {
            json!({
                "pillar": after.pillar,
                "score": output::number(rounded(after.score, 4)),
                "difference": output::number(progress::score_moved(before.score, after.score)),
            })
        };
        json!({
            "changes": self.trials.iter().map(change).collect::<Value>(),
            "score": {
                "total": output::number(rounded(self.score.total, 4)),
                "difference": output::number(progress::score_moved(real.total, self.score.total)),
                "extra_points": output::number(self.score.extra),
                "estimated": true,
            },
            "pillars": real.pillars.iter().zip(&self.score.pillars).map(pillar).collect::<Value>(),
        })
    }

    /// The figures tried, the pillars that move, and the total.
    pub fn text(&self, catalogue: &Catalogue, real: &Score) -> String {
        let changes: Vec<Vec<String>> =
            self.trials.iter().map(|t| change_row(catalogue, real, &self.score, t)).collect();
        let moved =
            real.pillars.iter().zip(&self.score.pillars).filter(|(a, b)| a.score != b.score || a.extra != b.extra);
        let pillars: Vec<Vec<String>> = moved
            .map(|(before, after)| {
                let pillar = catalogue.pillar(before.pillar);
                vec![
                    pillar.map(|p| format!("{} {}", p.numeral, p.short)).unwrap_or_default(),
                    words::score(before.score),
                    words::score(after.score),
                    words::moved(before.score, after.score),
                ]
            })
            .collect();
        let of_changes = [
            ("Mã", Align::Left),
            ("Chỉ tiêu", Align::Left),
            ("Của", Align::Left),
            ("Đang có", Align::Right),
            ("Nếu là", Align::Right),
            ("Điểm", Align::Left),
        ];
        let of_pillars =
            [("Trụ cột", Align::Left), ("Ước tính", Align::Right), ("Nếu", Align::Right), ("Chênh lệch", Align::Right)];
        let pillars = if pillars.is_empty() {
            "Không trụ cột nào thay đổi.\n".to_owned()
        } else {
            output::table(&of_pillars, &pillars)
        };
        format!(
            "\nThử nếu (không ghi vào tệp)\n{}\n{pillars}\nĐiểm ước tính nếu như vậy: {} ({})\n",
            output::table(&of_changes, &changes),
            words::score(self.score.total),
            words::moved(real.total, self.score.total),
        )
    }
}

/// Where the next points are, the largest first, with who can bring them.
pub(super) fn next_points_json(catalogue: &Catalogue, gaps: &[Gap]) -> Value {
    let agency = |id: &String| json!({ "agency": id, "name": catalogue.agency_name(id) });
    let gap = |gap: &Gap| {
        json!({
            "item": gap.item,
            "pillar": catalogue.indicator(&gap.item).map(|i| i.pillar),
            "gain": output::number(rounded(gap.gain, 6)),
            "points": output::number(rounded(gap.gain * Decimal::ONE_THOUSAND, 3)),
            "share": points(gap.points),
            "open": match gap.points { Points::Open(why) => Some(open(why)), _ => None },
            "agencies": gap.agencies.iter().map(agency).collect::<Value>(),
        })
    };
    gaps.iter().map(gap).collect()
}

pub(super) fn next_points_text(catalogue: &Catalogue, gaps: &[Gap]) -> String {
    if gaps.is_empty() {
        return "\nMọi chỉ tiêu tính điểm của kỳ đã đủ điểm.\n".to_owned();
    }
    let row = |gap: &Gap| {
        vec![
            gap.item.clone(),
            catalogue.indicator(&gap.item).map(|i| i.short.clone()).unwrap_or_default(),
            words::points_of_1000(gap.gain),
            words::shortfall(gap.points),
            words::agencies(catalogue, &gap.agencies, 2),
        ]
    };
    let rows: Vec<Vec<String>> = gaps.iter().take(SHOWN).map(row).collect();
    let headings = [
        ("Mã", Align::Left),
        ("Chỉ tiêu", Align::Left),
        ("Thêm được", Align::Right),
        ("Vì sao", Align::Left),
        ("Đơn vị", Align::Left),
    ];
    let more = match gaps.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("và {more} chỉ tiêu nữa (xem hết bằng --json)\n"),
    };
    format!("\nĐiểm còn có thể đạt (trên 1.000 điểm)\n{}{more}", output::table(&headings, &rows))
}

/// Of the maximum, 0 to 1; bonus and minus points stand beside it in the pillar.
pub(super) fn points(points: Points) -> Value {
    match points {
        Points::Share(share) => output::number(rounded(share, 4)),
        Points::Open(_) | Points::Extra(_) | Points::Unscored => Value::Null,
    }
}

/// Why there are no points yet, as JSON names it.
pub(super) fn open(why: progress::Open) -> &'static str {
    use progress::Open;
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

/// `M05=80/100`, or one unit's: `M05@tp-dong-ha=80/100`.
fn read(
    args: &Arguments,
    snapshot: &Snapshot,
    scope: &Scope,
    period: &PeriodId,
    typed: &str,
) -> Result<Trial, Failure> {
    let example = || args.wrong(format!("--what-if {typed}: viết MÃ=SỐ hoặc MÃ@CƠ-QUAN=SỐ, ví dụ M05=80/100."));
    let (what, figure) = typed.split_once('=').ok_or_else(example)?;
    let (item, unit) = what.split_once('@').map_or((what, None), |(item, unit)| (item, Some(unit)));
    let item = common::item(&snapshot.catalogue, item.trim())?;
    let whose = match unit {
        Some(unit) => Whose::Unit(common::agency(&snapshot.catalogue, unit.trim())?),
        None => Whose::All,
    };
    Trial::read(snapshot, scope, period, &item, whose, figure).map_err(|error| {
        Failure::refused(format!("--what-if {typed}: {}.", words::trial_error(figure, &error, &snapshot.catalogue)))
    })
}

fn change_row(catalogue: &Catalogue, real: &Score, tried: &Score, trial: &Trial) -> Vec<String> {
    let value = |score: &Score| {
        let of = catalogue.indicator(&trial.item)?;
        figure(score, &trial.item)?.value.map(|v| words::value(of, v))
    };
    let points = |score: &Score| figure(score, &trial.item).map(|i| words::points(i.points)).unwrap_or_default();
    vec![
        trial.item.clone(),
        catalogue.indicator(&trial.item).map(|i| i.short.clone()).unwrap_or_default(),
        match &trial.whose {
            Whose::All => "tất cả".to_owned(),
            Whose::Unit(id) => catalogue.agency_name(id).to_owned(),
        },
        value(real).unwrap_or_else(|| "-".to_owned()),
        value(tried).unwrap_or_else(|| "-".to_owned()),
        format!("{} → {}", points(real), points(tried)),
    ]
}

fn figure<'a>(score: &'a Score, item: &str) -> Option<&'a IndicatorProgress> {
    score.pillars.iter().flat_map(|p| &p.indicators).find(|i| i.item == item)
}
