//! Tổng hợp: figures tried on a scratch copy, where the next points are, and from a province's value down to a file.

use dti::progress::{Points, Scope, Trial, Whose, score, tried};
use dti::ui::{Command, Screen};
use dti::words;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rust_decimal::Decimal;

use super::{Window, cell, harness, view};
use crate::support::{World, decimal, period, ratio};

type Shown = Harness<'static, Window>;

/// Tổng hợp of the receiving department, on the sheet with this title.
fn on(sheet: &str, world: World) -> Shown {
    let mut shown = harness(Window::new(view(world)).on(Screen::Summary));
    shown.query_all_by_label(sheet).next().unwrap_or_else(|| panic!("no sheet {sheet}")).click();
    shown.run();
    shown
}

fn says(shown: &Shown, text: &str) -> bool {
    shown.query_all_by_label_contains(text).next().is_some()
}

fn press(shown: &mut Shown, name: &str) {
    let pressable = |n: &egui_kittest::Node<'_>| n.accesskit_node().role() != egui::Role::Label;
    shown.query_all_by_label(name).find(pressable).unwrap_or_else(|| panic!("no button {name}")).click();
    shown.run();
}

/// Leaves only one indicator in the list.
fn search(shown: &mut Shown, item: &str) {
    super::field(shown, "Tìm chỉ tiêu").focus();
    shown.run();
    shown.key_press_modifiers(Modifiers::COMMAND, Key::A);
    shown.run();
    shown.event(Event::Text(item.to_owned()));
    shown.run();
}

/// Types into the column Thử of an indicator.
fn try_out(shown: &mut Shown, item: &str, text: &str) {
    search(shown, item);
    cell(shown, item, 0).click();
    shown.run();
    for _ in 0..4 {
        shown.key_press(Key::ArrowRight);
        shown.run();
    }
    shown.key_press(Key::F2);
    shown.run();
    shown.key_press_modifiers(Modifiers::COMMAND, Key::A);
    shown.run();
    shown.event(Event::Text(text.to_owned()));
    shown.run();
    shown.key_press(Key::Enter);
    shown.run();
}

fn half_of_m28() -> World {
    World::of("so-tttt").report("M28", "ngan-hang-nha-nuoc", "2023-Q4", ratio(40, 100))
}

#[test]
fn a_figure_tried_moves_the_score_at_once_and_is_never_saved() {
    let mut shown = on("Thử nếu…", half_of_m28());
    assert!(says(&shown, "Không ghi vào tệp"));
    try_out(&mut shown, "M28", "80%");
    assert!(says(&shown, "0,1500 (+0,0750)"), "the total and its difference");
    cell(&shown, "0,5000 → 1,0000", 0);
    cell(&shown, "+0,5000", 0);
    press(&mut shown, "Về số liệu thật");
    assert!(says(&shown, "0,0750 (không đổi)"));
    assert!(shown.state().saves().is_empty() && !shown.state().state.unsaved());
}

/// Chooses whose figures are tried, by a part of the name.
fn try_for(shown: &mut Shown, now: &str, name: &str) {
    press(shown, &format!("Thử số của: {now}"));
    shown.event(Event::Text(name.to_owned()));
    shown.run();
    shown.key_press(Key::Enter);
    shown.run();
}

fn two_districts() -> World {
    World::of("so-tttt").report("M05", "tp-dong-ha", "2023-Q4", ratio(100, 200)).report(
        "M05",
        "huyen-gio-linh",
        "2023-Q4",
        ratio(100, 300),
    )
}

