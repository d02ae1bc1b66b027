//! The letters' templates: subject and body with gaps, checked while typed, beside the letter as it would look.

use std::collections::BTreeMap;

use egui::{Frame, Id, Label, Margin, Modal, ScrollArea, TextEdit, Ui};

use crate::report::{Occasion, Placeholder, Template};
use crate::ui::command::Command;
use crate::ui::screens::parts::{self, Side};
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::{Access, View, Workspace};
use crate::ui::widgets::{self, TextField};

#[derive(Debug, Default)]
pub(super) struct State {
    /// None: closed.
    open: Option<Occasion>,
    /// What was changed and not stored yet: it outlives the dialog.
    typed: BTreeMap<Occasion, Typed>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Typed {
    subject: String,
    body: String,
}

const WIDTH: f32 = 1180.0;
const ROWS: usize = 16;

impl State {
    pub fn open(&mut self) {
        self.open.get_or_insert(Occasion::Reminder);
    }

    pub fn unsaved(&self) -> bool {
        !self.typed.is_empty()
    }
}

impl Typed {
    fn of(text: &str) -> Typed {
        let (subject, body) = text.split_once('\n').unwrap_or((text, ""));
        Typed { subject: subject.trim().to_owned(), body: body.trim().to_owned() }
    }

    fn text(&self) -> String {
        format!("{}\n\n{}\n", self.subject.trim(), self.body.trim())
    }
}

pub(super) fn show(ui: &mut Ui, view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    // What has been stored meanwhile is no draft any more.
    state.typed.retain(|occasion, typed| *typed != Typed::of(workspace.templates.text(*occasion)));
    let Some(mut occasion) = state.open else { return };
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(space::L as i8));
    let width = WIDTH.min(ui.ctx().content_rect().width() - 64.0);
    let mut close = false;
    let modal = Modal::new(Id::unique("templates")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(width);
        widgets::section(ui, "Mẫu thư", |ui| close |= widgets::icon_button(ui, icons::CLOSE, "Đóng").clicked());
        let occasions = Occasion::ALL.map(|occasion| (occasion, occasion.title()));
        widgets::segmented(ui, &mut occasion, &occasions);
        ui.add_space(space::S);
        let mut typed = state.typed.get(&occasion).cloned().unwrap_or(Typed::of(workspace.templates.text(occasion)));
        let before = typed.clone();
        parts::columns(ui, 0.5, |ui, side| match side {
            Side::Left => edit_ui(ui, view, workspace, occasion, &mut typed),
            Side::Right => letter_ui(ui, view, workspace, occasion, &typed),
        });
        ui.add_space(space::M);
        close |= buttons_ui(ui, workspace, occasion, &mut typed, out);
        if typed != before {
            state.typed.insert(occasion, typed);
        }
    });
    let left = modal.should_close() && !modal.backdrop_response.clicked();
    state.open = if close || left { None } else { Some(occasion) };
}

fn edit_ui(ui: &mut Ui, view: &View, workspace: &Workspace, occasion: Occasion, typed: &mut Typed) {
    let id = Id::unique("template-body").with(occasion);
    ui.add_enabled_ui(workspace.access == Access::Write, |ui| {
        widgets::label_over(ui, "Tiêu đề thư", |ui| {
            TextField::new("Tiêu đề thư").id(id.with("subject")).show(ui, &mut typed.subject);
        });
        ui.add_space(space::S);
        widgets::label_over(ui, "Nội dung thư", |ui| {
            TextField::new("Nội dung thư").rows(ROWS).id(id).show(ui, &mut typed.body);
        });
        ui.add_space(space::XS);
        ui.add(Label::new(theme::caption(ui, "Chỗ điền, bấm để chèn vào nội dung:")).wrap());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::S, 0.0);
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
            for gap in occasion.placeholders() {
                let name = format!("{{{}}}", gap.name());
                let told = |ui: &mut Ui| {
                    ui.label(format!("Điền: {}", gap.meaning()));
                    ui.label(format!("Ví dụ: {}", example_of(view, workspace, occasion, *gap)));
                };
                if ui.link(&name).on_hover_ui(told).clicked() {
                    insert(ui, id, &mut typed.body, &name);
                }
            }
        });
    });
    if let Err(error) = Template::parse(occasion, &typed.text()) {
        ui.add_space(space::XS);
        widgets::banner(ui, Tone::Danger, &error.in_words(occasion));
    }
}

/// The letter as it would look, on the workspace's own plan.
fn letter_ui(ui: &mut Ui, view: &View, workspace: &Workspace, occasion: Occasion, typed: &Typed) {
    widgets::card(ui, |ui| {
        ui.label(theme::caption(ui, "Thư sẽ như sau (số liệu minh họa)"));
        let Ok(template) = Template::parse(occasion, &typed.text()) else {
            ui.label(theme::secondary(ui, "Sửa mẫu để xem thư"));
            return;
        };
        let letter = template.example(&workspace.snapshot, &workspace.period.id, view.now);
        ui.add(Label::new(theme::bold(letter.subject)).wrap());
        ui.add_space(space::S);
        ScrollArea::vertical().id_salt("letter").max_height(430.0).show(ui, |ui| {
            ui.add(Label::new(letter.body.trim_end()).wrap());
        });
    });
}

/// True where the dialog is to be closed.
fn buttons_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    occasion: Occasion,
    typed: &mut Typed,
    out: &mut Vec<Command>,
) -> bool {
    let stored = workspace.templates.text(occasion);
    let changed = *typed != Typed::of(stored);
    let good = Template::parse(occasion, &typed.text()).is_ok();
    let mut close = false;
    ui.horizontal(|ui| {
        let save = ui.add_enabled_ui(changed && good, |ui| widgets::primary(ui, icons::SAVE, "Lưu mẫu này")).inner;
        if save.clicked() {
            out.push(Command::SetTemplate { occasion, text: Some(typed.text()) });
        }
        let ours = Typed::of(occasion.original());
        let reset = ui.add_enabled_ui(*typed != ours, |ui| widgets::secondary(ui, icons::UNDO, "Về mẫu gốc")).inner;
        if reset.clicked() {
            *typed = ours;
            out.push(Command::SetTemplate { occasion, text: None });
        }
        if changed && widgets::secondary(ui, icons::CLOSE, "Bỏ thay đổi").clicked() {
            *typed = Typed::of(stored);
        }
        close = widgets::secondary(ui, icons::CHECK, "Đóng").clicked();
    });
    close
}

/// What the gap would say.
fn example_of(view: &View, workspace: &Workspace, occasion: Occasion, gap: Placeholder) -> String {
    let text = format!("x\n\n{{{}}}", gap.name());
    let example = |template: Template| template.example(&workspace.snapshot, &workspace.period.id, view.now);
    Template::parse(occasion, &text).map(|template| example(template).body.trim().to_owned()).unwrap_or_default()
}

/// Puts a gap where the cursor is, or at the end.
fn insert(ui: &Ui, field: Id, body: &mut String, gap: &str) {
    let state = TextEdit::load_state(ui.ctx(), field);
    let at = state.and_then(|s| s.cursor.char_range()).map(|range| range.primary.index.0);
    let byte = at.and_then(|at| body.char_indices().nth(at)).map_or(body.len(), |(byte, _)| byte);
    body.insert_str(byte, gap);
}
