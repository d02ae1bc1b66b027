//! The two tables: what stands in each cell, and which field of which record a cell is.

use egui::Ui;

use super::State;
use super::paste::{Dialog, Target};
use super::rows::Rows;
use super::source::Source;
use crate::catalogue::{Indicator, Measure, Task};
use crate::progress::{self, AgencyState, IndicatorProgress, Scope, UnitState};
use crate::record::{self, Body, Content, DocumentState, Key, Record, Reporting, TaskStatus};
use crate::text::date::format_time;
use crate::text::number::{format_decimal, rounded};
use crate::ui::form::{Drafts, Field, editable, shown};
use crate::ui::theme::Tone;
use crate::ui::widgets::grid::{Cell, Column, Event, Grid, Lines, Look, State as GridState, Width};
use crate::words;

const NAME: usize = 0;
const TARGET: usize = 1;
const BEFORE: usize = 2;
const NUMERATOR: usize = 3;
const DENOMINATOR: usize = 4;
const NOW: usize = 5;
const ATTAINED: usize = 6;
const EVIDENCE: usize = 7;

const LEAD: usize = 1;
const COORDINATING: usize = 2;
const TIME: usize = 3;
const PERCENT: usize = 4;
const RESULT: usize = 5;

pub(super) fn indicators_ui(ui: &mut Ui, source: &Source<'_>, state: &mut State, drafts: &mut Drafts) {
    let columns = [
        Column::text("Chỉ tiêu", Width::Rest(150.0)),
        Column::number("Mục tiêu", 98.0),
        Column::number("Kỳ trước", 66.0),
        Column::number("Tử số", 68.0).tooltip("Gõ để nhập; dán được cả khối từ Excel"),
        Column::number("Mẫu số", 68.0).tooltip("Gõ để nhập; dán được cả khối từ Excel"),
        Column::number("Kỳ này", 68.0),
        Column::number("Đạt", 52.0).tooltip("So với mục tiêu"),
        Column::number("MC", 36.0).tooltip("Số tệp minh chứng"),
        Column::text("Trạng thái", Width::Fixed(118.0)),
    ];
    let ids = state.rows.indicators.clone();
    let marked = state.selected.as_ref().and_then(|item| ids.iter().position(|id| id == item));
    let catalogue = source.catalogue();
    let events = Grid::new("Chỉ tiêu", &columns).lines(Lines::Two).marked(marked).show(
        ui,
        &mut state.indicators,
        ids.len(),
        |row, column| match ids.get(row).and_then(|id| catalogue.indicator(id)) {
            Some(indicator) => indicator_cell(source, drafts, indicator, column),
            None => Cell::default(),
        },
    );
    handle(events, source, state, drafts, Table::Indicators);
}

pub(super) fn tasks_ui(ui: &mut Ui, source: &Source<'_>, state: &mut State, drafts: &mut Drafts) {
    let columns = [
        Column::text("Nhiệm vụ", Width::Rest(160.0)),
        Column::text("Chủ trì", Width::Fixed(92.0)),
        Column::text("Phối hợp", Width::Fixed(84.0)),
        Column::text("Thời gian", Width::Fixed(80.0)),
        Column::number("%", 44.0).tooltip("Mức hoàn thành, từ 0 đến 100"),
        Column::text("Kết quả", Width::Fixed(132.0)),
        Column::text("Trạng thái", Width::Fixed(118.0)),
    ];
    let ids = state.rows.tasks.clone();
    let marked = state.selected.as_ref().and_then(|item| ids.iter().position(|id| id == item));
    let catalogue = source.catalogue();
    let events = Grid::new("Nhiệm vụ", &columns).lines(Lines::Two).marked(marked).show(
        ui,
        &mut state.tasks,
        ids.len(),
        |row, column| match ids.get(row).and_then(|id| catalogue.task(id)) {
            Some(task) => task_cell(source, drafts, task, column),
            None => Cell::default(),
        },
    );
    handle(events, source, state, drafts, Table::Tasks);
}

