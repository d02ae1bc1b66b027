//! A table that works like a sheet: arrows, Tab, Enter, type to edit, copy and paste of blocks.
//!
//! The grid knows texts only. What a cell means, and whether a typed or pasted text is good, the caller decides: the
//! grid reports [`Event`]s and changes nothing.

mod block;
mod keys;
mod paint;

use egui::{Align, EventFilter, Id, Key, Modifiers, Rect, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column as Slot, TableBuilder};

use super::field::{TextField, select_all};
use crate::ui::theme::{Tone, palette, size, space};

pub use block::{parse_block, to_block};

/// One column.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    title: &'a str,
    tooltip: &'a str,
    width: Width,
    align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Width {
    /// Points.
    Fixed(f32),
    /// The room that is left, at least so many points; shared equally.
    Rest(f32),
}

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    pub text: String,
    pub look: Look,
    /// The whole story, on hover. Where empty, the text itself is shown if it was cut.
    pub hover: String,
    /// The text to edit; none: the cell cannot be typed into.
    pub edit: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Look {
    #[default]
    Plain,
    Bold,
    /// Grey: nothing there, or derived.
    Faint,
    Tinted(Tone),
    Badge(Tone),
    /// A bar of this share (0 to 1) before the text.
    Bar(f32, egui::Color32),
}

/// What the user did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The cursor is in another row.
    Moved(usize),
    /// Enter or a double click on a cell that cannot be typed into.
    Opened {
        row: usize,
        column: usize,
    },
    Edited {
        row: usize,
        column: usize,
        text: String,
    },
    /// A block, to be laid down with its corner at the cursor.
    Pasted {
        row: usize,
        column: usize,
        block: Vec<Vec<String>>,
    },
}

/// Cursor, selected block and the text being typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    cursor: Option<Position>,
    anchor: Option<Position>,
    editing: Option<Editing>,
    /// Keys of a frame that are for the next one.
    later: Vec<egui::Event>,
    /// Where it was drawn last, for keyboard focus.
    area: Option<Rect>,
    follow: Follow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Position {
    row: usize,
    column: usize,
}

#[derive(Debug, Clone, PartialEq)]
struct Editing {
    at: Position,
    text: String,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    /// To be focused, with everything selected.
    Whole,
    /// To be focused, empty: the letter that began it is still to come, and the field itself takes it.
    Empty,
    Going,
}

/// Whether the view goes after the cursor in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Follow {
    #[default]
    No,
    Yes,
}

/// How a grid takes its height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scroll {
    /// As tall as its rows; the surrounding area scrolls.
    Outer,
    /// At most so many points, with its own bar.
    Own(f32),
}

/// How many lines of text a row has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    One,
    /// Long names wrap once before they are cut.
    Two,
}

impl Lines {
    fn height(self) -> f32 {
        match self {
            Lines::One => size::ROW,
            Lines::Two => size::ROW_OF_TWO,
        }
    }

    fn most(self) -> usize {
        match self {
            Lines::One => 1,
            Lines::Two => 2,
        }
    }
}

pub struct Grid<'a> {
    name: &'a str,
    columns: &'a [Column<'a>],
    scroll: Scroll,
    lines: Lines,
    marked: Option<usize>,
}

