//! Programs that nobody here wrote look at our packages: frictionless, bagit.py, sha256sum and minisign accept what we write, and
//! refuse what each of them can see was tampered with.
//!
//! They are looked for in `$DTI_EXTERNAL_TOOLS/bin` (a Python virtual environment), then in `PATH`. Where one is not
//! there, its tests say "BỎ QUA" and look at nothing.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use dti::package::{Contents, file_name, split};

use crate::package::forge::{Forged, VALUES, forge, open};
use crate::support::packages::{
    catalogue, contents, evidence, header, issued, messages, notice, secret_key, working_copy, write, write_signed,
};

/// A program and how it is asked about a package.
struct Judge {
    program: &'static str,
    verdict: fn(program: &Path, package: &Path, extracted: &Path) -> Command,
}

const FRICTIONLESS: Judge = Judge {
    program: "frictionless",
    verdict: |program, package, _| {
        let mut command = Command::new(program);
        command.arg("validate").arg(package);
        command
    },
};

const BAGIT: Judge = Judge {
    program: "bagit.py",
    verdict: |program, _, extracted| {
        let mut command = Command::new(program);
        command.arg("--validate").arg(extracted);
        command
    },
};

const SHA256SUM: Judge = Judge {
    program: "sha256sum",
    verdict: |program, _, extracted| {
        let mut command = Command::new(program);
        command.args(["--strict", "-c", "manifest-sha256.txt", "tagmanifest-sha256.txt"]).current_dir(extracted);
        command
    },
};

/// Told the key that stands in the package's own `datapackage.json`.
const MINISIGN: Judge = Judge {
    program: "minisign",
    verdict: |program, _, extracted| {
        let descriptor = std::fs::read(extracted.join("datapackage.json")).unwrap();
        let descriptor: serde_json::Value = serde_json::from_slice(&descriptor).unwrap();
        let key = extracted.join("khóa.pub");
        let line = descriptor["dti"]["key"].as_str().unwrap();
        std::fs::write(&key, format!("untrusted comment: minisign public key\n{line}\n")).unwrap();
        let mut command = Command::new(program);
        command.arg("-V").arg("-p").arg(key).args(["-m", "tagmanifest-sha256.txt"]).current_dir(extracted);
        command
    },
};

impl Judge {
    fn find(&self) -> Option<PathBuf> {
        let own = std::env::var_os("DTI_EXTERNAL_TOOLS").map(|folder| Path::new(&folder).join("bin"));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let found =
            own.into_iter().chain(std::env::split_paths(&path)).map(|f| f.join(self.program)).find(|p| p.is_file());
        if found.is_none() {
            eprintln!("BỎ QUA: không tìm thấy {} (đặt DTI_EXTERNAL_TOOLS hoặc PATH)", self.program);
        }
        found
    }

    /// Whether the program accepts the package, and what it says.
    fn ask(&self, program: &Path, name: &str, package: &[u8]) -> (bool, String) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, package).unwrap();
        let extracted = folder.path().join("bag");
        zip::ZipArchive::new(Cursor::new(package)).unwrap().extract(&extracted).unwrap();
        let output = (self.verdict)(program, &file, &extracted).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    fn accepts(&self, packages: &[Contents]) {
        let Some(program) = self.find() else { return };
        for contents in packages {
            let (accepted, said) =
                self.ask(&program, &file_name(&contents.header, &catalogue().plan), &write_signed(contents));
            assert!(accepted, "{} refuses {}:\n{said}", self.program, file_name(&contents.header, &catalogue().plan));
        }
    }

    /// Refuses each of the forged packages, and names the thing that gave it away.
    fn refuses(&self, forged: &[(Forged, &str)]) {
        let Some(program) = self.find() else { return };
        for (forged, trace) in forged {
            let (accepted, said) = self.ask(&program, "x.zip", &forged.pack());
            assert!(!accepted, "{} accepts what should be refused for {trace}:\n{said}", self.program);
            assert!(said.contains(trace), "{} does not speak of {trace}:\n{said}", self.program);
        }
    }
}

/// With every kind of record, two heads of one record, Vietnamese names, and evidence that looks like a table, an archive
/// or nothing at all; the same split into parts; a package without rows; and one of each other kind.
fn good() -> Vec<Contents> {
    let mut whole = contents();
    let names =
        ["Bảng tổng hợp.csv", "hồ sơ.zip", "nhật ký.gz", "dữ liệu.json", "biểu mẫu.xlsx", "không đuôi", "ảnh.JPG"];
    whole.evidence.extend(names.map(evidence));
    whole.evidence.sort();
    let parts = split(whole.clone(), 0, 100 << 10);
    assert!(parts.len() > 1);
    let empty = Contents::new(header());
    let notices = messages().into_iter().map(notice).chain([working_copy(), issued()]);
    [whole, empty].into_iter().chain(parts).chain(notices).collect()
}

