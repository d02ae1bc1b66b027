//! What to send to those who have not filed, and the templates of letters.

use dti::report::Occasion;
use dti::ui::{Command, Enclosure, PeriodStatuses, Screen};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};

use super::{Window, cell, field, harness, view};
use crate::support::{World, period};

/// The receiving department, to whom nobody has reported.
fn receiver() -> Harness<'static, Window> {
    let mut view = view(World::of("so-tttt"));
    let workspace = view.workspace.as_mut().unwrap();
    workspace.matrix = vec![PeriodStatuses {
        period: period("2023-Q4"),
        statuses: workspace.statuses.clone(),
        all: workspace.completeness.all,
    }];
    harness(Window::new(view).on(Screen::Summary))
}

fn press(harness: &mut Harness<'static, Window>, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

#[test]
fn all_who_have_not_filed_are_reminded_in_one_go_or_only_the_chosen_one() {
    let mut harness = receiver();
    press(&mut harness, "Kèm biểu mẫu");
    press(&mut harness, "Soạn thư đôn đốc…");
    let last = harness.state().commands.last().cloned();
    let Some(Command::Remind { agencies, enclosure: Enclosure::Form }) = last else { panic!("{last:?}") };
    assert!(agencies.len() > 20 && !agencies.contains(&"so-tttt".to_owned()), "{agencies:?}");

    cell(&harness, "Sở Nội vụ", 0).click();
    harness.run();
    let is_choice = |n: &Node<'_>| n.accesskit_node().role() == egui::Role::RadioButton;
    harness.query_all_by_label("Sở Nội vụ").find(is_choice).expect("a choice").click();
    harness.run();
    press(&mut harness, "Tạo biểu mẫu Excel…");
    let wanted = Command::MakeForms(vec!["so-noi-vu".to_owned()]);
    assert_eq!(harness.state().commands.last(), Some(&wanted));
}

fn templates() -> Harness<'static, Window> {
    let mut harness = receiver();
    press(&mut harness, "Mẫu thư…");
    harness
}

#[test]
fn a_template_is_stored_only_when_every_gap_is_known_and_the_letter_is_shown_beside_it() {
    let mut harness = templates();
    assert!(harness.query_all_by_label_contains("Kính gửi: ").next().is_some(), "the letter as it would look");
    field(&harness, "Nội dung thư").focus();
    harness.run();
    field(&harness, "Nội dung thư").type_text(" {sai}");
    harness.run();
    assert!(harness.query_all_by_label_contains("Mẫu thư có {sai}").next().is_some());
    assert!(harness.state().state.unsaved());
    press(&mut harness, "Lưu mẫu này");
    assert!(!harness.state().commands.iter().any(|c| matches!(c, Command::SetTemplate { .. })));
    press(&mut harness, "Bỏ thay đổi");
    assert!(!harness.state().state.unsaved());
}

#[test]
fn a_changed_template_is_stored_and_ours_comes_back_on_request() {
    let mut harness = templates();
    field(&harness, "Tiêu đề thư").focus();
    harness.run();
    field(&harness, "Tiêu đề thư").type_text("KHẨN ");
    harness.run();
    press(&mut harness, "Lưu mẫu này");
    let stored = harness.state().commands.iter().find_map(|c| match c {
        Command::SetTemplate { occasion: Occasion::Reminder, text: Some(text) } => Some(text.clone()),
        _ => None,
    });
    assert!(stored.expect("stored").contains("KHẨN"));
    press(&mut harness, "Về mẫu gốc");
    let wanted = Command::SetTemplate { occasion: Occasion::Reminder, text: None };
    assert!(harness.state().commands.contains(&wanted));
}
