//! What is doubtful or wrong about an entry. Findings warn; only nonsense is refused.
//!
//! Plain data: the sentences for the officer are in `words`.

use rust_decimal::Decimal;

use super::{Body, Content, DocumentFacts, DocumentState, IndicatorValue, Key, Kind, PlanItem, Reporting};
use super::{TaskProgress, TaskStatus};
use crate::catalogue::{Aggregate, Catalogue, Indicator, Measure, PeriodId};

/// Longest free text, in characters.
pub const TEXT_LIMIT: usize = 4000;
/// Longest name of a file, and longest số và ký hiệu of a document, in characters.
pub const NAME_LIMIT: usize = 255;

/// The unit of money in the plan. Budgets are often kept in triệu đồng, a thousandth of it.
const BILLION_DONG: &str = "tỷ đồng";
/// Triệu đồng in one tỷ đồng.
const MILLIONS_PER_BILLION: Decimal = Decimal::ONE_THOUSAND;
/// So many times the figure before, or the target, a sum of money is rather in the wrong unit than right.
const SLIP_FACTOR: Decimal = Decimal::ONE_HUNDRED;
const JUMP_FACTOR: Decimal = Decimal::TEN;
/// Points that a figure may differ from its own numerator and denominator by rounding.
const ROUNDING: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

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
    /// The percentage is over 100 %.
    Over100(Decimal),
    NumeratorOverDenominator {
        numerator: Decimal,
        denominator: Decimal,
    },
    /// Below the figure, or the percent done, of the period before.
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
    /// Probably a share of 1 where the unit is %.
    ShareSlip {
        value: Decimal,
        percent: Decimal,
    },
    MissingEvidence,
    /// A percentage without numerator and denominator cannot be summed for the province.
    MissingParts,
    /// Neither figure nor state.
    NothingEntered,
    /// A line of a detailed plan that names no work.
    MissingWork,
    /// *No data* or *not applicable* together with a figure, which then counts for nothing.
    FigureIgnored,
    /// *No data* or *not applicable*, or a document not there yet, without a reason.
    MissingReason,
    /// A document said to be issued, without số, ký hiệu, ngày or trích yếu.
    MissingDocumentFacts,
    /// Done at less than 100 %, 100 % and not done, or not started and more than 0 %.
    StatusAgainstPercent,
    /// Paused, or no further than in the period before, without a word on difficulties or their cause.
    MissingDifficulty,
    /// Refused: negative.
    Negative,
    /// Refused: division by zero; "not applicable" is meant.
    ZeroDenominator,
    /// Refused: only one of numerator and denominator.
    HalfRatio,
    /// Refused: numerator and denominator of what has none.
    UnexpectedParts,
    /// Refused: the figure given is not numerator over denominator.
    ValueAgainstParts {
        value: Decimal,
        derived: Decimal,
    },
    /// Refused: percent over 100.
    PercentRange(u8),
    /// Refused: the content is of another kind than the item, or the catalogue has no such item.
    WrongKind,
    /// Refused: `to` before `from`.
    DatesReversed,
    /// Refused: a text is longer than the limit (characters).
    TooLong {
        limit: usize,
    },
}

/// The value of the same record in the period before.
pub type Previous<'a> = Option<&'a Body>;

/// Everything to say about `body` as an entry for `item` (an indicator, a task, or `<task>/<tag>`), refusals first.
pub fn findings(catalogue: &Catalogue, item: &str, body: &Body, previous: Previous<'_>) -> Vec<Finding> {
    let mut problems = too_long(body);
    if !fits(catalogue, item, &body.content) {
        problems.push(Problem::WrongKind);
    } else {
        let before = previous.map(|b| &b.content);
        match (&body.content, catalogue.indicator(item)) {
            (Content::Indicator(value), Some(indicator)) => {
                indicator_problems(indicator, value, before, &mut problems);
                let reported = value.figure(indicator.measure).is_some();
                missing_evidence(reported, body, &mut problems);
            }
            (Content::Document(facts), _) => {
                document_problems(facts, &mut problems);
                missing_evidence(facts.state == DocumentState::Issued, body, &mut problems);
            }
            (Content::Task(task), _) => {
                task_problems(task, before, &mut problems);
                missing_evidence(task.status == TaskStatus::Done, body, &mut problems);
            }
            (Content::PlanItem(plan), _) => plan_item_problems(plan, &mut problems),
            (Content::Indicator(_), None) | (Content::Withdrawn, _) => {}
        }
    }
    let mut found: Vec<Finding> = problems.into_iter().map(Finding::from).collect();
    found.sort_by_key(|f| std::cmp::Reverse(f.severity));
    found
}

