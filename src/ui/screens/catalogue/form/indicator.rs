//! Amendments of indicators: other words, other targets and points from a day on, an end, a new one.

use egui::{Label, Ui};

use super::fields::{Choice, Day, Most, Page, Picker, Wanted, number, tidy};
use super::scoring::{RuleFields, TargetFields};
use crate::catalogue::{AgencyKind, Aggregate, Amendment, Catalogue, Frequency, Id, Indicator, Measure, Rule, Target};
use crate::text::number::format_decimal;
use crate::ui::theme::{self, space};
use crate::ui::widgets;
use crate::words;

#[derive(Debug, Clone)]
pub(in super::super) struct Retitle {
    indicator: Id,
    title: String,
    short: String,
}

#[derive(Debug, Clone)]
pub(in super::super) struct CloseIndicator {
    indicator: Id,
    last: Day,
}

/// What holds from a day on.
#[derive(Debug, Clone)]
pub(in super::super) struct Change {
    indicator: Id,
    from: Day,
    target: TargetFields,
    rule: RuleFields,
    points: String,
    reporters: Picker,
}

#[derive(Debug, Clone)]
pub(in super::super) struct AddIndicator {
    pillar: u8,
    task: Option<Id>,
    title: String,
    short: String,
    /// None: the next one of its kind.
    id: Option<String>,
    from: Day,
    frequency: Frequency,
    measure: Measure,
    unit: String,
    numerator: String,
    denominator: String,
    target: TargetFields,
    aggregate: Aggregate,
    rule: RuleFields,
    points: String,
    reporters: Picker,
    note: String,
}

/// What a table column holds, in characters.
const SHORT: usize = 60;
const REPORTERS: &str = "Cơ quan báo cáo";
const POINTS: &str = "Điểm tối đa";

impl Retitle {
    pub fn of(indicator: &Indicator) -> Retitle {
        Retitle { indicator: indicator.id.clone(), title: indicator.title.clone(), short: indicator.short.clone() }
    }

    pub fn name_of(&self, base: &Catalogue) -> String {
        words::item(base, &self.indicator)
    }

    pub fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        let hint = "Chỉ đổi lời, cùng một nội dung. Nội dung khác là một chỉ tiêu khác: kết thúc rồi thêm mới";
        page.required(ui, "Tên đầy đủ", hint, &mut self.title);
        short_ui(ui, page, &self.title, &mut self.short);
    }

    pub fn amendment(&self) -> Option<Amendment> {
        let (title, short) = (tidy(&self.title), short(&self.title, &self.short)?);
        (!title.is_empty()).then(|| Amendment::Retitle { indicator: self.indicator.clone(), title, short })
    }
}

impl CloseIndicator {
    pub fn of(indicator: &Indicator) -> CloseIndicator {
        let last = indicator.valid_to.map(Day::from).unwrap_or_default();
        CloseIndicator { indicator: indicator.id.clone(), last }
    }

    pub fn name_of(&self, base: &Catalogue) -> String {
        words::item(base, &self.indicator)
    }

    pub fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        page.day(ui, "Ngày cuối cùng theo dõi", &mut self.last);
        let text = "Kỳ sau ngày này không phải báo cáo nữa. Số liệu đã báo cáo được giữ nguyên.";
        ui.add(Label::new(theme::secondary(ui, text)).wrap());
    }

    pub fn amendment(&self) -> Option<Amendment> {
        Some(Amendment::CloseIndicator { indicator: self.indicator.clone(), to: self.last.date()? })
    }
}

impl Change {
    pub fn of(catalogue: &Catalogue, indicator: &Indicator) -> Change {
        Change {
            indicator: indicator.id.clone(),
            from: Day::default(),
            target: TargetFields::of(&indicator.target),
            rule: RuleFields::of(&indicator.rule),
            points: indicator.max_points.map(format_decimal).unwrap_or_default(),
            reporters: reporters(catalogue, &indicator.reporters),
        }
    }

