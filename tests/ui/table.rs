//! A table before it is recorded: every row with what it would do, the question on old text, and what columns are for.

use std::path::PathBuf;

use dti::table::{Column, Field, Guessing, Legacy, Marks, Reading, Remembered, preview};
use dti::text::legacy::Encoding;
use dti::ui::{Command, Screen, TablePreview};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};

use super::{Window, cell, harness, view};
use crate::support::{World, period, ratio};

/// The window with a table that was read from these bytes.
fn reading(bytes: &[u8], reading: Reading) -> Harness<'static, Window> {
    let world = World::of("tp-dong-ha").report("M05", "tp-dong-ha", "2023-Q4", ratio(1, 2));
    let mut view = view(world);
    let workspace = view.workspace.as_mut().unwrap();
    let read = preview(bytes, &reading, Guessing::Shown, &Remembered::new(), &workspace.snapshot, &period("2023-Q4"));
    workspace.table = Some(TablePreview { path: PathBuf::from("biểu.csv"), reading, preview: read });
    harness(Window::new(view).on(Screen::Pillar))
}

fn table(text: &str) -> Harness<'static, Window> {
    reading(text.as_bytes(), Reading::default())
}

fn press(harness: &mut Harness<'static, Window>, button: &str) -> Vec<Command> {
    harness.get_by_label(button).click();
    harness.run();
    harness.state().commands.clone()
}

#[test]
fn every_row_says_what_is_there_what_would_be_and_why_it_cannot() {
    let mut harness =
        table("Mã;Tử số;Mẫu số\nM05;850;1000\nM06;400;500\nM07;1.234;2000\n;851;1002\nTổng cộng;851;1002\n");
    for text in ["50% (1/2)", "85% (850/1.000)", "chưa có", "80% (400/500)"] {
        cell(&harness, text, 0);
    }
    for text in ["Thay", "Mới", "Từ chối", "Bỏ qua", "dòng tổng cộng"] {
        cell(&harness, text, 0);
    }
    assert!(harness.query_all_by_label_contains("1,2340").next().is_some(), "both readings are named");
    let commands = press(&mut harness, "Ghi 2 mục, bỏ 2 dòng bị từ chối");
    assert!(commands.contains(&Command::ApplyTable), "{commands:?}");
}

#[test]
fn nothing_can_be_recorded_where_no_row_is_good() {
    let mut harness = table("Mã;Tử số;Mẫu số\nM99;1;2\n");
    let commands = press(&mut harness, "Ghi 0 mục, bỏ 1 dòng bị từ chối");
    assert!(!commands.contains(&Command::ApplyTable));
    let commands = press(&mut harness, "Không nhập");
    assert!(commands.contains(&Command::DiscardTable));
}

#[test]
fn a_guessed_column_is_shown_as_one_and_another_one_is_chosen() {
    let mut harness = table("Ký hiệu CT;Tử số (người);Tổng số\nM05;850;1000\n");
    assert!(harness.query_all_by_label_contains("2 cột được đoán").next().is_some());
    harness.get_by_label("Cột Tổng số: (không dùng)").click();
    harness.run();
    let is_button = |n: &Node<'_>| n.accesskit_node().role() == egui::Role::Button;
    harness.query_all_by_label("Mẫu số").find(is_button).expect("an option").click();
    harness.run();
    let asked = harness.state().commands.iter().find_map(|c| match c {
        Command::ReadTable(reading) => reading.mapping.clone(),
        _ => None,
    });
    let names: Vec<(String, String)> = asked.expect("a mapping").names().into_iter().collect();
    let wanted = [("Ký hiệu CT", "item"), ("Tổng số", "denominator"), ("Tử số (người)", "numerator")];
    assert_eq!(names, wanted.map(|(heading, column)| (heading.to_owned(), column.to_owned())));
    assert_eq!(Column::Field(Field::Denominator).name(), "denominator");
}

#[test]
fn text_from_before_unicode_is_shown_as_it_would_be_and_converted_only_when_confirmed() {
    let tcvn3 = include_bytes!("../data/legacy/table.tcvn3.csv");
    let mut harness = reading(tcvn3, Reading::default());
    cell(&harness, "M· chØ tiªu", 0);
    cell(&harness, "Mã chỉ tiêu", 0);
    let commands = press(&mut harness, "Đúng, chuyển sang Unicode");
    let convert = Reading { legacy: Legacy::Convert(vec![Encoding::Tcvn3]), ..Reading::default() };
    assert!(commands.contains(&Command::ReadTable(convert)), "{commands:?}");
    let commands = press(&mut harness, "Không, giữ nguyên chữ đang có");
    let leave = Reading { legacy: Legacy::Leave, ..Reading::default() };
    assert!(commands.contains(&Command::ReadTable(leave)));
}

#[test]
fn numbers_of_two_readings_are_asked_about_once_for_the_whole_table() {
    let csv = "Mã;Tử số;Mẫu số\nM05;1.234;2.000\nM06;400;500\n";
    let mut harness = table(csv);
    assert!(harness.query_all_by_label_contains("1 dòng có số đọc được hai cách").next().is_some());
    let commands = press(&mut harness, "1.234,5");
    let vietnamese = Reading { marks: Marks::DotThousands, ..Reading::default() };
    assert!(commands.contains(&Command::ReadTable(vietnamese.clone())), "{commands:?}");
    let harness = reading(csv.as_bytes(), vietnamese);
    cell(&harness, "61,7% (1.234/2.000)", 0);
}

#[test]
fn what_is_no_table_says_why_and_offers_another_file() {
    let mut harness = table("M05;850;1000\n");
    assert!(harness.query_all_by_label_contains("Không tìm thấy dòng tiêu đề").next().is_some());
    let commands = press(&mut harness, "Chọn tệp khác…");
    assert!(commands.contains(&Command::LoadTable));
}
