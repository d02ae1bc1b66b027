//! Official tables of component indices: what becomes of each row, and why one is left to a person.

use super::editions::actors;
use super::harmless::harmless;
use super::{item, rule, sheet_error};
use crate::catalogue::{Catalogue, Component, Doubt, Fate, Id, Outcome};
use crate::table::{ComponentRow, ComponentsError, Pass, PillarSum, Remark, RowFault, RowKind};
use crate::text::date::format_date;
use crate::text::elide;
use crate::text::number::format_decimal;

/// So much of a wording is quoted (characters).
const QUOTED: usize = 80;

/// What becomes of a row: "thêm C101, 20 điểm, từ 4: 20 điểm; …".
pub fn component_row(row: &ComponentRow, catalogue: &Catalogue) -> String {
    match &row.what {
        RowKind::Component { component, fate, remark } => {
            let remark = remark.as_ref().map(|r| format!("; {}", noticed(r, &row.label))).unwrap_or_default();
            format!("{}{remark}", taken(component, fate, catalogue))
        }
        RowKind::Main(pillar) => format!("chỉ số chính, là trụ cột {}", pillar_name(catalogue, *pillar)),
        RowKind::Passed(pass) => passed(pass),
        RowKind::Refused(fault) => refused(fault),
    }
}

/// What the rows of a main index come to, and what that disagrees with: "Nhận thức số: 10 chỉ số, 100 điểm".
pub fn pillar_sum(sum: &PillarSum, catalogue: &Catalogue) -> String {
    let points = format_decimal(sum.sum);
    let mut text = format!("{}: {} chỉ số, {points} điểm", pillar_name(catalogue, sum.pillar), sum.rows);
    if let Some(stated) = sum.stated.filter(|stated| *stated != sum.sum) {
        text.push_str(&format!("; nhưng dòng {} ghi {} điểm", sum.number, format_decimal(stated)));
    }
    if sum.sum != sum.weight {
        text.push_str(&format!("; nhưng trụ cột này trong danh mục có {} điểm", format_decimal(sum.weight)));
    }
    text
}

/// Component indices that a table no longer has.
pub fn no_longer(gone: &[Id], catalogue: &Catalogue) -> String {
    let names: Vec<String> = gone.iter().map(|id| item(catalogue, id)).collect();
    format!("Không còn trong bảng: {}", names.join(", "))
}

/// Why a file is no official table, and what to do.
pub fn components_error(error: &ComponentsError) -> String {
    match error {
        ComponentsError::Sheet(error) => sheet_error(error),
        ComponentsError::Empty => "Bảng không có dòng nào".to_owned(),
        ComponentsError::NoHeading => {
            "Không tìm thấy dòng tiêu đề có đủ các cột “Chỉ số thành phần”, “Điểm tối đa” và “Cách xác định và tính điểm”: \
             thêm dòng tiêu đề vào đầu bảng"
                .to_owned()
        }
        ComponentsError::NoComponents => {
            "Bảng không có chỉ số thành phần nào của tám trụ cột: kiểm tra tên các chỉ số chính và cột STT".to_owned()
        }
        ComponentsError::SeveralSheets(names) => format!(
            "Tệp có nhiều trang là bảng chỉ số ({}): chọn một trang (lệnh: --sheet \"{}\")",
            names.join(", "),
            names.first().map_or("", String::as_str)
        ),
        ComponentsError::NoSuchSheet { name, there } => {
            format!("Tệp không có trang “{name}”: chọn một trong các trang {}", there.join(", "))
        }
    }
}

fn taken(component: &Component, fate: &Fate, catalogue: &Catalogue) -> String {
    let is = |id: &Id| format!("{id}, {}", of_it(component, fate, catalogue));
    match &fate.outcome {
        Outcome::New(id) => format!("thêm {}", is(id)),
        Outcome::Same(id) => format!("đã có là {id}, không đổi"),
        Outcome::Changed(id) => format!("sửa {}", is(id)),
        Outcome::Replaced { before, by } => {
            format!("cách đo khác trước: kết thúc {before}, thêm {}", is(by))
        }
        Outcome::Asked { known } => format!(
            "số thứ tự này đang là “{}”: cần cho biết đây vẫn là chỉ số đó mang tên mới, hay là chỉ số khác",
            catalogue.indicator(known).map_or(known.as_str(), |i| i.title.as_str())
        ),
        Outcome::NoMaximum => "chưa có điểm tối đa: ghi số điểm, hoặc ghi “Không tính điểm” ở cách tính".to_owned(),
        Outcome::TooEarly { known, after } => format!(
            "cách đo khác với {known} đã nạp từ ngày {}: hoàn tác lần nạp đó rồi nạp lại, hoặc chọn ngày bắt đầu sau ngày đó",
            format_date(*after)
        ),
    }
}

