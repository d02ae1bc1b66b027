//! The settings of this user on this PC. Nothing of the report lives here: losing this file loses no figure.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize};

use super::{Renderer, whole};

/// What the program remembers between two starts. Unknown fields are ignored, missing ones have their default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Workspaces opened before, newest first; the first one is opened at the next start.
    pub recent: Vec<PathBuf>,
    /// The name of the theme, as the window knows it.
    pub theme: String,
    /// The name of the text size, as the window knows it.
    pub text_size: String,
    /// What draws the window: chosen, or found to work where another failed; none leaves it to the program.
    #[serde(deserialize_with = "known_renderer")]
    pub renderer: Option<Renderer>,
    /// Where packages are written; beside the workspace where none is chosen.
    pub package_folder: Option<PathBuf>,
    pub backup_folder: Option<PathBuf>,
    /// A package over this size is split, in MB of 2^20 bytes.
    pub mail_limit_mb: u32,
    /// What headings of foreign tables were taken for, newest first.
    pub table_columns: Vec<TableColumns>,
    /// Inner size of the window, in points.
    pub window_size: Option<[f32; 2]>,
}

/// What the officer took the headings of a table for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableColumns {
    /// The whole set of headings, in one text that tells it from others.
    pub headings: String,
    /// Heading and column, by the names that they have on the command line.
    pub columns: BTreeMap<String, String>,
}

/// Files remembered.
const RECENT: usize = 8;
/// Sets of headings remembered.
const HEADINGS: usize = 50;

impl Default for Settings {
    fn default() -> Self {
        Settings {
            recent: Vec::new(),
            theme: String::new(),
            text_size: String::new(),
            renderer: None,
            package_folder: None,
            backup_folder: None,
            mail_limit_mb: 20,
            table_columns: Vec::new(),
            window_size: None,
        }
    }
}

impl Settings {
    /// Reads the file. A missing or unreadable one gives the defaults: settings are never a reason not to start.
    pub fn load(path: &Path) -> Settings {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Settings::default(),
            Err(error) => {
                log::warn!("settings not read: {error}");
                return Settings::default();
            }
        };
        serde_json::from_str::<Settings>(&text).map(Settings::within_limits).unwrap_or_else(|error| {
            log::warn!("settings not understood: {error}");
            Settings::default()
        })
    }

    /// Writes the file whole.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn store(&self, path: &Path) -> io::Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        whole::write(path, |file| file.write_all(text.as_bytes()))
    }

    /// Puts a file at the head of those opened before.
    pub fn remember(&mut self, file: &Path) {
        self.recent.retain(|known| known != file);
        self.recent.insert(0, file.to_path_buf());
        self.recent.truncate(RECENT);
    }

    /// Remembers what the headings of a table were taken for, in place of what was remembered for the same ones.
    pub fn remember_columns(&mut self, set: TableColumns) {
        self.table_columns.retain(|known| known.headings != set.headings);
        self.table_columns.insert(0, set);
        self.table_columns.truncate(HEADINGS);
    }

    /// A hand-edited file must not make the window unusable.
    fn within_limits(mut self) -> Settings {
        self.mail_limit_mb = self.mail_limit_mb.clamp(1, 2000);
        self.window_size = self.window_size.filter(|size| size.iter().all(|s| (300.0..20_000.0).contains(s)));
        self.recent.truncate(RECENT);
        self.table_columns.truncate(HEADINGS);
        self
    }
}

/// A renderer that this version does not know is none: it must not cost the other settings.
fn known_renderer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Renderer>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.and_then(|name| name.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_as_they_were_stored() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sâu").join("settings.json");
        let mut settings = Settings { theme: "dark".to_owned(), mail_limit_mb: 5, ..Settings::default() };
        settings.remember(Path::new("/tài liệu/báo cáo.dti"));
        settings.store(&path).unwrap();
        assert_eq!(Settings::load(&path), settings);
    }

    #[test]
    fn a_missing_or_broken_file_gives_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        assert_eq!(Settings::load(&path), Settings::default());
        std::fs::write(&path, "{\"theme\": ").unwrap();
        assert_eq!(Settings::load(&path), Settings::default());
    }

    #[test]
    fn values_from_another_hand_are_brought_within_limits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        let text = r#"{"mail_limit_mb": 0, "window_size": [1, 1], "renderer": "voodoo", "new_in_2030": true}"#;
        std::fs::write(&path, text).unwrap();
        let read = Settings::load(&path);
        assert_eq!((read.mail_limit_mb, read.window_size, read.renderer), (1, None, None));
    }

    #[test]
    fn the_latest_word_on_a_set_of_headings_replaces_the_earlier_one() {
        let set = |headings: &str, column: &str| TableColumns {
            headings: headings.to_owned(),
            columns: BTreeMap::from([("SL đạt".to_owned(), column.to_owned())]),
        };
        let mut settings = Settings::default();
        for set in [set("a|b", "numerator"), set("c", "value"), set("a|b", "denominator")] {
            settings.remember_columns(set);
        }
        assert_eq!(settings.table_columns, [set("a|b", "denominator"), set("c", "value")]);
        for number in 0..2 * HEADINGS {
            settings.remember_columns(set(&number.to_string(), "value"));
        }
        assert_eq!(settings.table_columns.len(), HEADINGS);
    }

    #[test]
    fn a_file_opened_again_moves_to_the_front_and_old_ones_are_forgotten() {
        let mut settings = Settings::default();
        for number in 0..10 {
            settings.remember(Path::new(&format!("{number}.dti")));
        }
        settings.remember(Path::new("5.dti"));
        assert_eq!(settings.recent.len(), RECENT);
        assert_eq!(settings.recent[..2], [PathBuf::from("5.dti"), PathBuf::from("9.dti")]);
    }
}
