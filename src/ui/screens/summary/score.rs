//! The estimated score by pillar, what stands outside it, and where the next points are.

use std::collections::BTreeMap;

use egui::{Label, Ui};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::parts;
use crate::catalogue::Catalogue;
use crate::progress::{Gap, PillarProgress, Points, Score};
use crate::text::number::{format_decimal, format_fixed};
use crate::ui::command::Command;
use crate::ui::state::Place;
use crate::ui::theme::{self, Tone, icons, palette, space};
use crate::ui::view::Workspace;
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Event, Grid, Look, Width};
use crate::words;

/// So many of the next points are shown until all are asked for.
const FIRST: usize = 12;

#[derive(Debug, Default)]
pub(super) struct State {
    grid: grid::State,
    length: Length,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Length {
    #[default]
    First,
    All,
}

/// Points by pillar, and the total. Everything here is an estimate and says so.
pub(super) fn show(ui: &mut Ui, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let Some(score) = &workspace.province else { return };
    let catalogue = workspace.catalogue();
    parts::scrolled(ui, "score", |ui| {
        widgets::card(ui, |ui| {
            let title = format!("Điểm ước tính toàn tỉnh: {}", words::score(score.total));
            widgets::section(ui, &title, |_| {});
            let text = "Tính theo trọng số của QĐ 922/QĐ-BTTTT trên các chỉ tiêu của kế hoạch. Chỉ tiêu chưa có số liệu tính 0 điểm. \
                        Để tham khảo, không phải kết quả đánh giá chính thức.";
            ui.add(Label::new(theme::secondary(ui, text)).wrap());
            extra_ui(ui, catalogue, score);
        });
        ui.add_space(space::L);
        pillars_ui(ui, catalogue, score, &mut state.grid, out);
        ui.add_space(space::L);
        widgets::card(ui, |ui| next_points_ui(ui, catalogue, &workspace.next_points, &mut state.length, out));
    });
}

/// Bonus and minus points, each with the indicator that brings it.
fn extra_ui(ui: &mut Ui, catalogue: &Catalogue, score: &Score) {
    let all = score.pillars.iter().flat_map(|p| &p.indicators);
    for progress in all.filter(|i| matches!(i.points, Points::Extra(_)) && i.units_expected > 0) {
        let short = catalogue.indicator(&progress.item).map_or("", |i| &i.short);
        widgets::fact(
            ui,
            "Ngoài thang điểm",
            &format!("{} {short}: {}", progress.item, words::points(progress.points)),
        );
    }
}

fn pillars_ui(ui: &mut Ui, catalogue: &Catalogue, score: &Score, state: &mut grid::State, out: &mut Vec<Command>) {
    let columns = [
        Column::text("Trụ cột", Width::Rest(200.0)),
        Column::number("Trọng số", 88.0),
        Column::text("Điểm ước tính", Width::Fixed(180.0)),
        Column::number("Điểm quy đổi", 112.0).tooltip("Điểm nhân trọng số, trên tổng 1.000"),
        Column::number("Chỉ tiêu có số liệu", 136.0),
        Column::number("Nhiệm vụ hoàn thành", 146.0),
    ];
    let hues = palette(ui).pillars;
    let events = Grid::new("Điểm ước tính", &columns).show(ui, state, score.pillars.len(), |row, column| {
        let progress = &score.pillars[row];
        let pillar = catalogue.pillar(progress.pillar);
        let weight = pillar.map_or(0, |p| p.weight);
        let hue = hues[usize::from(progress.pillar.clamp(1, 8)) - 1];
        score_cell(pillar.map_or("", |p| &p.title), weight, progress, hue, column)
    });
    for event in events {
        if let Event::Opened { row, .. } = event {
            out.push(Command::Go(Place::Pillar(score.pillars[row].pillar)));
        }
    }
}

/// Each gap is a row that leads to the first agency that can fill it.
fn next_points_ui(ui: &mut Ui, catalogue: &Catalogue, gaps: &[Gap], length: &mut Length, out: &mut Vec<Command>) {
    widgets::section(ui, "Điểm còn có thể đạt", |ui| {
        let all = format!("Xem cả {} chỉ tiêu", gaps.len());
        if gaps.len() > FIRST && *length == Length::First && widgets::quiet(ui, icons::CHEVRON_DOWN, &all).clicked() {
            *length = Length::All;
        }
    });
    if gaps.is_empty() {
        ui.label(theme::secondary(ui, "Mọi chỉ tiêu tính điểm của kỳ này đã đủ điểm."));
        return;
    }
    ui.add(Label::new(theme::secondary(ui, reasons(gaps))).wrap());
    let shown = if *length == Length::All { gaps.len() } else { FIRST };
    for gap in gaps.iter().take(shown) {
        let short = catalogue.indicator(&gap.item).map_or("", |i| &i.short);
        let text = format!("Thêm được {}: {} {short}", words::points_of_1000(gap.gain), gap.item);
        let who = words::agencies(catalogue, &gap.agencies, 3);
        let detail = format!("{} · {who}", words::shortfall(gap.points));
        let (tone, icon) = match gap.points {
            Points::Open(_) => (Tone::Warning, icons::ALERT),
            _ => (Tone::Neutral, icons::CHART_BAR),
        };
        if parts::action_row(ui, tone, icon, &text, &detail).clicked()
            && let Some(agency) = gap.agencies.first()
        {
            out.push(Command::Go(Place::Item { item: gap.item.clone(), agency: agency.clone() }));
        }
    }
}

/// Why there are no points yet, and on how many indicators: "31 chỉ tiêu chưa có số liệu; 2 chỉ tiêu chưa có minh chứng".
fn reasons(gaps: &[Gap]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut partly = 0;
    for gap in gaps {
        match gap.points {
            Points::Open(why) => *counts.entry(words::open(why)).or_default() += 1,
            _ => partly += 1,
        }
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let open = counts.into_iter().map(|(why, count)| format!("{count} chỉ tiêu {why}"));
    let partly = (partly > 0).then(|| format!("{partly} chỉ tiêu chưa đủ điểm"));
    open.chain(partly).collect::<Vec<_>>().join("; ")
}

fn score_cell(title: &str, weight: u32, progress: &PillarProgress, hue: egui::Color32, column: usize) -> Cell {
    match column {
        0 => Cell::new(format!("{} {title}", progress.pillar)),
        1 => Cell::new(format_decimal(weight.into())),
        2 => {
            let share = progress.score.to_f32().unwrap_or(0.0);
            Cell::new(words::score(progress.score)).look(Look::Bar(share, hue))
        }
        3 => Cell::new(format_fixed(progress.score * Decimal::from(weight), 1)),
        4 => Cell::new(format!("{}/{}", progress.indicators_with_value, progress.indicators_expected)),
        _ => Cell::new(format!("{}/{}", progress.tasks_done, progress.tasks_expected)),
    }
}
