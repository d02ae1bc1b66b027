//! The plan as data: pillars, tasks, duties, indicators, agencies, calendar and errata.
//!
//! Read-only values built by [`load`] from TOML (embedded, or an edition that a package brought). Every entry
//! carries its line in the plan. Never keyed by title: the plan's appendix calls pillar IV "Nhận thức số" by mistake.
//! No file access, no clock, no wording for the screen beyond the plan's own words.

mod amend;
mod check;
mod components;
mod difference;
mod edition;
mod load;
mod period;
mod rule;
mod validity;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use amend::{AmendError, Amendment, Heir, amend, read_amendments};
pub use check::{Fault, Reason};
pub use components::{Component, Fate, Gone, Outcome, SameNumber, Taken, Takeover, take_over};
pub use difference::{Difference, differences};
pub use edition::{Edition, EditionError, Files, Kinship, Lost};
pub use load::{embedded, load};
pub use period::{Period, PeriodId, PeriodParseError};
pub use rule::{Extra, Level, Rule, RuleFault, Step};
pub use wording::{Doubt, Reading, read_wording};

/// A short ASCII key of an entry: agency `so-noi-vu`, item `M05`, task `I.1`, group `cap-huyen`.
pub type Id = String;

/// One edition of the plan, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    pub plan: Plan,
    pub pillars: Vec<Pillar>,
    pub tasks: Vec<Task>,
    pub duties: Vec<Duty>,
    pub indicators: Vec<Indicator>,
    pub agencies: Vec<Agency>,
    pub groups: Vec<Group>,
    pub calendar: Calendar,
    pub errata: Vec<Erratum>,
    /// SHA-256 (hex) of the edition's TOML files in a fixed order.
    pub hash: String,
}

/// What the plan is and who receives its reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// `quang-tri-2023`
    pub id: Id,
    /// Edition of the catalogue, counted from 1.
    pub version: u32,
    pub title: String,
    /// Number and date are blank in the source text and stay blank here.
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub date: String,
    /// Where the plan is from: "Quảng Trị". Editions made before the plan said this, or one of the next two, are read as
    /// the program's own edition says.
    #[serde(default)]
    pub province: String,
    /// Who issued the plan, in full; the receiver reports to it: "Ủy ban nhân dân tỉnh Quảng Trị".
    #[serde(default)]
    pub peoples_committee: String,
    /// To whom the receiver reports as well (plan line 144).
    #[serde(default)]
    pub ministry: String,
    /// The agency that receives and consolidates all reports (plan line 134).
    pub receiver: Id,
    /// Its successor in other editions, as a note for readers.
    #[serde(default)]
    pub receiver_note: String,
    /// First year for which reports are due.
    pub first_year: i32,
    /// The hashes of the editions that this one came from, the first one first.
    #[serde(default)]
    pub lineage: Vec<String>,
}

/// One of the eight scored main indices of QĐ 922/QĐ-BTTTT.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pillar {
    /// 1 to 8.
    pub id: u8,
    /// Roman numeral of the appendix: `I` to `VIII`.
    pub numeral: String,
    pub title: String,
    /// A name that fits a tab: "Nhận thức số".
    pub short: String,
    /// The heading in the appendix, verbatim.
    pub printed: String,
    /// Points in QĐ 922: 100, 150 or 200 of 1000.
    pub weight: u32,
    pub body_line: u32,
    pub appendix_line: u32,
}

/// One of the 36 tasks of the appendix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// `I.1` to `VIII.3`
    pub id: Id,
    pub pillar: u8,
    /// The text as printed, slips included.
    pub printed: String,
    /// The text with the slips of the errata list corrected; equal to `printed` where there are none.
    pub text: String,
    /// A title of at most about 60 characters, for tables.
    pub short: String,
    /// Agencies or groups; several are joint leads, a group fans out to its members.
    pub lead: Vec<Id>,
    pub coordinating: Vec<Id>,
    /// Open-ended coordinators, verbatim: "các đơn vị liên quan khác".
    #[serde(default)]
    pub coordinating_open: String,
    /// The time column, verbatim.
    pub time: String,
    /// Years in which it is due; empty: every year.
    #[serde(default)]
    pub years: Vec<i32>,
    /// Lines of the plan.
    pub lines: Vec<u32>,
}

/// A duty that only the body of the plan has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// `B01` ...
    pub id: Id,
    /// The pillar under whose heading it stands; none for duties of part I and IV.
    #[serde(default)]
    pub pillar: Option<u8>,
    pub text: String,
    pub lines: Vec<u32>,
    /// Related tasks or indicators.
    #[serde(default)]
    pub related: Vec<Id>,
}

