//! Vietnamese alphabetical order: a ă â b c d đ e ê … with tones, then case, deciding only between equals.
//!
//! Not left to the database: the workspace must open in plain `sqlite3`, without a collation of ours.

use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The alphabet, with the foreign letters f j w z where Vietnamese dictionaries put them.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
/// The marks that make another letter of the alphabet, not a tone.
const LETTER_MARKS: [char; 3] = ['\u{306}', '\u{302}', '\u{31B}'];
/// The tones in order: huyền, hỏi, ngã, sắc, nặng. Ngang has no mark and comes first.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// What a text is sorted by. Make it once per text where a long list is sorted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    units: Vec<Unit>,
    tones: Vec<Vec<u32>>,
    upper: Vec<bool>,
    /// Makes the order total: only texts that are the same after normalisation are equal.
    exact: String,
}

/// Compares two texts in Vietnamese alphabetical order.
///
/// Letters decide first, then tones (ngang, huyền, hỏi, ngã, sắc, nặng), then case (small first). Spaces come before
/// punctuation, that before numbers, those before letters; a run of digits counts as one number, so that `Phường 2` comes
/// before `Phường 10`. Texts are equal only if their normal forms are.
pub fn compare(a: &str, b: &str) -> Ordering {
    if a == b { Ordering::Equal } else { sort_key(a).cmp(&sort_key(b)) }
}

/// Returns the key whose order is that of [`compare`], for `sort_by_cached_key`.
pub fn sort_key(text: &str) -> SortKey {
    let exact: String = text.nfd().collect();
    let mut key = SortKey { units: Vec::new(), tones: Vec::new(), upper: Vec::new(), exact: String::new() };
    let mut rest = exact.chars().peekable();
    while let Some(c) = rest.next() {
        let mut digits = String::new();
        if c.is_ascii_digit() {
            digits.push(c);
            while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
        } else if c.is_whitespace() {
            while rest.next_if(|c| c.is_whitespace()).is_some() {}
        }
        let mut marks = Vec::new();
        while let Some(mark) = rest.next_if(|&c| is_combining_mark(c)) {
            marks.push(mark);
        }
        let unit = if digits.is_empty() { unit(c, &mut marks) } else { number(&digits) };
        key.units.push(unit);
        key.tones.push(marks.into_iter().map(tone_rank).collect());
        key.upper.push(c.is_uppercase());
    }
    key.exact = exact;
    key
}

/// One step of the comparison by letters; the order of the variants is the order of the kinds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Space,
    Punctuation(char),
    /// Shorter is smaller once leading zeros are gone; then the digits decide.
    Number {
        length: usize,
        digits: String,
    },
    /// Place in [`ALPHABET`].
    Letter(usize),
    /// A letter of another script.
    Foreign(char),
}

fn number(digits: &str) -> Unit {
    let digits = digits.trim_start_matches('0');
    Unit::Number { length: digits.len(), digits: digits.to_owned() }
}

/// Finds the unit of a character that is no digit, and takes the mark that belongs to the letter out of `marks`.
fn unit(c: char, marks: &mut Vec<char>) -> Unit {
    if c.is_whitespace() {
        return Unit::Space;
    }
    let small = c.to_lowercase().next().unwrap_or(c);
    let place = |letter: char| ALPHABET.chars().position(|other| other == letter);
    let marked = marks.iter().enumerate().filter(|(_, mark)| LETTER_MARKS.contains(mark)).find_map(|(i, &mark)| {
        // `None` where the mark makes no letter of ours, as on ĭ: it stays among the marks.
        Some((i, place(unicode_normalization::char::compose(small, mark)?)?))
    });
    if let Some((i, place)) = marked {
        marks.remove(i);
        return Unit::Letter(place);
    }
    match place(small) {
        Some(place) => Unit::Letter(place),
        None if c.is_alphabetic() => Unit::Foreign(small),
        None => Unit::Punctuation(c),
    }
}

