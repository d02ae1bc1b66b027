//! The settings of this user on this PC. Nothing of the report lives here: losing this file loses no figure.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// What the program remembers between two starts. Unknown fields are ignored, missing ones have their default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The workspace that was open last.
    pub last_file: Option<PathBuf>,
    /// Offered as the officer's name in a new workspace.
    pub officer: String,
    pub appearance: Appearance,
    /// Factor on all text, 1 is the design's size.
    pub text_scale: f32,
    /// Where packages are written; beside the workspace where none is chosen.
    pub package_folder: Option<PathBuf>,
    /// A package over this size is split, in MB (10^6 bytes).
    pub mail_limit_mb: u32,
    /// Inner size of the window, in points.
    pub window_size: Option<[f32; 2]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Appearance {
    #[default]
    Light,
    Dark,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            last_file: None,
            officer: String::new(),
            appearance: Appearance::Light,
            text_scale: 1.0,
            package_folder: None,
            mail_limit_mb: 20,
            window_size: None,
        }
    }
}

impl Settings {
    /// The text sizes offered.
    pub const TEXT_SCALES: [f32; 4] = [0.9, 1.0, 1.15, 1.3];

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

    /// Writes the file whole: a temporary one in the same folder, synced, then renamed.
    pub fn store(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|failed| failed.error)?;
        Ok(())
    }

    /// A hand-edited file must not make the window unreadable.
    fn within_limits(mut self) -> Settings {
        self.text_scale = if self.text_scale.is_finite() { self.text_scale.clamp(0.75, 2.0) } else { 1.0 };
        self.mail_limit_mb = self.mail_limit_mb.clamp(1, 2000);
        self.window_size = self.window_size.filter(|size| size.iter().all(|s| (300.0..20_000.0).contains(s)));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_as_they_were_stored() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sâu").join("settings.json");
        let settings = Settings {
            last_file: Some(PathBuf::from("/tài liệu/báo cáo.dti")),
            appearance: Appearance::Dark,
            mail_limit_mb: 5,
            ..Settings::default()
        };
        settings.store(&path).unwrap();
        assert_eq!(Settings::load(&path), settings);
    }

    #[test]
    fn a_missing_or_broken_file_gives_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        assert_eq!(Settings::load(&path), Settings::default());
        std::fs::write(&path, "{\"text_scale\": ").unwrap();
        assert_eq!(Settings::load(&path), Settings::default());
    }

    #[test]
    fn a_size_from_another_version_is_brought_within_limits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        std::fs::write(&path, r#"{"text_scale": 90, "mail_limit_mb": 0, "window_size": [1, 1], "new_in_2030": true}"#)
            .unwrap();
        let read = Settings::load(&path);
        assert_eq!((read.text_scale, read.mail_limit_mb, read.window_size), (2.0, 1, None));
    }
}
