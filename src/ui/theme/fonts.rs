//! The embedded fonts: Noto Sans with all of Vietnamese and tabular digits, a few signs, and the icons.
//!
//! egui's own fonts lack most of the Vietnamese letters and are not built in.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

/// The family of the bold face: `RichText::strong` would only change the colour.
pub const BOLD: &str = "bold";

/// All families with their fallbacks. Icons come last in each, so that a text may begin with one.
pub fn definitions() -> FontDefinitions {
    let icons = FontTweak { y_offset_factor: 0.04, ..FontTweak::default() };
    let faces = [
        ("regular", FontData::from_static(include_bytes!("../../../assets/fonts/NotoSans-Regular.ttf"))),
        (BOLD, FontData::from_static(include_bytes!("../../../assets/fonts/NotoSans-Bold.ttf"))),
        ("signs", FontData::from_static(include_bytes!("../../../assets/fonts/NotoSansSymbols-Subset.ttf"))),
        ("icons", FontData::from_static(include_bytes!("../../../assets/fonts/icons.ttf")).tweak(icons)),
    ];
    let family = |first: &str| [first, "signs", "icons"].map(str::to_owned).to_vec();
    let mut fonts = FontDefinitions::empty();
    fonts.font_data = faces.into_iter().map(|(name, data)| (name.to_owned(), Arc::new(data))).collect();
    fonts.families = [
        (FontFamily::Proportional, family("regular")),
        // Noto Sans has tabular digits: nothing here needs a monospaced face.
        (FontFamily::Monospace, family("regular")),
        (bold(), family(BOLD)),
    ]
    .into();
    fonts
}

/// The bold family.
pub fn bold() -> FontFamily {
    FontFamily::Name(BOLD.into())
}