/// Takes a cell's half-typed text into the drafts when the rows are about to become others.
pub(super) fn keep_edits(state: &mut State, source: &Source<'_>, drafts: &mut Drafts) {
    if state.rows.is_stale(state.shown(), &state.filter, source) {
        take_edits(state, source, drafts);
    }
}

/// Takes a cell's half-typed text into the drafts.
pub(super) fn take_edits(state: &mut State, source: &Source<'_>, drafts: &mut Drafts) {
    let Some((scope, period)) = state.rows.belongs_to() else { return };
    let Scope::Agency(agency) = scope else { return };
    for (table, grid) in [(Table::Indicators, &mut state.indicators), (Table::Tasks, &mut state.tasks)] {
        if let Some(Event::Edited { row, column, text }) = grid.take_edit()
            && let Some(item) = table.rows(&state.rows).get(row)
            && let Some(key) = Key::of_item(source.catalogue(), item, agency, period)
            && let Some(field) = table.field(source, item, column)
        {
            drafts.enter(source.snapshot(), &key, field, text);
        }
        grid.clear();
    }
}

/// Tells the drafts which record a cell is open on.
pub(super) fn watch_edits(state: &State, source: &Source<'_>, drafts: &mut Drafts) {
    let open = |table: Table, grid: &GridState| source.key(table.rows(&state.rows).get(grid.editing_row()?)?);
    let key = open(Table::Indicators, &state.indicators).or_else(|| open(Table::Tasks, &state.tasks));
    drafts.watch(source.snapshot(), key.as_ref());
}

