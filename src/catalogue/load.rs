//! Reads an edition of the plan from its TOML files and has it checked.
//!
//! The text of the files comes in as an argument; nothing is read from disk here. What the entries must agree on
//! is in `check`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::check::{Fault, Reason, check};
use super::{Agency, AgencyKind, Calendar, Catalogue, Plan};
use crate::text::is_nfc;

pub(super) const PLAN: &str = "plan.toml";
pub(super) const PILLARS: &str = "pillars.toml";
pub(super) const TASKS: &str = "tasks.toml";
pub(super) const DUTIES: &str = "duties.toml";
pub(super) const INDICATORS: &str = "indicators.toml";
pub(super) const AGENCIES: &str = "agencies.toml";
pub(super) const COMMUNES: &str = "communes.toml";
pub(super) const GROUPS: &str = "groups.toml";
pub(super) const ERRATA: &str = "errata.toml";

/// The files of an edition and the top-level keys that each may have.
const LAYOUT: [(&str, &[&str]); 9] = [
    (PLAN, &["plan", "calendar"]),
    (PILLARS, &["pillar"]),
    (TASKS, &["task"]),
    (DUTIES, &["duty"]),
    (INDICATORS, &["indicator"]),
    (AGENCIES, &["agency"]),
    (COMMUNES, &["agency"]),
    (GROUPS, &["group"]),
    (ERRATA, &["erratum"]),
];

/// Entries of a list: six times as many as the province has communes and agencies.
const MOST: usize = 1000;

macro_rules! edition {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("../../assets/catalogue/quang-tri-2023/", $name)))),+]
    };
}

static FILES: [(&str, &str); 9] = edition![
    "plan.toml",
    "pillars.toml",
    "tasks.toml",
    "duties.toml",
    "indicators.toml",
    "agencies.toml",
    "communes.toml",
    "groups.toml",
    "errata.toml",
];

static EMBEDDED: LazyLock<Catalogue> = LazyLock::new(|| match read(&FILES, None) {
    Ok(catalogue) => catalogue,
    // Fixed at build time and covered by a test: no user can meet it.
    Err(faults) => panic!("the built-in edition has faults: {faults:?}"),
});

/// The edition that the program was built with.
pub fn embedded() -> &'static Catalogue {
    &EMBEDDED
}

/// Reads an edition from (file name, TOML text) pairs.
///
/// Reports every fault, in two stages: first what cannot be read at all (files, syntax, fields, normalisation), and
/// only where there is none of those what the entries contradict, since a lost entry would be reported once more by
/// everything that refers to it.
pub fn load(files: &[(&str, &str)]) -> Result<Catalogue, Vec<Fault>> {
    read(files, Some(&embedded().plan))
}

/// `own` says what older editions of the same plan leave unsaid.
fn read(files: &[(&str, &str)], own: Option<&Plan>) -> Result<Catalogue, Vec<Fault>> {
    let mut reader = Reader::open(files);
    let mut plan: Option<Plan> = reader.one(PLAN, "plan");
    if let (Some(plan), Some(own)) = (&mut plan, own) {
        complete(plan, own);
    }
    let calendar: Option<Calendar> = reader.one(PLAN, "calendar");
    let pillars = reader.list(PILLARS, "pillar");
    let tasks = reader.list(TASKS, "task");
    let duties = reader.list(DUTIES, "duty");
    let indicators = reader.list(INDICATORS, "indicator");
    let mut agencies: Vec<Agency> = reader.list(AGENCIES, "agency");
    let communes: Vec<Agency> = reader.list(COMMUNES, "agency");
    let groups = reader.list(GROUPS, "group");
    let errata = reader.list(ERRATA, "erratum");
    for (file, list) in [(AGENCIES, &agencies), (COMMUNES, &communes)] {
        for agency in list.iter().filter(|a| (a.kind == AgencyKind::Commune) != (file == COMMUNES)) {
            reader.faults.push(Fault::new(file, &agency.id, Reason::WrongFile));
        }
    }
    agencies.extend(communes);
    let (Some(plan), Some(calendar), []) = (plan, calendar, reader.faults.as_slice()) else {
        return Err(reader.faults);
    };
    let hash = hash(files);
    let catalogue = Catalogue { plan, pillars, tasks, duties, indicators, agencies, groups, calendar, errata, hash };
    let faults = check(&catalogue);
    if faults.is_empty() { Ok(catalogue) } else { Err(faults) }
}

/// An edition made before the plan named its province, people's committee and ministry means those of the program's own:
/// reports went out with them. The files stay as they are, and with them the hash.
fn complete(plan: &mut Plan, own: &Plan) {
    if plan.id != own.id {
        return;
    }
    let fields = [
        (&mut plan.province, &own.province),
        (&mut plan.peoples_committee, &own.peoples_committee),
        (&mut plan.ministry, &own.ministry),
    ];
    for (unsaid, own) in fields.into_iter().filter(|(field, _)| field.is_empty()) {
        unsaid.clone_from(own);
    }
}

