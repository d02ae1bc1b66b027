//! What a later edition changes, entry by entry: for the preview of an amendment or of a catalogue package, and for the log.
//!
//! The wording is in `words`. What no entry of the list names is still told apart as [`Difference::Other`].

use chrono::NaiveDate;

use super::{Agency, Catalogue, Id, Indicator};

/// One thing that is otherwise in the later edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    AgencyAdded(Id),
    AgencyRenamed {
        agency: Id,
        before: String,
        after: String,
    },
    AgencyConfirmed(Id),
    /// It ends without successors; `to` is the last day.
    AgencyClosed {
        agency: Id,
        to: NaiveDate,
    },
    /// Their last day is `to`, and one takes over from them.
    Merged {
        agencies: Vec<Id>,
        into: Id,
        to: NaiveDate,
    },
    Split {
        agency: Id,
        into: Vec<Id>,
        to: NaiveDate,
    },
    IndicatorAdded(Id),
    IndicatorClosed {
        indicator: Id,
        to: NaiveDate,
    },
    IndicatorRetitled {
        indicator: Id,
        before: String,
        after: String,
    },
    /// The first day of what is new; none where it holds for the past as well.
    TargetChanged {
        indicator: Id,
        from: Option<NaiveDate>,
    },
    RuleChanged {
        indicator: Id,
        from: Option<NaiveDate>,
    },
    ReportersChanged {
        indicator: Id,
        from: Option<NaiveDate>,
    },
    /// The official points.
    PointsChanged {
        indicator: Id,
        from: Option<NaiveDate>,
    },
    TaskYears {
        task: Id,
        years: Vec<i32>,
    },
    /// From a year on; none where the calendar of the past changes.
    Calendar {
        from_year: Option<i32>,
    },
    ReceiverChanged {
        before: Id,
        after: Id,
    },
    /// Something else about an entry: a note, an alias, a text.
    Other {
        entry: String,
    },
}

/// Everything that `after` changes of `before`: agencies first, in catalogue order. Number, lineage and hash do not count.
pub fn differences(before: &Catalogue, after: &Catalogue) -> Vec<Difference> {
    let mut found = Vec::new();
    agencies(before, after, &mut found);
    for i in &after.indicators {
        match before.indicator(&i.id) {
            None => found.push(Difference::IndicatorAdded(i.id.clone())),
            Some(b) => indicator(b, i, &mut found),
        }
    }
    for task in &after.tasks {
        match before.task(&task.id) {
            Some(b) if b.years != task.years => {
                found.push(Difference::TaskYears { task: task.id.clone(), years: task.years.clone() });
            }
            b => other(b == Some(task), &task.id, &mut found),
        }
    }
    if before.calendar != after.calendar {
        let added = after.calendar.later.iter().find(|c| !before.calendar.later.contains(c));
        found.push(Difference::Calendar { from_year: added.and_then(|c| c.from_year) });
    }
    if before.plan.receiver != after.plan.receiver {
        let (before, after) = (before.plan.receiver.clone(), after.plan.receiver.clone());
        found.push(Difference::ReceiverChanged { before, after });
    }
    let mut plan = before.plan.clone();
    plan.version = after.plan.version;
    plan.lineage.clone_from(&after.plan.lineage);
    plan.receiver.clone_from(&after.plan.receiver);
    other(plan == after.plan, "plan", &mut found);
    other(before.pillars == after.pillars, "pillars", &mut found);
    other(before.duties == after.duties, "duties", &mut found);
    other(before.groups == after.groups, "groups", &mut found);
    other(before.errata == after.errata, "errata", &mut found);
    found
}

