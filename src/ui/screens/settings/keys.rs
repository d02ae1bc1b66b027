//! Cài đặt, khóa ký: the code to read out by phone, the keys of those who send, and what to do about signatures.

use egui::{Label, Ui};

use crate::trust::{Answer, Case, KeyState, KnownKey, Signer};
use crate::ui::command::Command;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::{Access, Workspace};
use crate::ui::widgets;
use crate::words;

/// The list of keys is at most this high; a department knows a hundred.
const LIST: f32 = 260.0;

pub(super) fn card(ui: &mut Ui, workspace: &Workspace, out: &mut Vec<Command>) {
    let trust = &workspace.snapshot.trust;
    widgets::card(ui, |ui| {
        let code = trust.own.code();
        widgets::section(ui, "Khóa ký gói", |ui| {
            if widgets::quiet(ui, icons::COPY, "Chép mã").clicked() {
                out.push(Command::CopyText(code.clone()));
            }
        });
        widgets::fact(ui, "Mã khóa của tệp", &code);
        let hint = "Khi nơi nhận gọi để đối chiếu, đọc mã này cho họ. Khóa được sao lưu cùng tệp; sao lưu riêng để dùng lại \
                    khi phải làm tệp mới. Tệp khóa không có mật khẩu: cất nơi an toàn, không gửi qua thư.";
        ui.add(Label::new(theme::caption(ui, hint)).wrap());
        ui.horizontal_wrapped(|ui| {
            out.extend(widgets::command_button(ui, Command::ExportKey));
            ui.add_enabled_ui(workspace.access == Access::Write, |ui| {
                out.extend(widgets::command_button(ui, Command::ImportKey));
            });
        });
        let others = others(workspace);
        if !others.is_empty() {
            ui.add_space(space::S);
            let list = egui::ScrollArea::vertical().id_salt("keys").max_height(LIST).min_scrolled_height(LIST);
            list.auto_shrink([false, true]).show(ui, |ui| {
                for known in others {
                    key_ui(ui, workspace, known, out);
                }
            });
        }
        ui.add_space(space::S);
        ui.add_enabled_ui(workspace.access == Access::Write, |ui| {
            for case in Case::ALL {
                policy_ui(ui, case, trust.policy.get(case), out);
            }
        });
    });
}

/// The keys of others, each once, those that wait first, then those that nobody has confirmed.
fn others(workspace: &Workspace) -> Vec<&KnownKey> {
    let rank = |k: &KnownKey| match k.state {
        KeyState::Waiting => 0,
        KeyState::Seen => 1,
        KeyState::Confirmed { .. } | KeyState::Own => 2,
    };
    let mut keys: Vec<&KnownKey> = workspace.snapshot.trust.known.iter().filter(|k| k.state != KeyState::Own).collect();
    keys.sort_by_key(|k| (&k.agency, k.key, rank(k)));
    keys.dedup_by_key(|k| (&k.agency, k.key));
    keys.sort_by_key(|k| rank(k));
    keys
}

fn key_ui(ui: &mut Ui, workspace: &Workspace, known: &KnownKey, out: &mut Vec<Command>) {
    let name = workspace.catalogue().agency_name(&known.agency);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.label(theme::bold(name));
        let text = format!("{} · {}", known.key.code(), words::key_state(&known.state));
        let text = match known.state {
            KeyState::Waiting => theme::tinted(ui, Tone::Danger, text),
            _ => theme::caption(ui, text),
        };
        ui.add(Label::new(text).wrap());
    });
    if matches!(known.state, KeyState::Seen | KeyState::Waiting) {
        let signer = Signer { agency: known.agency.clone(), device: known.device.clone(), key: known.key };
        confirm_ui(ui, workspace, signer, name, out);
    }
    ui.add_space(space::XS);
}

/// The button with which an officer says that a key is the agency's. Also where a package waits for that.
pub(in crate::ui::screens) fn confirm_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    signer: Signer,
    agency: &str,
    out: &mut Vec<Command>,
) {
    ui.add_enabled_ui(workspace.access == Access::Write, |ui| {
        let command = Command::ConfirmKey(signer);
        let label = command.label();
        let pressed = widgets::quiet(ui, label.icon, &format!("Đã so mã, xác nhận khóa của {agency}"));
        if pressed.on_hover_text(label.tooltip).clicked() {
            out.push(command);
        }
    });
}

fn policy_ui(ui: &mut Ui, case: Case, answer: Answer, out: &mut Vec<Command>) {
    widgets::label_over(ui, words::policy_case(case), |ui| {
        let mut chosen = answer;
        let options = [Answer::Accept, Answer::Refuse].map(|a| (a, words::policy_answer(a)));
        if widgets::segmented(ui, &mut chosen, &options) {
            out.push(Command::SetPolicy(case, chosen));
        }
    });
    ui.add_space(space::XS);
}
