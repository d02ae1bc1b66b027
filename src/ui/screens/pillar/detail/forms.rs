//! The fields of each kind of record.

use egui::Ui;

use super::super::source::Source;
use super::levels;
use crate::catalogue::{Indicator, Measure};
use crate::progress;
use crate::record::{Body, Content, DocumentState, IndicatorValue, Key, Reporting, TaskStatus};
use crate::ui::form::{Drafts, Field, FieldLook, field_ui};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{dropdown, label_over, segmented};
use crate::words;

pub(super) fn show(ui: &mut Ui, source: &Source<'_>, key: &Key, drafts: &mut Drafts) {
    let body = drafts.body(source.snapshot(), key);
    ui.spacing_mut().item_spacing.y = space::S;
    match &body.content {
        Content::Indicator(value) => {
            if let Some(indicator) = source.catalogue().indicator(&key.item) {
                indicator_ui(ui, source, key, &source.then(indicator), value, drafts);
            }
        }
        Content::Document(facts) => document_ui(ui, source, key, facts.state, drafts),
        Content::Task(task) => task_ui(ui, source, key, task.status, drafts),
        Content::PlanItem(_) | Content::Withdrawn => {}
    }
}

fn indicator_ui(
    ui: &mut Ui,
    source: &Source<'_>,
    key: &Key,
    indicator: &Indicator,
    value: &IndicatorValue,
    drafts: &mut Drafts,
) {
    let mut state = value.state;
    let options = [
        (Reporting::Reported, "Có số liệu"),
        (Reporting::NoData, words::reporting(Reporting::NoData)),
        (Reporting::NotApplicable, words::reporting(Reporting::NotApplicable)),
    ];
    if segmented(ui, &mut state, &options) {
        drafts.change(source.snapshot(), key, |body| set_reporting(body, state));
    }
    let snapshot = source.snapshot();
    let mut field = |ui: &mut Ui, field, look| field_ui(ui, drafts, snapshot, key, field, look);
    if state != Reporting::Reported {
        field(ui, Field::Reason, FieldLook { rows: 2, hint: "Vì sao, và khi nào sẽ có", ..FieldLook::default() });
        return;
    }
    match indicator.measure {
        Measure::Ratio | Measure::Rate => {
            ui.columns(2, |sides| {
                let look = |hover| FieldLook { hover, ..FieldLook::default() };
                field(&mut sides[0], Field::Numerator, look(&indicator.numerator));
                field(&mut sides[1], Field::Denominator, look(&indicator.denominator));
            });
            parts_ui(ui, indicator);
            if let Some(figure) = progress::value_of(indicator, value) {
                ui.label(theme::bold(format!("Kết quả: {}", words::value(indicator, figure))));
            }
        }
        Measure::Value if levels::is_offered(&indicator.rule) => {
            levels::show(ui, source, key, &indicator.rule, value.value, drafts);
        }
        Measure::Value => {
            field(ui, Field::Value, FieldLook { unit: &indicator.unit, ..FieldLook::default() });
        }
        Measure::Document => {}
    }
}

/// What numerator and denominator count.
fn parts_ui(ui: &mut Ui, indicator: &Indicator) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (name, meaning) in [("Tử số", &indicator.numerator), ("Mẫu số", &indicator.denominator)] {
            if !meaning.is_empty() {
                let text = theme::caption(ui, format!("{name}: {meaning}"));
                ui.add(egui::Label::new(text).wrap());
            }
        }
    });
}

/// The figures go with the state: *no data* beside a number would say two things.
fn set_reporting(body: &mut Body, state: Reporting) {
    if let Content::Indicator(value) = &mut body.content {
        let reason = if state == Reporting::Reported { String::new() } else { std::mem::take(&mut value.reason) };
        *value = match state {
            Reporting::Reported => IndicatorValue { state, ..value.clone() },
            _ => IndicatorValue { state, reason, ..IndicatorValue::default() },
        };
        if state == Reporting::Reported {
            value.reason.clear();
        }
    }
}

fn document_ui(ui: &mut Ui, source: &Source<'_>, key: &Key, state: DocumentState, drafts: &mut Drafts) {
    let mut chosen = state;
    let options: Vec<(DocumentState, String)> =
        DocumentState::ALL.into_iter().map(|s| (s, words::document_state(s).to_owned())).collect();
    label_over(ui, "Tình trạng", |ui| {
        if dropdown(ui, "Tình trạng văn bản", 220.0, &mut chosen, &options) {
            drafts.change(source.snapshot(), key, |body| {
                if let Content::Document(facts) = &mut body.content {
                    facts.state = chosen;
                }
            });
        }
    });
    let snapshot = source.snapshot();
    let mut field = |ui: &mut Ui, field, look| field_ui(ui, drafts, snapshot, key, field, look);
    let plain = FieldLook::default();
    match chosen {
        DocumentState::Issued => {
            ui.columns(2, |sides| {
                field(&mut sides[0], Field::Symbol, FieldLook { hint: "12/2023/NQ-HĐND", ..plain });
                field(&mut sides[1], Field::Date, FieldLook { hint: "ngày/tháng/năm", ..plain });
            });
            field(ui, Field::Summary, FieldLook { rows: 2, ..plain });
        }
        DocumentState::NotIssued | DocumentState::Drafting | DocumentState::NotApplicable => {
            field(ui, Field::Reason, FieldLook { rows: 2, hint: "Vì sao chưa có, dự kiến khi nào", ..plain });
        }
    }
}

fn task_ui(ui: &mut Ui, source: &Source<'_>, key: &Key, status: TaskStatus, drafts: &mut Drafts) {
    let snapshot = source.snapshot();
    let mut chosen = status;
    let options: Vec<(TaskStatus, String)> =
        TaskStatus::ALL.into_iter().map(|s| (s, words::task_status(s).to_owned())).collect();
    ui.columns(2, |sides| {
        label_over(&mut sides[0], "Trạng thái", |ui| {
            if dropdown(ui, "Trạng thái nhiệm vụ", ui.available_width() - 8.0, &mut chosen, &options) {
                drafts.change(snapshot, key, |body| {
                    if let Content::Task(task) = &mut body.content {
                        task.status = chosen;
                        if chosen == TaskStatus::Done {
                            task.percent = Some(100);
                        }
                    }
                });
            }
        });
        field_ui(&mut sides[1], drafts, snapshot, key, Field::Percent, FieldLook { unit: "%", ..FieldLook::default() });
    });
    for (field, rows) in [(Field::Result, 3), (Field::Difficulty, 2), (Field::Cause, 2), (Field::Proposal, 2)] {
        field_ui(ui, drafts, snapshot, key, field, FieldLook { rows, ..FieldLook::default() });
    }
}
