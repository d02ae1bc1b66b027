//! An official table of component indices, from its file to amendments: what becomes of every row, and why.
//!
//! The seven columns of the sets after QĐ 922/QĐ-BTTTT (STT, Chỉ số/Chỉ số thành phần, Điểm tối đa, Cách xác định và tính
//! điểm, Tài liệu kiểm chứng, Nguồn thu thập dữ liệu, Đơn vị phối hợp), or fewer. Nothing is recorded here; the window and
//! the command line show exactly this and hand its amendments to `ops`.

mod columns;
mod label;
mod reader;

use rust_decimal::Decimal;

use super::legacy::Legacy;
use super::sheet::{Book, Sheet, SheetError, read};
use crate::catalogue::{Amendment, Catalogue, Component, Fate, Id, Takeover, take_over};
use crate::text::ascii_slug;
use columns::Columns;

/// A person's word on how a file is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ComponentReading {
    /// None: the one with a table of component indices.
    pub sheet: Option<String>,
    pub legacy: Legacy,
}

/// What a file would make of the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct ComponentTable {
    /// The sheet that was read; empty for a text file.
    pub sheet: String,
    /// The rows below the headings, in their order.
    pub rows: Vec<ComponentRow>,
    /// The main indices that are pillars, each with what its rows come to.
    pub sums: Vec<PillarSum>,
    /// Component indices of these pillars that the table no longer has.
    pub gone: Vec<Id>,
    pub amendments: Vec<Amendment>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ComponentRow {
    /// As Excel counts.
    pub number: usize,
    /// The STT as taken: "1.10".
    pub label: String,
    pub title: String,
    pub what: RowKind,
}

#[derive(Debug, Clone, PartialEq)]
pub enum RowKind {
    Component {
        component: Box<Component>,
        fate: Box<Fate>,
        remark: Option<Remark>,
    },
    /// A main index that is this pillar.
    Main(u8),
    Passed(Pass),
    Refused(RowFault),
}

/// Something about a row that was taken, for a person to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// Excel made the number 1.1 of 1.10: by the order of the rows it is the latter.
    LostZero { shown: String },
    /// Excel made a date of the number.
    ShownAsDate { shown: String },
}

/// What a row is that is no index of a pillar, and no fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pass {
    /// The headings again, for the next printed page.
    Heading,
    ColumnNumbers,
    /// "I Nhóm chỉ số nền tảng chung"
    Section,
    /// A main index that is no pillar of the plan, or a row below one: its title.
    Outside(String),
    Total,
    Footnote,
    /// Goes on with the row of this number.
    Continues(usize),
    /// Text without STT, points and scoring.
    Text,
}

/// Why a row cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFault {
    /// "Điểm tối đa" is no number of points, or could be two.
    Points(String),
    NoTitle,
    /// An STT that is none, as shown; empty where there is none.
    Label(String),
    SameLabel {
        first: usize,
    },
    SameTitle {
        first: usize,
    },
    /// An index numbered under another main index than it stands under.
    OtherMain {
        main: u32,
    },
    /// A main index that stood in another place already.
    SameMain {
        first: usize,
    },
    /// An index before any main index.
    NoMain,
}

/// What the rows of a main index come to.
#[derive(Debug, Clone, PartialEq)]
pub struct PillarSum {
    pub pillar: u8,
    /// The row of the main index, as Excel counts.
    pub number: usize,
    /// What stands in that row; none where nothing does.
    pub stated: Option<Decimal>,
    /// The points of the rows taken that count towards the maximum.
    pub sum: Decimal,
    /// The pillar's points in the catalogue.
    pub weight: Decimal,
    /// How many rows were taken.
    pub rows: usize,
}

/// Why a file is no table of component indices.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComponentsError {
    #[error(transparent)]
    Sheet(#[from] SheetError),
    #[error("no rows")]
    Empty,
    /// No row names the index, its points and how they are determined.
    #[error("no headings")]
    NoHeading,
    #[error("no component index of a pillar")]
    NoComponents,
    #[error("several sheets")]
    SeveralSheets(Vec<String>),
    #[error("no sheet {name}")]
    NoSuchSheet { name: String, there: Vec<String> },
}