/// SHA-256 over the files, sorted by name: name, NUL, length in bytes (8, big-endian), text. CRLF counts as LF, so that a
/// checkout on Windows has the same hash.
fn hash(files: &[(&str, &str)]) -> String {
    let mut sorted = files.to_vec();
    sorted.sort_unstable();
    let mut sha = Sha256::new();
    for (name, text) in sorted {
        let text = text.replace("\r\n", "\n");
        sha.update(name.as_bytes());
        sha.update([0]);
        sha.update((text.len() as u64).to_be_bytes());
        sha.update(text.as_bytes());
    }
    sha.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// The parsed files, and what was wrong with them so far.
struct Reader {
    tables: BTreeMap<String, toml::Table>,
    faults: Vec<Fault>,
}

impl Reader {
    fn open(files: &[(&str, &str)]) -> Reader {
        let mut reader = Reader { tables: BTreeMap::new(), faults: Vec::new() };
        for (name, text) in files {
            match LAYOUT.iter().find(|(known, _)| known == name) {
                Some((_, keys)) => reader.parse(name, text, keys),
                None => reader.faults.push(Fault::new(name, "", Reason::UnknownFile)),
            }
        }
        for (name, _) in LAYOUT.iter().filter(|(known, _)| !files.iter().any(|(name, _)| name == known)) {
            reader.faults.push(Fault::new(name, "", Reason::MissingFile));
        }
        reader
    }

    fn parse(&mut self, name: &str, text: &str, keys: &[&str]) {
        let table: toml::Table = match toml::from_str(text) {
            Ok(table) => table,
            Err(error) => {
                let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                let message = error.message().to_owned();
                self.faults.push(Fault::new(name, "", Reason::Syntax { line, message }));
                return;
            }
        };
        for key in table.keys().filter(|k| !keys.contains(&k.as_str())) {
            self.faults.push(Fault::new(name, key, Reason::UnknownKey));
        }
        if self.tables.insert(name.to_owned(), table).is_some() {
            self.faults.push(Fault::new(name, "", Reason::DuplicateFile));
        }
    }

    /// The single table `key` of a file; a file that did not parse has been reported already.
    fn one<T: DeserializeOwned>(&mut self, file: &str, key: &str) -> Option<T> {
        let value = self.tables.get_mut(file)?.remove(key);
        match value {
            Some(value) => self.entry(file, key, value),
            None => {
                self.faults.push(Fault::new(file, key, Reason::MissingKey));
                None
            }
        }
    }

    /// The array of tables `key` of a file, each entry on its own so that one bad entry does not hide the others.
    fn list<T: DeserializeOwned>(&mut self, file: &str, key: &str) -> Vec<T> {
        let Some(table) = self.tables.get_mut(file) else {
            return Vec::new();
        };
        let Some(toml::Value::Array(values)) = table.remove(key) else {
            self.faults.push(Fault::new(file, key, Reason::MissingKey));
            return Vec::new();
        };
        if values.len() > MOST {
            self.faults.push(Fault::new(file, key, Reason::TooMany { limit: MOST }));
            return Vec::new();
        }
        let entries = values.into_iter().enumerate();
        entries.filter_map(|(i, value)| self.entry(file, &name_of(&value, i), value)).collect()
    }

    fn entry<T: DeserializeOwned>(&mut self, file: &str, entry: &str, value: toml::Value) -> Option<T> {
        let mut decomposed = Vec::new();
        find_decomposed("", &value, &mut decomposed);
        let reasons = decomposed.into_iter().map(|field| Reason::NotNfc { field });
        self.faults.extend(reasons.map(|reason| Fault::new(file, entry, reason)));
        match value.try_into() {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                let message = error.message().to_owned();
                self.faults.push(Fault::new(file, entry, Reason::Shape { message }));
                None
            }
        }
    }
}

/// How an entry is called in a fault: its id or number, else its place in the file.
fn name_of(value: &toml::Value, index: usize) -> String {
    let key = value.get("id").or_else(|| value.get("number"));
    match key {
        Some(toml::Value::String(id)) => id.clone(),
        Some(toml::Value::Integer(number)) => number.to_string(),
        _ => format!("#{}", index + 1),
    }
}

/// Collects the paths of the strings that are not in NFC.
fn find_decomposed(path: &str, value: &toml::Value, found: &mut Vec<String>) {
    match value {
        toml::Value::String(text) if !is_nfc(text) => found.push(path.to_owned()),
        toml::Value::Array(values) => values.iter().for_each(|v| find_decomposed(path, v, found)),
        toml::Value::Table(table) => {
            for (key, v) in table {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                if !is_nfc(key) {
                    found.push(path.clone());
                }
                find_decomposed(&path, v, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_edition_has_no_faults() {
        let faults = read(&FILES, None).err().unwrap_or_default();
        assert!(faults.is_empty(), "{}", faults.iter().map(|f| format!("{f}\n")).collect::<String>());
    }

    #[test]
    fn the_hash_ignores_line_ends_and_file_order_but_no_letter() {
        let crlf: Vec<(&str, String)> = FILES.iter().rev().map(|(n, t)| (*n, t.replace('\n', "\r\n"))).collect();
        let crlf: Vec<(&str, &str)> = crlf.iter().map(|(n, t)| (*n, t.as_str())).collect();
        assert_eq!(hash(&crlf), hash(&FILES));
        let mut changed = FILES;
        let title = FILES[0].1.replacen("Kế hoạch", "Ke hoạch", 1);
        changed[0].1 = &title;
        assert_ne!(hash(&changed), hash(&FILES));
    }
}
