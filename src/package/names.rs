//! Names: of the package file, of its entries, and which names from outside are safe.

use super::refusal::NameProblem;
use super::{Header, PackageKind, limits};
use crate::catalogue::Plan;
use crate::text;

pub(super) const DESCRIPTOR: &str = "datapackage.json";
pub(super) const READ_ME_FIRST: &str = "DOC-TRUOC.txt";
pub(super) const BAG_DECLARATION: &str = "bagit.txt";
pub(super) const BAG_INFO: &str = "bag-info.txt";
pub(super) const MANIFEST: &str = "manifest-sha256.txt";
pub(super) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
pub(super) const SIGNATURE: &str = "tagmanifest-sha256.txt.minisig";
/// The report for a person without this program.
pub(super) const PAPERS: [&str; 2] = ["data/bao-cao.docx", "data/bao-cao.xlsx"];
/// The files of a catalogue package's edition.
pub(super) const EDITION_FOLDER: &str = "data/catalogue/";
pub(super) const EVIDENCE_FOLDER: &str = "data/evidence/";

/// True for what BagIt calls the payload: the tables and the evidence.
pub(super) fn is_payload(entry: &str) -> bool {
    entry.starts_with("data/")
}

/// The file name of a package: `DTI_so-noi-vu_2023-Q4_chinh-thuc.zip`, with `_phan-2` where it is one of several parts;
/// `DTI_tp-dong-ha_phoi-hop_so-noi-vu_2023-Q4_chinh-thuc.zip` where it is a contribution;
/// `DTI_so-tttt_tra-lai_so-noi-vu_2023-Q4_chinh-thuc.zip` where it is word to another agency.
pub fn file_name(header: &Header, plan: &Plan) -> String {
    let Header { agency, recipient, .. } = header;
    let (period, filing) = (&header.period.id, header.filing.slug());
    let part = if header.part.of > 1 { format!("_phan-{}", header.part.number) } else { String::new() };
    let what = match header.kind {
        PackageKind::Submission if header.contributes(plan) => format!("phoi-hop_{recipient}_{period}_{filing}"),
        PackageKind::Submission => format!("{period}_{filing}"),
        PackageKind::WorkingCopy => format!("ban-lam-viec_{}", header.created.format("%Y%m%d-%H%M")),
        PackageKind::Receipt => format!("bao-nhan_{recipient}_{period}_{filing}"),
        PackageKind::Return => format!("tra-lai_{recipient}_{period}_{filing}"),
        PackageKind::Catalogue => format!("danh-muc_an-ban-{}", header.catalogue_version),
        PackageKind::Request => format!("yeu-cau_{recipient}_{period}"),
    };
    format!("DTI_{agency}_{what}{part}.zip")
}

/// Kinds that frictionless unpacks wherever it meets them: as evidence they must stay closed.
const UNPACKED_BY_OTHERS: [&str; 4] = ["zip", "gz", "bz2", "xz"];

/// The entry of the `number`-th evidence file (from 1): `data/evidence/E0001.pdf`. Only the extension is the officer's.
pub(super) fn evidence_entry(number: usize, original: &str) -> String {
    match extension(original) {
        Some(e) if UNPACKED_BY_OTHERS.contains(&e.as_str()) => format!("{EVIDENCE_FOLDER}E{number:04}.{e}.bin"),
        Some(e) => format!("{EVIDENCE_FOLDER}E{number:04}.{e}"),
        None => format!("{EVIDENCE_FOLDER}E{number:04}"),
    }
}

/// The extension in lower case, where it is short and plain ASCII.
pub(super) fn extension(name: &str) -> Option<String> {
    let (_, extension) = name.rsplit_once('.')?;
    let plain = (1..=8).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then(|| extension.to_ascii_lowercase())
}

/// Checks the name of an entry from outside: a plain relative path that means the same on every system.
pub(super) fn check_entry(name: &str) -> Result<(), NameProblem> {
    if name.is_empty() {
        return Err(NameProblem::Empty);
    }
    if name.len() > limits::NAME_BYTES {
        return Err(NameProblem::TooLong);
    }
    if name.chars().any(char::is_control) {
        return Err(NameProblem::Control);
    }
    if name.starts_with("//") || name.starts_with("\\\\") {
        return Err(NameProblem::Unc);
    }
    if name.starts_with('/') {
        return Err(NameProblem::Absolute);
    }
    if name.contains(':') {
        return Err(NameProblem::Drive);
    }
    if name.contains('\\') {
        return Err(NameProblem::Backslash);
    }
    // A folder entry ends in a slash; whether folders are welcome is not a question of names.
    name.strip_suffix('/').unwrap_or(name).split('/').try_for_each(check_part)
}

/// True where the original name of an evidence file is a mere name: no path, nothing invisible, not too long.
pub(super) fn is_plain_file_name(name: &str) -> bool {
    let fits = !name.is_empty() && name.chars().count() <= limits::NAME_CHARS;
    fits && name != "." && name != ".." && !name.contains(['/', '\\', '\n', '\t']) && text::clean(name) == name
}

fn check_part(part: &str) -> Result<(), NameProblem> {
    if part.is_empty() {
        return Err(NameProblem::Empty);
    }
    if part == "." || part == ".." {
        return Err(NameProblem::Parent);
    }
    if text::is_device_name(part) {
        return Err(NameProblem::Reserved);
    }
    if part.ends_with(['.', ' ']) {
        return Err(NameProblem::TrailingDot);
    }
    if !part.is_ascii() || part.contains(['<', '>', '"', '|', '?', '*']) {
        return Err(NameProblem::Character);
    }
    Ok(())
}
