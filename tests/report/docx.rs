//! The Word file: the measures of NĐ 30/2020/NĐ-CP, and that nothing an officer typed breaks it.

use std::io::Read;

use dti::record::{Body, Content, TaskProgress, TaskStatus};
use dti::report::{Block, Document, Kind, document, docx};

use super::sample::{
    DISTRICT, QUARTER, district_report, district_with_sample_figures, part, parts, province_report, request,
};
use crate::support::World;

fn written(document: &Document) -> Vec<u8> {
    docx(document).expect("a docx file")
}

fn body(document: &Document) -> String {
    part(&written(document), "word/document.xml")
}

/// The elements `<name …>…</name>`, which must not be nested.
fn elements<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (open, open_plain, close) = (format!("<{name} "), format!("<{name}>"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut rest = xml;
    while let Some(start) = [rest.find(&open), rest.find(&open_plain)].into_iter().flatten().min() {
        let end = rest[start..].find(&close).unwrap_or_else(|| panic!("{name} is closed")) + start + close.len();
        found.push(&rest[start..end]);
        rest = &rest[end..];
    }
    found
}

/// The text of an element.
fn text(xml: &str) -> String {
    elements(xml, "w:t").iter().map(|t| t.split('>').nth(1).unwrap().split('<').next().unwrap()).collect()
}

/// The paragraph that begins with this text.
fn paragraph<'a>(xml: &'a str, start: &str) -> &'a str {
    elements(xml, "w:p").into_iter().find(|p| text(p).starts_with(start)).unwrap_or_else(|| panic!("{start}"))
}

