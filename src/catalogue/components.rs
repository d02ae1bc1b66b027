//! The component indices of an official set as amendments: new ones, changed ones, those that are gone.
//!
//! A row is found again by its title, otherwise by its number, and then a person says whether it is the same index. The same
//! rows twice change nothing. Component indices are asked for once a year, and have ids of their own: `C603` is number 3
//! of pillar 6.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::{Aggregate, Amendment, Catalogue, Doubt, Frequency, Id, Indicator, Measure, Reading, Rule, read_wording};
use crate::text::{elide, fold};

/// One row of an official set, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    pub pillar: u8,
    /// As the set numbers it: "7.3".
    pub label: String,
    /// Its place under its main index: 3.
    pub number: u32,
    pub title: String,
    /// "Điểm tối đa"; none where there are no points.
    pub max_points: Option<Decimal>,
    /// "Cách xác định và tính điểm"
    pub wording: String,
    /// "Tài liệu kiểm chứng"
    pub evidence: String,
    /// "Nguồn thu thập dữ liệu"
    pub source: String,
    /// "Đơn vị phối hợp"
    pub coordinating: String,
}

impl Component {
    /// The most indices that a main index has ids for.
    pub const MOST: u32 = 99;
}

/// How a set is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Takeover {
    /// The first day on which it holds.
    pub from: NaiveDate,
    pub same_number: SameNumber,
    pub gone: Gone,
}

/// What a row is that has the number of a known index and another title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SameNumber {
    /// A person has to say.
    #[default]
    Ask,
    /// The same index under other words.
    Retitled,
    /// Another index.
    Another,
}

/// What becomes of indices that the set no longer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gone {
    /// They stay, and are named.
    #[default]
    Keep,
    Close,
}

/// What becomes of a set, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// As many as there are rows, in their order.
    pub fates: Vec<Fate>,
    /// Indices of its pillars that the set no longer has.
    pub gone: Vec<Id>,
    /// Changes nothing where the set is known already.
    pub amendments: Vec<Amendment>,
}

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Fate {
    pub outcome: Outcome,
    pub reading: Reading,
    /// Who reports it.
    pub reporters: Vec<Id>,
    /// True where the row names nobody known, so that the receiving department reports it.
    pub assumed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    New(Id),
    Same(Id),
    Changed(Id),
    /// It is measured otherwise than before, so that its old figures would mean something else: the old index ends, and a
    /// new one begins.
    Replaced {
        before: Id,
        by: Id,
    },
    /// A known index has its number and another title: nothing is taken over before a person says what it is.
    Asked {
        known: Id,
    },
    /// No points, and nothing that says that there are none.
    NoMaximum,
    /// It is measured otherwise, and the index that it is would end before it begins.
    TooEarly {
        known: Id,
        after: NaiveDate,
    },
}

impl Outcome {
    /// True where nothing can be taken over before the row is settled.
    pub fn is_open(&self) -> bool {
        matches!(self, Outcome::Asked { .. } | Outcome::NoMaximum | Outcome::TooEarly { .. })
    }
}

/// A note keeps so much of each column (characters).
const NOTED: usize = 1_500;
/// Longest `short` of an indicator (characters).
const SHORT: usize = 60;
/// So much of a cell is searched for agencies (characters).
const SEARCHED: usize = 2_000;
/// Shorter names of agencies are part of other words.
const NAME: usize = 4;

