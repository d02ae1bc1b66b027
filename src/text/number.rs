//! Numbers as offices type them, and as we write them. Exact decimals only: no floating point on the way.
//!
//! Windows set to Vietnamese writes `1.234,5`, and set to English `1,234.5`; offices have both. A number that the two
//! would read differently is refused with both readings ([`NumberError::Ambiguous`]), never guessed. Data packages use
//! [`plain`] and [`parse_plain`], where only the dot exists.

use std::borrow::Cow;

use rust_decimal::{Decimal, RoundingStrategy};

/// The most digits before the decimal mark: a number is below 10^15 in size.
const MAX_WHOLE_DIGITS: usize = 15;
/// The most digits after the decimal mark, trailing zeros not counted.
const MAX_DECIMALS: usize = 9;

/// Why a text is not taken as a number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    #[error("no number")]
    Empty,
    #[error("not a number")]
    NotANumber,
    /// One separator with three digits behind it, as in `1.234`: a person has to say which was meant.
    #[error("can be read as {as_thousands} or as {as_decimal}")]
    Ambiguous { as_thousands: Decimal, as_decimal: Decimal },
    /// A number in brackets, as accounts write what is below zero: a person has to say whether it is.
    #[error("{size} in brackets")]
    Bracketed { size: Decimal },
    #[error("10^15 or more")]
    TooBig,
    #[error("more than 9 decimals")]
    TooPrecise,
}

/// Reads a typed number: `1234.5`, `1234,5`, `1.234,5`, `1,234.5`, `1.234.567`, `1 234,5`, `-3`, `01`.
///
/// Full-width digits and marks are those that they stand for. Spaces around are ignored; groups may be set apart by a space, also a no-break or narrow one. The sign may be `+`, `-`
/// or `−`; whether a negative number makes sense is for the caller to say. The result is normalised (no trailing zeros,
/// no negative zero).
///
/// # Errors
/// `Ambiguous` for one separator with one to three digits before it, not beginning with 0, and exactly three behind
/// (`1.234`, but not `0.250` or `1234.567`); `Bracketed` for a number in brackets; `NotANumber` for exponents, other digits than `0` to `9`, uneven groups, a missing digit
/// before or behind the mark, and everything else that is not a number; `Empty`, `TooBig`, `TooPrecise` as they say.
pub fn parse_decimal(text: &str) -> Result<Decimal, NumberError> {
    let narrow = narrow(text);
    let text = narrow.trim();
    if let Some(inside) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return Err(match parse_unbracketed(inside.trim()) {
            Ok(size) if size.is_sign_negative() => NumberError::NotANumber,
            Ok(size) => NumberError::Bracketed { size },
            Err(error) => error,
        });
    }
    parse_unbracketed(text)
}

/// Reads a typed percentage, with or without `%` behind it, in percent: both `25,5%` and `25,5` give 25.5.
///
/// # Errors
/// As [`parse_decimal`].
pub fn parse_percent(text: &str) -> Result<Decimal, NumberError> {
    let narrow = narrow(text);
    let text = narrow.trim();
    match text.strip_suffix('%') {
        Some(number) if number.trim().is_empty() => Err(NumberError::NotANumber),
        Some(number) => parse_decimal(number),
        None => parse_decimal(text),
    }
}

/// Reads a number of a data package: an optional `-`, digits without leading zeros, an optional `.` and digits.
///
/// There is no exponent, no group, no `+` and no space. The result is normalised.
///
/// # Errors
/// `Empty`, `NotANumber`, `TooBig` and `TooPrecise`; never `Ambiguous`.
pub fn parse_plain(text: &str) -> Result<Decimal, NumberError> {
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    let (sign, body) = match text.strip_prefix('-') {
        Some(body) => (Sign::Minus, body),
        None => (Sign::Plus, text),
    };
    let (whole, decimals) = match body.split_once('.') {
        Some((_, "")) => return Err(NumberError::NotANumber),
        Some(parts) => parts,
        None => (body, ""),
    };
    if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
        return Err(NumberError::NotANumber);
    }
    build(sign, whole, decimals)
}

/// Writes a number the Vietnamese way, all decimals kept and trailing zeros left out: `1.234,5`.
///
/// For reading, not for editing: `1.234` would be refused when read back. See [`format_for_edit`].
pub fn format_decimal(number: Decimal) -> String {
    vietnamese(&plain(number), Groups::Thousands)
}

