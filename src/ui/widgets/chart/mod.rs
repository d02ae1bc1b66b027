//! Charts: attainment bars and a trend line. Each has its figures as a table, and can be saved as a picture.

mod bars;
mod trend;

use egui::Ui;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::button::icon_button;
use super::grid::{Cell, Column, Grid, State as GridState};
use super::layout::{card, section};
use crate::ui::command::{Command, Picture};
use crate::ui::theme::icons;

pub use bars::{BarRow, bars};
pub use trend::{Trend, TrendMark, trend};

/// Whether a chart shows its picture or its figures; the screen keeps one per chart.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    shown: Shown,
    table: GridState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shown {
    #[default]
    Picture,
    Table,
}

/// The card around a chart: title, table switch, picture button. `picture` draws the one, `figures` gives the other.
fn chart_card<R>(
    ui: &mut Ui,
    chart: &mut Chart,
    title: &str,
    out: &mut Vec<Command>,
    figures: impl FnOnce() -> Figures,
    picture: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    let mut wanted = false;
    let top = ui.cursor().min;
    let width = ui.available_width();
    let result = card(ui, |ui| {
        section(ui, title, |ui| {
            wanted = icon_button(ui, icons::IMAGE, &format!("Lưu ảnh PNG: {title}")).clicked();
            let (icon, name, other) = match chart.shown {
                Shown::Picture => (icons::TABLE, "Xem số liệu", Shown::Table),
                Shown::Table => (icons::CHART_BAR, "Xem biểu đồ", Shown::Picture),
            };
            if icon_button(ui, icon, &format!("{name}: {title}")).clicked() {
                chart.shown = other;
            }
        });
        match chart.shown {
            Shown::Picture => Some(picture(ui)),
            Shown::Table => {
                let figures = figures();
                let name = format!("Số liệu: {title}");
                let columns = &figures.columns;
                Grid::new(&name, columns).show(ui, &mut chart.table, figures.rows.len(), |row, column| {
                    Cell::new(figures.rows.get(row).and_then(|r| r.get(column)).cloned().unwrap_or_default())
                });
                None
            }
        }
    });
    if wanted {
        let area = egui::Rect::from_min_max(top, egui::pos2(top.x + width, ui.min_rect().bottom()));
        out.push(Command::SavePicture(Picture { name: title.to_owned(), area }));
    }
    result
}

/// A chart's figures as a table.
struct Figures {
    columns: Vec<Column<'static>>,
    rows: Vec<Vec<String>>,
}

/// For drawing only: charts are the one place where figures become floating point.
fn to_f64(number: Decimal) -> f64 {
    number.to_f64().unwrap_or(0.0)
}