#[test]
fn one_agencys_figure_moves_the_provinces_and_its_own_score() {
    let mut shown = on("Thử nếu…", two_districts());
    try_for(&mut shown, "Toàn tỉnh", "dong ha");
    assert!(says(&shown, "Riêng UBND thành phố Đông Hà"));
    try_out(&mut shown, "M05", "150/200");
    cell(&shown, "40% → 50%", 0);
    let (before, after) = (own_and_province("100/200"), own_and_province("150/200"));
    assert!(before.0 < after.0 && before.1 < after.1);
    for (before, after) in [(before.0, after.0), (before.1, after.1)] {
        let moved = format!("{} ({})", words::score(after), words::moved(before, after));
        assert!(says(&shown, &moved), "{moved}");
    }
    press(&mut shown, "Bỏ thử M05, UBND thành phố Đông Hà");
    cell(&shown, "40%", 0);
}

/// The scores of Đông Hà and of the province, with this figure of M05.
fn own_and_province(figure: &str) -> (Decimal, Decimal) {
    let (snapshot, at) = (two_districts().snapshot(), period("2023-Q4"));
    let whose = Whose::Unit("tp-dong-ha".to_owned());
    let trial = Trial::read(&snapshot, &Scope::Province, &at, "M05", whose, figure).unwrap();
    let scratch = tried(&snapshot, &Scope::Province, &at, &[trial]);
    let total = |scope| score(&scratch, &scope, &at).total;
    (total(Scope::Agency("tp-dong-ha".to_owned())), total(Scope::Province))
}

#[test]
fn only_what_the_chosen_agency_reports_can_be_tried_for_it() {
    let mut shown = on("Thử nếu…", two_districts());
    search(&mut shown, "M28");
    cell(&shown, "M28", 0);
    try_for(&mut shown, "Toàn tỉnh", "dong ha");
    let is_cell = |n: &egui_kittest::Node<'_>| n.accesskit_node().role() == egui::Role::Cell;
    assert!(shown.query_all_by_label("M28").find(is_cell).is_none(), "the State Bank's, not the town's");
}

#[test]
fn a_figure_of_the_province_takes_the_place_of_those_of_its_units() {
    let mut shown = on("Thử nếu…", two_districts());
    try_for(&mut shown, "Toàn tỉnh", "dong ha");
    try_out(&mut shown, "M05", "150/200");
    assert!(says(&shown, "Đang thử M05, UBND thành phố Đông Hà: 150/200"));
    try_for(&mut shown, "UBND thành phố Đông Hà", "toan tinh");
    assert!(says(&shown, "Đang thử M05, UBND thành phố Đông Hà: 150/200"), "another choice takes nothing back");
    try_out(&mut shown, "M05", "60%");
    assert!(says(&shown, "Đang thử M05: 60%") && !says(&shown, "Đang thử M05, UBND thành phố Đông Hà"));
}

#[test]
fn a_figure_that_cannot_be_tried_says_why_and_moves_nothing() {
    let mut shown = on("Thử nếu…", half_of_m28());
    try_out(&mut shown, "M28", "1.234");
    assert!(says(&shown, "M28: “1.234” đọc được hai cách"));
    assert!(says(&shown, "0,0750 (không đổi)"));
}

#[test]
fn the_next_points_lead_to_the_row_that_can_bring_them() {
    let mut shown = on("Điểm ước tính", half_of_m28());
    let window = shown.state().view.workspace.as_ref().unwrap();
    let first = window.next_points.first().unwrap().clone();
    assert_eq!((first.item.as_str(), first.points), ("M28", Points::Share(decimal("0.5"))));
    let row = "Thêm được 75,0 điểm: M28";
    shown.query_all_by_label_contains(row).find(|n| n.accesskit_node().role() == egui::Role::Link).unwrap().click();
    shown.run();
    assert_eq!(shown.state().state.screen, Screen::Pillar);
    assert_eq!(shown.state().state.pillar.selected(), Some("M28"));
}

#[test]
fn the_reasons_for_missing_points_are_counted() {
    let shown = on("Điểm ước tính", half_of_m28());
    assert!(says(&shown, "chỉ tiêu chưa có số liệu") && says(&shown, "1 chỉ tiêu chưa đủ điểm"));
}

