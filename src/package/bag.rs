//! BagIt 1.0 (RFC 8493): the declaration, `bag-info.txt`, and the two manifests. Once extracted, a package is a bag.

use std::collections::BTreeMap;

use super::hash::{Facts, is_sha256};
use super::refusal::Refusal;
use super::{Header, names};
use crate::catalogue::Plan;

/// `bagit.txt`, the same in every bag.
pub(super) const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

const SENDER: &str = "Source-Organization";
const SUBMISSION: &str = "External-Identifier";
const OXUM: &str = "Payload-Oxum";

/// What `bag-info.txt` says, as far as this program checks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BagInfo {
    /// The sender's name.
    pub sender: String,
    pub submission: String,
    /// `<bytes>.<files>` of the payload.
    pub oxum: String,
}

impl BagInfo {
    pub fn new(header: &Header, sender: &str, payload: &BTreeMap<String, Facts>) -> BagInfo {
        let bytes: u64 = payload.values().map(|f| f.bytes).sum();
        BagInfo {
            sender: one_line(sender),
            submission: header.submission.clone(),
            oxum: format!("{bytes}.{}", payload.len()),
        }
    }

    /// The text of `bag-info.txt`.
    pub fn write(&self, header: &Header, plan: &Plan) -> String {
        let fields = [
            ("Bag-Count", format!("{} of {}", header.part.number, header.part.of)),
            ("Bag-Group-Identifier", header.submission.clone()),
            ("Bag-Software-Agent", header.software.clone()),
            ("Bagging-Date", header.created.date_naive().to_string()),
            ("Contact-Name", header.officer.clone()),
            (SUBMISSION, self.submission.clone()),
            ("Internal-Sender-Identifier", names::file_name(header, plan)),
            (OXUM, self.oxum.clone()),
            (SENDER, self.sender.clone()),
        ];
        let filled =
            fields.iter().map(|(label, value)| (label, one_line(value))).filter(|(_, value)| !value.is_empty());
        filled.map(|(label, value)| format!("{label}: {value}\n")).collect()
    }

    pub fn read(text: &[u8]) -> Result<BagInfo, Refusal> {
        let text = utf8(names::BAG_INFO, text)?;
        let mut fields: BTreeMap<&str, String> = BTreeMap::new();
        for line in text.lines() {
            let Some((label, value)) = line.split_once(": ") else {
                return Err(Refusal::BagInfo(format!("not a field: {line:?}")));
            };
            if fields.insert(label, value.trim().to_owned()).is_some() {
                return Err(Refusal::BagInfo(format!("{label} twice")));
            }
        }
        let mut field = |label: &str| fields.remove(label).ok_or_else(|| Refusal::BagInfo(format!("no {label}")));
        Ok(BagInfo { sender: field(SENDER)?, submission: field(SUBMISSION)?, oxum: field(OXUM)? })
    }
}

/// A manifest: a line per file, sorted by name, as `sha256sum` writes and checks it.
pub(super) fn write_manifest<'a>(files: impl IntoIterator<Item = (&'a String, &'a Facts)>) -> String {
    files.into_iter().map(|(name, facts)| format!("{}  {name}\n", facts.sha256)).collect()
}

/// The files of a manifest with their SHA-256.
pub(super) fn read_manifest(file: &str, text: &[u8]) -> Result<BTreeMap<String, String>, Refusal> {
    let text = utf8(file, text)?;
    let mut files = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let fault = || Refusal::ManifestSyntax { file: file.to_owned(), line: index + 1 };
        let (sha256, name) = line.split_once("  ").ok_or_else(fault)?;
        if !is_sha256(sha256) || files.insert(name.to_owned(), sha256.to_owned()).is_some() {
            return Err(fault());
        }
    }
    Ok(files)
}

pub(super) fn utf8<'a>(file: &str, text: &'a [u8]) -> Result<&'a str, Refusal> {
    std::str::from_utf8(text).map_err(|error| {
        let line = 1 + text[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count();
        Refusal::NotUtf8 { file: file.to_owned(), line }
    })
}

/// A value of a tag file stands on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
