//! Mergers and splits in the middle of a year: sums, lines and who is expected, before and after.

use chrono::NaiveDate;
use dti::catalogue::{Amendment, Edition, Heir, amend, embedded};
use dti::progress::{AgencyState, Scope, UnitState, indicator, status, task, trend};
use dti::record::{Snapshot, TaskStatus};

use crate::support::{World, decimal, moment, period, ratio, task as progress_on};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn heir(id: &str, name: &str, code: &str) -> Heir {
    Heir { id: id.to_owned(), name: name.to_owned(), code: code.to_owned(), ..Heir::default() }
}

/// Gio Linh and Cam Lộ become one district on 1 July 2024.
fn merged() -> World {
    let agencies = vec!["huyen-gio-linh".to_owned(), "huyen-cam-lo".to_owned()];
    let into = heir("huyen-gio-cam", "UBND huyện Gio Cam", "900");
    with(Amendment::Merge { agencies, into, from: day("2024-07-01") })
}

/// Hải Lăng becomes two.
fn split() -> World {
    let into =
        vec![heir("huyen-hai-bac", "UBND huyện Hải Bắc", "901"), heir("huyen-hai-nam", "UBND huyện Hải Nam", "902")];
    with(Amendment::Split { agency: "huyen-hai-lang".to_owned(), into, from: day("2024-07-01"), sole: None })
}

fn with(amendment: Amendment) -> World {
    let edition = Edition::after(embedded(), amend(embedded(), &[amendment]).unwrap()).unwrap();
    World::of("so-tttt").with_plan(|plan| plan.clone_from(edition.catalogue()))
}

fn province(snapshot: &Snapshot, at: &str) -> (String, usize, usize) {
    let m05 = snapshot.catalogue.indicator("M05").unwrap();
    let progress = indicator(snapshot, &Scope::Province, m05, &period(at));
    let parts = progress.numerator.zip(progress.denominator).map(|(n, d)| format!("{n}/{d}"));
    (parts.unwrap_or_default(), progress.units_in, progress.units_expected)
}

fn line(snapshot: &Snapshot, agency: &str) -> Vec<Option<String>> {
    let m05 = snapshot.catalogue.indicator("M05").unwrap();
    let points = trend(snapshot, &Scope::Agency(agency.to_owned()), m05, &period("2024-Q4"), 4);
    points.into_iter().map(|p| p.value.map(|v| v.normalize().to_string())).collect()
}

#[test]
fn a_merger_in_the_middle_of_the_year_leaves_the_provinces_sum_as_it_is() {
    let snapshot = merged()
        .report("M05", "huyen-gio-linh", "2024-Q2", ratio(30, 100))
        .report("M05", "huyen-cam-lo", "2024-Q2", ratio(20, 50))
        .report("M05", "tp-dong-ha", "2024-Q2", ratio(5, 10))
        .report("M05", "huyen-gio-cam", "2024-Q3", ratio(50, 150))
        .report("M05", "tp-dong-ha", "2024-Q3", ratio(5, 10))
        .snapshot();
    assert_eq!(province(&snapshot, "2024-Q2"), ("55/160".to_owned(), 3, 10));
    assert_eq!(province(&snapshot, "2024-Q3"), ("55/160".to_owned(), 2, 9));
}

#[test]
fn a_split_in_the_middle_of_the_year_leaves_the_provinces_sum_as_it_is() {
    let snapshot = split()
        .report("M05", "huyen-hai-lang", "2024-Q2", ratio(30, 100))
        .report("M05", "huyen-hai-bac", "2024-Q3", ratio(10, 40))
        .report("M05", "huyen-hai-nam", "2024-Q3", ratio(20, 60))
        .snapshot();
    assert_eq!(province(&snapshot, "2024-Q2"), ("30/100".to_owned(), 1, 10));
    assert_eq!(province(&snapshot, "2024-Q3"), ("30/100".to_owned(), 2, 11));
}

#[test]
fn what_an_agency_entered_before_it_ended_is_not_counted_beside_its_successor() {
    let snapshot = merged()
        .report("M05", "huyen-gio-linh", "2024-Q3", ratio(30, 100))
        .report("M05", "huyen-gio-cam", "2024-Q3", ratio(50, 150))
        .snapshot();
    assert_eq!(province(&snapshot, "2024-Q3"), ("50/150".to_owned(), 1, 9));
}

