//! Choosing one of several: tabs, a segmented row, a drop-down, a switch.

use egui::{Button, Color32, ComboBox, CursorIcon, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::button::frameless;
use crate::table::Marks;
use crate::ui::theme::{self, fonts, icons, palette, size, space};

/// Points that a tab's mark takes, and that are before its figure.
const MARK: f32 = 13.0;
const NOTE_GAP: f32 = 5.0;

/// One tab.
#[derive(Debug, Clone)]
pub struct Tab<T> {
    pub value: T,
    pub text: String,
    /// A quiet figure behind the text: "80%".
    pub note: String,
    /// A mark before the text, never the only difference.
    pub mark: Option<Color32>,
    pub tooltip: String,
}

/// A row of tabs; the chosen one is bold and underlined. True where the choice changed.
///
/// Where there is little room the tabs stand closer, and then do without their figures.
pub fn tabs<T: PartialEq + Clone>(ui: &mut Ui, chosen: &mut T, tabs: &[Tab<T>]) -> bool {
    let mut changed = false;
    let fit = Fit::of(ui, tabs);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for tab in tabs {
            let response = tab_ui(ui, tab, tab.value == *chosen, fit);
            if response.clicked() && tab.value != *chosen {
                *chosen = tab.value.clone();
                changed = true;
            }
        }
    });
    changed
}

/// Joined buttons of which one is pressed. True where the choice changed.
pub fn segmented<T: PartialEq + Clone>(ui: &mut Ui, chosen: &mut T, options: &[(T, &str)]) -> bool {
    let mut changed = false;
    let p = palette(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = -1.0;
        let last = options.len().saturating_sub(1);
        for (i, (value, text)) in options.iter().enumerate() {
            let selected = value == chosen;
            let r = size::RADIUS;
            let corners = egui::CornerRadius {
                nw: if i == 0 { r } else { 0 },
                sw: if i == 0 { r } else { 0 },
                ne: if i == last { r } else { 0 },
                se: if i == last { r } else { 0 },
            };
            let label = if selected { theme::bold(*text).color(p.accent) } else { egui::RichText::new(*text) };
            let mut button = Button::new(label).corner_radius(corners);
            if selected {
                button = button.fill(p.selected).stroke(Stroke::new(1.0, p.accent));
            }
            let response = ui.add(button);
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, selected, text));
            if response.clicked() && !selected {
                *chosen = value.clone();
                changed = true;
            }
        }
    });
    changed
}

/// How a table or block writes its numbers. True where the choice changed.
pub fn marks_choice(ui: &mut Ui, marks: &mut Marks) -> bool {
    ui.label("Số viết theo kiểu");
    let options = [(Marks::Ask, "chưa rõ"), (Marks::DotThousands, "1.234,5"), (Marks::CommaThousands, "1,234.5")];
    segmented(ui, marks, &options)
}

/// A button that stays pressed. True where it was switched.
pub fn toggle(ui: &mut Ui, on: &mut bool, text: &str) -> bool {
    let p = palette(ui);
    let parts = if *on {
        (theme::icon(icons::CHECK).color(p.accent), theme::bold(text).color(p.accent))
    } else {
        (theme::icon(icons::FILTER).color(p.secondary), egui::RichText::new(text))
    };
    let mut button = Button::new(parts);
    if *on {
        button = button.fill(p.selected).stroke(Stroke::new(1.0, p.accent));
    }
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, *on, text));
    if response.clicked() {
        *on = !*on;
    }
    response.clicked()
}

/// A box to tick. True where it was.
pub fn tick(ui: &mut Ui, on: &mut bool, text: &str) -> bool {
    outlined(ui, |ui, text| ui.checkbox(on, text).changed(), text)
}

/// One of several, under one another. True where it was chosen.
pub fn option(ui: &mut Ui, chosen: bool, text: &str) -> bool {
    outlined(ui, |ui, text| ui.radio(chosen, text).clicked() && !chosen, text)
}

fn outlined(ui: &mut Ui, add: impl FnOnce(&mut Ui, egui::RichText) -> bool, text: &str) -> bool {
    let p = palette(ui);
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for look in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
            look.bg_fill = p.panel;
            look.bg_stroke = Stroke::new(1.0, p.frame);
            look.fg_stroke = Stroke::new(2.0, p.accent);
        }
        add(ui, egui::RichText::new(text).color(p.text))
    })
    .inner
}

