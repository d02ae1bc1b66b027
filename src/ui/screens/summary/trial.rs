//! Thử nếu…: figures typed over the real ones on a scratch copy, and what the score would be. Nothing here is stored.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Label, Ui};

use super::super::parts::{self, Side};
use super::figures::{FigureRow, rows};
use crate::catalogue::{Catalogue, Id, PeriodId, Rule};
use crate::progress::{self, IndicatorProgress, Scope, Score, Trial, Whose};
use crate::record::Snapshot;
use crate::text::clean;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::Workspace;
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Event, Grid, Lines, Look, Scroll, Width};
use crate::words;

/// The column that is typed into.
const TRIED: usize = 4;

#[derive(Debug, Default)]
pub(super) struct State {
    typed: BTreeMap<Id, String>,
    grid: grid::State,
    pillars: grid::State,
    outcome: Option<Outcome>,
}

/// What the figures typed come to, until they or the real ones change.
#[derive(Debug)]
struct Outcome {
    snapshot: Arc<Snapshot>,
    period: PeriodId,
    typed: BTreeMap<Id, String>,
    score: Score,
    /// What cannot be tried, and why.
    faults: BTreeMap<Id, String>,
}

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, search: &str, state: &mut State) {
    let Some(real) = &workspace.province else { return };
    let catalogue = workspace.catalogue();
    let mut rows = rows(workspace, real, search);
    rows.retain(|(of, _)| of.rule != Rule::Unscored && catalogue.is_due(of, &workspace.period.id));
    let State { typed, grid, pillars, outcome } = state;
    if !outcome.as_ref().is_some_and(|o| o.is_of(workspace, typed)) {
        *outcome = Some(Outcome::of(workspace, typed));
    }
    let Some(outcome) = outcome else { return };
    parts::list_and_detail(ui, 0.62, |ui, side| match side {
        Side::Left => figures_ui(ui, &rows, outcome, grid, typed),
        Side::Right => parts::scrolled(ui, "outcome", |ui| outcome_ui(ui, catalogue, real, outcome, pillars, typed)),
    });
}

impl Outcome {
    fn of(workspace: &Workspace, typed: &BTreeMap<Id, String>) -> Outcome {
        let (snapshot, period) = (&workspace.snapshot, &workspace.period.id);
        let (mut trials, mut faults) = (Vec::new(), BTreeMap::new());
        for (item, text) in typed {
            match Trial::read(snapshot, &Scope::Province, period, item, Whose::All, text) {
                Ok(trial) => trials.push(trial),
                Err(error) => {
                    faults.insert(item.clone(), words::trial_error(text, &error, &snapshot.catalogue));
                }
            }
        }
        let scratch = progress::tried(snapshot, &Scope::Province, period, &trials);
        let score = progress::score(&scratch, &Scope::Province, period);
        Outcome { snapshot: snapshot.clone(), period: period.clone(), typed: typed.clone(), score, faults }
    }

    fn is_of(&self, workspace: &Workspace, typed: &BTreeMap<Id, String>) -> bool {
        Arc::ptr_eq(&self.snapshot, &workspace.snapshot) && self.period == workspace.period.id && self.typed == *typed
    }

    fn figure(&self, item: &str) -> Option<&IndicatorProgress> {
        self.score.pillars.iter().flat_map(|p| &p.indicators).find(|i| i.item == item)
    }
}