#[test]
fn from_the_provinces_value_one_gets_to_a_units_evidence() {
    let world = World::of("so-tttt").prove("M28", "ngan-hang-nha-nuoc", "2023-Q4", ratio(40, 100));
    let mut shown = on("Số liệu toàn tỉnh", world);
    search(&mut shown, "M28");
    cell(&shown, "M28", 0).click();
    shown.run();
    assert!(says(&shown, "1/1 đơn vị"));
    cell(&shown, "40/100", 0).click();
    shown.run();
    assert!(says(&shown, "minh-chung.pdf"));
    press(&mut shown, "Mở tệp minh-chung.pdf");
    assert!(
        matches!(shown.state().commands.last(), Some(Command::OpenEvidence(file)) if file.name == "minh-chung.pdf")
    );
    press(&mut shown, "Đến dòng số liệu");
    assert_eq!(shown.state().state.pillar.selected(), Some("M28"));
}

#[test]
fn a_figure_that_comes_in_one_frame_with_the_enter_before_it_is_typed_whole() {
    let mut shown = on("Thử nếu…", two_districts());
    try_for(&mut shown, "Toàn tỉnh", "dong ha");
    search(&mut shown, "hộ gia đình");
    cell(&shown, "M06", 0).click();
    shown.run();
    for _ in 0..4 {
        shown.key_press(Key::ArrowRight);
        shown.run();
    }
    let text = |t: &str| Event::Text(t.to_owned());
    let enter = |pressed| Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let typed = [text("1"), text("/4"), enter(true), enter(false), text("9"), text("9/100"), enter(true), enter(false)];
    shown.input_mut().events.extend(typed);
    shown.run_steps(8);
    assert!(says(&shown, "Đang thử M06, UBND thành phố Đông Hà: 1/4"));
    assert!(says(&shown, "Đang thử M07, UBND thành phố Đông Hà: 99/100"));
}

#[test]
fn a_double_click_opens_a_cell_for_typing() {
    let mut shown = on("Thử nếu…", half_of_m28());
    // A frame of the harness takes longer than the time between two clicks.
    shown.ctx.options_mut(|o| o.input_options.max_double_click_delay = 2.0);
    search(&mut shown, "M28");
    let at = {
        let (column, row) = (shown.get_by_label("Thử").rect(), cell(&shown, "M28", 0).rect());
        egui::pos2(column.center().x, row.center().y)
    };
    shown.event(Event::PointerMoved(at));
    shown.run();
    for pressed in [true, false, true, false] {
        let button = egui::PointerButton::Primary;
        shown.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        // Two frames, as on a screen: the button is held for a while.
        shown.step();
        shown.step();
    }
    shown.run();
    assert!(
        super::field(&shown, "Thử").accesskit_node().is_focused(),
        "the cell is open, and what is typed goes into it"
    );
    shown.event(Event::Text("80".to_owned()));
    shown.run();
    shown.key_press(Key::Enter);
    shown.run();
    assert!(says(&shown, "0,1500 (+0,0750)"));
}

#[test]
fn completeness_is_counted_by_pillar_and_by_item() {
    let mut shown = on("Mức đầy đủ", half_of_m28());
    cell(&shown, "8 Hoạt động xã hội số", 0);
    press(&mut shown, "Theo chỉ tiêu, nhiệm vụ");
    search(&mut shown, "M28");
    cell(&shown, "100%", 0);
}

#[test]
fn a_break_leads_to_its_figure() {
    let world = half_of_m28().report("M28", "ngan-hang-nha-nuoc", "2023-Q3", ratio(90, 100));
    let mut shown = on("Cần xem lại", world);
    let why = "Lệch hơn 30 điểm phần trăm so với kỳ trước: 90% → 40%";
    shown.query_all_by_label_contains(why).next().unwrap().click();
    shown.run();
    assert_eq!(shown.state().state.pillar.selected(), Some("M28"));
}
