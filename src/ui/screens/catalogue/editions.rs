//! Ấn bản: the editions that this file knows, what each changed and whether it has gone out; the way out for the present one.

use egui::{Label, Ui};

use super::Editing;
use super::draft::Draft;
use crate::catalogue::embedded;
use crate::record::{KnownEdition, OperationKind};
use crate::text::date::format_time;
use crate::ui::command::Command;
use crate::ui::screens::parts::{self, Side};
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::{Issued, View, Workspace};
use crate::ui::widgets;

#[derive(Debug, Default)]
pub(super) struct State {
    /// The editions whose changes were asked for, by their operations.
    asked: Vec<String>,
}

pub(super) fn show(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    state: &mut State,
    draft: &Draft,
    editing: Editing,
    out: &mut Vec<Command>,
) {
    ask(workspace, state, out);
    parts::scrolled(ui, "editions", |ui| {
        parts::columns(ui, 0.6, |ui, side| match side {
            Side::Left => {
                let present = &workspace.catalogue().hash;
                for edition in &workspace.snapshot.editions {
                    edition_card(ui, workspace, edition, edition.hash == *present);
                    ui.add_space(space::M);
                }
                first_card(ui, embedded().hash == *present);
            }
            Side::Right => {
                out_card(ui, view, workspace, draft, editing, out);
                if let Some(issued) =
                    workspace.issued.as_ref().filter(|i| i.version == workspace.catalogue().plan.version)
                {
                    ui.add_space(space::L);
                    issued_card(ui, issued, out);
                }
            }
        });
    });
}

