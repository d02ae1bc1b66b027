//! The document tree: what a report says, before it is put on paper or into a workbook.
//!
//! Plain data. Layout (margins, fonts, cell formats) belongs to `docx` and `xlsx`; the content is chosen by `agency`
//! and `province`.

use chrono::{DateTime, FixedOffset};
use rust_decimal::Decimal;

use crate::text::number::{format_decimal, format_fixed, format_percent};

/// One document with its annexes.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub properties: Properties,
    /// The letter; none for an annex that is sent by itself.
    pub letter: Option<Letter>,
    pub annexes: Vec<Annex>,
}

/// What the file says about itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Properties {
    pub title: String,
    /// The agency that issues it.
    pub author: String,
    /// Written into the file as its creation time: the same content at the same time is the same bytes.
    pub created: DateTime<FixedOffset>,
    pub authenticity: Authenticity,
}

/// Sample figures must never look like official ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authenticity {
    Official,
    /// Marked "SỐ LIỆU MẪU" on every page.
    Sample,
}

/// An administrative document with a type name (NĐ 30/2020/NĐ-CP, Phụ lục III, mẫu 1.4).
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    pub letterhead: Letterhead,
    /// Tên loại: "BÁO CÁO".
    pub kind: String,
    /// Trích yếu.
    pub summary: String,
    /// Kính gửi.
    pub addressees: Vec<String>,
    pub blocks: Vec<Block>,
    /// Nơi nhận, without dashes and closing marks.
    pub recipients: Vec<String>,
    pub signature: Signature,
}

/// The top of the first page.
#[derive(Debug, Clone, PartialEq)]
pub struct Letterhead {
    /// Cơ quan chủ quản, where there is one to print.
    pub superior: Option<String>,
    /// Cơ quan ban hành.
    pub issuer: String,
    /// Type and issuer: "BC-STTTT". The number is given by the registry, by hand.
    pub symbol: String,
    /// "Quảng Trị, ngày 05 tháng 01 năm 2024"
    pub place_and_date: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// "TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC".
    pub authority: Option<String>,
    pub title: String,
    /// Empty: left for the signer.
    pub name: String,
}

/// An annex, on pages of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Annex {
    /// "Phụ lục I"; empty where the document has no other.
    pub label: String,
    pub title: String,
    /// "(Kèm theo Báo cáo số …)"; empty where it is sent by itself.
    pub reference: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// "I. TÌNH HÌNH CHUNG"
    Section(String),
    /// "1. Nhận thức số"
    Heading(String),
    Paragraph(String),
    /// A point of a list, without its dash.
    Point(String),
    Table(Table),
    Chart(Chart),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Name of its sheet, at most 31 characters.
    pub sheet: &'static str,
    /// Stands above it, and heads its sheet.
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub title: &'static str,
    /// Share of the table's width, against the other columns.
    pub width: u32,
    pub align: Align,
    pub medium: Medium,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Start,
    Center,
    /// Numbers.
    End,
}

/// Where a column is shown: paper is narrow, and a workbook wants bare numbers to reckon with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    Both,
    Paper,
    Workbook,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// A line across the table, on paper only: in a workbook it would be in the way of sorting and filtering.
    Group(String),
    /// One cell per column.
    Cells(Vec<Cell>),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(Decimal, Number),
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// At most two decimals.
    Plain,
    /// All decimals: what was entered, or is a sum of it.
    Exact,
    /// In percent: 85.47 is `85,47%`.
    Percent,
    /// A score from 0 to 1, with four decimals.
    Score,
}

/// Bars with their numbers, one per item, in percent.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub title: String,
    /// What the bars measure.
    pub measure: String,
    pub bars: Vec<Bar>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub label: String,
    /// In percent; none is a gap with a word, never 0.
    pub percent: Option<Decimal>,
}

impl Document {
    /// All blocks in the order of reading.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let letter = self.letter.iter().flat_map(|l| &l.blocks);
        letter.chain(self.annexes.iter().flat_map(|a| &a.blocks))
    }
}

impl Table {
    /// The table without the columns of these titles.
    pub(super) fn without(mut self, titles: &[&str]) -> Table {
        let kept: Vec<bool> = self.columns.iter().map(|c| !titles.contains(&c.title)).collect();
        self.columns.retain(|c| !titles.contains(&c.title));
        for row in &mut self.rows {
            if let Row::Cells(cells) = row {
                let mut kept = kept.iter();
                cells.retain(|_| kept.next().is_none_or(|kept| *kept));
            }
        }
        self
    }
}

impl Column {
    pub const fn new(title: &'static str, width: u32, align: Align) -> Column {
        Column { title, width, align, medium: Medium::Both }
    }

    pub const fn paper(title: &'static str, width: u32, align: Align) -> Column {
        Column { medium: Medium::Paper, ..Column::new(title, width, align) }
    }

    pub const fn workbook(title: &'static str, width: u32, align: Align) -> Column {
        Column { medium: Medium::Workbook, ..Column::new(title, width, align) }
    }
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    pub fn count(count: usize) -> Cell {
        Cell::Number(Decimal::from(count), Number::Plain)
    }

    /// A fraction, 0 to 1, in percent.
    pub fn share(share: Option<Decimal>) -> Cell {
        Cell::number(share.and_then(|s| s.checked_mul(Decimal::ONE_HUNDRED)), Number::Percent)
    }

    pub fn number(number: Option<Decimal>, form: Number) -> Cell {
        number.map_or(Cell::Empty, |n| Cell::Number(n, form))
    }

    /// The cell as it is written on paper.
    pub fn written(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number, form) => form.written(*number),
        }
    }
}

impl Number {
    pub fn written(self, number: Decimal) -> String {
        match self {
            Number::Plain if number.fract().is_zero() => format_fixed(number, 0),
            Number::Plain => format_fixed(number, 2),
            Number::Exact => format_decimal(number),
            Number::Percent => format_percent(number),
            Number::Score => format_fixed(number, 4),
        }
    }
}
