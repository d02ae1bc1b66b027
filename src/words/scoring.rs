//! Scoring rules and what they give, for the plan's pages, the estimated score and the command line.

use crate::catalogue::{Extra, Level, Rule};
use crate::progress::{Open, Points};
use crate::text::number::format_decimal;

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

fn shares(levels: &[Level]) -> String {
    levels.iter().map(|l| format!("{} = {}", format_decimal(l.share), l.text)).collect::<Vec<_>>().join("; ")
}

fn each(extra: &Extra) -> String {
    format!("{} điểm mỗi lần, nhiều nhất {} điểm", format_decimal(extra.each), format_decimal(extra.at_most))
}
