//! Care of a file, as Cài đặt and the first screen show it: its backups, putting one back, and what a rescue saved.

use std::path::{Path, PathBuf};

use egui::{Label, ScrollArea, Ui};

use crate::text::bytes::format_size;
use crate::text::date::format_moment;
use crate::ui::command::Command;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::{Backup, Rescued, Trouble};
use crate::ui::widgets;

/// The list of backups is at most this high; there may be a hundred.
const LIST: f32 = 190.0;

#[derive(Debug, Default)]
pub struct State {
    /// The backup that is about to be put back, if the officer says so once more.
    asked: Option<PathBuf>,
}

/// Whether a backup may be put in the place of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Restoring {
    Offered,
    /// Someone else has the file open, or it cannot be written.
    NotNow,
}

/// What to do about a file that could not be opened.
pub(super) fn trouble_card(
    ui: &mut Ui,
    trouble: &Trouble,
    rescued: Option<&Rescued>,
    state: &mut State,
    out: &mut Vec<Command>,
) {
    widgets::card(ui, |ui| {
        ui.label(theme::section_title("Tệp không mở được"));
        widgets::banner(ui, Tone::Danger, &trouble.why);
        ui.add_space(space::S);
        if trouble.rescuable {
            rescue_ui(ui, &trouble.file, rescued, out);
            ui.add_space(space::S);
        }
        ui.label(theme::bold("Bản sao lưu"));
        backups_ui(ui, &trouble.file, &trouble.backups, Restoring::Offered, state, out);
    });
}

/// The backups of a file, the newest first, each with its way back.
pub(super) fn backups_ui(
    ui: &mut Ui,
    file: &Path,
    backups: &[Backup],
    restoring: Restoring,
    state: &mut State,
    out: &mut Vec<Command>,
) {
    if backups.is_empty() {
        ui.label(theme::secondary(ui, "Chưa có bản sao lưu nào cạnh tệp này."));
        return;
    }
    let asked = backups.iter().find(|b| state.asked.as_ref() == Some(&b.path));
    if let Some(backup) = asked {
        confirm_ui(ui, file, backup, state, out);
        return;
    }
    let list = ScrollArea::vertical().id_salt("backups").max_height(LIST).min_scrolled_height(LIST);
    list.auto_shrink([false, true]).show(ui, |ui| {
        for backup in backups {
            let detail = format!("{} · {}", backup.reason, format_size(backup.bytes));
            widgets::file_row(ui, &format_moment(backup.made), &detail, |ui| {
                let restore = Command::Restore { file: file.to_path_buf(), backup: backup.path.clone() };
                let label = restore.label();
                ui.add_enabled_ui(restoring == Restoring::Offered, |ui| {
                    let pressed = widgets::quiet(ui, label.icon, label.text).on_hover_text(label.tooltip);
                    if pressed.accessible_name(format!("Khôi phục bản {}", format_moment(backup.made))).clicked() {
                        state.asked = Some(backup.path.clone());
                    }
                });
            });
        }
    });
}

/// What a rescue saved and what it did not; before that, the button that asks for one.
pub(super) fn rescue_ui(ui: &mut Ui, file: &Path, rescued: Option<&Rescued>, out: &mut Vec<Command>) {
    let Some(rescued) = rescued else {
        out.extend(widgets::command_button(ui, Command::Rescue(file.to_path_buf())));
        return;
    };
    let (tone, rest) = match rescued.lost.len() {
        0 => (Tone::Success, "không thấy mất gì"),
        _ => (Tone::Warning, "còn những điều sau phải xem lại"),
    };
    widgets::banner(ui, tone, &format!("{} vào {}; {rest}.", rescued.saved, rescued.file.display()));
    ScrollArea::vertical().id_salt("lost").max_height(LIST).auto_shrink([false, true]).show(ui, |ui| {
        for line in &rescued.lost {
            ui.horizontal_top(|ui| {
                ui.label(theme::icon(icons::WARNING));
                ui.add(Label::new(line).wrap());
            });
        }
    });
    if widgets::primary(ui, icons::FOLDER_OPEN, "Mở tệp đã cứu").clicked() {
        out.push(Command::OpenRecent(rescued.file.clone()));
    }
}

fn confirm_ui(ui: &mut Ui, file: &Path, backup: &Backup, state: &mut State, out: &mut Vec<Command>) {
    let text = format!(
        "Số liệu trở về như lúc {}. Tệp hiện nay không mất: được giữ lại bên cạnh với đuôi “.bak-…”; những gì nhập sau \
         lúc đó chỉ còn ở tệp ấy.",
        format_moment(backup.made)
    );
    widgets::banner(ui, Tone::Warning, &text);
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        if widgets::danger(ui, icons::HISTORY, "Khôi phục bản này").clicked() {
            state.asked = None;
            out.push(Command::Restore { file: file.to_path_buf(), backup: backup.path.clone() });
        }
        if widgets::quiet(ui, icons::CLOSE, "Không khôi phục").clicked() {
            state.asked = None;
        }
    });
}