    pub fn name_of(&self, base: &Catalogue) -> String {
        words::item(base, &self.indicator)
    }

    pub fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        let Some(indicator) = page.base.indicator(&self.indicator) else { return };
        page.day(ui, "Từ ngày", &mut self.from);
        let text = "Các kỳ trước ngày này vẫn tính theo mục tiêu, điểm và cơ quan báo cáo cũ.";
        ui.add(Label::new(theme::secondary(ui, text)).wrap());
        ui.add_space(space::XS);
        self.target.ui(ui, page, indicator.measure, &indicator.unit, &self.rule);
        self.rule.ui(ui, page, indicator.measure);
        points_ui(ui, page, &self.rule, &mut self.points);
        reporters_ui(ui, page, &self.rule, indicator.aggregate, &mut self.reporters);
    }

    /// Only what is otherwise goes into it.
    pub fn amendment(&self, base: &Catalogue) -> Option<Amendment> {
        let now = base.indicator(&self.indicator)?;
        let target = self.target.target(now.measure, &self.rule)?;
        let rule = self.rule.rule()?;
        let points = match self.points.trim() {
            "" => None,
            text => Some(number(text)?),
        };
        let points = points.filter(|_| self.rule.is_scored());
        let reporters = chosen_reporters(base, &self.rule, &self.reporters)?;
        Some(Amendment::Change {
            indicator: self.indicator.clone(),
            from: self.from.date()?,
            target: Some(target).filter(|target| *target != now.target),
            rule: Some(rule).filter(|rule| *rule != now.rule),
            reporters: Some(reporters).filter(|reporters| *reporters != now.reporters),
            max_points: (points != now.max_points).then(|| points.unwrap_or_default()),
        })
    }
}

