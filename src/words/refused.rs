//! Why an action of the officer was refused. Nothing was changed.

use super::{filing_in_full, finding, operation, period, store_error};
use crate::catalogue::Catalogue;
use crate::ops::OpsError;
use crate::record::{Finding, Key, Operation, OperationKind};

/// So many refused entries are named; the others are counted.
const NAMED: usize = 3;

/// "M05 của UBND thành phố Đông Hà, Quý IV/2023".
pub fn record(catalogue: &Catalogue, key: &Key) -> String {
    format!("{} của {}, {}", key.base_item(), catalogue.agency_name(&key.agency), period(&key.period))
}

/// What was refused, and what to do.
pub fn ops_error(error: &OpsError, catalogue: &Catalogue) -> String {
    let named = |key: &Key| record(catalogue, key);
    match error {
        OpsError::Store(error) => store_error(error),
        OpsError::Stale { key } => {
            format!("Số liệu {} vừa được thay đổi ở nơi khác: xem số mới rồi làm lại", named(key))
        }
        OpsError::Refused(entries) => refused(entries, catalogue),
        OpsError::UnknownItem(item) => {
            format!("Không có mục “{item}” trong danh mục: kiểm tra lại mã, ví dụ M05, V01 hoặc I.1")
        }
        OpsError::UnknownAgency(agency) => {
            format!("Không có cơ quan “{agency}” trong danh mục: xem mã cơ quan bằng lệnh dti catalogue")
        }
        OpsError::NotAllowed(key) => format!(
            "Không được nhập {} từ tệp này: cơ quan đó, cơ quan chủ trì nhiệm vụ hoặc đơn vị tổng hợp mới nhập được",
            named(key)
        ),
        OpsError::InConflict(key) => {
            format!("{} đang có nhiều số liệu khác nhau: chọn số liệu đúng trước rồi mới nhập tiếp", named(key))
        }
        OpsError::NoConflict(key) => {
            format!("{} chỉ có một số liệu, không phải chọn: muốn đổi thì nhập số mới", named(key))
        }
        OpsError::UnknownRevision(id) => format!("Không có phiên bản “{id}”: xem mã trong lịch sử của mục"),
        OpsError::AmbiguousRevision(id) => format!("Nhiều phiên bản có mã bắt đầu bằng “{id}”: ghi mã dài hơn"),
        OpsError::NothingToUndo => "Không có thao tác nào để hoàn tác".to_owned(),
        OpsError::NothingToRedo => "Không có thao tác nào để làm lại".to_owned(),
        OpsError::UnknownOperation(id) => format!("Không có thao tác “{id}”: xem mã trong nhật ký"),
        OpsError::AmbiguousOperation(id) => format!("Nhiều thao tác có mã bắt đầu bằng “{id}”: ghi mã dài hơn"),
        OpsError::NotUndoable(of) => format!("Không hoàn tác được {}: {}", quoted(of), instead(of)),
        OpsError::AlreadyUndone(of) => {
            format!("{} đã được hoàn tác từ trước: muốn lấy lại thì chọn “Làm lại”", quoted(of))
        }
        OpsError::UndoBlocked { operation, by } => format!(
            "Chưa hoàn tác được {} vì thao tác sau đã đổi cùng số liệu: hoàn tác trước {}",
            quoted(operation),
            // The newest has to go first.
            by.iter().rev().map(quoted).collect::<Vec<_>>().join(", ")
        ),
        OpsError::UndoFiled { operation, filing } => format!(
            "Không hoàn tác được {} vì số liệu đã nằm trong {}: nhập số đúng rồi nộp bổ sung",
            quoted(operation),
            filing_in_full(catalogue, filing)
        ),
        OpsError::UndoPublished(of) => format!(
            "Không hoàn tác được {} vì gói danh mục đã xuất, cơ quan khác có thể đã dùng: sửa tiếp thành ấn bản sau",
            quoted(of)
        ),
        OpsError::NotTheReceiver => format!(
            "Chỉ {} sửa được danh mục: cơ quan khác nhận danh mục bằng gói, ở màn hình Gói nhận",
            catalogue.agency_name(&catalogue.plan.receiver)
        ),
        OpsError::Amend(error) => super::amend_error(error, catalogue),
        OpsError::Edition(error) => super::edition_error(error, catalogue),
        OpsError::NothingToPublish => {
            "Danh mục đang dùng là bản có sẵn trong chương trình, cơ quan nào cũng có: không cần xuất gói".to_owned()
        }
        OpsError::FilingOutOfTurn { agency, period: id, kind } => format!(
            "Báo cáo {} {} của {} không đúng thứ tự nộp: mở lại trang nộp báo cáo rồi nộp lại",
            super::filing(*kind),
            period(id),
            catalogue.agency_name(agency)
        ),
        OpsError::EvidenceChanged { name } => {
            format!("Tệp minh chứng “{name}” không còn đúng như khi được ghi nhận: đính kèm lại tệp đúng")
        }
        OpsError::SourceChanging { name } => format!(
            "Tệp “{name}” đang bị sửa trong khi được đọc, chưa đính kèm tệp nào: lưu và đóng tệp ở chương trình khác rồi đính kèm lại"
        ),
        OpsError::UnknownEvidence(hash) => format!(
            "Chưa có tệp minh chứng {}…: nhập gói có kèm tệp, hoặc đề nghị đơn vị gửi lại",
            hash.get(..12).unwrap_or(hash)
        ),
        OpsError::UnknownKey { agency, code } => format!(
            "Chưa có gói nào của {} ký bằng khóa {code}: xem các khóa đã biết bằng lệnh dti keys",
            catalogue.agency_name(agency)
        ),
        OpsError::PackageChanged { file_name } => {
            format!("Gói {file_name} đã khác lúc xem trước: xem trước lại rồi mới nhập")
        }
        OpsError::UnknownPackage(hash) => format!(
            "Không có gói {}… trong các gói đã nhận: xem lại danh sách ở Gói nhận",
            hash.get(..12).unwrap_or(hash)
        ),
        OpsError::Stream { name, detail } => {
            format!("Không đọc hoặc ghi được {name} ({detail}): kiểm tra ổ đĩa và quyền truy cập rồi thử lại")
        }
    }
}

