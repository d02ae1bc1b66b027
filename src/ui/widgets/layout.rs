//! How things stand: cards, section heads, facts, rows for files, and what an empty place says.

use egui::{Align, Frame, Label, Layout, Margin, Response, RichText, Stroke, Ui};

use super::button;
use crate::ui::theme::{self, icons, palette, size, space};

/// A white sheet with a hairline around.
pub fn card<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let p = palette(ui);
    Frame::new()
        .fill(p.panel)
        .stroke(Stroke::new(1.0, p.line))
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::same(12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
        .inner
}

/// A section's title, and at the right what can be done with it.
pub fn section(ui: &mut Ui, title: &str, right: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(theme::section_title(title));
        ui.with_layout(Layout::right_to_left(Align::Center), right);
    });
}

/// A small grey label with `add` below it; inputs in it take the label as their name.
pub fn label_over<R>(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let text = theme::caption(ui, label);
        let id = ui.label(text).id;
        ui.label_inputs_by(id, add)
    })
    .inner
}

/// A fact in one line: grey label, then the value, which wraps.
pub fn fact(ui: &mut Ui, label: &str, value: &str) {
    fact_in(ui, label, RichText::new(value));
}

/// A fact whose value has a look of its own.
pub fn fact_in(ui: &mut Ui, label: &str, value: RichText) {
    ui.horizontal_top(|ui| {
        let width = 112.0;
        ui.allocate_ui_with_layout(egui::vec2(width, 20.0), Layout::left_to_right(Align::Min), |ui| {
            ui.set_min_width(width);
            ui.label(theme::caption(ui, label));
        });
        ui.add(Label::new(value).wrap());
    });
}

/// A line of text that is cut at the available width; the whole of it on hover.
pub fn elided(ui: &mut Ui, text: impl Into<egui::WidgetText>) -> Response {
    ui.add(Label::new(text).truncate())
}

/// What an empty place says: what is missing, and what to do. True where its button was pressed.
pub fn empty_state(ui: &mut Ui, icon: &str, title: &str, hint: &str, action: Option<&str>) -> bool {
    let mut pressed = false;
    ui.vertical_centered(|ui| {
        ui.add_space(space::XL);
        ui.label(RichText::new(icon).size(32.0).color(palette(ui).frame));
        ui.label(theme::bold(title));
        let text = theme::secondary(ui, hint);
        ui.add(Label::new(text).wrap());
        if let Some(text) = action {
            ui.add_space(space::S);
            pressed = button::secondary(ui, icons::PLUS, text).clicked();
        }
        ui.add_space(space::XL);
    });
    pressed
}

/// A file: its kind's icon, its name, a grey detail, and what can be done with it at the right.
pub fn file_row(ui: &mut Ui, name: &str, detail: &str, right: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        let glyph = file_icon(name);
        ui.label(theme::icon(glyph).color(palette(ui).secondary));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            right(ui);
            let detail = theme::caption(ui, detail);
            ui.label(detail);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                elided(ui, name);
            });
        });
    });
}

fn file_icon(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase());
    match ending.as_str() {
        "xls" | "xlsx" | "csv" | "ods" => icons::FILE_XLS,
        "zip" | "rar" | "7z" => icons::FILE_ZIP,
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" => icons::IMAGE,
        "doc" | "docx" | "pdf" | "odt" | "txt" => icons::FILE_TEXT,
        _ => icons::FILE,
    }
}
