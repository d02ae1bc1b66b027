//! Gói nhận: packages that came in, what merging them does, and conflicts.

use egui::Ui;

use crate::ui::command::Command;
use crate::ui::view::{View, Workspace};

#[derive(Debug, Default)]
pub struct State {
    /// The conflict to be settled first.
    pub conflict: Option<crate::record::Key>,
}

pub fn show(ui: &mut Ui, _view: &View, _workspace: &Workspace, _state: &mut State, _out: &mut Vec<Command>) {
    ui.label(crate::ui::theme::page_title("Gói nhận"));
}
