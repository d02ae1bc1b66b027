//! The columns that a table may have, and the headings by which they go.

use super::Field;

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// The id of the indicator or task.
    Item,
    Agency,
    /// The unit of the row's figure.
    Unit,
    Field(Field),
}

/// Each column with its name on the command line and, without case and diacritics, the headings that offices give it.
const NAMES: [(Column, &str, &[&str]); 17] = [
    (Column::Item, "item", &["ma", "ma-chi-tieu", "ma-so", "ma-nhiem-vu", "ma-chi-tieu-nhiem-vu"]),
    (Column::Agency, "agency", &["co-quan", "ma-co-quan", "don-vi", "ma-don-vi", "co-quan-don-vi"]),
    (Column::Unit, "unit", &["don-vi-tinh", "dvt"]),
    (Column::Field(Field::Numerator), "numerator", &["tu-so"]),
    (Column::Field(Field::Denominator), "denominator", &["mau-so"]),
    (Column::Field(Field::Value), "value", &["gia-tri", "so-lieu"]),
    (Column::Field(Field::Status), "status", &["trang-thai", "tinh-trang", "tinh-hinh"]),
    (Column::Field(Field::Percent), "percent", &["ty-le", "ti-le", "phan-tram", "tien-do"]),
    (Column::Field(Field::Result), "result", &["ket-qua", "ket-qua-thuc-hien"]),
    (Column::Field(Field::Difficulty), "difficulty", &["kho-khan", "kho-khan-vuong-mac", "vuong-mac"]),
    (Column::Field(Field::Cause), "cause", &["nguyen-nhan"]),
    (Column::Field(Field::Proposal), "proposal", &["kien-nghi", "de-xuat", "de-xuat-kien-nghi", "kien-nghi-de-xuat"]),
    (Column::Field(Field::Note), "note", &["ghi-chu"]),
    (Column::Field(Field::Reason), "reason", &["ly-do", "li-do"]),
    (Column::Field(Field::Symbol), "symbol", &["so-ky-hieu", "so-hieu", "ky-hieu"]),
    (Column::Field(Field::Date), "date", &["ngay", "ngay-ban-hanh"]),
    (Column::Field(Field::Title), "title", &["trich-yeu"]),
];

impl Column {
    pub fn all() -> impl Iterator<Item = Column> {
        NAMES.iter().map(|(column, ..)| *column)
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(column, ..)| *column == self).map_or("", |(_, name, _)| name)
    }
}

/// The column that a heading names, in English as on the command line or in Vietnamese.
pub(super) fn named(slug: &str) -> Option<Column> {
    NAMES.iter().find(|(_, name, headings)| *name == slug || headings.contains(&slug)).map(|(column, ..)| *column)
}

/// The field whose name a longer heading begins with: "Tử số (người)", "Kết quả thực hiện quý IV".
///
/// Not the item, the agency and the unit: "Đơn vị chủ trì" may be no agency.
pub(super) fn beginning(slug: &str) -> Option<Column> {
    let fields = NAMES.iter().filter(|(column, ..)| matches!(column, Column::Field(_)));
    let names = fields.flat_map(|(column, name, headings)| {
        std::iter::once(name).chain(headings.iter()).map(move |heading| (*column, *heading))
    });
    let begins =
        |heading: &str| slug.strip_prefix(heading).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    names.filter(|(_, heading)| begins(heading)).max_by_key(|(_, heading)| heading.len()).map(|(column, _)| column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_begins_with_a_field_by_whole_words_only() {
        assert_eq!(beginning("tu-so-nguoi"), Some(Column::Field(Field::Numerator)));
        assert_eq!(beginning("ket-qua-thuc-hien-quy-iv"), Some(Column::Field(Field::Result)));
        assert_eq!(beginning("ngay-ban-hanh-van-ban"), Some(Column::Field(Field::Date)));
        for other in ["don-vi-tinh", "nguon-so-lieu", "tu-song", "ten-chi-tieu", ""] {
            assert_eq!(beginning(other), None, "{other}");
        }
    }

    #[test]
    fn every_column_is_found_by_its_own_name() {
        for column in Column::all() {
            assert_eq!(named(column.name()), Some(column));
        }
    }
}
