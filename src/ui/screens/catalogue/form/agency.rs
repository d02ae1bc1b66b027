//! Amendments of agencies: another name, a merger, a split, an end, a new one.

use egui::{Label, Ui};

use super::fields::{Day, Most, Page, Picker, tidy};
use crate::catalogue::{Agency, AgencyKind, Aggregate, Amendment, Catalogue, Heir, Id};
use crate::text::ascii_slug;
use crate::ui::theme::{self, icons, space};
use crate::ui::widgets;
use crate::words;

#[derive(Debug, Clone)]
pub(in super::super) struct Rename {
    agency: Id,
    name: String,
    short: String,
}

#[derive(Debug, Clone)]
pub(in super::super) struct Close {
    agency: Id,
    last: Day,
}

#[derive(Debug, Clone, Default)]
pub(in super::super) struct Open {
    new: NewAgency,
    from: Day,
}

/// The agency with others goes into one.
#[derive(Debug, Clone)]
pub(in super::super) struct Merge {
    agency: Id,
    others: Picker,
    into: Successor,
    from: Day,
}

#[derive(Debug, Clone)]
pub(in super::super) struct Split {
    agency: Id,
    into: Vec<Successor>,
    /// The place among them of the one that reports what only one can.
    sole: usize,
    from: Day,
}

/// An agency that takes over.
#[derive(Debug, Clone)]
struct Successor {
    way: Way,
    new: NewAgency,
    known: Picker,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    New,
    Known,
}

#[derive(Debug, Clone)]
struct NewAgency {
    name: String,
    short: String,
    kind: AgencyKind,
    code: String,
    /// None: as it follows from the name.
    id: Option<String>,
}

const KINDS: [AgencyKind; 8] = [
    AgencyKind::Department,
    AgencyKind::Office,
    AgencyKind::District,
    AgencyKind::Commune,
    AgencyKind::Central,
    AgencyKind::Press,
    AgencyKind::College,
    AgencyKind::Enterprise,
];

/// As long as an id may be.
const LONGEST_ID: usize = 40;

impl Rename {
    pub fn of(agency: &Agency) -> Rename {
        let short = if agency.short == agency.name { String::new() } else { agency.short.clone() };
        Rename { agency: agency.id.clone(), name: agency.name.clone(), short }
    }

    pub fn name_of<'a>(&'a self, base: &'a Catalogue) -> &'a str {
        base.agency_name(&self.agency)
    }

    pub fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        page.required(ui, "Tên mới", "Tên cũ vẫn dùng được để tìm và để nhận gói, bảng số liệu", &mut self.name);
        let hint = "Cho cột hẹp, tối đa 60 chữ; để trống thì giữ tên gọn đang có";
        page.text(ui, "Tên gọn", hint, &mut self.short, None);
    }

    pub fn amendment(&self) -> Option<Amendment> {
        let (name, short) = (tidy(&self.name), tidy(&self.short));
        (!name.is_empty()).then(|| Amendment::Rename { agency: self.agency.clone(), name, short })
    }
}

impl Close {
    pub fn of(agency: &Agency) -> Close {
        Close { agency: agency.id.clone(), last: agency.valid_to.map(Day::from).unwrap_or_default() }
    }

    pub fn name_of<'a>(&'a self, base: &'a Catalogue) -> &'a str {
        base.agency_name(&self.agency)
    }

    pub fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        page.day(ui, "Ngày cuối cùng hoạt động", &mut self.last);
        let text = "Không có cơ quan nào kế thừa. Nếu có, dùng Sáp nhập hoặc Tách. Số liệu đã báo cáo được giữ nguyên.";
        ui.add(Label::new(theme::secondary(ui, text)).wrap());
    }

    pub fn amendment(&self) -> Option<Amendment> {
        Some(Amendment::Close { agency: self.agency.clone(), to: self.last.date()? })
    }
}

impl Open {
    pub fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        self.new.ui(ui, page, "");
        page.day(ui, "Từ ngày", &mut self.from);
    }

    pub fn amendment(&self, base: &Catalogue) -> Option<Amendment> {
        Some(Amendment::Open { agency: self.new.heir(base)?, from: self.from.date()? })
    }
}

impl Merge {
    pub fn of(catalogue: &Catalogue, agency: &Agency) -> Merge {
        // Whoever receives the reports may take others in, and cannot end.
        let others = |a: &Agency| a.id != agency.id && a.id != catalogue.plan.receiver;
        Merge {
            agency: agency.id.clone(),
            others: Picker::of_agencies(catalogue, others),
            into: Successor::of(catalogue, agency.kind, |_| true),
            from: Day::default(),
        }
    }

