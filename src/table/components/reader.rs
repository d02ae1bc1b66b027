//! The rows of an official table one after the other: under which main index each stands, and what it goes on with.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::super::layout::numbers_columns;
use super::super::{Cell, Sheet, SheetRow};
use super::columns::Columns;
use super::label::{Label, Written};
use super::{Pass, PillarSum, Remark, RowFault};
use crate::catalogue::{Catalogue, Component};
use crate::text::fold;
use crate::text::number::parse_decimal;

pub(super) struct Read {
    pub rows: Vec<Line>,
    /// Without what the rows come to.
    pub sums: Vec<PillarSum>,
}

pub(super) struct Line {
    pub number: usize,
    pub label: String,
    pub title: String,
    pub what: Kind,
}

pub(super) enum Kind {
    Component {
        component: Box<Component>,
        remark: Option<Remark>,
        /// The place of its main index among the sums.
        main: usize,
    },
    Main(u8),
    Passed(Pass),
    Refused(RowFault),
}

impl Line {
    pub(super) fn component(&self) -> Option<&Component> {
        if let Kind::Component { component, .. } = &self.what { Some(component) } else { None }
    }
}

pub(super) fn read(sheet: &Sheet, columns: &Columns, catalogue: &Catalogue) -> Read {
    let mut reader = Reader {
        columns,
        catalogue,
        place: Place::Nowhere,
        last: None,
        titles: BTreeMap::new(),
        read: Read { rows: Vec::new(), sums: Vec::new() },
    };
    for row in &sheet.rows[columns.first..] {
        reader.row(row);
    }
    reader.read
}

struct Reader<'a> {
    columns: &'a Columns,
    catalogue: &'a Catalogue,
    place: Place,
    /// The row that lines without STT go on with, as an index of those read.
    last: Option<usize>,
    /// Pillar and folded title, with the row.
    titles: BTreeMap<(u8, String), usize>,
    read: Read,
}

/// Under what the rows stand.
enum Place {
    Nowhere,
    /// A main index that is no pillar.
    Outside(String),
    Under(Main),
}

struct Main {
    pillar: u8,
    /// Its place among the sums.
    sum: usize,
    /// Its number; none where it has a letter or none, so that its rows may be numbered 1, 2, 3.
    label: Option<u32>,
    /// The numbers of its rows, with their rows.
    taken: BTreeMap<u32, usize>,
}

/// The cells of a row that matter, as text.
struct Cells {
    label: Label,
    shown: String,
    title: String,
    points: Cell,
    wording: String,
    evidence: String,
    source: String,
    coordinating: String,
}

