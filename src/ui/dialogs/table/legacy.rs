//! The question on text from before Unicode: what it seems to be, and what some of the cells would become.

use egui::{Label, Ui};

use crate::table::{Legacy, Reading, Recognised};
use crate::text::legacy::Encoding;
use crate::ui::command::Command;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::TablePreview;
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Grid, Look, Scroll, Width};
use crate::words;

#[derive(Debug, Default)]
pub(super) struct State {
    grid: grid::State,
}

pub(super) fn show(
    ui: &mut Ui,
    shown: &TablePreview,
    found: &[Recognised],
    state: &mut State,
    room: f32,
    out: &mut Vec<Command>,
) {
    let names: Vec<String> = found.iter().map(|f| format!("{} ({} ô)", words::encoding(f.encoding), f.cells)).collect();
    let text =
        format!("Chữ trong bảng không phải Unicode; có vẻ là {}. Xem các ô dưới đây có đúng không.", names.join(", "));
    widgets::banner(ui, Tone::Warning, &text);
    ui.add_space(space::S);
    let samples: Vec<_> = found.iter().flat_map(|f| f.samples.iter().map(move |s| (f.encoding, s))).collect();
    let columns = [
        Column::number("Dòng", 56.0),
        Column::text("Bảng mã", Width::Fixed(150.0)),
        Column::text("Đang là", Width::Rest(200.0)),
        Column::text("Sẽ đọc là", Width::Rest(200.0)),
    ];
    Grid::new("Chữ trước khi có Unicode", &columns).scroll(Scroll::Own(room - 90.0)).show(
        ui,
        &mut state.grid,
        samples.len(),
        |row, column| {
            let (encoding, sample) = samples[row];
            match column {
                0 => Cell::new(sample.row.to_string()).look(Look::Faint),
                1 => Cell::new(words::encoding(encoding)).look(Look::Faint),
                2 => Cell::new(&sample.before),
                _ => Cell::new(&sample.after).look(Look::Bold),
            }
        },
    );
    ui.add_space(space::M);
    ui.horizontal_wrapped(|ui| {
        let read = |legacy| Command::ReadTable(Reading { legacy, ..shown.reading.clone() });
        if widgets::primary(ui, icons::CHECK, "Đúng, chuyển sang Unicode").clicked() {
            let mut encodings: Vec<Encoding> = match &shown.reading.legacy {
                Legacy::Convert(before) => before.clone(),
                Legacy::Ask | Legacy::Leave => Vec::new(),
            };
            encodings.extend(found.iter().map(|f| f.encoding));
            out.push(read(Legacy::Convert(encodings)));
        }
        if widgets::secondary(ui, icons::CLOSE, "Không, giữ nguyên chữ đang có").clicked() {
            out.push(read(Legacy::Leave));
        }
        out.extend(widgets::command_button(ui, Command::DiscardTable));
    });
    ui.add(Label::new(theme::caption(ui, "Tệp gốc không bị thay đổi; chỉ chữ được đọc vào là Unicode.")).wrap());
}
