//! Figures to look at again: breaks against the period before, and units far from all others. They warn, and change nothing.

use rust_decimal::Decimal;

use super::indicator::answering;
use super::{Scope, document_value, value_of};
use crate::catalogue::{Id, Indicator, Measure, PeriodId};
use crate::record::{Content, IndicatorValue, Record, Snapshot};

/// Population and bases hardly change within a quarter: a denominator that moves by more than this share was probably
/// counted in another way.
pub const DENOMINATOR_SHARE: Decimal = Decimal::from_parts(2, 0, 0, false, 1);
/// Percentage points by which a ratio moves at most between two periods without a second look.
pub const RATIO_POINTS: Decimal = Decimal::from_parts(30, 0, 0, false, 0);
/// So many times the figure before is rather a slip of units or digits than progress.
pub const MULTIPLE: Decimal = Decimal::TEN;
/// Fewer units than this have no usual figure to be far from.
const OUTLIER_UNITS: usize = 5;
/// Percentage points from the median below which no unit is far from the others, however alike those are.
const OUTLIER_POINTS: Decimal = Decimal::from_parts(20, 0, 0, false, 0);
/// The modified z-score of Iglewicz and Hoaglin (1993), 0.6745 × distance / median distance, above which a figure is an outlier.
const OUTLIER_SCORE: Decimal = Decimal::from_parts(35, 0, 0, false, 1);

const NORMAL_QUARTILE: Decimal = Decimal::from_parts(6745, 0, 0, false, 4);

/// One figure to look at again.
#[derive(Debug, Clone, PartialEq)]
pub struct Jump {
    pub item: Id,
    pub agency: Id,
    pub kind: JumpKind,
    /// The figure of the period before; for an outlier the median of all units.
    pub from: Decimal,
    pub to: Decimal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JumpKind {
    /// The denominator moved by more than [`DENOMINATOR_SHARE`].
    Denominator,
    /// The percentage moved by more than [`RATIO_POINTS`].
    Ratio,
    /// What counts up from the start of the year fell, or a document is not issued any more.
    Fall,
    /// At least [`MULTIPLE`] times the figure before.
    Multiple,
    /// Far from the median of the units of the same period.
    Outlier,
}

/// The breaks of a period in catalogue order, unit by unit; those against the period before first.
pub fn jumps(snapshot: &Snapshot, scope: &Scope, period: &PeriodId) -> Vec<Jump> {
    let catalogue = &snapshot.catalogue;
    let mut found = Vec::new();
    for of in &catalogue.indicators {
        let of = catalogue.then(of, period);
        let units = answering(snapshot, scope, &of.reporters, &of.id, period);
        let mut percents = Vec::new();
        for (agency, record) in units {
            let Some(now) = record.and_then(Record::reported).map(|r| &r.body.content) else { continue };
            let jump = |(kind, from, to)| Jump { item: of.id.clone(), agency: agency.id.clone(), kind, from, to };
            let before = snapshot.before(&of.id, &agency.id, period).map(|body| &body.content);
            found.extend(before.into_iter().flat_map(|before| against_before(&of, before, now)).map(jump));
            if let (Measure::Ratio, Content::Indicator(entry)) = (of.measure, now) {
                percents.extend(value_of(&of, entry).map(|percent| (agency.id.clone(), percent)));
            }
        }
        found.extend(outliers(&of, percents));
    }
    for task in &catalogue.tasks {
        for (agency, record) in answering(snapshot, scope, &task.lead, &task.id, period) {
            let percent = |content: &Content| match content {
                Content::Task(task) => task.percent.map(Decimal::from),
                _ => None,
            };
            let now = record.and_then(Record::reported).and_then(|r| percent(&r.body.content));
            let before = snapshot.before(&task.id, &agency.id, period).and_then(|body| percent(&body.content));
            if let (Some(from), Some(to)) = (before, now)
                && to < from
            {
                let (item, agency) = (task.id.clone(), agency.id.clone());
                found.push(Jump { item, agency, kind: JumpKind::Fall, from, to });
            }
        }
    }
    found
}

fn against_before(of: &Indicator, before: &Content, now: &Content) -> Vec<(JumpKind, Decimal, Decimal)> {
    match (before, now) {
        (Content::Document(before), Content::Document(now)) => {
            let values = document_value(before).zip(document_value(now));
            values.filter(|(from, to)| to < from).map(|(from, to)| (JumpKind::Fall, from, to)).into_iter().collect()
        }
        (Content::Indicator(before), Content::Indicator(now)) => figures(of, before, now),
        _ => Vec::new(),
    }
}

fn figures(of: &Indicator, before: &IndicatorValue, now: &IndicatorValue) -> Vec<(JumpKind, Decimal, Decimal)> {
    let Some((from, to)) = value_of(of, before).zip(value_of(of, now)) else { return Vec::new() };
    let percent = of.unit == "%";
    let denominators = before.denominator.zip(now.denominator);
    // A rate is per week or month of the period: its denominator is the calendar's.
    let denominator = denominators.filter(|(from, to)| {
        of.measure == Measure::Ratio
            && from.checked_mul(DENOMINATOR_SHARE).is_some_and(|allowed| (*to - *from).abs() > allowed)
    });
    let value = if percent {
        ((to - from).abs() > RATIO_POINTS).then_some(JumpKind::Ratio)
    } else if to < from && of.measure == Measure::Value {
        Some(JumpKind::Fall)
    } else {
        let many = from > Decimal::ZERO && from.checked_mul(MULTIPLE).is_some_and(|limit| to >= limit);
        many.then_some(JumpKind::Multiple)
    };
    let denominator = denominator.map(|(from, to)| (JumpKind::Denominator, from, to));
    denominator.into_iter().chain(value.map(|kind| (kind, from, to))).collect()
}

fn outliers(of: &Indicator, percents: Vec<(Id, Decimal)>) -> Vec<Jump> {
    if percents.len() < OUTLIER_UNITS {
        return Vec::new();
    }
    let Some(usual) = median(percents.iter().map(|(_, percent)| *percent).collect()) else { return Vec::new() };
    let distance = |percent: Decimal| (percent - usual).abs();
    let Some(spread) = median(percents.iter().map(|(_, percent)| distance(*percent)).collect()) else {
        return Vec::new();
    };
    // Compared without dividing: where more than half say the same, the spread is 0.
    let far = |percent: Decimal| {
        distance(percent) >= OUTLIER_POINTS && NORMAL_QUARTILE * distance(percent) > OUTLIER_SCORE * spread
    };
    let jump = |(agency, to)| Jump { item: of.id.clone(), agency, kind: JumpKind::Outlier, from: usual, to };
    percents.into_iter().filter(|(_, percent)| far(*percent)).map(jump).collect()
}

/// The middle number, or the mean of the two; none of none.
fn median(mut numbers: Vec<Decimal>) -> Option<Decimal> {
    numbers.sort();
    let upper = numbers.len() / 2;
    let lower = numbers.len().checked_sub(1)? / 2;
    Some((*numbers.get(lower)? + *numbers.get(upper)?) / Decimal::TWO)
}