fn changed() -> Forged {
    forge().edit(VALUES, "1204", "1304")
}

#[test]
fn frictionless_accepts_our_packages() {
    FRICTIONLESS.accepts(&good());
}

#[test]
fn frictionless_looks_inside_and_refuses_what_it_can_see() {
    FRICTIONLESS.refuses(&[
        (changed(), "hash-count"),
        (forge().with("data/evidence/E0001.pdf", "khác"), "hash-count"),
        (forge().without("data/evidence/E0001.pdf"), "scheme-error"),
        (forge().edit(VALUES, ",M05,", ",M99,").rehash_all(), "foreign-key"),
        (forge().edit(VALUES, "1204", "nhiều").rehash_all(), "type-error"),
        (forge().edit(VALUES, ",reported,", ",tốt,").rehash_all(), "constraint-error"),
        (twice().rehash_all(), "primary-key"),
    ]);
}

#[test]
fn bagit_accepts_our_packages() {
    BAGIT.accepts(&good());
}

#[test]
fn bagit_refuses_what_it_can_see() {
    BAGIT.refuses(&[
        (changed(), VALUES),
        (changed().rehash_descriptor(), "datapackage.json"),
        (changed().rehash_payload(), "manifest-sha256.txt"),
        (forge().with("data/them.csv", "a\n"), "Payload-Oxum"),
        (forge().without("data/evidence/E0001.pdf"), "Payload-Oxum"),
        (forge().edit("bag-info.txt", "Sở Nội vụ", "Sở Tài chính"), "bag-info.txt"),
    ]);
}

#[test]
fn sha256sum_accepts_our_packages() {
    SHA256SUM.accepts(&good());
}

#[test]
fn sha256sum_refuses_what_it_can_see() {
    SHA256SUM.refuses(&[
        (changed(), VALUES),
        (changed().rehash_descriptor(), "datapackage.json"),
        (forge().without("data/evidence/E0001.pdf"), "data/evidence/E0001.pdf"),
        (forge().edit("bag-info.txt", "Sở Nội vụ", "Sở Tài chính"), "bag-info.txt"),
    ]);
}

#[test]
fn minisign_accepts_our_packages() {
    MINISIGN.accepts(&good());
}

#[test]
fn minisign_refuses_what_was_changed_after_signing() {
    let signed = || open(&write_signed(&contents()));
    MINISIGN.refuses(&[
        (signed().edit("DOC-TRUOC.txt", "Sở Nội vụ", "Sở Tài chính").rehash_tags(), "Signature verification failed"),
        (signed().edit(VALUES, "1204", "1304").rehash_all(), "Signature verification failed"),
        (
            signed().edit("tagmanifest-sha256.txt.minisig", "agency:so-noi-vu", "agency:so-tai-chinh"),
            "Comment signature verification failed",
        ),
    ]);
}

#[test]
fn minisign_signs_with_a_key_that_was_backed_up() {
    let Some(program) = MINISIGN.find() else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("khóa.key"), secret_key().to_file()).unwrap();
    std::fs::write(path("tệp"), "nội dung").unwrap();
    let signed = Command::new(program)
        .args(["-S", "-t", "thử", "-s"])
        .arg(path("khóa.key"))
        .arg("-m")
        .arg(path("tệp"))
        .output()
        .unwrap();
    assert!(signed.status.success(), "{}", String::from_utf8_lossy(&signed.stderr));
    let signature = std::fs::read_to_string(path("tệp.minisig")).unwrap();
    assert!(secret_key().public().verifies("nội dung".as_bytes(), &signature), "{signature}");
}

/// What each judge accepts is what we read, and what it refuses we refuse: none is stricter than this program.
#[test]
fn this_program_refuses_whatever_they_refuse() {
    for forged in [changed(), twice().rehash_all(), forge().edit(VALUES, "1204", "nhiều").rehash_all()] {
        assert!(forged.read().is_err());
    }
    for contents in good() {
        assert_eq!(open(&write(&contents)).read().unwrap().contents, contents);
    }
}

/// The last row of the figures once more.
fn twice() -> Forged {
    let text = forge().text(VALUES);
    let last = text.trim_end().rsplit("\r\n").next().unwrap().to_owned();
    forge().with(VALUES, format!("{text}{last}\r\n"))
}
