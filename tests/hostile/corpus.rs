//! The fuzzers' corpus, put through the same functions as the fuzzers do, on the stable compiler.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::targets;
use crate::package::forge::{VALUES, forge};
use crate::support::packages::{contents, messages, notice, read, working_copy, write, write_signed};
use crate::support::raw_zip::{Raw, deflated, pack, stored};

type Seeds = BTreeMap<String, Vec<u8>>;

fn folder(target: &str) -> PathBuf {
    Path::new("fuzz/corpus").join(target)
}

fn files(target: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder(target)).unwrap_or_else(|e| panic!("fuzz/corpus/{target}: {e}"));
    let mut files: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn no_input_that_was_ever_worth_keeping_does_harm() {
    for (target, run) in targets::ALL {
        let files = files(target);
        assert!(files.len() >= 20, "{target}: {} files", files.len());
        for file in files {
            let bytes = std::fs::read(&file).unwrap();
            let done = std::panic::catch_unwind(|| run(&bytes));
            assert!(done.is_ok(), "{}", file.display());
        }
    }
}

#[test]
fn what_the_fuzzer_changes_is_a_good_package_with_every_hash_recomputed() {
    let package = read(&targets::good_package()).unwrap();
    assert_eq!(package.contents.revisions.len(), 3);
    assert_eq!(package.contents.evidence.len(), 1);
}

#[test]
fn the_corpus_has_every_seed() {
    let write_anew = std::env::var_os("DTI_WRITE_CORPUS").is_some();
    for (target, seeds) in
        [("package", packages()), ("table", tables()), ("number", numbers()), ("workspace", workspaces())]
    {
        for (name, bytes) in seeds {
            assert!(bytes.len() < 40_000, "{target}/{name} is large");
            let path = folder(target).join(name);
            if write_anew {
                std::fs::create_dir_all(folder(target)).unwrap();
                std::fs::write(&path, bytes).unwrap();
            }
            assert!(path.exists(), "{} is missing: DTI_WRITE_CORPUS=1 cargo test corpus", path.display());
        }
    }
}

fn seeds<'a, T: AsRef<[u8]>>(named: impl IntoIterator<Item = (&'a str, T)>) -> Seeds {
    named.into_iter().map(|(name, bytes)| (name.to_owned(), bytes.as_ref().to_vec())).collect()
}

fn after(first: u8, bytes: &[u8]) -> Vec<u8> {
    [&[first], bytes].concat()
}

/// First byte 0: a whole file. Else the number of the file that is exchanged in a good package.
fn packages() -> Seeds {
    let json = stored("datapackage.json", b"{\"dti\": {\"format\": 1}}");
    let whole = [
        ("goi-co-ky", write_signed(&contents())),
        ("ban-lam-viec", write(&working_copy())),
        ("tra-lai", write(&notice(messages().remove(1)))),
        ("rong", Vec::new()),
        ("khong-co-gi", pack(&[])),
        ("cut", write(&contents())[..3000].to_vec()),
        ("ten-ra-ngoai", pack(&[stored("../x", b"x")])),
        ("hai-ten", pack(&[stored("a.txt", b"1"), stored("A.TXT", b"2")])),
        ("nen", pack(&[deflated("datapackage.json", b"{\"dti\": {\"format\": 1}}")])),
        ("sai-kich-thuoc", pack(&[Raw { bytes: 3, ..json.clone() }])),
        ("sai-crc", pack(&[Raw { crc: 1, ..json.clone() }])),
        ("zip64", pack(&[Raw { extra: vec![1, 0, 8, 0, 3, 0, 0, 0, 0, 0, 0, 0], ..json.clone() }])),
        ("sau-tep", pack(&[Raw { flags: 8, later: true, behind: vec![0; 16], ..json.clone() }])),
        ("ghi-chu", pack(&[Raw { comment: b"x".to_vec(), ..json.clone() }])),
        ("mat-khau", pack(&[Raw { flags: 1, ..json.clone() }])),
        ("lien-ket", pack(&[Raw { mode: 0o120_777, ..json.clone() }])),
        ("chong", pack(&[json.clone(), Raw { header: Some(0), ..stored("b", b"") }])),
    ];
    let mut all: Seeds = whole.into_iter().map(|(name, bytes)| (name.to_owned(), after(0, &bytes))).collect();
    // In the order of names, the signature left out; `targets::package` counts from 1.
    let good = forge();
    let number = |file: &str| 1 + good.files.keys().position(|name| name == file).unwrap() as u8;
    for (name, bytes) in &good.files {
        if name.starts_with("data/") && name.ends_with(".csv") || name.ends_with(".json") {
            all.insert(format!("doi-{}", name.replace('/', "-")), after(number(name), bytes));
        }
    }
    let json = "datapackage.json";
    for (name, file, text) in [
        ("json-sau", json, "[".repeat(200)),
        ("json-lap-khoa", json, "{\"dti\": {\"format\": 1, \"format\": 2}}".to_owned()),
        ("json-so-lon", json, "{\"dti\": {\"format\": 1e999}}".to_owned()),
        ("csv-nhieu-cot", VALUES, ",".repeat(100)),
        ("csv-mo-nhay", VALUES, good.text(VALUES) + "\"a"),
        ("csv-cong-thuc", VALUES, good.text(VALUES).replace("'=", "=")),
    ] {
        all.insert(name.to_owned(), after(number(file), text.as_bytes()));
    }
    all
}

