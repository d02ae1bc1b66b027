//! Buttons: one primary per screen, the rest secondary or quiet; icon-only ones carry their name.

use std::sync::Arc;

use egui::{Button, Response, RichText, Stroke, Ui, Vec2};

use crate::ui::Command;
use crate::ui::theme::{self, fonts, palette, size};

/// The one button that a screen is for: filled.
pub fn primary(ui: &mut Ui, icon: &str, text: &str) -> Response {
    let p = palette(ui);
    styled(ui, |ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for (state, fill) in [
            (&mut widgets.inactive, p.accent),
            (&mut widgets.hovered, p.accent_hover),
            (&mut widgets.active, p.accent_hover),
        ] {
            state.weak_bg_fill = fill;
            state.bg_stroke = Stroke::new(1.0, fill);
            state.fg_stroke.color = p.on_accent;
        }
        widgets.active.bg_stroke.color = p.text;
        let text_part = RichText::new(text).family(fonts::bold());
        named(ui, Button::new((icon_text(icon), text_part)), text)
    })
}

/// A framed button; an empty `icon` is none.
pub fn secondary(ui: &mut Ui, icon: &str, text: &str) -> Response {
    let button = if icon.is_empty() { Button::new(text) } else { Button::new((icon_text(icon), text)) };
    named(ui, button, text)
}

/// A button without a frame, in the accent colour.
pub fn quiet(ui: &mut Ui, icon: &str, text: &str) -> Response {
    let accent = palette(ui).accent;
    frameless(ui, |ui| {
        let parts = (icon_text(icon).color(accent), RichText::new(text).color(accent));
        named(ui, Button::new(parts), text)
    })
}

/// A framed button for what takes something away.
pub fn danger(ui: &mut Ui, icon: &str, text: &str) -> Response {
    let red = palette(ui).danger.text;
    named(ui, Button::new((icon_text(icon).color(red), RichText::new(text).color(red))), text)
}

/// A square button with a glyph only; `name` is its tooltip, and what a screen reader says.
pub fn icon_button(ui: &mut Ui, icon: &str, name: &str) -> Response {
    let grey = palette(ui).secondary;
    frameless(ui, |ui| {
        ui.spacing_mut().button_padding.x = 6.0;
        let button = Button::new(icon_text(icon).color(grey)).min_size(Vec2::splat(size::CONTROL));
        named(ui, button, name).on_hover_text(name)
    })
}

/// A text that leads somewhere.
pub fn link(ui: &mut Ui, text: &str) -> Response {
    styled(ui, |ui| {
        ui.spacing_mut().interact_size.y = 20.0;
        ui.link(text)
    })
}

/// A framed button for a command, with its icon, text and tooltip. Gives the command where it was pressed.
pub fn command_button(ui: &mut Ui, command: Command) -> Option<Command> {
    let label = command.label();
    let tooltip = match label.shortcut {
        "" => label.tooltip.to_owned(),
        shortcut => format!("{} ({shortcut})", label.tooltip),
    };
    secondary(ui, label.icon, label.text).on_hover_text(tooltip).clicked().then_some(command)
}

fn icon_text(glyph: &str) -> RichText {
    theme::icon(glyph)
}

fn named(ui: &mut Ui, button: Button<'_>, name: &str) -> Response {
    ui.add(button).accessible_name(name)
}

/// No fill and no frame until the pointer comes.
pub(super) fn frameless<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    styled(ui, |ui| {
        let clear = egui::Color32::TRANSPARENT;
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.inactive.weak_bg_fill = clear;
        for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.open] {
            state.bg_stroke = Stroke::new(1.0, clear);
        }
        add(ui)
    })
}

/// What `add` does to the style ends with it. Not a scope of egui: that one would not go to the next line where it does
/// not fit.
fn styled<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let before = Arc::clone(ui.style());
    let added = add(ui);
    ui.set_style(before);
    added
}
