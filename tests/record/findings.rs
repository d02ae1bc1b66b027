//! What is said about an entry, and what is refused.

use chrono::NaiveDate;
use dti::catalogue::embedded;
use dti::record::{
    Body, Content, DocumentFacts, DocumentState, EvidenceRef, IndicatorValue, NAME_LIMIT, PlanItem, Problem, Severity,
    TEXT_LIMIT, TaskProgress, TaskStatus, findings, is_refused,
};

use crate::support::{decimal, issued, ratio, task, value};

fn proven(content: Content) -> Body {
    let evidence = EvidenceRef { sha256: "0".repeat(64), name: "bieu.pdf".to_owned(), bytes: 1 };
    Body { evidence: vec![evidence], ..Body::new(content) }
}

/// The problems of an entry that has evidence.
fn problems(item: &str, content: Content, before: Option<Content>) -> Vec<Problem> {
    let before = before.map(Body::new);
    let found = findings(embedded(), item, &proven(content), before.as_ref());
    assert!(found.iter().all(|f| f.severity == f.problem.severity()));
    found.into_iter().map(|f| f.problem).collect()
}

fn is_warning(problem: &Problem) -> bool {
    problem.severity() == Severity::Warning
}

fn percent(status: TaskStatus, percent: u8) -> Content {
    task(status, Some(percent))
}

#[test]
fn a_sound_entry_is_passed_in_silence() {
    for (item, content, before) in [
        ("M05", ratio(80, 100), Some(ratio(79, 100))),
        ("M05", ratio(0, 100), None),
        ("M01", ratio(40, 13), Some(ratio(26, 13))),
        ("M02", value("25"), Some(value("20"))),
        ("M12", value("2.5"), Some(value("2"))),
        ("M28", value("80"), None),
        ("V05", issued(), None),
        ("I.4", percent(TaskStatus::InProgress, 60), Some(percent(TaskStatus::InProgress, 40))),
        ("I.4", task(TaskStatus::Done, None), None),
        ("M05", Content::Indicator(IndicatorValue::no_data("chưa điều tra")), Some(ratio(80, 100))),
        ("M05", Content::Withdrawn, Some(ratio(80, 100))),
    ] {
        let found = problems(item, content.clone(), before);
        // V05 and tasks may have reasons of their own; none here.
        assert_eq!(found, [], "{item}: {content:?}");
    }
}

#[test]
fn more_than_a_hundred_percent_is_doubted_in_a_share_and_normal_in_a_rate() {
    assert_eq!(problems("M28", value("120"), None), [Problem::Over100(decimal("120"))]);
    let (numerator, denominator) = (decimal("120"), decimal("100"));
    let over = Problem::NumeratorOverDenominator { numerator, denominator };
    assert!(is_warning(&over));
    assert_eq!(problems("M05", ratio(120, 100), None), [over]);
    assert_eq!(problems("M01", ratio(120, 100), None), []);
    assert_eq!(problems("M02", value("120"), None), []);
}

#[test]
fn a_fall_against_the_period_before_is_pointed_out() {
    let fall = Problem::Fall { from: decimal("80"), to: decimal("79") };
    assert!(is_warning(&fall));
    assert_eq!(problems("M05", ratio(79, 100), Some(ratio(160, 200))), [fall]);
    let fall = Problem::Fall { from: decimal("60"), to: decimal("50") };
    let before = percent(TaskStatus::InProgress, 60);
    assert!(problems("I.4", percent(TaskStatus::InProgress, 50), Some(before)).contains(&fall));
}

#[test]
fn a_tenfold_figure_is_pointed_out() {
    let jump = |from: &str, to: &str| Problem::Jump { from: decimal(from), to: decimal(to) };
    assert_eq!(problems("M02", value("30"), Some(value("3"))), [jump("3", "30")]);
    assert_eq!(problems("M02", value("29"), Some(value("3"))), []);
    assert_eq!(problems("M02", value("30"), Some(value("0"))), [], "from nothing there is no factor");
    assert_eq!(problems("M02", value("30"), Some(Content::Withdrawn)), []);
}

