//! Who has filed: agencies by period, and the report of the chosen one with what to answer.

use egui::Ui;

use super::super::overview::tone_of;
use super::super::parts::{self, Side};
use super::{answer, chase};
use crate::catalogue::Id;
use crate::progress::AgencyStatus;
use crate::text::date::format_time;
use crate::text::matches;
use crate::ui::command::Command;
use crate::ui::theme::icons;
use crate::ui::view::{PeriodStatuses, View, Workspace};
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Grid, Look, Scroll, Width};
use crate::words;

#[derive(Debug, Default)]
pub(super) struct State {
    matrix: grid::State,
    answer: answer::State,
    chase: chase::State,
}

impl State {
    pub fn unsaved(&self) -> bool {
        self.answer.unsaved()
    }
}

/// The matrix agency x period; beside it the report of the chosen agency for the period, and what to answer.
pub(super) fn show(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    search: &str,
    state: &mut State,
    out: &mut Vec<Command>,
) {
    let catalogue = workspace.catalogue();
    let mut agencies: Vec<&Id> = Vec::new();
    for column in &workspace.matrix {
        for status in &column.statuses {
            if !agencies.contains(&&status.agency) {
                agencies.push(&status.agency);
            }
        }
    }
    agencies.retain(|id| matches(catalogue.agency_name(id), search));
    let titles: Vec<String> = workspace.matrix.iter().map(|c| words::period(&c.period)).collect();
    let mut columns = vec![Column::text("Cơ quan", Width::Rest(240.0))];
    columns.extend(titles.iter().map(|title| Column::text(title, Width::Fixed(150.0))));
    if agencies.is_empty() {
        let hint = "Không có cơ quan nào khớp với nội dung tìm.";
        widgets::empty_state(ui, icons::AGENCY, "Không tìm thấy", hint, None);
        return;
    }
    let State { matrix, answer, chase } = state;
    let chosen = matrix.row().and_then(|row| agencies.get(row)).copied();
    chase::show(ui, view, workspace, chosen, chase, out);
    let grid = |ui: &mut Ui, matrix: &mut grid::State| {
        let height = ui.available_height();
        Grid::new("Tình hình nộp báo cáo", &columns).scroll(Scroll::Own(height)).show(
            ui,
            matrix,
            agencies.len(),
            |row, column| match column.checked_sub(1) {
                None => Cell::new(catalogue.agency_name(agencies[row])),
                Some(period) => cell(&workspace.matrix[period], agencies[row]),
            },
        );
    };
    let Some(agency) = chosen else {
        // Nobody chosen: the whole width is the matrix's.
        grid(ui, matrix);
        return;
    };
    parts::list_and_detail(ui, 0.5, |ui, side| match side {
        Side::Left => grid(ui, matrix),
        Side::Right => answer::show(ui, view, workspace, agency, answer, out),
    });
}

fn cell(column: &PeriodStatuses, agency: &str) -> Cell {
    match column.statuses.iter().find(|s| s.agency == agency) {
        None => Cell::new("không phải báo cáo").look(Look::Faint),
        Some(status) => Cell::new(words::agency_state(status.state))
            .look(Look::Badge(tone_of(status.state, status.days_left)))
            .hover(in_full(status)),
    }
}

fn in_full(status: &AgencyStatus) -> String {
    let filed = match (status.filing, status.filed_at) {
        (Some(filing), Some(time)) => match &status.arrival {
            Some(arrival) => format!("{}, {}\n", words::filing(filing), words::arrival(arrival)),
            None => format!("{}, {}\n", words::filing(filing), format_time(time)),
        },
        _ => String::new(),
    };
    let counts = format!("đã có {}/{} mục", status.reported.len(), status.expected.len());
    let conflicts = match status.conflicts.len() {
        0 => String::new(),
        count => format!("\n{count} số liệu chờ quyết định"),
    };
    format!("{filed}{counts}{conflicts}")
}
