//! The fields of one entry as somebody gave them, and what they make of a record's present value.
//!
//! Only what is given changes; the command line, a table's row and a pasted block mean the same by it. Whether the
//! result makes sense is for [`crate::record::findings`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Cell;
use crate::catalogue::{Catalogue, Measure};
use crate::record::{
    Body, Content, DocumentFacts, DocumentState, IndicatorValue, Key, Reporting, TaskProgress, TaskStatus,
};
use crate::text::money::parse_sum;
use crate::text::number::{NumberError, format_decimal, parse_decimal, parse_percent, parse_plain, plain, rounded};
use crate::text::{self, date};

/// One field that can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Numerator,
    Denominator,
    Value,
    Status,
    Percent,
    Result,
    Difficulty,
    Cause,
    Proposal,
    Note,
    Reason,
    /// Số, ký hiệu of a document.
    Symbol,
    /// Date of a document.
    Date,
    /// Trích yếu of a document.
    Title,
}

/// The fields given. An empty text clears a text field; an empty cell is not given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(pub BTreeMap<Field, Cell>);

/// Why a field cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    #[error("{field:?}: {error}: {text}")]
    Number { field: Field, text: String, error: NumberError },
    /// A date, an error of a formula or a percentage where something else belongs.
    #[error("{field:?}: unfit cell: {text}")]
    Unfit { field: Field, text: String },
    #[error("unknown status: {0}")]
    Status(String),
    #[error("not a date: {0}")]
    Date(String),
    /// A year of two digits, and what it may mean.
    #[error("short year: {text}")]
    ShortYear { text: String, readings: Vec<NaiveDate> },
    /// Not a whole number from 0 to 100.
    #[error("not a percentage of completion: {0}")]
    Completion(String),
    #[error("{0:?} does not belong to this kind of item")]
    NotForItem(Field),
    /// The value given is not that of numerator and denominator.
    #[error("{given} given, {derived} from numerator and denominator")]
    PartsDisagree { given: Decimal, derived: Decimal },
    /// *No data* or *not applicable*, and figures all the same.
    #[error("figures with a state that has none")]
    FigureWithoutReport,
}

impl Fields {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The record's body with the given fields in it; evidence and everything else stay as at present.
    ///
    /// # Errors
    /// [`FieldError`] for the first field that cannot be taken.
    pub fn apply(&self, catalogue: &Catalogue, key: &Key, present: Option<&Body>) -> Result<Body, FieldError> {
        let blank = Body::new(Content::blank(key.kind));
        let mut body = present.cloned().unwrap_or_else(|| blank.clone());
        if body.is_withdrawn() {
            body.content = blank.content;
        }
        let fresh = present.is_none_or(Body::is_withdrawn);
        let note = self.text(Field::Note)?;
        let mut note_is_reason = false;
        match &mut body.content {
            Content::Indicator(value) => note_is_reason = self.indicator(catalogue, key, value)?,
            Content::Task(task) => self.task(task, fresh)?,
            Content::Document(document) => self.document(document, fresh)?,
            Content::PlanItem(_) | Content::Withdrawn => {
                if let Some(field) = self.0.keys().find(|f| **f != Field::Note) {
                    return Err(FieldError::NotForItem(*field));
                }
            }
        }
        if let Some(note) = note.filter(|_| !note_is_reason) {
            body.note = note;
        }
        Ok(body)
    }

    /// True where the note served as the reason.
    fn indicator(&self, catalogue: &Catalogue, key: &Key, value: &mut IndicatorValue) -> Result<bool, FieldError> {
        use Field::{Denominator, Note, Numerator, Percent, Reason, Status, Value};
        self.only(&[Numerator, Denominator, Value, Percent, Status, Note, Reason])?;
        let indicator = catalogue.indicator(key.base_item());
        let measure = indicator.map_or(Measure::Value, |i| i.measure);
        let percentage = indicator.is_some_and(|i| i.unit.trim() == "%");
        if self.given(Percent) && (!percentage || self.given(Value)) {
            return Err(FieldError::NotForItem(Percent));
        }
        let state = self.status(reporting)?;
        let numerator = self.number(Numerator, Percentages::Refused)?;
        let denominator = self.number(Denominator, Percentages::Refused)?;
        let percentages = if percentage { Percentages::Taken } else { Percentages::Refused };
        let single = match self.number(Percent, percentages)? {
            Some(percent) => Some(percent),
            None => match self.sum(indicator.map_or("", |i| &i.unit)) {
                Some(sum) => Some(sum?.1),
                None => self.number(Value, percentages)?,
            },
        };
        let figures = numerator.is_some() || denominator.is_some() || single.is_some();
        if figures && state.is_some_and(|s| s != Reporting::Reported) {
            return Err(FieldError::FigureWithoutReport);
        }
        if let Some(state) = state.or(figures.then_some(Reporting::Reported))
            && state != value.state
        {
            *value = IndicatorValue { state, ..IndicatorValue::default() };
        }
        if numerator.is_some() || denominator.is_some() {
            value.numerator = numerator.or(value.numerator);
            value.denominator = denominator.or(value.denominator);
            value.value = None;
            if let (Some(given), Some(derived)) = (single, value.figure(measure))
                && !rounds_to(derived, given)
            {
                return Err(FieldError::PartsDisagree { given, derived });
            }
        } else if let Some(single) = single {
            *value = IndicatorValue::value(single);
        }
        let unreported = value.state != Reporting::Reported;
        let reason = self.text(Reason)?;
        let note_is_reason = unreported && reason.is_none() && self.given(Note);
        if note_is_reason {
            value.reason = self.text(Note)?.unwrap_or_default();
        } else if let Some(reason) = reason {
            if !unreported && !reason.is_empty() {
                return Err(FieldError::NotForItem(Reason));
            }
            value.reason = reason;
        }
        Ok(note_is_reason)
    }