/// What becomes of the rows of a set in a catalogue.
pub fn take_over(catalogue: &Catalogue, rows: &[Component], how: Takeover) -> Taken {
    let known = Known::of(catalogue, rows);
    let names = names(catalogue);
    let mut ids: BTreeSet<Id> = catalogue.indicators.iter().map(|i| i.id.clone()).collect();
    let mut taken = Taken { fates: Vec::new(), gone: Vec::new(), amendments: Vec::new() };
    for (at, row) in rows.iter().enumerate() {
        let mut new = indicator(catalogue, &names, row, how.from);
        let reading = new.reading;
        let outcome = match known.of_row(at, how.same_number) {
            _ if new.indicator.rule.is_scored() && new.indicator.max_points.is_none() => Outcome::NoMaximum,
            Match::Unsure(known) => Outcome::Asked { known: known.id.clone() },
            Match::None => {
                new.indicator.id = free_id(&mut ids, row);
                add(&mut taken.amendments, &new.indicator)
            }
            Match::Known(old) => {
                new.indicator.id.clone_from(&old.id);
                settle(&mut taken.amendments, &mut ids, old, &mut new.indicator, row, how.from)
            }
        };
        let (reporters, assumed) = (new.indicator.reporters, new.indicator.assumed);
        taken.fates.push(Fate { outcome, reading, reporters, assumed });
    }
    for old in known.gone(how.same_number) {
        taken.gone.push(old.id.clone());
        if how.gone == Gone::Close && old.valid_from.is_none_or(|first| first < how.from) {
            taken.amendments.push(close(&old.id, how.from));
        }
    }
    taken
}

/// The known index that a row is.
enum Match<'a> {
    None,
    Known(&'a Indicator),
    /// By its number only.
    Unsure(&'a Indicator),
}

/// The component indices that go on in the pillars of a set, each with the row that it is.
struct Known<'a> {
    indices: Vec<&'a Indicator>,
    /// By row: the place among the indices.
    by_title: Vec<Option<usize>>,
    by_number: Vec<Option<usize>>,
}

impl<'a> Known<'a> {
    fn of(catalogue: &'a Catalogue, rows: &[Component]) -> Known<'a> {
        let pillars: BTreeSet<u8> = rows.iter().map(|row| row.pillar).collect();
        let component = |i: &&Indicator| i.id.starts_with('C') || i.max_points.is_some();
        let go_on = |i: &&Indicator| pillars.contains(&i.pillar) && i.valid_to.is_none();
        let indices: Vec<&Indicator> = catalogue.indicators.iter().filter(component).filter(go_on).collect();
        let titles: Vec<String> = indices.iter().map(|i| fold(&i.title)).collect();
        let mut free: BTreeSet<usize> = (0..indices.len()).collect();
        let mut find = |fits: &dyn Fn(usize) -> bool| {
            let found = free.iter().copied().find(|at| fits(*at))?;
            free.remove(&found);
            Some(found)
        };
        let titled = |row: &Component| {
            let title = fold(&row.title);
            find(&|at| indices[at].pillar == row.pillar && titles[at] == title)
        };
        let by_title: Vec<Option<usize>> = rows.iter().map(titled).collect();
        let numbered = |(row, titled): (&Component, &Option<usize>)| match titled {
            Some(_) => None,
            None => find(&|at| indices[at].id == id(row.pillar, row.number)),
        };
        let by_number = rows.iter().zip(&by_title).map(numbered).collect();
        Known { indices, by_title, by_number }
    }

    fn of_row(&self, row: usize, same_number: SameNumber) -> Match<'a> {
        match (self.by_title[row], self.by_number[row], same_number) {
            (Some(at), ..) | (None, Some(at), SameNumber::Retitled) => Match::Known(self.indices[at]),
            (None, Some(at), SameNumber::Ask) => Match::Unsure(self.indices[at]),
            (None, _, SameNumber::Another) | (None, None, _) => Match::None,
        }
    }

    /// The indices that are none of the rows.
    fn gone(&self, same_number: SameNumber) -> impl Iterator<Item = &'a Indicator> {
        let by_number = self.by_number.iter().filter(move |_| same_number != SameNumber::Another);
        let here: BTreeSet<usize> = self.by_title.iter().chain(by_number).flatten().copied().collect();
        self.indices.iter().enumerate().filter(move |(at, _)| !here.contains(at)).map(|(_, i)| *i)
    }
}

