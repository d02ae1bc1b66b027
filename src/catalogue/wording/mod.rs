//! A wording of "Cách xác định và tính điểm" read as a scoring rule, or left to a person with the reason.
//!
//! The kinds are those of the sets after QĐ 922/QĐ-BTTTT: `a = …; b = …; Tỷ lệ = a/b; Điểm = Tỷ lệ*Điểm tối đa`,
//! tiers, categories, conditions, yes or no. Nothing is guessed: what can be read two ways, points that do not come to the
//! maximum and words about points that are not understood make the rule [`Rule::Undecided`]. The [`Doubt`] has its words
//! in `words`.

mod amount;
mod cases;
mod clause;
mod extra;
mod range;

use rust_decimal::Decimal;

use super::{Measure, Rule, Target};
use crate::text;
use amount::{Amount, Formula, Fraction, Side};
use clause::{Clause, classify, pieces};

/// What a wording says, as far as an indicator needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub rule: Rule,
    pub measure: Measure,
    pub target: Target,
    pub unit: String,
    pub numerator: String,
    pub denominator: String,
    /// Why the rule is left to a person; there exactly where it is [`Rule::Undecided`].
    pub doubt: Option<Doubt>,
}

/// Why no rule could be made of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    Empty,
    /// So many characters or parts that a person should look at it.
    TooLong,
    /// Nothing in it says how points follow.
    NoPoints,
    /// A part that speaks of points or figures and is not understood.
    Unclear(String),
    /// The best case brings other points than the maximum.
    Maximum {
        best: Decimal,
        maximum: Decimal,
    },
    /// The parts come to other points than the maximum.
    Sum {
        sum: Decimal,
        maximum: Decimal,
    },
    /// "trên 90%" leaves out 90 itself, which a step of the catalogue cannot.
    Strict(String),
    /// What a figure here brings is said by no case, or by two.
    At(Decimal),
    /// A better figure brings no more points.
    NotFalling,
    /// Two kinds of rule at once, or a rule and that the ministry measures it.
    Both,
    /// "Không tính điểm" beside a maximum.
    UnscoredWithPoints,
    /// Bonus or minus points without a limit.
    NoLimit,
    /// A part of the maximum without an exact decimal: a third.
    Inexact,
    /// Compared with the best unit, where one reports: it would always be the best.
    BestOfOne,
}

/// Longer cells are left to a person (characters).
const LONGEST: usize = 6_000;
/// A wording of more parts is left to a person.
const PARTS: usize = 60;
/// So much of a wording is kept in an undecided rule (characters).
const KEPT: usize = 600;
/// The unit of a figure that is the points themselves: of what is undecided, or measured by the ministry.
const POINTS: &str = "điểm";
/// The unit of a figure that is a share of the maximum: of levels and conditions.
const SHARE: &str = "hệ số";

/// Reads a wording. `maximum` is "Điểm tối đa", none where the table gives none; `title` names the figure where the wording
/// only says "Tỷ lệ".
pub fn read_wording(wording: &str, title: &str, maximum: Option<Decimal>) -> Reading {
    let wording = text::clean(wording);
    let maximum = maximum.filter(|max| !max.is_zero());
    let read = decide(&wording, title, maximum).and_then(|reading| {
        let scored = maximum.filter(|_| reading.rule.is_scored());
        if reading.rule.fault(scored).is_none() { Ok(reading) } else { Err(Doubt::Unclear(kept(&wording))) }
    });
    read.unwrap_or_else(|doubt| undecided(&wording, title, maximum, doubt))
}

fn undecided(wording: &str, title: &str, maximum: Option<Decimal>, doubt: Doubt) -> Reading {
    let wording = if wording.is_empty() { kept(&text::clean(title)) } else { kept(wording) };
    let rule = Rule::Undecided(if wording.is_empty() { "…".to_owned() } else { wording });
    Reading { doubt: Some(doubt), ..in_points(rule, maximum) }
}

/// A wording in one line that is not too long.
fn kept(wording: &str) -> String {
    text::elide(&wording.split_whitespace().collect::<Vec<_>>().join(" "), KEPT)
}

