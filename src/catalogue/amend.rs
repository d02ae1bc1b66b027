//! The amendments that the receiving department makes: each a plain value, applied to a catalogue one after the other.
//!
//! What comes of them together is checked like any edition; here only what an amendment by itself cannot mean is refused.
//! History stays where it was: an agency that is merged or split ends and names its successors, an indicator keeps what
//! held before.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Agency, AgencyKind, Aggregate, Calendar, Catalogue, Formerly, Id, Indicator, Rule, Target};

/// One amendment. As TOML: `kind = "rename"`, then its fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Amendment {
    /// Another name; the one before becomes an alias, by which packages and tables still find the agency.
    Rename {
        agency: Id,
        name: String,
        #[serde(default)]
        short: String,
    },
    /// The receiving department says that an agency which the plan does not name exists and reports.
    Confirm {
        agency: Id,
    },
    /// A new agency without predecessors.
    Open {
        agency: Heir,
        from: NaiveDate,
    },
    /// The agency ends without successors; `to` is its last day.
    Close {
        agency: Id,
        to: NaiveDate,
    },
    /// Several agencies go into one, which is there already or is new.
    Merge {
        agencies: Vec<Id>,
        into: Heir,
        from: NaiveDate,
    },
    /// One agency becomes several. Indicators that only one can report go to `sole`, or to the first.
    Split {
        agency: Id,
        into: Vec<Heir>,
        from: NaiveDate,
        #[serde(default)]
        sole: Option<Id>,
    },
    AddIndicator {
        indicator: Box<Indicator>,
    },
    /// `to` is the last day on which it is asked for.
    CloseIndicator {
        indicator: Id,
        to: NaiveDate,
    },
    /// Other words for the same thing. What means something else is a new indicator.
    Retitle {
        indicator: Id,
        title: String,
        short: String,
    },
    /// The entry as it should have read from its first day on. Its days and what held before stay; its pillar, measure and
    /// unit cannot change.
    Correct {
        indicator: Box<Indicator>,
    },
    /// From a day on another target, rule, maximum of points or other reporters; what is none stays. A maximum of 0 is none.
    Change {
        indicator: Id,
        from: NaiveDate,
        #[serde(default)]
        target: Option<Target>,
        #[serde(default)]
        rule: Option<Rule>,
        #[serde(default)]
        reporters: Option<Vec<Id>>,
        #[serde(default)]
        max_points: Option<Decimal>,
    },
    /// The plan goes on for a year: tasks that are due in certain years only and go on, and a calendar where it changes.
    NextYear {
        year: i32,
        #[serde(default)]
        tasks: Vec<Id>,
        #[serde(default)]
        calendar: Option<Calendar>,
    },
}

/// The agency that takes over: one that is there already by its id alone, or a new one. A kind left out is that of the
/// agency that it follows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heir {
    pub id: Id,
    /// Empty where the agency is there already.
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub short: String,
    #[serde(default)]
    pub kind: Option<AgencyKind>,
    #[serde(default)]
    pub code: String,
}

/// What an amendment cannot mean.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmendError {
    #[error("no agency {0}")]
    UnknownAgency(Id),
    #[error("no indicator {0}")]
    UnknownIndicator(Id),
    #[error("no task {0}")]
    UnknownTask(Id),
    /// A new entry under an id that is taken.
    #[error("{0} is there already")]
    Taken(Id),
    /// It ended before.
    #[error("{id} ends on {to}")]
    Ended { id: Id, to: NaiveDate },
    /// It would end before it begins, or change before it last did.
    #[error("{id} can change only after {after}")]
    TooEarly { id: Id, after: NaiveDate },
    /// Whoever receives the reports cannot end while it does.
    #[error("{0} receives the reports")]
    Receiver(Id),
    /// A merger of nothing, or a split into fewer than two.
    #[error("too few agencies named")]
    TooFew,
    /// A change that changes nothing is a slip.
    #[error("nothing changes for {0}")]
    NothingChanges(Id),
    /// A task that is due every year goes on by itself; the years of a calendar come in order.
    #[error("{0} has no years to go on")]
    NoYears(String),
    /// The file of amendments cannot be read.
    #[error("amendment {number}: {message}")]
    Syntax { number: usize, message: String },
}

