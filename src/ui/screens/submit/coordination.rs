//! Nộp báo cáo, đơn vị phối hợp: whom an agency asks for its part of the tasks that it leads, what came, and the answer.

use std::collections::BTreeSet;

use egui::Ui;

use super::request;
use crate::catalogue::{Agency, Task};
use crate::record::Notice;
use crate::ui::command::Command;
use crate::ui::screens::parts::{self, Side};
use crate::ui::screens::summary::answer;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::{Access, View, Workspace};
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Grid, Look, Scroll, Width};
use crate::words;

#[derive(Debug, Default)]
pub(super) struct State {
    /// The request while it is put together.
    asking: Option<request::State>,
    grid: grid::State,
    answer: answer::State,
}

impl State {
    pub fn unsaved(&self) -> bool {
        self.asking.as_ref().is_some_and(request::State::unsaved) || self.answer.unsaved()
    }
}

/// True where this agency leads something together with others. The receiving department gets their reports anyway.
pub(super) fn concerns(workspace: &Workspace) -> bool {
    let concerned = !led(workspace).is_empty() || !contributors(workspace).is_empty();
    concerned && !workspace.snapshot.receives()
}

/// The tasks of the period that this agency leads and others coordinate on.
pub(super) fn led(workspace: &Workspace) -> Vec<&Task> {
    let catalogue = workspace.catalogue();
    let led = |t: &&Task| t.is_due(&workspace.period.id) && catalogue.includes(&t.lead, workspace.agency());
    catalogue.tasks.iter().filter(led).filter(|t| !partners(workspace, t).is_empty()).collect()
}

/// The agencies that coordinate on a task and do not lead it themselves, in catalogue order. Where the plan also says "các
/// đơn vị liên quan", any that reports may.
pub(super) fn partners<'a>(workspace: &'a Workspace, task: &'a Task) -> Vec<&'a Agency> {
    let catalogue = workspace.catalogue();
    let mut partners = match task.coordinating_open.is_empty() {
        true => catalogue.expand(&task.coordinating),
        false => catalogue.reporting_agencies(&workspace.period),
    };
    partners.retain(|a| a.is_there(&workspace.period) && !catalogue.includes(&task.lead, &a.id));
    partners
}

pub(super) fn show(ui: &mut Ui, view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    if let Some(asking) = &mut state.asking {
        if request::show(ui, view, workspace, asking, out) == request::Typing::Over {
            state.asking = None;
        }
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.add_enabled_ui(workspace.access == Access::Write, |ui| {
            if widgets::primary(ui, icons::USERS, "Đề nghị đơn vị phối hợp…").clicked() {
                state.asking = Some(request::State::default());
            }
        });
        ui.label(theme::secondary(ui, "Số liệu phối hợp gửi về được nhập ở Gói nhận"));
    });
    sent_ui(ui, workspace, out);
    ui.add_space(space::S);
    let agencies = listed(workspace);
    if agencies.is_empty() {
        let hint = "Bấm Đề nghị đơn vị phối hợp… để chọn đơn vị và nội dung cần số liệu.";
        widgets::empty_state(ui, icons::USERS, "Chưa đề nghị đơn vị nào trong kỳ này", hint, None);
        return;
    }
    let State { grid, answer, .. } = state;
    let chosen = grid.row().and_then(|row| agencies.get(row)).copied();
    parts::list_and_detail(ui, 0.48, |ui, side| match (side, chosen) {
        (Side::Left, _) => agencies_ui(ui, workspace, &agencies, grid),
        (Side::Right, Some(agency)) => answer::show(ui, view, workspace, &agency.id, answer, out),
        (Side::Right, None) => {
            let hint = "Chọn một đơn vị ở bảng bên trái.";
            widgets::empty_state(ui, icons::USERS, "Số liệu của từng đơn vị phối hợp", hint, None);
        }
    });
}

