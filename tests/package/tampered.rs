//! Packages that somebody changed: each is refused with its own reason, and the reason names the file and the row.

use dti::package::{CellProblem, Place, Refusal, limits};
use dti::record::{Body, Content, IndicatorValue, Key, Problem, Vector};
use rust_decimal::Decimal;

use super::forge::{Forged, VALUES, forge, open};
use crate::support::packages::{
    DEVICE, OTHER_DEVICE, SENDER, contents, evidence, figure, key, messages, notice, quarter, revisions, seal, seal_by,
    vector, write,
};

fn place(row: u64) -> Place {
    Place { file: VALUES.to_owned(), row }
}

/// The row of the first indicator value whose text contains `part`.
fn row_of(forged: &Forged, part: &str) -> u64 {
    let text = forged.text(VALUES);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let found = reader.records().position(|r| r.unwrap().iter().any(|cell| cell == part));
    found.unwrap() as u64 + 1
}

/// A package of revisions that no form would have made, each in order with its own hashes.
fn sent(revisions: Vec<dti::record::Revision>) -> Refusal {
    let mut contents = contents();
    contents.evidence.clear();
    contents.revisions = revisions;
    open(&write(&contents)).refusal()
}

#[test]
fn a_good_package_survives_being_opened_and_packed_again() {
    assert_eq!(forge().read().unwrap().contents, contents());
    assert_eq!(forge().rehash_all().read().unwrap().contents, contents());
}

#[test]
fn a_number_changed_in_a_table() {
    let forged = forge().edit(VALUES, "1204", "1304");
    assert_eq!(forged.refusal(), Refusal::Altered(VALUES.into()));
}

#[test]
fn a_number_changed_and_its_hash_in_the_descriptor() {
    let forged = forge().edit(VALUES, "1204", "1304").rehash_descriptor();
    assert_eq!(forged.refusal(), Refusal::TagAltered("datapackage.json".into()));
}

#[test]
fn a_number_changed_and_its_hash_in_the_manifest() {
    let forged = forge().edit(VALUES, "1204", "1304").rehash_payload();
    assert_eq!(forged.refusal(), Refusal::TagAltered("manifest-sha256.txt".into()));
}

#[test]
fn a_number_changed_and_both_manifests_recomputed() {
    let forged = forge().edit(VALUES, "1204", "1304").rehash_payload().rehash_tags();
    assert_eq!(forged.refusal(), Refusal::ResourceDiffers(VALUES.into()));
}

#[test]
fn a_number_changed_and_every_file_hash_recomputed() {
    let forged = forge().edit(VALUES, "1204", "1304").rehash_all();
    let row = row_of(&forged, "1304");
    assert_eq!(forged.refusal(), Refusal::RowAltered { place: place(row) });
}

#[test]
fn an_extra_file() {
    let forged = forge().with("data/them.csv", "a\n");
    assert_eq!(forged.refusal(), Refusal::ExtraFile("data/them.csv".into()));
    assert_eq!(forged.rehash_all().refusal(), Refusal::ExtraFile("data/them.csv".into()));
    assert_eq!(forge().with("cai-dat.exe", "MZ").refusal(), Refusal::ExtraFile("cai-dat.exe".into()));
}

#[test]
fn a_missing_evidence_file() {
    let gone = "data/evidence/E0001.pdf";
    let forged = forge().without(gone);
    assert_eq!(forged.refusal(), Refusal::MissingFile(gone.into()));
    assert_eq!(forged.rehash_all().refusal(), Refusal::MissingFile(gone.into()));
}

#[test]
fn a_missing_file_of_the_format() {
    for gone in ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", VALUES, "DOC-TRUOC.txt"]
    {
        assert_eq!(forge().without(gone).refusal(), Refusal::MissingFile(gone.into()));
    }
    assert_eq!(forge().without("datapackage.json").refusal(), Refusal::NotAPackage);
}

#[test]
fn an_evidence_file_exchanged() {
    let file = "data/evidence/E0001.pdf";
    assert_eq!(forge().with(file, "khác").refusal(), Refusal::Altered(file.into()));
    let recomputed = forge().with(file, "khác").rehash_all().refusal();
    assert!(matches!(&recomputed, Refusal::EvidenceDiffers { file: f, .. } if f == file), "{recomputed:?}");
}

#[test]
fn evidence_under_another_name() {
    let evidence = "data/evidence.csv";
    let forged = forge().edit(evidence, "Báo cáo số 12 (bản ký).pdf", "Báo cáo số 13.pdf").rehash_all();
    assert_eq!(forged.refusal().code(), "row-altered");
    let forged = forge().edit(evidence, "Báo cáo số 12 (bản ký).pdf", "../../autoexec.bat").rehash_all();
    assert_eq!(forged.refusal().code(), "cell");
}

