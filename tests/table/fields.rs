//! What given fields make of a record's present value; the command line's `set` and a table's row are the same.

use dti::catalogue::embedded;
use dti::record::{Body, Content, DocumentState, IndicatorValue, Key, Reporting, TaskStatus};
use dti::table::{Cell, Field, FieldError, Fields};
use dti::text::number::NumberError;
use rust_decimal::Decimal;

use crate::support::{decimal, period, ratio, task, value};

fn fields(given: &[(Field, &str)]) -> Fields {
    Fields(given.iter().map(|(field, text)| (*field, Cell::Text((*text).to_owned()))).collect())
}

fn apply(item: &str, present: Option<&Body>, given: &[(Field, &str)]) -> Result<Body, FieldError> {
    let key = Key::of_item(embedded(), item, "tp-dong-ha", &period("2023-Q4")).unwrap();
    fields(given).apply(embedded(), &key, present)
}

fn content(item: &str, present: Option<&Body>, given: &[(Field, &str)]) -> Content {
    apply(item, present, given).unwrap().content
}

#[test]
fn only_what_is_given_changes() {
    let present = Body { note: "theo sổ".to_owned(), ..Body::new(ratio(850, 1000)) };
    let body = apply("M05", Some(&present), &[(Field::Numerator, "870")]).unwrap();
    assert_eq!(body, Body { note: "theo sổ".to_owned(), ..Body::new(ratio(870, 1000)) });
}

#[test]
fn both_decimal_marks_are_taken_and_a_number_with_two_readings_is_not() {
    assert_eq!(content("M12", None, &[(Field::Value, "1234.5")]), value("1234.5"));
    assert_eq!(content("M12", None, &[(Field::Value, "1234,5")]), value("1234.5"));
    let error = NumberError::Ambiguous { as_thousands: decimal("1234"), as_decimal: decimal("1.234") };
    let text = "1.234".to_owned();
    assert_eq!(
        apply("M12", None, &[(Field::Value, "1.234")]),
        Err(FieldError::Number { field: Field::Value, text, error })
    );
}

#[test]
fn a_percentage_stands_for_the_value_of_a_percentage_only() {
    assert_eq!(content("M05", None, &[(Field::Percent, "85,5%")]), value("85.5"));
    assert_eq!(apply("M12", None, &[(Field::Percent, "85")]), Err(FieldError::NotForItem(Field::Percent)));
}

#[test]
fn a_value_that_is_not_that_of_its_parts_is_refused_and_one_that_is_stays_derived() {
    let parts = [(Field::Numerator, "1200"), (Field::Denominator, "1404")];
    let with = |text| [parts[0], parts[1], (Field::Value, text)];
    for rounded in ["85,47", "85,5", "85"] {
        assert_eq!(content("M05", None, &with(rounded)), ratio(1200, 1404), "{rounded}");
    }
    assert!(matches!(apply("M05", None, &with("86,5")), Err(FieldError::PartsDisagree { .. })));
}

#[test]
fn a_value_alone_replaces_the_parts() {
    let present = Body::new(ratio(1, 2));
    assert_eq!(content("M05", Some(&present), &[(Field::Value, "55")]), value("55"));
}

#[test]
fn no_data_takes_its_reason_from_reason_or_note_and_drops_the_figures() {
    let present = Body::new(ratio(1, 2));
    for field in [Field::Reason, Field::Note] {
        let body = apply("M05", Some(&present), &[(Field::Status, "no-data"), (field, "chờ số điều tra")]).unwrap();
        assert_eq!(body.content, Content::Indicator(IndicatorValue::no_data("chờ số điều tra")));
        assert_eq!(body.note, "");
    }
    let figures = [(Field::Status, "Không áp dụng"), (Field::Numerator, "1")];
    assert_eq!(apply("M05", None, &figures), Err(FieldError::FigureWithoutReport));
}

#[test]
fn a_figure_after_no_data_reports_again() {
    let present = Body::new(Content::Indicator(IndicatorValue::no_data("chờ")));
    let Content::Indicator(now) = content("M12", Some(&present), &[(Field::Value, "2")]) else { panic!() };
    assert_eq!((now.state, now.reason.as_str(), now.value), (Reporting::Reported, "", Some(decimal("2"))));
}

#[test]
fn a_task_takes_its_status_in_both_languages_or_from_its_percentage() {
    let status = |given: &[(Field, &str)]| match content("I.1", None, given) {
        Content::Task(task) => task.status,
        other => panic!("{other:?}"),
    };
    assert_eq!(status(&[(Field::Status, "in-progress")]), TaskStatus::InProgress);
    assert_eq!(status(&[(Field::Status, "Tạm dừng")]), TaskStatus::Paused);
    assert_eq!(status(&[(Field::Percent, "50")]), TaskStatus::InProgress);
    assert_eq!(status(&[(Field::Percent, "100")]), TaskStatus::Done);
    assert_eq!(status(&[(Field::Percent, "0")]), TaskStatus::NotStarted);
    let present = Body::new(task(TaskStatus::Paused, Some(40)));
    assert_eq!(content("I.1", Some(&present), &[(Field::Percent, "50")]), task(TaskStatus::Paused, Some(50)));
}

