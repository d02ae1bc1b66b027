//! Text with separators to rows of fields, for CSV files and pasted blocks.
//!
//! Not the `csv` crate: row numbers must be those that Excel shows, so empty lines count, a quoted line break does not,
//! and a quotation mark without an end is an error with its row.

use super::SheetError;

/// The separator of a CSV file: the one that occurs most in its first filled line. Excel's own `sep=;` line decides.
pub(super) fn separator(text: &str) -> char {
    let first = text.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or_default();
    if let Some(named) = first.trim().strip_prefix("sep=").and_then(|s| s.chars().next()) {
        return named;
    }
    let mut quoted = false;
    let outside: Vec<char> = first
        .chars()
        .filter(|&c| {
            quoted ^= c == '"';
            !quoted
        })
        .collect();
    let count = |separator: char| outside.iter().filter(|&&c| c == separator).count();
    // Of equals the later wins: a comma may belong to a word of a heading, a tab does not.
    [',', ';', '\t'].into_iter().max_by_key(|&s| count(s)).unwrap_or(',')
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
