//! What the figures tried come to: the scores, what is being tried and cannot be, and the pillars.

use egui::{Align, Label, Layout, Ui};

use super::{Outcome, Typed};
use crate::catalogue::{Catalogue, Id};
use crate::progress::{Score, Whose};
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Grid, Look, Width};
use crate::words;

pub(super) fn show(
    ui: &mut Ui,
    catalogue: &Catalogue,
    real: &Score,
    outcome: &Outcome,
    state: &mut grid::State,
    typed: &mut Typed,
) {
    widgets::card(ui, |ui| {
        widgets::section(ui, "Bản nháp", |ui| {
            let reset = widgets::secondary(ui, icons::UNDO, "Về số liệu thật");
            if reset.on_hover_text("Bỏ mọi số đang thử").clicked() {
                typed.0.clear();
            }
        });
        widgets::banner(
            ui,
            Tone::Info,
            "Gõ vào cột Thử, ví dụ 85% hoặc 80/100, để xem điểm. Không ghi vào tệp: đóng chương trình là mất.",
        );
        ui.add_space(space::XS);
        score_ui(ui, real, &outcome.province);
        if let (Whose::Unit(id), Some([now, then])) = (&outcome.whose, &outcome.own) {
            ui.add_space(space::XS);
            widgets::elided(ui, theme::bold(format!("Riêng {}", catalogue.agency_name(id))));
            score_ui(ui, now, then);
        }
        tried_ui(ui, catalogue, outcome, typed);
        ui.add_space(space::S);
        pillars_ui(ui, catalogue, real, &outcome.province, state);
        ui.add_space(space::XS);
        let hint = match outcome.whose {
            Whose::All => "Số đang thử được coi là đã có minh chứng, và là số của toàn tỉnh.",
            Whose::Unit(_) => {
                "Số đang thử được coi là đã có minh chứng; số của các đơn vị khác giữ nguyên. Mỗi chỉ tiêu thử số của \
                 toàn tỉnh hoặc của từng đơn vị: số gõ sau thay số gõ trước."
            }
        };
        ui.add(Label::new(theme::caption(ui, hint)).wrap());
    });
}

fn score_ui(ui: &mut Ui, before: &Score, after: &Score) {
    widgets::fact(ui, "Điểm ước tính", &words::score(before.total));
    let tried = format!("{} ({})", words::score(after.total), words::moved(before.total, after.total));
    widgets::fact_in(ui, "Nếu như vậy", theme::bold(tried));
}

/// Everything that is being tried, whoever's it is, each to be taken out; under it what cannot be.
fn tried_ui(ui: &mut Ui, catalogue: &Catalogue, outcome: &Outcome, typed: &mut Typed) {
    let mut out: Option<(Id, Whose)> = None;
    for ((item, whose), text) in &typed.0 {
        let name = match whose {
            Whose::All => item.clone(),
            Whose::Unit(id) => format!("{item}, {}", catalogue.agency_name(id)),
        };
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if widgets::icon_button(ui, icons::CLOSE, &format!("Bỏ thử {name}")).clicked() {
                    out = Some((item.clone(), whose.clone()));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    widgets::elided(ui, format!("Đang thử {name}: {text}"));
                });
            });
        });
        if let Some(why) = outcome.faults.get(&(item.clone(), whose.clone())) {
            widgets::banner(ui, Tone::Danger, &format!("{name}: {why}"));
        }
    }
    if let Some((item, whose)) = out {
        typed.put(&item, &whose, "");
    }
}

fn pillars_ui(ui: &mut Ui, catalogue: &Catalogue, real: &Score, tried: &Score, state: &mut grid::State) {
    let columns = [
        Column::text("Trụ cột", Width::Rest(120.0)),
        Column::number("Ước tính", 76.0),
        Column::number("Nếu", 76.0),
        Column::number("Chênh lệch", 88.0),
    ];
    Grid::new("Điểm nếu như vậy", &columns).show(ui, state, real.pillars.len(), |row, column| {
        let (before, after) = (&real.pillars[row], &tried.pillars[row]);
        let moves = before.score != after.score;
        match column {
            0 => Cell::new(catalogue.pillar(before.pillar).map_or("", |p| &p.short)),
            1 => Cell::new(words::score(before.score)),
            2 => Cell::new(words::score(after.score)).look(if moves { Look::Bold } else { Look::Plain }),
            _ if !moves => Cell::new("").look(Look::Faint),
            _ => {
                let tone = if after.score > before.score { Tone::Success } else { Tone::Danger };
                Cell::new(words::moved(before.score, after.score)).look(Look::Tinted(tone))
            }
        }
    });
}
