//! The catalogue's rows in the file, for people who open it in plain `sqlite3`. The program itself never reads them.

use serde::Serialize;

use super::{StoreError, Tx};
use crate::catalogue::Catalogue;

impl Tx<'_> {
    /// Replaces the rows by those of this edition, and notes which one it is.
    pub(super) fn put_catalogue(&self, catalogue: &Catalogue) -> Result<(), StoreError> {
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

/// The word by which a plain enum is written in data files.
fn word(value: &impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
