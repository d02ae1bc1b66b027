//! What if: the same arithmetic on a scratch copy of the snapshot with other figures. Nothing here is ever stored.

use chrono::DateTime;
use rust_decimal::Decimal;

use super::Scope;
use super::indicator::answering;
use super::pillars::counts;
use crate::catalogue::{Aggregate, Id, Indicator, Measure, PeriodId, Rule};
use crate::record::{
    Body, Content, DocumentFacts, DocumentState, EvidenceRef, IndicatorValue, Key, Record, Reporting, Revision,
    Snapshot, Vector,
};
use crate::text::fold;
use crate::text::money::parse_sum;
use crate::text::number::{NumberError, parse_decimal, parse_percent};

/// One figure to try: checked, so that trying it cannot fail.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    pub item: Id,
    pub whose: Whose,
    content: Content,
}

/// Whose figure is another one.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The scope's own: for the province the sum of all units, whoever brings it.
    #[default]
    All,
    Unit(Id),
}

/// Why a figure cannot be tried.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrialError {
    #[error("no such indicator")]
    UnknownItem,
    /// Not asked for in the period, or beside component indices with official points.
    #[error("the period's score does not ask for it")]
    NotDue,
    #[error("for information only")]
    Unscored,
    #[error("{0} does not report it in this scope")]
    NotItsUnit(Id),
    #[error("compared with the best unit: a unit has to be named")]
    UnitNeeded,
    #[error(transparent)]
    Number(#[from] NumberError),
    #[error("neither issued nor not issued")]
    NotADocumentState,
    #[error("has no numerator and denominator")]
    NoParts,
    #[error("the unit's percentage can only be summed with its numerator and denominator")]
    PartsNeeded,
    #[error("negative")]
    Negative,
    #[error("the denominator is 0")]
    ZeroDenominator,
}

impl Trial {
    /// Reads a figure as typed: `80/100`, `90`, `90%`, `2 tỷ`; for a document `có`, `không`, `1` or `0`.
    ///
    /// # Errors
    /// [`TrialError`]: the text is no figure of this indicator, or the score of scope and period would not take it.
    pub fn read(
        snapshot: &Snapshot,
        scope: &Scope,
        period: &PeriodId,
        item: &str,
        whose: Whose,
        text: &str,
    ) -> Result<Trial, TrialError> {
        let of = snapshot.catalogue.indicator(item).ok_or(TrialError::UnknownItem)?;
        let of = &snapshot.catalogue.then(of, period);
        if of.rule == Rule::Unscored {
            return Err(TrialError::Unscored);
        }
        let units = answering(snapshot, scope, &of.reporters, item, period);
        if units.is_empty() || !counts(&snapshot.catalogue, of, period) {
            return Err(TrialError::NotDue);
        }
        let mut content = read_content(of, text)?;
        match &whose {
            Whose::All if of.rule == Rule::BestUnit && units.len() > 1 => return Err(TrialError::UnitNeeded),
            Whose::All => {}
            Whose::Unit(id) => {
                let (_, record) =
                    units.iter().find(|(a, _)| a.id == *id).ok_or_else(|| TrialError::NotItsUnit(id.clone()))?;
                if of.aggregate == Aggregate::RatioOfSums && units.len() > 1 {
                    content = with_parts(of, content, *record)?;
                }
            }
        }
        Ok(Trial { item: of.id.clone(), whose, content })
    }
}

