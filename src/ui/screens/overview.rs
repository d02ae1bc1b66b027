//! Tổng quan: what to do now, in order, and where the eight pillars stand.

use std::collections::BTreeSet;

use egui::{Align2, Color32, FontId, Response, Role, Sense, Ui, Vec2, WidgetInfo};
use rust_decimal::prelude::ToPrimitive;

use super::parts::{self, Side};
use crate::catalogue::Id;
use crate::progress::{AgencyState, AgencyStatus, PillarProgress};
use crate::record::{FilingKind, NextFiling, Notice, ReturnedRow};
use crate::text::elide;
use crate::ui::command::Command;
use crate::ui::state::{Place, Screen};
use crate::ui::theme::{self, Tone, fonts, icons, palette, size, space};
use crate::ui::view::{View, Workspace};
use crate::ui::widgets;
use crate::words;

#[derive(Debug, Default)]
pub struct State {}

/// One thing to do, and where.
#[derive(Debug, Clone, PartialEq)]
struct Todo {
    tone: Tone,
    icon: &'static str,
    text: String,
    detail: String,
    place: Place,
}

pub fn show(ui: &mut Ui, view: &View, workspace: &Workspace, _state: &mut State, out: &mut Vec<Command>) {
    let note = words::period(&workspace.period.id);
    parts::head(ui, Screen::Overview.title(), &note, |_| {});
    parts::scrolled(ui, "overview", |ui| {
        parts::columns(ui, 0.54, |ui, side| match side {
            Side::Left => {
                todo_card(ui, view, workspace, out);
                if workspace.snapshot.receives() {
                    ui.add_space(space::L);
                    standing_card(ui, workspace, out);
                }
            }
            Side::Right => pillars_card(ui, workspace, out),
        });
    });
}

fn todo_card(ui: &mut Ui, view: &View, workspace: &Workspace, out: &mut Vec<Command>) {
    let todos = todos(view, workspace);
    widgets::card(ui, |ui| {
        widgets::section(ui, "Việc cần làm", |_| {});
        if todos.is_empty() {
            let hint = "Số liệu của kỳ này đã đủ và đã nộp. Chọn kỳ khác ở thanh trên để làm tiếp.";
            widgets::empty_state(ui, icons::CHECK_CIRCLE, "Không còn việc phải làm", hint, None);
        }
        for todo in todos {
            if parts::action_row(ui, todo.tone, todo.icon, &todo.text, &todo.detail).clicked() {
                out.push(Command::Go(todo.place));
            }
        }
    });
}

/// What waits for a person, the most pressing first.
fn todos(view: &View, workspace: &Workspace) -> Vec<Todo> {
    let mut todos = Vec::new();
    let days = workspace.days_left(view.now);
    todos.extend(returned(workspace));
    todos.extend(conflicts(workspace));
    todos.extend(preview_waiting(workspace));
    todos.extend(requests(workspace));
    todos.extend(contributions(workspace));
    todos.extend(missing(workspace, days));
    todos.extend(unfiled(workspace, days));
    todos.extend(missing_evidence(workspace));
    todos
}

/// Rows that were sent back to this agency, each with its reason; those of other periods in one line.
fn returned(workspace: &Workspace) -> Vec<Todo> {
    let to_us = |(notice, _): &(&Notice, &ReturnedRow)| notice.recipient == workspace.agency();
    let period = &workspace.period.id;
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        workspace.snapshot.returned().filter(to_us).partition(|(notice, _)| notice.period == *period);
    let row = |(_, row): &(&Notice, &ReturnedRow)| Todo {
        tone: Tone::Danger,
        icon: icons::UNDO,
        text: format!("Bị trả lại: {}", words::item(workspace.catalogue(), &row.key.item)),
        detail: format!("Lý do: {}", row.reason),
        place: Place::Item { item: row.key.base_item().to_owned(), agency: row.key.agency.clone() },
    };
    let mut todos: Vec<Todo> = here.iter().map(row).collect();
    if !elsewhere.is_empty() {
        let periods: BTreeSet<String> = elsewhere.iter().map(|(notice, _)| words::period(&notice.period)).collect();
        todos.push(Todo {
            tone: Tone::Danger,
            icon: icons::UNDO,
            text: format!("{} mục bị trả lại ở kỳ khác", elsewhere.len()),
            detail: format!("{}: chọn kỳ ở thanh trên", periods.into_iter().collect::<Vec<_>>().join(", ")),
            place: Place::Screen(Screen::Submit),
        });
    }
    todos
}