/// What is reported with a figure or a document: M01..M28, A1..A9, D01.., V01...
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    pub id: Id,
    pub pillar: u8,
    /// The full name in the plan's words.
    pub title: String,
    /// At most about 60 characters, for tables.
    pub short: String,
    pub measure: Measure,
    pub target: Target,
    /// `%`, `lần/tuần`, `tin, bài/năm`, `tỷ đồng`, `điểm`, ...; empty for documents.
    #[serde(default)]
    pub unit: String,
    /// What the numerator counts (ratio, rate).
    #[serde(default)]
    pub numerator: String,
    /// What the denominator counts (ratio, rate).
    #[serde(default)]
    pub denominator: String,
    /// The population or base, in the plan's words.
    #[serde(default)]
    pub population: String,
    pub frequency: Frequency,
    /// The appendix task that it belongs to; none where only the body has it.
    #[serde(default)]
    pub task: Option<Id>,
    /// Agencies or groups that report it. Where the plan names no one, `assumed` says so.
    pub reporters: Vec<Id>,
    /// True where the reporter is our reading and not the plan's word.
    #[serde(default)]
    pub assumed: bool,
    pub aggregate: Aggregate,
    /// How the points of the estimated score follow from the value.
    #[serde(default)]
    pub rule: Rule,
    /// "Điểm tối đa" of an official component index, in points of the 1000. Where a period asks for such ones, they alone
    /// make the pillar's score; otherwise its indicators weigh the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_points: Option<Decimal>,
    #[serde(default)]
    pub body_lines: Vec<u32>,
    #[serde(default)]
    pub appendix_lines: Vec<u32>,
    /// How body and appendix differ, or how we read it.
    #[serde(default)]
    pub note: String,
    /// First day on which it is asked for; none: from the beginning of the plan.
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    /// Last day on which it is asked for.
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    /// What was so before: the fields above say what holds now.
    #[serde(default)]
    pub formerly: Vec<Formerly>,
    /// Agencies to which it does not apply, with the reason ("100 % of communes" where there is none).
    #[serde(default)]
    pub not_applicable: BTreeMap<Id, String>,
}

/// What held for an indicator up to a day, where a later edition changed it. A field that did not change then is none.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formerly {
    /// Last day.
    pub until: NaiveDate,
    #[serde(default)]
    pub target: Option<Target>,
    #[serde(default)]
    pub rule: Option<Rule>,
    #[serde(default)]
    pub reporters: Option<Vec<Id>>,
    /// 0 where there were no official points.
    #[serde(default)]
    pub max_points: Option<Decimal>,
}

/// The shape of a reported value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// numerator / denominator x 100, in %.
    Ratio,
    /// numerator / denominator, in the indicator's unit (times per week).
    Rate,
    /// One figure in the indicator's unit.
    Value,
    /// Issued or not, with số, ký hiệu, ngày, trích yếu.
    Document,
}

/// What counts as reaching the target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Target {
    /// Value >= threshold, in the indicator's unit.
    AtLeast(Decimal),
    /// All of the population: 100 %, or every platform of the list.
    All(Decimal),
    /// No threshold in the plan: compared with the first value reported.
    Increase,
    /// The document exists.
    Exists,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Due in every quarterly and annual report.
    Quarter,
    /// Due in the annual report only.
    Year,
}

/// How the province's value follows from the units' values. Never an average of percentages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aggregate {
    /// Sum of numerators over sum of denominators.
    RatioOfSums,
    Sum,
    /// The one reporter's value is the province's.
    LeadValue,
    /// Reached only where every unit has it.
    AllOf,
}

/// A department, office, district, commune or partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub id: Id,
    pub name: String,
    /// Name for narrow columns: "Sở TT&TT".
    pub short: String,
    pub kind: AgencyKind,
    /// Other spellings, in the plan and in use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The district of a commune.
    #[serde(default)]
    pub parent: Option<Id>,
    /// Statistical code of a district or commune (GSO).
    #[serde(default)]
    pub code: String,
    /// False: not named in the plan, kept from common knowledge until the receiving department confirms it.
    #[serde(default = "yes")]
    pub confirmed: bool,
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
    #[serde(default)]
    pub predecessors: Vec<Id>,
    #[serde(default)]
    pub successors: Vec<Id>,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub lines: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyKind {
    Office,
    Department,
    /// A branch of a central body in the province.
    Central,
    Press,
    College,
    District,
    Commune,
    Enterprise,
}