#[test]
fn the_line_of_a_merged_agency_goes_back_to_its_predecessors_together() {
    let snapshot = merged()
        .report("M05", "huyen-gio-linh", "2024-Q1", ratio(10, 100))
        .report("M05", "huyen-cam-lo", "2024-Q1", ratio(20, 50))
        .report("M05", "huyen-gio-linh", "2024-Q2", ratio(30, 100))
        .report("M05", "huyen-gio-cam", "2024-Q3", ratio(60, 150))
        .snapshot();
    let percent = |text: &str| Some(text.to_owned());
    // 30/150, then the one of the two that reported, then its own.
    assert_eq!(line(&snapshot, "huyen-gio-cam"), [percent("20"), percent("30"), percent("40"), None]);
    assert_eq!(line(&snapshot, "huyen-gio-linh"), [percent("10"), percent("30"), None, None]);
}

#[test]
fn the_line_of_a_part_does_not_begin_with_the_whole() {
    let snapshot = split()
        .report("M05", "huyen-hai-lang", "2024-Q2", ratio(30, 100))
        .report("M05", "huyen-hai-bac", "2024-Q3", ratio(10, 40))
        .snapshot();
    assert_eq!(line(&snapshot, "huyen-hai-bac"), [None, None, Some("25".to_owned()), None]);
}

#[test]
fn the_matrix_expects_the_agencies_of_each_period() {
    let snapshot = merged().snapshot();
    let expects = |at: &str, agency: &str| {
        let found = status(&snapshot, &period(at), moment("2024-12-01T08:00:00+07:00"));
        found.iter().find(|s| s.agency == agency).map(|s| s.state)
    };
    for old in ["huyen-gio-linh", "huyen-cam-lo"] {
        assert_eq!((expects("2024-Q2", old), expects("2024-Q3", old)), (Some(AgencyState::Missing), None));
    }
    let new = "huyen-gio-cam";
    assert_eq!((expects("2024-Q2", new), expects("2024-Q3", new)), (None, Some(AgencyState::Missing)));
}

#[test]
fn a_task_goes_to_whoever_took_over() {
    let snapshot =
        split().report("IV.5", "huyen-hai-bac", "2024-Q3", progress_on(TaskStatus::InProgress, Some(40))).snapshot();
    let leads = |at: &str| -> Vec<String> {
        let of = snapshot.catalogue.task("IV.5").unwrap();
        task(&snapshot, &Scope::Province, of, &period(at)).leads.iter().map(|a| a.id.clone()).collect()
    };
    assert!(leads("2024-Q2").contains(&"huyen-hai-lang".to_owned()));
    assert!(
        leads("2024-Q3").contains(&"huyen-hai-bac".to_owned())
            && leads("2024-Q3").contains(&"huyen-hai-nam".to_owned())
    );
    assert!(!leads("2024-Q3").contains(&"huyen-hai-lang".to_owned()));
}

#[test]
fn a_raised_target_counts_from_its_day_on_only() {
    let change = Amendment::Change {
        indicator: "M28".to_owned(),
        from: day("2024-01-01"),
        target: Some(dti::catalogue::Target::AtLeast(90.into())),
        rule: None,
        reporters: None,
        max_points: None,
    };
    let snapshot = with(change)
        .report("M28", "ngan-hang-nha-nuoc", "2023-Q4", ratio(85, 100))
        .report("M28", "ngan-hang-nha-nuoc", "2024-Q1", ratio(85, 100))
        .snapshot();
    let m28 = snapshot.catalogue.indicator("M28").unwrap();
    let reached = |at: &str| indicator(&snapshot, &Scope::Province, m28, &period(at)).reached;
    assert_eq!((reached("2023-Q4"), reached("2024-Q1")), (Some(true), Some(false)));
    let now = indicator(&snapshot, &Scope::Province, m28, &period("2024-Q1"));
    assert_eq!((now.value, now.units[0].state), (Some(decimal("85")), UnitState::Counted));
}
