//! Written, read: the same contents. Written twice: the same bytes.

use std::io::{Cursor, Read};

use dti::package::{self, Contents, Papers, Refusal, Signature, Signing, WriteError, file_name, split};
use dti::record::FilingKind;

use super::forge::open;
use crate::support::packages::{
    catalogue, contents, evidence, evidence_bytes, header, messages, notice, read, try_write, write, write_with_papers,
};

#[test]
fn what_was_written_is_read() {
    let contents = contents();
    let bytes = write(&contents);
    let package = read(&bytes).unwrap();
    assert_eq!(package.contents, contents);
    assert_eq!(package.bytes, bytes.len() as u64);
    assert_eq!(package.signature, Signature::None);
}

#[test]
fn the_same_contents_give_the_same_bytes() {
    let shuffled = {
        let mut contents = contents();
        contents.evidence.reverse();
        contents
    };
    assert_eq!(write(&contents()), write(&contents()));
    assert_eq!(write(&contents()), write(&shuffled));
}

#[test]
fn a_package_without_any_row_is_a_package() {
    let empty = Contents::new(header());
    assert_eq!(read(&write(&empty)).unwrap().contents, empty);
}

#[test]
fn every_agency_of_the_catalogue_can_send() {
    for agency in &catalogue().agencies {
        let header = package::Header { agency: agency.id.clone(), ..header() };
        let empty = Contents::new(header);
        assert_eq!(read(&write(&empty)).map(|p| p.contents), Ok(empty), "{}", agency.name);
    }
}

#[test]
fn evidence_comes_out_as_it_went_in_and_travels_once_for_all_who_refer_to_it() {
    let bytes = write(&contents());
    let package = read(&bytes).unwrap();
    assert_eq!(package.evidence_entries.len(), 2);
    for name in ["Báo cáo số 12 (bản ký).pdf", "ghi chú.txt"] {
        let mut out = Vec::new();
        package::read_evidence(Cursor::new(&bytes), &package, &evidence(name), &mut out).unwrap();
        assert_eq!(out, evidence_bytes(name));
        let mut again = Vec::new();
        let mut reader = package::open_evidence(Cursor::new(&bytes), &package, &evidence(name)).unwrap();
        reader.read_to_end(&mut again).unwrap();
        assert_eq!(again, out);
    }
    let other = evidence("khác.pdf");
    let refused = package::read_evidence(Cursor::new(&bytes), &package, &other, &mut Vec::new());
    assert_eq!(refused, Err(Refusal::NoSuchEvidence("khác.pdf".to_owned())));
}

#[test]
fn entries_have_plain_names_fixed_times_and_a_fixed_order() {
    let bytes = write(&contents());
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut names = Vec::new();
    for index in 0..zip.len() {
        let file = zip.by_index(index).unwrap();
        assert_eq!(file.last_modified(), Some(zip::DateTime::default()));
        assert_eq!(file.unix_mode(), Some(0o100_644));
        assert!(file.extra_data().is_none_or(|e| e.is_empty()));
        names.push(file.name().unwrap().into_owned());
    }
    assert!(names.is_sorted() && names.iter().all(|n| n.is_ascii()), "{names:?}");
    let evidence: Vec<&String> = names.iter().filter(|n| n.starts_with("data/evidence/")).collect();
    assert_eq!(evidence, ["data/evidence/E0001.pdf", "data/evidence/E0002.txt"]);
}

#[test]
fn packed_kinds_of_evidence_are_stored_and_others_deflated() {
    let bytes = write(&contents());
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let method = |zip: &mut zip::ZipArchive<_>, name: &str| zip.by_name(name).unwrap().compression();
    assert_eq!(method(&mut zip, "data/evidence/E0002.txt"), zip::CompressionMethod::Deflated);
    assert_eq!(method(&mut zip, "data/evidence/E0001.pdf"), zip::CompressionMethod::Stored);
}

#[test]
fn evidence_that_packs_like_a_bomb_is_stored_so_that_the_receiver_accepts_it() {
    let blank = vec![b' '; 3 << 20];
    let mut contents = contents();
    let sha256 = sha256(&blank);
    let name = "trang trắng.bmp".to_owned();
    contents.evidence = vec![dti::record::EvidenceRef { sha256, name, bytes: blank.len() as u64 }];
    let mut out = Cursor::new(Vec::new());
    package::write(&contents, catalogue(), None, Signing::Unsigned, &mut |_, out| out.write_all(&blank), &mut out)
        .unwrap();
    assert_eq!(read(&out.into_inner()).unwrap().contents.evidence, contents.evidence);
}

