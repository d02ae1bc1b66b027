//! Why a package was refused, in words for the officer.

use std::collections::BTreeSet;

use dti::catalogue::{Fault, Lost, Reason};
use dti::package::{CellProblem, DirectoryFault, NameProblem, PackageKind, Place, Refusal};
use dti::record::{FilingKind, Problem};
use dti::words::refusal;

use crate::support::period;

/// One of each reason.
fn refusals() -> Vec<Refusal> {
    let s = |text: &str| text.to_owned();
    let place = || Place { file: s("data/indicator_values.csv"), row: 5 };
    let file = || s("data/documents.csv");
    let fault = || Fault { file: s("agencies.toml"), entry: s("so-noi-vu"), reason: Reason::ValidityReversed };
    vec![
        Refusal::Unreadable(s("quyền truy cập")),
        Refusal::Empty,
        Refusal::NotZip,
        Refusal::CutShort,
        Refusal::LeadingBytes,
        Refusal::TrailingBytes(23),
        Refusal::Comment(None),
        Refusal::Comment(Some(file())),
        Refusal::Zip64(None),
        Refusal::Zip64(Some(file())),
        Refusal::DamagedDirectory(DirectoryFault::Position),
        Refusal::NotAPackage,
        Refusal::TooManyEntries { found: 10_001, limit: 10_000 },
        Refusal::EntryTooBig { file: file(), bytes: 2_000, limit: 1_000 },
        Refusal::PackageTooBig { bytes: 2_000, limit: 1_000 },
        Refusal::TextsTooBig { bytes: 2_000, limit: 1_000 },
        Refusal::Bomb { file: file(), bytes: 2_000_000, packed: 20 },
        Refusal::UnsafeName { name: s("../x"), problem: NameProblem::Parent },
        Refusal::DuplicateName(file()),
        Refusal::CollidingNames { first: s("a"), second: s("A") },
        Refusal::Link(file()),
        Refusal::Folder(s("data/")),
        Refusal::Encrypted(file()),
        Refusal::Method { file: file(), method: 93 },
        Refusal::HeadersDisagree(file()),
        Refusal::SizeLie { file: file(), declared: 5 },
        Refusal::Overlap { first: s("a"), second: s("b") },
        Refusal::HiddenBytes(file()),
        Refusal::Corrupt(file()),
        Refusal::DescriptorSyntax(s("line 3")),
        Refusal::DuplicateKey(s("agency")),
        Refusal::TooNew { found: 99, known: 1 },
        Refusal::OtherPlan { found: s("khac-2023"), known: s("quang-tri-2023") },
        Refusal::NewerEdition { found: 3, known: 2 },
        Refusal::NoEdition(PackageKind::Submission),
        Refusal::OtherKind(s("mirror")),
        Refusal::BadEdition(vec![fault()]),
        Refusal::EditionLoses(vec![Lost::Indicator(s("M05"))]),
        Refusal::NotTheIssuer { sender: s("cuc-thue") },
        Refusal::StrangeEdition { found: 3, known: 2 },
        Refusal::BagDeclaration,
        Refusal::ManifestSyntax { file: s("manifest-sha256.txt"), line: 2 },
        Refusal::BagInfo(s("Payload-Oxum")),
        Refusal::MissingFile(s("data/evidence/E0001.pdf")),
        Refusal::ExtraFile(s("data/x.exe")),
        Refusal::Altered(file()),
        Refusal::TagAltered(s("bag-info.txt")),
        Refusal::SenderDiffers { bag_info: s("cuc-thue"), descriptor: s("so-noi-vu") },
        Refusal::ResourceDiffers(file()),
        Refusal::OtherRecipient { recipient: s("so-la") },
        Refusal::UnknownAgency { agency: s("so-la"), place: None },
        Refusal::UnknownAgency { agency: s("so-la"), place: Some(place()) },
        Refusal::AgencyRenamed { agency: s("so-noi-vu"), name: s("Sở Khác"), known: s("Sở Nội vụ") },
        Refusal::UnknownItem { item: s("M99"), place: place() },
        Refusal::WrongTable { item: s("V05"), place: place() },
        Refusal::NotEntitled { sender: s("cuc-thue"), item: s("M05"), agency: s("tp-dong-ha"), place: place() },
        Refusal::OtherPeriod { found: period("2023-Q3"), expected: period("2023-Q4"), place: place() },
        Refusal::ForeignWorkingCopy { agency: s("so-noi-vu") },
        Refusal::UnknownFiling { period: period("2023-Q4"), filing: FilingKind::Official },
        Refusal::NotTheReceiver { sender: s("so-noi-vu") },
        Refusal::NotAContribution { sender: s("tp-dong-ha"), item: s("M05") },
        Refusal::NotFiled { item: s("M05") },
        Refusal::NotTheLead { sender: s("so-noi-vu"), item: s("M05") },
        Refusal::NoRows(s("data/returned_rows.csv")),
        Refusal::NotUtf8 { file: file(), line: 3 },
        Refusal::Columns { file: file(), expected: s("item,agency"), found: s("item") },
        Refusal::RowForm { place: place() },
        Refusal::RowWidth { expected: 12, found: 11, place: place() },
        Refusal::Cell { column: "numerator", value: s("1.234,5"), problem: CellProblem::NotANumber, place: place() },
        Refusal::DuplicateRow { first: 2, place: place() },
        Refusal::RowAltered { place: place() },
        Refusal::Nonsense { problem: Problem::Negative, place: place() },
        Refusal::Counter { device: s("may-1"), count: 0, place: place() },
        Refusal::EvidenceWithoutRow { place: place() },
        Refusal::EvidenceDiffers { file: s("data/evidence/E0001.pdf"), place: place() },
        Refusal::EvidenceWithoutName(s("data/evidence/E0002.pdf")),
        Refusal::NoSuchEvidence(s("abc")),
    ]
}