/// What lead agencies ask of this one, until it has a figure for each item.
fn requests(workspace: &Workspace) -> Vec<Todo> {
    let (snapshot, period) = (&workspace.snapshot, &workspace.period.id);
    let open = |notice: &Notice| -> Vec<Id> {
        let items = notice.requested().iter().map(|r| r.item.clone());
        items.filter(|item| snapshot.reported(item, workspace.agency(), period).is_none()).collect()
    };
    let to_us = snapshot.notices.iter().filter(|n| n.recipient == workspace.agency() && n.period == *period);
    to_us
        .filter_map(|notice| {
            let items = open(notice);
            let first = items.first()?.clone();
            let note = notice.requested().iter().map(|r| r.note.as_str()).find(|n| !n.is_empty());
            let sender = short_name(workspace, &notice.sender);
            Some(Todo {
                tone: Tone::Info,
                icon: icons::USERS,
                text: format!("Yêu cầu phối hợp từ {sender}: {} mục", items.len()),
                detail: [listed(&items)].into_iter().chain(note.map(str::to_owned)).collect::<Vec<_>>().join(". "),
                place: Place::Item { item: first, agency: workspace.agency().to_owned() },
            })
        })
        .collect()
}

/// What a lead agency asked for, or got before, and is here and not sent.
fn contributions(workspace: &Workspace) -> Vec<Todo> {
    let (snapshot, agency, period) = (&workspace.snapshot, workspace.agency(), &workspace.period.id);
    let waits = |lead: &str| {
        let missing = |item: &&str| snapshot.reported(item, agency, period).is_none();
        let asked = snapshot.requested(lead, agency, period);
        let concerns = !asked.is_empty() || snapshot.last_filing_for(lead, agency, period).is_some();
        let NextFiling::New(kind) = snapshot.next_filing_for(lead, agency, period) else { return None };
        (concerns && !asked.iter().any(missing)).then_some(kind)
    };
    let todo = |(lead, kind): (&str, FilingKind)| {
        let name = short_name(workspace, lead);
        let text = match kind {
            FilingKind::Official => format!("Số liệu phối hợp cho {name} chưa gửi"),
            FilingKind::Supplementary(_) => format!("Số liệu phối hợp cho {name} đã thay đổi sau khi gửi"),
        };
        Todo {
            tone: Tone::Info,
            icon: icons::SEND,
            text,
            detail: "Ghi gói số liệu phối hợp ở Nộp báo cáo".to_owned(),
            place: Place::Contribution(lead.to_owned()),
        }
    };
    let leads = snapshot.contribution_leads(agency, period).into_iter();
    leads.filter_map(|lead| Some((lead, waits(lead)?))).map(todo).collect()
}

fn conflicts(workspace: &Workspace) -> Option<Todo> {
    let keys: Vec<_> = workspace.snapshot.conflicts().map(|r| &r.key).collect();
    let first = keys.first()?;
    let items: Vec<String> = keys.iter().map(|k| k.base_item().to_owned()).collect();
    Some(Todo {
        tone: Tone::Danger,
        icon: icons::ALERT,
        text: format!("{} số liệu khác nhau, chờ quyết định", keys.len()),
        detail: format!("{}. Chưa tính vào tổng hợp cho đến khi chọn", listed(&items)),
        place: Place::Conflict((*first).clone()),
    })
}

fn preview_waiting(workspace: &Workspace) -> Option<Todo> {
    let packages = workspace.preview.as_ref().filter(|p| !p.is_empty())?;
    Some(Todo {
        tone: Tone::Info,
        icon: icons::INBOX,
        text: format!("{} gói đã đọc, chưa nhập", packages.len()),
        detail: "Xem trước rồi nhập, hoặc bỏ qua".to_owned(),
        place: Place::Screen(Screen::Inbox),
    })
}

