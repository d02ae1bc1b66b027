//! The screens around the pillars: what each shows, and what its buttons ask for.

use std::path::PathBuf;
use std::sync::Arc;

use dti::catalogue::{Agency, AgencyKind, embedded};
use dti::merge;
use dti::package::{Contents, Header, PackageKind, Part};
use dti::progress::Tally;
use dti::record::{
    Content, FilingKind, HeadMove, Key as RecordKey, Operation, OperationKind, Outcome, Revision, RowCounts, Snapshot,
};
use dti::ui::theme::Theme;
use dti::ui::{
    Access, Backup, Change, Command, Exported, PathQuestion, PeriodStatuses, PreviewPackage, Question, Rescued,
    Resolution, Screen, Verdict, View,
};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};

use super::{Window, cell, harness, view};
use crate::support::{World, moment, period, ratio};

type Shown = Harness<'static, Window>;

fn on(screen: Screen, view: View) -> Shown {
    harness(Window::new(view).on(screen))
}

fn says(shown: &Shown, text: &str) -> bool {
    shown.query_all_by_label_contains(text).next().is_some()
}

fn press(shown: &mut Shown, name: &str) {
    let pressable = |n: &Node<'_>| n.accesskit_node().role() != egui::Role::Label;
    let button = |shown: &Shown, act: fn(&Node<'_>)| {
        act(&shown.query_all_by_label(name).find(pressable).unwrap_or_else(|| panic!("no button {name}")));
    };
    button(shown, |n| n.scroll_to_me());
    shown.run();
    button(shown, |n| n.click());
    shown.run();
}

fn type_into(shown: &mut Shown, name: &str, text: &str) {
    let field = super::field(shown, name);
    field.focus();
    shown.run();
    shown.key_press_modifiers(Modifiers::COMMAND, Key::A);
    shown.run();
    shown.event(egui::Event::Text(text.to_owned()));
    shown.run();
    shown.key_press(Key::Enter);
    shown.run();
}

fn commands(shown: &Shown) -> &[Command] {
    &shown.state().commands
}

fn m05(agency: &str) -> RecordKey {
    RecordKey::of_item(embedded(), "M05", agency, &period("2023-Q4")).unwrap()
}

/// Two desks say different things about M05 of Đông Hà.
fn disputed() -> World {
    World::of("so-tttt").report("M05", "tp-dong-ha", "2023-Q4", ratio(1, 2)).report(
        "M05",
        "tp-dong-ha",
        "2023-Q4",
        ratio(2, 3),
    )
}

fn snapshot(view: &mut View) -> &mut Snapshot {
    Arc::make_mut(&mut view.workspace.as_mut().unwrap().snapshot)
}

// Tổng quan

#[test]
fn the_overview_leads_to_a_conflict_and_to_what_is_missing() {
    let mut shown = on(Screen::Overview, view(disputed()));
    let row = shown.query_all_by_label_contains("1 số liệu khác nhau, chờ quyết định").next().unwrap();
    row.click();
    shown.run();
    assert_eq!(shown.state().state.screen, Screen::Inbox);
    assert_eq!(shown.state().state.inbox.conflict, Some(m05("tp-dong-ha")));
    let mut shown = on(Screen::Overview, view(World::of("so-noi-vu")));
    shown.query_all_by_label_contains("chưa nhập").next().unwrap().click();
    shown.run();
    assert_eq!(shown.state().state.screen, Screen::Pillar);
}

#[test]
fn an_agency_that_owes_nothing_is_told_so() {
    let nothing = World::of("so-noi-vu").with_plan(|plan| {
        plan.tasks.clear();
        plan.indicators.clear();
    });
    assert!(says(&on(Screen::Overview, view(nothing)), "Không còn việc phải làm"));
}

#[test]
fn what_was_entered_and_not_filed_waits_for_filing() {
    let world = || World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2));
    assert!(says(&on(Screen::Overview, view(world())), "Báo cáo Quý IV/2023 chưa nộp"));
    let changed = world().file("2023-Q4", FilingKind::Official, "2023-12-10T08:00:00+07:00");
    assert!(says(&on(Screen::Overview, view(changed)), "đã thay đổi sau khi nộp"));
}

// Nộp báo cáo

#[test]
fn without_a_figure_there_is_nothing_to_file() {
    let mut shown = on(Screen::Submit, view(World::of("so-noi-vu")));
    press(&mut shown, "Nộp và ghi gói dữ liệu");
    assert_eq!(commands(&shown), []);
    let world = World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2));
    let mut shown = on(Screen::Submit, view(world));
    press(&mut shown, "Nộp và ghi gói dữ liệu");
    assert_eq!(commands(&shown), [Command::Export]);
}