/// True where one of the findings forbids saving.
pub fn is_refused(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.severity == Severity::Error)
}

impl Problem {
    pub fn severity(&self) -> Severity {
        use Problem::*;
        match self {
            Over100(_)
            | NumeratorOverDenominator { .. }
            | Fall { .. }
            | Jump { .. }
            | UnitSlip { .. }
            | ShareSlip { .. }
            | MissingEvidence
            | MissingParts
            | NothingEntered
            | MissingWork
            | FigureIgnored
            | MissingReason
            | MissingDocumentFacts
            | StatusAgainstPercent
            | MissingDifficulty => Severity::Warning,
            Negative
            | ZeroDenominator
            | HalfRatio
            | UnexpectedParts
            | ValueAgainstParts { .. }
            | PercentRange(_)
            | WrongKind
            | DatesReversed
            | TooLong { .. } => Severity::Error,
        }
    }
}

impl From<Problem> for Finding {
    fn from(problem: Problem) -> Finding {
        Finding { severity: problem.severity(), problem }
    }
}

/// True where the item exists and takes this kind of content. A withdrawal fits all.
fn fits(catalogue: &Catalogue, item: &str, content: &Content) -> bool {
    let (base, is_plan_item) = match item.split_once('/') {
        Some((task, _)) => (task, true),
        None => (item, false),
    };
    // Agency and period play no part in an item's kind.
    let Some(key) = Key::of_item(catalogue, base, "", &PeriodId::Year { year: 0 }) else { return false };
    match content.kind() {
        None => true,
        Some(Kind::PlanItem) => key.kind == Kind::Task,
        Some(kind) => kind == key.kind && !is_plan_item,
    }
}

fn indicator_problems(
    indicator: &Indicator,
    entry: &IndicatorValue,
    before: Option<&Content>,
    problems: &mut Vec<Problem>,
) {
    let figures = [entry.numerator, entry.denominator, entry.value];
    if figures.iter().flatten().any(|n| n.is_sign_negative() && !n.is_zero()) {
        problems.push(Problem::Negative);
    }
    if entry.state != Reporting::Reported {
        if figures.iter().any(Option::is_some) {
            problems.push(Problem::FigureIgnored);
        }
        if entry.reason.trim().is_empty() {
            problems.push(Problem::MissingReason);
        }
        return;
    }
    if figures.iter().all(Option::is_none) {
        problems.push(Problem::NothingEntered);
        return;
    }
    parts_problems(indicator, entry, problems);
    let Some(value) = entry.figure(indicator.measure) else { return };
    let before = match before {
        Some(Content::Indicator(b)) => b.figure(indicator.measure),
        _ => None,
    };
    against_before(indicator, value, before, problems);
}

/// Numerator and denominator, against each other and against the indicator's measure.
fn parts_problems(indicator: &Indicator, entry: &IndicatorValue, problems: &mut Vec<Problem>) {
    if indicator.measure == Measure::Value {
        if entry.numerator.is_some() || entry.denominator.is_some() {
            problems.push(Problem::UnexpectedParts);
        }
        if indicator.unit == "%" {
            problems.extend(entry.value.and_then(over_100));
        }
        return;
    }
    match (entry.numerator, entry.denominator) {
        (Some(_), Some(denominator)) if denominator.is_zero() => problems.push(Problem::ZeroDenominator),
        (Some(numerator), Some(denominator)) => {
            if indicator.measure == Measure::Ratio && numerator > denominator {
                problems.push(Problem::NumeratorOverDenominator { numerator, denominator });
            }
            if let (Some(value), Some(derived)) = (entry.value, entry.figure(indicator.measure))
                && (value - derived).abs() > ROUNDING
            {
                problems.push(Problem::ValueAgainstParts { value, derived });
            }
        }
        (None, None) => {
            if indicator.aggregate == Aggregate::RatioOfSums {
                problems.push(Problem::MissingParts);
            }
            if indicator.measure == Measure::Ratio {
                problems.extend(entry.value.and_then(over_100));
                problems.extend(entry.value.and_then(|value| share_slip(indicator, value)));
            }
        }
        _ => problems.push(Problem::HalfRatio),
    }
}

fn over_100(percent: Decimal) -> Option<Problem> {
    (percent > Decimal::ONE_HUNDRED).then_some(Problem::Over100(percent))
}

