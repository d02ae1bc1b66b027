//! A table on its way in: read, shown, read again as the officer says, recorded as it was shown.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{App, Topic};
use crate::catalogue::{Catalogue, Takeover};
use crate::ops::Edit;
use crate::platform::settings::TableColumns;
use crate::table::{ComponentReading, Mapping, Preview, Reading, Remembered, SheetError};
use crate::ui::{ComponentPreview, TablePreview};
use crate::work::{ComponentsRead, Job};

impl App {
    pub(super) fn read_table(&mut self, path: PathBuf, reading: Reading) {
        self.table = Some((path.clone(), reading.clone()));
        let remembered = remembered(&self.settings.table_columns);
        self.send(Job::ReadTable { path, reading, remembered }, "Đọc bảng", Topic::Table);
    }

    pub(super) fn read_table_as(&mut self, reading: Reading) {
        if let Some((path, _)) = self.table.take() {
            self.read_table(path, reading);
        }
    }

    /// What a table would do is out of date when the file or the period changes.
    pub(super) fn read_table_again(&mut self) {
        if let Some((path, reading)) = self.table.take() {
            self.read_table(path, reading);
        }
    }

    pub(super) fn show_table(&mut self, path: PathBuf, preview: Result<Preview, SheetError>) {
        let Some((asked, reading)) = self.table.clone() else { return };
        if let Some(workspace) = self.view.workspace.as_mut().filter(|_| asked == path) {
            workspace.table = Some(TablePreview { path, reading, preview });
        }
    }

    pub(super) fn read_components(
        &mut self,
        path: PathBuf,
        reading: ComponentReading,
        how: Takeover,
        base: Arc<Catalogue>,
    ) {
        self.send(Job::ReadComponents { path, reading, how, base }, "Đọc bảng", Topic::Each);
    }

    pub(super) fn show_components(&mut self, read: ComponentsRead) {
        if let Some(workspace) = &mut self.view.workspace {
            let ComponentsRead { path, reading, how, base, table } = read;
            workspace.components = Some(ComponentPreview { path, reading, how, base, table });
        }
    }

    pub(super) fn close_table(&mut self) {
        self.table = None;
        if let Some(workspace) = &mut self.view.workspace {
            workspace.table = None;
        }
    }

    /// Records the rows that are shown, and remembers what their headings were taken for.
    pub(super) fn apply_table(&mut self) {
        let Some(table) = self.view.workspace.as_ref().and_then(|w| w.table.clone()) else { return };
        let Ok(Preview { result: Ok(entries), .. }) = table.preview else { return };
        if let Some((headings, mapping)) = entries.mapping {
            self.settings.remember_columns(TableColumns { headings, columns: mapping.names() });
            self.store_settings();
        }
        let rows = entries.loading.rows.into_iter();
        let edits = rows.map(|row| Edit { key: row.key, body: row.body, seen: Some(row.seen) }).collect();
        let subject = table.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.send(Job::Load { subject, edits }, "Nhập từ bảng", Topic::Load);
    }
}

/// True where a file is looked at as a table, by its name.
pub(super) fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|e| ["xlsx", "csv", "tsv", "txt"].iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// A column that this version does not know is none.
fn remembered(sets: &[TableColumns]) -> Remembered {
    let mapping = |set: &TableColumns| {
        let mut mapping = Mapping::default();
        for (heading, column) in &set.columns {
            if mapping.add(heading, column).is_err() {
                log::warn!("unknown column in the settings: {column}");
            }
        }
        mapping
    };
    sets.iter().map(|set| (set.headings.clone(), mapping(set))).collect()
}
