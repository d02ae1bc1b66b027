//! How a table writes its numbers, where a person said so: `1.234` can be read two ways, but not once it is known whether
//! the dot or the comma sets the thousands apart.

use super::layout::Layout;
use super::rows::{Loading, Reason};
use super::{Cell, Column, Field, FieldError, Sheet};
use crate::text::number::{NumberError, parse_decimal};

/// What sets the thousands apart in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Marks {
    /// Nobody has said: a number that can be read two ways is refused with both.
    #[default]
    Ask,
    /// `1.234,5`
    DotThousands,
    /// `1,234.5`
    CommaThousands,
}

impl Marks {
    /// The text with its number in one reading; none where it has no number of two. A unit behind it stays.
    pub fn settle(self, text: &str) -> Option<String> {
        let thousands = match self {
            Marks::Ask => return None,
            Marks::DotThousands => '.',
            Marks::CommaThousands => ',',
        };
        let (from, to) = (text.find(|c: char| c.is_ascii_digit())?, text.rfind(|c: char| c.is_ascii_digit())? + 1);
        let number = &text[from..to];
        if !matches!(parse_decimal(number), Err(NumberError::Ambiguous { .. })) {
            return None;
        }
        let one_way = match number.contains(thousands) {
            true => number.replace(thousands, ""),
            // A fourth decimal, and no reader takes the mark for one of thousands.
            false => format!("{number}0"),
        };
        Some(format!("{}{one_way}{}", &text[..from], &text[to..]))
    }
}

impl Loading {
    /// A number that can be read two ways, as typed, for each row that was refused for one.
    pub fn ambiguous(&self) -> impl Iterator<Item = &str> {
        self.rejected.iter().filter_map(|row| match &row.reason {
            Reason::Field(FieldError::Number { text, error: NumberError::Ambiguous { .. }, .. }) => Some(text.as_str()),
            _ => None,
        })
    }
}

/// The sheet with each number that could be read two ways written so that it is read as the marks say.
pub(super) fn settle(sheet: &Sheet, layout: &Layout, marks: Marks) -> Sheet {
    let mut sheet = sheet.clone();
    for row in &mut sheet.rows {
        for (cell, heading) in row.cells.iter_mut().zip(&layout.columns) {
            let number = matches!(
                heading.column,
                Some(Column::Field(Field::Numerator | Field::Denominator | Field::Value | Field::Percent))
            );
            if let (true, Cell::Text(text)) = (number, &mut *cell)
                && let Some(settled) = marks.settle(text)
            {
                *cell = Cell::Text(settled);
            }
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_number_of_two_readings_is_written_anew_and_a_unit_stays() {
        let vietnamese = |text: &str| Marks::DotThousands.settle(text);
        let english = |text: &str| Marks::CommaThousands.settle(text);
        assert_eq!(vietnamese("1.234").as_deref(), Some("1234"));
        assert_eq!(vietnamese("-1,234").as_deref(), Some("-1,2340"));
        assert_eq!(vietnamese("1.234 triệu đồng").as_deref(), Some("1234 triệu đồng"));
        assert_eq!(english("1,234%").as_deref(), Some("1234%"));
        assert_eq!(english("1.234").as_deref(), Some("1.2340"));
        for clear in ["1.234,5", "1234", "12,5", "", "không", "1.234 và 2.345"] {
            assert_eq!((vietnamese(clear), english(clear), Marks::Ask.settle(clear)), (None, None, None), "{clear}");
        }
        assert_eq!(Marks::Ask.settle("1.234"), None);
    }
}
