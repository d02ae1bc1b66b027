//! Amendments: what each leaves behind, what it cannot mean, and which editions may follow which.

use chrono::NaiveDate;
use dti::catalogue::{
    AgencyKind, AmendError, Amendment, Catalogue, Difference, Edition, EditionError, Heir, Kinship, Lost, Reason, Rule,
    Target, amend, differences, embedded, read_amendments,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn heir(id: &str, name: &str) -> Heir {
    Heir { id: id.to_owned(), name: name.to_owned(), ..Heir::default() }
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn merger() -> Amendment {
    let into = heir("so-tai-chinh-moi", "Sở Tài chính và Kế hoạch");
    Amendment::Merge { agencies: ids(&["so-khdt", "so-tai-chinh"]), into, from: day("2024-07-01") }
}

fn after(amendments: &[Amendment]) -> Catalogue {
    let edition = Edition::after(embedded(), amend(embedded(), amendments).unwrap()).unwrap();
    Catalogue::clone(edition.catalogue())
}

fn refused(amendment: Amendment) -> AmendError {
    amend(embedded(), &[amendment]).unwrap_err()
}

fn expected(catalogue: &Catalogue, agency: &str, period: &str) -> Vec<String> {
    let period = catalogue.period(&period.parse().unwrap());
    catalogue.expected(agency, &period).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_renamed_agency_is_still_found_by_its_old_names() {
    let name = "Sở Nội vụ và Lao động".to_owned();
    let c =
        after(&[Amendment::Rename { agency: "so-noi-vu".to_owned(), name: name.clone(), short: "SNV&LĐ".to_owned() }]);
    for text in ["Sở Nội vụ", "SNV", "sở nội vụ và lao động", "SNV&LĐ"] {
        assert_eq!(c.find_agency(text).map(|a| a.id.as_str()), Some("so-noi-vu"), "{text}");
    }
    let before = "Sở Nội vụ".to_owned();
    let expected = Difference::AgencyRenamed { agency: "so-noi-vu".to_owned(), before, after: name };
    assert_eq!(differences(embedded(), &c), [expected]);
}

#[test]
fn after_a_merger_the_new_agency_owes_what_the_old_ones_owed_until_then() {
    let c = after(&[merger()]);
    let before = [expected(&c, "so-khdt", "2024-Q2"), expected(&c, "so-tai-chinh", "2024-Q2")].concat();
    assert_eq!(expected(&c, "so-tai-chinh-moi", "2024-Q2"), [""; 0]);
    assert_eq!(expected(&c, "so-khdt", "2024-Q3"), [""; 0]);
    let now = expected(&c, "so-tai-chinh-moi", "2024-Q3");
    assert!(before.iter().all(|item| now.contains(item)), "{before:?} {now:?}");
    assert!(now.iter().all(|item| before.contains(item)), "{before:?} {now:?}");
    let new = c.agency("so-tai-chinh-moi").unwrap();
    assert_eq!((new.kind, &new.predecessors), (AgencyKind::Department, &ids(&["so-khdt", "so-tai-chinh"])));
    assert_eq!(c.agency("so-khdt").unwrap().valid_to, Some(day("2024-06-30")));
}

#[test]
fn every_item_has_someone_in_every_quarter_around_a_merger_and_a_split() {
    let into = vec![heir("so-noi-vu-1", "Sở Công vụ"), heir("so-noi-vu-2", "Sở Tổ chức")];
    let split = Amendment::Split { agency: "so-noi-vu".to_owned(), into, from: day("2024-05-20"), sole: None };
    let c = after(&[merger(), split]);
    for quarter in ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"] {
        let owed_by = |c: &Catalogue| -> Vec<String> {
            let period = c.period(&quarter.parse().unwrap());
            let mut items: Vec<String> =
                c.agencies.iter().flat_map(|a| expected(c, &a.id, &period.id.to_string())).collect();
            items.sort();
            items.dedup();
            items
        };
        assert_eq!(owed_by(&c), owed_by(embedded()), "{quarter}");
    }
}

#[test]
fn of_a_split_agency_one_alone_reports_the_figures_that_only_one_can() {
    let into = vec![heir("nhnn-1", "Ngân hàng khu vực 1"), heir("nhnn-2", "Ngân hàng khu vực 2")];
    let split = |sole: Option<&str>| Amendment::Split {
        agency: "ngan-hang-nha-nuoc".to_owned(),
        into: into.clone(),
        from: day("2024-07-01"),
        sole: sole.map(str::to_owned),
    };
    let c = after(&[split(Some("nhnn-2"))]);
    assert!(expected(&c, "ngan-hang-nha-nuoc", "2024-Q2").contains(&"M28".to_owned()));
    assert!(!expected(&c, "nhnn-1", "2024-Q3").contains(&"M28".to_owned()));
    assert!(expected(&c, "nhnn-2", "2024-Q3").contains(&"M28".to_owned()));
    let stranger = split(Some("so-noi-vu"));
    assert_eq!(refused(stranger), AmendError::UnknownAgency("so-noi-vu".to_owned()));
}

#[test]
fn two_at_once_where_one_reports_is_a_fault_of_the_edition() {
    let mut c = amend(embedded(), &[merger()]).unwrap();
    let m28 = c.indicators.iter_mut().find(|i| i.id == "M28").unwrap();
    m28.reporters = ids(&["so-khdt"]);
    assert!(Edition::after(embedded(), c.clone()).is_ok(), "one after the other");
    let end = c.agencies.iter_mut().find(|a| a.id == "so-khdt").unwrap();
    end.successors.push("so-noi-vu".to_owned());
    c.agencies.iter_mut().find(|a| a.id == "so-noi-vu").unwrap().predecessors.push("so-khdt".to_owned());
    let Err(EditionError::Faults(faults)) = Edition::after(embedded(), c) else { panic!("accepted") };
    let expected = Reason::SeveralAtOnce(2, day("2024-07-01"));
    assert!(faults.iter().any(|f| f.entry == "M28" && f.reason == expected), "{faults:?}");
}

#[test]
fn a_new_target_leaves_the_old_one_to_the_periods_before() {
    let target = Some(Target::AtLeast(90.into()));
    let from = day("2024-01-01");
    let c = after(&[Amendment::Change {
        indicator: "M28".to_owned(),
        from,
        target,
        rule: None,
        reporters: None,
        max_points: None,
    }]);
    let m28 = c.indicator("M28").unwrap();
    let at = |period: &str| m28.as_of(&c.period(&period.parse().unwrap())).target.threshold().unwrap().to_string();
    assert_eq!((at("2023-Q4").as_str(), at("2023").as_str(), at("2024-Q1").as_str()), ("80", "80", "90"));
    let expected = Difference::TargetChanged { indicator: "M28".to_owned(), from: Some(from) };
    assert_eq!(differences(embedded(), &c), [expected]);
}

#[test]
fn changes_of_one_indicator_come_in_the_order_of_their_days() {
    let change = |from: &str, rule: Rule, target: i64| Amendment::Change {
        indicator: "M28".to_owned(),
        from: day(from),
        target: Some(Target::AtLeast(target.into())),
        rule: Some(rule),
        reporters: None,
        max_points: None,
    };
    let two = [change("2024-01-01", Rule::Threshold, 85), change("2025-01-01", Rule::Proportional, 90)];
    let c = after(&two);
    let at = |period: &str| c.indicator("M28").unwrap().as_of(&c.period(&period.parse().unwrap())).into_owned();
    let thresholds: Vec<String> =
        ["2023-Q2", "2024-Q2", "2025-Q2"].map(|p| at(p).target.threshold().unwrap().to_string()).into();
    assert_eq!(thresholds, ["80", "85", "90"]);
    assert_eq!(at("2024-Q2").rule, Rule::Threshold);
    let back = amend(embedded(), &[two[1].clone(), two[0].clone()]).unwrap_err();
    assert_eq!(back, AmendError::TooEarly { id: "M28".to_owned(), after: day("2024-12-31") });
}

#[test]
fn an_indicator_is_asked_for_between_its_days() {
    let mut new = embedded().indicator("M28").unwrap().clone();
    new.id = "M29".to_owned();
    new.title = "Chỉ tiêu mới".to_owned();
    new.valid_from = Some(day("2024-01-01"));
    new.body_lines.clear();
    new.appendix_lines.clear();
    let close = Amendment::CloseIndicator { indicator: "M28".to_owned(), to: day("2023-12-31") };
    let c = after(&[Amendment::AddIndicator { indicator: Box::new(new.clone()) }, close]);
    let owes = |period: &str, item: &str| expected(&c, "ngan-hang-nha-nuoc", period).contains(&item.to_owned());
    assert!(owes("2023-Q4", "M28") && !owes("2023-Q4", "M29"));
    assert!(!owes("2024-Q1", "M28") && owes("2024-Q1", "M29"));
    new.id = "M28".to_owned();
    assert_eq!(refused(Amendment::AddIndicator { indicator: Box::new(new) }), AmendError::Taken("M28".to_owned()));
}

#[test]
fn next_year_goes_on_with_tasks_and_a_calendar_and_leaves_this_year_as_it_is() {
    let mut calendar = embedded().calendar.clone();
    calendar.quarter_due_day = 20;
    let next = Amendment::NextYear { year: 2025, tasks: ids(&["II.2"]), calendar: Some(calendar) };
    let c = after(&[next]);
    assert!(expected(&c, "so-noi-vu", "2025-Q1").contains(&"V06".to_owned()));
    let due = |id: &str| c.period(&id.parse().unwrap()).due_before.to_string();
    assert_eq!((due("2024-Q4").as_str(), due("2025-Q1").as_str()), ("2024-12-25", "2025-03-20"));
    let every_year = Amendment::NextYear { year: 2025, tasks: ids(&["I.1"]), calendar: None };
    assert_eq!(refused(every_year), AmendError::NoYears("I.1".to_owned()));
}

#[test]
fn what_makes_no_sense_is_refused_by_name() {
    let close = |agency: &str, to: &str| Amendment::Close { agency: agency.to_owned(), to: day(to) };
    assert_eq!(refused(close("so-tttt", "2024-01-01")), AmendError::Receiver("so-tttt".to_owned()));
    assert_eq!(refused(close("so-x", "2024-01-01")), AmendError::UnknownAgency("so-x".to_owned()));
    let again = amend(embedded(), &[close("so-noi-vu", "2024-01-01"), close("so-noi-vu", "2024-02-01")]);
    assert_eq!(again, Err(AmendError::Ended { id: "so-noi-vu".to_owned(), to: day("2024-01-01") }));
    let nothing =
        Amendment::Merge { agencies: ids(&["so-noi-vu"]), into: heir("so-noi-vu", ""), from: day("2024-01-01") };
    assert_eq!(refused(nothing), AmendError::TooFew);
    let taken = Amendment::Open { agency: heir("so-noi-vu", "Sở khác"), from: day("2024-01-01") };
    assert_eq!(refused(taken), AmendError::Taken("so-noi-vu".to_owned()));
    let same =
        Amendment::Rename { agency: "so-noi-vu".to_owned(), name: "Sở Nội vụ".to_owned(), short: String::new() };
    assert_eq!(refused(same), AmendError::NothingChanges("so-noi-vu".to_owned()));
}

#[test]
fn a_circle_of_successors_is_a_fault() {
    let back =
        Amendment::Merge { agencies: ids(&["so-tai-chinh-moi"]), into: heir("so-khdt", ""), from: day("2024-06-01") };
    let changed = amend(embedded(), &[merger(), back]);
    assert!(matches!(changed, Err(AmendError::TooEarly { .. })), "it ends before it begins: {changed:?}");
    let mut c = amend(embedded(), &[merger()]).unwrap();
    c.agencies.iter_mut().find(|a| a.id == "so-tai-chinh-moi").unwrap().successors = ids(&["so-khdt"]);
    c.agencies.iter_mut().find(|a| a.id == "so-khdt").unwrap().predecessors = ids(&["so-tai-chinh-moi"]);
    let Err(EditionError::Faults(faults)) = Edition::after(embedded(), c) else { panic!("accepted") };
    assert!(faults.iter().any(|f| f.reason == Reason::SuccessionCircle), "{faults:?}");
}

#[test]
fn a_later_edition_loses_nothing_and_changes_no_meaning() {
    let mut c = embedded().clone();
    c.indicators.retain(|i| i.id != "M28");
    let m27 = c.indicators.iter_mut().find(|i| i.id == "M27").unwrap();
    m27.pillar = 8;
    m27.task = None;
    let lost = Edition::after(embedded(), c).unwrap_err();
    let expected = ["M27", "M28"].map(|id| Lost::Indicator(id.to_owned()));
    assert_eq!(lost, EditionError::Lost(expected.into()));
}

#[test]
fn editions_know_their_line() {
    let rename =
        |name: &str| Amendment::Rename { agency: "so-noi-vu".to_owned(), name: name.to_owned(), short: String::new() };
    let two = after(&[rename("Sở Hai")]);
    let three = Edition::after(&two, amend(&two, &[rename("Sở Ba")]).unwrap()).unwrap();
    let other = after(&[rename("Sở Khác")]);
    assert_eq!((two.plan.version, three.catalogue().plan.version), (2, 3));
    assert_eq!(embedded().kinship(three.catalogue()), Kinship::Later);
    assert_eq!(three.catalogue().kinship(embedded()), Kinship::Earlier);
    assert_eq!(two.kinship(&two), Kinship::Same);
    assert_eq!(two.kinship(&other), Kinship::Stranger);
    let again = Edition::read(three.files().to_vec()).unwrap();
    assert_eq!(again.catalogue(), three.catalogue());
}

#[test]
fn amendments_are_read_from_a_file() {
    let text = r#"
        [[change]]
        kind = "merge"
        agencies = ["so-khdt", "so-tai-chinh"]
        into = { id = "so-tai-chinh-moi", name = "Sở Tài chính và Kế hoạch" }
        from = 2024-07-01

        [[change]]
        kind = "change"
        indicator = "M28"
        from = 2024-01-01
        target = { at_least = "90" }
    "#;
    let amendments = read_amendments(text).unwrap();
    assert_eq!(amendments[0], merger());
    assert!(matches!(&amendments[1], Amendment::Change { target: Some(Target::AtLeast(_)), .. }));
    for (text, number) in
        [("a = ", 0), ("a = 1", 0), ("[[change]]\nkind = \"close\"", 1), ("[[change]]\nkind = \"x\"", 1)]
    {
        assert!(matches!(read_amendments(text), Err(AmendError::Syntax { number: n, .. }) if n == number), "{text}");
    }
}

#[test]
fn official_points_hold_from_their_day_on() {
    let points = |item: &str, points: &str| Amendment::Change {
        indicator: item.to_owned(),
        from: day("2024-01-01"),
        target: None,
        rule: None,
        reporters: None,
        max_points: Some(points.parse().unwrap()),
    };
    let scored: Vec<&str> =
        embedded().indicators.iter().filter(|i| i.pillar == 3 && i.rule.is_scored()).map(|i| i.id.as_str()).collect();
    let rest = scored[1..].iter().map(|id| points(id, "1"));
    let first = 100 - (scored.len() - 1);
    let all: Vec<Amendment> = std::iter::once(points(scored[0], &first.to_string())).chain(rest).collect();
    let c = after(&all);
    let at = |period: &str| c.then(c.indicator(scored[0]).unwrap(), &period.parse().unwrap()).max_points;
    assert_eq!((at("2023-Q4"), at("2024-Q1")), (None, Some(first.into())));
    assert_eq!(differences(embedded(), &c).len(), scored.len());
    let Err(EditionError::Faults(faults)) = Edition::after(embedded(), amend(embedded(), &all[..1]).unwrap()) else {
        panic!("points for one indicator only");
    };
    assert!(faults.iter().any(|f| matches!(f.reason, Reason::PointsSum { .. })), "{faults:?}");
}