#[test]
fn every_refusal_says_what_is_wrong_and_what_to_do_in_words_of_its_own() {
    let mut seen = BTreeSet::new();
    for of in refusals() {
        let sentence = refusal(&of);
        let (what, next) = sentence.rsplit_once(": ").unwrap_or_else(|| panic!("{of:?}: {sentence}"));
        assert!(what.len() > 5 && next.len() > 10 && !sentence.ends_with('.'), "{sentence}");
        assert!(dti::text::is_nfc(&sentence), "{sentence}");
        assert!(seen.insert(sentence), "{of:?} has another one's words");
    }
}

#[test]
fn a_faulty_row_is_named_with_its_file_and_number() {
    let place = Place { file: "data/indicator_values.csv".to_owned(), row: 5 };
    assert_eq!(
        refusal(&Refusal::Nonsense { problem: Problem::Negative, place: place.clone() }),
        "data/indicator_values.csv, dòng 5, có số âm: đề nghị đơn vị gửi sửa số liệu, xuất lại gói và gửi lại"
    );
    let unknown = refusal(&Refusal::UnknownItem { item: "M99".to_owned(), place });
    assert!(unknown.starts_with("data/indicator_values.csv, dòng 5, mục “M99” không có trong danh mục"));
}

#[test]
fn periods_and_sizes_are_written_the_vietnamese_way() {
    let place = Place { file: "data/documents.csv".to_owned(), row: 2 };
    let other = Refusal::OtherPeriod { found: period("2023-Q3"), expected: period("2023-Q4"), place };
    assert!(refusal(&other).contains("số liệu của Quý III/2023 trong gói Quý IV/2023"));
    assert!(refusal(&Refusal::TooManyEntries { found: 10_001, limit: 10_000 }).contains("10.001"));
}

#[test]
fn what_a_hostile_package_says_reaches_the_screen_neither_long_nor_with_control_characters() {
    for hostile in [
        Refusal::UnsafeName { name: "a\u{1b}[31m\n".to_owned(), problem: NameProblem::Control },
        Refusal::DuplicateName("a\u{1b}[31m\u{202e}fdp.exe".to_owned()),
        Refusal::Columns { file: "x".to_owned(), expected: "y".to_owned(), found: "z\t".repeat(100_000) },
    ] {
        let sentence = refusal(&hostile);
        assert!(!sentence.chars().any(|c| c.is_control() || c == '\u{202e}'), "{sentence}");
        assert!(sentence.chars().count() < 500, "{sentence}");
        assert!(sentence.contains("đề nghị đơn vị gửi xuất lại gói"), "{sentence}");
    }
}
