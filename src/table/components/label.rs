//! The STT of a row: a section, a main index, a component index, or none; also where Excel made something else of it.

use chrono::Datelike;

use super::super::Cell;
use crate::text::clean;
use crate::text::number::plain;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    None,
    /// "I", "A"
    Section(String),
    /// "1"
    Main(u32),
    /// "1.10": number 10 of main index 1.
    Component {
        main: u32,
        number: u32,
        written: Written,
    },
    /// Text that is no number.
    Other(String),
}

/// How a component's number stands in its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Written {
    Text,
    /// As a number, from which a zero at its end is gone.
    Number,
    /// As a date; the other way round it is number `main` of `number`.
    Date {
        shown: String,
    },
}

impl Label {
    pub(super) fn of(cell: &Cell) -> Label {
        match cell {
            Cell::Empty => Label::None,
            Cell::Number(number) => match Label::parse(&plain(*number)) {
                Label::Component { main, number, .. } => Label::Component { main, number, written: Written::Number },
                label => label,
            },
            Cell::Date(date) => {
                let written = Written::Date { shown: cell.shown() };
                Label::Component { main: date.day(), number: date.month(), written }
            }
            other => Label::parse(&other.shown()),
        }
    }

    fn parse(text: &str) -> Label {
        let text = clean(text);
        let text = text.trim_end_matches(['.', ')', ' ']);
        if text.is_empty() {
            return Label::None;
        }
        let roman = text.len() <= 5 && text.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        if roman || (text.len() == 1 && text.starts_with(|c: char| c.is_ascii_uppercase())) {
            return Label::Section(text.to_owned());
        }
        let parts: Vec<Option<u32>> = text.split(['.', ',']).map(|part| part.trim().parse().ok()).collect();
        match *parts.as_slice() {
            [Some(main)] => Label::Main(main),
            [Some(main), Some(number)] => Label::Component { main, number, written: Written::Text },
            _ => Label::Other(text.to_owned()),
        }
    }

    /// A label and the title behind it in one cell: "1.1. Ban chỉ đạo …".
    pub(super) fn before_title(text: &str) -> Option<(Label, String)> {
        let (first, rest) = text.trim().split_once(char::is_whitespace)?;
        let label = Label::parse(first);
        let counts = match &label {
            Label::Component { .. } => true,
            Label::Main(_) | Label::Section(_) => first.ends_with(['.', ')']),
            Label::None | Label::Other(_) => false,
        };
        counts.then(|| (label, clean(rest)))
    }
}