/// Writes a number into a field where a person edits it: a decimal comma and no groups, so that [`parse_decimal`] gives
/// the same number back. 1.234 is written `1,2340`, as `1,234` can be read two ways.
pub fn format_for_edit(number: Decimal) -> String {
    let mut text = vietnamese(&plain(number), Groups::None);
    if matches!(parse_decimal(&text), Err(NumberError::Ambiguous { .. })) {
        text.push('0');
    }
    text
}

/// The number with at most `places` decimals, half rounded away from zero as people do: the one rounding of figures that
/// are shown, so that no two places show different ones.
pub fn rounded(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// Writes a number the Vietnamese way with exactly `places` decimals (28 at most), half rounded away from zero.
pub fn format_fixed(number: Decimal, places: u32) -> String {
    let places = places.min(Decimal::MAX_SCALE);
    let mut text = plain(rounded(number, places));
    if places > 0 {
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        if decimals == 0 {
            text.push('.');
        }
        text.extend(std::iter::repeat_n('0', places as usize - decimals));
    }
    vietnamese(&text, Groups::Thousands)
}

/// Writes a number that is in percent, with at most two decimals: 45.678 gives `45,68%`.
///
/// What is short of 100 % never reads as `100%`: 99.996 gives `99,99%`.
pub fn format_percent(percent: Decimal) -> String {
    let shown = rounded(percent, 2);
    let short_of_all = percent < Decimal::ONE_HUNDRED && shown == Decimal::ONE_HUNDRED;
    format_decimal(if short_of_all { Decimal::new(99_99, 2) } else { shown }) + "%"
}

/// Writes a number in its one canonical form: a dot, no group, no exponent, no trailing zeros, `0` for negative zero.
///
/// Data packages and content hashes rest on this form; it must never change.
pub fn plain(number: Decimal) -> String {
    if number.is_zero() { "0".to_owned() } else { number.normalize().to_string() }
}

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Plus,
    Minus,
}

enum Groups {
    Thousands,
    None,
}

fn parse_unbracketed(text: &str) -> Result<Decimal, NumberError> {
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    let (sign, body) = split_sign(text);
    if !body.starts_with(|c: char| c.is_ascii_digit()) || !body.ends_with(|c: char| c.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    let separators: Vec<(usize, char)> = body.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    let Some(&(at, last)) = separators.last() else {
        return build(sign, body, "");
    };
    if separators.iter().any(|&(_, c)| !is_mark(c) && !is_group_space(c)) {
        return Err(NumberError::NotANumber);
    }
    let last_alone = separators.iter().filter(|&&(_, c)| c == last).count() == 1;
    if is_group_space(last) || !last_alone {
        return build(sign, &join_groups(body)?, "");
    }
    let (whole, decimals) = (&body[..at], &body[at + last.len_utf8()..]);
    if separators.len() > 1 {
        return build(sign, &join_groups(whole)?, decimals);
    }
    if decimals.len() == 3 && whole.len() <= 3 && !whole.starts_with('0') {
        return Err(NumberError::Ambiguous {
            as_thousands: build(sign, &[whole, decimals].concat(), "")?,
            as_decimal: build(sign, whole, decimals)?,
        });
    }
    build(sign, whole, decimals)
}

/// Full-width digits and marks (U+FF05 to U+FF19), as an East Asian keyboard types them, in their usual width.
fn narrow(text: &str) -> Cow<'_, str> {
    let wide = |c: char| matches!(c, '０'..='９' | '．' | '，' | '＋' | '－' | '％' | '（' | '）');
    if !text.contains(wide) {
        return Cow::Borrowed(text);
    }
    let narrow = |c: char| if wide(c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c };
    Cow::Owned(text.chars().map(narrow).collect())
}

fn split_sign(text: &str) -> (Sign, &str) {
    if let Some(body) = text.strip_prefix(['-', '\u{2212}']) {
        (Sign::Minus, body)
    } else {
        (Sign::Plus, text.strip_prefix('+').unwrap_or(text))
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',')
}

/// Space, no-break space, thin space, narrow no-break space.
fn is_group_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}')
}