#[test]
fn a_percentage_of_completion_is_a_whole_number_up_to_100() {
    for text in ["101", "50,5", "-5", "9000000000000"] {
        assert!(matches!(apply("I.1", None, &[(Field::Percent, text)]), Err(FieldError::Completion(_))), "{text}");
    }
}

#[test]
fn a_document_with_number_and_date_is_issued() {
    let given = [(Field::Symbol, "12/2023/NQ-HĐND"), (Field::Date, "14/7/2023"), (Field::Title, "Về chuyển đổi số")];
    let Content::Document(document) = content("V01", None, &given) else { panic!() };
    assert_eq!(document.state, DocumentState::Issued);
    assert_eq!(document.date.unwrap().to_string(), "2023-07-14");
    let short = apply("V01", None, &[(Field::Date, "14/7/23")]);
    let readings = vec![chrono::NaiveDate::from_ymd_opt(2023, 7, 14).unwrap()];
    assert_eq!(short, Err(FieldError::ShortYear { text: "14/7/23".to_owned(), readings }));
    assert_eq!(apply("V01", None, &[(Field::Date, "hôm qua")]), Err(FieldError::Date("hôm qua".to_owned())));
}

#[test]
fn fields_of_another_kind_of_item_are_refused() {
    assert_eq!(apply("I.1", None, &[(Field::Numerator, "1")]), Err(FieldError::NotForItem(Field::Numerator)));
    assert_eq!(apply("M05", None, &[(Field::Result, "tốt")]), Err(FieldError::NotForItem(Field::Result)));
    assert_eq!(apply("M05", None, &[(Field::Status, "xong")]), Err(FieldError::Status("xong".to_owned())));
}

#[test]
fn an_empty_text_clears_a_field() {
    let present = Body { note: "cũ".to_owned(), ..Body::new(value("2")) };
    assert_eq!(apply("M12", Some(&present), &[(Field::Note, "")]).unwrap().note, "");
}

#[test]
fn a_cell_that_excel_turned_into_a_date_is_no_number() {
    let date = chrono::NaiveDate::from_ymd_opt(2023, 5, 10).unwrap();
    let key = Key::of_item(embedded(), "M12", "so-tai-chinh", &period("2023-Q4")).unwrap();
    let given = Fields([(Field::Value, Cell::Date(date))].into());
    let unfit = FieldError::Unfit { field: Field::Value, text: "10/05/2023".to_owned() };
    assert_eq!(given.apply(embedded(), &key, None), Err(unfit));
}

#[test]
fn a_number_that_stands_as_text_has_no_groups() {
    let given = |cell| Fields([(Field::Symbol, cell)].into());
    let key = Key::of_item(embedded(), "V05", "so-tai-chinh", &period("2023-Q4")).unwrap();
    let symbol = |cell| match given(cell).apply(embedded(), &key, None).map(|body| body.content) {
        Ok(Content::Document(document)) => Ok(document.symbol),
        Ok(other) => panic!("{other:?}"),
        Err(error) => Err(error),
    };
    assert_eq!(symbol(Cell::Number(decimal("2793"))), Ok("2793".to_owned()));
    assert_eq!(symbol(Cell::Number(decimal("1.5"))), Ok("1,5".to_owned()));
    let date = Cell::Date(chrono::NaiveDate::from_ymd_opt(2023, 12, 1).unwrap());
    let lost = FieldError::Unfit { field: Field::Symbol, text: "01/12/2023".to_owned() };
    assert_eq!(symbol(date), Err(lost), "12/2023 as Excel keeps it");
}

#[test]
fn a_number_that_excel_gives_has_the_limits_of_a_typed_one() {
    let huge = Decimal::from_parts(u32::MAX, u32::MAX, u32::MAX, false, 0);
    let given = [(Field::Numerator, huge), (Field::Denominator, Decimal::ONE), (Field::Value, -huge)];
    let given = Fields(given.into_iter().map(|(field, number)| (field, Cell::Number(number))).collect());
    let key = Key::of_item(embedded(), "M05", "tp-dong-ha", &period("2023-Q4")).unwrap();
    let refused = given.apply(embedded(), &key, None);
    assert!(matches!(refused, Err(FieldError::Number { error: NumberError::TooBig, .. })), "{refused:?}");
}

#[test]
fn an_unknown_status_is_answered_with_words_that_are_taken() {
    let wrong = apply("M05", None, &[(Field::Status, "Chưa có")]).unwrap_err();
    let said = dti::words::field_error(&wrong);
    for (item, word) in [("I.1", "Đang triển khai"), ("M05", "Chưa có số liệu"), ("V01", "Đang dự thảo")]
    {
        assert!(said.contains(word), "{said}");
        apply(item, None, &[(Field::Status, word)]).unwrap();
    }
}
