//! A third value for a record in conflict: neither of the two, typed by hand. It keeps the evidence of both.

use std::collections::BTreeMap;

use egui::{Align, Layout, Ui};

use crate::catalogue::{Catalogue, Measure};
use crate::record::{self, Body, Content, DocumentState, Key, Kind, Record, TaskStatus};
use crate::ui::command::{Command, Resolution};
use crate::ui::form::{self, Fault, Field, number_fault};
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::Workspace;
use crate::ui::widgets::{self, TextField};
use crate::words;

/// The value while it is typed.
#[derive(Debug)]
pub(super) struct Third {
    key: Key,
    body: Body,
    texts: BTreeMap<Field, String>,
    stage: Stage,
    /// Why it cannot be taken as it stands.
    faults: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Typed,
    /// It stays until it is stored: what is refused can be mended.
    AskedFor,
}

/// What happened to it in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typing {
    Going,
    Over,
}

impl Third {
    /// Begins with the reporting agency's own value, and the evidence of all.
    pub fn of(record: &Record) -> Third {
        let own = record.heads.iter().find(|h| h.origin == h.key.agency && !h.body.is_withdrawn());
        let mut body = own.map_or_else(|| form::blank(&record.key), |head| head.body.clone());
        body.evidence = record.heads.iter().flat_map(|h| h.body.evidence.clone()).collect();
        let body = body.normalized();
        let texts = fields(record.key.kind).iter().map(|f| (*f, form::editable(&body, *f))).collect();
        Third { key: record.key.clone(), body, texts, stage: Stage::Typed, faults: Vec::new() }
    }

    pub fn key(&self) -> &Key {
        &self.key
    }

    pub fn is_asked_for(&self) -> bool {
        self.stage == Stage::AskedFor
    }

    /// True where something was typed.
    pub fn is_changed(&self) -> bool {
        self.texts.iter().any(|(field, text)| form::editable(&self.body, *field) != *text)
    }

    pub fn show(&mut self, ui: &mut Ui, workspace: &Workspace, record: &Record, out: &mut Vec<Command>) -> Typing {
        let catalogue = workspace.catalogue();
        let measure = catalogue.indicator(self.key.base_item()).map(|i| i.measure);
        let mut typing = Typing::Going;
        widgets::card(ui, |ui| {
            ui.label(theme::bold("Nhập số khác"));
            self.status_ui(ui);
            ui.with_layout(Layout::left_to_right(Align::Min).with_main_wrap(true), |ui| {
                for field in fields(self.key.kind).iter().filter(|f| fits(**f, measure)) {
                    let text = self.texts.entry(*field).or_default();
                    let name = form::label(*field, measure);
                    ui.allocate_ui(egui::vec2(field_width(*field), 0.0), |ui| {
                        widgets::label_over(ui, name, |ui| {
                            TextField::new(name).width(field_width(*field)).show(ui, text);
                        });
                    });
                }
            });
            for fault in &self.faults {
                widgets::banner(ui, Tone::Danger, fault);
            }
            ui.add_space(space::XS);
            ui.horizontal(|ui| {
                if widgets::secondary(ui, icons::CHECK, "Dùng số này").clicked()
                    && let Some(mut body) = self.read(catalogue, measure)
                {
                    // A head may have come since this was begun.
                    body.evidence.extend(record.heads.iter().flat_map(|h| h.body.evidence.clone()));
                    let choice = Resolution::Enter(body.normalized());
                    out.push(Command::Resolve { key: self.key.clone(), choice, seen: record.head_ids() });
                    self.stage = Stage::AskedFor;
                }
                if widgets::quiet(ui, icons::CLOSE, "Thôi").clicked() {
                    typing = Typing::Over;
                }
            });
        });
        typing
    }

    fn status_ui(&mut self, ui: &mut Ui) {
        match &mut self.body.content {
            Content::Task(task) => {
                let options = TaskStatus::ALL.map(|s| (s, words::task_status(s).to_owned()));
                widgets::dropdown(ui, "Trạng thái nhiệm vụ", 190.0, &mut task.status, &options);
            }
            Content::Document(document) => {
                let options = DocumentState::ALL.map(|s| (s, words::document_state(s).to_owned()));
                widgets::dropdown(ui, "Trạng thái văn bản", 190.0, &mut document.state, &options);
            }
            Content::Indicator(_) | Content::PlanItem(_) | Content::Withdrawn => {}
        }
    }

    /// The body as typed; none where something in it cannot be read or is nonsense, which `faults` then says.
    fn read(&mut self, catalogue: &Catalogue, measure: Option<Measure>) -> Option<Body> {
        let mut body = self.body.clone();
        self.faults.clear();
        for field in fields(self.key.kind).iter().filter(|f| fits(**f, measure)) {
            let text = self.texts.get(field).map_or("", String::as_str);
            if let Err(fault) = form::put(catalogue, &self.key, &mut body, *field, text) {
                self.faults.push(format!("{}: {}", form::label(*field, measure), said(&fault)));
            }
        }
        let findings = record::findings(catalogue, &self.key.item, &body, None);
        let refused = findings.iter().filter(|f| f.severity == record::Severity::Error);
        self.faults.extend(refused.map(words::finding));
        self.faults.is_empty().then_some(body)
    }
}

fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Indicator => &[Field::Numerator, Field::Denominator, Field::Value, Field::Note],
        Kind::Task => &[Field::Percent, Field::Result, Field::Difficulty, Field::Cause, Field::Proposal, Field::Note],
        Kind::Document => &[Field::Symbol, Field::Date, Field::Summary, Field::Reason, Field::Note],
        Kind::PlanItem => &[Field::Work, Field::Coordinating, Field::From, Field::To, Field::Output, Field::Note],
    }
}

/// A ratio is entered by its parts, a value by itself.
fn fits(field: Field, measure: Option<Measure>) -> bool {
    match field {
        Field::Numerator | Field::Denominator => matches!(measure, Some(Measure::Ratio | Measure::Rate)),
        Field::Value => matches!(measure, Some(Measure::Value)),
        _ => true,
    }
}

fn field_width(field: Field) -> f32 {
    match field {
        Field::Numerator | Field::Denominator | Field::Value | Field::Percent => 140.0,
        Field::Date | Field::From | Field::To => 120.0,
        Field::Symbol => 180.0,
        _ => 300.0,
    }
}

fn said(fault: &Fault) -> String {
    match fault {
        Fault::Number(error) => number_fault(error),
        Fault::Percent => "nhập số nguyên từ 0 đến 100".to_owned(),
        Fault::Date => "nhập ngày dạng 25/12/2023".to_owned(),
        Fault::Elsewhere => "mục này không có ô đó".to_owned(),
    }
}