/// A badge for the state of an item's record.
pub(super) fn badge(source: &Source<'_>, drafts: &Drafts, item: &str) -> (Tone, &'static str) {
    let Some(key) = source.key(item) else { return (Tone::Neutral, "") };
    if drafts.is_refused(&key) {
        return (Tone::Danger, "Chưa lưu được");
    }
    if drafts.is_waiting(&key) {
        return (Tone::Warning, "Đang nhập dở");
    }
    let record = source.snapshot().record(&key);
    if record.is_some_and(Record::in_conflict) {
        return (Tone::Danger, "Mâu thuẫn");
    }
    if source.snapshot().returned_of(&key).is_some() {
        return (Tone::Danger, words::agency_state(AgencyState::Returned));
    }
    let Some(revision) = record.and_then(Record::reported) else {
        let due = source.expects(item);
        return if due { (Tone::Warning, "Chưa nhập") } else { (Tone::Neutral, "") };
    };
    let body = &revision.body;
    let doubtful = !record::findings(source.catalogue(), item, body, source.before(item)).is_empty();
    match &body.content {
        Content::Indicator(v) if v.state != Reporting::Reported => (Tone::Neutral, words::reporting(v.state)),
        Content::Document(d) if d.state != DocumentState::Issued => (Tone::Info, words::document_state(d.state)),
        Content::Task(t) => {
            let tone = match t.status {
                TaskStatus::NotStarted => Tone::Neutral,
                TaskStatus::InProgress => Tone::Info,
                TaskStatus::Done => Tone::Success,
                TaskStatus::Paused => Tone::Warning,
            };
            (tone, words::task_status(t.status))
        }
        _ if doubtful => (Tone::Warning, "Cần xem lại"),
        _ => (Tone::Success, "Đã nhập"),
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Table {
    Indicators,
    Tasks,
}

impl Table {
    fn rows(self, rows: &Rows) -> &[String] {
        match self {
            Table::Indicators => &rows.indicators,
            Table::Tasks => &rows.tasks,
        }
    }

    /// The field that a cell is; none where it cannot be typed into.
    fn field(self, source: &Source<'_>, item: &str, column: usize) -> Option<Field> {
        match self {
            Table::Indicators => {
                let divided = matches!(source.catalogue().indicator(item)?.measure, Measure::Ratio | Measure::Rate);
                match column {
                    NUMERATOR if divided => Some(Field::Numerator),
                    DENOMINATOR if divided => Some(Field::Denominator),
                    NOW if source.catalogue().indicator(item)?.measure == Measure::Value => Some(Field::Value),
                    _ => None,
                }
            }
            Table::Tasks => match column {
                PERCENT => Some(Field::Percent),
                RESULT => Some(Field::Result),
                _ => None,
            },
        }
    }
}

fn handle(events: Vec<Event>, source: &Source<'_>, state: &mut State, drafts: &mut Drafts, table: Table) {
    let place = |state: &State, row: usize, column: usize| {
        let item = table.rows(&state.rows).get(row)?.clone();
        let field = table.field(source, &item, column).filter(|_| source.may_edit(&item));
        Some((item, field))
    };
    for event in events {
        match event {
            Event::Moved(row) | Event::Opened { row, .. } => {
                if let Some(item) = table.rows(&state.rows).get(row) {
                    state.selected = Some(item.clone());
                }
            }
            Event::Edited { row, column, text } => {
                if let Some((item, Some(field))) = place(state, row, column)
                    && let Some(key) = source.key(&item)
                {
                    drafts.enter(source.snapshot(), &key, field, text);
                    state.selected = Some(item);
                }
            }
            Event::Pasted { row, column, block } => {
                let targets = block.into_iter().enumerate().flat_map(|(r, cells)| {
                    let place = &place;
                    let state = &*state;
                    cells.into_iter().enumerate().map(move |(c, text)| {
                        let at = place(state, row + r, column + c);
                        let (item, field) = at.map_or((None, None), |(item, field)| (Some(item), field));
                        Target { item, field, text }
                    })
                });
                state.paste = Some(Dialog::new(source, drafts, targets.collect()));
            }
        }
    }
}

fn indicator_cell(source: &Source<'_>, drafts: &Drafts, indicator: &Indicator, column: usize) -> Cell {
    match column {
        NAME => return Cell::new(format!("{} {}", indicator.id, indicator.short)).hover(indicator.title.clone()),
        TARGET => return Cell::new(words::target(&source.then(indicator))).look(Look::Faint),
        BEFORE => return previous_cell(source, indicator),
        _ => {}
    }
    match source.key(&indicator.id) {
        Some(key) => entered_cell(source, drafts, indicator, &key, column),
        None => source.progress(indicator).map_or(Cell::default(), |p| summed_cell(indicator, p, column)),
    }
}

/// A cell of what an agency entered.
fn entered_cell(source: &Source<'_>, drafts: &Drafts, indicator: &Indicator, key: &Key, column: usize) -> Cell {
    let body = drafts.body(source.snapshot(), key);
    let value = value_of(indicator, &body);
    match column {
        NUMERATOR | DENOMINATOR | NOW => {
            let field = Table::Indicators.field(source, &indicator.id, column);
            let origin = origin(source, &indicator.id);
            match field {
                Some(field) => {
                    let typed = drafts.typed(key, field).map(str::to_owned);
                    let wrong = drafts.fault(key, field).is_some();
                    let text = typed.unwrap_or_else(|| shown(&body, field));
                    let look = if wrong { Look::Tinted(Tone::Danger) } else { Look::Plain };
                    let cell = Cell::new(text).look(look).hover(origin);
                    let begin = drafts.typed(key, field).map_or_else(|| editable(&body, field), str::to_owned);
                    if source.may_edit(&indicator.id) { cell.edit(begin) } else { cell }
                }
                None if column == NOW => now_cell(indicator, &body, value).hover(origin),
                None => Cell::default(),
            }
        }
        ATTAINED => attained_cell(value.and_then(|v| progress::attainment(indicator, v)), reached(source, indicator)),
        EVIDENCE => evidence_cell(source, &body),
        _ => state_cell(source, drafts, &indicator.id),
    }
}

/// A cell of the province's sums.
fn summed_cell(indicator: &Indicator, progress: &IndicatorProgress, column: usize) -> Cell {
    match column {
        NUMERATOR => Cell::new(progress.numerator.map(format_decimal).unwrap_or_default()),
        DENOMINATOR => Cell::new(progress.denominator.map(format_decimal).unwrap_or_default()),
        NOW => Cell::new(progress.value.map(|v| short_value(indicator, v)).unwrap_or_default()).look(Look::Bold),
        ATTAINED => attained_cell(progress.attainment, progress.reached),
        EVIDENCE => Cell::default(),
        _ => {
            let conflicts = progress.units.iter().filter(|u| u.state == UnitState::Conflict).count();
            let text = format!("{}/{} đơn vị", progress.units_in, progress.units_expected);
            let tone = match (conflicts, progress.units_in == progress.units_expected) {
                (0, true) => Tone::Success,
                (0, false) => Tone::Neutral,
                _ => Tone::Danger,
            };
            let hover = if conflicts > 0 {
                format!("{conflicts} đơn vị mâu thuẫn số liệu, chưa cộng vào")
            } else {
                String::new()
            };
            Cell::new(text).look(Look::Badge(tone)).hover(hover)
        }
    }
}

fn state_cell(source: &Source<'_>, drafts: &Drafts, item: &str) -> Cell {
    let (tone, text) = badge(source, drafts, item);
    match text {
        "" => Cell::new("đơn vị khác").look(Look::Faint).hover("Mục này không do đơn vị này báo cáo"),
        text => {
            let key = source.key(item);
            let returned = key.as_ref().and_then(|key| source.snapshot().returned_of(key));
            let reason = returned.map(|(_, row)| row.reason.as_str()).unwrap_or_default();
            Cell::new(text).look(Look::Badge(tone)).hover(reason)
        }
    }
}

fn now_cell(indicator: &Indicator, body: &Body, value: Option<rust_decimal::Decimal>) -> Cell {
    match &body.content {
        Content::Document(d) if d.state == DocumentState::Issued => Cell::new(d.symbol.clone()),
        Content::Indicator(v) if v.state != Reporting::Reported => Cell::new("–").look(Look::Faint),
        _ if indicator.measure == Measure::Document => Cell::default(),
        _ => Cell::new(value.map(|v| short_value(indicator, v)).unwrap_or_default()).look(Look::Bold),
    }
}

fn previous_cell(source: &Source<'_>, indicator: &Indicator) -> Cell {
    if indicator.measure == Measure::Document {
        return match source.before(&indicator.id).map(|body| &body.content) {
            Some(Content::Document(d)) if d.state == DocumentState::Issued => {
                Cell::new(d.symbol.clone()).look(Look::Faint)
            }
            _ => Cell::default(),
        };
    }
    let before = source.period().previous();
    let value = before.and_then(|p| progress::indicator(source.snapshot(), source.scope(), indicator, &p).value);
    Cell::new(value.map(|v| short_value(indicator, v)).unwrap_or_default()).look(Look::Faint)
}

fn attained_cell(attainment: Option<rust_decimal::Decimal>, reached: Option<bool>) -> Cell {
    let Some(attainment) = attainment else { return Cell::default() };
    let percent = (attainment * rust_decimal::Decimal::ONE_HUNDRED).floor();
    let look = if reached == Some(true) { Look::Tinted(Tone::Success) } else { Look::Plain };
    let hover = if reached == Some(true) { "Đạt mục tiêu" } else { "Chưa đạt mục tiêu" };
    Cell::new(format!("{}%", format_decimal(percent))).look(look).hover(hover)
}

fn evidence_cell(source: &Source<'_>, body: &Body) -> Cell {
    let count = body.evidence.len();
    if count == 0 {
        return Cell::default();
    }
    let missing = body.evidence.iter().filter(|e| source.snapshot().missing_evidence.contains(&e.sha256)).count();
    let names: Vec<&str> = body.evidence.iter().map(|e| e.name.as_str()).collect();
    let cell = Cell::new(count.to_string()).hover(names.join("\n"));
    if missing > 0 {
        cell.look(Look::Tinted(Tone::Warning)).hover(format!("{missing} tệp đang chờ gói minh chứng"))
    } else {
        cell
    }
}

fn task_cell(source: &Source<'_>, drafts: &Drafts, task: &Task, column: usize) -> Cell {
    let names = |ids: &[String]| {
        let catalogue = source.catalogue();
        let name = |id: &String| {
            catalogue
                .agency(id)
                .map(|a| a.short.clone())
                .or(catalogue.group(id).map(|g| g.name.clone()))
                .unwrap_or(id.clone())
        };
        ids.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    match column {
        NAME => return Cell::new(format!("{} {}", task.id, task.short)).hover(task.text.clone()),
        LEAD => return Cell::new(names(&task.lead)),
        COORDINATING => {
            let open = [names(&task.coordinating), task.coordinating_open.clone()];
            let all = open.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ");
            return Cell::new(all).look(Look::Faint);
        }
        TIME => return Cell::new(task.time.clone()).look(Look::Faint),
        _ => {}
    }
    let Some(key) = source.key(&task.id) else {
        return province_task_cell(source, task, column);
    };
    let body = drafts.body(source.snapshot(), &key);
    match Table::Tasks.field(source, &task.id, column) {
        Some(field) => {
            let typed = drafts.typed(&key, field).map(str::to_owned);
            let wrong = drafts.fault(&key, field).is_some();
            let look = if wrong { Look::Tinted(Tone::Danger) } else { Look::Plain };
            let text = typed.clone().unwrap_or_else(|| shown(&body, field));
            let cell = Cell::new(text.replace('\n', " ")).look(look).hover(if field == Field::Result {
                text
            } else {
                String::new()
            });
            // Several lines are for the form at the right: a cell has one.
            let begin = typed.unwrap_or_else(|| editable(&body, field));
            if source.may_edit(&task.id) && !begin.contains('\n') { cell.edit(begin) } else { cell }
        }
        None => state_cell(source, drafts, &task.id),
    }
}

/// How many of a task's leads have reported, and how far they are.
fn province_task_cell(source: &Source<'_>, task: &Task, column: usize) -> Cell {
    let standing = progress::task(source.snapshot(), source.scope(), task, source.period());
    match column {
        PERCENT => Cell::new(standing.percent().map(|mean| format_decimal(rounded(mean, 2))).unwrap_or_default()),
        RESULT => Cell::default(),
        _ => Cell::new(format!("{}/{} đơn vị", standing.reports.len(), standing.leads.len()))
            .look(Look::Badge(Tone::Neutral)),
    }
}

/// The number alone: its unit stands in the target's column.
fn short_value(indicator: &Indicator, value: rust_decimal::Decimal) -> String {
    match indicator.measure {
        Measure::Rate => format_decimal(rounded(value, 2)),
        Measure::Value => format_decimal(value),
        Measure::Ratio | Measure::Document => words::value(indicator, value),
    }
}

fn value_of(indicator: &Indicator, body: &Body) -> Option<rust_decimal::Decimal> {
    match &body.content {
        Content::Indicator(v) => progress::value_of(indicator, v),
        Content::Document(d) => progress::document_value(d),
        _ => None,
    }
}

fn reached(source: &Source<'_>, indicator: &Indicator) -> Option<bool> {
    source.progress(indicator)?.reached
}

/// Where a value came from: who, when, and in whose file.
fn origin(source: &Source<'_>, item: &str) -> String {
    let Some(revision) = source.record(item).and_then(Record::reported) else { return String::new() };
    let entered = format!("{} nhập lúc {}", revision.author, format_time(revision.time));
    if revision.origin == revision.key.agency {
        entered
    } else {
        format!("{entered}, tại {}", source.catalogue().agency_name(&revision.origin))
    }
}
