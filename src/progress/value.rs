//! One figure against its target.

use rust_decimal::Decimal;

use crate::catalogue::{Indicator, Target};
use crate::record::{DocumentFacts, DocumentState, IndicatorValue};

/// The figure in the indicator's unit, derived from numerator and denominator where there are both.
pub fn value_of(indicator: &Indicator, entry: &IndicatorValue) -> Option<Decimal> {
    entry.figure(indicator.measure)
}

/// 1 for a document that was issued, 0 for one that was not: a draft is not half a document. None where it does not
/// apply.
pub fn document_value(facts: &DocumentFacts) -> Option<Decimal> {
    match facts.state {
        DocumentState::Issued => Some(Decimal::ONE),
        DocumentState::NotIssued | DocumentState::Drafting => Some(Decimal::ZERO),
        DocumentState::NotApplicable => None,
    }
}

/// Value over threshold, 0 to 1; none for a target that is only a direction.
pub fn attainment(indicator: &Indicator, value: Decimal) -> Option<Decimal> {
    let threshold = threshold(indicator)?;
    if value >= threshold {
        return Some(Decimal::ONE);
    }
    // Below a threshold of 0 there is nothing to be in proportion to.
    Some(value.checked_div(threshold).map_or(Decimal::ZERO, |a| a.clamp(Decimal::ZERO, Decimal::ONE)))
}

/// Whether the value reaches the target. A direction is reached above the baseline, or at the end of the scale: 100 %
/// cannot rise; without a baseline nothing can be said.
pub fn reached(indicator: &Indicator, value: Decimal, baseline: Option<Decimal>) -> Option<bool> {
    match threshold(indicator) {
        Some(threshold) => Some(value >= threshold),
        None => {
            let full = indicator.unit == "%" && value >= Decimal::ONE_HUNDRED;
            baseline.map(|baseline| value > baseline || full)
        }
    }
}

fn threshold(indicator: &Indicator) -> Option<Decimal> {
    match indicator.target {
        Target::Exists => Some(Decimal::ONE),
        Target::AtLeast(_) | Target::All(_) | Target::Increase => indicator.target.threshold(),
    }
}
