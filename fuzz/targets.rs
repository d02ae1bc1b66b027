//! What each fuzz target does with its bytes: no panic, no wrong result, and words for every refusal.
//!
//! Shared by the fuzzers (`fuzz_targets/`) and by the test that replays the corpus (`tests/hostile/corpus.rs`).

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, FixedOffset};
use dti::catalogue::embedded;
use dti::exchange::{DEFAULT_LIMIT, Eml, ExportOptions, Flow, export};
use dti::ops::{self, Context, Edit, NewEvidence, OpsError};
use dti::package::{self, Contents, Package, Refusal, Signing};
use dti::record::{Body, Content, IndicatorValue, Key, OperationKind, Snapshot, TaskProgress, TaskStatus};
use dti::store::{Access, NewWorkspace, Place, Store, StoreError};
use dti::table::{Guessing, Reading, Remembered};
use dti::text::number;
use dti::trust::SecretKey;
use dti::{table as tables, words};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A name and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const ALL: [Target; 4] = [("package", package), ("table", table), ("number", number), ("workspace", workspace)];

const AGENCY: &str = "so-noi-vu";
const MACHINE: &str = "PC-01";
const SIGNATURE: &str = "tagmanifest-sha256.txt.minisig";

/// The package reader: a file as it came (first byte 0), or a good package in which one file was exchanged and every hash
/// recomputed (any other first byte says which).
pub fn package(data: &[u8]) {
    let Some((&which, bytes)) = data.split_first() else { return };
    let file = if which == 0 { bytes.to_vec() } else { forged(usize::from(which) - 1, bytes) };
    match read(&file) {
        Err(refusal) => must_be_said(&words::refusal(&refusal)),
        // What was read is written and read again the same: nothing in it was understood in two ways.
        Ok(package) => {
            let again = written(&file, &package);
            let contents = |package: &Package| Contents { ..package.contents.clone() };
            assert_eq!(read(&again).map(|p| contents(&p)), Ok(contents(&package)));
        }
    }
}

/// The package that [`package`] changes, nothing exchanged yet.
pub fn good_package() -> Vec<u8> {
    let (_, first) = SAMPLE.package.first_key_value().expect("files");
    forged(0, first)
}

/// The loader of tables, as the command line and as the window reads one; and the pasted block (first byte 0).
pub fn table(data: &[u8]) {
    if let Some((0, block)) = data.split_first() {
        if let Err(error) = tables::parse_block(&String::from_utf8_lossy(block)) {
            must_be_said(&words::sheet_error(&error));
        }
        return;
    }
    let period = "2023-Q4".parse().expect("a period");
    for guessing in [Guessing::Refused, Guessing::Shown] {
        let (reading, none) = (Reading::default(), Remembered::new());
        let found = match tables::preview(data, &reading, guessing, &none, &SAMPLE.snapshot, &period) {
            Ok(found) => found,
            Err(error) => return must_be_said(&words::sheet_error(&error)),
        };
        match found.result {
            Err(error) => must_be_said(&words::table_error(&error, embedded())),
            Ok(entries) => {
                let loading = entries.loading;
                for rejected in &loading.rejected {
                    must_be_said(&words::row_reason(&rejected.reason, embedded()));
                }
                assert!(loading.rows.iter().all(|row| row.number > 0 && row.key.period == period));
            }
        }
    }
}

/// The number parsers: what is read is what was written, and is written so that it is read the same again.
pub fn number(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for parsed in [number::parse_decimal(&text), number::parse_percent(&text)] {
        match parsed {
            Ok(value) => {
                assert_eq!(number::parse_decimal(&number::format_for_edit(value)), Ok(value), "{text:?}");
                assert_eq!(number::parse_plain(&number::plain(value)), Ok(value), "{text:?}");
                assert!(!number::format_decimal(value).is_empty() && !number::format_percent(value).is_empty());
                let digits = |text: &str| text.chars().filter(|c| matches!(c, '1'..='9')).collect::<String>();
                // A full-width digit is the digit that it stands for.
                let wide =
                    |c: char| if ('０'..='９').contains(&c) { char::from_u32(c as u32 - 0xFEE0) } else { Some(c) };
                let narrow: String = text.chars().filter_map(wide).collect();
                assert_eq!(digits(&number::plain(value)), digits(&narrow), "{text:?}");
            }
            Err(error) => must_be_said(&words::number_error(&text, &error)),
        }
    }
    if let Ok(value) = number::parse_plain(&text) {
        assert_eq!(number::parse_plain(&number::plain(value)), Ok(value), "{text:?}");
    }
}