#[test]
fn the_sender_renamed_in_bag_info() {
    let forged = forge().edit("bag-info.txt", "Sở Nội vụ", "Sở Tài chính");
    let expected = Refusal::SenderDiffers { bag_info: "Sở Tài chính".into(), descriptor: "Sở Nội vụ".into() };
    assert_eq!(forged.refusal(), expected);
    assert_eq!(forged.rehash_tags().refusal(), expected);
}

#[test]
fn the_sender_given_another_name() {
    let forged = forge()
        .edit("bag-info.txt", "Sở Nội vụ", "Sở Tài chính")
        .descriptor(|d| d["dti"]["agency_name"] = "Sở Tài chính".into())
        .rehash_tags();
    assert_eq!(
        forged.refusal(),
        Refusal::AgencyRenamed {
            agency: SENDER.into(), name: "Sở Tài chính".into(), known: "Sở Nội vụ".into()
        }
    );
}

#[test]
fn a_sender_whom_the_catalogue_does_not_know() {
    let forged = forge().descriptor(|d| d["dti"]["agency"] = "so-khong-co".into()).rehash_tags();
    assert_eq!(forged.refusal(), Refusal::UnknownAgency { agency: "so-khong-co".into(), place: None });
}

#[test]
fn a_sender_who_claims_the_rows_of_another_agency() {
    let forged = forge()
        .edit("bag-info.txt", "Sở Nội vụ", "Sở Tài chính")
        .descriptor(|d| {
            d["dti"]["agency"] = "so-tai-chinh".into();
            d["dti"]["agency_name"] = "Sở Tài chính".into();
        })
        .rehash_all();
    let refusal = forged.refusal();
    assert!(
        matches!(&refusal, Refusal::NotEntitled { sender, agency, .. } if sender == "so-tai-chinh" && agency == SENDER),
        "{refusal:?}"
    );
}

#[test]
fn an_unknown_indicator() {
    let forged = forge().edit(VALUES, ",M05,", ",M99,").rehash_all();
    let row = row_of(&forged, "M99");
    assert_eq!(forged.refusal(), Refusal::UnknownItem { item: "M99".into(), place: place(row) });
}

#[test]
fn an_agency_in_a_row_that_the_catalogue_does_not_know() {
    let forged = forge().edit(VALUES, ",so-noi-vu,2023-Q4,", ",so-la,2023-Q4,").rehash_all();
    assert_eq!(forged.refusal(), Refusal::UnknownAgency { agency: "so-la".into(), place: Some(place(2)) });
}

#[test]
fn a_row_of_another_period() {
    let forged = forge().edit(VALUES, ",2023-Q4,", ",2023-Q3,").rehash_all();
    let expected = quarter();
    assert_eq!(forged.refusal(), Refusal::OtherPeriod { found: "2023-Q3".parse().unwrap(), expected, place: place(2) });
}

#[test]
fn a_document_among_the_figures() {
    let document = revisions().iter().find(|r| r.key.kind == dti::record::Kind::Document).unwrap().key.item.clone();
    let forged = forge().edit(VALUES, ",M05,", &format!(",{document},")).rehash_all();
    assert_eq!(forged.refusal().code(), "wrong-table");
}

#[test]
fn a_package_from_the_future() {
    for format in [2, 99] {
        let forged = forge().descriptor(|d| d["dti"]["format"] = format.into());
        assert_eq!(forged.refusal(), Refusal::TooNew { found: format, known: 1 });
    }
    // Whatever else a later format brings, this is what the officer is told.
    let forged = forge().descriptor(|d| d["dti"] = serde_json::json!({ "format": 99, "mới": [] })).without("bagit.txt");
    assert_eq!(forged.refusal().code(), "too-new");
}

#[test]
fn a_package_of_another_plan() {
    let forged = forge().descriptor(|d| d["dti"]["plan"] = "quang-binh-2023".into());
    let known = "quang-tri-2023".to_owned();
    assert_eq!(forged.refusal(), Refusal::OtherPlan { found: "quang-binh-2023".into(), known });
}

#[test]
fn a_package_of_a_kind_that_is_not_a_report() {
    let forged = forge().descriptor(|d| d["dti"]["kind"] = "mirror".into());
    assert_eq!(forged.refusal(), Refusal::OtherKind("mirror".into()));
}

