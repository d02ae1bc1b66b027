//! Danh mục: amendments filled in, drafted, and asked for as one edition.

use std::sync::Arc;

use dti::catalogue::{AgencyKind, Amendment, Edition, Heir, amend, embedded};
use dti::ui::{Access, Command, Screen};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};

use super::{Window, cell, field, harness, view};
use crate::support::World;

type Shown = Harness<'static, Window>;

fn of(agency: &str) -> Shown {
    let mut shown = harness(Window::new(view(World::of(agency))).on(Screen::Catalogue));
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
