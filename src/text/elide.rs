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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_that_fits_is_left_alone() {
        assert_eq!(elide("Đông Hà", 7), "Đông Hà");
        assert_eq!(elide("", 0), "");
    }

    #[test]
    fn the_cut_falls_between_words() {
        assert_eq!(elide("Sở Thông tin và Truyền thông", 16), "Sở Thông tin và…");
        assert_eq!(elide("Sở Thông tin và Truyền thông", 15), "Sở Thông tin…");
        assert_eq!(elide("Gio Linh, Cam Lộ", 11), "Gio Linh…");
    }

    #[test]
    fn a_long_word_is_cut_inside() {
        assert_eq!(elide("bao-cao-chuyen-doi-so.docx", 10), "bao-cao-c…");
        assert_eq!(elide("a bao-cao-chuyen-doi-so.docx", 10), "a bao-cao…");
    }

    #[test]
    fn a_letter_keeps_its_mark() {
        assert_eq!(elide("abe\u{302}\u{301}def", 4), "ab…");
        assert_eq!(elide("abe\u{302}\u{301}def", 6), "abe\u{302}\u{301}…");
    }

    #[test]
    fn hardly_any_room_is_no_trouble() {
        assert_eq!(elide("Quảng Trị", 0), "");
        assert_eq!(elide("Quảng Trị", 1), "…");
        assert_eq!(elide("Quảng Trị", 2), "Q…");
    }

    proptest! {
        #[test]
        fn the_result_fits_and_begins_the_text(text: String, max in 0_usize..40) {
            let short = elide(&text, max);
            prop_assert!(short.chars().count() <= max);
            prop_assert!(short == text || text.starts_with(short.trim_end_matches('…')));
        }
    }
}
