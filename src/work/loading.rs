//! Tables: read and shown row by row, then recorded as they were shown.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::desk::Desk;
use super::event::{ComponentsRead, Event, Stored};
use super::fault::Fault;
use crate::catalogue::{Catalogue, Takeover};
use crate::ops::{self, Edit};
use crate::record::OperationKind;
use crate::table::{self, ComponentReading, Guessing, MAX_BYTES, Reading, Remembered};

impl Desk {
    /// What a table would record, for a person to look at. Changes nothing.
    pub(super) fn preview_table(
        &mut self,
        path: &Path,
        reading: &Reading,
        remembered: &Remembered,
    ) -> Result<Event, Fault> {
        let bytes = read(path)?;
        let file = self.file()?;
        let preview = table::preview(&bytes, reading, Guessing::Shown, remembered, &file.snapshot, file.period());
        Ok(Event::TableRead { path: path.to_path_buf(), preview: Box::new(preview) })
    }

    /// What an official table of component indices would change of a catalogue, for a person to look at.
    pub(super) fn read_components(
        path: PathBuf,
        reading: ComponentReading,
        how: Takeover,
        base: Arc<Catalogue>,
    ) -> Result<Event, Fault> {
        let table = table::components(&read(&path)?, &reading, &base, how);
        Ok(Event::ComponentsRead(Box::new(ComponentsRead { path, reading, how, base, table })))
    }

    /// Records rows as they were shown; where a record has moved since, none of them.
    pub(super) fn load(&mut self, subject: &str, edits: Vec<Edit>) -> Result<Event, Fault> {
        let done = self.operate(|store, ctx| ops::save(store, ctx, OperationKind::Load, subject, edits))?;
        self.stored(Stored::Loaded { records: done.changed.len() })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    // One byte over the limit is enough to know.
    let read = File::open(path).and_then(|f| f.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|e| Fault::from(e).at(path))?;
    Ok(bytes)
}
