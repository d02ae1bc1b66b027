//! The fields of a record as texts: what stands in one, and what a typed text does to the record. Pure.
//!
//! A form, a cell of the grid and a pasted block all go through [`put`], so that they read numbers and dates alike.

mod draft;
mod draw;

use crate::catalogue::{Catalogue, Measure};
use crate::record::{Body, Content, Key, Kind, PlanItem, Reporting};
use crate::text::number::{NumberError, format_decimal, format_for_edit, parse_decimal, parse_percent};
use crate::text::{clean, date};

pub use draft::Drafts;
pub use draw::{FieldLook, commit_left, field_ui, number_fault};

/// A field that is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Numerator,
    Denominator,
    Value,
    Reason,
    Percent,
    Result,
    Difficulty,
    Cause,
    Proposal,
    Symbol,
    Date,
    Summary,
    Work,
    Coordinating,
    From,
    To,
    Output,
    Note,
}

/// Why a text does not go into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Number(NumberError),
    /// Not a whole number from 0 to 100.
    Percent,
    Date,
    /// The record has no such field.
    Elsewhere,
}

/// The text of a field, as a person reads it.
pub fn shown(body: &Body, field: Field) -> String {
    read(body, field, format_decimal)
}

/// The text of a field, as a person edits it: numbers without groups.
pub fn editable(body: &Body, field: Field) -> String {
    read(body, field, format_for_edit)
}

/// Puts a typed text into a body. Texts are cleaned; an empty one takes the value away.
///
/// A number in an indicator means that there are data: the state becomes *reported*. A value derived from its parts is
/// not kept beside them.
///
/// # Errors
/// As [`Fault`] says; the body is unchanged then.
pub fn put(catalogue: &Catalogue, key: &Key, body: &mut Body, field: Field, text: &str) -> Result<(), Fault> {
    let text = clean(text);
    if field == Field::Note {
        body.note = text;
        return Ok(());
    }
    match (&mut body.content, field) {
        (Content::Indicator(v), Field::Numerator | Field::Denominator | Field::Value) => {
            let number = match text.as_str() {
                "" => None,
                _ if field == Field::Value && in_percent(catalogue, key) => {
                    Some(parse_percent(&text).map_err(Fault::Number)?)
                }
                _ => Some(parse_decimal(&text).map_err(Fault::Number)?),
            };
            let place = match field {
                Field::Numerator => &mut v.numerator,
                Field::Denominator => &mut v.denominator,
                _ => &mut v.value,
            };
            *place = number;
            if number.is_some() {
                v.state = Reporting::Reported;
                v.reason.clear();
            }
            if v.numerator.is_some() && v.denominator.is_some() {
                v.value = None;
            }
        }
        (Content::Indicator(v), Field::Reason) => v.reason = text,
        (Content::Task(t), Field::Percent) => {
            t.percent = match text.as_str() {
                "" => None,
                _ => {
                    let percent = parse_percent(&text).map_err(|_| Fault::Percent)?;
                    let whole = u8::try_from(percent).ok().filter(|p| *p <= 100);
                    Some(whole.filter(|p| rust_decimal::Decimal::from(*p) == percent).ok_or(Fault::Percent)?)
                }
            };
        }
        (Content::Task(t), Field::Result) => t.result = text,
        (Content::Task(t), Field::Difficulty) => t.difficulty = text,
        (Content::Task(t), Field::Cause) => t.cause = text,
        (Content::Task(t), Field::Proposal) => t.proposal = text,
        (Content::Document(d), Field::Symbol) => d.symbol = text,
        (Content::Document(d), Field::Date) => d.date = parse_date(&text)?,
        (Content::Document(d), Field::Summary) => d.summary = text,
        (Content::Document(d), Field::Reason) => d.reason = text,
        (Content::PlanItem(p), Field::Work) => p.work = text,
        (Content::PlanItem(p), Field::Coordinating) => p.coordinating = text,
        (Content::PlanItem(p), Field::From) => p.from = parse_date(&text)?,
        (Content::PlanItem(p), Field::To) => p.to = parse_date(&text)?,
        (Content::PlanItem(p), Field::Output) => p.output = text,
        _ => return Err(Fault::Elsewhere),
    }
    Ok(())
}

/// A sign of percent is part of the figure only where the figure is one: "50%" of so many tỷ đồng is no sum.
fn in_percent(catalogue: &Catalogue, key: &Key) -> bool {
    catalogue.indicator(&key.item).is_some_and(|i| i.unit.trim() == "%")
}

/// True where nothing at all stands in the body: saving it over something means taking that back.
pub fn is_blank(body: &Body, kind: Kind) -> bool {
    body.note.is_empty() && body.evidence.is_empty() && body.content == Content::blank(kind)
}

/// The label over a field.
pub fn label(field: Field, measure: Option<Measure>) -> &'static str {
    match field {
        Field::Numerator => "Tử số",
        Field::Denominator => "Mẫu số",
        Field::Value => match measure {
            Some(Measure::Ratio | Measure::Rate) => "Kết quả (khi không có tử số, mẫu số)",
            _ => "Giá trị",
        },
        Field::Reason => "Lý do",
        Field::Percent => "Mức hoàn thành",
        Field::Result => "Kết quả thực hiện",
        Field::Difficulty => "Khó khăn, vướng mắc",
        Field::Cause => "Nguyên nhân",
        Field::Proposal => "Đề xuất, kiến nghị",
        Field::Symbol => "Số, ký hiệu",
        Field::Date => "Ngày ban hành",
        Field::Summary => "Trích yếu",
        Field::Work => "Nội dung công việc",
        Field::Coordinating => "Đơn vị phối hợp",
        Field::From => "Từ ngày",
        Field::To => "Đến ngày",
        Field::Output => "Sản phẩm",
        Field::Note => "Ghi chú",
    }
}

