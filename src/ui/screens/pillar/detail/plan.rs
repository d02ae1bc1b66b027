//! The agency's own detailed plan for a task (plan line 132), and what the plan itself says about an item.

use std::collections::BTreeMap;

use egui::Ui;

use super::super::source::Source;
use super::State;
use crate::catalogue::{Frequency, Indicator, Task};
use crate::record::{Body, Content, Key, PlanItem};
use crate::text::clean;
use crate::text::date::format_date;
use crate::ui::command::Command;
use crate::ui::form::{Drafts, Field, FieldLook, field_ui};
use crate::ui::theme::{self, icons, space};
use crate::ui::widgets::{TextField, fact, icon_button, quiet, section};

/// Lines that are typed and not stored yet, each under its task.
#[derive(Debug, Default)]
pub(super) struct NewWork {
    typed: BTreeMap<Key, String>,
    /// What was asked for, of which task, and how many lines said so before.
    asked: Option<(Key, String, usize)>,
}

impl NewWork {
    pub fn unsaved(&self) -> bool {
        self.typed.values().any(|text| !clean(text).is_empty())
    }

    /// A line that was asked for and stored is no draft any more; one that was refused stays.
    fn forget_stored(&mut self, source: &Source<'_>) {
        let Some((task, work, before)) = &self.asked else { return };
        if count(source, task, work) > *before {
            if self.typed.get(task).is_some_and(|text| clean(text) == *work) {
                self.typed.remove(task);
            }
            self.asked = None;
        }
    }
}

/// How many lines of the task's plan say just this.
fn count(source: &Source<'_>, task: &Key, work: &str) -> usize {
    let says = |body: &Body| matches!(&body.content, Content::PlanItem(item) if item.work == work);
    let lines = source.snapshot().plan_items(&task.item, &task.agency, task.period.year());
    lines.filter(|r| r.reported().is_some_and(|revision| says(&revision.body))).count()
}

pub(super) fn show(
    ui: &mut Ui,
    source: &Source<'_>,
    task: &Key,
    state: &mut State,
    drafts: &mut Drafts,
    out: &mut Vec<Command>,
) {
    let year = source.period().year();
    let keys: Vec<Key> = source
        .snapshot()
        .plan_items(&task.item, &task.agency, year)
        .filter(|r| r.reported().is_some() || r.in_conflict())
        .map(|r| r.key.clone())
        .collect();
    let may_edit = source.may_edit(&task.item);
    if keys.is_empty() && !may_edit {
        return;
    }
    ui.add_space(space::S);
    section(ui, &format!("Kế hoạch chi tiết năm {year}"), |_| {});
    for key in &keys {
        item_ui(ui, source, key, state, drafts, may_edit);
    }
    if may_edit {
        add_ui(ui, source, task, &mut state.new_work, out);
    }
}

/// The plan's words and lines.
pub(super) fn reference_ui(ui: &mut Ui, source: &Source<'_>, item: &str) {
    let catalogue = source.catalogue();
    match (catalogue.indicator(item), catalogue.task(item)) {
        (Some(indicator), _) => indicator_reference(ui, source, indicator),
        (None, Some(task)) => task_reference(ui, source, task),
        (None, None) => {}
    }
}

fn item_ui(ui: &mut Ui, source: &Source<'_>, key: &Key, state: &mut State, drafts: &mut Drafts, may_edit: bool) {
    let body = drafts.body(source.snapshot(), key);
    let Content::PlanItem(item) = &body.content else { return };
    let open = state.open_work.as_deref() == Some(&key.item);
    let mut removed = false;
    ui.horizontal_top(|ui| {
        let icon = if open { icons::CHEVRON_UP } else { icons::CHEVRON_DOWN };
        let verb = if open { "Gập" } else { "Sửa" };
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            if may_edit && icon_button(ui, icons::TRASH, &format!("Bỏ việc: {}", item.work)).clicked() {
                removed = true;
            }
            if may_edit && icon_button(ui, icon, &format!("{verb} việc: {}", item.work)).clicked() {
                state.open_work = (!open).then(|| key.item.clone());
            }
            ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.add(egui::Label::new(&item.work).wrap());
                let detail = detail(item);
                if !detail.is_empty() && !open {
                    ui.add(egui::Label::new(theme::caption(ui, detail)).wrap());
                }
            });
        });
    });
    if removed {
        drafts.change(source.snapshot(), key, |body| *body = Body::new(Content::Withdrawn));
        return;
    }
    if open && may_edit {
        let snapshot = source.snapshot();
        let mut field = |ui: &mut Ui, field, rows, hint| {
            field_ui(ui, drafts, snapshot, key, field, FieldLook { rows, hint, ..FieldLook::default() });
        };
        field(ui, Field::Work, 2, "");
        field(ui, Field::Coordinating, 1, "");
        ui.columns(2, |sides| {
            field(&mut sides[0], Field::From, 1, "ngày/tháng/năm");
            field(&mut sides[1], Field::To, 1, "ngày/tháng/năm");
        });
        field(ui, Field::Output, 1, "Văn bản, báo cáo, hệ thống…");
        ui.add_space(space::S);
    }
}