    fn task(&self, task: &mut TaskProgress, fresh: bool) -> Result<(), FieldError> {
        use Field::{Cause, Difficulty, Note, Percent, Proposal, Result, Status, Value};
        self.only(&[Status, Percent, Value, Result, Difficulty, Cause, Proposal, Note])?;
        // A form has one column for figures: for a task it holds the percentage of completion.
        let percent = match self.completion(Percent)? {
            Some(percent) => Some(percent),
            None => self.completion(Value)?,
        };
        let texts = [
            (Result, &mut task.result),
            (Difficulty, &mut task.difficulty),
            (Cause, &mut task.cause),
            (Proposal, &mut task.proposal),
        ];
        let mut reported = false;
        for (field, slot) in texts {
            if let Some(text) = self.text(field)? {
                reported |= field == Result && !text.is_empty();
                *slot = text;
            }
        }
        task.percent = percent.or(task.percent);
        match self.status(task_status)? {
            Some(status) => task.status = status,
            // A new record without a status: what its percentage says.
            None if fresh => {
                task.status = match percent {
                    Some(100) => TaskStatus::Done,
                    Some(1..) => TaskStatus::InProgress,
                    None if reported => TaskStatus::InProgress,
                    _ => TaskStatus::NotStarted,
                }
            }
            None => {}
        }
        Ok(())
    }

    fn document(&self, document: &mut DocumentFacts, fresh: bool) -> Result<(), FieldError> {
        use Field::{Date, Note, Reason, Status, Symbol, Title};
        self.only(&[Status, Symbol, Date, Title, Reason, Note])?;
        for (field, slot) in
            [(Symbol, &mut document.symbol), (Title, &mut document.summary), (Reason, &mut document.reason)]
        {
            if let Some(text) = self.text(field)? {
                *slot = text;
            }
        }
        if let Some(date) = self.date()? {
            document.date = date;
        }
        match self.status(document_state)? {
            Some(state) => document.state = state,
            // A new record with số, ký hiệu or a date is of a document that exists.
            None if fresh && (!document.symbol.is_empty() || document.date.is_some()) => {
                document.state = DocumentState::Issued;
            }
            None => {}
        }
        Ok(())
    }

    fn given(&self, field: Field) -> bool {
        self.0.contains_key(&field)
    }

    fn only(&self, allowed: &[Field]) -> Result<(), FieldError> {
        match self.0.keys().find(|f| !allowed.contains(f)) {
            Some(field) => Err(FieldError::NotForItem(*field)),
            None => Ok(()),
        }
    }

    fn text(&self, field: Field) -> Result<Option<String>, FieldError> {
        Ok(match self.0.get(&field) {
            None | Some(Cell::Empty) => None,
            Some(Cell::Text(text)) => Some(text::clean(text)),
            // Without groups: a year or a document's number is not 2.023.
            Some(Cell::Number(number)) => Some(plain(*number).replace('.', ",")),
            Some(Cell::Percent(number)) => Some(format!("{}%", format_decimal(*number))),
            // Excel makes a date of the number 12/2023: what was typed is lost.
            Some(Cell::Date(date)) if field == Field::Symbol => {
                return Err(FieldError::Unfit { field, text: date::format_date(*date) });
            }
            Some(Cell::Date(date)) => Some(date::format_date(*date)),
            Some(Cell::Fault(text)) => return Err(FieldError::Unfit { field, text: text.clone() }),
        })
    }

