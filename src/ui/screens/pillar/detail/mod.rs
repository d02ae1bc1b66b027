//! The detail of one row: its fields, evidence, remarks, history, and what the plan says.

mod contributions;
mod evidence;
mod forms;
mod levels;
mod plan;
mod units;

use egui::{Frame, Margin, RichText, ScrollArea, Ui};

use super::source::Source;
use super::table;
use crate::catalogue::{Id, Rule};
use crate::record::{self, Key, Record, RevisionId};
use crate::text::date::format_time;
use crate::ui::command::Command;
use crate::ui::form::{Drafts, Field, FieldLook, field_ui};
use crate::ui::state::Place;
use crate::ui::theme::{self, Tone, icons, palette, space};
use crate::ui::view::View;
use crate::ui::widgets::{badge, banner, icon_button, secondary};
use crate::words;

#[derive(Debug, Default)]
pub struct State {
    history: Section,
    reference: Section,
    /// The history was asked for with these heads.
    asked: Option<(Key, Vec<RevisionId>)>,
    new_work: plan::NewWork,
    open_work: Option<Id>,
}

/// A part that can be folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Section {
    #[default]
    Closed,
    Open,
}

impl State {
    /// True where a line of a detailed plan is typed and not stored.
    pub fn unsaved(&self) -> bool {
        self.new_work.unsaved()
    }
}

#[allow(clippy::too_many_arguments)]
pub(super) fn show(
    ui: &mut Ui,
    view: &View,
    source: &Source<'_>,
    item: &str,
    state: &mut State,
    drafts: &mut Drafts,
    out: &mut Vec<Command>,
) {
    ScrollArea::vertical().id_salt(("detail", item)).auto_shrink([false, false]).show(ui, |ui| {
        Frame::new().inner_margin(Margin::same(space::L as i8)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            head_ui(ui, source, drafts, item);
            match source.key(item) {
                Some(key) => record_ui(ui, view, source, &key, state, drafts, out),
                None => units::show(ui, source, item),
            }
            reference_ui(ui, source, item, state);
        });
    });
}

fn head_ui(ui: &mut Ui, source: &Source<'_>, drafts: &Drafts, item: &str) {
    let catalogue = source.catalogue();
    let (short, pillar) = match (catalogue.indicator(item), catalogue.task(item)) {
        (Some(i), _) => (&i.short, i.pillar),
        (None, Some(t)) => (&t.short, t.pillar),
        (None, None) => return,
    };
    ui.horizontal(|ui| {
        let hue = palette(ui).pillar(pillar);
        ui.label(RichText::new("■").color(hue));
        ui.label(theme::caption(ui, item));
        let (tone, text) = table::badge(source, drafts, item);
        if !text.is_empty() {
            badge(ui, tone, text);
        }
    });
    ui.add(egui::Label::new(theme::section_title(short)).wrap());
    if let Some(indicator) = catalogue.indicator(item) {
        let then = source.then(indicator);
        let target = format!("Mục tiêu: {}", words::target(&then));
        ui.label(theme::secondary(ui, target));
        if then.rule != Rule::default() {
            let text = theme::secondary(ui, format!("Tính điểm: {}", words::rule(&then.rule)));
            ui.add(egui::Label::new(text).wrap());
        }
        if let Some(reason) = source.agency().and_then(|a| indicator.not_applicable.get(a)) {
            banner(ui, Tone::Info, &format!("Không áp dụng với đơn vị này: {reason}"));
        }
    }
    ui.add_space(space::S);
}

fn record_ui(
    ui: &mut Ui,
    view: &View,
    source: &Source<'_>,
    key: &Key,
    state: &mut State,
    drafts: &mut Drafts,
    out: &mut Vec<Command>,
) {
    let record = source.snapshot().record(key);
    returned_ui(ui, source, key);
    if let Some(record) = record.filter(|r| r.in_conflict()) {
        conflict_ui(ui, source, record, out);
    } else if source.may_edit(&key.item) {
        refused_ui(ui, source, key, drafts);
        forms::show(ui, source, key, drafts);
        field_ui(ui, drafts, source.snapshot(), key, Field::Note, FieldLook { rows: 2, ..FieldLook::default() });
        remarks_ui(ui, source, key, drafts);
        ui.add_space(space::S);
        evidence::show(ui, source, key, drafts, out);
    } else {
        read_ui(ui, source, key, drafts);
        evidence::show(ui, source, key, drafts, out);
    }
    contributions::show(ui, source, key, out);
    if key.kind == record::Kind::Task {
        plan::show(ui, source, key, state, drafts, out);
    }
    if record.is_some() {
        history_ui(ui, view, source, key, state, out);
    }
}

/// Who sent the value back, and why.
fn returned_ui(ui: &mut Ui, source: &Source<'_>, key: &Key) {
    let Some((notice, row)) = source.snapshot().returned_of(key) else { return };
    let sender = source.catalogue().agency_name(&notice.sender);
    let text = format!("{sender} trả lại mục này ({}): {}", format_time(notice.time), row.reason);
    banner(ui, Tone::Danger, &text);
    ui.add_space(space::S);
}

