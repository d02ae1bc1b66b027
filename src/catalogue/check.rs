//! What the entries of an edition must agree on, and the faults that are reported where they do not.
//!
//! Pure and complete: every fault is reported, not only the first. Nothing here is particular to one plan except the
//! eight pillars of 1000 points (QĐ 922/QĐ-BTTTT) and the length of the plan's text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::load::{AGENCIES, COMMUNES, DUTIES, ERRATA, GROUPS, INDICATORS, PILLARS, PLAN, TASKS};
use super::{
    Agency, AgencyKind, Aggregate, Calendar, Catalogue, Formerly, Id, Indicator, Measure, Period, PeriodId, Pillar,
    Rule, RuleFault, Target,
};

/// One thing that is wrong in an edition of the plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Fault {
    /// `indicators.toml`
    pub file: String,
    /// Id or number of the entry, `#3` where it has none, empty where the fault is the file's.
    pub entry: String,
    pub reason: Reason,
}

/// Why an entry is refused. The Display text is for those who edit the TOML; the screen has its own wording.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    #[error("the file is missing")]
    MissingFile,
    #[error("no edition has a file of this name")]
    UnknownFile,
    #[error("the file is given twice")]
    DuplicateFile,
    #[error("line {line}: {message}")]
    Syntax { line: usize, message: String },
    #[error("the file has no such table")]
    MissingKey,
    #[error("unknown table")]
    UnknownKey,
    #[error("{message}")]
    Shape { message: String },
    #[error("communes, and only they, stand in communes.toml")]
    WrongFile,
    #[error("`{field}` is not in NFC")]
    NotNfc { field: String },
    #[error("`{field}` is empty")]
    Empty { field: &'static str },
    #[error("`{field}` has blanks at its ends, doubled blanks or control characters")]
    Untidy { field: &'static str },
    #[error("`{field}` has more than {limit} characters")]
    TooLong { field: &'static str, limit: usize },
    #[error("not an id of this kind")]
    BadId,
    #[error("the id is given twice")]
    DuplicateId,
    #[error("`{field}` refers to `{id}`, which does not exist")]
    UnknownReference { field: &'static str, id: Id },
    #[error("`{field}` names `{id}` twice")]
    RepeatedReference { field: &'static str, id: Id },
    /// An edition comes from others too: what it says is followed from entry to entry, and may not be without end.
    #[error("has more than {limit} entries")]
    TooMany { limit: usize },
    #[error("pillar {0} does not exist")]
    UnknownPillar(u8),
    #[error("the task stands in another pillar")]
    PillarMismatch,
    #[error("{found} pillars where there must be 8, numbered 1 to 8 in order")]
    Pillars { found: usize },
    #[error("the pillars' weights sum to {sum} where they must give 1000")]
    Weights { sum: u64 },
    #[error("names no line of the plan")]
    NoLines,
    #[error("line {0} is not in the plan's text")]
    LineOutOfRange(u32),
    #[error("no agency reports it")]
    NoReporter,
    #[error("a {measure:?} cannot have {field} as it is")]
    MeasureMismatch { measure: Measure, field: &'static str },
    #[error("the threshold is not a possible value")]
    BadThreshold,
    #[error("{0}")]
    Rule(RuleFault),
    #[error("the indicators' `max_points` come to {sum}, where the pillar's weight is {weight}")]
    PointsSum { sum: Decimal, weight: u32 },
    #[error("lead_value needs exactly one reporter, not {reporters}")]
    LeadValue { reporters: usize },
    #[error("{0} agencies report it on {1}, where one can")]
    SeveralAtOnce(usize, NaiveDate),
    #[error("`formerly` is not in the order of its days, or says nothing")]
    BadHistory,
    #[error("`not_applicable` names `{0}`, which does not report it")]
    NotAReporter(Id),
    #[error("the parent of a commune must be a district; nothing else has a parent")]
    BadParent,
    #[error("`code` is missing, malformed, or another agency's")]
    BadCode,
    #[error("`valid_to` is before `valid_from`")]
    ValidityReversed,
    #[error("`{0}` does not name it in return (predecessors and successors)")]
    SuccessionNotMutual(Id),
    #[error("it succeeds itself")]
    SuccessionCircle,
    #[error("it has successors and no last day")]
    SuccessionWithoutEnd,
    #[error("`{other}` can be called \"{name}\" as well")]
    AmbiguousName { name: String, other: Id },
    #[error("the group has no members")]
    NoMembers,
    #[error("not a day that every year and quarter has")]
    BadCalendar,
}

impl Fault {
    pub(super) fn new(file: &str, entry: &str, reason: Reason) -> Fault {
        Fault { file: file.to_owned(), entry: entry.to_owned(), reason }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.entry.as_str() {
            "" => write!(f, "{}: {}", self.file, self.reason),
            entry => write!(f, "{}, {entry}: {}", self.file, self.reason),
        }
    }
}

/// The plan's text has 223 lines; the last one, task VIII.3, has no line end.
const LAST_LINE: u32 = 223;
/// Longest `short`, in characters: what a table column holds.
const SHORT: usize = 60;

/// Everything that is wrong with the edition, in file order.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Fault> {
    let mut checker = Checker { c: catalogue, faults: Vec::new() };
    checker.plan();
    checker.pillars();
    checker.tasks();
    checker.duties();
    checker.indicators();
    checker.agencies();
    checker.names();
    checker.groups();
    checker.errata();
    checker.faults
}

struct Checker<'a> {
    c: &'a Catalogue,
    faults: Vec<Fault>,
}

impl Checker<'_> {
    fn plan(&mut self) {
        let plan = &self.c.plan;
        self.key(PLAN, "plan", is_slug(&plan.id));
        self.words(PLAN, "plan", "title", &plan.title, usize::MAX);
        self.words(PLAN, "plan", "province", &plan.province, usize::MAX);
        self.words(PLAN, "plan", "peoples_committee", &plan.peoples_committee, usize::MAX);
        self.words(PLAN, "plan", "ministry", &plan.ministry, usize::MAX);
        if self.c.agency(&plan.receiver).is_none() {
            let reason = Reason::UnknownReference { field: "receiver", id: plan.receiver.clone() };
            self.fault(PLAN, "plan", reason);
        }
        let calendars: Vec<&Calendar> = std::iter::once(&self.c.calendar).chain(&self.c.calendar.later).collect();
        if !calendars.iter().map(|c| c.from_year).is_sorted_by(|a, b| a < b) {
            self.fault(PLAN, "calendar", Reason::BadCalendar);
        }
        for calendar in calendars {
            self.calendar(calendar);
        }
    }

    fn calendar(&mut self, calendar: &Calendar) {
        // The quarters end in months of 30 and 31 days.
        let fits = |day: u32| (1..=30).contains(&day);
        let year_due = NaiveDate::from_ymd_opt(2023, calendar.year_due_month, calendar.year_due_day);
        let days = [calendar.quarter_due_day, calendar.window_from_day, calendar.window_to_day];
        if !days.into_iter().all(fits) || year_due.is_none() {
            self.fault(PLAN, "calendar", Reason::BadCalendar);
        }
    }

    fn pillars(&mut self) {
        let pillars = &self.c.pillars;
        if !pillars.iter().map(|p| p.id).eq(1..=8) {
            self.fault(PILLARS, "", Reason::Pillars { found: pillars.len() });
        }
        let sum: u64 = pillars.iter().map(|p| u64::from(p.weight)).sum();
        if sum != 1000 {
            self.fault(PILLARS, "", Reason::Weights { sum });
        }
        for pillar in pillars {
            let entry = pillar.id.to_string();
            let numerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"];
            let expected = usize::from(pillar.id).checked_sub(1).and_then(|i| numerals.get(i));
            self.key(PILLARS, &entry, expected == Some(&pillar.numeral.as_str()));
            self.words(PILLARS, &entry, "title", &pillar.title, usize::MAX);
            self.words(PILLARS, &entry, "short", &pillar.short, SHORT);
            self.words(PILLARS, &entry, "printed", &pillar.printed, usize::MAX);
            self.lines(PILLARS, &entry, &[pillar.body_line, pillar.appendix_line]);
            self.points(pillar);
        }
    }

    /// Official points of the indices that go on come to the pillar's weight; or there are none.
    fn points(&mut self, pillar: &Pillar) {
        let go_on = self.c.indicators.iter().filter(|i| i.pillar == pillar.id && i.valid_to.is_none());
        let sum: Decimal = go_on.filter(|i| i.rule.is_scored()).filter_map(|i| i.max_points).sum();
        if !sum.is_zero() && sum != Decimal::from(pillar.weight) {
            self.fault(PILLARS, &pillar.id.to_string(), Reason::PointsSum { sum, weight: pillar.weight });
        }
    }

    fn tasks(&mut self) {
        self.unique(TASKS, self.c.tasks.iter().map(|t| t.id.clone()));
        for task in &self.c.tasks {
            let id = &task.id;
            match (self.c.pillar(task.pillar), id.split_once('.')) {
                (None, _) => self.fault(TASKS, id, Reason::UnknownPillar(task.pillar)),
                (Some(pillar), Some((numeral, number))) => {
                    self.key(TASKS, id, is_number(number));
                    if numeral != pillar.numeral {
                        self.fault(TASKS, id, Reason::PillarMismatch);
                    }
                }
                (Some(_), None) => self.fault(TASKS, id, Reason::BadId),
            }
            if task.printed.is_empty() {
                self.fault(TASKS, id, Reason::Empty { field: "printed" });
            }
            self.words(TASKS, id, "text", &task.text, usize::MAX);
            self.words(TASKS, id, "short", &task.short, SHORT);
            self.words(TASKS, id, "time", &task.time, usize::MAX);
            if task.lead.is_empty() {
                self.fault(TASKS, id, Reason::NoReporter);
            }
            self.actors(TASKS, id, "lead", &task.lead);
            self.actors(TASKS, id, "coordinating", &task.coordinating);
            self.lines(TASKS, id, &task.lines);
        }
    }

    fn duties(&mut self) {
        self.unique(DUTIES, self.c.duties.iter().map(|d| d.id.clone()));
        for duty in &self.c.duties {
            self.key(DUTIES, &duty.id, is_item(&duty.id, "B"));
            if let Some(pillar) = duty.pillar.filter(|p| self.c.pillar(*p).is_none()) {
                self.fault(DUTIES, &duty.id, Reason::UnknownPillar(pillar));
            }
            self.words(DUTIES, &duty.id, "text", &duty.text, usize::MAX);
            self.lines(DUTIES, &duty.id, &duty.lines);
            for id in &duty.related {
                if self.c.task(id).is_none() && self.c.indicator(id).is_none() {
                    let reason = Reason::UnknownReference { field: "related", id: id.clone() };
                    self.fault(DUTIES, &duty.id, reason);
                }
            }
        }
    }

    fn indicators(&mut self) {
        self.unique(INDICATORS, self.c.indicators.iter().map(|i| i.id.clone()));
        for i in &self.c.indicators {
            self.key(INDICATORS, &i.id, is_item(&i.id, "MADVC"));
            if self.c.pillar(i.pillar).is_none() {
                self.fault(INDICATORS, &i.id, Reason::UnknownPillar(i.pillar));
            }
            self.words(INDICATORS, &i.id, "title", &i.title, usize::MAX);
            self.words(INDICATORS, &i.id, "short", &i.short, SHORT);
            match i.task.as_deref().map(|id| (id, self.c.task(id))) {
                Some((id, None)) => {
                    let reason = Reason::UnknownReference { field: "task", id: id.to_owned() };
                    self.fault(INDICATORS, &i.id, reason);
                }
                Some((_, Some(task))) if task.pillar != i.pillar => {
                    self.fault(INDICATORS, &i.id, Reason::PillarMismatch);
                }
                _ => {}
            }
            let lines: Vec<u32> = i.body_lines.iter().chain(&i.appendix_lines).copied().collect();
            // One that was added later stands in no line of the plan.
            if !lines.is_empty() || i.valid_from.is_none() {
                self.lines(INDICATORS, &i.id, &lines);
            }
            if i.valid_from.zip(i.valid_to).is_some_and(|(from, to)| to < from) {
                self.fault(INDICATORS, &i.id, Reason::ValidityReversed);
            }
            let says = |f: &Formerly| {
                f.target.is_some() || f.rule.is_some() || f.reporters.is_some() || f.max_points.is_some()
            };
            if !i.formerly.iter().all(says) || !i.formerly.iter().map(|f| f.until).is_sorted() {
                self.fault(INDICATORS, &i.id, Reason::BadHistory);
            }
            self.measure(i);
            self.reporters(i);
        }
    }

    /// Of a figure that one agency reports for the province there is one reporter at any time, also after mergers and splits.
    fn one_at_a_time(&mut self, i: &Indicator) {
        let ends = self.c.agencies.iter().flat_map(|a| [a.valid_to.and_then(|d| d.succ_opt()), a.valid_from]);
        let changes = i.formerly.iter().map(|f| f.until.succ_opt());
        let days: BTreeSet<NaiveDate> = ends.chain(changes).flatten().collect();
        for day in days {
            let id = PeriodId::AdHoc { due: day, slug: String::new() };
            let period = Period { id, from: day, to: day, due_before: day };
            let reporters = self.c.answering(&i.as_of(&period).reporters, &period).len();
            if reporters > 1 && i.is_there(&period) {
                self.fault(INDICATORS, &i.id, Reason::SeveralAtOnce(reporters, day));
                return;
            }
        }
    }

    /// Measure, unit, target, numerator and denominator, rule and aggregation must fit each other.
    fn measure(&mut self, i: &Indicator) {
        let fraction = !i.numerator.is_empty() && !i.denominator.is_empty();
        let whole = i.numerator.is_empty() && i.denominator.is_empty();
        let document = i.measure == Measure::Document;
        let fits = [
            (
                "numerator and denominator",
                if matches!(i.measure, Measure::Ratio | Measure::Rate) { fraction } else { whole },
            ),
            (
                "unit",
                match i.measure {
                    Measure::Ratio => i.unit == "%",
                    Measure::Rate | Measure::Value => !i.unit.is_empty() && i.unit != "%",
                    Measure::Document => i.unit.is_empty(),
                },
            ),
            ("target", document == (i.target == Target::Exists)),
            ("rule", i.rule.fits(i)),
            (
                "aggregate",
                match i.aggregate {
                    Aggregate::RatioOfSums => matches!(i.measure, Measure::Ratio | Measure::Rate),
                    Aggregate::Sum => i.measure == Measure::Value,
                    Aggregate::LeadValue | Aggregate::AllOf => true,
                },
            ),
        ];
        for (field, _) in fits.into_iter().filter(|(_, fits)| !fits) {
            self.fault(INDICATORS, &i.id, Reason::MeasureMismatch { measure: i.measure, field });
        }
        let hundred = Decimal::ONE_HUNDRED;
        let possible = match (&i.target, i.measure) {
            (Target::All(all), Measure::Ratio) => *all == hundred,
            (Target::AtLeast(least), Measure::Ratio) => *least > Decimal::ZERO && *least <= hundred,
            (Target::All(n) | Target::AtLeast(n), _) => *n > Decimal::ZERO,
            (Target::Increase | Target::Exists, _) => true,
        };
        if !possible {
            self.fault(INDICATORS, &i.id, Reason::BadThreshold);
        }
        let central = i.rule == Rule::Central && i.reporters != [self.c.plan.receiver.clone()];
        let fault = i.rule.fault(i.max_points).or(central.then_some(RuleFault::CentralReporter));
        if let Some(fault) = fault {
            self.fault(INDICATORS, &i.id, Reason::Rule(fault));
        }
    }

    fn reporters(&mut self, i: &Indicator) {
        self.actors(INDICATORS, &i.id, "reporters", &i.reporters);
        for reporters in i.formerly.iter().filter_map(|f| f.reporters.as_deref()) {
            self.actors(INDICATORS, &i.id, "formerly.reporters", reporters);
        }
        let reporters = self.c.expand(&i.reporters).len();
        if reporters == 0 {
            self.fault(INDICATORS, &i.id, Reason::NoReporter);
        } else if i.aggregate == Aggregate::LeadValue && reporters != 1 {
            self.fault(INDICATORS, &i.id, Reason::LeadValue { reporters });
        } else if i.aggregate == Aggregate::LeadValue {
            self.one_at_a_time(i);
        }
        for (agency, why) in &i.not_applicable {
            self.words(INDICATORS, &i.id, "not_applicable", why, usize::MAX);
            if !self.c.includes(&i.reporters, agency) {
                self.fault(INDICATORS, &i.id, Reason::NotAReporter(agency.clone()));
            }
        }
    }

    fn agencies(&mut self) {
        let agencies = &self.c.agencies;
        let mut ids = BTreeSet::new();
        let mut codes = BTreeSet::new();
        for agency in agencies {
            let file = file_of(agency);
            if !ids.insert(&agency.id) {
                self.fault(file, &agency.id, Reason::DuplicateId);
            }
            self.key(file, &agency.id, is_slug(&agency.id));
            self.words(file, &agency.id, "name", &agency.name, usize::MAX);
            self.words(file, &agency.id, "short", &agency.short, SHORT);
            for alias in &agency.aliases {
                self.words(file, &agency.id, "aliases", alias, usize::MAX);
            }
            let parent_fits = match (agency.kind, &agency.parent) {
                (AgencyKind::Commune, Some(id)) => self.c.agency(id).is_some_and(|p| p.kind == AgencyKind::District),
                (AgencyKind::Commune, None) => false,
                (_, parent) => parent.is_none(),
            };
            if !parent_fits {
                self.fault(file, &agency.id, Reason::BadParent);
            }
            let digits = match agency.kind {
                AgencyKind::District => 3,
                AgencyKind::Commune => 5,
                _ => 0,
            };
            let plain = agency.code.len() == digits && agency.code.bytes().all(|b| b.is_ascii_digit());
            if !plain || (digits > 0 && !codes.insert(&agency.code)) {
                self.fault(file, &agency.id, Reason::BadCode);
            }
            if agency.valid_from.zip(agency.valid_to).is_some_and(|(from, to)| to < from) {
                self.fault(file, &agency.id, Reason::ValidityReversed);
            }
            self.succession(agency);
            if !agency.lines.is_empty() {
                self.lines(file, &agency.id, &agency.lines);
            }
        }
    }

    fn succession(&mut self, agency: &Agency) {
        let file = file_of(agency);
        if self.c.forebears(&agency.id).contains(agency.id.as_str()) {
            self.fault(file, &agency.id, Reason::SuccessionCircle);
        }
        if !agency.successors.is_empty() && agency.valid_to.is_none() {
            self.fault(file, &agency.id, Reason::SuccessionWithoutEnd);
        }
        for (field, others) in [("successors", &agency.successors), ("predecessors", &agency.predecessors)] {
            for id in others {
                let reason = match self.c.agency(id) {
                    None => Reason::UnknownReference { field, id: id.clone() },
                    Some(other) => {
                        let back = if field == "successors" { &other.predecessors } else { &other.successors };
                        if back.contains(&agency.id) {
                            continue;
                        }
                        Reason::SuccessionNotMutual(id.clone())
                    }
                };
                self.fault(file, &agency.id, reason);
            }
        }
    }

    /// Two agencies that can be called the same could be mistaken on import. Communes may share a name between districts.
    fn names(&mut self) {
        let mut owners = BTreeMap::new();
        for agency in self.c.agencies.iter().filter(|a| a.kind != AgencyKind::Commune) {
            for name in [&agency.id, &agency.name, &agency.short].into_iter().chain(&agency.aliases) {
                let other = owners.entry(crate::text::fold(name)).or_insert(&agency.id);
                if *other != &agency.id {
                    let reason = Reason::AmbiguousName { name: name.clone(), other: (*other).clone() };
                    self.faults.push(Fault::new(AGENCIES, &agency.id, reason));
                }
            }
        }
    }

    fn groups(&mut self) {
        self.unique(GROUPS, self.c.groups.iter().map(|g| g.id.clone()));
        for group in &self.c.groups {
            self.key(GROUPS, &group.id, is_slug(&group.id));
            if self.c.agency(&group.id).is_some() {
                self.fault(GROUPS, &group.id, Reason::DuplicateId);
            }
            self.words(GROUPS, &group.id, "name", &group.name, usize::MAX);
            for id in group.members.iter().filter(|id| self.c.agency(id).is_none()) {
                let reason = Reason::UnknownReference { field: "members", id: id.clone() };
                self.fault(GROUPS, &group.id, reason);
            }
            self.repeated(GROUPS, &group.id, "members", &group.members);
            if self.c.members(group).next().is_none() {
                self.fault(GROUPS, &group.id, Reason::NoMembers);
            }
        }
    }

    fn errata(&mut self) {
        self.unique(ERRATA, self.c.errata.iter().map(|e| e.number.to_string()));
        for erratum in &self.c.errata {
            let entry = erratum.number.to_string();
            self.words(ERRATA, &entry, "printed", &erratum.printed, usize::MAX);
            self.words(ERRATA, &entry, "reading", &erratum.reading, usize::MAX);
            self.lines(ERRATA, &entry, &erratum.lines);
        }
    }

    fn fault(&mut self, file: &str, entry: &str, reason: Reason) {
        self.faults.push(Fault::new(file, entry, reason));
    }

    fn key(&mut self, file: &str, entry: &str, good: bool) {
        if !good {
            self.fault(file, entry, Reason::BadId);
        }
    }

    fn unique(&mut self, file: &str, ids: impl Iterator<Item = String>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if seen.contains(&id) {
                self.fault(file, &id, Reason::DuplicateId);
            }
            seen.insert(id);
        }
    }

    fn words(&mut self, file: &str, entry: &str, field: &'static str, text: &str, limit: usize) {
        if text.trim().is_empty() {
            self.fault(file, entry, Reason::Empty { field });
        } else if text.trim() != text || text.contains("  ") || text.contains(char::is_control) {
            self.fault(file, entry, Reason::Untidy { field });
        }
        if text.chars().count() > limit {
            self.fault(file, entry, Reason::TooLong { field, limit });
        }
    }

    fn lines(&mut self, file: &str, entry: &str, lines: &[u32]) {
        if lines.is_empty() {
            self.fault(file, entry, Reason::NoLines);
        }
        for line in lines.iter().filter(|l| !(1..=LAST_LINE).contains(*l)) {
            self.fault(file, entry, Reason::LineOutOfRange(*line));
        }
    }

    /// Ids of agencies or groups, each once.
    fn actors(&mut self, file: &str, entry: &str, field: &'static str, ids: &[Id]) {
        for id in ids.iter().filter(|id| self.c.agency(id).is_none() && self.c.group(id).is_none()) {
            self.fault(file, entry, Reason::UnknownReference { field, id: id.clone() });
        }
        self.repeated(file, entry, field, ids);
    }

    fn repeated(&mut self, file: &str, entry: &str, field: &'static str, ids: &[Id]) {
        let mut seen = BTreeSet::new();
        for id in ids.iter().filter(|id| !seen.insert(*id)) {
            self.faults.push(Fault::new(file, entry, Reason::RepeatedReference { field, id: id.clone() }));
        }
    }
}

fn file_of(agency: &Agency) -> &'static str {
    if agency.kind == AgencyKind::Commune { COMMUNES } else { AGENCIES }
}

/// `so-noi-vu`: goes into file names and package members, so plain ASCII and short.
fn is_slug(id: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    id.len() <= 40 && id.starts_with(|c: char| c.is_ascii_lowercase()) && id.bytes().all(plain) && !id.ends_with('-')
}

/// One capital of `letters` and one to three digits: `M05`, `A1`.
fn is_item(id: &str, letters: &str) -> bool {
    let mut chars = id.chars();
    chars.next().is_some_and(|c| letters.contains(c)) && is_number(chars.as_str())
}

fn is_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}
