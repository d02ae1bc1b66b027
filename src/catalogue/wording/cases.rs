//! Cases and what each brings: tiers of figures, categories, conditions that add up, yes or no.

use rust_decimal::Decimal;

use super::amount::{Amount, Formula, compact, fraction, is_letter};
use super::range::{Bounds, Range, UNKNOWN_UNIT, compares, range};
use super::{Doubt, Parts, Reading, kept, percent, within};
use crate::catalogue::{Level, Rule, Step, Target};
use crate::text::fold;

/// A figure has at most so many decimals (`text::number`), and with it the share of a level.
const DECIMALS: u32 = 9;

/// The rule that the cases make.
pub(super) fn read(parts: &Parts, title: &str, maximum: Decimal) -> Result<Reading, Doubt> {
    if let Some(rule) = over_and_under(parts) {
        return rule;
    }
    let (others, cases): (Vec<_>, Vec<_>) =
        parts.outcomes.iter().partition(|(condition, amount)| is_other(condition, amount));
    let ranges: Vec<Option<Range>> = cases.iter().map(|(condition, _)| range(condition)).collect();
    if let Some(ranges) = ranges.into_iter().collect::<Option<Vec<_>>>().filter(|ranges| !ranges.is_empty()) {
        let cases = ranges.into_iter().zip(cases).map(|(range, (condition, amount))| Case { range, condition, amount });
        let rest = rest(&others, maximum)?;
        return tiers(&cases.collect::<Vec<_>>(), rest, parts, title, maximum);
    }
    match parts.outcomes.iter().find(|(condition, _)| compares(condition)) {
        Some((condition, _)) => Err(Doubt::Unclear(kept(condition))),
        None => categories(parts, maximum),
    }
}

/// "a ≥ b: Điểm tối đa; a < b: a/b*Điểm tối đa".
fn over_and_under(parts: &Parts) -> Option<Result<Reading, Doubt>> {
    let [(over, full), (under, Amount::Formula(formula @ Formula::Ratio(Some(of))))] = parts.outcomes.as_slice() else {
        return None;
    };
    let (over, under) = (compact(over), compact(under));
    let (a, b) = over.split_once(['≥', '>', '='])?;
    let same = under.split_once(['<', '≤'])? == (a, b) && fraction(&format!("{a}/{b}")).as_ref() == Some(of);
    let letters = is_letter(a) && is_letter(b) && *full == Amount::Share(Decimal::ONE, Decimal::ONE);
    (same && letters).then(|| {
        let named = parts.ratio_of(formula, "")?;
        Ok(Reading::ratio(Rule::Ratio, named, percent(Decimal::ONE_HUNDRED)))
    })
}

/// "Còn lại", or that nothing is there and brings nothing.
fn is_other(condition: &str, amount: &Amount) -> bool {
    let folded = fold(condition);
    let rest = ["con lai", "cac truong hop con lai", "truong hop con lai", "cac truong hop khac", "truong hop khac"];
    let nothing = *amount == Amount::Points(Decimal::ZERO) && is_negative(&folded) && range(condition).is_none();
    rest.contains(&folded.trim_start_matches("cac ")) || rest.contains(&&*folded) || folded == "khac" || nothing
}

fn is_negative(folded: &str) -> bool {
    ["khong", "chua"].iter().any(|word| folded == *word || folded.starts_with(&format!("{word} "))) && !compares(folded)
}

/// What is brought where no case holds.
fn rest(others: &[&(String, Amount)], maximum: Decimal) -> Result<Decimal, Doubt> {
    let mut points = others.iter().map(|(_, amount)| amount.points(maximum).ok_or(Doubt::Inexact));
    let first = points.next().transpose()?.unwrap_or_default();
    if points.all(|other| other == Ok(first)) { Ok(first) } else { Err(Doubt::Both) }
}

struct Case<'a> {
    range: Range,
    condition: &'a str,
    amount: &'a Amount,
}

/// From `low` on, and below `high` where it says so.
struct Tier<'a> {
    low: Decimal,
    high: Option<Decimal>,
    amount: &'a Amount,
}

/// Below what, and what is brought there.
type Bottom<'a> = Option<(Decimal, &'a Amount)>;

