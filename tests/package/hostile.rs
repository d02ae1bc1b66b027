//! ZIPs made by hand to hurt the reader: none is unpacked, each is refused with its own reason.

use dti::package::{Refusal, limits};

use crate::support::packages::{contents, read, write};

/// One entry with its headers as the attacker likes them.
#[derive(Clone)]
struct Raw {
    name: Vec<u8>,
    local_name: Option<Vec<u8>>,
    data: Vec<u8>,
    method: u16,
    flags: u16,
    local_flags: Option<u16>,
    crc: u32,
    bytes: u32,
    local_bytes: Option<u32>,
    packed: u32,
    mode: u32,
    extra: Vec<u8>,
    /// Offset in the directory, where it lies.
    header: Option<u32>,
}

fn stored(name: &str, data: &[u8]) -> Raw {
    let mut crc = flate2::Crc::new();
    crc.update(data);
    Raw {
        name: name.as_bytes().to_vec(),
        local_name: None,
        data: data.to_vec(),
        method: 0,
        flags: 0,
        local_flags: None,
        crc: crc.sum(),
        bytes: data.len() as u32,
        local_bytes: None,
        packed: data.len() as u32,
        mode: 0o100_644,
        extra: Vec::new(),
        header: None,
    }
}

fn deflated(name: &str, data: &[u8]) -> Raw {
    use std::io::Write;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    let packed = encoder.finish().unwrap();
    Raw { packed: packed.len() as u32, data: packed, method: 8, ..stored(name, data) }
}

fn pack(entries: &[Raw]) -> Vec<u8> {
    let u16 = |n: u16| n.to_le_bytes();
    let u32 = |n: u32| n.to_le_bytes();
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for e in entries {
        let start = e.header.unwrap_or(out.len() as u32);
        let local_name = e.local_name.as_ref().unwrap_or(&e.name);
        out.extend(b"PK\x03\x04\x14\0");
        out.extend([u16(e.local_flags.unwrap_or(e.flags)), u16(e.method), u16(0), u16(0x21)].concat());
        out.extend([u32(e.crc), u32(e.packed), u32(e.local_bytes.unwrap_or(e.bytes))].concat());
        out.extend([u16(local_name.len() as u16), u16(e.extra.len() as u16)].concat());
        out.extend([local_name, &e.extra, &e.data].map(Vec::as_slice).concat());
        directory.extend(b"PK\x01\x02\x14\x03\x14\0");
        directory.extend([u16(e.flags), u16(e.method), u16(0), u16(0x21)].concat());
        directory.extend([u32(e.crc), u32(e.packed), u32(e.bytes)].concat());
        directory.extend([u16(e.name.len() as u16), u16(e.extra.len() as u16), u16(0), u16(0), u16(0)].concat());
        directory.extend([u32(e.mode << 16), u32(start)].concat());
        directory.extend([e.name.as_slice(), &e.extra].concat());
    }
    let (count, at) = (entries.len() as u16, out.len() as u32);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([u16(count), u16(count)].concat());
    out.extend([u32(directory.len() as u32), u32(at)].concat());
    out.extend(u16(0));
    out
}

fn refusal(entries: &[Raw]) -> Refusal {
    read(&pack(entries)).unwrap_err()
}

#[test]
fn the_workshop_itself_makes_honest_zips() {
    let honest = pack(&[stored("a.txt", b"a"), deflated("b.txt", b"bbbbbbbb")]);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&honest)).unwrap();
    assert_eq!(zip.len(), 2);
    assert_eq!(std::io::read_to_string(zip.by_name("b.txt").unwrap()).unwrap(), "bbbbbbbb");
    assert_eq!(read(&honest).unwrap_err(), Refusal::NotAPackage);
}

#[test]
fn files_that_are_no_zip_are_told_apart() {
    assert_eq!(read(b"").unwrap_err(), Refusal::Empty);
    assert_eq!(read(b"PK").unwrap_err(), Refusal::NotZip);
    assert_eq!(read("Kính gửi: Sở TT&TT".as_bytes()).unwrap_err(), Refusal::NotZip);
    assert_eq!(read(b"SQLite format 3\0").unwrap_err(), Refusal::NotZip);
    assert_eq!(read(&pack(&[])).unwrap_err(), Refusal::NotAPackage);
}

