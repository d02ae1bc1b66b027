//! `dti help`, `--help` and `--version`, made from the commands' own declarations.

use std::ffi::OsString;

use super::{COMMANDS, Command, Environment, Exit, Failure, command};
use crate::table::near;

/// The words that ask for help or the version.
pub(super) const WORDS: &[&str] = &["help", "--help", "-h", "--version", "-V"];

pub(super) fn run(word: &str, args: &[OsString], env: &mut Environment<'_>) -> Result<Exit, Failure> {
    if matches!(word, "--version" | "-V") {
        env.print(&format!("dti {}\n", env!("CARGO_PKG_VERSION")));
        return Ok(Exit::Done);
    }
    let text = match args.first() {
        None => overview(),
        Some(name) => {
            let name = name.to_string_lossy();
            of(command(&name).ok_or_else(|| unknown(&name))?)
        }
    };
    env.print(&text);
    Ok(Exit::Done)
}

pub(super) fn unknown(word: &str) -> Failure {
    let near = near(word, COMMANDS.iter().map(|c| c.name));
    let hint = if near.is_empty() { String::new() } else { format!(" Có phải là: {}?", near.join(", ")) };
    Failure::usage(format!("Không có lệnh \"{word}\".{hint} Gõ \"dti help\" để xem các lệnh."))
}

/// `Cách dùng: dti set FILE ...`
pub(super) fn usage(command: &Command) -> String {
    format!("Cách dùng: dti {} {}", command.name, command.arguments).trim_end().to_owned()
}

pub(super) fn of(command: &Command) -> String {
    format!("{}\n\n{}\n", command.about, usage(command))
}

fn overview() -> String {
    let width = COMMANDS.iter().map(|c| c.name.len()).max().unwrap_or_default();
    let commands: String = COMMANDS
        .iter()
        .map(|c| format!("  {:width$}  {}\n", c.name, c.about.lines().next().unwrap_or_default()))
        .collect();
    format!(
        "DTI Quảng Trị {version}: theo dõi, báo cáo và tổng hợp chỉ số chuyển đổi số.\n\n\
         Cách dùng:\n  dti [FILE]             mở cửa sổ, với tệp làm việc FILE hoặc tệp dùng lần trước\n  \
         dti --renderer R ...   cửa sổ do R vẽ: glow (OpenGL) hoặc, trên Windows, wgpu (DirectX 12)\n  \
         dti LỆNH [THAM SỐ]     chạy một lệnh; \"dti help LỆNH\" để xem cách dùng\n\n\
         Các lệnh:\n{commands}\n\
         Kỳ báo cáo: 2023-Q4 (quý), 2023 (năm), dx-2023-10-05-bao-cao-nhanh (đột xuất, kèm hạn nộp).\n\
         Mã: chỉ tiêu M01, A1, D01, V01...; nhiệm vụ I.1 đến VIII.3; cơ quan như so-noi-vu. Xem: dti catalogue.\n\
         Số: 1234.5 hoặc 1234,5; số đọc được hai cách như 1.234 bị từ chối.\n\
         --json in đúng một văn bản JSON ra đầu ra chuẩn; thông báo ra đầu ra lỗi.\n\n\
         Mã kết thúc: 0 xong; 1 xong nhưng còn việc chờ người xử lý (mâu thuẫn, thiếu số liệu); 2 sai cách dùng;\n\
         3 đầu vào bị từ chối; 4 tệp hỏng, đang bị khóa hoặc không ghi được.\n\n\
         Biến môi trường DTI_NOW (RFC 3339, ví dụ 2023-12-20T08:00:00+07:00) đặt thời điểm hiện tại, dùng cho kiểm thử\n\
         và tự động hóa.\n",
        version = env!("CARGO_PKG_VERSION"),
    )
}
