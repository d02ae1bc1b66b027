//! Forms and reminders for those who have not filed, and the letters' templates.

use std::path::Path;
use std::sync::Arc;

use super::desk::Desk;
use super::event::{Event, Papers, Stored};
use super::exchanging::tell;
use super::fault::Fault;
use super::serve::Errand;
use crate::catalogue::Id;
use crate::exchange::{self, Enclosure};
use crate::ops::{self, Context};
use crate::platform::here;
use crate::report::Occasion;

impl Desk {
    /// Writes the blank forms of agencies for the period that is shown.
    pub(super) fn forms(&mut self, agencies: &[Id], to: &Path, errand: &mut Errand<'_>) -> Result<Event, Fault> {
        let now = self.now();
        let file = self.file()?;
        let period = file.period().clone();
        let files = exchange::forms(&file.snapshot, agencies, &period, now, to, &mut |step| tell(errand, &step))?;
        Ok(Event::PapersWritten { papers: Papers::Forms, files })
    }

    /// Writes reminders to agencies that have not filed for the period that is shown.
    pub(super) fn remind(
        &mut self,
        agencies: &[Id],
        enclosure: Enclosure,
        to: &Path,
        errand: &mut Errand<'_>,
    ) -> Result<Event, Fault> {
        let now = self.now();
        let file = self.file()?;
        let period = file.period().clone();
        let mut ctx = Context { officer: file.store.officer(), now, new_id: &mut here::new_id };
        let mut progress = |step| tell(errand, &step);
        let files = exchange::reminders(&file.store, &mut ctx, agencies, &period, enclosure, to, &mut progress)?;
        Ok(Event::PapersWritten { papers: Papers::Reminders, files })
    }

    /// Keeps the officer's own template; an empty one stands for ours.
    pub(super) fn set_template(&mut self, occasion: Occasion, text: &str) -> Result<Event, Fault> {
        let file = self.file()?;
        ops::set_setting(&mut file.store, &occasion.setting(), text)?;
        file.templates = Arc::new(exchange::templates(&file.store));
        self.stored(Stored::Template)
    }
}
