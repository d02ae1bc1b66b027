//! Points for each one counted: "mỗi sáng kiến được thưởng 2 điểm, tối đa 10 điểm", outside the maximum or up to it.

use rust_decimal::Decimal;

use super::amount::number;
use super::range::{Token, tokens, unit_of};
use super::{Doubt, Reading, kept};
use crate::catalogue::{Extra, Rule, Target};
use crate::text::fold;

/// Reads such a wording; none where it is of another kind.
pub(super) fn read(wording: &str, maximum: Option<Decimal>) -> Option<Result<Reading, Doubt>> {
    let tokens = tokens(wording);
    let each = tokens.iter().position(|t| t.folded == "moi")?;
    let folded = format!(" {} ", fold(wording));
    // "Khen thưởng" and "trừ các xã đảo" are neither.
    let says = |words: &[&str], verb: &str| {
        let counted = |(at, _): (usize, &str)| folded[at + verb.len()..].starts_with(|c: char| c.is_ascii_digit());
        words.iter().any(|word| folded.contains(word)) || folded.match_indices(verb).any(counted)
    };
    let bonus = says(&["diem thuong", " duoc thuong ", "diem cong", " cong them "], " thuong ");
    let minus = says(&["diem tru", " bi tru "], " tru ");
    let points: Vec<usize> = (each..tokens.len()).filter(|at| is_points(&tokens, *at)).collect();
    let kind = match (bonus, minus) {
        (true, true) => return Some(Err(Doubt::Both)),
        (true, false) => Rule::Bonus,
        (false, true) => Rule::Minus,
        // "Mỗi bài 2 điểm, tối đa 20 điểm": a proportion; with more than that it is of another kind.
        (false, false) if points.is_empty() => return None,
        (false, false) => |_: Extra| Rule::Proportional,
    };
    Some(counted(wording, &tokens, each, &points, kind, maximum))
}

fn counted(
    wording: &str,
    tokens: &[Token],
    each: usize,
    points: &[usize],
    kind: fn(Extra) -> Rule,
    maximum: Option<Decimal>,
) -> Result<Reading, Doubt> {
    let unclear = || Doubt::Unclear(kept(wording));
    let value = |at: &usize| number(&tokens[*at].folded);
    let limited_by_column = !matches!(kind(Extra { each: Decimal::ONE, at_most: Decimal::ONE }), Rule::Proportional);
    let numbers = tokens.iter().filter(|t| t.folded.contains(|c: char| c.is_ascii_digit())).count();
    let (first, limit) = match points {
        // Only of bonus and minus points does the column say the limit: of others it has to stand in the wording.
        [first] if limited_by_column => (first, maximum),
        [first, last] if is_limit(tokens, *last) => (first, value(last)),
        _ => return Err(unclear()),
    };
    if numbers != points.len() || is_limit(tokens, *first) {
        return Err(unclear());
    }
    let at_most = limit.ok_or(Doubt::NoLimit)?;
    if let Some(maximum) = maximum.filter(|max| *max != at_most) {
        return Err(Doubt::Maximum { best: at_most, maximum });
    }
    let unit: Vec<&Token> = tokens[each + 1..*first].iter().take_while(|t| !STOPS.contains(&&*t.folded)).collect();
    if unit.is_empty() || unit.len() > 6 {
        return Err(unclear());
    }
    let (unit, points) = (unit_of(&unit), value(first).ok_or_else(unclear)?);
    let rule = kind(Extra { each: points, at_most });
    let target = match rule {
        // So many as bring the maximum.
        Rule::Proportional => at_most
            .checked_div(points)
            .filter(|count| count.checked_mul(points) == Some(at_most) && *count > Decimal::ZERO)
            .ok_or(Doubt::Inexact)?,
        _ => Decimal::ONE,
    };
    Ok(Reading::value(rule, &unit, Target::AtLeast(target)))
}

/// Where the name of what is counted ends.
const STOPS: [&str; 10] = ["duoc", "cong", "thuong", "tru", "bi", "=", ":", "thi", "tinh", "them"];

/// A number of points.
fn is_points(tokens: &[Token], at: usize) -> bool {
    number(&tokens[at].folded).is_some() && tokens.get(at + 1).is_some_and(|t| t.folded.starts_with("diem"))
}

fn is_limit(tokens: &[Token], at: usize) -> bool {
    let before: Vec<&str> = tokens[at.saturating_sub(5)..at].iter().map(|t| t.folded.as_str()).collect();
    let before = before.join(" ");
    ["toi da", "khong qua", "nhieu nhat", "vuot qua"].iter().any(|words| before.contains(words))
}
