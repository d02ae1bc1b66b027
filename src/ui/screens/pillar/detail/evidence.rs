//! The evidence of a record: list, attach, drop.

use std::path::PathBuf;

use egui::Ui;

use super::super::super::parts;
use super::super::source::Source;
use crate::record::{EvidenceRef, Key, Snapshot};
use crate::text::bytes::format_size;
use crate::text::is_package_name;
use crate::ui::command::Command;
use crate::ui::form::Drafts;
use crate::ui::theme::{self, icons, palette, space};
use crate::ui::widgets::{file_row, icon_button, section};

pub(super) fn show(ui: &mut Ui, source: &Source<'_>, key: &Key, drafts: &mut Drafts, out: &mut Vec<Command>) {
    let body = drafts.body(source.snapshot(), key);
    let may_edit = source.may_edit(&key.item) && source.snapshot().record(key).is_none_or(|r| !r.in_conflict());
    if !may_edit && body.evidence.is_empty() {
        return;
    }
    let title = match body.evidence.len() {
        0 => "Minh chứng".to_owned(),
        count => format!("Minh chứng ({count})"),
    };
    section(ui, &title, |ui| {
        let attach = Command::Attach(key.clone());
        let label = attach.label();
        if may_edit && crate::ui::widgets::secondary(ui, label.icon, label.text).on_hover_text(label.tooltip).clicked()
        {
            out.push(attach);
        }
    });
    let mut removed = None;
    for file in &body.evidence {
        let removal = if may_edit { Removal::Offered } else { Removal::Closed };
        if file_ui(ui, source.snapshot(), file, removal, out) {
            removed = Some(file.clone());
        }
    }
    if let Some(file) = removed {
        drafts.change(source.snapshot(), key, |body| body.evidence.retain(|e| *e != file));
    }
    if may_edit {
        drop_ui(ui, key, out);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Removal {
    Offered,
    Closed,
}

/// One file; true where it is to be taken away.
fn file_ui(ui: &mut Ui, snapshot: &Snapshot, file: &EvidenceRef, removal: Removal, out: &mut Vec<Command>) -> bool {
    let mut removed = false;
    file_row(ui, &file.name, &format_size(file.bytes), |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if removal == Removal::Offered {
            removed = icon_button(ui, icons::TRASH, &format!("Bỏ tệp {}", file.name)).clicked();
        }
        parts::evidence_actions(ui, snapshot, file, out);
    });
    removed
}

/// Files dropped anywhere on the window while a record is open go to it, but for data packages, which Gói nhận takes; while
/// they hover, this place says so.
fn drop_ui(ui: &mut Ui, key: &Key, out: &mut Vec<Command>) {
    let p = palette(ui);
    let (hovering, dropped): (bool, Vec<PathBuf>) = ui.input(|i| {
        let dropped = i.raw.dropped_files.iter().map(|f| f.path().to_owned());
        let dropped =
            dropped.filter(|p| !is_package_name(&p.file_name().unwrap_or_default().to_string_lossy())).collect();
        (!i.raw.hovered_files.is_empty(), dropped)
    });
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 44.0), egui::Sense::hover());
    let (color, words) = match hovering {
        true => (p.accent, "Thả vào đây để đính kèm"),
        false => (p.frame, "Kéo tệp vào đây để đính kèm"),
    };
    let stroke = egui::Stroke::new(if hovering { 2.0 } else { 1.0 }, color);
    if hovering {
        ui.painter().rect_filled(rect, theme::size::RADIUS, p.selected);
    }
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    ui.painter().extend(egui::Shape::dashed_line(&corners, stroke, space::XS, space::XS));
    let font = egui::FontId::proportional(theme::size::CAPTION);
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, words, font, p.secondary);
    if !dropped.is_empty() {
        out.push(Command::AttachFiles { key: key.clone(), paths: dropped });
    }
}
