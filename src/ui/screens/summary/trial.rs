//! Thử nếu…: figures typed over the province's or one agency's on a scratch copy, and what the score would be. Nothing here
//! is stored.

mod draft;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::Ui;

use super::super::parts::{self, Side};
use super::figures::{FigureRow, rows};
use crate::catalogue::{Agency, Id, Indicator, PeriodId, Rule};
use crate::progress::{self, IndicatorProgress, Scope, Score, Trial, UnitFigure, Whose};
use crate::record::Snapshot;
use crate::text::{clean, compare};
use crate::ui::theme::{Tone, space};
use crate::ui::view::Workspace;
use crate::ui::widgets::grid::{self, Cell, Column, Event, Grid, Lines, Look, Scroll, Width};
use crate::ui::widgets::{self, Choice};
use crate::words;

/// The column that is typed into.
const TRIED: usize = 4;

#[derive(Debug, Default)]
pub(super) struct State {
    whose: Whose,
    typed: Typed,
    grid: grid::State,
    pillars: grid::State,
    outcome: Option<Outcome>,
}

/// What is typed over the real figures, by indicator and by whose figure it is.
#[derive(Debug, Clone, Default, PartialEq)]
struct Typed(BTreeMap<(Id, Whose), String>);

/// What the figures typed come to, until they or the real ones change.
#[derive(Debug)]
struct Outcome {
    snapshot: Arc<Snapshot>,
    period: PeriodId,
    whose: Whose,
    typed: Typed,
    province: Score,
    /// The chosen agency's own score, as it is and as it would be.
    own: Option<[Score; 2]>,
    /// What cannot be tried, and why.
    faults: BTreeMap<(Id, Whose), String>,
}

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, search: &str, state: &mut State) {
    let Some(real) = &workspace.province else { return };
    let catalogue = workspace.catalogue();
    let mut rows = rows(workspace, real, search);
    rows.retain(|(of, _)| of.rule != Rule::Unscored && catalogue.is_due(of, &workspace.period.id));
    let choices = choices(workspace, real);
    let State { whose, typed, grid, pillars, outcome } = state;
    if !choices.iter().any(|c| c.value == *whose) {
        *whose = Whose::All;
    }
    rows.retain(|(_, real)| *whose == Whose::All || unit(real, whose).is_some());
    if !outcome.as_ref().is_some_and(|o| o.is_of(workspace, whose, typed)) {
        *outcome = Some(Outcome::of(workspace, whose, typed));
    }
    let Some(outcome) = outcome else { return };
    parts::list_and_detail(ui, 0.62, |ui, side| match side {
        Side::Left => {
            ui.horizontal(|ui| {
                ui.label("Thử số của");
                if widgets::finder(ui, "Thử số của", 380.0, whose, &choices) {
                    grid.clear();
                }
            });
            ui.add_space(space::XS);
            figures_ui(ui, &rows, outcome, grid, typed);
        }
        Side::Right => parts::scrolled(ui, "outcome", |ui| draft::show(ui, catalogue, real, outcome, pillars, typed)),
    });
}

impl Typed {
    fn text(&self, item: &str, whose: &Whose) -> &str {
        self.0.get(&(item.to_owned(), whose.clone())).map_or("", String::as_str)
    }

    /// An empty text takes the figure out. The province's figure and those of single units exclude one another: what is
    /// typed last counts.
    fn put(&mut self, item: &str, whose: &Whose, text: &str) {
        let text = clean(text.trim());
        if text.is_empty() {
            self.0.remove(&(item.to_owned(), whose.clone()));
            return;
        }
        let is_whole = |w: &Whose| *w == Whose::All;
        self.0.retain(|(i, w), _| i != item || is_whole(w) == is_whole(whose));
        self.0.insert((item.to_owned(), whose.clone()), text);
    }
}

impl Outcome {
    fn of(workspace: &Workspace, whose: &Whose, typed: &Typed) -> Outcome {
        let (snapshot, period) = (&workspace.snapshot, &workspace.period.id);
        let (mut trials, mut faults) = (Vec::new(), BTreeMap::new());
        for ((item, whose), text) in &typed.0 {
            match Trial::read(snapshot, &Scope::Province, period, item, whose.clone(), text) {
                Ok(trial) => trials.push(trial),
                Err(error) => {
                    let why = words::trial_error(text, &error, &snapshot.catalogue);
                    faults.insert((item.clone(), whose.clone()), why);
                }
            }
        }
        let scratch = progress::tried(snapshot, &Scope::Province, period, &trials);
        let own = match whose {
            Whose::All => None,
            Whose::Unit(id) => {
                let scope = Scope::Agency(id.clone());
                Some([snapshot.as_ref(), &scratch].map(|s| progress::score(s, &scope, period)))
            }
        };
        Outcome {
            snapshot: snapshot.clone(),
            period: period.clone(),
            whose: whose.clone(),
            typed: typed.clone(),
            province: progress::score(&scratch, &Scope::Province, period),
            own,
            faults,
        }
    }

    fn is_of(&self, workspace: &Workspace, whose: &Whose, typed: &Typed) -> bool {
        Arc::ptr_eq(&self.snapshot, &workspace.snapshot)
            && self.period == workspace.period.id
            && self.whose == *whose
            && self.typed == *typed
    }

    fn figure(&self, item: &str) -> Option<&IndicatorProgress> {
        self.province.pillars.iter().flat_map(|p| &p.indicators).find(|i| i.item == item)
    }
}

