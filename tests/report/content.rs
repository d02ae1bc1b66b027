//! What the reports say.

use dti::record::{Content, FilingKind, IndicatorValue, Message, Receipt, ReceivedState, ReturnedRow, TaskStatus};
use dti::report::{Authenticity, Block, Cell, Document, Kind, Medium, Request, Row, Signer, Table, document};

use super::sample::{
    DISTRICT, QUARTER, district, district_report, district_with_sample_figures, province, province_report, request,
};
use crate::support::{World, decimal, issued, moment, period, ratio, task, value};

/// All sentences, points and headings, a line each.
fn text(document: &Document) -> String {
    document
        .blocks()
        .filter_map(|block| match block {
            Block::Section(t) | Block::Heading(t) | Block::Paragraph(t) | Block::Point(t) => Some(t.as_str()),
            Block::Table(_) | Block::Chart(_) => None,
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn table<'a>(document: &'a Document, sheet: &str) -> &'a Table {
    document
        .blocks()
        .find_map(|b| match b {
            Block::Table(t) if t.sheet == sheet => Some(t),
            _ => None,
        })
        .unwrap_or_else(|| panic!("a table {sheet}"))
}

/// The cells of the row whose column `title` reads `value`, by their columns' titles.
fn cells<'a>(table: &'a Table, title: &str, value: &str) -> impl Fn(&str) -> String + 'a {
    let column = |title: &str| table.columns.iter().position(|c| c.title == title).unwrap_or_else(|| panic!("{title}"));
    let at = column(title);
    let row = table
        .rows
        .iter()
        .find_map(|row| match row {
            Row::Cells(cells) if cells[at].written() == value => Some(cells),
            _ => None,
        })
        .unwrap_or_else(|| panic!("a row {value}"));
    move |title| row[table.columns.iter().position(|c| c.title == title).unwrap()].written()
}

#[test]
fn every_row_has_a_cell_for_every_column() {
    let snapshot = province();
    for kind in [Kind::Province, Kind::Appendix, Kind::Late, Kind::Agency(DISTRICT.to_owned())] {
        let document = document(&snapshot, &request(kind.clone()));
        for block in document.blocks() {
            let Block::Table(table) = block else { continue };
            for row in &table.rows {
                if let Row::Cells(cells) = row {
                    assert_eq!(cells.len(), table.columns.len(), "{kind:?}, {}", table.sheet);
                }
            }
        }
    }
}

#[test]
fn the_workspaces_owner_decides_which_report_it_is() {
    let at = moment("2024-01-05T08:30:00+07:00");
    assert_eq!(Request::of(&district(), &period(QUARTER), at).kind, Kind::Agency(DISTRICT.to_owned()));
    assert_eq!(Request::of(&province(), &period(QUARTER), at).kind, Kind::Province);
}

#[test]
fn an_agency_report_counts_what_is_owed_and_names_what_is_missing() {
    let text = text(&district_report());
    assert!(text.contains("phải báo cáo 16 nội dung, gồm 11 chỉ tiêu số liệu, 0 văn bản và 5 nhiệm vụ"), "{text}");
    assert!(text.contains("đã báo cáo 15 nội dung, còn 1 nội dung chưa báo cáo"), "{text}");
    let missing = text.split("VII. NỘI DUNG CHƯA BÁO CÁO").nth(1).unwrap();
    assert!(missing.trim_start().starts_with("A9 "), "{missing}");
    assert!(text.contains("số liệu từ ngày 15/09/2023 đến ngày 14/12/2023"), "{text}");
}

#[test]
fn an_agency_report_gathers_difficulties_causes_and_proposals() {
    let text = text(&district_report());
    let line = text.lines().find(|l| l.starts_with("I.5 ") && l.contains("Nguyên nhân")).unwrap();
    assert!(line.ends_with(": Thiếu nhân lực chuyên trách. Nguyên nhân: Chưa được giao biên chế."), "{line}");
    assert!(text.contains("Đề nghị bố trí kinh phí đào tạo."), "{text}");
}

#[test]
fn the_last_sentence_ends_as_an_administrative_document_does() {
    for document in [district_report(), province_report()] {
        let blocks = &document.letter.as_ref().unwrap().blocks;
        let Some(Block::Paragraph(last)) = blocks.last() else { panic!("a paragraph") };
        assert!(last.ends_with("./."), "{last}");
        let slashes = text(&document).matches("./.").count();
        assert_eq!(slashes, 1);
    }
}

