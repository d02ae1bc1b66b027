//! The fields of the forms: a name over each, and under it a line that says what is expected, or what is wrong.
//!
//! That line is always there: nothing moves when a message comes. What is still being typed is not wrong yet.

use chrono::NaiveDate;
use egui::{
    CursorIcon, FontId, Key, Label, Response, RichText, Role, ScrollArea, Sense, TextWrapMode, Ui, WidgetInfo,
    WidgetText, pos2, vec2,
};
use rust_decimal::Decimal;

use crate::catalogue::{Agency, Catalogue, Id};
use crate::text::date::{format_date, parse_date};
use crate::text::number::parse_decimal;
use crate::text::{clean, compare, matches};
use crate::ui::theme::{self, Tone, icons, palette, size, space};
use crate::ui::widgets::{self, TextField};
use crate::words;

/// What all fields of a form share in a frame.
pub(in super::super) struct Page<'a> {
    /// What the amendment applies to.
    pub base: &'a Catalogue,
    asked: Asked,
    /// The first field takes the focus.
    focus: bool,
    /// Enter was pressed in a field that it confirms.
    pub entered: bool,
}

/// Whether the officer has tried to add the amendment: before that, an empty field is no fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Asked {
    NotYet,
    Yes,
}

/// A date as it is typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) struct Day(String);

/// Entries to choose from, found without diacritics.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Picker {
    choices: Vec<Choice>,
    search: String,
    /// The row that Enter chooses.
    at: usize,
    pub chosen: Vec<Id>,
}

#[derive(Debug, Clone)]
pub(in super::super) struct Choice {
    pub id: Id,
    pub name: String,
    /// Everything by which it is found.
    pub known_as: String,
}

/// Whether a field may stay empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Wanted {
    Always,
    Sometimes,
}

/// How many of a picker's entries may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Most {
    One,
    Many,
}

const LIST: f32 = 128.0;
const ROW: f32 = 26.0;
/// As wide as a date needs, with the message under it.
const DAY: f32 = 420.0;

