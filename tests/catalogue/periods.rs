//! Data windows, due dates and period ids.

use chrono::NaiveDate;
use dti::catalogue::{Period, PeriodId, embedded};

fn period(id: &str) -> Period {
    embedded().period(&id.parse().unwrap())
}

fn dates(id: &str) -> [String; 3] {
    let p = period(id);
    [p.from, p.to, p.due_before].map(|d| d.to_string())
}

#[test]
fn windows_of_nd_09_2019_and_due_dates_of_the_plan() {
    assert_eq!(dates("2023-Q1"), ["2022-12-15", "2023-03-14", "2023-03-25"]);
    assert_eq!(dates("2023-Q2"), ["2023-03-15", "2023-06-14", "2023-06-25"]);
    assert_eq!(dates("2023-Q3"), ["2023-06-15", "2023-09-14", "2023-09-25"]);
    assert_eq!(dates("2023-Q4"), ["2023-09-15", "2023-12-14", "2023-12-25"]);
    assert_eq!(dates("2023"), ["2022-12-15", "2023-12-14", "2023-12-20"]);
}

#[test]
fn the_annual_report_is_due_before_that_of_the_fourth_quarter() {
    assert!(period("2023").due_before < period("2023-Q4").due_before);
}

#[test]
fn quarters_follow_each_other_without_gap() {
    let mut id: PeriodId = "2025-Q4".parse().unwrap();
    while id.year() > 2022 {
        let previous = id.previous().unwrap();
        assert_eq!(embedded().period(&previous).to.succ_opt().unwrap(), embedded().period(&id).from);
        id = previous;
    }
}

#[test]
fn ids_read_back_and_nonsense_is_refused() {
    for id in ["2023-Q4", "2023", "dx-2023-10-05-bao-cao-nhanh"] {
        assert_eq!(id.parse::<PeriodId>().unwrap().to_string(), id);
    }
    for text in [
        "",
        "2023-Q5",
        "2023-Q0",
        "2023-Q+1",
        "23",
        "1999",
        "2101",
        "dx-2023-13-05-a",
        "dx-2023-10-05-",
        "dx-2023-10-05-Ế",
        "dx-Ế",
    ] {
        assert!(text.parse::<PeriodId>().is_err(), "{text}");
    }
}

#[test]
fn an_ad_hoc_period_ends_the_day_before_it_is_due() {
    let p = period("dx-2023-10-05-nhanh");
    assert_eq!(p.due_before, NaiveDate::from_ymd_opt(2023, 10, 5).unwrap());
    assert_eq!(p.to, NaiveDate::from_ymd_opt(2023, 10, 4).unwrap());
    assert!(p.from < p.to);
}

#[test]
fn the_period_to_open_first_is_the_newest_in_which_the_agency_owes_something() {
    let opening = |agency: &str, y, m, d| {
        dti::catalogue::embedded().opening_period(agency, chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap()).to_string()
    };
    assert_eq!(opening("so-noi-vu", 2023, 11, 3), "2023-Q4");
    assert_eq!(opening("tp-dong-ha", 2026, 11, 3), "2025-Q2", "districts ended on 30/6/2025");
    assert_eq!(opening("so-tttt", 2026, 11, 3), "2024-Q4", "the department ended on 28/2/2025");
    assert_eq!(opening("hiep-hoi-doanh-nghiep", 2026, 11, 3), "2026-Q4", "owes nothing: today's quarter");
}