/// "20 điểm, tỷ lệ nhân điểm tối đa, Sở Nội vụ báo cáo".
fn of_it(component: &Component, fate: &Fate, catalogue: &Catalogue) -> String {
    let points = component.max_points.filter(|_| fate.reading.rule.is_scored());
    let points = points.map(|points| format!("{} điểm, ", format_decimal(points))).unwrap_or_default();
    let rule = match &fate.reading.doubt {
        Some(why) => format!("chờ người phụ trách quyết định cách tính ({})", doubt(why)),
        None => rule(&fate.reading.rule),
    };
    let assumed = if fate.assumed { " (bảng không nêu rõ cơ quan nào)" } else { "" };
    format!("{points}{rule}, {} báo cáo{assumed}", actors(catalogue, &fate.reporters))
}

fn noticed(remark: &Remark, label: &str) -> String {
    match remark {
        Remark::LostZero { shown } => {
            format!("STT {shown} đã có ở trên nên hiểu là {label} (Excel bỏ số 0 cuối): kiểm tra lại")
        }
        Remark::ShownAsDate { shown } => {
            format!("STT bị Excel đổi thành ngày {shown}, hiểu là {label}: kiểm tra lại")
        }
    }
}

fn passed(pass: &Pass) -> String {
    match pass {
        Pass::Heading => "bỏ qua: dòng tiêu đề lặp lại".to_owned(),
        Pass::ColumnNumbers => "bỏ qua: dòng đánh số cột".to_owned(),
        Pass::Section => "bỏ qua: tên nhóm chỉ số".to_owned(),
        Pass::Outside(title) => {
            format!("bỏ qua: “{}” không phải trụ cột của kế hoạch", elide(&harmless(title), QUOTED))
        }
        Pass::Total => "bỏ qua: dòng tổng cộng".to_owned(),
        Pass::Footnote => "bỏ qua: ghi chú".to_owned(),
        Pass::Continues(row) => format!("viết tiếp dòng {row}"),
        Pass::Text => "bỏ qua: không có STT, điểm và cách tính".to_owned(),
    }
}

fn refused(fault: &RowFault) -> String {
    match fault {
        RowFault::Points(text) => {
            format!("điểm tối đa {} không phải số điểm: ghi lại bằng số, ví dụ 10 hoặc 7,5", quoted(text))
        }
        RowFault::NoTitle => "thiếu tên chỉ số".to_owned(),
        RowFault::Label(text) if text.is_empty() => "thiếu STT: ghi STT như 1.1".to_owned(),
        RowFault::Label(text) => format!("STT {} không đúng dạng: ghi như 1.1", quoted(text)),
        RowFault::SameLabel { first } => format!("STT trùng với dòng {first}: sửa một trong hai"),
        RowFault::SameTitle { first } => format!("tên chỉ số trùng với dòng {first}: giữ một dòng"),
        RowFault::OtherMain { main } => format!("STT không thuộc chỉ số chính {main} ở trên: sửa STT hoặc chuyển dòng"),
        RowFault::SameMain { first } => format!("chỉ số chính đã có ở dòng {first}: gộp các chỉ số vào một chỗ"),
        RowFault::NoMain => "chưa có dòng chỉ số chính ở trên: thêm dòng như “1 | Nhận thức số | 100”".to_owned(),
    }
}

fn pillar_name(catalogue: &Catalogue, pillar: u8) -> String {
    catalogue.pillar(pillar).map_or_else(|| pillar.to_string(), |p| p.short.clone())
}

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
        Doubt::BestOfOne => "so với đơn vị cao nhất mà ở đây chỉ có một đơn vị báo cáo".to_owned(),
        Doubt::Inexact => "có phần điểm không viết được bằng số thập phân, như 1/3".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    format!("“{}”", elide(&harmless(text), QUOTED))
}
