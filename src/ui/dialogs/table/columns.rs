//! What each column of the table is taken for: known, guessed or remembered, and changed here.

use egui::Ui;

use crate::table::{Basis, Column as Taken, Heading, Mapping, Preview, Reading};
use crate::ui::command::Command;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::TablePreview;
use crate::ui::widgets;
use crate::words;

#[derive(Debug, Default)]
pub(super) struct State {
    /// None until the officer opens or closes it: open where something is guessed.
    shown: Option<Shown>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    All,
    None,
}

pub(super) fn show(ui: &mut Ui, shown: &TablePreview, preview: &Preview, state: &mut State, out: &mut Vec<Command>) {
    let columns: Vec<&Heading> = preview.columns.iter().filter(|h| !h.text.is_empty()).collect();
    let count = |basis| columns.iter().filter(|h| h.basis == basis).count();
    let doubtful = count(Basis::Guessed) > 0 || preview.result.is_err();
    let open = state.shown.unwrap_or(if doubtful { Shown::All } else { Shown::None });
    ui.horizontal_wrapped(|ui| {
        let (icon, text, other) = match open {
            Shown::All => (icons::CHEVRON_UP, "Ẩn các cột".to_owned(), Shown::None),
            Shown::None => (icons::CHEVRON_DOWN, format!("Xem {} cột của bảng", columns.len()), Shown::All),
        };
        if widgets::quiet(ui, icon, &text).clicked() {
            state.shown = Some(other);
        }
        if count(Basis::Guessed) > 0 {
            let text = format!("{} cột được đoán theo tiêu đề: kiểm tra lại", count(Basis::Guessed));
            widgets::badge(ui, Tone::Warning, &text);
        }
        if count(Basis::Remembered) > 0 {
            widgets::badge(ui, Tone::Info, "Theo lựa chọn đã ghi nhớ cho các tiêu đề này");
        }
    });
    if open == Shown::All {
        egui::ScrollArea::vertical().id_salt("columns").max_height(170.0).auto_shrink([false, true]).show(ui, |ui| {
            for heading in &columns {
                if heading_ui(ui, shown, &columns, heading, out) == Choice::Made {
                    // There may be more to choose: it stays open though nothing is guessed any more.
                    state.shown = Some(Shown::All);
                }
            }
        });
    }
    ui.add_space(space::S);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Made,
    None,
}

/// One column in a line: its heading, what stands below, and what it is taken for.
fn heading_ui(
    ui: &mut Ui,
    shown: &TablePreview,
    columns: &[&Heading],
    heading: &Heading,
    out: &mut Vec<Command>,
) -> Choice {
    let mut choice = Choice::None;
    ui.horizontal(|ui| {
        let cell = |ui: &mut Ui, width: f32, text: egui::RichText| {
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(egui::vec2(width, 30.0), layout, |ui| {
                ui.set_min_width(width);
                widgets::elided(ui, text);
            });
        };
        cell(ui, 280.0, theme::bold(&heading.text));
        let mut taken = heading.column;
        let options: Vec<(Option<Taken>, String)> = std::iter::once((None, "(không dùng)".to_owned()))
            .chain(Taken::all().map(|column| (Some(column), words::column(column).to_owned())))
            .collect();
        let name = format!("Cột {}", heading.text);
        if widgets::dropdown(ui, &name, 210.0, &mut taken, &options) {
            choice = Choice::Made;
            let mapping = told(columns, heading, taken);
            out.push(Command::ReadTable(Reading { mapping: Some(mapping), ..shown.reading.clone() }));
        }
        let (tone, basis) = match heading.basis {
            Basis::Named => (Tone::Neutral, ""),
            Basis::Told => (Tone::Info, "đã chọn"),
            Basis::Remembered => (Tone::Info, "đã ghi nhớ"),
            Basis::Guessed => (Tone::Warning, "đoán"),
        };
        if !basis.is_empty() {
            widgets::badge(ui, tone, basis);
        }
        let samples = theme::caption(ui, heading.samples.join(" · "));
        widgets::elided(ui, samples);
    });
    choice
}

/// What the columns are taken for once one is changed: the others stay as they are shown, guesses included. A column is
/// for one heading: it is taken from another one.
fn told(columns: &[&Heading], changed: &Heading, column: Option<Taken>) -> Mapping {
    let mut mapping = Mapping::default();
    for heading in columns {
        if heading.text == changed.text {
            mapping.set(&heading.text, column);
        } else if column.is_some() && heading.column == column {
            mapping.set(&heading.text, None);
        } else if heading.basis != Basis::Named {
            mapping.set(&heading.text, heading.column);
        }
    }
    mapping
}