#[test]
fn a_download_that_broke_off_is_cut_short_wherever_it_broke() {
    let good = write(&contents());
    for length in [4, 100, good.len() / 2, good.len() - 22, good.len() - 1] {
        assert_eq!(read(&good[..length]).unwrap_err(), Refusal::CutShort, "{length}");
    }
    let longer = [good.as_slice(), b"\r\n-- \r\nquet virus: sach"].concat();
    assert_eq!(read(&longer).unwrap_err(), Refusal::CutShort);
}

#[test]
fn names_that_lead_elsewhere() {
    let cases = [
        ("/etc/passwd", "name-absolute"),
        ("//server/share/x", "name-unc"),
        ("\\\\server\\share\\x", "name-unc"),
        ("C:\\x.txt", "name-drive"),
        ("C:x.txt", "name-drive"),
        ("data/x.txt:stream", "name-drive"),
        ("../x.txt", "name-parent"),
        ("data/../../x.txt", "name-parent"),
        ("./x.txt", "name-parent"),
        ("data\\x.txt", "name-backslash"),
        ("data/x\n.txt", "name-control"),
        ("data/x\0.txt", "name-control"),
        ("data/aux.txt", "name-reserved"),
        ("CON", "name-reserved"),
        ("data/lpt1 .csv", "name-reserved"),
        ("COM¹.txt", "name-reserved"),
        ("data/x.txt.", "name-trailing-dot"),
        ("data/x ", "name-trailing-dot"),
        ("data//x.txt", "name-empty"),
        ("", "name-empty"),
        ("data/số liệu.csv", "name-character"),
        ("data/x?.csv", "name-character"),
        ("data/", "folder"),
    ];
    for (name, code) in cases {
        assert_eq!(refusal(&[stored(name, b"x")]).code(), code, "{name:?}");
    }
    assert_eq!(refusal(&[stored(&"x".repeat(limits::NAME_BYTES + 1), b"")]).code(), "name-too-long");
    let latin = Raw { name: b"s\xf4.txt".to_vec(), ..stored("", b"") };
    assert_eq!(refusal(&[latin]).code(), "name-character");
}

#[test]
fn names_that_are_the_same_to_some_system() {
    let pair = |a: &str, b: &str| refusal(&[stored(a, b"1"), stored(b, b"2")]);
    assert_eq!(pair("a.txt", "a.txt"), Refusal::DuplicateName("a.txt".into()));
    assert_eq!(pair("a.txt", "A.TXT").code(), "colliding-names");
    assert_eq!(pair("\u{1ed1}.txt", "o\u{302}\u{301}.txt").code(), "colliding-names");
}

#[test]
fn links_folders_and_devices() {
    for (mode, code) in [(0o120_777, "link"), (0o020_644, "link"), (0o010_644, "link"), (0o040_755, "folder")] {
        assert_eq!(refusal(&[Raw { mode, ..stored("a.txt", b"/etc/passwd") }]).code(), code);
    }
}

#[test]
fn ciphers_and_methods_that_are_not_ours() {
    for flags in [1, 1 << 6, 1 << 13] {
        assert_eq!(refusal(&[Raw { flags, ..stored("a.txt", b"x") }]).code(), "encrypted");
    }
    assert_eq!(refusal(&[Raw { method: 99, ..stored("a.txt", b"x") }]).code(), "encrypted");
    for method in [1, 9, 12, 14, 93, 98] {
        assert_eq!(
            refusal(&[Raw { method, ..stored("a.txt", b"x") }]),
            Refusal::Method { file: "a.txt".into(), method }
        );
    }
}

#[test]
fn headers_that_say_two_things() {
    let honest = stored("a.txt", b"abc");
    let lies = [
        Raw { local_name: Some(b"b.txt".to_vec()), ..honest.clone() },
        Raw { local_flags: Some(1 << 11), ..honest.clone() },
        Raw { local_bytes: Some(4), ..honest.clone() },
        // A ZIP64 size, a second name in Unicode, an extra field longer than its room.
        Raw { extra: [&[1, 0, 8, 0][..], &[0; 8]].concat(), ..honest.clone() },
        Raw { extra: vec![0x75, 0x70, 2, 0, 0, 0], ..honest.clone() },
        Raw { extra: vec![1, 2, 200, 0], ..honest.clone() },
        Raw { flags: 1 << 5, ..honest },
    ];
    for lie in lies {
        assert_eq!(refusal(&[lie]), Refusal::HeadersDisagree("a.txt".into()));
    }
}