/// The amendments that make `old` what the row says, from the day on.
fn settle(
    amendments: &mut Vec<Amendment>,
    ids: &mut BTreeSet<Id>,
    old: &Indicator,
    new: &mut Indicator,
    row: &Component,
    from: NaiveDate,
) -> Outcome {
    let last = old.formerly.iter().filter_map(|f| f.until.succ_opt()).chain(old.valid_from).max();
    let begun = last.is_none_or(|last| last < from);
    if (old.measure, &old.unit) != (new.measure, &new.unit) {
        if !begun {
            return Outcome::TooEarly { known: old.id.clone(), after: last.unwrap_or(from) };
        }
        let before = old.id.clone();
        amendments.push(close(&before, from));
        new.id = free_id(ids, row);
        amendments.push(Amendment::AddIndicator { indicator: Box::new(new.clone()) });
        return Outcome::Replaced { before, by: new.id.clone() };
    }
    // A row that names nobody takes nothing from whoever was named since.
    if new.assumed {
        new.reporters.clone_from(&old.reporters);
        new.aggregate = old.aggregate;
        new.assumed = old.assumed;
    }
    new.valid_from = old.valid_from;
    new.formerly.clone_from(&old.formerly);
    new.not_applicable.clone_from(&old.not_applicable);
    if new == old {
        return Outcome::Same(old.id.clone());
    }
    // What has not begun yet, or began on this day, is put right; what held before stays as it was.
    let mut present = old.clone();
    if begun {
        let held = (&old.target, &old.rule, &old.reporters, old.max_points);
        if held != (&new.target, &new.rule, &new.reporters, new.max_points) {
            amendments.push(change(old, new, from));
        }
        present.target.clone_from(&new.target);
        present.rule.clone_from(&new.rule);
        present.reporters.clone_from(&new.reporters);
        present.max_points = new.max_points;
    }
    if present != *new {
        amendments.push(Amendment::Correct { indicator: Box::new(new.clone()) });
    }
    Outcome::Changed(old.id.clone())
}

fn change(old: &Indicator, new: &Indicator, from: NaiveDate) -> Amendment {
    Amendment::Change {
        indicator: old.id.clone(),
        from,
        target: Some(new.target.clone()).filter(|t| *t != old.target),
        rule: Some(new.rule.clone()).filter(|r| *r != old.rule),
        reporters: Some(new.reporters.clone()).filter(|r| *r != old.reporters),
        max_points: Some(new.max_points.unwrap_or_default()).filter(|_| new.max_points != old.max_points),
    }
}

fn add(amendments: &mut Vec<Amendment>, new: &Indicator) -> Outcome {
    amendments.push(Amendment::AddIndicator { indicator: Box::new(new.clone()) });
    Outcome::New(new.id.clone())
}

fn close(id: &str, from: NaiveDate) -> Amendment {
    let to = from.checked_sub_days(Days::new(1)).unwrap_or(from);
    Amendment::CloseIndicator { indicator: id.to_owned(), to }
}

fn id(pillar: u8, number: u32) -> Id {
    format!("C{pillar}{number:02}")
}

/// The id by the row's number; where that is taken, the next that is not.
fn free_id(ids: &mut BTreeSet<Id>, row: &Component) -> Id {
    let free = (row.number..=Component::MOST)
        .chain(1..=Component::MOST)
        .map(|number| id(row.pillar, number))
        .find(|id| !ids.contains(id));
    let id = free.unwrap_or_else(|| id(row.pillar, row.number));
    ids.insert(id.clone());
    id
}

struct New {
    indicator: Indicator,
    reading: Reading,
}

fn indicator(catalogue: &Catalogue, names: &[(String, Id)], row: &Component, from: NaiveDate) -> New {
    let mut reading = read_wording(&row.wording, &row.title, row.max_points);
    let title = line(&row.title);
    let (reporters, aggregate, assumed) = reporters(catalogue, names, row, &reading);
    if reading.rule == Rule::BestUnit && catalogue.expand(&reporters).len() < 2 {
        reading = reading.left_open(&row.wording, Doubt::BestOfOne);
    }
    let scored = reading.rule.is_scored();
    let indicator = Indicator {
        id: String::new(),
        pillar: row.pillar,
        short: elide(&title, SHORT),
        title,
        measure: reading.measure,
        target: reading.target.clone(),
        unit: reading.unit.clone(),
        numerator: reading.numerator.clone(),
        denominator: reading.denominator.clone(),
        population: String::new(),
        frequency: Frequency::Year,
        task: None,
        reporters,
        assumed,
        aggregate,
        rule: reading.rule.clone(),
        max_points: row.max_points.filter(|points| scored && !points.is_zero()),
        body_lines: Vec::new(),
        appendix_lines: Vec::new(),
        note: note(row),
        valid_from: Some(from),
        valid_to: None,
        formerly: Vec::new(),
        not_applicable: Default::default(),
    };
    New { indicator, reading }
}

