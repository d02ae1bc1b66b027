//! The one place with a `TextEdit`: every field has a Vietnamese right-click menu, a name, and commits on leaving.
//!
//! UniKey types by sending Backspace and letters, so the text of a focused field is never rewritten here; NFC and
//! formatting come when the focus has left. Esc takes back what was typed in a single line.

use chrono::NaiveDate;
use egui::{Align, Id, Key, Response, TextEdit, Ui};
use rust_decimal::Decimal;

use crate::text::{clean, date, number};
use crate::ui::theme::{self, Tone, icons, palette};

/// A text field over a string that the caller keeps.
pub struct TextField<'a> {
    name: &'a str,
    hint: &'a str,
    rows: usize,
    width: Option<f32>,
    align: Align,
    tone: Tone,
    suffix: &'a str,
    prefix: &'a str,
    limit: usize,
    id: Option<Id>,
}

/// What happened in a field this frame.
pub struct Typing {
    pub response: Response,
    /// The focus left, or Enter was pressed: the text is final, and clean.
    pub committed: bool,
    /// Esc: the caller puts the old text back.
    pub cancelled: bool,
}

impl<'a> TextField<'a> {
    /// `name` is what a screen reader says; where a label stands over the field it is the same words.
    pub fn new(name: &'a str) -> TextField<'a> {
        TextField {
            name,
            hint: "",
            rows: 1,
            width: None,
            align: Align::Min,
            tone: Tone::Neutral,
            suffix: "",
            prefix: "",
            limit: 4000,
            id: None,
        }
    }

    /// Grey text in the empty field.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// More than one row: Enter makes a new line, and only leaving commits.
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = rows;
        self
    }

    /// In points; the available width where not set.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// For numbers.
    pub fn right_aligned(mut self) -> Self {
        self.align = Align::Max;
        self
    }

    /// The frame's colour: a warning or an error about this field.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The unit behind the text.
    pub fn suffix(mut self, suffix: &'a str) -> Self {
        self.suffix = suffix;
        self
    }

    /// A glyph before the text.
    pub fn prefix(mut self, prefix: &'a str) -> Self {
        self.prefix = prefix;
        self
    }

    /// An id that does not depend on what stands before the field.
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    pub fn show(self, ui: &mut Ui, text: &mut String) -> Typing {
        let p = palette(ui);
        let grey = p.secondary;
        let frame_tone = match self.tone {
            Tone::Neutral => None,
            tone => Some(p.tint(tone).text),
        };
        let response = ui
            .scope(|ui| {
                if let Some(color) = frame_tone {
                    let widgets = &mut ui.visuals_mut().widgets;
                    widgets.inactive.bg_stroke.color = color;
                    widgets.hovered.bg_stroke.color = color;
                }
                let edit = if self.rows > 1 { TextEdit::multiline(text) } else { TextEdit::singleline(text) };
                let mut edit = edit
                    .desired_rows(self.rows)
                    .desired_width(self.width.unwrap_or(f32::INFINITY))
                    .align(egui::Align2([self.align, if self.rows > 1 { Align::Min } else { Align::Center }]))
                    .margin(egui::Margin::symmetric(8, 5))
                    .char_limit(self.limit);
                if !self.hint.is_empty() {
                    edit = edit.hint_text(self.hint);
                }
                if !self.prefix.is_empty() {
                    edit = edit.prefix(theme::icon(self.prefix).color(grey));
                }
                if !self.suffix.is_empty() {
                    edit = edit.suffix(egui::RichText::new(self.suffix).color(grey));
                }
                if let Some(id) = self.id {
                    edit = edit.id(id);
                }
                ui.add(edit)
            })
            .inner;
        let mut response = response.accessible_name(self.name);
        if menu(&response, text) == Menu::Changed {
            response.mark_changed();
        }
        let left = response.lost_focus();
        let cancelled = left && self.rows == 1 && ui.input(|i| i.key_pressed(Key::Escape));
        let committed = left && !cancelled;
        if committed {
            let tidy = clean(text);
            if tidy != *text {
                *text = tidy;
            }
        }
        Typing { response, committed, cancelled }
    }
}

/// A field for searching; folds nothing itself, [`crate::text::matches`] does. True where the text changed.
pub fn search_field(ui: &mut Ui, name: &str, width: f32, text: &mut String) -> Response {
    TextField::new(name).hint(name).prefix(icons::SEARCH).width(width).show(ui, text).response
}

