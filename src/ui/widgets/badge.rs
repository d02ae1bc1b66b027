//! Small statements: a badge for a state, a banner for a remark, a bar for a share.

use egui::{Color32, Frame, Margin, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use crate::ui::theme::{self, Tone, icons, palette, size, space};

/// A word on a pale ground, with a dot so that colour is not alone.
pub fn badge(ui: &mut Ui, tone: Tone, text: &str) -> Response {
    let tint = palette(ui).tint(tone);
    let font = egui::FontId::proportional(size::CAPTION);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, tint.text);
    let padding = Vec2::new(space::S, 2.0);
    let (rect, response) = ui.allocate_exact_size(galley.size() + padding * 2.0, Sense::hover());
    if ui.is_rect_visible(rect) {
        ui.painter().rect_filled(rect, rect.height() / 2.0, tint.ground);
        ui.painter().galley(rect.min + padding, galley, tint.text);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

/// A remark across the width: icon, text that wraps.
pub fn banner(ui: &mut Ui, tone: Tone, text: &str) -> Response {
    let tint = palette(ui).tint(tone);
    let glyph = match tone {
        Tone::Neutral | Tone::Info => icons::INFO,
        Tone::Success => icons::CHECK_CIRCLE,
        Tone::Warning => icons::WARNING,
        Tone::Danger => icons::ERROR,
    };
    Frame::new()
        .fill(tint.ground)
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::symmetric(10, 6))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                ui.label(theme::icon(glyph).color(tint.text));
                ui.add(egui::Label::new(theme::tinted(ui, tone, text)).wrap());
            });
        })
        .response
}

/// A bar filled to `share` (0 to 1), `width` points wide. `name` says to a screen reader what it measures.
pub fn progress_bar(ui: &mut Ui, share: f32, color: Color32, width: f32, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 8.0), Sense::hover());
    let share = share.clamp(0.0, 1.0);
    let track = palette(ui).track;
    ui.painter().rect_filled(rect, 4.0, track);
    if share > 0.0 {
        let filled = egui::Rect::from_min_size(rect.min, Vec2::new((rect.width() * share).max(4.0), rect.height()));
        ui.painter().rect_filled(filled, 4.0, color);
    }
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, name);
        info.value = Some(f64::from(share) * 100.0);
        info
    });
    response
}