/// The opener of workspaces: a file as it is (first byte 0), or a good one with bytes changed: three bytes of position and
/// one of value, over and over.
pub fn workspace(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else { return };
    let bytes = if kind == 0 { rest.to_vec() } else { changed(rest) };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("so-lieu.dti");
    std::fs::write(&path, bytes).expect("a file");
    let looked = open(&path, Access::Read).map(|store| look(&store));
    let worked = open(&path, Access::Write).map(|mut store| {
        let _ = look(&store);
        save(&mut store, vec![m05(7, 9)])
    });
    let said = [looked.map(|done| done.map(drop)), worked.map(|done| done.map(drop))];
    for outcome in said {
        match outcome {
            Err(error) => must_be_said(&words::store_error(&error)),
            Ok(Err(error)) => must_be_said(&words::ops_error(&error, embedded())),
            Ok(Ok(())) => {}
        }
    }
}

/// A small workspace, and what comes out of it.
struct Sample {
    workspace: Vec<u8>,
    snapshot: Snapshot,
    package: BTreeMap<String, Vec<u8>>,
}

static SAMPLE: LazyLock<Sample> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("so-lieu.dti");
    let new = NewWorkspace {
        agency: AGENCY,
        officer: "Nguyễn Thị Hường",
        device: "0190f7a4-6b1e-7c55-8d11-0000000000a1".to_owned(),
        created: now(),
        machine: MACHINE,
        key: &SecretKey::new([1; 32]),
    };
    let mut store = Store::create(&path, &new).expect("a workspace");
    let task = TaskProgress {
        status: TaskStatus::InProgress,
        result: "=1+1, \"đã\"\nxong".to_owned(),
        ..TaskProgress::default()
    };
    let edits = vec![
        m05(1204, 1312),
        edit("M06", Content::Indicator(IndicatorValue::value(5.into()))),
        edit("IV.2", Content::Task(task)),
    ];
    save(&mut store, edits).expect("entries");
    let attach = |store: &mut Store, ctx: &mut Context<'_>| {
        let mut bytes = b"%PDF-1.4".as_slice();
        let files = vec![NewEvidence { name: "Báo cáo 12.pdf".to_owned(), source: &mut bytes }];
        ops::attach(store, ctx, &m05(1, 1).key, files).map(drop)
    };
    act(&mut store, attach).expect("evidence");
    let options =
        ExportOptions { limit_bytes: DEFAULT_LIMIT, to: folder.path().join("gói"), eml: Eml::Skip, recipient: None };
    let period = "2023-Q4".parse().expect("a period");
    let filed =
        |store: &mut Store, ctx: &mut Context<'_>| export(store, ctx, &period, &options, &mut |_| Flow::Continue);
    let exported = act(&mut store, filed).expect("a package");
    let package = unpacked(&std::fs::read(&exported.files[0].path).expect("the package"));
    let snapshot = ops::snapshot(&store).expect("a snapshot");
    drop(store);
    Sample { workspace: std::fs::read(&path).expect("the file"), snapshot, package }
});

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2023-12-20T08:00:00+07:00").expect("a moment")
}