/// Both values, who entered them, and where to settle it.
fn conflict_ui(ui: &mut Ui, source: &Source<'_>, record: &Record, out: &mut Vec<Command>) {
    let catalogue = source.catalogue();
    banner(ui, Tone::Danger, "Có nhiều số liệu khác nhau cho mục này; chưa được cộng vào tổng hợp cho đến khi chọn");
    for head in &record.heads {
        ui.add_space(space::XS);
        ui.add(egui::Label::new(theme::bold(words::content(catalogue, &record.key, &head.body))).wrap());
        let who = format!("{}, {}, {}", head.author, catalogue.agency_name(&head.origin), format_time(head.time));
        ui.add(egui::Label::new(theme::caption(ui, who)).wrap());
    }
    ui.add_space(space::S);
    if secondary(ui, icons::ARROW_RIGHT, "Xử lý mâu thuẫn").clicked() {
        out.push(Command::Go(Place::Conflict(record.key.clone())));
    }
    ui.add_space(space::S);
}

/// A save that was refused: what was typed is still here, and what to do.
fn refused_ui(ui: &mut Ui, source: &Source<'_>, key: &Key, drafts: &mut Drafts) {
    if !drafts.is_refused(key) {
        return;
    }
    let stored = source.snapshot().record(key).and_then(Record::reported);
    let stored = stored.map_or("chưa có gì".to_owned(), |r| words::content(source.catalogue(), key, &r.body));
    banner(ui, Tone::Danger, &format!("Chưa lưu được phần vừa nhập. Trong tệp đang là: {stored}"));
    ui.horizontal_wrapped(|ui| {
        if secondary(ui, icons::REFRESH, "Lưu phần vừa nhập").clicked() {
            drafts.retry(source.snapshot(), key);
        }
        if secondary(ui, icons::UNDO, "Bỏ phần vừa nhập").clicked() {
            drafts.discard(key);
        }
    });
    ui.add_space(space::S);
}

/// Remarks on what stands in the form, while it is typed.
fn remarks_ui(ui: &mut Ui, source: &Source<'_>, key: &Key, drafts: &Drafts) {
    let blank = source.snapshot().record(key).is_none() && !drafts.is_waiting(key);
    if blank {
        return;
    }
    let body = drafts.body(source.snapshot(), key);
    for finding in record::findings(source.catalogue(), &key.item, &body, source.before(&key.item)) {
        let tone = match finding.severity {
            record::Severity::Warning => Tone::Warning,
            record::Severity::Error => Tone::Danger,
        };
        ui.add_space(2.0);
        banner(ui, tone, &words::finding(&finding));
    }
}

/// The record as facts, where it cannot be typed into.
fn read_ui(ui: &mut Ui, source: &Source<'_>, key: &Key, drafts: &Drafts) {
    let body = drafts.body(source.snapshot(), key);
    let text = match source.snapshot().record(key) {
        Some(_) => words::content(source.catalogue(), key, &body),
        None if source.expects(&key.item) => "Chưa nhập".to_owned(),
        None => "Mục này do đơn vị khác báo cáo".to_owned(),
    };
    ui.add(egui::Label::new(text).wrap());
    if !body.note.is_empty() {
        ui.add(egui::Label::new(theme::secondary(ui, format!("Ghi chú: {}", body.note))).wrap());
    }
    ui.add_space(space::S);
}

fn history_ui(ui: &mut Ui, view: &View, source: &Source<'_>, key: &Key, state: &mut State, out: &mut Vec<Command>) {
    if fold_ui(ui, "Lịch sử", &mut state.history) == Section::Closed {
        return;
    }
    let heads =
        source.snapshot().record(key).map(|r| r.heads.iter().map(|h| h.id.clone()).collect()).unwrap_or_default();
    let wanted = (key.clone(), heads);
    if state.asked.as_ref() != Some(&wanted) {
        state.asked = Some(wanted);
        out.push(Command::LoadHistory(key.clone()));
    }
    let history = view.workspace.as_ref().and_then(|w| w.history.as_ref()).filter(|(k, _)| k == key);
    let Some((_, revisions)) = history else {
        ui.label(theme::secondary(ui, "Đang đọc…"));
        return;
    };
    for revision in revisions {
        let who = format!("{} · {}", format_time(revision.time), revision.author);
        let who = match revision.origin == key.agency {
            true => who,
            false => format!("{who} · {}", source.catalogue().agency_name(&revision.origin)),
        };
        ui.label(theme::caption(ui, who));
        ui.add(egui::Label::new(words::content(source.catalogue(), key, &revision.body)).wrap());
        ui.add_space(space::XS);
    }
}

fn reference_ui(ui: &mut Ui, source: &Source<'_>, item: &str, state: &mut State) {
    if fold_ui(ui, "Căn cứ trong kế hoạch", &mut state.reference) == Section::Open {
        plan::reference_ui(ui, source, item);
    }
}

/// A heading that opens and closes what is under it.
fn fold_ui(ui: &mut Ui, title: &str, section: &mut Section) -> Section {
    ui.add_space(space::S);
    ui.separator();
    ui.horizontal(|ui| {
        ui.label(theme::bold(title));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let (icon, verb, other) = match section {
                Section::Closed => (icons::CHEVRON_DOWN, "Mở", Section::Open),
                Section::Open => (icons::CHEVRON_UP, "Gập", Section::Closed),
            };
            if icon_button(ui, icon, &format!("{verb} {}", title.to_lowercase())).clicked() {
                *section = other;
            }
        });
    });
    *section
}
