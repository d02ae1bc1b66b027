//! Sentences and figures as officers read them.

mod errors;
mod refusals;

use chrono::NaiveDate;
use dti::catalogue::{Indicator, embedded};
use dti::progress::{AgencyState, Scope, UnitState, indicator};
use dti::record::{
    DocumentState, Finding, IndicatorValue, Operation, OperationKind, Outcome, Problem, Reporting, TaskStatus,
};
use dti::words;
use rust_decimal::Decimal;

use crate::support::{World, decimal, moment, period, ratio};

fn of(id: &str) -> &'static Indicator {
    embedded().indicator(id).unwrap()
}

fn figure(id: &str, numerator: &str, denominator: &str) -> String {
    words::figure(of(id), &IndicatorValue::ratio(decimal(numerator), decimal(denominator)))
}

#[test]
fn figures_show_what_they_were_made_of() {
    assert_eq!(figure("M05", "1200", "1404"), "85,47% (1.200/1.404)");
    assert_eq!(figure("M01", "14", "13"), "1,08 lần/tuần (14/13)");
    assert_eq!(words::figure(of("M12"), &IndicatorValue::value(decimal("2.125"))), "2,125 tỷ đồng");
    assert_eq!(words::figure(of("M28"), &IndicatorValue::value(decimal("81.5"))), "81,5%");
}

#[test]
fn no_figure_says_why() {
    assert_eq!(words::figure(of("M05"), &IndicatorValue::no_data("x")), "Chưa có số liệu");
    assert_eq!(words::figure(of("M05"), &IndicatorValue::not_applicable("x")), "Không áp dụng");
    assert_eq!(words::figure(of("M05"), &IndicatorValue::default()), "Chưa nhập");
    assert_eq!(figure("M05", "0", "0"), "(0/0)");
}

#[test]
fn documents_are_issued_or_not() {
    assert_eq!(words::value(of("V05"), Decimal::ONE), "Đã ban hành");
    assert_eq!(words::value(of("V05"), Decimal::ZERO), "Chưa ban hành");
}

#[test]
fn targets_read_as_in_the_plan() {
    for (id, words) in [
        ("M28", "≥ 80%"),
        ("M26", "≥ 0,25%"),
        ("M12", "≥ 2 tỷ đồng"),
        ("M01", "≥ 1 lần/tuần"),
        ("M05", "100%"),
        ("A2", "7 nền tảng"),
        ("D01", "tăng so với kỳ đầu"),
        ("V05", "ban hành"),
    ] {
        assert_eq!(words::target(of(id)), words, "{id}");
    }
}

#[test]
fn scores_have_four_decimals_and_units_are_counted() {
    assert_eq!(words::score(decimal("0.80017")), "0,8002");
    assert_eq!(words::score(Decimal::ONE), "1,0000");
    assert_eq!(words::attainment(decimal("0.9525")), "95,25%");
    let snapshot = World::of("so-tttt").report("M05", "tp-dong-ha", "2023-Q4", ratio(1, 2)).snapshot();
    let m05 = indicator(&snapshot, &Scope::Province, of("M05"), &period("2023-Q4"));
    assert_eq!(words::units(&m05), "1/10 đơn vị");
}

#[test]
fn the_due_date_is_strict() {
    assert_eq!(words::due_before(&embedded().period(&period("2023-Q4"))), "hạn trước 25/12/2023");
}

#[test]
fn operations_name_what_they_touched() {
    let mut operation = Operation {
        id: String::new(),
        number: 1,
        kind: OperationKind::Record,
        author: "Nguyễn Văn A".to_owned(),
        time: moment("2023-12-01T08:00:00+07:00"),
        subject: "M05".to_owned(),
        moves: Vec::new(),
        undoes: None,
        undone_by: None,
    };
    assert_eq!(words::operation(&operation), "Nhập M05");
    operation.kind = OperationKind::Undo;
    assert_eq!(words::operation(&operation), "Hoàn tác: M05");
    operation.kind = OperationKind::File;
    operation.subject = "2023-Q4 bo-sung-2".to_owned();
    assert_eq!(words::operation(&operation), "Nộp báo cáo bổ sung lần 2 Quý IV/2023");
    operation.kind = OperationKind::Undo;
    operation.subject.clear();
    assert_eq!(words::operation(&operation), "Hoàn tác");
}