#[test]
fn a_descriptor_that_makes_no_sense() {
    let broken: [(&str, serde_json::Value); 9] = [
        ("format", "một".into()),
        ("part", serde_json::json!({ "number": 3, "of": 2 })),
        ("submission", "không phải mã".into()),
        ("previous", "abc".into()),
        ("created", "hôm qua".into()),
        ("filing", serde_json::json!({ "type": "supplementary", "number": 0 })),
        ("device", "".into()),
        ("officer", "a\u{202e}b".into()),
        ("thừa", 1.into()),
    ];
    for (field, value) in broken {
        let forged = forge().descriptor(|d| d["dti"][field] = value).rehash_tags();
        assert_eq!(forged.refusal().code(), "descriptor-syntax", "{field}");
    }
    let deep = format!("{{\"dti\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
    for text in ["", "{", "[]", "null", "{\"dti\": NaN}", deep.as_str()] {
        assert_eq!(forge().with("datapackage.json", text).refusal().code(), "descriptor-syntax", "{text:.20}");
    }
}

#[test]
fn a_key_twice_in_the_descriptor() {
    let forged = forge().edit("datapackage.json", "\"agency\":", "\"agency\": \"so-tai-chinh\", \"agency\":");
    assert_eq!(forged.refusal(), Refusal::DuplicateKey("agency".into()));
}

#[test]
fn another_bag_declaration() {
    let forged = forge().edit("bagit.txt", "1.0", "0.97").rehash_tags();
    assert_eq!(forged.refusal(), Refusal::BagDeclaration);
}

#[test]
fn manifests_that_are_not_manifests() {
    let file = "manifest-sha256.txt";
    let line = forge().text(file).lines().next().unwrap().to_owned();
    for text in ["hôm nay\n".to_owned(), line.to_uppercase(), format!("{line}\n{line}\n"), line.replace("  ", " *")] {
        let refusal = forge().with(file, text).rehash_tags().refusal();
        assert!(matches!(&refusal, Refusal::ManifestSyntax { file: f, .. } if f == file), "{refusal:?}");
    }
}

#[test]
fn bag_info_that_does_not_add_up() {
    for (from, to) in [("Payload-Oxum: ", "Payload-Oxum: 1"), ("External-Identifier: 0", "External-Identifier: 1")] {
        assert_eq!(forge().edit("bag-info.txt", from, to).rehash_tags().refusal().code(), "bag-info");
    }
    let twice = "Source-Organization: Sở Nội vụ\nSource-Organization: Sở Nội vụ";
    let forged = forge().edit("bag-info.txt", "Source-Organization: Sở Nội vụ", twice).rehash_tags();
    assert_eq!(forged.refusal().code(), "bag-info");
}

#[test]
fn tables_with_other_columns_or_rows() {
    let columns = forge().edit(VALUES, "revision,item", "item,revision").rehash_all();
    assert_eq!(columns.refusal().code(), "columns");
    let bom = forge().edit(VALUES, "revision", "\u{feff}revision").rehash_all();
    assert_eq!(bom.refusal().code(), "columns");
    assert_eq!(forge().with(VALUES, "").rehash_all().refusal().code(), "columns");
    assert_eq!(
        forge().with(VALUES, b"\xff\xfe".to_vec()).rehash_all().refusal(),
        Refusal::NotUtf8 { file: VALUES.into(), line: 1 }
    );
    let text = forge().text(VALUES);
    let wide = forge().with(VALUES, format!("{text}một,hai\r\n")).rehash_all();
    assert!(matches!(wide.refusal(), Refusal::RowWidth { found: 2, .. }));
    let last = text.trim_end().rsplit("\r\n").next().unwrap().to_owned();
    let twice = forge().with(VALUES, format!("{text}{last}\r\n")).rehash_all();
    assert!(matches!(twice.refusal(), Refusal::DuplicateRow { .. }));
}

#[test]
fn cells_that_are_not_what_their_column_says() {
    let cases = [
        ("1204", "một nghìn", CellProblem::NotANumber),
        ("1204", "NaN", CellProblem::NotANumber),
        ("1204", "1e999", CellProblem::NotANumber),
        ("1204", "10000000000000000000000000000000000000000", CellProblem::NotANumber),
        ("1204", "0.123456789012345678901234567891", CellProblem::NotANumber),
        ("1204", "0x4b4", CellProblem::NotANumber),
        ("1204", "-0", CellProblem::NotCanonical),
        ("1204", "1204.0", CellProblem::NotCanonical),
        ("1204", "+1204", CellProblem::NotCanonical),
        (",reported,", ",tốt,", CellProblem::UnknownValue),
        (",2023-Q4,", ",2023-Q5,", CellProblem::NotAPeriod),
        (",M05,", ",,", CellProblem::Missing),
        ("2023-12-19T08:00:00.250+07:00", "hôm qua", CellProblem::NotATime),
        ("2023-12-19T08:00:00.250+07:00", "2023-12-19T08:00:00.2500+07:00", CellProblem::NotCanonical),
        ("Lê Văn Đức", "Lê Văn Đức\u{200b}", CellProblem::NotClean),
        ("Lê Văn Đức", "Le\u{302} Văn Đức", CellProblem::NotClean),
        ("\"\"0190", "\"\"0190f7a4\"\":1,\"\"0190f7a4\"\":2,\"\"0190", CellProblem::NotAVector),
    ];
    for (from, to, expected) in cases {
        let refusal = forge().edit(VALUES, from, to).rehash_all().refusal();
        assert!(matches!(&refusal, Refusal::Cell { problem, .. } if *problem == expected), "{to:?}: {refusal:?}");
    }
    for length in [300, 10_000] {
        let long = "ệ".repeat(length);
        let refusal = forge().edit(VALUES, "Lê Văn Đức", &long).rehash_all().refusal();
        assert!(
            matches!(&refusal, Refusal::Cell { problem: CellProblem::TooLong, value, .. } if value.chars().count() <= 60)
        );
    }
}

#[test]
fn rows_that_another_program_might_read_otherwise() {
    let text = forge().text(VALUES);
    let with = |text: String| forge().with(VALUES, text).rehash_all().refusal();
    let lines = text.lines().count() as u64;
    let form = |row| Refusal::RowForm { place: place(row) };
    assert_eq!(with(text.replace("\r\n", "\n")).code(), "columns", "a header with another line end");
    assert_eq!(with(text.replace("\r\n", "\r")).code(), "columns", "lone CR");
    assert_eq!(with(text.trim_end().to_owned() + "\n").code(), "row-form");
    assert_eq!(with(text.trim_end().to_owned()).code(), "row-form", "the last line end is missing");
    let other_quotes = with(text.replacen(",M05,", ",\"M05\",", 1));
    assert!(matches!(other_quotes, Refusal::RowForm { .. }), "{other_quotes:?}");
    let open = format!("{text}\"không có dấu đóng");
    // A row may take several lines of the file.
    assert!(matches!(with(open), Refusal::RowForm { place } if place.row <= lines + 1));
    let (header, rows) = text.split_once("\r\n").unwrap();
    assert_eq!(with(format!("{header}\r\nM05\" M06\r\n{rows}")), form(2));
    assert_eq!(with(format!("{header}\r\n\r\n{rows}")), Refusal::RowWidth { expected: 16, found: 1, place: place(2) });
    assert_eq!(with(format!("{header}\r\n{header}\r\n{rows}")).code(), "cell", "the header twice");
    let columns = format!("{header}\r\n{}\r\n", ",".repeat(999_999));
    assert_eq!(with(columns), Refusal::RowWidth { expected: 16, found: 1_000_000, place: place(2) });
}

#[test]
fn bytes_that_are_no_text_are_named_with_their_line() {
    let mut bytes = forge().text(VALUES).into_bytes();
    let lines = bytes.iter().filter(|b| **b == b'\n').count();
    bytes.extend(b"M05,\xf4\r\n");
    let refusal = forge().with(VALUES, bytes).rehash_all().refusal();
    assert_eq!(refusal, Refusal::NotUtf8 { file: VALUES.into(), line: lines + 1 });
    let nul = forge().edit(VALUES, "Lê Văn Đức", "Lê\0Đức").rehash_all().refusal();
    assert!(matches!(nul, Refusal::Cell { column: "author", problem: CellProblem::NotClean, .. }), "{nul:?}");
}

#[test]
fn no_cell_of_a_package_starts_a_formula() {
    let returned = open(&write(&notice(messages().remove(1))));
    let mut guarded = 0;
    for (name, bytes) in forge().files.iter().chain(&returned.files).filter(|(name, _)| name.ends_with(".csv")) {
        for row in csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice()).records() {
            for cell in &row.unwrap() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell:?}");
                guarded += usize::from(cell.starts_with("'="));
            }
        }
    }
    assert_eq!(guarded, 2, "the samples have a formula each");
    let unguarded = forge().edit(VALUES, "'=CMD", "=CMD").rehash_all().refusal();
    assert!(matches!(unguarded, Refusal::Cell { column: "reason", problem: CellProblem::NotCanonical, .. }));
}

