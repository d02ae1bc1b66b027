//! Attainment of the pillar's indicators as bars, and the chosen one over the periods.

use egui::Ui;
use rust_decimal::Decimal;

use super::State;
use super::source::Source;
use crate::catalogue::{Indicator, Measure, PeriodId};
use crate::progress::{self, IndicatorProgress};
use crate::ui::command::Command;
use crate::ui::theme::{palette, space};
use crate::ui::widgets::chart::{BarRow, Trend, TrendMark, bars, trend};
use crate::words;

/// Periods in a trend.
const PERIODS: usize = 8;
/// Narrower than this, one chart stands under the other.
const SIDE_BY_SIDE: f32 = 640.0;

pub(super) fn show(ui: &mut Ui, source: &Source<'_>, state: &mut State, out: &mut Vec<Command>) {
    let charted: Vec<(&Indicator, &IndicatorProgress)> = source
        .indicators(state.shown())
        .filter(|i| i.measure != Measure::Document)
        .filter_map(|i| Some((i, source.progress(i)?)))
        .filter(|(_, p)| p.units_expected > 0)
        .collect();
    if charted.is_empty() {
        return;
    }
    let rows: Vec<BarRow> = charted.iter().map(|(i, p)| row(&source.then(i), p)).collect();
    let color = palette(ui).pillar(state.shown());
    let chosen = state.selected.as_ref().and_then(|item| charted.iter().position(|(i, _)| i.id == *item));
    let of_trend = charted.get(chosen.unwrap_or(0)).map(|(i, _)| *i);
    let width = ui.available_width();
    let height = (22.0 * rows.len() as f32).max(120.0);
    let mut clicked = None;
    if width < SIDE_BY_SIDE {
        clicked = bars(ui, &mut state.attainment, "Mức đạt so với mục tiêu", &rows, color, chosen, 0.0, out);
        ui.add_space(space::M);
        if let Some(indicator) = of_trend {
            trend_ui(ui, source, state, indicator, 120.0, color, out);
        }
    } else {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let left = ((width - space::M) * 0.58).floor();
            ui.allocate_ui(egui::vec2(left, height), |ui| {
                ui.vertical(|ui| {
                    clicked =
                        bars(ui, &mut state.attainment, "Mức đạt so với mục tiêu", &rows, color, chosen, height, out);
                });
            });
            ui.vertical(|ui| {
                if let Some(indicator) = of_trend {
                    trend_ui(ui, source, state, indicator, height, color, out);
                }
            });
        });
    }
    if let Some((indicator, _)) = clicked.and_then(|i| charted.get(i)) {
        state.selected = Some(indicator.id.clone());
        if let Some(row) = state.rows.indicators.iter().position(|id| *id == indicator.id) {
            state.indicators.go_to(row, 0);
        }
    }
    ui.add_space(space::S);
}

fn row(indicator: &Indicator, progress: &IndicatorProgress) -> BarRow {
    // Against the threshold itself, so that going beyond it shows.
    let threshold = indicator.target.threshold().filter(|t| *t > Decimal::ZERO);
    let share = match (progress.value, threshold) {
        (Some(value), Some(threshold)) => value.checked_div(threshold),
        (Some(_), None) => progress.attainment,
        (None, _) => None,
    };
    BarRow {
        label: format!("{} {}", indicator.id, indicator.short),
        hover: indicator.title.clone(),
        share,
        value: progress.value.map(|v| words::value(indicator, v)).unwrap_or_default(),
        target: words::target(indicator),
    }
}

fn trend_ui(
    ui: &mut Ui,
    source: &Source<'_>,
    state: &mut State,
    indicator: &Indicator,
    height: f32,
    color: egui::Color32,
    out: &mut Vec<Command>,
) {
    let points = progress::trend(source.snapshot(), source.scope(), indicator, source.period(), PERIODS);
    let marks: Vec<TrendMark> = points
        .into_iter()
        .map(|p| TrendMark { name: words::period(&p.period), short: short_name(&p.period), value: p.value })
        .collect();
    let data = Trend { marks: &marks, target: source.then(indicator).target.threshold(), unit: &indicator.unit, color };
    trend(ui, &mut state.trend, &format!("{} qua các kỳ", indicator.id), height, &data, out);
}

fn short_name(period: &PeriodId) -> String {
    match period {
        PeriodId::Quarter { year, quarter } => {
            let numeral = ["I", "II", "III", "IV"].get(*quarter as usize - 1).copied().unwrap_or_default();
            format!("{numeral}/{:02}", year % 100)
        }
        PeriodId::Year { year } => year.to_string(),
        PeriodId::AdHoc { due, .. } => crate::text::date::format_date(*due),
    }
}
