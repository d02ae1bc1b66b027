//! A chart as a PNG picture, for paper: horizontal bars with their numbers beside them.
//!
//! Rectangles on whole pixels and letters from the embedded font need no drawing library.

use ab_glyph::{Font, FontRef, GlyphId, PxScale, PxScaleFont, ScaleFont, point};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::document::{Bar, Chart, Number};

/// Pixels per inch on paper: sharp enough for print, small enough for e-mail.
pub(super) const DPI: u32 = 200;

/// The text width of a page with the margins of NĐ 30, in pixels.
const WIDTH: u32 = 165 * DPI * 10 / 254;
const REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Bold.ttf");

const TITLE_HEIGHT: u32 = 92;
const BAR_PITCH: u32 = 50;
const BAR_HEIGHT: u32 = 28;
const AXIS_HEIGHT: u32 = 46;
/// Where labels end and bars begin; bars of 100 % end at `BARS_END`, the rest is for their numbers.
const BARS_START: u32 = 680;
const BARS_END: u32 = 1130;
const GAP: u32 = 12;

type Colour = [u8; 3];
const INK: Colour = [0x18, 0x21, 0x2B];
const PALE_INK: Colour = [0x55, 0x61, 0x6E];
const GRID: Colour = [0xD5, 0xDA, 0xE0];
const BAR: Colour = [0x0B, 0x5C, 0xAD];

/// A picture and its size in pixels.
pub(super) struct Picture {
    pub png: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// Draws the chart; an error only where the PNG encoder or the embedded font fails.
pub(super) fn picture(chart: &Chart) -> Result<Picture, String> {
    let font = |bytes: &'static [u8], size: f32| face(bytes, size).map_err(|e| e.to_string());
    let (title, label, small) = (font(BOLD, 40.0)?, font(REGULAR, 33.0)?, font(REGULAR, 28.0)?);
    let bars = chart.bars.len() as u32;
    let mut canvas = Canvas::new(WIDTH, TITLE_HEIGHT + bars * BAR_PITCH + AXIS_HEIGHT);

    canvas.text(&title, 0, 36, INK, &elided(&title, &chart.title, WIDTH));
    canvas.text(&small, 0, 72, PALE_INK, &elided(&small, &chart.measure, WIDTH));
    let bottom = TITLE_HEIGHT + bars * BAR_PITCH;
    for percent in (0..=100).step_by(25) {
        let x = x_of(Decimal::from(percent));
        canvas.fill(x, TITLE_HEIGHT, 2, bottom - TITLE_HEIGHT, GRID);
        let mark = format!("{percent}%");
        canvas.text(&small, x.saturating_sub(width(&small, &mark) / 2), bottom + 34, PALE_INK, &mark);
    }
    for (row, bar) in (0_u32..).zip(&chart.bars) {
        draw_bar(&mut canvas, &label, &small, TITLE_HEIGHT + row * BAR_PITCH, bar);
    }
    canvas.into_picture()
}

fn draw_bar(canvas: &mut Canvas, label: &Face, small: &Face, top: u32, bar: &Bar) {
    let baseline = top + BAR_PITCH / 2 + 11;
    let name = elided(label, &bar.label, BARS_START - 2 * GAP);
    let indent = (BARS_START - GAP).saturating_sub(width(label, &name));
    canvas.text(label, indent, baseline, INK, &name);
    match bar.percent {
        Some(percent) => {
            let end = x_of(percent);
            canvas.fill(BARS_START, top + (BAR_PITCH - BAR_HEIGHT) / 2, end - BARS_START, BAR_HEIGHT, BAR);
            canvas.text(label, end + GAP, baseline, INK, &Number::Percent.written(percent));
        }
        None => canvas.text(small, BARS_START + GAP, baseline, PALE_INK, "chưa có số liệu"),
    }
}

/// The pixel column of a percentage; what is over 100 % ends at the axis' end, its number says the rest.
fn x_of(percent: Decimal) -> u32 {
    let share = percent.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED) / Decimal::ONE_HUNDRED;
    BARS_START + (share * Decimal::from(BARS_END - BARS_START)).round().to_u32().unwrap_or(0)
}

type Face = PxScaleFont<FontRef<'static>>;

fn face(bytes: &'static [u8], size: f32) -> Result<Face, ab_glyph::InvalidFont> {
    Ok(FontRef::try_from_slice(bytes)?.into_scaled(PxScale::from(size)))
}

/// The glyphs of a text with the pixel column at which each begins, and the column after the last.
fn layout(face: &Face, text: &str) -> (Vec<(GlyphId, f32)>, f32) {
    let (mut glyphs, mut x, mut last) = (Vec::new(), 0.0, None);
    for id in text.chars().map(|c| face.glyph_id(c)) {
        x += last.map_or(0.0, |last| face.kern(last, id));
        glyphs.push((id, x));
        x += face.h_advance(id);
        last = Some(id);
    }
    (glyphs, x)
}