/// Reads a file of amendments: `[[change]]` tables in TOML.
///
/// # Errors
/// `Syntax`; number 0 where the file as such is not TOML, or has something else in it.
pub fn read_amendments(text: &str) -> Result<Vec<Amendment>, AmendError> {
    let fault = |number, message: String| AmendError::Syntax { number, message };
    let mut table: toml::Table = toml::from_str(text).map_err(|e| fault(0, e.message().to_owned()))?;
    let Some(toml::Value::Array(changes)) = table.remove("change") else {
        return Err(fault(0, "[[change]]".to_owned()));
    };
    if let Some(other) = table.keys().next() {
        return Err(fault(0, other.clone()));
    }
    let read = |(i, value): (usize, toml::Value)| {
        value.try_into().map_err(|e: toml::de::Error| fault(i + 1, e.message().to_owned()))
    };
    changes.into_iter().enumerate().map(read).collect()
}

/// The catalogue after the amendments. It is not an edition yet: [`Edition::after`](super::Edition::after) checks it.
///
/// # Errors
/// What the first amendment that makes no sense cannot mean.
pub fn amend(present: &Catalogue, amendments: &[Amendment]) -> Result<Catalogue, AmendError> {
    let mut catalogue = present.clone();
    for amendment in amendments {
        apply(&mut catalogue, amendment)?;
    }
    Ok(catalogue)
}

fn apply(catalogue: &mut Catalogue, amendment: &Amendment) -> Result<(), AmendError> {
    match amendment {
        Amendment::Rename { agency, name, short } => rename(agency_of(catalogue, agency)?, name, short),
        Amendment::Confirm { agency } => {
            let agency = agency_of(catalogue, agency)?;
            must_change(&agency.id, !agency.confirmed)?;
            agency.confirmed = true;
            Ok(())
        }
        Amendment::Open { agency, from } => add_agency(catalogue, agency, AgencyKind::Department, *from),
        Amendment::Close { agency, to } => end(catalogue, agency, *to),
        Amendment::Merge { agencies, into, from } => merge(catalogue, agencies, into, *from),
        Amendment::Split { agency, into, from, sole } => split(catalogue, agency, into, *from, sole.as_deref()),
        Amendment::AddIndicator { indicator } => {
            if catalogue.indicator(&indicator.id).is_some() || catalogue.task(&indicator.id).is_some() {
                return Err(AmendError::Taken(indicator.id.clone()));
            }
            catalogue.indicators.push(indicator.as_ref().clone());
            Ok(())
        }
        Amendment::CloseIndicator { indicator, to } => {
            let indicator = indicator_of(catalogue, indicator)?;
            must_be_open(&indicator.id, indicator.valid_from, indicator.valid_to, *to)?;
            indicator.valid_to = Some(*to);
            Ok(())
        }
        Amendment::Retitle { indicator, title, short } => {
            let indicator = indicator_of(catalogue, indicator)?;
            must_change(&indicator.id, indicator.title != *title || indicator.short != *short)?;
            indicator.title.clone_from(title);
            indicator.short.clone_from(short);
            Ok(())
        }
        Amendment::Correct { indicator } => {
            let present = indicator_of(catalogue, &indicator.id)?;
            let (valid_from, valid_to) = (present.valid_from, present.valid_to);
            let formerly = present.formerly.clone();
            let right = Indicator { valid_from, valid_to, formerly, ..indicator.as_ref().clone() };
            must_change(&right.id, *present != right)?;
            *present = right;
            Ok(())
        }
        Amendment::Change { indicator, from, target, rule, reporters, max_points } => {
            let (target, rule, reporters) = (target.clone(), rule.clone(), reporters.clone());
            let to = Formerly { until: day_before(*from), target, rule, reporters, max_points: *max_points };
            change(indicator_of(catalogue, indicator)?, to)
        }
        Amendment::NextYear { year, tasks, calendar } => next_year(catalogue, *year, tasks, calendar.as_ref()),
    }
}