#[test]
fn pages_are_a4_with_the_prescribed_margins() {
    let body = body(&district_report());
    assert!(body.contains(r#"w:w="11906" w:h="16838""#), "portrait");
    assert!(body.contains(r#"w:w="16838" w:h="11906" w:orient="landscape""#), "annexes lie");
    let sections = elements(&body, "w:sectPr");
    assert_eq!(sections.len(), 3, "letter and two annexes");
    for section in sections {
        // 20 mm = 1134 twips above and below, 30 mm left, 15 mm right.
        for margin in [r#"w:top="1134""#, r#"w:bottom="1134""#, r#"w:left="1701""#, r#"w:right="851""#] {
            assert!(section.contains(margin), "{margin}: {section}");
        }
        assert!(section.contains("<w:titlePg"), "no number on the first page: {section}");
        assert!(section.contains(r#"<w:pgNumType w:start="1""#), "{section}");
        assert!(section.contains(r#"<w:headerReference w:type="default""#), "{section}");
    }
}

#[test]
fn every_letter_is_in_times_new_roman() {
    let file = written(&district_report());
    let body = part(&file, "word/document.xml");
    let four = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"].map(|slot| format!("{slot}=\"Times New Roman\""));
    let runs: Vec<&str> = elements(&body, "w:r").into_iter().filter(|r| r.contains("<w:t ")).collect();
    assert!(runs.len() > 100);
    for run in runs {
        assert!(four.iter().all(|slot| run.contains(slot)), "{run}");
    }
    let defaults = part(&file, "word/styles.xml");
    assert!(four.iter().all(|slot| defaults.split("</w:docDefaults>").next().unwrap().contains(slot)));
    assert!(defaults.contains(r#"<w:lang w:val="vi-VN""#));
    assert!(defaults.contains(r#"w:default="1" w:styleId="Normal""#));
}

#[test]
fn the_page_number_stands_in_the_middle_of_the_top_margin() {
    let file = written(&district_report());
    let headers: Vec<String> = parts(&file).into_iter().filter(|n| n.starts_with("word/header")).collect();
    assert_eq!(headers.len(), 3, "{headers:?}");
    for name in headers {
        let header = part(&file, &name);
        assert!(header.contains("<w:instrText>PAGE</w:instrText>"), "{header}");
        assert!(header.contains(r#"<w:jc w:val="center" />"#), "{header}");
    }
    assert!(!parts(&file).iter().any(|n| n.starts_with("word/footer")));
}

#[test]
fn the_head_of_the_letter_follows_the_decree() {
    let body = body(&district_report());
    let is = |start: &str, size: u32, marks: &[&str]| {
        let paragraph = paragraph(&body, start);
        assert!(paragraph.contains(&format!(r#"<w:sz w:val="{size}" />"#)), "{size}: {paragraph}");
        for mark in marks {
            assert!(paragraph.contains(mark), "{mark}: {paragraph}");
        }
    };
    let (bold, italic, centred) = ("<w:b />", "<w:i />", r#"<w:jc w:val="center" />"#);
    is("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 24, &[bold, centred]);
    is("Độc lập - Tự do - Hạnh phúc", 28, &[bold, centred]);
    is("ỦY BAN NHÂN DÂNHUYỆN HẢI LĂNG", 24, &[bold, centred]);
    is("Số:         /BC-UBND", 26, &[centred]);
    is("Hải Lăng, ngày 05 tháng 01 năm 2024", 28, &[italic, centred]);
    is("BÁO CÁO", 28, &[bold, centred]);
    is("Kính gửi: Sở Thông tin và Truyền thông", 28, &[]);
    is("Nơi nhận:", 24, &[bold, italic]);
    is("- Lưu: VT.", 22, &[]);
    is("TM. ỦY BAN NHÂN DÂN", 28, &[bold, centred]);
    let rules = elements(&body, "w:pBdr");
    assert_eq!(rules.len(), 3, "below issuer, motto and title");
}

#[test]
fn body_text_is_justified_with_an_indented_first_line() {
    let body = body(&district_report());
    let first = paragraph(&body, "Thực hiện Kế hoạch");
    assert!(first.contains(r#"<w:jc w:val="both" />"#), "{first}");
    assert!(first.contains(r#"w:firstLine="720""#), "1,27 cm: {first}");
    assert!(first.contains(r#"w:before="120""#) && first.contains(r#"w:after="120""#), "6 pt: {first}");
    assert!(paragraph(&body, "Trên đây là báo cáo").contains("./.</w:t>"));
}

#[test]
fn the_header_row_of_every_table_repeats_and_no_other_row_does() {
    let document = district_report();
    let tables = document.blocks().filter(|b| matches!(b, Block::Table(_))).count();
    let body = body(&document);
    assert_eq!(body.matches("<w:tblHeader />").count(), tables);
    assert_eq!(elements(&body, "w:tbl").len(), tables + 2, "and two frames: head and signature");
}

#[test]
fn a_short_table_is_not_parted_and_no_header_is_left_behind_alone() {
    let body = body(&province_report());
    let rows = |table: &str| -> Vec<bool> {
        elements(table, "w:tr").iter().map(|row| row.contains("<w:keepNext />")).collect()
    };
    let tables: Vec<Vec<bool>> =
        elements(&body, "w:tbl").into_iter().filter(|t| t.contains("<w:tblHeader />")).map(rows).collect();
    let pillars = &tables[0];
    assert_eq!(pillars.len(), 9, "the header and eight pillars");
    assert!(pillars[..8].iter().all(|kept| *kept) && !pillars[8], "{pillars:?}");
    assert!(tables.iter().all(|rows| rows[0] && !rows.last().unwrap()));
}

#[test]
fn numbers_in_tables_are_written_the_vietnamese_way_and_to_the_right() {
    let body = body(&district_report());
    let figure = paragraph(&body, "76,5% (1.074/1.404)");
    assert!(figure.contains(r#"<w:jc w:val="right" />"#), "{figure}");
}

#[test]
fn every_chart_is_a_picture_with_a_text_of_its_own() {
    let document = province_report();
    let charts = document.blocks().filter(|b| matches!(b, Block::Chart(_))).count();
    assert!(charts > 3, "one for all pillars and one for each with figures");
    let file = written(&document);
    let pictures = parts(&file).into_iter().filter(|n| n.starts_with("word/media/")).collect::<Vec<_>>();
    assert_eq!(pictures.len(), charts);
    for name in pictures {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
        let mut magic = [0; 8];
        archive.by_name(&name).unwrap().read_exact(&mut magic).unwrap();
        assert_eq!(&magic, b"\x89PNG\r\n\x1a\n");
    }
    let body = part(&file, "word/document.xml");
    for number in 1..=charts {
        assert!(body.contains(&format!(r#"<wp:docPr id="{number}" name="Biểu đồ {number}" descr=""#)), "{number}");
    }
    assert!(body.contains(r#"descr="Mức đạt mục tiêu theo trụ cột. "#));
}

#[test]
fn the_same_report_is_the_same_bytes_in_every_thread() {
    let first = written(&province_report());
    // docx-rs numbers pictures over the whole process, others may have counted on meanwhile.
    written(&district_report());
    let second = std::thread::spawn(|| written(&province_report())).join().unwrap();
    assert!(first == second);
}

#[test]
fn the_file_says_what_it_is_and_who_wrote_it() {
    let core = part(&written(&district_report()), "docProps/core.xml");
    assert!(core.contains("<dc:creator>UBND huyện Hải Lăng</dc:creator>"), "{core}");
    assert!(core.contains("quý IV/2023</dc:title>"), "{core}");
    assert!(core.contains(">2024-01-05T01:30:00Z</dcterms:created>"), "{core}");
}

#[test]
fn sample_figures_are_marked_on_every_page() {
    let sample = document(&district_with_sample_figures(), &request(Kind::Agency(DISTRICT.to_owned())));
    let file = written(&sample);
    for header in parts(&file).iter().filter(|n| n.starts_with("word/header")) {
        assert!(part(&file, header).contains("SỐ LIỆU MẪU"), "{header}");
    }
    let body = part(&file, "word/document.xml");
    let first_pages = elements(&body, "w:p").iter().filter(|p| text(p) == "SỐ LIỆU MẪU").count();
    assert_eq!(first_pages, 3, "the first page of letter and annexes shows no header");
    assert!(!part(&written(&district_report()), "word/header1.xml").contains("MẪU"));
}

#[test]
fn markup_line_breaks_and_control_characters_do_no_harm() {
    let result = "<b>A & B</b>\n\"dòng hai\"\u{1}\u{FFFE}]]>".to_owned();
    let progress = TaskProgress { status: TaskStatus::InProgress, percent: Some(5), result, ..TaskProgress::default() };
    let snapshot = World::of(DISTRICT).enter("I.5", DISTRICT, QUARTER, Body::new(Content::Task(progress))).snapshot();
    let body = body(&document(&snapshot, &request(Kind::Agency(DISTRICT.to_owned()))));
    assert!(body.contains("&lt;b&gt;A &amp; B&lt;/b&gt;"));
    assert!(body.contains("<w:br w:type=\"textWrapping\" />"));
    assert!(!body.contains('\u{1}') && !body.contains('\u{FFFE}'));
}