/// A collective name of the plan ("Sở, ban, ngành cấp tỉnh") and its members.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub id: Id,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub members: Vec<Id>,
    /// Every agency of these kinds is a member as well (all communes, all districts).
    #[serde(default)]
    pub kinds: Vec<AgencyKind>,
    #[serde(default)]
    pub note: String,
}

/// Deadlines (plan line 134) and data windows (NĐ 09/2019/NĐ-CP, điều 12).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// "trước ngày 25" of the quarter's last month: strictly before.
    pub quarter_due_day: u32,
    /// "trước ngày 20/12".
    pub year_due_month: u32,
    pub year_due_day: u32,
    /// First day of a window: the 15th of the month before the period.
    pub window_from_day: u32,
    /// Last day of a window: the 14th of the period's last month.
    pub window_to_day: u32,
    #[serde(default)]
    pub note: String,
    /// First year in which it holds; none: from the beginning of the plan.
    #[serde(default)]
    pub from_year: Option<i32>,
    /// The calendars of later years, in their order; each holds until the next.
    #[serde(default)]
    pub later: Vec<Calendar>,
}

/// A discrepancy, slip or trap in the plan's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erratum {
    pub number: u32,
    pub lines: Vec<u32>,
    /// What the text says.
    pub printed: String,
    /// What this catalogue does about it.
    pub reading: String,
}

fn yes() -> bool {
    true
}

impl Catalogue {
    pub fn pillar(&self, id: u8) -> Option<&Pillar> {
        self.pillars.iter().find(|p| p.id == id)
    }

