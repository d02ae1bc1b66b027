//! A document as a Word file, laid out by NĐ 30/2020/NĐ-CP, Phụ lục I and III.
//!
//! A4, margins 20/20/30/15 mm, Times New Roman, page number centred in the top margin from page 2 on; annexes lie on
//! landscape pages and are numbered by themselves.

mod package;
mod parts;

use docx_rs::{
    AlignmentType, Docx, Header, PageMargin, PageNum, PageNumType, PageOrientationType, PageSize, Paragraph, Section,
    SpecialIndentType, Style, StyleType, Table,
};

use self::parts::{BODY, Type, Weight, body, caption, figure, frame, heading, plain, rule, run, spacing};
use super::ReportError;
use super::document::{Annex, Authenticity, Block, Chart, Document, Letter, Letterhead, Signature};
use super::picture::picture;

/// A4 in twips.
const A4: (u32, u32) = (11_906, 16_838);
/// 20 mm above and below, 30 mm left, 15 mm right.
const MARGIN: PageMargin =
    PageMargin { top: 1_134, bottom: 1_134, left: 1_701, right: 851, header: 454, footer: 454, gutter: 0 };
/// The letterhead's two columns: issuer, and Quốc hiệu, which must fit on one line.
const LETTERHEAD: [usize; 2] = [4_254, 5_100];
/// Length of "Độc lập - Tự do - Hạnh phúc" in bold type of 14 points: the rule below is as long.
const MOTTO_LENGTH: i32 = 3_415;
const ISSUER_RULE: i32 = 1_500;
const SUMMARY_RULE: i32 = 2_200;
const MARK: &str = "SỐ LIỆU MẪU";
/// 12 and 13 points.
const SIZE_12: usize = 24;
const SIZE_13: usize = 26;
/// 11 points: the list of recipients.
const SIZE_11: usize = 22;

/// Writes the document as a `.docx` file.
///
/// # Errors
/// [`ReportError::Docx`] where a part cannot be written.
pub fn docx(document: &Document) -> Result<Vec<u8>, ReportError> {
    let mut writer = Writer { pictures: Vec::new(), authenticity: document.properties.authenticity };
    let mut pages = Vec::new();
    if let Some(letter) = &document.letter {
        pages.push(writer.letter(letter)?);
    }
    for annex in &document.annexes {
        pages.push(writer.annex(annex)?);
    }
    let pictures = writer.pictures.iter().map(|c| format!("{}. {}", c.title, c.measure)).collect::<Vec<_>>();
    let last = pages.pop();
    let file = pages.into_iter().fold(empty(), |file, page| {
        let header = header(document.properties.authenticity);
        file.add_section(page.into_section().header(header))
    });
    let file = match last {
        Some(page) => page.end(file).header(header(document.properties.authenticity)),
        None => file,
    };
    package::pack(file, &document.properties, &pictures)
}

fn empty() -> Docx {
    let style = |id: &str, name: &str, level| {
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .based_on("Normal")
            .next("Normal")
            .fonts(parts::fonts())
            .size(BODY)
            .bold()
            .outline_lvl(level)
    };
    Docx::new()
        .default_fonts(parts::fonts())
        .default_size(BODY)
        .add_style(style("Heading1", "heading 1", 0))
        .add_style(style("Heading2", "heading 2", 1))
}

/// The page number, and the mark of sample figures.
fn header(authenticity: Authenticity) -> Header {
    let number = Paragraph::new().align(AlignmentType::Center).line_spacing(spacing(0, 0)).add_page_num(PageNum::new());
    let header = Header::new().add_paragraph(number);
    match authenticity {
        Authenticity::Official => header,
        Authenticity::Sample => header.add_paragraph(plain(MARK, 18, Weight::Bold, AlignmentType::Center)),
    }
}

enum Part {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

impl From<Paragraph> for Part {
    fn from(paragraph: Paragraph) -> Part {
        Part::Paragraph(Box::new(paragraph))
    }
}

impl From<Table> for Part {
    fn from(table: Table) -> Part {
        Part::Table(Box::new(table))
    }
}

#[derive(Clone, Copy)]
enum Orientation {
    Portrait,
    Landscape,
}

impl Orientation {
    fn size(self) -> (u32, u32) {
        match self {
            Orientation::Portrait => A4,
            Orientation::Landscape => (A4.1, A4.0),
        }
    }

