//! Vietnamese text: NFC, folding for search, sorting, numbers and dates. Pure.

use unicode_normalization::UnicodeNormalization;

/// NFC, trimmed.
pub fn clean(text: &str) -> String {
    text.nfc().collect::<String>().trim().to_owned()
}
