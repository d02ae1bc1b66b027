//! One entry of the plan in full, with its lines in the plan's text.

use egui::{Label, Ui};

use super::form::Form;
use super::{Editing, Entry, lines, names};
use crate::catalogue::{Agency, Amendment, Catalogue, Erratum, Group, Indicator, Pillar, Task};
use crate::text::date::format_date;
use crate::text::number::format_decimal;
use crate::ui::command::Command;
use crate::ui::state::Place;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::Workspace;
use crate::ui::widgets::{self, fact};
use crate::words;

/// What the officer wants to do with the entry.
pub(super) enum Wish {
    FillIn(Form),
    Add(Amendment),
}

/// `catalogue` is the present one with the changes being drafted; the entry is of it.
pub(super) fn show(
    ui: &mut Ui,
    workspace: &Workspace,
    catalogue: &Catalogue,
    entry: Entry<'_>,
    editing: Editing,
    out: &mut Vec<Command>,
) -> Option<Wish> {
    let mut wish = None;
    match entry {
        Entry::Pillar(pillar) => pillar_ui(ui, catalogue, pillar),
        Entry::Task(task) => task_ui(ui, workspace, catalogue, task, out),
        Entry::Indicator(indicator) => {
            title(ui, &format!("{} {}", indicator.id, indicator.short));
            if editing == Editing::Open {
                wish = indicator_actions(ui, catalogue, indicator);
            }
            indicator_ui(ui, workspace, catalogue, indicator, out);
        }
        Entry::Agency(agency) => {
            title(ui, &agency.name);
            if editing == Editing::Open {
                wish = agency_actions(ui, catalogue, agency);
            }
            agency_ui(ui, workspace, catalogue, agency);
        }
        Entry::Group(group) => group_ui(ui, catalogue, group),
        Entry::Erratum(erratum) => erratum_ui(ui, erratum),
    }
    wish
}

/// What can be amended of an agency. Whoever receives the reports cannot end.
fn agency_actions(ui: &mut Ui, catalogue: &Catalogue, agency: &Agency) -> Option<Wish> {
    let mut wish = None;
    let mut offer = |ui: &mut Ui, icon: &str, text: &str, form: &dyn Fn() -> Form| {
        if widgets::secondary(ui, icon, text).clicked() {
            wish = Some(Wish::FillIn(form()));
        }
    };
    let mut confirm = false;
    ui.horizontal_wrapped(|ui| {
        offer(ui, icons::PENCIL, "Đổi tên…", &|| Form::rename(agency));
        if agency.valid_to.is_none() {
            let receives = agency.id == catalogue.plan.receiver;
            if !receives {
                offer(ui, icons::ARROW_RIGHT, "Sáp nhập…", &|| Form::merge(catalogue, agency));
                offer(ui, icons::COPY, "Tách…", &|| Form::split(catalogue, agency));
                offer(ui, icons::CLOSE, "Kết thúc hoạt động…", &|| Form::close(agency));
            }
            confirm = !agency.confirmed && widgets::secondary(ui, icons::CHECK, "Xác nhận").clicked();
        }
    });
    ui.add_space(space::S);
    if confirm { Some(Wish::Add(Amendment::Confirm { agency: agency.id.clone() })) } else { wish }
}

fn indicator_actions(ui: &mut Ui, catalogue: &Catalogue, indicator: &Indicator) -> Option<Wish> {
    let mut wish = None;
    let mut offer = |ui: &mut Ui, icon: &str, text: &str, form: &dyn Fn() -> Form| {
        if widgets::secondary(ui, icon, text).clicked() {
            wish = Some(Wish::FillIn(form()));
        }
    };
    ui.horizontal_wrapped(|ui| {
        offer(ui, icons::PENCIL, "Đổi tên…", &|| Form::retitle(indicator));
        if indicator.valid_to.is_none() {
            offer(ui, icons::FLAG, "Đổi mục tiêu, điểm…", &|| Form::change(catalogue, indicator));
            offer(ui, icons::CLOSE, "Kết thúc…", &|| Form::close_indicator(indicator));
        }
    });
    ui.add_space(space::S);
    wish
}