fn add_ui(ui: &mut Ui, source: &Source<'_>, task: &Key, new: &mut NewWork, out: &mut Vec<Command>) {
    new.forget_stored(source);
    let mut text = new.typed.remove(task).unwrap_or_default();
    let typing = TextField::new("Việc mới").hint("Thêm một việc: gõ nội dung rồi Enter").show(ui, &mut text);
    let entered = typing.committed && ui.input(|i| i.key_pressed(egui::Key::Enter));
    let work = clean(&text);
    let ready = !work.is_empty();
    let pressed = ready && quiet(ui, icons::PLUS, "Thêm việc").clicked();
    if ready && (entered || pressed) {
        let item = PlanItem { work: work.clone(), ..PlanItem::default() };
        let (agency, year) = (task.agency.clone(), task.period.year());
        out.push(Command::AddPlanItem { task: task.item.clone(), agency, year, item });
        new.asked = Some((task.clone(), work.clone(), count(source, task, &work)));
        if entered {
            typing.response.request_focus();
        }
    }
    if !text.is_empty() {
        new.typed.insert(task.clone(), text);
    }
}

fn detail(item: &PlanItem) -> String {
    let span = match (item.from, item.to) {
        (Some(from), Some(to)) => format!("{} – {}", format_date(from), format_date(to)),
        (Some(from), None) => format!("từ {}", format_date(from)),
        (None, Some(to)) => format!("đến {}", format_date(to)),
        (None, None) => String::new(),
    };
    let coordinating = match item.coordinating.as_str() {
        "" => String::new(),
        names => format!("phối hợp: {names}"),
    };
    [span, coordinating, item.output.clone()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn indicator_reference(ui: &mut Ui, source: &Source<'_>, indicator: &Indicator) {
    fact(ui, "Tên đầy đủ", &indicator.title);
    for (name, text) in
        [("Tử số", &indicator.numerator), ("Mẫu số", &indicator.denominator), ("Phạm vi", &indicator.population)]
    {
        if !text.is_empty() {
            fact(ui, name, text);
        }
    }
    let frequency = match indicator.frequency {
        Frequency::Quarter => "hằng quý và cả năm",
        Frequency::Year => "cả năm",
    };
    fact(ui, "Kỳ báo cáo", frequency);
    let reporters = names(source, &indicator.reporters);
    let reporters =
        if indicator.assumed { format!("{reporters} (Kế hoạch không nêu, đề xuất)") } else { reporters };
    fact(ui, "Đơn vị báo cáo", &reporters);
    if let Some(task) = indicator.task.as_deref().and_then(|t| source.catalogue().task(t)) {
        fact(ui, "Nhiệm vụ", &format!("{} {}", task.id, task.short));
    }
    let places = [("Kế hoạch", &indicator.body_lines), ("Phụ lục", &indicator.appendix_lines)];
    let places: Vec<String> =
        places.iter().filter(|(_, l)| !l.is_empty()).map(|(name, l)| format!("{name}, dòng {}", lines(l))).collect();
    fact(ui, "Nguồn", &places.join("; "));
    if !indicator.note.is_empty() {
        fact(ui, "Ghi chú", &indicator.note);
    }
}

fn task_reference(ui: &mut Ui, source: &Source<'_>, task: &Task) {
    fact(ui, "Nội dung", &task.text);
    if task.printed != task.text {
        fact(ui, "Bản in ghi", &task.printed);
    }
    fact(ui, "Chủ trì", &names(source, &task.lead));
    let coordinating = [names(source, &task.coordinating), task.coordinating_open.clone()];
    let coordinating: Vec<String> = coordinating.into_iter().filter(|s| !s.is_empty()).collect();
    if !coordinating.is_empty() {
        fact(ui, "Phối hợp", &coordinating.join(", "));
    }
    fact(ui, "Thời gian", &task.time);
    fact(ui, "Nguồn", &format!("Phụ lục, dòng {}", lines(&task.lines)));
}

fn names(source: &Source<'_>, ids: &[String]) -> String {
    let catalogue = source.catalogue();
    let name =
        |id: &String| catalogue.group(id).map_or_else(|| catalogue.agency_name(id).to_owned(), |g| g.name.clone());
    ids.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn lines(lines: &[u32]) -> String {
    lines.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}
