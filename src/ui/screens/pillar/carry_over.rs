//! Taking over from another period what has not changed since: item by item, and nothing before its officer says so.

use std::sync::Arc;

use egui::{Frame, Id, Label, Margin, Modal, ScrollArea, Ui};

use super::source::Source;
use crate::catalogue::PeriodId;
use crate::record::{self, CarryOver, Holding, Snapshot};
use crate::ui::form::Drafts;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::widgets::{banner, dropdown, empty_state, link, primary, secondary, section, tick};
use crate::words;

#[derive(Debug)]
pub(super) struct Dialog {
    from: Option<PeriodId>,
    sources: Vec<PeriodId>,
    lines: Vec<Line>,
    /// What they were worked out from.
    snapshot: Arc<Snapshot>,
}

#[derive(Debug)]
struct Line {
    what: CarryOver,
    chosen: bool,
}

#[derive(Debug, PartialEq)]
pub(super) enum Answer {
    Waiting,
    Done,
}

const WIDTH: f32 = 720.0;
/// What is said of an item stands under its name, past the box.
const INDENT: f32 = 20.0;

impl Dialog {
    pub fn new(source: &Source<'_>, drafts: &Drafts) -> Dialog {
        let sources = match source.agency() {
            Some(agency) => record::carry_over_sources(source.snapshot(), agency, &source.workspace.period),
            None => Vec::new(),
        };
        let snapshot = Arc::clone(&source.workspace.snapshot);
        let mut dialog = Dialog { from: sources.first().cloned(), sources, lines: Vec::new(), snapshot };
        dialog.read(source, drafts);
        dialog
    }

    /// What holds is chosen from the start; a figure is for its officer to choose. Where something is typed already, that
    /// stands.
    fn read(&mut self, source: &Source<'_>, drafts: &Drafts) {
        let (Some(from), Some(agency)) = (&self.from, source.agency()) else { return };
        let all = record::carry_over(source.snapshot(), agency, from, &source.workspace.period);
        let open = all.into_iter().filter(|what| source.may_edit(&what.key.item) && !drafts.holds(&what.key));
        self.lines = open.map(|what| Line { chosen: what.holding == Holding::Lasting, what }).collect();
    }

    /// A package or a table may have brought what was missing when the dialog was opened. What is left keeps its choice;
    /// what is new is for its officer to choose.
    fn refresh(&mut self, source: &Source<'_>, drafts: &Drafts) {
        let now = &source.workspace.snapshot;
        if Arc::ptr_eq(&self.snapshot, now) {
            return;
        }
        self.snapshot = Arc::clone(now);
        let before = std::mem::take(&mut self.lines);
        self.read(source, drafts);
        for line in &mut self.lines {
            line.chosen = before.iter().any(|b| b.chosen && b.what == line.what);
        }
    }

    pub fn show(&mut self, ui: &mut Ui, source: &Source<'_>, drafts: &mut Drafts) -> Answer {
        self.refresh(source, drafts);
        let mut answer = Answer::Waiting;
        let frame = Frame::popup(ui.style()).inner_margin(Margin::same(space::L as i8));
        let response = Modal::new(Id::unique("carry over")).frame(frame).show(ui.ctx(), |ui| {
            let window = ui.ctx().content_rect();
            ui.set_width(WIDTH.min(window.width() - 80.0));
            let title = format!("Lấy lại nội dung đã báo cáo, ghi vào {}", words::period(source.period()));
            ui.label(theme::section_title(title));
            if self.lines.is_empty() {
                let hint = "Các mục đã nhập, hoặc các kỳ trước chưa có nội dung dùng lại được.";
                empty_state(ui, icons::HISTORY, "Không có gì để lấy lại", hint, None);
            } else {
                self.source_ui(ui, source, drafts);
                let height = (window.height() - 300.0).max(160.0);
                ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
                    let lasting = "Văn bản đã ban hành, nhiệm vụ đã hoàn thành";
                    self.group_ui(ui, source, Holding::Lasting, lasting);
                    self.group_ui(ui, source, Holding::OfItsYear, "Văn bản đã ban hành của năm khác");
                    self.group_ui(ui, source, Holding::OfItsPeriod, "Số liệu, tiến độ của kỳ đó");
                });
            }
            ui.add_space(space::M);
            let count = self.lines.iter().filter(|l| l.chosen).count();
            ui.horizontal(|ui| {
                let text = format!("Ghi {count} mục");
                let button = ui.add_enabled_ui(count > 0, |ui| primary(ui, icons::CHECK, &text)).inner;
                if button.on_hover_text("Ghi vào kỳ đang mở; hoàn tác được").clicked() {
                    self.apply(source, drafts);
                    answer = Answer::Done;
                }
                if secondary(ui, icons::CLOSE, "Thôi").clicked() {
                    answer = Answer::Done;
                }
            });
        });
        // A click beside it may be a slip of the hand, and would throw the choices away.
        let closing = response.should_close() && !response.backdrop_response.clicked();
        if closing { Answer::Done } else { answer }
    }

    fn source_ui(&mut self, ui: &mut Ui, source: &Source<'_>, drafts: &Drafts) {
        ui.horizontal(|ui| {
            ui.label(theme::secondary(ui, "Lấy từ"));
            let options: Vec<_> = self.sources.iter().map(|p| (Some(p.clone()), words::period(p))).collect();
            if dropdown(ui, "Lấy từ kỳ", 160.0, &mut self.from, &options) {
                self.read(source, drafts);
            }
            ui.label(theme::secondary(ui, "Chỉ gồm những mục kỳ này chưa nhập."));
        });
        ui.add_space(space::XS);
    }

    fn group_ui(&mut self, ui: &mut Ui, source: &Source<'_>, holding: Holding, title: &str) {
        let mut lines: Vec<&mut Line> = self.lines.iter_mut().filter(|l| l.what.holding == holding).collect();
        if lines.is_empty() {
            return;
        }
        ui.add_space(space::S);
        let all = lines.iter().all(|l| l.chosen);
        section(ui, title, |ui| {
            if link(ui, if all { "Bỏ chọn hết" } else { "Chọn hết" }).clicked() {
                lines.iter_mut().for_each(|l| l.chosen = !all);
            }
        });
        match holding {
            Holding::Lasting => ui.label(theme::secondary(ui, "Vẫn còn giá trị; lấy lại cùng minh chứng.")),
            Holding::OfItsYear => {
                banner(ui, Tone::Warning, "Chỉ chọn văn bản còn hiệu lực và không phải ban hành lại hằng năm.")
            }
            Holding::OfItsPeriod => {
                banner(ui, Tone::Warning, "Chỉ chọn mục đến kỳ này vẫn đúng như vậy; minh chứng thì đính kèm lại.")
            }
        };
        for line in lines {
            let CarryOver { key, body, .. } = &line.what;
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.spacing_mut().indent = INDENT;
                tick(ui, &mut line.chosen, &words::item(source.catalogue(), &key.item));
                ui.visuals_mut().indent_has_left_vline = false;
                ui.indent(key.item.as_str(), |ui| {
                    let text = words::content(source.catalogue(), key, body);
                    ui.add(Label::new(theme::secondary(ui, text)).wrap());
                });
            });
        }
    }

    fn apply(&mut self, source: &Source<'_>, drafts: &mut Drafts) {
        for Line { what, .. } in self.lines.drain(..).filter(|line| line.chosen) {
            drafts.change(source.snapshot(), &what.key, |body| *body = what.body);
        }
    }
}