/// One line for each pillar in which something is missing.
fn missing(workspace: &Workspace, days: i64) -> Vec<Todo> {
    let Some(status) = workspace.own_status() else { return Vec::new() };
    let catalogue = workspace.catalogue();
    let pillar_of =
        |item: &str| catalogue.indicator(item).map(|i| i.pillar).or_else(|| catalogue.task(item).map(|t| t.pillar));
    catalogue
        .pillars
        .iter()
        .filter_map(|pillar| {
            let items: Vec<Id> =
                status.missing.iter().filter(|item| pillar_of(item) == Some(pillar.id)).cloned().collect();
            let first = items.first()?.clone();
            Some(Todo {
                tone: urgency(days),
                icon: icons::PENCIL,
                text: format!("{} {}: còn {} mục chưa nhập", pillar.id, pillar.short, items.len()),
                detail: listed(&items),
                place: Place::Item { item: first, agency: workspace.agency().to_owned() },
            })
        })
        .collect()
}

fn unfiled(workspace: &Workspace, days: i64) -> Option<Todo> {
    let period = &workspace.period.id;
    let name = words::period(period);
    let (text, detail) = match workspace.snapshot.next_filing(workspace.agency(), period) {
        NextFiling::Nothing | NextFiling::Again(_) => return None,
        NextFiling::New(FilingKind::Official) => (
            format!("Báo cáo {name} chưa nộp"),
            format!("{}, {}", words::due_before(&workspace.period), words::days_left(days)),
        ),
        NextFiling::New(kind) => (
            format!("Số liệu {name} đã thay đổi sau khi nộp"),
            format!("Nộp báo cáo {} để gửi số liệu mới", words::filing(kind)),
        ),
    };
    Some(Todo { tone: urgency(days), icon: icons::SEND, text, detail, place: Place::Screen(Screen::Submit) })
}

fn missing_evidence(workspace: &Workspace) -> Option<Todo> {
    let count = workspace.snapshot.missing_evidence.len();
    (count > 0).then(|| Todo {
        tone: Tone::Info,
        icon: icons::PAPERCLIP,
        text: format!("Chờ {count} tệp minh chứng"),
        detail: "Tệp nằm trong phần khác của báo cáo; nhập tiếp các gói còn lại".to_owned(),
        place: Place::Screen(Screen::Inbox),
    })
}

fn urgency(days: i64) -> Tone {
    match days {
        ..=3 => Tone::Danger,
        4..=10 => Tone::Warning,
        _ => Tone::Neutral,
    }
}

fn listed(items: &[Id]) -> String {
    elide(&items.join(", "), 80)
}

/// Who has filed, late, missing: for the receiving department.
fn standing_card(ui: &mut Ui, workspace: &Workspace, out: &mut Vec<Command>) {
    const STATES: [AgencyState; 5] =
        [AgencyState::Received, AgencyState::Late, AgencyState::Returned, AgencyState::Draft, AgencyState::Missing];
    widgets::card(ui, |ui| {
        let mut to_summary = false;
        let title = format!("Tình hình nộp, {} cơ quan", workspace.statuses.len());
        widgets::section(ui, &title, |ui| {
            to_summary = widgets::quiet(ui, icons::TABLE, "Xem bảng tổng hợp").clicked();
        });
        if to_summary {
            out.push(Command::Go(Place::Screen(Screen::Summary)));
        }
        ui.horizontal_wrapped(|ui| {
            for state in STATES {
                let in_state: Vec<&AgencyStatus> = in_state(workspace, state).collect();
                if let Some(first) = in_state.first() {
                    let text = format!("{} {}", in_state.len(), words::agency_state(state).to_lowercase());
                    widgets::badge(ui, tone_of(state, first.days_left), &text);
                }
            }
        });
        for (state, title) in [
            (AgencyState::Late, "Trễ hạn"),
            (AgencyState::Returned, "Bị trả lại"),
            (AgencyState::Draft, "Chưa nộp, đã có số"),
            (AgencyState::Missing, "Chưa nộp"),
        ] {
            let names: Vec<&str> = in_state(workspace, state).map(|s| short_name(workspace, &s.agency)).collect();
            if !names.is_empty() {
                ui.add_space(space::S);
                widgets::fact(ui, title, &names.join(" · "));
            }
        }
    });
}

fn in_state(workspace: &Workspace, state: AgencyState) -> impl Iterator<Item = &AgencyStatus> {
    workspace.statuses.iter().filter(move |s| s.state == state)
}

fn short_name<'a>(workspace: &'a Workspace, agency: &'a str) -> &'a str {
    workspace.catalogue().agency(agency).map_or(agency, |a| &a.short)
}

