//! Paragraphs, tables, rules and pictures in the measures of NĐ 30/2020/NĐ-CP.
//!
//! Lengths are twips (1/20 point), type sizes half points.

use docx_rs::{
    AlignmentType, BreakType, LineSpacing, LineSpacingType, Paragraph, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders, Pic, Run, RunFonts, Shading, SpecialIndentType, Table, TableCell, TableCellMargins,
    TableLayoutType, TableRow, VAlignType, WidthType,
};

use crate::report::ReportError;
use crate::report::document::{self, Align, Medium, Row};
use crate::report::picture::{DPI, Picture};

/// The prescribed face, for every script slot: without `eastAsia` and `cs`, letters above U+00FF fall to another one.
const FACE: &str = "Times New Roman";
/// Body text: 14 points.
pub(super) const BODY: usize = 28;
/// Text in tables: 11 points. The decree does not prescribe it.
const TABLE: usize = 22;
/// First line of a body paragraph: 1,27 cm.
const FIRST_LINE: i32 = 720;
/// 6 points between paragraphs.
const BETWEEN: u32 = 120;
/// Line spacing of 1,15, in 240ths of a line.
const LINE: i32 = 276;
const TABLE_HEAD_FILL: &str = "EEF1F5";
/// Rows of a table that is kept on one page.
const SHORT_TABLE: usize = 12;
/// A row with a longer text, in characters, may be cut by the end of a page: it could be longer than one.
const LONG_CELL: usize = 600;
/// English Metric Units per inch.
const EMU_PER_INCH: u32 = 914_400;

/// How letters look.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub size: usize,
    pub weight: Weight,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Weight {
    Upright,
    Bold,
    Italic,
    BoldItalic,
}

pub(super) fn fonts() -> RunFonts {
    RunFonts::new().ascii(FACE).hi_ansi(FACE).east_asia(FACE).cs(FACE)
}

pub(super) fn run(text: &str, kind: Type) -> Run {
    let mut run = Run::new().fonts(fonts()).size(kind.size);
    if matches!(kind.weight, Weight::Bold | Weight::BoldItalic) {
        run = run.bold();
    }
    if matches!(kind.weight, Weight::Italic | Weight::BoldItalic) {
        run = run.italic();
    }
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line.chars().filter(|c| is_xml(*c)).collect::<String>());
    }
    run
}

/// XML has no control characters, and not U+FFFE and U+FFFF.
pub(super) fn is_xml(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// A paragraph without indents and without space around.
pub(super) fn plain(text: &str, size: usize, weight: Weight, align: AlignmentType) -> Paragraph {
    Paragraph::new().align(align).line_spacing(spacing(0, 0)).add_run(run(text, Type { size, weight }))
}

/// Body text: justified, first line indented.
pub(super) fn body(text: &str) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Both)
        .indent(None, Some(SpecialIndentType::FirstLine(FIRST_LINE)), None, None)
        .line_spacing(spacing(BETWEEN, BETWEEN).line(LINE).line_rule(LineSpacingType::Auto))
        .add_run(run(text, Type { size: BODY, weight: Weight::Upright }))
}

/// A heading that stays with what follows it; level 0 or 1 of the document's outline.
pub(super) fn heading(text: &str, level: usize) -> Paragraph {
    let style = if level == 0 { "Heading1" } else { "Heading2" };
    Paragraph::new()
        .style(style)
        .align(AlignmentType::Both)
        .keep_next(true)
        .indent(None, Some(SpecialIndentType::FirstLine(FIRST_LINE)), None, None)
        .line_spacing(spacing(BETWEEN, BETWEEN).line(LINE).line_rule(LineSpacingType::Auto))
        .add_run(run(text, Type { size: BODY, weight: Weight::Bold }))
}

/// A title above a table or an annex's part.
pub(super) fn caption(text: &str) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Center)
        .keep_next(true)
        .line_spacing(spacing(BETWEEN, BETWEEN / 2))
        .add_run(run(text, Type { size: BODY - 2, weight: Weight::Bold }))
}

pub(super) fn spacing(before: u32, after: u32) -> LineSpacing {
    LineSpacing::new().before(before).after(after)
}

/// A solid line of `length`, centred in `room`.
pub(super) fn rule(room: i32, length: i32) -> Paragraph {
    let side = (room - length).max(0) / 2;
    let border = ParagraphBorder::new(ParagraphBorderPosition::Top).size(6);
    let mut paragraph = Paragraph::new()
        .indent(Some(side), None, Some(side), None)
        .line_spacing(spacing(50, 0).line(100).line_rule(LineSpacingType::Exact));
    paragraph.property = paragraph.property.set_borders(ParagraphBorders::with_empty().set(border));
    paragraph
}