    pub fn name_of<'a>(&'a self, base: &'a Catalogue) -> &'a str {
        base.agency_name(&self.agency)
    }

    pub fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        page.pick(ui, "Cùng với các cơ quan", Most::Many, &mut self.others, None);
        ui.add_space(space::XS);
        self.into.ui(ui, page, "");
        ui.add_space(space::XS);
        page.day(ui, "Từ ngày", &mut self.from);
    }

    pub fn amendment(&self, base: &Catalogue) -> Option<Amendment> {
        let mut agencies = vec![self.agency.clone()];
        agencies.extend(self.others.chosen.iter().cloned());
        Some(Amendment::Merge { agencies, into: self.into.heir(base)?, from: self.from.date()? })
    }
}

impl Split {
    pub fn of(catalogue: &Catalogue, agency: &Agency) -> Split {
        let part = || Successor::of(catalogue, agency.kind, |a| a.id != agency.id);
        Split { agency: agency.id.clone(), into: vec![part(), part()], sole: 0, from: Day::default() }
    }

    pub fn name_of<'a>(&'a self, base: &'a Catalogue) -> &'a str {
        base.agency_name(&self.agency)
    }

    pub fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        page.day(ui, "Từ ngày", &mut self.from);
        let mut gone = None;
        let several = self.into.len() > 2;
        for (at, part) in self.into.iter_mut().enumerate() {
            let number = format!(" {}", at + 1);
            ui.push_id(at, |ui| {
                widgets::section(ui, &format!("Cơ quan kế thừa{number}"), |ui| {
                    let name = format!("Bỏ cơ quan kế thừa{number}");
                    if several && widgets::icon_button(ui, icons::TRASH, &name).clicked() {
                        gone = Some(at);
                    }
                });
                part.ui(ui, page, &number);
            });
        }
        if let Some(at) = gone {
            self.into.remove(at);
            self.sole = 0;
        }
        if widgets::quiet(ui, icons::PLUS, "Thêm cơ quan kế thừa").clicked()
            && let Some(agency) = page.base.agency(&self.agency)
        {
            self.into.push(Successor::of(page.base, agency.kind, |a| a.id != agency.id));
        }
        let sole = sole_items(page.base, &self.agency);
        if !sole.is_empty() {
            let label = "Cơ quan báo cáo tiếp các chỉ tiêu chỉ một nơi báo cáo";
            widgets::label_over(ui, label, |ui| {
                let name = |(at, part): (usize, &Successor)| (at, part.name(page.base, at));
                let options: Vec<(usize, String)> = self.into.iter().enumerate().map(name).collect();
                widgets::dropdown(ui, label, 420.0, &mut self.sole, &options);
                super::fields::note(ui, &sole.join(", "), None);
            });
        }
    }

    pub fn amendment(&self, base: &Catalogue) -> Option<Amendment> {
        let into: Vec<Heir> = self.into.iter().map(|part| part.heir(base)).collect::<Option<_>>()?;
        let sole = into.get(self.sole).filter(|_| !sole_items(base, &self.agency).is_empty()).map(|h| h.id.clone());
        Some(Amendment::Split { agency: self.agency.clone(), into, from: self.from.date()?, sole })
    }
}

/// The indicators of the agency that only one can report.
fn sole_items<'a>(base: &'a Catalogue, agency: &str) -> Vec<&'a str> {
    let of = |i: &&crate::catalogue::Indicator| {
        i.aggregate == Aggregate::LeadValue && i.reporters.iter().any(|r| r == agency)
    };
    base.indicators.iter().filter(of).map(|i| i.id.as_str()).collect()
}

impl Successor {
    fn of(catalogue: &Catalogue, kind: AgencyKind, fits: impl Fn(&Agency) -> bool) -> Successor {
        Successor {
            way: Way::New,
            new: NewAgency { kind, ..NewAgency::default() },
            known: Picker::of_agencies(catalogue, fits),
        }
    }

