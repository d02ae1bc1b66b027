//! The pillar screen: tabs, typing, ambiguous numbers, filters, pasting.

use dti::catalogue::{Level, Rule, Target};
use dti::record::{Body, Content, IndicatorValue, Key as RecordKey, Reporting, TaskStatus};
use dti::ui::{Command, Edit, Screen};
use egui::{Event, Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rust_decimal::Decimal;

use super::{Saving, Window, cell, field, harness, view};
use crate::support::{World, issued, period, ratio, task};

/// Sở Nội vụ reports D08 and D09, both ratios, and little else in pillar 4.
fn staff(world: World) -> Harness<'static, Window> {
    let mut window = Window::new(view(world)).on(Screen::Pillar);
    window.state.pillar.open_pillar(4);
    harness(window)
}

fn key(item: &str) -> RecordKey {
    let catalogue = dti::catalogue::embedded();
    RecordKey::of_item(catalogue, item, "so-noi-vu", &period("2023-Q4")).unwrap()
}

fn type_into(harness: &mut Harness<'static, Window>, name: &str, text: &str) {
    field(harness, name).focus();
    harness.run();
    field(harness, name).type_text(text);
    harness.run();
}

/// The text in the open cell of a column: the focused field.
fn field_of_cell(harness: &Harness<'static, Window>, column: &str) -> Option<String> {
    harness.query_all_by_label(column).find(|n| n.is_focused()).and_then(|n| n.value())
}

/// Clicks a cell by its text; a cell is not a control, so it is found among all nodes.
fn click(harness: &mut Harness<'static, Window>, text: &str) {
    harness.get_all_by_label(text).next().unwrap().click();
    harness.run();
}

#[test]
fn a_tab_shows_its_pillar_and_the_detail_of_its_first_row() {
    let mut harness = staff(World::of("so-noi-vu"));
    assert_eq!(harness.state().state.pillar.selected(), Some("D08"));
    click(&mut harness, "2 Thể chế số");
    let selected = harness.state().state.pillar.selected().unwrap().to_owned();
    assert_eq!(dti::catalogue::embedded().indicator(&selected).map(|i| i.pillar), Some(2));
}

#[test]
fn numbers_typed_into_the_form_are_saved_once_both_are_there_and_the_field_is_left() {
    let mut harness = staff(World::of("so-noi-vu"));
    type_into(&mut harness, "Tử số", "1.204,5");
    assert!(harness.state().saves().is_empty(), "not before the field is left");
    type_into(&mut harness, "Mẫu số", "2000");
    assert!(harness.state().saves().is_empty(), "half a ratio is no report");
    harness.key_press(Key::Enter);
    harness.run();
    let wanted = Body::new(Content::Indicator(IndicatorValue::ratio(Decimal::new(12045, 1), Decimal::from(2000))));
    let saves = harness.state().saves();
    assert_eq!(saves.len(), 1);
    assert_eq!((&saves[0][0].key, &saves[0][0].body), (&key("D08"), &wanted));
    assert!(saves[0][0].seen.is_empty());
    assert!(!harness.state().state.unsaved());
}

#[test]
fn a_number_that_can_be_read_two_ways_waits_for_its_officer_to_choose() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2000)));
    type_into(&mut harness, "Tử số", "1.234");
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("Số này có thể hiểu hai cách: 1.234 hoặc 1,234");
    assert!(harness.state().saves().is_empty());
    assert!(harness.state().state.unsaved());
    harness.get_by_label("1.234 (nghìn)").click();
    harness.run();
    let wanted = Body::new(Content::Indicator(IndicatorValue::ratio(Decimal::from(1234), Decimal::from(2000))));
    assert_eq!(harness.state().saves()[0][0].body, wanted);
}

#[test]
fn what_is_typed_survives_a_click_on_another_row() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    type_into(&mut harness, "Ghi chú", "theo báo cáo của các huyện");
    let other = dti::catalogue::embedded().indicator("D09").unwrap();
    click(&mut harness, &format!("D09 {}", other.short));
    assert_eq!(harness.state().state.pillar.selected(), Some("D09"));
    let saves = harness.state().saves();
    assert_eq!((&saves[0][0].key, saves[0][0].body.note.as_str()), (&key("D08"), "theo báo cáo của các huyện"));
}