#[test]
fn json_that_would_fill_the_memory_or_the_stack() {
    let with = |text: String| forge().with("datapackage.json", text).refusal();
    let many = format!("{{\"dti\": [{}0]}}", "0,".repeat(limits::JSON_VALUES));
    assert_eq!(with(many), Refusal::DescriptorSyntax("too many values at line 1 column 200005".into()));
    for deep in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        assert_eq!(with(deep).code(), "descriptor-syntax");
    }
    for number in ["1e999", "NaN", "-", "1e40"] {
        let refusal = forge().edit("datapackage.json", "\"version\": 1", &format!("\"version\": {number}")).refusal();
        assert_eq!(refusal.code(), "descriptor-syntax", "{number}");
    }
}

#[test]
fn content_in_the_cells_of_a_withdrawn_record_is_not_silently_dropped() {
    let file = "data/task_progress.csv";
    let forged = forge().edit(file, "withdrawn,,", "withdrawn,90,").rehash_all();
    assert!(matches!(forged.refusal(), Refusal::Cell { column: "percent", problem: CellProblem::NotCanonical, .. }));
}

#[test]
fn counters_beyond_belief() {
    let m05 = |counts: Vector| seal_by(key("M05"), figure(1, 2), counts, DEVICE);
    for counts in
        [vector(&[(DEVICE, u64::MAX)]), vector(&[(DEVICE, 0)]), vector(&[(OTHER_DEVICE, 1)]), Vector::default()]
    {
        assert_eq!(sent(vec![m05(counts.clone())]).code(), "counter", "{counts:?}");
    }
}

