//! The first run.

use std::path::PathBuf;
use std::sync::Arc;

use dti::catalogue::{Amendment, Edition, Heir, amend, embedded};
use dti::trust::Standing;
use dti::ui::{Command, FirstEdition, View};
use egui_kittest::kittest::Queryable;

use super::{Window, empty, harness};

/// A view on which a catalogue package with a new agency was read.
fn with_edition() -> View {
    let agency = Heir { id: "so-moi".to_owned(), name: "Sở Mới".to_owned(), ..Heir::default() };
    let opened = Amendment::Open { agency, from: "2024-01-01".parse().unwrap() };
    let edition = Edition::after(embedded(), amend(embedded(), &[opened]).unwrap()).unwrap();
    let first = FirstEdition {
        file: PathBuf::from("D:/thư/DTI_so-tttt_danh-muc_an-ban-2.zip"),
        sha256: "a".repeat(64),
        catalogue: Arc::clone(edition.catalogue()),
        standing: Standing::Unsigned,
        key: None,
    };
    View { first_edition: Some(first), ..empty() }
}

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

#[test]
fn an_agency_that_is_not_in_the_list_is_looked_for_in_a_catalogue_package() {
    let mut harness = harness(Window::new(empty()));
    harness.get_by_label("Mở gói danh mục…").click();
    harness.run();
    assert_eq!(harness.state().commands, vec![Command::OpenEdition]);
}

#[test]
fn agencies_of_a_catalogue_package_are_offered_and_the_package_is_named_with_its_signature() {
    let mut harness = harness(Window::new(with_edition()));
    let named = "Chọn đơn vị theo danh mục ấn bản 2, gói DTI_so-tttt_danh-muc_an-ban-2.zip";
    assert!(harness.query_by_label(named).is_some());
    assert!(harness.query_by_label_contains("Gói danh mục: không có chữ ký").is_some());
    assert!(harness.query_by_label("Mở gói danh mục…").is_none());
    assert!(harness.query_by_label("Sở Mới").is_some(), "the one that is new stands first, before anything is typed");
    harness.get_by_label("Tìm đơn vị, gõ không dấu cũng được").focus();
    harness.run();
    harness.get_by_label("Tìm đơn vị, gõ không dấu cũng được").type_text("so moi");
    harness.run();
    harness.get_by_label("Sở Mới").click();
    harness.run();
    harness.get_by_label("Tạo tệp mới…").click();
    harness.run();
    let wanted = Command::NewWorkspace { agency: "so-moi".to_owned(), officer: String::new() };
    assert_eq!(harness.state().commands, vec![wanted]);

    // Back to the program's own catalogue, which does not know it.
    harness.get_by_label("Dùng danh mục của chương trình").click();
    harness.run();
    assert_eq!(harness.state().commands.last(), Some(&Command::DropEdition));
    harness.state_mut().view.first_edition = None;
    harness.run();
    let before = harness.state().commands.len();
    harness.get_by_label("Tạo tệp mới…").click();
    harness.run();
    assert_eq!(harness.state().commands.len(), before, "no file for an agency that is not in the catalogue");
}
