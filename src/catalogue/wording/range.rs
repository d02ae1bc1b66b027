//! A case that is a range of figures: "từ 70% đến dưới 90%", "BCĐ họp 4 lần/năm", "≥ 5 bài".

use rust_decimal::Decimal;

use super::amount::number;
use crate::text::fold;

/// The unit of a figure whose wording names none.
pub(super) const UNKNOWN_UNIT: &str = "đơn vị";

/// A word, as written and folded; signs stand by themselves.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub written: String,
    pub folded: String,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Range {
    /// What is measured, folded; empty where the case does not say.
    pub subject: String,
    pub bounds: Bounds,
    /// `%`, or as written: "lần/năm"; empty where there is none.
    pub unit: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Bounds {
    Exactly(Decimal),
    Between { low: Option<Bound>, high: Option<Bound> },
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bound {
    pub at: Decimal,
    pub included: bool,
}

/// Units of more words are no units.
const UNIT_WORDS: usize = 5;
/// Words of a subject that say nothing of what it is.
const FILLERS: [&str; 14] =
    ["ty", "ti", "le", "dat", "neu", "thi", "so", "luong", "co", "duoc", "muc", "va", "tong", "tu"];

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    AtLeast,
    Above,
    Below,
    AtMost,
    Equal,
}

/// What may stand before a number; of two that fit the first.
const BEFORE: [(&str, Sign); 32] = [
    ("lon hon hoac bang", Sign::AtLeast),
    ("nho hon hoac bang", Sign::AtMost),
    ("khong vuot qua", Sign::AtMost),
    ("khong nho hon", Sign::AtLeast),
    ("khong thap hon", Sign::AtLeast),
    ("khong it hon", Sign::AtLeast),
    ("khong duoi", Sign::AtLeast),
    ("khong qua", Sign::AtMost),
    ("khong dat", Sign::Below),
    ("nhieu nhat", Sign::AtMost),
    ("nhieu hon", Sign::Above),
    ("toi thieu", Sign::AtLeast),
    ("toi da", Sign::AtMost),
    ("it nhat", Sign::AtLeast),
    ("lon hon", Sign::Above),
    ("cao hon", Sign::Above),
    ("nho hon", Sign::Below),
    ("thap hon", Sign::Below),
    ("it hon", Sign::Below),
    ("chua den", Sign::Below),
    ("chua dat", Sign::Below),
    ("chua du", Sign::Below),
    ("tu tren", Sign::Above),
    ("tren", Sign::Above),
    ("hon", Sign::Above),
    ("duoi", Sign::Below),
    ("tu", Sign::AtLeast),
    ("≥", Sign::AtLeast),
    ("≤", Sign::AtMost),
    (">", Sign::Above),
    ("<", Sign::Below),
    ("=", Sign::Equal),
];

/// The words and signs of a text, without what stands in brackets.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut spaced = String::with_capacity(text.len() + 16);
    let (mut depth, mut last) = (0_usize, ' ');
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '≥' | '≤' | '<' | '>' | '=' | '%' | ':' => spaced.extend([' ', c, ' ']),
            c if last.is_ascii_digit() && c.is_alphabetic() => spaced.extend([' ', c]),
            // "70-90%"
            '-' if last.is_ascii_digit() || last == '%' => spaced.push_str(" - "),
            c => spaced.push(c),
        }
        last = if c == ')' { ' ' } else { c };
    }
    spaced
        .split_whitespace()
        .map(|word| word.trim_end_matches([',', '.', ';']))
        .filter(|word| !word.is_empty())
        .map(|word| Token { written: word.to_owned(), folded: fold(word) })
        .collect()
}

/// Words of a unit as one writes them: "lần/ năm" is "lần/năm".
pub(super) fn unit_of(words: &[&Token]) -> String {
    let words: Vec<&str> = words.iter().map(|t| t.written.as_str()).collect();
    words.join(" ").replace("/ ", "/").replace(" /", "/")
}

/// True where a case speaks of more or less, so that it has to be a range.
pub(super) fn compares(condition: &str) -> bool {
    let tokens = tokens(condition);
    let numbers = tokens.iter().any(|t| t.folded.contains(|c: char| c.is_ascii_digit()));
    let signs = tokens.iter().any(|t| matches!(&*t.folded, "≥" | "≤" | "<" | ">" | "=" | "%"));
    let text = format!(" {} ", tokens.iter().map(|t| t.folded.as_str()).collect::<Vec<_>>().join(" "));
    signs || (numbers && BEFORE.iter().any(|(words, _)| text.contains(&format!(" {words} "))))
}

/// The range that a case is; none where it is none, or could be several.
pub(super) fn range(condition: &str) -> Option<Range> {
    let tokens = tokens(condition);
    let digits = |t: &Token| t.folded.contains(|c: char| c.is_ascii_digit());
    let numbers: Vec<usize> = (0..tokens.len()).filter(|at| digits(&tokens[*at])).collect();
    match *numbers.as_slice() {
        [at] => one(&tokens, at),
        [low, high] => two(&tokens, low, high),
        _ => None,
    }
}