#[test]
fn a_figure_stands_with_its_parts_its_target_and_the_period_before() {
    let document = district_report();
    let m05 = cells(table(&document, "Chỉ tiêu"), "Mã", "M05");
    assert_eq!(m05("Kỳ này"), "76,5% (1.074/1.404)");
    assert_eq!(m05("Kỳ trước"), "76,5%");
    assert_eq!(m05("Tử số"), "1.074");
    assert_eq!(m05("Mẫu số"), "1.404");
    let a9 = cells(table(&document, "Chỉ tiêu"), "Mã", "A9");
    assert_eq!(a9("Kỳ này"), "Chưa báo cáo");
    assert_eq!(a9("Mức đạt"), "");
}

#[test]
fn the_province_says_from_how_many_units_a_figure_is() {
    let document = province_report();
    let m05 = cells(table(&document, "Chỉ tiêu"), "Mã", "M05");
    let units = m05("Số đơn vị có số liệu");
    assert!(units.starts_with("3/"), "three districts report it, not the department: {units}");
    assert!(m05("Ghi chú").starts_with("Chưa báo cáo: "), "{}", m05("Ghi chú"));
    assert!(!m05("Ghi chú").contains("Hải Lăng"));
}

#[test]
fn the_province_names_who_is_late_and_who_is_missing() {
    let document = province_report();
    let text = text(&document);
    assert!(text.contains("3 cơ quan gửi đúng hạn, 1 cơ quan gửi chậm"), "{text}");
    assert!(text.contains("Gửi chậm: UBND huyện Gio Linh."), "{text}");
    let missing = text.lines().find(|l| l.starts_with("Chưa gửi: ")).unwrap();
    assert!(missing.contains("UBND huyện Cam Lộ") && !missing.contains("UBND huyện Hải Lăng"), "{missing}");
    assert!(text.contains("ước tính, không phải điểm do Bộ công bố"), "{text}");
}

#[test]
fn what_several_agencies_say_alike_is_said_once() {
    let text = text(&province_report());
    let line = text.lines().find(|l| l.contains("(I.5 ") && l.contains("Thiếu nhân lực")).unwrap();
    assert!(line.starts_with("UBND thành phố Đông Hà, UBND huyện Gio Linh, UBND huyện Hải Lăng (I.5 "), "{line}");
    assert_eq!(text.matches("(I.5 ").count(), 2, "difficulties and proposals");
}

#[test]
fn the_late_list_holds_only_those_who_are_late_or_missing() {
    let list = document(&province(), &request(Kind::Late));
    let all = document(&province(), &request(Kind::Province));
    let rows = |d: &Document| table(d, "Tình hình gửi báo cáo").rows.len();
    assert_eq!(rows(&list), rows(&all) - 3);
    let gio_linh = cells(table(&list, "Tình hình gửi báo cáo"), "Cơ quan, đơn vị", "UBND huyện Gio Linh");
    assert_eq!(gio_linh("Tình trạng"), "Trễ hạn");
    assert_eq!(gio_linh("Nhận lúc"), "08:00 25/12/2023");
}

#[test]
fn when_all_are_in_time_the_late_list_is_a_sentence() {
    let mut world = World::of("so-tttt").file(QUARTER, FilingKind::Official, "2023-12-20T09:00:00+07:00");
    let catalogue = dti::catalogue::embedded();
    for agency in catalogue.reporting_agencies(&catalogue.period(&period(QUARTER))) {
        if agency.id != "so-tttt" {
            let time = "2023-12-20T09:00:00+07:00";
            world = world.receive(&agency.id, QUARTER, FilingKind::Official, time, ReceivedState::Merged);
        }
    }
    let list = document(&world.snapshot(), &request(Kind::Late));
    assert!(list.blocks().all(|b| !matches!(b, Block::Table(_))));
    assert!(text(&list).contains("Có 0/"), "{}", text(&list));
}

