//! Which backups to keep: all of the last day, one a day for two weeks, one a week for three months, one a month after.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDateTime, TimeDelta};

const ALL_FOR: TimeDelta = TimeDelta::hours(24);
const DAILY_FOR: TimeDelta = TimeDelta::days(14);
const WEEKLY_FOR: TimeDelta = TimeDelta::days(91);

/// Of the backups made at these times, in the order of making, the places of those that are superfluous at `now`.
///
/// Of every day, week and month the last one made stays; so does the very last one. A time after `now` (the clock was
/// set back) counts as new.
pub(super) fn superfluous(made: &[NaiveDateTime], now: NaiveDateTime) -> Vec<usize> {
    let mut taken = BTreeSet::new();
    let newest_first = made.iter().enumerate().rev();
    newest_first
        .filter(|(_, made)| span(**made, now).is_some_and(|span| !taken.insert(span)))
        .map(|(at, _)| at)
        .collect()
}

/// What a backup stands for, alone: its day, its ISO week, or its month. None: it stays in any case.
fn span(made: NaiveDateTime, now: NaiveDateTime) -> Option<(char, i32, u32)> {
    let age = now - made;
    match age {
        _ if age <= ALL_FOR => None,
        _ if age <= DAILY_FOR => Some(('d', made.year(), made.ordinal())),
        _ if age <= WEEKLY_FOR => Some(('w', made.iso_week().year(), made.iso_week().week())),
        _ => Some(('m', made.year(), made.month())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    /// What is left of these backups at `now`.
    fn left(made: &[&str], now: &str) -> Vec<String> {
        let times: Vec<NaiveDateTime> = made.iter().map(|t| at(t)).collect();
        let gone = superfluous(&times, at(now));
        made.iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, t)| (*t).to_owned()).collect()
    }

    #[test]
    fn all_of_the_last_day_stay() {
        let made = ["2023-12-19T08:00:00", "2023-12-19T08:30:00", "2023-12-20T07:59:59", "2023-12-20T08:00:00"];
        assert_eq!(left(&made, "2023-12-20T08:00:00"), made);
    }

    #[test]
    fn then_the_last_of_each_day_week_and_month() {
        let made = [
            "2023-06-02T08:00:00",
            "2023-06-28T08:00:00",
            "2023-11-06T08:00:00",
            "2023-11-10T08:00:00",
            "2023-11-13T08:00:00",
            "2023-12-17T08:00:00",
            "2023-12-17T16:00:00",
            "2023-12-18T08:00:00",
            "2023-12-20T08:00:00",
        ];
        let kept = [
            "2023-06-28T08:00:00",
            "2023-11-10T08:00:00",
            "2023-11-13T08:00:00",
            "2023-12-17T16:00:00",
            "2023-12-18T08:00:00",
            "2023-12-20T08:00:00",
        ];
        assert_eq!(left(&made, "2023-12-20T09:00:00"), kept);
    }

    #[test]
    fn the_only_one_stays_however_old_and_so_do_those_from_the_future() {
        assert_eq!(left(&["2020-01-01T00:00:00"], "2023-12-20T09:00:00").len(), 1);
        assert_eq!(left(&["2023-12-20T09:00:00", "2023-12-20T09:30:00"], "2022-01-01T00:00:00").len(), 2);
        assert_eq!(left(&[], "2022-01-01T00:00:00"), [""; 0]);
    }

    #[test]
    fn a_year_of_half_hours_thinned_all_along_leaves_a_few_dozen_that_reach_back_to_its_beginning() {
        let begin = at("2023-01-02T08:00:00");
        let mut kept: Vec<NaiveDateTime> = Vec::new();
        let mut now = begin;
        while now < at("2023-12-30T18:00:00") {
            kept.push(now);
            for gone in superfluous(&kept, now) {
                kept.remove(gone);
            }
            now += TimeDelta::minutes(30);
        }
        assert!(kept[0] < at("2023-02-01T00:00:00"), "{:?}", kept[0]);
        let count = kept.len();
        assert!((75..=95).contains(&count), "{count}: 49 of the last day, 13 days, 11 weeks, 9 months or so");
        let gaps: Vec<TimeDelta> = kept.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(gaps.iter().all(|gap| *gap < TimeDelta::days(62)), "{gaps:?}");
    }
}
