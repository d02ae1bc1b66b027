//! Nhật ký: every operation, newest first, with what it changed, and its undo.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Label, Ui};

use super::parts::{self, Side};
use crate::catalogue::{Catalogue, Id, PeriodId};
use crate::record::{Key, Operation, OperationKind, Revision, Snapshot};
use crate::text::date::format_time;
use crate::text::{compare, matches};
use crate::ui::command::Command;
use crate::ui::state::Screen;
use crate::ui::theme::{self, Tone, icons, palette, space};
use crate::ui::view::{Access, Change, View, Workspace};
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Event, Grid, Look, Scroll, Width};
use crate::words;

#[derive(Debug, Default)]
pub struct State {
    filter: Filter,
    grid: grid::State,
    found: Option<Found>,
}

/// What of the log is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Filter {
    /// People, items, files.
    search: String,
    kind: Option<OperationKind>,
    agency: Option<Id>,
    period: Option<PeriodId>,
}

/// What the filter lets through, until it or the log changes: a loaded table alone may have moved thousands of records.
#[derive(Debug)]
struct Found {
    snapshot: Arc<Snapshot>,
    filter: Filter,
    /// Places in the log.
    rows: Vec<usize>,
    /// To choose from.
    agencies: Vec<(Option<Id>, String)>,
    periods: Vec<(Option<PeriodId>, String)>,
    /// What stands on the operation that was looked at last, by its id: places in the log, newest first.
    later: Option<(String, Vec<usize>)>,
}

pub fn show(ui: &mut Ui, _view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    parts::head(ui, Screen::Log.title(), "mọi thay đổi trong tệp, mới nhất ở trên", |ui| {
        let redo = ui.add_enabled_ui(can_redo(workspace), |ui| widgets::command_button(ui, Command::Redo)).inner;
        out.extend(redo);
    });
    let State { filter, grid, found } = state;
    if found.as_ref().is_none_or(|f| !Arc::ptr_eq(&f.snapshot, &workspace.snapshot)) {
        *found = Some(Found::of(&workspace.snapshot, filter));
    }
    let Some(found) = found else { return };
    filter_ui(ui, found, filter);
    if *filter != found.filter {
        *found = Found::of(&workspace.snapshot, filter);
        grid.clear();
    }
    ui.add_space(space::S);
    let log = &workspace.snapshot.operations;
    let shown: Vec<&Operation> = found.rows.iter().map(|at| &log[*at]).collect();
    if shown.is_empty() {
        let hint = "Mọi lần nhập, đính kèm, nộp và nhập gói sẽ được ghi ở đây.";
        widgets::empty_state(ui, icons::HISTORY, "Không có thao tác nào", hint, None);
        return;
    }
    parts::list_and_detail(ui, 0.62, |ui, side| match side {
        Side::Left => list_ui(ui, &shown, grid, out),
        Side::Right => match grid.row().and_then(|row| shown.get(row)) {
            Some(operation) => detail_ui(ui, workspace, operation, found, out),
            None => {
                widgets::empty_state(ui, icons::HISTORY, "Chọn một thao tác", "Để xem từng mục trước và sau.", None);
            }
        },
    });
}

impl Filter {
    fn takes(&self, catalogue: &Catalogue, operation: &Operation) -> bool {
        let mut keys = operation.moves.iter().map(|m| &m.key);
        let place = self.agency.is_none() && self.period.is_none();
        let fits = |key: &Key| {
            self.agency.as_ref().is_none_or(|a| key.agency == *a)
                && self.period.as_ref().is_none_or(|p| key.period == *p)
        };
        self.kind.is_none_or(|kind| operation.kind == kind)
            && (place || keys.any(fits))
            && (self.search.is_empty() || self.finds(catalogue, operation))
    }

    /// In what the log says, in who did it, and in the items that it moved: "M05", "một cửa".
    fn finds(&self, catalogue: &Catalogue, operation: &Operation) -> bool {
        matches(&format!("{} {}", words::operation(operation), operation.author), &self.search)
            || operation.moves.iter().any(|m| {
                let item = m.key.base_item();
                matches(&format!("{item} {}", words::item(catalogue, item)), &self.search)
            })
    }
}

