//! Nộp báo cáo: what is missing, what the report will say, one button, and what came of it. For a lead agency it is a
//! contribution that is sent; and an agency that leads tasks asks here those that coordinate with it.

mod coordination;
mod request;

use std::collections::BTreeSet;

use egui::{Label, Ui};

use super::parts::{self, Side};
use crate::catalogue::Id;
use crate::progress::AgencyStatus;
use crate::record::{self, Filing, Finding, Key, Kind, NextFiling, Notice, Receipt, ReturnedRow, Revision};
use crate::text::bytes::format_size;
use crate::text::date::format_time;
use crate::ui::command::Command;
use crate::ui::form::Drafts;
use crate::ui::state::{Place, Screen};
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::{Access, Exported, View, Workspace};
use crate::ui::widgets::grid::{self, Cell, Column, Event, Grid, Look, Width};
use crate::ui::widgets::{self, Tab};
use crate::words;

#[derive(Debug, Default)]
pub struct State {
    sheet: Sheet,
    /// The lead agency that gets a contribution; none: the report.
    lead: Option<Id>,
    grid: grid::State,
    checks: Shown,
    coordination: coordination::State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Sheet {
    #[default]
    Sending,
    Coordination,
}

/// How much of the checklist is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shown {
    #[default]
    Few,
    All,
}

impl State {
    /// Turns to what is contributed to a lead agency.
    pub fn contribute_to(&mut self, lead: Id) {
        self.sheet = Sheet::Sending;
        self.lead = Some(lead);
    }

    /// True where a request or a reason is typed and not sent yet.
    pub fn unsaved(&self) -> bool {
        self.coordination.unsaved()
    }
}

/// Lines of the checklist shown before "xem tất cả".
const FEW: usize = 8;

/// One line of the checklist, and where it is settled.
struct Check {
    tone: Tone,
    icon: &'static str,
    item: Id,
    detail: String,
    place: Place,
}

pub fn show(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    state: &mut State,
    drafts: &Drafts,
    out: &mut Vec<Command>,
) {
    let note = words::period(&workspace.period.id);
    parts::head(ui, Screen::Submit.title(), &note, |_| {});
    if coordination::concerns(workspace) {
        sheets_ui(ui, &mut state.sheet);
        if state.sheet == Sheet::Coordination {
            coordination::show(ui, view, workspace, &mut state.coordination, out);
            return;
        }
    }
    let leads = workspace.snapshot.contribution_leads(workspace.agency(), &workspace.period.id);
    let lead = state.lead.take().filter(|lead| leads.contains(lead.as_str()));
    state.lead.clone_from(&lead);
    let lead = lead.as_deref();
    parts::scrolled(ui, "submit", |ui| {
        parts::columns(ui, 0.56, |ui, side| match side {
            Side::Left => checklist_card(ui, workspace, lead, &mut state.checks, out),
            Side::Right => {
                filing_card(ui, view, workspace, &leads, &mut state.lead, &held(workspace, drafts), out);
                if let Some(exported) = &workspace.exported {
                    ui.add_space(space::L);
                    exported_card(ui, workspace, exported, out);
                }
                ui.add_space(space::L);
                past_card(ui, workspace);
            }
        });
        ui.add_space(space::L);
        contents_card(ui, workspace, lead, &mut state.grid, out);
    });
}

fn sheets_ui(ui: &mut Ui, sheet: &mut Sheet) {
    let tab = |value, text: &str, tooltip: &str| Tab {
        value,
        text: text.to_owned(),
        note: String::new(),
        mark: None,
        tooltip: tooltip.to_owned(),
    };
    let tabs = [
        tab(Sheet::Sending, "Báo cáo của đơn vị", "Nộp báo cáo, gửi số liệu phối hợp"),
        tab(Sheet::Coordination, "Đơn vị phối hợp", "Đề nghị, nhận và trả lời số liệu của các đơn vị phối hợp"),
    ];
    widgets::tabs(ui, sheet, &tabs);
    ui.add_space(space::S);
}

