//! Who owes what in a period, and who may bring whose records.

use dti::catalogue::{Period, embedded};

fn period(id: &str) -> Period {
    embedded().period(&id.parse().unwrap())
}

fn expected(agency: &str, id: &str) -> Vec<&'static str> {
    embedded().expected(agency, &period(id))
}

#[test]
fn a_district_owes_its_own_figures_and_fan_out_tasks() {
    let items = expected("huyen-hai-lang", "2023-Q4");
    let figures = ["M04", "M05", "M06", "M07", "M08", "M09", "M10", "A4", "A5", "A9", "D09"];
    let tasks = ["I.5", "IV.1", "IV.5", "V.1", "VI.4"];
    assert_eq!(items, [&figures[..], &tasks[..]].concat());
}

#[test]
fn con_co_has_no_communes_to_report_on() {
    let items = expected("huyen-con-co", "2023-Q4");
    assert!(!items.contains(&"M08") && !items.contains(&"M09"));
    assert!(items.contains(&"M04") && items.contains(&"IV.5"));
    assert_eq!(items.len() + 2, expected("huyen-hai-lang", "2023-Q4").len());
}

#[test]
fn annual_indicators_are_owed_in_the_annual_report_only() {
    assert_eq!(expected("cuc-thong-ke", "2023-Q4"), ["VII.1"]);
    assert_eq!(expected("cuc-thong-ke", "2023"), ["M18", "VII.1"]);
    assert_eq!(expected("bao-quang-tri", "2023"), ["V15", "I.4"]);
}

#[test]
fn tasks_with_years_are_owed_in_those_years_with_their_documents() {
    let owes = |agency, id, item| expected(agency, id).contains(&item);
    assert!(owes("so-noi-vu", "2023-Q3", "II.2") && owes("so-noi-vu", "2023-Q3", "V06"));
    assert!(owes("so-noi-vu", "2024-Q4", "II.2") && owes("so-noi-vu", "2024-Q4", "V06"));
    assert!(!owes("so-noi-vu", "2025-Q1", "II.2") && !owes("so-noi-vu", "2025-Q1", "V06"));
    assert!(owes("so-khdt", "2023", "II.4") && owes("so-khdt", "2023", "V10"));
    assert!(!owes("so-khdt", "2024", "II.4") && !owes("so-khdt", "2024", "V10"));
}

#[test]
fn fan_out_reaches_every_department_and_no_one_else() {
    let c = embedded();
    for agency in &c.agencies {
        let member = c.includes(&["so-ban-nganh".to_owned(), "cap-huyen".to_owned()], &agency.id);
        assert_eq!(expected(&agency.id, "2023-Q4").contains(&"IV.1"), member, "{}", agency.id);
    }
}

#[test]
fn agencies_owe_nothing_outside_their_lifetime() {
    assert!(expected("so-tttt", "2024-Q4").contains(&"III.1"));
    assert!(expected("so-tttt", "2025-Q1").is_empty(), "gone on 28/2/2025, before the window's last day");
    assert!(expected("tp-dong-ha", "2025-Q2").contains(&"I.5"));
    assert!(expected("tp-dong-ha", "2025-Q4").is_empty());
    assert!(expected("nobody", "2023-Q4").is_empty());
}

#[test]
fn twenty_six_agencies_report_and_every_item_has_someone() {
    let c = embedded();
    let year = period("2023");
    let ids: Vec<&str> = c.reporting_agencies(&year).iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids.len(), 26, "{ids:?}");
    let owed: Vec<&str> = ids.iter().flat_map(|a| c.expected(a, &year)).collect();
    let items = c.indicators.iter().map(|i| i.id.as_str()).chain(c.tasks.iter().map(|t| t.id.as_str()));
    for item in items {
        assert!(owed.contains(&item), "{item}");
    }
}

#[test]
fn a_record_comes_from_its_agency_its_lead_or_the_receiver() {
    let c = embedded();
    assert!(c.may_bring("huyen-cam-lo", "M08", "huyen-cam-lo"));
    assert!(c.may_bring("so-tttt", "M08", "huyen-cam-lo"), "the receiver");
    assert!(c.may_bring("so-khdt", "VII.3", "hiep-hoi-doanh-nghiep"), "the lead, for who coordinates");
    assert!(!c.may_bring("so-noi-vu", "M08", "huyen-cam-lo"));
    assert!(!c.may_bring("hiep-hoi-doanh-nghiep", "VII.3", "so-khdt"), "a coordinator, for the lead");
    assert!(!c.may_bring("so-tai-chinh", "M25", "so-tttt"), "no task, no lead");
}

#[test]
fn reports_follow_lead_and_reporters() {
    let c = embedded();
    assert!(c.reports("dai-ptth", "M03") && !c.reports("bao-quang-tri", "M03"));
    assert!(c.reports("bao-quang-tri", "I.4") && c.reports("dai-ptth", "I.4"));
    assert!(c.reports("so-tttt", "VIII.3") && c.reports("van-phong-ubnd", "VIII.3"));
    assert!(!c.reports("so-tttt", "M05"), "collected by district");
    assert_eq!(c.task_of("M18").unwrap().id, "VII.2");
}

/// The editions that went out with the program, oldest first, by their hashes.
const ISSUED: [&str; 1] = ["b2d8963061a10d61ccac63febc0ce68ab35299dc1bef14c8615b2cf690063a33"];

/// A file knows its edition by the hash: one that is changed after it went out is a stranger to all that follow it.
#[test]
fn an_edition_that_went_out_is_not_changed_but_followed_by_one_that_names_it() {
    let plan = &embedded().plan;
    let (present, before) = ISSUED.split_last().unwrap();
    assert_eq!(
        embedded().hash,
        *present,
        "the files of the plan changed: before the first release put the new hash here; after it, give the plan the next \
         version, add this hash to its lineage, and add the new one here"
    );
    assert_eq!(plan.version as usize, ISSUED.len());
    assert_eq!(plan.lineage, before);
}
