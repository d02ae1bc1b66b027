//! Tổng hợp: agencies by period, the province's figures with the units in them, the estimated score, what if. Receiver only.

mod answer;
mod figures;
mod score;
mod standing;
mod trial;

<<<<<<< HEAD
use std::borrow::Cow;

use egui::{Label, Ui};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
=======
use egui::Ui;
>>>>>>> 842372f (Show in Tổng hợp what figures tried would bring, where points are still open, and a unit's report and evidence; open a cell for typing by double click)

use super::parts;
use crate::ui::command::Command;
use crate::ui::state::Screen;
use crate::ui::theme::space;
use crate::ui::view::{View, Workspace};
use crate::ui::widgets::{self, Tab};
use crate::words;

#[derive(Debug, Default)]
pub struct State {
    tab: Sheet,
    search: String,
    standing: standing::State,
    figures: figures::State,
    score: score::State,
    trial: trial::State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Sheet {
    #[default]
    Standing,
    Figures,
    Score,
    Trial,
}

impl State {
    /// True where a reason is typed and not sent yet. Figures that are only tried are not to be kept.
    pub fn unsaved(&self) -> bool {
        self.standing.unsaved()
    }
}

pub fn show(ui: &mut Ui, view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let note = format!("{} · {}", words::period(&workspace.period.id), words::due_before(&workspace.period));
    parts::head(ui, Screen::Summary.title(), &note, |_| {});
    let tab = |value, text: &str, tooltip: &str| Tab {
        value,
        text: text.to_owned(),
        note: String::new(),
        mark: None,
        tooltip: tooltip.to_owned(),
    };
    ui.horizontal(|ui| {
        let tabs = [
            tab(Sheet::Standing, "Tình hình nộp", "Cơ quan nào đã nộp, kỳ nào"),
            tab(Sheet::Figures, "Số liệu toàn tỉnh", "Số liệu tổng hợp từng chỉ tiêu và từng đơn vị"),
            tab(Sheet::Score, "Điểm ước tính", "Điểm theo trọng số tám trụ cột và điểm còn có thể đạt, để tham khảo"),
            tab(Sheet::Trial, "Thử nếu…", "Thay số liệu trên bản nháp để xem điểm; không ghi vào tệp"),
        ];
        widgets::tabs(ui, &mut state.tab, &tabs);
        let searched = match state.tab {
            Sheet::Standing => Some("Tìm cơ quan"),
            Sheet::Figures | Sheet::Trial => Some("Tìm chỉ tiêu"),
            Sheet::Score => None,
        };
        if let Some(name) = searched {
            widgets::search_field(ui, name, 220.0, &mut state.search);
        }
    });
    ui.add_space(space::S);
    let search = state.search.as_str();
    match state.tab {
<<<<<<< HEAD
        Sheet::Standing => standing_ui(ui, view, workspace, state, out),
        Sheet::Figures => figures_ui(ui, workspace, state, out),
        Sheet::Score => score_ui(ui, workspace, state, out),
    }
}

/// The matrix agency x period; beside it the report of the chosen agency for the period, and what to answer.
fn standing_ui(ui: &mut Ui, view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let catalogue = workspace.catalogue();
    let mut agencies: Vec<&Id> = Vec::new();
    for column in &workspace.matrix {
        for status in &column.statuses {
            if !agencies.contains(&&status.agency) {
                agencies.push(&status.agency);
            }
        }
    }
    agencies.retain(|id| matches(catalogue.agency_name(id), &state.search));
    let titles: Vec<String> = workspace.matrix.iter().map(|c| words::period(&c.period)).collect();
    let mut columns = vec![Column::text("Cơ quan", Width::Rest(240.0))];
    columns.extend(titles.iter().map(|title| Column::text(title, Width::Fixed(150.0))));
    if agencies.is_empty() {
        let hint = "Không có cơ quan nào khớp với nội dung tìm.";
        widgets::empty_state(ui, icons::AGENCY, "Không tìm thấy", hint, None);
        return;
    }
    let State { matrix, answer, .. } = state;
    let chosen = matrix.row().and_then(|row| agencies.get(row)).copied();
    let grid = |ui: &mut Ui, matrix: &mut grid::State| {
        let height = ui.available_height();
        Grid::new("Tình hình nộp báo cáo", &columns).scroll(Scroll::Own(height)).show(
            ui,
            matrix,
            agencies.len(),
            |row, column| match column.checked_sub(1) {
                None => Cell::new(catalogue.agency_name(agencies[row])),
                Some(period) => standing_cell(&workspace.matrix[period], agencies[row]),
            },
        );
    };
    let Some(agency) = chosen else {
        // Nobody chosen: the whole width is the matrix's.
        grid(ui, matrix);
        return;
    };
    parts::list_and_detail(ui, 0.5, |ui, side| match side {
        Side::Left => grid(ui, matrix),
        Side::Right => answer::show(ui, view, workspace, agency, answer, out),
    });
}

fn standing_cell(column: &PeriodStatuses, agency: &str) -> Cell {
    match column.statuses.iter().find(|s| s.agency == agency) {
        None => Cell::new("không phải báo cáo").look(Look::Faint),
        Some(status) => Cell::new(words::agency_state(status.state))
            .look(Look::Badge(tone_of(status.state, status.days_left)))
            .hover(standing_in_full(status)),
    }
}

fn standing_in_full(status: &AgencyStatus) -> String {
    let filed = match (status.filing, status.filed_at) {
        (Some(filing), Some(time)) => match &status.arrival {
            Some(arrival) => format!("{}, {}\n", words::filing(filing), words::arrival(arrival)),
            None => format!("{}, {}\n", words::filing(filing), format_time(time)),
        },
        _ => String::new(),
    };
    let counts = format!("đã có {}/{} mục", status.reported.len(), status.expected.len());
    let conflicts = match status.conflicts.len() {
        0 => String::new(),
        count => format!("\n{count} số liệu chờ quyết định"),
    };
    format!("{filed}{counts}{conflicts}")
}

/// The province's value per indicator, and the units behind the chosen one.
fn figures_ui(ui: &mut Ui, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let Some(score) = &workspace.province else { return };
    let rows = figure_rows(workspace, score, &state.search);
    parts::list_and_detail(ui, 0.6, |ui, side| match side {
        Side::Left => figures_grid(ui, &rows, &mut state.figures),
        Side::Right => match state.figures.row().and_then(|row| rows.get(row)) {
            Some((indicator, progress)) => units_ui(ui, workspace, indicator, progress, &mut state.units, out),
            None => {
                let hint = "Chọn một chỉ tiêu ở bảng bên trái.";
                widgets::empty_state(ui, icons::SUM, "Từng đơn vị trong số tổng hợp", hint, None);
            }
        },
    });
}

type FigureRow<'a> = (Cow<'a, Indicator>, &'a IndicatorProgress);

fn figure_rows<'a>(workspace: &'a Workspace, score: &'a Score, search: &str) -> Vec<FigureRow<'a>> {
    let catalogue = workspace.catalogue();
    let all = score.pillars.iter().flat_map(|p| &p.indicators);
    let due = all.filter(|progress| progress.units_expected > 0);
    let named = due.filter_map(|progress| {
        Some((catalogue.then(catalogue.indicator(&progress.item)?, &workspace.period.id), progress))
    });
    named.filter(|(i, _)| matches(&format!("{} {} {}", i.id, i.short, i.title), search)).collect()
}

fn figures_grid(ui: &mut Ui, rows: &[FigureRow<'_>], state: &mut grid::State) {
    let columns = [
        Column::text("Mã", Width::Fixed(52.0)),
        Column::text("Chỉ tiêu", Width::Rest(160.0)),
        Column::number("Mục tiêu", 104.0),
        Column::number("Toàn tỉnh", 104.0),
        Column::text("Đạt", Width::Fixed(104.0)).tooltip("Mức đạt so với mục tiêu"),
        Column::number("Đơn vị", 60.0).tooltip("Số đơn vị đã tính trong số phải báo cáo"),
    ];
    let height = ui.available_height();
    let chosen = state.row();
    Grid::new("Số liệu toàn tỉnh", &columns).scroll(Scroll::Own(height)).lines(Lines::Two).marked(chosen).show(
        ui,
        state,
        rows.len(),
        |row, column| {
            let (indicator, progress) = &rows[row];
            match column {
                0 => Cell::new(&indicator.id).look(Look::Faint),
                1 => Cell::new(&indicator.short).hover(&indicator.title),
                2 => Cell::new(words::target(indicator)),
                3 => match progress.value {
                    Some(value) => Cell::new(words::value(indicator, value)).look(Look::Bold).hover(parts_of(progress)),
                    None => Cell::new("chưa có").look(Look::Faint),
                },
                4 => reached_cell(progress),
                _ => {
                    let whole = progress.units_in == progress.units_expected;
                    let look = if whole { Look::Plain } else { Look::Tinted(Tone::Warning) };
                    Cell::new(format!("{}/{}", progress.units_in, progress.units_expected)).look(look)
                }
            }
        },
    );
}

fn reached_cell(progress: &IndicatorProgress) -> Cell {
    let text = progress.attainment.map(words::attainment).unwrap_or_default();
    match progress.reached {
        Some(true) => Cell::new(format!("{text} đạt").trim()).look(Look::Tinted(Tone::Success)),
        Some(false) => Cell::new(format!("{text} chưa đạt").trim()).look(Look::Tinted(Tone::Warning)),
        None => Cell::new(text).look(Look::Faint),
    }
}

fn parts_of(progress: &IndicatorProgress) -> String {
    match (progress.numerator, progress.denominator) {
        (Some(n), Some(d)) => format!("{}/{}", format_decimal(n), format_decimal(d)),
        _ => String::new(),
    }
}

fn units_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    indicator: &Indicator,
    progress: &IndicatorProgress,
    state: &mut grid::State,
    out: &mut Vec<Command>,
) {
    let catalogue = workspace.catalogue();
    ui.add(Label::new(theme::bold(format!("{} {}", indicator.id, indicator.title))).wrap());
    let value = progress.value.map_or("chưa có số liệu".to_owned(), |v| words::value(indicator, v));
    let line = format!("Toàn tỉnh: {value} · {} · mục tiêu {}", words::units(progress), words::target(indicator));
    ui.add(Label::new(theme::secondary(ui, line)).wrap());
    ui.add_space(space::S);
    let columns = [
        Column::text("Đơn vị", Width::Rest(110.0)),
        Column::number("Số liệu", 90.0),
        Column::number("Tử/mẫu số", 104.0),
        Column::text("Trạng thái", Width::Fixed(132.0)),
    ];
    let height = ui.available_height();
    let units = &progress.units;
    let events = Grid::new("Từng đơn vị", &columns).scroll(Scroll::Own(height)).lines(Lines::Two).show(
        ui,
        state,
        units.len(),
        |row, column| unit_cell(catalogue, indicator, &units[row], column),
    );
    for event in events {
        if let Event::Opened { row, .. } = event {
            let place = Place::Item { item: indicator.id.clone(), agency: units[row].agency.clone() };
            out.push(Command::Go(place));
        }
    }
}

fn unit_cell(catalogue: &Catalogue, indicator: &Indicator, unit: &UnitFigure, column: usize) -> Cell {
    match column {
        0 => {
            let short = catalogue.agency(&unit.agency).map_or(unit.agency.as_str(), |a| &a.short);
            Cell::new(short).hover(catalogue.agency_name(&unit.agency))
        }
        1 => Cell::new(unit.value.map(|v| words::value(indicator, v)).unwrap_or_default()),
        2 => match (unit.numerator, unit.denominator) {
            (Some(n), Some(d)) => Cell::new(format!("{}/{}", format_decimal(n), format_decimal(d))).look(Look::Faint),
            _ => Cell::new(""),
        },
        _ => {
            let tone = match unit.state {
                UnitState::Counted => Tone::Success,
                UnitState::Missing | UnitState::NoData => Tone::Warning,
                UnitState::NotApplicable => Tone::Neutral,
                UnitState::Conflict | UnitState::WithoutParts => Tone::Danger,
            };
            Cell::new(words::unit_state(unit.state)).look(Look::Badge(tone))
        }
    }
}

/// Points by pillar, and the total. Everything here is an estimate and says so.
fn score_ui(ui: &mut Ui, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let Some(score) = &workspace.province else { return };
    let catalogue = workspace.catalogue();
    parts::scrolled(ui, "score", |ui| {
        widgets::card(ui, |ui| {
            let title = format!("Điểm ước tính toàn tỉnh: {}", words::score(score.total));
            widgets::section(ui, &title, |_| {});
            let text = "Tính theo trọng số của QĐ 922/QĐ-BTTTT trên các chỉ tiêu của kế hoạch. Chỉ tiêu chưa có số liệu tính 0 điểm. \
                        Để tham khảo, không phải kết quả đánh giá chính thức.";
            ui.add(Label::new(theme::secondary(ui, text)).wrap());
        });
        ui.add_space(space::L);
        let columns = [
            Column::text("Trụ cột", Width::Rest(200.0)),
            Column::number("Trọng số", 88.0),
            Column::text("Điểm ước tính", Width::Fixed(180.0)),
            Column::number("Điểm quy đổi", 112.0).tooltip("Điểm nhân trọng số, trên tổng 1.000"),
            Column::number("Chỉ tiêu có số liệu", 136.0),
            Column::number("Nhiệm vụ hoàn thành", 146.0),
        ];
        let hues = palette(ui).pillars;
        let events =
            Grid::new("Điểm ước tính", &columns).show(ui, &mut state.score, score.pillars.len(), |row, column| {
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
    });
}

fn score_cell(title: &str, weight: u32, progress: &PillarProgress, hue: egui::Color32, column: usize) -> Cell {
    match column {
        0 => Cell::new(format!("{} {title}", progress.pillar)),
        1 => Cell::new(format_decimal(weight.into())),
        2 => {
            let share = progress.score.to_f32().unwrap_or(0.0);
            Cell::new(format_fixed(progress.score, 2)).look(Look::Bar(share, hue)).hover(words::score(progress.score))
        }
        3 => Cell::new(format_fixed(progress.score * Decimal::from(weight), 1)),
        4 => Cell::new(format!("{}/{}", progress.indicators_with_value, progress.indicators_expected)),
        _ => Cell::new(format!("{}/{}", progress.tasks_done, progress.tasks_expected)),
=======
        Sheet::Standing => standing::show(ui, view, workspace, search, &mut state.standing, out),
        Sheet::Figures => figures::show(ui, workspace, search, &mut state.figures, out),
        Sheet::Score => score::show(ui, workspace, &mut state.score, out),
        Sheet::Trial => trial::show(ui, workspace, search, &mut state.trial),
>>>>>>> 842372f (Show in Tổng hợp what figures tried would bring, where points are still open, and a unit's report and evidence; open a cell for typing by double click)
    }
}
