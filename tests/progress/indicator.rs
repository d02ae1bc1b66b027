//! Units' figures put together for the province.

use dti::catalogue::Aggregate;
use dti::progress::{IndicatorProgress, Open, Points, Scope, UnitState, indicator};
use dti::record::{Content, IndicatorValue, Snapshot};
use rust_decimal::Decimal;

use crate::support::{World, decimal, issued, period, ratio, value};

const DISTRICTS: [&str; 10] = [
    "tp-dong-ha",
    "tx-quang-tri",
    "huyen-vinh-linh",
    "huyen-huong-hoa",
    "huyen-gio-linh",
    "huyen-da-krong",
    "huyen-cam-lo",
    "huyen-trieu-phong",
    "huyen-hai-lang",
    "huyen-con-co",
];

fn world() -> World {
    World::of("so-tttt")
}

fn province(snapshot: &Snapshot, item: &str, at: &str) -> IndicatorProgress {
    in_scope(snapshot, &Scope::Province, item, at)
}

fn in_scope(snapshot: &Snapshot, scope: &Scope, item: &str, at: &str) -> IndicatorProgress {
    indicator(snapshot, scope, snapshot.catalogue.indicator(item).unwrap(), &period(at))
}

fn state(progress: &IndicatorProgress, agency: &str) -> UnitState {
    progress.units.iter().find(|u| u.agency == agency).unwrap().state
}

fn no_data() -> Content {
    Content::Indicator(IndicatorValue::no_data("chưa điều tra"))
}

fn not_applicable() -> Content {
    Content::Indicator(IndicatorValue::not_applicable("không có đối tượng"))
}

#[test]
fn the_provinces_ratio_is_that_of_the_sums_and_not_a_mean_of_percentages() {
    // 90 % and 10 %: the mean would be 50 %.
    let snapshot = world()
        .report("M05", "tp-dong-ha", "2023-Q4", ratio(900, 1000))
        .report("M05", "huyen-con-co", "2023-Q4", ratio(1, 10))
        .snapshot();
    let m05 = province(&snapshot, "M05", "2023-Q4");
    assert_eq!((m05.numerator, m05.denominator), (Some(decimal("901")), Some(decimal("1010"))));
    assert_eq!(m05.value, Some(decimal("90100") / decimal("1010")));
    assert_eq!((m05.units_in, m05.units_expected), (2, 10));
    assert_eq!(m05.reached, Some(false));
}

#[test]
fn nothing_reported_is_no_value_and_not_zero() {
    let m05 = province(&world().snapshot(), "M05", "2023-Q4");
    assert_eq!((m05.value, m05.attainment, m05.reached), (None, None, None));
    assert_eq!((m05.numerator, m05.denominator), (None, None));
    assert_eq!((m05.units_in, m05.units_expected), (0, 10));
    assert!(m05.units.iter().all(|u| u.state == UnitState::Missing));
    assert_eq!(m05.units.iter().map(|u| u.agency.as_str()).collect::<Vec<_>>(), DISTRICTS);
}

#[test]
fn a_real_zero_is_a_value() {
    let snapshot = world().report("M05", "tp-dong-ha", "2023-Q4", ratio(0, 1000)).snapshot();
    let m05 = province(&snapshot, "M05", "2023-Q4");
    assert_eq!((m05.value, m05.attainment), (Some(Decimal::ZERO), Some(Decimal::ZERO)));
}

