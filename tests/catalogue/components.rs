//! Official component indices over the years: taken over once, found again, changed from a day on, or asked about.

use chrono::NaiveDate;
use dti::catalogue::{
    Aggregate, Amendment, Catalogue, Component, Doubt, Edition, EditionError, Frequency, Gone, Measure, Outcome,
    Reason, Rule, SameNumber, Taken, Takeover, Target, amend, embedded, take_over,
};

use crate::support::decimal;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn from(text: &str) -> Takeover {
    Takeover { from: day(text), same_number: SameNumber::Ask, gone: Gone::Keep }
}

fn row(number: u32, title: &str, points: &str, wording: &str) -> Component {
    Component {
        pillar: 6,
        label: format!("7.{number}"),
        number,
        title: title.to_owned(),
        max_points: Some(decimal(points)),
        wording: wording.to_owned(),
        evidence: "Văn bản, tài liệu chứng minh".to_owned(),
        source: String::new(),
        coordinating: String::new(),
    }
}

const RATIO: &str = "a = Số A; b = Tổng số B; Tỷ lệ = a/b; Điểm = Tỷ lệ*Điểm tối đa";
const STEPS: &str = "Từ 4 lần: 80 điểm; 3 lần: 40 điểm";
const YES: &str = "Có: Điểm tối đa; Không: 0 điểm";

/// Pillar 6 has 200 points.
fn set() -> Vec<Component> {
    vec![row(1, "Hồ sơ trực tuyến", "100", RATIO), row(2, "Họp", "80", STEPS), row(3, "Kế hoạch", "20", YES)]
}

fn after(present: &Catalogue, taken: &Taken) -> Catalogue {
    let edition = Edition::after(present, amend(present, &taken.amendments).unwrap()).unwrap();
    Catalogue::clone(edition.catalogue())
}

fn first_year() -> Catalogue {
    after(embedded(), &take_over(embedded(), &set(), from("2023-01-01")))
}

fn outcomes(taken: &Taken) -> Vec<Outcome> {
    taken.fates.iter().map(|fate| fate.outcome.clone()).collect()
}

fn new(id: &str) -> Outcome {
    Outcome::New(id.to_owned())
}

fn same(id: &str) -> Outcome {
    Outcome::Same(id.to_owned())
}

#[test]
fn a_set_becomes_indicators_that_the_year_asks_for() {
    let taken = take_over(embedded(), &set(), from("2023-01-01"));
    assert_eq!(outcomes(&taken), [new("C601"), new("C602"), new("C603")]);
    let c = after(embedded(), &taken);
    let first = c.indicator("C601").unwrap();
    assert_eq!((first.measure, &first.rule, first.max_points), (Measure::Ratio, &Rule::Ratio, Some(100.into())));
    assert_eq!((first.frequency, first.valid_from), (Frequency::Year, Some(day("2023-01-01"))));
    assert_eq!((&*first.numerator, &*first.denominator), ("Số A", "Tổng số B"));
    assert!(first.note.contains("7.1") && first.note.contains("Tài liệu kiểm chứng: Văn bản, tài liệu chứng minh."));
    assert_eq!((first.reporters.as_slice(), first.assumed), (["so-tttt".to_owned()].as_slice(), true));
    let due = |period: &str| c.is_due(first, &period.parse().unwrap());
    assert!(due("2023") && !due("2023-Q4") && !due("2022"));
}

#[test]
fn the_same_set_twice_changes_nothing() {
    let present = first_year();
    for at in ["2023-01-01", "2024-01-01"] {
        let again = take_over(&present, &set(), from(at));
        assert_eq!(outcomes(&again), [same("C601"), same("C602"), same("C603")]);
        assert_eq!((again.amendments, again.gone), (Vec::new(), Vec::<String>::new()));
    }
}

