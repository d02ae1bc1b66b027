//! Who issues a document and how its first page begins and ends (NĐ 30/2020/NĐ-CP, Phụ lục I).
//!
//! Only what follows from the kind of agency. The number, and whatever an office does otherwise, is filled in by hand.

use chrono::{Datelike, NaiveDate};

use super::document::{Letterhead, Signature};
use super::{Request, Signer};
use crate::catalogue::{Agency, AgencyKind, Catalogue};

/// The top of the first page of a document of `agency`; `abbreviation` is that of its type (Phụ lục III): `BC`.
pub(super) fn letterhead(catalogue: &Catalogue, agency: &str, abbreviation: &str, date: NaiveDate) -> Letterhead {
    let known = catalogue.agency(agency);
    let name = catalogue.agency_name(agency);
    let kind = known.map(|a| a.kind);
    Letterhead {
        superior: matches!(kind, Some(AgencyKind::Office | AgencyKind::Department))
            .then(|| format!("UBND {}", catalogue.plan.territory()).to_uppercase()),
        issuer: match name.strip_prefix("UBND ") {
            Some(unit) => format!("Ủy ban nhân dân\n{unit}"),
            None => name.to_owned(),
        }
        .to_uppercase(),
        symbol: format!("{abbreviation}-{}", symbol(name, kind)),
        place_and_date: format!("{}, {}", place(catalogue, known), written_date(date)),
    }
}

/// The signature block: the request's signer, or the head that an agency of this kind has.
pub(super) fn signature(catalogue: &Catalogue, agency: &str, request: &Request) -> Signature {
    let (authority, title) = match catalogue.agency(agency).map(|a| a.kind) {
        Some(AgencyKind::Department) => (None, "GIÁM ĐỐC"),
        Some(AgencyKind::Office) => (None, "CHÁNH VĂN PHÒNG"),
        Some(AgencyKind::District | AgencyKind::Commune) => (Some("TM. ỦY BAN NHÂN DÂN"), "CHỦ TỊCH"),
        Some(AgencyKind::College) => (None, "HIỆU TRƯỞNG"),
        _ => (None, "THỦ TRƯỞNG CƠ QUAN"),
    };
    match &request.signer {
        Some(Signer { authority, title, name }) => Signature {
            authority: authority.as_deref().map(str::to_uppercase),
            title: title.to_uppercase(),
            name: name.clone(),
        },
        None => Signature { authority: authority.map(str::to_owned), title: title.to_owned(), name: String::new() },
    }
}

/// "(Kèm theo Báo cáo số …)": number and date are given by the registry when the document is issued.
pub(super) fn annex_reference(catalogue: &Catalogue, agency: &str, letterhead: &Letterhead) -> String {
    format!(
        "(Kèm theo Báo cáo số         /{} ngày      tháng      năm           của {})",
        letterhead.symbol,
        catalogue.agency_name(agency)
    )
}

/// Days below 10 and the months 1 and 2 carry a leading 0.
pub(super) fn written_date(date: NaiveDate) -> String {
    let month = match date.month() {
        m @ (1 | 2) => format!("{m:02}"),
        m => m.to_string(),
    };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// A district's documents are dated from its own name, those of the province's agencies from the province's.
fn place<'a>(catalogue: &'a Catalogue, agency: Option<&'a Agency>) -> &'a str {
    let district = agency.filter(|agency| agency.kind == AgencyKind::District);
    let unit = district.and_then(|agency| agency.name.strip_prefix("UBND "));
    unit.and_then(|unit| ["huyện ", "thị xã ", "thành phố "].iter().find_map(|kind| unit.strip_prefix(kind)))
        .unwrap_or(&catalogue.plan.province)
}

/// The initials of an agency's name: "Sở Thông tin và Truyền thông" is `STTTT`.
fn symbol(name: &str, kind: Option<AgencyKind>) -> String {
    match kind {
        Some(AgencyKind::District | AgencyKind::Commune) => "UBND".to_owned(),
        Some(AgencyKind::Office) => "VP".to_owned(),
        _ => name
            .split([' ', ',', '-'])
            .filter(|word| !matches!(*word, "và" | "tỉnh"))
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::embedded;

    fn head(agency: &str) -> Letterhead {
        letterhead(embedded(), agency, "BC", NaiveDate::from_ymd_opt(2024, 2, 5).unwrap())
    }

    #[test]
    fn days_below_ten_and_the_first_two_months_have_a_leading_zero() {
        let written = |y, m, d| written_date(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        assert_eq!(written(2024, 1, 5), "ngày 05 tháng 01 năm 2024");
        assert_eq!(written(2024, 2, 28), "ngày 28 tháng 02 năm 2024");
        assert_eq!(written(2023, 3, 9), "ngày 09 tháng 3 năm 2023");
        assert_eq!(written(2023, 12, 10), "ngày 10 tháng 12 năm 2023");
    }

    #[test]
    fn a_department_stands_under_the_province() {
        let head = head("so-tttt");
        assert_eq!(head.superior.as_deref(), Some("UBND TỈNH QUẢNG TRỊ"));
        assert_eq!(head.issuer, "SỞ THÔNG TIN VÀ TRUYỀN THÔNG");
        assert_eq!(head.symbol, "BC-STTTT");
        assert_eq!(head.place_and_date, "Quảng Trị, ngày 05 tháng 02 năm 2024");
    }

    #[test]
    fn a_peoples_committee_stands_alone_and_writes_from_its_own_place() {
        let head = head("huyen-hai-lang");
        assert_eq!(head.superior, None);
        assert_eq!(head.issuer, "ỦY BAN NHÂN DÂN\nHUYỆN HẢI LĂNG");
        assert_eq!(head.symbol, "BC-UBND");
        assert_eq!(head.place_and_date, "Hải Lăng, ngày 05 tháng 02 năm 2024");
    }

    #[test]
    fn province_and_peoples_committee_are_the_plans() {
        let mut catalogue = embedded().clone();
        catalogue.plan.province = "Huế".to_owned();
        catalogue.plan.peoples_committee = "Ủy ban nhân dân thành phố Huế".to_owned();
        let head = letterhead(&catalogue, "so-tttt", "BC", NaiveDate::from_ymd_opt(2024, 2, 5).unwrap());
        assert_eq!(head.superior.as_deref(), Some("UBND THÀNH PHỐ HUẾ"));
        assert_eq!(head.place_and_date, "Huế, ngày 05 tháng 02 năm 2024");
    }

    #[test]
    fn initials_leave_out_the_small_words() {
        assert_eq!(head("so-gddt").symbol, "BC-SGDĐT");
        assert_eq!(head("so-noi-vu").symbol, "BC-SNV");
        assert_eq!(head("van-phong-ubnd").symbol, "BC-VP");
        assert_eq!(head("cuc-thong-ke").symbol, "BC-CTK");
        assert_eq!(head("so-ldtbxh").symbol, "BC-SLĐTBXH");
    }
}
