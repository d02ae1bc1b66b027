//! One indicator for an agency or for the province: each unit's figure, and what follows from them together.
//!
//! A figure that is missing, undecided or cannot be summed is left out and stands among the units with its state.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::points::{Known, all_in, points};
use super::{IndicatorProgress, Scope, UnitFigure, UnitState, attainment, document_value, reached, value_of};
use crate::catalogue::{Agency, AgencyKind, Aggregate, Id, Indicator, Measure, Period, PeriodId, Target};
use crate::record::{Content, IndicatorValue, Record, Reporting, Snapshot};

/// The indicator in this scope and period. Whether it is due in the period plays no part:
/// that is [`Catalogue::is_due`](crate::catalogue::Catalogue::is_due).
pub fn indicator(snapshot: &Snapshot, scope: &Scope, indicator: &Indicator, period: &PeriodId) -> IndicatorProgress {
    let then = indicator.as_of(&snapshot.catalogue.period(period));
    let indicator = then.as_ref();
    let units = units(snapshot, scope, indicator, period);
    let figures = combine(indicator, &units);
    let baseline = match indicator.target {
        Target::Increase => baseline(snapshot, scope, indicator, period),
        Target::AtLeast(_) | Target::All(_) | Target::Exists => None,
    };
    let attainment = figures.value.and_then(|v| attainment(indicator, v));
    let reached = figures.value.and_then(|v| all_reached(indicator, v, baseline, &units));
    let known = Known { value: figures.value, attainment, reached, units: &units };
    let points = points(indicator, &known, || self::units(snapshot, &Scope::Province, indicator, period));
    IndicatorProgress {
        item: indicator.id.clone(),
        value: figures.value,
        numerator: figures.numerator,
        denominator: figures.denominator,
        attainment,
        reached,
        points,
        units_in: units.iter().filter(|u| u.state == UnitState::Counted).count(),
        units_expected: expected(&units),
        units,
    }
}

/// What the units' figures come to together.
#[derive(Default)]
struct Figures {
    value: Option<Decimal>,
    numerator: Option<Decimal>,
    denominator: Option<Decimal>,
}

/// The agencies that have to answer for an item of a list of agencies, each with its record: those that are there in the
/// period, the successors of those that are gone, and others with a record all the same, such as a department that the
/// receiving department has not confirmed yet.
pub(super) fn answering<'a>(
    snapshot: &'a Snapshot,
    scope: &Scope,
    agencies: &'a [Id],
    item: &str,
    period: &PeriodId,
) -> Vec<(&'a Agency, Option<&'a Record>)> {
    let catalogue = &snapshot.catalogue;
    let window = catalogue.period(period);
    let answering = catalogue.answering(agencies, &window);
    let answers = |agency: &Agency| answering.iter().any(|a| a.id == agency.id);
    let asked = |agency: &Agency| match scope {
        Scope::Agency(_) => answers(agency),
        // Communes report through their districts, and departments that the plan does not name may not exist.
        Scope::Province => answers(agency) && agency.confirmed && agency.kind != AgencyKind::Commune,
    };
    catalogue
        .agencies
        .iter()
        .filter(|agency| answers(agency) || catalogue.includes(agencies, &agency.id))
        .filter(|agency| match scope {
            Scope::Agency(id) => agency.id == *id,
            Scope::Province => true,
        })
        .map(|agency| (agency, snapshot.item(item, &agency.id, period)))
        .filter(|(agency, record)| asked(agency) || (record.is_some() && !is_succeeded(scope, agency, &window)))
        .collect()
}

/// True where others report for the whole of the period in the agency's place: with its own figure, that would count twice.
fn is_succeeded(scope: &Scope, agency: &Agency, window: &Period) -> bool {
    *scope == Scope::Province && agency.is_gone(window) && !agency.successors.is_empty()
}

/// What the figures of several agencies come to together.
pub(super) fn together<'a>(
    snapshot: &Snapshot,
    agencies: impl IntoIterator<Item = &'a str>,
    indicator: &Indicator,
    period: &PeriodId,
) -> Option<Decimal> {
    let then = indicator.as_of(&snapshot.catalogue.period(period));
    let scopes = agencies.into_iter().map(|id| Scope::Agency(id.to_owned()));
    let units: Vec<UnitFigure> = scopes.flat_map(|scope| figures(snapshot, &scope, &then, period)).collect();
    combine(&then, &summable(&then, units)).value
}

fn units(snapshot: &Snapshot, scope: &Scope, indicator: &Indicator, period: &PeriodId) -> Vec<UnitFigure> {
    summable(indicator, figures(snapshot, scope, indicator, period))
}

fn figures(snapshot: &Snapshot, scope: &Scope, indicator: &Indicator, period: &PeriodId) -> Vec<UnitFigure> {
    let answering = answering(snapshot, scope, &indicator.reporters, &indicator.id, period);
    answering.into_iter().map(|(agency, record)| unit(indicator, &agency.id, record)).collect()
}