impl Found {
    fn of(snapshot: &Arc<Snapshot>, filter: &Filter) -> Found {
        let (catalogue, log) = (&snapshot.catalogue, &snapshot.operations);
        let keys = || log.iter().flat_map(|o| &o.moves).map(|m| &m.key);
        let found: BTreeSet<&Id> = keys().map(|k| &k.agency).collect();
        let mut agencies: Vec<(Option<Id>, String)> =
            found.into_iter().map(|id| (Some(id.clone()), catalogue.agency_name(id).to_owned())).collect();
        agencies.sort_by(|a, b| compare(&a.1, &b.1));
        agencies.insert(0, (None, "Mọi đơn vị".to_owned()));
        let found: BTreeSet<&PeriodId> = keys().map(|k| &k.period).collect();
        let mut periods = vec![(None, "Mọi kỳ".to_owned())];
        periods.extend(found.into_iter().rev().map(|p| (Some(p.clone()), words::period(p))));
        let rows = (0..log.len()).filter(|at| filter.takes(catalogue, &log[*at])).collect();
        Found { snapshot: Arc::clone(snapshot), filter: filter.clone(), rows, agencies, periods, later: None }
    }

    /// What stands on an operation, newest first.
    fn later(&mut self, operation: &Operation) -> Vec<&Operation> {
        let log = &self.snapshot.operations;
        let known = self.later.take().filter(|(id, _)| *id == operation.id);
        let (id, places) = known.unwrap_or_else(|| {
            let numbers: BTreeSet<i64> = operation.stood_on_by(log).iter().map(|o| o.number).collect();
            let places = (0..log.len()).filter(|at| numbers.contains(&log[*at].number)).collect();
            (operation.id.clone(), places)
        });
        self.later.insert((id, places)).1.iter().map(|at| &log[*at]).collect()
    }
}

fn filter_ui(ui: &mut Ui, found: &Found, filter: &mut Filter) {
    ui.horizontal(|ui| {
        widgets::search_field(ui, "Tìm người, mục, tệp", 220.0, &mut filter.search);
        let mut kinds = vec![(None, "Mọi thao tác".to_owned())];
        kinds.extend(OperationKind::ALL.map(|kind| (Some(kind), words::operation_kind(kind).to_owned())));
        widgets::dropdown(ui, "Loại thao tác", 180.0, &mut filter.kind, &kinds);
        widgets::dropdown(ui, "Đơn vị", 260.0, &mut filter.agency, &found.agencies);
        widgets::dropdown(ui, "Kỳ", 140.0, &mut filter.period, &found.periods);
    });
}

/// Redo takes back the latest undo that nothing has followed.
fn can_redo(workspace: &Workspace) -> bool {
    let undone = workspace.snapshot.operations.iter().any(|o| o.kind == OperationKind::Undo && o.undone_by.is_none());
    workspace.access == Access::Write && undone
}

fn list_ui(ui: &mut Ui, shown: &[&Operation], state: &mut grid::State, out: &mut Vec<Command>) {
    let columns = [
        Column::text("Lúc", Width::Fixed(138.0)),
        Column::text("Thao tác", Width::Rest(110.0)),
        Column::text("Người làm", Width::Fixed(120.0)),
        Column::number("Số mục", 60.0),
        Column::text("", Width::Fixed(96.0)),
    ];
    let height = ui.available_height();
    let chosen = state.row();
    let grid = Grid::new("Nhật ký", &columns).scroll(Scroll::Own(height)).marked(chosen);
    let events = grid.show(ui, state, shown.len(), |row, column| {
        let operation = shown[row];
        match column {
            0 => Cell::new(format_time(operation.time)).look(Look::Faint),
            1 => Cell::new(words::operation(operation)),
            2 => Cell::new(&operation.author),
            3 if operation.moves.is_empty() => Cell::new(""),
            3 => Cell::new(operation.moves.len().to_string()),
            _ if operation.undone_by.is_some() => Cell::new("đã hoàn tác").look(Look::Badge(Tone::Neutral)),
            _ => Cell::new(""),
        }
    });
    for event in events {
        if let Event::Moved(row) | Event::Opened { row, .. } = event {
            out.push(Command::LoadChanges(shown[row].id.clone()));
        }
    }
}

