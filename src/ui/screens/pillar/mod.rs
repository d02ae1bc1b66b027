//! Trụ cột: one pillar's attainment, the trend of the chosen indicator, the table to fill in, and the detail of a row.

mod carry_over;
mod charts;
mod detail;
mod paste;
mod rows;
mod source;
mod table;

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};

use crate::catalogue::{Catalogue, Id};
use crate::text::number::format_percent;
use crate::ui::command::Command;
use crate::ui::form::Drafts;
use crate::ui::theme::{icons, palette, space};
use crate::ui::view::{Access, View, Workspace};
use crate::ui::widgets::chart::Chart;
use crate::ui::widgets::{Tab, dropdown, empty_state, grid, icon_button, quiet, section, segmented, tabs, toggle};
use rows::{Filter, Rows};
use rust_decimal::Decimal;
use source::{Source, Whose};

#[derive(Debug, Default)]
pub struct State {
    /// None until the screen is first shown: then the first pillar in which there is something to enter.
    pillar: Option<u8>,
    whose: Whose,
    filter: Filter,
    rows: Rows,
    selected: Option<Id>,
    indicators: grid::State,
    tasks: grid::State,
    attainment: Chart,
    trend: Chart,
    paste: Option<paste::Dialog>,
    carry_over: Option<carry_over::Dialog>,
    detail: detail::State,
    source: source::Cache,
    charts: Charts,
}

/// Whether the charts stand over the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Charts {
    #[default]
    Shown,
    Hidden,
}

impl State {
    pub fn open_pillar(&mut self, pillar: u8) {
        self.pillar = Some(pillar);
        self.selected = None;
    }

    /// Shows an item as an agency reports it, and selects it.
    pub fn open_item(&mut self, catalogue: &Catalogue, item: Id, agency: Id) {
        let pillar = catalogue.indicator(&item).map(|i| i.pillar).or(catalogue.task(&item).map(|t| t.pillar));
        if let Some(pillar) = pillar {
            self.pillar = Some(pillar);
            self.whose = Whose::Agency(agency.clone());
            self.filter = if catalogue.reports(&agency, &item) { Filter::mine() } else { Filter::all() };
            self.selected = Some(item);
        }
    }

    fn shown(&self) -> u8 {
        self.pillar.unwrap_or(1)
    }

    /// True where something is typed that no draft holds.
    pub fn unsaved(&self) -> bool {
        self.detail.unsaved()
    }

    /// The item whose detail is shown.
    pub fn selected(&self) -> Option<&str> {
        self.selected.as_deref()
    }
}

/// Another screen is shown: what is typed in a cell is entered, as it is when the cell is left on this one.
pub fn put_down(workspace: &Workspace, state: &mut State, drafts: &mut Drafts) {
    if state.indicators.is_editing() || state.tasks.is_editing() {
        let source = state.source.of(workspace, &state.whose);
        table::take_edits(state, &source, drafts);
    }
}

pub fn show(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    state: &mut State,
    drafts: &mut Drafts,
    out: &mut Vec<Command>,
) {
    let p = palette(ui);
    let source = state.source.of(workspace, &state.whose);
    state.pillar.get_or_insert_with(|| source.opening_pillar());
    let bar = Frame::new().fill(p.panel).inner_margin(Margin::symmetric(space::S as i8, 0));
    Panel::top("pillars").frame(bar).show(ui, |ui| {
        ScrollArea::horizontal().show(ui, |ui| pillar_tabs(ui, workspace, &source, state));
    });
    // The tab, the filter or the file may have changed: what is typed in a cell belongs to the rows as they were.
    table::keep_edits(state, &source, drafts);
    state.rows.refresh(state.shown(), &state.filter, &source, drafts);
    if state.selected.as_deref().is_none_or(|item| !state.rows.contains(item)) {
        state.selected = state.rows.first().cloned();
    }
    if let Some(item) = state.selected.clone() {
        let frame = Frame::new().fill(p.panel).inner_margin(Margin::ZERO);
        Panel::right("detail").default_size(368.0).size_range(340.0..=560.0).frame(frame).show(ui, |ui| {
            detail::show(ui, view, &source, &item, &mut state.detail, drafts, out);
        });
    }
    CentralPanel::no_frame().show(ui, |ui| {
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            Frame::new().inner_margin(Margin::same(space::L as i8)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                content_ui(ui, &source, state, drafts, out);
            });
        });
    });
    table::watch_edits(state, &source, drafts);
    if let Some(dialog) = &mut state.paste
        && dialog.show(ui, &source, drafts) == paste::Answer::Done
    {
        state.paste = None;
    }
    if let Some(dialog) = &mut state.carry_over
        && dialog.show(ui, &source, drafts) == carry_over::Answer::Done
    {
        state.carry_over = None;
    }
}