    /// `number` tells several in one form apart: " 1".
    fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>, number: &str) {
        let (new, known) = (format!("Thành cơ quan mới{number}"), format!("Vào cơ quan đã có{number}"));
        widgets::segmented(ui, &mut self.way, &[(Way::New, &new), (Way::Known, &known)]);
        ui.add_space(space::XS);
        match self.way {
            Way::New => self.new.ui(ui, page, number),
            Way::Known => {
                let fault = page.missing(self.known.chosen.is_empty(), "Chưa chọn cơ quan");
                page.pick(ui, &format!("Cơ quan đã có{number}"), Most::One, &mut self.known, fault);
            }
        }
    }

    fn heir(&self, base: &Catalogue) -> Option<Heir> {
        match self.way {
            Way::New => self.new.heir(base),
            Way::Known => Some(Heir { id: self.known.chosen.first()?.clone(), ..Heir::default() }),
        }
    }

    fn name(&self, base: &Catalogue, at: usize) -> String {
        let name = match self.way {
            Way::New => tidy(&self.new.name),
            Way::Known => self.known.chosen.first().map(|id| base.agency_name(id).to_owned()).unwrap_or_default(),
        };
        if name.is_empty() { format!("Cơ quan kế thừa {}", at + 1) } else { name }
    }
}

impl Default for NewAgency {
    fn default() -> NewAgency {
        NewAgency {
            name: String::new(),
            short: String::new(),
            kind: AgencyKind::Department,
            code: String::new(),
            id: None,
        }
    }
}

impl NewAgency {
    fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>, number: &str) {
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            let label = format!("Tên cơ quan mới{number}");
            page.required(left, &label, "Tên đầy đủ, ví dụ: Sở Tài chính và Kế hoạch", &mut self.name);
            let label = format!("Tên gọn{number}");
            page.text(right, &label, "Cho cột hẹp; để trống thì dùng tên đầy đủ", &mut self.short, None);
        });
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            let options = KINDS.map(|kind| (kind, words::agency_kind(kind).to_owned()));
            page.choice(left, &format!("Loại{number}"), &mut self.kind, &options);
            match digits(self.kind) {
                0 => self.id_ui(right, page, number),
                digits => {
                    let fits = self.code.trim().len() == digits && self.code.trim().bytes().all(|b| b.is_ascii_digit());
                    let fault = match (fits, self.code.trim().is_empty()) {
                        (true, _) => None,
                        (false, true) => page.missing(true, "Chưa ghi mã đơn vị hành chính"),
                        (false, false) => Some("Mã đơn vị hành chính cấp huyện có 3 chữ số, cấp xã có 5"),
                    };
                    let label = format!("Mã đơn vị hành chính{number}");
                    let hint = format!("{digits} chữ số, theo danh mục của Cục Thống kê");
                    page.text(right, &label, &hint, &mut self.code, fault);
                }
            }
        });
        if digits(self.kind) > 0 {
            self.id_ui(ui, page, number);
        }
    }

    /// The id that follows from the name, or one's own.
    fn id_ui(&mut self, ui: &mut Ui, page: &mut Page<'_>, number: &str) {
        let proposed = proposed(page.base, &self.name);
        page.id(ui, number, &proposed, "Chữ thường không dấu, số, gạch nối; không đổi được về sau", &mut self.id);
    }

    fn heir(&self, base: &Catalogue) -> Option<Heir> {
        let name = tidy(&self.name);
        let id = self.id.as_deref().map_or_else(|| proposed(base, &name), |id| id.trim().to_owned());
        let code = if digits(self.kind) > 0 { self.code.trim().to_owned() } else { String::new() };
        let fits = !name.is_empty() && !id.is_empty() && code.len() == digits(self.kind);
        fits.then(|| Heir { id, name, short: tidy(&self.short), kind: Some(self.kind), code })
    }
}

/// So many digits has the statistical code of a kind.
fn digits(kind: AgencyKind) -> usize {
    match kind {
        AgencyKind::District => 3,
        AgencyKind::Commune => 5,
        _ => 0,
    }
}

/// An id after the name that nothing else has.
fn proposed(base: &Catalogue, name: &str) -> String {
    let slug = ascii_slug(name);
    let slug = if slug.starts_with(|c: char| c.is_ascii_digit()) { format!("cq-{slug}") } else { slug };
    let cut = |room: usize| slug.get(..room.min(slug.len())).unwrap_or_default().trim_end_matches('-').to_owned();
    let free = |id: &String| base.agency(id).is_none() && base.group(id).is_none();
    let numbered = (2..).map(|n: u32| format!("{}-{n}", cut(LONGEST_ID - 4)));
    if slug.is_empty() {
        return slug;
    }
    std::iter::once(cut(LONGEST_ID)).chain(numbered).find(free).unwrap_or_default()
}
