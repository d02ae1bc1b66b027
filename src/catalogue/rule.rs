//! How points follow from a figure: the kinds of scoring rule as data, and what makes one of them nonsense.
//!
//! The kinds are those of the sets that QĐ 922/QĐ-BTTTT and the provinces' sets after it use. The arithmetic is in
//! `progress`. As TOML a rule is `"threshold"`, or `{ steps = [{ at_least = "4", points = "20" }] }`.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Aggregate, Indicator, Measure, Target};

/// A kind of scoring rule. Points are those of the indicator's maximum ("điểm tối đa") or a share of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// Points in proportion to attainment of the target, at most full points.
    #[default]
    Proportional,
    /// "Tỷ lệ = a/b; Điểm = Tỷ lệ*Điểm tối đa", whatever the target is.
    Ratio,
    /// "4 lần: 20 điểm; 3 lần: 15 điểm": the points of the first step that the value reaches, highest first.
    Steps(Vec<Step>),
    /// "Bí thư: Điểm tối đa; Phó Bí thư: 1/2*Điểm tối đa": the value that is reported is the share of the level that holds.
    Levels(Vec<Level>),
    /// Independent conditions, each with its share: the value that is reported is the sum of the shares that hold.
    Conditions(Vec<Level>),
    /// Full points with the document and its evidence.
    YesNo,
    /// Full points from the threshold on, otherwise none.
    Threshold,
    /// Value over that of the best unit: nothing can be said before all units have reported.
    BestUnit,
    /// Measured by the ministry: owed by nobody here. The receiving department may enter the value that it announces.
    Central,
    /// Information only.
    Unscored,
    /// Points on top of the maximum.
    Bonus(Extra),
    /// Points taken off.
    Minus(Extra),
    /// A wording that a person still has to make a rule of. No points until then.
    Undecided(String),
}

/// From `at_least` on, in the indicator's unit, there are `points`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub at_least: Decimal,
    pub points: Decimal,
}

/// A level, or a condition: what it says and its share of the maximum, 0 to 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    pub text: String,
    pub share: Decimal,
}

/// Points outside the maximum: so many for each one counted, up to a limit. Of the 1000 of all pillars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    pub each: Decimal,
    pub at_most: Decimal,
}

/// What makes a rule nonsense by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    #[error("the rule says nothing")]
    Empty,
    #[error("the steps must fall in value and in points, to no less than 0")]
    Steps,
    #[error("the highest step does not bring `max_points`")]
    HighestStep,
    #[error("shares must lie between 0 and 1, and the highest be 1")]
    Levels,
    #[error("the shares of one to ten conditions must be above 0 and come to 1")]
    Conditions,
    #[error("extra points must be above 0, and at most 1000")]
    Extra,
    #[error("only the receiving department enters what the ministry measures")]
    CentralReporter,
    #[error("`max_points` must be above 0, and has no meaning beside a rule outside the maximum")]
    MaxPoints,
}

/// So many conditions can be told apart in a table cell, and all their sums be looked at.
const CONDITIONS: usize = 10;

impl Rule {
    /// True where the indicator's maximum is part of the score's.
    pub fn is_scored(&self) -> bool {
        !matches!(self, Rule::Unscored | Rule::Bonus(_) | Rule::Minus(_))
    }

    /// The points of the first step that `value` reaches, over those of the highest; 0 below all steps. None for other rules.
    pub fn step(&self, value: Decimal) -> Option<Decimal> {
        let Rule::Steps(steps) = self else { return None };
        let full = steps.first()?.points;
        let points = steps.iter().find(|s| value >= s.at_least).map_or(Decimal::ZERO, |s| s.points);
        points.checked_div(full)
    }

    /// True where `value` can have been reported under the rule: for levels one of the shares, for conditions a sum of some.
    pub fn allows(&self, value: Decimal) -> bool {
        match self {
            Rule::Levels(levels) => levels.iter().any(|l| l.share == value),
            Rule::Conditions(conditions) => sums(conditions).contains(&value),
            _ => true,
        }
    }

