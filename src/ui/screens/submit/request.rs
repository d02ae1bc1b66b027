//! The request to coordinating agencies while it is put together: items, agencies, a note; one package for each agency.

use std::collections::BTreeSet;

use egui::{Label, ScrollArea, Ui};

use super::coordination::{led, partners};
use crate::catalogue::{Agency, Id, Indicator};
use crate::record::RequestedItem;
use crate::text::clean;
use crate::ui::command::Command;
use crate::ui::screens::parts::{self, Side};
use crate::ui::theme::{self, icons, space};
use crate::ui::view::{Access, View, Workspace};
use crate::ui::widgets::{self, TextField};
use crate::words;

#[derive(Debug, Default)]
pub(super) struct State {
    items: BTreeSet<Id>,
    agencies: BTreeSet<Id>,
    note: String,
    /// What was asked for with the button, until it is written.
    asked: Vec<(Id, Vec<RequestedItem>)>,
}

/// What happened to it in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typing {
    Going,
    Over,
}

impl State {
    pub fn unsaved(&self) -> bool {
        !(self.items.is_empty() && self.note.is_empty())
    }
}

pub(super) fn show(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    state: &mut State,
    out: &mut Vec<Command>,
) -> Typing {
    if is_written(workspace, &state.asked) {
        return Typing::Over;
    }
    let mut typing = Typing::Going;
    let items = state.items.clone();
    let agencies = agencies(workspace, &items);
    state.agencies.retain(|id| agencies.iter().any(|(agency, _)| agency.id == *id));
    parts::scrolled(ui, "request", |ui| {
        parts::columns(ui, 0.52, |ui, side| match side {
            Side::Left => items_card(ui, workspace, &mut state.items),
            Side::Right => {
                agencies_card(ui, &agencies, &mut state.agencies);
                ui.add_space(space::L);
                if send_card(ui, view, workspace, state, &agencies, out) == Typing::Over {
                    typing = Typing::Over;
                }
            }
        });
    });
    typing
}

/// The tasks that this agency leads, each with the indicators that belong to it.
fn items_card(ui: &mut Ui, workspace: &Workspace, chosen: &mut BTreeSet<Id>) {
    let catalogue = workspace.catalogue();
    widgets::card(ui, |ui| {
        widgets::section(ui, "1. Cần số liệu gì", |_| {});
        for task in led(workspace) {
            item_ui(ui, workspace, &task.id, chosen);
            let of_task =
                |i: &&Indicator| i.task.as_deref() == Some(&task.id) && catalogue.is_due(i, &workspace.period.id);
            for indicator in catalogue.indicators.iter().filter(of_task) {
                ui.indent(&indicator.id, |ui| item_ui(ui, workspace, &indicator.id, chosen));
            }
        }
    });
}

fn item_ui(ui: &mut Ui, workspace: &Workspace, item: &str, chosen: &mut BTreeSet<Id>) {
    choice_ui(ui, &words::item(workspace.catalogue(), item), item, chosen);
}

/// The agencies that coordinate on what was chosen.
fn agencies_card(ui: &mut Ui, agencies: &[(&Agency, Vec<&str>)], chosen: &mut BTreeSet<Id>) {
    widgets::card(ui, |ui| {
        widgets::section(ui, "2. Đề nghị đơn vị nào", |ui| {
            if agencies.len() > 1 && widgets::quiet(ui, icons::CHECK, "Chọn tất cả").clicked() {
                chosen.extend(agencies.iter().map(|(agency, _)| agency.id.clone()));
            }
        });
        if agencies.is_empty() {
            ui.add(Label::new(theme::secondary(ui, "Chọn nội dung trước: các đơn vị phối hợp sẽ hiện ở đây.")).wrap());
        }
        ScrollArea::vertical().id_salt("agencies").max_height(220.0).show(ui, |ui| {
            ui.set_width(ui.available_width());
            for (agency, items) in agencies {
                let text = format!("{} ({})", agency.name, items.join(", "));
                choice_ui(ui, &text, &agency.id, chosen);
            }
        });
    });
}

fn choice_ui(ui: &mut Ui, text: &str, id: &str, chosen: &mut BTreeSet<Id>) {
    let mut on = chosen.contains(id);
    if widgets::tick(ui, &mut on, text) {
        match on {
            true => chosen.insert(id.to_owned()),
            false => chosen.remove(id),
        };
    }
}

/// The note, and the button.
fn send_card(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    state: &mut State,
    agencies: &[(&Agency, Vec<&str>)],
    out: &mut Vec<Command>,
) -> Typing {
    let mut typing = Typing::Going;
    widgets::card(ui, |ui| {
        widgets::section(ui, "3. Lời nhắn", |_| {});
        let hint = "ví dụ: gửi trước ngày 15, theo biểu 02";
        let width = ui.available_width();
        TextField::new("Lời nhắn").hint(hint).width(width).show(ui, &mut state.note);
        ui.add_space(space::S);
        ui.horizontal_wrapped(|ui| {
            let ready = workspace.access == Access::Write && view.busy.is_none() && !state.agencies.is_empty();
            let text = format!("Ghi {} gói đề nghị", state.agencies.len());
            let button = ui.add_enabled_ui(ready, |ui| widgets::primary(ui, icons::SEND, &text)).inner;
            if button.clicked() {
                let asked = asked(state, agencies);
                state.asked.clone_from(&asked);
                out.push(Command::Request { period: workspace.period.id.clone(), asked });
            }
            if widgets::quiet(ui, icons::CLOSE, "Thôi").clicked() {
                typing = Typing::Over;
            }
        });
        let text = "Mỗi đơn vị một gói và một thư nháp, chỉ gồm nội dung mà đơn vị đó phối hợp.";
        ui.add(Label::new(theme::caption(ui, text)).wrap());
    });
    typing
}

/// The agencies that coordinate on at least one of the items, with which; those that the plan names come first.
fn agencies<'a>(workspace: &'a Workspace, items: &'a BTreeSet<Id>) -> Vec<(&'a Agency, Vec<&'a str>)> {
    let catalogue = workspace.catalogue();
    let mut found: Vec<(&Agency, Vec<&str>)> = Vec::new();
    for item in items {
        let Some(task) = catalogue.task_of(item) else { continue };
        for agency in partners(workspace, task) {
            match found.iter_mut().find(|(known, _)| known.id == agency.id) {
                Some((_, items)) => items.push(item),
                None => found.push((agency, vec![item])),
            }
        }
    }
    found.sort_by_key(|(agency, items)| !items.iter().any(|item| catalogue.coordinates(&agency.id, item)));
    found
}

/// What each chosen agency is asked for.
fn asked(state: &State, agencies: &[(&Agency, Vec<&str>)]) -> Vec<(Id, Vec<RequestedItem>)> {
    let note = clean(state.note.trim());
    let item = |item: &&str| RequestedItem { item: (*item).to_owned(), note: note.clone() };
    let chosen = agencies.iter().filter(|(agency, _)| state.agencies.contains(&agency.id));
    chosen.map(|(agency, items)| (agency.id.clone(), items.iter().map(item).collect())).collect()
}

fn is_written(workspace: &Workspace, asked: &[(Id, Vec<RequestedItem>)]) -> bool {
    let written = |(agency, items): &(Id, Vec<RequestedItem>)| {
        workspace.sent.iter().any(|s| s.notice.recipient == *agency && s.notice.requested() == items)
    };
    !asked.is_empty() && asked.iter().all(written)
}