fn width(face: &Face, text: &str) -> u32 {
    layout(face, text).1.ceil() as u32
}

/// The text, shortened until it is at most `room` pixels wide.
fn elided(face: &Face, text: &str, room: u32) -> String {
    let mut chars = text.chars().count();
    let mut shown = text.to_owned();
    while width(face, &shown) > room && chars > 1 {
        chars -= 1;
        shown = crate::text::elide(text, chars);
    }
    shown
}

struct Canvas {
    width: u32,
    height: u32,
    /// Rows of red, green, blue.
    pixels: Vec<u8>,
}

impl Canvas {
    fn new(width: u32, height: u32) -> Canvas {
        Canvas { width, height, pixels: vec![0xFF; (width * height * 3) as usize] }
    }

    fn fill(&mut self, left: u32, top: u32, width: u32, height: u32, colour: Colour) {
        for y in top..(top + height).min(self.height) {
            for x in left..(left + width).min(self.width) {
                self.blend(x, y, colour, 1.0);
            }
        }
    }

    fn text(&mut self, face: &Face, left: u32, baseline: u32, colour: Colour, text: &str) {
        for (id, x) in layout(face, text).0 {
            let glyph = id.with_scale_and_position(face.scale(), point(left as f32 + x, baseline as f32));
            let Some(outline) = face.outline_glyph(glyph) else { continue };
            let corner = outline.px_bounds().min;
            outline.draw(|x, y, coverage| {
                let (x, y) = (corner.x + x as f32, corner.y + y as f32);
                if x >= 0.0 && y >= 0.0 {
                    self.blend(x as u32, y as u32, colour, coverage);
                }
            });
        }
    }

    fn blend(&mut self, x: u32, y: u32, colour: Colour, coverage: f32) {
        if x >= self.width || y >= self.height {
            return;
        }
        let at = ((y * self.width + x) * 3) as usize;
        for (pixel, ink) in self.pixels[at..at + 3].iter_mut().zip(colour) {
            let (below, above) = (f32::from(*pixel), f32::from(ink));
            *pixel = (below + (above - below) * coverage.clamp(0.0, 1.0)).round() as u8;
        }
    }

    fn into_picture(self) -> Result<Picture, String> {
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(|e| e.to_string())?;
        writer.write_image_data(&self.pixels).map_err(|e| e.to_string())?;
        writer.finish().map_err(|e| e.to_string())?;
        Ok(Picture { png, width: self.width, height: self.height })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixels(percent: Option<Decimal>) -> Vec<u8> {
        let bars = vec![Bar { label: "Cơ quan nhà nước kết nối mạng".to_owned(), percent }];
        let chart = Chart { title: "Hạ tầng số".to_owned(), measure: "Mức đạt".to_owned(), bars };
        let png = picture(&chart).unwrap().png;
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        pixels
    }

    /// Pixels of the bar's colour in the row through its middle.
    fn bar_length(percent: i64) -> usize {
        let pixels = pixels(Some(Decimal::from(percent)));
        let row = ((TITLE_HEIGHT + BAR_PITCH / 2) * WIDTH * 3) as usize;
        pixels[row..row + (WIDTH * 3) as usize].chunks(3).filter(|p| **p == BAR).count()
    }

    #[test]
    fn a_bar_is_as_long_as_its_number_and_ends_at_the_axis() {
        let full = (BARS_END - BARS_START) as usize;
        assert_eq!(bar_length(0), 0);
        assert_eq!(bar_length(50), full / 2);
        assert_eq!(bar_length(100), full);
        assert_eq!(bar_length(250), full);
    }

    #[test]
    fn no_data_has_a_word_and_no_bar() {
        let pixels = pixels(None);
        assert!(pixels.chunks(3).all(|p| *p != BAR), "no bar");
        let row = |from: u32| {
            let at = ((TITLE_HEIGHT + BAR_PITCH / 2) * WIDTH + from) as usize * 3;
            &pixels[at..at + 600]
        };
        assert!(row(BARS_START + GAP).iter().any(|v| *v < 0x80), "the word stands where the bar would be");
    }

    #[test]
    fn a_long_name_is_cut_to_its_room() {
        let face = face(REGULAR, 27.0).unwrap();
        let name = "Tỷ lệ cơ quan nhà nước sử dụng nền tảng phân tích, xử lý dữ liệu tổng hợp tập trung cấp tỉnh";
        let cut = elided(&face, name, 400);
        assert!(cut.ends_with('…') && width(&face, &cut) <= 400, "{cut}");
        assert_eq!(elided(&face, "Ngắn", 400), "Ngắn");
    }

    #[test]
    fn the_fonts_have_every_letter_of_vietnamese() {
        let letters =
            "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ…%&/-–,.()";
        for bytes in [REGULAR, BOLD] {
            let face = face(bytes, 20.0).unwrap();
            let missing: Vec<char> = letters.chars().filter(|c| face.glyph_id(*c).0 == 0).collect();
            assert!(missing.is_empty(), "{missing:?}");
        }
    }
}
