//! What several screens are laid out with: a head, columns with their own share of the width, rows that lead somewhere.

use egui::{Align, Layout, Rect, Response, Role, ScrollArea, Sense, TextWrapMode, Ui, UiBuilder, Vec2, WidgetInfo};

use crate::record::{EvidenceRef, Snapshot};
use crate::ui::command::Command;
use crate::ui::theme::{self, Tone, icons, palette, size, space};
use crate::ui::widgets;

/// The screen's title, a grey line beside it, and at the right what can be done.
pub fn head(ui: &mut Ui, title: &str, note: &str, right: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(theme::page_title(title));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            right(ui);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add_space(space::S);
                let note = theme::secondary(ui, note);
                ui.add(egui::Label::new(note).truncate());
            });
        });
    });
    ui.add_space(space::S);
}

/// Scrolls what does not fit, vertically.
pub fn scrolled<R>(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    ScrollArea::vertical().id_salt(name).auto_shrink([false, false]).show(ui, add).inner
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// Two columns side by side, as tall as they are; the left one takes `share` of the width.
pub fn columns(ui: &mut Ui, share: f32, mut add: impl FnMut(&mut Ui, Side)) {
    let room = ui.available_rect_before_wrap();
    let mut bottom = room.top();
    for (side, rect) in sides(room, share) {
        let mut child = ui.new_child(column(side, rect));
        add(&mut child, side);
        bottom = bottom.max(child.min_rect().bottom());
    }
    ui.allocate_rect(Rect::from_x_y_ranges(room.x_range(), room.top()..=bottom), Sense::hover());
}

/// Two columns that fill the rest of the screen, for a list and the detail of its chosen row. Each scrolls by itself.
pub fn list_and_detail(ui: &mut Ui, share: f32, mut add: impl FnMut(&mut Ui, Side)) {
    let room = ui.available_rect_before_wrap();
    for (side, rect) in sides(room, share) {
        let mut child = ui.new_child(column(side, rect));
        child.set_clip_rect(rect.intersect(ui.clip_rect()));
        add(&mut child, side);
    }
    ui.allocate_rect(room, Sense::hover());
}

fn sides(room: Rect, share: f32) -> [(Side, Rect); 2] {
    let gap = space::L;
    let middle = room.left() + ((room.width() - gap) * share).round();
    let at = |from: f32, to: f32| Rect::from_x_y_ranges(from..=to, room.y_range());
    [(Side::Left, at(room.left(), middle)), (Side::Right, at(middle + gap, room.right()))]
}

fn column(side: Side, rect: Rect) -> UiBuilder {
    UiBuilder::new().id_salt(format!("{side:?}")).max_rect(rect).layout(Layout::top_down(Align::Min))
}

/// A row that leads somewhere: icon, what, a grey line below, an arrow. Its whole width can be clicked.
pub fn action_row(ui: &mut Ui, tone: Tone, icon: &str, text: &str, detail: &str) -> Response {
    let p = palette(ui);
    let height = if detail.is_empty() { size::ROW + 4.0 } else { 46.0 };
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("{text}. {detail}")));
    if response.hovered() {
        ui.painter().rect_filled(rect, size::RADIUS, p.hover);
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(1.5, p.accent);
        ui.painter().rect_stroke(rect, size::RADIUS, stroke, egui::StrokeKind::Inside);
    }
    let left = rect.left() + space::S;
    let text_left = left + size::ICON + space::M;
    let width = rect.right() - text_left - size::ICON - space::L;
    let tint = if tone == Tone::Neutral { p.secondary } else { p.tint(tone).text };
    let lay = |rich: egui::RichText| {
        let font = egui::FontId::proportional(size::BODY);
        egui::WidgetText::from(rich).into_galley(ui, Some(TextWrapMode::Truncate), width, font)
    };
    let icon = lay(theme::icon(icon).color(tint));
    let arrow = lay(theme::icon(icons::CHEVRON_RIGHT).color(p.secondary));
    let text = lay(theme::bold(text).color(p.text));
    let detail = lay(theme::caption(ui, detail));
    let painter = ui.painter();
    let middle = |galley: &egui::Galley| rect.center().y - galley.size().y / 2.0;
    painter.galley(egui::pos2(left, middle(&icon)), icon, tint);
    painter.galley(egui::pos2(rect.right() - size::ICON - space::S, middle(&arrow)), arrow, tint);
    let cut = text.elided || detail.elided;
    let whole = format!("{}\n{}", text.text(), detail.text());
    if detail.is_empty() {
        painter.galley(egui::pos2(text_left, middle(&text)), text, p.text);
    } else {
        painter.galley(egui::pos2(text_left, rect.top() + 4.0), text, p.text);
        painter.galley(egui::pos2(text_left, rect.top() + 24.0), detail, p.text);
    }
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if cut { response.on_hover_text(whole) } else { response }
}

/// What can be done with a file of evidence, from right to left; a file whose bytes are not here yet says so.
pub fn evidence_actions(ui: &mut Ui, snapshot: &Snapshot, file: &EvidenceRef, out: &mut Vec<Command>) {
    if snapshot.missing_evidence.contains(&file.sha256) {
        let waiting = "Tệp này nằm ở một gói khác, chưa nhận được";
        widgets::badge(ui, Tone::Warning, "chờ tệp").on_hover_text(waiting);
        return;
    }
    if widgets::icon_button(ui, icons::DOWNLOAD, &format!("Lưu tệp {} ra máy", file.name)).clicked() {
        out.push(Command::SaveEvidenceAs(file.clone()));
    }
    if widgets::icon_button(ui, icons::EXTERNAL_LINK, &format!("Mở tệp {}", file.name)).clicked() {
        out.push(Command::OpenEvidence(file.clone()));
    }
}
