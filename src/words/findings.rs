//! What is doubtful or wrong about an entry, and what to do about it.

use rust_decimal::Decimal;

use crate::record::{Finding, Problem, Severity};
use crate::text::number::{format_decimal, format_for_edit, format_percent, rounded};

pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "Lưu ý",
        Severity::Error => "Không hợp lệ",
    }
}

/// One sentence: what, and what next.
pub fn finding(finding: &Finding) -> String {
    problem(&finding.problem)
}

/// One sentence: what, and what next.
pub fn problem(problem: &Problem) -> String {
    let fixed = |text: &str| text.to_owned();
    match problem {
        Problem::Over100(percent) => {
            format!("Tỷ lệ {} vượt 100%: kiểm tra lại số đã nhập", format_percent(*percent))
        }
        Problem::NumeratorOverDenominator { numerator, denominator } => format!(
            "Tử số {} lớn hơn mẫu số {}: kiểm tra xem có nhập ngược hai số không",
            format_decimal(*numerator),
            format_decimal(*denominator)
        ),
        Problem::Fall { from, to } => {
            let (from, to) = apart(*from, *to);
            format!("Giảm so với kỳ trước (từ {from} còn {to}): kiểm tra lại, nếu đúng thì nêu lý do")
        }
        Problem::Jump { from, to } => {
            let (from, to) = apart(*from, *to);
            format!("Gấp từ 10 lần kỳ trước trở lên (từ {from} lên {to}): kiểm tra lại đơn vị tính và các chữ số")
        }
        Problem::UnitSlip { value, in_unit } => format!(
            "{} tỷ đồng có vẻ là số tính bằng triệu đồng: nếu vậy, nhập {} (tỷ đồng)",
            format_decimal(*value),
            format_decimal(*in_unit)
        ),
        Problem::ShareSlip { value, percent } => format!(
            "{} có vẻ là phần của 1, chưa phải số phần trăm: nếu vậy, nhập {}; tốt hơn là nhập tử số và mẫu số",
            format_percent(*value),
            format_for_edit(*percent)
        ),
        Problem::MissingEvidence => fixed("Chưa có minh chứng: đính kèm văn bản, biểu số liệu hoặc ảnh chụp"),
        Problem::MissingParts => {
            fixed("Chưa có tử số và mẫu số: nhập cả hai, vì kết quả tính sẵn không cộng được vào số liệu toàn tỉnh")
        }
        Problem::NothingEntered => {
            fixed("Chưa nhập số liệu: nhập số, hoặc chọn “Chưa có số liệu” hay “Không áp dụng” và ghi lý do")
        }
        Problem::MissingWork => fixed("Chưa nhập nội dung công việc: ghi việc phải làm"),
        Problem::FigureIgnored => {
            fixed("Số đã nhập không được tính vì trạng thái không phải “Có số liệu”: xóa số, hoặc chọn lại trạng thái")
        }
        Problem::MissingReason => fixed("Chưa ghi lý do: nêu ngắn gọn vì sao chưa có hoặc không áp dụng"),
        Problem::MissingDocumentFacts => {
            fixed("Văn bản đã ban hành nhưng chưa ghi đủ số, ký hiệu, ngày ban hành và trích yếu: bổ sung cho đủ")
        }
        Problem::StatusAgainstPercent => fixed("Trạng thái và phần trăm hoàn thành không khớp nhau: sửa một trong hai"),
        Problem::MissingDifficulty => {
            fixed("Nhiệm vụ tạm dừng hoặc không tiến triển so với kỳ trước: nêu khó khăn, vướng mắc và nguyên nhân")
        }
        Problem::Negative => fixed("Có số âm: nhập số từ 0 trở lên"),
        Problem::ZeroDenominator => {
            fixed("Mẫu số bằng 0: nếu đơn vị không có đối tượng này, chọn “Không áp dụng” và ghi lý do")
        }
        Problem::HalfRatio => fixed("Chỉ có tử số hoặc mẫu số: nhập đủ cả hai"),
        Problem::UnexpectedParts => fixed("Chỉ tiêu này không có tử số và mẫu số: chỉ nhập một giá trị"),
        Problem::ValueAgainstParts { value, derived } => format!(
            "Giá trị {} khác với kết quả tính từ tử số và mẫu số ({}): bỏ trống giá trị, hoặc sửa tử số, mẫu số",
            format_decimal(*value),
            format_decimal(rounded(*derived, 2))
        ),
        Problem::PercentRange(percent) => {
            format!("Phần trăm hoàn thành {percent} vượt 100: nhập số từ 0 đến 100")
        }
        Problem::WrongKind => fixed(
            "Nội dung không đúng loại của mục này: chỉ tiêu nhận số liệu, văn bản nhận thông tin ban hành, nhiệm vụ nhận tiến độ",
        ),
        Problem::DatesReversed => fixed("Ngày kết thúc trước ngày bắt đầu: sửa lại thời gian thực hiện"),
        Problem::TooLong { limit } => {
            format!("Có nội dung dài quá {} ký tự: rút gọn lại", format_decimal(Decimal::from(*limit)))
        }
    }
}

/// Two numbers with as few decimals as tell them apart, two at least: what was divided has endless ones.
fn apart(a: Decimal, b: Decimal) -> (String, String) {
    let places = (2..Decimal::MAX_SCALE).find(|p| rounded(a, *p) != rounded(b, *p)).unwrap_or(2);
    (format_decimal(rounded(a, places)), format_decimal(rounded(b, places)))
}
