//! Reporting periods: their ids, data windows and due dates.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Calendar;

/// `2023-Q4`, `2023`, or `dx-2023-10-05-bao-cao-nhanh` (đột xuất, with the requester's due date).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PeriodId {
    Quarter { year: i32, quarter: u32 },
    Year { year: i32 },
    AdHoc { due: NaiveDate, slug: String },
}

/// A period with its data window and due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    pub id: PeriodId,
    /// First day of the data window.
    pub from: NaiveDate,
    /// Last day of the data window.
    pub to: NaiveDate,
    /// The report is due strictly before this day.
    pub due_before: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a period: {0}")]
pub struct PeriodParseError(pub String);

impl PeriodId {
    pub fn year(&self) -> i32 {
        match self {
            PeriodId::Quarter { year, .. } | PeriodId::Year { year } => *year,
            PeriodId::AdHoc { due, .. } => due.year(),
        }
    }

    /// The period of the same type before this one; ad hoc periods have none.
    pub fn previous(&self) -> Option<PeriodId> {
        match self {
            PeriodId::Quarter { year, quarter: 1 } => Some(PeriodId::Quarter { year: year - 1, quarter: 4 }),
            PeriodId::Quarter { year, quarter } => Some(PeriodId::Quarter { year: *year, quarter: quarter - 1 }),
            PeriodId::Year { year } => Some(PeriodId::Year { year: year - 1 }),
            PeriodId::AdHoc { .. } => None,
        }
    }

    /// The quarter whose report falls due next on `today`.
    pub fn current(today: NaiveDate) -> PeriodId {
        PeriodId::Quarter { year: today.year(), quarter: (today.month() - 1) / 3 + 1 }
    }
}

impl Period {
    /// The window of NĐ 09/2019/NĐ-CP điều 12 and the due date of the plan (line 134).
    pub fn of(id: PeriodId, calendar: &Calendar) -> Period {
        let calendar = calendar.of_year(id.year());
        let day = |y: i32, m: u32, d: u32| NaiveDate::from_ymd_opt(y, m, d).unwrap_or(NaiveDate::MIN);
        let (from, to, due_before) = match &id {
            PeriodId::Quarter { year, quarter } => {
                let last = quarter * 3;
                let (from_year, from_month) = if *quarter == 1 { (year - 1, 12) } else { (*year, last - 3) };
                (
                    day(from_year, from_month, calendar.window_from_day),
                    day(*year, last, calendar.window_to_day),
                    day(*year, last, calendar.quarter_due_day),
                )
            }
            PeriodId::Year { year } => (
                day(year - 1, 12, calendar.window_from_day),
                day(*year, 12, calendar.window_to_day),
                day(*year, calendar.year_due_month, calendar.year_due_day),
            ),
            PeriodId::AdHoc { due, .. } => {
                (day(due.year() - 1, 12, calendar.window_from_day), *due - Days::new(1), *due)
            }
        };
        Period { id, from, to, due_before }
    }
}

impl fmt::Display for PeriodId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PeriodId::Quarter { year, quarter } => write!(f, "{year:04}-Q{quarter}"),
            PeriodId::Year { year } => write!(f, "{year:04}"),
            PeriodId::AdHoc { due, slug } => write!(f, "dx-{}-{slug}", due.format("%Y-%m-%d")),
        }
    }
}

impl FromStr for PeriodId {
    type Err = PeriodParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text.trim()).ok_or_else(|| PeriodParseError(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<PeriodId> {
    if let Some(rest) = text.strip_prefix("dx-") {
        let due = NaiveDate::parse_from_str(rest.get(..10)?, "%Y-%m-%d").ok()?;
        let slug = rest.get(10..)?.strip_prefix('-')?;
        let plain = slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let fits = plain && !slug.is_empty() && slug.len() <= 40 && year_in_range(due.year());
        return fits.then(|| PeriodId::AdHoc { due, slug: slug.to_owned() });
    }
    let (year, quarter) = match text.split_once("-Q") {
        Some((year, quarter)) => (year, Some(quarter)),
        None => (text, None),
    };
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i32 = year.parse().ok().filter(|y| year_in_range(*y))?;
    match quarter {
        None => Some(PeriodId::Year { year }),
        Some(q) => match q {
            "1" | "2" | "3" | "4" => Some(PeriodId::Quarter { year, quarter: q.parse().ok()? }),
            _ => None,
        },
    }
}

fn year_in_range(year: i32) -> bool {
    (2000..=2100).contains(&year)
}

impl TryFrom<String> for PeriodId {
    type Error = PeriodParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PeriodId> for String {
    fn from(id: PeriodId) -> String {
        id.to_string()
    }
}