/// The province, and every agency that brings a figure into its score.
fn choices(workspace: &Workspace, real: &Score) -> Vec<Choice<Whose>> {
    let catalogue = workspace.catalogue();
    let due = rows(workspace, real, "");
    let due = due.iter().filter(|(of, _)| of.rule != Rule::Unscored && catalogue.is_due(of, &workspace.period.id));
    let units: BTreeSet<&str> = due.flat_map(|(_, real)| &real.units).map(|u| u.agency.as_str()).collect();
    let mut agencies: Vec<&Agency> = units.into_iter().filter_map(|id| catalogue.agency(id)).collect();
    agencies.sort_by(|a, b| compare(&a.name, &b.name));
    let of_agency = |a: &Agency| Choice {
        value: Whose::Unit(a.id.clone()),
        text: a.name.clone(),
        known_as: format!("{} {} {} {}", a.id, a.name, a.short, a.aliases.join(" ")),
    };
    let whole = "Toàn tỉnh".to_owned();
    let province = Choice { value: Whose::All, text: whole.clone(), known_as: whole };
    std::iter::once(province).chain(agencies.into_iter().map(of_agency)).collect()
}

fn figures_ui(ui: &mut Ui, rows: &[FigureRow<'_>], outcome: &Outcome, state: &mut grid::State, typed: &mut Typed) {
    let whole = outcome.whose == Whose::All;
    let mut columns = vec![
        Column::text("Mã", Width::Fixed(52.0)),
        Column::text("Chỉ tiêu", Width::Rest(140.0)),
        Column::number("Mục tiêu", if whole { 104.0 } else { 88.0 }),
        Column::number("Đang có", if whole { 104.0 } else { 88.0 }),
        Column::number("Thử", 88.0)
            .tooltip("Gõ số muốn thử: 80/100, 85%, 12,5; văn bản: có hoặc không. Xóa trắng để bỏ"),
    ];
    if !whole {
        columns.push(Column::text("Toàn tỉnh", Width::Fixed(112.0)).tooltip("Số toàn tỉnh: đang có → nếu thử"));
    }
    columns.push(
        Column::text("Điểm", Width::Fixed(120.0))
            .tooltip("Phần điểm toàn tỉnh được hưởng, từ 0 đến 1: đang có → nếu thử"),
    );
    let last = columns.len() - 1;
    let height = ui.available_height();
    let events = Grid::new("Thử nếu", &columns).scroll(Scroll::Own(height)).lines(Lines::Two).show(
        ui,
        state,
        rows.len(),
        |row, column| {
            let (of, real) = &rows[row];
            match column {
                0 => Cell::new(&of.id).look(Look::Faint),
                1 => Cell::new(&of.short).hover(&of.title),
                2 => Cell::new(words::target(of)),
                3 => now_cell(of, real, &outcome.whose),
                TRIED => tried_cell(outcome, typed, &of.id),
                _ if column == last => points_cell(real, outcome.figure(&of.id)),
                _ => value_cell(of, real, outcome.figure(&of.id)),
            }
        },
    );
    let mut put = |row: usize, text: &str| {
        if let Some((of, _)) = rows.get(row) {
            typed.put(&of.id, &outcome.whose, text);
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

/// The agency's part of the province's figure.
fn unit<'a>(real: &'a IndicatorProgress, whose: &Whose) -> Option<&'a UnitFigure> {
    match whose {
        Whose::All => None,
        Whose::Unit(id) => real.units.iter().find(|u| u.agency == *id),
    }
}

fn now_cell(of: &Indicator, real: &IndicatorProgress, whose: &Whose) -> Cell {
    let (value, hover) = match unit(real, whose) {
        Some(unit) => (unit.value, words::unit_state(unit.state).to_owned()),
        None => (real.value, words::units(real)),
    };
    match value {
        Some(value) => Cell::new(words::value(of, value)).hover(hover),
        None => Cell::new("chưa có").look(Look::Faint).hover(hover),
    }
}

fn tried_cell(outcome: &Outcome, typed: &Typed, item: &str) -> Cell {
    let text = typed.text(item, &outcome.whose);
    let cell = Cell::new(text).edit(text);
    match outcome.faults.get(&(item.to_owned(), outcome.whose.clone())) {
        Some(why) => cell.look(Look::Tinted(Tone::Danger)).hover(why),
        None => cell.look(Look::Bold),
    }
}

fn value_cell(of: &Indicator, real: &IndicatorProgress, tried: Option<&IndicatorProgress>) -> Cell {
    let shown = |progress: &IndicatorProgress| match progress.value {
        Some(value) => words::value(of, value),
        None => "chưa có".to_owned(),
    };
    match tried.filter(|tried| tried.value != real.value) {
        Some(tried) => Cell::new(format!("{} → {}", shown(real), shown(tried))).look(Look::Bold),
        None => Cell::new(shown(real)).look(Look::Faint),
    }
    .hover(words::units(tried.unwrap_or(real)))
}

fn points_cell(real: &IndicatorProgress, tried: Option<&IndicatorProgress>) -> Cell {
    match tried.filter(|tried| tried.points != real.points) {
        Some(tried) => {
            let moved = format!("{} → {}", short(real), short(tried));
            Cell::new(moved).look(Look::Bold).hover(words::points(tried.points))
        }
        None => Cell::new(short(real)).look(Look::Faint).hover(words::points(real.points)),
    }
}

/// What an indicator brings, where there is little room.
fn short(of: &IndicatorProgress) -> String {
    match of.points {
        progress::Points::Open(_) => "chưa có".to_owned(),
        points => words::points(points),
    }
}
