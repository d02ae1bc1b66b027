//! What counts as reaching the target, and how points follow: chosen in words, with rows where a rule has several parts.

use egui::{Label, Ui};
use rust_decimal::Decimal;

use super::fields::{Page, Wanted, number, tidy};
use crate::catalogue::{Extra, Level, Measure, Rule, Step, Target};
use crate::text::number::format_decimal;
use crate::ui::theme::{self, icons};
use crate::ui::widgets;

/// A target as it is filled in.
#[derive(Debug, Clone)]
pub(in super::super) struct TargetFields {
    kind: TargetKind,
    threshold: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TargetKind {
    AtLeast,
    All,
    Increase,
    Exists,
}

/// A rule as it is filled in. The rows of one kind stay while another is looked at.
#[derive(Debug, Clone)]
pub(in super::super) struct RuleFields {
    kind: RuleKind,
    /// From, points.
    steps: Vec<(String, String)>,
    /// Of levels and conditions: what it says, share.
    parts: Vec<(String, String)>,
    each: String,
    at_most: String,
    wording: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RuleKind {
    Proportional,
    Ratio,
    Steps,
    Levels,
    Conditions,
    YesNo,
    Threshold,
    BestUnit,
    Central,
    Unscored,
    Bonus,
    Minus,
    Undecided,
}

impl TargetFields {
    pub fn of(target: &Target) -> TargetFields {
        let kind = match target {
            Target::AtLeast(_) => TargetKind::AtLeast,
            Target::All(_) => TargetKind::All,
            Target::Increase => TargetKind::Increase,
            Target::Exists => TargetKind::Exists,
        };
        TargetFields { kind, threshold: target.threshold().map(format_decimal).unwrap_or_default() }
    }

    /// Another measure has other targets.
    pub fn fit(&mut self, measure: Measure) {
        match (measure, self.kind) {
            (Measure::Document, _) => self.kind = TargetKind::Exists,
            (_, TargetKind::Exists) => self.kind = TargetKind::AtLeast,
            _ => {}
        }
    }

    /// A rule of shares has its own target: the whole share.
    pub fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>, measure: Measure, unit: &str, rule: &RuleFields) {
        if measure == Measure::Document || rule.is_of_shares() {
            let text = if measure == Measure::Document {
                "văn bản được ban hành"
            } else {
                "đạt trọn hệ số 1"
            };
            widgets::label_over(ui, "Mục tiêu", |ui| ui.label(text));
            return;
        }
        let options = [
            (TargetKind::AtLeast, "từ một mức trở lên".to_owned()),
            (TargetKind::All, "toàn bộ".to_owned()),
            (TargetKind::Increase, "tăng so với kỳ đầu, không có mức".to_owned()),
        ];
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            page.choice(left, "Mục tiêu", &mut self.kind, &options);
            let asks = self.kind == TargetKind::AtLeast || (self.kind == TargetKind::All && measure != Measure::Ratio);
            if asks {
                let hint = if unit.is_empty() { String::new() } else { format!("đơn vị: {unit}") };
                page.number(right, "Mức mục tiêu", &hint, &mut self.threshold, Wanted::Always);
            }
        });
    }

    pub fn target(&self, measure: Measure, rule: &RuleFields) -> Option<Target> {
        Some(match self.kind {
            _ if measure == Measure::Document => Target::Exists,
            _ if rule.is_of_shares() => Target::AtLeast(Decimal::ONE),
            TargetKind::AtLeast => Target::AtLeast(number(&self.threshold)?),
            TargetKind::All if measure == Measure::Ratio => Target::All(Decimal::ONE_HUNDRED),
            TargetKind::All => Target::All(number(&self.threshold)?),
            TargetKind::Increase => Target::Increase,
            TargetKind::Exists => return None,
        })
    }
}

impl RuleKind {
    fn of(rule: &Rule) -> RuleKind {
        match rule {
            Rule::Proportional => RuleKind::Proportional,
            Rule::Ratio => RuleKind::Ratio,
            Rule::Steps(_) => RuleKind::Steps,
            Rule::Levels(_) => RuleKind::Levels,
            Rule::Conditions(_) => RuleKind::Conditions,
            Rule::YesNo => RuleKind::YesNo,
            Rule::Threshold => RuleKind::Threshold,
            Rule::BestUnit => RuleKind::BestUnit,
            Rule::Central => RuleKind::Central,
            Rule::Unscored => RuleKind::Unscored,
            Rule::Bonus(_) => RuleKind::Bonus,
            Rule::Minus(_) => RuleKind::Minus,
            Rule::Undecided(_) => RuleKind::Undecided,
        }
    }