fn rename(agency: &mut Agency, name: &str, short: &str) -> Result<(), AmendError> {
    // A short name that is left out is the one that there was, unless that was the name itself.
    let short = match short {
        "" if agency.short == agency.name => name,
        "" => &agency.short.clone(),
        short => short,
    };
    must_change(&agency.id, agency.name != name || agency.short != short)?;
    let former =
        [std::mem::replace(&mut agency.name, name.to_owned()), std::mem::replace(&mut agency.short, short.to_owned())];
    for name in former {
        let known = name == agency.name || name == agency.short || agency.aliases.contains(&name);
        if !known {
            agency.aliases.push(name);
        }
    }
    // What it is called now is no other name of it.
    let (name, short) = (agency.name.clone(), agency.short.clone());
    agency.aliases.retain(|a| *a != name && *a != short);
    Ok(())
}

fn merge(catalogue: &mut Catalogue, agencies: &[Id], into: &Heir, from: NaiveDate) -> Result<(), AmendError> {
    let ending: Vec<&Id> = agencies.iter().filter(|id| **id != into.id).collect();
    let first = ending.first().ok_or(AmendError::TooFew)?;
    let kind = catalogue.agency(first).ok_or_else(|| AmendError::UnknownAgency((*first).clone()))?.kind;
    inherit(catalogue, into, kind, from)?;
    for id in ending {
        end(catalogue, id, day_before(from))?;
        succeed(catalogue, id, &into.id);
    }
    Ok(())
}

fn split(
    catalogue: &mut Catalogue,
    agency: &str,
    into: &[Heir],
    from: NaiveDate,
    sole: Option<&str>,
) -> Result<(), AmendError> {
    let [first, _, ..] = into else { return Err(AmendError::TooFew) };
    let sole = sole.unwrap_or(&first.id);
    if !into.iter().any(|heir| heir.id == sole) {
        return Err(AmendError::UnknownAgency(sole.to_owned()));
    }
    let kind = agency_of(catalogue, agency)?.kind;
    end(catalogue, agency, day_before(from))?;
    for heir in into {
        inherit(catalogue, heir, kind, from)?;
        succeed(catalogue, agency, &heir.id);
    }
    // Of such an indicator there is one figure, and so one who reports it.
    for indicator in &mut catalogue.indicators {
        if indicator.aggregate == Aggregate::LeadValue && indicator.reporters.iter().any(|r| r == agency) {
            let reporters = Some(vec![sole.to_owned()]);
            change(indicator, Formerly { until: day_before(from), reporters, ..Formerly::default() })?;
        }
    }
    Ok(())
}

/// The heir is there from the day on: it was already, and does not end before, or it begins then.
fn inherit(catalogue: &mut Catalogue, heir: &Heir, kind: AgencyKind, from: NaiveDate) -> Result<(), AmendError> {
    match catalogue.agency(&heir.id) {
        None => add_agency(catalogue, heir, kind, from),
        Some(_) if !heir.name.is_empty() => Err(AmendError::Taken(heir.id.clone())),
        Some(known) => match (known.valid_from, known.valid_to) {
            (_, Some(to)) if to < from => Err(AmendError::Ended { id: heir.id.clone(), to }),
            (Some(begin), _) if begin > from => Err(AmendError::TooEarly { id: heir.id.clone(), after: begin }),
            _ => {
                // Whoever takes over from agencies of the plan reports.
                agency_of(catalogue, &heir.id)?.confirmed = true;
                Ok(())
            }
        },
    }
}

fn add_agency(catalogue: &mut Catalogue, new: &Heir, kind: AgencyKind, from: NaiveDate) -> Result<(), AmendError> {
    if new.name.is_empty() {
        return Err(AmendError::UnknownAgency(new.id.clone()));
    }
    if catalogue.agency(&new.id).is_some() || catalogue.group(&new.id).is_some() {
        return Err(AmendError::Taken(new.id.clone()));
    }
    catalogue.agencies.push(Agency {
        id: new.id.clone(),
        name: new.name.clone(),
        short: if new.short.is_empty() { new.name.clone() } else { new.short.clone() },
        kind: new.kind.unwrap_or(kind),
        aliases: Vec::new(),
        parent: None,
        code: new.code.clone(),
        confirmed: true,
        valid_from: Some(from),
        valid_to: None,
        predecessors: Vec::new(),
        successors: Vec::new(),
        note: String::new(),
        lines: Vec::new(),
    });
    Ok(())
}

