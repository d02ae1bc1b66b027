//! Sizes of files, as Windows Explorer counts them: 1 KB is 1024 bytes.

const UNITS: [&str; 5] = ["B", "KB", "MB", "GB", "TB"];

/// Writes a number of bytes for reading: `812 KB`, `3,4 MB`. One decimal below 100 of a unit, none above.
pub fn format_size(bytes: u64) -> String {
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut unit = 1;
    // Up a unit as soon as rounding would print `1024`.
    while unit + 1 < UNITS.len() && rounded(bytes, unit, 1) >= 1024 {
        unit += 1;
    }
    let tenths = rounded(bytes, unit, 10);
    let name = UNITS[unit];
    match (tenths / 10, tenths % 10) {
        (0..=99, tenth @ 1..) => format!("{},{tenth} {name}", tenths / 10),
        (0..=99, _) => format!("{} {name}", tenths / 10),
        _ => format!("{} {name}", rounded(bytes, unit, 1)),
    }
}

/// The size in `1 / parts` of a unit, half rounded up.
fn rounded(bytes: u64, unit: usize, parts: u128) -> u128 {
    let size = 1_u128 << (10 * unit);
    (u128::from(bytes) * parts + size / 2) / size
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_are_written_in_the_largest_fitting_unit() {
        assert_eq!(format_size(0), "0 B");
        assert_eq!(format_size(1023), "1023 B");
        assert_eq!(format_size(1024), "1 KB");
        assert_eq!(format_size(812 * 1024), "812 KB");
        assert_eq!(format_size(3_565_158), "3,4 MB");
        assert_eq!(format_size(25 * 1024 * 1024), "25 MB");
        assert_eq!(format_size(3 << 29), "1,5 GB");
        assert_eq!(format_size(u64::MAX), "16777216 TB");
    }

    #[test]
    fn rounding_never_prints_a_full_next_unit() {
        assert_eq!(format_size(1024 * 1024 - 1), "1 MB");
        assert_eq!(format_size(1024 * 1024 * 1024 - 1), "1 GB");
        assert_eq!(format_size(102_399), "100 KB");
    }

    proptest! {
        #[test]
        fn every_size_below_a_pebibyte_is_short(bytes in 0_u64..1 << 50) {
            prop_assert!(format_size(bytes).chars().count() <= 7);
        }
    }
}