/// Takes the separators out of `1.234.567`: one kind of separator, one to three digits, then threes.
fn join_groups(text: &str) -> Result<String, NumberError> {
    let mut separators = text.chars().filter(|c| !c.is_ascii_digit());
    let first = separators.next();
    let alike = |c: char| Some(c) == first || (is_group_space(c) && first.is_some_and(is_group_space));
    let mut groups = text.split(|c: char| !c.is_ascii_digit());
    let head = groups.next().unwrap_or_default();
    let head_fits = (1..=3).contains(&head.len()) && !head.starts_with('0');
    if separators.all(alike) && head_fits && groups.all(|group| group.len() == 3) {
        Ok(text.chars().filter(char::is_ascii_digit).collect())
    } else {
        Err(NumberError::NotANumber)
    }
}

/// Builds the number from its digits, and is the one place where the limits are checked.
fn build(sign: Sign, whole: &str, decimals: &str) -> Result<Decimal, NumberError> {
    if !whole.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    let (whole, decimals) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
    if whole.len() > MAX_WHOLE_DIGITS {
        return Err(NumberError::TooBig);
    }
    if decimals.len() > MAX_DECIMALS {
        return Err(NumberError::TooPrecise);
    }
    let size = whole.bytes().chain(decimals.bytes()).fold(0_i128, |n, b| n * 10 + i128::from(b - b'0'));
    let signed = if sign == Sign::Minus { -size } else { size };
    Decimal::try_from_i128_with_scale(signed, decimals.len() as u32).map_err(|_| NumberError::TooBig)
}

