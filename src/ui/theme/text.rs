//! Texts by their place in the hierarchy: page, section, body, caption; bold by a real face.

use egui::{RichText, Ui};

use super::{Tone, fonts, palette, size};

/// The title of a screen: 22 bold.
pub fn page_title(text: impl Into<String>) -> RichText {
    bold(text).size(size::PAGE)
}

/// The title of a section or card: 16 bold.
pub fn section_title(text: impl Into<String>) -> RichText {
    bold(text).size(size::SECTION)
}

pub fn bold(text: impl Into<String>) -> RichText {
    RichText::new(text).family(fonts::bold())
}

/// Small and grey: labels of fields, heads of tables, notes.
pub fn caption(ui: &Ui, text: impl Into<String>) -> RichText {
    RichText::new(text).size(size::CAPTION).color(palette(ui).secondary)
}

/// Body size, grey.
pub fn secondary(ui: &Ui, text: impl Into<String>) -> RichText {
    RichText::new(text).color(palette(ui).secondary)
}

/// Body size, in the text colour of a tone.
pub fn tinted(ui: &Ui, tone: Tone, text: impl Into<String>) -> RichText {
    RichText::new(text).color(palette(ui).tint(tone).text)
}

/// A glyph of [`super::icons`] at its size.
pub fn icon(glyph: &str) -> RichText {
    RichText::new(glyph).size(size::ICON)
}
