//! Filing and importing packages: what went wrong, and what to do about it.

use std::io::{self, ErrorKind};

use super::{ops_error, period, record, refusal, write_error};
use crate::catalogue::Catalogue;
use crate::exchange::ExchangeError;

pub fn exchange_error(error: &ExchangeError, catalogue: &Catalogue) -> String {
    match error {
        ExchangeError::Ops(error) => ops_error(error, catalogue),
        ExchangeError::Write(error) => write_error(error),
        ExchangeError::Report(detail) => {
            format!("Không lập được báo cáo kèm trong gói ({detail}): thử lại, nếu vẫn lỗi thì báo cho người hỗ trợ")
        }
        ExchangeError::Io { path, error } => {
            format!("{}: {}; chọn chỗ khác hoặc thử lại", path.display(), io_error(error))
        }
        ExchangeError::Exists(path) => format!("Đã có {}: chọn tên khác hoặc thư mục khác", path.display()),
        ExchangeError::KeyFile { path, reason } => format!("{}: {}", path.display(), super::key_file_error(*reason)),
        ExchangeError::NothingToFile { agency, period: id } => format!(
            "{} chưa có số liệu nào của {}: nhập số liệu trước khi nộp",
            catalogue.agency_name(agency),
            period(id)
        ),
        ExchangeError::NothingToContribute { lead, period: id } => format!(
            "Chưa có số liệu {} nào cho nhiệm vụ do {} chủ trì: nhập số liệu trước khi gửi",
            period(id),
            catalogue.agency_name(lead)
        ),
        ExchangeError::ToOneself(agency) => format!(
            "{} không gửi số liệu phối hợp cho chính mình: chọn cơ quan chủ trì khác, hoặc nộp báo cáo",
            catalogue.agency_name(agency)
        ),
        ExchangeError::NothingReceived { agency, period: id } => format!(
            "Chưa nhập gói {} nào của {}: nhập gói của đơn vị đó trước",
            period(id),
            catalogue.agency_name(agency)
        ),
        ExchangeError::NotInReport(key) => {
            format!("Gói đã nhận không có {}: chỉ trả lại được mục có trong gói", record(catalogue, key))
        }
        ExchangeError::NoReason(key) => {
            format!("Chưa ghi lý do trả lại {}: ghi lý do để đơn vị biết phải sửa gì", record(catalogue, key))
        }
        ExchangeError::NothingNamed => "Chưa chọn mục nào: chọn ít nhất một chỉ tiêu hoặc nhiệm vụ".to_owned(),
        ExchangeError::NotLed(item) => {
            format!("Đơn vị này không chủ trì {item}: chỉ yêu cầu phối hợp được với mục mình chủ trì")
        }
        ExchangeError::KeptPackage { file_name, reason } => {
            format!("Không đọc lại được gói đã lưu {file_name}. {}", refusal(reason))
        }
        ExchangeError::FirstEdition { path, reason } => format!("{}: {}", path.display(), refusal(reason)),
        ExchangeError::NothingToCopy => "Tệp chưa có số liệu nào để chép: nhập số liệu trước".to_owned(),
        ExchangeError::NoPackages(path) => format!("Thư mục {} không có gói dữ liệu (.zip) nào", path.display()),
        ExchangeError::NothingOwed { agency, period: id } => {
            format!("{} không có mục nào phải báo cáo trong {}", catalogue.agency_name(agency), period(id))
        }
        ExchangeError::NobodyLate(id) => format!("Mọi đơn vị đã nộp báo cáo {}: không còn ai để gửi", period(id)),
        ExchangeError::OnlyReceiver => {
            let receiver = catalogue.agency_name(&catalogue.plan.receiver);
            format!("Thư đôn đốc do {receiver} soạn, trong tệp làm việc của {receiver}")
        }
        ExchangeError::Cancelled => "Đã hủy; việc đã xong trước khi hủy được giữ nguyên".to_owned(),
    }
}

/// Why a file or folder cannot be read or written; the system's own words only where we have none.
pub fn io_error(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "không tìm thấy",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "không có quyền đọc hoặc ghi",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "ổ đĩa đầy",
        ErrorKind::IsADirectory => "là thư mục",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "không phải thư mục",
        ErrorKind::ResourceBusy => "đang được chương trình khác dùng",
        _ => return error.to_string(),
    };
    known.to_owned()
}
