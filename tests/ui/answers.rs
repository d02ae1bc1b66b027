//! Reports answered: what was sent back comes first and says why; the receiving department types reasons and sends.

use dti::record::{FilingKind, Message, ReceivedState, RequestedItem};
use dti::ui::{Command, PeriodStatuses, Screen, Word};
use egui::Key;
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};

use super::{Window, cell, harness, view};
use crate::support::{World, period, ratio};

const REASON: &str = "Mẫu số chưa gồm viên chức";

/// Sở Nội vụ has filed D08; `World::returned` sends it back.
fn filed() -> World {
    World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)).file(
        "2023-Q4",
        FilingKind::Official,
        "2023-12-10T08:00:00+07:00",
    )
}

fn says(harness: &Harness<'static, Window>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

#[test]
fn what_was_sent_back_comes_first_with_its_reason_until_it_is_mended() {
    let window = |world| harness(Window::new(view(world)).on(Screen::Overview));
    let returned = || filed().returned("so-noi-vu", "2023-Q4", &[("D08", REASON)]);
    let shown = window(returned());
    assert!(says(&shown, "Bị trả lại: D08") && says(&shown, REASON));
    let mended = returned().change("D08", "so-noi-vu", "2023-Q4", ratio(1, 3));
    assert!(!says(&window(mended), "Bị trả lại: D08"));
    assert!(!says(&window(filed()), "Bị trả lại"));
}

#[test]
fn the_row_and_its_detail_say_that_it_was_sent_back_and_why() {
    let mut window = Window::new(view(filed().returned("so-noi-vu", "2023-Q4", &[("D08", REASON)]))).on(Screen::Pillar);
    window.state.pillar.open_pillar(4);
    let harness = harness(window);
    cell(&harness, "Bị trả lại", 0);
    assert!(says(&harness, REASON));
}

#[test]
fn what_was_sent_back_is_the_first_row_of_its_table() {
    let both = || filed().report("D09", "so-noi-vu", "2023-Q4", ratio(1, 4));
    let first_of = |world| {
        let mut window = Window::new(view(world)).on(Screen::Pillar);
        window.state.pillar.open_pillar(4);
        let harness = harness(window);
        let is_cell = |n: &Node<'_>| n.accesskit_node().role() == egui::Role::Cell;
        let top = |item: &str| harness.query_all_by_label_contains(item).find(is_cell).unwrap().rect().top();
        if top("D08 ") < top("D09 ") { "D08" } else { "D09" }
    };
    assert_eq!(first_of(both()), "D08");
    assert_eq!(first_of(both().returned("so-noi-vu", "2023-Q4", &[("D09", REASON)])), "D09");
}

#[test]
fn a_past_filing_says_when_it_arrived_and_what_came_back() {
    let world = filed().returned("so-noi-vu", "2023-Q4", &[("D08", REASON)]);
    let harness = harness(Window::new(view(world)).on(Screen::Submit));
    assert!(says(&harness, "đúng hạn; trả lại 1 mục"));
}

#[test]
fn a_request_waits_on_the_overview_until_there_is_a_figure() {
    let asked = RequestedItem { item: "D09".to_owned(), note: "gửi trước ngày 15".to_owned() };
    let request = |world: World| world.notice("so-tttt", "so-noi-vu", "2023-Q4", Message::Request(vec![asked.clone()]));
    let shown = harness(Window::new(view(request(filed()))).on(Screen::Overview));
    assert!(says(&shown, "Yêu cầu phối hợp từ Sở TT&TT: 1 mục") && says(&shown, "gửi trước ngày 15"));
    let answered = request(filed().report("D09", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    assert!(!says(&harness(Window::new(view(answered)).on(Screen::Overview)), "Yêu cầu phối hợp"));
}

/// The receiving department looks at who has filed.
fn standing(world: World) -> Harness<'static, Window> {
    let mut view = view(world);
    let workspace = view.workspace.as_mut().unwrap();
    workspace.matrix = vec![PeriodStatuses {
        period: period("2023-Q4"),
        statuses: workspace.statuses.clone(),
        all: workspace.completeness.all,
    }];
    harness(Window::new(view).on(Screen::Summary))
}

fn with_report_of(agency: &str, world: World) -> World {
    world.receive(agency, "2023-Q4", FilingKind::Official, "2023-12-10T08:00:00+07:00", ReceivedState::Merged)
}

/// The receiving department has a report of Sở Nội vụ, and looks at it.
fn receiver() -> Harness<'static, Window> {
    let world = World::of("so-tttt").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2));
    let mut harness = standing(with_report_of("so-noi-vu", world));
    cell(&harness, "Sở Nội vụ", 0).click();
    harness.run();
    harness
}

#[test]
fn a_receipt_is_one_button() {
    let mut harness = receiver();
    harness.get_by_label("Ghi giấy báo nhận").click();
    harness.run();
    let wanted = Command::Answer { agency: "so-noi-vu".into(), period: period("2023-Q4"), word: Word::Receipt };
    assert!(harness.state().commands.contains(&wanted), "{:?}", harness.state().commands);
}

#[test]
fn a_reason_typed_beside_a_row_sends_it_back_and_is_not_lost_before() {
    let mut harness = receiver();
    cell(&harness, "D08", 0).click();
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.key_press(Key::ArrowRight);
    harness.run();
    harness.event(egui::Event::Text(REASON.to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.state().state.unsaved(), "the window asks before it closes");
    harness.get_by_label("Trả lại 1 mục").click();
    harness.run();
    let key = crate::support::workspace::key("D08", "so-noi-vu", "2023-Q4");
    let word = Word::Return(vec![(key, REASON.to_owned())]);
    let wanted = Command::Answer { agency: "so-noi-vu".into(), period: period("2023-Q4"), word };
    assert!(harness.state().commands.contains(&wanted), "{:?}", harness.state().commands);
}

#[test]
fn reports_that_wait_for_an_answer_are_acknowledged_together() {
    let world = with_report_of("tp-dong-ha", with_report_of("so-noi-vu", World::of("so-tttt")));
    let mut harness = standing(world);
    harness.get_by_label("2 báo cáo đã nhận, chưa trả lời");
    harness.get_by_label("Báo nhận tất cả").click();
    harness.run();
    let agencies = ["so-noi-vu", "tp-dong-ha"].map(str::to_owned).to_vec();
    let wanted = Command::Acknowledge { period: period("2023-Q4"), agencies };
    assert!(harness.state().commands.contains(&wanted), "{:?}", harness.state().commands);
}
