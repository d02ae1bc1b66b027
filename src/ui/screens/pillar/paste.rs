//! What a pasted block would do, cell by cell, before it does it.

use std::sync::Arc;

use egui::{Modal, Ui};

use super::source::Source;
use crate::catalogue::Id;
use crate::record::{Key, Snapshot};
use crate::table::Marks;
use crate::text::clean;
use crate::text::number::NumberError;
use crate::ui::form::{Drafts, Fault, Field, label, number_fault, put, shown};
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::widgets::grid::{Cell, Column, Grid, Look, Scroll, State as GridState, Width};
use crate::ui::widgets::{badge, marks_choice, primary, secondary};
use crate::words;

/// Where one pasted text would go: none where there is no such row, or where the cell cannot be typed into.
#[derive(Debug)]
pub(super) struct Target {
    pub item: Option<Id>,
    pub field: Option<Field>,
    pub text: String,
}

#[derive(Debug)]
pub(super) struct Dialog {
    targets: Vec<Target>,
    /// How the block writes numbers, where some can be read two ways.
    marks: Marks,
    lines: Vec<Line>,
    /// What they were worked out from.
    snapshot: Arc<Snapshot>,
    table: GridState,
}

#[derive(Debug)]
struct Line {
    item: String,
    field: &'static str,
    before: String,
    text: String,
    fate: Fate,
}

#[derive(Debug)]
enum Fate {
    /// Goes into this field of this record.
    Write(Key, Field),
    /// Says already what would be written.
    Same,
    /// Can be read two ways: with both.
    Ambiguous(String),
    /// With the reason.
    Skip(String),
}

#[derive(Debug, PartialEq)]
pub(super) enum Answer {
    Waiting,
    Done,
}

impl Dialog {
    pub fn new(source: &Source<'_>, drafts: &Drafts, targets: Vec<Target>) -> Dialog {
        let (snapshot, table) = (Arc::clone(&source.workspace.snapshot), GridState::default());
        let mut dialog = Dialog { targets, marks: Marks::Ask, lines: Vec::new(), snapshot, table };
        dialog.read(source, drafts);
        dialog
    }

    fn read(&mut self, source: &Source<'_>, drafts: &Drafts) {
        let marks = self.marks;
        self.lines = self.targets.iter().filter_map(|target| Line::new(source, drafts, target, marks)).collect();
    }

    pub fn show(&mut self, ui: &mut Ui, source: &Source<'_>, drafts: &mut Drafts) -> Answer {
        // A package may have brought other figures since: they are shown before anything takes their place.
        if !Arc::ptr_eq(&self.snapshot, &source.workspace.snapshot) {
            self.snapshot = Arc::clone(&source.workspace.snapshot);
            self.read(source, drafts);
        }
        let mut answer = Answer::Waiting;
        let written = self.lines.iter().filter(|l| matches!(l.fate, Fate::Write(..))).count();
        let skipped = self.lines.iter().filter(|l| matches!(l.fate, Fate::Skip(_) | Fate::Ambiguous(_))).count();
        let frame = egui::Frame::window(ui.style());
        let response = Modal::new(egui::Id::unique("paste")).frame(frame).show(ui.ctx(), |ui| {
            ui.set_width(760.0_f32.min(ui.ctx().content_rect().width() - 80.0));
            ui.label(theme::section_title("Dán vào bảng"));
            let summary = format!("{written} ô sẽ được ghi, {skipped} ô bỏ qua");
            ui.label(theme::secondary(ui, summary));
            ui.add_space(space::S);
            if self.marks_ui(ui) {
                self.read(source, drafts);
            }
            self.table_ui(ui);
            ui.add_space(space::M);
            ui.horizontal(|ui| {
                let go =
                    ui.add_enabled_ui(written > 0, |ui| primary(ui, icons::PASTE, &format!("Dán {written} ô"))).inner;
                if go.clicked() {
                    self.apply(source, drafts);
                    answer = Answer::Done;
                }
                if secondary(ui, icons::CLOSE, "Không dán").clicked() {
                    answer = Answer::Done;
                }
            });
        });
        if response.should_close() { Answer::Done } else { answer }
    }

