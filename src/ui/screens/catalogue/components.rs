//! An official table of component indices: what becomes of each row, then its amendments into the draft.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use egui::{Frame, Id, Label, Margin, Modal, Ui};

use crate::catalogue::{Amendment, Catalogue, Gone, Outcome, SameNumber, Takeover};
use crate::table::{ComponentReading, ComponentRow, ComponentTable, ComponentsError, RowKind};
use crate::text::date::{format_date, parse_date};
use crate::ui::command::Command;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::ComponentPreview;
use crate::ui::widgets::grid::{self, Cell, Column, Grid, Lines, Look, Scroll, Width};
use crate::ui::widgets::{self, TextField};
use crate::words;

#[derive(Debug, Default)]
pub(super) struct State {
    /// The date while it is typed, and the table that it is for.
    from: Option<(PathBuf, String)>,
    grid: grid::State,
}

const WIDTH: f32 = 1180.0;
/// What stands around the rows: title, choices, sums, buttons, margins.
const AROUND: f32 = 330.0;

/// The sets are for a whole year's data; what cannot be known is asked.
pub(super) fn as_usual(today: NaiveDate) -> Takeover {
    let from = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    Takeover { from, same_number: SameNumber::Ask, gone: Gone::Keep }
}

/// The amendments that are to be drafted, where the officer says so.
pub(super) fn show(
    ui: &mut Ui,
    preview: &ComponentPreview,
    drafted: &Arc<Catalogue>,
    state: &mut State,
    out: &mut Vec<Command>,
) -> Vec<Amendment> {
    let mut added = Vec::new();
    if !Arc::ptr_eq(&preview.base, drafted) {
        // It was read against another catalogue than the one that it would change.
        out.push(Command::DiscardComponents);
        return added;
    }
    let screen = ui.ctx().content_rect();
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(space::L as i8));
    let modal = Modal::new(Id::unique("components")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(WIDTH.min(screen.width() - 64.0));
        let name = preview.path.file_name().unwrap_or_default().to_string_lossy();
        widgets::section(ui, &format!("Bảng chỉ số thành phần: {name}"), |_| {});
        choices_ui(ui, preview, state, out);
        ui.add_space(space::S);
        let height = (screen.height() - AROUND).max(160.0);
        match &preview.table {
            Ok(table) => rows_ui(ui, table, &preview.base, height, &mut state.grid),
            Err(error) => error_ui(ui, preview, error, out),
        }
        ui.add_space(space::S);
        ui.horizontal(|ui| {
            let table = preview.table.as_ref().ok().filter(|t| t.is_ready() && !t.amendments.is_empty());
            let count = table.map_or(0, |t| t.amendments.len());
            let text = format!("Thêm {count} thay đổi vào đang soạn");
            let add = ui.add_enabled_ui(count > 0, |ui| widgets::primary(ui, icons::CHECK, &text)).inner;
            if let Some(table) = table.filter(|_| add.clicked()) {
                added.clone_from(&table.amendments);
                out.push(Command::DiscardComponents);
            }
            out.extend(widgets::command_button(ui, Command::DiscardComponents));
        });
    });
    if modal.should_close() && !modal.backdrop_response.clicked() {
        out.push(Command::DiscardComponents);
    }
    added
}

/// How it is taken over. It is read again with every other choice.
fn choices_ui(ui: &mut Ui, preview: &ComponentPreview, state: &mut State, out: &mut Vec<Command>) {
    let mut how = preview.how;
    let typed = state.from.take().filter(|(path, _)| *path == preview.path);
    let mut text = typed.map_or_else(|| format_date(how.from), |(_, text)| text);
    ui.horizontal_top(|ui| {
        let date = parse_date(&text);
        widgets::label_over(ui, "Có hiệu lực từ ngày", |ui| {
            let tone = if date.is_some() { Tone::Neutral } else { Tone::Danger };
            let typing = TextField::new("Có hiệu lực từ ngày").width(150.0).tone(tone).show(ui, &mut text);
            if let Some(date) = parse_date(&text).filter(|_| typing.committed) {
                how.from = date;
            }
        });
        ui.add_space(space::L);
        widgets::label_over(ui, "STT đã có nhưng tên khác", |ui| {
            let ways = [
                (SameNumber::Ask, "Hỏi từng dòng"),
                (SameNumber::Retitled, "Vẫn là chỉ số đó"),
                (SameNumber::Another, "Là chỉ số khác"),
            ];
            widgets::segmented(ui, &mut how.same_number, &ways);
        });
        ui.add_space(space::L);
        widgets::label_over(ui, "Chỉ số không còn trong bảng", |ui| {
            widgets::segmented(ui, &mut how.gone, &[(Gone::Keep, "Giữ"), (Gone::Close, "Kết thúc")]);
        });
    });
    state.from = Some((preview.path.clone(), text));
    if how != preview.how {
        out.push(again(preview, preview.reading.clone(), how));
    }
}

