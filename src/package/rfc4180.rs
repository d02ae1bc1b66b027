//! CSV as the format writes it (RFC 4180): one way to write each row, so that no two readers understand it differently.
//!
//! The reader takes what the writer writes and nothing else: a stray quotation mark, a lone CR or LF, needless quotes are
//! a fault, not another dialect. Whoever opens the file in Excel must not start a formula: [`guard`].

/// Why a row cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowFault {
    /// Not as [`write_row`] writes it.
    Form,
    /// Cells found, fewer or more than there are columns.
    Width(usize),
}

/// Appends a row, its cells quoted where they need it.
pub(super) fn write_row<'a>(cells: impl IntoIterator<Item = &'a str>, out: &mut String) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        if needs_quotes(cell) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

/// Takes the next row of `width` cells off the text; none at its end.
pub(super) fn take_row(text: &mut &str, width: usize) -> Result<Option<Vec<String>>, RowFault> {
    if text.is_empty() {
        return Ok(None);
    }
    let mut cells = Vec::with_capacity(width);
    let mut found = 0;
    loop {
        let cell = take_cell(text)?;
        found += 1;
        // However many there are, no more are kept than there are columns.
        if found <= width {
            cells.push(cell);
        }
        if let Some(rest) = text.strip_prefix(',') {
            *text = rest;
        } else if let Some(rest) = text.strip_prefix("\r\n") {
            *text = rest;
            break;
        } else {
            return Err(RowFault::Form);
        }
    }
    if found == width { Ok(Some(cells)) } else { Err(RowFault::Width(found)) }
}

/// What a spreadsheet program takes for the beginning of a formula (OWASP, "CSV Injection").
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];
const GUARD: char = '\'';

/// Text that no spreadsheet program takes for a formula: what begins like one, or like a guarded text, gets a `'` in front.
pub(super) fn guard(text: &str) -> String {
    match text.starts_with(FORMULA) || text.starts_with(GUARD) {
        true => format!("{GUARD}{text}"),
        false => text.to_owned(),
    }
}

/// The text that [`guard`] made this of; none where it would have made something else of it.
pub(super) fn unguard(cell: &str) -> Option<&str> {
    let text = cell.strip_prefix(GUARD).unwrap_or(cell);
    (guard(text) == cell).then_some(text)
}

fn needs_quotes(cell: &str) -> bool {
    cell.contains([',', '"', '\r', '\n'])
}

/// Takes a cell off the text, up to its comma or line end.
fn take_cell(text: &mut &str) -> Result<String, RowFault> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', '\r', '\n', '"']).unwrap_or(text.len());
        let (cell, rest) = text.split_at(end);
        *text = rest;
        return Ok(cell.to_owned());
    };
    let mut cell = String::new();
    let mut rest = quoted;
    loop {
        let (part, behind) = rest.split_once('"').ok_or(RowFault::Form)?;
        cell.push_str(part);
        match behind.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None => {
                *text = behind;
                return if needs_quotes(&cell) { Ok(cell) } else { Err(RowFault::Form) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn take(mut text: &str, width: usize) -> Result<Option<Vec<String>>, RowFault> {
        take_row(&mut text, width)
    }

    #[test]
    fn a_row_has_one_form() {
        assert_eq!(take("", 2), Ok(None));
        assert_eq!(take("a,b\r\n", 2), Ok(Some(vec!["a".into(), "b".into()])));
        assert_eq!(take("\"a,\"\"\",\r\n", 2), Ok(Some(vec!["a,\"".into(), String::new()])));
        for other in ["a,b", "a,b\n", "a,b\r", "\"a\",b\r\n", "a,\"b\r\n", "a,b\"\r\n", "a,\"b,\"c\r\n", "a\n,b\r\n"] {
            assert_eq!(take(other, 2), Err(RowFault::Form), "{other:?}");
        }
        assert_eq!(take("a\r\n", 2), Err(RowFault::Width(1)));
        assert_eq!(take("\r\n", 2), Err(RowFault::Width(1)));
        assert_eq!(take(&(",".repeat(999_999) + "\r\n"), 2), Err(RowFault::Width(1_000_000)));
    }

    #[test]
    fn formulas_are_guarded() {
        for (text, guarded) in [
            ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
            ("+84 233", "'+84 233"),
            ("- Đã triển khai", "'- Đã triển khai"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("'a", "''a"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(guard(text), guarded);
            assert_eq!(unguard(guarded), Some(text));
        }
        assert_eq!(unguard("=1"), None);
        assert_eq!(unguard("'a"), None, "a guard that guards nothing");
    }

    proptest! {
        /// The `csv` crate, which nobody here wrote, writes the same and reads it back.
        #[test]
        fn what_is_written_is_what_an_independent_writer_writes(
            rows in prop::collection::vec(prop::collection::vec("[a,\"\r\n =ệ]{0,6}", 3), 0..5)
        ) {
            let mut ours = String::new();
            let mut theirs = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
            for row in &rows {
                write_row(row.iter().map(String::as_str), &mut ours);
                theirs.write_record(row).unwrap();
            }
            prop_assert_eq!(ours.as_bytes(), theirs.into_inner().unwrap());
            let mut rest = ours.as_str();
            for row in &rows {
                let taken = take_row(&mut rest, 3);
                prop_assert_eq!(taken, Ok(Some(row.clone())));
            }
            prop_assert_eq!(rest, "");
        }

        #[test]
        fn what_is_taken_would_be_written_just_so(text in "[a,\"\r\n]{0,12}", width in 1..4_usize) {
            let mut rest = text.as_str();
            while let Ok(Some(cells)) = { let before = rest; let taken = take_row(&mut rest, width); taken.inspect(|t| {
                if let Some(cells) = t {
                    let mut again = String::new();
                    write_row(cells.iter().map(String::as_str), &mut again);
                    assert_eq!(again, before[..before.len() - rest.len()]);
                }
            }) } {
                prop_assert_eq!(cells.len(), width);
            }
        }

        #[test]
        fn guarding_can_be_undone(text in "['=+@a\t-]{0,4}") {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), Some(text.as_str()));
            prop_assert!(!guarded.starts_with(FORMULA));
        }
    }
}
