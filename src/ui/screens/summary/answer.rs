//! The answer to one agency's report, or to its contribution where this file does not receive reports: what was said so far, a receipt, or rows sent back, each with a reason.

use std::collections::BTreeMap;

use egui::{Label, Ui};

use crate::catalogue::PeriodId;
use crate::progress::AgencyStatus;
use crate::record::{Key, Revision};
use crate::text::clean;
use crate::text::date::format_time;
use crate::ui::command::{Command, Word};
use crate::ui::screens::overview::tone_of;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::{Access, Sent, View, Workspace};
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Event, Grid, Look, Scroll, Width};
use crate::words;

/// Reasons typed and not sent yet: they outlive a look at another agency.
#[derive(Debug, Default)]
pub(in crate::ui::screens) struct State {
    reasons: BTreeMap<Key, String>,
    grid: grid::State,
    shown: Option<(String, PeriodId)>,
}

impl State {
    pub fn unsaved(&self) -> bool {
        !self.reasons.is_empty() || self.grid.is_editing()
    }
}

pub(in crate::ui::screens) fn show(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    agency: &str,
    state: &mut State,
    out: &mut Vec<Command>,
) {
    turn_to(workspace, agency, state);
    forget_sent(workspace, state);
    widgets::card(ui, |ui| {
        let receives = workspace.snapshot.receives();
        match workspace.statuses.iter().find(|s| s.agency == agency) {
            Some(status) => head_ui(ui, workspace, status),
            None if receives => {
                let hint = "Cơ quan này không phải báo cáo trong kỳ đang chọn.";
                widgets::empty_state(ui, icons::AGENCY, workspace.catalogue().agency_name(agency), hint, None);
                return;
            }
            None => contributed_ui(ui, workspace, agency),
        }
        let filed = filed(workspace, agency, &workspace.period.id);
        if filed.is_empty() {
            let (title, hint) = match receives {
                true => (
                    "Chưa nhận báo cáo kỳ này",
                    "Nhập gói báo cáo của cơ quan này ở Gói nhận, rồi ghi nhận hoặc trả lại ở đây.",
                ),
                false => (
                    "Chưa nhận số liệu phối hợp kỳ này",
                    "Nhập gói số liệu phối hợp của đơn vị này ở Gói nhận, rồi ghi nhận hoặc trả lại ở đây.",
                ),
            };
            widgets::empty_state(ui, icons::INBOX, title, hint, None);
            return;
        }
        let ready = workspace.access == Access::Write && view.busy.is_none();
        let period = workspace.period.id.clone();
        let rows: Vec<(Key, String)> = filed
            .iter()
            .filter_map(|r| state.reasons.get(&r.key).map(|reason| (r.key.clone(), reason.clone())))
            .collect();
        ui.add_space(space::XS);
        ui.add_enabled_ui(ready, |ui| {
            ui.horizontal_wrapped(|ui| {
                let send = |word| Command::Answer { agency: agency.to_owned(), period: period.clone(), word };
                if rows.is_empty() {
                    let receipt = widgets::secondary(ui, icons::CHECK, "Ghi giấy báo nhận");
                    if receipt.on_hover_text("Báo cho cơ quan: đã nhận lúc nào, đúng hạn hay trễ hạn").clicked()
                    {
                        out.push(send(Word::Receipt));
                    }
                } else if widgets::danger(ui, icons::UNDO, &format!("Trả lại {} mục", rows.len())).clicked() {
                    out.push(send(Word::Return(rows)));
                }
            });
        });
        if let Some(sent) = workspace.sent.iter().find(|s| s.notice.recipient == agency) {
            sent_ui(ui, workspace, sent, out);
        }
        let hint = "Gõ lý do vào cột Lý do trả lại của từng mục chưa đạt, rồi bấm Trả lại.";
        ui.add(Label::new(theme::caption(ui, hint)).wrap());
        ui.add_space(space::XS);
        rows_ui(ui, workspace, &filed, state);
    });
}

fn head_ui(ui: &mut Ui, workspace: &Workspace, status: &AgencyStatus) {
    let snapshot = &workspace.snapshot;
    widgets::section(ui, snapshot.catalogue.agency_name(&status.agency), |ui| {
        widgets::badge(ui, tone_of(status.state, status.days_left), words::agency_state(status.state));
    });
    let period = words::period(&workspace.period.id);
    let filing = status.filing.map(|f| format!("{period}, {}", words::filing(f)));
    widgets::fact(ui, "Báo cáo", &filing.unwrap_or(period));
    let last = snapshot.last_received(&status.agency, &workspace.period.id);
    if let Some(answer) = last.and_then(|r| snapshot.answer(&r.submission)) {
        widgets::fact(ui, "Đã trả lời", &words::answer(answer));
    }
}

