//! A drop-down whose options are found by typing, without diacritics: for lists that are too long to look through.

use egui::{Atom, Button, Key, Popup, PopupCloseBehavior, ScrollArea, Ui, Vec2};

use super::button::frameless;
use super::field::search_field;
use crate::text::matches;
use crate::ui::theme::{self, icons, palette, size};

/// One option.
#[derive(Debug, Clone)]
pub struct Choice<T> {
    pub value: T,
    pub text: String,
    /// Everything by which it is found.
    pub known_as: String,
}

/// As high as the list gets.
const LIST: f32 = 300.0;

/// A drop-down named `name`; Enter takes the first option found. True where the choice changed.
pub fn finder<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    chosen: &mut T,
    options: &[Choice<T>],
) -> bool {
    let shown = options.iter().find(|o| o.value == *chosen).map_or("", |o| &o.text);
    let arrow = theme::icon(icons::CHEVRON_DOWN).color(palette(ui).secondary);
    let button = Button::new((shown, Atom::grow(), arrow)).truncate().min_size(Vec2::new(width, size::CONTROL));
    let response = ui.add(button).accessible_name(format!("{name}: {shown}"));
    let id = response.id.with("search");
    let popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside).width(width);
    let taken = popup.show(|ui| found_ui(ui, id, width, chosen, options)).and_then(|shown| shown.inner);
    if !Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response)) {
        ui.data_mut(|d| d.remove_temp::<String>(id));
    }
    let Some(taken) = taken else { return false };
    let changed = taken != *chosen;
    *chosen = taken;
    changed
}

/// The search over the options that it finds. Gives the one that was taken.
fn found_ui<T: PartialEq + Clone>(
    ui: &mut Ui,
    id: egui::Id,
    width: f32,
    chosen: &T,
    options: &[Choice<T>],
) -> Option<T> {
    let typed: Option<String> = ui.data(|d| d.get_temp(id));
    let opening = typed.is_none();
    let mut search = typed.unwrap_or_default();
    let field = search_field(ui, "Tìm, gõ không dấu cũng được", width, &mut search);
    if opening {
        field.request_focus();
    }
    let found: Vec<&Choice<T>> = options.iter().filter(|o| matches(&o.known_as, &search)).collect();
    let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    let mut taken = found.first().filter(|_| entered).map(|o| o.value.clone());
    ui.data_mut(|d| d.insert_temp(id, search));
    ScrollArea::vertical().max_height(LIST).show(ui, |ui| {
        ui.set_min_width(width);
        frameless(ui, |ui| {
            for option in &found {
                let text = egui::RichText::new(&option.text);
                if ui.add(Button::selectable(option.value == *chosen, text).truncate()).clicked() {
                    taken = Some(option.value.clone());
                }
            }
        });
        if found.is_empty() {
            ui.label(theme::secondary(ui, "Không tìm thấy; thử một phần khác của tên"));
        }
    });
    if taken.is_some() {
        ui.close();
    }
    taken
}