#[test]
fn million_for_billion_dong_is_recognised() {
    let slip = |value: &str, in_unit: &str| Problem::UnitSlip { value: decimal(value), in_unit: decimal(in_unit) };
    // Target 2 tỷ đồng.
    assert_eq!(problems("M12", value("2000"), None), [slip("2000", "2")]);
    assert_eq!(problems("M12", value("200"), None), [slip("200", "0.2")]);
    assert_eq!(problems("M12", value("199"), None), []);
    // The figure before goes before the target.
    assert_eq!(problems("M12", value("150"), Some(value("1.5"))), [slip("150", "0.15")]);
    assert_eq!(problems("M12", value("250"), Some(value("240"))), []);
    assert_eq!(problems("M12", value("1500"), Some(value("1400"))), [slip("1500", "1.5")]);
    assert_eq!(problems("M02", value("2000"), None), [], "articles are not money");
}

#[test]
fn a_sum_of_money_without_target_or_figure_before_is_doubted_from_a_thousand_on() {
    assert_eq!(problems("D10", value("999"), None), []);
    let slip = Problem::UnitSlip { value: decimal("1000"), in_unit: decimal("1") };
    assert_eq!(problems("D10", value("1000"), None), [slip]);
}

#[test]
fn what_is_reported_wants_evidence() {
    let bare = |item: &str, content: Content| {
        findings(embedded(), item, &Body::new(content), None).iter().any(|f| f.problem == Problem::MissingEvidence)
    };
    assert!(bare("M05", ratio(80, 100)));
    assert!(bare("V05", issued()));
    assert!(bare("I.4", task(TaskStatus::Done, None)));
    assert!(!bare("M05", Content::Indicator(IndicatorValue::no_data("chưa điều tra"))));
    assert!(!bare("V05", Content::Document(DocumentFacts::default())));
    assert!(!bare("I.4", task(TaskStatus::InProgress, None)));
    assert!(is_warning(&Problem::MissingEvidence));
}

#[test]
fn a_bare_percentage_is_doubted_where_units_are_summed() {
    assert_eq!(problems("M05", value("80"), None), [Problem::MissingParts]);
    assert_eq!(problems("M28", value("80"), None), [], "the lead's value is the province's");
    assert!(is_warning(&Problem::MissingParts));
}

#[test]
fn nothing_at_all_is_said_to_be_nothing() {
    assert_eq!(problems("M05", Content::Indicator(IndicatorValue::default()), None), [Problem::NothingEntered]);
    assert_eq!(problems("I.4/0a1b2c3d", Content::PlanItem(PlanItem::default()), None), [Problem::MissingWork]);
    // A file of evidence or a note may come before the figure.
    assert!(is_warning(&Problem::NothingEntered) && is_warning(&Problem::MissingWork));
}

#[test]
fn a_missing_figure_wants_a_reason() {
    for state in [IndicatorValue::no_data(" "), IndicatorValue::not_applicable("")] {
        assert_eq!(problems("M05", Content::Indicator(state), None), [Problem::MissingReason]);
    }
    for state in [DocumentState::NotIssued, DocumentState::Drafting, DocumentState::NotApplicable] {
        let facts = DocumentFacts { state, ..DocumentFacts::default() };
        assert_eq!(problems("V05", Content::Document(facts), None), [Problem::MissingReason]);
    }
    assert!(is_warning(&Problem::MissingReason));
}

#[test]
fn a_figure_beside_no_data_is_said_to_count_for_nothing() {
    let entry = IndicatorValue { value: Some(decimal("5")), ..IndicatorValue::no_data("chưa điều tra") };
    assert_eq!(problems("M02", Content::Indicator(entry), None), [Problem::FigureIgnored]);
    assert!(is_warning(&Problem::FigureIgnored));
}