impl AddIndicator {
    pub fn new(catalogue: &Catalogue) -> AddIndicator {
        AddIndicator {
            pillar: 1,
            task: None,
            title: String::new(),
            short: String::new(),
            id: None,
            from: Day::default(),
            frequency: Frequency::Quarter,
            measure: Measure::Ratio,
            unit: String::new(),
            numerator: String::new(),
            denominator: String::new(),
            target: TargetFields::of(&Target::All(100.into())),
            aggregate: Aggregate::RatioOfSums,
            rule: RuleFields::of(&Rule::Proportional),
            points: String::new(),
            reporters: reporters(catalogue, &[]),
            note: String::new(),
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            left.push_id("what", |ui| self.what_ui(ui, page));
            right.push_id("how", |ui| self.how_ui(ui, page));
        });
    }

    /// What it is, where it stands, who reports it.
    fn what_ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        page.required(ui, "Tên đầy đủ", "", &mut self.title);
        short_ui(ui, page, &self.title, &mut self.short);
        let base = page.base;
        let pillars: Vec<(u8, String)> =
            base.pillars.iter().map(|p| (p.id, format!("{} {}", p.numeral, p.short))).collect();
        let tasks = base.tasks.iter().filter(|t| t.pillar == self.pillar);
        let mut tasks: Vec<(Option<Id>, String)> =
            tasks.map(|t| (Some(t.id.clone()), format!("{} {}", t.id, t.short))).collect();
        tasks.insert(0, (None, "không thuộc nhiệm vụ nào".to_owned()));
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            if page.choice(left, "Trụ cột", &mut self.pillar, &pillars) {
                self.task = None;
            }
            page.choice(right, "Nhiệm vụ", &mut self.task, &tasks);
        });
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            page.day(left, "Từ ngày", &mut self.from);
            let often = [Frequency::Quarter, Frequency::Year].map(|f| (f, words::frequency(f).to_owned()));
            page.choice(right, "Báo cáo", &mut self.frequency, &often);
        });
        reporters_ui(ui, page, &self.rule, self.aggregate, &mut self.reporters);
        let proposed = self.proposed(base);
        page.id(ui, "", &proposed, "Dùng trong bảng số liệu; không đổi được về sau", &mut self.id);
    }

    /// How it is measured, counted together and scored.
    fn how_ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        let measures = [Measure::Ratio, Measure::Rate, Measure::Value, Measure::Document];
        let measures = measures.map(|m| (m, words::measure(m).to_owned()));
        let changed = page.choice(ui, "Cách đo", &mut self.measure, &measures);
        if changed {
            self.rule.fit(self.measure);
            self.target.fit(self.measure);
        }
        if self.is_fraction() {
            page.required(ui, "Tử số là", "", &mut self.numerator);
            page.required(ui, "Mẫu số là", "", &mut self.denominator);
        }
        if matches!(self.measure, Measure::Rate | Measure::Value) {
            let hint = "ví dụ: lần/tuần, tỷ đồng, điểm; không dùng %";
            page.required(ui, "Đơn vị tính", hint, &mut self.unit);
        }
        self.target.ui(ui, page, self.measure, &self.unit, &self.rule);
        self.rule.ui(ui, page, self.measure);
        points_ui(ui, page, &self.rule, &mut self.points);
        let ways = aggregates(self.measure, &self.rule);
        if let Some(first) = ways.first().filter(|_| !ways.contains(&self.aggregate)) {
            self.aggregate = *first;
        }
        let ways: Vec<(Aggregate, String)> = ways.iter().map(|a| (*a, words::aggregate(*a).to_owned())).collect();
        page.choice(ui, "Số liệu toàn tỉnh là", &mut self.aggregate, &ways);
        page.text(ui, "Ghi chú", "Căn cứ, cách hiểu; có thể để trống", &mut self.note, None);
    }

    fn is_fraction(&self) -> bool {
        matches!(self.measure, Measure::Ratio | Measure::Rate)
    }

    /// The next number of its kind: C with official points, V a document, M with a threshold, A all, D a direction.
    fn proposed(&self, base: &Catalogue) -> String {
        let target = self.target.target(self.measure, &self.rule);
        let letter = match (self.measure, target) {
            _ if !self.points.trim().is_empty() => 'C',
            (Measure::Document, _) => 'V',
            (_, Some(Target::All(_))) => 'A',
            (_, Some(Target::Increase)) => 'D',
            _ => 'M',
        };
        let number = |i: &Indicator| i.id.strip_prefix(letter)?.parse::<u32>().ok();
        let last = base.indicators.iter().filter_map(number).max().unwrap_or(0);
        format!("{letter}{:02}", last + 1)
    }

    pub fn amendment(&self, base: &Catalogue) -> Option<Amendment> {
        let text = |text: &str| Some(tidy(text)).filter(|text| !text.is_empty());
        let part = |text_of: &str, there: bool| if there { text(text_of) } else { Some(String::new()) };
        let points = match self.points.trim() {
            "" => None,
            text => Some(number(text)?),
        };
        let indicator = Indicator {
            id: self.id.as_deref().map_or_else(|| self.proposed(base), |id| id.trim().to_owned()),
            pillar: self.pillar,
            title: text(&self.title)?,
            short: short(&self.title, &self.short)?,
            measure: self.measure,
            target: self.target.target(self.measure, &self.rule)?,
            unit: match self.measure {
                Measure::Ratio => "%".to_owned(),
                Measure::Rate | Measure::Value => text(&self.unit)?,
                Measure::Document => String::new(),
            },
            numerator: part(&self.numerator, self.is_fraction())?,
            denominator: part(&self.denominator, self.is_fraction())?,
            population: String::new(),
            frequency: self.frequency,
            task: self.task.clone(),
            reporters: chosen_reporters(base, &self.rule, &self.reporters)?,
            assumed: false,
            aggregate: self.aggregate,
            rule: self.rule.rule()?,
            max_points: points.filter(|_| self.rule.is_scored()),
            body_lines: Vec::new(),
            appendix_lines: Vec::new(),
            note: tidy(&self.note),
            valid_from: Some(self.from.date()?),
            valid_to: None,
            formerly: Vec::new(),
            not_applicable: Default::default(),
        };
        Some(Amendment::AddIndicator { indicator: Box::new(indicator) })
    }
}

