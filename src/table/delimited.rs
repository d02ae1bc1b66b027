//! Text with separators to rows of fields, for CSV files and pasted blocks.
//!
//! Not the `csv` crate: row numbers must be those that Excel shows, so empty lines count, a quoted line break does not,
//! and a quotation mark without an end is an error with its row.

use super::SheetError;

/// Lines that are searched for the separator: a title may stand above the headings.
const SEARCHED: usize = 20;

/// The separator of a CSV file: the one that occurs most in its first line with several, which a title seldom has; in a
/// table of two columns, in its first line with one. Excel's own `sep=;` line decides.
pub(super) fn separator(text: &str) -> char {
    let lines = || text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(SEARCHED);
    let first = lines().next().unwrap_or_default();
    if let Some(named) = first.trim().strip_prefix("sep=").and_then(|s| s.chars().next()) {
        return named;
    }
    let counted: Vec<(usize, char)> = lines().map(most_frequent).collect();
    let with = |least: usize| counted.iter().find(|(count, _)| *count >= least).map(|(_, separator)| *separator);
    with(2).or_else(|| with(1)).unwrap_or('\t')
}

/// How often the most frequent separator of a line occurs outside quotation marks, and which it is.
fn most_frequent(line: &str) -> (usize, char) {
    let mut quoted = false;
    let outside: Vec<char> = line
        .chars()
        .filter(|&c| {
            quoted ^= c == '"';
            !quoted
        })
        .collect();
    let count = |separator: char| outside.iter().filter(|&&c| c == separator).count();
    // Of equals the later wins: a comma may belong to a word of a heading, a tab does not.
    [',', ';', '\t'].into_iter().map(|s| (count(s), s)).max_by_key(|(count, _)| *count).unwrap_or((0, ','))
}

/// Splits into rows and fields. Lines end in `\n`, `\r\n` or a lone `\r`; `""` in a quoted field is one `"`.
pub(super) fn parse(text: &str, separator: char) -> Result<Vec<Vec<String>>, SheetError> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut field = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if field.is_empty() => {
                quoted(&mut chars, &mut field).ok_or(SheetError::OpenQuote { row: rows.len() + 1 })?
            }
            '\n' | '\r' => {
                if c == '\r' {
                    chars.next_if_eq(&'\n');
                }
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            _ if c == separator => row.push(std::mem::take(&mut field)),
            _ => field.push(c),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    // The line that names the separator keeps its number and loses its content.
    if let Some(first) = rows.first_mut()
        && first.concat().trim().starts_with("sep=")
    {
        first.clear();
    }
    Ok(rows)
}

/// Reads up to the closing quotation mark; none where there is none.
fn quoted(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, field: &mut String) -> Option<()> {
    loop {
        match chars.next()? {
            '"' if chars.next_if_eq(&'"').is_none() => return Some(()),
            c => field.push(c),
        }
    }
}