#[test]
fn the_appendix_has_all_36_tasks_and_what_their_leads_say() {
    let snapshot = World::of("so-tttt")
        .report("I.1", "van-phong-ubnd", QUARTER, task(TaskStatus::Done, Some(100)))
        .report("I.4", "bao-quang-tri", QUARTER, task(TaskStatus::InProgress, Some(40)))
        .snapshot();
    let appendix = document(&snapshot, &request(Kind::Appendix));
    let tasks = table(&appendix, "Nhiệm vụ");
    assert_eq!(tasks.rows.iter().filter(|r| matches!(r, Row::Cells(_))).count(), 36);
    let done = cells(tasks, "Mã", "I.1");
    assert_eq!((done("Trạng thái"), done("Tiến độ bình quân")), ("Hoàn thành".to_owned(), "100%".to_owned()));
    let joint = cells(tasks, "Mã", "I.4");
    assert_eq!(joint("Trạng thái"), "Đang triển khai: 1; Chưa báo cáo: 1");
    assert_eq!(joint("Đơn vị báo cáo"), "1/2");
    assert_eq!(cells(tasks, "Mã", "III.1")("Trạng thái"), "Chưa báo cáo");
}

#[test]
fn figures_that_wait_for_a_person_are_named_and_not_counted() {
    let snapshot = World::of("so-tttt")
        .report("M05", "tp-dong-ha", QUARTER, ratio(1, 4))
        .report("M05", DISTRICT, QUARTER, ratio(1, 2))
        .report("M05", DISTRICT, QUARTER, ratio(2, 2))
        .report("M05", "huyen-gio-linh", QUARTER, value("50"))
        .snapshot();
    let report = document(&snapshot, &request(Kind::Province));
    let text = text(&report);
    assert!(text.contains("UBND huyện Hải Lăng: số liệu khác nhau, chờ chọn."), "{text}");
    assert!(text.contains("UBND huyện Gio Linh: thiếu tử số, mẫu số."), "{text}");
    assert_eq!(cells(table(&report, "Chỉ tiêu"), "Mã", "M05")("Kỳ này"), "25% (1/4)");
}

#[test]
fn one_sample_figure_marks_the_report() {
    let kind = || request(Kind::Agency(DISTRICT.to_owned()));
    let sample = document(&district_with_sample_figures(), &kind());
    assert_eq!(sample.properties.authenticity, Authenticity::Sample);
    assert_eq!(document(&district(), &kind()).properties.authenticity, Authenticity::Official);
}

#[test]
fn an_empty_workspace_still_makes_every_report() {
    for agency in ["so-tttt", "cuc-thong-ke", "hiep-hoi-dn", "khong-co-trong-danh-muc"] {
        for kind in [Kind::Agency(agency.to_owned()), Kind::Province, Kind::Appendix, Kind::Late] {
            for at in ["2023-Q4", "2023", "dx-2023-10-05-bao-cao-nhanh"] {
                let request = Request { period: period(at), ..request(kind.clone()) };
                let document = document(&World::of(agency).snapshot(), &request);
                assert!(dti::report::docx(&document).is_ok() && dti::report::xlsx(&document).is_ok());
            }
        }
    }
}

#[test]
fn the_signer_of_the_request_signs() {
    let signer = Signer {
        authority: Some("KT. Giám đốc".to_owned()),
        title: "Phó Giám đốc".to_owned(),
        name: "Trần Thị B".to_owned(),
    };
    let request = Request { signer: Some(signer), ..request(Kind::Province) };
    let signature = document(&province(), &request).letter.unwrap().signature;
    assert_eq!(signature.authority.as_deref(), Some("KT. GIÁM ĐỐC"));
    assert_eq!((signature.title.as_str(), signature.name.as_str()), ("PHÓ GIÁM ĐỐC", "Trần Thị B"));
}

#[test]
fn an_agencys_own_figures_are_of_its_own_records_only() {
    let foreign = World::of("so-tttt")
        .report("I.5", DISTRICT, QUARTER, Content::Withdrawn)
        .report("I.5", "tp-dong-ha", QUARTER, task(TaskStatus::Done, Some(100)))
        .snapshot();
    let report = document(&foreign, &request(Kind::Agency(DISTRICT.to_owned())));
    assert!(text(&report).contains("I.5 ") && !text(&report).contains("hoàn thành, 100%"), "{}", text(&report));
    assert_eq!(cells(table(&report, "Nhiệm vụ"), "Mã", "I.5")("Trạng thái"), "Chưa báo cáo");
}

#[test]
fn a_workbook_keeps_bare_numbers_and_paper_their_words() {
    let document = district_report();
    let columns = &table(&document, "Chỉ tiêu").columns;
    let of = |medium| columns.iter().filter(|c| c.medium == medium).map(|c| c.title).collect::<Vec<_>>();
    assert_eq!(of(Medium::Paper), ["Kỳ trước", "Kỳ này"]);
    assert!(of(Medium::Workbook).contains(&"Tử số"));
    assert_eq!(Cell::text(""), Cell::Empty);
}