fn act<T>(store: &mut Store, act: impl FnOnce(&mut Store, &mut Context<'_>) -> T) -> T {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let mut new_id = || format!("00000000-0000-7000-8000-{:012}", COUNT.fetch_add(1, Ordering::Relaxed));
    act(store, &mut Context { officer: "Nguyễn Thị Hường", now: now(), new_id: &mut new_id })
}

fn save(store: &mut Store, edits: Vec<Edit>) -> Result<(), OpsError> {
    act(store, |store, ctx| ops::save(store, ctx, OperationKind::Record, "M05", edits).map(drop))
}

fn edit(item: &str, content: Content) -> Edit {
    let key = Key::of_item(embedded(), item, AGENCY, &"2023-Q4".parse().expect("a period")).expect("an item");
    Edit { key, body: Body::new(content), seen: None }
}

fn m05(numerator: i64, denominator: i64) -> Edit {
    edit("M05", Content::Indicator(IndicatorValue::ratio(numerator.into(), denominator.into())))
}

fn open(path: &Path, access: Access) -> Result<Store, StoreError> {
    let mut new_device = || "0190f7a4-6b1e-7c55-8d11-0000000000a2".to_owned();
    Store::open(path, access, Place { machine: MACHINE, new_device: &mut new_device })
}

/// Reads all that there is to read.
fn look(store: &Store) -> Result<(), OpsError> {
    let snapshot = ops::snapshot(store)?;
    ops::digest(store)?;
    for key in snapshot.records.keys() {
        ops::history(store, key)?;
    }
    for damage in ops::check(store)? {
        must_be_said(&words::damage(&damage, embedded()));
    }
    Ok(())
}

fn changed(edits: &[u8]) -> Vec<u8> {
    let mut bytes = SAMPLE.workspace.clone();
    for edit in edits.chunks_exact(4) {
        let at = u32::from_be_bytes([0, edit[0], edit[1], edit[2]]) as usize % bytes.len();
        bytes[at] = edit[3];
    }
    bytes
}

fn read(file: &[u8]) -> Result<Package, Refusal> {
    package::read(Cursor::new(file), "gói.zip", embedded())
}

fn written(file: &[u8], package: &Package) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let mut evidence = |e: &dti::record::EvidenceRef, out: &mut dyn Write| {
        package::read_evidence(Cursor::new(file), package, e, out).map_err(std::io::Error::other)
    };
    package::write(&package.contents, embedded(), None, Signing::Unsigned, &mut evidence, &mut out)
        .expect("what was read can be written");
    out.into_inner()
}

fn unpacked(package: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(package)).expect("a ZIP");
    let mut files = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        files.insert(file.name().expect("a name").into_owned(), bytes);
    }
    files
}

/// The sample package with one file exchanged and every hash recomputed, unsigned.
fn forged(which: usize, bytes: &[u8]) -> Vec<u8> {
    let mut files = SAMPLE.package.clone();
    files.remove(SIGNATURE);
    let names: Vec<String> = files.keys().cloned().collect();
    let exchanged = &names[which % names.len()];
    files.insert(exchanged.clone(), bytes.to_vec());
    if exchanged != "datapackage.json" {
        let descriptor = rehashed(&files);
        files.insert("datapackage.json".to_owned(), descriptor);
    }
    let hash = |payload: bool, files: &BTreeMap<String, Vec<u8>>| {
        let listed = files.iter().filter(|(n, _)| n.starts_with("data/") == payload && !n.starts_with("tagmanifest"));
        listed.map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect::<String>().into_bytes()
    };
    for (manifest, payload) in [("manifest-sha256.txt", true), ("tagmanifest-sha256.txt", false)] {
        if exchanged != manifest {
            let text = hash(payload, &files);
            files.insert(manifest.to_owned(), text);
        }
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in &files {
        zip.start_file(name.as_str(), stored).expect("an entry");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a ZIP").into_inner()
}

/// `datapackage.json` with the sizes and hashes of the files as they now are, and without a key.
fn rehashed(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut descriptor: Value = serde_json::from_slice(&files["datapackage.json"]).expect("our own JSON");
    descriptor["dti"].as_object_mut().expect("an object").remove("key");
    for resource in descriptor["resources"].as_array_mut().expect("a list") {
        let bytes = &files[resource["path"].as_str().expect("a path")];
        resource["bytes"] = bytes.len().into();
        resource["hash"] = format!("sha256:{}", sha256(bytes)).into();
    }
    descriptor.to_string().into_bytes()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// A message that can be shown: not empty, and without control characters.
fn must_be_said(sentence: &str) {
    assert!(sentence.chars().count() > 5, "{sentence:?}");
    assert!(!sentence.chars().any(|c| c.is_control() && c != '\n'), "{sentence:?}");
}
