//! Revisions as rows of the tables, and back.
//!
//! Writing is the definition of the format. Reading is its inverse and nothing else: a row is accepted only where writing
//! what was read gives the same cells again, so a number or a date has one form, and no cell is silently ignored.

use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;

use super::descriptor::rfc3339;
use super::refusal::{CellProblem, Place, Refusal};
use super::table::{self, Form, Need, Table};
use super::{json, limits};
use crate::catalogue::PeriodId;
use crate::record::{
    Body, Content, DocumentFacts, DocumentState, EvidenceRef, IndicatorValue, Key, Kind, PlanItem, Reporting, Revision,
    TaskProgress, TaskStatus, Vector,
};
use crate::text::number::{parse_plain, plain};

/// The table of a kind of record.
pub(super) fn table_of(kind: Kind) -> &'static Table {
    match kind {
        Kind::Indicator => &table::INDICATOR_VALUES,
        Kind::Task => &table::TASK_PROGRESS,
        Kind::PlanItem => &table::PLAN_ITEMS,
        Kind::Document => &table::DOCUMENTS,
    }
}

/// The cells of a revision, in the order of its table's columns.
pub(super) fn write(revision: &Revision) -> Vec<String> {
    let key = &revision.key;
    let item = match key.kind {
        Kind::PlanItem => key.item.splitn(2, '/').map(str::to_owned).collect(),
        _ => vec![key.item.clone()],
    };
    let (state, content) = content_cells(&revision.body.content, key.kind);
    let mut cells = vec![revision.id.clone()];
    cells.extend(item);
    cells.extend([key.agency.clone(), key.period.to_string(), state.to_owned()]);
    cells.extend(content);
    cells.extend([
        revision.body.note.clone(),
        crate::text::clean(&revision.author),
        revision.origin.clone(),
        revision.device.clone(),
        rfc3339(revision.time),
        revision.vector.to_json(),
        revision.content_hash.clone(),
    ]);
    cells
}

/// A row from outside: cells by column name, with the place for messages.
pub(super) struct Row<'a> {
    table: &'static Table,
    /// As the row means them: formula guards are taken off.
    cells: &'a [String],
    number: u64,
}