/// The figure is the points themselves.
fn in_points(rule: Rule, maximum: Option<Decimal>) -> Reading {
    let full = maximum.filter(|max| *max > Decimal::ZERO).unwrap_or(Decimal::ONE);
    Reading::value(rule, POINTS, Target::AtLeast(full))
}

impl Reading {
    /// The same figure, with its rule left to a person.
    pub(super) fn left_open(self, wording: &str, doubt: Doubt) -> Reading {
        Reading { rule: Rule::Undecided(kept(&text::clean(wording))), doubt: Some(doubt), ..self }
    }

    fn value(rule: Rule, unit: &str, target: Target) -> Reading {
        Reading {
            rule,
            measure: Measure::Value,
            target,
            unit: unit.to_owned(),
            numerator: String::new(),
            denominator: String::new(),
            doubt: None,
        }
    }

    /// The figure is the share of the maximum.
    fn share(rule: Rule) -> Reading {
        Reading::value(rule, SHARE, Target::AtLeast(Decimal::ONE))
    }

    fn document() -> Reading {
        Reading { measure: Measure::Document, ..Reading::value(Rule::YesNo, "", Target::Exists) }
    }

    fn ratio(rule: Rule, parts: (String, String), target: Target) -> Reading {
        let (numerator, denominator) = parts;
        let value = Reading::value(rule, "%", target);
        Reading { measure: Measure::Ratio, numerator, denominator, ..value }
    }
}

/// The target of a percentage at which all points are there.
fn percent(threshold: Decimal) -> Target {
    if threshold == Decimal::ONE_HUNDRED { Target::All(threshold) } else { Target::AtLeast(threshold) }
}

/// The parts of a wording, by kind.
#[derive(Default)]
struct Parts {
    definitions: Vec<(String, String)>,
    ratios: Vec<Fraction>,
    scores: Vec<Formula>,
    outcomes: Vec<(String, Amount)>,
    best: bool,
    unscored: bool,
    central: bool,
}

fn decide(wording: &str, title: &str, maximum: Option<Decimal>) -> Result<Reading, Doubt> {
    if wording.is_empty() {
        return Err(Doubt::Empty);
    }
    if wording.chars().count() > LONGEST {
        return Err(Doubt::TooLong);
    }
    let wording = &clause::plain_signs(wording);
    if let Some(extra) = extra::read(wording, maximum) {
        return extra;
    }
    let parts = parts(wording, maximum)?;
    let silent = parts.outcomes.is_empty() && parts.scores.is_empty();
    match (silent, parts.unscored, parts.central) {
        (_, true, true) | (false, true, _) | (false, _, true) => Err(Doubt::Both),
        (true, true, false) if maximum.is_some() => Err(Doubt::UnscoredWithPoints),
        (true, true, false) => Ok(unscored(&parts)),
        (true, false, true) => Ok(in_points(Rule::Central, maximum)),
        (true, false, false) => Err(Doubt::NoPoints),
        (false, false, false) => scored(&parts, title, maximum.ok_or(Doubt::NoPoints)?),
    }
}

fn parts(wording: &str, maximum: Option<Decimal>) -> Result<Parts, Doubt> {
    let pieces = pieces(wording);
    if pieces.len() > PARTS {
        return Err(Doubt::TooLong);
    }
    let mut parts = Parts::default();
    for piece in pieces {
        match classify(piece, maximum) {
            Clause::Definition { name, text } => {
                if parts.definitions.iter().any(|(known, _)| *known == name) {
                    return Err(Doubt::Unclear(kept(piece)));
                }
                parts.definitions.push((name, text));
            }
            Clause::Ratio(fraction) => parts.ratios.push(fraction),
            Clause::BestRatio => parts.best = true,
            Clause::Score(formula) => parts.scores.push(formula),
            Clause::Outcome { condition, amount } => parts.outcomes.push((condition, amount)),
            Clause::Unscored => parts.unscored = true,
            Clause::Central => parts.central = true,
            Clause::Remark => {}
            Clause::Unclear => return Err(Doubt::Unclear(kept(piece))),
        }
    }
    Ok(parts)
}

