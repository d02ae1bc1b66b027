//! Nhật ký: every operation, with undo.

use egui::Ui;

use crate::ui::command::Command;
use crate::ui::view::{View, Workspace};

#[derive(Debug, Default)]
pub struct State {}

pub fn show(ui: &mut Ui, _view: &View, _workspace: &Workspace, _state: &mut State, _out: &mut Vec<Command>) {
    ui.label(crate::ui::theme::page_title("Nhật ký"));
}
