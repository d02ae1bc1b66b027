//! Drawing of heads and cells.

use egui::text::TextWrapping;
use egui::{Align, FontId, Galley, Rect, Stroke, StrokeKind, Ui, Vec2, WidgetText};
use std::sync::Arc;

use super::{Cell, Column, Look};
use crate::ui::theme::{self, palette, size, space};

/// What is behind a cell.
pub(super) struct Ground {
    pub chosen: bool,
    pub hovered: bool,
    pub in_block: bool,
    pub cursor: bool,
    /// A line under the cell; the last row stands on the frame.
    pub line: bool,
}

pub(super) fn head(ui: &mut Ui, column: &Column<'_>) {
    let p = palette(ui);
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0.0, p.page);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.line));
    let text = theme::caption(ui, column.title);
    let galley = laid_out(ui, text.into(), rect.width() - 2.0 * space::S, 1, column.align);
    let cut = galley.elided;
    place(ui, rect, column.align, galley);
    let response = ui.interact(rect, ui.scope_id().with("head"), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ColumnHeader, true, column.title));
    let hover = if column.tooltip.is_empty() && cut { column.title } else { column.tooltip };
    if !hover.is_empty() {
        response.on_hover_text(hover);
    }
}

pub(super) fn ground(ui: &Ui, rect: Rect, ground: Ground) {
    let p = palette(ui);
    let fill = match ground {
        Ground { in_block: true, .. } | Ground { chosen: true, .. } => Some(p.selected),
        Ground { hovered: true, .. } => Some(p.hover),
        _ => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 0.0, fill);
    }
    if ground.line {
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.line));
    }
    if ground.cursor {
        ui.painter().rect_stroke(rect.shrink(1.0), 2.0, Stroke::new(1.5, p.accent), StrokeKind::Inside);
    }
}

/// Draws the cell; true where its text was cut.
pub(super) fn content(ui: &Ui, rect: Rect, align: Align, lines: usize, cell: &Cell) -> bool {
    let p = palette(ui);
    let room = rect.shrink2(Vec2::new(space::S, 0.0));
    let text: WidgetText = match cell.look {
        Look::Plain | Look::Bar(..) => egui::RichText::new(&cell.text).color(p.text).into(),
        Look::Bold => theme::bold(&cell.text).color(p.text).into(),
        Look::Faint => theme::secondary(ui, &cell.text).into(),
        Look::Tinted(tone) => theme::tinted(ui, tone, &cell.text).into(),
        Look::Badge(_) if cell.text.is_empty() => return false,
        Look::Badge(tone) => return badge(ui, room, tone, &cell.text),
    };
    let mut room_for_text = room.width();
    if let Look::Bar(share, color) = cell.look {
        room_for_text = 52.0;
        let track = Rect::from_center_size(
            egui::pos2((room.left() + room.right() - room_for_text - space::XS) / 2.0, room.center().y),
            Vec2::new((room.width() - room_for_text - space::XS).max(8.0), 8.0),
        );
        ui.painter().rect_filled(track, 4.0, p.track);
        let filled = Rect::from_min_size(track.min, Vec2::new(track.width() * share.clamp(0.0, 1.0), track.height()));
        ui.painter().rect_filled(filled, 4.0, color);
    }
    let align = if matches!(cell.look, Look::Bar(..)) { Align::Max } else { align };
    let galley = laid_out(ui, text, room_for_text, lines, align);
    let cut = galley.elided;
    place(ui, rect, align, galley);
    cut
}

fn badge(ui: &Ui, room: Rect, tone: theme::Tone, text: &str) -> bool {
    let tint = palette(ui).tint(tone);
    let padding = Vec2::new(space::S, 2.0);
    let rich = egui::RichText::new(text).size(size::CAPTION).color(tint.text);
    let galley = laid_out(ui, rich.into(), room.width() - 2.0 * padding.x, 1, Align::Min);
    let cut = galley.elided;
    let height = galley.size().y + 2.0 * padding.y;
    let min = egui::pos2(room.left(), room.center().y - height / 2.0);
    let pill = Rect::from_min_size(min, Vec2::new(galley.size().x + 2.0 * padding.x, height));
    ui.painter().rect_filled(pill, height / 2.0, tint.ground);
    ui.painter().galley(min + padding, galley, tint.text);
    cut
}

/// The text in at most so many lines, all aligned alike; what does not fit is cut with "…".
fn laid_out(ui: &Ui, text: WidgetText, width: f32, lines: usize, align: Align) -> Arc<Galley> {
    let font = FontId::proportional(size::BODY).into();
    let mut job = Arc::unwrap_or_clone(text.into_layout_job(ui.style(), font, ui.text_valign()));
    job.wrap = TextWrapping {
        max_rows: lines,
        // A word is cut only where there is no second line to take it.
        break_anywhere: lines == 1,
        ..TextWrapping::wrap_at_width(width.max(8.0))
    };
    job.halign = align;
    ui.painter().layout_job(job)
}

/// Draws a text that was laid out with this alignment.
fn place(ui: &Ui, rect: Rect, align: Align, galley: Arc<Galley>) {
    let x = match align {
        Align::Min => rect.left() + space::S,
        Align::Center => rect.center().x,
        Align::Max => rect.right() - space::S,
    };
    let y = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(egui::pos2(x, y), galley, palette(ui).text);
}
