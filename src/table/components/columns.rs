//! Where the headings of an official table stand, and what its columns are: by meaning, as every set words them otherwise.

use super::super::{Cell, Sheet, SheetRow};
use crate::text::{ascii_slug, clean};

/// The columns, by place; headings that are none of them are passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    pub label: Option<usize>,
    /// Some tables set main and component indices side by side.
    pub titles: Vec<usize>,
    pub points: usize,
    pub wording: usize,
    pub evidence: Option<usize>,
    pub source: Option<usize>,
    pub coordinating: Option<usize>,
    /// The first row below the headings, as an index of the sheet's rows.
    pub first: usize,
    /// The rows of headings, as written, to know them again.
    headings: Vec<Vec<String>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Label,
    Title,
    Points,
    Wording,
    Evidence,
    Source,
    Coordinating,
}

/// So many filled rows are searched for headings.
const SEARCHED: usize = 40;

impl Columns {
    /// None where no row, or two rows together, name the index, its points and how they are determined.
    pub(super) fn of(sheet: &Sheet) -> Option<Columns> {
        let rows = 0..sheet.rows.len().min(SEARCHED);
        // Under a merged heading the second row says more. A title above the headings is no first row of them.
        let one = |at: usize| {
            let upper = texts(&sheet.rows[at]);
            let alone = Columns::named(&upper, at + 1, vec![upper.clone()])?;
            Some(Columns::of_two(sheet, at).unwrap_or(alone))
        };
        rows.clone().find_map(one).or_else(|| rows.clone().find_map(|at| Columns::of_two(sheet, at)))
    }

    /// The headings of a row and the one below together.
    fn of_two(sheet: &Sheet, at: usize) -> Option<Columns> {
        let upper = texts(&sheet.rows[at]);
        let lower = sheet.rows.get(at + 1).filter(|row| is_second(row)).map(texts)?;
        let text = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_default();
        let width = upper.len().max(lower.len());
        let joined: Vec<String> = (0..width).map(|c| format!("{} {}", text(&upper, c), text(&lower, c))).collect();
        Columns::named(&joined, at + 2, vec![upper, lower])
    }

    /// True for a row that repeats the headings.
    pub(super) fn repeats(&self, row: &SheetRow) -> bool {
        let row = texts(row);
        let filled =
            |texts: &[String]| texts.iter().filter(|t| !t.is_empty()).map(|t| ascii_slug(t)).collect::<Vec<_>>();
        self.headings.iter().any(|heading| filled(heading) == filled(&row))
    }

    fn named(texts: &[String], first: usize, headings: Vec<Vec<String>>) -> Option<Columns> {
        let kinds: Vec<Option<Kind>> = texts.iter().map(|text| kind(&ascii_slug(text))).collect();
        let at = |wanted: Kind| kinds.iter().position(|kind| *kind == Some(wanted));
        let titles: Vec<usize> = (0..kinds.len()).filter(|c| kinds[*c] == Some(Kind::Title)).collect();
        // "Điểm tối đa" where a table has other points as well.
        let exact = texts.iter().position(|text| ascii_slug(text).contains("diem-toi-da"));
        (!titles.is_empty()).then_some(())?;
        Some(Columns {
            label: at(Kind::Label),
            titles,
            points: exact.filter(|c| kinds[*c] == Some(Kind::Points)).or(at(Kind::Points))?,
            wording: at(Kind::Wording)?,
            evidence: at(Kind::Evidence),
            source: at(Kind::Source),
            coordinating: at(Kind::Coordinating),
            first,
            headings,
        })
    }
}

/// The second row of headings: texts without a digit.
fn is_second(row: &SheetRow) -> bool {
    let plain = |cell: &Cell| match cell {
        Cell::Text(text) => !text.contains(|c: char| c.is_ascii_digit()),
        other => *other == Cell::Empty,
    };
    let short = |cell: &Cell| !matches!(cell, Cell::Text(text) if text.chars().count() > 60);
    row.cells.iter().all(|cell| plain(cell) && short(cell))
        && row
            .cells
            .iter()
            .any(|cell| matches!(cell, Cell::Text(text) if kind(&ascii_slug(text)).is_some() || text.starts_with('(')))
}

fn texts(row: &SheetRow) -> Vec<String> {
    let text = |cell: &Cell| if let Cell::Text(text) = cell { clean(text) } else { String::new() };
    row.cells.iter().map(text).collect()
}

fn kind(slug: &str) -> Option<Kind> {
    let has = |words: &[&str]| words.iter().any(|word| slug.contains(word));
    let begins = |words: &[&str]| words.iter().any(|word| slug.starts_with(word));
    if matches!(slug, "stt" | "tt" | "so-tt" | "so-thu-tu") {
        Some(Kind::Label)
    } else if has(&["cach-xac-dinh", "cach-tinh", "cach-cham", "tinh-diem", "phuong-phap", "cach-danh-gia"]) {
        Some(Kind::Wording)
    } else if has(&["kiem-chung", "minh-chung"]) || slug == "tai-lieu" {
        Some(Kind::Evidence)
    } else if begins(&["nguon"]) {
        Some(Kind::Source)
    } else if has(&["phoi-hop", "xac-minh"]) {
        Some(Kind::Coordinating)
    } else if has(&["diem-toi-da", "thang-diem", "tong-diem", "diem-chuan"]) || matches!(slug, "diem" | "so-diem") {
        Some(Kind::Points)
    } else if begins(&["chi-so", "ten", "tieu-chi", "noi-dung", "chi-tieu", "linh-vuc"]) {
        Some(Kind::Title)
    } else {
        None
    }
}