/// Tones in their order, then every foreign mark by its number.
fn tone_rank(mark: char) -> u32 {
    TONES.iter().position(|&tone| tone == mark).map_or(u32::from(mark), |place| place as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks every pair, in both directions.
    fn in_order(texts: &[&str]) {
        for (i, a) in texts.iter().enumerate() {
            for (j, b) in texts.iter().enumerate() {
                assert_eq!(compare(a, b), i.cmp(&j), "{a:?} and {b:?}");
            }
        }
    }

    #[test]
    fn letters_follow_the_vietnamese_alphabet() {
        in_order(&[
            "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "ô", "ơ",
            "p", "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z",
        ]);
    }

    #[test]
    fn tones_follow_their_order_on_every_vowel() {
        in_order(&["ma", "mà", "mả", "mã", "má", "mạ", "mă"]);
        in_order(&["ê", "ề", "ể", "ễ", "ế", "ệ"]);
        in_order(&["ư", "ừ", "ử", "ữ", "ứ", "ự"]);
        in_order(&["y", "ỳ", "ỷ", "ỹ", "ý", "ỵ"]);
    }

    #[test]
    fn letters_decide_before_tones_and_tones_before_case() {
        in_order(&["hoa", "Hoa", "hòa", "Hòa", "hoan"]);
        in_order(&["an", "An", "ân"]);
    }

    #[test]
    fn names_of_districts_stand_in_alphabetical_order() {
        in_order(&[
            "Cam Lộ",
            "Cồn Cỏ",
            "Đakrông",
            "Đông Hà",
            "Gio Linh",
            "Hải Lăng",
            "Hướng Hóa",
            "Quảng Trị",
            "Triệu Phong",
            "Vĩnh Linh",
        ]);
    }

    #[test]
    fn numbers_inside_count_as_numbers() {
        in_order(&["Phường 1", "Phường 2", "Phường 10", "Phường 10a", "Phường An Đôn"]);
        in_order(&["I.2", "I.10", "II.1"]);
        in_order(&["M01", "M1", "M02", "M2", "M10"]);
        in_order(&["99999999999999999999998", "99999999999999999999999", "100000000000000000000000"]);
    }

    #[test]
    fn a_shorter_word_comes_first() {
        in_order(&["", "An", "An Dương", "An-ba", "An1", "Anh"]);
    }

    #[test]
    fn the_way_of_typing_does_not_matter() {
        let decomposed: String = "Hướng Hóa".nfd().collect();
        assert_eq!(compare("Hướng Hóa", &decomposed), Ordering::Equal);
        assert_eq!(compare(&decomposed, "Hướng Hòa"), Ordering::Greater);
    }

    #[test]
    fn foreign_letters_and_marks_have_a_place() {
        in_order(&["Munchen", "München", "z", "ß", "я", "漢"]);
        in_order(&["i", "ĭ", "k"]);
    }

    #[test]
    fn a_cached_key_sorts_a_list() {
        let mut list = vec!["Đông Hà", "Cam Lộ", "đá", "Da"];
        list.sort_by_cached_key(|text| sort_key(text));
        assert_eq!(list, ["Cam Lộ", "Da", "đá", "Đông Hà"]);
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof!["[aAăâđĐeéệ 019.-]{0,6}", "\\PC{0,8}", "[a\u{300}\u{302}\u{323}]{0,6}"]
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in any_text(), b in any_text(), c in any_text()) {
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            prop_assert_eq!(compare(&a, &a), Ordering::Equal);
            let mut sorted = [&a, &b, &c];
            sorted.sort_by(|a, b| compare(a, b));
            prop_assert!(compare(sorted[0], sorted[1]).is_le());
            prop_assert!(compare(sorted[1], sorted[2]).is_le());
            prop_assert!(compare(sorted[0], sorted[2]).is_le());
        }

        #[test]
        fn only_the_same_text_is_equal(a in any_text(), b in any_text()) {
            let same = a.nfd().eq(b.nfd());
            prop_assert_eq!(compare(&a, &b).is_eq(), same);
        }

        #[test]
        fn the_order_does_not_depend_on_how_it_was_typed(a in any_text(), b in any_text()) {
            let (decomposed, composed): (String, String) = (a.nfd().collect(), a.nfc().collect());
            prop_assert_eq!(compare(&decomposed, &b), compare(&composed, &b));
        }
    }
}
