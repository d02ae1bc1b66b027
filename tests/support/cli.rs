//! The command line in this process: `cli.run("set @a.dti --period 2023-Q4 --item M05 --note 'hai từ'")`.
//!
//! `@name` is a file in the test's own folder. The clock stands still unless it is set; new ids count.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use dti::cli::{self, Environment};
use serde_json::Value;
use tempfile::TempDir;

use super::moment;

pub struct Cli {
    folder: TempDir,
    pub now: DateTime<FixedOffset>,
    pub machine: String,
    ids: u64,
    seeds: u8,
}

/// What one command did.
#[derive(Debug)]
pub struct Ran {
    pub code: u8,
    pub out: String,
    pub err: String,
}

impl Cli {
    pub fn new() -> Cli {
        let folder = TempDir::new().unwrap();
        Cli { folder, now: moment("2023-12-20T08:00:00+07:00"), machine: "PC-01".to_owned(), ids: 0, seeds: 0 }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    pub fn run(&mut self, line: &str) -> Ran {
        let args: Vec<_> = words(line)
            .into_iter()
            .map(|word| match word.strip_prefix('@') {
                Some(name) => self.path(name).into_os_string(),
                None => word.into(),
            })
            .collect();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let ids = &mut self.ids;
        let mut new_id = || {
            *ids += 1;
            format!("00000000-0000-7000-8000-{ids:012}")
        };
        let seeds = &mut self.seeds;
        let mut new_seed = || {
            *seeds += 1;
            Ok([*seeds; 32])
        };
        let mut env = Environment {
            out: &mut out,
            err: &mut err,
            now: self.now,
            new_id: &mut new_id,
            new_seed: &mut new_seed,
            machine: self.machine.clone(),
            open_window: None,
        };
        let code = cli::run(args.into_iter(), &mut env);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code, out: text(out), err: text(err) }
    }

    /// Runs a command that has to end with 0.
    pub fn ok(&mut self, line: &str) -> Ran {
        let ran = self.run(line);
        assert_eq!(ran.code, 0, "{line}: {ran:?}");
        ran
    }

    /// Runs a command that has to fail with this code, a message and an empty stdout; returns the message.
    pub fn fails(&mut self, code: u8, line: &str) -> String {
        let ran = self.run(line);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{line}: {ran:?}");
        assert_ne!(ran.err.trim(), "", "{line} says nothing");
        ran.err
    }

    /// The one JSON document that a command prints.
    pub fn json(&mut self, line: &str) -> Value {
        let ran = self.run(line);
        serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{line}: {e}: {ran:?}"))
    }

    pub fn digest(&mut self, file: &str) -> String {
        self.ok(&format!("digest @{file}")).out
    }

    /// A workspace `@<agency>.dti`.
    pub fn init(&mut self, agency: &str) {
        self.ok(&format!("init @{agency}.dti --agency {agency} --officer 'Nguyễn Thị Hường'"));
    }

    /// `tp-dong-ha` with M05 for 2023-Q4.
    pub fn with_m05(&mut self) {
        self.init("tp-dong-ha");
        self.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 850 --denominator 1000");
    }
}

/// Splits at spaces; what stands between single quotation marks stays together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}