fn tiers(cases: &[Case<'_>], rest: Decimal, parts: &Parts, title: &str, maximum: Decimal) -> Result<Reading, Doubt> {
    let unit = common_unit(cases)?;
    let (tiers, bottom) = in_order(cases, &unit)?;
    let last = tiers.last().ok_or(Doubt::NoPoints)?;
    if let Some((high, Amount::Formula(formula))) = bottom {
        let full = matches!(tiers.as_slice(), [only] if only.amount.points(maximum) == Some(maximum));
        let Formula::Scaled(_, scale) = formula else { return Err(Doubt::Both) };
        let fits = full && unit == "%" && *scale == last.low && high == last.low;
        let target = if fits { within(last.low)? } else { return Err(Doubt::At(last.low)) };
        return Ok(Reading::ratio(Rule::Proportional, parts.ratio_of(formula, title)?, target));
    }
    let mut steps = Vec::new();
    for tier in &tiers {
        steps.push(Step { at_least: tier.low, points: tier.amount.points(maximum).ok_or(Doubt::Inexact)? });
    }
    let below = match bottom {
        Some(_) if !rest.is_zero() => return Err(Doubt::Both),
        Some((_, amount)) => amount.points(maximum).ok_or(Doubt::Inexact)?,
        None => rest,
    };
    if last.low > Decimal::ZERO {
        steps.push(Step { at_least: Decimal::ZERO, points: below });
    }
    if !steps.is_sorted_by(|a, b| a.points > b.points) {
        return Err(Doubt::NotFalling);
    }
    steps.retain(|step| step.points > Decimal::ZERO);
    let top = steps.first().cloned().ok_or(Doubt::NoPoints)?;
    if top.points != maximum {
        return Err(Doubt::Maximum { best: top.points, maximum });
    }
    let full = top.at_least;
    let rule = if steps.len() == 1 { Rule::Threshold } else { Rule::Steps(steps) };
    if unit == "%" {
        return Ok(Reading::ratio(rule, parts.ratio_of(&Formula::Ratio(None), title)?, within(full)?));
    }
    // One letter may say what is counted; a fraction has no place beside a count.
    if !parts.ratios.is_empty() || parts.definitions.len() > 1 {
        return Err(parts.unused());
    }
    if full <= Decimal::ZERO {
        return Err(Doubt::At(full));
    }
    Ok(Reading::value(rule, if unit.is_empty() { UNKNOWN_UNIT } else { &unit }, Target::AtLeast(full)))
}

/// The unit of all cases, which have to speak of one thing: "lần" where one says so, "lần/năm" where another says more.
fn common_unit(cases: &[Case<'_>]) -> Result<String, Doubt> {
    let unclear = |case: &Case<'_>| Doubt::Unclear(kept(case.condition));
    let (mut unit, mut subject) = ("", "");
    for case in cases {
        let (here, folded, known) = (case.range.unit.as_str(), fold(&case.range.unit), fold(unit));
        if folded.starts_with(&known) {
            unit = here;
        } else if !known.starts_with(&folded) {
            return Err(unclear(case));
        }
        match case.range.subject.as_str() {
            "" => {}
            of if subject.is_empty() || subject == of => subject = of,
            _ => return Err(unclear(case)),
        }
    }
    Ok(unit.to_owned())
}

/// The tiers, the best first, each up to the one above it; and what is below all of them.
fn in_order<'a>(cases: &[Case<'a>], unit: &str) -> Result<(Vec<Tier<'a>>, Bottom<'a>), Doubt> {
    let (mut tiers, mut bottom) = (Vec::new(), None);
    let whole = unit != "%" && !MEASURED.iter().any(|word| fold(unit).contains(word));
    for case in cases {
        let end = |at: Decimal, included: bool| match included {
            false => Ok(Some(at)),
            true if unit == "%" && at == Decimal::ONE_HUNDRED => Ok(None),
            // Of what is counted one by one, 3 ends where 4 begins.
            true if whole && at.fract().is_zero() => Ok(at.checked_add(Decimal::ONE)),
            true => Err(Doubt::Strict(kept(case.condition))),
        };
        match case.range.bounds {
            Bounds::Exactly(at) => tiers.push(Tier { low: at, high: end(at, true)?, amount: case.amount }),
            // Of what is counted one by one, more than 3 is from 4 on.
            Bounds::Between { low: Some(low), .. } if !(low.included || whole && low.at.fract().is_zero()) => {
                return Err(Doubt::Strict(kept(case.condition)));
            }
            Bounds::Between { low: Some(low), high } => {
                let high = high.map(|high| end(high.at, high.included)).transpose()?.flatten();
                let more = if low.included { Decimal::ZERO } else { Decimal::ONE };
                let low = low.at.checked_add(more).unwrap_or(low.at);
                tiers.push(Tier { low, high, amount: case.amount });
            }
            Bounds::Between { low: None, high } => {
                let high = high.map(|high| end(high.at, high.included)).transpose()?.flatten();
                match (high, bottom) {
                    (Some(high), None) => bottom = Some((high, case.amount)),
                    _ => return Err(Doubt::Unclear(kept(case.condition))),
                }
            }
        }
    }
    tiers.sort_by_key(|tier| std::cmp::Reverse(tier.low));
    // "Họp 4 lần" is the best that a set asks for: five bring as much. A best range that ends leaves what is above unsaid.
    let exact = |low| cases.iter().any(|case| case.range.bounds == Bounds::Exactly(low));
    if let Some(best) = tiers.first_mut() {
        match best.high {
            Some(high) if !exact(best.low) => return Err(Doubt::At(high)),
            _ => best.high = None,
        }
    }
    for pair in tiers.windows(2) {
        let (above, below) = (pair[0].low, pair[1].high.unwrap_or(pair[0].low));
        if above == pair[1].low || above != below {
            return Err(Doubt::At(above.min(below)));
        }
    }
    match (tiers.last(), bottom) {
        (Some(last), Some((high, _))) if last.low != high => Err(Doubt::At(high.min(last.low))),
        _ => Ok((tiers, bottom)),
    }
}