/// Reads a file of bytes as an official table, as it would be taken over into `catalogue`.
///
/// # Errors
/// [`ComponentsError`] where it is no such table; rows that cannot be taken are among the rows.
pub fn components(
    bytes: &[u8],
    reading: &ComponentReading,
    catalogue: &Catalogue,
    how: Takeover,
) -> Result<ComponentTable, ComponentsError> {
    let book = read(bytes, &reading.legacy)?;
    let sheet = choose(&book, reading.sheet.as_deref())?;
    of_sheet(sheet, catalogue, how)
}

impl ComponentTable {
    /// True where nothing has to be settled in the table before it can be taken over.
    pub fn is_ready(&self) -> bool {
        self.rows.iter().all(|row| match &row.what {
            RowKind::Refused(_) => false,
            RowKind::Component { fate, .. } => !fate.outcome.is_open(),
            RowKind::Main(_) | RowKind::Passed(_) => true,
        })
    }
}

impl PillarSum {
    /// True where the rows come to what the table and the catalogue say.
    pub fn agrees(&self) -> bool {
        self.sum == self.weight && self.stated.is_none_or(|stated| stated == self.sum)
    }
}

fn of_sheet(sheet: &Sheet, catalogue: &Catalogue, how: Takeover) -> Result<ComponentTable, ComponentsError> {
    let columns = Columns::of(sheet).ok_or(ComponentsError::NoHeading)?;
    let read = reader::read(sheet, &columns, catalogue);
    let components: Vec<Component> = read.rows.iter().filter_map(|row| row.component().cloned()).collect();
    if components.is_empty() && !read.rows.iter().any(|row| matches!(row.what, reader::Kind::Refused(_))) {
        return Err(ComponentsError::NoComponents);
    }
    let taken = take_over(catalogue, &components, how);
    let mut fates = taken.fates.into_iter();
    let mut sums = read.sums;
    let mut rows = Vec::new();
    for row in read.rows {
        let what = match row.what {
            reader::Kind::Component { component, remark, main } => match fates.next() {
                Some(fate) => {
                    sums[main].rows += 1;
                    if fate.reading.rule.is_scored() {
                        sums[main].sum += component.max_points.unwrap_or_default();
                    }
                    RowKind::Component { component, fate: Box::new(fate), remark }
                }
                None => RowKind::Passed(Pass::Text),
            },
            reader::Kind::Main(pillar) => RowKind::Main(pillar),
            reader::Kind::Passed(pass) => RowKind::Passed(pass),
            reader::Kind::Refused(fault) => RowKind::Refused(fault),
        };
        rows.push(ComponentRow { number: row.number, label: row.label, title: row.title, what });
    }
    Ok(ComponentTable { sheet: sheet.name.clone(), rows, sums, gone: taken.gone, amendments: taken.amendments })
}

/// The sheet that was asked for, else the only one with such a table.
fn choose<'a>(book: &'a Book, wanted: Option<&str>) -> Result<&'a Sheet, ComponentsError> {
    if let Some(wanted) = wanted {
        let slug = ascii_slug(wanted);
        let exact = book.sheets.iter().find(|sheet| sheet.name == wanted);
        let there = || ComponentsError::NoSuchSheet { name: wanted.to_owned(), there: book.names() };
        return exact.or_else(|| book.sheets.iter().find(|s| ascii_slug(&s.name) == slug)).ok_or_else(there);
    }
    let tables: Vec<&Sheet> = book.sheets.iter().filter(|sheet| Columns::of(sheet).is_some()).collect();
    match tables.as_slice() {
        [only] => Ok(only),
        [] if book.sheets.is_empty() => Err(ComponentsError::Empty),
        [] => Err(ComponentsError::NoHeading),
        several => Err(ComponentsError::SeveralSheets(several.iter().map(|s| s.name.clone()).collect())),
    }
}