/// The colour of an agency's standing; its word stands beside it. What is not filed is no fault before it is due.
pub(super) fn tone_of(state: AgencyState, days_left: i64) -> Tone {
    match state {
        AgencyState::Missing | AgencyState::Draft if days_left > 0 => Tone::Neutral,
        AgencyState::Missing | AgencyState::Draft | AgencyState::Returned => Tone::Danger,
        AgencyState::Received => Tone::Success,
        AgencyState::Late => Tone::Warning,
    }
}

fn pillars_card(ui: &mut Ui, workspace: &Workspace, out: &mut Vec<Command>) {
    let score = workspace.province.as_ref().unwrap_or(&workspace.own);
    let title = if workspace.province.is_some() { "Tám trụ cột, toàn tỉnh" } else { "Tám trụ cột" };
    widgets::card(ui, |ui| {
        widgets::section(ui, title, |ui| {
            let estimated = theme::secondary(ui, format!("Điểm ước tính {}", words::score(score.total)));
            ui.label(estimated).on_hover_text("Để tham khảo, không phải kết quả đánh giá chính thức");
        });
        for pillar in &score.pillars {
            if pillar_row(ui, workspace, pillar).clicked() {
                out.push(Command::Go(Place::Pillar(pillar.pillar)));
            }
        }
    });
}

/// One pillar: name, mean attainment as a bar, how much has been reported.
fn pillar_row(ui: &mut Ui, workspace: &Workspace, progress: &PillarProgress) -> Response {
    let p = palette(ui);
    let name = workspace.catalogue().pillar(progress.pillar).map_or("", |pillar| &pillar.short);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 54.0), Sense::click());
    let attained = progress.attainment.map(words::attainment);
    let figure = attained.clone().unwrap_or_else(|| "chưa có số liệu".to_owned());
    let counts = counts(progress);
    response.widget_info(|| {
        let label = format!("{} {name}: đạt {figure}; {counts}", progress.pillar);
        WidgetInfo::labeled(Role::Link, true, label)
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, size::RADIUS, p.hover);
    }
    if response.has_focus() {
        let ring = egui::Stroke::new(1.5, p.accent);
        ui.painter().rect_stroke(rect, size::RADIUS, ring, egui::StrokeKind::Inside);
    }
    let room = rect.shrink2(Vec2::new(space::S, 6.0));
    let hue = p.pillar(progress.pillar);
    let mark = egui::Rect::from_min_size(room.min + Vec2::new(0.0, 5.0), Vec2::splat(8.0));
    ui.painter().rect_filled(mark, 2.0, hue);
    let painter = ui.painter();
    let bold = FontId::new(size::BODY, fonts::bold());
    let text = |at: egui::Pos2, anchor: Align2, text: &str, font: FontId, color: Color32| {
        painter.text(at, anchor, text, font, color)
    };
    text(
        room.min + Vec2::new(space::L, 0.0),
        Align2::LEFT_TOP,
        &format!("{} {name}", progress.pillar),
        bold.clone(),
        p.text,
    );
    let (font, color) =
        if attained.is_some() { (bold, p.text) } else { (FontId::proportional(size::CAPTION), p.secondary) };
    text(room.right_top(), Align2::RIGHT_TOP, &figure, font, color);
    let counts_at = room.right_bottom();
    let caption = FontId::proportional(size::CAPTION);
    let placed = text(counts_at, Align2::RIGHT_BOTTOM, &counts, caption, p.secondary);
    let bar = egui::Rect::from_min_max(
        egui::pos2(room.left() + space::L, room.bottom() - 11.0),
        egui::pos2((placed.left() - space::M).max(room.left() + 60.0), room.bottom() - 4.0),
    );
    painter.rect_filled(bar, 3.0, p.track);
    if let Some(share) = progress.attainment.and_then(|a| a.to_f32()) {
        let filled = egui::Rect::from_min_size(bar.min, Vec2::new(bar.width() * share.clamp(0.0, 1.0), bar.height()));
        painter.rect_filled(filled, 3.0, hue);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn counts(progress: &PillarProgress) -> String {
    let part = |done: usize, of: usize, what: &str| (of > 0).then(|| format!("{done}/{of} {what}"));
    let parts = [
        part(progress.indicators_with_value, progress.indicators_expected, "chỉ tiêu"),
        part(progress.tasks_reported, progress.tasks_expected, "nhiệm vụ"),
    ];
    let shown: Vec<String> = parts.into_iter().flatten().collect();
    if shown.is_empty() { "không phải báo cáo".to_owned() } else { shown.join(" · ") }
}
