//! Bytes of a text file to text: UTF-8 with or without a byte order mark, UTF-16 with one (Excel's "Unicode Text").
//!
//! Other bytes become the Latin letters that stand for them, and are marked so: what they are is for `legacy`.

use super::SheetError;
use super::legacy::Source;
use crate::text::legacy::latin;

pub(super) fn text(bytes: &[u8]) -> Result<(String, Source), SheetError> {
    let unicode = |text: String| (text, Source::Unicode);
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes).map(unicode),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes).map(unicode),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<(String, Source), SheetError> {
    // A NUL is no text: UTF-16 without a mark, or a program file.
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(SheetError::NotText { line: line_of(&bytes[..at]) });
    }
    Ok(match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Source::Unicode),
        Err(e) => (latin(bytes), Source::Bytes { line: line_of(&bytes[..e.valid_up_to()]) }),
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, SheetError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let mut text = String::with_capacity(bytes.len());
    for c in char::decode_utf16(units) {
        text.push(c.map_err(|_| SheetError::NotText { line: line_of(text.as_bytes()) })?);
    }
    if rest.is_empty() { Ok(text) } else { Err(SheetError::NotText { line: line_of(text.as_bytes()) }) }
}

/// The number of the line that follows these bytes. Line ends are `\n`, `\r\n` or a lone `\r`.
fn line_of(before: &[u8]) -> usize {
    let lone = |(i, b): (usize, &u8)| *b == b'\r' && before.get(i + 1) != Some(&b'\n');
    1 + before.iter().filter(|b| **b == b'\n').count() + before.iter().enumerate().filter(|&x| lone(x)).count()
}
