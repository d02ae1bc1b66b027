//! Shortening a text to what a cell or a line can hold.

use unicode_normalization::char::is_combining_mark;

/// Returns the text, cut to at most `max_chars` characters, the closing "…" among them.
///
/// The cut falls between words when that keeps at least half of the room, else inside a word, and never between a letter
/// and its mark. Nothing fits into 0 characters: the result is empty then.
pub fn elide(text: &str, max_chars: usize) -> String {
    if text.chars().nth(max_chars).is_none() {
        return text.to_owned();
    }
    if max_chars == 0 {
        return String::new();
    }
    let room = max_chars - 1;
    let chars: Vec<char> = text.chars().take(max_chars).collect();
    let cut = if chars[room].is_whitespace() {
        room
    } else {
        match chars[..room].iter().rposition(|c| c.is_whitespace()) {
            Some(space) if space * 2 >= room => space,
            _ => before_marks(&chars, room),
        }
    };
    let kept: String = chars[..cut].iter().collect();
    format!("{}…", kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':')))
}

/// Moves a cut that would leave a mark without its letter to before the letter.
fn before_marks(chars: &[char], mut cut: usize) -> usize {
    while cut > 0 && is_combining_mark(chars[cut]) {
        cut -= 1;
    }
    cut
}
