//! Filing and importing packages: what went wrong, and what to do about it.

use std::io::ErrorKind;

use super::{ops_error, period, write_error};
use crate::catalogue::Catalogue;
use crate::exchange::ExchangeError;

pub fn exchange_error(error: &ExchangeError, catalogue: &Catalogue) -> String {
    match error {
        ExchangeError::Ops(error) => ops_error(error, catalogue),
        ExchangeError::Write(error) => write_error(error),
        ExchangeError::Io { path, error } => {
            let why = match error.kind() {
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "không có quyền ghi; chọn thư mục khác",
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "ổ đĩa đầy; dọn bớt hoặc chọn ổ khác",
                ErrorKind::NotFound => "không tìm thấy; kiểm tra lại đường dẫn",
                ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "không phải thư mục; chọn một thư mục",
                _ => "lỗi đọc, ghi; thử lại hoặc chọn chỗ khác",
            };
            format!("{}: {why} ({error})", path.display())
        }
        ExchangeError::NothingToFile { agency, period: id } => format!(
            "{} chưa có số liệu nào của {}: nhập số liệu trước khi nộp",
            catalogue.agency_name(agency),
            period(id)
        ),
        ExchangeError::NoPackages(path) => format!("Thư mục {} không có gói dữ liệu (.zip) nào", path.display()),
        ExchangeError::Cancelled => "Đã hủy; việc đã xong trước khi hủy được giữ nguyên".to_owned(),
    }
}