    /// The rules that can work on what is measured, the most usual first.
    fn fitting(measure: Measure) -> &'static [RuleKind] {
        use RuleKind::*;
        match measure {
            Measure::Ratio => &[Proportional, Ratio, Steps, Threshold, BestUnit, Central, Unscored, Undecided],
            Measure::Rate => &[Proportional, Steps, Threshold, BestUnit, Central, Unscored, Undecided],
            Measure::Value => &[
                Proportional,
                Steps,
                Levels,
                Conditions,
                Threshold,
                BestUnit,
                Central,
                Bonus,
                Minus,
                Unscored,
                Undecided,
            ],
            Measure::Document => &[YesNo, Bonus, Minus, Unscored, Undecided],
        }
    }

    fn words(self) -> &'static str {
        match self {
            RuleKind::Proportional => "theo tỷ lệ mức đạt so với mục tiêu",
            RuleKind::Ratio => "tỷ lệ nhân điểm tối đa",
            RuleKind::Steps => "theo bậc: từ mức nào được bao nhiêu điểm",
            RuleKind::Levels => "một trong các mức, mỗi mức một hệ số",
            RuleKind::Conditions => "cộng các điều kiện đạt, mỗi điều kiện một hệ số",
            RuleKind::YesNo => "có hoặc không: đủ điểm khi có văn bản và minh chứng",
            RuleKind::Threshold => "đủ điểm khi đạt mục tiêu, không thì 0",
            RuleKind::BestUnit => "so với đơn vị cao nhất",
            RuleKind::Central => "Bộ đo, đơn vị tiếp nhận nhập kết quả",
            RuleKind::Unscored => "không tính điểm",
            RuleKind::Bonus => "điểm thưởng",
            RuleKind::Minus => "điểm trừ",
            RuleKind::Undecided => "chưa quyết định cách tính",
        }
    }
}

impl RuleFields {
    pub fn of(rule: &Rule) -> RuleFields {
        let pair = || (String::new(), String::new());
        let mut fields = RuleFields {
            kind: RuleKind::of(rule),
            steps: vec![pair(), pair()],
            parts: vec![pair(), pair()],
            each: String::new(),
            at_most: String::new(),
            wording: String::new(),
        };
        match rule {
            Rule::Steps(steps) => {
                fields.steps = steps.iter().map(|s| (format_decimal(s.at_least), format_decimal(s.points))).collect();
            }
            Rule::Levels(parts) | Rule::Conditions(parts) => {
                fields.parts = parts.iter().map(|p| (p.text.clone(), format_decimal(p.share))).collect();
            }
            Rule::Bonus(extra) | Rule::Minus(extra) => {
                fields.each = format_decimal(extra.each);
                fields.at_most = format_decimal(extra.at_most);
            }
            Rule::Undecided(wording) => fields.wording.clone_from(wording),
            _ => {}
        }
        fields
    }

    /// Another measure has other rules.
    pub fn fit(&mut self, measure: Measure) {
        let fitting = RuleKind::fitting(measure);
        if let Some(first) = fitting.first().filter(|_| !fitting.contains(&self.kind)) {
            self.kind = *first;
        }
    }

    /// True for levels and conditions: the figure that is reported is a share.
    pub fn is_of_shares(&self) -> bool {
        matches!(self.kind, RuleKind::Levels | RuleKind::Conditions)
    }

    /// True where nobody but the receiving department enters the figure.
    pub fn is_central(&self) -> bool {
        self.kind == RuleKind::Central
    }

    /// True where official points have a meaning.
    pub fn is_scored(&self) -> bool {
        !matches!(self.kind, RuleKind::Unscored | RuleKind::Bonus | RuleKind::Minus)
    }