fn one(tokens: &[Token], at: usize) -> Option<Range> {
    let value = number(&tokens[at].folded)?;
    let (before, sign) = sign(&tokens[..at]);
    let (unit, mut behind) = unit(&tokens[at + 1..])?;
    let mut sign = sign;
    for (words, said) in [(["tro", "len"], Sign::AtLeast), (["tro", "xuong"], Sign::AtMost)] {
        if let [first, second, rest @ ..] = behind
            && [&*first.folded, &*second.folded] == words
        {
            // "Trên 90% trở lên" is no Vietnamese that means one thing.
            let fits = matches!(sign, Sign::Equal) || sign == said;
            (sign, behind) = if fits { (said, rest) } else { return None };
        }
    }
    let bound = |included| Some(Bound { at: value, included });
    let bounds = match sign {
        Sign::AtLeast => Bounds::Between { low: bound(true), high: None },
        Sign::Above => Bounds::Between { low: bound(false), high: None },
        Sign::Below => Bounds::Between { low: None, high: bound(false) },
        Sign::AtMost => Bounds::Between { low: None, high: bound(true) },
        Sign::Equal => Bounds::Exactly(value),
    };
    Some(Range { subject: subject(before, behind), bounds, unit })
}

fn two(tokens: &[Token], first: usize, second: usize) -> Option<Range> {
    let values = [number(&tokens[first].folded)?, number(&tokens[second].folded)?];
    let (before, sign) = sign(&tokens[..first]);
    let (unit, behind) = unit(&tokens[second + 1..])?;
    let between = without_unit(&tokens[first + 1..second], &unit);
    let words: Vec<&str> = between.iter().map(|t| t.folded.as_str()).collect();
    let (mut subject_between, mut low_included) = (&[][..], matches!(sign, Sign::AtLeast | Sign::Equal));
    let high_included = match words.as_slice() {
        ["den" | "-" | "va" | "den -", "duoi" | "<"] | ["<" | "duoi"] => false,
        ["den", "nho" | "it" | "thap", "hon"] | ["den", "can"] => false,
        ["den" | "-"] | ["den" | "va", "≤"] | ["≤"] => true,
        // "70% ≤ Tỷ lệ < 90%"
        [low @ ("≤" | "<"), .., high @ ("≤" | "<")] if sign == Sign::Equal && before.is_empty() => {
            subject_between = &between[1..between.len() - 1];
            low_included = *low == "≤";
            *high == "≤"
        }
        _ => return None,
    };
    if values[0] >= values[1] || matches!(sign, Sign::Below | Sign::AtMost) {
        return None;
    }
    let low = Some(Bound { at: values[0], included: low_included });
    let high = Some(Bound { at: values[1], included: high_included });
    let said: Vec<&Token> = before.iter().chain(subject_between).collect();
    let said: Vec<Token> = said.into_iter().cloned().collect();
    Some(Range { subject: subject(&said, behind), bounds: Bounds::Between { low, high }, unit })
}

/// What stands before a number, without its sign.
fn sign(tokens: &[Token]) -> (&[Token], Sign) {
    for (words, sign) in BEFORE {
        let count = words.split(' ').count();
        if let Some(at) = tokens.len().checked_sub(count)
            && tokens[at..].iter().map(|t| t.folded.as_str()).eq(words.split(' '))
        {
            return (&tokens[..at], sign);
        }
    }
    (tokens, Sign::Equal)
}

/// The unit behind a number, and what follows it.
fn unit(tokens: &[Token]) -> Option<(String, &[Token])> {
    if tokens.first().is_some_and(|t| t.folded == "%") {
        return Some(("%".to_owned(), &tokens[1..]));
    }
    let end = tokens.iter().position(|t| t.folded == "tro").unwrap_or(tokens.len());
    let words: Vec<&Token> = tokens[..end].iter().collect();
    let plain = words.iter().all(|t| t.folded.starts_with(|c: char| c.is_alphabetic() || c == '/'));
    (words.len() <= UNIT_WORDS && plain).then(|| (unit_of(&words), &tokens[end..]))
}

/// "4 lần đến dưới 6 lần": the unit may stand behind the first number as well.
fn without_unit<'a>(tokens: &'a [Token], unit: &str) -> &'a [Token] {
    let behind_first = (1..=tokens.len()).rev().find(|count| {
        let words: Vec<&Token> = tokens[..*count].iter().collect();
        unit_of(&words) == unit
    });
    &tokens[behind_first.unwrap_or(0)..]
}

fn subject(before: &[Token], behind: &[Token]) -> String {
    let words = before.iter().chain(behind).map(|t| t.folded.as_str()).filter(|word| !FILLERS.contains(word));
    words.collect::<Vec<_>>().join(" ")
}