fn content_ui(ui: &mut Ui, source: &Source<'_>, state: &mut State, drafts: &mut Drafts, out: &mut Vec<Command>) {
    if state.charts == Charts::Shown {
        charts::show(ui, source, state, out);
    }
    filter_ui(ui, source, state, drafts, out);
    if state.rows.is_empty() {
        nothing_ui(ui, state);
        return;
    }
    if !state.rows.indicators.is_empty() {
        section(ui, "Chỉ tiêu", |ui| charts_ui(ui, state));
        table::indicators_ui(ui, source, state, drafts);
        ui.add_space(space::M);
    }
    if !state.rows.tasks.is_empty() {
        section(ui, "Nhiệm vụ", |_| {});
        table::tasks_ui(ui, source, state, drafts);
    }
}

fn pillar_tabs(ui: &mut Ui, workspace: &Workspace, source: &Source<'_>, state: &mut State) {
    let p = palette(ui);
    let percent = |pillar: u8| {
        let attained = source.pillar(pillar).and_then(|p| p.attainment);
        attained.map_or("–".to_owned(), |a| format_percent((a * Decimal::ONE_HUNDRED).floor()))
    };
    let all: Vec<Tab<u8>> = workspace
        .catalogue()
        .pillars
        .iter()
        .map(|pillar| Tab {
            value: pillar.id,
            text: format!("{} {}", pillar.id, pillar.short),
            note: percent(pillar.id),
            mark: Some(p.pillar(pillar.id)),
            tooltip: format!("{}: mức đạt bình quân của các chỉ tiêu đã có số liệu", pillar.title),
        })
        .collect();
    let mut chosen = state.shown();
    if tabs(ui, &mut chosen, &all) {
        state.open_pillar(chosen);
    }
}

fn filter_ui(ui: &mut Ui, source: &Source<'_>, state: &mut State, drafts: &Drafts, out: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(38.0);
        let own = if source.is_own() { "Của đơn vị tôi" } else { "Của đơn vị này" };
        if source.agency().is_some() {
            segmented(ui, &mut state.filter.scope, &[(rows::Which::Mine, own), (rows::Which::All, "Tất cả")]);
            toggle(ui, &mut state.filter.only_missing, "Chưa nhập");
        }
        if source.workspace.snapshot.receives() {
            whose_ui(ui, source, state);
        }
        let label = Command::LoadTable.label();
        if source.agency().is_some() && quiet(ui, label.icon, label.text).on_hover_text(label.tooltip).clicked() {
            out.push(Command::LoadTable);
        }
        if source.workspace.access == Access::Write
            && source.agency().is_some()
            && quiet(ui, icons::COPY, "Lấy từ kỳ khác…")
                .on_hover_text("Văn bản, nhiệm vụ, số liệu đã báo cáo mà đến kỳ này vẫn như vậy")
                .clicked()
        {
            state.carry_over = Some(carry_over::Dialog::new(source, drafts));
        }
    });
}

/// Whether the charts take room above the table.
fn charts_ui(ui: &mut Ui, state: &mut State) {
    let (icon, name, other) = match state.charts {
        Charts::Shown => (icons::CHEVRON_UP, "Ẩn biểu đồ", Charts::Hidden),
        Charts::Hidden => (icons::CHART_BAR, "Hiện biểu đồ", Charts::Shown),
    };
    if icon_button(ui, icon, name).clicked() {
        state.charts = other;
    }
}

/// Whose figures: own, the province's, or any reporting agency's.
fn whose_ui(ui: &mut Ui, source: &Source<'_>, state: &mut State) {
    let catalogue = source.catalogue();
    let own = source.workspace.agency();
    let short = catalogue.agency(own).map_or(own, |a| &a.short);
    let mut options = vec![
        (Whose::Agency(own.to_owned()), format!("{short} (đơn vị tôi)")),
        (Whose::Province, "Toàn tỉnh (tổng hợp)".to_owned()),
    ];
    let others = source.workspace.statuses.iter().filter(|s| s.agency != own);
    options.extend(others.map(|s| (Whose::Agency(s.agency.clone()), catalogue.agency_name(&s.agency).to_owned())));
    let mut chosen = match &state.whose {
        Whose::Own => Whose::Agency(own.to_owned()),
        other => other.clone(),
    };
    if dropdown(ui, "Số liệu của", 180.0, &mut chosen, &options) {
        state.whose = chosen;
    }
}

fn nothing_ui(ui: &mut Ui, state: &mut State) {
    if state.filter.only_missing {
        let done = "Không còn mục nào chưa nhập ở trụ cột này";
        if empty_state(ui, icons::CHECK_CIRCLE, done, "Sang trụ cột khác, hoặc bỏ lọc để xem lại", Some("Bỏ lọc"))
        {
            state.filter.only_missing = false;
        }
    } else {
        let title = "Đơn vị không phải báo cáo mục nào ở trụ cột này";
        let hint = "Chọn “Tất cả” để xem chỉ tiêu và nhiệm vụ của các đơn vị khác";
        if empty_state(ui, icons::INFO, title, hint, Some("Xem tất cả")) {
            state.filter = Filter::all();
        }
    }
}
