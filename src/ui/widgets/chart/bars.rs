//! Horizontal bars of attainment, with the target as a mark across each.

use egui::{Align, Align2, Color32, Layout, Rect, Sense, Ui, Vec2};
use egui_plot::{Bar, BarChart, Line, Plot, PlotBounds, PlotPoint, Text};
use rust_decimal::Decimal;

use super::{Chart, Figures, chart_card, to_f64};
use crate::text::number;
use crate::ui::command::Command;
use crate::ui::theme::{self, palette, size, space};
use crate::ui::widgets::grid::{Column, Width};

const ROW: f32 = 22.0;
/// The scale ends here, in multiples of the target.
const END: f64 = 1.25;

/// One indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct BarRow {
    pub label: String,
    /// The full name, on hover.
    pub hover: String,
    /// Value over target; 1 is the target. None: nothing to draw.
    pub share: Option<Decimal>,
    /// "72,4%"; empty where there is none.
    pub value: String,
    /// "≥ 80%"
    pub target: String,
}

/// Draws the bars, in at least `least_height` points. Gives the row that was clicked.
#[allow(clippy::too_many_arguments)]
pub fn bars(
    ui: &mut Ui,
    chart: &mut Chart,
    title: &str,
    rows: &[BarRow],
    color: Color32,
    chosen: Option<usize>,
    least_height: f32,
    out: &mut Vec<Command>,
) -> Option<usize> {
    let figures = || Figures {
        columns: vec![
            Column::text("Chỉ tiêu", Width::Rest(120.0)),
            Column::number("Giá trị", 110.0),
            Column::number("Mục tiêu", 110.0),
            Column::number("Đạt", 72.0),
        ],
        rows: rows
            .iter()
            .map(|r| {
                let share = r.share.map(|s| number::format_percent(s * Decimal::ONE_HUNDRED)).unwrap_or_default();
                vec![r.label.clone(), r.value.clone(), r.target.clone(), share]
            })
            .collect(),
    };
    chart_card(ui, chart, title, out, figures, |ui| {
        let clicked = picture(ui, title, rows, color, chosen);
        ui.add_space((least_height - ROW * rows.len() as f32 - ui.spacing().item_spacing.y).max(0.0));
        clicked
    })?
}

fn picture(ui: &mut Ui, title: &str, rows: &[BarRow], color: Color32, chosen: Option<usize>) -> Option<usize> {
    let p = palette(ui);
    let width = ui.available_width();
    let label = (width * 0.48).clamp(120.0, 340.0);
    let figures = (width * 0.22).clamp(84.0, 120.0);
    let height = ROW * rows.len() as f32;
    let (area, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    let mut clicked = None;
    for (i, row) in rows.iter().enumerate() {
        let top = area.top() + ROW * i as f32;
        let line = Rect::from_min_size(egui::pos2(area.left(), top), Vec2::new(width, ROW));
        let response = ui.interact(line, ui.scope_id().with((title, i)), Sense::CLICK);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, spoken(row)));
        if chosen == Some(i) || response.hovered() {
            let fill = if chosen == Some(i) { p.selected } else { p.hover };
            ui.painter().rect_filled(line, 4.0, fill);
        }
        if response.clicked() {
            clicked = Some(i);
        }
        let part =
            |x: f32, w: f32| Rect::from_min_size(egui::pos2(x, top), Vec2::new(w, ROW)).shrink2(Vec2::new(4.0, 0.0));
        cell(ui, part(area.left(), label), Align::Min, &row.label);
        cell(ui, part(area.right() - figures, figures), Align::Max, &row.value);
        response.on_hover_text(format!("{}\nMục tiêu: {}", row.hover, row.target));
    }
    let plot = Rect::from_min_max(
        egui::pos2(area.left() + label + space::S, area.top()),
        egui::pos2(area.right() - figures - space::S, area.bottom()),
    );
    plot_ui(ui, plot, title, rows, color);
    clicked
}

/// The bars themselves, row under row as the labels beside them.
fn plot_ui(ui: &mut Ui, rect: Rect, title: &str, rows: &[BarRow], color: Color32) {
    let p = palette(ui);
    let count = rows.len() as f64;
    let at = |i: usize| count - i as f64 - 0.5;
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)));
    Plot::new(("bars", title))
        .width(rect.width())
        .height(rect.height())
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .sense(Sense::hover())
        .set_margin_fraction(Vec2::ZERO)
        .show(&mut child, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max([0.0, 0.0], [END, count.max(1.0)]));
            let bar = |i: usize, length: f64, fill: Color32| {
                Bar::new(at(i), length).width(0.42).fill(fill).stroke(egui::Stroke::NONE)
            };
            let tracks = rows.iter().enumerate().filter(|(_, r)| r.share.is_some()).map(|(i, _)| bar(i, END, p.track));
            plot.bar_chart(BarChart::new("", tracks.collect()).horizontal().allow_hover(false));
            let filled =
                rows.iter().enumerate().filter_map(|(i, r)| Some(bar(i, to_f64(r.share?).clamp(0.0, END), color)));
            plot.bar_chart(BarChart::new("", filled.collect()).horizontal().allow_hover(false));
            for (i, row) in rows.iter().enumerate() {
                if row.share.is_some() {
                    let mark = vec![[1.0, at(i) - 0.36], [1.0, at(i) + 0.36]];
                    plot.line(Line::new("", mark).color(p.text).width(2.0).allow_hover(false));
                } else {
                    let words = if row.value.is_empty() { "chưa có số liệu" } else { "không có ngưỡng" };
                    let text = egui::RichText::new(words).size(size::CAPTION).color(p.secondary);
                    let point = PlotPoint::new(0.0, at(i));
                    plot.text(Text::new("", point, text).anchor(Align2::LEFT_CENTER).allow_hover(false));
                }
            }
        });
}

fn cell(ui: &mut Ui, rect: Rect, align: Align, text: &str) {
    let layout = match align {
        Align::Max => Layout::right_to_left(Align::Center),
        _ => Layout::left_to_right(Align::Center),
    };
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout));
    let text = if align == Align::Max { theme::caption(&child, text) } else { egui::RichText::new(text) };
    child.add(egui::Label::new(text).truncate());
}

fn spoken(row: &BarRow) -> String {
    match row.value.as_str() {
        "" => format!("{}: chưa có số liệu, mục tiêu {}", row.label, row.target),
        value => format!("{}: {value}, mục tiêu {}", row.label, row.target),
    }
}