#[test]
fn what_is_typed_survives_going_to_another_screen() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    type_into(&mut harness, "Ghi chú", "đang kiểm tra");
    harness.key_press_modifiers(egui::Modifiers::ALT, Key::Num1);
    harness.run();
    assert_eq!(harness.state().state.screen, Screen::Overview);
    assert_eq!(harness.state().saves()[0][0].body.note, "đang kiểm tra");
}

#[test]
fn a_long_text_is_saved_in_a_pause_of_typing_and_goes_on_undisturbed() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    type_into(&mut harness, "Ghi chú", "Đang đối chiếu ");
    assert!(harness.state().saves().is_empty());
    harness.input_mut().time = Some(1000.0);
    harness.run_steps(3);
    assert_eq!(harness.state().saves()[0][0].body.note, "Đang đối chiếu");
    assert_eq!(field(&harness, "Ghi chú").value().as_deref(), Some("Đang đối chiếu "), "the space stays");
    assert!(field(&harness, "Ghi chú").is_focused());
    field(&harness, "Ghi chú").type_text("với huyện");
    harness.run_steps(3);
    harness.key_press_modifiers(egui::Modifiers::ALT, Key::Num1);
    harness.run();
    assert_eq!(harness.state().saves()[1][0].body.note, "Đang đối chiếu với huyện");
}

#[test]
fn the_second_of_two_quick_saves_is_made_against_what_the_first_one_left() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    harness.state_mut().saving = Saving::Waiting;
    type_into(&mut harness, "Ghi chú", "một");
    field(&harness, "Tử số").focus();
    harness.run();
    field(&harness, "Tử số").type_text("2");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().saves().len(), 1, "the first one is under way");
    let first = harness.state().saves()[0].clone();
    harness.state_mut().saving = Saving::Stored;
    harness.state_mut().store(&first);
    harness.run();
    let saves = harness.state().saves();
    assert_eq!(saves.len(), 2);
    assert_ne!(saves[1][0].seen, first[0].seen);
    assert_eq!(saves[1][0].body.note, "một");
    assert!(!harness.state().state.unsaved());
}

#[test]
fn a_refused_save_keeps_what_was_typed_and_can_be_tried_again() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    harness.state_mut().saving = Saving::Refused;
    type_into(&mut harness, "Ghi chú", "một");
    field(&harness, "Tử số").focus();
    harness.run();
    assert!(harness.state().state.unsaved());
    assert_eq!(field(&harness, "Ghi chú").value().as_deref(), Some("một"));
    harness.state_mut().saving = Saving::Stored;
    harness.get_by_label("Lưu phần vừa nhập").click();
    harness.run();
    assert_eq!(harness.state().saves().len(), 2);
    assert!(!harness.state().state.unsaved());
}

#[test]
fn conditions_are_ticked_in_their_words_and_stored_as_their_sum() {
    let condition = |text: &str, tenths: i64| Level { text: text.to_owned(), share: Decimal::new(tenths, 1) };
    let conditions = vec![condition("Có kế hoạch", 7), condition("Có báo cáo kết quả", 3)];
    let world = World::of("so-tai-chinh").with_plan(|plan| {
        let m12 = plan.indicators.iter_mut().find(|i| i.id == "M12").unwrap();
        (m12.rule, m12.target) = (Rule::Conditions(conditions), Target::AtLeast(Decimal::ONE));
    });
    let mut window = Window::new(view(world)).on(Screen::Pillar);
    window.state.pillar.open_item(dti::catalogue::embedded(), "M12".to_owned(), "so-tai-chinh".to_owned());
    let mut harness = harness(window);
    for (tick, expected) in [("Có báo cáo kết quả", "0.3"), ("Có kế hoạch", "1"), ("Có báo cáo kết quả", "0.7")]
    {
        harness.get_by_role_and_label(egui::accesskit::Role::CheckBox, tick).click();
        harness.run();
        let Some(Command::Save(edits)) = harness.state().commands.last() else { panic!("nothing saved") };
        let Content::Indicator(figure) = &edits[0].body.content else { panic!("no figure") };
        assert_eq!(figure.value, Some(expected.parse().unwrap()));
    }
}

