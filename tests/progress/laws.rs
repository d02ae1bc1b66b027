//! What holds for every set of figures.

use dti::progress::{Scope, UnitState, attainment, indicator, pillars, score, value_of, weighted_total};
use dti::record::{Content, IndicatorValue};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::{World, period};

/// One district's entry, or none.
#[derive(Debug, Clone)]
enum Entry {
    Nothing,
    Ratio(u32, u32),
    Percent(u32),
    NoData,
    NotApplicable,
}

fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        Just(Entry::Nothing),
        (0_u32..2_000_000, 1_u32..1_000_000).prop_map(|(n, d)| Entry::Ratio(n, d)),
        (0_u32..=100).prop_map(Entry::Percent),
        Just(Entry::NoData),
        Just(Entry::NotApplicable),
    ]
}

fn content(entry: &Entry) -> Option<Content> {
    let value = match entry {
        Entry::Nothing => return None,
        Entry::Ratio(n, d) => IndicatorValue::ratio((*n).into(), (*d).into()),
        Entry::Percent(p) => IndicatorValue::value((*p).into()),
        Entry::NoData => IndicatorValue::no_data("lý do"),
        Entry::NotApplicable => IndicatorValue::not_applicable("lý do"),
    };
    Some(Content::Indicator(value))
}

fn world(entries: &[Entry]) -> World {
    let mut world = World::of("so-tttt");
    let districts = ["tp-dong-ha", "tx-quang-tri", "huyen-cam-lo", "huyen-da-krong", "huyen-con-co"];
    for (district, entry) in districts.into_iter().zip(entries) {
        if let Some(content) = content(entry) {
            world = world.report("M05", district, "2023-Q4", content);
        }
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_ratio_of_sums_is_the_sums_divided(entries in prop::collection::vec(entry(), 5)) {
        let snapshot = world(&entries).snapshot();
        let m05 = indicator(&snapshot, &Scope::Province, snapshot.catalogue.indicator("M05").unwrap(), &period("2023-Q4"));
        let parts: Vec<(u64, u64)> = entries
            .iter()
            .filter_map(|e| if let Entry::Ratio(n, d) = e { Some((u64::from(*n), u64::from(*d))) } else { None })
            .collect();
        let (numerator, denominator): (u64, u64) = parts.iter().fold((0, 0), |s, p| (s.0 + p.0, s.1 + p.1));
        if parts.is_empty() {
            prop_assert_eq!(m05.value, None);
        } else {
            prop_assert_eq!(m05.numerator, Some(numerator.into()));
            prop_assert_eq!(m05.denominator, Some(denominator.into()));
            prop_assert_eq!(m05.value, Some(Decimal::from(numerator) * Decimal::ONE_HUNDRED / Decimal::from(denominator)));
        }
        prop_assert_eq!(m05.units_in, parts.len());
        let not_applicable = entries.iter().filter(|e| matches!(e, Entry::NotApplicable)).count();
        prop_assert_eq!(m05.units_expected, 10 - not_applicable);
        prop_assert_eq!(m05.units.iter().filter(|u| u.state == UnitState::Counted).count(), m05.units_in);
    }

    #[test]
    fn attainment_stays_between_nothing_and_all(numerator in 0_i64..10_i64.pow(15), denominator in 1_i64..10_i64.pow(15)) {
        let plan = dti::catalogue::embedded();
        let entry = IndicatorValue::ratio(numerator.into(), denominator.into());
        for of in &plan.indicators {
            if let Some(value) = value_of(of, &entry)
                && let Some(attainment) = attainment(of, value)
            {
                prop_assert!(attainment >= Decimal::ZERO && attainment <= Decimal::ONE, "{}: {attainment}", of.id);
            }
        }
    }

    #[test]
    fn scores_stay_between_nothing_and_all(entries in prop::collection::vec(entry(), 5)) {
        let snapshot = world(&entries).snapshot();
        let at = period("2023-Q4");
        let total = score(&snapshot, &Scope::Province, &at).total;
        prop_assert!(total >= Decimal::ZERO && total <= Decimal::ONE);
        for p in pillars(&snapshot, &Scope::Province, &at) {
            prop_assert!(p.score >= Decimal::ZERO && p.score <= Decimal::ONE);
            prop_assert!(p.attainment.is_none_or(|a| a >= p.score));
            prop_assert!(p.indicators_with_value <= p.indicators_expected);
        }
    }

    #[test]
    fn a_weighted_total_lies_between_the_least_and_the_most(scores in prop::collection::vec((1_u32..1000, 0_u32..=10_000), 1..9)) {
        let scores: Vec<(u32, Decimal)> = scores.into_iter().map(|(w, s)| (w, Decimal::new(s.into(), 4))).collect();
        let total = weighted_total(&scores).round_dp(12);
        let (least, most) = (scores.iter().map(|s| s.1).min().unwrap(), scores.iter().map(|s| s.1).max().unwrap());
        prop_assert!(least <= total && total <= most);
    }
}