/// For information: a ratio where one is defined, else a figure of which only the direction is known.
fn unscored(parts: &Parts) -> Reading {
    match parts.ratio() {
        Ok(Some(of)) => Reading::ratio(Rule::Unscored, of, percent(Decimal::ONE_HUNDRED)),
        _ => Reading::value(Rule::Unscored, range::UNKNOWN_UNIT, Target::Increase),
    }
}

fn scored(parts: &Parts, title: &str, maximum: Decimal) -> Result<Reading, Doubt> {
    match (parts.scores.as_slice(), parts.outcomes.is_empty()) {
        ([formula], true) => by_formula(formula, parts, title),
        ([], false) => cases::read(parts, title, maximum),
        _ => Err(Doubt::Both),
    }
}

fn by_formula(formula: &Formula, parts: &Parts, title: &str) -> Result<Reading, Doubt> {
    let of = parts.ratio_of(formula, title)?;
    let whole = percent(Decimal::ONE_HUNDRED);
    match formula {
        Formula::Best => Ok(Reading::ratio(Rule::BestUnit, of, whole)),
        _ if parts.best => Err(Doubt::Both),
        Formula::Ratio(_) => Ok(Reading::ratio(Rule::Ratio, of, whole)),
        Formula::Scaled(_, full) => Ok(Reading::ratio(Rule::Proportional, of, within(*full)?)),
    }
}

/// A threshold that a percentage can reach.
fn within(threshold: Decimal) -> Result<Target, Doubt> {
    let possible = threshold > Decimal::ZERO && threshold <= Decimal::ONE_HUNDRED;
    if possible { Ok(percent(threshold)) } else { Err(Doubt::At(threshold)) }
}

impl Parts {
    /// What numerator and denominator of the ratio in a formula count. Where neither the formula nor a line of its own
    /// says it, they are named after the figure.
    fn ratio_of(&self, formula: &Formula, title: &str) -> Result<(String, String), Doubt> {
        match formula {
            Formula::Ratio(Some(fraction)) | Formula::Scaled(Some(fraction), _) if self.ratios.is_empty() => {
                self.named(fraction)
            }
            Formula::Ratio(Some(_)) | Formula::Scaled(Some(_), _) => Err(Doubt::Both),
            _ => match self.ratio()? {
                Some(parts) => Ok(parts),
                None if self.definitions.is_empty() => Ok(unnamed(title)),
                None => Err(self.unused()),
            },
        }
    }

    /// The ratio that a line of its own defines.
    fn ratio(&self) -> Result<Option<(String, String)>, Doubt> {
        match self.ratios.as_slice() {
            [] => Ok(None),
            [fraction] => self.named(fraction).map(Some),
            _ => Err(Doubt::Both),
        }
    }

    /// The words behind the letters; every letter that is explained has to stand in the fraction.
    fn named(&self, fraction: &Fraction) -> Result<(String, String), Doubt> {
        let (over, under) = (&fraction.numerator, &fraction.denominator);
        let stands = |name: &String| [over, under].iter().any(|side| side.has(name));
        if !self.definitions.iter().all(|(name, _)| stands(name)) {
            return Err(self.unused());
        }
        Ok((self.side(over)?, self.side(under)?))
    }

    fn side(&self, side: &Side) -> Result<String, Doubt> {
        let text = |name: &String| {
            let found = self.definitions.iter().find(|(known, _)| known == name);
            found.map(|(_, text)| text.as_str()).ok_or_else(|| Doubt::Unclear(name.clone()))
        };
        match side {
            Side::Words(words) => Ok(words.clone()),
            Side::Letters(names) => Ok(names.iter().map(text).collect::<Result<Vec<_>, _>>()?.join(" + ")),
        }
    }

    /// Letters that are explained and stand nowhere: something was not understood.
    fn unused(&self) -> Doubt {
        let (name, text) = self.definitions.last().cloned().unwrap_or_default();
        Doubt::Unclear(kept(&format!("{name} = {text}")))
    }
}

/// Numerator and denominator of a ratio of which only the title is known.
fn unnamed(title: &str) -> (String, String) {
    let title = kept(&text::clean(title));
    (format!("Tử số của “{title}”"), format!("Mẫu số của “{title}”"))
}