#[test]
fn no_data_takes_the_numbers_away_and_asks_for_a_reason() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    click(&mut harness, "Chưa có số liệu");
    let Content::Indicator(value) = &harness.state().saves()[0][0].body.content else { panic!("an indicator") };
    assert_eq!((value.state, value.numerator), (Reporting::NoData, None));
    type_into(&mut harness, "Lý do", "chưa thống kê");
    field(&harness, "Ghi chú").focus();
    harness.run();
    let Content::Indicator(value) = &harness.state().saves()[1][0].body.content else { panic!("an indicator") };
    assert_eq!(value.reason, "chưa thống kê");
}

#[test]
fn the_filter_shows_what_is_missing_and_does_not_take_a_row_away_while_it_is_filled_in() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    let name = |id: &str| format!("{id} {}", dti::catalogue::embedded().indicator(id).unwrap().short);
    click(&mut harness, "Chưa nhập");
    assert!(harness.query_all_by_label(&name("D08")).all(|n| n.accesskit_node().role() != egui::Role::Cell));
    assert_eq!(harness.state().state.pillar.selected(), Some("D09"));
    type_into(&mut harness, "Tử số", "1");
    type_into(&mut harness, "Mẫu số", "2");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().saves().len(), 1);
    assert_eq!(harness.state().state.pillar.selected(), Some("D09"));
}

#[test]
fn a_pasted_block_shows_what_it_would_do_and_is_saved_as_one_operation() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    // The cell "Tử số" of D08, then a block of two rows and three columns: the third is derived and cannot be typed in.
    cell(&harness, "1", 0).click();
    harness.run();
    harness.event(Event::Paste("10\t20\t50%\n1.234\t40\t\n".to_owned()));
    harness.run();
    harness.get_by_label("3 ô sẽ được ghi, 2 ô bỏ qua");
    assert!(harness.state().saves().is_empty());
    harness.get_by_label("Dán 3 ô").click();
    harness.run();
    let saves = harness.state().saves();
    assert_eq!(saves.len(), 1);
    // D09 has only half a ratio: it waits in the form.
    assert_eq!(saves[0].len(), 1);
    assert_eq!(saves[0][0].body, Body::new(ratio(10, 20)));
    assert!(harness.state().state.unsaved());
}

#[test]
fn a_pasted_block_with_numbers_of_two_readings_is_asked_about_once() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    cell(&harness, "1", 0).click();
    harness.run();
    harness.event(Event::Paste("1.234\t2.000\n".to_owned()));
    harness.run();
    harness.get_by_label("2 ô có số đọc được hai cách");
    harness.get_by_label("1.234,5").click();
    harness.run();
    harness.get_by_label("Dán 2 ô").click();
    harness.run();
    assert_eq!(harness.state().saves()[0][0].body, Body::new(ratio(1234, 2000)));
}

#[test]
fn a_cell_is_typed_into_and_enter_goes_to_the_next_row() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)).report(
        "D09",
        "so-noi-vu",
        "2023-Q4",
        ratio(3, 4),
    ));
    cell(&harness, "1", 0).click();
    harness.run();
    harness.event(Event::Text("7".to_owned()));
    harness.run();
    harness.event(Event::Text("5".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let saves = harness.state().saves();
    assert_eq!(saves[0][0].body, Body::new(ratio(75, 2)));
    harness.event(Event::Text("9".to_owned()));
    harness.run();
    harness.key_press(Key::Tab);
    harness.run();
    let saves = harness.state().saves();
    assert_eq!((&saves[1][0].key, &saves[1][0].body), (&key("D09"), &Body::new(ratio(9, 4))));
}

#[test]
fn enter_opens_a_cell_as_it_is_and_escape_leaves_it_so() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1204, 2000)));
    cell(&harness, "1.204", 0).click();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(field_of_cell(&harness, "Tử số").as_deref(), Some("1204"), "without groups, to be typed over");
    harness.event(Event::Text("9".to_owned()));
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().saves().is_empty());
    cell(&harness, "1.204", 0);
}

