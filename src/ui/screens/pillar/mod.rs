//! Trụ cột.
use crate::catalogue::{Catalogue, Id};
use crate::ui::command::Command;
use crate::ui::form::Drafts;
use crate::ui::view::{View, Workspace};
use egui::Ui;

#[derive(Debug, Default)]
pub struct State {
    pillar: u8,
}
impl State {
    pub fn open_pillar(&mut self, pillar: u8) {
        self.pillar = pillar;
    }
    pub fn open_item(&mut self, _catalogue: &Catalogue, _item: Id, _agency: Id) {}
}
pub fn show(
    ui: &mut Ui,
    _view: &View,
    _workspace: &Workspace,
    _state: &mut State,
    _drafts: &mut Drafts,
    _out: &mut Vec<Command>,
) {
    ui.label(crate::ui::theme::page_title("Trụ cột"));
}
