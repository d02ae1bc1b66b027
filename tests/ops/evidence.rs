//! Evidence: streamed in, kept once, given out unchanged, and all or nothing.

use std::fs::File;
use std::io::{self, Read, Write};

use dti::ops::{self, NewEvidence, OpsError, SteadyFile};
use dti::record::{Content, OperationKind};
use rusqlite::Connection;

use crate::support::ratio;
use crate::support::workspace::{Desk, MACHINE, sha256};

/// More than a chunk, and not a whole number of them.
const BYTES: usize = 1_300_000;

#[test]
fn evidence_comes_out_as_it_went_in() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let bytes = noise(BYTES);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    desk.attach("M05", "2023-Q4", "Báo cáo số 12.pdf", &bytes);
    let snapshot = desk.snapshot();
    let head = snapshot.reported("M05", "so-noi-vu", &"2023-Q4".parse().unwrap()).unwrap();
    assert_eq!(head.body.content, ratio(17, 20));
    let evidence = &head.body.evidence[0];
    assert_eq!((evidence.name.as_str(), evidence.bytes), ("Báo cáo số 12.pdf", BYTES as u64));
    assert_eq!(evidence.sha256, sha256(&bytes));
    assert_eq!(read(&desk, &evidence.sha256).unwrap(), bytes);
    assert_eq!(snapshot.operations[0].kind, OperationKind::Attach);
    assert_eq!(snapshot.missing_evidence, [] as [&str; 0]);
    assert_eq!(desk.check(), []);
}

#[test]
fn the_same_bytes_are_kept_once_and_the_same_file_changes_nothing() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let bytes = noise(BYTES);
    desk.attach("M05", "2023-Q4", "một.pdf", &bytes);
    assert_eq!(desk.attach("M05", "2023-Q4", "một.pdf", &bytes), ops::Done::default());
    desk.attach("M05", "2023-Q4", "hai.pdf", &bytes);
    desk.attach("M04", "2023-Q4", "một.pdf", &bytes);
    let conn = Connection::open(desk.path()).unwrap();
    let kept: (i64, i64) = conn
        .query_row("SELECT count(DISTINCT blob), sum(length(data)) FROM blob_chunks", [], |r| {
            Ok((r.get(0)?, r.get(1)?))
        })
        .unwrap();
    assert_eq!(kept, (1, BYTES as i64));
    let heads = ops::heads(&desk.store, &desk.key("M05", "2023-Q4")).unwrap();
    assert_eq!(heads[0].body.evidence.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(), ["hai.pdf", "một.pdf"]);
}

#[test]
fn evidence_may_come_before_the_figure() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.attach("IV.2", "2023-Q4", "kế hoạch.docx", b"PK");
    let heads = ops::heads(&desk.store, &desk.key("IV.2", "2023-Q4")).unwrap();
    assert!(matches!(heads[0].body.content, Content::Task(_)));
    desk.undo().unwrap();
    assert!(desk.snapshot().records.is_empty());
}

#[test]
fn a_file_that_cannot_be_read_to_its_end_leaves_everything_as_it_was() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    let before = (desk.digest(), desk.snapshot().operations);
    let key = desk.key("M05", "2023-Q4");
    let mut whole = &b"first file"[..];
    let mut broken = noise_source(BYTES).chain(Broken);
    let files = vec![
        NewEvidence { name: "một.pdf".to_owned(), source: &mut whole },
        NewEvidence { name: "hai.pdf".to_owned(), source: &mut broken },
    ];
    match desk.act(|store, ctx| ops::attach(store, ctx, &key, files)) {
        Err(OpsError::Stream { name, .. }) => assert_eq!(name, "hai.pdf"),
        other => panic!("{other:?}"),
    }
    assert_eq!((desk.digest(), desk.snapshot().operations), before);
    let blobs: i64 =
        Connection::open(desk.path()).unwrap().query_row("SELECT count(*) FROM blobs", [], |r| r.get(0)).unwrap();
    assert_eq!(blobs, 0);
    assert_eq!(desk.check(), []);
}

