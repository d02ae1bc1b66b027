//! Records that two desks changed at once: both values side by side, and a person who chooses one or enters a third.

use egui::{Label, Ui};

use super::third::{Third, Typing};
use crate::record::{Key, Record, Revision};
use crate::ui::command::{Command, Resolution};
use crate::ui::screens::parts::{self, Side};
use crate::ui::state::Place;
use crate::ui::theme::{self, Tone, icons, palette, size, space};
use crate::ui::view::{Access, Workspace};
use crate::ui::widgets;
use crate::words;

#[derive(Debug, Default)]
pub(super) struct State {
    /// How far the list is opened.
    shown: Shown,
    /// A value that is neither of the two, while it is typed.
    third: Option<Third>,
}

#[derive(Debug, Default, PartialEq)]
enum Shown {
    /// The first few; a department may have many after a batch.
    #[default]
    Few,
    All,
}

impl State {
    pub fn unsaved(&self) -> bool {
        self.third.as_ref().is_some_and(Third::is_changed)
    }

    /// A value that was asked for and stored is no draft any more.
    pub fn forget_settled(&mut self, workspace: &Workspace) {
        let settled = |third: &Third| third.is_asked_for() && !workspace.snapshot.is_in_conflict(third.key());
        if self.third.as_ref().is_some_and(settled) {
            self.third = None;
        }
    }
}

/// Conflicts shown before "xem tất cả".
const FEW: usize = 6;

pub(super) fn show(
    ui: &mut Ui,
    workspace: &Workspace,
    wanted: &mut Option<Key>,
    state: &mut State,
    out: &mut Vec<Command>,
) {
    let mut conflicts: Vec<&Record> = workspace.snapshot.conflicts().collect();
    // The one that was asked for comes first.
    conflicts.sort_by_key(|r| Some(&r.key) != wanted.as_ref());
    let count = conflicts.len();
    widgets::card(ui, |ui| {
        let title = format!("Cần quyết định ({count})");
        widgets::section(ui, &title, |_| {});
        let text = "Hai nơi cùng sửa một mục. Chọn số đúng; số kia vẫn còn trong lịch sử. Chưa chọn thì chưa tính vào tổng hợp.";
        ui.add(Label::new(theme::secondary(ui, text)).wrap());
        let few = if state.shown == Shown::All { count } else { FEW };
        for record in conflicts.iter().take(few) {
            ui.add_space(space::S);
            conflict_ui(ui, workspace, record, &mut state.third, out);
        }
        if count > few && widgets::quiet(ui, icons::CHEVRON_DOWN, &format!("Xem cả {count} mục")).clicked() {
            state.shown = Shown::All;
        }
    });
}

fn conflict_ui(ui: &mut Ui, workspace: &Workspace, record: &Record, third: &mut Option<Third>, out: &mut Vec<Command>) {
    let catalogue = workspace.catalogue();
    let key = &record.key;
    let p = palette(ui);
    egui::Frame::new()
        .fill(p.page)
        .stroke(egui::Stroke::new(1.0, p.line))
        .corner_radius(size::RADIUS)
        .inner_margin(egui::Margin::same(10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                widgets::badge(ui, Tone::Danger, "Khác nhau");
                widgets::elided(ui, theme::bold(words::item(catalogue, &key.item)));
            });
            let what = format!("{} · {}", catalogue.agency_name(&key.agency), words::period(&key.period));
            ui.label(theme::secondary(ui, what));
            ui.add_space(space::XS);
            let heads = distinct(record);
            // Two side by side; a third and fourth below them.
            for pair in heads.chunks(2) {
                parts::columns(ui, 0.5, |ui, side| {
                    let head = if side == Side::Left { pair.first() } else { pair.get(1) };
                    if let Some(head) = head {
                        head_ui(ui, workspace, record, head, &heads, out);
                    }
                });
                ui.add_space(space::S);
            }
            match third.as_mut().filter(|t| t.key() == key) {
                Some(typed) => {
                    if typed.show(ui, workspace, record, out) == Typing::Over {
                        *third = None;
                    }
                }
                None => more_ui(ui, workspace, record, third, out),
            }
        });
}

/// The ways that are neither of the two values.
fn more_ui(ui: &mut Ui, workspace: &Workspace, record: &Record, third: &mut Option<Third>, out: &mut Vec<Command>) {
    let key = &record.key;
    ui.horizontal(|ui| {
        ui.add_enabled_ui(workspace.access == Access::Write, |ui| {
            if widgets::quiet(ui, icons::PENCIL, "Nhập số khác").clicked() {
                *third = Some(Third::of(record));
            }
        });
        let item = Place::Item { item: key.base_item().to_owned(), agency: key.agency.clone() };
        if widgets::quiet(ui, icons::HISTORY, "Xem mục này và lịch sử").clicked() {
            out.push(Command::Go(item));
        }
    });
}

/// One of the values: its fields (those that differ are bold), where it came from, and the button that takes it.
fn head_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    record: &Record,
    head: &Revision,
    heads: &[&Revision],
    out: &mut Vec<Command>,
) {
    let own = head.origin == head.key.agency;
    let catalogue = workspace.catalogue();
    widgets::card(ui, |ui| {
        let title = if own { "Số liệu của cơ quan báo cáo" } else { "Số liệu nhập ở nơi khác" };
        ui.label(theme::bold(title));
        let origin = theme::caption(ui, words::origin(&workspace.snapshot, head));
        ui.add(Label::new(origin).wrap());
        ui.add_space(space::XS);
        let others: Vec<Vec<(&str, String)>> =
            heads.iter().filter(|h| h.id != head.id).map(|h| words::fields(catalogue, &h.key, &h.body)).collect();
        for (name, text) in words::fields(catalogue, &head.key, &head.body) {
            let differs = others.iter().any(|o| !o.contains(&(name, text.clone())));
            let text = if differs { theme::bold(text) } else { egui::RichText::new(text) };
            widgets::fact_in(ui, name, text);
        }
        ui.add_space(space::XS);
        let choice = Resolution::Take(head.id.clone());
        let take = Command::Resolve { key: head.key.clone(), choice, seen: record.head_ids() };
        let (text, tooltip) = if own {
            ("Lấy số liệu của cơ quan báo cáo", "Số mà chính cơ quan báo cáo đã nhập")
        } else {
            ("Lấy số này", "Số kia vẫn còn trong lịch sử")
        };
        ui.add_enabled_ui(workspace.access == Access::Write, |ui| {
            if widgets::secondary(ui, icons::CHECK, text).on_hover_text(tooltip).clicked() {
                out.push(take);
            }
        });
    });
}

/// Heads that say the same are one choice; the reporting agency's own comes first.
fn distinct(record: &Record) -> Vec<&Revision> {
    let mut heads: Vec<&Revision> = Vec::new();
    for head in &record.heads {
        match heads.iter_mut().find(|h| h.content_hash == head.content_hash) {
            Some(same) if same.origin != head.key.agency && head.origin == head.key.agency => *same = head,
            Some(_) => {}
            None => heads.push(head),
        }
    }
    heads.sort_by_key(|h| h.origin != h.key.agency);
    heads
}
