//! Cần xem lại: breaks against the period before and units far from the others, each row leading to its figure.

use egui::{Label, Ui};

use super::super::parts;
use crate::text::matches;
use crate::ui::command::Command;
use crate::ui::state::Place;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::Workspace;
use crate::ui::widgets;
use crate::words;

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, search: &str, out: &mut Vec<Command>) {
    let catalogue = workspace.catalogue();
    if workspace.jumps.is_empty() {
        let hint = "Mẫu số, tỷ lệ và số cộng dồn của các đơn vị đều liền với kỳ trước, không đơn vị nào khác xa các đơn vị khác.";
        widgets::empty_state(ui, icons::CHECK_CIRCLE, "Không có số liệu cần xem lại", hint, None);
        return;
    }
    let hint = "Số liệu vẫn được tính vào tổng hợp. Bấm vào một dòng để đến số liệu; sai thì trả lại ở Tình hình nộp.";
    ui.add(Label::new(theme::secondary(ui, hint)).wrap());
    ui.add_space(space::S);
    parts::scrolled(ui, "jumps", |ui| {
        widgets::card(ui, |ui| {
            for jump in &workspace.jumps {
                let agency = catalogue.agency_name(&jump.agency);
                let text = format!("{agency} · {}", words::item(catalogue, &jump.item));
                if !matches(&text, search) {
                    continue;
                }
                let why = words::jump(jump, catalogue);
                if parts::action_row(ui, Tone::Warning, icons::ALERT, &text, &why).clicked() {
                    out.push(Command::Go(Place::Item { item: jump.item.clone(), agency: jump.agency.clone() }));
                }
            }
        });
    });
}
