//! A lead agency asks those that coordinate with it and sees what came; a coordinating one sends its part.

use dti::record::{Content, FilingKind, Message, ReceivedState, RequestedItem, TaskProgress, TaskStatus};
use dti::ui::{Command, Place, Screen};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::{Window, cell, field, harness, view};
use crate::support::{World, period};

/// Led by Sở Nội vụ.
const TASK: &str = "IV.2";
const LEAD: &str = "so-noi-vu";
const COORDINATOR: &str = "tp-dong-ha";
const PERIOD: &str = "2023-Q4";

fn progress(percent: u8) -> Content {
    Content::Task(TaskProgress { status: TaskStatus::InProgress, percent: Some(percent), ..TaskProgress::default() })
}

fn says(harness: &Harness<'static, Window>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

/// The lead agency looks at those that coordinate with it.
fn lead(world: World) -> Harness<'static, Window> {
    let mut harness = harness(Window::new(view(world)).on(Screen::Submit));
    harness.get_by_label("Đơn vị phối hợp").click();
    harness.run();
    harness
}

#[test]
fn a_lead_agency_asks_for_items_from_agencies_with_a_note() {
    let mut harness = lead(World::of(LEAD));
    harness.get_by_label("Đề nghị đơn vị phối hợp…").click();
    harness.run();
    harness.query_all_by_label_contains("IV.2 ").next().unwrap().click();
    harness.run();
    harness.query_all_by_label_contains("Sở Thông tin và Truyền thông (IV.2)").next().unwrap().click();
    harness.run();
    field(&harness, "Lời nhắn").focus();
    harness.run();
    harness.event(egui::Event::Text("theo biểu 02".to_owned()));
    harness.run();
    assert!(harness.state().state.unsaved(), "the window asks before it closes");
    harness.get_by_label("Ghi 1 gói đề nghị").click();
    harness.run();
    let items = vec![RequestedItem { item: TASK.into(), note: "theo biểu 02".into() }];
    let wanted = Command::Request { period: period(PERIOD), asked: vec![("so-tttt".into(), items)] };
    assert!(harness.state().commands.contains(&wanted), "{:?}", harness.state().commands);
}

#[test]
fn what_came_stands_beside_its_sender_and_in_the_detail_of_the_item() {
    let came = || {
        World::of(LEAD).report(TASK, COORDINATOR, PERIOD, progress(40)).receive(
            COORDINATOR,
            PERIOD,
            FilingKind::Official,
            "2023-12-10T08:00:00+07:00",
            ReceivedState::Merged,
        )
    };
    let mut harness = lead(came());
    cell(&harness, "đã nhận chính thức", 0).click();
    harness.run();
    assert!(says(&harness, "DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip"));
    harness.get_by_label("Ghi giấy báo nhận");
    cell(&harness, TASK, 0);

    let mut window = Window::new(view(came()));
    let catalogue = window.view.catalogue.clone();
    window.state.go(&catalogue, Place::Item { item: TASK.into(), agency: LEAD.into() });
    let detail = super::harness(window);
    assert!(says(&detail, "Số liệu phối hợp") && says(&detail, "UBND thành phố Đông Hà"));
}

#[test]
fn the_receiving_department_and_who_leads_nothing_with_others_have_no_such_sheet() {
    for agency in ["so-tttt", "hiep-hoi-doanh-nghiep"] {
        let harness = harness(Window::new(view(World::of(agency))).on(Screen::Submit));
        assert!(!says(&harness, "Đơn vị phối hợp"), "{agency}");
    }
}

fn asked(world: World) -> World {
    let items = vec![RequestedItem { item: TASK.into(), note: String::new() }];
    world.notice(LEAD, COORDINATOR, PERIOD, Message::Request(items))
}

#[test]
fn a_coordinating_agency_chooses_the_lead_and_sends_only_its_part() {
    let mut window = Window::new(view(asked(World::of(COORDINATOR).report(TASK, COORDINATOR, PERIOD, progress(40)))));
    let catalogue = window.view.catalogue.clone();
    window.state.go(&catalogue, Place::Contribution(LEAD.into()));
    let mut harness = harness(window);
    assert!(says(&harness, "không thay cho báo cáo"));
    cell(&harness, TASK, 0);
    harness.get_by_label("Ghi gói số liệu phối hợp").click();
    harness.run();
    let wanted = Command::Contribute { lead: LEAD.into() };
    assert!(harness.state().commands.contains(&wanted), "{:?}", harness.state().commands);
}

#[test]
fn what_was_asked_for_waits_on_the_overview_until_it_is_sent() {
    let overview = |world: World| harness(Window::new(view(world)).on(Screen::Overview));
    let open = overview(asked(World::of(COORDINATOR)));
    assert!(says(&open, "Yêu cầu phối hợp từ Sở Nội vụ: 1 mục"));
    let entered = overview(asked(World::of(COORDINATOR).report(TASK, COORDINATOR, PERIOD, progress(40))));
    assert!(!says(&entered, "Yêu cầu phối hợp") && says(&entered, "Số liệu phối hợp cho Sở Nội vụ chưa gửi"));
}