    /// Width between the margins.
    fn room(self) -> usize {
        (self.size().0 as i32 - MARGIN.left - MARGIN.right) as usize
    }

    fn word(self) -> PageOrientationType {
        match self {
            Orientation::Portrait => PageOrientationType::Portrait,
            Orientation::Landscape => PageOrientationType::Landscape,
        }
    }
}

/// Pages of one orientation, numbered from 1; the number is not shown on the first.
struct Pages {
    orientation: Orientation,
    parts: Vec<Part>,
}

impl Pages {
    fn into_section(self) -> Section {
        let (width, height) = self.orientation.size();
        let section = Section::new()
            .page_size(PageSize::new().size(width, height).orient(self.orientation.word()))
            .page_margin(MARGIN)
            .page_num_type(PageNumType::new().start(1))
            .title_pg();
        self.parts.into_iter().fold(section, |section, part| match part {
            Part::Paragraph(p) => section.add_paragraph(*p),
            Part::Table(t) => section.add_table(*t),
        })
    }

    /// The last pages of a file: a section of their own would end in an empty paragraph.
    fn end(self, file: Docx) -> Docx {
        let (width, height) = self.orientation.size();
        let file = file
            .page_size(width, height)
            .page_orient(self.orientation.word())
            .page_margin(MARGIN)
            .page_num_type(PageNumType::new().start(1))
            .title_pg();
        self.parts.into_iter().fold(file, |file, part| match part {
            Part::Paragraph(p) => file.add_paragraph(*p),
            Part::Table(t) => file.add_table(*t),
        })
    }
}

/// Counts the pictures while it lays out the pages.
struct Writer<'a> {
    pictures: Vec<&'a Chart>,
    authenticity: Authenticity,
}

impl<'a> Writer<'a> {
    fn letter(&mut self, letter: &'a Letter) -> Result<Pages, ReportError> {
        let orientation = Orientation::Portrait;
        let mut parts = self.mark();
        parts.push(Part::from(letterhead(&letter.letterhead)));
        parts.extend(title(letter, orientation.room()).into_iter().map(Part::from));
        parts.extend(addressees(&letter.addressees).into_iter().map(Part::from));
        self.blocks(&letter.blocks, orientation.room(), &mut parts)?;
        // A signature never stands on a page by itself.
        keep_with_next(&mut parts);
        parts.push(Part::from(gap().keep_next(true)));
        parts.push(Part::from(closing(&letter.recipients, &letter.signature)));
        Ok(Pages { orientation, parts })
    }

    fn annex(&mut self, annex: &'a Annex) -> Result<Pages, ReportError> {
        let orientation = Orientation::Landscape;
        let mut parts = self.mark();
        let lines = [(&annex.label, Weight::Bold), (&annex.title, Weight::Bold), (&annex.reference, Weight::Italic)];
        for (text, weight) in lines {
            if !text.is_empty() {
                parts.push(Part::from(plain(text, BODY, weight, AlignmentType::Center)));
            }
        }
        parts.push(Part::from(gap()));
        self.blocks(&annex.blocks, orientation.room(), &mut parts)?;
        Ok(Pages { orientation, parts })
    }

    fn blocks(&mut self, blocks: &'a [Block], room: usize, parts: &mut Vec<Part>) -> Result<(), ReportError> {
        for block in blocks {
            // What introduces a picture or a table stays with it.
            if matches!(block, Block::Chart(_) | Block::Table(_)) {
                keep_with_next(parts);
            }
            parts.extend(self.block(block, room)?);
        }
        Ok(())
    }

    fn block(&mut self, block: &'a Block, room: usize) -> Result<Vec<Part>, ReportError> {
        Ok(match block {
            Block::Section(text) => vec![Part::from(heading(text, 0))],
            Block::Heading(text) => vec![Part::from(heading(text, 1))],
            Block::Paragraph(text) => vec![Part::from(body(text))],
            Block::Point(text) => vec![Part::from(body(&format!("- {text}")))],
            Block::Table(table) => {
                let title = (!table.title.is_empty()).then(|| Part::from(caption(&table.title)));
                title.into_iter().chain([Part::from(parts::table(table, room)), Part::from(gap())]).collect()
            }
            Block::Chart(chart) => {
                self.pictures.push(chart);
                vec![Part::from(figure(picture(chart), self.pictures.len())?)]
            }
        })
    }

