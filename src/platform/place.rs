//! Where a workspace is about to lie: what is wrong with that place, as far as the system tells.
//!
//! SQLite on a network share is not safe, and a folder that a cloud service copies behind our back makes second versions.

use std::ffi::OsStr;
use std::path::{Component, Path, Prefix};

/// What to warn of. The workspace can be opened all the same: a person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// Another computer's disk: a UNC path, a mapped drive, a mounted share.
    Network,
    /// A folder that OneDrive, Google Drive or Dropbox keeps in step.
    Synced,
}

/// What speaks against keeping a workspace at `path`, which need not exist yet.
pub fn concern(path: &Path) -> Option<Concern> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    if is_network(&path) {
        Some(Concern::Network)
    } else if is_synced(&path) {
        Some(Concern::Synced)
    } else {
        None
    }
}

/// `path` is absolute.
fn is_network(path: &Path) -> bool {
    if let Some(Component::Prefix(prefix)) = path.components().next() {
        return match prefix.kind() {
            Prefix::UNC(..) | Prefix::VerbatimUNC(..) => true,
            Prefix::Disk(letter) | Prefix::VerbatimDisk(letter) => is_mapped_drive(char::from(letter)),
            _ => false,
        };
    }
    std::fs::read_to_string("/proc/self/mounts").is_ok_and(|mounts| is_on_share(path, &mounts))
}

#[cfg(windows)]
fn is_mapped_drive(letter: char) -> bool {
    winsafe::GetDriveType(Some(&format!("{letter}:\\"))) == winsafe::co::DRIVE::REMOTE
}

#[cfg(not(windows))]
fn is_mapped_drive(_letter: char) -> bool {
    false
}

/// True where the innermost mount that holds `path` is another computer's, by Linux's list of mounts.
fn is_on_share(path: &Path, mounts: &str) -> bool {
    const SHARES: &[&str] =
        &["nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs", "fuse.rclone"];
    let held = |line: &str| {
        let mut fields = line.split(' ').skip(1);
        let (folder, kind) = (unescaped(fields.next()?), fields.next()?.to_owned());
        path.starts_with(&folder).then_some((Path::new(&folder).components().count(), kind))
    };
    // Of mounts over the same folder, the last one is what is seen.
    mounts
        .lines()
        .filter_map(held)
        .max_by_key(|(depth, _)| *depth)
        .is_some_and(|(_, kind)| SHARES.contains(&kind.as_str()))
}

/// The list writes a space as `\040`.
fn unescaped(folder: &str) -> String {
    folder.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
}

/// By the names that those programs give their folders: `OneDrive - Sở Nội vụ`, `Google Drive`, `Dropbox`.
fn is_synced(path: &Path) -> bool {
    let marks = ["onedrive", "google drive", "googledrive", "dropbox", "icloud drive"];
    path.parent().into_iter().flat_map(Path::components).any(|part| {
        let name = part.as_os_str().to_str().unwrap_or_default().to_lowercase();
        marks
            .iter()
            .any(|mark| name == *mark || name.strip_prefix(mark).is_some_and(|rest| rest.starts_with([' ', '-', '('])))
    }) || std::env::var_os("OneDrive")
        .as_deref()
        .filter(|f: &&OsStr| !f.is_empty())
        .is_some_and(|f| path.starts_with(f))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "/dev/sda1 / ext4 rw 0 0\n//srv/chung /mnt/chung cifs rw 0 0\ntmpfs /mnt/chung/trong tmpfs rw 0 0\n\
                          srv:/d /mnt/ổ\\040đĩa nfs4 rw 0 0\n";

    #[test]
    fn a_mounted_share_is_told_from_a_disk_inside_and_outside_of_it() {
        assert!(is_on_share(Path::new("/mnt/chung/báo cáo/a.dti"), MOUNTS));
        assert!(is_on_share(Path::new("/mnt/ổ đĩa/a.dti"), MOUNTS));
        assert!(!is_on_share(Path::new("/mnt/chung/trong/a.dti"), MOUNTS));
        assert!(!is_on_share(Path::new("/mnt/chung khác/a.dti"), MOUNTS));
        assert!(!is_on_share(Path::new("/home/Nguyễn Văn Đức/a.dti"), MOUNTS));
    }

    #[test]
    fn folders_kept_in_step_by_a_cloud_service_are_known_by_their_names() {
        assert_eq!(concern(Path::new("/home/đ/OneDrive - Sở Nội vụ/a.dti")), Some(Concern::Synced));
        assert_eq!(concern(Path::new("/home/đ/Dropbox/a.dti")), Some(Concern::Synced));
        assert_eq!(concern(Path::new("/home/đ/onedrives.dti")), None);
        assert_eq!(concern(Path::new("/home/đ/Tài liệu/OneDrive.dti")), None);
    }

    #[cfg(windows)]
    #[test]
    fn a_unc_path_is_another_computer() {
        assert_eq!(concern(Path::new(r"\\srv\chung\a.dti")), Some(Concern::Network));
        assert_eq!(concern(Path::new(r"\\?\UNC\srv\chung\a.dti")), Some(Concern::Network));
    }
}