#[test]
fn the_receiver_reports_to_those_whom_the_plan_names() {
    let mut snapshot = province();
    let mut catalogue = (*snapshot.catalogue).clone();
    catalogue.plan.peoples_committee = "Ủy ban nhân dân tỉnh Mới".to_owned();
    catalogue.plan.ministry = "Bộ Khoa học và Công nghệ".to_owned();
    snapshot.catalogue = std::sync::Arc::new(catalogue);
    let report = document(&snapshot, &request(Kind::Province));
    let letter = report.letter.as_ref().unwrap();
    assert_eq!(letter.addressees, ["Ủy ban nhân dân tỉnh Mới", "Bộ Khoa học và Công nghệ"]);
    assert!(text(&report).contains("kính báo cáo Ủy ban nhân dân tỉnh Mới và Bộ Khoa học và Công nghệ./."));
    let own = document(&snapshot, &request(Kind::Agency("so-tttt".to_owned())));
    assert_eq!(own.letter.unwrap().addressees, ["Ủy ban nhân dân tỉnh Mới"]);
}

#[test]
fn a_report_that_was_sent_back_came_in_time_all_the_same() {
    let submission = String::new();
    let receipt = Receipt { submission, filing: FilingKind::Official, packages: Vec::new() };
    let row = |world: &World| {
        let snapshot = world.clone().snapshot();
        let record = snapshot.item("M05", DISTRICT, &period(QUARTER)).unwrap();
        ReturnedRow { key: record.key.clone(), revision: record.heads[0].id.clone(), reason: "sai".to_owned() }
    };
    let world = World::of("so-tttt").report("M05", DISTRICT, QUARTER, ratio(1, 2)).receive(
        DISTRICT,
        QUARTER,
        FilingKind::Official,
        "2023-12-20T09:00:00+07:00",
        ReceivedState::Merged,
    );
    let rows = vec![row(&world)];
    let snapshot = world.notice("so-tttt", DISTRICT, QUARTER, Message::Return { receipt, rows }).snapshot();
    let report = document(&snapshot, &request(Kind::Province));
    let said = text(&report);
    assert!(said.contains("1 cơ quan gửi đúng hạn, 0 cơ quan gửi chậm"), "{said}");
    assert!(said.contains("Bị trả lại để hoàn thiện: UBND huyện Hải Lăng."), "{said}");
    let list = document(&snapshot, &request(Kind::Late));
    let late = table(&list, "Tình hình gửi báo cáo").rows.len();
    assert_eq!(late, table(&report, "Tình hình gửi báo cáo").rows.len() - 1, "who is late or missing");
}

#[test]
fn what_was_entered_is_printed_with_all_its_decimals() {
    let parts = IndicatorValue::ratio(decimal("0.125"), decimal("1.25"));
    let snapshot = World::of("so-tai-chinh")
        .report("M11", "so-tai-chinh", QUARTER, Content::Indicator(parts))
        .report("M12", "so-tai-chinh", QUARTER, value("0.0015"))
        .snapshot();
    let report = document(&snapshot, &request(Kind::Agency("so-tai-chinh".to_owned())));
    let indicators = table(&report, "Chỉ tiêu");
    let m11 = cells(indicators, "Mã", "M11");
    assert_eq!((m11("Kỳ này"), m11("Tử số")), ("10% (0,125/1,25)".to_owned(), "0,125".to_owned()));
    assert_eq!(cells(indicators, "Mã", "M12")("Kỳ này (số)"), "0,0015");
}

#[test]
fn a_figure_that_the_period_does_not_ask_for_is_not_among_those_attained() {
    let snapshot = World::of("so-tttt")
        .prove("V13", "so-tttt", QUARTER, issued())
        .report("M01", "so-tttt", QUARTER, ratio(26, 13))
        .snapshot();
    let said = text(&document(&snapshot, &request(Kind::Agency("so-tttt".to_owned()))));
    assert!(said.contains("Có số liệu 1/1 chỉ tiêu; 1 chỉ tiêu đạt mục tiêu (M01)."), "{said}");
}

#[test]
fn where_nobody_has_reported_the_figure_says_so() {
    let report = document(&World::of("so-tttt").snapshot(), &request(Kind::Province));
    assert_eq!(cells(table(&report, "Chỉ tiêu"), "Mã", "M05")("Kỳ này"), "Chưa báo cáo");
}