#[test]
fn the_second_filing_is_named_before_it_is_made() {
    let world = World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)).file(
        "2023-Q4",
        FilingKind::Official,
        "2023-12-10T08:00:00+07:00",
    );
    assert!(says(&on(Screen::Submit, view(world)), "bổ sung lần 1"));
}

#[test]
fn what_was_written_can_be_shown_mailed_and_copied() {
    let world = World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)).file(
        "2023-Q4",
        FilingKind::Official,
        "2023-12-10T08:00:00+07:00",
    );
    let mut view = view(world);
    let filing = view.workspace.as_ref().unwrap().snapshot.filings[0].clone();
    let (package, mail) = (PathBuf::from("/goi/DTI.zip"), PathBuf::from("/goi/DTI.eml"));
    view.workspace.as_mut().unwrap().exported = Some(Exported {
        filing,
        files: vec![package.clone()],
        mail: Some(mail.clone()),
        mail_text: "Kính gửi".to_owned(),
    });
    let mut shown = on(Screen::Submit, view);
    for button in ["Mở thư nháp", "Mở thư mục", "Chép nội dung thư"] {
        press(&mut shown, button);
    }
    let expected = [Command::OpenMail(mail), Command::ShowInFolder(package), Command::CopyText("Kính gửi".to_owned())];
    assert_eq!(commands(&shown), expected);
}

// Gói nhận

/// A package of Đông Hà's M05 as it would be previewed in `view`.
fn package(view: &View, content: Content) -> PreviewPackage {
    let sender = World::of("tp-dong-ha").report("M05", "tp-dong-ha", "2023-Q4", content).snapshot();
    let revisions: Vec<Revision> = sender.records.values().flat_map(|r| r.heads.clone()).collect();
    let header = Header {
        kind: PackageKind::Submission,
        plan: sender.catalogue.plan.id.clone(),
        catalogue_version: 1,
        catalogue_hash: String::new(),
        agency: "tp-dong-ha".to_owned(),
        device: "may-9".to_owned(),
        recipient: "so-tttt".to_owned(),
        period: sender.catalogue.period(&period("2023-Q4")),
        filing: FilingKind::Official,
        submission: String::new(),
        previous: None,
        answers: None,
        officer: String::new(),
        software: String::new(),
        created: moment("2023-12-11T08:00:00+07:00"),
        part: Part { number: 1, of: 1 },
    };
    let here = &view.workspace.as_ref().unwrap().snapshot;
    let heads = |key: &RecordKey| here.record(key).map(|r| r.heads.clone()).unwrap_or_default();
    let contents = Contents { revisions, ..Contents::new(header) };
    let plan = merge::plan(&contents, &heads);
    PreviewPackage {
        path: PathBuf::from("/goi/DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip"),
        sha256: "1".repeat(64),
        bytes: 1,
        kind: Some(PackageKind::Submission),
        agency: Some("tp-dong-ha".to_owned()),
        period: Some(period("2023-Q4")),
        filing: Some(FilingKind::Official),
        verdict: Verdict::Ok,
        rows: plan.rows,
        counts: plan.counts,
        ..refused()
    }
}

#[test]
fn a_preview_shows_both_values_and_what_was_refused_and_why() {
    let mut view = view(World::of("so-tttt").report("M05", "tp-dong-ha", "2023-Q4", ratio(1, 2)));
    let package = package(&view, ratio(2, 4));
    assert_eq!(package.counts, RowCounts { conflict: 1, ..RowCounts::default() });
    view.workspace.as_mut().unwrap().preview = Some(vec![package, refused()]);
    let mut shown = on(Screen::Inbox, view);
    cell(&shown, "50% (1/2)", 0);
    cell(&shown, "50% (2/4)", 0);
    let row = shown.query_all_by_label_contains("DTI_hong.zip").next().unwrap();
    row.click();
    shown.run();
    assert!(says(&shown, "Tệp bị cắt cụt"));
    press(&mut shown, "Nhập 1 gói");
    press(&mut shown, "Bỏ qua");
    assert_eq!(commands(&shown), [Command::ApplyPreview, Command::DiscardPreview]);
}

#[test]
fn a_preview_is_filtered_by_what_rows_are_to_this_file() {
    let mut view = view(World::of("so-tttt"));
    let mut package = package(&view, ratio(1, 2));
    let mut older = package.rows[0].clone();
    older.outcome = Outcome::Older;
    package.rows.push(older);
    package.counts.older = 1;
    view.workspace.as_mut().unwrap().preview = Some(vec![package]);
    let mut shown = on(Screen::Inbox, view);
    let rows = |shown: &Shown| {
        let is_cell = |n: &Node<'_>| n.accesskit_node().role() == egui::Role::Cell;
        shown.query_all_by_label("M05").filter(is_cell).count()
    };
    assert_eq!(rows(&shown), 2);
    press(&mut shown, "Cũ hơn 1");
    assert_eq!(rows(&shown), 1);
}