/// Says that the entry is shown as it would be.
fn drafted_ui(ui: &mut Ui, drafted: bool) {
    if drafted {
        widgets::banner(ui, Tone::Info, "Có thay đổi đang soạn: nội dung dưới đây là khi ấn bản mới được lập.");
        ui.add_space(space::XS);
    }
}

fn title(ui: &mut Ui, text: &str) {
    ui.add(Label::new(theme::section_title(text)).wrap());
    ui.add_space(space::XS);
}

/// A fact, where there is one.
fn some(ui: &mut Ui, label: &str, text: &str) {
    if !text.is_empty() {
        fact(ui, label, text);
    }
}

fn pillar_ui(ui: &mut Ui, catalogue: &Catalogue, pillar: &Pillar) {
    title(ui, &format!("{} {}", pillar.numeral, pillar.title));
    fact(ui, "Trọng số", &format!("{} trên 1.000 (QĐ 922/QĐ-BTTTT)", pillar.weight));
    if pillar.printed != pillar.title {
        fact(ui, "Phụ lục in", &pillar.printed);
    }
    fact(ui, "Dòng", &format!("{} (thân văn bản), {} (phụ lục)", pillar.body_line, pillar.appendix_line));
    let indicators = catalogue.indicators.iter().filter(|i| i.pillar == pillar.id).count();
    let tasks = catalogue.tasks.iter().filter(|t| t.pillar == pillar.id).count();
    fact(ui, "Gồm", &format!("{indicators} chỉ tiêu, {tasks} nhiệm vụ"));
}

fn task_ui(ui: &mut Ui, workspace: &Workspace, catalogue: &Catalogue, task: &Task, out: &mut Vec<Command>) {
    title(ui, &format!("{} {}", task.id, task.short));
    drafted_ui(ui, workspace.catalogue().task(&task.id) != Some(task));
    fact(ui, "Nội dung", &task.text);
    if task.printed != task.text {
        fact(ui, "Nguyên văn", &task.printed);
    }
    fact(ui, "Chủ trì", &names(catalogue, &task.lead));
    some(ui, "Phối hợp", &[names(catalogue, &task.coordinating), task.coordinating_open.clone()].join(" "));
    fact(ui, "Thời gian", &task.time);
    fact(ui, "Dòng", &lines(&task.lines));
    let related: Vec<&str> =
        catalogue.indicators.iter().filter(|i| i.task.as_ref() == Some(&task.id)).map(|i| i.id.as_str()).collect();
    some(ui, "Chỉ tiêu", &related.join(", "));
    report_link(ui, workspace, &task.id, out);
}

fn indicator_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    catalogue: &Catalogue,
    indicator: &Indicator,
    out: &mut Vec<Command>,
) {
    drafted_ui(ui, workspace.catalogue().indicator(&indicator.id) != Some(indicator));
    fact(ui, "Tên đầy đủ", &indicator.title);
    some(ui, "Từ ngày", &indicator.valid_from.map(format_date).unwrap_or_default());
    some(ui, "Đến ngày", &indicator.valid_to.map(format_date).unwrap_or_default());
    fact(ui, "Mục tiêu", &words::target(indicator));
    fact(ui, "Cách đo", words::measure(indicator.measure));
    some(ui, "Tử số", &indicator.numerator);
    some(ui, "Mẫu số", &indicator.denominator);
    some(ui, "Đơn vị tính", &indicator.unit);
    some(ui, "Phạm vi", &indicator.population);
    fact(ui, "Báo cáo", words::frequency(indicator.frequency));
    fact(ui, "Toàn tỉnh", words::aggregate(indicator.aggregate));
    fact(ui, "Tính điểm", &words::rule(&indicator.rule));
    some(ui, "Điểm tối đa", &indicator.max_points.map(format_decimal).unwrap_or_default());
    let assumed = if indicator.assumed { " (kế hoạch không nêu; do chương trình hiểu)" } else { "" };
    fact(ui, "Đơn vị báo cáo", &format!("{}{assumed}", names(catalogue, &indicator.reporters)));
    for (agency, reason) in &indicator.not_applicable {
        fact(ui, "Không áp dụng", &format!("{}: {reason}", catalogue.agency_name(agency)));
    }
    let task = indicator.task.as_deref().and_then(|t| catalogue.task(t));
    some(ui, "Nhiệm vụ", &task.map(|t| format!("{} {}", t.id, t.short)).unwrap_or_default());
    fact(ui, "Dòng", &format!("thân: {}; phụ lục: {}", lines(&indicator.body_lines), lines(&indicator.appendix_lines)));
    some(ui, "Ghi chú", &indicator.note);
    report_link(ui, workspace, &indicator.id, out);
}

