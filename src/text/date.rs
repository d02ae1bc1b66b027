//! Dates and times as Vietnamese offices write them. The clock is never read here: every value is an argument.

use super::fold;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Timelike};

/// The first year that is taken: an earlier one is a slip of the keyboard (`0023`), not a date of the plan.
const FIRST_YEAR: i32 = 1900;

/// The first two digits of the years that two digits may stand for.
const CENTURY: &str = "20";

/// Writes a date as `dd/mm/yyyy`.
pub fn format_date(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// Writes a moment as `hh:mm dd/mm/yyyy`, in the moment's own offset.
pub fn format_time(time: DateTime<FixedOffset>) -> String {
    format_moment(time.naive_local())
}

/// The same of a local time.
pub fn format_moment(time: NaiveDateTime) -> String {
    format!("{:02}:{:02} {}", time.hour(), time.minute(), format_date(time.date()))
}

/// Reads a typed date: `5/10/2023`, `05-10-2023`, `5.10.2023`, `2023-10-05` or `ngày 5 tháng 10 năm 2023`.
///
/// The day always comes before the month. The year has four digits and is 1900 or later. Gives `None` for everything
/// else, also for a day that the month does not have.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if let Some(date) = parse_words(text) {
        return Some(date);
    }
    let separator = text.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let mut parts = text.split(separator);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    // Year first is ISO 8601, which knows no one-digit months: `2023-1-5` has no agreed order.
    if separator == '-' && first.len() == 4 && second.len() == 2 && third.len() == 2 {
        date(third, second, first)
    } else {
        date(first, second, third)
    }
}

/// What a date whose year has two digits may mean, in the present century: day first, and year first where the dashes of
/// ISO 8601 are used. Never taken for one of them: a person has to say which. Empty for everything else.
pub fn short_year_readings(text: &str) -> Vec<NaiveDate> {
    let text = text.trim();
    let Some(separator) = text.chars().find(|c| matches!(c, '/' | '-' | '.')) else { return Vec::new() };
    let parts: Vec<&str> = text.split(separator).collect();
    let [first, second, third] = parts[..] else { return Vec::new() };
    let reading = |day: &str, month: &str, year: &str| {
        digits(year, 2..=2).and_then(|_| date(day, month, &format!("{CENTURY}{year}")))
    };
    let day_first = reading(first, second, third);
    let year_first = reading(third, second, first).filter(|_| separator == '-');
    let mut readings: Vec<NaiveDate> = day_first.into_iter().chain(year_first).collect();
    readings.dedup();
    readings
}

/// Reads `ngày 5 tháng 10 năm 2023`, with or without diacritics and in any case.
fn parse_words(text: &str) -> Option<NaiveDate> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    match words[..] {
        ["ngay", day, "thang", month, "nam", year] => date(day, month, year),
        _ => None,
    }
}

fn date(day: &str, month: &str, year: &str) -> Option<NaiveDate> {
    let year = digits(year, 4..=4)? as i32;
    if year < FIRST_YEAR {
        return None;
    }
    NaiveDate::from_ymd_opt(year, digits(month, 1..=2)?, digits(day, 1..=2)?)
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    // `parse` alone would take a sign.
    let plain = length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
    }

    #[test]
    fn dates_are_written_day_first() {
        assert_eq!(format_date(ymd(2023, 10, 5)), "05/10/2023");
    }

    #[test]
    fn a_moment_is_written_in_its_own_offset() {
        let time = DateTime::parse_from_rfc3339("2023-10-05T23:42:59+07:00").expect("a moment");
        assert_eq!(format_time(time), "23:42 05/10/2023");
    }

    #[test]
    fn every_usual_way_of_writing_a_date_is_read() {
        for text in [
            "5/10/2023",
            "05/10/2023",
            " 05-10-2023 ",
            "5-10-2023",
            "5.10.2023",
            "2023-10-05",
            "ngày 5 tháng 10 năm 2023",
            "Ngày  05 tháng 10 năm 2023",
            "ngay 5 thang 10 nam 2023",
            "nga\u{300}y 5 tha\u{301}ng 10 na\u{306}m 2023",
        ] {
            assert_eq!(parse_date(text), Some(ymd(2023, 10, 5)), "{text:?}");
        }
    }

    #[test]
    fn doubtful_dates_are_refused() {
        for text in [
            "",
            "5/10/23",
            "5/10/0023",
            "5/10/02023",
            "31/02/2023",
            "29/2/2023",
            "13/13/2023",
            "0/1/2023",
            "2023/10/05",
            "2023-1-5",
            "5/10-2023",
            "5/10",
            "5/10/2023/1",
            "+5/10/2023",
            "5/10/+2023",
            "5/ 10/2023",
            "５/10/2023",
            "5/10/2023 10:42",
            "tháng 10 năm 2023",
            "ngày 5 tháng 10 năm 23",
            "005/10/2023",
            "45204",
            "--2023",
        ] {
            assert_eq!(parse_date(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_year_of_two_digits_is_asked_about_with_what_it_may_mean() {
        assert_eq!(short_year_readings("5/10/23"), [ymd(2023, 10, 5)]);
        assert_eq!(short_year_readings("25-12-23"), [ymd(2023, 12, 25), ymd(2025, 12, 23)]);
        assert_eq!(short_year_readings("31-12-45"), [ymd(2045, 12, 31)]);
        for other in ["5/10/2023", "5/13/23", "5/10", "5/10/3", "5/10/23/1", "+5/10/23", ""] {
            assert_eq!(short_year_readings(other), [], "{other}");
        }
    }

    #[test]
    fn a_leap_day_is_a_day() {
        assert_eq!(parse_date("29/2/2024"), Some(ymd(2024, 2, 29)));
    }

    proptest! {
        #[test]
        fn a_written_date_is_read_back_the_same(days in 0_u64..2_900_000) {
            let date = ymd(1900, 1, 1) + chrono::Days::new(days);
            prop_assert_eq!(parse_date(&format_date(date)), Some(date));
            prop_assert_eq!(parse_date(&date.to_string()), Some(date));
        }

        #[test]
        fn no_text_makes_reading_panic(text in "[-0-9./ngàythámnăé ]*") {
            let _ = parse_date(&text);
        }
    }
}