#[test]
fn a_conflict_is_settled_by_taking_the_agency_s_own_value() {
    let mut shown = on(Screen::Inbox, view(disputed()));
    press(&mut shown, "Lấy số liệu của cơ quan báo cáo");
    let [Command::Resolve { key, choice: Resolution::Take(taken), seen }] = commands(&shown) else {
        panic!("{:?}", commands(&shown))
    };
    assert_eq!(*key, m05("tp-dong-ha"));
    let snapshot = &shown.state().view.workspace.as_ref().unwrap().snapshot;
    assert_eq!(*seen, snapshot.record(key).unwrap().head_ids());
    assert!(seen.contains(taken));
}

#[test]
fn a_conflict_is_settled_by_a_third_value_only_when_it_can_be_read() {
    let mut shown = on(Screen::Inbox, view(disputed()));
    press(&mut shown, "Nhập số khác");
    assert!(!shown.state().state.unsaved());
    type_into(&mut shown, "Tử số", "ba");
    press(&mut shown, "Dùng số này");
    assert_eq!(commands(&shown), []);
    assert!(shown.state().state.unsaved(), "asked about before the window closes");
    type_into(&mut shown, "Tử số", "3");
    type_into(&mut shown, "Mẫu số", "4");
    press(&mut shown, "Dùng số này");
    let [Command::Resolve { choice: Resolution::Enter(body), .. }] = commands(&shown) else {
        panic!("{:?}", commands(&shown))
    };
    assert_eq!(body.content, ratio(3, 4));
    assert!(shown.state().state.unsaved(), "it may be refused: what was typed stays until it is stored");
    assert_eq!(super::field(&shown, "Tử số").value().as_deref(), Some("3"));
    let settled = view(World::of("so-tttt")).workspace;
    shown.state_mut().view.workspace = settled;
    shown.run();
    assert!(!shown.state().state.unsaved());
}

// Tổng hợp

#[test]
fn sixty_agencies_with_long_names_are_drawn_only_where_they_are_seen() {
    let many = World::of("so-tttt").with_plan(|plan| {
        let pattern = plan.agencies.iter().find(|a| a.kind == AgencyKind::District).unwrap().clone();
        let more = (0..60).map(|number| Agency {
            id: format!("ban-quan-ly-{number}"),
            name: format!(
                "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và hạ tầng kỹ thuật số {number}"
            ),
            ..pattern.clone()
        });
        plan.agencies.extend(more);
        let ids: Vec<String> = (0..60).map(|number| format!("ban-quan-ly-{number}")).collect();
        plan.indicators.iter_mut().for_each(|i| i.reporters.extend(ids.clone()));
    });
    let mut view = view(many);
    let workspace = view.workspace.as_mut().unwrap();
    let statuses = workspace.statuses.clone();
    assert!(statuses.len() > 60);
    workspace.matrix = ["2023-Q3", "2023-Q4"]
        .map(|p| PeriodStatuses { period: period(p), statuses: statuses.clone(), all: Tally::default() })
        .to_vec();
    let mut shown = on(Screen::Summary, view);
    let cells = |shown: &Shown| {
        shown.root().children_recursive().filter(|n| n.accesskit_node().role() == egui::Role::Cell).count()
    };
    assert!((30..120).contains(&cells(&shown)), "{} cells of {}", cells(&shown), statuses.len() * 3);
    type_into(&mut shown, "Tìm cơ quan", "ky thuat so 59");
    assert_eq!(cells(&shown), 3, "found without diacritics");
}

#[test]
fn a_provincial_value_names_the_units_in_it() {
    let world = World::of("so-tttt").report("M05", "tp-dong-ha", "2023-Q4", ratio(1, 2)).report(
        "M05",
        "huyen-gio-linh",
        "2023-Q4",
        ratio(1, 4),
    );
    let mut shown = on(Screen::Summary, view(world));
    press(&mut shown, "Số liệu toàn tỉnh");
    type_into(&mut shown, "Tìm chỉ tiêu", "M05");
    cell(&shown, "33,33%", 0);
    cell(&shown, "M05", 0).click();
    shown.run();
    cell(&shown, "TP Đông Hà", 0);
    cell(&shown, "1/4", 0);
    cell(&shown, "Chưa báo cáo", 0);
}

