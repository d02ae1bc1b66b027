//! Entries of the operation log, as the undo button and the log call them.

use crate::catalogue::Catalogue;
use crate::record::{Filing, FilingKind, Operation, OperationKind};

/// "Nhập M05", "Nộp báo cáo chính thức Quý IV/2023", "Nhập gói DTI_so-noi-vu_2023-Q4_chinh-thuc.zip".
pub fn operation(operation: &Operation) -> String {
    let kind = operation_kind(operation.kind);
    let subject =
        filed(&operation.subject).or_else(|| edition(&operation.subject)).unwrap_or_else(|| operation.subject.clone());
    match operation.kind {
        _ if subject.is_empty() => kind.to_owned(),
        OperationKind::Receipt | OperationKind::Return | OperationKind::Request => {
            format!("{kind} {}", addressed(&operation.subject))
        }
        OperationKind::Amend => format!("Lập {subject}"),
        OperationKind::Publish => format!("Xuất gói {subject}"),
        OperationKind::File if operation.subject.contains(": ") => {
            format!("Gửi số liệu phối hợp cho {}", addressed(&operation.subject))
        }
        OperationKind::Undo | OperationKind::Redo => format!("{kind}: {subject}"),
        _ => format!("{kind} {subject}"),
    }
}

/// Why something was not done to its end, and that so many operations of it were.
pub fn interrupted(why: &str, operations: usize) -> String {
    match operations {
        0 => why.to_owned(),
        _ => format!("{why}. Trước đó đã ghi xong {operations} thao tác, xem ở Nhật ký"),
    }
}

/// "Sở Nội vụ, chính thức Quý IV/2023" for the subject of a notice or a contribution, `Sở Nội vụ: 2023-Q4 chinh-thuc` or
/// without filing.
fn addressed(subject: &str) -> String {
    let Some((agency, about)) = subject.rsplit_once(": ") else { return subject.to_owned() };
    let about = filed(about).or_else(|| Some(super::period(&about.parse().ok()?))).unwrap_or_else(|| about.to_owned());
    format!("{agency}, {about}")
}

/// "chính thức Quý IV/2023" for the subject of a filing, `2023-Q4 chinh-thuc`.
fn filed(subject: &str) -> Option<String> {
    let (period, slug) = subject.split_once(' ')?;
    Some(format!("{} {}", super::filing(FilingKind::from_slug(slug)?), super::period(&period.parse().ok()?)))
}

/// "danh mục ấn bản 2" for the subject of an edition, `quang-tri-2023 v2`.
fn edition(subject: &str) -> Option<String> {
    let (_, version) = subject.rsplit_once(" v")?;
    Some(format!("danh mục ấn bản {}", version.parse::<u32>().ok()?))
}

/// "báo cáo chính thức Quý IV/2023", "số liệu phối hợp chính thức Quý IV/2023 gửi Sở Nội vụ".
pub fn filing_in_full(catalogue: &Catalogue, filing: &Filing) -> String {
    let what = format!("{} {}", super::filing(filing.kind), super::period(&filing.period));
    match filing.recipient == catalogue.plan.receiver {
        true => format!("báo cáo {what}"),
        false => format!("số liệu phối hợp {what} gửi {}", catalogue.agency_name(&filing.recipient)),
    }
}

pub fn operation_kind(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::Record => "Nhập",
        OperationKind::Load => "Nạp bảng",
        OperationKind::Attach => "Đính kèm minh chứng",
        OperationKind::File => "Nộp báo cáo",
        OperationKind::Merge => "Nhập gói",
        OperationKind::Resolve => "Chọn số liệu",
        OperationKind::Receipt => "Báo nhận",
        OperationKind::Return => "Trả lại",
        OperationKind::Request => "Yêu cầu phối hợp",
        OperationKind::Notice => "Nhập thông báo",
        OperationKind::Rescue => "Cứu số liệu",
        OperationKind::Amend => "Lập ấn bản danh mục",
        OperationKind::Publish => "Xuất gói danh mục",
        OperationKind::Adopt => "Nhận danh mục",
        OperationKind::Undo => "Hoàn tác",
        OperationKind::Redo => "Làm lại",
    }
}
