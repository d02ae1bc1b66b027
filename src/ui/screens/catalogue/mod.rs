//! Danh mục: the plan as data: pillars, tasks, indicators, agencies, groups, calendar and errata. Where this agency receives
//! the reports, amendments are drafted here and made the next edition in one step.

mod components;
mod detail;
mod draft;
mod drafted;
mod editions;
mod form;

use std::sync::Arc;

use egui::{Align, Label, Layout, Ui};

use super::parts::{self, Side};
use crate::catalogue::{Agency, Catalogue, Erratum, Group, Indicator, PeriodId, Pillar, Task};
use crate::table::ComponentReading;
use crate::text::date::format_date;
use crate::text::matches;
use crate::ui::command::Command;
use crate::ui::state::Screen;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::{Access, View, Workspace};
use crate::ui::widgets::grid::{self, Cell, Column, Grid, Look, Scroll, Width};
use crate::ui::widgets::{self, Tab};
use crate::words;
use draft::{Draft, Item, Outcome};
use form::{Dialog, Ended, Form};

#[derive(Debug, Default)]
pub struct State {
    sheet: Sheet,
    search: String,
    grid: grid::State,
    draft: Draft,
    dialog: Option<Dialog>,
    editions: editions::State,
    components: components::State,
}

impl State {
    /// True where an amendment is drafted, or being filled in.
    pub fn unsaved(&self) -> bool {
        self.dialog.is_some() || !self.draft.is_empty()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Sheet {
    Pillars,
    Tasks,
    #[default]
    Indicators,
    Agencies,
    Groups,
    Calendar,
    Errata,
    Editions,
    /// Only where amendments can be made.
    Draft,
}

/// Whether amendments can be made here: by the agency that receives the reports, in a file that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Editing {
    Open,
    Closed,
}

/// One entry of the plan, whatever its kind.
#[derive(Clone, Copy)]
enum Entry<'a> {
    Pillar(&'a Pillar),
    Task(&'a Task),
    Indicator(&'a Indicator),
    Agency(&'a Agency),
    Group(&'a Group),
    Erratum(&'a Erratum),
}

pub fn show(ui: &mut Ui, view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let editing = match workspace.snapshot.receives() && workspace.access == Access::Write {
        true => Editing::Open,
        false => Editing::Closed,
    };
    let outcome = state.draft.outcome(&workspace.snapshot.catalogue);
    head_ui(ui, view, workspace, state, &outcome, editing, out);
    let before = (state.sheet, state.search.clone());
    widgets::tabs(
        ui,
        &mut state.sheet,
        &tabs(&outcome.catalogue, workspace.snapshot.editions.len() + 1, &state.draft, editing),
    );
    ui.add_space(space::XS);
    let wish = tools_ui(ui, view, workspace, &outcome.catalogue, state, editing, out);
    if before != (state.sheet, state.search.clone()) {
        state.grid.clear();
    }
    ui.add_space(space::S);
    let wish = sheet_ui(ui, view, workspace, state, &outcome, editing, out).or(wish);
    let present = &workspace.snapshot.catalogue;
    match wish {
        None => {}
        Some(detail::Wish::FillIn(form)) => state.dialog = Some(Dialog::new(form, &state.draft, present, None)),
        Some(detail::Wish::Add(amendment)) => state.draft.put(None, Item { amendment, form: None }),
    }
    dialog_ui(ui, workspace, state);
    if let Some(preview) = workspace.components.as_ref().filter(|_| editing == Editing::Open) {
        let added = components::show(ui, preview, &outcome.catalogue, &mut state.components, out);
        for amendment in added {
            state.draft.put(None, Item { amendment, form: None });
        }
    }
}

/// The title, and how far the draft is.
fn head_ui(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    state: &mut State,
    outcome: &Outcome,
    editing: Editing,
    out: &mut Vec<Command>,
) {
    let plan = &workspace.catalogue().plan;
    let note = format!("{} · ấn bản {}", plan.title, plan.version);
    parts::head(ui, Screen::Catalogue.title(), &note, |ui| {
        if editing == Editing::Closed {
            return;
        }
        let command = Command::Amend(Vec::new()).label();
        let ready = outcome.is_edition() && view.busy.is_none();
        let make = ui.add_enabled_ui(ready, |ui| widgets::primary(ui, command.icon, command.text)).inner;
        if make.on_hover_text(command.tooltip).clicked() && ready {
            out.push(Command::Amend(state.draft.amendments()));
        }
        if !state.draft.is_empty() {
            let count = state.draft.items().len();
            if outcome.is_edition() {
                widgets::badge(ui, Tone::Info, &format!("{count} thay đổi đang soạn"));
            } else {
                widgets::badge(ui, Tone::Danger, &format!("{count} thay đổi, có chỗ phải sửa"));
            }
        }
    });
}

/// The search, and at the right what can be added to the sheet.
fn tools_ui(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    catalogue: &Arc<Catalogue>,
    state: &mut State,
    editing: Editing,
    out: &mut Vec<Command>,
) -> Option<detail::Wish> {
    let mut wish = None;
    if matches!(state.sheet, Sheet::Editions | Sheet::Draft) {
        return wish;
    }
    ui.horizontal(|ui| {
        ui.set_min_height(theme::size::CONTROL);
        if state.sheet != Sheet::Calendar {
            widgets::search_field(ui, "Tìm trong danh mục", 320.0, &mut state.search);
        }
        if editing == Editing::Open {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let offered = match state.sheet {
                    Sheet::Agencies => Some((icons::PLUS, "Thêm cơ quan…")),
                    Sheet::Indicators => Some((icons::PLUS, "Thêm chỉ tiêu…")),
                    Sheet::Tasks | Sheet::Calendar => Some((icons::CALENDAR, "Ấn bản năm sau…")),
                    _ => None,
                };
                if state.sheet == Sheet::Indicators {
                    let how = components::as_usual(view.now.date_naive());
                    let (reading, base) = (ComponentReading::default(), Arc::clone(catalogue));
                    let command = Command::ReadComponents { path: None, reading, how, base };
                    out.extend(widgets::command_button(ui, command));
                }
                if offered.is_some_and(|(icon, text)| widgets::secondary(ui, icon, text).clicked()) {
                    wish = Some(detail::Wish::FillIn(match state.sheet {
                        Sheet::Agencies => Form::open_agency(),
                        Sheet::Indicators => Form::add_indicator(catalogue),
                        _ => Form::next_year(catalogue, workspace.period.id.year()),
                    }));
                }
            });
        }
    });
    wish
}

fn sheet_ui(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    state: &mut State,
    outcome: &Outcome,
    editing: Editing,
    out: &mut Vec<Command>,
) -> Option<detail::Wish> {
    let catalogue: &Catalogue = &outcome.catalogue;
    match state.sheet {
        Sheet::Calendar => {
            calendar_ui(ui, workspace, catalogue);
            return None;
        }
        Sheet::Editions => {
            editions::show(ui, view, workspace, &mut state.editions, &state.draft, editing, out);
            return None;
        }
        Sheet::Draft => {
            match drafted::show(ui, workspace, &state.draft, outcome) {
                None => {}
                Some(drafted::Wish::Remove(at)) => state.draft.remove(at),
                Some(drafted::Wish::RemoveAll) => state.draft.clear(),
                Some(drafted::Wish::Change(at)) => {
                    let form = state.draft.items().get(at).and_then(|item| item.form.clone());
                    let present = &workspace.snapshot.catalogue;
                    state.dialog = form.map(|form| Dialog::new(form, &state.draft, present, Some(at)));
                }
            }
            return None;
        }
        _ => {}
    }
    let mut entries = entries(catalogue, state.sheet);
    entries.retain(|entry| matches(&searched(catalogue, *entry), &state.search));
    if entries.is_empty() {
        let hint = "Thử một phần khác của tên hoặc mã; không cần gõ dấu.";
        widgets::empty_state(ui, icons::SEARCH, "Không tìm thấy", hint, None);
        return None;
    }
    let mut wish = None;
    parts::list_and_detail(ui, 0.56, |ui, side| match side {
        Side::Left => list_ui(ui, workspace, catalogue, state.sheet, &entries, &mut state.grid),
        Side::Right => {
            let chosen = state.grid.row().and_then(|row| entries.get(row)).or(entries.first());
            if let Some(entry) = chosen {
                parts::scrolled(ui, "entry", |ui| {
                    wish = widgets::card(ui, |ui| detail::show(ui, workspace, catalogue, *entry, editing, out));
                });
            }
        }
    });
    wish
}

fn dialog_ui(ui: &mut Ui, workspace: &Workspace, state: &mut State) {
    let Some(dialog) = &mut state.dialog else { return };
    match dialog.show(ui, &state.draft, &workspace.snapshot.catalogue) {
        Ended::No => return,
        Ended::Closed => {}
        Ended::Made(at, item) => {
            state.draft.put(at, *item);
            ui.ctx().request_repaint();
        }
    }
    state.dialog = None;
}

fn tabs(catalogue: &Catalogue, known_editions: usize, draft: &Draft, editing: Editing) -> Vec<Tab<Sheet>> {
    let tab = |value, text: &str, count: usize| Tab {
        value,
        text: text.to_owned(),
        note: if count > 0 { count.to_string() } else { String::new() },
        mark: None,
        tooltip: String::new(),
    };
    let mut tabs = vec![
        tab(Sheet::Indicators, "Chỉ tiêu", catalogue.indicators.len()),
        tab(Sheet::Tasks, "Nhiệm vụ", catalogue.tasks.len()),
        tab(Sheet::Pillars, "Trụ cột", catalogue.pillars.len()),
        tab(Sheet::Agencies, "Cơ quan", catalogue.agencies.len()),
        tab(Sheet::Groups, "Nhóm", catalogue.groups.len()),
        tab(Sheet::Calendar, "Lịch báo cáo", 0),
        tab(Sheet::Errata, "Sai sót văn bản", catalogue.errata.len()),
    ];
    tabs.push(tab(Sheet::Editions, "Ấn bản", known_editions));
    if editing == Editing::Open {
        tabs.push(tab(Sheet::Draft, "Đang soạn", draft.items().len()));
    }
    tabs
}

fn entries(catalogue: &Catalogue, sheet: Sheet) -> Vec<Entry<'_>> {
    match sheet {
        Sheet::Pillars => catalogue.pillars.iter().map(Entry::Pillar).collect(),
        Sheet::Tasks => catalogue.tasks.iter().map(Entry::Task).collect(),
        Sheet::Indicators => catalogue.indicators.iter().map(Entry::Indicator).collect(),
        Sheet::Agencies => catalogue.agencies.iter().map(Entry::Agency).collect(),
        Sheet::Groups => catalogue.groups.iter().map(Entry::Group).collect(),
        Sheet::Errata => catalogue.errata.iter().map(Entry::Erratum).collect(),
        Sheet::Calendar | Sheet::Editions | Sheet::Draft => Vec::new(),
    }
}

/// The text in which an entry is found.
fn searched(catalogue: &Catalogue, entry: Entry<'_>) -> String {
    match entry {
        Entry::Pillar(p) => format!("{} {} {}", p.numeral, p.title, p.printed),
        Entry::Task(t) => format!("{} {} {} {}", t.id, t.text, t.printed, names(catalogue, &t.lead)),
        Entry::Indicator(i) => format!("{} {} {} {}", i.id, i.title, i.short, names(catalogue, &i.reporters)),
        Entry::Agency(a) => format!("{} {} {} {}", a.id, a.name, a.short, a.aliases.join(" ")),
        Entry::Group(g) => format!("{} {} {}", g.id, g.name, g.aliases.join(" ")),
        Entry::Erratum(e) => format!("{} {} {}", e.number, e.printed, e.reading),
    }
}

/// The names behind a list of agency and group ids.
fn names(catalogue: &Catalogue, ids: &[String]) -> String {
    let name = |id: &String| match catalogue.group(id) {
        Some(group) => group.name.clone(),
        None => catalogue.agency_name(id).to_owned(),
    };
    ids.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn lines(lines: &[u32]) -> String {
    match lines {
        [] => "không có trong văn bản".to_owned(),
        lines => lines.iter().map(u32::to_string).collect::<Vec<_>>().join(", "),
    }
}

fn list_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    catalogue: &Catalogue,
    sheet: Sheet,
    entries: &[Entry<'_>],
    state: &mut grid::State,
) {
    let columns = columns(sheet);
    let height = ui.available_height();
    let chosen = state.row().or(Some(0));
    let grid = Grid::new("Danh mục", &columns).scroll(Scroll::Own(height)).marked(chosen);
    grid.show(ui, state, entries.len(), |row, column| {
        let cell = cell(catalogue, entries[row], column);
        match mark(workspace.catalogue(), entries[row]) {
            Mark::AsItIs => cell,
            Mark::Drafted => cell.look(Look::Tinted(Tone::Info)).hover("Có thay đổi đang soạn"),
        }
    });
}

/// Whether an entry is otherwise in the present edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    AsItIs,
    Drafted,
}

fn mark(present: &Catalogue, entry: Entry<'_>) -> Mark {
    let same = match entry {
        Entry::Agency(a) => present.agency(&a.id) == Some(a),
        Entry::Indicator(i) => present.indicator(&i.id) == Some(i),
        Entry::Task(t) => present.task(&t.id) == Some(t),
        Entry::Pillar(_) | Entry::Group(_) | Entry::Erratum(_) => true,
    };
    if same { Mark::AsItIs } else { Mark::Drafted }
}

fn columns(sheet: Sheet) -> Vec<Column<'static>> {
    let fixed = |title, width| Column::text(title, Width::Fixed(width));
    let rest = |title| Column::text(title, Width::Rest(160.0));
    match sheet {
        Sheet::Pillars => vec![fixed("Số", 48.0), rest("Trụ cột"), Column::number("Trọng số", 88.0)],
        Sheet::Tasks => vec![fixed("Mã", 60.0), rest("Nhiệm vụ"), fixed("Chủ trì", 170.0), fixed("Thời gian", 120.0)],
        Sheet::Indicators => {
            vec![fixed("Mã", 54.0), rest("Chỉ tiêu"), Column::number("Mục tiêu", 136.0), fixed("Trụ cột", 130.0)]
        }
        Sheet::Agencies => vec![rest("Cơ quan"), fixed("Tên gọn", 150.0), fixed("Tình trạng", 150.0)],
        Sheet::Groups => vec![rest("Nhóm"), Column::number("Số cơ quan", 96.0)],
        Sheet::Errata => vec![Column::number("Số", 44.0), fixed("Dòng", 84.0), rest("Văn bản viết")],
        Sheet::Calendar | Sheet::Editions | Sheet::Draft => Vec::new(),
    }
}

fn cell(catalogue: &Catalogue, entry: Entry<'_>, column: usize) -> Cell {
    match (entry, column) {
        (Entry::Pillar(p), 0) => Cell::new(p.id.to_string()).look(Look::Faint),
        (Entry::Pillar(p), 1) => Cell::new(&p.title),
        (Entry::Pillar(p), _) => Cell::new(p.weight.to_string()),
        (Entry::Task(t), 0) => Cell::new(&t.id).look(Look::Faint),
        (Entry::Task(t), 1) => Cell::new(&t.short).hover(&t.text),
        (Entry::Task(t), 2) => Cell::new(names(catalogue, &t.lead)),
        (Entry::Task(t), _) => Cell::new(&t.time),
        (Entry::Indicator(i), 0) => Cell::new(&i.id).look(Look::Faint),
        (Entry::Indicator(i), 1) => Cell::new(&i.short).hover(&i.title),
        (Entry::Indicator(i), 2) => Cell::new(words::target(i)),
        (Entry::Indicator(i), _) => Cell::new(catalogue.pillar(i.pillar).map_or("", |p| &p.short)).look(Look::Faint),
        (Entry::Agency(a), 0) => Cell::new(&a.name),
        (Entry::Agency(a), 1) => Cell::new(&a.short),
        (Entry::Agency(a), _) => Cell::new(standing(a)).look(Look::Faint),
        (Entry::Group(g), 0) => Cell::new(&g.name),
        (Entry::Group(g), _) => Cell::new(catalogue.members(g).count().to_string()),
        (Entry::Erratum(e), 0) => Cell::new(e.number.to_string()).look(Look::Faint),
        (Entry::Erratum(e), 1) => Cell::new(lines(&e.lines)).look(Look::Faint),
        (Entry::Erratum(e), _) => Cell::new(&e.printed),
    }
}

fn standing(agency: &Agency) -> String {
    match (agency.valid_from, agency.valid_to) {
        (_, Some(to)) => format!("đến {}", format_date(to)),
        (Some(from), None) => format!("từ {}", format_date(from)),
        (None, None) if agency.confirmed => String::new(),
        (None, None) => "chưa xác nhận".to_owned(),
    }
}

/// Due dates and data windows of the year of the period shown.
fn calendar_ui(ui: &mut Ui, workspace: &Workspace, catalogue: &Catalogue) {
    let year = workspace.period.id.year();
    let mut ids: Vec<PeriodId> = (1..=4).map(|quarter| PeriodId::Quarter { year, quarter }).collect();
    ids.push(PeriodId::Year { year });
    parts::scrolled(ui, "calendar", |ui| {
        let columns = [
            Column::text("Kỳ", Width::Fixed(140.0)),
            Column::text("Số liệu từ ngày", Width::Fixed(160.0)),
            Column::text("đến hết ngày", Width::Fixed(160.0)),
            Column::text("Nộp trước ngày", Width::Rest(160.0)),
        ];
        let mut state = grid::State::default();
        Grid::new("Lịch báo cáo", &columns).show(ui, &mut state, ids.len(), |row, column| {
            let period = catalogue.period(&ids[row]);
            match column {
                0 => Cell::new(words::period(&period.id)).look(Look::Bold),
                1 => Cell::new(format_date(period.from)),
                2 => Cell::new(format_date(period.to)),
                _ => Cell::new(format_date(period.due_before)),
            }
        });
        ui.add_space(space::M);
        let receiver = catalogue.agency_name(&catalogue.plan.receiver);
        ui.add(Label::new(format!("Báo cáo gửi về {receiver}.")).wrap());
        for note in [&catalogue.plan.receiver_note, &catalogue.calendar.note] {
            if !note.is_empty() {
                ui.add(Label::new(theme::secondary(ui, note)).wrap());
            }
        }
    });
}
