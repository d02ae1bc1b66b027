//! What lies over the screens: tables to be looked at before they are recorded, questions that must be answered first, and the help of the screen at the right.

pub mod help;
mod question;
mod table;
mod templates;

use egui::Ui;

use super::command::Command;
use super::state::State;
use super::view::View;

/// What only the dialogs remember.
#[derive(Debug, Default)]
pub struct Dialogs {
    path: question::Typed,
    table: table::State,
    templates: templates::State,
}

impl Dialogs {
    pub fn open_templates(&mut self) {
        self.templates.open();
    }

    /// True where a template is changed and not stored yet.
    pub fn unsaved(&self) -> bool {
        self.templates.unsaved()
    }
}

/// Draws the question that the view asks, if any.
pub fn show(ui: &mut Ui, view: &View, state: &mut State, out: &mut Vec<Command>) {
    if let Some(workspace) = &view.workspace
        && let Some(shown) = &workspace.table
    {
        table::show(ui, view, workspace, shown, &mut state.dialogs.table, out);
    }
    if let Some(workspace) = &view.workspace {
        templates::show(ui, view, workspace, &mut state.dialogs.templates, out);
    }
    if let Some(question) = &view.question {
        question::show(ui, question, state, out);
    }
}
