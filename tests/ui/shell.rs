//! Bars, navigation, shortcuts, the palette, and rest.

use dti::ui::{Busy, Command, Message, MessageKind, Screen};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::{Window, field, harness, view};
use crate::support::World;

fn window(agency: &str) -> Window {
    Window::new(view(World::of(agency))).on(Screen::Pillar)
}

#[test]
fn every_control_of_every_screen_has_a_name_in_both_themes() {
    for agency in ["so-noi-vu", "so-tttt"] {
        for screen in Screen::ALL {
            // `run` fails on a control without a name.
            let mut harness = harness(window(agency).on(screen));
            harness.ctx.set_theme(egui::Theme::Dark);
            harness.run();
        }
    }
}

#[test]
fn only_the_receiving_department_has_the_summary() {
    assert!(harness(window("so-noi-vu")).query_by_label("Tổng hợp").is_none());
    assert!(harness(window("so-tttt")).query_by_label("Tổng hợp").is_some());
}

#[test]
fn an_idle_window_asks_for_no_repaint() {
    let mut harness = harness(window("so-tttt"));
    harness.run();
    // A frame that nothing asked for, and then: nobody wants another one.
    harness.step();
    let delay = harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert_eq!(delay, std::time::Duration::MAX);
}

#[test]
fn alt_and_a_number_go_to_a_screen() {
    let mut harness = harness(window("so-tttt"));
    harness.key_press_modifiers(Modifiers::ALT, Key::Num6);
    harness.run();
    assert_eq!(harness.state().state.screen, Screen::Catalogue);
}

#[test]
fn undo_is_asked_for_only_while_no_field_is_typed_in() {
    let mut harness = harness(window("so-tttt"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!(harness.state().commands, vec![Command::Undo(None)]);
    field(&harness, "Ghi chú").focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!(harness.state().commands, vec![Command::Undo(None)]);
}

#[test]
fn the_palette_finds_an_indicator_without_diacritics_and_goes_to_it() {
    let mut harness = harness(window("so-tttt").on(Screen::Log));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run();
    harness.get_by_label("Tìm chỉ tiêu, nhiệm vụ, đơn vị, lệnh").type_text("M01");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().state.screen, Screen::Pillar);
    assert_eq!(harness.state().state.pillar.selected(), Some("M01"));
    assert!(harness.query_by_label("Tìm chỉ tiêu, nhiệm vụ, đơn vị, lệnh").is_none());
}

#[test]
fn long_work_shows_how_far_it_is_and_can_be_cancelled() {
    let mut window = window("so-tttt");
    window.view.busy = Some(Busy { title: "Nhập gói".to_owned(), done: 12, total: 40 });
    let mut harness = harness(window);
    harness.get_by_label("Nhập gói 12/40");
    harness.get_by_label("Huỷ").click();
    harness.run();
    assert_eq!(harness.state().commands, vec![Command::Cancel]);
}

#[test]
fn an_error_stays_until_it_is_closed() {
    let mut window = window("so-tttt");
    window.view.message = Some(Message { kind: MessageKind::Error, text: "Đĩa đầy".to_owned() });
    let mut harness = harness(window);
    harness.get_by_label("Đĩa đầy");
    harness.get_by_label("Đóng thông báo").click();
    harness.run();
    assert_eq!(harness.state().commands, vec![Command::DismissMessage]);
}

#[test]
fn a_message_leaves_the_screens_their_room_however_long_it_is() {
    for text in ["Đĩa đầy".to_owned(), vec!["Dòng bị từ chối"; 60].join("\n")] {
        let mut window = window("so-tttt");
        window.view.message = Some(Message { kind: MessageKind::Error, text });
        let mut harness = harness(window);
        for _ in 0..10 {
            harness.step();
        }
        let top = harness.get_by_label("Đóng thông báo").rect().top();
        assert!(top > 500.0, "the message begins at {top} of 768");
    }
}