#[test]
fn a_half_typed_cell_is_not_lost_nor_put_into_another_row_when_the_tab_changes() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    cell(&harness, "1", 0).click();
    harness.run();
    harness.event(Event::Text("8".to_owned()));
    harness.run();
    click(&mut harness, "2 Thể chế số");
    let saves = harness.state().saves();
    assert_eq!(saves.len(), 1);
    assert_eq!((&saves[0][0].key, &saves[0][0].body), (&key("D08"), &Body::new(ratio(8, 2))));
}

#[test]
fn a_conflict_shows_both_values_and_leads_to_where_it_is_settled() {
    let world = World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)).report(
        "D08",
        "so-noi-vu",
        "2023-Q4",
        ratio(3, 4),
    );
    let mut harness = staff(world);
    harness.get_by_label("50% (1/2)");
    harness.get_by_label("75% (3/4)");
    assert!(harness.query_by_label("Tử số").is_none_or(|n| n.accesskit_node().role() != egui::Role::TextInput));
    harness.get_by_label("Xử lý mâu thuẫn").click();
    harness.run();
    assert_eq!(harness.state().state.screen, Screen::Inbox);
    assert_eq!(harness.state().state.inbox.conflict, Some(key("D08")));
}

#[test]
fn history_is_asked_for_when_it_is_opened() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    assert!(harness.state().commands.is_empty());
    harness.get_by_label("Mở lịch sử").click();
    harness.run();
    assert_eq!(harness.state().commands, vec![Command::LoadHistory(key("D08"))]);
}

#[test]
fn a_chart_shows_its_figures_as_a_table() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    harness.get_by_label("Xem số liệu: D08 qua các kỳ").click();
    harness.run();
    harness.get_by_label("Quý IV/2023");
    harness.get_by_label("Xem biểu đồ: D08 qua các kỳ");
}

#[test]
fn what_still_holds_is_taken_over_from_another_period_and_a_figure_only_where_its_officer_says_so() {
    let document = Body::new(issued());
    let world = World::of("so-noi-vu")
        .report("V06", "so-noi-vu", "2023-Q3", issued())
        .report("D08", "so-noi-vu", "2023-Q3", ratio(8, 12))
        .report("D09", "so-noi-vu", "2023-Q3", ratio(3, 12));
    let mut harness = staff(world);
    harness.get_by_label("Lấy từ kỳ khác…").click();
    harness.run();
    harness.get_by_label("Ghi 1 mục");
    let figure = "D08 Cán bộ, công chức, viên chức được đào tạo về CĐS";
    harness.get_by_role_and_label(Role::CheckBox, figure).click();
    harness.run();
    harness.get_by_label("Ghi 2 mục").click();
    harness.run();
    let saves = harness.state().saves();
    assert_eq!(saves.len(), 1, "one step, which one undo takes back");
    let saved: Vec<_> = saves[0].iter().map(|edit| (edit.key.item.as_str(), &edit.body)).collect();
    assert_eq!(saved, [("D08", &Body::new(ratio(8, 12))), ("V06", &document)]);
    assert!(saves[0].iter().all(|edit| edit.key.period == period("2023-Q4")));
}

#[test]
fn the_receivers_row_of_choices_goes_on_in_a_second_line_before_it_pushes_the_table_out_of_sight() {
    let mut harness = harness(Window::new(view(World::of("so-tttt"))).on(Screen::Pillar));
    harness.run();
    let right = harness.get_all_by_role_and_label(Role::ColumnHeader, "Trạng thái").next().unwrap().rect().right();
    let detail = harness.get_by_label("Đính kèm…").rect().right() - 368.0;
    assert!(right < detail, "{right} {detail}");
}

#[test]
fn a_task_of_several_leads_shows_the_mean_of_what_all_of_them_say() {
    let world = World::of("so-tttt").report("I.4", "bao-quang-tri", "2023-Q4", task(TaskStatus::Done, None)).report(
        "I.4",
        "dai-ptth",
        "2023-Q4",
        task(TaskStatus::InProgress, Some(51)),
    );
    let mut window = Window::new(view(world)).on(Screen::Pillar);
    window.state.pillar.open_pillar(1);
    let mut harness = harness(window);
    harness.get_by_label_contains("Số liệu của: ").click();
    harness.run();
    click(&mut harness, "Toàn tỉnh (tổng hợp)");
    harness.set_size(egui::vec2(1366.0, 1600.0));
    harness.run();
    cell(&harness, "75,5", 0);
}

