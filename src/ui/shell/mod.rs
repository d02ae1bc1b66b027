//! The frame around every screen: top bar, navigation, status bar, shortcuts, and the palette over all.

mod navigation;
pub mod palette;
mod status;
mod top;

use egui::{CentralPanel, Frame, Key, KeyboardShortcut, Margin, Modifiers, Panel, Ui};

use super::command::Command;
use super::dialogs::help::{self, Help};
use super::form::commit_left;
use super::screens::{catalogue, first_run, inbox, log, overview, pillar, settings, submit, summary};
use super::state::{Place, Screen, State};
use super::theme::{self, space};
use super::view::{Access, View, Workspace};

const UNDO: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Z);
const REDO: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Y);
const OPEN: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::O);
const FIND: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::K);
const HELP: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::F1);

/// Draws the whole window. The only door: reads `view`, changes `state`, returns what is to be done.
pub fn show(ui: &mut Ui, view: &View, state: &mut State) -> Vec<Command> {
    let mut out = Vec::new();
    shortcuts(ui, view, state, &mut out);
    if state.help == Help::Open {
        let screen = view.workspace.as_ref().map(|_| state.screen);
        let frame = Frame::new().fill(theme::palette(ui).panel).inner_margin(Margin::same(space::M as i8));
        Panel::right("help").exact_size(300.0).resizable(false).frame(frame).show(ui, |ui| {
            help::show(ui, help::page(screen), &mut out);
        });
    }
    match &view.workspace {
        None => first_run::show(ui, view, state, &mut out),
        Some(workspace) => {
            workspace_ui(ui, view, workspace, state, &mut out);
            commit_left(ui.ctx(), workspace.catalogue(), &mut state.drafts);
            if workspace.access == Access::Write {
                // Before what else was asked for: a file is attached to the record as it was typed.
                out.splice(0..0, state.drafts.sync(&workspace.snapshot, view.answered));
            }
        }
    }
    palette::show(ui, view, state, &mut out);
    super::dialogs::show(ui, view, state, &mut out);
    let catalogue = view.catalogue();
    out.retain(|command| match command {
        Command::Go(place) => {
            state.go(catalogue, place.clone());
            false
        }
        Command::EditTemplates => {
            state.dialogs.open_templates();
            false
        }
        Command::Help => {
            state.help.toggle();
            false
        }
        _ => true,
    });
    out
}

fn workspace_ui(ui: &mut Ui, view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let p = theme::palette(ui);
    let bar = Frame::new().fill(p.panel).inner_margin(Margin::symmetric(space::M as i8, 0));
    Panel::top("top").exact_size(48.0).frame(bar).show(ui, |ui| top::show(ui, view, workspace, state, out));
    Panel::bottom("status").frame(bar).show(ui, |ui| status::show(ui, view, workspace, out));
    Panel::left("navigation")
        .exact_size(168.0)
        .resizable(false)
        .frame(Frame::new().fill(p.panel).inner_margin(Margin::symmetric(space::S as i8, space::S as i8)))
        .show(ui, |ui| navigation::show(ui, workspace, state));
    CentralPanel::no_frame().show(ui, |ui| {
        ui.painter().rect_filled(ui.max_rect(), 0.0, p.page);
        match state.screen {
            // It has its own margins: its tabs reach from edge to edge.
            Screen::Pillar => pillar::show(ui, view, workspace, &mut state.pillar, &mut state.drafts, out),
            _ => {
                pillar::put_down(workspace, &mut state.pillar, &mut state.drafts);
                Frame::new().inner_margin(Margin::same(space::L as i8)).show(ui, |ui| {
                    screen_ui(ui, view, workspace, state, out);
                });
            }
        }
    });
}

fn screen_ui(ui: &mut Ui, view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    match state.screen {
        Screen::Overview => overview::show(ui, view, workspace, &mut state.overview, out),
        Screen::Pillar => {}
        Screen::Submit => submit::show(ui, view, workspace, &mut state.submit, &state.drafts, out),
        Screen::Inbox => inbox::show(ui, view, workspace, &mut state.inbox, out),
        Screen::Summary => summary::show(ui, view, workspace, &mut state.summary, out),
        Screen::Catalogue => catalogue::show(ui, view, workspace, &mut state.catalogue, out),
        Screen::Log => log::show(ui, view, workspace, &mut state.log, out),
        Screen::Settings => settings::show(ui, view, workspace, state, out),
    }
}

/// Undo and redo are the field's own while one is typed in.
fn shortcuts(ui: &mut Ui, view: &View, state: &mut State, out: &mut Vec<Command>) {
    let pressed = |shortcut: &KeyboardShortcut| ui.input_mut(|i| i.consume_shortcut(shortcut));
    if pressed(&HELP) {
        out.push(Command::Help);
    }
    if pressed(&OPEN) {
        out.push(Command::OpenFile);
    }
    let Some(workspace) = &view.workspace else { return };
    if pressed(&FIND) {
        state.palette.open();
    }
    if !ui.ctx().text_edit_focused() {
        if pressed(&UNDO) {
            out.push(Command::Undo(None));
        }
        if pressed(&REDO) {
            out.push(Command::Redo);
        }
    }
    let digits = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];
    for (screen, key) in navigation::screens(workspace).zip(digits) {
        if pressed(&KeyboardShortcut::new(Modifiers::ALT, key)) {
            out.push(Command::Go(Place::Screen(screen)));
        }
    }
}