/// Units in which there is something between 3 and 4.
const MEASURED: [&str; 8] = ["dong", "km", "gio", "ha", "m2", "mbps", "gb", "diem"];

fn categories(parts: &Parts, maximum: Decimal) -> Result<Reading, Doubt> {
    if !parts.definitions.is_empty() || !parts.ratios.is_empty() || parts.best {
        return Err(parts.unused());
    }
    let mut cases = Vec::new();
    for (condition, amount) in &parts.outcomes {
        let points = match amount {
            Amount::Formula(_) => return Err(Doubt::Unclear(kept(condition))),
            amount => amount.points(maximum).ok_or(Doubt::Inexact)?,
        };
        cases.push((condition, points));
    }
    let best = cases.iter().map(|(_, points)| *points).max().unwrap_or_default();
    if best > maximum {
        return Err(Doubt::Maximum { best, maximum });
    }
    let negative = |condition: &String| is_other(condition, &Amount::Points(Decimal::ZERO));
    match cases.as_slice() {
        [(condition, full)] if *full == maximum => {
            // "Số tổ công nghệ số: 10 điểm" names what is counted, and not when the points are there.
            let there = ["co", "da", "ban hanh", "hoan thanh"];
            let folded = fold(condition);
            let says = there.iter().any(|word| folded == *word || folded.starts_with(&format!("{word} ")));
            return if says { Ok(Reading::document()) } else { Err(Doubt::Unclear(kept(condition))) };
        }
        [(_, full), (not, none)] if *full == maximum && none.is_zero() && negative(not) => {
            return Ok(Reading::document());
        }
        _ => {}
    }
    let bringing: Vec<_> = cases.iter().filter(|(_, points)| *points > Decimal::ZERO).collect();
    if best == maximum {
        let levels: Vec<Level> =
            cases.iter().map(|(text, points)| level(text, *points, maximum)).collect::<Result<_, _>>()?;
        return if levels.iter().all(|l| l.share == Decimal::ONE) { Err(Doubt::Both) } else { Ok(with_none(levels)) };
    }
    let sum: Decimal = bringing.iter().map(|(_, points)| points).sum();
    let nothing = cases.iter().filter(|(_, points)| points.is_zero()).all(|(condition, _)| negative(condition));
    if sum != maximum || !nothing {
        return Err(Doubt::Sum { sum, maximum });
    }
    let conditions = bringing.iter().map(|(text, points)| level(text, *points, maximum)).collect::<Result<_, _>>()?;
    Ok(Reading::share(Rule::Conditions(conditions)))
}

/// Levels with one for the case that none of them holds.
fn with_none(mut levels: Vec<Level>) -> Reading {
    if levels.iter().all(|level| !level.share.is_zero()) {
        levels.push(Level { text: "Còn lại".to_owned(), share: Decimal::ZERO });
    }
    Reading::share(Rule::Levels(levels))
}

fn level(text: &str, points: Decimal, maximum: Decimal) -> Result<Level, Doubt> {
    let share = points.checked_div(maximum).unwrap_or_default().normalize();
    if share.scale() > DECIMALS || share.checked_mul(maximum) != Some(points) {
        return Err(Doubt::Inexact);
    }
    Ok(Level { text: kept(text), share })
}
