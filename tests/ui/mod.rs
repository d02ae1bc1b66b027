//! The window, driven by the names that a screen reader finds: no GPU, no file, no clock.

mod answers;
mod catalogue;
mod coordination;
mod first_run;
mod form;
mod keys;
mod letters;
mod pillar;
mod screens;
mod shell;
mod summary;
mod table;

use std::path::PathBuf;
use std::sync::Arc;

use dti::catalogue::embedded;
use dti::progress::{self, Scope};
use dti::record::{Record, Revision, Snapshot, Vector, place};
use dti::ui::{self, Access, Command, Edit, Screen, Settings, State, View, Workspace};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};

use crate::support::{World, moment, period};

/// The window on one view: what it asked for, and a store that takes every save.
pub struct Window {
    pub view: View,
    pub state: State,
    pub commands: Vec<Command>,
    pub saving: Saving,
}

/// What happens to a save.
#[derive(Clone, Copy, PartialEq)]
pub enum Saving {
    /// Stored and answered at once.
    Stored,
    /// Under way: no answer yet.
    Waiting,
    /// Answered, and nothing stored.
    Refused,
}

impl Window {
    pub fn new(view: View) -> Window {
        Window { view, state: State::default(), commands: Vec::new(), saving: Saving::Stored }
    }

    pub fn on(mut self, screen: Screen) -> Window {
        self.state.screen = screen;
        self
    }

    pub fn saves(&self) -> Vec<&Vec<Edit>> {
        let edits = |c: &'_ Command| matches!(c, Command::Save(_));
        self.commands
            .iter()
            .filter(|c| edits(c))
            .map(|c| if let Command::Save(e) = c { e } else { unreachable!() })
            .collect()
    }

    fn frame(&mut self, ui: &mut egui::Ui) {
        for command in ui::show(ui, &self.view, &mut self.state) {
            if let Command::Save(edits) = &command {
                match self.saving {
                    Saving::Stored => self.store(edits),
                    Saving::Waiting => {}
                    Saving::Refused => self.view.answered += 1,
                }
                // The worker wakes the window with its answer.
                ui.ctx().request_repaint();
            }
            self.commands.push(command);
        }
    }

    /// Stores edits as the worker would, and answers.
    pub fn store(&mut self, edits: &[Edit]) {
        let workspace = self.view.workspace.as_mut().expect("an open file");
        let mut snapshot = (*workspace.snapshot).clone();
        for edit in edits {
            let old = snapshot.record(&edit.key);
            let mut vector = old.map_or(Vector::default(), Record::vector);
            *vector.0.entry("may-1".to_owned()).or_default() += 1;
            let heads = old.map_or(Vec::new(), |r| r.heads.clone());
            let now = self.view.now;
            let agency = snapshot.agency.clone();
            let made = Revision::seal(edit.key.clone(), edit.body.clone(), vector, "Lê B", &agency, "may-1", now);
            let record = Record { key: edit.key.clone(), heads: place(&heads, &made).heads };
            snapshot.records.insert(edit.key.clone(), Arc::new(record));
        }
        workspace.snapshot = Arc::new(snapshot);
        self.view.answered += 1;
    }
}

/// Runs the window at the size of an office screen.
pub fn harness(window: Window) -> Harness<'static, Window> {
    let mut harness = Harness::builder()
        .with_size([1366.0, 768.0])
        .with_theme(egui::Theme::Light)
        .with_context_setup(ui::theme::install)
        .build_ui_state(|ui, window: &mut Window| window.frame(ui), window);
    harness.run();
    harness
}

/// The text field of this name: its label says the same.
pub fn field<'h>(harness: &'h Harness<'static, Window>, name: &'h str) -> Node<'h> {
    let is_field =
        |n: &Node<'_>| matches!(n.accesskit_node().role(), egui::Role::TextInput | egui::Role::MultilineTextInput);
    harness.query_all_by_label(name).find(is_field).unwrap_or_else(|| panic!("no field {name}"))
}

/// The cell with this text, and this number among those that have it.
pub fn cell<'h>(harness: &'h Harness<'static, Window>, text: &'h str, number: usize) -> Node<'h> {
    let is_cell = |n: &Node<'_>| n.accesskit_node().role() == egui::Role::Cell;
    harness.query_all_by_label(text).filter(is_cell).nth(number).unwrap_or_else(|| panic!("no cell {text}"))
}

/// A view of a file of `world` in Q4 of 2023, thirteen days before it is due.
pub fn view(world: World) -> View {
    let snapshot: Arc<Snapshot> = Arc::new(world.snapshot());
    let now = moment("2023-12-12T10:42:00+07:00");
    let id = period("2023-Q4");
    let own = progress::score(&snapshot, &Scope::Agency(snapshot.agency.clone()), &id);
    let province = snapshot.receives().then(|| progress::score(&snapshot, &Scope::Province, &id));
    let statuses = progress::status(&snapshot, &id, now);
    let scope = if snapshot.receives() { Scope::Province } else { Scope::Agency(snapshot.agency.clone()) };
    let workspace = Workspace {
        file: PathBuf::from("so-lieu.dti"),
        period: snapshot.catalogue.period(&id),
        periods: vec![id.clone(), period("2023"), period("2023-Q3")],
        own,
        next_points: province.as_ref().map(|p| progress::next_points(&snapshot, p, &id)).unwrap_or_default(),
        province,
        completeness: progress::completeness(&snapshot, &id, &statuses),
        jumps: progress::jumps(&snapshot, &scope, &id),
        statuses,
        history: None,
        preview: None,
        table: None,
        templates: Arc::default(),
        papers: None,
        exported: None,
        components: None,
        issued: None,
        editions: None,
        sent: Vec::new(),
        matrix: Vec::new(),
        changes: None,
        checked: None,
        backups: Vec::new(),
        saved_at: None,
        access: Access::Write,
        snapshot,
    };
    View { workspace: Some(workspace), ..empty() }
}

/// A view without a file.
pub fn empty() -> View {
    View {
        workspace: None,
        catalogue: Arc::new(embedded().clone()),
        now: moment("2023-12-12T10:42:00+07:00"),
        busy: None,
        message: None,
        answered: 0,
        settings: Settings::default(),
        recent: Vec::new(),
        question: None,
        trouble: None,
        rescued: None,
        first_edition: None,
    }
}
