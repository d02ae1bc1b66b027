//! Danh mục: amendments filled in, drafted, and asked for as one edition.

use std::path::PathBuf;
use std::sync::Arc;

use dti::catalogue::{
    AgencyKind, Aggregate, Amendment, Edition, Gone, Heir, Rule, SameNumber, Step, Takeover, Target, amend, embedded,
};
use dti::record::{KnownEdition, Operation, OperationKind, Published};
use dti::table::{ComponentReading, components};
use dti::ui::{Access, Command, ComponentPreview, EditionChanges, Issued, Screen, View};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};

use super::{Window, cell, field, harness, view};
use crate::support::official::{book_of, two_pillars};
use crate::support::{World, moment};

type Shown = Harness<'static, Window>;

fn screen(agency: &str) -> Shown {
    harness(Window::new(view(World::of(agency))).on(Screen::Catalogue))
}

fn of(agency: &str) -> Shown {
    let mut shown = screen(agency);
    press(&mut shown, "Cơ quan");
    shown
}

fn says(shown: &Shown, text: &str) -> bool {
    shown.query_all_by_label_contains(text).next().is_some()
}

fn pressable<'h>(shown: &'h Shown, name: &'h str) -> Option<Node<'h>> {
    let is_pressable = |n: &Node<'_>| !matches!(n.accesskit_node().role(), egui::Role::Label | egui::Role::Cell);
    shown.query_all_by_label(name).find(is_pressable)
}

fn press(shown: &mut Shown, name: &str) {
    pressable(shown, name).unwrap_or_else(|| panic!("no button {name}")).scroll_to_me();
    shown.run();
    pressable(shown, name).unwrap_or_else(|| panic!("no button {name}")).click();
    shown.run();
}

/// Replaces what a field says, and leaves it.
fn type_into(shown: &mut Shown, name: &str, text: &str) {
    field(shown, name).scroll_to_me();
    shown.run();
    field(shown, name).focus();
    shown.run();
    shown.key_press_modifiers(Modifiers::COMMAND, Key::A);
    shown.run();
    shown.event(egui::Event::Text(text.to_owned()));
    shown.run();
    shown.key_press(Key::Tab);
    shown.run();
}

/// Chooses in the drop-down of this name.
fn choose(shown: &mut Shown, name: &str, text: &str) {
    let combo = |shown: &Shown, act: fn(&Node<'_>)| {
        let named = format!("{name}: ");
        let is_combo = |n: &Node<'_>| n.accesskit_node().role() == egui::Role::ComboBox;
        act(&shown.query_all_by_label_contains(&named).find(is_combo).unwrap_or_else(|| panic!("no {name}")));
    };
    combo(shown, |n| n.scroll_to_me());
    shown.run();
    combo(shown, |n| n.click());
    shown.run();
    press(shown, text);
}

fn choose_agency(shown: &mut Shown, name: &str) {
    type_into(shown, "Tìm trong danh mục", name);
    cell(shown, name, 0).click();
    shown.run();
}

/// The amendments of the edition that is asked for.
fn made(shown: &mut Shown) -> Vec<Amendment> {
    press(shown, "Lập ấn bản mới");
    let made = shown.state().commands.iter().find_map(|c| match c {
        Command::Amend(amendments) => Some(amendments.clone()),
        _ => None,
    });
    made.expect("an edition")
}

fn add(shown: &mut Shown) {
    press(shown, "Thêm vào thay đổi đang soạn");
}