/// What a coordinating agency sent: which filing, in which package, and what was said to it.
fn contributed_ui(ui: &mut Ui, workspace: &Workspace, agency: &str) {
    let (snapshot, period) = (&workspace.snapshot, &workspace.period.id);
    widgets::section(ui, snapshot.catalogue.agency_name(agency), |_| {});
    let Some(last) = snapshot.last_received(agency, period) else { return };
    let filing = last.filing.map(words::filing).unwrap_or_default();
    widgets::fact(ui, "Số liệu phối hợp", &format!("{}, {filing}", words::period(period)));
    widgets::fact(ui, "Gói", &format!("{}, nhận lúc {}", last.file_name, format_time(last.arrival.time)));
    if let Some(answer) = snapshot.answer(&last.submission) {
        widgets::fact(ui, "Đã trả lời", &words::answer(answer));
    }
}

/// What was written, and how to send it.
pub(in crate::ui::screens) fn sent_ui(ui: &mut Ui, workspace: &Workspace, sent: &Sent, out: &mut Vec<Command>) {
    ui.add_space(space::XS);
    widgets::banner(ui, Tone::Success, &words::notice(workspace.catalogue(), &sent.notice));
    ui.horizontal_wrapped(|ui| {
        if let Some(mail) = &sent.mail {
            out.extend(widgets::command_button(ui, Command::OpenMail(mail.clone())));
        }
        out.extend(widgets::command_button(ui, Command::ShowInFolder(sent.file.clone())));
        if widgets::secondary(ui, icons::COPY, "Chép nội dung thư").clicked() {
            out.push(Command::CopyText(sent.mail_text.clone()));
        }
    });
}

fn rows_ui(ui: &mut Ui, workspace: &Workspace, filed: &[&Revision], state: &mut State) {
    let columns = [
        Column::text("Mã", Width::Fixed(58.0)),
        Column::text("Số liệu, kết quả", Width::Rest(140.0)),
        Column::text("Lý do trả lại", Width::Rest(140.0)),
    ];
    let State { reasons, grid, .. } = state;
    let height = ui.available_height().max(160.0);
    let events = Grid::new("Các mục trong báo cáo", &columns).scroll(Scroll::Own(height)).show(
        ui,
        grid,
        filed.len(),
        |row, column| cell(workspace, filed[row], reasons, column),
    );
    for event in events {
        take(event, filed, reasons);
    }
}

fn cell(workspace: &Workspace, revision: &Revision, reasons: &BTreeMap<Key, String>, column: usize) -> Cell {
    let (catalogue, key) = (workspace.catalogue(), &revision.key);
    match column {
        0 => Cell::new(key.base_item()).look(Look::Faint).hover(words::item(catalogue, &key.item)),
        1 => {
            let text = words::content(catalogue, key, &revision.body);
            let origin = words::origin(&workspace.snapshot, revision);
            Cell::new(text.replace('\n', " ")).hover(format!("{text}\n{origin}"))
        }
        _ => {
            let returned = workspace.snapshot.returned_of(key).map(|(_, row)| row.reason.as_str());
            let typed = reasons.get(key).map(String::as_str);
            let mut cell = Cell::new(typed.or(returned).unwrap_or_default());
            cell.look = if typed.is_some() { Look::Bold } else { Look::Tinted(Tone::Danger) };
            cell.edit = Some(typed.unwrap_or_default().to_owned());
            cell
        }
    }
}

fn take(event: Event, filed: &[&Revision], reasons: &mut BTreeMap<Key, String>) {
    let mut put = |row: usize, text: &str| {
        let Some(revision) = filed.get(row) else { return };
        let reason = clean(text.trim());
        if reason.is_empty() {
            reasons.remove(&revision.key);
        } else {
            reasons.insert(revision.key.clone(), reason);
        }
    };
    match event {
        Event::Edited { row, column: 2, text } => put(row, &text),
        Event::Pasted { row, column: 2, block } => {
            for (offset, line) in block.iter().enumerate() {
                put(row + offset, line.first().map_or("", String::as_str));
            }
        }
        Event::Edited { .. } | Event::Pasted { .. } | Event::Moved(_) | Event::Opened { .. } => {}
    }
}

/// Another agency or period is looked at: a reason that is still being typed is kept.
fn turn_to(workspace: &Workspace, agency: &str, state: &mut State) {
    let subject = (agency.to_owned(), workspace.period.id.clone());
    if state.shown.as_ref() == Some(&subject) {
        return;
    }
    if let Some((agency, period)) = state.shown.replace(subject)
        && let Some(event) = state.grid.take_edit()
    {
        take(event, &filed(workspace, &agency, &period), &mut state.reasons);
    }
    state.grid.clear();
}

/// What was typed and has been sent is no draft any more.
fn forget_sent(workspace: &Workspace, state: &mut State) {
    let sent =
        |key: &Key, reason: &String| workspace.snapshot.returned_of(key).is_some_and(|(_, row)| row.reason == *reason);
    state.reasons.retain(|key, reason| !sent(key, reason));
}

/// The values of the agency's report as they stand here, where one was received.
fn filed<'a>(workspace: &'a Workspace, agency: &str, period: &PeriodId) -> Vec<&'a Revision> {
    let snapshot = &workspace.snapshot;
    match snapshot.last_received(agency, period) {
        Some(_) => snapshot.filing_revisions_for(workspace.agency(), agency, period),
        None => Vec::new(),
    }
}