/// A drop-down named `name`; `shown` is the chosen option's text. True where the choice changed.
pub fn dropdown<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    chosen: &mut T,
    options: &[(T, String)],
) -> bool {
    let mut changed = false;
    let shown = options.iter().find(|(value, _)| value == chosen).map_or("", |(_, text)| text);
    let combo = ComboBox::from_id_salt(name).width(width).truncate().selected_text(shown);
    let response = combo
        .show_ui(ui, |ui| {
            frameless(ui, |ui| {
                for (value, text) in options {
                    if ui.selectable_label(value == chosen, text).clicked() && value != chosen {
                        *chosen = value.clone();
                        changed = true;
                    }
                }
            });
        })
        .response;
    response.accessible_name(format!("{name}: {shown}"));
    changed
}

/// How tabs share the width.
#[derive(Clone, Copy)]
struct Fit {
    padding: f32,
    notes: Notes,
}

#[derive(Clone, Copy, PartialEq)]
enum Notes {
    Shown,
    Hidden,
}

impl Fit {
    fn of<T>(ui: &Ui, tabs: &[Tab<T>]) -> Fit {
        let width = |text: &str, font: egui::FontId| {
            ui.painter().layout_no_wrap(text.to_owned(), font, Color32::TRANSPARENT).size().x
        };
        // Bold, so that the row does not move when another tab is chosen.
        let texts: f32 = tabs.iter().map(|t| MARK + width(&t.text, egui::FontId::new(size::BODY, fonts::bold()))).sum();
        let notes: f32 =
            tabs.iter().map(|t| NOTE_GAP + width(&t.note, egui::FontId::proportional(size::CAPTION))).sum();
        let padding = |content: f32| (ui.available_width() - content) / (2.0 * tabs.len().max(1) as f32);
        let with_notes = padding(texts + notes);
        if with_notes >= 4.0 {
            Fit { padding: with_notes.min(space::M), notes: Notes::Shown }
        } else {
            Fit { padding: padding(texts).clamp(4.0, space::M), notes: Notes::Hidden }
        }
    }
}

fn tab_ui<T>(ui: &mut Ui, tab: &Tab<T>, selected: bool, fit: Fit) -> Response {
    let p = palette(ui);
    let body = egui::FontId::new(size::BODY, if selected { fonts::bold() } else { egui::FontFamily::Proportional });
    let caption = egui::FontId::proportional(size::CAPTION);
    let color = if selected { p.text } else { p.secondary };
    let text = ui.painter().layout_no_wrap(tab.text.clone(), body, color);
    let note = if fit.notes == Notes::Shown { tab.note.clone() } else { String::new() };
    let note = ui.painter().layout_no_wrap(note, caption, p.secondary);
    let mark = if tab.mark.is_some() { MARK } else { 0.0 };
    let gap = if note.is_empty() { 0.0 } else { NOTE_GAP };
    let width = mark + text.size().x + gap + note.size().x + 2.0 * fit.padding;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 40.0), Sense::click());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        if response.hovered() && !selected {
            painter.rect_filled(rect.shrink2(Vec2::new(2.0, 4.0)), size::RADIUS, p.hover);
        }
        if response.has_focus() {
            let ring = rect.shrink2(Vec2::new(2.0, 4.0));
            painter.rect_stroke(ring, size::RADIUS, Stroke::new(1.5, p.accent), egui::StrokeKind::Inside);
        }
        let mut x = rect.left() + fit.padding;
        let middle = rect.center().y;
        if let Some(hue) = tab.mark {
            let square = egui::Rect::from_center_size(egui::pos2(x + 4.0, middle), Vec2::splat(8.0));
            painter.rect_filled(square, 2.0, hue);
            x += mark;
        }
        let text_width = text.size().x;
        painter.galley(egui::pos2(x, middle - text.size().y / 2.0), text, color);
        painter.galley(egui::pos2(x + text_width + gap, middle - note.size().y / 2.0), note, p.secondary);
        if selected {
            let line = egui::Rect::from_min_max(
                egui::pos2(rect.left() + space::XS, rect.bottom() - 2.0),
                egui::pos2(rect.right() - space::XS, rect.bottom()),
            );
            painter.rect_filled(line, 1.0, p.accent);
        }
    }
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, &tab.text));
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if tab.tooltip.is_empty() { response } else { response.on_hover_text(&tab.tooltip) }
}