fn rename(shown: &mut Shown, agency: &str, name: &str) {
    choose_agency(shown, agency);
    press(shown, "Đổi tên…");
    type_into(shown, "Tên mới", name);
    add(shown);
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_merger_that_is_filled_in_ends_in_the_amendment() {
    let mut shown = of("so-tttt");
    choose_agency(&mut shown, "Sở Kế hoạch và Đầu tư");
    press(&mut shown, "Sáp nhập…");
    type_into(&mut shown, "Tìm, gõ không dấu cũng được", "so tai chinh");
    press(&mut shown, "Sở Tài chính");
    type_into(&mut shown, "Tên cơ quan mới", "Sở Tài chính và Kế hoạch");
    type_into(&mut shown, "Từ ngày", "01/07/2024");
    assert!(says(&shown, "vào Sở Tài chính và Kế hoạch từ ngày 01/07/2024"), "said before it is added");
    add(&mut shown);
    let into = Heir {
        id: "so-tai-chinh-va-ke-hoach".to_owned(),
        name: "Sở Tài chính và Kế hoạch".to_owned(),
        kind: Some(AgencyKind::Department),
        ..Heir::default()
    };
    let agencies = vec!["so-khdt".to_owned(), "so-tai-chinh".to_owned()];
    assert_eq!(made(&mut shown), [Amendment::Merge { agencies, into, from: day("2024-07-01") }]);
}

#[test]
fn a_split_names_who_takes_over_and_who_reports_what_only_one_can() {
    let mut shown = of("so-tttt");
    choose_agency(&mut shown, "Văn phòng UBND tỉnh");
    press(&mut shown, "Tách…");
    type_into(&mut shown, "Từ ngày", "1/1/2024");
    type_into(&mut shown, "Tên cơ quan mới 1", "Văn phòng Một");
    type_into(&mut shown, "Tên cơ quan mới 2", "Văn phòng Hai");
    add(&mut shown);
    let made = made(&mut shown);
    let [Amendment::Split { agency, into, from, sole }] = &made[..] else { panic!("{made:?}") };
    let ids: Vec<&str> = into.iter().map(|heir| heir.id.as_str()).collect();
    assert_eq!((agency.as_str(), &ids[..]), ("van-phong-ubnd", &["van-phong-mot", "van-phong-hai"][..]));
    assert_eq!((*from, sole.as_deref()), (day("2024-01-01"), Some("van-phong-mot")));
    assert!(into.iter().all(|heir| heir.kind == Some(AgencyKind::Office)));
}

#[test]
fn what_is_no_date_is_said_under_the_field_and_not_added() {
    let mut shown = of("so-tttt");
    choose_agency(&mut shown, "Sở Nội vụ");
    press(&mut shown, "Kết thúc hoạt động…");
    type_into(&mut shown, "Ngày cuối cùng hoạt động", "31/02/2024");
    assert!(says(&shown, "Không phải là ngày"));
    add(&mut shown);
    assert!(says(&shown, "Còn ô chưa điền hoặc chưa đúng"), "the form is still there");
    type_into(&mut shown, "Ngày cuối cùng hoạt động", "29/02/2024");
    assert!(!says(&shown, "Không phải là ngày"));
    shown.key_press(Key::Escape);
    shown.run();
    assert!(pressable(&shown, "Thêm vào thay đổi đang soạn").is_none(), "Esc closes the form");
    assert!(!shown.state().state.unsaved());
}

#[test]
fn enter_in_a_field_adds_the_amendment() {
    let mut shown = of("so-tttt");
    choose_agency(&mut shown, "Sở Nội vụ");
    press(&mut shown, "Kết thúc hoạt động…");
    shown.event(egui::Event::Text("31/12/2024".to_owned()));
    shown.run();
    shown.key_press(Key::Enter);
    shown.run();
    shown.run();
    let to = day("2024-12-31");
    assert_eq!(made(&mut shown), [Amendment::Close { agency: "so-noi-vu".to_owned(), to }]);
}

#[test]
fn drafted_changes_are_listed_in_sentences_and_each_can_be_taken_out_or_changed() {
    let mut shown = of("so-tttt");
    rename(&mut shown, "Sở Nội vụ", "Sở Hai");
    rename(&mut shown, "Sở Tài chính", "Sở Ba");
    assert!(shown.state().state.unsaved());
    press(&mut shown, "Đang soạn");
    assert!(says(&shown, "Đổi tên “Sở Nội vụ” thành “Sở Hai”") && says(&shown, "Đổi tên “Sở Tài chính” thành “Sở Ba”"));
    press(&mut shown, "Sửa thay đổi 2");
    type_into(&mut shown, "Tên mới", "Sở Bốn");
    press(&mut shown, "Sửa thay đổi");
    press(&mut shown, "Bỏ thay đổi 1");
    let agency = "so-tai-chinh".to_owned();
    assert_eq!(made(&mut shown), [Amendment::Rename { agency, name: "Sở Bốn".to_owned(), short: String::new() }]);
}

#[test]
fn what_contradicts_another_change_is_said_in_the_list_and_no_edition_is_made() {
    let mut shown = of("so-tttt");
    rename(&mut shown, "Sở Nội vụ", "Sở Hai");
    choose_agency(&mut shown, "Sở Tài chính");
    press(&mut shown, "Đổi tên…");
    type_into(&mut shown, "Tên mới", "Sở Hai");
    add(&mut shown);
    assert!(says(&shown, "trùng với Sở Hai"), "refused in the form");
    press(&mut shown, "Thôi");
    // The agency that one change needs goes with another.
    press(&mut shown, "Thêm cơ quan…");
    type_into(&mut shown, "Tên cơ quan mới", "Sở Mới");
    type_into(&mut shown, "Từ ngày", "01/01/2024");
    add(&mut shown);
    rename(&mut shown, "Sở Mới", "Sở Mới nhất");
    press(&mut shown, "Đang soạn");
    press(&mut shown, "Bỏ thay đổi 2");
    assert!(says(&shown, "Danh mục không có cơ quan “so-moi”"));
    press(&mut shown, "Lập ấn bản mới");
    assert_eq!(shown.state().commands, []);
}

#[test]
fn a_draft_that_was_written_is_no_draft_any_more() {
    let mut shown = of("so-tttt");
    rename(&mut shown, "Sở Nội vụ", "Sở Hai");
    let amendments = made(&mut shown);
    let edition = Edition::after(embedded(), amend(embedded(), &amendments).unwrap()).unwrap();
    let workspace = shown.state_mut().view.workspace.as_mut().unwrap();
    Arc::make_mut(&mut workspace.snapshot).catalogue = Arc::clone(edition.catalogue());
    shown.run();
    assert!(!shown.state().state.unsaved());
    assert!(says(&shown, "ấn bản 2"));
}

#[test]
fn only_the_receiving_department_amends_and_only_in_a_file_that_can_be_written() {
    let mut shown = of("so-noi-vu");
    choose_agency(&mut shown, "Sở Tài chính");
    assert!(pressable(&shown, "Đổi tên…").is_none() && pressable(&shown, "Thêm cơ quan…").is_none());
    assert!(pressable(&shown, "Lập ấn bản mới").is_none());
    let mut view = view(World::of("so-tttt"));
    view.workspace.as_mut().unwrap().access = Access::Read;
    let mut shown = harness(Window::new(view).on(Screen::Catalogue));
    press(&mut shown, "Cơ quan");
    assert!(pressable(&shown, "Thêm cơ quan…").is_none());
}

#[test]
fn whoever_receives_the_reports_is_renamed_and_cannot_end() {
    let mut shown = of("so-tttt");
    choose_agency(&mut shown, "Sở Thông tin và Truyền thông");
    assert!(pressable(&shown, "Đổi tên…").is_some());
    assert!(pressable(&shown, "Tách…").is_none() && pressable(&shown, "Kết thúc hoạt động…").is_none());
}

// Chỉ tiêu

#[test]
fn an_indicator_that_is_filled_in_takes_the_next_id_and_fits_together() {
    let mut shown = screen("so-tttt");
    press(&mut shown, "Thêm chỉ tiêu…");
    type_into(&mut shown, "Tên đầy đủ", "Tỷ lệ hồ sơ được số hóa khi tiếp nhận");
    choose(&mut shown, "Trụ cột", "VI Chính quyền số");
    type_into(&mut shown, "Từ ngày", "01/01/2024");
    type_into(&mut shown, "Tìm, gõ không dấu cũng được", "ban nganh cap tinh");
    let group = embedded().groups.iter().find(|g| g.id == "so-ban-nganh").unwrap();
    press(&mut shown, &format!("Nhóm: {}", group.name));
    type_into(&mut shown, "Tử số là", "Số hồ sơ được số hóa");
    type_into(&mut shown, "Mẫu số là", "Tổng số hồ sơ tiếp nhận");
    choose(&mut shown, "Mục tiêu", "từ một mức trở lên");
    type_into(&mut shown, "Mức mục tiêu", "85,5");
    add(&mut shown);
    let made = made(&mut shown);
    let [Amendment::AddIndicator { indicator }] = &made[..] else { panic!("{made:?}") };
    assert_eq!((indicator.id.as_str(), indicator.pillar, indicator.unit.as_str()), ("M29", 6, "%"));
    assert_eq!(indicator.target, Target::AtLeast("85.5".parse().unwrap()));
    assert_eq!((indicator.aggregate, indicator.valid_from), (Aggregate::RatioOfSums, Some(day("2024-01-01"))));
    assert_eq!(indicator.reporters, ["so-ban-nganh"]);
    assert_eq!(indicator.short, indicator.title);
}

#[test]
fn steps_that_do_not_fall_are_refused_in_words_and_with_their_points_they_are_a_rule() {
    let mut shown = screen("so-tttt");
    press(&mut shown, "Thêm chỉ tiêu…");
    type_into(&mut shown, "Tên đầy đủ", "Số lần giao ban về chuyển đổi số");
    type_into(&mut shown, "Từ ngày", "01/01/2024");
    type_into(&mut shown, "Tìm, gõ không dấu cũng được", "so noi vu");
    press(&mut shown, "Sở Nội vụ");
    choose(&mut shown, "Cách đo", "một số liệu");
    type_into(&mut shown, "Đơn vị tính", "lần");
    type_into(&mut shown, "Mức mục tiêu", "4");
    choose(&mut shown, "Cách tính điểm", "theo bậc: từ mức nào được bao nhiêu điểm");
    for (field, text) in [("Bậc 1: từ", "2"), ("Bậc 1: điểm", "10"), ("Bậc 2: từ", "4"), ("Bậc 2: điểm", "20")]
    {
        type_into(&mut shown, field, text);
    }
    add(&mut shown);
    assert!(says(&shown, "các bậc phải giảm dần"));
    for (field, text) in [("Bậc 1: từ", "4"), ("Bậc 1: điểm", "20"), ("Bậc 2: từ", "2"), ("Bậc 2: điểm", "1x")]
    {
        type_into(&mut shown, field, text);
    }
    assert!(says(&shown, "“1x” không phải là số"), "said at the field");
    type_into(&mut shown, "Bậc 2: điểm", "10");
    add(&mut shown);
    let made = made(&mut shown);
    let [Amendment::AddIndicator { indicator }] = &made[..] else { panic!("{made:?}") };
    let step = |at_least: i64, points: i64| Step { at_least: at_least.into(), points: points.into() };
    assert_eq!(indicator.rule, Rule::Steps(vec![step(4, 20), step(2, 10)]));
    assert_eq!(indicator.aggregate, Aggregate::Sum);
}

#[test]
fn of_a_change_only_what_is_otherwise_is_asked_for() {
    let mut shown = screen("so-tttt");
    type_into(&mut shown, "Tìm trong danh mục", "M11");
    press(&mut shown, "Đổi mục tiêu, điểm…");
    type_into(&mut shown, "Từ ngày", "01/01/2024");
    add(&mut shown);
    assert!(says(&shown, "không có gì thay đổi"), "refused in the form");
    type_into(&mut shown, "Mức mục tiêu", "12");
    add(&mut shown);
    let target = Some(Target::AtLeast(12.into()));
    let (indicator, from) = ("M11".to_owned(), day("2024-01-01"));
    let wanted = Amendment::Change { indicator, from, target, rule: None, reporters: None, max_points: None };
    assert_eq!(made(&mut shown), [wanted]);
}

#[test]
fn an_indicator_is_renamed_and_ends_on_a_day() {
    let mut shown = screen("so-tttt");
    type_into(&mut shown, "Tìm trong danh mục", "M11");
    press(&mut shown, "Đổi tên…");
    type_into(&mut shown, "Tên gọn", "Chi cho an toàn thông tin");
    add(&mut shown);
    press(&mut shown, "Kết thúc…");
    type_into(&mut shown, "Ngày cuối cùng theo dõi", "31.12.2024");
    add(&mut shown);
    let indicator = "M11".to_owned();
    let title = embedded().indicator("M11").unwrap().title.clone();
    let retitle =
        Amendment::Retitle { indicator: indicator.clone(), title, short: "Chi cho an toàn thông tin".to_owned() };
    assert_eq!(made(&mut shown), [retitle, Amendment::CloseIndicator { indicator, to: day("2024-12-31") }]);
}

#[test]
fn the_next_year_takes_the_tasks_that_are_ticked_and_its_own_deadlines() {
    let mut shown = screen("so-tttt");
    press(&mut shown, "Lịch báo cáo");
    press(&mut shown, "Ấn bản năm sau…");
    let task = embedded().tasks.iter().find(|t| !t.years.is_empty()).unwrap();
    let tick = format!("{} {}", task.id, task.short);
    shown
        .query_all_by_label_contains(&tick)
        .find(|n| n.accesskit_node().role() == egui::Role::CheckBox)
        .unwrap()
        .click();
    shown.run();
    press(&mut shown, "Đổi từ năm này");
    type_into(&mut shown, "Báo cáo quý: nộp trước ngày", "20");
    add(&mut shown);
    let made = made(&mut shown);
    let [Amendment::NextYear { year: 2024, tasks, calendar: Some(calendar) }] = &made[..] else { panic!("{made:?}") };
    assert_eq!((tasks, calendar.quarter_due_day), (&vec![task.id.clone()], 20));
    assert_eq!(calendar.year_due_day, embedded().calendar.year_due_day);
}

// Ấn bản

fn second_edition() -> World {
    World::of("so-tttt").with_plan(|plan| {
        let rename =
            Amendment::Rename { agency: "so-noi-vu".to_owned(), name: "Sở Hai".to_owned(), short: String::new() };
        *plan = (**Edition::after(plan, amend(plan, &[rename]).unwrap()).unwrap().catalogue()).clone();
    })
}

fn known(view: &mut View) {
    let workspace = view.workspace.as_mut().unwrap();
    let snapshot = Arc::make_mut(&mut workspace.snapshot);
    snapshot.editions = vec![KnownEdition {
        version: 2,
        hash: snapshot.catalogue.hash.clone(),
        operation: "0a".to_owned(),
        author: "Trần Thị C".to_owned(),
        time: moment("2023-12-11T08:00:00+07:00"),
        published: None,
    }];
}

#[test]
fn the_editions_say_who_made_them_and_what_they_changed_and_the_present_one_goes_out() {
    let mut view = view(second_edition());
    known(&mut view);
    let mut shown = harness(Window::new(view).on(Screen::Catalogue));
    press(&mut shown, "Ấn bản");
    shown.run();
    assert_eq!(shown.state().commands, [Command::LoadEditions], "asked once");
    let changes = vec!["Đổi tên “Sở Nội vụ” thành “Sở Hai”".to_owned()];
    let workspace = shown.state_mut().view.workspace.as_mut().unwrap();
    workspace.editions = Some(vec![EditionChanges { operation: "0a".to_owned(), changes }]);
    shown.run();
    for text in ["Ấn bản 2", "đang dùng", "chưa xuất gói", "Trần Thị C", "Đổi tên “Sở Nội vụ” thành “Sở Hai”"]
    {
        assert!(says(&shown, text), "{text}");
    }
    press(&mut shown, "Xuất gói danh mục");
    assert_eq!(shown.state().commands.last(), Some(&Command::Issue));
    let file = PathBuf::from("goi/DTI_danh-muc.zip");
    let workspace = shown.state_mut().view.workspace.as_mut().unwrap();
    workspace.issued = Some(Issued { version: 2, file: file.clone(), mail: None, mail_text: "Kính gửi".to_owned() });
    shown.run();
    press(&mut shown, "Mở thư mục");
    assert_eq!(shown.state().commands.last(), Some(&Command::ShowInFolder(file)));
}

#[test]
fn an_agency_sees_the_editions_and_sends_none() {
    let mut shown = screen("so-noi-vu");
    press(&mut shown, "Ấn bản");
    assert!(says(&shown, "Kèm theo chương trình"));
    assert!(pressable(&shown, "Xuất gói danh mục").is_none());
}

// Bảng chỉ số thành phần

/// An official table, read against the present catalogue.
fn official(shown: &mut Shown, rows: &[Vec<&str>]) -> Vec<Amendment> {
    let workspace = shown.state_mut().view.workspace.as_mut().unwrap();
    let base = Arc::clone(&workspace.snapshot.catalogue);
    let how = Takeover { from: day("2023-01-01"), same_number: SameNumber::Ask, gone: Gone::Keep };
    let reading = ComponentReading::default();
    let table = components(&book_of(rows), &reading, &base, how);
    let amendments = table.as_ref().map(|t| t.amendments.clone()).unwrap_or_default();
    let path = PathBuf::from("bang.xlsx");
    workspace.components = Some(ComponentPreview { path, reading, how, base, table });
    shown.run();
    amendments
}

/// What `app` does with these commands.
fn closed(shown: &mut Shown) {
    assert_eq!(shown.state().commands.last(), Some(&Command::DiscardComponents));
    shown.state_mut().view.workspace.as_mut().unwrap().components = None;
    shown.run();
}

#[test]
fn an_official_table_is_seen_row_by_row_and_goes_into_the_draft() {
    let mut shown = screen("so-tttt");
    press(&mut shown, "Nạp bảng chỉ số thành phần…");
    let asked = shown.state().commands.last().cloned();
    let Some(Command::ReadComponents { path: None, how, .. }) = asked else { panic!("{asked:?}") };
    assert_eq!((how.from, how.same_number, how.gone), (day("2023-01-01"), SameNumber::Ask, Gone::Keep));
    let amendments = official(&mut shown, &two_pillars());
    assert!(says(&shown, "thêm C102, 35 điểm, tỷ lệ nhân điểm tối đa, UBND cấp huyện báo cáo"));
    press(&mut shown, "Thêm 5 thay đổi vào đang soạn");
    closed(&mut shown);
    assert!(shown.state().state.unsaved());
    assert_eq!((amendments.len(), made(&mut shown)), (5, amendments));
}

#[test]
fn a_table_is_read_again_with_every_other_choice_and_one_with_an_open_row_is_not_taken() {
    let mut shown = screen("so-tttt");
    official(&mut shown, &two_pillars());
    press(&mut shown, "Kết thúc");
    let asked = shown.state().commands.last().cloned();
    let Some(Command::ReadComponents { path: Some(_), how, .. }) = asked else { panic!("{asked:?}") };
    assert_eq!(how.gone, Gone::Close);
    type_into(&mut shown, "Có hiệu lực từ ngày", "01/01/2024");
    let asked = shown.state().commands.last().cloned();
    let Some(Command::ReadComponents { how, .. }) = asked else { panic!("{asked:?}") };
    assert_eq!(how.from, day("2024-01-01"));
    let mut rows = two_pillars();
    rows[3][2] = "4O";
    official(&mut shown, &rows);
    assert!(says(&shown, "Có dòng phải sửa"));
    press(&mut shown, "Thêm 0 thay đổi vào đang soạn");
    assert!(!shown.state().state.unsaved());
    press(&mut shown, "Thôi");
    closed(&mut shown);
}

#[test]
fn no_undo_is_offered_of_an_edition_that_went_out() {
    let (author, time) = ("Trần Thị C".to_owned(), moment("2023-12-11T08:00:00+07:00"));
    let mut view = view(second_edition());
    known(&mut view);
    let snapshot = Arc::make_mut(&mut view.workspace.as_mut().unwrap().snapshot);
    snapshot.operations.push(Operation {
        id: "0a".to_owned(),
        number: 1,
        kind: OperationKind::Amend,
        author: author.clone(),
        time,
        subject: snapshot.catalogue.to_string(),
        moves: Vec::new(),
        undoes: None,
        undone_by: None,
    });
    let offered = |view: &View| says(&harness(Window::new(view.clone()).on(Screen::Overview)), "Hoàn tác: Lập");
    assert!(offered(&view));
    let snapshot = Arc::make_mut(&mut view.workspace.as_mut().unwrap().snapshot);
    let published = Published { operation: "0b".to_owned(), officer: author, device: "may-1".to_owned(), time };
    snapshot.editions[0].published = Some(published);
    assert!(!offered(&view));
}
