//! Crash reports: what the program was doing when it stopped, told to the officer at the next start. Nothing is sent.

use std::backtrace::Backtrace;
use std::fs;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};

/// Threads with this name answer for their own panics: one is an error message there, not the end of the program.
pub const GUARDED_THREAD: &str = "dti-work";

/// Writes a report into `folder` for every panic that ends the program, besides the usual message on stderr.
pub fn install(folder: PathBuf) {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        usual(info);
        log::error!("panic: {info}");
        if std::thread::current().name() != Some(GUARDED_THREAD) {
            write_report(&folder, info);
        }
    }));
}

/// The report of the last crash that nobody was told of yet. It counts as told from now on; the file stays.
pub fn take_report(folder: &Path) -> Option<PathBuf> {
    let reports = fs::read_dir(folder).ok()?;
    let mut untold: Vec<PathBuf> =
        reports.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "new")).collect();
    untold.sort();
    let told: Vec<PathBuf> = untold
        .into_iter()
        .filter_map(|path| {
            let told = path.with_extension("txt");
            fs::rename(&path, &told).ok().map(|()| told)
        })
        .collect();
    told.into_iter().next_back()
}

fn write_report(folder: &Path, info: &PanicHookInfo<'_>) {
    let now = chrono::Local::now();
    let report = format!(
        "DTI Quảng Trị {}\n{}\n{} {}\n\n{info}\n\n{}\n",
        env!("CARGO_PKG_VERSION"),
        now.to_rfc3339(),
        std::env::consts::OS,
        std::env::consts::ARCH,
        Backtrace::force_capture(),
    );
    // The program is ending: there is nobody left to tell that the report could not be written.
    let _ = fs::create_dir_all(folder);
    let _ = fs::write(folder.join(format!("dti-{}.new", now.format("%Y%m%d-%H%M%S%3f"))), report);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_crash_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["dti-20231201-080000000.new", "dti-20231202-080000000.new"] {
            fs::write(folder.path().join(name), "panic").unwrap();
        }
        let told = take_report(folder.path()).unwrap();
        assert_eq!(told.file_name().unwrap(), "dti-20231202-080000000.txt");
        assert!(told.is_file());
        assert_eq!(take_report(folder.path()), None);
    }
}