#[test]
fn what_cannot_be_summed_is_left_out_and_says_why() {
    let snapshot = world()
        .report("M05", "tp-dong-ha", "2023-Q4", ratio(80, 100))
        .report("M05", "tx-quang-tri", "2023-Q4", no_data())
        .report("M05", "huyen-vinh-linh", "2023-Q4", value("70"))
        .report("M05", "huyen-huong-hoa", "2023-Q4", ratio(1, 2))
        .report("M05", "huyen-huong-hoa", "2023-Q4", ratio(2, 3))
        .report("M05", "huyen-con-co", "2023-Q4", not_applicable())
        .report("M05", "huyen-cam-lo", "2023-Q4", Content::Withdrawn)
        .snapshot();
    let m05 = province(&snapshot, "M05", "2023-Q4");
    assert_eq!(m05.value, Some(decimal("80")));
    assert_eq!((m05.units_in, m05.units_expected), (1, 9));
    for (agency, expected) in [
        ("tp-dong-ha", UnitState::Counted),
        ("tx-quang-tri", UnitState::NoData),
        ("huyen-vinh-linh", UnitState::WithoutParts),
        ("huyen-huong-hoa", UnitState::Conflict),
        ("huyen-con-co", UnitState::NotApplicable),
        ("huyen-cam-lo", UnitState::Missing),
        ("huyen-gio-linh", UnitState::Missing),
    ] {
        assert_eq!(state(&m05, agency), expected, "{agency}");
    }
}

#[test]
fn two_desks_that_entered_the_same_are_no_conflict() {
    let snapshot = world()
        .report("M05", "tp-dong-ha", "2023-Q4", ratio(80, 100))
        .report("M05", "tp-dong-ha", "2023-Q4", ratio(80, 100))
        .snapshot();
    assert_eq!(province(&snapshot, "M05", "2023-Q4").value, Some(decimal("80")));
}

#[test]
fn an_island_without_communes_is_not_expected_to_have_them() {
    let mut world = world();
    for district in &DISTRICTS[..9] {
        world = world.report("M08", district, "2023-Q4", ratio(9, 9));
    }
    let m08 = province(&world.snapshot(), "M08", "2023-Q4");
    assert_eq!((m08.units_in, m08.units_expected), (9, 9));
    assert_eq!(state(&m08, "huyen-con-co"), UnitState::NotApplicable);
    assert_eq!((m08.value, m08.reached), (Some(decimal("100")), Some(true)));
}

#[test]
fn an_agency_sees_its_own_figure_only() {
    let snapshot = world()
        .report("M05", "tp-dong-ha", "2023-Q4", value("70"))
        .report("M05", "huyen-con-co", "2023-Q4", ratio(1, 10))
        .snapshot();
    let own = in_scope(&snapshot, &Scope::Agency("tp-dong-ha".to_owned()), "M05", "2023-Q4");
    assert_eq!((own.value, own.units_in, own.units_expected), (Some(decimal("70")), 1, 1));
    let stranger = in_scope(&snapshot, &Scope::Agency("cuc-thue".to_owned()), "M05", "2023-Q4");
    assert_eq!((stranger.value, stranger.units_expected), (None, 0));
    assert!(stranger.units.is_empty());
}

#[test]
fn the_leads_value_is_the_provinces() {
    let snapshot = world().report("M18", "cuc-thong-ke", "2023", value("8")).snapshot();
    let m18 = province(&snapshot, "M18", "2023");
    assert_eq!((m18.value, m18.attainment), (Some(decimal("8")), Some(decimal("0.8"))));
    assert_eq!((m18.units_in, m18.units_expected), (1, 1));
}

#[test]
fn sums_add_values_up() {
    let plan = |c: &mut dti::catalogue::Catalogue| {
        let m12 = c.indicators.iter_mut().find(|i| i.id == "M12").unwrap();
        m12.aggregate = Aggregate::Sum;
        m12.reporters = vec!["cap-huyen".to_owned()];
    };
    let snapshot = world()
        .with_plan(plan)
        .report("M12", "tp-dong-ha", "2023-Q4", value("1.25"))
        .report("M12", "huyen-con-co", "2023-Q4", value("0.5"))
        .snapshot();
    let m12 = province(&snapshot, "M12", "2023-Q4");
    assert_eq!((m12.value, m12.units_in, m12.units_expected), (Some(decimal("1.75")), 2, 10));
}