    pub fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>, measure: Measure) {
        let options: Vec<(RuleKind, String)> =
            RuleKind::fitting(measure).iter().map(|kind| (*kind, kind.words().to_owned())).collect();
        page.choice(ui, "Cách tính điểm", &mut self.kind, &options);
        match self.kind {
            RuleKind::Steps => {
                let hint = "Bậc cao nhất ở trên; điểm của nó là điểm tối đa. Dưới bậc cuối là 0 điểm.";
                let step = |ui: &mut Ui, page: &mut Page<'_>, n: usize, row: &mut (String, String)| {
                    pair_ui(ui, page, |left, right, page| {
                        page.number(left, &format!("Bậc {n}: từ"), "", &mut row.0, Wanted::Always);
                        page.number(right, &format!("Bậc {n}: điểm"), "", &mut row.1, Wanted::Always);
                    });
                };
                rows_ui(ui, page, &mut self.steps, "bậc", hint, step);
            }
            RuleKind::Levels | RuleKind::Conditions => {
                let (word, hint) = match self.kind {
                    RuleKind::Levels => ("mức", "Hệ số từ 0 đến 1, ví dụ 0,5; mức cao nhất là 1."),
                    _ => ("điều kiện", "Hệ số của các điều kiện cộng lại bằng 1, ví dụ 0,5 và 0,5."),
                };
                let part = |ui: &mut Ui, page: &mut Page<'_>, n: usize, row: &mut (String, String)| {
                    pair_ui(ui, page, |left, right, page| {
                        page.required(left, &format!("Nội dung {word} {n}"), "", &mut row.0);
                        page.number(right, &format!("Hệ số {word} {n}"), "", &mut row.1, Wanted::Always);
                    });
                };
                rows_ui(ui, page, &mut self.parts, word, hint, part);
            }
            RuleKind::Bonus | RuleKind::Minus => pair_ui(ui, page, |left, right, page| {
                page.number(left, "Điểm mỗi lần", "trong 1.000 điểm của cả bộ", &mut self.each, Wanted::Always);
                page.number(right, "Nhiều nhất", "trong 1.000 điểm của cả bộ", &mut self.at_most, Wanted::Always);
            }),
            RuleKind::Undecided => {
                let hint = "Nguyên văn cách tính; chưa có điểm cho đến khi được quyết định";
                page.required(ui, "Cách tính trong văn bản", hint, &mut self.wording);
            }
            _ => {}
        }
    }

    /// None where a part of it is missing or no number.
    pub fn rule(&self) -> Option<Rule> {
        let extra = || Some(Extra { each: number(&self.each)?, at_most: number(&self.at_most)? });
        let levels = || -> Option<Vec<Level>> {
            let level = |(text, share): &(String, String)| {
                let text = tidy(text);
                (!text.is_empty()).then_some(Level { text, share: number(share)? })
            };
            self.parts.iter().map(level).collect()
        };
        Some(match self.kind {
            RuleKind::Proportional => Rule::Proportional,
            RuleKind::Ratio => Rule::Ratio,
            RuleKind::Steps => {
                let step =
                    |(from, points): &(String, String)| Some(Step { at_least: number(from)?, points: number(points)? });
                Rule::Steps(self.steps.iter().map(step).collect::<Option<_>>()?)
            }
            RuleKind::Levels => Rule::Levels(levels()?),
            RuleKind::Conditions => Rule::Conditions(levels()?),
            RuleKind::YesNo => Rule::YesNo,
            RuleKind::Threshold => Rule::Threshold,
            RuleKind::BestUnit => Rule::BestUnit,
            RuleKind::Central => Rule::Central,
            RuleKind::Unscored => Rule::Unscored,
            RuleKind::Bonus => Rule::Bonus(extra()?),
            RuleKind::Minus => Rule::Minus(extra()?),
            RuleKind::Undecided => Rule::Undecided(Some(tidy(&self.wording)).filter(|w| !w.is_empty())?),
        })
    }
}

/// Two fields side by side.
fn pair_ui(ui: &mut Ui, page: &mut Page<'_>, add: impl FnOnce(&mut Ui, &mut Ui, &mut Page<'_>)) {
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            add(left, right, page);
        }
    });
}

/// Rows of a rule, each removable, and one more on request.
fn rows_ui(
    ui: &mut Ui,
    page: &mut Page<'_>,
    rows: &mut Vec<(String, String)>,
    word: &str,
    hint: &str,
    mut row_ui: impl FnMut(&mut Ui, &mut Page<'_>, usize, &mut (String, String)),
) {
    ui.add(Label::new(theme::caption(ui, hint)).wrap());
    let mut gone = None;
    let several = rows.len() > 1;
    for (at, row) in rows.iter_mut().enumerate() {
        ui.push_id(at, |ui| {
            let room = ui.available_width() - if several { theme::size::CONTROL + theme::space::M } else { 0.0 };
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(room);
                    row_ui(ui, page, at + 1, row);
                });
                if several && widgets::icon_button(ui, icons::TRASH, &format!("Bỏ {word} {}", at + 1)).clicked() {
                    gone = Some(at);
                }
            });
        });
    }
    if let Some(at) = gone {
        rows.remove(at);
    }
    if widgets::quiet(ui, icons::PLUS, &format!("Thêm {word}")).clicked() {
        rows.push((String::new(), String::new()));
    }
}
