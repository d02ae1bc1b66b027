//! Vietnamese text: NFC, folding for search, sorting, numbers and dates. Pure.