/// The way to the item's form, where this agency reports it.
fn report_link(ui: &mut Ui, workspace: &Workspace, item: &str, out: &mut Vec<Command>) {
    if !workspace.catalogue().reports(workspace.agency(), item) {
        return;
    }
    ui.add_space(space::S);
    if widgets::secondary(ui, icons::PENCIL, "Đến chỗ nhập").clicked() {
        out.push(Command::Go(Place::Item { item: item.to_owned(), agency: workspace.agency().to_owned() }));
    }
}

fn agency_ui(ui: &mut Ui, workspace: &Workspace, catalogue: &Catalogue, agency: &Agency) {
    drafted_ui(ui, workspace.catalogue().agency(&agency.id) != Some(agency));
    if !agency.confirmed {
        let text = "Kế hoạch không nêu tên cơ quan này; cần đơn vị tiếp nhận xác nhận.";
        widgets::banner(ui, Tone::Warning, text);
        ui.add_space(space::XS);
    }
    fact(ui, "Mã", &agency.id);
    fact(ui, "Tên gọn", &agency.short);
    fact(ui, "Loại", words::agency_kind(agency.kind));
    some(ui, "Tên khác", &agency.aliases.join(", "));
    some(ui, "Thuộc", agency.parent.as_deref().map_or("", |p| catalogue.agency_name(p)));
    some(ui, "Mã đơn vị", &agency.code);
    some(ui, "Từ ngày", &agency.valid_from.map(format_date).unwrap_or_default());
    some(ui, "Đến ngày", &agency.valid_to.map(format_date).unwrap_or_default());
    some(ui, "Tiền thân", &names(catalogue, &agency.predecessors));
    some(ui, "Kế thừa", &names(catalogue, &agency.successors));
    let leads = catalogue.tasks.iter().filter(|t| catalogue.includes(&t.lead, &agency.id)).map(|t| t.id.as_str());
    some(ui, "Chủ trì", &leads.collect::<Vec<_>>().join(", "));
    let reports = catalogue.indicators.iter().filter(|i| catalogue.includes(&i.reporters, &agency.id));
    some(ui, "Báo cáo", &reports.map(|i| i.id.as_str()).collect::<Vec<_>>().join(", "));
    fact(ui, "Dòng", &lines(&agency.lines));
    some(ui, "Ghi chú", &agency.note);
}

fn group_ui(ui: &mut Ui, catalogue: &Catalogue, group: &Group) {
    title(ui, &group.name);
    fact(ui, "Mã", &group.id);
    some(ui, "Tên khác", &group.aliases.join(", "));
    let members: Vec<&str> = catalogue.members(group).map(|a| a.short.as_str()).collect();
    fact(ui, "Gồm", &members.join(", "));
    some(ui, "Ghi chú", &group.note);
}

fn erratum_ui(ui: &mut Ui, erratum: &Erratum) {
    title(ui, &format!("Chỗ số {}", erratum.number));
    fact(ui, "Dòng", &lines(&erratum.lines));
    fact(ui, "Văn bản viết", &erratum.printed);
    fact(ui, "Cách hiểu", &erratum.reading);
}
