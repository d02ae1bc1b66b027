//! The points of one indicator: what its scoring rule gives for what is reported.
//!
//! A rule that cannot say anything yet says why, and brings no points; it never guesses.

use rust_decimal::Decimal;

use super::{UnitFigure, UnitState};
use crate::catalogue::{Aggregate, Extra, Indicator, Rule};

/// What a scoring rule gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Points {
    /// Of the indicator's maximum, 0 to 1.
    Share(Decimal),
    /// Nothing yet: counts as 0.
    Open(Open),
    /// Bonus points, or minus points below 0: of the 1000 of all pillars, outside the maximum.
    Extra(Decimal),
    /// For information only.
    Unscored,
}

/// Why there are no points yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Open {
    NoFigure,
    /// There is a figure, and nothing to compare it with yet: no earlier one, or units still out.
    NotYet,
    /// What was reported has no file to prove it.
    NoEvidence,
    /// The value is none of those that the rule has.
    NotALevel,
    /// Compared with the best unit, and not all units are in, or not in this file.
    UnitsOut,
    /// The ministry measures it, and its value was not entered.
    Central,
    /// Nobody has made a rule of the wording yet.
    Undecided,
}

/// What is known of an indicator when its points are asked for.
pub(super) struct Known<'a> {
    pub value: Option<Decimal>,
    pub attainment: Option<Decimal>,
    pub reached: Option<bool>,
    pub units: &'a [UnitFigure],
}

impl Points {
    /// Of the maximum, 0 to 1; what is open counts as 0.
    pub fn share(self) -> Decimal {
        match self {
            Points::Share(share) => share,
            Points::Open(_) | Points::Extra(_) | Points::Unscored => Decimal::ZERO,
        }
    }

    /// True where the indicator's maximum is part of the score's.
    pub fn is_scored(self) -> bool {
        matches!(self, Points::Share(_) | Points::Open(_))
    }

    /// Points outside the maximum.
    pub fn extra(self) -> Decimal {
        match self {
            Points::Extra(points) => points,
            Points::Share(_) | Points::Open(_) | Points::Unscored => Decimal::ZERO,
        }
    }
}

/// The points by the indicator's rule. `province` gives the figures of all units, for the rule that asks for the best.
pub(super) fn points(of: &Indicator, known: &Known<'_>, province: impl FnOnce() -> Vec<UnitFigure>) -> Points {
    let missing = if of.rule == Rule::Central { Open::Central } else { Open::NoFigure };
    // What all have can only fall while others are still to report.
    let may_fall = of.aggregate == Aggregate::AllOf && !all_in(known.units);
    let figure = || known.value.ok_or(missing);
    let settled_figure = || figure().and_then(|value| if may_fall { Err(Open::UnitsOut) } else { Ok(value) });
    let settled = || known.reached.map(|reached| Decimal::from(u8::from(reached))).ok_or(Open::NotYet);
    let share = match &of.rule {
        Rule::Unscored => return Points::Unscored,
        Rule::Bonus(extra) => return Points::Extra(extra_points(extra, known)),
        Rule::Minus(extra) => return Points::Extra(-extra_points(extra, known)),
        Rule::Undecided(_) => Err(Open::Undecided),
        Rule::Ratio => settled_figure().map(|value| value / Decimal::ONE_HUNDRED),
        Rule::Steps(_) => settled_figure().map(|value| of.rule.step(value).unwrap_or_default()),
        Rule::Levels(_) | Rule::Conditions(_) => {
            settled_figure().and_then(|value| if of.rule.allows(value) { Ok(value) } else { Err(Open::NotALevel) })
        }
        Rule::Threshold => figure().and_then(|_| settled()),
        Rule::YesNo if known.reached == Some(true) && !has_evidence(known.units) => Err(Open::NoEvidence),
        Rule::YesNo => figure().and_then(|_| settled()),
        Rule::BestUnit => figure().and_then(|value| of_the_best(value, &province())),
        Rule::Proportional | Rule::Central => settled_figure().and_then(|_| known.attainment.map_or_else(settled, Ok)),
    };
    match share {
        Ok(share) => Points::Share(share.clamp(Decimal::ZERO, Decimal::ONE)),
        Err(open) => Points::Open(open),
    }
}

/// So many points for each one counted, up to the limit.
fn extra_points(extra: &Extra, known: &Known<'_>) -> Decimal {
    // As with every other point: what is not proved does not count.
    let proved = has_evidence(known.units);
    let counted = known.value.filter(|_| proved).unwrap_or_default().max(Decimal::ZERO);
    counted.checked_mul(extra.each).map_or(extra.at_most, |points| points.min(extra.at_most))
}

/// `Tỷ lệ chuẩn hóa = tỷ lệ của đơn vị / tỷ lệ của đơn vị có giá trị lớn nhất`.
fn of_the_best(value: Decimal, units: &[UnitFigure]) -> Result<Decimal, Open> {
    let mut best = Decimal::ZERO;
    for unit in units {
        match (unit.state, unit.value) {
            (UnitState::Counted, Some(value)) => best = best.max(value),
            (UnitState::NotApplicable, _) => {}
            _ => return Err(Open::UnitsOut),
        }
    }
    // Where the best has nothing, nobody has anything.
    Ok(value.checked_div(best).unwrap_or_default())
}

/// Every unit has said what it has, or that it has nothing to say.
pub(super) fn all_in(units: &[UnitFigure]) -> bool {
    units.iter().all(|u| matches!(u.state, UnitState::Counted | UnitState::NotApplicable))
}

/// Every figure that counts has a file to prove it.
fn has_evidence(units: &[UnitFigure]) -> bool {
    units.iter().filter(|u| u.state == UnitState::Counted).all(|u| u.evidence > 0)
}
