//! Made-up figures that look like life: they differ per agency, rise over the quarters and stay within their population.
//!
//! None of them comes from anywhere; each entry says "SỐ LIỆU MẪU".

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use sha2::{Digest, Sha256};

use crate::catalogue::{AgencyKind, Catalogue, Indicator, Measure, PeriodId, Target, Task};
use crate::record::{Body, Content, DocumentFacts, DocumentState, IndicatorValue, Key, Kind, TaskProgress, TaskStatus};

const MARK: &str = "SỐ LIỆU MẪU, không phải số liệu chính thức";
const WEEKS_A_QUARTER: i64 = 13;

/// The entry for a record; none for the few that the agency forgot.
pub(super) fn body(catalogue: &Catalogue, key: &Key) -> Option<Body> {
    if chance(key, "forgotten") < per_cent(5) {
        return None;
    }
    let content = match (key.kind, catalogue.indicator(&key.item), catalogue.task(&key.item)) {
        (Kind::Document, Some(indicator), _) => Content::Document(document(key, indicator)),
        (_, Some(indicator), _) => Content::Indicator(figure(catalogue, key, indicator)),
        (_, None, Some(task)) => Content::Task(progress(key, task)),
        _ => return None,
    };
    Some(Body { note: MARK.to_owned(), ..Body::new(content) })
}

/// The text of a file of evidence.
pub(super) fn evidence(catalogue: &Catalogue, key: &Key) -> String {
    let title = catalogue.indicator(&key.item).map_or(key.item.as_str(), |i| i.title.as_str());
    let agency = catalogue.agency_name(&key.agency);
    format!("\u{FEFF}SỐ LIỆU MẪU\r\n\r\n{agency}\r\nKỳ: {}\r\n{}: {title}\r\n\r\n{MARK}.\r\n", key.period, key.item)
}

/// Whom or what an agency counts: the denominator of its figure, the same in every quarter.
fn population(agency: &str, item: &str) -> Decimal {
    let (least, most) = match item {
        "M05" => (51_000, 68_000),
        "M06" | "M07" => (14_000, 26_000),
        "M09" => (60, 160),
        "M10" => (120, 400),
        "M19" | "M20" | "M21" | "M22" => (3_800, 4_400),
        "D01" | "D02" | "D03" => (1_200, 1_900),
        "D04" | "D05" | "D06" => (20_000, 60_000),
        _ => (12, 90),
    };
    let share = uniform(&format!("{agency}/{item}/population"));
    (Decimal::from(least) + share * Decimal::from(most - least)).round()
}

fn figure(catalogue: &Catalogue, key: &Key, indicator: &Indicator) -> IndicatorValue {
    if chance(key, "no data") < per_cent(4) {
        return IndicatorValue::no_data("SỐ LIỆU MẪU: đang chờ đơn vị phối hợp cung cấp");
    }
    let goal = indicator.target.threshold();
    let all = matches!(indicator.target, Target::All(_));
    // From about two thirds of the goal, up by a few per cent a quarter.
    let pace = per_cent(58) + chance(key, "start") * per_cent(24) + Decimal::from(quarter(key)) * per_cent(5);
    match indicator.measure {
        Measure::Ratio => {
            let denominator = denominator(catalogue, key);
            let share = pace * goal.map_or(per_cent(70), |g| g / Decimal::ONE_HUNDRED);
            IndicatorValue::ratio((denominator * share).round().min(denominator), denominator)
        }
        Measure::Rate => {
            let weeks = Decimal::from(WEEKS_A_QUARTER);
            IndicatorValue::ratio((weeks * goal.unwrap_or(Decimal::ONE) * (pace + per_cent(20))).round(), weeks)
        }
        Measure::Value | Measure::Document => {
            let base = goal.unwrap_or_else(|| (Decimal::from(40) + chance(key, "base") * Decimal::from(60)).round());
            let decimals = if indicator.unit == "tỷ đồng" { 1 } else { 0 };
            let value = (base * pace).round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
            IndicatorValue::value(if all { value.min(base) } else { value })
        }
    }
}

fn denominator(catalogue: &Catalogue, key: &Key) -> Decimal {
    let communes = || catalogue.agencies.iter().filter(|a| a.parent.as_ref() == Some(&key.agency));
    match key.item.as_str() {
        // Communes are counted, not made up.
        "M08" => Decimal::from(communes().filter(|a| a.kind == AgencyKind::Commune).count()),
        item => population(&key.agency, item),
    }
}

fn document(key: &Key, indicator: &Indicator) -> DocumentFacts {
    let issued_in = 1 + whole(chance(key, "issued") * Decimal::from(5));
    let PeriodId::Quarter { year, quarter } = key.period else { return DocumentFacts::default() };
    if i64::from(quarter) < issued_in {
        let state =
            if i64::from(quarter) + 1 == issued_in { DocumentState::Drafting } else { DocumentState::NotIssued };
        return DocumentFacts {
            state, reason: "SỐ LIỆU MẪU: đang lấy ý kiến".to_owned(), ..DocumentFacts::default()
        };
    }
    let number = 1 + whole(chance(key, "number") * Decimal::from(90));
    let month = u32::try_from(issued_in * 3 - 1).unwrap_or(2);
    DocumentFacts {
        state: DocumentState::Issued,
        symbol: format!("{number:02}/SLM"),
        date: NaiveDate::from_ymd_opt(year, month, 15),
        summary: format!("SỐ LIỆU MẪU: {}", indicator.short),
        reason: String::new(),
    }
}

fn progress(key: &Key, task: &Task) -> TaskProgress {
    let done = whole(chance(key, "start") * Decimal::from(20)) + i64::from(quarter(key)) * 20;
    // People report in steps of five.
    let percent = u8::try_from((done / 5 * 5).min(100)).unwrap_or(100);
    let status = if percent == 100 { TaskStatus::Done } else { TaskStatus::InProgress };
    let difficulty = if chance(key, "difficulty") < per_cent(25) {
        "SỐ LIỆU MẪU: thiếu nhân lực chuyên trách"
    } else {
        ""
    };
    TaskProgress {
        status,
        percent: Some(percent),
        result: format!("SỐ LIỆU MẪU: đã thực hiện {percent}% công việc của nhiệm vụ {}", task.id),
        difficulty: difficulty.to_owned(),
        ..TaskProgress::default()
    }
}

fn quarter(key: &Key) -> u32 {
    match key.period {
        PeriodId::Quarter { quarter, .. } => quarter,
        _ => 4,
    }
}

/// A number from 0 to below 1 for an agency's item, the same in every quarter.
fn chance(key: &Key, what: &str) -> Decimal {
    uniform(&format!("{}/{}/{what}", key.agency, key.item))
}

fn uniform(seed: &str) -> Decimal {
    let hash = Sha256::digest(seed);
    Decimal::new(i64::from(u16::from_be_bytes([hash[0], hash[1]])), 0) / Decimal::from(65_536)
}

fn per_cent(number: i64) -> Decimal {
    Decimal::new(number, 2)
}

fn whole(number: Decimal) -> i64 {
    number.trunc().to_i64().unwrap_or_default()
}