    pub fn task(&self, id: &str) -> Option<&Task> {
        self.tasks.iter().find(|t| t.id == id)
    }

    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.id == id)
    }

    pub fn agency(&self, id: &str) -> Option<&Agency> {
        self.agencies.iter().find(|a| a.id == id)
    }

    /// The agency's name, or the id itself where this edition does not know it.
    pub fn agency_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.agency(id).map_or(id, |a| a.name.as_str())
    }

    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|g| g.id == id)
    }

    /// Finds an agency by id, name, short name or alias, ignoring case and diacritics.
    ///
    /// None where several could be meant: "Phường 1" is a ward of Đông Hà and one of thị xã Quảng Trị.
    pub fn find_agency(&self, text: &str) -> Option<&Agency> {
        let wanted = crate::text::fold(text.trim());
        self.agency(text.trim()).or_else(|| {
            let mut found = self.agencies.iter().filter(|a| {
                [&a.id, &a.name, &a.short].into_iter().chain(&a.aliases).any(|n| crate::text::fold(n) == wanted)
            });
            found.next().filter(|_| found.next().is_none())
        })
    }

    /// The agencies behind a list of agency and group ids, each once, in catalogue order.
    pub fn expand<'a>(&'a self, ids: &'a [Id]) -> Vec<&'a Agency> {
        let mut wanted: BTreeSet<&str> = BTreeSet::new();
        for id in ids {
            match self.group(id) {
                Some(group) => wanted.extend(self.members(group).map(|a| a.id.as_str())),
                None => {
                    wanted.insert(id);
                }
            }
        }
        self.agencies.iter().filter(|a| wanted.contains(a.id.as_str())).collect()
    }

    /// The members of a group: those listed, and all of its kinds.
    pub fn members<'a>(&'a self, group: &'a Group) -> impl Iterator<Item = &'a Agency> {
        self.agencies.iter().filter(|a| group.members.contains(&a.id) || group.kinds.contains(&a.kind))
    }

    /// True where `agency` itself, or a group that it is in, stands in `ids`.
    pub fn includes(&self, ids: &[Id], agency: &str) -> bool {
        ids.iter().any(|id| id == agency || self.group(id).is_some_and(|g| self.members(g).any(|a| a.id == agency)))
    }

    /// The task that an item (task or indicator) belongs to.
    pub fn task_of(&self, item: &str) -> Option<&Task> {
        self.task(item).or_else(|| self.indicator(item)?.task.as_deref().and_then(|t| self.task(t)))
    }

    /// True where `agency` reports `item` itself, or has taken over from one that does: as lead of the task, or as reporter
    /// of the indicator.
    pub fn reports(&self, agency: &str, item: &str) -> bool {
        match self.indicator(item) {
            Some(i) => self.includes_line(&i.reporters, agency),
            None => self.task(item).is_some_and(|t| self.includes_line(&t.lead, agency)),
        }
    }

    /// True where `agency` leads the task that the item belongs to, or has taken over from one that does.
    pub fn leads(&self, agency: &str, item: &str) -> bool {
        self.task_of(item).is_some_and(|t| self.includes_line(&t.lead, agency))
    }

    /// True where `sender` may bring a record on `item` of `agency`: its own, that of an agency that it took over from, or
    /// one of an agency that coordinates with it.
    ///
    /// A lead agency may enter what a coordinating agency sent on paper; the origin stays visible on the revision.
    pub fn may_bring(&self, sender: &str, item: &str, agency: &str) -> bool {
        sender == agency
            || sender == self.plan.receiver
            || self.forebears(sender).contains(agency)
            || self.leads(sender, item)
    }

    /// True where `agency` is named beside the lead of the item's task.
    pub fn coordinates(&self, agency: &str, item: &str) -> bool {
        self.task_of(item).is_some_and(|t| self.includes_line(&t.coordinating, agency))
    }

    /// The items that `agency` owes in `period`: indicators that apply, then tasks of that year.
    ///
    /// An indicator of a task that is due in certain years only (II.1 to II.4) is owed in those years.
    pub fn expected(&self, agency: &str, period: &Period) -> Vec<&str> {
        if !self.agency(agency).is_some_and(|a| a.is_there(period)) {
            return Vec::new();
        }
        let sources = self.sources(agency, period);
        let indicators = self.indicators.iter().filter(|i| {
            let then = i.as_of(period);
            // Nobody here owes what the ministry measures.
            then.rule != Rule::Central
                && self.is_due(i, &period.id)
                && !i.not_applicable.contains_key(agency)
                && self.includes_any(&then.reporters, &sources)
        });
        let tasks = self.tasks.iter().filter(|t| t.is_due(&period.id) && self.includes_any(&t.lead, &sources));
        indicators.map(|i| i.id.as_str()).chain(tasks.map(|t| t.id.as_str())).collect()
    }

    /// True where the period's report asks for the indicator: by its dates and frequency, and by the years of its task.
    pub fn is_due(&self, indicator: &Indicator, period: &PeriodId) -> bool {
        let annual = !matches!(period, PeriodId::Quarter { .. });
        let task = indicator.task.as_deref().and_then(|t| self.task(t));
        (annual || indicator.frequency == Frequency::Quarter)
            && task.is_none_or(|t| t.is_due(period))
            && indicator.is_there(&self.period(period))
    }

    /// The agencies that owe a report in `period`: confirmed ones with at least one expected item.
    pub fn reporting_agencies(&self, period: &Period) -> Vec<&Agency> {
        self.agencies
            .iter()
            .filter(|a| a.confirmed && a.kind != AgencyKind::Commune && !self.expected(&a.id, period).is_empty())
            .collect()
    }

    /// The newest quarter up to `today` in which `agency` owes something: the one to open first.
    ///
    /// An edition ends where its agencies do (districts on 30/6/2025), so "today's quarter" may be empty for it.
    pub fn opening_period(&self, agency: &str, today: NaiveDate) -> PeriodId {
        let this_quarter = PeriodId::current(today);
        std::iter::successors(Some(this_quarter.clone()), PeriodId::previous)
            .take_while(|p| p.year() >= self.plan.first_year)
            .find(|p| !self.expected(agency, &self.period(p)).is_empty())
            .unwrap_or(this_quarter)
    }

    /// The period's window and due date by this edition's calendar.
    pub fn period(&self, id: &PeriodId) -> Period {
        Period::of(id.clone(), &self.calendar)
    }
}

impl Plan {
    /// What the plan is of, in full: "tỉnh Quảng Trị".
    pub fn territory(&self) -> &str {
        self.peoples_committee.strip_prefix("Ủy ban nhân dân ").unwrap_or(&self.province)
    }
}

impl Task {
    /// True where the plan sets the task for the period's year.
    pub fn is_due(&self, period: &PeriodId) -> bool {
        self.years.is_empty() || self.years.contains(&period.year())
    }
}

impl Target {
    /// The threshold in the indicator's unit, where there is one.
    pub fn threshold(&self) -> Option<Decimal> {
        match self {
            Target::AtLeast(t) | Target::All(t) => Some(*t),
            Target::Increase | Target::Exists => None,
        }
    }
}

impl fmt::Display for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} v{}", self.plan.id, self.plan.version)
    }
}
