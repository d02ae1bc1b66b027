//! Packages that unpack to more than a PC has, through the real binary with little memory to its name.
#![cfg(unix)]

use std::io::Write;
use std::path::Path;
use std::process::Command;

use flate2::{Compression, Crc, FlushCompress};
use serde_json::Value;
use tempfile::TempDir;

use crate::package::forge::{Forged, VALUES, forge};
use crate::support::raw_zip::{Raw, deflated, pack, stored};

/// What the program may map in all (KiB), its own code and libraries included.
const ADDRESS_SPACE: u32 = 300 << 10;
const MEGABYTE: usize = 1 << 20;

/// What `dti verify --json` says about the file.
fn verify(package: &[u8]) -> String {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("gói.zip");
    std::fs::write(&path, package).unwrap();
    let answer = run(folder.path(), &["verify", "gói.zip", "--json"]);
    let reason = answer["packages"][0]["reason"].as_str().unwrap_or_else(|| panic!("no reason: {answer}"));
    assert!(reason.contains(": "), "{reason} does not say what to do");
    reason.to_owned()
}

fn run(folder: &Path, args: &[&str]) -> Value {
    let limited = format!("ulimit -v {ADDRESS_SPACE}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    let output = command
        .args(["-c", &limited, env!("CARGO_BIN_EXE_dti")])
        .args(args)
        .current_dir(folder)
        .env("DTI_NOW", "2023-12-20T08:00:00+07:00")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3), "{args:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}: {output:?}"))
}

/// Deflated zeros that unpack to this many megabytes, with their CRC: one megabyte, over and over.
fn zeros(megabytes: usize) -> (Vec<u8>, u32) {
    let block = vec![0; MEGABYTE];
    let mut packed = Vec::with_capacity(MEGABYTE);
    flate2::Compress::new(Compression::best(), false).compress_vec(&block, &mut packed, FlushCompress::Full).unwrap();
    let mut one = Crc::new();
    one.update(&block);
    let mut crc = Crc::new();
    for _ in 0..megabytes {
        crc.combine(&one);
    }
    // An empty last block.
    let stream = [packed.repeat(megabytes), vec![3, 0]].concat();
    (stream, crc.sum())
}

/// An entry of that many megabytes of zeros, which says that it has `bytes`.
fn bomb(name: &str, megabytes: usize, bytes: u32) -> Raw {
    let (data, crc) = zeros(megabytes);
    Raw { packed: data.len() as u32, bytes, crc, data, method: 8, ..stored(name, b"") }
}

/// The package with `entry` in the place of the file of that name.
fn with_entry(package: &Forged, entry: &Raw) -> Vec<u8> {
    let others = package.files.iter().filter(|(name, _)| name.as_bytes() != entry.name);
    pack(&others.map(|(name, bytes)| deflated(name, bytes)).chain([entry.clone()]).collect::<Vec<_>>())
}

/// The package as it is, nothing of it deflated: no ratio gives it away.
fn plain(package: &Forged) -> Vec<u8> {
    pack(&package.files.iter().map(|(name, bytes)| stored(name, bytes)).collect::<Vec<_>>())
}

#[test]
fn the_workshop_makes_streams_that_others_unpack() {
    let (packed, crc) = zeros(3);
    let mut unpacked = Vec::new();
    flate2::write::DeflateDecoder::new(&mut unpacked).write_all(&packed).unwrap();
    let mut read = flate2::read::DeflateDecoder::new(packed.as_slice());
    assert_eq!(std::io::copy(&mut read, &mut std::io::sink()).unwrap(), 3 << 20);
    let mut whole = Crc::new();
    whole.update(&vec![0; 3 * MEGABYTE]);
    assert_eq!(whole.sum(), crc);
}

#[test]
fn ten_gigabytes_in_ten_megabytes_are_refused_unread() {
    const TEN_GIGABYTES: usize = 10 << 10;
    let evidence = "data/evidence/E0001.pdf";
    // As a packer would say it: in a ZIP64 field.
    let size = ((TEN_GIGABYTES as u64) << 20).to_le_bytes();
    let honest = Raw { extra: [&[1, 0, 8, 0], &size[..]].concat(), ..bomb(evidence, TEN_GIGABYTES, u32::MAX) };
    assert!(honest.data.len() < 16 * MEGABYTE);
    let reason = verify(&with_entry(&forge(), &honest));
    assert!(reason.contains("E0001.pdf") && reason.contains("ZIP64"), "{reason}");
    // As much as a package may claim.
    let modest = Raw { extra: Vec::new(), bytes: 2 << 30, ..honest.clone() };
    assert!(verify(&with_entry(&forge(), &modest)).contains("E0001.pdf nén bất thường"));
    // A lie, which only unpacking shows: it stops there.
    let liar = Raw { extra: Vec::new(), bytes: 5000, name: b"datapackage.json".to_vec(), ..honest };
    assert!(verify(&with_entry(&forge(), &liar)).contains("datapackage.json không đúng kích thước"));
}

#[test]
fn text_that_is_larger_in_memory_than_in_the_file_is_refused() {
    let header = forge().text(VALUES).lines().next().unwrap().to_owned();
    let commas = format!("{header}\r\n{}\r\n", ",".repeat(15 * MEGABYTE));
    let reason = verify(&plain(&forge().with(VALUES, commas).rehash_all()));
    assert!(reason.contains("indicator_values.csv, dòng 2, có 15.728.641 ô"), "{reason}");

    let values = format!("{{\"dti\": [{}0]}}", "0,".repeat(MEGABYTE));
    assert!(verify(&plain(&forge().with("datapackage.json", values))).contains("datapackage.json sai cấu trúc"));

    // Rows by the hundred thousand, each different, all of one revision that is not there.
    let evidence = "data/evidence.csv";
    let row = |n: usize| format!("{},{n}.pdf,{n:064x},1,\r\n", "a".repeat(64));
    let rows = forge().text(evidence) + &(0..180_000).map(row).collect::<String>();
    assert!(rows.len() > 24 * MEGABYTE);
    let reason = verify(&plain(&forge().with(evidence, rows).rehash_all()));
    assert!(reason.contains("evidence.csv, dòng"), "{reason}");
}
