//! Entries and their remarks; revisions that meet in any order.

mod carry_over;
mod findings;
mod laws;

use dti::record::FilingKind;

use crate::support::{World, period, ratio, value};

#[test]
fn a_filings_slug_reads_back_and_nothing_else_does() {
    for number in [0, 1, 27] {
        let kind = FilingKind::from_number(number);
        assert_eq!(FilingKind::from_slug(&kind.slug()), Some(kind));
    }
    for text in ["", "bo-sung", "bo-sung-0", "bo-sung-01", "bo-sung-+1", "Chinh-thuc"] {
        assert_eq!(FilingKind::from_slug(text), None, "{text}");
    }
}

#[test]
fn a_figure_that_counts_up_over_the_year_is_not_held_against_the_year_before() {
    let world = World::of("van-phong-ubnd")
        .report("M02", "van-phong-ubnd", "2023-Q3", value("18"))
        .report("M02", "van-phong-ubnd", "2023-Q4", value("24"))
        .report("D01", "van-phong-ubnd", "2023-Q4", ratio(60, 100));
    let snapshot = world.snapshot();
    let before = |item: &str, at: &str| snapshot.before(item, "van-phong-ubnd", &period(at)).is_some();
    assert!(before("M02", "2023-Q4"));
    assert!(!before("M02", "2024-Q1"), "the year begins anew");
    assert!(before("D01", "2024-Q1"), "a share goes on");
}