/// Turns `-1234.50` into `-1.234,50`.
fn vietnamese(plain: &str, groups: Groups) -> String {
    let (sign, body) = match plain.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", plain),
    };
    let (whole, decimals) = match body.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (body, None),
    };
    let mut text = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if matches!(groups, Groups::Thousands) && i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    if let Some(decimals) = decimals {
        text.push(',');
        text.push_str(decimals);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dec(plain: &str) -> Decimal {
        parse_plain(plain).expect("a plain number")
    }

    #[test]
    fn what_is_short_of_all_never_reads_as_all() {
        assert_eq!(format_percent(dec("99.996")), "99,99%");
        assert_eq!(format_percent(dec("100")), "100%");
        assert_eq!(format_percent(dec("100.004")), "100%");
        assert_eq!(format_percent(dec("45.678")), "45,68%");
    }

    fn reads(text: &str, as_plain: &str) {
        assert_eq!(parse_decimal(text).map(plain), Ok(as_plain.to_owned()), "{text:?}");
    }

    fn refused(text: &str, error: NumberError) {
        assert_eq!(parse_decimal(text), Err(error), "{text:?}");
    }

    #[test]
    fn both_ways_of_writing_are_read() {
        reads("1234.5", "1234.5");
        reads("1234,5", "1234.5");
        reads("1.234,5", "1234.5");
        reads("1,234.5", "1234.5");
        reads("1.234.567", "1234567");
        reads("1,234,567", "1234567");
        reads("1.234.567,89", "1234567.89");
        reads("1.234,567", "1234.567");
        reads("1234,567", "1234.567");
        reads("1,50", "1.5");
    }

    #[test]
    fn spaces_may_set_groups_apart() {
        reads("1 234,5", "1234.5");
        reads("1\u{A0}234\u{202F}567.5", "1234567.5");
        reads("1 234", "1234");
        reads("12 345.678", "12345.678");
        refused("1 23", NumberError::NotANumber);
        refused("1  234", NumberError::NotANumber);
        refused("1 234.567,8", NumberError::NotANumber);
        refused("1,5 234", NumberError::NotANumber);
    }

    #[test]
    fn signs_zeros_and_space_around_do_not_matter() {
        reads(" 01 ", "1");
        reads("\u{A0}+5\u{A0}", "5");
        reads("-3,5", "-3.5");
        reads("\u{2212}3", "-3");
        reads("-0,0", "0");
        reads("007,50", "7.5");
        refused("- 3", NumberError::NotANumber);
        refused("--3", NumberError::NotANumber);
    }

    #[test]
    fn a_number_with_two_readings_is_refused_with_both() {
        for (text, thousands, decimal) in [
            ("1.234", "1234", "1.234"),
            ("1,234", "1234", "1.234"),
            ("12.000", "12000", "12"),
            ("-999,999", "-999999", "-999.999"),
        ] {
            let (as_thousands, as_decimal) = (dec(thousands), dec(decimal));
            refused(text, NumberError::Ambiguous { as_thousands, as_decimal });
        }
    }

    #[test]
    fn full_width_digits_are_digits() {
        reads("１２", "12");
        reads("１．２３４，５", "1234.5");
        reads("－３", "-3");
        assert_eq!(parse_percent("２５，５％"), Ok(dec("25.5")));
    }

    #[test]
    fn a_number_in_brackets_is_asked_about() {
        refused("(5)", NumberError::Bracketed { size: dec("5") });
        refused("( 1.234,5 )", NumberError::Bracketed { size: dec("1234.5") });
        assert!(matches!(parse_decimal("(1.234)"), Err(NumberError::Ambiguous { .. })));
        refused("()", NumberError::Empty);
    }

    #[test]
    fn a_leading_zero_makes_it_a_decimal() {
        reads("0.250", "0.25");
        reads("0,250", "0.25");
        reads("-0.125", "-0.125");
        refused("0.250.000", NumberError::NotANumber);
        refused("0.250,5", NumberError::NotANumber);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        refused("", NumberError::Empty);
        refused(" \u{A0}\t", NumberError::Empty);
        for text in [
            "NaN",
            "inf",
            "1e999",
            "1e5",
            "1E5",
            "0x10",
            "١٢",
            "(-5)",
            "((5))",
            "(5",
            "1..2",
            "1,,2",
            "1,2,3",
            "1.23.456",
            "1.2345.678",
            "1234.567.890",
            "1.234.5",
            "1,234,5.6",
            "1.234,567.8",
            ".5",
            "5.",
            ",",
            "-",
            "+",
            "1/2",
            "12%",
            "1_000",
            "1'000",
            "5 tỷ",
            "1.234,5,6",
            "1\t234",
            "1\n234",
            "½",
        ] {
            refused(text, NumberError::NotANumber);
        }
    }

    #[test]
    fn size_and_precision_have_limits() {
        reads("999999999999999,999999999", "999999999999999.999999999");
        reads("000000000000000000001", "1");
        reads("0,1000000000000", "0.1");
        refused("1000000000000000", NumberError::TooBig);
        refused("-1.000.000.000.000.000", NumberError::TooBig);
        refused(&"9".repeat(100_000), NumberError::TooBig);
        refused("0,0000000001", NumberError::TooPrecise);
        refused(&format!("0,{}", "1".repeat(100_000)), NumberError::TooPrecise);
    }

    #[test]
    fn a_percent_sign_is_read_only_as_a_percentage() {
        for text in ["25,5%", "25,5", " 25,5 % ", "25.5\u{A0}%"] {
            assert_eq!(parse_percent(text), Ok(dec("25.5")), "{text:?}");
        }
        assert_eq!(parse_percent(""), Err(NumberError::Empty));
        for text in ["%", " % ", "25%%", "%25", "25% 1"] {
            assert_eq!(parse_percent(text), Err(NumberError::NotANumber), "{text:?}");
        }
        assert!(matches!(parse_percent("1.234%"), Err(NumberError::Ambiguous { .. })));
    }

    #[test]
    fn a_package_number_knows_only_the_dot() {
        assert_eq!(parse_plain("1.234").map(plain), Ok("1.234".to_owned()));
        assert_eq!(parse_plain("-0.50").map(plain), Ok("-0.5".to_owned()));
        assert_eq!(parse_plain("-0").map(plain), Ok("0".to_owned()));
        assert_eq!(parse_plain(""), Err(NumberError::Empty));
        assert_eq!(parse_plain("1000000000000000"), Err(NumberError::TooBig));
        assert_eq!(parse_plain("0.0000000001"), Err(NumberError::TooPrecise));
        for text in ["1,5", "01", "+1", " 1", "1 ", "1.", ".5", "-", "1e5", "1.2.3", "1 234", "NaN", "--1", "１"] {
            assert_eq!(parse_plain(text), Err(NumberError::NotANumber), "{text:?}");
        }
    }

    #[test]
    fn numbers_are_written_with_dot_groups_and_a_comma() {
        assert_eq!(format_decimal(dec("1234.50")), "1.234,5");
        assert_eq!(format_decimal(dec("-1234567")), "-1.234.567");
        assert_eq!(format_decimal(dec("-123")), "-123");
        assert_eq!(format_decimal(dec("0.8002")), "0,8002");
        assert_eq!(format_decimal(-Decimal::ZERO), "0");
    }

    #[test]
    fn fixed_places_round_half_away_from_zero() {
        assert_eq!(format_fixed(dec("1234.5"), 2), "1.234,50");
        assert_eq!(format_fixed(dec("2.5"), 0), "3");
        assert_eq!(format_fixed(dec("-2.345"), 2), "-2,35");
        assert_eq!(format_fixed(dec("-0.001"), 2), "0,00");
        assert_eq!(format_fixed(dec("999.999"), 2), "1.000,00");
        assert_eq!(format_fixed(dec("7"), u32::MAX).len(), 30);
    }

    #[test]
    fn a_percentage_keeps_at_most_two_decimals() {
        assert_eq!(format_percent(dec("45.678")), "45,68%");
        assert_eq!(format_percent(dec("100")), "100%");
        assert_eq!(format_percent(dec("-0.001")), "0%");
    }

    #[test]
    fn the_canonical_form_is_one_for_every_value() {
        assert_eq!(plain(Decimal::new(15_000, 4)), "1.5");
        assert_eq!(plain(Decimal::new(-10, 1)), "-1");
        assert_eq!(plain(-Decimal::new(0, 5)), "0");
        assert_eq!(plain(Decimal::MAX), "79228162514264337593543950335");
        assert_eq!(plain(Decimal::new(1, 28)), "0.0000000000000000000000000001");
    }

    #[test]
    fn a_field_for_editing_is_never_ambiguous() {
        assert_eq!(format_for_edit(dec("1234")), "1234");
        assert_eq!(format_for_edit(dec("1.234")), "1,2340");
        assert_eq!(format_for_edit(dec("0.25")), "0,25");
    }

    prop_compose! {
        fn allowed()(size in -999_999_999_999_999_999_999_999_i128..=999_999_999_999_999_999_999_999, scale in 0_u32..=9, cut in 0_u32..24)
            -> Decimal {
            let size = size / 10_i128.pow(cut);
            let size = if scale < 9 { size % 1_000_000_000_000_000 } else { size };
            Decimal::from_i128_with_scale(size, scale)
        }
    }

    proptest! {
        #[test]
        fn a_number_for_editing_is_read_back_the_same(number in allowed()) {
            prop_assert_eq!(parse_decimal(&format_for_edit(number)), Ok(number));
        }

        #[test]
        fn a_plain_number_is_read_back_the_same(number in allowed()) {
            let text = plain(number);
            prop_assert_eq!(parse_plain(&text), Ok(number));
            prop_assert_eq!(parse_plain(&text).map(plain), Ok(text));
        }

        #[test]
        fn a_written_number_is_read_back_or_its_value_is_among_the_readings(number in allowed()) {
            match parse_decimal(&format_decimal(number)) {
                Ok(read) => prop_assert_eq!(read, number),
                Err(NumberError::Ambiguous { as_thousands, as_decimal }) => {
                    prop_assert!(number == as_thousands || number == as_decimal);
                }
                Err(error) => prop_assert!(false, "{}", error),
            }
        }

        #[test]
        fn a_fixed_number_has_its_places(number in allowed(), places in 1_u32..=6) {
            let text = format_fixed(number, places);
            prop_assert_eq!(text.split_once(',').map(|(_, decimals)| decimals.len()), Some(places as usize));
        }

        #[test]
        fn no_text_makes_reading_panic(text in "[-+0-9., %\u{A0}eN\u{301}]*") {
            let _ = (parse_decimal(&text), parse_percent(&text), parse_plain(&text));
        }

        #[test]
        fn swapping_dot_and_comma_does_not_change_the_reading(text in "-?[0-9]{1,4}([.,][0-9]{1,4}){0,3}") {
            let swapped: String =
                text.chars().map(|c| match c { '.' => ',', ',' => '.', c => c }).collect();
            prop_assert_eq!(parse_decimal(&swapped), parse_decimal(&text));
        }
    }
}