fn figures_ui(
    ui: &mut Ui,
    rows: &[FigureRow<'_>],
    outcome: &Outcome,
    state: &mut grid::State,
    typed: &mut BTreeMap<Id, String>,
) {
    let columns = [
        Column::text("Mã", Width::Fixed(52.0)),
        Column::text("Chỉ tiêu", Width::Rest(150.0)),
        Column::number("Mục tiêu", 104.0),
        Column::number("Đang có", 104.0),
        Column::number("Thử", 96.0)
            .tooltip("Gõ số muốn thử: 80/100, 85%, 12,5; văn bản: có hoặc không. Xóa trắng để bỏ"),
        Column::text("Điểm", Width::Fixed(128.0)).tooltip("Phần điểm được hưởng, từ 0 đến 1: đang có → nếu thử"),
    ];
    let height = ui.available_height();
    let events = Grid::new("Thử nếu", &columns).scroll(Scroll::Own(height)).lines(Lines::Two).show(
        ui,
        state,
        rows.len(),
        |row, column| cell(&rows[row], outcome, typed, column),
    );
    let mut put = |row: usize, text: &str| {
        let Some((of, _)) = rows.get(row) else { return };
        let text = clean(text.trim());
        if text.is_empty() {
            typed.remove(&of.id);
        } else {
            typed.insert(of.id.clone(), text);
        }
    };
    for event in events {
        match event {
            Event::Edited { row, column: TRIED, text } => put(row, &text),
            Event::Pasted { row, column: TRIED, block } => {
                for (offset, line) in block.iter().enumerate() {
                    put(row + offset, line.first().map_or("", String::as_str));
                }
            }
            Event::Edited { .. } | Event::Pasted { .. } | Event::Moved(_) | Event::Opened { .. } => {}
        }
    }
}

fn cell((of, real): &FigureRow<'_>, outcome: &Outcome, typed: &BTreeMap<Id, String>, column: usize) -> Cell {
    match column {
        0 => Cell::new(&of.id).look(Look::Faint),
        1 => Cell::new(&of.short).hover(&of.title),
        2 => Cell::new(words::target(of)),
        3 => match real.value {
            Some(value) => Cell::new(words::value(of, value)).hover(words::units(real)),
            None => Cell::new("chưa có").look(Look::Faint),
        },
        TRIED => {
            let text = typed.get(&of.id).map_or("", String::as_str);
            let cell = Cell::new(text).edit(text);
            match outcome.faults.get(&of.id) {
                Some(why) => cell.look(Look::Tinted(Tone::Danger)).hover(why),
                None => cell.look(Look::Bold),
            }
        }
        _ => match outcome.figure(&of.id).filter(|tried| tried.points != real.points) {
            Some(tried) => {
                let moved = format!("{} → {}", short(real), short(tried));
                Cell::new(moved).look(Look::Bold).hover(words::points(tried.points))
            }
            None => Cell::new(short(real)).look(Look::Faint).hover(words::points(real.points)),
        },
    }
}

/// What an indicator brings, where there is little room.
fn short(of: &IndicatorProgress) -> String {
    match of.points {
        progress::Points::Open(_) => "chưa có".to_owned(),
        points => words::points(points),
    }
}

fn outcome_ui(
    ui: &mut Ui,
    catalogue: &Catalogue,
    real: &Score,
    outcome: &Outcome,
    state: &mut grid::State,
    typed: &mut BTreeMap<Id, String>,
) {
    widgets::card(ui, |ui| {
        widgets::section(ui, "Bản nháp", |ui| {
            let reset = widgets::secondary(ui, icons::UNDO, "Về số liệu thật");
            if reset.on_hover_text("Bỏ mọi số đang thử").clicked() {
                typed.clear();
            }
        });
        widgets::banner(
            ui,
            Tone::Info,
            "Gõ vào cột Thử, ví dụ 85% hoặc 80/100, để xem điểm. Không ghi vào tệp: đóng chương trình là mất.",
        );
        ui.add_space(space::XS);
        let (before, after) = (real.total, outcome.score.total);
        widgets::fact(ui, "Điểm ước tính", &words::score(before));
        let tried = format!("{} ({})", words::score(after), words::moved(before, after));
        widgets::fact_in(ui, "Nếu như vậy", theme::bold(tried));
        for (item, why) in &outcome.faults {
            widgets::banner(ui, Tone::Danger, &format!("{item}: {why}"));
        }
        ui.add_space(space::S);
        let columns = [
            Column::text("Trụ cột", Width::Rest(120.0)),
            Column::number("Ước tính", 76.0),
            Column::number("Nếu", 76.0),
            Column::number("Chênh lệch", 88.0),
        ];
        Grid::new("Điểm nếu như vậy", &columns).show(ui, state, real.pillars.len(), |row, column| {
            let (before, after) = (&real.pillars[row], &outcome.score.pillars[row]);
            let moves = before.score != after.score;
            match column {
                0 => Cell::new(catalogue.pillar(before.pillar).map_or("", |p| &p.short)),
                1 => Cell::new(words::score(before.score)),
                2 => Cell::new(words::score(after.score)).look(if moves { Look::Bold } else { Look::Plain }),
                _ if !moves => Cell::new("").look(Look::Faint),
                _ => {
                    let tone = if after.score > before.score { Tone::Success } else { Tone::Danger };
                    Cell::new(words::moved(before.score, after.score)).look(Look::Tinted(tone))
                }
            }
        });
        ui.add_space(space::XS);
        let hint = "Số đang thử được coi là đã có minh chứng, và là số của toàn tỉnh.";
        ui.add(Label::new(theme::caption(ui, hint)).wrap());
    });
}
