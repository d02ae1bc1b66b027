//! Figures with their units, targets, attainment and scores.

use rust_decimal::Decimal;

use super::{document_state, reporting};
use crate::catalogue::{Catalogue, Id, Indicator, Measure, Target};
use crate::progress::IndicatorProgress;
use crate::record::{DocumentState, IndicatorValue, Reporting};
use crate::text::number::{format_decimal, format_fixed, format_percent, rounded};

/// An entry as it stands in a table: "85,47% (1.200/1.404)", "2,5 tỷ đồng", "Chưa có số liệu".
pub fn figure(indicator: &Indicator, entry: &IndicatorValue) -> String {
    if entry.state != Reporting::Reported {
        return reporting(entry.state).to_owned();
    }
    let figure = entry.figure(indicator.measure).map(|v| value(indicator, v));
    let parts = match (indicator.measure, entry.numerator, entry.denominator) {
        (Measure::Ratio | Measure::Rate, Some(n), Some(d)) => {
            Some(format!("({}/{})", format_decimal(n), format_decimal(d)))
        }
        _ => None,
    };
    match (figure, parts) {
        (None, None) => "Chưa nhập".to_owned(),
        (figure, parts) => figure.into_iter().chain(parts).collect::<Vec<_>>().join(" "),
    }
}

/// A value of the indicator with its unit. What was divided has at most two decimals, what was entered keeps all.
pub fn value(indicator: &Indicator, value: Decimal) -> String {
    match indicator.measure {
        Measure::Ratio => format_percent(value),
        Measure::Rate => with_unit(rounded(value, 2), indicator),
        Measure::Value => with_unit(value, indicator),
        Measure::Document if value >= Decimal::ONE => document_state(DocumentState::Issued).to_owned(),
        Measure::Document => document_state(DocumentState::NotIssued).to_owned(),
    }
}

/// "≥ 80%", "100%", "≥ 2 tỷ đồng", "tăng so với kỳ đầu", "ban hành".
pub fn target(indicator: &Indicator) -> String {
    match &indicator.target {
        Target::AtLeast(threshold) => format!("≥ {}", with_unit(*threshold, indicator)),
        Target::All(threshold) => with_unit(*threshold, indicator),
        Target::Increase => "tăng so với kỳ đầu".to_owned(),
        Target::Exists => "ban hành".to_owned(),
    }
}

/// Attainment, 0 to 1, in percent of the target: "95,2%".
pub fn attainment(attainment: Decimal) -> String {
    format_percent(attainment * Decimal::ONE_HUNDRED)
}

/// A score, 0 to 1, with four decimals: "0,8002". Where it is shown, "ước tính" stands beside it.
pub fn score(score: Decimal) -> String {
    format_fixed(score, 4)
}

/// How many units are in a value of the province: "7/10 đơn vị".
pub fn units(progress: &IndicatorProgress) -> String {
    format!("{}/{} đơn vị", progress.units_in, progress.units_expected)
}

/// The first `most` agencies by name, and how many more: "Sở Nội vụ, Sở Tài chính và 8 đơn vị nữa".
pub fn agencies(catalogue: &Catalogue, ids: &[Id], most: usize) -> String {
    let named: Vec<&str> = ids.iter().take(most).map(|id| catalogue.agency_name(id)).collect();
    match ids.len() - named.len() {
        0 => named.join(", "),
        more => format!("{} và {more} đơn vị nữa", named.join(", ")),
    }
}

fn with_unit(value: Decimal, indicator: &Indicator) -> String {
    match indicator.unit.as_str() {
        "" => format_decimal(value),
        "%" => format!("{}%", format_decimal(value)),
        unit => format!("{} {unit}", format_decimal(value)),
    }
}
