//! ZIPs made by hand to hurt the reader: none is unpacked, each is refused with its own reason.

use dti::package::{DirectoryFault, Refusal, limits};

use crate::support::packages::{contents, read, write};
use crate::support::raw_zip::{Raw, deflated, pack, stored};

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
    // Evidence may be a ZIP itself: the end of that one is not the end of the package.
    let within = pack(&[stored("data/evidence/E0001.zip.bin", &good), stored("z.txt", &[b'z'; 100])]);
    assert_eq!(read(&within[..within.len() - 200]).unwrap_err(), Refusal::CutShort);
}

#[test]
fn whatever_stands_around_the_zip_is_named() {
    let good = write(&contents());
    let behind = b"\r\n-- \r\nquet virus: sach";
    let longer = [good.as_slice(), behind].concat();
    assert_eq!(read(&longer).unwrap_err(), Refusal::TrailingBytes(behind.len() as u64));
    assert_eq!(read(&[good.as_slice(), &good].concat()).unwrap_err().code(), "damaged-directory");
    let unpacker = [b"MZ\x90\0 this program cannot be run in DOS mode", good.as_slice()].concat();
    assert_eq!(read(&unpacker).unwrap_err(), Refusal::LeadingBytes);
    assert_eq!(read(&[unpacker, behind.to_vec()].concat()).unwrap_err(), Refusal::LeadingBytes);
}

#[test]
fn comments_in_which_anything_could_hide() {
    let good = write(&contents());
    let commented = |comment: &[u8]| {
        let mut zip = good.clone();
        let at = zip.len() - 2;
        zip[at..].copy_from_slice(&(comment.len() as u16).to_le_bytes());
        zip.extend(comment);
        read(&zip).unwrap_err()
    };
    assert_eq!(commented(b"ghi chu"), Refusal::Comment(None));
    // The comment ends as a ZIP does: some reader takes that for the end record.
    let fake = [b"PK\x05\x06".as_slice(), &[0; 18]].concat();
    assert_eq!(commented(&fake).code(), "damaged-directory");
    let entry = Raw { comment: b"an".to_vec(), ..stored("a.txt", b"a") };
    assert_eq!(refusal(&[entry]), Refusal::Comment(Some("a.txt".into())));
}

#[test]
fn zip64_is_not_needed_and_not_read() {
    let named = || Refusal::Zip64(Some("a.txt".into()));
    assert_eq!(refusal(&[Raw { bytes: u32::MAX, ..stored("a.txt", b"abc") }]), named());
    assert_eq!(refusal(&[Raw { packed: u32::MAX, ..stored("a.txt", b"abc") }]), named());
    let small = [&[1, 0, 8, 0][..], &3_u64.to_le_bytes()].concat();
    assert_eq!(refusal(&[Raw { extra: small, ..stored("a.txt", b"abc") }]), named());
    let mut end = pack(&[stored("a.txt", b"abc")]);
    let at = end.len() - 6;
    end[at..at + 4].fill(0xff);
    assert_eq!(read(&end).unwrap_err(), Refusal::Zip64(None));
    let mut located = pack(&[stored("a.txt", b"abc")]);
    let at = located.len() - 22;
    located.splice(at..at, [b"PK\x06\x07".as_slice(), &[0; 16]].concat());
    assert_eq!(read(&located).unwrap_err(), Refusal::Zip64(None));
}

#[test]
fn what_stands_behind_an_entry_repeats_what_the_directory_says() {
    let data = b"abc";
    let honest = stored("a.txt", data);
    let numbers = |crc: u32, packed: u32, bytes: u32| [crc, packed, bytes].map(u32::to_le_bytes).concat();
    let truth = numbers(honest.crc, 3, 3);
    let with = |behind: Vec<u8>| Raw { flags: 1 << 3, later: true, behind, ..honest.clone() };
    for good in [truth.clone(), [b"PK\x07\x08".as_slice(), &truth].concat(), Vec::new()] {
        assert_eq!(refusal(&[with(good)]), Refusal::NotAPackage);
    }
    let lies = [
        numbers(honest.crc, 3, 4),
        numbers(honest.crc ^ 1, 3, 3),
        [b"PK\x07\x08".as_slice(), &numbers(honest.crc, 4, 3)].concat(),
        b"not a descriptor".to_vec(),
    ];
    for lie in lies {
        assert_eq!(refusal(&[with(lie)]), Refusal::HeadersDisagree("a.txt".into()));
    }
    assert_eq!(refusal(&[with(vec![0; 24])]).code(), "hidden-bytes", "a ZIP64 descriptor");
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
    for (attributes, code) in [(0x10, "folder"), (0x08, "link")] {
        assert_eq!(refusal(&[Raw { mode: 0, attributes, ..stored("a.txt", b"a") }]).code(), code);
    }
    assert_eq!(refusal(&[Raw { attributes: 0x20, ..stored("a.txt", b"a") }]), Refusal::NotAPackage, "an ordinary file");
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
        // A second name in Unicode, an extra field longer than its room, one without a length, another disk.
        Raw { extra: vec![0x75, 0x70, 2, 0, 0, 0], ..honest.clone() },
        Raw { extra: vec![1, 2, 200, 0], ..honest.clone() },
        Raw { extra: vec![1, 2, 3], ..honest.clone() },
        Raw { disk: 1, ..honest.clone() },
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
    for (name, limit) in [("data/x.csv", limits::TEXT_BYTES), ("datapackage.json", limits::TAG_BYTES)] {
        let text = Raw { bytes: limit as u32 + 1, ..deflated(name, b"x") };
        assert_eq!(refusal(&[text]), Refusal::EntryTooBig { file: name.into(), bytes: limit + 1, limit });
    }
    // Each small enough, together more than is ever read into memory.
    let tables: Vec<Raw> = (0..40).map(|n| stored(&format!("data/{n}.csv"), &[b','; 1 << 20])).collect();
    assert_eq!(refusal(&tables).code(), "texts-too-big");
    let file = Raw { bytes: limits::EVIDENCE_BYTES as u32 + 1, ..deflated("data/evidence/E0001.pdf", b"x") };
    assert_eq!(refusal(&[file]).code(), "entry-too-big");
}

#[test]
fn a_directory_that_points_nowhere() {
    let good = pack(&[stored("a.txt", b"abc"), stored("b.txt", b"abc")]);
    let end = good.len() - 22;
    // (offset in the end record, value)
    let cases = [
        (4, 1, DirectoryFault::SeveralDisks),
        (6, 1, DirectoryFault::SeveralDisks),
        (8, 1, DirectoryFault::SeveralDisks),
        (12, 0, DirectoryFault::Position),
        (16, 0, DirectoryFault::Position),
        (16, 0xff, DirectoryFault::Position),
    ];
    for (at, value, fault) in cases {
        let mut bad = good.clone();
        bad[end + at] = value;
        assert_eq!(read(&bad).unwrap_err(), Refusal::DamagedDirectory(fault), "{at} {value}");
    }
    for (count, fault) in [(1, DirectoryFault::MoreEntries), (3, DirectoryFault::CutShort)] {
        let mut bad = good.clone();
        bad[end + 8..end + 12].copy_from_slice(&[count, 0, count, 0]);
        assert_eq!(read(&bad).unwrap_err(), Refusal::DamagedDirectory(fault), "{count}");
    }
    let outside = Raw { header: Some(u32::MAX), ..stored("a.txt", b"abc") };
    assert_eq!(refusal(&[outside]).code(), "damaged-directory");
}