/// The snapshot as it would be with these figures, later ones over earlier ones. Every figure tried counts as proved.
pub fn tried(snapshot: &Snapshot, scope: &Scope, period: &PeriodId, trials: &[Trial]) -> Snapshot {
    let mut scratch = snapshot.clone();
    for trial in trials {
        let Some(of) = snapshot.catalogue.indicator(&trial.item) else { continue };
        let of = &snapshot.catalogue.then(of, period);
        let units = answering(snapshot, scope, &of.reporters, &trial.item, period);
        let mut units: Vec<&str> = units.into_iter().map(|(agency, _)| agency.id.as_str()).collect();
        if let Whose::Unit(id) = &trial.whose {
            units.retain(|unit| unit == id);
        }
        // One unit brings the whole figure, and nobody else has anything to add to it.
        let bringer = units.iter().find(|u| !of.not_applicable.contains_key(**u)).or(units.first()).copied();
        for unit in units {
            let content = if Some(unit) == bringer { trial.content.clone() } else { nothing_to_add(of) };
            put(&mut scratch, &trial.item, unit, period, content);
        }
    }
    scratch
}

fn read_content(of: &Indicator, text: &str) -> Result<Content, TrialError> {
    let text = text.trim();
    if of.measure == Measure::Document {
        let state = match fold(text).as_str() {
            "co" | "1" | "da ban hanh" => DocumentState::Issued,
            "khong" | "0" | "chua ban hanh" => DocumentState::NotIssued,
            _ => return Err(TrialError::NotADocumentState),
        };
        return Ok(Content::Document(DocumentFacts { state, ..DocumentFacts::default() }));
    }
    let value = match text.split_once('/') {
        Some(_) if of.measure == Measure::Value => return Err(TrialError::NoParts),
        Some((numerator, denominator)) => {
            let (numerator, denominator) = (parse_decimal(numerator)?, parse_decimal(denominator)?);
            if denominator.is_zero() {
                return Err(TrialError::ZeroDenominator);
            }
            IndicatorValue::ratio(numerator, denominator)
        }
        None => IndicatorValue::value(match parse_sum(text, &of.unit) {
            Some(sum) => sum?,
            None if of.unit == "%" => parse_percent(text)?,
            None => parse_decimal(text)?,
        }),
    };
    let figures = [value.numerator, value.denominator, value.value];
    let negative = figures.iter().flatten().any(Decimal::is_sign_negative);
    if negative { Err(TrialError::Negative) } else { Ok(Content::Indicator(value)) }
}

/// A unit's bare percentage as a part of a sum: over the denominator that the unit reports.
fn with_parts(of: &Indicator, content: Content, record: Option<&Record>) -> Result<Content, TrialError> {
    let Content::Indicator(IndicatorValue { value: Some(value), .. }) = content else { return Ok(content) };
    let reported = record.and_then(Record::reported).map(|r| &r.body.content);
    let Some(Content::Indicator(IndicatorValue { denominator: Some(denominator), .. })) = reported else {
        return Err(TrialError::PartsNeeded);
    };
    let share = if of.measure == Measure::Ratio { value / Decimal::ONE_HUNDRED } else { value };
    let numerator = share.checked_mul(*denominator).ok_or(NumberError::TooBig)?;
    Ok(Content::Indicator(IndicatorValue::ratio(numerator, *denominator)))
}

fn nothing_to_add(of: &Indicator) -> Content {
    match of.measure {
        Measure::Document => {
            Content::Document(DocumentFacts { state: DocumentState::NotApplicable, ..DocumentFacts::default() })
        }
        Measure::Ratio | Measure::Rate | Measure::Value => {
            Content::Indicator(IndicatorValue { state: Reporting::NotApplicable, ..IndicatorValue::default() })
        }
    }
}

fn put(scratch: &mut Snapshot, item: &str, unit: &str, period: &PeriodId, content: Content) {
    let Some(key) = Key::of_item(&scratch.catalogue, item, unit, period) else { return };
    let assumed = EvidenceRef { sha256: "0".repeat(64), name: String::new(), bytes: 0 };
    let body = Body { evidence: vec![assumed], ..Body::new(content) };
    let never = DateTime::UNIX_EPOCH.fixed_offset();
    let revision = Revision::seal(key.clone(), body, Vector::default(), "", unit, "", never);
    scratch.records.insert(key.clone(), Record { key, heads: vec![revision] }.into());
}