/// What is missing or doubtful, each a link to its place.
fn checklist_card(ui: &mut Ui, workspace: &Workspace, lead: Option<&str>, shown: &mut Shown, out: &mut Vec<Command>) {
    let checks = checks(workspace, lead);
    widgets::card(ui, |ui| {
        widgets::section(ui, "Kiểm tra trước khi nộp", |ui| {
            if let (None, Some(AgencyStatus { expected, reported, .. })) = (lead, workspace.own_status()) {
                let count = theme::secondary(ui, format!("đã nhập {}/{} mục", reported.len(), expected.len()));
                ui.label(count);
            }
        });
        if checks.is_empty() {
            widgets::empty_state(ui, icons::CHECK_CIRCLE, "Đã đủ", "Không còn mục nào thiếu hoặc cần xem lại.", None);
            return;
        }
        let few = if *shown == Shown::All { checks.len() } else { FEW };
        for check in checks.iter().take(few) {
            let text = words::item(workspace.catalogue(), &check.item);
            if parts::action_row(ui, check.tone, check.icon, &text, &check.detail).clicked() {
                out.push(Command::Go(check.place.clone()));
            }
        }
        if checks.len() > few
            && widgets::quiet(ui, icons::CHEVRON_DOWN, &format!("Xem cả {} mục", checks.len())).clicked()
        {
            *shown = Shown::All;
        }
        let text = "Những mục này không ngăn việc nộp, gửi; nhập thêm rồi nộp, gửi bổ sung cũng được.";
        ui.add(Label::new(theme::caption(ui, text)).wrap());
    });
}

/// What was sent back, then conflicts, what is missing, then what is doubtful; for a lead agency only what concerns it.
fn checks(workspace: &Workspace, lead: Option<&str>) -> Vec<Check> {
    let agency = workspace.agency();
    let catalogue = workspace.catalogue();
    let concerns = |item: &str| lead.is_none_or(|lead| catalogue.leads(lead, item) && !catalogue.leads(agency, item));
    let place = |item: &Id| Place::Item { item: item.clone(), agency: agency.to_owned() };
    let in_conflict = workspace.snapshot.of_agency(agency, &workspace.period.id).filter(|r| r.in_conflict());
    let conflicts = in_conflict.filter(|r| concerns(r.key.base_item())).map(|record| Check {
        tone: Tone::Danger,
        icon: icons::ALERT,
        item: record.key.item.clone(),
        detail: "Có hai số khác nhau: chọn một số trước khi nộp".to_owned(),
        place: Place::Conflict(record.key.clone()),
    });
    let to_us = |(notice, _): &(&Notice, &ReturnedRow)| {
        let by_it = lead.is_none_or(|lead| notice.sender == lead);
        notice.recipient == agency && notice.period == workspace.period.id && by_it
    };
    let returned = workspace.snapshot.returned().filter(to_us).map(|(_, row)| Check {
        tone: Tone::Danger,
        icon: icons::UNDO,
        item: row.key.item.clone(),
        detail: format!("Bị trả lại: {}", row.reason),
        place: Place::Item { item: row.key.base_item().to_owned(), agency: row.key.agency.clone() },
    });
    let missing = missing(workspace, lead).into_iter().map(|item| Check {
        tone: Tone::Warning,
        icon: icons::PENCIL,
        detail: if lead.is_some() { "Được đề nghị, chưa nhập" } else { "Chưa nhập" }.to_owned(),
        place: place(&item),
        item,
    });
    let doubtful = doubtful(workspace).into_iter().filter(|(item, _)| concerns(item)).map(|(item, findings)| Check {
        tone: Tone::Info,
        icon: icons::INFO,
        detail: findings.iter().map(words::finding).collect::<Vec<_>>().join(" · "),
        place: place(&item),
        item,
    });
    returned.chain(conflicts).chain(missing).chain(doubtful).collect()
}

/// Items without a figure: owed in the report, or asked for by the lead agency.
fn missing(workspace: &Workspace, lead: Option<&str>) -> Vec<Id> {
    let Some(lead) = lead else {
        return workspace.own_status().map(|s| s.missing.clone()).unwrap_or_default();
    };
    let (snapshot, agency, period) = (&workspace.snapshot, workspace.agency(), &workspace.period.id);
    let there =
        |item: &&str| snapshot.item(item, agency, period).is_some_and(|r| r.in_conflict() || r.reported().is_some());
    snapshot.requested(lead, agency, period).into_iter().filter(|item| !there(item)).map(str::to_owned).collect()
}