impl Reader<'_> {
    fn row(&mut self, row: &SheetRow) {
        let cells = self.cells(row);
        let what = if self.columns.repeats(row) {
            Kind::Passed(Pass::Heading)
        } else if numbers_columns(row) {
            Kind::Passed(Pass::ColumnNumbers)
        } else {
            self.kind(row.number, &cells)
        };
        let label = match &what {
            Kind::Component { component, .. } => component.label.clone(),
            _ => cells.shown,
        };
        let goes_on = matches!(what, Kind::Component { .. } | Kind::Refused(_) | Kind::Passed(Pass::Outside(_)));
        match &what {
            Kind::Passed(Pass::Heading | Pass::ColumnNumbers | Pass::Continues(_)) => {}
            _ => self.last = goes_on.then_some(self.read.rows.len()),
        }
        self.read.rows.push(Line { number: row.number, label, title: cells.title, what });
    }

    fn cells(&self, row: &SheetRow) -> Cells {
        let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).unwrap_or(&Cell::Empty);
        let text = |at: Option<usize>| cell(at).shown();
        let mut titles = self.columns.titles.iter().map(|at| text(Some(*at)));
        let mut title = titles.rfind(|title| !title.is_empty()).unwrap_or_default();
        let mut label = Label::of(cell(self.columns.label));
        let mut shown = text(self.columns.label);
        // Merged over the row, or typed in one cell: "1.1. Ban chỉ đạo …", "Nhận thức số: 60 điểm".
        match &label {
            Label::Other(both) if title.is_empty() => {
                (label, title) = Label::before_title(both).unwrap_or((Label::None, both.clone()));
                shown.clear();
            }
            Label::None => {
                if let Some(split) = Label::before_title(&title) {
                    (label, title) = split;
                }
            }
            _ => {}
        }
        Cells {
            label,
            shown,
            title: line(&title),
            points: cell(Some(self.columns.points)).clone(),
            wording: text(Some(self.columns.wording)),
            evidence: text(self.columns.evidence),
            source: text(self.columns.source),
            coordinating: text(self.columns.coordinating),
        }
    }

    fn kind(&mut self, number: usize, cells: &Cells) -> Kind {
        let folded = fold(&cells.title);
        match &cells.label {
            Label::None if is_total(&folded) => Kind::Passed(Pass::Total),
            Label::None if is_footnote(&folded) => Kind::Passed(Pass::Footnote),
            Label::None if cells.title.is_empty() => self.without_title(cells),
            Label::None => match self.main(number, None, cells) {
                Some(kind) => kind,
                None if cells.points == Cell::Empty && cells.wording.is_empty() => Kind::Passed(Pass::Text),
                None => Kind::Refused(RowFault::Label(String::new())),
            },
            Label::Section(_) => self.main(number, None, cells).unwrap_or_else(|| {
                self.place = Place::Nowhere;
                Kind::Passed(Pass::Section)
            }),
            Label::Main(label) => {
                // Under "I. Nhận thức số" the indices may be 1, 2, 3.
                if let Place::Under(Main { label: None, taken, .. }) = &self.place
                    && self.pillar(&cells.title).is_none()
                    && !taken.contains_key(label)
                {
                    return self.component(number, *label, format!("{label}"), None, cells);
                }
                self.main(number, Some(*label), cells).unwrap_or_else(|| {
                    self.place = Place::Outside(cells.title.clone());
                    Kind::Passed(Pass::Outside(cells.title.clone()))
                })
            }
            Label::Component { main, number: index, written } => {
                let (main, index, remark) = match self.numbered(*main, *index, written) {
                    Ok(numbered) => numbered,
                    Err(fault) => return Kind::Refused(fault),
                };
                self.component(number, index, format!("{main}.{index}"), remark, cells)
            }
            Label::Other(label) => match &self.place {
                Place::Outside(title) => Kind::Passed(Pass::Outside(title.clone())),
                _ => Kind::Refused(RowFault::Label(label.clone())),
            },
        }
    }

    /// A row without STT and title: it goes on with the one above.
    fn without_title(&mut self, cells: &Cells) -> Kind {
        let Some(above) = self.last.and_then(|at| self.read.rows.get_mut(at)) else {
            return Kind::Passed(Pass::Text);
        };
        if cells.points != Cell::Empty {
            return Kind::Refused(RowFault::NoTitle);
        }
        if let Kind::Component { component, .. } = &mut above.what {
            for (text, more) in [
                (&mut component.wording, &cells.wording),
                (&mut component.evidence, &cells.evidence),
                (&mut component.source, &cells.source),
                (&mut component.coordinating, &cells.coordinating),
            ] {
                if !more.is_empty() {
                    let gap = if text.is_empty() { "" } else { "\n" };
                    text.push_str(&format!("{gap}{more}"));
                }
            }
        }
        Kind::Passed(Pass::Continues(above.number))
    }

    /// A main index that is a pillar, by its title: its number says nothing, as the sets number otherwise than the plan.
    fn main(&mut self, number: usize, label: Option<u32>, cells: &Cells) -> Option<Kind> {
        let (title, in_title) = points_behind(&cells.title);
        let pillar = self.pillar(title)?;
        let weight = self.catalogue.pillar(pillar)?.weight.into();
        if let Some(known) = self.read.sums.iter().find(|sum| sum.pillar == pillar) {
            // "1 Nhận thức số (tiếp)" is written again on the next printed page.
            let here = matches!(&self.place, Place::Under(main) if main.pillar == pillar);
            let first = known.number;
            if !here {
                self.place = Place::Nowhere;
            }
            let again = Kind::Passed(Pass::Heading);
            return Some(if here { again } else { Kind::Refused(RowFault::SameMain { first }) });
        }
        let stated = match points(&cells.points) {
            Ok(stated) => Ok(stated.or(in_title)),
            Err(fault) => Err(fault),
        };
        let sum = self.read.sums.len();
        self.place = Place::Under(Main { pillar, sum, label, taken: BTreeMap::new() });
        let known = stated.as_ref().ok().copied().flatten();
        self.read.sums.push(PillarSum { pillar, number, stated: known, sum: Decimal::ZERO, weight, rows: 0 });
        Some(stated.map_or_else(Kind::Refused, |_| Kind::Main(pillar)))
    }

    /// The numbers of a component, where Excel made a number or a date of them.
    fn numbered(&self, main: u32, index: u32, written: &Written) -> Result<(u32, u32, Option<Remark>), RowFault> {
        let Place::Under(Main { label, taken, .. }) = &self.place else { return Ok((main, index, None)) };
        let next = taken.last_key_value().map_or(1, |(last, _)| last + 1);
        match written {
            Written::Number if taken.contains_key(&index) && index * 10 == next => {
                Ok((main, next, Some(Remark::LostZero { shown: format!("{main}.{index}") })))
            }
            Written::Date { shown } => {
                let fits = |(main, index): &(u32, u32)| label.is_none_or(|label| label == *main) && *index == next;
                let read = [(main, index), (index, main)].into_iter().find(fits);
                let (main, index) = read.ok_or_else(|| RowFault::Label(shown.clone()))?;
                Ok((main, index, Some(Remark::ShownAsDate { shown: shown.clone() })))
            }
            Written::Number | Written::Text => match label.filter(|label| *label != main) {
                Some(label) => Err(RowFault::OtherMain { main: label }),
                None => Ok((main, index, None)),
            },
        }
    }

    fn component(&mut self, number: usize, index: u32, label: String, remark: Option<Remark>, cells: &Cells) -> Kind {
        let main = match &mut self.place {
            Place::Under(main) => main,
            Place::Outside(title) => return Kind::Passed(Pass::Outside(title.clone())),
            Place::Nowhere => return Kind::Refused(RowFault::NoMain),
        };
        if cells.title.is_empty() {
            return Kind::Refused(RowFault::NoTitle);
        }
        if !(1..=Component::MOST).contains(&index) {
            return Kind::Refused(RowFault::Label(label));
        }
        if let Some(first) = main.taken.get(&index) {
            return Kind::Refused(RowFault::SameLabel { first: *first });
        }
        main.taken.insert(index, number);
        let title = (main.pillar, fold(&cells.title));
        if let Some(first) = self.titles.get(&title) {
            return Kind::Refused(RowFault::SameTitle { first: *first });
        }
        self.titles.insert(title, number);
        let max_points = match points(&cells.points) {
            Ok(points) => points,
            Err(fault) => return Kind::Refused(fault),
        };
        let component = Component {
            pillar: main.pillar,
            label,
            number: index,
            title: cells.title.clone(),
            max_points,
            wording: cells.wording.clone(),
            evidence: cells.evidence.clone(),
            source: cells.source.clone(),
            coordinating: cells.coordinating.clone(),
        };
        Kind::Component { component: Box::new(component), remark, main: main.sum }
    }

    /// The pillar of this title, whatever words stand before it. Not by the heading in the plan's appendix, where one pillar
    /// bears another's.
    fn pillar(&self, title: &str) -> Option<u8> {
        let wanted = bare(points_behind(title).0);
        let named = |names: [&String; 2]| names.into_iter().any(|name| bare(name) == wanted);
        self.catalogue.pillars.iter().find(|p| named([&p.title, &p.short])).map(|p| p.id)
    }
}