/// A number that a setting holds: read when the field is left, in Vietnamese form when it is not being typed in.
///
/// # Errors
/// What was typed where it is no number; the field keeps it.
pub fn number_field(ui: &mut Ui, name: &str, width: f32, value: &mut Decimal) -> Result<bool, number::NumberError> {
    let mut result = Ok(false);
    kept(ui, name, width, number::format_decimal(*value), |text| match number::parse_decimal(text) {
        Ok(parsed) => {
            result = Ok(parsed != *value);
            *value = parsed;
            true
        }
        Err(error) => {
            result = Err(error);
            false
        }
    });
    result
}

/// A date, `dd/mm/yyyy`; empty is none. `None` where what was typed is no date: the field keeps it.
pub fn date_field(ui: &mut Ui, name: &str, width: f32, value: &mut Option<NaiveDate>) -> Option<bool> {
    let mut result = Some(false);
    let shown = value.map(date::format_date).unwrap_or_default();
    kept(ui, name, width, shown, |text| {
        let parsed = if text.is_empty() { Some(None) } else { date::parse_date(text).map(Some) };
        result = parsed.map(|date| date != *value);
        if let Some(date) = parsed {
            *value = date;
        }
        parsed.is_some()
    });
    result
}

/// A field whose text lives in egui's memory while it is typed in, or is not acceptable yet.
fn kept(ui: &mut Ui, name: &str, width: f32, shown: String, mut accept: impl FnMut(&str) -> bool) {
    let id = ui.make_persistent_id(name);
    let draft: Option<String> = ui.data(|d| d.get_temp(id));
    let wrong = draft.is_some() && !ui.memory(|m| m.has_focus(id));
    let mut text = draft.unwrap_or(shown);
    let tone = if wrong { Tone::Danger } else { Tone::Neutral };
    let typing = TextField::new(name).width(width).tone(tone).id(id).show(ui, &mut text);
    if typing.cancelled || (typing.committed && accept(&text)) {
        ui.data_mut(|d| d.remove_temp::<String>(id));
    } else if typing.response.changed() || typing.committed {
        ui.data_mut(|d| d.insert_temp(id, text));
    }
}

#[derive(PartialEq)]
enum Menu {
    Untouched,
    Changed,
}

/// Cắt, Chép, Dán, Chọn hết: egui's field has no right-click menu of its own.
fn menu(response: &Response, text: &mut String) -> Menu {
    let ctx = response.ctx.clone();
    let mut outcome = Menu::Untouched;
    response.context_menu(|ui| {
        let selected = selection(&ctx, response.id, text);
        let copied = selected.map(|(from, to)| text.chars().skip(from).take(to - from).collect::<String>());
        if ui.add_enabled(copied.is_some(), egui::Button::new("Cắt").shortcut_text("Ctrl+X")).clicked() {
            if let (Some(copied), Some((from, to))) = (&copied, selected) {
                ctx.copy_text(copied.clone());
                *text = text.chars().take(from).chain(text.chars().skip(to)).collect();
                outcome = Menu::Changed;
            }
            response.request_focus();
            ui.close();
        }
        if ui.add_enabled(copied.is_some(), egui::Button::new("Chép").shortcut_text("Ctrl+C")).clicked() {
            if let Some(copied) = copied {
                ctx.copy_text(copied);
            }
            response.request_focus();
            ui.close();
        }
        if ui.add(egui::Button::new("Dán").shortcut_text("Ctrl+V")).clicked() {
            response.request_focus();
            ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
            ui.close();
        }
        if ui.add(egui::Button::new("Chọn hết").shortcut_text("Ctrl+A")).clicked() {
            select_all(&ctx, response.id, text);
            response.request_focus();
            ui.close();
        }
    });
    outcome
}

/// Selects the whole text of a field, as Excel does with a cell that is entered.
pub(crate) fn select_all(ctx: &egui::Context, id: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = TextEdit::load_state(ctx, id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
    TextEdit::store_state(ctx, id, state);
}

/// The selected characters, from and to; none where nothing is selected.
fn selection(ctx: &egui::Context, id: Id, text: &str) -> Option<(usize, usize)> {
    let range = TextEdit::load_state(ctx, id)?.cursor.char_range()?.as_sorted_char_range();
    let (from, to) = (range.start.0, range.end.0.min(text.chars().count()));
    (from < to).then_some((from, to))
}
