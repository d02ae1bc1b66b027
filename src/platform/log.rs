//! The program's log: one text file, started anew when it has grown. For the person who helps an officer; no figures in it.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;

use ::log::{Level, LevelFilter, Log, Metadata, Record};

/// Bytes after which the log is moved to `.old` at the next start.
const ROTATE_AT: u64 = 1_000_000;

struct FileLog {
    file: Mutex<File>,
}

/// Starts logging to `path`. Where that is not possible, the program runs without a log.
pub fn start(path: &Path) {
    let Some(file) = open(path) else { return };
    if ::log::set_boxed_logger(Box::new(FileLog { file: Mutex::new(file) })).is_ok() {
        ::log::set_max_level(LevelFilter::Info);
    }
}

fn open(path: &Path) -> Option<File> {
    fs::create_dir_all(path.parent()?).ok()?;
    if fs::metadata(path).is_ok_and(|m| m.len() > ROTATE_AT) {
        // Failing to rotate only makes the log longer.
        let _ = fs::rename(path, path.with_extension("old"));
    }
    OpenOptions::new().create(true).append(true).open(path).ok()
}

impl Log for FileLog {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let ours = metadata.target() == "dti" || metadata.target().starts_with("dti::");
        metadata.level() <= if ours { Level::Info } else { Level::Warn }
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let now = chrono::Local::now().format("%Y-%m-%d %H:%M:%S%.3f");
        if let Ok(mut file) = self.file.lock() {
            // A log that cannot be written must not stop the work.
            let _ = writeln!(file, "{now} {:5} {}: {}", record.level(), record.target(), record.args());
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grown_log_is_set_aside_and_a_new_one_begun() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dti.log");
        fs::write(&path, vec![b'x'; ROTATE_AT as usize + 1]).unwrap();
        let log = FileLog { file: Mutex::new(open(&path).unwrap()) };
        log.log(&Record::builder().level(Level::Info).target("dti::work").args(format_args!("mở tệp")).build());
        log.log(&Record::builder().level(Level::Info).target("winit").args(format_args!("noise")).build());
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.ends_with("INFO  dti::work: mở tệp\n"), "{text}");
        assert_eq!(fs::metadata(folder.path().join("dti.old")).unwrap().len(), ROTATE_AT + 1);
    }
}
