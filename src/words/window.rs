//! Why there is no window, said without one.

use std::path::Path;

use crate::platform::renderer::{Renderer, UnknownRenderer};
use crate::text::elide;

/// Characters of a driver's own words that a message has room for; the log has them all.
const REASON: usize = 160;

/// There is no screen to open a window on.
pub fn no_display() -> &'static str {
    "Không có màn hình đồ hoạ để mở cửa sổ (DISPLAY và WAYLAND_DISPLAY đều trống).\n\
     Xem thử trọn việc không cần cửa sổ: dti demo --no-window. Mọi việc khác có trong dòng lệnh: dti help."
}

/// Nothing that could draw the window works on this PC. `log` is where the reasons are.
pub fn no_renderer(reason: &str, log: &Path) -> String {
    let tried: Vec<&str> = Renderer::ALL.iter().map(|r| renderer(*r)).collect();
    format!(
        "Không mở được cửa sổ: máy này không vẽ được bằng {}.\n\n\
         Số liệu không bị ảnh hưởng. Hãy cập nhật trình điều khiển màn hình (driver) rồi khởi động lại máy. Vẫn không \
         được thì gửi tệp nhật ký cho người hỗ trợ:\n{}\n\n\
         Trong lúc chờ, mọi việc làm được bằng dòng lệnh: dti help; xem thử: dti demo --no-window.\n\n({})",
        tried.join(" và "),
        log.display(),
        elide(reason, REASON)
    )
}

/// A slip in `--renderer`.
pub fn unknown_renderer(error: &UnknownRenderer) -> String {
    let known: Vec<&str> = Renderer::ALL.iter().map(|r| r.name()).collect();
    format!("--renderer không nhận \"{}\": chọn {}.", error.0, known.join(" hoặc "))
}

fn renderer(renderer: Renderer) -> &'static str {
    match renderer {
        Renderer::Glow => "OpenGL",
        Renderer::Wgpu => "DirectX 12",
    }
}
