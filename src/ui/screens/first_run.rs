//! The first run: choose the agency and give a name, or open a file, or look at the sample. Nothing else is asked.
//!
//! An agency that came of a merger or a split chooses itself from the catalogue package that names it.

use chrono::NaiveDate;
use egui::{Frame, Key, Label, ScrollArea, Ui};

use super::care;
use crate::catalogue::{Agency, AgencyKind, Catalogue, Id};
use crate::text::date::format_date;
use crate::text::{clean, compare, matches};
use crate::ui;
use crate::ui::command::Command;
use crate::ui::theme::{self, Tone, icons, palette, size, space};
use crate::ui::view::{FirstEdition, MessageKind, View};
use crate::ui::widgets::{
    TextField, banner, card, command_button, elided, label_over, link, primary, quiet, search_field,
};
use crate::words;

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
    card(ui, |ui| begin_ui(ui, view, state, out));
    ui.add_space(space::L);
    card(ui, |ui| open_ui(ui, view, out));
    if let Some(message) = &view.message {
        ui.add_space(space::L);
        let tone = match message.kind {
            MessageKind::Error => Tone::Danger,
            MessageKind::Warning => Tone::Warning,
            MessageKind::Info | MessageKind::Done => Tone::Info,
        };
        banner(ui, tone, &message.text);
    }
    ui.add_space(space::XL);
}

/// A new file: whose, and who works in it.
fn begin_ui(ui: &mut Ui, view: &View, state: &mut State, out: &mut Vec<Command>) {
    ui.label(theme::section_title("Bắt đầu với đơn vị của anh, chị"));
    ui.add_space(space::S);
    if let Some(first) = &view.first_edition {
        edition_ui(ui, first, out);
        ui.add_space(space::S);
    }
    agency_ui(ui, view, state, out);
    ui.add_space(space::S);
    label_over(ui, "Người nhập (ghi kèm mỗi lần nhập)", |ui| {
        TextField::new("Người nhập").hint("Họ và tên").width(320.0).show(ui, &mut state.officer)
    });
    ui.add_space(space::M);
    // One that was chosen from another catalogue may not be in this one.
    let agency = state.agency.clone().filter(|id| view.catalogue().agency(id).is_some());
    ui.horizontal(|ui| {
        let label = Command::NewWorkspace { agency: Id::new(), officer: String::new() }.label();
        let pressed = ui.add_enabled_ui(agency.is_some(), |ui| primary(ui, label.icon, label.text)).inner;
        let clicked = pressed.on_hover_text(label.tooltip).clicked();
        match agency {
            Some(agency) if clicked => out.push(Command::NewWorkspace { agency, officer: clean(&state.officer) }),
            Some(_) => {}
            None => {
                ui.label(theme::secondary(ui, "Chọn đơn vị trước"));
            }
        }
    });
}

/// The catalogue package that the file would begin with.
fn edition_ui(ui: &mut Ui, first: &FirstEdition, out: &mut Vec<Command>) {
    let name = first.file.file_name().unwrap_or_default().to_string_lossy();
    banner(
        ui,
        Tone::Info,
        &format!("Chọn đơn vị theo {}, gói {name}", words::edition(&first.catalogue).to_lowercase()),
    );
    if let Some(concern) = words::standing_concern(first.standing, first.key.as_ref()) {
        let concern = theme::caption(ui, format!("Gói danh mục: {concern}."));
        ui.add(Label::new(concern).wrap());
    }
    let label = Command::DropEdition.label();
    if quiet(ui, label.icon, label.text).on_hover_text(label.tooltip).clicked() {
        out.push(Command::DropEdition);
    }
}

/// Files that are there already, and the sample.
fn open_ui(ui: &mut Ui, view: &View, out: &mut Vec<Command>) {
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
}

fn agency_ui(ui: &mut Ui, view: &View, state: &mut State, out: &mut Vec<Command>) {
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
    let found = found(catalogue, &view.catalogue, &state.search);
    if field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) && !state.search.is_empty() {
        state.agency = found.first().map(|a| a.id.clone());
    }
    ui.add_space(space::XS);
    ScrollArea::vertical().max_height(228.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for agency in &found {
            if agency_row(ui, agency, &remark(agency, &view.catalogue, view.now.date_naive())) {
                state.agency = Some(agency.id.clone());
            }
        }
        if found.is_empty() {
            ui.label(theme::secondary(ui, "Không có đơn vị nào khớp; thử tên khác hoặc tên viết tắt"));
        }
    });
    if view.first_edition.is_none() {
        ui.horizontal(|ui| {
            ui.label(theme::secondary(ui, "Cơ quan chưa có trong danh sách?"));
            let label = Command::OpenEdition.label();
            if link(ui, label.text).on_hover_text(label.tooltip).clicked() {
                out.push(Command::OpenEdition);
            }
        });
    }
}

/// Those that report by themselves, in Vietnamese order, the ones that the program's `own` catalogue does not know first:
/// for them the package was opened. Communes report through their districts.
fn found<'a>(catalogue: &'a Catalogue, own: &Catalogue, search: &str) -> Vec<&'a Agency> {
    let mut found: Vec<&Agency> = catalogue
        .agencies
        .iter()
        .filter(|a| a.kind != AgencyKind::Commune)
        .filter(|a| [&a.id, &a.name, &a.short].into_iter().chain(&a.aliases).any(|name| matches(name, search)))
        .collect();
    let known = |a: &Agency| own.agency(&a.id).is_some();
    found.sort_by(|a, b| known(a).cmp(&known(b)).then_with(|| compare(&a.name, &b.name)));
    found
}

/// What to know before choosing an agency; `own` is the program's catalogue.
fn remark(agency: &Agency, own: &Catalogue, today: NaiveDate) -> String {
    match agency.valid_to.filter(|last| *last < today) {
        Some(last) => format!("kết thúc ngày {}", format_date(last)),
        None if own.agency(&agency.id).is_none() => "mới trong danh mục này".to_owned(),
        None if !agency.confirmed => "chưa được xác nhận".to_owned(),
        None => String::new(),
    }
}

fn agency_row(ui: &mut Ui, agency: &Agency, remark: &str) -> bool {
    let p = palette(ui);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), size::ROW), egui::Sense::click());
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, size::RADIUS, p.hover);
    }
    let at = egui::pos2(rect.left() + space::S, rect.center().y);
    let font = egui::FontId::proportional(size::BODY);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, &agency.name, font, p.text);
    let at = egui::pos2(rect.right() - space::S, rect.center().y);
    let font = egui::FontId::proportional(size::CAPTION);
    ui.painter().text(at, egui::Align2::RIGHT_CENTER, remark, font, p.secondary);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &agency.name));
    response.clicked()
}