#[test]
fn evidence_that_changed_since_it_was_attached_is_not_sent() {
    let mut contents = contents();
    contents.evidence[0].name = "đổi tên.pdf".to_owned();
    assert!(matches!(try_write(&contents), Err(WriteError::EvidenceChanged { name, .. }) if name == "đổi tên.pdf"));
}

#[test]
fn evidence_named_like_a_path_is_not_sent() {
    let mut contents = contents();
    contents.evidence[0].name = "../../x.pdf".to_owned();
    assert!(matches!(try_write(&contents), Err(WriteError::EvidenceName(name)) if name == "../../x.pdf"));
}

#[test]
fn the_file_name_says_who_when_which_filing_and_which_part() {
    let mut header = header();
    assert_eq!(file_name(&header, &catalogue().plan), "DTI_so-noi-vu_2023-Q4_chinh-thuc.zip");
    header.filing = FilingKind::Supplementary(2);
    header.part = package::Part { number: 3, of: 4 };
    assert_eq!(file_name(&header, &catalogue().plan), "DTI_so-noi-vu_2023-Q4_bo-sung-2_phan-3.zip");
    header.recipient = "so-tai-chinh".to_owned();
    assert_eq!(
        file_name(&header, &catalogue().plan),
        "DTI_so-noi-vu_phoi-hop_so-tai-chinh_2023-Q4_bo-sung-2_phan-3.zip"
    );
}

#[test]
fn the_report_for_people_travels_in_it_and_is_vouched_for() {
    let papers = Papers { docx: b"Word".to_vec(), xlsx: b"Excel".to_vec() };
    let with = open(&write_with_papers(&contents(), &papers));
    assert_eq!(with.read().unwrap().contents, contents(), "the tables are what is read");
    let [docx, xlsx] = ["data/bao-cao.docx", "data/bao-cao.xlsx"];
    assert_eq!((with.files[docx].as_slice(), with.files[xlsx].as_slice()), (&b"Word"[..], &b"Excel"[..]));
    assert_eq!(with.clone().with(docx, "Word khác").refusal(), Refusal::Altered(docx.into()));
    assert_eq!(with.without(xlsx).rehash_all().refusal(), Refusal::MissingFile(xlsx.into()));
    let other = open(&write(&contents())).list("data/bao-cao.pdf", "PDF").rehash_all();
    assert_eq!(other.refusal(), Refusal::ExtraFile("data/bao-cao.pdf".into()));
    let notice = open(&write(&notice(messages().remove(0)))).list(docx, "Word").rehash_all();
    assert_eq!(notice.refusal(), Refusal::ExtraFile(docx.into()), "a receipt is no report");
}

#[test]
fn the_report_for_people_takes_its_room_in_the_first_part() {
    let parts = split(contents(), 90 << 10, 100 << 10);
    assert_eq!(parts[0].evidence, [], "no room is left");
    assert_eq!(split(contents(), 0, 100 << 10), [contents()]);
}

#[test]
fn a_submission_within_the_limit_is_one_package() {
    assert_eq!(split(contents(), 0, 20 << 20), [contents()]);
}

#[test]
fn a_submission_over_the_limit_is_split_into_packages_each_valid_by_itself() {
    let mut whole = contents();
    whole.evidence.extend((1..=30).map(|n| evidence(&format!("ảnh {n}.jpg"))));
    whole.evidence.sort();
    let limit = 100 << 10;
    let parts = split(whole.clone(), 0, limit);
    assert!(parts.len() > 2, "{}", parts.len());
    let mut brought = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let bytes = write(part);
        assert!(bytes.len() as u64 <= limit, "part {} has {} bytes", index + 1, bytes.len());
        let read = read(&bytes).unwrap().contents;
        assert_eq!(read, *part);
        assert_eq!((read.header.part.number as usize, read.header.part.of as usize), (index + 1, parts.len()));
        assert_eq!(read.revisions, if index == 0 { whole.revisions.clone() } else { Vec::new() });
        brought.extend(read.evidence);
    }
    brought.sort();
    assert_eq!(brought, whole.evidence);
}

#[test]
fn a_file_over_the_limit_travels_alone_and_whole() {
    let mut whole = contents();
    whole.evidence.truncate(1);
    let parts = split(whole.clone(), 0, 1 << 10);
    assert_eq!(parts.len(), 2);
    assert_eq!(parts[1].evidence, whole.evidence);
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
