//! The units behind a figure of the province.

use egui::Ui;

use super::super::source::Source;
use crate::progress::UnitState;
use crate::ui::theme::{self, Tone, space};
use crate::ui::widgets::{badge, elided, section};
use crate::words;

pub(super) fn show(ui: &mut Ui, source: &Source<'_>, item: &str) {
    let catalogue = source.catalogue();
    let Some(indicator) = catalogue.indicator(item) else { return };
    let Some(progress) = source.progress(indicator) else { return };
    let value = progress.value.map_or("chưa có số liệu".to_owned(), |v| words::value(indicator, v));
    ui.label(theme::bold(format!("Toàn tỉnh: {value}")));
    ui.label(theme::secondary(ui, format!("Tính từ {}", words::units(progress))));
    ui.add_space(space::S);
    section(ui, "Theo đơn vị", |_| {});
    for unit in &progress.units {
        ui.horizontal(|ui| {
            ui.set_min_height(26.0);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                match unit.value {
                    Some(value) => {
                        ui.label(words::value(indicator, value));
                    }
                    None => {
                        let tone = match unit.state {
                            UnitState::Conflict => Tone::Danger,
                            UnitState::Missing | UnitState::WithoutParts => Tone::Warning,
                            UnitState::Counted | UnitState::NoData | UnitState::NotApplicable => Tone::Neutral,
                        };
                        badge(ui, tone, words::unit_state(unit.state));
                    }
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    elided(ui, catalogue.agency_name(&unit.agency));
                });
            });
        });
    }
}
