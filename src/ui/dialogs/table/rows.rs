//! The rows of the table: what is on record now, what would be, and why a row cannot be taken.

use egui::Ui;

use crate::catalogue::Catalogue;
use crate::record::Body;
use crate::table::{Loading, Rejected, Row, Skipped};
use crate::ui::theme::{Tone, space};
use crate::ui::view::Workspace;
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Grid, Lines, Look, Scroll, Width};
use crate::words;

#[derive(Debug, Default)]
pub(super) struct State {
    filter: Option<Fate>,
    grid: grid::State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    New,
    Changed,
    Same,
    Refused,
    Skipped,
}

#[derive(Clone, Copy)]
enum Line<'a> {
    Entry(&'a Row, Fate),
    Rejected(&'a Rejected),
    Skipped(&'a Skipped),
}

impl Fate {
    const ALL: [Fate; 5] = [Fate::New, Fate::Changed, Fate::Same, Fate::Refused, Fate::Skipped];

    fn text(self) -> &'static str {
        match self {
            Fate::New => "Mới",
            Fate::Changed => "Thay",
            Fate::Same => "Không đổi",
            Fate::Refused => "Từ chối",
            Fate::Skipped => "Bỏ qua",
        }
    }

    fn tone(self) -> Tone {
        match self {
            Fate::New => Tone::Success,
            Fate::Changed => Tone::Info,
            Fate::Same | Fate::Skipped => Tone::Neutral,
            Fate::Refused => Tone::Danger,
        }
    }
}

impl Line<'_> {
    fn number(&self) -> usize {
        match self {
            Line::Entry(row, _) => row.number,
            Line::Rejected(row) => row.number,
            Line::Skipped(row) => row.number,
        }
    }

    fn fate(&self) -> Fate {
        match self {
            Line::Entry(_, fate) => *fate,
            Line::Rejected(_) => Fate::Refused,
            Line::Skipped(_) => Fate::Skipped,
        }
    }
}

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, loading: &Loading, state: &mut State, room: f32) {
    let lines = lines(loading);
    let before = ui.cursor().top();
    filter_ui(ui, &lines, state);
    ui.add_space(space::XS);
    let shown: Vec<Line<'_>> = lines.into_iter().filter(|l| state.filter.is_none_or(|fate| l.fate() == fate)).collect();
    let columns = [
        Column::number("Dòng", 48.0),
        Column::text("Chỉ tiêu, nhiệm vụ", Width::Rest(170.0)),
        Column::text("Cơ quan", Width::Fixed(110.0)),
        Column::text("Đang có", Width::Rest(140.0)),
        Column::text("Sẽ ghi", Width::Rest(160.0)),
        Column::text("", Width::Fixed(96.0)),
        Column::text("Lưu ý", Width::Rest(220.0)),
    ];
    let height = (room - (ui.cursor().top() - before)).max(120.0);
    Grid::new("Các dòng của bảng", &columns).scroll(Scroll::Own(height)).lines(Lines::Two).show(
        ui,
        &mut state.grid,
        shown.len(),
        |row, column| cell(workspace.catalogue(), shown[row], column),
    );
}

/// Which rows are shown, with how many of each there are.
fn filter_ui(ui: &mut Ui, lines: &[Line<'_>], state: &mut State) {
    let count = |fate: Fate| lines.iter().filter(|line| line.fate() == fate).count();
    let mut options = vec![(None, format!("Tất cả {}", lines.len()))];
    options.extend(
        Fate::ALL
            .into_iter()
            .filter(|fate| count(*fate) > 0)
            .map(|fate| (Some(fate), format!("{} {}", fate.text(), count(fate)))),
    );
    if options.iter().all(|(fate, _)| *fate != state.filter) {
        state.filter = None;
    }
    let shown: Vec<(Option<Fate>, &str)> = options.iter().map(|(fate, text)| (*fate, text.as_str())).collect();
    if widgets::segmented(ui, &mut state.filter, &shown) {
        state.grid.clear();
    }
}

fn lines(loading: &Loading) -> Vec<Line<'_>> {
    let entries = loading.rows.iter().map(|row| Line::Entry(row, fate(row)));
    let rejected = loading.rejected.iter().map(Line::Rejected);
    let mut lines: Vec<Line<'_>> = entries.chain(rejected).chain(loading.skipped.iter().map(Line::Skipped)).collect();
    lines.sort_by_key(Line::number);
    lines
}

fn fate(row: &Row) -> Fate {
    match &row.before {
        None => Fate::New,
        Some(before) if before.is_withdrawn() => Fate::New,
        Some(before) if *before == row.body.clone().normalized() => Fate::Same,
        Some(_) => Fate::Changed,
    }
}

fn cell(catalogue: &Catalogue, line: Line<'_>, column: usize) -> Cell {
    match (line, column) {
        (_, 0) => Cell::new(line.number().to_string()).look(Look::Faint),
        (_, 5) => Cell::new(line.fate().text()).look(Look::Badge(line.fate().tone())),
        (Line::Entry(row, _), 1) => Cell::new(words::item(catalogue, &row.key.item)),
        (Line::Entry(row, _), 2) => {
            let agency = &row.key.agency;
            let short = catalogue.agency(agency).map_or(agency.as_str(), |a| &a.short);
            Cell::new(short).look(Look::Faint).hover(catalogue.agency_name(agency))
        }
        (Line::Entry(row, _), 3) => match &row.before {
            None => Cell::new("chưa có").look(Look::Faint),
            Some(before) => said(catalogue, row, before).look(Look::Faint),
        },
        (Line::Entry(row, fate), 4) => {
            let cell = said(catalogue, row, &row.body);
            if fate == Fate::Same { cell.look(Look::Faint) } else { cell.look(Look::Bold) }
        }
        (Line::Entry(row, _), 6) => {
            let findings = row.findings.iter().map(words::finding);
            let notes: Vec<String> = words::converted(catalogue, row).into_iter().chain(findings).collect();
            Cell::new(notes.join(". ")).look(Look::Tinted(Tone::Warning)).hover(notes.join("\n"))
        }
        (Line::Rejected(row), 1) => Cell::new(if row.item.is_empty() { "(không có mã)" } else { &row.item }),
        (Line::Rejected(row), 6) => {
            Cell::new(words::row_reason(&row.reason, catalogue)).look(Look::Tinted(Tone::Danger))
        }
        (Line::Skipped(row), 6) => Cell::new(words::skip(row.what)).look(Look::Faint),
        _ => Cell::default(),
    }
}

/// A value in a few words; where they would be the same before and after, the fields that differ. All of them on hover.
fn said(catalogue: &Catalogue, row: &Row, body: &Body) -> Cell {
    let fields = |body: &Body| words::fields(catalogue, &row.key, body);
    let in_lines = |fields: &[(&str, String)]| {
        let filled = fields.iter().filter(|(_, text)| !text.is_empty());
        filled.map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join("\n")
    };
    let all = fields(body);
    let mut text = words::content(catalogue, &row.key, body);
    if let Some(before) = &row.before
        && words::content(catalogue, &row.key, before) == words::content(catalogue, &row.key, &row.body)
    {
        let other = if body == before { fields(&row.body) } else { fields(before) };
        let differing: Vec<_> = all.iter().filter(|field| !other.contains(field)).cloned().collect();
        if !differing.is_empty() {
            text = in_lines(&differing);
        }
    }
    Cell::new(text.replace('\n', " · ")).hover(in_lines(&all))
}