#[test]
fn nonsense_that_no_form_would_have_saved() {
    let negative = Body::new(Content::Indicator(IndicatorValue::ratio(Decimal::from(-1), Decimal::from(2))));
    let refusal = sent(vec![seal(key("M05"), negative, &[(DEVICE, 1)])]);
    assert_eq!(refusal, Refusal::Nonsense { problem: Problem::Negative, place: place(2) });
}

#[test]
fn a_plan_item_without_a_proper_tag() {
    let item = Body::new(Content::PlanItem(dti::record::PlanItem { work: "Việc".into(), ..Default::default() }));
    for tag in ["", "ABCDEF12", "../../x", "123"] {
        let key = Key::of_plan_item("IV.2", tag, SENDER, 2023);
        assert_eq!(sent(vec![seal(key, item.clone(), &[(DEVICE, 1)])]).code(), "cell", "{tag}");
    }
}

#[test]
fn evidence_that_nothing_explains() {
    let evidence_csv = "data/evidence.csv";
    let loose = forge().with("data/evidence/E0009.pdf", "x").descriptor(|d| {
        let listed = d["resources"].as_array_mut().unwrap();
        listed.push(serde_json::json!({ "name": "E0009", "path": "data/evidence/E0009.pdf" }));
    });
    assert_eq!(loose.rehash_all().refusal(), Refusal::EvidenceWithoutName("data/evidence/E0009.pdf".into()));

    let stray = format!("{},x.pdf,{},6400,\r\n", "a".repeat(64), evidence("x.pdf").sha256);
    let text = forge().text(evidence_csv);
    let forged = forge().with(evidence_csv, format!("{text}{stray}")).rehash_all();
    assert_eq!(forged.refusal().code(), "evidence-without-row");
}

#[test]
fn a_figure_larger_or_finer_than_a_form_takes_is_refused_before_anything_is_worked_out_from_it() {
    let most = |negative| Decimal::from_parts(u32::MAX, u32::MAX, u32::MAX, negative, 0);
    let catalogue = dti::catalogue::embedded();
    let rate = catalogue.indicators.iter().find(|i| i.measure == dti::catalogue::Measure::Rate).unwrap();
    let parts = IndicatorValue { value: Some(most(true)), ..IndicatorValue::ratio(most(false), Decimal::ONE) };
    for (value, column) in [
        (parts, "numerator"),
        (IndicatorValue::value(most(false)), "value"),
        (IndicatorValue::value(Decimal::from_parts(1, 0, 0, false, 10)), "value"),
    ] {
        let body = Body::new(Content::Indicator(value));
        let refusal = sent(vec![seal(key(&rate.id), body, &[(DEVICE, 1)])]);
        assert!(
            matches!(&refusal, Refusal::Cell { column: found, problem: CellProblem::NotANumber, .. } if *found == column),
            "{refusal:?}"
        );
    }
}