    fn number(&self, field: Field, percentages: Percentages) -> Result<Option<Decimal>, FieldError> {
        let unfit = |text: String| Err(FieldError::Unfit { field, text });
        match self.0.get(&field) {
            None | Some(Cell::Empty) => Ok(None),
            Some(Cell::Text(text)) => {
                let parsed = match percentages {
                    Percentages::Taken => parse_percent(text),
                    Percentages::Refused => parse_decimal(text),
                };
                parsed.map(Some).map_err(|error| FieldError::Number { field, text: text.trim().to_owned(), error })
            }
            // What Excel calculated is rounded as a typed figure would have to be.
            Some(Cell::Number(number)) => self.calculated(field, *number).map(Some),
            Some(Cell::Percent(number)) if percentages == Percentages::Taken => {
                self.calculated(field, *number).map(Some)
            }
            Some(Cell::Percent(number)) => unfit(format!("{}%", format_decimal(*number))),
            Some(Cell::Date(date)) => unfit(date::format_date(*date)),
            Some(Cell::Fault(text)) => unfit(text.clone()),
        }
    }

    /// A number that Excel gives, within the limits of a typed one.
    fn calculated(&self, field: Field, number: Decimal) -> Result<Decimal, FieldError> {
        let rounded = plain(rounded(number, 9));
        parse_plain(&rounded).map_err(|error| FieldError::Number { field, text: rounded, error })
    }

    /// The text of a value that names its unit, and the sum in the indicator's own: "850 triệu" in tỷ đồng is 0.85.
    ///
    /// None where no unit is named. For the caller to show before it is recorded.
    pub fn converted(&self, catalogue: &Catalogue, key: &Key) -> Option<(String, Decimal)> {
        self.sum(&catalogue.indicator(key.base_item())?.unit)?.ok()
    }

    fn sum(&self, unit: &str) -> Option<Result<(String, Decimal), FieldError>> {
        let Some(Cell::Text(text)) = self.0.get(&Field::Value) else { return None };
        let text = text.trim().to_owned();
        let sum = parse_sum(&text, unit)?;
        Some(match sum {
            Ok(sum) => Ok((text, sum)),
            Err(error) => Err(FieldError::Number { field: Field::Value, text, error }),
        })
    }

    fn completion(&self, field: Field) -> Result<Option<u8>, FieldError> {
        let Some(number) = self.number(field, Percentages::Taken)? else { return Ok(None) };
        let whole = number.fract().is_zero() && number <= Decimal::ONE_HUNDRED;
        match u8::try_from(number) {
            Ok(percent) if whole => Ok(Some(percent)),
            _ => Err(FieldError::Completion(format_decimal(number))),
        }
    }

    /// The date given; the inner none clears it.
    fn date(&self) -> Result<Option<Option<NaiveDate>>, FieldError> {
        if let Some(Cell::Date(date)) = self.0.get(&Field::Date) {
            return Ok(Some(Some(*date)));
        }
        match self.text(Field::Date)? {
            None => Ok(None),
            Some(text) if text.is_empty() => Ok(Some(None)),
            Some(text) => match (date::parse_date(&text), date::short_year_readings(&text)) {
                (Some(date), _) => Ok(Some(Some(date))),
                (None, readings) if readings.is_empty() => Err(FieldError::Date(text)),
                (None, readings) => Err(FieldError::ShortYear { text, readings }),
            },
        }
    }

    fn status<T>(&self, read: fn(&str) -> Option<T>) -> Result<Option<T>, FieldError> {
        match self.text(Field::Status)? {
            None => Ok(None),
            Some(text) => read(&text::ascii_slug(&text)).map(Some).ok_or(FieldError::Status(text)),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Percentages {
    Taken,
    Refused,
}

/// True where `given` is `exact`, rounded or cut to the decimals that it has.
fn rounds_to(exact: Decimal, given: Decimal) -> bool {
    (exact - given).abs() < Decimal::new(1, given.scale())
}

fn reporting(slug: &str) -> Option<Reporting> {
    match slug {
        "reported" | "co-so-lieu" | "da-bao-cao" => Some(Reporting::Reported),
        "no-data" | "chua-co-so-lieu" | "khong-co-so-lieu" => Some(Reporting::NoData),
        "not-applicable" | "khong-ap-dung" => Some(Reporting::NotApplicable),
        _ => None,
    }
}

fn task_status(slug: &str) -> Option<TaskStatus> {
    match slug {
        "not-started" | "chua-bat-dau" | "chua-thuc-hien" | "chua-trien-khai" => Some(TaskStatus::NotStarted),
        "in-progress" | "dang-thuc-hien" | "dang-trien-khai" => Some(TaskStatus::InProgress),
        "done" | "hoan-thanh" | "da-hoan-thanh" => Some(TaskStatus::Done),
        "paused" | "tam-dung" => Some(TaskStatus::Paused),
        _ => None,
    }
}

fn document_state(slug: &str) -> Option<DocumentState> {
    match slug {
        "not-issued" | "chua-ban-hanh" => Some(DocumentState::NotIssued),
        "drafting" | "dang-soan-thao" | "dang-du-thao" => Some(DocumentState::Drafting),
        "issued" | "da-ban-hanh" | "ban-hanh" => Some(DocumentState::Issued),
        "not-applicable" | "khong-ap-dung" => Some(DocumentState::NotApplicable),
        _ => None,
    }
}
