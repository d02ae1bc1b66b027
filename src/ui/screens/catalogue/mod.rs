//! Danh mục: the plan as data, to read: pillars, tasks, indicators, agencies, groups, calendar and errata.

mod detail;

use egui::{Label, Ui};

use super::parts::{self, Side};
use crate::catalogue::{Agency, Catalogue, Erratum, Group, Indicator, Pillar, Task};
use crate::text::matches;
use crate::ui::command::Command;
use crate::ui::state::Screen;
use crate::ui::theme::{self, icons, space};
use crate::ui::view::{View, Workspace};
use crate::ui::widgets::grid::{self, Cell, Column, Grid, Look, Scroll, Width};
use crate::ui::widgets::{self, Tab};
use crate::words;

#[derive(Debug, Default)]
pub struct State {
    sheet: Sheet,
    search: String,
    grid: grid::State,
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

pub fn show(ui: &mut Ui, _view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let catalogue = workspace.catalogue();
    let note = format!("{} · ấn bản {}", catalogue.plan.title, catalogue.plan.version);
    parts::head(ui, Screen::Catalogue.title(), &note, |_| {});
    ui.horizontal(|ui| {
        let before = (state.sheet, state.search.clone());
        widgets::tabs(ui, &mut state.sheet, &tabs(catalogue));
        if state.sheet != Sheet::Calendar {
            widgets::search_field(ui, "Tìm trong danh mục", 220.0, &mut state.search);
        }
        if before != (state.sheet, state.search.clone()) {
            state.grid.clear();
        }
    });
    ui.add_space(space::S);
    if state.sheet == Sheet::Calendar {
        return calendar_ui(ui, workspace);
    }
    let mut entries = entries(catalogue, state.sheet);
    entries.retain(|entry| matches(&searched(catalogue, *entry), &state.search));
    if entries.is_empty() {
        let hint = "Thử một phần khác của tên hoặc mã; không cần gõ dấu.";
        widgets::empty_state(ui, icons::SEARCH, "Không tìm thấy", hint, None);
        return;
    }
    parts::list_and_detail(ui, 0.56, |ui, side| match side {
        Side::Left => list_ui(ui, catalogue, state.sheet, &entries, &mut state.grid),
        Side::Right => {
            let chosen = state.grid.row().and_then(|row| entries.get(row)).or(entries.first());
            if let Some(entry) = chosen {
                parts::scrolled(ui, "entry", |ui| {
                    widgets::card(ui, |ui| detail::show(ui, workspace, *entry, out));
                });
            }
        }
    });
}

fn tabs(catalogue: &Catalogue) -> Vec<Tab<Sheet>> {
    let tab = |value, text: &str, count: usize| Tab {
        value,
        text: text.to_owned(),
        note: if count > 0 { count.to_string() } else { String::new() },
        mark: None,
        tooltip: String::new(),
    };
    vec![
        tab(Sheet::Indicators, "Chỉ tiêu", catalogue.indicators.len()),
        tab(Sheet::Tasks, "Nhiệm vụ", catalogue.tasks.len()),
        tab(Sheet::Pillars, "Trụ cột", catalogue.pillars.len()),
        tab(Sheet::Agencies, "Cơ quan", catalogue.agencies.len()),
        tab(Sheet::Groups, "Nhóm", catalogue.groups.len()),
        tab(Sheet::Calendar, "Lịch báo cáo", 0),
        tab(Sheet::Errata, "Sai sót văn bản", catalogue.errata.len()),
    ]
}

fn entries(catalogue: &Catalogue, sheet: Sheet) -> Vec<Entry<'_>> {
    match sheet {
        Sheet::Pillars => catalogue.pillars.iter().map(Entry::Pillar).collect(),
        Sheet::Tasks => catalogue.tasks.iter().map(Entry::Task).collect(),
        Sheet::Indicators => catalogue.indicators.iter().map(Entry::Indicator).collect(),
        Sheet::Agencies => catalogue.agencies.iter().map(Entry::Agency).collect(),
        Sheet::Groups => catalogue.groups.iter().map(Entry::Group).collect(),
        Sheet::Errata => catalogue.errata.iter().map(Entry::Erratum).collect(),
        Sheet::Calendar => Vec::new(),
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

fn list_ui(ui: &mut Ui, catalogue: &Catalogue, sheet: Sheet, entries: &[Entry<'_>], state: &mut grid::State) {
    let columns = columns(sheet);
    let height = ui.available_height();
    let chosen = state.row().or(Some(0));
    let grid = Grid::new("Danh mục", &columns).scroll(Scroll::Own(height)).marked(chosen);
    grid.show(ui, state, entries.len(), |row, column| cell(catalogue, entries[row], column));
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
        Sheet::Agencies => vec![rest("Cơ quan"), fixed("Tên gọn", 150.0), fixed("Trong kế hoạch", 120.0)],
        Sheet::Groups => vec![rest("Nhóm"), Column::number("Số cơ quan", 96.0)],
        Sheet::Errata => vec![Column::number("Số", 44.0), fixed("Dòng", 84.0), rest("Văn bản viết")],
        Sheet::Calendar => Vec::new(),
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
        (Entry::Agency(a), _) => Cell::new(if a.confirmed { "" } else { "chưa xác nhận" }).look(Look::Faint),
        (Entry::Group(g), 0) => Cell::new(&g.name),
        (Entry::Group(g), _) => Cell::new(catalogue.members(g).count().to_string()),
        (Entry::Erratum(e), 0) => Cell::new(e.number.to_string()).look(Look::Faint),
        (Entry::Erratum(e), 1) => Cell::new(lines(&e.lines)).look(Look::Faint),
        (Entry::Erratum(e), _) => Cell::new(&e.printed),
    }
}

/// Due dates and data windows of the year of the period shown.
fn calendar_ui(ui: &mut Ui, workspace: &Workspace) {
    use crate::catalogue::PeriodId;
    use crate::text::date::format_date;
    let catalogue = workspace.catalogue();
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