/// Reported items about which something is doubtful.
fn doubtful(workspace: &Workspace) -> Vec<(Id, Vec<Finding>)> {
    let (snapshot, period) = (&workspace.snapshot, &workspace.period.id);
    let Some(status) = workspace.own_status() else { return Vec::new() };
    let previous = |item: &str| snapshot.before(item, workspace.agency(), period);
    status
        .reported
        .iter()
        .filter_map(|item| {
            let body = &snapshot.reported(item, workspace.agency(), period)?.body;
            let found = record::findings(workspace.catalogue(), item, body, previous(item));
            (!found.is_empty()).then(|| (item.clone(), found))
        })
        .collect()
}

/// The items of the report on which something is typed and not stored: it would be filed without that.
fn held<'d>(workspace: &Workspace, drafts: &'d Drafts) -> BTreeSet<&'d str> {
    let period = &workspace.period.id;
    let of_report = |key: &&Key| match key.kind {
        Kind::PlanItem => key.period.year() == period.year(),
        _ => key.period == *period,
    };
    let held = drafts.held().into_iter().filter(|key| key.agency == workspace.agency()).filter(of_report);
    held.map(Key::base_item).collect()
}

/// The one button, and what it will do.
fn filing_card(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    leads: &BTreeSet<&str>,
    lead: &mut Option<Id>,
    held: &BTreeSet<&str>,
    out: &mut Vec<Command>,
) {
    let catalogue = workspace.catalogue();
    let receiver = &catalogue.plan.receiver;
    let recipient = lead.clone().unwrap_or_else(|| receiver.clone());
    let next = workspace.snapshot.next_filing_for(&recipient, workspace.agency(), &workspace.period.id);
    widgets::card(ui, |ui| {
        widgets::section(ui, if lead.is_none() { "Nộp báo cáo" } else { "Gửi số liệu phối hợp" }, |_| {});
        widgets::fact(ui, "Đơn vị", catalogue.agency_name(workspace.agency()));
        match leads.is_empty() {
            true => widgets::fact(ui, "Gửi đến", catalogue.agency_name(receiver)),
            false => {
                let mut options = vec![(None, format!("{}: báo cáo", catalogue.agency_name(receiver)))];
                options.extend(leads.iter().map(|lead| {
                    (Some((*lead).to_owned()), format!("{}: số liệu phối hợp", catalogue.agency_name(lead)))
                }));
                widgets::label_over(ui, "Gửi đến", |ui| {
                    widgets::dropdown(ui, "Gửi đến", ui.available_width(), lead, &options);
                });
            }
        }
        widgets::fact(ui, "Loại", &kind_of(next));
        let folder = folder_of(view, workspace);
        widgets::fact(ui, "Ghi vào", &folder);
        widgets::fact(ui, "Cỡ gói tối đa", &format!("{} MB, lớn hơn thì tách thành nhiều gói", view.settings.limit_mb));
        ui.add_space(space::S);
        let writable = workspace.access == Access::Write && view.busy.is_none();
        let possible = next != NextFiling::Nothing && writable && held.is_empty();
        if !held.is_empty() {
            let items = held.iter().copied().collect::<Vec<_>>().join(", ");
            let text = format!("Đang nhập dở, chưa lưu: {items}. Nhập xong hoặc bỏ ở Trụ cột rồi mới nộp.");
            widgets::banner(ui, Tone::Warning, &text);
            ui.add_space(space::S);
        }
        ui.horizontal_wrapped(|ui| {
            let text = match next {
                NextFiling::Again(_) => "Ghi lại gói dữ liệu",
                _ if lead.is_some() => "Ghi gói số liệu phối hợp",
                _ => "Nộp và ghi gói dữ liệu",
            };
            let button = ui.add_enabled_ui(possible, |ui| widgets::primary(ui, icons::SEND, text)).inner;
            if button.clicked() {
                out.push(match lead.clone() {
                    Some(lead) => Command::Contribute { lead },
                    None => Command::Export,
                });
            }
            out.extend(widgets::command_button(ui, Command::ChooseExportFolder));
        });
        let hint = match (next, &lead) {
            (NextFiling::Nothing, None) => "Chưa có số liệu nào của kỳ này: nhập ở màn hình Trụ cột trước.",
            (NextFiling::Nothing, Some(_)) => {
                "Chưa có số liệu nào cho nhiệm vụ do cơ quan này chủ trì: nhập ở màn hình Trụ cột trước."
            }
            (_, Some(_)) => "Chỉ gồm số liệu của đơn vị cho nhiệm vụ do cơ quan này chủ trì; không thay cho báo cáo.",
            (_, None) => return,
        };
        ui.add(Label::new(theme::caption(ui, hint)).wrap());
    });
}