/// The dialog that takes over from another period, open on what was reported for Q3.
fn taking_over(harness: &mut Harness<'static, Window>) {
    click(harness, "Lấy từ kỳ khác…");
    harness.get_by_label_contains("Lấy lại nội dung đã báo cáo");
}

#[test]
fn what_another_pc_reported_meanwhile_is_not_taken_over_from_the_period_before() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q3", ratio(1, 2)));
    taking_over(&mut harness);
    click(&mut harness, "Chọn hết");
    harness.get_by_label("Ghi 1 mục");
    let brought = Edit { key: key("D08"), body: Body::new(ratio(3, 4)), seen: Vec::new() };
    harness.state_mut().store(&[brought]);
    harness.run();
    assert!(harness.query_by_label("Ghi 1 mục").is_none());
    assert!(harness.state().saves().is_empty() && !harness.state().state.unsaved());
}

#[test]
fn what_is_half_typed_is_not_offered_to_be_taken_over() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q3", ratio(1, 2)));
    type_into(&mut harness, "Tử số", "17");
    harness.key_press(Key::Enter);
    harness.run();
    taking_over(&mut harness);
    assert!(harness.query_by_label("Chọn hết").is_none());
    assert!(harness.state().state.unsaved());
}

#[test]
fn a_line_of_the_plan_stays_typed_until_it_is_stored_and_holds_the_window() {
    let mut harness = staff(World::of("so-noi-vu"));
    harness.state_mut().state.pillar.open_item(dti::catalogue::embedded(), "IV.2".into(), "so-noi-vu".into());
    harness.run();
    type_into(&mut harness, "Việc mới", "Mở lớp bồi dưỡng");
    assert!(harness.state().state.unsaved());
    harness.key_press(Key::Enter);
    harness.run();
    let added = harness.state().commands.iter().find_map(|c| match c {
        Command::AddPlanItem { item, .. } => Some(item.clone()),
        _ => None,
    });
    let item = added.expect("a line asked for");
    assert_eq!(field(&harness, "Việc mới").value().as_deref(), Some("Mở lớp bồi dưỡng"), "it may be refused");
    let line = RecordKey::of_plan_item("IV.2", "0123abcd", "so-noi-vu", 2023);
    let stored = Edit { key: line, body: Body::new(Content::PlanItem(item)), seen: Vec::new() };
    harness.state_mut().store(&[stored]);
    harness.run();
    assert_eq!(field(&harness, "Việc mới").value().unwrap_or_default(), "");
    assert!(!harness.state().state.unsaved());
}

#[test]
fn what_is_typed_in_a_cell_is_stored_when_another_screen_is_gone_to() {
    let mut harness = staff(World::of("so-noi-vu").report("D08", "so-noi-vu", "2023-Q4", ratio(1, 2000)));
    cell(&harness, "2.000", 0).click();
    harness.run();
    harness.event(Event::Text("4000".to_owned()));
    harness.run();
    harness.get_by_label("Nộp báo cáo").click();
    harness.run();
    assert_eq!(harness.state().state.screen, Screen::Submit);
    let saves = harness.state().saves();
    assert_eq!(saves.last().map(|edits| &edits[0].body), Some(&Body::new(ratio(1, 4000))));
}

#[test]
fn a_report_is_not_filed_without_what_is_half_typed_of_it() {
    let mut harness = staff(World::of("so-noi-vu").report("D09", "so-noi-vu", "2023-Q4", ratio(1, 2)));
    type_into(&mut harness, "Tử số", "17");
    harness.get_by_label("Nộp báo cáo").click();
    harness.run();
    harness.get_by_label_contains("Đang nhập dở, chưa lưu: D08");
    harness.get_by_label("Nộp và ghi gói dữ liệu").click();
    harness.run();
    assert!(!harness.state().commands.contains(&Command::Export));
}