fn again(preview: &ComponentPreview, reading: ComponentReading, how: Takeover) -> Command {
    let (path, base) = (Some(preview.path.clone()), Arc::clone(&preview.base));
    Command::ReadComponents { path, reading, how, base }
}

fn error_ui(ui: &mut Ui, preview: &ComponentPreview, error: &ComponentsError, out: &mut Vec<Command>) {
    widgets::banner(ui, Tone::Danger, &words::components_error(error));
    let (ComponentsError::SeveralSheets(sheets) | ComponentsError::NoSuchSheet { there: sheets, .. }) = error else {
        return;
    };
    ui.add_space(space::S);
    ui.horizontal_wrapped(|ui| {
        for sheet in sheets {
            if widgets::secondary(ui, icons::TABLE, &format!("Đọc trang “{sheet}”")).clicked() {
                let reading = ComponentReading { sheet: Some(sheet.clone()), ..preview.reading.clone() };
                out.push(again(preview, reading, preview.how));
            }
        }
    });
}

fn rows_ui(ui: &mut Ui, table: &ComponentTable, catalogue: &Catalogue, height: f32, state: &mut grid::State) {
    let columns = [
        Column::number("Dòng", 56.0),
        Column::text("STT", Width::Fixed(56.0)),
        Column::text("Chỉ số", Width::Rest(300.0)),
        Column::text("Sẽ thành", Width::Rest(420.0)),
    ];
    let grid = Grid::new("Các dòng của bảng", &columns).scroll(Scroll::Own(height)).lines(Lines::Two);
    grid.show(ui, state, table.rows.len(), |at, column| {
        let row = &table.rows[at];
        match column {
            0 => Cell::new(row.number.to_string()).look(Look::Faint),
            1 => Cell::new(&row.label),
            2 => Cell::new(&row.title).hover(&row.title),
            _ => {
                let text = words::component_row(row, catalogue);
                Cell::new(&text).hover(&text).look(look(row))
            }
        }
    });
    ui.add_space(space::XS);
    let (good, odd): (Vec<_>, Vec<_>) = table.sums.iter().partition(|sum| sum.agrees());
    if !odd.is_empty() {
        let odd: Vec<String> = odd.into_iter().map(|sum| words::pillar_sum(sum, catalogue)).collect();
        widgets::banner(ui, Tone::Warning, &format!("Cần xem lại: {}", odd.join(" · ")));
    } else if !good.is_empty() {
        let good: Vec<String> = good.into_iter().map(|sum| words::pillar_sum(sum, catalogue)).collect();
        ui.add(Label::new(theme::caption(ui, good.join(" · "))).truncate());
    }
    if !table.gone.is_empty() {
        ui.add(Label::new(theme::caption(ui, words::no_longer(&table.gone, catalogue))).truncate());
    }
    if !table.is_ready() {
        widgets::banner(ui, Tone::Danger, "Có dòng phải sửa hoặc phải chọn cách hiểu trước khi thêm: các dòng màu đỏ.");
    }
}

/// Red where the row stands in the way, amber where its rule waits for a person.
fn look(row: &ComponentRow) -> Look {
    match &row.what {
        RowKind::Refused(_) => Look::Tinted(Tone::Danger),
        RowKind::Component { fate, .. } if fate.outcome.is_open() => Look::Tinted(Tone::Danger),
        RowKind::Component { fate, .. } if fate.reading.doubt.is_some() => Look::Tinted(Tone::Warning),
        RowKind::Component { fate, .. } if matches!(fate.outcome, Outcome::Same(_)) => Look::Faint,
        RowKind::Component { .. } => Look::Plain,
        RowKind::Main(_) | RowKind::Passed(_) => Look::Faint,
    }
}