impl<'a> Page<'a> {
    pub fn new(base: &'a Catalogue, asked: Asked, focus: bool) -> Page<'a> {
        Page { base, asked, focus, entered: false }
    }

    /// What to say about something that is still missing.
    pub fn missing(&self, is_missing: bool, text: &'static str) -> Option<&'static str> {
        (is_missing && self.asked == Asked::Yes).then_some(text)
    }

    /// One line of text.
    pub fn text(&mut self, ui: &mut Ui, label: &str, hint: &str, text: &mut String, fault: Option<&str>) {
        let id = ui.make_persistent_id(label);
        let fault = fault.filter(|_| !ui.memory(|m| m.has_focus(id)));
        widgets::label_over(ui, label, |ui| {
            let tone = if fault.is_some() { Tone::Danger } else { Tone::Neutral };
            let typing = TextField::new(label).id(id).tone(tone).show(ui, text);
            if std::mem::take(&mut self.focus) {
                typing.response.request_focus();
            }
            self.entered |= typing.committed && ui.input(|i| i.key_pressed(Key::Enter));
            note(ui, hint, fault);
        });
    }

    /// One line that may not be empty.
    pub fn required(&mut self, ui: &mut Ui, label: &str, hint: &str, text: &mut String) {
        let fault = self.missing(text.trim().is_empty(), "Chưa ghi");
        self.text(ui, label, hint, text, fault);
    }

    pub fn day(&mut self, ui: &mut Ui, label: &str, day: &mut Day) {
        let fault = match day.date() {
            Some(_) => None,
            None if day.0.trim().is_empty() => self.missing(true, "Chưa ghi ngày"),
            None => Some("Không phải là ngày: nhập ngày/tháng/năm, ví dụ 01/07/2024"),
        };
        ui.vertical(|ui| {
            ui.set_max_width(DAY.min(ui.available_width()));
            self.text(ui, label, "ngày/tháng/năm, ví dụ 01/07/2024", &mut day.0, fault);
        });
    }

    /// A number in Vietnamese form.
    pub fn number(&mut self, ui: &mut Ui, label: &str, hint: &str, text: &mut String, wanted: Wanted) {
        let fault = match parse_decimal(text.trim()) {
            _ if text.trim().is_empty() => self.missing(wanted == Wanted::Always, "Chưa ghi số").map(str::to_owned),
            Ok(_) => None,
            Err(error) => Some(words::number_error(text, &error)),
        };
        self.text(ui, label, hint, text, fault.as_deref());
    }

    /// A whole number: a year, a day of a month.
    pub fn whole(&mut self, ui: &mut Ui, label: &str, hint: &str, text: &mut String, wanted: Wanted) {
        let fault = match text.trim() {
            "" => self.missing(wanted == Wanted::Always, "Chưa ghi số"),
            text => text.parse::<u16>().is_err().then_some("Không phải là số nguyên"),
        };
        self.text(ui, label, hint, text, fault);
    }

    /// One of several, in a drop-down. True where the choice changed.
    pub fn choice<T: PartialEq + Clone>(
        &mut self,
        ui: &mut Ui,
        label: &str,
        chosen: &mut T,
        options: &[(T, String)],
    ) -> bool {
        widgets::label_over(ui, label, |ui| {
            let changed = widgets::dropdown(ui, label, ui.available_width(), chosen, options);
            note(ui, "", None);
            changed
        })
    }

    /// An id that follows from something else until another one is set. `number` tells several in one form apart.
    pub fn id(&mut self, ui: &mut Ui, number: &str, proposed: &str, hint: &str, own: &mut Option<String>) {
        let label = format!("Mã trong danh mục{number}");
        if let Some(id) = own {
            let fault = self.missing(id.trim().is_empty(), "Chưa ghi mã");
            self.text(ui, &label, hint, id, fault);
            return;
        }
        widgets::label_over(ui, &label, |ui| {
            ui.horizontal(|ui| {
                ui.set_min_height(size::CONTROL);
                ui.label(if proposed.is_empty() { "theo tên" } else { proposed });
                let edit = widgets::link(ui, "Đặt mã khác").accessible_name(format!("Đặt mã khác{number}"));
                if edit.clicked() {
                    *own = Some(proposed.to_owned());
                }
            });
            note(ui, hint, None);
        });
    }

    /// A list to choose from, with a search over it: arrows and Enter choose while the search is typed, and Tab goes on to
    /// what comes after the list.
    pub fn pick(&mut self, ui: &mut Ui, label: &str, most: Most, picker: &mut Picker, fault: Option<&str>) {
        widgets::label_over(ui, label, |ui| {
            let before = picker.search.clone();
            let field = widgets::search_field(ui, "Tìm, gõ không dấu cũng được", 320.0, &mut picker.search);
            if std::mem::take(&mut self.focus) {
                field.request_focus();
            }
            if before != picker.search {
                picker.at = 0;
            }
            let found = picker.found();
            let pressed = |key| ui.input(|i| i.key_pressed(key));
            let mut follow = false;
            if field.has_focus() {
                let last = found.len().saturating_sub(1);
                let at = picker.at + usize::from(pressed(Key::ArrowDown));
                let at = at.saturating_sub(usize::from(pressed(Key::ArrowUp))).min(last);
                follow = at != picker.at;
                picker.at = at;
            } else if field.lost_focus() && pressed(Key::Enter) {
                if let Some(chosen) = found.get(picker.at) {
                    picker.choose(*chosen, most);
                }
                picker.search.clear();
                picker.at = 0;
                field.request_focus();
            }
            let area = ScrollArea::vertical().id_salt(label).max_height(LIST).min_scrolled_height(LIST);
            area.auto_shrink([false, false]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let near = field.has_focus().then_some(picker.at);
                for (row, choice) in found.iter().enumerate() {
                    let response = picker.row_ui(ui, *choice, most, near == Some(row));
                    if follow && near == Some(row) {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        picker.choose(*choice, most);
                    }
                }
                if found.is_empty() {
                    ui.label(theme::secondary(ui, "Không tìm thấy; thử một phần khác của tên"));
                }
            });
            note(ui, &picker.says(), fault);
        });
    }
}

impl Day {
    pub fn date(&self) -> Option<NaiveDate> {
        parse_date(&self.0)
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(format_date(date))
    }
}

impl Picker {
    pub fn new(mut choices: Vec<Choice>) -> Picker {
        choices.sort_by(|a, b| compare(&a.name, &b.name));
        Picker { choices, ..Picker::default() }
    }