    /// Which of the levels or conditions a reported value says hold, by their places. None where it says nothing of the
    /// kind, or could be the sum of other conditions as well.
    pub fn holding(&self, value: Decimal) -> Option<Vec<usize>> {
        match self {
            Rule::Levels(levels) => levels.iter().position(|l| l.share == value).map(|at| vec![at]),
            Rule::Conditions(conditions) => {
                let count = conditions.len().min(CONDITIONS);
                let sum = |set: &usize| (0..count).filter(|at| set >> at & 1 == 1).map(|at| conditions[at].share).sum();
                let mut sets = (0..1_usize << count).filter(|set| value == sum(set));
                let (set, another) = (sets.next()?, sets.next());
                another.is_none().then(|| (0..count).filter(|at| set >> at & 1 == 1).collect())
            }
            _ => None,
        }
    }

    /// True where the value says which conditions hold, whichever they are: no two sets of them have the same sum.
    pub fn tells_apart(&self) -> bool {
        match self {
            Rule::Levels(_) => true,
            Rule::Conditions(conditions) => {
                let all = sums(conditions);
                all.iter().collect::<BTreeSet<_>>().len() == all.len()
            }
            _ => false,
        }
    }

    /// What is wrong with the rule by itself. Whether it fits the measure is [`fits`](Rule::fits).
    pub fn fault(&self, max_points: Option<Decimal>) -> Option<RuleFault> {
        let zero = Decimal::ZERO;
        if max_points.is_some_and(|max| max <= zero || !self.is_scored()) {
            return Some(RuleFault::MaxPoints);
        }
        match self {
            Rule::Steps(steps) => {
                let Some((first, last)) = steps.first().zip(steps.last()) else { return Some(RuleFault::Empty) };
                let falling = steps.is_sorted_by(|a, b| a.at_least > b.at_least && a.points > b.points);
                if !falling || last.points < zero || first.points <= zero {
                    return Some(RuleFault::Steps);
                }
                max_points.is_some_and(|max| max != first.points).then_some(RuleFault::HighestStep)
            }
            Rule::Levels(levels) => {
                let within = levels.iter().all(|l| (zero..=Decimal::ONE).contains(&l.share) && !l.text.is_empty());
                let full = levels.iter().any(|l| l.share == Decimal::ONE);
                (!within || !full).then_some(RuleFault::Levels)
            }
            Rule::Conditions(conditions) => {
                let few = (1..=CONDITIONS).contains(&conditions.len());
                let each = conditions.iter().all(|c| (zero..=Decimal::ONE).contains(&c.share) && !c.share.is_zero());
                let named = conditions.iter().all(|c| !c.text.is_empty());
                let whole = few && each && conditions.iter().map(|c| c.share).sum::<Decimal>() == Decimal::ONE;
                (!whole || !named).then_some(RuleFault::Conditions)
            }
            Rule::Bonus(extra) | Rule::Minus(extra) => {
                let possible =
                    zero < extra.each && extra.each <= extra.at_most && extra.at_most <= Decimal::ONE_THOUSAND;
                (!possible).then_some(RuleFault::Extra)
            }
            Rule::Undecided(wording) if wording.trim().is_empty() => Some(RuleFault::Empty),
            _ => None,
        }
    }

    /// True where the indicator's measure, target and aggregation give the rule what it works on.
    pub fn fits(&self, of: &Indicator) -> bool {
        let document = of.measure == Measure::Document;
        match self {
            Rule::YesNo => document,
            Rule::Ratio => of.measure == Measure::Ratio,
            Rule::Levels(_) | Rule::Conditions(_) => {
                let one_value = matches!(of.aggregate, Aggregate::LeadValue | Aggregate::AllOf);
                of.measure == Measure::Value && of.target == Target::AtLeast(Decimal::ONE) && one_value
            }
            Rule::Central => !document && of.aggregate == Aggregate::LeadValue,
            Rule::Bonus(_) | Rule::Minus(_) => document || of.measure == Measure::Value,
            Rule::Unscored | Rule::Undecided(_) => true,
            Rule::Proportional | Rule::Steps(_) | Rule::Threshold | Rule::BestUnit => !document,
        }
    }
}

/// Every sum of some of the shares, also of none.
fn sums(conditions: &[Level]) -> Vec<Decimal> {
    conditions.iter().take(CONDITIONS).fold(vec![Decimal::ZERO], |mut sums, condition| {
        sums.extend(sums.clone().iter().map(|sum| sum + condition.share));
        sums
    })
}