fn kind_of(next: NextFiling<'_>) -> String {
    match next {
        NextFiling::Nothing => "chưa có gì để nộp".to_owned(),
        NextFiling::New(kind) => words::filing(kind),
        NextFiling::Again(last) => {
            format!("không có thay đổi: ghi lại gói {} lập lúc {}", words::filing(last.kind), format_time(last.time))
        }
    }
}

fn folder_of(view: &View, workspace: &Workspace) -> String {
    let beside = workspace.file.parent().map(|f| f.to_path_buf());
    view.settings.export_folder.clone().or(beside).map(|f| f.display().to_string()).unwrap_or_default()
}

/// What the filing wrote, and how to send it.
fn exported_card(ui: &mut Ui, workspace: &Workspace, exported: &Exported, out: &mut Vec<Command>) {
    let catalogue = workspace.catalogue();
    let report = exported.filing.recipient == catalogue.plan.receiver;
    widgets::card(ui, |ui| {
        let (title, badge) = match report {
            true => (format!("Đã ghi gói {}", words::filing(exported.filing.kind)), "Đã nộp"),
            false => (format!("Đã ghi gói phối hợp {}", words::filing(exported.filing.kind)), "Chờ gửi"),
        };
        let tone = if report { Tone::Success } else { Tone::Info };
        widgets::section(ui, &title, |ui| widgets::badge(ui, tone, badge).surrender_focus());
        if !report {
            widgets::fact(ui, "Gửi đến", catalogue.agency_name(&exported.filing.recipient));
        }
        for path in &exported.files {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let folder = path.parent().map(|f| f.display().to_string()).unwrap_or_default();
            widgets::file_row(ui, &name, "", |_| {});
            ui.add(Label::new(theme::caption(ui, folder)).wrap());
        }
        ui.add_space(space::S);
        ui.horizontal_wrapped(|ui| {
            if let Some(mail) = &exported.mail {
                out.extend(widgets::command_button(ui, Command::OpenMail(mail.clone())));
            }
            if let Some(first) = exported.files.first() {
                out.extend(widgets::command_button(ui, Command::ShowInFolder(first.clone())));
            }
            if widgets::secondary(ui, icons::COPY, "Chép nội dung thư").clicked() {
                out.push(Command::CopyText(exported.mail_text.clone()));
            }
        });
        let text = "Gửi tất cả các gói qua thư điện tử, không đổi tên, không sửa nội dung.";
        ui.add(Label::new(theme::caption(ui, text)).wrap());
    });
}

fn past_card(ui: &mut Ui, workspace: &Workspace) {
    let past: Vec<&Filing> = workspace.snapshot.filings.iter().collect();
    widgets::card(ui, |ui| {
        widgets::section(ui, "Các lần đã nộp", |_| {});
        if past.is_empty() {
            ui.label(theme::secondary(ui, "Chưa nộp lần nào"));
        }
        for filing in past {
            let what = format!("{}, {}", words::period(&filing.period), words::filing(filing.kind));
            let catalogue = workspace.catalogue();
            let whom = match filing.recipient == catalogue.plan.receiver {
                true => String::new(),
                false => format!(" · số liệu phối hợp gửi {}", catalogue.agency_name(&filing.recipient)),
            };
            widgets::fact(ui, &format_time(filing.time), &format!("{what}{whom} · {}", filing.officer));
            if let Some(answer) = workspace.snapshot.answer(&filing.id) {
                answer_ui(ui, filing, answer);
            }
        }
    });
}

