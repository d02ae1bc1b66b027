//! One figure against its target.

use dti::catalogue::{Indicator, Target, embedded};
use dti::progress::{attainment, document_value, reached, value_of};
use dti::record::{DocumentFacts, DocumentState, IndicatorValue};
use rust_decimal::Decimal;

use crate::support::decimal;

fn indicator(id: &str) -> &'static Indicator {
    embedded().indicator(id).unwrap()
}

fn ratio(numerator: &str, denominator: &str) -> IndicatorValue {
    IndicatorValue::ratio(decimal(numerator), decimal(denominator))
}

#[test]
fn a_ratio_is_a_percentage_and_a_rate_is_not() {
    assert_eq!(value_of(indicator("M05"), &ratio("3", "8")), Some(decimal("37.5")));
    assert_eq!(value_of(indicator("M01"), &ratio("26", "13")), Some(decimal("2")));
    assert_eq!(value_of(indicator("M12"), &IndicatorValue::value(decimal("2.5"))), Some(decimal("2.5")));
}

#[test]
fn the_parts_count_and_not_the_percentage_beside_them() {
    let entry = IndicatorValue { value: Some(decimal("99")), ..ratio("1", "4") };
    assert_eq!(value_of(indicator("M05"), &entry), Some(decimal("25")));
}

#[test]
fn no_data_and_not_applicable_have_no_value_even_with_figures() {
    for mut entry in [IndicatorValue::no_data("chưa điều tra"), IndicatorValue::not_applicable("không có xã")] {
        entry.numerator = Some(decimal("1"));
        entry.denominator = Some(decimal("2"));
        assert_eq!(value_of(indicator("M05"), &entry), None);
    }
}

#[test]
fn nothing_is_divided_by_zero_and_nothing_overflows() {
    assert_eq!(value_of(indicator("M05"), &ratio("0", "0")), None);
    let huge = IndicatorValue::ratio(Decimal::MAX, Decimal::ONE);
    assert_eq!(value_of(indicator("M05"), &huge), None);
}

#[test]
fn attainment_is_the_share_of_the_threshold_and_ends_at_one() {
    let eighty = indicator("M28");
    assert_eq!(attainment(eighty, decimal("40")), Some(decimal("0.5")));
    assert_eq!(attainment(eighty, decimal("80")), Some(Decimal::ONE));
    assert_eq!(attainment(eighty, decimal("95")), Some(Decimal::ONE));
    assert_eq!(attainment(indicator("A2"), decimal("7")), Some(Decimal::ONE));
}

#[test]
fn a_threshold_of_zero_is_always_attained() {
    let zero = Indicator { target: Target::AtLeast(Decimal::ZERO), ..indicator("M12").clone() };
    assert_eq!(attainment(&zero, Decimal::ZERO), Some(Decimal::ONE));
}

#[test]
fn a_direction_has_no_attainment_but_is_reached_above_its_baseline() {
    let direction = indicator("D01");
    assert_eq!(attainment(direction, decimal("60")), None);
    assert_eq!(reached(direction, decimal("60"), None), None);
    assert_eq!(reached(direction, decimal("60"), Some(decimal("50"))), Some(true));
    assert_eq!(reached(direction, decimal("50"), Some(decimal("50"))), Some(false));
    assert_eq!(reached(direction, decimal("40"), Some(decimal("50"))), Some(false));
}

#[test]
fn a_hundred_percent_cannot_rise_and_is_reached() {
    assert_eq!(reached(indicator("D01"), decimal("100"), Some(decimal("100"))), Some(true));
    assert_eq!(reached(indicator("D12"), decimal("100"), Some(decimal("100"))), Some(false));
}

#[test]
fn a_draft_is_not_half_a_document() {
    let with = |state| document_value(&DocumentFacts { state, ..DocumentFacts::default() });
    assert_eq!(with(DocumentState::Issued), Some(Decimal::ONE));
    assert_eq!(with(DocumentState::Drafting), Some(Decimal::ZERO));
    assert_eq!(with(DocumentState::NotIssued), Some(Decimal::ZERO));
    assert_eq!(with(DocumentState::NotApplicable), None);
    assert_eq!(reached(indicator("V01"), Decimal::ZERO, None), Some(false));
    assert_eq!(attainment(indicator("V01"), Decimal::ONE), Some(Decimal::ONE));
}
