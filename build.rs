//! Gives the Windows program its icon, its version and its manifest. Does nothing for other systems.

use std::io;

use winresource::WindowsResource;

/// Vietnamese (Viet Nam), as Windows numbers languages.
const VIETNAMESE: u16 = 0x042A;

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=assets/icons/dti.ico");
    println!("cargo:rerun-if-changed=assets/windows/dti.manifest");
    if std::env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return Ok(());
    }
    WindowsResource::new()
        .set_icon("assets/icons/dti.ico")
        .set_manifest_file("assets/windows/dti.manifest")
        .set_language(VIETNAMESE)
        .set("ProductName", "DTI Quảng Trị")
        .set("FileDescription", "DTI Quảng Trị: báo cáo chỉ số chuyển đổi số")
        .set("OriginalFilename", "dti.exe")
        .set("InternalName", "dti")
        .set("LegalCopyright", "MIT OR Apache-2.0")
        .compile_for("dti")
}