/// A table without borders whose columns have these widths, one row of paragraphs each.
pub(super) fn frame(widths: &[usize], rows: Vec<Vec<Vec<Paragraph>>>) -> Table {
    let rows = rows
        .into_iter()
        .map(|cells| {
            let cells = cells.into_iter().zip(widths).map(|(paragraphs, width)| {
                let cell = TableCell::new().width(*width, WidthType::Dxa).clear_all_border();
                paragraphs.into_iter().fold(cell, TableCell::add_paragraph)
            });
            kept_together(TableRow::new(cells.collect()))
        })
        .collect();
    Table::without_borders(rows)
        .set_grid(widths.to_vec())
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(0, 0, 0, 0))
}

/// A table of the document, `width` wide; its header row repeats on every page. A short one is not parted by the end of a
/// page, and no header or first row is left behind alone.
pub(super) fn table(table: &document::Table, width: usize) -> Table {
    let shown: Vec<(usize, &document::Column)> =
        table.columns.iter().enumerate().filter(|(_, c)| c.medium != Medium::Workbook).collect();
    let shares: usize = shown.iter().map(|(_, c)| c.width as usize).sum();
    let widths: Vec<usize> = shown.iter().map(|(_, c)| width * c.width as usize / shares.max(1)).collect();
    let cell = |text: Paragraph, width: usize| {
        TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center).add_paragraph(text)
    };
    let head = shown.iter().zip(&widths).map(|((_, column), width)| {
        let title = plain(column.title, TABLE, Weight::Bold, AlignmentType::Center).keep_next(true);
        cell(title, *width).shading(Shading::new().fill(TABLE_HEAD_FILL))
    });
    let mut rows = vec![TableRow::new(head.collect()).cant_split()];
    let last = table.rows.len().saturating_sub(1);
    let kept_until = if table.rows.len() <= SHORT_TABLE { last } else { 1 };
    rows.extend(table.rows.iter().enumerate().map(|(at, row)| match row {
        Row::Group(title) => {
            let title = plain(title, TABLE, Weight::Bold, AlignmentType::Left).keep_next(true);
            let all = TableCell::new().width(widths.iter().sum(), WidthType::Dxa).grid_span(widths.len());
            kept_together(TableRow::new(vec![all.add_paragraph(title)]))
        }
        Row::Cells(cells) => {
            let texts = shown.iter().map(|(index, _)| cells.get(*index).map(document::Cell::written));
            let texts: Vec<String> = texts.map(Option::unwrap_or_default).collect();
            let row = shown.iter().zip(&widths).zip(&texts).map(|(((_, column), width), text)| {
                let text = plain(text, TABLE, Weight::Upright, alignment(column.align));
                cell(if at < kept_until { text.keep_next(true) } else { text }, *width)
            });
            let row = TableRow::new(row.collect());
            let longest = texts.iter().map(|t| t.chars().count()).max().unwrap_or(0);
            if longest > LONG_CELL { row } else { kept_together(row) }
        }
    }));
    Table::new(rows)
        .set_grid(widths.clone())
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(30, 70, 30, 70))
}

/// A row that is not cut by the end of a page. Its height keeps it apart from header rows, which have none: `package`.
fn kept_together(row: TableRow) -> TableRow {
    row.cant_split().row_height(1.0)
}

/// A picture in the middle of the line, in the size that it was drawn for.
pub(super) fn figure(picture: Result<Picture, String>, number: usize) -> Result<Paragraph, ReportError> {
    let picture = picture.map_err(ReportError::Docx)?;
    let emu = |pixels: u32| pixels * (EMU_PER_INCH / DPI);
    let pic = Pic::new_with_dimensions(picture.png, picture.width, picture.height)
        // docx-rs counts pictures over the whole process: the same document must be the same bytes.
        .id(format!("rIdImage{number}"))
        .size(emu(picture.width), emu(picture.height));
    Ok(Paragraph::new()
        .align(AlignmentType::Center)
        .line_spacing(spacing(BETWEEN, BETWEEN))
        .add_run(Run::new().add_image(pic)))
}

fn alignment(align: Align) -> AlignmentType {
    match align {
        Align::Start => AlignmentType::Left,
        Align::Center => AlignmentType::Center,
        Align::End => AlignmentType::Right,
    }
}
