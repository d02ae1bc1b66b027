//! Editions: how the plan's data change over the years without a figure losing its meaning.
//!
//! # The rules
//!
//! - An edition is its TOML files; its name is the SHA-256 over them. What is read from the files is never written back
//!   to find that name: a later version of the program may write the same data otherwise.
//! - A workspace follows one edition at a time, the newest that it knows. It serves the periods of all years: ids never
//!   change their meaning and never vanish, and agencies, indicators and calendars carry the dates by which a period is
//!   read as it was (`validity`). So an old report stays readable, and the years can be compared.
//! - Every edition but the first descends from one: it counts one higher, and its [`lineage`](super::Plan::lineage) names
//!   all those before it. A workspace goes on to an edition only from one of its line; two editions that were made side
//!   by side from one are strangers, and a person has to decide.
//! - Only the receiving department makes editions. Agencies get them as packages.
//! - A package made under an earlier edition of the line is read with the present one: what it names is still there. One
//!   made under a later edition is refused until that edition has come.

use std::sync::Arc;

use serde::Serialize;

use super::check::Fault;
use super::load::{AGENCIES, COMMUNES, DUTIES, ERRATA, GROUPS, INDICATORS, PILLARS, PLAN, TASKS, load};
use super::{Agency, AgencyKind, Catalogue, Id};

/// (name, TOML text), sorted by name.
pub type Files = Vec<(String, String)>;

/// An edition as it is kept and sent, checked.
#[derive(Debug, Clone)]
pub struct Edition {
    catalogue: Arc<Catalogue>,
    files: Files,
}

/// What another edition is to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinship {
    Same,
    /// The other descends from it.
    Later,
    /// The other is one of those that it came from.
    Earlier,
    /// Neither: another plan, or made side by side.
    Stranger,
}

/// Something that a later edition may not leave out, or not make another thing of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    Agency(Id),
    Task(Id),
    /// Gone, in another pillar, or measured otherwise: its old figures would mean something else.
    Indicator(Id),
}

/// Why an edition cannot follow another.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditionError {
    #[error("{} faults", .0.len())]
    Faults(Vec<Fault>),
    #[error("{} entries lost", .0.len())]
    Lost(Vec<Lost>),
}

impl Edition {
    /// # Errors
    /// Every fault in the files.
    pub fn read(mut files: Files) -> Result<Edition, Vec<Fault>> {
        files.sort();
        let texts: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let catalogue = load(&texts)?;
        Ok(Edition { catalogue: Arc::new(catalogue), files })
    }

    /// The next edition after `present`, saying what `changed` says. Its number, lineage and hash are set here.
    ///
    /// # Errors
    /// What contradicts itself in it, and what it loses of `present`.
    pub fn after(present: &Catalogue, mut changed: Catalogue) -> Result<Edition, EditionError> {
        changed.plan.version = present.plan.version + 1;
        changed.plan.lineage.clone_from(&present.plan.lineage);
        changed.plan.lineage.push(present.hash.clone());
        let edition = Edition::read(files_of(&changed)).map_err(EditionError::Faults)?;
        edition.must_keep(present).map_err(EditionError::Lost)?;
        Ok(edition)
    }

    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// Sorted by name.
    pub fn files(&self) -> &[(String, String)] {
        &self.files
    }

    /// Everything of an earlier edition is still there, and is still the same thing.
    ///
    /// # Errors
    /// What is not.
    pub fn must_keep(&self, earlier: &Catalogue) -> Result<(), Vec<Lost>> {
        let later = &self.catalogue;
        let agencies = earlier.agencies.iter().filter(|a| later.agency(&a.id).is_none_or(|b| b.kind != a.kind));
        let tasks = earlier.tasks.iter().filter(|t| later.task(&t.id).is_none());
        let indicators = earlier.indicators.iter().filter(|i| {
            later.indicator(&i.id).is_none_or(|j| (j.pillar, j.measure, &j.unit) != (i.pillar, i.measure, &i.unit))
        });
        let lost: Vec<Lost> = agencies
            .map(|a| Lost::Agency(a.id.clone()))
            .chain(tasks.map(|t| Lost::Task(t.id.clone())))
            .chain(indicators.map(|i| Lost::Indicator(i.id.clone())))
            .collect();
        if lost.is_empty() { Ok(()) } else { Err(lost) }
    }
}

/// The files make the edition.
impl PartialEq for Edition {
    fn eq(&self, other: &Edition) -> bool {
        self.files == other.files
    }
}

impl Eq for Edition {}

impl Catalogue {
    /// What another edition is to this one.
    pub fn kinship(&self, other: &Catalogue) -> Kinship {
        match (self, other) {
            _ if self.plan.id != other.plan.id => Kinship::Stranger,
            _ if self.hash == other.hash => Kinship::Same,
            _ if other.plan.lineage.contains(&self.hash) => Kinship::Later,
            _ if self.plan.lineage.contains(&other.hash) => Kinship::Earlier,
            _ => Kinship::Stranger,
        }
    }
}

/// The canonical files of a catalogue, sorted by name. Its hash plays no part.
fn files_of(catalogue: &Catalogue) -> Files {
    #[derive(Serialize)]
    struct Head<'a> {
        plan: &'a super::Plan,
        calendar: &'a super::Calendar,
    }
    let (communes, agencies): (Vec<&Agency>, Vec<&Agency>) =
        catalogue.agencies.iter().partition(|a| a.kind == AgencyKind::Commune);
    let mut files = vec![
        (PLAN.to_owned(), toml(&Head { plan: &catalogue.plan, calendar: &catalogue.calendar })),
        list(PILLARS, "pillar", &catalogue.pillars),
        list(TASKS, "task", &catalogue.tasks),
        list(DUTIES, "duty", &catalogue.duties),
        list(INDICATORS, "indicator", &catalogue.indicators),
        list(AGENCIES, "agency", &agencies),
        list(COMMUNES, "agency", &communes),
        list(GROUPS, "group", &catalogue.groups),
        list(ERRATA, "erratum", &catalogue.errata),
    ];
    files.sort();
    files
}

fn list(file: &str, key: &str, entries: &impl Serialize) -> (String, String) {
    (file.to_owned(), toml(&std::collections::BTreeMap::from([(key, entries)])))
}

/// Plain data types: writing them cannot fail, and reading the text again would show it.
fn toml(value: &impl Serialize) -> String {
    toml::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::embedded;

    #[test]
    fn writing_an_edition_and_reading_it_again_loses_nothing() {
        let edition = Edition::read(files_of(embedded())).unwrap();
        let read = Catalogue { hash: embedded().hash.clone(), ..Catalogue::clone(edition.catalogue()) };
        assert_eq!(read, *embedded());
    }
}
