//! The arguments of one command, taken apart by what the command declares.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use lexopt::{Arg, Parser};

use super::{Command, Failure, help};

/// The end of an option's declaration that may be given several times.
const REPEATABLE: &str = "...";

/// What was given. Options and flags are those that the command declares, each at most once but for
/// those that the command declares with `...`.
pub(super) struct Arguments {
    usage: String,
    options: BTreeMap<&'static str, Vec<OsString>>,
    flags: BTreeSet<&'static str>,
    free: Vec<OsString>,
}

impl Arguments {
    /// # Errors
    /// Wrong usage, with the command's usage line.
    pub(super) fn parse(command: &'static Command, args: Vec<OsString>) -> Result<Arguments, Failure> {
        let usage = help::usage(command);
        let fail = |message: String| Failure::usage(format!("{message}\n{usage}"));
        let mut parsed =
            Arguments { usage: usage.clone(), options: BTreeMap::new(), flags: BTreeSet::new(), free: Vec::new() };
        let mut parser = Parser::from_args(args);
        while let Some(arg) = parser.next().map_err(|e| fail(words(&e)))? {
            let fresh = match arg {
                Arg::Long(name) => {
                    let declared = |list: &'static [&'static str]| {
                        list.iter().copied().find(|n| n.trim_end_matches(REPEATABLE) == name)
                    };
                    if let Some(option) = declared(command.options) {
                        let value = parser.value().map_err(|e| fail(words(&e)))?;
                        let plain = option.trim_end_matches(REPEATABLE);
                        let values = parsed.options.entry(plain).or_default();
                        values.push(value);
                        (values.len() == 1 || plain != option, plain)
                    } else if let Some(flag) = declared(command.flags) {
                        (parsed.flags.insert(flag), flag)
                    } else {
                        return Err(fail(format!("Không có tùy chọn --{name}.")));
                    }
                }
                Arg::Short(c) => return Err(fail(format!("Không có tùy chọn -{c}."))),
                Arg::Value(value) => {
                    parsed.free.push(value);
                    (true, "")
                }
            };
            if let (false, name) = fresh {
                return Err(fail(format!("Tùy chọn --{name} chỉ được dùng một lần.")));
            }
        }
        if parsed.free.len() < *command.free.start() {
            return Err(fail("Thiếu tham số.".to_owned()));
        }
        if let Some(extra) = parsed.free.get(*command.free.end()) {
            return Err(fail(format!("Thừa tham số \"{}\".", extra.to_string_lossy())));
        }
        Ok(parsed)
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.flags.contains(name)
    }

    pub(super) fn os(&self, name: &str) -> Option<&OsStr> {
        self.options.get(name)?.first().map(OsString::as_os_str)
    }

    /// # Errors
    /// Where the value is not Unicode.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Failure> {
        Ok(self.texts(name)?.into_iter().next())
    }

    /// All values of an option that may be given several times.
    ///
    /// # Errors
    /// Where one is not Unicode.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>, Failure> {
        let unreadable = || self.wrong(format!("Giá trị của --{name} không đọc được (sai bảng mã)."));
        let values = self.options.get(name).map(Vec::as_slice).unwrap_or_default();
        values.iter().map(|value| value.to_str().map(str::to_owned).ok_or_else(unreadable)).collect()
    }

    /// # Errors
    /// Where it is missing or not Unicode.
    pub(super) fn required(&self, name: &str) -> Result<String, Failure> {
        self.text(name)?.ok_or_else(|| self.wrong(format!("Thiếu tùy chọn --{name}.")))
    }

    /// The path after an option that must be there.
    ///
    /// # Errors
    /// Where it is missing.
    pub(super) fn required_path(&self, name: &str) -> Result<PathBuf, Failure> {
        self.os(name).map(PathBuf::from).ok_or_else(|| self.wrong(format!("Thiếu tùy chọn --{name}.")))
    }

    /// The free arguments.
    pub(super) fn free(&self) -> &[OsString] {
        &self.free
    }

    /// The first free argument: the workspace, for most commands. Empty where there is none.
    pub(super) fn file(&self) -> &Path {
        self.free.first().map_or(Path::new(""), Path::new)
    }

    /// Wrong usage, with the command's usage line.
    pub(super) fn wrong(&self, message: impl Into<String>) -> Failure {
        Failure::usage(format!("{}\n{}", message.into(), self.usage))
    }
}

fn words(error: &lexopt::Error) -> String {
    match error {
        lexopt::Error::MissingValue { option: Some(option) } => format!("Tùy chọn {option} thiếu giá trị."),
        lexopt::Error::UnexpectedValue { option, .. } => format!("Tùy chọn {option} không nhận giá trị."),
        other => format!("Tham số không hợp lệ: {other}."),
    }
}