/// A title of a main index without the words that sets put before it.
fn bare(title: &str) -> String {
    let mut bare = fold(title).replace(',', "").trim_end_matches("(tiep)").trim_end().to_owned();
    for words in ["chi so ", "nhom chi so ", "tru cot ", "ve ", "hoat dong "] {
        if let Some(rest) = bare.strip_prefix(words) {
            bare = rest.to_owned();
        }
    }
    bare
}

/// "Nhận thức số: 60 điểm", "Nhận thức số (100 điểm)": the title and the points behind it.
fn points_behind(title: &str) -> (&str, Option<Decimal>) {
    let at = title.rfind([':', '(']);
    let behind = at.and_then(|at| {
        let number = title[at + 1..].trim().trim_end_matches(')').trim().strip_suffix("điểm")?;
        Some((title[..at].trim(), Some(parse_decimal(number).ok()?)))
    });
    behind.unwrap_or((title, None))
}

fn is_total(folded: &str) -> bool {
    ["tong cong", "tong diem", "tong so diem", "tong"]
        .iter()
        .any(|word| folded == *word || folded.starts_with(&format!("{word}:")))
        || folded.starts_with("tong cong")
        || folded.starts_with("tong diem")
        || folded == "cong"
}

fn is_footnote(folded: &str) -> bool {
    ["ghi chu", "(*)", "*", "chu thich"].iter().any(|word| folded.starts_with(word))
}

/// The points of a cell: a number that can be read one way, also with "điểm" behind it; none where it is empty or says that
/// there are none.
fn points(cell: &Cell) -> Result<Option<Decimal>, RowFault> {
    let fault = || RowFault::Points(cell.shown());
    let number = match cell {
        Cell::Empty => return Ok(None),
        Cell::Number(number) => *number,
        Cell::Text(text) => {
            let folded = fold(text);
            if matches!(folded.as_str(), "-" | "khong tinh diem" | "khong") {
                return Ok(None);
            }
            let bare = folded.strip_suffix("diem").or_else(|| folded.strip_suffix('d')).unwrap_or(&folded);
            parse_decimal(bare).map_err(|_| fault())?
        }
        Cell::Percent(_) | Cell::Date(_) | Cell::Fault(_) => return Err(fault()),
    };
    // More than all points there are is no maximum.
    if number.is_sign_negative() || number > Decimal::ONE_THOUSAND { Err(fault()) } else { Ok(Some(number)) }
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
