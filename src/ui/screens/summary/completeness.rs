//! Completeness and timeliness: how many reports were due and what became of them, by period, pillar or item.

use egui::Ui;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::progress::Tally;
use crate::text::matches;
use crate::text::number::format_percent;
use crate::ui::theme::{Tone, icons, palette, space};
use crate::ui::view::Workspace;
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Grid, Look, Scroll, Width};
use crate::words;

#[derive(Debug, Default)]
pub(super) struct State {
    by: By,
    grid: grid::State,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum By {
    #[default]
    Pillar,
    Item,
    Period,
}

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, search: &str, state: &mut State) {
    let options = [(By::Pillar, "Theo trụ cột"), (By::Item, "Theo chỉ tiêu, nhiệm vụ"), (By::Period, "Qua các kỳ")];
    if widgets::segmented(ui, &mut state.by, &options) {
        state.grid.clear();
    }
    ui.add_space(space::S);
    let (heading, mut rows) = rows(workspace, state.by);
    rows.retain(|(name, _)| matches(name, search));
    if rows.is_empty() {
        widgets::empty_state(ui, icons::TABLE, "Không có dòng nào", "Xóa nội dung tìm, hoặc chọn kỳ khác.", None);
        return;
    }
    let columns = [
        Column::text(heading, Width::Rest(240.0)),
        Column::number("Phải báo cáo", 96.0).tooltip("Số lượt: mỗi cơ quan một lượt cho mỗi mục"),
        Column::number("Đã có", 72.0),
        Column::text("Tỷ lệ", Width::Fixed(160.0)),
        Column::number("Trễ hạn", 72.0).tooltip("Trong số đã có, thuộc báo cáo nộp trễ hạn"),
        Column::number("Còn thiếu", 80.0),
        Column::number("Bị trả lại", 80.0).tooltip("Trong số đã có, bị trả lại và chưa sửa"),
        Column::number("Chờ chọn", 76.0).tooltip("Có số liệu khác nhau, chờ quyết định"),
    ];
    let height = ui.available_height();
    let accent = palette(ui).accent;
    Grid::new("Mức đầy đủ", &columns).scroll(Scroll::Own(height)).show(
        ui,
        &mut state.grid,
        rows.len(),
        |row, column| {
            let (name, tally) = &rows[row];
            cell(name, tally, accent, column)
        },
    );
}

/// The heading of the first column, and each row by name.
fn rows(workspace: &Workspace, by: By) -> (&'static str, Vec<(String, Tally)>) {
    let (catalogue, found) = (workspace.catalogue(), &workspace.completeness);
    match by {
        By::Pillar => {
            let name = |id: u8| catalogue.pillar(id).map_or(String::new(), |p| format!("{id} {}", p.title));
            let pillars = found.pillars.iter().map(|(id, tally)| (name(*id), *tally));
            ("Trụ cột", pillars.chain([("Tất cả".to_owned(), found.all)]).collect())
        }
        By::Item => {
            let rows = found.items.iter().map(|(id, tally)| (words::item(catalogue, id), *tally));
            ("Chỉ tiêu, nhiệm vụ", rows.collect())
        }
        By::Period => {
            let rows = workspace.matrix.iter().map(|column| (words::period(&column.period), column.all));
            ("Kỳ", rows.collect())
        }
    }
}

fn cell(name: &str, tally: &Tally, accent: egui::Color32, column: usize) -> Cell {
    let count = |count: usize, look: Look| match count {
        0 => Cell::new("0").look(Look::Faint),
        count => Cell::new(count.to_string()).look(look),
    };
    match column {
        0 => Cell::new(name),
        1 => Cell::new(tally.expected.to_string()),
        2 => Cell::new(tally.reported.to_string()),
        3 => {
            let share = Decimal::from(tally.reported).checked_div(Decimal::from(tally.expected)).unwrap_or_default();
            Cell::new(format_percent(whole_percent(share))).look(Look::Bar(share.to_f32().unwrap_or(0.0), accent))
        }
        4 => count(tally.late, Look::Tinted(Tone::Warning)),
        5 => count(tally.missing, Look::Tinted(Tone::Warning)),
        6 => count(tally.returned, Look::Tinted(Tone::Danger)),
        _ => {
            let waiting = tally.expected.saturating_sub(tally.reported + tally.missing);
            count(waiting, Look::Tinted(Tone::Danger))
        }
    }
}

/// What is short of all never reads as all.
fn whole_percent(share: Decimal) -> Decimal {
    (share * Decimal::ONE_HUNDRED).floor()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_missing_of_a_thousand_are_not_a_hundred_percent() {
        assert_eq!(whole_percent(Decimal::new(997, 3)), Decimal::from(99));
        assert_eq!(whole_percent(Decimal::ONE), Decimal::ONE_HUNDRED);
    }
}
