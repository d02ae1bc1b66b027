//! Completeness and timeliness.

use dti::progress::{AgencyState, AgencyStatus, agency_status, status};
use dti::record::{Body, Content, FilingKind, IndicatorValue, ReceivedState, Snapshot, TaskStatus};

use crate::support::{World, moment, period, ratio, task};

const OFFICIAL: FilingKind = FilingKind::Official;

fn of(snapshot: &Snapshot, agency: &str, at: &str) -> AgencyStatus {
    agency_status(snapshot, agency, &period(at), moment("2023-12-13T09:00:00+07:00"))
}

#[test]
fn an_empty_file_misses_everything() {
    let own = of(&World::of("so-noi-vu").snapshot(), "so-noi-vu", "2023-Q4");
    assert_eq!(own.state, AgencyState::Missing);
    assert!(own.reported.is_empty() && own.conflicts.is_empty());
    assert_eq!(own.missing, own.expected);
    assert!(own.expected.contains(&"D08".to_owned()) && own.expected.contains(&"II.2".to_owned()));
    assert_eq!((own.filing, own.filed_at, own.days_left), (None, None, 12));
}

#[test]
fn no_data_and_not_applicable_are_reports_and_a_bare_file_of_evidence_is_not() {
    let snapshot = World::of("so-noi-vu")
        .report("M10", "so-noi-vu", "2023-Q4", Content::Indicator(IndicatorValue::no_data("chưa rà soát")))
        .report("A4", "so-noi-vu", "2023-Q4", Content::Indicator(IndicatorValue::not_applicable("không có HTTT")))
        .report("IV.1", "so-noi-vu", "2023-Q4", task(TaskStatus::NotStarted, None))
        .prove("D08", "so-noi-vu", "2023-Q4", Content::Indicator(IndicatorValue::default()))
        .report("D09", "so-noi-vu", "2023-Q4", Content::Withdrawn)
        .snapshot();
    let own = of(&snapshot, "so-noi-vu", "2023-Q4");
    assert_eq!(own.reported, ["M10", "A4", "IV.1"]);
    assert!(own.missing.contains(&"D08".to_owned()) && own.missing.contains(&"D09".to_owned()));
    assert_eq!(own.missing.len() + own.reported.len(), own.expected.len());
    assert_eq!(own.state, AgencyState::Draft);
}

#[test]
fn what_is_in_conflict_is_neither_reported_nor_missing() {
    let snapshot = World::of("so-noi-vu")
        .report("M10", "so-noi-vu", "2023-Q4", ratio(1, 2))
        .report("M10", "so-noi-vu", "2023-Q4", ratio(1, 3))
        .snapshot();
    let own = of(&snapshot, "so-noi-vu", "2023-Q4");
    assert_eq!(own.conflicts, ["M10"]);
    assert!(!own.reported.contains(&"M10".to_owned()) && !own.missing.contains(&"M10".to_owned()));
}

#[test]
fn a_report_is_late_on_the_due_date_itself() {
    let filed =
        |at: &str, time: &str| of(&World::of("so-noi-vu").file(at, OFFICIAL, time).snapshot(), "so-noi-vu", at).state;
    assert_eq!(filed("2023-Q4", "2023-12-24T23:59:59+07:00"), AgencyState::Received);
    assert_eq!(filed("2023-Q4", "2023-12-25T00:00:00+07:00"), AgencyState::Late);
    assert_eq!(filed("2023", "2023-12-19T23:59:59+07:00"), AgencyState::Received);
    assert_eq!(filed("2023", "2023-12-20T00:00:00+07:00"), AgencyState::Late);
    // The day is the office's, not Greenwich's.
    assert_eq!(filed("2023-Q4", "2023-12-25T06:00:00+07:00"), AgencyState::Late);
}

#[test]
fn a_supplement_after_the_due_date_does_not_make_the_report_late() {
    let snapshot = World::of("so-noi-vu")
        .file("2023-Q4", OFFICIAL, "2023-12-20T08:00:00+07:00")
        .file("2023-Q4", FilingKind::Supplementary(1), "2023-12-28T08:00:00+07:00")
        .snapshot();
    let own = of(&snapshot, "so-noi-vu", "2023-Q4");
    assert_eq!((own.state, own.filing), (AgencyState::Received, Some(FilingKind::Supplementary(1))));
    assert_eq!(own.filed_at, Some(moment("2023-12-28T08:00:00+07:00")));
}

#[test]
fn the_receiver_goes_by_what_arrived() {
    let snapshot = World::of("so-tttt")
        .receive("so-noi-vu", "2023-Q4", OFFICIAL, "2023-12-20T08:00:00+07:00", ReceivedState::Merged)
        .receive("cuc-thue", "2023-Q4", OFFICIAL, "2023-12-26T08:00:00+07:00", ReceivedState::Merged)
        .receive("so-gddt", "2023-Q4", OFFICIAL, "2023-12-20T08:00:00+07:00", ReceivedState::Undone)
        .receive("so-khdt", "2023-Q4", OFFICIAL, "2023-12-20T08:00:00+07:00", ReceivedState::Refused("hỏng".to_owned()))
        .receive("so-tai-chinh", "2023-Q3", OFFICIAL, "2023-09-20T08:00:00+07:00", ReceivedState::Merged)
        .report("IV.1", "tp-dong-ha", "2023-Q4", task(TaskStatus::Done, None))
        .file("2023-Q4", OFFICIAL, "2023-12-21T08:00:00+07:00")
        .snapshot();
    for (agency, state) in [
        ("so-noi-vu", AgencyState::Received),
        ("cuc-thue", AgencyState::Late),
        ("so-gddt", AgencyState::Missing),
        ("so-khdt", AgencyState::Missing),
        ("so-tai-chinh", AgencyState::Missing),
        ("tp-dong-ha", AgencyState::Draft),
        ("so-tttt", AgencyState::Received),
    ] {
        assert_eq!(of(&snapshot, agency, "2023-Q4").state, state, "{agency}");
    }
}

#[test]
fn the_receiver_sees_all_and_an_agency_itself() {
    let now = moment("2023-12-13T09:00:00+07:00");
    let at = period("2023-Q4");
    let all = status(&World::of("so-tttt").snapshot(), &at, now);
    assert_eq!(all.len(), 26, "16 that lead, 10 districts");
    assert!(all.iter().all(|s| !s.expected.is_empty()));
    let own = status(&World::of("so-noi-vu").snapshot(), &at, now);
    assert_eq!(own.iter().map(|s| s.agency.as_str()).collect::<Vec<_>>(), ["so-noi-vu"]);
}

#[test]
fn the_time_left_runs_out_with_the_day_before() {
    let snapshot = World::of("so-noi-vu").snapshot();
    let left = |now: &str| agency_status(&snapshot, "so-noi-vu", &period("2023-Q4"), moment(now)).days_left;
    assert_eq!(left("2023-12-24T23:59:00+07:00"), 1);
    assert_eq!(left("2023-12-25T00:01:00+07:00"), 0);
    assert_eq!(left("2023-12-27T12:00:00+07:00"), -2);
}

#[test]
fn a_record_with_nothing_but_a_note_is_no_draft() {
    let body = Body { note: "sẽ nhập sau".to_owned(), ..Body::new(Content::Indicator(IndicatorValue::default())) };
    let snapshot = World::of("so-noi-vu").enter("M10", "so-noi-vu", "2023-Q4", body).snapshot();
    assert_eq!(of(&snapshot, "so-noi-vu", "2023-Q4").state, AgencyState::Missing);
}