#[test]
fn all_of_has_what_the_weakest_has_and_is_reached_when_all_are_in() {
    let mut world = world();
    for district in &DISTRICTS[..9] {
        world = world.report("M04", district, "2023-Q4", ratio(26, 13));
    }
    let nine = world.snapshot();
    let m04 = province(&nine, "M04", "2023-Q4");
    assert_eq!((m04.value, m04.reached), (Some(decimal("2")), None), "the tenth may still fall short");
    assert_eq!(m04.points, Points::Open(Open::UnitsOut));

    let rebuilt = |last: Content| {
        let mut world = World::of("so-tttt");
        for district in &DISTRICTS[..9] {
            world = world.report("M04", district, "2023-Q4", ratio(26, 13));
        }
        province(&world.report("M04", DISTRICTS[9], "2023-Q4", last).snapshot(), "M04", "2023-Q4")
    };
    let all = rebuilt(ratio(13, 13));
    assert_eq!((all.value, all.reached, all.points), (Some(Decimal::ONE), Some(true), Points::Share(Decimal::ONE)));
    let short = rebuilt(ratio(0, 13));
    assert_eq!((short.value, short.reached), (Some(Decimal::ZERO), Some(false)));
    assert_eq!(rebuilt(not_applicable()).reached, Some(true));
}

#[test]
fn one_unit_short_settles_an_all_of_before_the_others_are_in() {
    let snapshot = world().report("M04", "tp-dong-ha", "2023-Q4", ratio(1, 13)).snapshot();
    assert_eq!(province(&snapshot, "M04", "2023-Q4").reached, Some(false));
}

#[test]
fn a_document_counts_one_or_nothing() {
    let snapshot = world().prove("V05", "so-tai-chinh", "2023-Q4", issued()).snapshot();
    let v05 = province(&snapshot, "V05", "2023-Q4");
    assert_eq!((v05.value, v05.attainment, v05.reached), (Some(Decimal::ONE), Some(Decimal::ONE), Some(true)));
    assert_eq!(v05.units[0].evidence, 1);
}

#[test]
fn a_direction_is_compared_with_the_first_value_reported() {
    let world = || {
        world().report("D01", "van-phong-ubnd", "2023-Q1", ratio(50, 100)).report(
            "D01",
            "van-phong-ubnd",
            "2023-Q2",
            ratio(70, 100),
        )
    };
    let first = world().snapshot();
    assert_eq!(province(&first, "D01", "2023-Q1").reached, None, "nothing to compare with yet");
    assert_eq!(province(&first, "D01", "2023-Q2").reached, Some(true));
    let later = world().report("D01", "van-phong-ubnd", "2023-Q3", ratio(60, 100)).snapshot();
    let q3 = province(&later, "D01", "2023-Q3");
    assert_eq!((q3.reached, q3.attainment), (Some(true), None), "above Q1, though below Q2");
    let fallen = world().report("D01", "van-phong-ubnd", "2023", ratio(40, 100)).snapshot();
    assert_eq!(province(&fallen, "D01", "2023").reached, Some(false), "the year is compared with Q1");
}

#[test]
fn a_department_that_nobody_confirmed_counts_where_it_reports() {
    let before = province(&world().snapshot(), "M10", "2023-Q4");
    assert!(before.units.iter().all(|u| u.agency != "so-y-te"));
    let snapshot = world().report("M10", "so-y-te", "2023-Q4", ratio(1, 2)).snapshot();
    let after = province(&snapshot, "M10", "2023-Q4");
    assert_eq!(after.units_expected, before.units_expected + 1);
    assert_eq!(after.value, Some(decimal("50")));
    let own = in_scope(&world().snapshot(), &Scope::Agency("so-y-te".to_owned()), "M10", "2023-Q4");
    assert_eq!((own.units_expected, state(&own, "so-y-te")), (1, UnitState::Missing));
}

#[test]
fn districts_that_are_no_more_are_not_expected() {
    assert_eq!(province(&world().snapshot(), "M05", "2025-Q4").units_expected, 0);
}