impl<'a> Column<'a> {
    pub fn text(title: &'a str, width: Width) -> Column<'a> {
        Column { title, tooltip: "", width, align: Align::Min }
    }

    /// Right-aligned.
    pub fn number(title: &'a str, width: f32) -> Column<'a> {
        Column { title, tooltip: "", width: Width::Fixed(width), align: Align::Max }
    }

    pub fn tooltip(mut self, tooltip: &'a str) -> Column<'a> {
        self.tooltip = tooltip;
        self
    }
}

impl Width {
    fn least(self) -> f32 {
        match self {
            Width::Fixed(points) | Width::Rest(points) => points,
        }
    }
}

impl Cell {
    pub fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    pub fn look(mut self, look: Look) -> Cell {
        self.look = look;
        self
    }

    pub fn hover(mut self, hover: impl Into<String>) -> Cell {
        self.hover = hover.into();
        self
    }

    pub fn edit(mut self, edit: impl Into<String>) -> Cell {
        self.edit = Some(edit.into());
        self
    }
}

impl State {
    /// The row of the cursor.
    pub fn row(&self) -> Option<usize> {
        self.cursor.map(|p| p.row)
    }

    /// Puts the cursor into a row, and the view with it.
    pub fn go_to(&mut self, row: usize, column: usize) {
        self.cursor = Some(Position { row, column });
        self.anchor = None;
        self.editing = None;
        self.follow = Follow::Yes;
    }

    pub fn clear(&mut self) {
        *self = State::default();
    }

    pub fn is_editing(&self) -> bool {
        self.editing.is_some()
    }

    /// The row of the cell that is typed in.
    pub fn editing_row(&self) -> Option<usize> {
        self.editing.as_ref().map(|editing| editing.at.row)
    }

    /// Takes the text being typed out of the grid, so that it is not lost when the grid is not drawn any more.
    pub fn take_edit(&mut self) -> Option<Event> {
        let editing = self.editing.take()?;
        Some(Event::Edited { row: editing.at.row, column: editing.at.column, text: editing.text })
    }

    fn block(&self) -> Option<(Position, Position)> {
        let (a, b) = (self.cursor?, self.anchor.or(self.cursor)?);
        let first = Position { row: a.row.min(b.row), column: a.column.min(b.column) };
        let last = Position { row: a.row.max(b.row), column: a.column.max(b.column) };
        Some((first, last))
    }
}

impl<'a> Grid<'a> {
    /// `name` is its id, and what a screen reader says.
    pub fn new(name: &'a str, columns: &'a [Column<'a>]) -> Grid<'a> {
        Grid { name, columns, scroll: Scroll::Outer, lines: Lines::One, marked: None }
    }

    pub fn scroll(mut self, scroll: Scroll) -> Grid<'a> {
        self.scroll = scroll;
        self
    }

    pub fn lines(mut self, lines: Lines) -> Grid<'a> {
        self.lines = lines;
        self
    }

    /// A row that stays marked while the cursor is elsewhere: the one whose detail is shown.
    pub fn marked(mut self, row: Option<usize>) -> Grid<'a> {
        self.marked = row;
        self
    }

    /// Draws `rows` rows; `cell` says what stands where.
    pub fn show(
        self,
        ui: &mut Ui,
        state: &mut State,
        rows: usize,
        mut cell: impl FnMut(usize, usize) -> Cell,
    ) -> Vec<Event> {
        let id = ui.make_persistent_id(self.name);
        let mut events = Vec::new();
        ui.input_mut(|i| i.events.splice(0..0, state.later.drain(..)).for_each(drop));
        let before = state.cursor;
        let shape = keys::Shape { rows, columns: self.columns.len() };
        state.cursor = state.cursor.and_then(|p| shape.clamp(p));
        state.anchor = state.anchor.and_then(|p| shape.clamp(p));
        self.keyboard(ui, id, state, shape, &mut cell, &mut events);
        let least: f32 = self.columns.iter().map(|c| c.width.least()).sum::<f32>() + 2.0;
        let area = if least > ui.available_width() {
            let scroll = egui::ScrollArea::horizontal().id_salt(self.name);
            let inside = scroll.show(ui, |ui| {
                ui.set_width(least);
                self.table(ui, id, state, rows, &mut cell, &mut events)
            });
            inside.inner
        } else {
            self.table(ui, id, state, rows, &mut cell, &mut events)
        };
        state.area = Some(area);
        state.follow = Follow::No;
        let row = state.row();
        if let Some(row) = row.filter(|_| row != before.map(|p| p.row)) {
            events.push(Event::Moved(row));
        }
        events
    }

    /// Takes the keys of this frame, where the grid has the focus.
    fn keyboard(
        &self,
        ui: &mut Ui,
        id: Id,
        state: &mut State,
        shape: keys::Shape,
        cell: &mut impl FnMut(usize, usize) -> Cell,
        events: &mut Vec<Event>,
    ) {
        let area = state.area.unwrap_or(Rect::from_min_size(ui.cursor().min, egui::Vec2::ZERO));
        let response = ui.interact(area, id, Sense::FOCUSABLE);
        response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, self.name));
        if !response.has_focus() || state.is_editing() {
            return;
        }
        let all = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, all));
        if state.cursor.is_none() {
            state.cursor = shape.clamp(Position { row: 0, column: 0 });
        }
        for event in ui.input(|i| i.events.clone()) {
            match keys::read(&event, state, shape) {
                keys::Action::None => {}
                keys::Action::Leave => response.surrender_focus(),
                keys::Action::Follow => state.follow = Follow::Yes,
                keys::Action::Replace { at } => {
                    if cell(at.row, at.column).edit.is_some() {
                        state.editing = Some(Editing { at, text: String::new(), stage: Stage::Empty });
                        // The field reads this frame's keys from here on.
                        return;
                    }
                }
                keys::Action::Open { at } => {
                    // The field would take the same Enter as its end.
                    ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
                    match cell(at.row, at.column).edit {
                        Some(text) => state.editing = Some(Editing { at, text, stage: Stage::Whole }),
                        None => events.push(Event::Opened { row: at.row, column: at.column }),
                    }
                    return;
                }
                keys::Action::Clear { at } => {
                    if cell(at.row, at.column).edit.is_some_and(|text| !text.is_empty()) {
                        events.push(Event::Edited { row: at.row, column: at.column, text: String::new() });
                    }
                }
                keys::Action::Copy { from, to } => {
                    let lines = (from.row..=to.row)
                        .map(|r| (from.column..=to.column).map(|c| cell(r, c).text).collect::<Vec<_>>());
                    ui.ctx().copy_text(to_block(lines));
                }
                keys::Action::Paste { at, text } => {
                    let block = parse_block(&text);
                    if !block.is_empty() {
                        events.push(Event::Pasted { row: at.row, column: at.column, block });
                    }
                }
            }
        }
    }

    fn table(
        &self,
        ui: &mut Ui,
        id: Id,
        state: &mut State,
        rows: usize,
        cell: &mut impl FnMut(usize, usize) -> Cell,
        events: &mut Vec<Event>,
    ) -> Rect {
        let p = palette(ui);
        let frame = egui::Frame::new()
            .fill(p.panel)
            .stroke(egui::Stroke::new(1.0, p.line))
            .corner_radius(size::RADIUS)
            .inner_margin(1);
        let inner = frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
            let pointed = pointed_at(ui, state.area);
            let mut builder = TableBuilder::new(ui).id_salt(self.name).auto_shrink([false, true]);
            for column in self.columns {
                builder = builder.column(match column.width {
                    Width::Fixed(points) => Slot::exact(points).clip(true),
                    Width::Rest(least) => Slot::remainder().at_least(least).clip(true),
                });
            }
            builder = match self.scroll {
                Scroll::Outer => builder.vscroll(false),
                Scroll::Own(height) => builder.max_scroll_height(height).min_scrolled_height(height.min(120.0)),
            };
            if let (Follow::Yes, Scroll::Own(_), Some(at)) = (state.follow, self.scroll, state.cursor) {
                builder = builder.scroll_to_row(at.row, None);
            }
            builder
                .header(28.0, |mut header| {
                    for column in self.columns {
                        header.col(|ui| paint::head(ui, column));
                    }
                })
                .body(|body| {
                    body.rows(self.lines.height(), rows, |mut row| {
                        let r = row.index();
                        for (c, column) in self.columns.iter().enumerate() {
                            row.col(|ui| {
                                let at = Position { row: r, column: c };
                                let content = cell(r, c);
                                self.cell_ui(ui, id, state, at, rows, pointed, column, content, events);
                            });
                        }
                    });
                });
        });
        inner.response.rect
    }

    #[allow(clippy::too_many_arguments)]
    fn cell_ui(
        &self,
        ui: &mut Ui,
        id: Id,
        state: &mut State,
        at: Position,
        rows: usize,
        pointed: Option<f32>,
        column: &Column<'_>,
        content: Cell,
        events: &mut Vec<Event>,
    ) {
        let rect = ui.max_rect();
        let response = ui.interact(rect, id.with((at.row, at.column)), Sense::CLICK | Sense::DRAG);
        let focused = ui.memory(|m| m.has_focus(id));
        let in_block = focused
            && state
                .block()
                .is_some_and(|(a, b)| (a.row..=b.row).contains(&at.row) && (a.column..=b.column).contains(&at.column));
        let ground = paint::Ground {
            chosen: self.marked == Some(at.row) || (self.marked.is_none() && state.row() == Some(at.row)),
            hovered: pointed.is_some_and(|y| (rect.top()..rect.bottom()).contains(&y)),
            in_block: in_block && state.anchor.is_some(),
            cursor: focused && state.cursor == Some(at),
            line: at.row + 1 < rows,
        };
        paint::ground(ui, rect, ground);
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &content.text));

        if response.is_pointer_button_down_on() && ui.input(|i| i.pointer.primary_pressed()) {
            let extend = ui.input(|i| i.modifiers.shift);
            state.anchor = if extend { state.anchor.or(state.cursor) } else { None };
            state.cursor = Some(at);
            ui.memory_mut(|m| m.request_focus(id));
        }
        // A drag that began in another cell selects up to the pointer.
        let dragging = ui.input(|i| i.pointer.primary_down() && i.pointer.is_decidedly_dragging());
        if focused && dragging && ui.rect_contains_pointer(rect) && state.cursor != Some(at) {
            state.anchor = state.anchor.or(state.cursor);
            state.cursor = Some(at);
        }
        if response.clicked() {
            state.cursor = Some(at);
            // The release of the button takes the focus from everything that is not under it.
            ui.memory_mut(|m| m.request_focus(id));
        }
        if response.double_clicked() {
            match &content.edit {
                Some(text) => state.editing = Some(Editing { at, text: text.clone(), stage: Stage::Whole }),
                None => events.push(Event::Opened { row: at.row, column: at.column }),
            }
        }
        if state.editing.as_ref().is_some_and(|e| e.at == at) {
            self.editor_ui(ui, id, state, column, events);
        } else {
            let cut = paint::content(ui, rect, column.align, self.lines.most(), &content);
            let hover = if content.hover.is_empty() && cut { &content.text } else { &content.hover };
            if !hover.is_empty() {
                response.on_hover_text(hover);
            }
        }
        if state.follow == Follow::Yes && state.cursor == Some(at) && self.scroll == Scroll::Outer {
            ui.scroll_to_rect(rect.expand(space::XL), None);
        }
    }

    fn editor_ui(&self, ui: &mut Ui, id: Id, state: &mut State, column: &Column<'_>, events: &mut Vec<Event>) {
        let Some(editing) = &mut state.editing else { return };
        let field = id.with("editor");
        let mut edit = TextField::new(column.title).id(field);
        if column.align == Align::Max {
            edit = edit.right_aligned();
        }
        let at = editing.at;
        // The release of the button that opened the cell takes the focus from everything that was not under it.
        let released = ui.input(|i| i.pointer.any_released());
        let stage = std::mem::replace(&mut editing.stage, Stage::Going);
        match stage {
            Stage::Whole if released => {
                editing.stage = Stage::Whole;
                ui.ctx().request_repaint();
            }
            Stage::Whole => {
                select_all(ui.ctx(), field, &editing.text);
                ui.memory_mut(|m| m.request_focus(field));
            }
            Stage::Empty => ui.memory_mut(|m| m.request_focus(field)),
            Stage::Going => {}
        }
        if ui.memory(|m| m.has_focus(field)) {
            // A field cannot lose the focus in the frame in which it gets it.
            let end = if stage == Stage::Going { keys::End::Stays } else { keys::End::Waits };
            state.later = ui.input_mut(|i| keys::cut_at_end(&mut i.events, end));
        }
        if !state.later.is_empty() {
            ui.ctx().request_repaint();
        }
        let filter = EventFilter { tab: true, ..EventFilter::default() };
        // Tab goes to the next cell, so the field has to give it up without moving the focus elsewhere.
        let tab = ui.memory(|m| m.has_focus(field)) && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Tab));
        ui.memory_mut(|m| m.set_focus_lock_filter(field, filter));
        let typing = edit.show(ui, &mut editing.text);
        if typing.cancelled {
            state.editing = None;
            ui.memory_mut(|m| m.request_focus(id));
        } else if typing.committed || tab {
            let text = crate::text::clean(&editing.text);
            let entered = ui.input(|i| i.key_pressed(Key::Enter));
            state.editing = None;
            events.push(Event::Edited { row: at.row, column: at.column, text });
            let next = match (tab, entered) {
                (true, _) => Some(Position { column: at.column + 1, ..at }),
                (false, true) => Some(Position { row: at.row + 1, ..at }),
                (false, false) => None,
            };
            if let Some(next) = next {
                state.cursor = Some(next);
                state.follow = Follow::Yes;
                ui.memory_mut(|m| m.request_focus(id));
                ui.ctx().request_repaint();
            }
        }
    }
}

/// The pointer's height over the table, where nothing else lies between.
fn pointed_at(ui: &Ui, area: Option<Rect>) -> Option<f32> {
    let pointer = ui.input(|i| i.pointer.hover_pos())?;
    ui.rect_contains_pointer(area?).then_some(pointer.y)
}
