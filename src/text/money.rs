//! Sums of money with their unit in words: "2 tỷ", "1,5 triệu đồng". Exact, and only between units of đồng.

use rust_decimal::Decimal;

use super::fold;
use super::number::{NumberError, parse_decimal};

/// What one of each unit is, as a power of ten of đồng. A longer name comes before one that ends like it.
const UNITS: [(&str, u32); 12] = [
    ("ty dong", 9),
    ("ti dong", 9),
    ("trieu dong", 6),
    ("nghin dong", 3),
    ("ngan dong", 3),
    ("dong", 0),
    ("vnd", 0),
    ("trieu", 6),
    ("nghin", 3),
    ("ngan", 3),
    ("ty", 9),
    ("ti", 9),
];

/// Reads a sum with its unit in words, in the unit asked for (`tỷ đồng`): "1,5 triệu đồng" in tỷ đồng is 0.0015.
///
/// None where the text names no unit, or `unit` is none of money: then it is a plain number, or no number.
///
/// # Errors
/// As [`parse_decimal`]; the two readings of an ambiguous number are in the unit asked for.
pub fn parse_sum(text: &str, unit: &str) -> Option<Result<Decimal, NumberError>> {
    let asked = power(unit)?;
    let at = text.find(char::is_alphabetic)?;
    let (number, named) = text.split_at(at);
    let given = power(named)?;
    let converted = |sum: Decimal| scaled(sum, given, asked);
    Some(match parse_decimal(number) {
        Ok(sum) => converted(sum),
        Err(NumberError::Ambiguous { as_thousands, as_decimal }) => {
            match (converted(as_thousands), converted(as_decimal)) {
                (Ok(as_thousands), Ok(as_decimal)) => Err(NumberError::Ambiguous { as_thousands, as_decimal }),
                (Err(error), _) | (_, Err(error)) => Err(error),
            }
        }
        Err(error) => Err(error),
    })
}

/// True where both are units of money and not the same: "triệu đồng" and "tỷ đồng".
pub fn differ(one: &str, other: &str) -> bool {
    power(one).zip(power(other)).is_some_and(|(one, other)| one != other)
}

/// The unit of money that a line above a table or a heading names: "Đơn vị tính: triệu đồng", "Kinh phí (triệu đồng)".
pub fn named_in(text: &str) -> Option<&str> {
    let pieces = text.split([':', '(', ')', '[', ']', ',', ';']).map(|piece| piece.trim().trim_end_matches('.'));
    pieces.into_iter().find(|piece| power(piece).is_some())
}

fn power(unit: &str) -> Option<u32> {
    UNITS.iter().find(|(name, _)| *name == fold(unit)).map(|(_, power)| *power)
}

/// The sum in another unit, within the limits of a typed number.
fn scaled(sum: Decimal, from: u32, to: u32) -> Result<Decimal, NumberError> {
    let moved = if from >= to {
        sum.checked_mul(Decimal::from(10_u64.pow(from - to)))
    } else {
        sum.checked_div(Decimal::from(10_u64.pow(to - from)))
    };
    let moved = moved.ok_or(NumberError::TooBig)?.normalize();
    super::number::parse_plain(&super::number::plain(moved))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str, plain: &str) {
        let read = parse_sum(text, "tỷ đồng").expect("a unit").map(super::super::number::plain);
        assert_eq!(read, Ok(plain.to_owned()), "{text}");
    }

    #[test]
    fn a_sum_is_read_in_the_unit_asked_for() {
        reads("2 tỷ", "2");
        reads("2,5 tỉ đồng", "2.5");
        reads("1,5 triệu đồng", "0.0015");
        reads("850 triệu", "0.85");
        reads("1.200.000.000 đồng", "1.2");
        reads("1.200.000.000 VNĐ", "1.2");
        reads("350 nghìn đồng", "0.00035");
        reads("3 TY\u{309} ĐỒNG", "3");
        assert_eq!(parse_sum("2 tỷ", "triệu đồng"), Some(Ok(Decimal::from(2_000))));
    }

    #[test]
    fn a_unit_is_found_where_tables_name_it() {
        for text in ["Đơn vị tính: triệu đồng", "Kinh phí (Triệu đồng)", "(ĐVT: %, triệu đồng)", "Triệu đồng"]
        {
            assert_eq!(named_in(text).map(fold).as_deref(), Some("trieu dong"), "{text}");
        }
        for text in ["Kinh phí triệu đồng bào", "Tỷ lệ (%)", "Đơn vị tính: người", ""] {
            assert_eq!(named_in(text), None, "{text}");
        }
        assert!(differ("triệu đồng", "tỷ đồng") && !differ("TỈ ĐỒNG", "tỷ đồng") && !differ("%", "tỷ đồng"));
    }

    #[test]
    fn what_can_be_read_two_ways_is_still_refused_with_both() {
        let both = NumberError::Ambiguous { as_thousands: Decimal::new(1_234, 3), as_decimal: Decimal::new(1_234, 6) };
        assert_eq!(parse_sum("1.234 triệu", "tỷ đồng"), Some(Err(both)));
    }

    #[test]
    fn other_words_and_other_units_are_no_sums() {
        for (text, unit) in [
            ("2", "tỷ đồng"),
            ("2 tỷ lượt", "tỷ đồng"),
            ("2 đô la", "tỷ đồng"),
            ("2 tỷ", "%"),
            ("2 tỷ", "lần/tuần"),
            ("", "tỷ đồng"),
        ] {
            assert_eq!(parse_sum(text, unit), None, "{text} in {unit}");
        }
        assert_eq!(parse_sum("tỷ", "tỷ đồng"), Some(Err(NumberError::Empty)));
        assert_eq!(parse_sum("0,5 đồng", "tỷ đồng"), Some(Err(NumberError::TooPrecise)));
        assert_eq!(parse_sum("9999999 tỷ", "đồng"), Some(Err(NumberError::TooBig)));
    }
}
