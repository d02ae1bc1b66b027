//! The rules of the house, as a test: who may use whom, how long a file may be, and that each says what it is for.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A module, our modules that it may use, and words that may never stand in it.
struct Rule {
    module: &'static str,
    may_use: &'static [&'static str],
    never: &'static [&'static str],
}

const PURE: &[&str] = &["text", "trust", "catalogue", "record", "progress"];
const NO_IO: &[&str] = &["rusqlite", "egui", "std::fs", "Utc::now", "Local::now", "SystemTime"];
const NO_SQL_NO_SCREEN: &[&str] = &["egui", "rusqlite"];
/// Everything but the window.
const ALL_BUT_WINDOW: &[&str] = &[
    "text",
    "trust",
    "catalogue",
    "record",
    "progress",
    "package",
    "merge",
    "table",
    "report",
    "words",
    "store",
    "ops",
    "exchange",
    "demo",
    "platform",
];

const RULES: &[Rule] = &[
    Rule { module: "text", may_use: &[], never: NO_IO },
    Rule { module: "trust", may_use: &[], never: NO_IO },
    Rule { module: "catalogue", may_use: &["text"], never: NO_IO },
    Rule { module: "record", may_use: &["text", "trust", "catalogue"], never: NO_IO },
    Rule { module: "progress", may_use: &["text", "catalogue", "record"], never: NO_IO },
    Rule { module: "package", may_use: PURE, never: NO_SQL_NO_SCREEN },
    Rule { module: "merge", may_use: &["text", "catalogue", "record", "progress", "package"], never: NO_SQL_NO_SCREEN },
    Rule { module: "table", may_use: PURE, never: NO_SQL_NO_SCREEN },
    Rule {
        module: "report",
        may_use: &["text", "catalogue", "record", "progress", "words"],
        never: &["egui", "rusqlite", "std::fs"],
    },
    Rule {
        module: "words",
        may_use: &[
            "text",
            "trust",
            "catalogue",
            "record",
            "progress",
            "package",
            "merge",
            "table",
            "platform",
            "store",
            "ops",
            "exchange",
        ],
        never: &["egui", "rusqlite", "std::fs"],
    },
    Rule {
        module: "store",
        may_use: &["text", "trust", "catalogue", "record", "progress", "platform"],
        never: &["egui", "pub use rusqlite"],
    },
    Rule {
        module: "ops",
        may_use: &["text", "trust", "catalogue", "record", "progress", "merge", "store"],
        never: &["egui", "rusqlite", "SELECT ", "INSERT ", "DELETE "],
    },
    Rule { module: "exchange", may_use: ALL_BUT_WINDOW, never: NO_SQL_NO_SCREEN },
    Rule { module: "demo", may_use: ALL_BUT_WINDOW, never: NO_SQL_NO_SCREEN },
    Rule { module: "work", may_use: ALL_BUT_WINDOW, never: NO_SQL_NO_SCREEN },
    Rule { module: "cli", may_use: ALL_BUT_WINDOW, never: NO_SQL_NO_SCREEN },
    Rule {
        module: "ui",
        may_use: &["text", "trust", "catalogue", "record", "progress", "package", "merge", "table", "report", "words"],
        never: &["rusqlite", "rfd::", "std::fs", "std::thread", "Utc::now", "Local::now"],
    },
    Rule { module: "platform", may_use: &[], never: NO_SQL_NO_SCREEN },
];

/// `app` is the glue: it may use everything.
const WITHOUT_RULE: &[&str] = &["app"];

/// Files longer than this want to be two.
const LONGEST_FILE: usize = 700;
const LONGEST_MAIN: usize = 80;

#[test]
fn modules_use_only_what_the_house_allows() {
    let mut faults = Vec::new();
    for rule in RULES {
        for file in rust_files(&Path::new("src").join(rule.module)) {
            let code = code_of(&file);
            for used in modules_used(&code) {
                if used != rule.module && !rule.may_use.contains(&used.as_str()) {
                    faults.push(format!("{} uses crate::{used}, which `{}` may not", file.display(), rule.module));
                }
            }
            for word in rule.never {
                if code.contains(word) {
                    faults.push(format!("{} contains `{word}`, which `{}` never may", file.display(), rule.module));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_module_of_the_library_has_a_rule() {
    let known: BTreeSet<&str> = RULES.iter().map(|r| r.module).chain(WITHOUT_RULE.iter().copied()).collect();
    let unknown: Vec<String> = fs::read_dir("src")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .map(|p| p.file_name().unwrap().to_string_lossy().into_owned())
        .filter(|name| !known.contains(name.as_str()))
        .collect();
    assert!(unknown.is_empty(), "modules without a rule: {unknown:?}");
}

#[test]
fn colours_are_named_only_in_the_theme() {
    let named =
        ["Color32::from_", "Color32::RED", "Color32::GREEN", "Color32::BLUE", "Color32::WHITE", "Color32::BLACK"];
    let strays: Vec<PathBuf> = rust_files(Path::new("src"))
        .into_iter()
        .filter(|file| !file.starts_with("src/ui/theme"))
        .filter(|file| named.iter().any(|name| code_of(file).contains(name)))
        .collect();
    assert!(strays.is_empty(), "colours outside src/ui/theme: {strays:?}");
}

#[test]
fn every_file_says_what_it_is_for_and_is_short_enough_to_live_in() {
    let mut faults = Vec::new();
    for file in rust_files(Path::new("src")).into_iter().chain(rust_files(Path::new("tests"))) {
        let text = fs::read_to_string(&file).unwrap();
        if !text.starts_with("//! ") {
            faults.push(format!("{} does not begin with //!", file.display()));
        }
        let lines = text.lines().count();
        let longest = if file == Path::new("src/main.rs") { LONGEST_MAIN } else { LONGEST_FILE };
        if lines > longest {
            faults.push(format!("{} has {lines} lines, more than {longest}", file.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_test_file_is_forgotten() {
    let listed = fs::read_to_string("tests/main.rs").unwrap();
    let forgotten: Vec<String> = fs::read_dir("tests")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.join("mod.rs").exists() || p.extension().is_some_and(|e| e == "rs"))
        .map(|p| p.file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "main" && !listed.contains(&format!("mod {name};")))
        .collect();
    assert!(forgotten.is_empty(), "tests that never run: {forgotten:?}");
}

/// The names after `crate::` in the code, `use crate::{a, b}` included.
fn modules_used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(list) => used.extend(top_level_names(list).iter().filter_map(|path| first_name(path))),
            None => used.extend(first_name(after)),
        }
    }
    used
}

/// The comma-separated paths of an import list, without those nested in further braces.
fn top_level_names(list: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0usize;
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            _ if depth == 0 => names.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    names
}

fn first_name(path: &str) -> Option<String> {
    let name: String = path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    name.chars().next().is_some_and(char::is_lowercase).then_some(name)
}

/// The file without comment lines and without its unit tests.
fn code_of(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let code = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.map(|e| e.unwrap().path()) {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
