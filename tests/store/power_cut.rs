//! The file as the disk has it while something is being written: opened later, it is in the state before or after.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use dti::ops::{self, NewEvidence};
use dti::store::Access;
use tempfile::TempDir;

use crate::support::ratio;
use crate::support::workspace::{Desk, MACHINE, open};

/// Enough for SQLite to write to the file before the transaction ends.
const BYTES: usize = 24 * 1024 * 1024;

/// A file that is being attached; with every piece read, it copies the workspace and its journal as they lie on the disk.
struct Camera {
    left: usize,
    workspace: PathBuf,
    shots: Vec<TempDir>,
}

impl Read for Camera {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.left).min(512 * 1024);
        for (byte, n) in buffer[..count].iter_mut().zip(0_usize..) {
            *byte = (n ^ self.left) as u8;
        }
        self.left -= count;
        if self.left.is_multiple_of(8 * 512 * 1024) {
            self.shots.push(shot(&self.workspace));
        }
        Ok(count)
    }
}

#[test]
fn a_power_cut_at_any_moment_leaves_the_state_before() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    let before = desk.digest();
    let key = desk.key("M05", "2023-Q4");
    let mut camera = Camera { left: BYTES, workspace: desk.path(), shots: Vec::new() };
    let files = vec![NewEvidence { name: "lớn.zip".to_owned(), source: &mut camera }];
    desk.act(|store, ctx| ops::attach(store, ctx, &key, files)).unwrap();
    let after = desk.digest();
    assert_ne!(before, after);

    let size = |folder: &TempDir| fs::metadata(folder.path().join("so-lieu.dti")).unwrap().len();
    let journal = |folder: &TempDir| folder.path().join("so-lieu.dti-journal");
    let torn: Vec<&TempDir> = camera.shots.iter().filter(|s| journal(s).exists() && size(s) > 1 << 20).collect();
    assert!(torn.len() > 2, "the pictures show no half-written file");
    for (number, folder) in torn.into_iter().enumerate() {
        // Whoever comes first after the cut puts the file right, a reader too.
        let access = if number % 2 == 0 { Access::Read } else { Access::Write };
        let store = open(&folder.path().join("so-lieu.dti"), access, MACHINE).unwrap();
        assert_eq!(ops::digest(&store).unwrap(), before);
        assert_eq!(ops::check(&store).unwrap(), []);
    }
    assert_eq!(desk.reopen(Access::Read).digest(), after);
}

fn shot(workspace: &Path) -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["so-lieu.dti", "so-lieu.dti-journal"] {
        let from = workspace.with_file_name(name);
        if from.exists() {
            fs::copy(from, folder.path().join(name)).unwrap();
        }
    }
    folder
}
