//! Periods, due dates and filings.

use crate::catalogue::{Period, PeriodId};
use crate::record::FilingKind;
use crate::text::date::format_date;

/// "Quý IV/2023", "Năm 2023", "Đột xuất trước 05/10/2023: bao-cao-nhanh".
pub fn period(id: &PeriodId) -> String {
    match id {
        PeriodId::Quarter { year, quarter } => {
            let numeral = match quarter {
                1 => "I",
                2 => "II",
                3 => "III",
                _ => "IV",
            };
            format!("Quý {numeral}/{year}")
        }
        PeriodId::Year { year } => format!("Năm {year}"),
        PeriodId::AdHoc { due, slug } => format!("Đột xuất trước {}: {slug}", format_date(*due)),
    }
}

/// "hạn trước 25/12/2023".
pub fn due_before(period: &Period) -> String {
    format!("hạn trước {}", format_date(period.due_before))
}

/// "còn 12 ngày", "hôm nay là ngày cuối", "quá hạn 3 ngày"; counted to the due date, which is itself too late.
pub fn days_left(days: i64) -> String {
    match days {
        2.. => format!("còn {days} ngày"),
        1 => "hôm nay là ngày cuối".to_owned(),
        _ => format!("quá hạn {} ngày", 1 - days),
    }
}

/// "chính thức", "bổ sung lần 2".
pub fn filing(kind: FilingKind) -> String {
    match kind {
        FilingKind::Official => "chính thức".to_owned(),
        FilingKind::Supplementary(number) => format!("bổ sung lần {number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period_words(id: &str) -> String {
        period(&id.parse().expect("a period"))
    }

    #[test]
    fn periods_are_named_as_in_administrative_writing() {
        assert_eq!(period_words("2023-Q1"), "Quý I/2023");
        assert_eq!(period_words("2023-Q4"), "Quý IV/2023");
        assert_eq!(period_words("2024"), "Năm 2024");
        assert_eq!(period_words("dx-2023-10-05-bao-cao-nhanh"), "Đột xuất trước 05/10/2023: bao-cao-nhanh");
    }

    #[test]
    fn filings_are_named_as_in_tax_filing() {
        assert_eq!(filing(FilingKind::Official), "chính thức");
        assert_eq!(filing(FilingKind::Supplementary(2)), "bổ sung lần 2");
    }

    #[test]
    fn the_due_date_itself_is_a_day_late() {
        assert_eq!(days_left(12), "còn 12 ngày");
        assert_eq!(days_left(1), "hôm nay là ngày cuối");
        assert_eq!(days_left(0), "quá hạn 1 ngày");
        assert_eq!(days_left(-2), "quá hạn 3 ngày");
    }
}
