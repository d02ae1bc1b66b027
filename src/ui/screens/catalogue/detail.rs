//! One entry of the plan in full, with its lines in the plan's text.

use egui::{Label, Ui};

use super::{Entry, lines, names};
use crate::catalogue::{
    Agency, AgencyKind, Aggregate, Catalogue, Erratum, Frequency, Group, Indicator, Measure, Pillar, Task,
};
use crate::text::date::format_date;
use crate::text::number::format_decimal;
use crate::ui::command::Command;
use crate::ui::state::Place;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::Workspace;
use crate::ui::widgets::{self, fact};
use crate::words;

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, entry: Entry<'_>, out: &mut Vec<Command>) {
    let catalogue = workspace.catalogue();
    match entry {
        Entry::Pillar(pillar) => pillar_ui(ui, catalogue, pillar),
        Entry::Task(task) => task_ui(ui, workspace, task, out),
        Entry::Indicator(indicator) => indicator_ui(ui, workspace, indicator, out),
        Entry::Agency(agency) => agency_ui(ui, catalogue, agency),
        Entry::Group(group) => group_ui(ui, catalogue, group),
        Entry::Erratum(erratum) => erratum_ui(ui, erratum),
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

fn task_ui(ui: &mut Ui, workspace: &Workspace, task: &Task, out: &mut Vec<Command>) {
    let catalogue = workspace.catalogue();
    title(ui, &format!("{} {}", task.id, task.short));
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

fn indicator_ui(ui: &mut Ui, workspace: &Workspace, indicator: &Indicator, out: &mut Vec<Command>) {
    let catalogue = workspace.catalogue();
    title(ui, &format!("{} {}", indicator.id, indicator.short));
    fact(ui, "Tên đầy đủ", &indicator.title);
    fact(ui, "Mục tiêu", &words::target(indicator));
    fact(ui, "Cách đo", measure(indicator.measure));
    some(ui, "Tử số", &indicator.numerator);
    some(ui, "Mẫu số", &indicator.denominator);
    some(ui, "Đơn vị tính", &indicator.unit);
    some(ui, "Phạm vi", &indicator.population);
    fact(ui, "Báo cáo", frequency(indicator.frequency));
    fact(ui, "Toàn tỉnh", aggregate(indicator.aggregate));
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

fn agency_ui(ui: &mut Ui, catalogue: &Catalogue, agency: &Agency) {
    title(ui, &agency.name);
    if !agency.confirmed {
        let text = "Kế hoạch không nêu tên cơ quan này; cần đơn vị tiếp nhận xác nhận.";
        widgets::banner(ui, Tone::Warning, text);
        ui.add_space(space::XS);
    }
    fact(ui, "Mã", &agency.id);
    fact(ui, "Tên gọn", &agency.short);
    fact(ui, "Loại", kind(agency.kind));
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

fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Ratio => "tử số chia mẫu số, tính bằng %",
        Measure::Rate => "tử số chia mẫu số",
        Measure::Value => "một số liệu",
        Measure::Document => "văn bản đã ban hành hay chưa",
    }
}

fn frequency(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Quarter => "hằng quý và năm",
        Frequency::Year => "hằng năm",
    }
}

fn aggregate(aggregate: Aggregate) -> &'static str {
    match aggregate {
        Aggregate::RatioOfSums => "tổng tử số chia tổng mẫu số của các đơn vị",
        Aggregate::Sum => "tổng của các đơn vị",
        Aggregate::LeadValue => "số liệu của đơn vị báo cáo",
        Aggregate::AllOf => "đạt khi mọi đơn vị đều có",
    }
}

fn kind(kind: AgencyKind) -> &'static str {
    match kind {
        AgencyKind::Office => "văn phòng",
        AgencyKind::Department => "sở, ban, ngành cấp tỉnh",
        AgencyKind::Central => "cơ quan ngành dọc trung ương tại tỉnh",
        AgencyKind::Press => "cơ quan báo chí",
        AgencyKind::College => "trường",
        AgencyKind::District => "huyện, thị xã, thành phố",
        AgencyKind::Commune => "xã, phường, thị trấn",
        AgencyKind::Enterprise => "doanh nghiệp",
    }
}
