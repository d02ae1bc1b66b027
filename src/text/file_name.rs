//! File names: which ones Windows cannot keep.

/// True for a name that Windows keeps for a device, with whatever extension and in whatever case: `CON`, `aux.dti`.
/// Source: <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>.
pub fn is_device_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let numbered = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    let is_port = numbered
        .is_some_and(|n| matches!(n, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"));
    is_port || matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn device_names_are_known_with_any_extension_and_in_any_case() {
        for name in ["CON", "aux.dti", "Nul.tar.gz", "com1.dti", "LPT9", "prn .txt", "com¹"] {
            assert!(is_device_name(name), "{name}");
        }
        for name in ["console.dti", "com10.dti", "COM.dti", "báo cáo.con", "lpt", ""] {
            assert!(!is_device_name(name), "{name}");
        }
    }
}
