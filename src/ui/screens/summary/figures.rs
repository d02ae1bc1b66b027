//! The province's value per indicator; behind the chosen one its units, and behind a unit its report and evidence.

use std::borrow::Cow;

use egui::{Label, ScrollArea, Ui};

use super::super::overview::tone_of;
use super::super::parts::{self, Side};
use crate::catalogue::{Catalogue, Indicator};
use crate::progress::{IndicatorProgress, Score, UnitFigure, UnitState};
use crate::text::bytes::format_size;
use crate::text::matches;
use crate::text::number::format_decimal;
use crate::ui::command::Command;
use crate::ui::state::Place;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::Workspace;
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Event, Grid, Lines, Look, Scroll, Width};
use crate::words;

#[derive(Debug, Default)]
pub(super) struct State {
    grid: grid::State,
    units: grid::State,
}

/// The province's value per indicator, and the units behind the chosen one.
pub(super) fn show(ui: &mut Ui, workspace: &Workspace, search: &str, state: &mut State, out: &mut Vec<Command>) {
    let Some(score) = &workspace.province else { return };
    let rows = rows(workspace, score, search);
    parts::list_and_detail(ui, 0.56, |ui, side| match side {
        Side::Left => figures_grid(ui, &rows, &mut state.grid),
        Side::Right => match state.grid.row().and_then(|row| rows.get(row)) {
            Some((indicator, progress)) => units_ui(ui, workspace, indicator, progress, &mut state.units, out),
            None => {
                let hint = "Chọn một chỉ tiêu ở bảng bên trái.";
                widgets::empty_state(ui, icons::SUM, "Từng đơn vị trong số tổng hợp", hint, None);
            }
        },
    });
}

pub(super) type FigureRow<'a> = (Cow<'a, Indicator>, &'a IndicatorProgress);

pub(super) fn rows<'a>(workspace: &'a Workspace, score: &'a Score, search: &str) -> Vec<FigureRow<'a>> {
    let catalogue = workspace.catalogue();
    let all = score.pillars.iter().flat_map(|p| &p.indicators);
    let due = all.filter(|progress| progress.units_expected > 0);
    let named = due.filter_map(|progress| {
        Some((catalogue.then(catalogue.indicator(&progress.item)?, &workspace.period.id), progress))
    });
    named.filter(|(i, _)| matches(&format!("{} {} {}", i.id, i.short, i.title), search)).collect()
}

fn figures_grid(ui: &mut Ui, rows: &[FigureRow<'_>], state: &mut grid::State) {
    let columns = [
        Column::text("Mã", Width::Fixed(52.0)),
        Column::text("Chỉ tiêu", Width::Rest(160.0)),
        Column::number("Mục tiêu", 104.0),
        Column::number("Toàn tỉnh", 104.0),
        Column::text("Đạt", Width::Fixed(104.0)).tooltip("Mức đạt so với mục tiêu"),
        Column::number("Đơn vị", 60.0).tooltip("Số đơn vị đã tính trong số phải báo cáo"),
    ];
    let height = ui.available_height();
    let chosen = state.row();
    Grid::new("Số liệu toàn tỉnh", &columns).scroll(Scroll::Own(height)).lines(Lines::Two).marked(chosen).show(
        ui,
        state,
        rows.len(),
        |row, column| {
            let (indicator, progress) = &rows[row];
            match column {
                0 => Cell::new(&indicator.id).look(Look::Faint),
                1 => Cell::new(&indicator.short).hover(&indicator.title),
                2 => Cell::new(words::target(indicator)),
                3 => match progress.value {
                    Some(value) => Cell::new(words::value(indicator, value)).look(Look::Bold).hover(parts_of(progress)),
                    None => Cell::new("chưa có").look(Look::Faint),
                },
                4 => reached_cell(progress),
                _ => {
                    let whole = progress.units_in == progress.units_expected;
                    let look = if whole { Look::Plain } else { Look::Tinted(Tone::Warning) };
                    Cell::new(format!("{}/{}", progress.units_in, progress.units_expected)).look(look)
                }
            }
        },
    );
}

fn reached_cell(progress: &IndicatorProgress) -> Cell {
    let text = progress.attainment.map(words::attainment).unwrap_or_default();
    match progress.reached {
        Some(true) => Cell::new(format!("{text} đạt").trim()).look(Look::Tinted(Tone::Success)),
        Some(false) => Cell::new(format!("{text} chưa đạt").trim()).look(Look::Tinted(Tone::Warning)),
        None => Cell::new(text).look(Look::Faint),
    }
}

fn parts_of(progress: &IndicatorProgress) -> String {
    match (progress.numerator, progress.denominator) {
        (Some(n), Some(d)) => format!("{}/{}", format_decimal(n), format_decimal(d)),
        _ => String::new(),
    }
}

/// Points that the report of the chosen unit takes below the list of units.
const UNIT_HEIGHT: f32 = 196.0;

fn units_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    indicator: &Indicator,
    progress: &IndicatorProgress,
    state: &mut grid::State,
    out: &mut Vec<Command>,
) {
    let catalogue = workspace.catalogue();
    ui.add(Label::new(theme::bold(format!("{} {}", indicator.id, indicator.title))).wrap());
    let value = progress.value.map_or("chưa có số liệu".to_owned(), |v| words::value(indicator, v));
    let line = format!("Toàn tỉnh: {value} · {} · mục tiêu {}", words::units(progress), words::target(indicator));
    ui.add(Label::new(theme::secondary(ui, line)).wrap());
    ui.add_space(space::S);
    let columns = [
        Column::text("Đơn vị", Width::Rest(100.0)),
        Column::number("Số liệu", 84.0),
        Column::number("Tử/mẫu số", 96.0),
        Column::text("Trạng thái", Width::Fixed(120.0)),
        Column::number("Tệp", 44.0).tooltip("Số tệp minh chứng"),
    ];
    let units = &progress.units;
    let chosen = state.row().and_then(|row| units.get(row));
    let height = ui.available_height() - if chosen.is_some() { UNIT_HEIGHT } else { 0.0 };
    let events = Grid::new("Từng đơn vị", &columns).scroll(Scroll::Own(height)).lines(Lines::Two).show(
        ui,
        state,
        units.len(),
        |row, column| unit_cell(catalogue, indicator, &units[row], column),
    );
    for event in events {
        if let Event::Opened { row, .. } = event {
            out.push(go(indicator, &units[row]));
        }
    }
    if let Some(unit) = chosen {
        ui.add_space(space::S);
        unit_ui(ui, workspace, indicator, unit, out);
    }
}