    /// The first page shows no header: the mark stands in the text.
    fn mark(&self) -> Vec<Part> {
        match self.authenticity {
            Authenticity::Official => Vec::new(),
            Authenticity::Sample => {
                vec![Part::from(plain(MARK, SIZE_12, Weight::Bold, AlignmentType::Center))]
            }
        }
    }
}

fn keep_with_next(parts: &mut [Part]) {
    if let Some(Part::Paragraph(last)) = parts.last_mut() {
        **last = (**last).clone().keep_next(true);
    }
}

fn letterhead(head: &Letterhead) -> Table {
    let centred = |text: &str, size, weight| plain(text, size, weight, AlignmentType::Center);
    let room = LETTERHEAD.map(|w| w as i32);
    let superior = head.superior.as_ref().map(|name| centred(name, SIZE_12, Weight::Upright));
    let issuer = superior
        .into_iter()
        .chain([centred(&head.issuer, SIZE_12, Weight::Bold), rule(room[0], ISSUER_RULE)])
        .collect();
    let nation = vec![
        centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", SIZE_12, Weight::Bold),
        centred("Độc lập - Tự do - Hạnh phúc", BODY, Weight::Bold),
        rule(room[1], MOTTO_LENGTH),
    ];
    let number = centred(&format!("Số:         /{}", head.symbol), SIZE_13, Weight::Upright);
    let date = centred(&head.place_and_date, BODY, Weight::Italic);
    frame(&LETTERHEAD, vec![vec![issuer, nation], vec![vec![number], vec![date]]])
}

fn title(letter: &Letter, room: usize) -> Vec<Paragraph> {
    let kind = plain(&letter.kind, BODY, Weight::Bold, AlignmentType::Center).line_spacing(spacing(240, 0));
    let summary = plain(&letter.summary, BODY, Weight::Bold, AlignmentType::Center);
    vec![kind, summary, rule(room as i32, SUMMARY_RULE)]
}

/// One on the same line; several below it, each with a dash.
fn addressees(names: &[String]) -> Vec<Paragraph> {
    let upright = Type { size: BODY, weight: Weight::Upright };
    match names {
        [] => Vec::new(),
        [one] => {
            let line = plain(&format!("Kính gửi: {one}"), BODY, Weight::Upright, AlignmentType::Center);
            vec![line.line_spacing(spacing(240, 120))]
        }
        several => {
            let indented = |text: &str, left, before| {
                Paragraph::new()
                    .indent(Some(left), None::<SpecialIndentType>, None, None)
                    .line_spacing(spacing(before, 0))
                    .add_run(run(text, upright))
            };
            let last = several.len() - 1;
            let mut lines = vec![indented("Kính gửi:", 2_268, 240)];
            lines.extend(several.iter().enumerate().map(|(index, name)| {
                let end = if index == last { '.' } else { ';' };
                indented(&format!("- {name}{end}"), 3_402, 60)
            }));
            lines
        }
    }
}

/// Nơi nhận to the left, on a level with the signer's title to the right.
fn closing(recipients: &[String], signature: &Signature) -> Table {
    let left = |text: &str, size, weight| plain(text, size, weight, AlignmentType::Left);
    let centred = |text: &str| plain(text, BODY, Weight::Bold, AlignmentType::Center);
    let last = recipients.len().saturating_sub(1);
    let mut to = vec![left("Nơi nhận:", SIZE_12, Weight::BoldItalic)];
    to.extend(recipients.iter().enumerate().map(|(index, name)| {
        let end = if index == last { '.' } else { ';' };
        left(&format!("- {name}{end}"), SIZE_11, Weight::Upright)
    }));
    let mut signed: Vec<Paragraph> = signature.authority.iter().map(|a| centred(a)).collect();
    signed.push(centred(&signature.title));
    // Room for the signature and the seal.
    signed.extend((0..4).map(|_| centred("")));
    signed.push(centred(&signature.name));
    frame(&LETTERHEAD, vec![vec![to, signed]])
}

fn gap() -> Paragraph {
    plain("", SIZE_12, Weight::Upright, AlignmentType::Left)
}
