//! Where the program keeps its own files: settings, log, crash reports. Not where officers keep their workspaces.

use std::path::{Path, PathBuf};

use directories::{ProjectDirs, UserDirs};

/// Beside the program: everything of ours stays in a folder beside it as well (a USB stick, a PC without a profile).
pub const PORTABLE_FLAG: &str = "dti-portable.txt";

/// The program's own folders. Nothing is created until it is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directories {
    config: PathBuf,
    data: PathBuf,
    documents: PathBuf,
}

impl Directories {
    /// The folders of this user, or those beside the program where the portable flag stands.
    pub fn find() -> Directories {
        let beside = std::env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_path_buf));
        match beside.filter(|folder| folder.join(PORTABLE_FLAG).is_file()) {
            Some(folder) => Directories::portable(&folder),
            None => Directories::of_user(),
        }
    }

    /// Everything under `dti-data` in the program's folder.
    pub fn portable(folder: &Path) -> Directories {
        let ours = folder.join("dti-data");
        Directories { config: ours.clone(), data: ours, documents: folder.to_path_buf() }
    }

    pub fn settings_file(&self) -> PathBuf {
        self.config.join("settings.json")
    }

    pub fn log_file(&self) -> PathBuf {
        self.data.join("dti.log")
    }

    /// Stands while a renderer is being tried.
    pub fn renderer_mark(&self) -> PathBuf {
        self.data.join("renderer-tried")
    }

    pub fn crash_folder(&self) -> PathBuf {
        self.data.join("crash")
    }

    /// Copies of evidence opened for reading.
    pub fn viewing_folder(&self) -> PathBuf {
        self.data.join("xem")
    }

    /// Where open windows leave word how to call them.
    pub fn bell_folder(&self) -> PathBuf {
        self.data.join("windows")
    }

    /// Where sample workspaces are made.
    pub fn sample_folder(&self) -> PathBuf {
        self.data.join("mau")
    }

    /// The first folder to offer for a workspace.
    pub fn documents(&self) -> &Path {
        &self.documents
    }

    fn of_user() -> Directories {
        let fallback = || std::env::temp_dir().join("dti");
        let project = ProjectDirs::from("vn", "quangtri", "dti");
        let users = UserDirs::new();
        Directories {
            config: project.as_ref().map_or_else(fallback, |p| p.config_dir().to_path_buf()),
            data: project.as_ref().map_or_else(fallback, |p| p.data_local_dir().to_path_buf()),
            documents: users.as_ref().map_or_else(fallback, |u| u.document_dir().unwrap_or(u.home_dir()).to_path_buf()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portable_program_keeps_its_files_beside_itself() {
        let found = Directories::portable(Path::new("/media/usb"));
        assert_eq!(found.settings_file(), Path::new("/media/usb/dti-data/settings.json"));
        assert_eq!(found.log_file(), Path::new("/media/usb/dti-data/dti.log"));
        assert_eq!(found.documents(), Path::new("/media/usb"));
    }
}