impl<'a> Row<'a> {
    /// Checks required cells, choices and lengths. There are as many cells as columns.
    pub fn new(table: &'static Table, cells: &'a [String], number: u64) -> Result<Row<'a>, Refusal> {
        let row = Row { table, cells, number };
        for (column, cell) in table.columns.iter().zip(cells) {
            let limit = if matches!(column.form, Form::Text) { limits::TEXT_CHARS } else { limits::NAME_CHARS };
            let is_vector = matches!(column.form, Form::Object);
            let problem = match column.form {
                _ if cell.is_empty() => (column.need == Need::Required).then_some(CellProblem::Missing),
                Form::Choice(values) => (!values.contains(&cell.as_str())).then_some(CellProblem::UnknownValue),
                _ if !is_vector && cell.chars().count() > limit => Some(CellProblem::TooLong),
                Form::Name | Form::Text => (crate::text::clean(cell) != *cell).then_some(CellProblem::NotClean),
                _ => None,
            };
            if let Some(problem) = problem {
                return Err(row.fault(column.name, problem));
            }
        }
        Ok(row)
    }

    pub fn place(&self) -> Place {
        Place { file: self.table.file(), row: self.number }
    }

    pub fn text(&self, column: &'static str) -> &'a str {
        self.table.position(column).and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }

    pub fn fault(&self, column: &'static str, problem: CellProblem) -> Refusal {
        let value = crate::text::elide(self.text(column), 60);
        Refusal::Cell { column, value, problem, place: self.place() }
    }

    /// Refuses the row where it does not read as these cells.
    pub fn must_be(&self, cells: &[String]) -> Result<(), Refusal> {
        let columns = self.table.columns.iter().zip(self.cells.iter().zip(cells));
        match columns.into_iter().find(|(_, (found, expected))| found != expected) {
            Some((column, _)) => Err(self.fault(column.name, CellProblem::NotCanonical)),
            None => Ok(()),
        }
    }

    pub fn integer(&self, column: &'static str) -> Result<u64, Refusal> {
        self.parsed(column, CellProblem::NotANumber, |text| text.parse().ok())
    }

    /// None where the cell is empty.
    fn optional<T>(
        &self,
        column: &'static str,
        problem: CellProblem,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        if self.text(column).is_empty() { Ok(None) } else { self.parsed(column, problem, parse).map(Some) }
    }

    fn parsed<T>(
        &self,
        column: &'static str,
        problem: CellProblem,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Refusal> {
        parse(self.text(column)).ok_or_else(|| self.fault(column, problem))
    }

    fn decimal(&self, column: &'static str) -> Result<Option<Decimal>, Refusal> {
        // No larger and no finer than a form takes: whatever is worked out from it stays within what a decimal can hold.
        let fits = |number: &Decimal| parse_plain(&plain(*number)).is_ok();
        self.optional(column, CellProblem::NotANumber, |text| Decimal::from_str_exact(text).ok().filter(fits))
    }

    fn date(&self, column: &'static str) -> Result<Option<NaiveDate>, Refusal> {
        self.optional(column, CellProblem::NotADate, |text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
    }

    fn owned(&self, column: &'static str) -> String {
        self.text(column).to_owned()
    }
}

/// The key that a row of the `kind`'s table names. Whether the catalogue knows it is for the caller to see.
pub(super) fn read_key(row: &Row<'_>, kind: Kind) -> Result<Key, Refusal> {
    let item = match kind {
        Kind::Indicator | Kind::Document => row.owned("item"),
        Kind::Task => row.owned("task"),
        Kind::PlanItem => {
            let tag = row.text("tag");
            let is_tag = tag.len() == 8 && tag.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
            if !is_tag {
                return Err(row.fault("tag", CellProblem::UnknownValue));
            }
            format!("{}/{tag}", row.text("task"))
        }
    };
    let period: PeriodId = row.parsed("period", CellProblem::NotAPeriod, |text| text.parse().ok())?;
    Ok(Key { kind, item, agency: row.owned("agency"), period })
}

/// The revision of a row, with the evidence that `evidence.csv` names for it.
///
/// Refuses a row whose hashes do not follow from its content, and one that is not in the form that [`write`] gives.
pub(super) fn read(row: &Row<'_>, key: Key, evidence: Vec<EvidenceRef>) -> Result<Revision, Refusal> {
    let body = Body { content: read_content(row, key.kind)?, note: row.owned("note"), evidence };
    let vector = read_vector(row)?;
    let time = row.parsed("time", CellProblem::NotATime, |text| DateTime::parse_from_rfc3339(text).ok())?;
    let revision = Revision::seal(key, body, vector, row.text("author"), row.text("origin"), row.text("device"), time);
    let cells = write(&revision);
    let hashes = ["revision", "content_hash"];
    let differs = |hashed: bool| {
        row.table
            .columns
            .iter()
            .zip(row.cells.iter().zip(&cells))
            .find(|(column, (found, expected))| hashes.contains(&column.name) == hashed && found != expected)
    };
    if let Some((column, _)) = differs(false) {
        return Err(row.fault(column.name, CellProblem::NotCanonical));
    }
    if differs(true).is_some() {
        return Err(Refusal::RowAltered { place: row.place() });
    }
    Ok(revision)
}

fn content_cells(content: &Content, kind: Kind) -> (&'static str, Vec<String>) {
    let number = |n: &Option<Decimal>| n.map(|n| n.to_string()).unwrap_or_default();
    let date = |d: &Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    match content {
        Content::Indicator(v) => {
            (v.state.as_str(), vec![number(&v.numerator), number(&v.denominator), number(&v.value), v.reason.clone()])
        }
        Content::Task(t) => {
            let percent = t.percent.map(|p| p.to_string()).unwrap_or_default();
            let texts = [&t.result, &t.difficulty, &t.cause, &t.proposal];
            (t.status.as_str(), [percent].into_iter().chain(texts.into_iter().cloned()).collect())
        }
        Content::PlanItem(p) => {
            (table::PLANNED, vec![p.work.clone(), p.coordinating.clone(), date(&p.from), date(&p.to), p.output.clone()])
        }
        Content::Document(d) => {
            (d.state.as_str(), vec![d.symbol.clone(), date(&d.date), d.summary.clone(), d.reason.clone()])
        }
        Content::Withdrawn => {
            // As many empty cells as the kind's content has.
            let blank = content_cells(&Content::blank(kind), kind).1.len();
            (table::WITHDRAWN, vec![String::new(); blank])
        }
    }
}

fn read_content(row: &Row<'_>, kind: Kind) -> Result<Content, Refusal> {
    let state = row.text("state");
    if state == table::WITHDRAWN {
        return Ok(Content::Withdrawn);
    }
    let unknown = || row.fault("state", CellProblem::UnknownValue);
    Ok(match kind {
        Kind::Indicator => Content::Indicator(IndicatorValue {
            state: Reporting::parse(state).ok_or_else(unknown)?,
            numerator: row.decimal("numerator")?,
            denominator: row.decimal("denominator")?,
            value: row.decimal("value")?,
            reason: row.owned("reason"),
        }),
        Kind::Task => Content::Task(TaskProgress {
            status: TaskStatus::parse(state).ok_or_else(unknown)?,
            percent: row.optional("percent", CellProblem::NotANumber, |text| text.parse().ok())?,
            result: row.owned("result"),
            difficulty: row.owned("difficulty"),
            cause: row.owned("cause"),
            proposal: row.owned("proposal"),
        }),
        Kind::PlanItem => Content::PlanItem(PlanItem {
            work: row.owned("work"),
            coordinating: row.owned("coordinating"),
            from: row.date("from")?,
            to: row.date("to")?,
            output: row.owned("output"),
        }),
        Kind::Document => Content::Document(DocumentFacts {
            state: DocumentState::parse(state).ok_or_else(unknown)?,
            symbol: row.owned("symbol"),
            date: row.date("date")?,
            summary: row.owned("summary"),
            reason: row.owned("reason"),
        }),
    })
}

/// The version vector: the row's own device has written it at least once, and no counter is beyond belief.
fn read_vector(row: &Row<'_>) -> Result<Vector, Refusal> {
    let fault = || row.fault("vector", CellProblem::NotAVector);
    let object = json::parse(row.text("vector").as_bytes()).map_err(|_| fault())?;
    let vector: Vector = serde_json::from_value(object).map_err(|_| fault())?;
    let is_name = |d: &str| !d.is_empty() && d.chars().count() <= limits::NAME_CHARS && crate::text::clean(d) == d;
    if vector.0.len() > limits::DEVICES || !vector.0.keys().all(|device| is_name(device)) {
        return Err(fault());
    }
    let implausible =
        |device: &str, count: u64| Refusal::Counter { device: device.to_owned(), count, place: row.place() };
    if let Some((device, count)) = vector.0.iter().find(|(_, count)| !(1..=limits::COUNTER).contains(*count)) {
        return Err(implausible(device, *count));
    }
    match vector.count(row.text("device")) {
        0 => Err(implausible(row.text("device"), 0)),
        _ => Ok(vector),
    }
}