#[test]
fn next_year_an_index_is_found_by_its_title_wherever_it_stands() {
    let present = first_year();
    let next = vec![
        row(1, "KẾ HOẠCH", "40", YES),
        row(2, "Họp", "60", "Từ 5 lần: 60 điểm; từ 3 lần: 40 điểm"),
        row(3, "Hồ sơ trực tuyến", "100", RATIO),
    ];
    let taken = take_over(&present, &next, from("2024-01-01"));
    let changed = |id: &str| Outcome::Changed(id.to_owned());
    assert_eq!(outcomes(&taken), [changed("C603"), changed("C602"), changed("C601")]);
    let c = after(&present, &taken);
    let points = |id: &str, period: &str| c.then(c.indicator(id).unwrap(), &period.parse().unwrap()).max_points;
    assert_eq!((points("C603", "2023"), points("C603", "2024")), (Some(20.into()), Some(40.into())));
    let meetings = |period: &str| c.then(c.indicator("C602").unwrap(), &period.parse().unwrap()).target.clone();
    assert_eq!((meetings("2023"), meetings("2024")), (Target::AtLeast(4.into()), Target::AtLeast(5.into())));
    assert_eq!(c.indicator("C603").unwrap().title, "KẾ HOẠCH");
    assert_eq!(outcomes(&take_over(&c, &next, from("2024-01-01"))), [same("C603"), same("C602"), same("C601")]);
}

#[test]
fn another_title_under_a_known_number_is_asked_about() {
    let present = first_year();
    let mut next = set();
    next[1].title = "Họp và làm việc".to_owned();
    let asked = take_over(&present, &next, from("2024-01-01"));
    assert_eq!(asked.fates[1].outcome, Outcome::Asked { known: "C602".to_owned() });
    assert_eq!((asked.amendments, asked.gone), (Vec::new(), Vec::<String>::new()));
    let how = |same_number| Takeover { same_number, gone: Gone::Close, ..from("2024-01-01") };
    let retitled = take_over(&present, &next, how(SameNumber::Retitled));
    assert_eq!(retitled.fates[1].outcome, Outcome::Changed("C602".to_owned()));
    assert_eq!(after(&present, &retitled).indicator("C602").unwrap().title, "Họp và làm việc");
    let another = take_over(&present, &next, how(SameNumber::Another));
    assert_eq!((&another.fates[1].outcome, another.gone.as_slice()), (&new("C604"), ["C602".to_owned()].as_slice()));
    let c = after(&present, &another);
    assert_eq!(c.indicator("C602").unwrap().valid_to, Some(day("2023-12-31")));
}

#[test]
fn what_the_set_no_longer_has_ends_only_where_a_person_says_so() {
    let present = first_year();
    let next = vec![row(1, "Hồ sơ trực tuyến", "120", RATIO), row(2, "Họp", "80", STEPS)];
    let kept = take_over(&present, &next, from("2024-01-01"));
    assert_eq!(kept.gone, ["C603"]);
    let Err(EditionError::Faults(faults)) = Edition::after(&present, amend(&present, &kept.amendments).unwrap()) else {
        panic!("220 points")
    };
    assert!(faults.iter().any(|f| matches!(f.reason, Reason::PointsSum { .. })), "{faults:?}");
    let closed = take_over(&present, &next, Takeover { gone: Gone::Close, ..from("2024-01-01") });
    let c = after(&present, &closed);
    assert!(!c.indicator("C603").unwrap().is_there(&c.period(&"2024".parse().unwrap())));
    assert!(c.indicator("C603").unwrap().is_there(&c.period(&"2023".parse().unwrap())));
}

#[test]
fn what_is_measured_otherwise_is_another_index() {
    let present = first_year();
    let mut next = set();
    next[2].wording = RATIO.to_owned();
    let taken = take_over(&present, &next, from("2024-01-01"));
    assert_eq!(taken.fates[2].outcome, Outcome::Replaced { before: "C603".to_owned(), by: "C604".to_owned() });
    let c = after(&present, &taken);
    assert_eq!(c.indicator("C604").unwrap().measure, Measure::Ratio);
    assert_eq!(outcomes(&take_over(&c, &next, from("2025-01-01"))), [same("C601"), same("C602"), same("C604")]);
    let at_once = take_over(&present, &next, from("2023-01-01"));
    let expected = Outcome::TooEarly { known: "C603".to_owned(), after: day("2023-01-01") };
    assert_eq!(at_once.fates[2].outcome, expected);
}