/// What the set says, to be read beside what was made of it.
fn note(row: &Component) -> String {
    let columns = [
        ("Cách xác định và tính điểm", &row.wording),
        ("Tài liệu kiểm chứng", &row.evidence),
        ("Nguồn", &row.source),
        ("Đơn vị phối hợp", &row.coordinating),
    ];
    let mut note = format!("Chỉ số thành phần {}.", row.label);
    for (name, text) in columns {
        let text = elide(&line(text), NOTED);
        if !text.is_empty() {
            note.push_str(&format!(" {name}: {}.", text.trim_end_matches('.')));
        }
    }
    note
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who reports a row, and how their figures come together: whom the source names, else whom the coordination names, else
/// the receiving department. Several can only bring what can be summed or is there or not.
fn reporters(
    catalogue: &Catalogue,
    names: &[(String, Id)],
    row: &Component,
    reading: &Reading,
) -> (Vec<Id>, Aggregate, bool) {
    let receiver = || vec![catalogue.plan.receiver.clone()];
    if reading.rule == Rule::Central {
        return (receiver(), Aggregate::LeadValue, false);
    }
    let named = [&row.source, &row.coordinating].map(|text| named(names, text));
    let (from_source, found) = match named {
        [source, _] if !source.is_empty() => (true, source),
        [_, coordinating] => (false, coordinating),
    };
    match (catalogue.expand(&found).len(), reading.measure) {
        (1, _) => (found, Aggregate::LeadValue, !from_source),
        (2.., Measure::Ratio | Measure::Rate) => (found, Aggregate::RatioOfSums, !from_source),
        (2.., Measure::Document) => (found, Aggregate::AllOf, !from_source),
        _ => (receiver(), Aggregate::LeadValue, true),
    }
}

/// The names of agencies that report and of groups, folded, the longest first.
fn names(catalogue: &Catalogue) -> Vec<(String, Id)> {
    let reporting = catalogue.agencies.iter().filter(|a| a.confirmed && a.kind != super::AgencyKind::Commune);
    let agencies = reporting.flat_map(|a| [&a.name, &a.short].into_iter().chain(&a.aliases).map(|name| (name, &a.id)));
    let groups =
        catalogue.groups.iter().flat_map(|g| std::iter::once(&g.name).chain(&g.aliases).map(|name| (name, &g.id)));
    let mut names: Vec<(String, Id)> = agencies.chain(groups).map(|(name, id)| (plain(name), id.clone())).collect();
    names.retain(|(name, _)| name.len() >= NAME);
    names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    names.dedup_by(|a, b| a.0 == b.0);
    names
}

/// Folded, without "các": "UBND các huyện" are "UBND huyện".
fn plain(name: &str) -> String {
    let folded = fold(name).replace("uy ban nhan dan", "ubnd");
    folded.split(' ').filter(|word| *word != "cac").collect::<Vec<_>>().join(" ")
}

/// The agencies and groups that a text names, in its order; of two names in one place the longer counts.
fn named(names: &[(String, Id)], text: &str) -> Vec<Id> {
    let mut text = plain(&elide(text, SEARCHED));
    let mut found: Vec<(usize, &Id)> = Vec::new();
    for (name, id) in names {
        while let Some(at) = find_word(&text, name) {
            found.push((at, id));
            text.replace_range(at..at + name.len(), &"\u{1}".repeat(name.len()));
        }
    }
    found.sort();
    let mut ids: Vec<Id> = Vec::new();
    for (_, id) in found {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    ids
}

/// Where a name stands as whole words.
fn find_word(text: &str, name: &str) -> Option<usize> {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
    let begins = |rest: &str| !rest.ends_with(|c: char| c.is_alphanumeric());
    text.match_indices(name).map(|(at, _)| at).find(|at| begins(&text[..*at]) && ends(&text[at + name.len()..]))
}
