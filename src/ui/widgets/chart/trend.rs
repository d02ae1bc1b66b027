//! One figure over the periods: a line with a gap where there is none, and the target as a dashed line.

use egui::{Align2, Color32, Sense, Ui};
use egui_plot::{AxisHints, GridMark, HLine, Line, LineStyle, Plot, PlotBounds, PlotPoint, Points, Text};
use rust_decimal::Decimal;

use super::{Chart, Figures, chart_card, to_f64};
use crate::text::number;
use crate::ui::command::Command;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::grid::{Column, Width};

/// One period.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendMark {
    /// "Quý IV/2023", in the table.
    pub name: String,
    /// "IV/23", under the axis.
    pub short: String,
    pub value: Option<Decimal>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Trend<'a> {
    /// Oldest first.
    pub marks: &'a [TrendMark],
    /// In the unit.
    pub target: Option<Decimal>,
    pub unit: &'a str,
    pub color: Color32,
}

/// Draws the line in `height` points.
pub fn trend(ui: &mut Ui, chart: &mut Chart, title: &str, height: f32, data: &Trend<'_>, out: &mut Vec<Command>) {
    let figures = || Figures {
        columns: vec![Column::text("Kỳ", Width::Rest(100.0)), Column::number("Giá trị", 140.0)],
        rows: data
            .marks
            .iter()
            .map(|m| vec![m.name.clone(), m.value.map_or("chưa có số liệu".to_owned(), |v| with_unit(v, data.unit))])
            .collect(),
    };
    chart_card(ui, chart, title, out, figures, |ui| {
        if data.marks.iter().all(|m| m.value.is_none()) {
            ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
                ui.set_min_height(height);
                ui.centered_and_justified(|ui| ui.label(theme::secondary(ui, "Chưa có số liệu ở kỳ nào")));
            });
        } else {
            plot_ui(ui, title, height, data);
        }
    });
}

fn plot_ui(ui: &mut Ui, title: &str, height: f32, data: &Trend<'_>) {
    let p = palette(ui);
    let values = || data.marks.iter().filter_map(|m| m.value).chain(data.target).map(to_f64);
    let top = values().fold(0.0, f64::max);
    let top = if top > 0.0 { top * 1.25 } else { 1.0 };
    let last = data.marks.len().saturating_sub(1) as f64;
    let shorts: Vec<String> = data.marks.iter().map(|m| m.short.clone()).collect();
    let name_of = move |mark: GridMark, _: &std::ops::RangeInclusive<f64>| {
        shorts.get(mark.value.round() as usize).cloned().unwrap_or_default()
    };
    let step = nice_step(top);
    Plot::new(("trend", title))
        .height(height)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .sense(Sense::hover())
        .grid_color(p.line)
        .grid_fade(0.0)
        .grid_spacing(egui::Rangef::new(1.0, 2.0))
        .show_grid([false, true])
        .x_grid_spacer(move |_| (0..=last as usize).map(|i| GridMark { value: i as f64, step_size: 1.0 }).collect())
        .y_grid_spacer(move |_| {
            let marks = (0..=5).map(|i| f64::from(i) * step).filter(|value| *value < top);
            marks.map(|value| GridMark { value, step_size: step }).collect()
        })
        .custom_x_axes(vec![axis(ui, AxisHints::new_x()).formatter(name_of)])
        .custom_y_axes(vec![axis(ui, AxisHints::new_y()).formatter(|mark, _| axis_number(mark.value))])
        .show(ui, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max([-0.35, 0.0], [last + 0.65, top]));
            let newest = data.marks.iter().enumerate().rev().find_map(|(i, m)| Some((i, m.value?)));
            if let Some(target) = data.target {
                let line = HLine::new("", to_f64(target)).color(p.secondary).style(LineStyle::dashed_dense());
                plot.hline(line.width(1.0).allow_hover(false));
                let label = egui::RichText::new(format!("mục tiêu {}", with_unit(target, data.unit)))
                    .size(size::CAPTION)
                    .color(p.secondary);
                // At the oldest end, where the newest value's own label is not; on the side of the line away from the
                // points there.
                let oldest = data.marks.iter().find_map(|m| m.value);
                let below = oldest.is_some_and(|value| value >= target);
                let anchor = if below { Align2::LEFT_TOP } else { Align2::LEFT_BOTTOM };
                let point = PlotPoint::new(-0.3, to_f64(target));
                plot.text(Text::new("", point, label).anchor(anchor).allow_hover(false));
            }
            if let Some((i, value)) = newest {
                // On its own ground, above the line of the target and below the points.
                let text = theme::bold(with_unit(value, data.unit)).color(p.text).background_color(p.panel);
                let point = PlotPoint::new(i as f64, to_f64(value) + top * 0.04);
                plot.text(Text::new("", point, text).anchor(Align2::CENTER_BOTTOM).allow_hover(false));
            }
            for run in runs(data.marks) {
                plot.line(Line::new("", run.clone()).color(data.color).width(2.0).allow_hover(false));
                plot.points(Points::new("", run).color(data.color).radius(3.5).allow_hover(false));
            }
        });
}

fn axis<'a>(ui: &Ui, hints: AxisHints<'a>) -> AxisHints<'a> {
    hints.tick_label_font(egui::FontId::proportional(size::CAPTION)).tick_label_color(palette(ui).secondary)
}

/// Points of neighbouring periods with a value: a gap ends a run.
fn runs(marks: &[TrendMark]) -> Vec<Vec<[f64; 2]>> {
    let mut runs = vec![Vec::new()];
    for (i, mark) in marks.iter().enumerate() {
        match (mark.value, runs.last_mut()) {
            (Some(value), Some(run)) => run.push([i as f64, to_f64(value)]),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// 1, 2, 2.5 or 5 times a power of ten, so that about four steps reach the top.
fn nice_step(top: f64) -> f64 {
    let rough = top / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|f| f * power >= rough).unwrap_or(10.0);
    factor * power
}

fn axis_number(value: f64) -> String {
    let rounded = Decimal::try_from((value * 1000.0).round() / 1000.0).unwrap_or_default();
    number::format_decimal(rounded.normalize())
}

fn with_unit(value: Decimal, unit: &str) -> String {
    let text = number::format_decimal(number::rounded(value, 2));
    match unit {
        "" => text,
        "%" => format!("{text}%"),
        unit => format!("{text} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(value: Option<i64>) -> TrendMark {
        TrendMark { name: String::new(), short: String::new(), value: value.map(Decimal::from) }
    }

    #[test]
    fn a_period_without_figure_is_a_gap_and_not_a_zero() {
        let marks = [mark(Some(1)), mark(Some(2)), mark(None), mark(Some(4))];
        assert_eq!(runs(&marks), vec![vec![[0.0, 1.0], [1.0, 2.0]], vec![[3.0, 4.0]]]);
    }

    #[test]
    fn steps_of_the_axis_are_round_numbers() {
        assert_eq!(nice_step(100.0), 25.0);
        assert_eq!(nice_step(1.0), 0.25);
        assert_eq!(nice_step(37.0), 10.0);
        assert_eq!(axis_number(0.75), "0,75");
    }
}
