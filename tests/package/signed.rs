//! Signed packages: what the signature covers, and everything that a forger can try with it.

use dti::package::{Refusal, Signature};
use dti::trust::SecretKey;

use super::forge::{Forged, VALUES, open};
use crate::support::packages::{contents, read, secret_key, write, write_signed};

const MANIFEST: &str = "tagmanifest-sha256.txt";
const SIGNATURE: &str = "tagmanifest-sha256.txt.minisig";

fn signed() -> Forged {
    open(&write_signed(&contents()))
}

/// A number changed, and every hash recomputed.
fn forged() -> Forged {
    let mut other = contents();
    other.revisions.pop();
    let package = open(&write(&other));
    let mut forged = signed();
    // Rows, hashes and manifests of another report, under the signature of the first.
    for (name, bytes) in package.files {
        if name != "datapackage.json" {
            forged.files.insert(name, bytes);
        }
    }
    forged.rehash_all()
}

/// Signs the tag manifest as it is with another key, and names that one as the package's.
fn sign_with(forged: Forged, key: &SecretKey) -> Forged {
    let forged = forged.descriptor(|d| d["dti"]["key"] = key.public().to_string().into()).rehash_tags();
    let text = key.sign(&forged.files[MANIFEST], "agency:so-noi-vu");
    forged.with(SIGNATURE, text)
}

#[test]
fn a_signed_package_reads_as_it_was_written_and_names_its_key() {
    let package = read(&write_signed(&contents())).unwrap();
    assert_eq!(package.contents, contents());
    assert_eq!(package.signature, Signature::UnknownKey);
    assert_eq!(package.key, Some(secret_key().public()));
    let unsigned = read(&write(&contents())).unwrap();
    assert_eq!((unsigned.signature, unsigned.key), (Signature::None, None));
}

#[test]
fn signing_the_same_contents_again_gives_the_same_bytes() {
    assert_eq!(write_signed(&contents()), write_signed(&contents()));
}

#[test]
fn the_signature_tells_whose_package_it_is_and_the_note_tells_the_code() {
    let package = signed();
    let text = package.text(SIGNATURE);
    let submission = contents().header.submission;
    assert_eq!(
        text.lines().nth(2).unwrap(),
        format!("trusted comment: agency:so-noi-vu submission:{submission} part:1/1")
    );
    let note = package.text("DOC-TRUOC.txt");
    let key = secret_key().public();
    assert!(note.contains(&key.code()) && note.contains(&format!("minisign -V -P {key} -m {MANIFEST}")), "{note}");
}

#[test]
fn everything_recomputed_under_the_old_signature() {
    assert_eq!(forged().refusal(), Refusal::BadSignature);
    assert_eq!(
        signed().edit("DOC-TRUOC.txt", "Sở Nội vụ", "Sở Tài chính").rehash_all().refusal(),
        Refusal::BadSignature
    );
}

#[test]
fn what_was_changed_without_recomputing_is_named_before_the_signature() {
    let changed = signed().edit(VALUES, "1204", "1304");
    assert_eq!(changed.refusal(), Refusal::Altered(VALUES.into()));
}

#[test]
fn signed_anew_by_a_forger_it_holds_but_names_the_forgers_key() {
    let forger = SecretKey::new([66; 32]);
    let package = sign_with(signed(), &forger).read().unwrap();
    assert_eq!((package.signature, package.key), (Signature::UnknownKey, Some(forger.public())));
}

#[test]
fn signed_anew_but_under_the_name_of_the_old_key() {
    let forger = SecretKey::new([66; 32]);
    let package = forged();
    let text = forger.sign(&package.files[MANIFEST], "agency:so-noi-vu");
    assert_eq!(package.with(SIGNATURE, text).refusal(), Refusal::BadSignature);
}

#[test]
fn the_signature_of_another_package() {
    let mut other = contents();
    other.header.part.of = 2;
    let other = open(&write_signed(&other)).text(SIGNATURE);
    assert_eq!(signed().with(SIGNATURE, other).refusal(), Refusal::BadSignature);
}

#[test]
fn a_signature_taken_out_or_put_where_no_key_is_named() {
    assert_eq!(signed().without(SIGNATURE).refusal(), Refusal::MissingFile(SIGNATURE.into()));
    let text = signed().text(SIGNATURE);
    assert_eq!(open(&write(&contents())).with(SIGNATURE, text).refusal(), Refusal::BadSignature);
}

#[test]
fn a_signature_that_is_none() {
    for text in ["", "untrusted comment: x\n", "\u{feff}", "untrusted comment: a\nRUQ=\ntrusted comment: b\nAAAA\n"] {
        assert_eq!(signed().with(SIGNATURE, text).refusal(), Refusal::BadSignature, "{text:?}");
    }
    assert_eq!(signed().with(SIGNATURE, b"\xff\xfe".to_vec()).refusal(), Refusal::BadSignature);
}

#[test]
fn a_key_that_is_none() {
    for key in ["", "RWQ", "không phải khóa"] {
        let forged = signed().descriptor(|d| d["dti"]["key"] = key.into()).rehash_tags();
        assert_eq!(forged.refusal().code(), "descriptor-syntax", "{key:?}");
    }
}