fn agencies(before: &Catalogue, after: &Catalogue, found: &mut Vec<Difference>) {
    let newly = |a: &Agency| -> Vec<Id> {
        let known = before.agency(&a.id).map_or(&[][..], |b| &b.successors);
        a.successors.iter().filter(|id| !known.contains(id)).cloned().collect()
    };
    for a in &after.agencies {
        let b = before.agency(&a.id);
        let heirs = newly(a);
        match (heirs.as_slice(), a.valid_to) {
            ([], Some(to)) if b.is_some_and(|b| b.valid_to != a.valid_to) => {
                found.push(Difference::AgencyClosed { agency: a.id.clone(), to });
            }
            ([into], Some(to)) => merged(&a.id, into, to, found),
            ([_, _, ..], Some(to)) => found.push(Difference::Split { agency: a.id.clone(), into: heirs, to }),
            _ => {}
        }
        match b {
            // One that takes over is named with those that it takes over from.
            None if a.predecessors.is_empty() => found.push(Difference::AgencyAdded(a.id.clone())),
            None => {}
            Some(b) => agency(b, a, found),
        }
    }
}

/// Agencies that go into one on one day are one merger.
fn merged(agency: &str, into: &str, to: NaiveDate, found: &mut Vec<Difference>) {
    let same = found.iter_mut().find_map(|d| match d {
        Difference::Merged { agencies, into: other, to: day } if other == into && *day == to => Some(agencies),
        _ => None,
    });
    match same {
        Some(agencies) => agencies.push(agency.to_owned()),
        None => found.push(Difference::Merged { agencies: vec![agency.to_owned()], into: into.to_owned(), to }),
    }
}

fn agency(before: &Agency, after: &Agency, found: &mut Vec<Difference>) {
    let id = || after.id.clone();
    let renamed = before.name != after.name || before.short != after.short;
    if renamed {
        let (before, after) = if before.name == after.name {
            (before.short.clone(), after.short.clone())
        } else {
            (before.name.clone(), after.name.clone())
        };
        found.push(Difference::AgencyRenamed { agency: id(), before, after });
    }
    if !before.confirmed && after.confirmed {
        found.push(Difference::AgencyConfirmed(id()));
    }
    let mut rest = after.clone();
    rest.name.clone_from(&before.name);
    rest.short.clone_from(&before.short);
    if renamed {
        rest.aliases.clone_from(&before.aliases);
    }
    if after.valid_to.is_some() {
        rest.valid_to = before.valid_to;
    }
    rest.confirmed = before.confirmed && after.confirmed;
    rest.successors.clone_from(&before.successors);
    rest.predecessors.clone_from(&before.predecessors);
    other(rest == *before, &after.id, found);
}

fn indicator(before: &Indicator, after: &Indicator, found: &mut Vec<Difference>) {
    let indicator = || after.id.clone();
    // What held until a day that the earlier edition does not name changed on the next one.
    let from = after
        .formerly
        .iter()
        .filter(|f| !before.formerly.contains(f))
        .map(|f| f.until)
        .max()
        .and_then(|until| until.succ_opt());
    if before.title != after.title || before.short != after.short {
        let (before, after) = (before.title.clone(), after.title.clone());
        found.push(Difference::IndicatorRetitled { indicator: indicator(), before, after });
    }
    if before.target != after.target {
        found.push(Difference::TargetChanged { indicator: indicator(), from });
    }
    if before.rule != after.rule {
        found.push(Difference::RuleChanged { indicator: indicator(), from });
    }
    if before.reporters != after.reporters {
        found.push(Difference::ReportersChanged { indicator: indicator(), from });
    }
    if before.max_points != after.max_points {
        found.push(Difference::PointsChanged { indicator: indicator(), from });
    }
    if let Some(to) = after.valid_to.filter(|_| before.valid_to != after.valid_to) {
        found.push(Difference::IndicatorClosed { indicator: indicator(), to });
    }
    let mut rest = after.clone();
    rest.title.clone_from(&before.title);
    rest.short.clone_from(&before.short);
    rest.target.clone_from(&before.target);
    rest.rule.clone_from(&before.rule);
    rest.reporters.clone_from(&before.reporters);
    rest.max_points.clone_from(&before.max_points);
    rest.formerly.clone_from(&before.formerly);
    if after.valid_to.is_some() {
        rest.valid_to = before.valid_to;
    }
    other(rest == *before, &after.id, found);
}

fn other(same: bool, entry: &str, found: &mut Vec<Difference>) {
    if !same {
        found.push(Difference::Other { entry: entry.to_owned() });
    }
}
