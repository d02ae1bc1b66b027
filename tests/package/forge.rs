//! A forger's workshop: opens a package, changes what it likes, recomputes as much as it knows of, and packs it again.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use dti::package::{Package, Refusal};
use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;

use crate::support::packages::{contents, read, write};

pub const VALUES: &str = "data/indicator_values.csv";

#[derive(Clone)]
pub struct Forged {
    pub files: BTreeMap<String, Vec<u8>>,
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// A good package, opened.
pub fn forge() -> Forged {
    open(&write(&contents()))
}

pub fn open(package: &[u8]) -> Forged {
    let mut zip = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    Forged { files }
}

impl Forged {
    pub fn text(&self, file: &str) -> String {
        String::from_utf8(self.files[file].clone()).unwrap()
    }

    /// Replaces the first occurrence; there must be one.
    pub fn edit(mut self, file: &str, from: &str, to: &str) -> Forged {
        let text = self.text(file);
        assert!(text.contains(from), "{file} has no {from:?}:\n{text}");
        self.files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
        self
    }

    pub fn with(mut self, file: &str, bytes: impl Into<Vec<u8>>) -> Forged {
        self.files.insert(file.to_owned(), bytes.into());
        self
    }

    /// Adds a file that the descriptor lists too.
    pub fn list(self, file: &str, bytes: impl Into<Vec<u8>>) -> Forged {
        self.with(file, bytes).descriptor(|value| {
            let name = file.rsplit('/').next().unwrap().split('.').next().unwrap().to_lowercase();
            let listed = serde_json::json!({ "name": name, "path": file, "bytes": 0, "hash": "" });
            value["resources"].as_array_mut().unwrap().push(listed);
        })
    }

    pub fn without(mut self, file: &str) -> Forged {
        self.files.remove(file).unwrap();
        self
    }

    /// Changes `datapackage.json` as a value.
    pub fn descriptor(self, change: impl FnOnce(&mut Value)) -> Forged {
        let mut value: Value = serde_json::from_slice(&self.files["datapackage.json"]).unwrap();
        change(&mut value);
        self.with("datapackage.json", serde_json::to_vec_pretty(&value).unwrap())
    }

    /// Bytes and hashes in `datapackage.json` as the payload now is; unlisted files stay unlisted.
    pub fn rehash_descriptor(self) -> Forged {
        let files = self.files.clone();
        self.descriptor(|value| {
            for resource in value["resources"].as_array_mut().unwrap() {
                if let Some(bytes) = files.get(resource["path"].as_str().unwrap()) {
                    resource["bytes"] = bytes.len().into();
                    resource["hash"] = format!("sha256:{}", sha256(bytes)).into();
                }
            }
        })
    }

    /// Payload manifest and Payload-Oxum as the payload now is.
    pub fn rehash_payload(mut self) -> Forged {
        let payload = || self.files.iter().filter(|(name, _)| name.starts_with("data/"));
        let manifest: String = payload().map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect();
        let oxum = format!("{}.{}", payload().map(|(_, b)| b.len()).sum::<usize>(), payload().count());
        let info: String = self
            .text("bag-info.txt")
            .lines()
            .map(|line| match line.split_once(": ") {
                Some(("Payload-Oxum", _)) => format!("Payload-Oxum: {oxum}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        self.files.insert("manifest-sha256.txt".into(), manifest.into_bytes());
        self.with("bag-info.txt", info)
    }

    pub fn rehash_tags(self) -> Forged {
        let outside = ["tagmanifest-sha256.txt", "tagmanifest-sha256.txt.minisig"];
        let tags = self.files.iter().filter(|(n, _)| !n.starts_with("data/") && !outside.contains(&n.as_str()));
        let manifest: String = tags.map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect();
        self.with("tagmanifest-sha256.txt", manifest)
    }

    /// Everything that a forger without our hashes of rows can recompute.
    pub fn rehash_all(self) -> Forged {
        self.rehash_descriptor().rehash_payload().rehash_tags()
    }

    pub fn pack(&self) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.files {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    pub fn read(&self) -> Result<Package, Refusal> {
        read(&self.pack())
    }

    pub fn refusal(&self) -> Refusal {
        self.read().unwrap_err()
    }
}
