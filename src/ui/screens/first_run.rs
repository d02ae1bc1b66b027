//! The first run: choose the agency and give a name, or open a file, or look at the sample. Nothing else is asked.

use egui::{Frame, Key, ScrollArea, Ui};

use super::care;
use crate::catalogue::{Agency, AgencyKind, Id};
use crate::text::{clean, compare, matches};
use crate::ui;
use crate::ui::command::Command;
use crate::ui::theme::{self, icons, palette, size, space};
use crate::ui::view::View;
use crate::ui::widgets::{TextField, card, command_button, elided, label_over, link, primary, search_field};

#[derive(Debug, Default)]
pub struct State {
    search: String,
    agency: Option<Id>,
    officer: String,
}

pub fn show(ui: &mut Ui, view: &View, state: &mut ui::State, out: &mut Vec<Command>) {
    let p = palette(ui);
    egui::CentralPanel::default().frame(Frame::new().fill(p.page)).show(ui, |ui| {
        ScrollArea::vertical().show(ui, |ui| {
            let width = 760.0_f32.min(ui.available_width() - 2.0 * space::XL);
            ui.horizontal_top(|ui| {
                ui.add_space(((ui.available_width() - width) / 2.0).max(space::L));
                ui.vertical(|ui| {
                    ui.set_width(width);
                    page_ui(ui, view, state, out);
                });
            });
        });
    });
}

fn page_ui(ui: &mut Ui, view: &View, state: &mut ui::State, out: &mut Vec<Command>) {
    let ui::State { first_run: state, care, .. } = state;
    ui.add_space(space::XL);
    ui.label(theme::page_title("DTI Quảng Trị"));
    ui.label(theme::secondary(ui, "Theo dõi, báo cáo và tổng hợp chỉ số chuyển đổi số cấp tỉnh"));
    ui.add_space(space::L);
    if let Some(trouble) = &view.trouble {
        care::trouble_card(ui, trouble, view.rescued.as_ref(), care, out);
        ui.add_space(space::L);
    }
    card(ui, |ui| {
        ui.label(theme::section_title("Bắt đầu với đơn vị của anh, chị"));
        ui.add_space(space::S);
        agency_ui(ui, view, state);
        ui.add_space(space::S);
        label_over(ui, "Người nhập (ghi kèm mỗi lần nhập)", |ui| {
            TextField::new("Người nhập").hint("Họ và tên").width(320.0).show(ui, &mut state.officer)
        });
        ui.add_space(space::M);
        let ready = state.agency.is_some();
        ui.horizontal(|ui| {
            let label = Command::NewWorkspace { agency: Id::new(), officer: String::new() }.label();
            let pressed = ui.add_enabled_ui(ready, |ui| primary(ui, label.icon, label.text)).inner;
            if pressed.on_hover_text(label.tooltip).clicked()
                && let Some(agency) = state.agency.clone()
            {
                out.push(Command::NewWorkspace { agency, officer: clean(&state.officer) });
            }
            if !ready {
                ui.label(theme::secondary(ui, "Chọn đơn vị trước"));
            }
        });
    });
    ui.add_space(space::L);
    card(ui, |ui| {
        ui.label(theme::section_title("Hoặc"));
        ui.add_space(space::XS);
        ui.horizontal(|ui| {
            out.extend(command_button(ui, Command::OpenFile));
            out.extend(command_button(ui, Command::OpenSample));
        });
        for path in &view.recent {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            ui.horizontal(|ui| {
                ui.label(theme::icon(icons::FILE).color(palette(ui).secondary));
                if link(ui, &name).clicked() {
                    out.push(Command::OpenRecent(path.clone()));
                }
                let folder = path.parent().map(|f| f.display().to_string()).unwrap_or_default();
                let folder = theme::caption(ui, folder);
                elided(ui, folder);
            });
        }
    });
    if let Some(message) = &view.message {
        ui.add_space(space::L);
        let tone = match message.kind {
            crate::ui::MessageKind::Error => theme::Tone::Danger,
            crate::ui::MessageKind::Warning => theme::Tone::Warning,
            _ => theme::Tone::Info,
        };
        crate::ui::widgets::banner(ui, tone, &message.text);
    }
    ui.add_space(space::XL);
}

fn agency_ui(ui: &mut Ui, view: &View, state: &mut State) {
    let catalogue = view.catalogue();
    if let Some(chosen) = state.agency.as_deref().and_then(|id| catalogue.agency(id)) {
        let mut change = false;
        ui.horizontal(|ui| {
            ui.label(theme::icon(icons::CHECK_CIRCLE).color(palette(ui).success.text));
            ui.label(theme::bold(&chosen.name));
            change = link(ui, "Chọn đơn vị khác").clicked();
        });
        if change {
            state.agency = None;
        }
        return;
    }
    let field = search_field(ui, "Tìm đơn vị, gõ không dấu cũng được", 420.0, &mut state.search);
    let found = found(catalogue.agencies.iter(), &state.search);
    if field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) && !state.search.is_empty() {
        state.agency = found.first().map(|a| a.id.clone());
    }
    ui.add_space(space::XS);
    ScrollArea::vertical().max_height(228.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for agency in &found {
            if agency_row(ui, agency) {
                state.agency = Some(agency.id.clone());
            }
        }
        if found.is_empty() {
            ui.label(theme::secondary(ui, "Không có đơn vị nào khớp; thử tên khác hoặc tên viết tắt"));
        }
    });
}

/// Those that report by themselves, in Vietnamese order; communes report through their districts.
fn found<'a>(agencies: impl Iterator<Item = &'a Agency>, search: &str) -> Vec<&'a Agency> {
    let mut found: Vec<&Agency> = agencies
        .filter(|a| a.kind != AgencyKind::Commune)
        .filter(|a| [&a.id, &a.name, &a.short].into_iter().chain(&a.aliases).any(|name| matches(name, search)))
        .collect();
    found.sort_by(|a, b| compare(&a.name, &b.name));
    found
}

fn agency_row(ui: &mut Ui, agency: &Agency) -> bool {
    let p = palette(ui);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), size::ROW), egui::Sense::click());
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, size::RADIUS, p.hover);
    }
    let at = egui::pos2(rect.left() + space::S, rect.center().y);
    let font = egui::FontId::proportional(size::BODY);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, &agency.name, font, p.text);
    if !agency.confirmed {
        let at = egui::pos2(rect.right() - space::S, rect.center().y);
        let font = egui::FontId::proportional(size::CAPTION);
        ui.painter().text(at, egui::Align2::RIGHT_CENTER, "chưa được xác nhận", font, p.secondary);
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &agency.name));
    response.clicked()
}