fn tables() -> Seeds {
    let csv = "item;numerator;denominator\nM05;1.204,5;1312\nM06;1.234;x\nIV.2;;\n";
    let mut all = seeds([
        ("bang", csv.to_owned()),
        ("phay", csv.replace(';', ",")),
        ("tab", csv.replace(';', "\t")),
        ("mot-dong", "item".to_owned()),
        ("bom", format!("\u{feff}{csv}")),
        ("sep", format!("sep=;\r\n{csv}")),
        ("cr", csv.replace('\n', "\r")),
        ("nul", csv.replace("IV.2", "IV\0.2")),
        ("mo-nhay", format!("{csv}\"M07;1;2")),
        ("tieu-de-lap", "item;item\nM05;M05\n".to_owned()),
        ("nhieu-cot", ";".repeat(1000)),
        ("nhieu-dong", "\n".repeat(1000)),
        ("so-la", "Mã;Giá trị\nM06;1e999\nM06;NaN\nM06;-0\nM06;=1+1\n".to_owned()),
        ("so-dai", format!("Mã;Giá trị\nM06;{}\nM07;0,{}\n", "9".repeat(40), "3".repeat(30))),
        ("ten-dai", format!("Mã;Kết quả\nIV.2;{}\n", "ệ".repeat(10_000))),
        ("co-quan", "Mã;Cơ quan;Giá trị\nM06;Sở Nội vụ;5\nM06;ai đó;5\n".to_owned()),
        ("dan", "\0M05\t1204\t1312\nM06\t\"5\n6\"".to_owned()),
        ("dan-nhay", "\0\"a\"\"\t\"b".to_owned()),
    ]);
    let utf16: Vec<u8> = csv.encode_utf16().flat_map(u16::to_le_bytes).collect();
    all.extend(seeds([
        ("utf16", [&[0xff, 0xfe], utf16.as_slice()].concat()),
        ("utf16-le", [&[0xff, 0xfe], &utf16[..7]].concat()),
        ("khong-utf8", b"item;value\nM06;\xf4\n".to_vec()),
        ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()),
        ("zip-rong", pack(&[])),
        ("xlsx", workbook("<c r=\"A1\" t=\"inlineStr\"><is><t>item</t></is></c><c r=\"B1\"><v>1e400</v></c>")),
        ("xlsx-xa", workbook("<c r=\"XFD1048576\"><v>1</v></c>")),
        ("xlsx-sai-o", workbook("<c r=\"A0\"><v>1</v></c><c r=\"\"><v>x</v></c><c r=\"AAAAAAAA99999999999\"/>")),
        ("xlsx-chi-so", workbook("<c r=\"A1\" t=\"s\"><v>99</v></c><c r=\"A1\" s=\"77\"><v>5</v></c>")),
    ]));
    all
}

/// A workbook of one sheet with one row.
fn workbook(cells: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>");
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Override PartName=\"/xl/workbook.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
    );
    pack(&[
        stored("[Content_Types].xml", types.as_bytes()),
        stored("xl/workbook.xml", book.as_bytes()),
        stored("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        stored("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn numbers() -> Seeds {
    let texts = [
        "1234.5",
        "1234,5",
        "1.234",
        "1.234,5",
        "1,234.5",
        "1 234 567,89",
        "-0",
        "+5",
        "−3",
        "01",
        "0,5",
        "85,5%",
        "%",
        "1e999",
        "1e5",
        "NaN",
        "inf",
        "0x10",
        "10000000000000000000000000000000000000000",
        "0.123456789012345678901234567891",
        "999999999999999.999999999",
        "1000000000000000",
        "٣",
        "1..2",
        "1,2,3",
        ".5",
        "5.",
        "",
        " ",
        "1\u{a0}234",
        "½",
        "1/2",
    ];
    (1..).zip(texts).map(|(n, text)| (format!("so-{n:02}"), text.as_bytes().to_vec())).collect()
}

/// First byte 0: a whole file; else changes to a good one, of four bytes each: where (3), and what (1).
fn workspaces() -> Seeds {
    let header = b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20";
    let mut all = seeds([
        ("rong", after(0, b"")),
        ("dau", after(0, header)),
        ("dau-dai", after(0, &[&header[..], &[0; 4096]].concat())),
        ("zip", after(0, b"PK\x03\x04")),
        ("nguyen-ven", vec![1]),
        ("ma-ung-dung", vec![1, 0, 0, 68, b'X']),
        ("phien-ban-moi", vec![1, 0, 0, 60, 0x7f]),
        ("phien-ban-cu", vec![1, 0, 0, 63, 0]),
        ("co-trang", vec![1, 0, 0, 16, 0x02]),
        ("wal", vec![1, 0, 0, 18, 2, 0, 0, 19, 2]),
        ("so-trang", vec![1, 0, 0, 28, 0x7f]),
        ("trang-trong", vec![1, 0, 0, 35, 9, 0, 0, 39, 9]),
        ("ma-hoa-chu", vec![1, 0, 0, 59, 2]),
        ("goc-cay", vec![1, 0, 0, 100, 0x42]),
        ("so-o", vec![1, 0, 0, 103, 0xff, 0, 0, 104, 0xff]),
    ]);
    // A byte changed in the beginning and in the middle of pages.
    for page in [1_u32, 2, 3, 5, 8, 13, 21, 34, 55] {
        for inside in [0_u32, 5, 2048] {
            let at = (page * 4096 + inside).to_be_bytes();
            all.insert(format!("trang-{page:02}-{inside:04}"), vec![1, at[1], at[2], at[3], 0xa5]);
        }
    }
    all
}
