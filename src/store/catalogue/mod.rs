//! The catalogue in the file: the editions that the workspace knows, and the present one's rows for people who open the
//! file in plain `sqlite3`. The program reads the editions only.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use rusqlite::Row;
use serde::Serialize;

use super::db::{json, parsed};
use super::{Db, StoreError, Tx};
use crate::catalogue::{self, Catalogue, Edition, Kinship};
use crate::record::{KnownEdition, Published};

/// The edition of this program, shared by all who hold a workspace or a snapshot of one.
static EMBEDDED: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(catalogue::embedded().clone()));

impl Db<'_> {
    /// What the workspace follows.
    pub(crate) fn present_catalogue(&self) -> Result<Arc<Catalogue>, StoreError> {
        self.catalogue_before(i64::MAX)
    }

    /// What the workspace would follow had the operations from number `operation` on not been: the last edition that
    /// stands, or the program's own where there is none, or where that one came later in the same line.
    pub(crate) fn catalogue_before(&self, operation: i64) -> Result<Arc<Catalogue>, StoreError> {
        let standing = self.edition_before(operation)?.map(|e| Arc::clone(e.catalogue()));
        let standing = standing.filter(|c| c.kinship(&EMBEDDED) != Kinship::Later);
        Ok(standing.unwrap_or_else(|| Arc::clone(&EMBEDDED)))
    }

    /// The edition that stands; none where the workspace follows the program's own.
    pub(crate) fn standing_edition(&self) -> Result<Option<Edition>, StoreError> {
        self.edition_before(i64::MAX)
    }

    /// The edition that would stand had the operations from number `operation` on not been.
    ///
    /// # Errors
    /// `UnknownCatalogue` where this program cannot read it: a newer one made it.
    fn edition_before(&self, operation: i64) -> Result<Option<Edition>, StoreError> {
        let files = |row: &Row<'_>| json::<BTreeMap<String, String>>(row, "files");
        let Some(files) = self.row(include_str!("standing.sql"), [operation], files)? else { return Ok(None) };
        let edition = Edition::read(files.into_iter().collect());
        edition.map(Some).or_else(|_| {
            let version = self.require_meta("catalogue_version")?.parse().unwrap_or_default();
            Err(StoreError::UnknownCatalogue { path: self.path.to_owned(), plan: self.require_meta("plan")?, version })
        })
    }

    /// The editions that stand, newest first.
    pub(crate) fn editions(&self) -> Result<Vec<KnownEdition>, StoreError> {
        self.rows(include_str!("editions.sql"), [], row_to_edition)
    }
}

impl Tx<'_> {
    /// Keeps an edition under the operation that made it or took it in, and goes on to it.
    pub(crate) fn add_edition(&self, operation: i64, edition: &Edition) -> Result<(), StoreError> {
        let catalogue = edition.catalogue();
        let files: BTreeMap<&String, &String> = edition.files().iter().map(|(name, text)| (name, text)).collect();
        let files = serde_json::to_string(&files).map_err(|e| self.damaged(e.to_string()))?;
        self.run(include_str!("add_edition.sql"), (operation, catalogue.plan.version, &catalogue.hash, files))?;
        self.put_catalogue(catalogue)
    }

    /// Notes the operation that wrote an edition out, by the operation that the edition came with.
    pub(crate) fn set_published(&self, edition: &str, operation: i64, device: &str) -> Result<(), StoreError> {
        self.run(include_str!("set_published.sql"), (edition, operation, device))
    }

    /// Replaces the rows by those of this edition, and notes which one it is.
    pub(crate) fn put_catalogue(&self, catalogue: &Catalogue) -> Result<(), StoreError> {
        self.set_meta("plan", &catalogue.plan.id)?;
        self.set_meta("catalogue_version", &catalogue.plan.version.to_string())?;
        self.set_meta("catalogue_hash", &catalogue.hash)?;
        self.clear_catalogue()?;
        for p in &catalogue.pillars {
            self.run(include_str!("add_pillar.sql"), (p.id, &p.numeral, &p.title, p.weight))?;
        }
        for a in &catalogue.agencies {
            let row = (&a.id, &a.name, &a.short, word(&a.kind), &a.parent, a.confirmed);
            self.run(include_str!("add_agency.sql"), row)?;
        }
        for i in &catalogue.indicators {
            let target = i.target.threshold().map(|t| t.to_string());
            let (measure, aggregate) = (word(&i.measure), word(&i.aggregate));
            let row = (&i.id, i.pillar, &i.title, &i.short, measure, &i.unit, target, aggregate, &i.task);
            self.run(include_str!("add_indicator.sql"), row)?;
        }
        for t in &catalogue.tasks {
            self.run(include_str!("add_task.sql"), (&t.id, t.pillar, &t.short, &t.text))?;
        }
        Ok(())
    }

    fn clear_catalogue(&self) -> Result<(), StoreError> {
        self.run(include_str!("clear_pillars.sql"), [])?;
        self.run(include_str!("clear_agencies.sql"), [])?;
        self.run(include_str!("clear_indicators.sql"), [])?;
        self.run(include_str!("clear_tasks.sql"), [])
    }
}

fn row_to_edition(row: &Row<'_>) -> rusqlite::Result<KnownEdition> {
    let published = match row.get::<_, Option<String>>("publication")? {
        None => None,
        Some(operation) => Some(Published {
            operation,
            officer: row.get("publisher")?,
            device: row.get("device")?,
            time: parsed(row, "published")?,
        }),
    };
    Ok(KnownEdition {
        version: row.get("version")?,
        hash: row.get("hash")?,
        operation: row.get("operation")?,
        author: row.get("author")?,
        time: parsed(row, "time")?,
        published,
    })
}

/// The word by which a plain enum is written in data files.
fn word(value: &impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