    fn apply(&mut self, source: &Source<'_>, drafts: &mut Drafts) {
        for line in self.lines.drain(..) {
            if let Fate::Write(key, field) = line.fate {
                drafts.enter(source.snapshot(), &key, field, line.text);
            }
        }
    }

    /// The question on numbers that can be read two ways, for the whole block at once. True where it was answered.
    fn marks_ui(&mut self, ui: &mut Ui) -> bool {
        let count = self.lines.iter().filter(|l| matches!(l.fate, Fate::Ambiguous(_))).count();
        if count == 0 && self.marks == Marks::Ask {
            return false;
        }
        let answered = ui.horizontal_wrapped(|ui| {
            if count > 0 {
                badge(ui, Tone::Warning, &format!("{count} ô có số đọc được hai cách"));
            }
            marks_choice(ui, &mut self.marks)
        });
        ui.add_space(space::S);
        answered.inner
    }

    fn table_ui(&mut self, ui: &mut Ui) {
        let columns = [
            Column::text("Mục", Width::Rest(160.0)),
            Column::text("Ô", Width::Fixed(96.0)),
            Column::number("Hiện có", 96.0),
            Column::number("Sẽ thành", 96.0),
            Column::text("", Width::Rest(140.0)),
        ];
        let lines = &self.lines;
        let grid = Grid::new("Nội dung dán", &columns).scroll(Scroll::Own(320.0));
        grid.show(ui, &mut self.table, lines.len(), |row, column| {
            let Some(line) = lines.get(row) else { return Cell::default() };
            match column {
                0 => Cell::new(line.item.clone()),
                1 => Cell::new(line.field).look(Look::Faint),
                2 => Cell::new(line.before.clone()).look(Look::Faint),
                3 => Cell::new(line.text.clone()),
                _ => match &line.fate {
                    Fate::Write(..) => Cell::new("Ghi").look(Look::Badge(Tone::Success)),
                    Fate::Same => Cell::new("Không đổi").look(Look::Badge(Tone::Neutral)),
                    Fate::Skip(reason) | Fate::Ambiguous(reason) => {
                        Cell::new(reason.clone()).look(Look::Tinted(Tone::Warning))
                    }
                },
            }
        });
    }
}

impl Line {
    /// None for an empty cell: it writes nothing and needs no word.
    fn new(source: &Source<'_>, drafts: &Drafts, target: &Target, marks: Marks) -> Option<Line> {
        let text = clean(&target.text);
        let text = marks.settle(&text).filter(|_| target.field.is_some_and(takes_number)).unwrap_or(text);
        if text.is_empty() {
            return None;
        }
        let key = target.item.as_deref().and_then(|item| source.key(item));
        let item = target.item.as_deref().map(|i| words::item(source.catalogue(), i)).unwrap_or_default();
        let (Some(key), Some(field)) = (key, target.field) else {
            let reason = if target.item.is_none() { "Ngoài bảng" } else { "Ô này không nhập được" };
            let fate = Fate::Skip(reason.to_owned());
            return Some(Line { item, field: "", before: String::new(), text, fate });
        };
        let body = drafts.body(source.snapshot(), &key);
        let before = shown(&body, field);
        let mut after = body.clone();
        let fate = match put(source.catalogue(), &key, &mut after, field, &text) {
            Err(Fault::Number(error @ NumberError::Ambiguous { .. })) => Fate::Ambiguous(number_fault(&error)),
            Err(Fault::Number(error)) => Fate::Skip(number_fault(&error)),
            Err(Fault::Percent) => Fate::Skip("Không phải số nguyên từ 0 đến 100".to_owned()),
            Err(Fault::Date | Fault::Elsewhere) => Fate::Skip("Không đọc được".to_owned()),
            Ok(()) if after == body => Fate::Same,
            Ok(()) => Fate::Write(key, field),
        };
        Some(Line { item, field: label(field, None), before, text, fate })
    }
}

fn takes_number(field: Field) -> bool {
    matches!(field, Field::Numerator | Field::Denominator | Field::Value)
}
