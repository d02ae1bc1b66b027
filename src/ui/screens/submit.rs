//! Nộp báo cáo: what is missing, what the report will say, one button, and what came of it.

use egui::{Label, Ui};

use super::parts::{self, Side};
use crate::catalogue::Id;
use crate::progress::AgencyStatus;
use crate::record::{self, Filing, Finding, NextFiling, Notice, Receipt, ReturnedRow, Revision};
use crate::text::bytes::format_size;
use crate::text::date::format_time;
use crate::ui::command::Command;
use crate::ui::state::{Place, Screen};
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::{Access, Exported, View, Workspace};
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Event, Grid, Look, Width};
use crate::words;

#[derive(Debug, Default)]
pub struct State {
    grid: grid::State,
    checks: Shown,
}

/// How much of the checklist is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shown {
    #[default]
    Few,
    All,
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

pub fn show(ui: &mut Ui, view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let note = words::period(&workspace.period.id);
    parts::head(ui, Screen::Submit.title(), &note, |_| {});
    parts::scrolled(ui, "submit", |ui| {
        parts::columns(ui, 0.56, |ui, side| match side {
            Side::Left => checklist_card(ui, workspace, &mut state.checks, out),
            Side::Right => {
                filing_card(ui, view, workspace, out);
                if let Some(exported) = &workspace.exported {
                    ui.add_space(space::L);
                    exported_card(ui, exported, out);
                }
                ui.add_space(space::L);
                past_card(ui, workspace);
            }
        });
        ui.add_space(space::L);
        contents_card(ui, workspace, state, out);
    });
}

/// What is missing or doubtful, each a link to its place.
fn checklist_card(ui: &mut Ui, workspace: &Workspace, shown: &mut Shown, out: &mut Vec<Command>) {
    let checks = checks(workspace);
    widgets::card(ui, |ui| {
        widgets::section(ui, "Kiểm tra trước khi nộp", |ui| {
            if let Some(AgencyStatus { expected, reported, .. }) = workspace.own_status() {
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
        let text = "Những mục này không ngăn việc nộp; nhập thêm rồi nộp bổ sung cũng được.";
        ui.add(Label::new(theme::caption(ui, text)).wrap());
    });
}

/// What was sent back, then conflicts, what is missing, then what is doubtful.
fn checks(workspace: &Workspace) -> Vec<Check> {
    let agency = workspace.agency();
    let place = |item: &Id| Place::Item { item: item.clone(), agency: agency.to_owned() };
    let in_conflict = workspace.snapshot.of_agency(agency, &workspace.period.id).filter(|r| r.in_conflict());
    let conflicts = in_conflict.map(|record| Check {
        tone: Tone::Danger,
        icon: icons::ALERT,
        item: record.key.item.clone(),
        detail: "Có hai số khác nhau: chọn một số trước khi nộp".to_owned(),
        place: Place::Conflict(record.key.clone()),
    });
    let to_us =
        |(notice, _): &(&Notice, &ReturnedRow)| notice.recipient == agency && notice.period == workspace.period.id;
    let returned = workspace.snapshot.returned().filter(to_us).map(|(_, row)| Check {
        tone: Tone::Danger,
        icon: icons::UNDO,
        item: row.key.item.clone(),
        detail: format!("Bị trả lại: {}", row.reason),
        place: Place::Item { item: row.key.base_item().to_owned(), agency: row.key.agency.clone() },
    });
    let missing = workspace.own_status().into_iter().flat_map(|s| &s.missing).map(|item| Check {
        tone: Tone::Warning,
        icon: icons::PENCIL,
        item: item.clone(),
        detail: "Chưa nhập".to_owned(),
        place: place(item),
    });
    let doubtful = doubtful(workspace).into_iter().map(|(item, findings)| Check {
        tone: Tone::Info,
        icon: icons::INFO,
        detail: findings.iter().map(words::finding).collect::<Vec<_>>().join(" · "),
        place: place(&item),
        item,
    });
    returned.chain(conflicts).chain(missing).chain(doubtful).collect()
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

/// The one button, and what it will do.
fn filing_card(ui: &mut Ui, view: &View, workspace: &Workspace, out: &mut Vec<Command>) {
    let catalogue = workspace.catalogue();
    let next = workspace.snapshot.next_filing(workspace.agency(), &workspace.period.id);
    widgets::card(ui, |ui| {
        widgets::section(ui, "Nộp báo cáo", |_| {});
        widgets::fact(ui, "Đơn vị", catalogue.agency_name(workspace.agency()));
        widgets::fact(ui, "Gửi đến", catalogue.agency_name(&catalogue.plan.receiver));
        widgets::fact(ui, "Loại", &kind_of(next));
        let folder = folder_of(view, workspace);
        widgets::fact(ui, "Ghi vào", &folder);
        widgets::fact(ui, "Cỡ gói tối đa", &format!("{} MB, lớn hơn thì tách thành nhiều gói", view.settings.limit_mb));
        ui.add_space(space::S);
        let possible = next != NextFiling::Nothing && workspace.access == Access::Write && view.busy.is_none();
        ui.horizontal_wrapped(|ui| {
            let text = match next {
                NextFiling::Again(_) => "Ghi lại gói dữ liệu",
                _ => "Nộp và ghi gói dữ liệu",
            };
            let button = ui.add_enabled_ui(possible, |ui| widgets::primary(ui, icons::SEND, text)).inner;
            if button.clicked() {
                out.push(Command::Export);
            }
            out.extend(widgets::command_button(ui, Command::ChooseExportFolder));
        });
        if next == NextFiling::Nothing {
            ui.add(
                Label::new(theme::caption(ui, "Chưa có số liệu nào của kỳ này: nhập ở màn hình Trụ cột trước.")).wrap(),
            );
        }
    });
}

fn kind_of(next: NextFiling<'_>) -> String {
    match next {
        NextFiling::Nothing => "chưa có gì để nộp".to_owned(),
        NextFiling::New(kind) => words::filing(kind),
        NextFiling::Again(last) => {
            format!("không có thay đổi: ghi lại gói {} đã nộp {}", words::filing(last.kind), format_time(last.time))
        }
    }
}

fn folder_of(view: &View, workspace: &Workspace) -> String {
    let beside = workspace.file.parent().map(|f| f.to_path_buf());
    view.settings.export_folder.clone().or(beside).map(|f| f.display().to_string()).unwrap_or_default()
}

/// What the filing wrote, and how to send it.
fn exported_card(ui: &mut Ui, exported: &Exported, out: &mut Vec<Command>) {
    widgets::card(ui, |ui| {
        let title = format!("Đã ghi gói {}", words::filing(exported.filing.kind));
        widgets::section(ui, &title, |ui| widgets::badge(ui, Tone::Success, "Đã nộp").surrender_focus());
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
            widgets::fact(ui, &format_time(filing.time), &format!("{what} · {}", filing.officer));
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

/// The report itself: every value that it will carry.
fn contents_card(ui: &mut Ui, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let revisions = workspace.snapshot.filing_revisions(workspace.agency(), &workspace.period.id);
    widgets::card(ui, |ui| {
        widgets::section(ui, "Nội dung báo cáo", |ui| {
            out.extend(widgets::command_button(ui, Command::MakeForms(vec![workspace.agency().to_owned()])));
            let count = theme::secondary(ui, per_pillar(workspace, &revisions));
            ui.label(count);
        });
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
        let events =
            Grid::new("Nội dung báo cáo", &columns).show(ui, &mut state.grid, revisions.len(), |row, column| {
                contents_cell(workspace, revisions[row], column)
            });
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