/// 0,85 where 85 % is meant, as Excel has it behind a cell that is not formatted as a percentage. Where the target itself is
/// as small, such a figure is an ordinary one.
fn share_slip(indicator: &Indicator, value: Decimal) -> Option<Problem> {
    let small = indicator.target.threshold().is_some_and(|threshold| threshold <= Decimal::ONE);
    let share = value > Decimal::ZERO && value <= Decimal::ONE;
    (share && !small).then_some(Problem::ShareSlip { value, percent: value * Decimal::ONE_HUNDRED })
}

/// A wrong unit explains a jump: only one of the two is said.
fn against_before(indicator: &Indicator, value: Decimal, before: Option<Decimal>, problems: &mut Vec<Problem>) {
    let reaches = |base: Decimal, factor: Decimal| {
        base > Decimal::ZERO && base.checked_mul(factor).is_some_and(|limit| value >= limit)
    };
    let usual = before.filter(|b| !b.is_zero()).or(indicator.target.threshold());
    let slipped = indicator.unit == BILLION_DONG
        && (value >= MILLIONS_PER_BILLION || usual.is_some_and(|u| reaches(u, SLIP_FACTOR)));
    if slipped {
        problems.push(Problem::UnitSlip { value, in_unit: value / MILLIONS_PER_BILLION });
    } else if let Some(from) = before {
        if value < from {
            problems.push(Problem::Fall { from, to: value });
        } else if reaches(from, JUMP_FACTOR) {
            problems.push(Problem::Jump { from, to: value });
        }
    }
}

fn document_problems(facts: &DocumentFacts, problems: &mut Vec<Problem>) {
    let missing = |text: &str| text.trim().is_empty();
    if facts.state == DocumentState::Issued {
        if missing(&facts.symbol) || facts.date.is_none() || missing(&facts.summary) {
            problems.push(Problem::MissingDocumentFacts);
        }
    } else if missing(&facts.reason) {
        problems.push(Problem::MissingReason);
    }
}

fn task_problems(task: &TaskProgress, before: Option<&Content>, problems: &mut Vec<Problem>) {
    let contradicts = |percent: u8| match task.status {
        TaskStatus::Done => percent < 100,
        TaskStatus::NotStarted => percent > 0,
        TaskStatus::InProgress | TaskStatus::Paused => percent == 100,
    };
    match task.percent {
        Some(percent) if percent > 100 => problems.push(Problem::PercentRange(percent)),
        Some(percent) if contradicts(percent) => problems.push(Problem::StatusAgainstPercent),
        _ => {}
    }
    let before = match before {
        Some(Content::Task(b)) => b.percent,
        _ => None,
    };
    if let (Some(from), Some(to)) = (before, task.percent)
        && to < from
    {
        problems.push(Problem::Fall { from: from.into(), to: to.into() });
    }
    let stuck = match task.status {
        TaskStatus::Paused => true,
        TaskStatus::NotStarted | TaskStatus::InProgress => before.is_some() && task.percent <= before,
        TaskStatus::Done => false,
    };
    if stuck && task.difficulty.trim().is_empty() && task.cause.trim().is_empty() {
        problems.push(Problem::MissingDifficulty);
    }
}

fn plan_item_problems(plan: &PlanItem, problems: &mut Vec<Problem>) {
    if plan.work.trim().is_empty() {
        problems.push(Problem::MissingWork);
    }
    if let (Some(from), Some(to)) = (plan.from, plan.to)
        && to < from
    {
        problems.push(Problem::DatesReversed);
    }
}

fn missing_evidence(reported: bool, body: &Body, problems: &mut Vec<Problem>) {
    if reported && body.evidence.is_empty() {
        problems.push(Problem::MissingEvidence);
    }
}

/// At most one finding per limit.
fn too_long(body: &Body) -> Vec<Problem> {
    let (mut texts, mut names) = (vec![&body.note], body.evidence.iter().map(|e| &e.name).collect::<Vec<_>>());
    match &body.content {
        Content::Indicator(v) => texts.push(&v.reason),
        Content::Task(t) => texts.extend([&t.result, &t.difficulty, &t.cause, &t.proposal]),
        Content::PlanItem(p) => texts.extend([&p.work, &p.coordinating, &p.output]),
        Content::Document(d) => {
            texts.extend([&d.summary, &d.reason]);
            names.push(&d.symbol);
        }
        Content::Withdrawn => {}
    }
    [(texts, TEXT_LIMIT), (names, NAME_LIMIT)]
        .into_iter()
        .filter(|(fields, limit)| fields.iter().any(|f| f.chars().nth(*limit).is_some()))
        .map(|(_, limit)| Problem::TooLong { limit })
        .collect()
}
