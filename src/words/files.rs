//! Files outside the workspace that cannot be read or written.

use std::io::{self, ErrorKind};
use std::path::Path;

/// "/media/usb/a.zip: không có quyền đọc, ghi; chọn chỗ khác".
pub fn file_error(path: &Path, error: &io::Error) -> String {
    let why = match error.kind() {
        ErrorKind::NotFound => "không tìm thấy; kiểm tra lại đường dẫn",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "không có quyền đọc, ghi; chọn chỗ khác",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "ổ đĩa đầy; dọn bớt hoặc chọn ổ khác",
        ErrorKind::IsADirectory => "là thư mục, không phải tệp; chọn một tệp",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "không phải thư mục; chọn một thư mục",
        _ => return format!("{}: lỗi đọc, ghi ({error}); thử lại hoặc chọn chỗ khác", path.display()),
    };
    format!("{}: {why}", path.display())
}

/// Why a file that someone else wrote to, or replaced, could not be read to its end.
pub fn changed_while_read() -> &'static str {
    "tệp bị thay đổi trong khi đọc"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_file_and_what_to_do() {
        let error = io::Error::from(ErrorKind::NotFound);
        let text = file_error(Path::new("/tmp/gói.zip"), &error);
        assert_eq!(text, "/tmp/gói.zip: không tìm thấy; kiểm tra lại đường dẫn");
    }
}
