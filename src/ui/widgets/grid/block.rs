//! Blocks of cells as the clipboard carries them between spreadsheets: lines and tabs, quotes where a cell needs them.
//!
//! A text that a spreadsheet would take for a formula goes out with a `'` in front, as in the tables of data packages, and
//! comes back without it; a number stays a number.

use crate::text::number::{NumberError, parse_decimal, parse_percent};

/// What a spreadsheet program takes for the beginning of a formula (OWASP, "CSV Injection").
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
const GUARD: char = '\'';

/// Writes rows of cells as a spreadsheet copies them.
pub fn to_block(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let quoted = |cell: String| {
        let cell = guarded(cell);
        if cell.contains(['\t', '\n', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    let line = |row: Vec<String>| row.into_iter().map(quoted).collect::<Vec<_>>().join("\t");
    rows.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Reads what a spreadsheet copied. The empty last line that Excel adds is no row.
pub fn parse_block(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let cell = rows.last_mut().and_then(|row| row.last_mut());
        let Some(cell) = cell else { break };
        match c {
            '"' if quoted && rest.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            c if quoted => cell.push(c),
            '\r' => {}
            '\n' => rows.push(vec![String::new()]),
            '\t' => {
                if let Some(row) = rows.last_mut() {
                    row.push(String::new());
                }
            }
            c => cell.push(c),
        }
    }
    if rows.last().is_some_and(|row| *row == [""]) {
        rows.pop();
    }
    rows.into_iter().map(|row| row.into_iter().map(unguarded).collect()).collect()
}

fn guarded(cell: String) -> String {
    let formula = cell.starts_with(FORMULA) && !is_number(&cell);
    if formula || cell.starts_with(GUARD) { format!("{GUARD}{cell}") } else { cell }
}

fn unguarded(cell: String) -> String {
    match cell.strip_prefix(GUARD) {
        Some(rest) if rest.starts_with(FORMULA) || rest.starts_with(GUARD) => rest.to_owned(),
        _ => cell,
    }
}

fn is_number(cell: &str) -> bool {
    let number = |read: Result<_, NumberError>| matches!(read, Ok(_) | Err(NumberError::Ambiguous { .. }));
    // Only a minus: no number of ours has a plus, and what has one is a telephone number.
    cell.starts_with('-') && (number(parse_decimal(cell)) || number(parse_percent(cell)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(of: &[&[&str]]) -> Vec<Vec<String>> {
        of.iter().map(|row| row.iter().map(|c| (*c).to_owned()).collect()).collect()
    }

    #[test]
    fn a_block_from_excel_is_read_with_empty_cells_and_without_the_empty_last_line() {
        assert_eq!(parse_block("10\t20\r\n\t30\r\n"), rows(&[&["10", "20"], &["", "30"]]));
        assert_eq!(parse_block(""), Vec::<Vec<String>>::new());
    }

    #[test]
    fn what_excel_would_take_for_a_formula_is_text_and_a_number_stays_one() {
        let block = rows(&[&["=1+1", "-5", "-1.234,5", "-3%", "+84 912", "@A1", "- chưa có", "'quote"]]);
        let copied = to_block(block.clone());
        assert_eq!(copied, "'=1+1\t-5\t-1.234,5\t-3%\t'+84 912\t'@A1\t'- chưa có\t''quote");
        assert_eq!(parse_block(&copied), block);
    }

    #[test]
    fn a_cell_with_lines_and_quotes_comes_back_as_it_was() {
        let block = rows(&[&["dòng 1\ndòng 2", "nói \"có\""], &["a\tb", "5\" ống"]]);
        assert_eq!(parse_block(&to_block(block.clone())), block);
    }
}
