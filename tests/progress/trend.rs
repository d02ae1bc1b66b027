//! One indicator over the periods.

use dti::progress::{Scope, trend};
use dti::record::Snapshot;
use rust_decimal::Decimal;

use crate::support::{World, decimal, period, ratio};

fn points(snapshot: &Snapshot, upto: &str, count: usize) -> Vec<(String, Option<Decimal>)> {
    let m28 = snapshot.catalogue.indicator("M28").unwrap();
    let points = trend(snapshot, &Scope::Province, m28, &period(upto), count);
    points.into_iter().map(|p| (p.period.to_string(), p.value)).collect()
}

fn point(at: &str, value: &str) -> (String, Option<Decimal>) {
    (at.to_owned(), Some(decimal(value)))
}

fn gap(at: &str) -> (String, Option<Decimal>) {
    (at.to_owned(), None)
}

fn snapshot() -> Snapshot {
    World::of("so-tttt")
        .report("M28", "ngan-hang-nha-nuoc", "2023-Q1", ratio(60, 100))
        .report("M28", "ngan-hang-nha-nuoc", "2023-Q3", ratio(70, 100))
        .report("M28", "ngan-hang-nha-nuoc", "2023", ratio(75, 100))
        .snapshot()
}

#[test]
fn quarters_run_from_old_to_new_with_a_gap_where_nothing_is() {
    assert_eq!(
        points(&snapshot(), "2023-Q4", 4),
        [point("2023-Q1", "60"), gap("2023-Q2"), point("2023-Q3", "70"), gap("2023-Q4")]
    );
}

#[test]
fn years_are_not_mixed_with_quarters() {
    assert_eq!(points(&snapshot(), "2024", 5), [point("2023", "75"), gap("2024")]);
}

#[test]
fn the_time_before_the_plan_is_not_a_gap_but_a_figure_from_it_is_shown() {
    assert_eq!(points(&snapshot(), "2023-Q2", 8), [point("2023-Q1", "60"), gap("2023-Q2")]);
    let older = World::of("so-tttt").report("M28", "ngan-hang-nha-nuoc", "2022-Q4", ratio(50, 100)).snapshot();
    assert_eq!(points(&older, "2023-Q1", 8), [point("2022-Q4", "50"), gap("2023-Q1")]);
}

#[test]
fn an_ad_hoc_period_stands_alone() {
    assert_eq!(points(&snapshot(), "dx-2023-10-05-nhanh", 8), [gap("dx-2023-10-05-nhanh")]);
}