fn end(catalogue: &mut Catalogue, agency: &str, to: NaiveDate) -> Result<(), AmendError> {
    if catalogue.plan.receiver == agency {
        return Err(AmendError::Receiver(agency.to_owned()));
    }
    let agency = agency_of(catalogue, agency)?;
    must_be_open(&agency.id, agency.valid_from, agency.valid_to, to)?;
    agency.valid_to = Some(to);
    Ok(())
}

fn succeed(catalogue: &mut Catalogue, before: &str, after: &str) {
    for agency in &mut catalogue.agencies {
        if agency.id == before && !agency.successors.iter().any(|id| id == after) {
            agency.successors.push(after.to_owned());
        }
        if agency.id == after && !agency.predecessors.iter().any(|id| id == before) {
            agency.predecessors.push(before.to_owned());
        }
    }
}

/// Puts what is new in the place of what held until then; `to` comes with the new, and stays with the old.
fn change(indicator: &mut Indicator, to: Formerly) -> Result<(), AmendError> {
    let last = indicator.formerly.iter().map(|f| f.until).chain(indicator.valid_from).max();
    if let Some(after) = last.filter(|last| to.until < *last) {
        return Err(AmendError::TooEarly { id: indicator.id.clone(), after });
    }
    let max_points = to.max_points.filter(|points| *points != indicator.max_points.unwrap_or_default());
    let before = Formerly {
        until: to.until,
        target: swap(&mut indicator.target, to.target),
        rule: swap(&mut indicator.rule, to.rule),
        reporters: swap(&mut indicator.reporters, to.reporters),
        max_points: max_points.map(|points| indicator.set_max_points(points).unwrap_or_default()),
    };
    must_change(&indicator.id, before != Formerly { until: before.until, ..Formerly::default() })?;
    indicator.formerly.push(before);
    Ok(())
}

/// What stood there, where something else comes.
fn swap<T: PartialEq>(place: &mut T, new: Option<T>) -> Option<T> {
    new.filter(|new| new != place).map(|new| std::mem::replace(place, new))
}

fn next_year(
    catalogue: &mut Catalogue,
    year: i32,
    tasks: &[Id],
    calendar: Option<&Calendar>,
) -> Result<(), AmendError> {
    let mut changes = false;
    for id in tasks {
        let unknown = || AmendError::UnknownTask(id.clone());
        let task = catalogue.tasks.iter_mut().find(|t| t.id == *id).ok_or_else(unknown)?;
        if task.years.is_empty() {
            return Err(AmendError::NoYears(id.clone()));
        }
        if !task.years.contains(&year) {
            task.years.push(year);
            task.years.sort_unstable();
            changes = true;
        }
    }
    if let Some(calendar) = calendar {
        let last = catalogue.calendar.later.last().and_then(|c| c.from_year).unwrap_or(catalogue.plan.first_year);
        if year <= last {
            return Err(AmendError::NoYears(year.to_string()));
        }
        let calendar = Calendar { from_year: Some(year), later: Vec::new(), ..calendar.clone() };
        catalogue.calendar.later.push(calendar);
        changes = true;
    }
    must_change(&year.to_string(), changes)
}

fn must_be_open(id: &str, from: Option<NaiveDate>, ended: Option<NaiveDate>, to: NaiveDate) -> Result<(), AmendError> {
    match (from, ended) {
        // An end that was set ahead may be moved forward, not back.
        (_, Some(ended)) if ended <= to => Err(AmendError::Ended { id: id.to_owned(), to: ended }),
        (Some(after), _) if to < after => Err(AmendError::TooEarly { id: id.to_owned(), after }),
        _ => Ok(()),
    }
}

fn must_change(id: &str, changes: bool) -> Result<(), AmendError> {
    if changes { Ok(()) } else { Err(AmendError::NothingChanges(id.to_owned())) }
}

fn day_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MIN)
}

fn agency_of<'a>(catalogue: &'a mut Catalogue, id: &str) -> Result<&'a mut Agency, AmendError> {
    catalogue.agencies.iter_mut().find(|a| a.id == id).ok_or_else(|| AmendError::UnknownAgency(id.to_owned()))
}

fn indicator_of<'a>(catalogue: &'a mut Catalogue, id: &str) -> Result<&'a mut Indicator, AmendError> {
    catalogue.indicators.iter_mut().find(|i| i.id == id).ok_or_else(|| AmendError::UnknownIndicator(id.to_owned()))
}