fn refused(entries: &[(Key, Finding)], catalogue: &Catalogue) -> String {
    let mut sentences: Vec<String> = entries
        .iter()
        .take(NAMED)
        .map(|(key, found)| format!("{}: {}", record(catalogue, key), finding(found)))
        .collect();
    if entries.len() > NAMED {
        sentences.push(format!("và {} mục khác", entries.len() - NAMED));
    }
    format!("Chưa lưu được. {}", sentences.join("; "))
}

fn quoted(of: &Operation) -> String {
    format!("“{}”", operation(of))
}

/// What to do where an operation cannot be undone.
fn instead(of: &Operation) -> &'static str {
    match of.kind {
        OperationKind::File => "báo cáo đã nộp không rút lại được, hãy nộp báo cáo bổ sung",
        OperationKind::Undo => "chọn “Làm lại”",
        OperationKind::Rescue => "nhập lại những số liệu chưa chắc đúng",
        OperationKind::Redo => "hoàn tác chính thao tác đã được làm lại",
        OperationKind::Record
        | OperationKind::Load
        | OperationKind::Attach
        | OperationKind::Merge
        | OperationKind::Resolve => "nhập lại số liệu đúng",
        OperationKind::Receipt | OperationKind::Return | OperationKind::Request | OperationKind::Notice => {
            "gửi giấy báo khác"
        }
        OperationKind::Amend | OperationKind::Publish => "sửa tiếp thành ấn bản sau",
        OperationKind::Adopt => "cơ quan của tệp này chỉ có trong danh mục đó, hãy giữ danh mục ấy",
    }
}
