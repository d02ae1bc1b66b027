//! Tổng hợp: agencies by period, completeness, the province's figures down to the units, the estimated score, what if.
//! Receiver only.

pub(super) mod answer;
mod chase;
mod completeness;
mod figures;
mod jumps;
mod score;
mod standing;
mod trial;

use egui::Ui;

use super::parts;
use crate::ui::command::Command;
use crate::ui::state::Screen;
use crate::ui::theme::space;
use crate::ui::view::{View, Workspace};
use crate::ui::widgets::{self, Tab};
use crate::words;

#[derive(Debug, Default)]
pub struct State {
    tab: Sheet,
    search: String,
    standing: standing::State,
    completeness: completeness::State,
    figures: figures::State,
    score: score::State,
    trial: trial::State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Sheet {
    #[default]
    Standing,
    Completeness,
    Figures,
    Jumps,
    Score,
    Trial,
}

impl State {
    /// True where a reason is typed and not sent yet. Figures that are only tried are not to be kept.
    pub fn unsaved(&self) -> bool {
        self.standing.unsaved()
    }
}

pub fn show(ui: &mut Ui, view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let note = format!("{} · {}", words::period(&workspace.period.id), words::due_before(&workspace.period));
    parts::head(ui, Screen::Summary.title(), &note, |_| {});
    let jumps = match workspace.jumps.len() {
        0 => String::new(),
        count => count.to_string(),
    };
    let tab = |value, text: &str, tooltip: &str| Tab {
        value,
        text: text.to_owned(),
        note: if value == Sheet::Jumps { jumps.clone() } else { String::new() },
        mark: None,
        tooltip: tooltip.to_owned(),
    };
    ui.horizontal(|ui| {
        let tabs = [
            tab(Sheet::Standing, "Tình hình nộp", "Cơ quan nào đã nộp, kỳ nào"),
            tab(Sheet::Completeness, "Mức đầy đủ", "Phải báo cáo, đã có, trễ hạn, còn thiếu, bị trả lại"),
            tab(Sheet::Figures, "Số liệu toàn tỉnh", "Số liệu tổng hợp từng chỉ tiêu và từng đơn vị"),
            tab(Sheet::Jumps, "Cần xem lại", "Số liệu đột biến so với kỳ trước hoặc khác xa các đơn vị khác"),
            tab(Sheet::Score, "Điểm ước tính", "Điểm theo trọng số tám trụ cột và điểm còn có thể đạt, để tham khảo"),
            tab(Sheet::Trial, "Thử nếu…", "Thay số liệu trên bản nháp để xem điểm; không ghi vào tệp"),
        ];
        widgets::tabs(ui, &mut state.tab, &tabs);
        let searched = match state.tab {
            Sheet::Standing => Some("Tìm cơ quan"),
            Sheet::Figures | Sheet::Trial | Sheet::Completeness | Sheet::Jumps => Some("Tìm chỉ tiêu"),
            Sheet::Score => None,
        };
        if let Some(name) = searched {
            widgets::search_field(ui, name, 220.0, &mut state.search);
        }
    });
    ui.add_space(space::S);
    let search = state.search.as_str();
    match state.tab {
        Sheet::Standing => standing::show(ui, view, workspace, search, &mut state.standing, out),
        Sheet::Completeness => completeness::show(ui, workspace, search, &mut state.completeness),
        Sheet::Jumps => jumps::show(ui, workspace, search, out),
        Sheet::Figures => figures::show(ui, workspace, search, &mut state.figures, out),
        Sheet::Score => score::show(ui, workspace, &mut state.score, out),
        Sheet::Trial => trial::show(ui, workspace, search, &mut state.trial),
    }
}
