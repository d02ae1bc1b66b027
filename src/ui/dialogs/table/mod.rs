//! A table that was read: what it is, what its columns are, and row by row what recording it would do. Nothing is
//! recorded before the officer says so.

mod columns;
mod legacy;
mod rows;

use std::path::PathBuf;

use egui::{Frame, Id, Label, Margin, Modal, Ui};

use crate::table::{Entries, Loading, Marks, Preview, Reading, SheetError, TableError};
use crate::ui::command::Command;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::{Access, TablePreview, View, Workspace};
use crate::ui::widgets;
use crate::words;

#[derive(Debug, Default)]
pub(super) struct State {
    rows: rows::State,
    columns: columns::State,
    legacy: legacy::State,
    /// The table that all of this is about.
    of: PathBuf,
}

const WIDTH: f32 = 1260.0;
/// Points that stand above and below what is shown: title, counts, buttons.
const AROUND: f32 = 190.0;

pub(super) fn show(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    shown: &TablePreview,
    state: &mut State,
    out: &mut Vec<Command>,
) {
    if state.of != shown.path {
        *state = State { of: shown.path.clone(), ..State::default() };
    }
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(space::L as i8));
    let window = ui.ctx().content_rect();
    let modal = Modal::new(Id::unique("table")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(WIDTH.min(window.width() - 64.0));
        head_ui(ui, workspace, shown, out);
        let room = (window.height() - AROUND).max(200.0);
        match &shown.preview {
            Err(SheetError::Legacy(found)) => legacy::show(ui, shown, found, &mut state.legacy, room, out),
            Err(error) => refused_ui(ui, &words::sheet_error(error), out),
            Ok(preview) => table_ui(ui, view, workspace, shown, preview, state, room, out),
        }
    });
    // A click beside it may be a slip of the hand, and would throw all the choices away.
    if modal.should_close() && !modal.backdrop_response.clicked() {
        out.push(Command::DiscardTable);
    }
}

/// The file, what form it is, and the sheet to read.
fn head_ui(ui: &mut Ui, workspace: &Workspace, shown: &TablePreview, out: &mut Vec<Command>) {
    let name = shown.path.file_name().unwrap_or_default().to_string_lossy();
    ui.horizontal(|ui| {
        ui.label(theme::section_title(format!("Nhập từ bảng: {name}")));
        let Ok(preview) = &shown.preview else { return };
        if let Some(form) = &preview.form {
            let agency = workspace.catalogue().agency_name(&form.agency);
            let text = format!("Biểu mẫu của {agency}, {}", words::period(&form.period));
            widgets::badge(ui, Tone::Info, &text);
        }
        if preview.sheets.len() > 1 {
            let sheets: Vec<(String, String)> = preview.sheets.iter().map(|s| (s.clone(), s.clone())).collect();
            let mut sheet = preview.sheet.clone();
            if widgets::dropdown(ui, "Trang", 200.0, &mut sheet, &sheets) {
                // Its headings are others.
                out.push(Command::ReadTable(Reading { sheet: Some(sheet), mapping: None, ..shown.reading.clone() }));
            }
            let text = format!("Tệp có {} trang: chọn lại nếu chưa đúng trang", preview.sheets.len());
            widgets::badge(ui, Tone::Warning, &text);
        }
    });
    let period = words::period(&workspace.period.id);
    let text = format!("Ghi vào {period}. Chưa có gì thay đổi cho đến khi bấm Ghi.");
    ui.add(Label::new(theme::secondary(ui, text)).wrap());
    ui.add_space(space::S);
}

#[allow(clippy::too_many_arguments)]
fn table_ui(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    shown: &TablePreview,
    preview: &Preview,
    state: &mut State,
    room: f32,
    out: &mut Vec<Command>,
) {
    let before = ui.cursor().top();
    if preview.form.is_none() && !preview.columns.is_empty() {
        columns::show(ui, shown, preview, &mut state.columns, out);
    }
    match &preview.result {
        Err(error) => {
            let reason = words::table_error(error, workspace.catalogue());
            if let TableError::FormOfPeriod(period) = error {
                widgets::banner(ui, Tone::Danger, &reason);
                ui.add_space(space::S);
                let text = format!("Mở kỳ {}", words::period(period));
                ui.horizontal(|ui| {
                    if widgets::primary(ui, icons::CALENDAR, &text).clicked() {
                        out.push(Command::ChoosePeriod(period.clone()));
                    }
                    discard_ui(ui, out);
                });
            } else {
                refused_ui(ui, &reason, out);
            }
        }
        Ok(Entries { loading, .. }) => {
            marks_ui(ui, shown, loading, out);
            let room = room - (ui.cursor().top() - before);
            rows::show(ui, workspace, loading, &mut state.rows, room);
            ui.add_space(space::M);
            ui.horizontal(|ui| {
                let ready = !loading.rows.is_empty() && workspace.access == Access::Write && view.busy.is_none();
                let text = match loading.rejected.len() {
                    0 => format!("Ghi {} mục", loading.rows.len()),
                    refused => format!("Ghi {} mục, bỏ {refused} dòng bị từ chối", loading.rows.len()),
                };
                let label = Command::ApplyTable.label();
                let button = ui.add_enabled_ui(ready, |ui| widgets::primary(ui, label.icon, &text)).inner;
                if button.on_hover_text(label.tooltip).clicked() {
                    out.push(Command::ApplyTable);
                }
                discard_ui(ui, out);
            });
        }
    }
}

/// The question on numbers that can be read two ways, for the whole table at once.
fn marks_ui(ui: &mut Ui, shown: &TablePreview, loading: &Loading, out: &mut Vec<Command>) {
    let count = loading.ambiguous().count();
    if count == 0 && shown.reading.marks == Marks::Ask {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        if let Some(example) = loading.ambiguous().next() {
            let text = format!("{count} dòng có số đọc được hai cách, ví dụ “{example}”");
            widgets::badge(ui, Tone::Warning, &text);
        }
        let mut marks = shown.reading.marks;
        if widgets::marks_choice(ui, &mut marks) {
            out.push(Command::ReadTable(Reading { marks, ..shown.reading.clone() }));
        }
    });
    ui.add_space(space::XS);
}

fn refused_ui(ui: &mut Ui, reason: &str, out: &mut Vec<Command>) {
    widgets::banner(ui, Tone::Danger, reason);
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        if widgets::secondary(ui, icons::FILE_XLS, "Chọn tệp khác…").clicked() {
            out.push(Command::LoadTable);
        }
        discard_ui(ui, out);
    });
}

fn discard_ui(ui: &mut Ui, out: &mut Vec<Command>) {
    out.extend(widgets::command_button(ui, Command::DiscardTable));
}