/// Asks once for what the editions changed, and again where there are others.
fn ask(workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let known: Vec<String> = workspace.snapshot.editions.iter().map(|e| e.operation.clone()).collect();
    if known != state.asked {
        out.push(Command::LoadEditions);
        state.asked = known;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Made,
    Received,
}

fn edition_card(ui: &mut Ui, workspace: &Workspace, edition: &KnownEdition, is_present: bool) {
    let receives = workspace.snapshot.receives();
    let operation = workspace.snapshot.operations.iter().find(|o| o.id == edition.operation);
    let way = match operation.map(|o| o.kind) {
        Some(OperationKind::Adopt) => Way::Received,
        Some(_) => Way::Made,
        None => {
            if receives {
                Way::Made
            } else {
                Way::Received
            }
        }
    };
    widgets::card(ui, |ui| {
        widgets::section(ui, &format!("Ấn bản {}", edition.version), |ui| {
            if is_present {
                widgets::badge(ui, Tone::Success, "đang dùng");
            }
            if receives && edition.published.is_none() {
                widgets::badge(ui, Tone::Warning, "chưa xuất gói");
            }
        });
        let (when, who) = match way {
            Way::Made => ("Lập lúc", "Người lập"),
            Way::Received => ("Nhận lúc", "Người nhập"),
        };
        widgets::fact(ui, when, &format_time(edition.time));
        widgets::fact(ui, who, &edition.author);
        if let Some(published) = &edition.published {
            let text = format!("{} · {}", format_time(published.time), published.officer);
            widgets::fact(ui, "Xuất gói lúc", &text);
        }
        ui.add_space(space::XS);
        let editions = workspace.editions.as_deref().unwrap_or_default();
        match editions.iter().find(|e| e.operation == edition.operation) {
            None => {
                ui.label(theme::secondary(ui, "Đang đọc các thay đổi…"));
            }
            Some(known) => {
                for change in &known.changes {
                    ui.horizontal_top(|ui| {
                        ui.label(theme::secondary(ui, "•"));
                        ui.add(Label::new(change).wrap());
                    });
                }
            }
        }
    });
}

/// The edition that came with the program.
fn first_card(ui: &mut Ui, is_present: bool) {
    widgets::card(ui, |ui| {
        widgets::section(ui, &format!("Ấn bản {}", embedded().plan.version), |ui| {
            if is_present {
                widgets::badge(ui, Tone::Success, "đang dùng");
            }
        });
        ui.add(Label::new(theme::secondary(ui, "Kèm theo chương trình: mọi cơ quan đều có.")).wrap());
    });
}

/// How the present edition comes to the agencies.
fn out_card(ui: &mut Ui, view: &View, workspace: &Workspace, draft: &Draft, editing: Editing, out: &mut Vec<Command>) {
    let catalogue = workspace.catalogue();
    widgets::card(ui, |ui| {
        widgets::section(ui, "Gửi danh mục", |_| {});
        if !workspace.snapshot.receives() {
            let receiver = catalogue.agency_name(&catalogue.plan.receiver);
            let text =
                format!("{receiver} lập ấn bản mới và gửi bằng gói danh mục. Nhập gói đó ở Gói nhận, có xem trước.");
            ui.add(Label::new(text).wrap());
            return;
        }
        if workspace.snapshot.editions.is_empty() {
            let text = "Chưa lập ấn bản nào ở đây: mọi cơ quan đã có ấn bản kèm theo chương trình, không cần gửi.";
            ui.add(Label::new(text).wrap());
            return;
        }
        let text = format!(
            "Gói danh mục ấn bản {} và một thư nháp để gửi mọi cơ quan. Cơ quan xem trước những gì thay đổi rồi nhập ở \
             Gói nhận; báo cáo lập theo ấn bản cũ vẫn nhận được.",
            catalogue.plan.version
        );
        ui.add(Label::new(text).wrap());
        if !draft.is_empty() {
            ui.add_space(space::XS);
            let text = "Thay đổi đang soạn chưa có trong gói: lập ấn bản mới trước nếu muốn gửi cả những thay đổi đó.";
            widgets::banner(ui, Tone::Warning, text);
        }
        ui.add_space(space::XS);
        let beside = workspace.file.parent().map(|f| f.display().to_string()).unwrap_or_default();
        let folder = view.settings.export_folder.as_ref().map_or(beside, |folder| folder.display().to_string());
        widgets::fact(ui, "Ghi vào", &folder);
        ui.add_space(space::S);
        let ready = editing == Editing::Open && view.busy.is_none();
        ui.add_enabled_ui(ready, |ui| {
            ui.horizontal_wrapped(|ui| {
                out.extend(widgets::command_button(ui, Command::Issue));
                out.extend(widgets::command_button(ui, Command::ChooseExportFolder));
            });
        });
    });
}

/// What was written, as after a filing.
fn issued_card(ui: &mut Ui, issued: &Issued, out: &mut Vec<Command>) {
    widgets::card(ui, |ui| {
        widgets::section(ui, &format!("Đã ghi gói ấn bản {}", issued.version), |ui| {
            widgets::badge(ui, Tone::Info, "Chờ gửi").surrender_focus();
        });
        let name = issued.file.file_name().unwrap_or_default().to_string_lossy();
        let folder = issued.file.parent().map(|f| f.display().to_string()).unwrap_or_default();
        widgets::file_row(ui, &name, "", |_| {});
        ui.add(Label::new(theme::caption(ui, folder)).wrap());
        ui.add_space(space::S);
        ui.horizontal_wrapped(|ui| {
            if let Some(mail) = &issued.mail {
                out.extend(widgets::command_button(ui, Command::OpenMail(mail.clone())));
            }
            out.extend(widgets::command_button(ui, Command::ShowInFolder(issued.file.clone())));
            if widgets::secondary(ui, icons::COPY, "Chép nội dung thư").clicked() {
                out.push(Command::CopyText(issued.mail_text.clone()));
            }
        });
        let text = "Gửi gói này cho mọi cơ quan qua thư điện tử, không đổi tên, không sửa nội dung.";
        ui.add(Label::new(theme::caption(ui, text)).wrap());
    });
}