/// One unit's report: whether it came in time, what it says, and the files that prove it.
fn unit_ui(ui: &mut Ui, workspace: &Workspace, of: &Indicator, unit: &UnitFigure, out: &mut Vec<Command>) {
    let snapshot = &workspace.snapshot;
    widgets::card(ui, |ui| {
        widgets::section(ui, snapshot.catalogue.agency_name(&unit.agency), |ui| {
            if widgets::quiet(ui, icons::ARROW_RIGHT, "Đến dòng số liệu").clicked() {
                out.push(go(of, unit));
            }
            if let Some(status) = workspace.statuses.iter().find(|s| s.agency == unit.agency) {
                widgets::badge(ui, tone_of(status.state, status.days_left), words::agency_state(status.state));
            }
        });
        let scroll = ScrollArea::vertical().id_salt("unit").auto_shrink([false, true]);
        scroll.show(ui, |ui| {
            let record = snapshot.item(&of.id, &unit.agency, &workspace.period.id);
            let Some(revision) = record.and_then(|r| r.reported()) else {
                ui.label(theme::secondary(ui, words::unit_state(unit.state)));
                return;
            };
            let said = words::content(&snapshot.catalogue, &revision.key, &revision.body);
            ui.add(Label::new(said).wrap());
            if revision.body.evidence.is_empty() {
                ui.label(theme::secondary(ui, "Chưa có minh chứng"));
            }
            for file in &revision.body.evidence {
                widgets::file_row(ui, &file.name, &format_size(file.bytes), |ui| {
                    parts::evidence_actions(ui, snapshot, file, out);
                });
            }
        });
    });
}

fn go(of: &Indicator, unit: &UnitFigure) -> Command {
    Command::Go(Place::Item { item: of.id.clone(), agency: unit.agency.clone() })
}

fn unit_cell(catalogue: &Catalogue, indicator: &Indicator, unit: &UnitFigure, column: usize) -> Cell {
    match column {
        0 => {
            let short = catalogue.agency(&unit.agency).map_or(unit.agency.as_str(), |a| &a.short);
            Cell::new(short).hover(catalogue.agency_name(&unit.agency))
        }
        1 => Cell::new(unit.value.map(|v| words::value(indicator, v)).unwrap_or_default()),
        2 => match (unit.numerator, unit.denominator) {
            (Some(n), Some(d)) => Cell::new(format!("{}/{}", format_decimal(n), format_decimal(d))).look(Look::Faint),
            _ => Cell::new(""),
        },
        4 if unit.state == UnitState::Counted && unit.evidence == 0 => Cell::new("0").look(Look::Tinted(Tone::Warning)),
        4 => Cell::new(if unit.evidence == 0 { String::new() } else { unit.evidence.to_string() }),
        _ => {
            let tone = match unit.state {
                UnitState::Counted => Tone::Success,
                UnitState::Missing | UnitState::NoData => Tone::Warning,
                UnitState::NotApplicable => Tone::Neutral,
                UnitState::Conflict | UnitState::WithoutParts => Tone::Danger,
            };
            Cell::new(words::unit_state(unit.state)).look(Look::Badge(tone))
        }
    }
}