#[test]
fn an_issued_document_has_number_date_and_summary() {
    let Content::Document(facts) = issued() else { unreachable!() };
    for incomplete in [
        DocumentFacts { symbol: String::new(), ..facts.clone() },
        DocumentFacts { date: None, ..facts.clone() },
        DocumentFacts { summary: " ".to_owned(), ..facts },
    ] {
        assert_eq!(problems("V05", Content::Document(incomplete), None), [Problem::MissingDocumentFacts]);
    }
}

#[test]
fn status_and_percent_of_a_task_say_the_same() {
    for (status, at) in
        [(TaskStatus::Done, 99), (TaskStatus::InProgress, 100), (TaskStatus::Paused, 100), (TaskStatus::NotStarted, 1)]
    {
        assert!(problems("I.4", percent(status, at), None).contains(&Problem::StatusAgainstPercent), "{status:?} {at}");
    }
    assert_eq!(problems("I.4", percent(TaskStatus::Done, 100), None), []);
    assert_eq!(problems("I.4", percent(TaskStatus::NotStarted, 0), None), []);
    assert!(is_warning(&Problem::StatusAgainstPercent));
}

#[test]
fn a_task_that_stands_still_wants_a_word_on_difficulties() {
    let stuck = |content: Content, before: Option<Content>| {
        problems("I.4", content, before).contains(&Problem::MissingDifficulty)
    };
    let half = || percent(TaskStatus::InProgress, 50);
    assert!(stuck(task(TaskStatus::Paused, None), None));
    assert!(stuck(half(), Some(half())));
    assert!(!stuck(half(), None));
    assert!(!stuck(percent(TaskStatus::InProgress, 51), Some(half())));
    assert!(!stuck(percent(TaskStatus::Done, 100), Some(percent(TaskStatus::Done, 100))));
    let explained =
        TaskProgress { status: TaskStatus::Paused, cause: "chờ kinh phí".to_owned(), ..Default::default() };
    assert!(!stuck(Content::Task(explained), None));
}

#[test]
fn nonsense_is_refused() {
    let half =
        |numerator, denominator| Content::Indicator(IndicatorValue { numerator, denominator, ..Default::default() });
    let with_value = |n: i64, d: i64, plain: &str| {
        Content::Indicator(IndicatorValue { value: Some(decimal(plain)), ..IndicatorValue::ratio(n.into(), d.into()) })
    };
    let date = |day| NaiveDate::from_ymd_opt(2023, 5, day);
    let reversed = PlanItem { work: "Tập huấn".to_owned(), from: date(2), to: date(1), ..PlanItem::default() };
    for (item, content, problem) in [
        ("M05", ratio(-1, 100), Problem::Negative),
        ("M02", value("-0.5"), Problem::Negative),
        ("M05", ratio(5, 0), Problem::ZeroDenominator),
        ("M05", ratio(0, 0), Problem::ZeroDenominator),
        ("M01", ratio(5, 0), Problem::ZeroDenominator),
        ("M05", half(Some(decimal("5")), None), Problem::HalfRatio),
        ("M05", half(None, Some(decimal("5"))), Problem::HalfRatio),
        ("M12", ratio(1, 2), Problem::UnexpectedParts),
        ("M05", with_value(1, 4, "50"), Problem::ValueAgainstParts { value: decimal("50"), derived: decimal("25") }),
        ("I.4", percent(TaskStatus::InProgress, 101), Problem::PercentRange(101)),
        ("I.4/0a1b2c3d", Content::PlanItem(reversed), Problem::DatesReversed),
    ] {
        let found = findings(embedded(), item, &proven(content), None);
        assert!(is_refused(&found), "{item}: {problem:?}");
        assert_eq!(found[0].problem, problem, "{item}");
    }
}

#[test]
fn a_percentage_rounded_beside_its_parts_is_no_contradiction() {
    let rounded = IndicatorValue { value: Some(decimal("33.3")), ..IndicatorValue::ratio(1.into(), 3.into()) };
    assert_eq!(problems("M05", Content::Indicator(rounded), None), []);
}

