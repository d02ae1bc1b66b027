//! What holds when: agencies that come, go and take over from each other, indicators and calendars that change.
//!
//! One catalogue serves all periods. It says what holds now, and carries the dates by which a period of the past is
//! read as it was: who was there, who answers for an agency that is gone, which target counted.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Agency, Calendar, Catalogue, Id, Indicator, Period, PeriodId};

impl Agency {
    /// True where the agency exists on the window's last day: who is there then reports for the whole of it.
    pub fn is_there(&self, period: &Period) -> bool {
        self.valid_from.is_none_or(|d| d <= period.to) && !self.is_gone(period)
    }

    /// True where it ended before the window's last day.
    pub fn is_gone(&self, period: &Period) -> bool {
        self.valid_to.is_some_and(|d| d < period.to)
    }
}

impl Indicator {
    /// True where it is asked for on the window's last day.
    pub fn is_there(&self, period: &Period) -> bool {
        self.valid_from.is_none_or(|d| d <= period.to) && self.valid_to.is_none_or(|d| d >= period.to)
    }

    /// The indicator with the target, rule, points and reporters that held on the window's last day.
    pub fn as_of(&self, period: &Period) -> Cow<'_, Indicator> {
        let mut then: Vec<_> = self.formerly.iter().filter(|f| f.until >= period.to).collect();
        if then.is_empty() {
            return Cow::Borrowed(self);
        }
        // Back from now: what is nearest to the period is put last.
        then.sort_by_key(|f| Reverse(f.until));
        let mut indicator = self.clone();
        for before in then {
            if let Some(target) = &before.target {
                indicator.target.clone_from(target);
            }
            if let Some(rule) = &before.rule {
                indicator.rule.clone_from(rule);
            }
            if let Some(reporters) = &before.reporters {
                indicator.reporters.clone_from(reporters);
            }
            if let Some(points) = before.max_points {
                indicator.set_max_points(points);
            }
        }
        Cow::Owned(indicator)
    }

    /// Sets the official points, 0 for none, and gives what they were.
    pub(super) fn set_max_points(&mut self, points: Decimal) -> Option<Decimal> {
        std::mem::replace(&mut self.max_points, Some(points).filter(|points| !points.is_zero()))
    }
}

impl Calendar {
    /// The calendar that holds in a year.
    pub fn of_year(&self, year: i32) -> &Calendar {
        self.later.iter().rev().find(|c| c.from_year.is_some_and(|from| from <= year)).unwrap_or(self)
    }
}

impl Catalogue {
    /// The indicator as it was in the period's report.
    pub fn then<'a>(&self, indicator: &'a Indicator, period: &PeriodId) -> Cow<'a, Indicator> {
        indicator.as_of(&self.period(period))
    }

    /// The agencies that answer in `period` for a list of agency and group ids, each once, in catalogue order: those that
    /// are there, and for one that is gone its successors.
    pub fn answering(&self, ids: &[Id], period: &Period) -> Vec<&Agency> {
        let mut found = BTreeSet::new();
        for agency in self.expand(ids) {
            self.heirs(agency, period, &mut BTreeSet::new(), &mut found);
        }
        self.agencies.iter().filter(|a| found.contains(a.id.as_str())).collect()
    }

    /// The agencies for which `agency` answers in `period`: itself, and those gone by then whose successor it is.
    pub fn sources(&self, agency: &str, period: &Period) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        if let Some(agency) = self.agency(agency).filter(|a| a.is_there(period)) {
            found.insert(agency.id.as_str());
            self.collect(agency, &mut found, &|a| &a.predecessors, &|a| a.is_gone(period));
        }
        found
    }

    /// Every agency from which `agency` descends, directly or not.
    pub fn forebears(&self, agency: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        if let Some(agency) = self.agency(agency) {
            self.collect(agency, &mut found, &|a| &a.predecessors, &|_| true);
        }
        found
    }

    /// The agencies whose figures of an earlier period are those of `agency` now: itself where it was there, and what has
    /// come to it whole. What only a part of went to it is left out.
    pub fn whole_sources(&self, agency: &str, earlier: &Period) -> BTreeSet<&str> {
        let mut all = BTreeSet::new();
        if let Some(agency) = self.agency(agency) {
            all.insert(agency.id.as_str());
            self.collect(agency, &mut all, &|a| &a.predecessors, &|a| a.successors.len() == 1);
        }
        all.retain(|id| self.agency(id).is_some_and(|a| a.is_there(earlier)));
        all
    }

    /// True where one of `agencies`, or a group that one is in, stands in `ids`.
    pub(super) fn includes_any(&self, ids: &[Id], agencies: &BTreeSet<&str>) -> bool {
        agencies.iter().any(|agency| self.includes(ids, agency))
    }

    /// True where `agency` or one that it descends from, or a group that one is in, stands in `ids`.
    pub(super) fn includes_line(&self, ids: &[Id], agency: &str) -> bool {
        self.includes(ids, agency) || self.includes_any(ids, &self.forebears(agency))
    }

    fn heirs<'a>(
        &'a self,
        agency: &'a Agency,
        period: &Period,
        seen: &mut BTreeSet<&'a str>,
        found: &mut BTreeSet<&'a str>,
    ) {
        if !seen.insert(&agency.id) {
            return;
        }
        if agency.is_there(period) {
            found.insert(&agency.id);
        } else if agency.is_gone(period) {
            for successor in agency.successors.iter().filter_map(|id| self.agency(id)) {
                self.heirs(successor, period, seen, found);
            }
        }
    }

    /// Follows `next` from `agency` through those that fit. Ends also where a faulty edition goes in a circle.
    fn collect<'a>(
        &'a self,
        agency: &'a Agency,
        found: &mut BTreeSet<&'a str>,
        next: &dyn Fn(&'a Agency) -> &'a [Id],
        fits: &dyn Fn(&Agency) -> bool,
    ) {
        for other in next(agency).iter().filter_map(|id| self.agency(id)).filter(|a| fits(a)) {
            if found.insert(&other.id) {
                self.collect(other, found, next, fits);
            }
        }
    }
}