/// The requests that were written last, and how to send them.
fn sent_ui(ui: &mut Ui, workspace: &Workspace, out: &mut Vec<Command>) {
    let requests: Vec<_> = workspace.sent.iter().filter(|s| !s.notice.requested().is_empty()).collect();
    let Some(first) = requests.first() else { return };
    ui.add_space(space::S);
    let text = format!("Đã ghi {} gói đề nghị phối hợp; gửi từng gói cho đúng đơn vị", requests.len());
    widgets::banner(ui, Tone::Success, &text);
    egui::ScrollArea::vertical().id_salt("sent").max_height(96.0).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            out.extend(widgets::command_button(ui, Command::ShowInFolder(first.file.clone())));
            for sent in &requests {
                let name = workspace.catalogue().agency(&sent.notice.recipient).map_or("", |a| &a.short);
                if let Some(mail) = &sent.mail
                    && widgets::secondary(ui, icons::MAIL, &format!("Thư nháp gửi {name}")).clicked()
                {
                    out.push(Command::OpenMail(mail.clone()));
                }
            }
        });
    });
}

/// The agencies that were asked in the period or contributed to it, in catalogue order.
fn listed(workspace: &Workspace) -> Vec<&Agency> {
    let asked = requests(workspace).map(|n| n.recipient.as_str());
    let concerned: BTreeSet<&str> = asked.chain(contributors(workspace)).collect();
    workspace.catalogue().agencies.iter().filter(|a| concerned.contains(a.id.as_str())).collect()
}

fn contributors(workspace: &Workspace) -> BTreeSet<&str> {
    let snapshot = &workspace.snapshot;
    let of_period = snapshot.received.iter().filter(|r| r.period.as_ref() == Some(&workspace.period.id));
    let contributed = of_period.filter(|r| r.is_merged_submission() && r.agency != snapshot.agency);
    contributed.map(|r| r.agency.as_str()).collect()
}

fn requests(workspace: &Workspace) -> impl Iterator<Item = &Notice> {
    let period = &workspace.period.id;
    let ours = move |n: &&Notice| n.sender == workspace.agency() && n.period == *period && !n.requested().is_empty();
    workspace.snapshot.notices.iter().filter(ours)
}

fn agencies_ui(ui: &mut Ui, workspace: &Workspace, agencies: &[&Agency], state: &mut grid::State) {
    let columns = [
        Column::text("Đơn vị", Width::Rest(150.0)),
        Column::text("Đã đề nghị", Width::Rest(90.0)),
        Column::text("Số liệu phối hợp", Width::Fixed(150.0)),
        Column::text("Trả lời", Width::Fixed(104.0)),
    ];
    let height = ui.available_height();
    let chosen = state.row();
    Grid::new("Đơn vị phối hợp", &columns).scroll(Scroll::Own(height)).marked(chosen).show(
        ui,
        state,
        agencies.len(),
        |row, column| agency_cell(workspace, agencies[row], column),
    );
}

fn agency_cell(workspace: &Workspace, agency: &Agency, column: usize) -> Cell {
    let (snapshot, period) = (&workspace.snapshot, &workspace.period.id);
    let last = snapshot.last_received(&agency.id, period);
    match column {
        0 => Cell::new(&agency.short).hover(&agency.name),
        1 => Cell::new(snapshot.requested(workspace.agency(), &agency.id, period).join(", ")),
        2 => match last {
            Some(last) => {
                let filing = last.filing.map(words::filing).unwrap_or_default();
                Cell::new(format!("đã nhận {filing}")).look(Look::Tinted(Tone::Success)).hover(&last.file_name)
            }
            None => Cell::new("chưa có").look(Look::Faint),
        },
        _ => match last.and_then(|last| snapshot.answer(&last.submission)) {
            Some(answer) if answer.is_return() => {
                let text = format!("trả lại {} mục", answer.returned_rows().len());
                Cell::new(text).look(Look::Tinted(Tone::Danger)).hover(words::answer(answer))
            }
            Some(answer) => Cell::new("đã báo nhận").look(Look::Tinted(Tone::Success)).hover(words::answer(answer)),
            None => Cell::new(""),
        },
    }
}