#[test]
fn the_score_says_that_it_is_an_estimate() {
    let mut shown = on(Screen::Summary, view(World::of("so-tttt")));
    press(&mut shown, "Điểm ước tính");
    assert!(says(&shown, "không phải kết quả đánh giá chính thức"));
}

// Danh mục

#[test]
fn the_catalogue_is_searched_without_diacritics_and_shows_the_plan_s_lines() {
    let mut shown = on(Screen::Catalogue, view(World::of("so-noi-vu")));
    type_into(&mut shown, "Tìm trong danh mục", "dien thoai thong minh");
    cell(&shown, "M05", 0);
    let line = embedded().indicator("M05").unwrap().body_lines[0];
    assert!(says(&shown, &format!("thân: {line}")));
    press(&mut shown, "Cơ quan");
    type_into(&mut shown, "Tìm trong danh mục", "cong an tinh");
    cell(&shown, "Công an tỉnh", 0);
}

// Nhật ký

fn logged(view: &mut View) -> (Operation, Change) {
    let snapshot = snapshot(view);
    let record = snapshot.records.values().next().unwrap().clone();
    let after = record.heads.clone();
    let ids: Vec<String> = after.iter().map(|h| h.id.clone()).collect();
    let operation = Operation {
        id: "01a".to_owned(),
        number: 1,
        kind: OperationKind::Record,
        author: "Trần Thị C".to_owned(),
        time: moment("2023-12-11T08:00:00+07:00"),
        subject: "M05".to_owned(),
        moves: vec![HeadMove { key: record.key.clone(), before: Vec::new(), after: ids }],
        undoes: None,
        undone_by: None,
    };
    snapshot.operations.push(operation.clone());
    (operation, Change { key: record.key.clone(), before: Vec::new(), after })
}

#[test]
fn an_operation_is_opened_read_and_undone() {
    let mut view = view(World::of("so-tttt").report("M05", "tp-dong-ha", "2023-Q4", ratio(1, 2)));
    let (operation, change) = logged(&mut view);
    let mut shown = on(Screen::Log, view);
    cell(&shown, "Trần Thị C", 0).click();
    shown.run();
    assert_eq!(commands(&shown), [Command::LoadChanges(operation.id.clone())]);
    shown.state_mut().view.workspace.as_mut().unwrap().changes = Some((operation.id.clone(), vec![change]));
    shown.run();
    assert!(says(&shown, "50% (1/2)"));
    press(&mut shown, "Hoàn tác thao tác này");
    assert_eq!(commands(&shown).last(), Some(&Command::Undo(Some(operation.id))));
}

#[test]
fn the_log_is_searched_by_person_without_diacritics() {
    let mut view = view(World::of("so-tttt").report("M05", "tp-dong-ha", "2023-Q4", ratio(1, 2)));
    logged(&mut view);
    let mut shown = on(Screen::Log, view);
    type_into(&mut shown, "Tìm người, mục, tệp", "tran thi");
    cell(&shown, "Trần Thị C", 0);
    type_into(&mut shown, "Tìm người, mục, tệp", "le van");
    assert!(says(&shown, "Không có thao tác nào"));
}

#[test]
fn the_log_is_narrowed_to_an_item_and_names_what_has_to_be_undone_first() {
    let mut view = view(World::of("so-tttt").report("M05", "tp-dong-ha", "2023-Q4", ratio(1, 2)));
    let (operation, _) = logged(&mut view);
    let later = Operation { id: "01b".to_owned(), number: 2, author: "Lê Văn B".to_owned(), ..operation.clone() };
    snapshot(&mut view).operations.insert(0, later);
    let mut shown = on(Screen::Log, view);
    type_into(&mut shown, "Tìm người, mục, tệp", "m06");
    assert!(says(&shown, "Không có thao tác nào"));
    type_into(&mut shown, "Tìm người, mục, tệp", "m05");
    cell(&shown, "Trần Thị C", 0).click();
    shown.run();
    assert!(says(&shown, "nên phải hoàn tác trước: “Nhập M05” ("));
    press(&mut shown, "Hoàn tác cả 2 thao tác");
    assert_eq!(commands(&shown).last(), Some(&Command::UndoWithLater(operation.id)));
}

// Cài đặt, hộp thoại, trợ giúp

