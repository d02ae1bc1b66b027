//! Ctrl+K: find an indicator, a task, an agency, a screen or a command by any part of its name, without diacritics.

use egui::{Align2, Area, Frame, Key, Margin, Modifiers, Order, ScrollArea, Ui};

use crate::text::matches;
use crate::ui::command::Command;
use crate::ui::state::{Place, State};
use crate::ui::theme::{self, icons, palette, size, space};
use crate::ui::view::{View, Workspace};
use crate::ui::widgets::search_field;

/// Shown at most.
const LIMIT: usize = 12;

/// Open or not, and what is looked for.
#[derive(Debug, Default)]
pub struct Palette {
    open: Option<Search>,
}

#[derive(Debug, Default)]
struct Search {
    text: String,
    chosen: usize,
    stage: Stage,
}

#[derive(Debug, Default, PartialEq)]
enum Stage {
    #[default]
    Opening,
    Open,
}

/// One thing that can be found.
struct Entry {
    icon: &'static str,
    text: String,
    detail: String,
    command: Command,
}

impl Palette {
    pub fn open(&mut self) {
        self.open = Some(Search::default());
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

pub(super) fn show(ui: &mut Ui, view: &View, state: &mut State, out: &mut Vec<Command>) {
    let Some(workspace) = &view.workspace else {
        state.palette.open = None;
        return;
    };
    let Some(search) = &mut state.palette.open else { return };
    let down = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::ArrowDown));
    let up = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::ArrowUp));
    let enter = ui.input(|i| i.key_pressed(Key::Enter));
    let escape = ui.input(|i| i.key_pressed(Key::Escape));
    let found: Vec<Entry> = entries(view, workspace)
        .into_iter()
        .filter(|e| matches(&format!("{} {}", e.text, e.detail), &search.text))
        .take(LIMIT)
        .collect();
    let last = found.len().saturating_sub(1);
    search.chosen = match (down, up) {
        (true, _) => search.chosen + 1,
        (_, true) => search.chosen.saturating_sub(1),
        _ => search.chosen,
    }
    .min(last);
    let mut picked = enter.then_some(search.chosen);
    let p = palette(ui);
    let area = Area::new(egui::Id::unique("palette")).order(Order::Foreground).anchor(Align2::CENTER_TOP, [0.0, 72.0]);
    let response = area.show(ui.ctx(), |ui| {
        let frame = Frame::popup(ui.style()).fill(p.panel).inner_margin(Margin::same(space::S as i8));
        frame.show(ui, |ui| {
            ui.set_width(560.0);
            let field = search_field(ui, "Tìm chỉ tiêu, nhiệm vụ, đơn vị, lệnh", 560.0, &mut search.text);
            if search.stage == Stage::Opening {
                field.request_focus();
                search.stage = Stage::Open;
            }
            if field.changed() {
                search.chosen = 0;
            }
            ScrollArea::vertical().max_height(400.0).show(ui, |ui| {
                for (i, entry) in found.iter().enumerate() {
                    if entry_ui(ui, entry, i == search.chosen) {
                        picked = Some(i);
                    }
                }
                if found.is_empty() {
                    ui.label(theme::secondary(ui, "Không tìm thấy; thử một phần khác của tên hoặc mã"));
                }
            });
        });
    });
    let picked = picked.and_then(|i| found.into_iter().nth(i));
    let outside = response.response.clicked_elsewhere() && ui.input(|i| i.pointer.any_click());
    if escape || outside || picked.is_some() {
        state.palette.open = None;
    }
    out.extend(picked.map(|entry| entry.command));
}

fn entry_ui(ui: &mut Ui, entry: &Entry, chosen: bool) -> bool {
    let p = palette(ui);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), size::ROW), egui::Sense::CLICK);
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, size::RADIUS, if chosen { p.selected } else { p.hover });
    }
    let inner = rect.shrink2(egui::vec2(space::S, 0.0));
    let mut child =
        ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(egui::Layout::left_to_right(egui::Align::Center)));
    child.label(theme::icon(entry.icon).color(p.secondary));
    child.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.label(theme::caption(ui, &entry.detail));
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.add(egui::Label::new(&entry.text).truncate());
        });
    });
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListItem, true, chosen, &entry.text));
    response.clicked()
}

fn entries(view: &View, workspace: &Workspace) -> Vec<Entry> {
    let catalogue = workspace.catalogue();
    let agency = workspace.agency();
    let item = |id: &str| Command::Go(Place::Item { item: id.to_owned(), agency: agency.to_owned() });
    let mut entries: Vec<Entry> = super::navigation::screens(workspace)
        .map(|screen| Entry {
            icon: screen.icon(),
            text: screen.title().to_owned(),
            detail: "màn hình".to_owned(),
            command: Command::Go(Place::Screen(screen)),
        })
        .collect();
    entries.extend(catalogue.pillars.iter().map(|p| Entry {
        icon: icons::CHART_BAR,
        text: format!("{} {}", p.id, p.short),
        detail: "trụ cột".to_owned(),
        command: Command::Go(Place::Pillar(p.id)),
    }));
    entries.extend(catalogue.indicators.iter().map(|i| Entry {
        icon: icons::TABLE,
        text: format!("{} {}", i.id, i.short),
        detail: "chỉ tiêu".to_owned(),
        command: item(&i.id),
    }));
    entries.extend(catalogue.tasks.iter().map(|t| Entry {
        icon: icons::FLAG,
        text: format!("{} {}", t.id, t.short),
        detail: "nhiệm vụ".to_owned(),
        command: item(&t.id),
    }));
    entries.extend(commands(view).into_iter().map(|command| {
        let label = command.label();
        let detail = if label.shortcut.is_empty() { "lệnh" } else { label.shortcut };
        Entry { icon: label.icon, text: label.text.to_owned(), detail: detail.to_owned(), command }
    }));
    entries
}

fn commands(view: &View) -> Vec<Command> {
    use crate::ui::theme::Theme;
    let other = match view.settings.theme {
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::Light,
    };
    vec![
        Command::Undo(None),
        Command::Redo,
        Command::OpenFile,
        Command::LoadTable,
        Command::EditTemplates,
        Command::ChoosePackages,
        Command::Backup,
        Command::CopyWorkspace,
        Command::Check,
        Command::SetTheme(other),
        Command::Help,
        Command::CloseFile,
    ]
}
