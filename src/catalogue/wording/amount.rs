//! What stands behind the colon of a case, and behind "Điểm =": points, a part of the maximum, or a formula.

use rust_decimal::Decimal;

use crate::text::fold;
use crate::text::number::{NumberError, parse_decimal};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Amount {
    /// "20 điểm"
    Points(Decimal),
    /// "1/2*Điểm tối đa", "50% điểm tối đa", "Điểm tối đa": so many of so many parts of the maximum.
    Share(Decimal, Decimal),
    Formula(Formula),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Formula {
    /// "Tỷ lệ*Điểm tối đa"; the fraction where it stands in the place of "Tỷ lệ".
    Ratio(Option<Fraction>),
    /// "Tỷ lệ/80%*Điểm tối đa": full points from so many percent on.
    Scaled(Option<Fraction>, Decimal),
    /// "Tỷ lệ chuẩn hóa*Điểm tối đa".
    Best,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fraction {
    pub numerator: Side,
    pub denominator: Side,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Side {
    /// "a", "a+b"
    Letters(Vec<String>),
    /// "Tổng số văn bản"
    Words(String),
}

impl Side {
    pub(super) fn has(&self, name: &String) -> bool {
        matches!(self, Side::Letters(names) if names.contains(name))
    }
}

impl Amount {
    /// Points of the maximum; none for a formula, and where they have no exact decimal.
    pub(super) fn points(&self, maximum: Decimal) -> Option<Decimal> {
        match self {
            Amount::Points(points) => Some(*points),
            Amount::Share(over, under) => {
                let parts = maximum.checked_mul(*over)?;
                let points = parts.checked_div(*under)?;
                (points.checked_mul(*under)? == parts).then_some(points)
            }
            Amount::Formula(_) => None,
        }
    }
}

const MAXIMUM: &str = "diemtoida";
const RATIO: &str = "tyle";
/// Words before an amount that say nothing.
const BEFORE: [&str; 9] = ["thi", "duoc", "dat", "tinh", "cham", "cho", "diem=", "sodiem=", "="];
const NOTHING: [&str; 5] = ["khongdiem", "khongcodiem", "khongtinhdiem", "khongduocdiem", "khongduoctinhdiem"];

/// The amount that a text is; none where it is anything else, or more.
pub(super) fn amount(text: &str, maximum: Option<Decimal>) -> Option<Amount> {
    let compact = compact(text);
    let mut rest = compact.as_str();
    while let Some(shorter) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    if NOTHING.contains(&rest) {
        return Some(Amount::Points(Decimal::ZERO));
    }
    if rest == MAXIMUM || rest == "toida" {
        return Some(Amount::Share(Decimal::ONE, Decimal::ONE));
    }
    let bare = rest.strip_suffix("diem").or_else(|| rest.strip_suffix('d')).unwrap_or(rest);
    if let Some(points) = number(bare).or_else(|| below(bare, maximum)) {
        return Some(Amount::Points(points));
    }
    let factor = factor(rest, maximum)?;
    part(factor).or_else(|| formula(factor).map(Amount::Formula))
}

/// What is multiplied by the maximum.
fn factor(text: &str, maximum: Option<Decimal>) -> Option<&str> {
    let whole = text.strip_suffix(MAXIMUM).or_else(|| {
        // "Tỷ lệ*20", where 20 is the maximum.
        let (before, last) = text.rsplit_once('*')?;
        let points = number(last.strip_suffix("diem").unwrap_or(last))?;
        (Some(points) == maximum && before.contains(|c: char| c.is_ascii_alphabetic())).then_some(before)
    });
    match whole {
        Some(before) => Some(before.strip_suffix("cua").unwrap_or(before).trim_end_matches('*')),
        None => text.strip_prefix(MAXIMUM)?.strip_prefix('*'),
    }
    .filter(|factor| !factor.is_empty())
}

/// "1/2", "50%", "0,5"
fn part(text: &str) -> Option<Amount> {
    let text = unwrapped(text);
    let (over, under) = match (text.strip_suffix('%'), text.split_once('/')) {
        (Some(percent), _) => (number(percent)?, Decimal::ONE_HUNDRED),
        (None, Some((over, under))) => (number(over)?, number(under)?),
        (None, None) => (number(text)?, Decimal::ONE),
    };
    (under > Decimal::ZERO && over <= under).then_some(Amount::Share(over, under))
}

fn formula(text: &str) -> Option<Formula> {
    let text = unwrapped(text);
    if text == RATIO {
        return Some(Formula::Ratio(None));
    }
    if text == "tylechuanhoa" {
        return Some(Formula::Best);
    }
    if let Some(fraction) = fraction(text) {
        return Some(Formula::Ratio(Some(fraction)));
    }
    // Only with its sign is the last number a percentage: "Tỷ lệ/100" may be a change of units.
    let (ratio, full) = text.strip_suffix('%')?.rsplit_once('/')?;
    let full = number(full)?;
    match unwrapped(ratio) {
        RATIO => Some(Formula::Scaled(None, full)),
        other => Some(Formula::Scaled(Some(fraction(other)?), full)),
    }
}

/// "a/b", "(a+b)/c", "a/b*100%", as it stands after [`compact`].
pub(super) fn fraction(text: &str) -> Option<Fraction> {
    let text = unwrapped(text);
    let text = text.strip_suffix("*100%").or_else(|| text.strip_suffix("*100")).unwrap_or(text);
    let (over, under) = unwrapped(text).split_once('/')?;
    Some(Fraction { numerator: letters(over)?, denominator: letters(under)? })
}

fn letters(text: &str) -> Option<Side> {
    let names: Vec<String> = unwrapped(text).split('+').map(str::to_owned).collect();
    names.iter().all(|name| is_letter(name)).then_some(Side::Letters(names))
}

/// A name in a formula: `a`, `b1`.
pub(super) fn is_letter(name: &str) -> bool {
    let mut chars = name.chars();
    let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    let second = chars.next().is_none_or(|c| c.is_ascii_digit());
    first && second && chars.next().is_none()
}

/// A number that can be read one way only.
pub(super) fn number(text: &str) -> Option<Decimal> {
    text.starts_with(|c: char| c.is_ascii_digit()).then(|| parse_decimal(text).ok()).flatten()
}

/// "2,125" of at most 10 points: 2125 it cannot be.
fn below(text: &str, maximum: Option<Decimal>) -> Option<Decimal> {
    match parse_decimal(text) {
        Err(NumberError::Ambiguous { as_thousands, as_decimal }) if as_thousands > maximum? => Some(as_decimal),
        _ => None,
    }
}

/// Folded, without spaces, with one sign for "times" and one word for what has several.
pub(super) fn compact(text: &str) -> String {
    let folded: String = fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    let mut compact = folded.trim_end_matches(['.', ',']).replace("tile", RATIO).replace("tyle(%)", RATIO);
    for (from, to) in [
        ("tyle%", RATIO),
        ("sodiemtoida", MAXIMUM),
        ("x100", "*100"),
        ("xdiem", "*diem"),
        ("xtyle", "*tyle"),
        ("tylex", "tyle*"),
        ("chuanhoax", "chuanhoa*"),
        (")x", ")*"),
        ("x(", "*("),
        ("diemtoidax", "diemtoida*"),
    ] {
        compact = compact.replace(from, to);
    }
    compact
}

/// Without brackets around the whole.
fn unwrapped(text: &str) -> &str {
    let inside = |text: &'_ str| text.strip_prefix('(').and_then(|t| t.strip_suffix(')')).map(str::len);
    match inside(text) {
        Some(len) if !text[1..=len].contains(['(', ')']) => &text[1..=len],
        _ => text,
    }
}