/// One of each problem, with telling numbers.
fn problems() -> Vec<Problem> {
    let (one, hundred) = (decimal("1"), decimal("120"));
    vec![
        Problem::Over100(hundred),
        Problem::NumeratorOverDenominator { numerator: decimal("1404"), denominator: decimal("1200") },
        Problem::Fall { from: hundred, to: one },
        Problem::Jump { from: one, to: hundred },
        Problem::UnitSlip { value: decimal("2000"), in_unit: decimal("2") },
        Problem::ShareSlip { value: decimal("0.85"), percent: decimal("85") },
        Problem::MissingEvidence,
        Problem::MissingParts,
        Problem::NothingEntered,
        Problem::MissingWork,
        Problem::FigureIgnored,
        Problem::MissingReason,
        Problem::MissingDocumentFacts,
        Problem::StatusAgainstPercent,
        Problem::MissingDifficulty,
        Problem::Negative,
        Problem::ZeroDenominator,
        Problem::HalfRatio,
        Problem::UnexpectedParts,
        Problem::ValueAgainstParts { value: one, derived: hundred },
        Problem::PercentRange(101),
        Problem::WrongKind,
        Problem::DatesReversed,
        Problem::TooLong { limit: 4000 },
    ]
}

#[test]
fn every_finding_says_what_is_wrong_and_what_to_do_in_one_sentence_of_its_own() {
    let mut seen = std::collections::BTreeSet::new();
    for problem in problems() {
        let sentence = words::finding(&Finding::from(problem.clone()));
        let (what, next) = sentence.split_once(": ").unwrap_or_else(|| panic!("{problem:?}: {sentence}"));
        assert!(!what.is_empty() && !next.is_empty() && !sentence.ends_with('.'), "{sentence}");
        assert!(dti::text::is_nfc(&sentence), "{sentence}");
        assert!(seen.insert(sentence), "{problem:?} has another one's words");
    }
}

#[test]
fn findings_write_numbers_the_vietnamese_way() {
    let say = |problem: Problem| words::finding(&Finding::from(problem));
    assert_eq!(
        say(Problem::NumeratorOverDenominator { numerator: decimal("1404"), denominator: decimal("1200") }),
        "Tử số 1.404 lớn hơn mẫu số 1.200: kiểm tra xem có nhập ngược hai số không"
    );
    assert_eq!(
        say(Problem::UnitSlip { value: decimal("2500"), in_unit: decimal("2.5") }),
        "2.500 tỷ đồng có vẻ là số tính bằng triệu đồng: nếu vậy, nhập 2,5 (tỷ đồng)"
    );
    let third = Decimal::ONE_HUNDRED / decimal("3");
    assert!(say(Problem::Fall { from: third, to: decimal("30") }).contains("từ 33,33 còn 30"));
    // Two decimals would show the same number twice.
    assert!(say(Problem::Fall { from: decimal("0.254"), to: decimal("0.251") }).contains("từ 0,254 còn 0,251"));
}

#[test]
fn no_two_states_of_a_kind_share_their_words() {
    let tasks = TaskStatus::ALL.map(words::task_status).to_vec();
    let documents = DocumentState::ALL.map(words::document_state).to_vec();
    let reporting = [Reporting::Reported, Reporting::NoData, Reporting::NotApplicable].map(words::reporting).to_vec();
    let agencies =
        [AgencyState::Missing, AgencyState::Draft, AgencyState::Received, AgencyState::Late, AgencyState::Returned]
            .map(words::agency_state)
            .to_vec();
    let units = [
        UnitState::Counted,
        UnitState::Missing,
        UnitState::NoData,
        UnitState::NotApplicable,
        UnitState::Conflict,
        UnitState::WithoutParts,
    ]
    .map(words::unit_state)
    .to_vec();
    let outcomes =
        [Outcome::New, Outcome::Changed, Outcome::Same, Outcome::Older, Outcome::Conflict].map(words::outcome).to_vec();
    for states in [tasks, documents, reporting, agencies, units, outcomes] {
        let different: std::collections::BTreeSet<_> = states.iter().collect();
        assert_eq!(different.len(), states.len(), "{states:?}");
    }
}

#[test]
fn an_ad_hoc_period_names_its_due_date() {
    let due = NaiveDate::from_ymd_opt(2023, 10, 5).unwrap();
    let id = dti::catalogue::PeriodId::AdHoc { due, slug: "bao-cao-nhanh".to_owned() };
    assert_eq!(words::period(&id), "Đột xuất trước 05/10/2023: bao-cao-nhanh");
}
