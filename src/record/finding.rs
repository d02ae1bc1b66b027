//! What is doubtful or wrong about an entry. Findings warn; only nonsense is refused.

use rust_decimal::Decimal;

use super::Body;
use crate::catalogue::{Catalogue, Id};

/// One remark on one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    pub problem: Problem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Shown, and saved all the same.
    Warning,
    /// Refused.
    Error,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The ratio is over 100 %.
    Over100(Decimal),
    NumeratorOverDenominator {
        numerator: Decimal,
        denominator: Decimal,
    },
    /// Below the value of the period before.
    Fall {
        from: Decimal,
        to: Decimal,
    },
    /// A jump by a factor of 10 or more against the period before.
    Jump {
        from: Decimal,
        to: Decimal,
    },
    /// Probably entered in triệu đồng where the unit is tỷ đồng.
    UnitSlip {
        value: Decimal,
        in_unit: Decimal,
    },
    MissingEvidence,
    /// A percentage without numerator and denominator cannot be summed for the province.
    MissingParts,
    /// Neither figure nor state.
    NothingEntered,
    /// *No data* or *not applicable* without a reason.
    MissingReason,
    /// A document said to be issued, without số, ký hiệu, ngày or trích yếu.
    MissingDocumentFacts,
    /// Done at less than 100 %, or 100 % and not done.
    StatusAgainstPercent,
    /// Overdue or stuck without a word on difficulties.
    MissingDifficulty,
    /// Refused: negative.
    Negative,
    /// Refused: division by zero; "not applicable" is meant.
    ZeroDenominator,
    /// Refused: only one of numerator and denominator.
    HalfRatio,
    /// Refused: percent over 100.
    PercentRange(u8),
    /// Refused: the content is of another kind than the item.
    WrongKind,
    /// Refused: `to` before `from`.
    DatesReversed,
    /// The text was longer than the limit (characters).
    TooLong {
        limit: usize,
    },
}

/// The value of the same record in the period before.
pub type Previous<'a> = Option<&'a Body>;

/// Everything to say about `body` as an entry for `item`.
pub fn findings(_catalogue: &Catalogue, _item: &Id, _body: &Body, _previous: Previous<'_>) -> Vec<Finding> {
    Vec::new()
}
