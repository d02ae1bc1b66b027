//! The top bar: whose file, which period, how long still; search.

use egui::{Align, Layout, Ui};

use crate::catalogue::PeriodId;
use crate::ui::command::Command;
use crate::ui::state::State;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::{Access, View, Workspace};
use crate::ui::widgets::{badge, dropdown, elided, secondary};
use crate::words;

pub(super) fn show(ui: &mut Ui, view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    ui.horizontal_centered(|ui| {
        owner_ui(ui, workspace);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if secondary(ui, icons::SEARCH, "Tìm  Ctrl+K")
                .on_hover_text("Tìm chỉ tiêu, nhiệm vụ, đơn vị và lệnh")
                .accessible_name("Tìm")
                .clicked()
            {
                state.palette.open();
            }
            ui.add_space(space::L);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add_space(space::L);
                period_ui(ui, view, workspace, out);
            });
        });
    });
}

fn owner_ui(ui: &mut Ui, workspace: &Workspace) {
    let catalogue = workspace.catalogue();
    let agency = catalogue.agency(workspace.agency());
    let short = agency.map_or(workspace.agency(), |a| a.short.as_str());
    ui.label(theme::icon(icons::AGENCY).color(theme::palette(ui).accent));
    ui.label(theme::bold(short)).on_hover_text(catalogue.agency_name(workspace.agency()));
    let file = workspace.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = theme::secondary(ui, format!("· {file}"));
    let width = (ui.available_width() * 0.24).clamp(60.0, 320.0);
    ui.scope(|ui| {
        ui.set_max_width(width);
        elided(ui, text).on_hover_text(workspace.file.display().to_string());
    });
    match workspace.access {
        Access::Write => {}
        Access::Read => {
            badge(ui, Tone::Warning, "Chỉ xem")
                .on_hover_text("Tệp đang mở ở cửa sổ khác, hoặc nằm ở nơi không ghi được");
        }
        Access::Damaged => {
            badge(ui, Tone::Danger, "Tệp hỏng, chỉ xem").on_hover_text("Khôi phục hoặc cứu số liệu ở màn hình Cài đặt");
        }
    }
}

fn period_ui(ui: &mut Ui, view: &View, workspace: &Workspace, out: &mut Vec<Command>) {
    ui.label(theme::secondary(ui, "Kỳ"));
    let mut chosen = workspace.period.id.clone();
    let options: Vec<(PeriodId, String)> = workspace.periods.iter().map(|p| (p.clone(), words::period(p))).collect();
    if dropdown(ui, "Kỳ báo cáo", 128.0, &mut chosen, &options) {
        out.push(Command::ChoosePeriod(chosen));
    }
    ui.label(theme::secondary(ui, words::due_before(&workspace.period)));
    let days = workspace.days_left(view.now);
    let tone = match days {
        ..=0 => Tone::Danger,
        1..=7 => Tone::Warning,
        _ => Tone::Neutral,
    };
    badge(ui, tone, &words::days_left(days));
}