#[test]
fn a_table_put_right_before_it_held_is_put_right_from_the_beginning() {
    let present = first_year();
    let mut right = set();
    right[1].wording = "Từ 4 lần: 80 điểm; từ 2 lần: 40 điểm".to_owned();
    let taken = take_over(&present, &right, from("2023-01-01"));
    assert!(matches!(taken.amendments.as_slice(), [Amendment::Correct { .. }]), "{:?}", taken.amendments);
    let c = after(&present, &taken);
    assert!(c.indicator("C602").unwrap().formerly.is_empty());
    assert_eq!(c.indicator("C602").unwrap().rule.step(2.into()), Some(decimal("0.5")));
}

#[test]
fn whom_the_source_names_reports_and_else_the_receiving_department() {
    let with = |source: &str, coordinating: &str, wording: &str| {
        let mut row = row(1, "Chỉ số", "200", wording);
        (row.source, row.coordinating) = (source.to_owned(), coordinating.to_owned());
        let taken = take_over(embedded(), &[row], from("2023-01-01"));
        let Amendment::AddIndicator { indicator } = &taken.amendments[0] else { panic!("{taken:?}") };
        assert_eq!((&taken.fates[0].reporters, taken.fates[0].assumed), (&indicator.reporters, indicator.assumed));
        (indicator.reporters.join(" "), indicator.aggregate, indicator.assumed)
    };
    let receiver = || "so-tttt".to_owned();
    let districts = "UBND huyện, thị xã, thành phố cung cấp";
    let expected = ("so-noi-vu".to_owned(), Aggregate::LeadValue, false);
    assert_eq!(with("Sở Nội vụ cung cấp", "Sở TT&TT", RATIO), expected);
    assert_eq!(with(districts, "", RATIO), ("cap-huyen".to_owned(), Aggregate::RatioOfSums, false));
    assert_eq!(with(districts, "", YES), ("cap-huyen".to_owned(), Aggregate::AllOf, false));
    let steps = "4 lần: 200 điểm; 3 lần: 100 điểm";
    assert_eq!(with(districts, "", steps), (receiver(), Aggregate::LeadValue, true), "no sum, no minimum of counts");
    assert_eq!(with("Tỉnh cung cấp", "Sở Tài chính", YES), ("so-tai-chinh".to_owned(), Aggregate::LeadValue, true));
    assert_eq!(with("Địa phương", "", YES), (receiver(), Aggregate::LeadValue, true));
    assert_eq!(with("Sở Nội vụ", "", "Bộ TT&TT đánh giá"), (receiver(), Aggregate::LeadValue, false));
}

#[test]
fn a_row_without_points_has_to_say_that_there_are_none() {
    let mut rows = set();
    rows[2].max_points = None;
    assert_eq!(take_over(embedded(), &rows, from("2023-01-01")).fates[2].outcome, Outcome::NoMaximum);
    rows[2].wording = "Không tính điểm".to_owned();
    assert_eq!(take_over(embedded(), &rows, from("2023-01-01")).fates[2].outcome, new("C603"));
}

#[test]
fn the_best_of_one_is_no_comparison() {
    let best =
        "Điểm = Tỷ lệ chuẩn hóa*Điểm tối đa; Tỷ lệ chuẩn hóa = tỷ lệ của tỉnh / tỷ lệ của tỉnh có giá trị lớn nhất";
    let read = |source: &str| {
        let row = Component { source: source.to_owned(), ..row(1, "Chỉ số", "200", best) };
        take_over(embedded(), &[row], from("2023-01-01")).fates.remove(0).reading
    };
    assert_eq!(read("UBND cấp huyện").rule, Rule::BestUnit);
    let alone = read("Sở Nội vụ");
    assert!(matches!(alone.rule, Rule::Undecided(_)) && alone.doubt == Some(Doubt::BestOfOne), "{alone:?}");
}
