//! Entries of the operation log, as the undo button and the log call them.

use crate::record::{Operation, OperationKind};

/// "Nhập M05", "Gộp gói DTI_so-noi-vu_2023-Q4_chinh-thuc.zip".
pub fn operation(operation: &Operation) -> String {
    let kind = operation_kind(operation.kind);
    match (operation.kind, operation.subject.as_str()) {
        (_, "") => kind.to_owned(),
        (OperationKind::Undo | OperationKind::Redo, subject) => format!("{kind}: {subject}"),
        (_, subject) => format!("{kind} {subject}"),
    }
}

pub fn operation_kind(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::Record => "Nhập",
        OperationKind::Load => "Nạp bảng",
        OperationKind::Attach => "Đính kèm minh chứng",
        OperationKind::File => "Nộp báo cáo",
        OperationKind::Merge => "Gộp gói",
        OperationKind::Resolve => "Chọn số liệu",
        OperationKind::Undo => "Hoàn tác",
        OperationKind::Redo => "Làm lại",
    }
}
