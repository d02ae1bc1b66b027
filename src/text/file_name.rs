//! File names: which ones Windows cannot keep, and what they become there.

/// True for a name that Windows keeps for a device, with whatever extension and in whatever case: `CON`, `aux.dti`.
/// Source: <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>.
pub fn is_device_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let numbered = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    let is_port = numbered
        .is_some_and(|n| matches!(n, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"));
    is_port || matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
}

/// True for the name of a data package, also of a copy that a mail program numbered: `DTI_so-noi-vu_2023-Q4_chinh-thuc (1).zip`.
pub fn is_package_name(name: &str) -> bool {
    name.starts_with("DTI_") && name.to_ascii_lowercase().ends_with(".zip")
}

/// The name as every Windows PC can keep it: what it forbids becomes `_`, a device's name gets one in front. Others stay.
/// Source: as for [`is_device_name`].
pub fn portable_file_name(name: &str) -> String {
    let forbidden = |c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*');
    let kept: String = name.chars().map(|c| if forbidden(c) { '_' } else { c }).collect();
    // Explorer cannot even delete a file whose name ends in a dot or a space.
    let kept = kept.trim_end_matches(['.', ' ']);
    if kept.is_empty() || is_device_name(kept) { format!("_{kept}") } else { kept.to_owned() }
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

    #[test]
    fn a_package_is_known_by_its_name_also_where_a_mail_program_numbered_it() {
        for name in ["DTI_so-noi-vu_2023-Q4_chinh-thuc.zip", "DTI_so-noi-vu_2023-Q4_chinh-thuc (2).ZIP"] {
            assert!(is_package_name(name), "{name}");
        }
        for name in ["minh-chung.zip", "DTI_so-noi-vu_2023-Q4_chinh-thuc.pdf", "Ảnh DTI_.zip"] {
            assert!(!is_package_name(name), "{name}");
        }
    }

    #[test]
    fn a_name_that_windows_cannot_keep_is_changed_and_others_are_not() {
        let names = [
            ("Báo cáo số 12/BC-SNV: quý IV?.pdf", "Báo cáo số 12_BC-SNV_ quý IV_.pdf"),
            ("aux.pdf", "_aux.pdf"),
            ("bản cuối. ", "bản cuối"),
            ("...", "_"),
            ("..\\..\\a.exe", ".._.._a.exe"),
            ("minh chứng (1) 100%.pdf", "minh chứng (1) 100%.pdf"),
        ];
        for (name, kept) in names {
            assert_eq!(portable_file_name(name), kept);
            assert_eq!(portable_file_name(kept), kept);
        }
    }
}