#[test]
fn settings_ask_for_what_was_chosen_and_refuse_a_size_that_no_mail_has() {
    let mut shown = on(Screen::Settings, view(World::of("so-noi-vu")));
    press(&mut shown, "Tối");
    type_into(&mut shown, "Họ và tên người nhập", "Lê Thị D");
    type_into(&mut shown, "Cỡ gói tối đa, MB", "0");
    type_into(&mut shown, "Cỡ gói tối đa, MB", "25");
    let expected = [Command::SetTheme(Theme::Dark), Command::SetOfficer("Lê Thị D".to_owned()), Command::SetLimit(25)];
    assert_eq!(commands(&shown), expected);
}

#[test]
fn a_backup_is_put_back_only_when_the_officer_says_so_twice() {
    let mut view = view(World::of("so-noi-vu"));
    let made = moment("2023-12-11T08:00:00+07:00").naive_local();
    let path = PathBuf::from("so-lieu.dti.backup/00001.dtib");
    let backup = Backup { path: path.clone(), made, reason: "khi mở tệp".to_owned(), bytes: 120_000 };
    view.workspace.as_mut().unwrap().backups = vec![backup];
    let mut shown = on(Screen::Settings, view);
    press(&mut shown, "Sao lưu ngay");
    press(&mut shown, "Khôi phục bản 08:00 11/12/2023");
    assert!(says(&shown, "những gì nhập sau"));
    press(&mut shown, "Không khôi phục");
    press(&mut shown, "Khôi phục bản 08:00 11/12/2023");
    assert_eq!(commands(&shown), [Command::BackUpNow]);
    press(&mut shown, "Khôi phục bản này");
    let restore = Command::Restore { file: PathBuf::from("so-lieu.dti"), backup: path };
    assert_eq!(commands(&shown), [Command::BackUpNow, restore]);
}

#[test]
fn a_damaged_file_is_shown_with_the_way_to_save_it() {
    let mut view = view(World::of("so-noi-vu"));
    view.workspace.as_mut().unwrap().access = Access::Damaged;
    let mut shown = on(Screen::Settings, view);
    assert!(says(&shown, "Tệp hỏng, chỉ xem"));
    press(&mut shown, "Cứu phần còn đọc được…");
    assert_eq!(commands(&shown), [Command::Rescue(PathBuf::from("so-lieu.dti"))]);
    let file = PathBuf::from("so-lieu-cuu.dti");
    let lost = vec!["M05: số liệu hiện hành không chắc còn đúng".to_owned()];
    shown.state_mut().view.rescued =
        Some(Rescued { file: file.clone(), saved: "Đã cứu 12 phiên bản".to_owned(), lost });
    shown.run();
    assert!(says(&shown, "không chắc còn đúng"));
    press(&mut shown, "Mở tệp đã cứu");
    assert_eq!(commands(&shown).last(), Some(&Command::OpenRecent(file)));
}

#[test]
fn a_path_is_typed_where_the_desktop_has_no_dialog() {
    let mut view = view(World::of("so-noi-vu"));
    let question =
        PathQuestion { number: 1, title: "Chọn gói dữ liệu".to_owned(), suggestion: "/tài liệu/".to_owned() };
    view.question = Some(Question::Path(question));
    let mut shown = on(Screen::Inbox, view);
    type_into(&mut shown, "Đường dẫn", "/tài liệu/goi.zip");
    assert_eq!(commands(&shown), [Command::AnswerPath(Some(PathBuf::from("/tài liệu/goi.zip")))]);
}

#[test]
fn what_could_not_be_stored_is_given_up_only_by_saying_so() {
    let mut view = view(World::of("so-noi-vu"));
    view.question = Some(Question::Unsaved);
    let mut shown = on(Screen::Overview, view);
    shown.key_press(Key::Escape);
    shown.run();
    press(&mut shown, "Bỏ nội dung đó");
    assert_eq!(commands(&shown), [Command::Stay, Command::Leave]);
}

#[test]
fn f1_opens_the_help_of_the_screen_and_closes_it_again() {
    let mut shown = on(Screen::Inbox, view(World::of("so-tttt")));
    let open = |shown: &Shown| says(shown, "Nhập cùng một gói hai lần");
    assert!(!open(&shown));
    shown.key_press(Key::F1);
    shown.run();
    assert!(open(&shown));
    shown.key_press(Key::F1);
    shown.run();
    assert!(!open(&shown));
}

/// A package cut short.
fn refused() -> PreviewPackage {
    PreviewPackage {
        path: PathBuf::from("/goi/DTI_hong.zip"),
        sha256: "2".repeat(64),
        bytes: 1,
        kind: None,
        agency: None,
        period: None,
        filing: None,
        standing: None,
        signer: None,
        verdict: Verdict::Refused("Tệp bị cắt cụt".to_owned()),
        notice: None,
        edition: None,
        older_than: None,
        rows: Vec::new(),
        counts: RowCounts::default(),
    }
}