#[test]
fn a_file_that_is_written_to_while_it_is_read_is_not_attached() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let path = desk.folder.path().join("báo cáo.docx");
    std::fs::write(&path, vec![b'a'; 3_000_000]).unwrap();
    let key = desk.key("M05", "2023-Q4");
    let before = desk.digest();
    let mut source = SteadyFile::new(File::open(&path).unwrap()).unwrap();
    let mut one = [0];
    source.read_exact(&mut one).unwrap();
    let mut also = File::options().append(true).open(&path).unwrap();
    also.write_all(b"more").unwrap();
    let files = vec![NewEvidence { name: "báo cáo.docx".to_owned(), source: &mut source }];
    let refused = desk.act(|store, ctx| ops::attach(store, ctx, &key, files));
    assert_eq!(refused.unwrap_err(), OpsError::SourceChanging { name: "báo cáo.docx".to_owned() });
    assert_eq!(desk.digest(), before);

    let mut source = SteadyFile::new(File::open(&path).unwrap()).unwrap();
    let files = vec![NewEvidence { name: "báo cáo.docx".to_owned(), source: &mut source }];
    desk.act(|store, ctx| ops::attach(store, ctx, &key, files)).expect("nobody writes to it any more");
}

#[test]
fn a_panic_in_the_middle_leaves_everything_as_it_was_and_the_file_usable() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let before = desk.digest();
    let key = desk.key("M05", "2023-Q4");
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut source = noise_source(BYTES).chain(Panics);
        let files = vec![NewEvidence { name: "một.pdf".to_owned(), source: &mut source }];
        desk.act(|store, ctx| ops::attach(store, ctx, &key, files))
    }));
    assert!(panicked.is_err());
    assert_eq!(desk.digest(), before);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    assert_eq!(desk.check(), []);
}

#[test]
fn bytes_that_came_later_are_held_against_their_hash() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let bytes = noise(BYTES);
    let hash = sha256(&bytes);
    let wrong = ops::put_evidence(&mut desk.store, &hash, &mut &bytes[1..]);
    assert_eq!(wrong, Err(OpsError::EvidenceChanged { name: hash.clone() }));
    assert_eq!(read(&desk, &hash), Err(OpsError::UnknownEvidence(hash.clone())));
    ops::put_evidence(&mut desk.store, &hash, &mut bytes.as_slice()).unwrap();
    assert_eq!(read(&desk, &hash).unwrap(), bytes);
}

#[test]
fn bytes_that_changed_on_the_disk_are_not_given_out_as_if_they_were_right() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let bytes = noise(BYTES);
    desk.attach("M05", "2023-Q4", "một.pdf", &bytes);
    let spoil = "UPDATE blob_chunks SET data = zeroblob(length(data)) WHERE number = 1";
    Connection::open(desk.path()).unwrap().execute(spoil, []).unwrap();
    let hash = sha256(&bytes);
    assert!(matches!(read(&desk, &hash), Err(OpsError::Store(dti::store::StoreError::Damaged { .. }))));
    assert_eq!(desk.check(), [dti::store::Damage::Bytes { sha256: hash }]);
}

fn read(desk: &Desk, hash: &str) -> Result<Vec<u8>, OpsError> {
    let mut out = Vec::new();
    ops::read_evidence(&desk.store, hash, &mut out).map(|()| out)
}

fn noise(bytes: usize) -> Vec<u8> {
    let mut out = Vec::new();
    noise_source(bytes).read_to_end(&mut out).unwrap();
    out
}

fn noise_source(bytes: usize) -> impl Read {
    let block: Vec<u8> = (0_u32..9973).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    io::Cursor::new(block.repeat(bytes / 9973 + 1)).take(bytes as u64)
}

struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the stick was pulled out"))
    }
}

struct Panics;

impl Read for Panics {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("a fault of ours")
    }
}