/// What the receiver said about a filing. Packages that are not those written here are pointed out.
fn answer_ui(ui: &mut Ui, filing: &Filing, answer: &Notice) {
    let tone = if answer.is_return() { Tone::Danger } else { Tone::Success };
    widgets::banner(ui, tone, &words::answer(answer));
    let foreign = |receipt: &Receipt| receipt.packages.iter().any(|p| !filing.packages.contains(&p.sha256));
    if answer.receipt().is_some_and(foreign) {
        let text = "Nơi nhận có gói khác mã SHA-256 với gói đã ghi khi nộp (ghi lại với giới hạn khác, hoặc bị thay đổi): \
                    đối chiếu với nơi nhận";
        widgets::banner(ui, Tone::Warning, text);
    }
}

/// The report or the contribution itself: every value that it will carry.
fn contents_card(
    ui: &mut Ui,
    workspace: &Workspace,
    lead: Option<&str>,
    state: &mut grid::State,
    out: &mut Vec<Command>,
) {
    let recipient = lead.unwrap_or(&workspace.catalogue().plan.receiver);
    let revisions = workspace.snapshot.filing_revisions_for(recipient, workspace.agency(), &workspace.period.id);
    let title = if lead.is_none() { "Nội dung báo cáo" } else { "Nội dung số liệu phối hợp" };
    widgets::card(ui, |ui| {
        widgets::section(ui, title, |ui| {
            out.extend(widgets::command_button(ui, Command::MakeForms(vec![workspace.agency().to_owned()])));
        });
        let count = theme::secondary(ui, per_pillar(workspace, &revisions));
        ui.add(egui::Label::new(count).wrap());
        ui.add_space(space::XS);
        if revisions.is_empty() {
            widgets::empty_state(ui, icons::TABLE, "Chưa có số liệu", "Nhập ở màn hình Trụ cột.", None);
            return;
        }
        let columns = [
            Column::text("Mã", Width::Fixed(64.0)),
            Column::text("Tên", Width::Rest(220.0)),
            Column::text("Số liệu, kết quả", Width::Rest(260.0)),
            Column::text("Đơn vị", Width::Fixed(130.0)),
            Column::number("Minh chứng", 84.0),
        ];
        let events = Grid::new(title, &columns)
            .show(ui, state, revisions.len(), |row, column| contents_cell(workspace, revisions[row], column));
        for event in events {
            if let Event::Opened { row, .. } = event {
                let key = &revisions[row].key;
                let place = Place::Item { item: key.base_item().to_owned(), agency: key.agency.clone() };
                out.push(Command::Go(place));
            }
        }
    });
}

fn contents_cell(workspace: &Workspace, revision: &Revision, column: usize) -> Cell {
    let (catalogue, key) = (workspace.catalogue(), &revision.key);
    match column {
        0 => Cell::new(key.base_item()).look(Look::Faint),
        1 => {
            let named = words::item(catalogue, &key.item);
            let name = named.split_once(' ').map_or("", |(_, name)| name).to_owned();
            Cell::new(name)
        }
        2 => {
            let text = words::content(catalogue, key, &revision.body);
            Cell::new(text.replace('\n', " ")).hover(text)
        }
        3 => Cell::new(catalogue.agency(&key.agency).map_or(key.agency.as_str(), |a| &a.short)).look(Look::Faint),
        _ => match revision.body.evidence.as_slice() {
            [] => Cell::new(""),
            files => {
                let names: Vec<String> =
                    files.iter().map(|e| format!("{} ({})", e.name, format_size(e.bytes))).collect();
                Cell::new(files.len().to_string()).hover(names.join("\n"))
            }
        },
    }
}

/// "1: 6 mục · 2: 4 mục": how much each pillar reports.
fn per_pillar(workspace: &Workspace, revisions: &[&Revision]) -> String {
    let catalogue = workspace.catalogue();
    let pillar_of = |r: &Revision| {
        let item = r.key.base_item();
        catalogue.indicator(item).map(|i| i.pillar).or_else(|| catalogue.task(item).map(|t| t.pillar))
    };
    let counts = catalogue.pillars.iter().filter_map(|pillar| {
        let count = revisions.iter().filter(|r| pillar_of(r) == Some(pillar.id)).count();
        (count > 0).then(|| format!("{}: {count}", pillar.short))
    });
    counts.collect::<Vec<_>>().join(" · ")
}
