//! The first run.

use dti::ui::Command;
use egui_kittest::kittest::Queryable;

use super::{Window, empty, harness};

#[test]
fn an_agency_is_found_without_diacritics_and_a_file_is_asked_for() {
    let mut harness = harness(Window::new(empty()));
    harness.get_by_label("Tìm đơn vị, gõ không dấu cũng được").focus();
    harness.run();
    harness.get_by_label("Tìm đơn vị, gõ không dấu cũng được").type_text("so noi vu");
    harness.run();
    harness.get_by_label("Sở Nội vụ").click();
    harness.run();
    harness.get_by_label("Người nhập").focus();
    harness.run();
    harness.get_by_label("Người nhập").type_text("Trần Thị C");
    harness.run();
    harness.get_by_label("Tạo tệp mới…").click();
    harness.run();
    let wanted = Command::NewWorkspace { agency: "so-noi-vu".to_owned(), officer: "Trần Thị C".to_owned() };
    assert_eq!(harness.state().commands, vec![wanted]);
}

#[test]
fn without_an_agency_no_file_can_be_made() {
    let mut harness = harness(Window::new(empty()));
    harness.get_by_label("Tạo tệp mới…").click();
    harness.run();
    assert_eq!(harness.state().commands, Vec::new());
}
