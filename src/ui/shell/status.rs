//! The foot of the window: what was saved and can be undone, what waits, what is running, and the last message.

use egui::{Align, Layout, Ui};

use crate::record::Operation;
use crate::text::number::format_decimal;
use crate::ui::command::Command;
use crate::ui::state::{Place, Screen};
use crate::ui::theme::{self, Tone, icons, palette, size, space};
use crate::ui::view::{Busy, MessageKind, View, Workspace};
use crate::ui::widgets::{banner, icon_button, link, progress_bar, quiet};
use crate::words;

pub(super) fn show(ui: &mut Ui, view: &View, workspace: &Workspace, out: &mut Vec<Command>) {
    message_ui(ui, view, out);
    ui.horizontal(|ui| {
        ui.set_height(32.0);
        saved_ui(ui, view, workspace, out);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| match &view.busy {
            Some(busy) => busy_ui(ui, busy, out),
            None => waiting_ui(ui, workspace, out),
        });
    });
}

/// Points; the rejected rows of a table may be many.
const LONGEST_MESSAGE: f32 = 140.0;

/// Warnings and errors take a line of their own until they are closed.
fn message_ui(ui: &mut Ui, view: &View, out: &mut Vec<Command>) {
    let Some(message) = &view.message else { return };
    let tone = match message.kind {
        MessageKind::Info | MessageKind::Done => return,
        MessageKind::Warning => Tone::Warning,
        MessageKind::Error => Tone::Danger,
    };
    ui.add_space(space::S);
    ui.horizontal_top(|ui| {
        // As tall as its text: a layout that centres would take all the height there is.
        let width = ui.available_width() - size::CONTROL - space::S;
        ui.allocate_ui_with_layout(egui::vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
            let area = egui::ScrollArea::vertical().id_salt("message").max_height(LONGEST_MESSAGE);
            area.show(ui, |ui| banner(ui, tone, &message.text));
        });
        let close = Command::DismissMessage.label();
        if icon_button(ui, close.icon, close.text).clicked() {
            out.push(Command::DismissMessage);
        }
    });
}

fn saved_ui(ui: &mut Ui, view: &View, workspace: &Workspace, out: &mut Vec<Command>) {
    let done = view.message.as_ref().filter(|m| matches!(m.kind, MessageKind::Done | MessageKind::Info));
    let green = palette(ui).success.text;
    match (done, workspace.saved_at) {
        (Some(message), _) => {
            ui.label(theme::icon(icons::CHECK).color(green));
            ui.label(&message.text);
        }
        (None, Some(time)) => {
            ui.label(theme::icon(icons::CHECK).color(green));
            ui.label(theme::secondary(ui, format!("Đã lưu {}", time.format("%H:%M"))));
        }
        (None, None) => {
            ui.label(theme::secondary(ui, "Số liệu được lưu ngay khi rời ô nhập"));
        }
    }
    if let Some(operation) = undoable(workspace) {
        let what = crate::text::elide(&words::operation(operation), 48);
        let undo = Command::Undo(Some(operation.id.clone()));
        let tooltip = format!("{} ({})", words::operation(operation), undo.label().shortcut);
        if quiet(ui, icons::UNDO, &format!("Hoàn tác: {what}")).on_hover_text(tooltip).clicked() {
            out.push(undo);
        }
    }
}

/// The latest operation that Ctrl+Z would take back.
fn undoable(workspace: &Workspace) -> Option<&Operation> {
    let snapshot = &workspace.snapshot;
    snapshot.operations.iter().find(|o| o.is_undoable()).filter(|o| snapshot.can_undo(o))
}

fn waiting_ui(ui: &mut Ui, workspace: &Workspace, out: &mut Vec<Command>) {
    let count = workspace.waiting();
    if count == 0 {
        ui.label(theme::secondary(ui, "Không có việc cần xử lý"));
    } else if link(ui, &format!("{count} việc cần xử lý")).clicked() {
        out.push(Command::Go(Place::Screen(Screen::Overview)));
    }
}

fn busy_ui(ui: &mut Ui, busy: &Busy, out: &mut Vec<Command>) {
    if quiet(ui, icons::CLOSE, Command::Cancel.label().text).clicked() {
        out.push(Command::Cancel);
    }
    let number = |n: u64| format_decimal(n.into());
    let (share, count) = match busy.total {
        0 => (0.0, String::new()),
        total => (busy.done as f32 / total as f32, format!(" {}/{}", number(busy.done), number(total))),
    };
    progress_bar(ui, share, palette(ui).accent, 160.0, &busy.title);
    ui.label(theme::secondary(ui, format!("{}{count}", busy.title)));
}