/// The ways in which the province's figure can follow, the most usual first.
fn aggregates(measure: Measure, rule: &RuleFields) -> &'static [Aggregate] {
    use Aggregate::*;
    match measure {
        _ if rule.is_central() => &[LeadValue],
        _ if rule.is_of_shares() => &[LeadValue, AllOf],
        Measure::Ratio | Measure::Rate => &[RatioOfSums, LeadValue, AllOf],
        Measure::Value => &[Sum, LeadValue, AllOf],
        Measure::Document => &[LeadValue, AllOf],
    }
}

fn short_ui(ui: &mut Ui, page: &mut Page<'_>, title: &str, short: &mut String) {
    let long = |text: &str| text.trim().chars().count() > SHORT;
    let fault = if long(short) {
        Some("Tên gọn dài quá 60 chữ")
    } else {
        page.missing(short.trim().is_empty() && long(title), "Tên đầy đủ dài quá 60 chữ: ghi tên gọn")
    };
    page.text(ui, "Tên gọn", "Cho bảng, tối đa 60 chữ; để trống thì dùng tên đầy đủ", short, fault);
}

/// The short name, or the full one where that is short enough.
fn short(title: &str, short: &str) -> Option<String> {
    let text = if short.trim().is_empty() { tidy(title) } else { tidy(short) };
    (text.chars().count() <= SHORT).then_some(text)
}

fn points_ui(ui: &mut Ui, page: &mut Page<'_>, rule: &RuleFields, points: &mut String) {
    if rule.is_scored() {
        let hint = "Của bộ chỉ số chính thức; để trống nếu không có điểm";
        page.number(ui, POINTS, hint, points, Wanted::Sometimes);
    }
}

/// Groups and agencies; communes report through their districts. One that has ended stays where it is chosen: its
/// successors answer for it.
fn reporters(catalogue: &Catalogue, chosen: &[Id]) -> Picker {
    let mut picker = Picker::of_agencies(catalogue, |a| a.kind != AgencyKind::Commune);
    picker.put_first(catalogue.groups.iter().map(|group| Choice {
        id: group.id.clone(),
        name: format!("Nhóm: {}", group.name),
        known_as: format!("nhóm {} {} {}", group.id, group.name, group.aliases.join(" ")),
    }));
    let ended = catalogue.agencies.iter().filter(|a| a.valid_to.is_some() && chosen.contains(&a.id));
    picker.put_first(ended.map(|agency| Choice {
        id: agency.id.clone(),
        name: format!("{} (cơ quan kế thừa báo cáo tiếp)", agency.name),
        known_as: agency.name.clone(),
    }));
    picker.chosen = chosen.to_vec();
    picker
}

fn reporters_ui(ui: &mut Ui, page: &mut Page<'_>, rule: &RuleFields, aggregate: Aggregate, picker: &mut Picker) {
    if rule.is_central() {
        let receiver = page.base.agency_name(&page.base.plan.receiver);
        let text = format!("{receiver} nhập kết quả Bộ công bố");
        widgets::label_over(ui, REPORTERS, |ui| ui.add(Label::new(text).wrap()));
        return;
    }
    let most = if aggregate == Aggregate::LeadValue { Most::One } else { Most::Many };
    let fault = page.missing(picker.chosen.is_empty(), "Chưa chọn cơ quan báo cáo");
    page.pick(ui, REPORTERS, most, picker, fault);
}

fn chosen_reporters(base: &Catalogue, rule: &RuleFields, picker: &Picker) -> Option<Vec<Id>> {
    let chosen = if rule.is_central() { vec![base.plan.receiver.clone()] } else { picker.chosen.clone() };
    (!chosen.is_empty()).then_some(chosen)
}
