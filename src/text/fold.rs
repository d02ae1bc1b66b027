//! One form for outside text (NFC, cleaned), and the folded form by which people search.
//!
//! Microsoft's Vietnamese keyboard types decomposed letters and UniKey composed ones: they look alike and do not compare
//! equal, so every text that enters goes through [`clean`] (or [`nfc`]) once. Text from before Unicode (TCVN3, VNI) is
//! [`super::legacy`]'s.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest slug that [`ascii_slug`] gives, in characters (all ASCII, so also in bytes).
const SLUG_MAX: usize = 40;

/// Returns the text in Unicode normal form C ("dựng sẵn").
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Says whether the text already is in Unicode normal form C.
pub fn is_nfc(text: &str) -> bool {
    unicode_normalization::is_nfc(text)
}

/// Returns outside text as we keep it: NFC, trimmed, lines ended by `\n`.
///
/// Control characters other than `\n` and `\t` go, and so do characters that nobody can see: byte order mark, zero-width
/// spaces and joiners, direction marks. NEL and the Unicode line and paragraph separators become `\n`. Cleaning twice
/// changes nothing.
pub fn clean(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    let mut after_cr = false;
    for c in text.chars() {
        let was_cr = std::mem::replace(&mut after_cr, c == '\r');
        match c {
            '\n' if was_cr => {}
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => visible.push('\n'),
            '\n' | '\t' => visible.push(c),
            _ if c.is_control() || is_invisible(c) => {}
            _ => visible.push(c),
        }
    }
    // Normalised after stripping: a zero-width character may have stood between a letter and its mark.
    nfc(&visible).trim().to_owned()
}

/// Returns the text folded for search: no diacritics, đ as d, lower case, single spaces, trimmed.
///
/// Folding twice changes nothing. Never store the result: it loses what the words mean.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // Lower case comes between two decompositions: `İ` lowers to `i` and a mark, which must go as well.
    let letters = text.nfd().flat_map(char::to_lowercase).nfd().filter(|&c| !is_combining_mark(c) && !is_invisible(c));
    let mut gap = false;
    for c in letters {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !folded.is_empty() {
            folded.push(' ');
        }
        folded.push(if c == 'đ' { 'd' } else { c });
    }
    folded
}

/// Says whether every word of `needle` occurs somewhere in `haystack`, both folded. An empty needle matches all.
pub fn matches(haystack: &str, needle: &str) -> bool {
    let haystack = fold(haystack);
    fold(needle).split(' ').all(|word| haystack.contains(word))
}

/// Returns a piece for a file name: `[a-z0-9-]` only, no `-` at either end or twice in a row, at most 40 characters.
///
/// Whatever is neither letter nor digit separates, as a space does. The result may be empty, and may be a name that
/// Windows reserves (`con`): the caller puts it beside a fixed part.
pub fn ascii_slug(text: &str) -> String {
    let mut slug = String::new();
    let mut gap = false;
    for c in fold(text).chars() {
        if !c.is_ascii_alphanumeric() {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !slug.is_empty() {
            slug.push('-');
        }
        slug.push(c);
    }
    slug.truncate(SLUG_MAX);
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Characters without width, which break comparison and search, or turn the direction of a line around.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nfd(text: &str) -> String {
        text.nfd().collect()
    }

    #[test]
    fn composed_and_decomposed_text_become_the_same() {
        let text = "Sở Thông tin và Truyền thông tỉnh Quảng Trị";
        assert_ne!(nfd(text), text);
        assert_eq!(nfc(&nfd(text)), text);
        assert!(is_nfc(text));
        assert!(!is_nfc(&nfd(text)));
    }

    #[test]
    fn cleaning_mends_line_ends_and_keeps_tabs() {
        assert_eq!(clean("  một\r\nhai\rba\n\tbốn \r\n"), "một\nhai\nba\n\tbốn");
        assert_eq!(clean("một\r\r\nhai\n\nba"), "một\n\nhai\n\nba");
        assert_eq!(clean("một\u{2028}hai\u{85}ba"), "một\nhai\nba");
    }

    #[test]
    fn cleaning_strips_what_nobody_sees() {
        assert_eq!(clean("\u{FEFF}Đông\u{200B} Hà\0\u{7}\u{1b}"), "Đông Hà");
        assert_eq!(clean("báo cáo\u{202E}xcod.exe"), "báo cáoxcod.exe");
        assert_eq!(clean("\u{FEFF} \u{A0}"), "");
    }

    #[test]
    fn a_mark_behind_a_zero_width_space_joins_its_letter() {
        assert_eq!(clean("e\u{200B}\u{302}"), "ê");
    }

    #[test]
    fn folding_drops_every_vietnamese_mark() {
        assert_eq!(fold("ĐƯỜNG  Nguyễn\u{A0}Huệ\n"), "duong nguyen hue");
        assert_eq!(fold(&nfd("Đặng Ẩn Ỷ Ỡ")), "dang an y o");
        assert_eq!(fold("İ"), "i");
    }

    #[test]
    fn every_folded_word_must_occur_in_any_order() {
        assert!(matches("Sở Thông tin và Truyền thông", "truyen so"));
        assert!(matches("UBND huyện Đakrông", "ĐAKR"));
        assert!(matches("bất kỳ", "  "));
        assert!(!matches("UBND thị xã Quảng Trị", "quảng bình"));
    }

    #[test]
    fn a_slug_holds_only_ascii_and_single_dashes() {
        assert_eq!(ascii_slug("Sở TT&TT – tỉnh Quảng Trị"), "so-tt-tt-tinh-quang-tri");
        assert_eq!(ascii_slug("../../Cồn Cỏ\\"), "con-co");
        assert_eq!(ascii_slug("…"), "");
    }

    #[test]
    fn a_long_slug_does_not_end_in_a_dash() {
        let slug = ascii_slug("Ban Quản lý Khu kinh tế tỉnh Quảng Trị a bc");
        assert_eq!(slug, "ban-quan-ly-khu-kinh-te-tinh-quang-tri-a");
        assert_eq!(ascii_slug(&format!("{} b", "a".repeat(39))), "a".repeat(39));
    }

    proptest! {
        #[test]
        fn normal_form_does_not_depend_on_how_it_was_typed(text in "\\PC*") {
            prop_assert_eq!(nfc(&nfd(&text)), nfc(&text));
            prop_assert!(is_nfc(&nfc(&text)));
        }

        #[test]
        fn cleaning_twice_changes_nothing(text: String) {
            let once = clean(&text);
            prop_assert!(is_nfc(&once));
            prop_assert_eq!(clean(&once), once);
        }

        #[test]
        fn folding_twice_changes_nothing(text: String) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_does_not_depend_on_how_it_was_typed(text in "[a-zA-ZÀ-ỹ ]*") {
            prop_assert_eq!(fold(&nfd(&text)), fold(&text));
        }

        #[test]
        fn every_text_matches_itself(text: String) {
            prop_assert!(matches(&text, &text));
        }

        #[test]
        fn a_slug_is_always_safe_in_a_file_name(text in "[ -~À-ỹ]*") {
            let slug = ascii_slug(&text);
            prop_assert!(slug.len() <= SLUG_MAX && !slug.contains("--"));
            prop_assert!(!slug.starts_with('-') && !slug.ends_with('-'));
            prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            prop_assert_eq!(ascii_slug(&slug), slug);
        }
    }
}
