//! Official tables of component indices: what becomes of each row, and why one is left to a person.

use super::harmless::harmless;
use crate::catalogue::Doubt;
use crate::text::elide;
use crate::text::number::format_decimal;

/// So much of a wording is quoted (characters).
const QUOTED: usize = 80;

/// Why no rule could be made of a wording: "mức cao nhất trong cách tính là 15 điểm, còn điểm tối đa là 20".
pub fn doubt(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Empty => "bảng không ghi cách tính điểm".to_owned(),
        Doubt::TooLong => "cách tính quá dài".to_owned(),
        Doubt::NoPoints => "không ghi điểm được tính thế nào".to_owned(),
        Doubt::Unclear(part) => format!("chưa hiểu được chỗ {}", quoted(part)),
        Doubt::Maximum { best, maximum } => format!(
            "mức cao nhất trong cách tính là {} điểm, còn điểm tối đa là {}",
            format_decimal(*best),
            format_decimal(*maximum)
        ),
        Doubt::Sum { sum, maximum } => format!(
            "các phần cộng lại được {} điểm, còn điểm tối đa là {}",
            format_decimal(*sum),
            format_decimal(*maximum)
        ),
        Doubt::Strict(part) => {
            format!("{} không gồm chính mốc đó, mà danh mục chỉ có mức “từ … trở lên”", quoted(part))
        }
        Doubt::At(figure) => {
            format!("ở mốc {} không có mức nào, hoặc có hai mức cùng tính", format_decimal(*figure))
        }
        Doubt::NotFalling => "có mức cao hơn mà điểm không nhiều hơn".to_owned(),
        Doubt::Both => "có hai cách tính cùng lúc".to_owned(),
        Doubt::UnscoredWithPoints => "ghi không tính điểm nhưng lại có điểm tối đa".to_owned(),
        Doubt::NoLimit => "không ghi mức cao nhất của điểm thưởng hoặc điểm trừ".to_owned(),
        Doubt::Inexact => "có phần điểm không viết được bằng số thập phân, như 1/3".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    format!("“{}”", elide(&harmless(text), QUOTED))
}