#[test]
fn sizes_and_checksums_that_lie() {
    // datapackage.json, because it is the first that is unpacked.
    let name = "datapackage.json";
    let data = b"{\"dti\": {\"format\": 1}}".as_slice();
    for bytes in [data.len() as u32 - 1, data.len() as u32 + 1] {
        assert_eq!(refusal(&[Raw { bytes, ..stored(name, data) }]).code(), "size-lie");
        assert_eq!(refusal(&[Raw { bytes, ..deflated(name, data) }]).code(), "size-lie");
    }
    let trailing = {
        let mut raw = deflated(name, data);
        raw.data.extend(b"hidden");
        raw.packed = raw.data.len() as u32;
        raw
    };
    assert_eq!(refusal(&[trailing]).code(), "size-lie");
    assert_eq!(refusal(&[Raw { crc: 1, ..stored(name, data) }]), Refusal::Corrupt(name.into()));
    assert_eq!(refusal(&[Raw { crc: 1, ..deflated(name, data) }]), Refusal::Corrupt(name.into()));
    let noise = Raw { method: 8, ..stored(name, &[0xff; 40]) };
    assert_eq!(refusal(&[noise]), Refusal::Corrupt(name.into()));
}

#[test]
fn bombs() {
    let zeros = vec![0; 3 << 20];
    assert_eq!(refusal(&[deflated("data/x.csv", &zeros)]).code(), "bomb");
    // Declared small, so that only unpacking would show it: it is stopped at what was declared.
    let shy = Raw { bytes: 1000, ..deflated("datapackage.json", &zeros) };
    assert_eq!(refusal(&[shy]).code(), "size-lie");
    // Many entries that share the same packed bytes.
    let first = deflated("a.txt", &zeros[..1 << 19]);
    let second = Raw { header: Some(0), local_name: Some(b"a.txt".to_vec()), ..first.clone() };
    assert_eq!(refusal(&[first.clone(), Raw { name: b"b.txt".to_vec(), ..second }]).code(), "headers-disagree");
}

#[test]
fn entries_that_overlap_or_leave_room_to_hide() {
    let inner = stored("b.txt", b"bbb");
    let quoted = pack(std::slice::from_ref(&inner));
    let outer = stored("a.txt", &quoted[..30 + 5 + 3]);
    let inside = Raw { header: Some(30 + 5), ..inner };
    // The directory points into the data of a.txt, where a well-formed header of b.txt stands.
    assert_eq!(refusal(&[outer, inside]).code(), "overlap");

    let mut prefixed = stored("a.txt", b"x");
    prefixed.data.extend(b"hidden");
    assert_eq!(refusal(&[prefixed, stored("b.txt", b"")]), Refusal::HiddenBytes("b.txt".into()));
}

#[test]
fn more_than_a_package_may_hold() {
    let many: Vec<Raw> = (0..=limits::ENTRIES).map(|n| stored(&format!("{n}.txt"), b"")).collect();
    assert_eq!(refusal(&many).code(), "too-many-entries");
    let text = Raw { bytes: limits::TEXT_BYTES as u32 + 1, ..deflated("data/x.csv", b"x") };
    assert_eq!(refusal(&[text]).code(), "entry-too-big");
    let file = Raw { bytes: limits::EVIDENCE_BYTES as u32 + 1, ..deflated("data/evidence/E0001.pdf", b"x") };
    assert_eq!(refusal(&[file]).code(), "entry-too-big");
}

#[test]
fn a_directory_that_points_nowhere() {
    let good = pack(&[stored("a.txt", b"abc"), stored("b.txt", b"abc")]);
    let end = good.len() - 22;
    // (offset in the end record, value)
    for (at, value) in [(4, 1), (8, 1), (10, 1), (10, 3), (12, 0), (16, 0), (16, 0xff)] {
        let mut bad = good.clone();
        bad[end + at] = value;
        assert_eq!(read(&bad).unwrap_err().code(), "damaged-directory", "{at} {value}");
    }
    let outside = Raw { header: Some(u32::MAX), ..stored("a.txt", b"abc") };
    assert_eq!(refusal(&[outside]).code(), "damaged-directory");
}