    /// The agencies that have not ended and fit.
    pub fn of_agencies(catalogue: &Catalogue, fits: impl Fn(&Agency) -> bool) -> Picker {
        let choice = |a: &Agency| Choice {
            id: a.id.clone(),
            name: a.name.clone(),
            known_as: format!("{} {} {} {}", a.id, a.name, a.short, a.aliases.join(" ")),
        };
        Picker::new(catalogue.agencies.iter().filter(|a| a.valid_to.is_none() && fits(a)).map(choice).collect())
    }

    /// Choices that stand before all others.
    pub fn put_first(&mut self, choices: impl IntoIterator<Item = Choice>) {
        self.choices.splice(0..0, choices);
    }

    fn found(&self) -> Vec<usize> {
        let fits = |c: &Choice| self.search.trim().is_empty() || matches(&c.known_as, &self.search);
        let mut found: Vec<usize> = (0..self.choices.len()).filter(|at| fits(&self.choices[*at])).collect();
        // What is chosen comes first, to be seen and to be taken out again.
        found.sort_by_key(|at| !self.chosen.contains(&self.choices[*at].id));
        found
    }

    fn choose(&mut self, at: usize, most: Most) {
        let Some(choice) = self.choices.get(at) else { return };
        let place = self.chosen.iter().position(|id| *id == choice.id);
        match (most, place) {
            (Most::One, _) => self.chosen = vec![choice.id.clone()],
            (Most::Many, Some(place)) => {
                self.chosen.remove(place);
            }
            (Most::Many, None) => self.chosen.push(choice.id.clone()),
        }
    }

    /// Not a stop for Tab: there may be hundreds.
    fn row_ui(&self, ui: &mut Ui, at: usize, most: Most, near: bool) -> Response {
        let choice = &self.choices[at];
        let on = self.chosen.contains(&choice.id);
        let p = palette(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
        let role = if most == Most::One { Role::RadioButton } else { Role::CheckBox };
        response.widget_info(|| WidgetInfo::selected(role, true, on, &choice.name));
        if ui.is_rect_visible(rect) {
            if near || response.hovered() {
                ui.painter().rect_filled(rect, size::RADIUS, p.hover);
            }
            let lay = |rich: RichText, width: f32| {
                let font = FontId::proportional(size::BODY);
                WidgetText::from(rich).into_galley(ui, Some(TextWrapMode::Truncate), width, font)
            };
            let mark = if on { theme::icon(icons::CHECK_CIRCLE).color(p.accent) } else { theme::icon("") };
            let name = if on { theme::bold(&choice.name) } else { RichText::new(&choice.name) };
            let left = rect.left() + space::S + size::ICON + space::S;
            for (galley, x) in
                [(lay(mark, size::ICON + 4.0), rect.left() + space::S), (lay(name, rect.right() - left), left)]
            {
                let at = pos2(x, rect.center().y - galley.size().y / 2.0);
                ui.painter().galley(at, galley, p.text);
            }
        }
        response.on_hover_cursor(CursorIcon::PointingHand)
    }

    /// "Đã chọn: Sở Nội vụ, Sở Tài chính".
    fn says(&self) -> String {
        let chosen = self.chosen.iter().filter_map(|id| self.choices.iter().find(|c| c.id == *id));
        let names: Vec<&str> = chosen.map(|c| c.name.as_str()).collect();
        if names.is_empty() { "Chưa chọn".to_owned() } else { format!("Đã chọn: {}", names.join(", ")) }
    }
}

/// The line under a field.
pub(super) fn note(ui: &mut Ui, hint: &str, fault: Option<&str>) {
    let text = match fault {
        Some(fault) => theme::caption(ui, fault).color(palette(ui).danger.text),
        // A line without words is as high as one with.
        None => theme::caption(ui, if hint.is_empty() { " " } else { hint }),
    };
    ui.add(Label::new(text).truncate());
}

/// What was typed, as it is stored.
pub(super) fn tidy(text: &str) -> String {
    clean(text.trim())
}

/// The number that was typed; none where it is empty, or none.
pub(super) fn number(text: &str) -> Option<Decimal> {
    parse_decimal(text.trim()).ok()
}