fn summable(indicator: &Indicator, mut units: Vec<UnitFigure>) -> Vec<UnitFigure> {
    // Sums need parts; the figure of the only unit stands as it is.
    if indicator.aggregate == Aggregate::RatioOfSums && expected(&units) > 1 {
        for unit in units.iter_mut().filter(|u| u.state == UnitState::Counted) {
            if unit.numerator.is_none() || unit.denominator.is_none() {
                unit.state = UnitState::WithoutParts;
            }
        }
    }
    units
}

fn expected(units: &[UnitFigure]) -> usize {
    units.iter().filter(|u| u.state != UnitState::NotApplicable).count()
}

fn unit(indicator: &Indicator, agency: &str, record: Option<&Record>) -> UnitFigure {
    let blank = |state| UnitFigure {
        agency: agency.to_owned(),
        state,
        value: None,
        numerator: None,
        denominator: None,
        evidence: 0,
    };
    let Some(revision) = record.and_then(Record::reported) else {
        return blank(match record {
            Some(record) if record.in_conflict() => UnitState::Conflict,
            _ if indicator.not_applicable.contains_key(agency) => UnitState::NotApplicable,
            _ => UnitState::Missing,
        });
    };
    let counted = |value| UnitFigure { value: Some(value), ..blank(UnitState::Counted) };
    let figure = match &revision.body.content {
        Content::Indicator(entry) => match (entry.state, value_of(indicator, entry)) {
            (Reporting::NoData, _) => blank(UnitState::NoData),
            (Reporting::NotApplicable, _) => blank(UnitState::NotApplicable),
            (Reporting::Reported, None) => blank(UnitState::Missing),
            (Reporting::Reported, Some(value)) => {
                let (numerator, denominator) = parts(indicator, entry).unzip();
                UnitFigure { numerator, denominator, ..counted(value) }
            }
        },
        Content::Document(facts) => document_value(facts).map_or(blank(UnitState::NotApplicable), counted),
        Content::Task(_) | Content::PlanItem(_) | Content::Withdrawn => blank(UnitState::Missing),
    };
    UnitFigure { evidence: revision.body.evidence.len(), ..figure }
}

fn parts(indicator: &Indicator, entry: &IndicatorValue) -> Option<(Decimal, Decimal)> {
    match indicator.measure {
        Measure::Ratio | Measure::Rate => entry.numerator.zip(entry.denominator),
        Measure::Value | Measure::Document => None,
    }
}

fn combine(indicator: &Indicator, units: &[UnitFigure]) -> Figures {
    let mut counted = units.iter().filter(|u| u.state == UnitState::Counted);
    let alone = expected(units) == 1;
    match indicator.aggregate {
        _ if alone => counted.next().map(Figures::of).unwrap_or_default(),
        Aggregate::LeadValue => counted.next().map(Figures::of).unwrap_or_default(),
        Aggregate::RatioOfSums => {
            let Some((numerator, denominator)) =
                sum(counted.clone().map(|u| u.numerator)).zip(sum(counted.map(|u| u.denominator)))
            else {
                return Figures::default();
            };
            let value = value_of(indicator, &IndicatorValue::ratio(numerator, denominator));
            Figures { value, numerator: Some(numerator), denominator: Some(denominator) }
        }
        Aggregate::Sum => Figures { value: sum(counted.map(|u| u.value)), ..Figures::default() },
        // All have what the weakest of them has.
        Aggregate::AllOf => Figures { value: counted.filter_map(|u| u.value).min(), ..Figures::default() },
    }
}

impl Figures {
    fn of(unit: &UnitFigure) -> Figures {
        Figures { value: unit.value, numerator: unit.numerator, denominator: unit.denominator }
    }
}

/// None for nothing at all: an empty sum is no data, not 0.
fn sum(numbers: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    numbers.reduce(|a, b| a?.checked_add(b?)).flatten()
}

/// One unit short of the target settles an *all of*; that all have it can only be said when all are in.
fn all_reached(indicator: &Indicator, value: Decimal, baseline: Option<Decimal>, units: &[UnitFigure]) -> Option<bool> {
    let reached = reached(indicator, value, baseline)?;
    (indicator.aggregate != Aggregate::AllOf || !reached || all_in(units)).then_some(reached)
}

/// The first value reported before the period, in the order of the data windows.
fn baseline(snapshot: &Snapshot, scope: &Scope, of: &Indicator, period: &PeriodId) -> Option<Decimal> {
    let catalogue = &snapshot.catalogue;
    let end = catalogue.period(period).to;
    earlier_periods(snapshot, &of.id, end)
        .into_iter()
        .find_map(|(_, earlier)| combine(of, &units(snapshot, scope, of, &earlier)).value)
}

/// The periods ending before `end` for which anyone reports the item, each with the last day of its window.
fn earlier_periods(snapshot: &Snapshot, item: &str, end: NaiveDate) -> BTreeSet<(NaiveDate, PeriodId)> {
    snapshot
        .records
        .keys()
        .filter(|key| key.item == item)
        .map(|key| (snapshot.catalogue.period(&key.period).to, key.period.clone()))
        .filter(|(to, _)| *to < end)
        .collect()
}
