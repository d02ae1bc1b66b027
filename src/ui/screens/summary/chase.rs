//! What to send to many in one go: reminders and blank forms to those who have not filed, or to the chosen one, and receipts
//! to those whose reports arrived.

use egui::Ui;

use crate::catalogue::Id;
use crate::progress::AgencyState;
use crate::ui::command::{Command, Enclosure};
use crate::ui::theme::{self, Tone, space};
use crate::ui::view::{Access, Papers, PapersWritten, Sent, View, Workspace};
use crate::ui::widgets;

#[derive(Debug, Default)]
pub(super) struct State {
    whom: Whom,
    /// The toggle's own state.
    with_form: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Whom {
    #[default]
    All,
    Chosen,
}

pub(super) fn show(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    chosen: Option<&Id>,
    state: &mut State,
    out: &mut Vec<Command>,
) {
    let open = not_filed(workspace);
    let chosen = chosen.filter(|agency| workspace.statuses.iter().any(|s| s.agency == **agency));
    let ready = workspace.access == Access::Write && view.busy.is_none();
    ui.horizontal_wrapped(|ui| {
        if open.is_empty() {
            widgets::badge(ui, Tone::Success, "Mọi cơ quan đã nộp kỳ này");
        }
        let all = format!("{} cơ quan chưa nộp", open.len());
        let agencies = match chosen {
            Some(agency) => {
                let short = workspace.catalogue().agency(agency).map_or(agency.as_str(), |a| &a.short);
                widgets::segmented(ui, &mut state.whom, &[(Whom::All, &all), (Whom::Chosen, short)]);
                if state.whom == Whom::Chosen { vec![agency.clone()] } else { open.clone() }
            }
            None => {
                if !open.is_empty() {
                    widgets::badge(ui, Tone::Warning, &all);
                }
                open.clone()
            }
        };
        let to_remind = agencies.iter().any(|agency| open.contains(agency));
        let enclosure = if state.with_form { Enclosure::Form } else { Enclosure::Nothing };
        let remind = Command::Remind { agencies: agencies.clone(), enclosure };
        let pressed = ui.add_enabled_ui(ready && to_remind, |ui| widgets::command_button(ui, remind)).inner;
        out.extend(pressed);
        widgets::toggle(ui, &mut state.with_form, "Kèm biểu mẫu");
        let forms = Command::MakeForms(agencies.clone());
        let pressed = ui.add_enabled_ui(ready && !agencies.is_empty(), |ui| widgets::command_button(ui, forms)).inner;
        out.extend(pressed);
        let label = Command::EditTemplates.label();
        if widgets::quiet(ui, label.icon, label.text).on_hover_text(label.tooltip).clicked() {
            out.push(Command::EditTemplates);
        }
    });
    if let Some(written) = &workspace.papers {
        written_ui(ui, written, out);
    }
    receipts_ui(ui, workspace, ready, out);
    ui.add_space(space::XS);
}

/// What was written, and where.
fn written_ui(ui: &mut Ui, written: &PapersWritten, out: &mut Vec<Command>) {
    let Some(first) = written.files.first() else { return };
    let folder = first.parent().map(|f| f.display().to_string()).unwrap_or_default();
    let what = match written.papers {
        Papers::Forms => "biểu mẫu Excel",
        Papers::Reminders => "thư đôn đốc, mở từng thư để kiểm tra và gửi",
    };
    ui.horizontal_wrapped(|ui| {
        widgets::badge(ui, Tone::Success, &format!("Đã ghi {} {what}", written.files.len()));
        out.extend(widgets::command_button(ui, Command::ShowInFolder(first.clone())));
        let folder = theme::caption(ui, folder);
        widgets::elided(ui, folder);
    });
}

/// The reports that wait for an answer; and the receipts that were written last.
fn receipts_ui(ui: &mut Ui, workspace: &Workspace, ready: bool, out: &mut Vec<Command>) {
    let period = &workspace.period.id;
    let waiting: Vec<Id> = workspace.snapshot.unanswered(period).into_iter().map(str::to_owned).collect();
    let written: Vec<&Sent> =
        workspace.sent.iter().filter(|s| s.notice.receipt().is_some() && !s.notice.is_return()).collect();
    let several = written.first().filter(|_| written.len() > 1);
    if waiting.is_empty() && several.is_none() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        if !waiting.is_empty() {
            widgets::badge(ui, Tone::Info, &format!("{} báo cáo đã nhận, chưa trả lời", waiting.len()));
            let all = Command::Acknowledge { period: period.clone(), agencies: waiting };
            out.extend(ui.add_enabled_ui(ready, |ui| widgets::command_button(ui, all)).inner);
        }
        if let Some(first) = several {
            let text = format!("Đã ghi {} giấy báo nhận, mỗi giấy một thư nháp", written.len());
            widgets::badge(ui, Tone::Success, &text);
            out.extend(widgets::command_button(ui, Command::ShowInFolder(first.file.clone())));
        }
    });
}

fn not_filed(workspace: &Workspace) -> Vec<Id> {
    let open = |state| matches!(state, AgencyState::Missing | AgencyState::Draft);
    let others = workspace.statuses.iter().filter(|s| open(s.state) && s.agency != workspace.agency());
    others.map(|s| s.agency.clone()).collect()
}
