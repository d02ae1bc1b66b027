//! The forms in which an amendment is filled in, each a dialog over the screen: what it would change is said before it is
//! added to the draft. Nothing is stored here.

mod agency;
mod fields;
mod indicator;
mod scoring;
mod year;

use std::sync::Arc;

use egui::{Frame, Id, Label, Margin, Modal, ScrollArea, Ui};

use super::draft::{Draft, Item, Outcome, Verdict};
use crate::catalogue::{Agency, Amendment, Catalogue, Indicator};
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::widgets;
use fields::{Asked, Page};

/// What is being filled in.
#[derive(Debug, Clone)]
pub(super) enum Form {
    Rename(agency::Rename),
    Merge(agency::Merge),
    Split(agency::Split),
    Close(agency::Close),
    Open(agency::Open),
    Retitle(indicator::Retitle),
    CloseIndicator(indicator::CloseIndicator),
    Change(Box<indicator::Change>),
    AddIndicator(Box<indicator::AddIndicator>),
    NextYear(year::NextYear),
}

/// The form that is open.
#[derive(Debug)]
pub(super) struct Dialog {
    form: Form,
    /// Its place in the draft; none: it is a new one.
    at: Option<usize>,
    /// What it applies to.
    base: Arc<Outcome>,
    /// The last amendment that was looked at, and what it would do.
    verdict: Option<(Amendment, Verdict)>,
    asked: Asked,
    stage: Stage,
}

/// What came of a frame of the dialog.
pub(super) enum Ended {
    No,
    Closed,
    Made(Option<usize>, Box<Item>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Its first field is still to get the focus.
    Opening,
    Going,
}

const WIDTH: f32 = 760.0;
const WIDE: f32 = 1120.0;
/// What stands around the fields: title, preview, buttons, margins.
const AROUND: f32 = 250.0;
const PREVIEW: f32 = 76.0;

impl Form {
    pub fn rename(agency: &Agency) -> Form {
        Form::Rename(agency::Rename::of(agency))
    }

    pub fn merge(catalogue: &Catalogue, agency: &Agency) -> Form {
        Form::Merge(agency::Merge::of(catalogue, agency))
    }

    pub fn split(catalogue: &Catalogue, agency: &Agency) -> Form {
        Form::Split(agency::Split::of(catalogue, agency))
    }

    pub fn close(agency: &Agency) -> Form {
        Form::Close(agency::Close::of(agency))
    }

    pub fn open_agency() -> Form {
        Form::Open(agency::Open::default())
    }

    pub fn retitle(indicator: &Indicator) -> Form {
        Form::Retitle(indicator::Retitle::of(indicator))
    }

    pub fn close_indicator(indicator: &Indicator) -> Form {
        Form::CloseIndicator(indicator::CloseIndicator::of(indicator))
    }

    pub fn change(catalogue: &Catalogue, indicator: &Indicator) -> Form {
        Form::Change(Box::new(indicator::Change::of(catalogue, indicator)))
    }

    pub fn add_indicator(catalogue: &Catalogue) -> Form {
        Form::AddIndicator(Box::new(indicator::AddIndicator::new(catalogue)))
    }

    pub fn next_year(catalogue: &Catalogue, year: i32) -> Form {
        Form::NextYear(year::NextYear::after(catalogue, year))
    }

    fn title(&self, base: &Catalogue) -> String {
        match self {
            Form::Rename(form) => format!("Đổi tên {}", form.name_of(base)),
            Form::Merge(form) => format!("Sáp nhập {}", form.name_of(base)),
            Form::Split(form) => format!("Tách {}", form.name_of(base)),
            Form::Close(form) => format!("Kết thúc hoạt động của {}", form.name_of(base)),
            Form::Open(_) => "Thêm cơ quan".to_owned(),
            Form::Retitle(form) => format!("Đổi tên chỉ tiêu {}", form.name_of(base)),
            Form::CloseIndicator(form) => format!("Kết thúc chỉ tiêu {}", form.name_of(base)),
            Form::Change(form) => format!("Đổi mục tiêu, điểm của {}", form.name_of(base)),
            Form::AddIndicator(_) => "Thêm chỉ tiêu".to_owned(),
            Form::NextYear(_) => "Ấn bản năm sau".to_owned(),
        }
    }

    /// Points that its fields take: as much is kept for them, so that the dialog stays where it is.
    fn height(&self) -> f32 {
        match self {
            Form::Rename(_) => 170.0,
            Form::Merge(_) => 480.0,
            Form::Split(_) => 480.0,
            Form::Close(_) => 120.0,
            Form::Open(_) => 250.0,
            Form::Retitle(_) => 150.0,
            Form::CloseIndicator(_) => 120.0,
            Form::Change(_) | Form::AddIndicator(_) => 600.0,
            Form::NextYear(_) => 440.0,
        }
    }

    fn width(&self) -> f32 {
        if matches!(self, Form::AddIndicator(_)) { WIDE } else { WIDTH }
    }

    fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        match self {
            Form::Rename(form) => form.ui(ui, page),
            Form::Merge(form) => form.ui(ui, page),
            Form::Split(form) => form.ui(ui, page),
            Form::Close(form) => form.ui(ui, page),
            Form::Open(form) => form.ui(ui, page),
            Form::Retitle(form) => form.ui(ui, page),
            Form::CloseIndicator(form) => form.ui(ui, page),
            Form::Change(form) => form.ui(ui, page),
            Form::AddIndicator(form) => form.ui(ui, page),
            Form::NextYear(form) => form.ui(ui, page),
        }
    }

    /// None where something is missing, or cannot be read: the fields say what.
    fn amendment(&self, base: &Catalogue) -> Option<Amendment> {
        match self {
            Form::Rename(form) => form.amendment(),
            Form::Merge(form) => form.amendment(base),
            Form::Split(form) => form.amendment(base),
            Form::Close(form) => form.amendment(),
            Form::Open(form) => form.amendment(base),
            Form::Retitle(form) => form.amendment(),
            Form::CloseIndicator(form) => form.amendment(),
            Form::Change(form) => form.amendment(base),
            Form::AddIndicator(form) => form.amendment(base),
            Form::NextYear(form) => form.amendment(base),
        }
    }
}

impl Dialog {
    /// A new amendment, or where `at` is given one of the draft.
    pub fn new(form: Form, draft: &Draft, present: &Arc<Catalogue>, at: Option<usize>) -> Dialog {
        let base = draft.base(present, at);
        Dialog { form, at, base, verdict: None, asked: Asked::NotYet, stage: Stage::Opening }
    }

    pub fn show(&mut self, ui: &mut Ui, draft: &Draft, present: &Arc<Catalogue>) -> Ended {
        if !self.base.is_of(present) {
            self.base = draft.base(present, self.at);
            self.verdict = None;
        }
        let base = Arc::clone(&self.base);
        let frame = Frame::popup(ui.style()).inner_margin(Margin::same(space::L as i8));
        let screen = ui.ctx().content_rect();
        let mut ended = Ended::No;
        let modal = Modal::new(Id::unique("amendment")).frame(frame).show(ui.ctx(), |ui| {
            ui.set_width(self.form.width().min(screen.width() - 64.0));
            ui.add(Label::new(theme::section_title(self.form.title(&base.catalogue))).truncate());
            ui.add_space(space::S);
            let height = self.form.height().min(screen.height() - AROUND);
            let mut page = Page::new(&base.catalogue, self.asked, self.stage == Stage::Opening);
            self.stage = Stage::Going;
            let area = ScrollArea::vertical().id_salt("fields").max_height(height).min_scrolled_height(height);
            area.auto_shrink([false, false]).show(ui, |ui| {
                ui.set_width(ui.available_width() - space::S);
                self.form.ui(ui, &mut page);
            });
            let entered = page.entered;
            ui.add_space(space::S);
            let amendment = self.form.amendment(&base.catalogue);
            self.look_at(amendment.as_ref());
            self.preview_ui(ui);
            ui.add_space(space::S);
            ui.horizontal(|ui| {
                let text = if self.at.is_some() { "Sửa thay đổi" } else { "Thêm vào thay đổi đang soạn" };
                if widgets::primary(ui, icons::CHECK, text).clicked() || entered {
                    self.asked = Asked::Yes;
                    if let Some((amendment, Verdict::Possible { .. })) = &self.verdict {
                        let item = Item { amendment: amendment.clone(), form: Some(self.form.clone()) };
                        ended = Ended::Made(self.at, Box::new(item));
                    }
                }
                if widgets::secondary(ui, icons::CLOSE, "Thôi").clicked() {
                    ended = Ended::Closed;
                }
            });
        });
        let left = modal.should_close() && !modal.backdrop_response.clicked();
        if left && matches!(ended, Ended::No) { Ended::Closed } else { ended }
    }

    fn look_at(&mut self, amendment: Option<&Amendment>) {
        match (amendment, &self.verdict) {
            (None, _) => self.verdict = None,
            (Some(now), Some((before, _))) if now == before => {}
            (Some(now), _) => self.verdict = Some((now.clone(), self.base.verdict(now))),
        }
    }

    /// What it would change, or why not, at a height that does not change.
    fn preview_ui(&self, ui: &mut Ui) {
        let area = ScrollArea::vertical().id_salt("preview").max_height(PREVIEW).min_scrolled_height(PREVIEW);
        area.auto_shrink([false, false]).show(ui, |ui| match &self.verdict {
            None | Some((_, Verdict::Unchanged(_))) if self.asked == Asked::NotYet => {
                let text = "Điền đủ các ô để xem thay đổi; chưa có gì được ghi vào tệp.";
                widgets::banner(ui, Tone::Neutral, text);
            }
            None => {
                let text = "Còn ô chưa điền hoặc chưa đúng: xem chữ đỏ dưới ô.";
                widgets::banner(ui, Tone::Warning, text);
            }
            Some((_, Verdict::Unchanged(why) | Verdict::Refused(why))) => {
                widgets::banner(ui, Tone::Danger, why);
            }
            Some((_, Verdict::Possible { changes, then })) => {
                widgets::banner(ui, Tone::Info, &changes.join("\n"));
                if let Some(then) = then {
                    ui.add_space(space::XS);
                    let text = format!("Trước khi lập ấn bản còn phải sửa: {then}");
                    widgets::banner(ui, Tone::Warning, &text);
                }
            }
        });
    }
}