fn detail_ui(ui: &mut Ui, workspace: &Workspace, operation: &Operation, found: &mut Found, out: &mut Vec<Command>) {
    widgets::card(ui, |ui| {
        ui.add(Label::new(theme::section_title(words::operation(operation))).wrap());
        widgets::fact(ui, "Lúc", &format_time(operation.time));
        widgets::fact(ui, "Người làm", &operation.author);
        if let Some(undone) = &operation.undone_by {
            let by = workspace.snapshot.operations.iter().find(|o| o.id == *undone);
            let when = by.map_or(String::new(), |o| format!(", {}", format_time(o.time)));
            widgets::fact(ui, "Trạng thái", &format!("đã hoàn tác{when}"));
        } else if can_undo(workspace, operation) {
            ui.add_space(space::XS);
            undo_ui(ui, operation, found, out);
        }
        ui.add_space(space::S);
        let changes = workspace.changes.as_ref().filter(|(id, _)| *id == operation.id).map(|(_, changes)| changes);
        match changes {
            _ if operation.moves.is_empty() => {
                ui.label(theme::secondary(ui, "Thao tác này không làm thay đổi số liệu"));
            }
            None => {
                ui.label(theme::secondary(ui, "Đang đọc…"));
            }
            Some(changes) => changes_ui(ui, workspace, changes),
        }
    });
}

/// Where later operations stand on it, they are named, and go first.
fn undo_ui(ui: &mut Ui, operation: &Operation, found: &mut Found, out: &mut Vec<Command>) {
    const NAMED: usize = 5;
    let later = found.later(operation);
    let (undo, text) = match later.len() {
        0 => (Command::Undo(Some(operation.id.clone())), "Hoàn tác thao tác này".to_owned()),
        count => {
            let names =
                later.iter().take(NAMED).map(|o| format!("“{}” ({})", words::operation(o), format_time(o.time)));
            let mut names = names.collect::<Vec<_>>().join("; ");
            if count > NAMED {
                names.push_str(&format!("; và {} thao tác khác", count - NAMED));
            }
            let text = format!("Các thao tác sau đã đổi tiếp những số liệu này, nên phải hoàn tác trước: {names}.");
            widgets::banner(ui, Tone::Warning, &text);
            (Command::UndoWithLater(operation.id.clone()), format!("Hoàn tác cả {} thao tác", count + 1))
        }
    };
    if widgets::secondary(ui, icons::UNDO, &text).on_hover_text(undo.label().tooltip).clicked() {
        out.push(undo);
    }
}

fn can_undo(workspace: &Workspace, operation: &Operation) -> bool {
    workspace.snapshot.can_undo(operation) && workspace.access == Access::Write
}

/// Record by record, before and after.
fn changes_ui(ui: &mut Ui, workspace: &Workspace, changes: &[Change]) {
    const SHOWN: usize = 200;
    let height = ui.available_height();
    egui::ScrollArea::vertical().id_salt("changes").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for change in changes.iter().take(SHOWN) {
            change_ui(ui, workspace, change);
        }
        if changes.len() > SHOWN {
            ui.label(theme::secondary(ui, format!("… và {} mục khác", changes.len() - SHOWN)));
        }
    });
}

fn change_ui(ui: &mut Ui, workspace: &Workspace, change: &Change) {
    let catalogue = workspace.catalogue();
    let key = &change.key;
    ui.add(Label::new(theme::bold(words::item(catalogue, &key.item))).wrap());
    let agency = catalogue.agency(&key.agency).map_or(key.agency.as_str(), |a| &a.short);
    ui.label(theme::caption(ui, format!("{agency} · {}", words::period(&key.period))));
    let said = |revisions: &[Revision]| match revisions {
        [] => "chưa có".to_owned(),
        all => all.iter().map(|r| words::content(catalogue, key, &r.body)).collect::<Vec<_>>().join(" hoặc "),
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::secondary(ui, said(&change.before)));
        ui.label(theme::icon(icons::ARROW_RIGHT).color(palette(ui).secondary));
        ui.label(said(&change.after));
    });
    for line in differences(workspace, change) {
        ui.add(Label::new(theme::caption(ui, line)).wrap());
    }
    ui.add_space(space::S);
}

/// Fields that changed apart from the value: evidence, note, results. Only where there is one value before and after.
fn differences(workspace: &Workspace, change: &Change) -> Vec<String> {
    let fields = |revisions: &[Revision]| match revisions {
        [one] => words::fields(workspace.catalogue(), &change.key, &one.body),
        _ => Vec::new(),
    };
    let (before, after) = (fields(&change.before), fields(&change.after));
    let old = |name: &str| before.iter().find(|(n, _)| *n == name).map(|(_, text)| text.as_str());
    after
        .iter()
        .filter(|(name, text)| old(name) != Some(text))
        .map(|(name, text)| match old(name) {
            Some(old) => format!("{name}: {old} → {text}"),
            None => format!("{name}: {text}"),
        })
        .collect()
}