#[test]
fn content_of_another_kind_or_an_unknown_item_is_refused() {
    let plan = || Content::PlanItem(PlanItem { work: "Tập huấn".to_owned(), ..PlanItem::default() });
    for (item, content) in [
        ("M05", issued()),
        ("M05", task(TaskStatus::Done, None)),
        ("V05", ratio(1, 2)),
        ("I.4", ratio(1, 2)),
        ("M05/0a1b2c3d", plan()),
        ("M05", plan()),
        ("I.4/0a1b2c3d", task(TaskStatus::Done, None)),
        ("M99", ratio(1, 2)),
        ("M99", Content::Withdrawn),
    ] {
        assert_eq!(problems(item, content.clone(), None), [Problem::WrongKind], "{item}: {content:?}");
    }
    assert_eq!(problems("I.4/0a1b2c3d", plan(), None), []);
    assert_eq!(problems("I.4/0a1b2c3d", Content::Withdrawn, None), []);
    assert!(!is_warning(&Problem::WrongKind));
}

#[test]
fn texts_and_names_have_a_limit_counted_in_letters() {
    let with_note = |letters| Body { note: "đ".repeat(letters), ..proven(ratio(1, 2)) };
    let with_name = |letters| {
        let mut body = proven(ratio(1, 2));
        body.evidence[0].name = "ế".repeat(letters);
        body
    };
    let found = |body: &Body| findings(embedded(), "M05", body, None);
    assert_eq!(found(&with_note(TEXT_LIMIT)), []);
    assert_eq!(found(&with_name(NAME_LIMIT)), []);
    for (body, limit) in [(with_note(TEXT_LIMIT + 1), TEXT_LIMIT), (with_name(NAME_LIMIT + 1), NAME_LIMIT)] {
        let found = found(&body);
        assert_eq!(found.iter().map(|f| &f.problem).collect::<Vec<_>>(), [&Problem::TooLong { limit }]);
        assert!(is_refused(&found));
    }
    let long = "x".repeat(TEXT_LIMIT + 1);
    let texts = [
        ("M05", Content::Indicator(IndicatorValue::no_data(&long))),
        ("I.4", Content::Task(TaskProgress { proposal: long.clone(), ..TaskProgress::default() })),
        ("I.4/0a1b2c3d", Content::PlanItem(PlanItem { work: long.clone(), ..PlanItem::default() })),
        ("V05", Content::Document(DocumentFacts { reason: long, ..DocumentFacts::default() })),
    ];
    for (item, content) in texts {
        assert!(problems(item, content, None).contains(&Problem::TooLong { limit: TEXT_LIMIT }), "{item}");
    }
    let symbol = DocumentFacts { symbol: "1".repeat(NAME_LIMIT + 1), ..DocumentFacts::default() };
    assert!(problems("V05", Content::Document(symbol), None).contains(&Problem::TooLong { limit: NAME_LIMIT }));
}

#[test]
fn refusals_stand_before_warnings() {
    let found = findings(embedded(), "M05", &Body { note: "x".repeat(5000), ..Body::new(ratio(120, 100)) }, None);
    let severities: Vec<Severity> = found.iter().map(|f| f.severity).collect();
    assert_eq!(severities, [Severity::Error, Severity::Warning, Severity::Warning]);
}

#[test]
fn warnings_alone_refuse_nothing() {
    assert!(!is_refused(&findings(embedded(), "M05", &Body::new(ratio(120, 100)), None)));
    assert!(!is_refused(&[]));
}

#[test]
fn a_share_of_one_is_doubted_where_percent_is_asked_for() {
    let slip = |value: &str, percent: &str| Problem::ShareSlip { value: decimal(value), percent: decimal(percent) };
    assert_eq!(problems("M28", value("0.85"), None), [slip("0.85", "85")]);
    assert_eq!(problems("D01", value("1"), None), [slip("1", "100")]);
    assert!(is_warning(&slip("1", "100")));
    for (item, ordinary) in [("M28", "0"), ("M28", "1.5"), ("M26", "0.25"), ("M17", "0.8"), ("M12", "0.85")] {
        assert_eq!(problems(item, value(ordinary), None), [], "{item}: {ordinary}");
    }
}
