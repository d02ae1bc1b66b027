//! Scoring rules and what they give, for the plan's pages, the estimated score and the command line.

use rust_decimal::Decimal;

use super::number_error;
use crate::catalogue::{Catalogue, Extra, Level, Rule};
use crate::progress::{
    DENOMINATOR_SHARE, Jump, JumpKind, MULTIPLE, Open, Points, RATIO_POINTS, TrialError, score_moved,
};
use crate::text::number::{format_decimal, format_fixed, format_percent};

/// How points follow from the figure: "từ 4: 20 điểm; từ 3: 15 điểm".
pub fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Proportional => "theo tỷ lệ mức đạt so với mục tiêu".to_owned(),
        Rule::Ratio => "tỷ lệ nhân điểm tối đa".to_owned(),
        Rule::Steps(steps) => {
            let step =
                steps.iter().map(|s| format!("từ {}: {} điểm", format_decimal(s.at_least), format_decimal(s.points)));
            format!("{}; còn lại: 0 điểm", step.collect::<Vec<_>>().join("; "))
        }
        Rule::Levels(levels) => format!("một trong các mức, nhập hệ số của mức: {}", shares(levels)),
        Rule::Conditions(conditions) => {
            format!("cộng các điều kiện, nhập tổng hệ số của những điều kiện đạt: {}", shares(conditions))
        }
        Rule::YesNo => "đủ điểm khi có văn bản và minh chứng".to_owned(),
        Rule::Threshold => "đủ điểm khi đạt mục tiêu".to_owned(),
        Rule::BestUnit => "so với đơn vị cao nhất, tính được khi mọi đơn vị đã báo cáo".to_owned(),
        Rule::Central => "Bộ đo; cơ quan nhận báo cáo nhập kết quả Bộ công bố".to_owned(),
        Rule::Unscored => "không tính điểm".to_owned(),
        Rule::Bonus(extra) => format!("điểm thưởng: {}", each(extra)),
        Rule::Minus(extra) => format!("điểm trừ: {}", each(extra)),
        Rule::Undecided(wording) => format!("chờ người phụ trách quyết định cách tính: {wording}"),
    }
}

/// Why an indicator has no points yet.
pub fn open(open: Open) -> &'static str {
    match open {
        Open::NoFigure => "chưa có số liệu",
        Open::NotYet => "chưa so sánh được: thiếu số liệu kỳ đầu hoặc còn đơn vị chưa báo cáo",
        Open::NoEvidence => "chưa có minh chứng",
        Open::NotALevel => "số liệu không phải một mức của cách tính điểm, cần sửa",
        Open::UnitsOut => "chưa tính được: phải có số liệu của mọi đơn vị",
        Open::Central => "chờ kết quả của Bộ",
        Open::Undecided => "chờ quyết định cách tính điểm",
    }
}

/// What the rule gives: "0,7500", "thưởng 5 điểm", or why there is nothing yet.
pub fn points(points: Points) -> String {
    match points {
        Points::Share(share) => super::score(share),
        Points::Open(why) => open(why).to_owned(),
        Points::Extra(extra) if extra.is_sign_negative() => format!("trừ {} điểm", format_decimal(-extra)),
        Points::Extra(extra) => format!("thưởng {} điểm", format_decimal(extra)),
        Points::Unscored => "không tính điểm".to_owned(),
    }
}

/// Why full points are not there: the reason why there are none, or how much of them there is.
pub fn shortfall(points: Points) -> String {
    match points {
        Points::Open(why) => open(why).to_owned(),
        Points::Share(share) => format!("mới được {} số điểm", format_percent(share * Decimal::ONE_HUNDRED)),
        Points::Extra(_) | Points::Unscored => String::new(),
    }
}

/// A part of the total, 0 to 1, in the points of the 1000 of all pillars: "12,5 điểm".
pub fn points_of_1000(part: Decimal) -> String {
    format!("{} điểm", format_fixed(part * Decimal::ONE_THOUSAND, 1))
}

/// How a score moves, by the four decimals that are shown of both: "+0,0125", "-0,0125", "không đổi".
pub fn moved(before: Decimal, after: Decimal) -> String {
    match score_moved(before, after) {
        d if d.is_zero() => "không đổi".to_owned(),
        d if d.is_sign_negative() => format!("-{}", super::score(-d)),
        d => format!("+{}", super::score(d)),
    }
}

/// Why a figure should be looked at again, with both figures.
pub fn jump(jump: &Jump, catalogue: &Catalogue) -> String {
    let of = catalogue.indicator(&jump.item);
    let value = |number: Decimal| match of {
        Some(of) if jump.kind != JumpKind::Denominator => super::value(of, number),
        Some(_) => format_decimal(number),
        None => format_percent(number),
    };
    let (from, to) = (value(jump.from), value(jump.to));
    match jump.kind {
        JumpKind::Denominator => {
            let limit = format_percent(DENOMINATOR_SHARE * Decimal::ONE_HUNDRED);
            format!("Mẫu số đổi hơn {limit} so với kỳ trước: {from} → {to}")
        }
        JumpKind::Ratio => {
            let limit = format_decimal(RATIO_POINTS);
            format!("Lệch hơn {limit} điểm phần trăm so với kỳ trước: {from} → {to}")
        }
        JumpKind::Fall => format!("Giảm so với kỳ trước: {from} → {to}"),
        JumpKind::Multiple => format!("Gấp từ {} lần kỳ trước: {from} → {to}", format_decimal(MULTIPLE)),
        JumpKind::Outlier => format!("Khác xa các đơn vị khác: {to}, trong khi mức giữa là {from}"),
    }
}

/// Why the figure typed cannot be tried.
pub fn trial_error(text: &str, error: &TrialError, catalogue: &Catalogue) -> String {
    let fixed = |text: &str| text.to_owned();
    match error {
        TrialError::UnknownItem => fixed("chỉ thử được số liệu của chỉ tiêu"),
        TrialError::NotDue => fixed("kỳ này không tính điểm chỉ tiêu này: chọn kỳ khác"),
        TrialError::Unscored => fixed("chỉ tiêu này không tính điểm"),
        TrialError::NotItsUnit(id) => format!("{} không báo cáo chỉ tiêu này", catalogue.agency_name(id)),
        TrialError::UnitNeeded => fixed("chỉ tiêu này so với đơn vị cao nhất: nêu số của một đơn vị"),
        TrialError::Number(error) => number_error(text, error),
        TrialError::NotADocumentState => fixed("đây là văn bản: nhập “có” hoặc “không”"),
        TrialError::NoParts => fixed("chỉ tiêu này chỉ có một số, không có tử số và mẫu số: nhập một số"),
        TrialError::PartsNeeded => {
            fixed("đơn vị chưa có mẫu số để cộng vào toàn tỉnh: nhập tử số/mẫu số, ví dụ 80/100")
        }
        TrialError::Negative => fixed("số âm: nhập số từ 0 trở lên"),
        TrialError::ZeroDenominator => fixed("mẫu số là 0: nhập mẫu số lớn hơn 0"),
    }
}

fn shares(levels: &[Level]) -> String {
    levels.iter().map(|l| format!("{} = {}", format_decimal(l.share), l.text)).collect::<Vec<_>>().join("; ")
}

fn each(extra: &Extra) -> String {
    format!("{} điểm mỗi lần, nhiều nhất {} điểm", format_decimal(extra.each), format_decimal(extra.at_most))
}
