//! The screens, at the left.

use egui::{Key, Role, Sense, Ui, Vec2, WidgetInfo};

use crate::ui::state::{Screen, State};
use crate::ui::theme::{self, fonts, palette, size, space};
use crate::ui::view::{Verdict, Workspace};

/// The screens that this agency has.
pub(super) fn screens(workspace: &Workspace) -> impl Iterator<Item = Screen> {
    let receives = workspace.snapshot.receives();
    Screen::ALL.into_iter().filter(move |s| *s != Screen::Summary || receives)
}

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, state: &mut State) {
    ui.spacing_mut().item_spacing.y = 2.0;
    for (i, screen) in screens(workspace).enumerate() {
        if entry_ui(ui, screen, i + 1, waiting(workspace, screen), state.screen == screen) {
            state.screen = screen;
        }
    }
}

/// What waits on a screen.
fn waiting(workspace: &Workspace, screen: Screen) -> usize {
    match screen {
        Screen::Inbox => {
            let unread = workspace.preview.iter().flatten().filter(|p| p.verdict == Verdict::Ok).count();
            unread + workspace.snapshot.conflicts().count()
        }
        _ => 0,
    }
}

fn entry_ui(ui: &mut Ui, screen: Screen, number: usize, waiting: usize, selected: bool) -> bool {
    let p = palette(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 36.0), Sense::click());
    let fill = match (selected, response.hovered()) {
        (true, _) => Some(p.selected),
        (false, true) => Some(p.hover),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, size::RADIUS, fill);
    }
    if response.has_focus() {
        let ring = egui::Stroke::new(1.5, p.accent);
        ui.painter().rect_stroke(rect, size::RADIUS, ring, egui::StrokeKind::Inside);
    }
    let color = if selected { p.accent } else { p.text };
    let family = if selected { fonts::bold() } else { egui::FontFamily::Proportional };
    let middle = rect.center().y;
    let icon = egui::FontId::proportional(size::ICON + 2.0);
    let at = egui::pos2(rect.left() + space::M, middle);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, screen.icon(), icon, color);
    let at = egui::pos2(rect.left() + 40.0, middle);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, screen.title(), egui::FontId::new(size::BODY, family), color);
    if waiting > 0 {
        let at = egui::pos2(rect.right() - space::M, middle);
        let font = egui::FontId::new(size::CAPTION, fonts::bold());
        ui.painter().text(at, egui::Align2::RIGHT_CENTER, waiting, font, p.warning.text);
    }
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, screen.title()));
    let tooltip = format!("Alt+{number}");
    let response = response.on_hover_text(theme::caption(ui, tooltip));
    response.clicked() || (response.has_focus() && ui.input(|i| i.key_pressed(Key::Enter)))
}
