//! What a key means in a grid that has the focus: pure, moves the cursor, names what else is to be done.

use egui::{Event, Key, Modifiers};

use super::{Position, State};

/// Rows a page key jumps over.
const PAGE: usize = 10;

#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub rows: usize,
    pub columns: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Action {
    None,
    /// The grid lets the focus go.
    Leave,
    /// The cursor moved.
    Follow,
    /// A letter was typed: the cell is written anew.
    Replace {
        at: Position,
    },
    /// Enter or F2: the cell is opened as it is.
    Open {
        at: Position,
    },
    Clear {
        at: Position,
    },
    Copy {
        from: Position,
        to: Position,
    },
    Paste {
        at: Position,
        text: String,
    },
}

impl Shape {
    /// The nearest position inside; none where the grid is empty.
    pub fn clamp(self, p: Position) -> Option<Position> {
        let (row, column) = (self.rows.checked_sub(1)?, self.columns.checked_sub(1)?);
        Some(Position { row: p.row.min(row), column: p.column.min(column) })
    }
}

pub(super) fn read(event: &Event, state: &mut State, shape: Shape) -> Action {
    let Some(at) = state.cursor else { return Action::None };
    match event {
        Event::Key { key, pressed: true, modifiers, .. } => key_action(*key, *modifiers, at, state, shape),
        Event::Text(typed) if !typed.trim().is_empty() => Action::Replace { at },
        Event::Copy => match state.block() {
            Some((from, to)) => Action::Copy { from, to },
            None => Action::None,
        },
        Event::Paste(text) => {
            let at = state.block().map_or(at, |(first, _)| first);
            Action::Paste { at, text: text.clone() }
        }
        _ => Action::None,
    }
}

/// What becomes of the key that ends a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Stays,
    /// It goes with those that come after it.
    Waits,
}

/// Takes out the keys after the one that ends a text: they are for the next cell. Where frames are slow, a quick typist's
/// next figure comes in one frame with the Enter before it.
pub(super) fn cut_at_end(events: &mut Vec<Event>, end: End) -> Vec<Event> {
    let ends = |e: &Event| matches!(e, Event::Key { key: Key::Enter | Key::Tab | Key::Escape, pressed: true, .. });
    let Some(at) = events.iter().position(ends) else { return Vec::new() };
    let from = if end == End::Stays { at + 1 } else { at };
    let is_key = |e: &Event| matches!(e, Event::Key { .. } | Event::Text(_) | Event::Paste(_) | Event::Ime(_));
    let (later, rest): (Vec<Event>, Vec<Event>) = events.split_off(from).into_iter().partition(is_key);
    events.extend(rest);
    later
}

fn key_action(key: Key, modifiers: Modifiers, at: Position, state: &mut State, shape: Shape) -> Action {
    let last = Position { row: shape.rows.saturating_sub(1), column: shape.columns.saturating_sub(1) };
    if modifiers.alt || (modifiers.command && !matches!(key, Key::Home | Key::End)) {
        return Action::None;
    }
    let to = match key {
        Key::ArrowUp => Position { row: at.row.saturating_sub(1), ..at },
        Key::ArrowDown => Position { row: (at.row + 1).min(last.row), ..at },
        Key::ArrowLeft => Position { column: at.column.saturating_sub(1), ..at },
        Key::ArrowRight => Position { column: (at.column + 1).min(last.column), ..at },
        Key::PageUp => Position { row: at.row.saturating_sub(PAGE), ..at },
        Key::PageDown => Position { row: (at.row + PAGE).min(last.row), ..at },
        Key::Home if modifiers.command => Position { row: 0, column: 0 },
        Key::End if modifiers.command => last,
        Key::Home => Position { column: 0, ..at },
        Key::End => Position { column: last.column, ..at },
        Key::Tab => return tab(modifiers, at, state, last),
        Key::Enter | Key::F2 => return Action::Open { at },
        Key::Delete => return Action::Clear { at },
        Key::Escape => return Action::Leave,
        _ => return Action::None,
    };
    state.anchor = if modifiers.shift { state.anchor.or(Some(at)) } else { None };
    state.cursor = Some(to);
    Action::Follow
}

/// Tab goes on to the next cell, and out of the grid behind the last one.
fn tab(modifiers: Modifiers, at: Position, state: &mut State, last: Position) -> Action {
    let to = match modifiers.shift {
        false if at == last => return Action::Leave,
        true if at == (Position { row: 0, column: 0 }) => return Action::Leave,
        false if at.column == last.column => Position { row: at.row + 1, column: 0 },
        false => Position { column: at.column + 1, ..at },
        true if at.column == 0 => Position { row: at.row - 1, column: last.column },
        true => Position { column: at.column - 1, ..at },
    };
    state.anchor = None;
    state.cursor = Some(to);
    Action::Follow
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape { rows: 3, columns: 2 };

    fn at(row: usize, column: usize) -> State {
        State { cursor: Some(Position { row, column }), ..State::default() }
    }

    fn press(state: &mut State, key: Key, modifiers: Modifiers) -> Action {
        let event = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
        read(&event, state, SHAPE)
    }

    #[test]
    fn arrows_stop_at_the_edge() {
        let mut state = at(2, 1);
        press(&mut state, Key::ArrowDown, Modifiers::NONE);
        press(&mut state, Key::ArrowRight, Modifiers::NONE);
        assert_eq!(state.cursor, Some(Position { row: 2, column: 1 }));
    }

    #[test]
    fn tab_goes_on_to_the_next_row_and_leaves_behind_the_last_cell() {
        let mut state = at(0, 1);
        press(&mut state, Key::Tab, Modifiers::NONE);
        assert_eq!(state.cursor, Some(Position { row: 1, column: 0 }));
        assert_eq!(press(&mut at(2, 1), Key::Tab, Modifiers::NONE), Action::Leave);
        assert_eq!(press(&mut at(0, 0), Key::Tab, Modifiers::SHIFT), Action::Leave);
    }

    #[test]
    fn shift_and_arrows_grow_a_block_and_an_arrow_alone_ends_it() {
        let mut state = at(0, 0);
        press(&mut state, Key::ArrowDown, Modifiers::SHIFT);
        press(&mut state, Key::ArrowRight, Modifiers::SHIFT);
        assert_eq!(state.block(), Some((Position { row: 0, column: 0 }, Position { row: 1, column: 1 })));
        press(&mut state, Key::ArrowUp, Modifiers::NONE);
        assert_eq!(state.anchor, None);
    }

    #[test]
    fn a_typed_letter_writes_the_cell_anew() {
        let action = read(&Event::Text("7".to_owned()), &mut at(1, 1), SHAPE);
        assert_eq!(action, Action::Replace { at: Position { row: 1, column: 1 } });
    }
}