/// The field that a key's record has in place of another body: a blank one of its kind.
pub fn blank(key: &Key) -> Body {
    Body::new(Content::blank(key.kind))
}

fn read(body: &Body, field: Field, number: fn(rust_decimal::Decimal) -> String) -> String {
    let day = |d: Option<chrono::NaiveDate>| d.map(date::format_date).unwrap_or_default();
    if field == Field::Note {
        return body.note.clone();
    }
    match (&body.content, field) {
        (Content::Indicator(v), Field::Numerator) => v.numerator.map(number).unwrap_or_default(),
        (Content::Indicator(v), Field::Denominator) => v.denominator.map(number).unwrap_or_default(),
        (Content::Indicator(v), Field::Value) => v.value.map(number).unwrap_or_default(),
        (Content::Indicator(v), Field::Reason) => v.reason.clone(),
        (Content::Task(t), Field::Percent) => t.percent.map(|p| p.to_string()).unwrap_or_default(),
        (Content::Task(t), Field::Result) => t.result.clone(),
        (Content::Task(t), Field::Difficulty) => t.difficulty.clone(),
        (Content::Task(t), Field::Cause) => t.cause.clone(),
        (Content::Task(t), Field::Proposal) => t.proposal.clone(),
        (Content::Document(d), Field::Symbol) => d.symbol.clone(),
        (Content::Document(d), Field::Date) => day(d.date),
        (Content::Document(d), Field::Summary) => d.summary.clone(),
        (Content::Document(d), Field::Reason) => d.reason.clone(),
        (Content::PlanItem(PlanItem { work, .. }), Field::Work) => work.clone(),
        (Content::PlanItem(p), Field::Coordinating) => p.coordinating.clone(),
        (Content::PlanItem(p), Field::From) => day(p.from),
        (Content::PlanItem(p), Field::To) => day(p.to),
        (Content::PlanItem(p), Field::Output) => p.output.clone(),
        _ => String::new(),
    }
}

fn parse_date(text: &str) -> Result<Option<chrono::NaiveDate>, Fault> {
    match text {
        "" => Ok(None),
        _ => date::parse_date(text).map(Some).ok_or(Fault::Date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::embedded;
    use crate::record::{IndicatorValue, TaskProgress};
    use rust_decimal::Decimal;

    /// Puts a text into the record of an item.
    fn put_in(item: &str, body: &mut Body, field: Field, text: &str) -> Result<(), Fault> {
        let period = "2023-Q4".parse().unwrap();
        let key = Key::of_item(embedded(), item, "so-tai-chinh", &period).unwrap();
        put(embedded(), &key, body, field, text)
    }

    fn put_in_m05(body: &mut Body, field: Field, text: &str) -> Result<(), Fault> {
        put_in("M05", body, field, text)
    }

    fn indicator() -> Body {
        Body::new(Content::Indicator(IndicatorValue::no_data("chưa thống kê")))
    }

    #[test]
    fn a_number_ends_the_state_without_data_and_its_reason() {
        let mut body = indicator();
        put_in_m05(&mut body, Field::Numerator, "1.234,5").unwrap();
        let Content::Indicator(v) = &body.content else { panic!() };
        assert_eq!((v.state, v.reason.as_str()), (Reporting::Reported, ""));
        assert_eq!(v.numerator, Some(Decimal::new(12345, 1)));
    }

    #[test]
    fn parts_take_the_place_of_a_value_entered_before() {
        let mut body = Body::new(Content::Indicator(IndicatorValue::value(Decimal::from(80))));
        put_in_m05(&mut body, Field::Numerator, "8").unwrap();
        put_in_m05(&mut body, Field::Denominator, "9").unwrap();
        assert_eq!(shown(&body, Field::Value), "");
    }

    #[test]
    fn a_number_that_can_be_read_two_ways_changes_nothing() {
        let mut body = indicator();
        let fault = put_in_m05(&mut body, Field::Value, "1.234").unwrap_err();
        assert!(matches!(fault, Fault::Number(NumberError::Ambiguous { .. })));
        assert_eq!(body, indicator());
    }

    #[test]
    fn a_sign_of_percent_is_no_part_of_a_sum_of_money() {
        let mut share = indicator();
        put_in_m05(&mut share, Field::Value, "50%").unwrap();
        assert_eq!(shown(&share, Field::Value), "50");
        let mut money = indicator();
        assert_eq!(put_in("M12", &mut money, Field::Value, "50%"), Err(Fault::Number(NumberError::NotANumber)));
        assert_eq!(money, indicator());
    }

    #[test]
    fn percent_is_a_whole_number_up_to_a_hundred() {
        let mut body = Body::new(Content::Task(TaskProgress::default()));
        for (text, wanted) in
            [("85", Ok(())), ("85%", Ok(())), ("101", Err(Fault::Percent)), ("8,5", Err(Fault::Percent))]
        {
            assert_eq!(put_in("I.1", &mut body, Field::Percent, text), wanted, "{text}");
        }
        assert_eq!(shown(&body, Field::Percent), "85");
    }

    #[test]
    fn every_text_that_is_shown_for_editing_is_read_back_the_same() {
        let mut body = Body::new(Content::Indicator(IndicatorValue::value(Decimal::new(1_234, 3))));
        let text = editable(&body, Field::Value);
        let before = body.clone();
        put_in_m05(&mut body, Field::Value, &text).unwrap();
        assert_eq!(body, before, "{text}");
    }
}
