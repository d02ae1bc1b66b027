//! The look as data: colours of both themes, sizes, the rhythm of space. The only place with a `Color32`.
//!
//! Contrast is 4.5:1 for text and 3:1 for marks of charts, on panel and page; tests hold it there.

use egui::Color32;

/// The colours of one theme, by what they are for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub page: Color32,
    /// Cards, bars and tables.
    pub panel: Color32,
    /// The pointer's row, quiet buttons under the pointer.
    pub hover: Color32,
    /// The chosen row.
    pub selected: Color32,
    /// Hairlines and frames.
    pub line: Color32,
    /// Frames of fields and buttons.
    pub frame: Color32,
    pub text: Color32,
    pub secondary: Color32,
    pub accent: Color32,
    pub accent_hover: Color32,
    /// Text on a filled accent.
    pub on_accent: Color32,
    pub success: Tint,
    pub warning: Tint,
    pub danger: Tint,
    pub info: Tint,
    pub neutral: Tint,
    /// The unfilled part of a bar.
    pub track: Color32,
    pub grid: Color32,
    /// By pillar, 1 to 8.
    pub pillars: [Color32; 8],
    pub shadow: Color32,
}

/// A text colour and the pale ground that it stands on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tint {
    pub text: Color32,
    pub ground: Color32,
}

pub const LIGHT: Palette = Palette {
    page: rgb(0xF6F7F9),
    panel: rgb(0xFFFFFF),
    hover: rgb(0xF0F3F6),
    selected: rgb(0xE6F0FA),
    line: rgb(0xE2E6EB),
    frame: rgb(0xC3CAD2),
    text: rgb(0x18212B),
    secondary: rgb(0x55616E),
    accent: rgb(0x0B5CAD),
    accent_hover: rgb(0x094C90),
    on_accent: rgb(0xFFFFFF),
    success: Tint { text: rgb(0x1A7148), ground: rgb(0xE4F4EB) },
    warning: Tint { text: rgb(0x8A5000), ground: rgb(0xFDF1DC) },
    danger: Tint { text: rgb(0xB3261E), ground: rgb(0xFCE8E6) },
    info: Tint { text: rgb(0x0B5CAD), ground: rgb(0xE6F0FA) },
    neutral: Tint { text: rgb(0x55616E), ground: rgb(0xEEF1F4) },
    track: rgb(0xE8ECF0),
    grid: rgb(0xEDF0F3),
    pillars: [
        rgb(0xB87400),
        rgb(0x2A86BE),
        rgb(0x00805D),
        rgb(0x8A7A00),
        rgb(0x1D5FA8),
        rgb(0xC24E00),
        rgb(0xA9568A),
        rgb(0x5B6770),
    ],
    shadow: Color32::from_black_alpha(24),
};

pub const DARK: Palette = Palette {
    page: rgb(0x14181D),
    panel: rgb(0x1B2027),
    hover: rgb(0x242B33),
    selected: rgb(0x1D3145),
    line: rgb(0x2E363F),
    frame: rgb(0x48525D),
    text: rgb(0xE6EAEE),
    secondary: rgb(0xA3AEBA),
    accent: rgb(0x6CB2F5),
    accent_hover: rgb(0x8DC4F8),
    on_accent: rgb(0x0E1A26),
    success: Tint { text: rgb(0x68C997), ground: rgb(0x17322A) },
    warning: Tint { text: rgb(0xE5B05A), ground: rgb(0x382B15) },
    danger: Tint { text: rgb(0xF29A91), ground: rgb(0x3D2020) },
    info: Tint { text: rgb(0x7CBBF6), ground: rgb(0x1A2E42) },
    neutral: Tint { text: rgb(0xA3AEBA), ground: rgb(0x272E36) },
    track: rgb(0x2C343D),
    grid: rgb(0x262D35),
    pillars: [
        rgb(0xE69F00),
        rgb(0x56B4E9),
        rgb(0x22B58A),
        rgb(0xE0D54A),
        rgb(0x5B9BD9),
        rgb(0xEE7733),
        rgb(0xD38BB5),
        rgb(0x9AA7B3),
    ],
    shadow: Color32::from_black_alpha(96),
};

/// Points between things: multiples of 4.
pub mod space {
    pub const XS: f32 = 4.0;
    pub const S: f32 = 8.0;
    pub const M: f32 = 12.0;
    pub const L: f32 = 16.0;
    pub const XL: f32 = 24.0;
}

/// Sizes in points.
pub mod size {
    pub const BODY: f32 = 13.5;
    pub const CAPTION: f32 = 12.0;
    pub const SECTION: f32 = 16.0;
    pub const PAGE: f32 = 22.0;
    pub const ICON: f32 = 16.0;
    /// Fields and buttons.
    pub const CONTROL: f32 = 30.0;
    /// Rows of tables.
    pub const ROW: f32 = 30.0;
    /// A row with room for two lines.
    pub const ROW_OF_TWO: f32 = 42.0;
    pub const RADIUS: u8 = 6;
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance contrast of WCAG 2.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |c: Color32| {
            let channel = |v: u8| {
                let v = f32::from(v) / 255.0;
                if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(c.r()) + 0.7152 * channel(c.g()) + 0.0722 * channel(c.b())
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_is_readable_on_every_ground_it_stands_on() {
        for p in [LIGHT, DARK] {
            for ground in [p.page, p.panel, p.hover, p.selected] {
                for text in [p.text, p.secondary, p.accent] {
                    assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}: {}", contrast(text, ground));
                }
            }
            for tint in [p.success, p.warning, p.danger, p.info, p.neutral] {
                for ground in [tint.ground, p.panel, p.page] {
                    assert!(contrast(tint.text, ground) >= 4.5, "{tint:?} on {ground:?}");
                }
            }
            assert!(contrast(p.on_accent, p.accent) >= 4.5);
            assert!(contrast(p.on_accent, p.accent_hover) >= 4.5);
        }
    }

    #[test]
    fn pillar_colours_stand_out_from_panel_and_track() {
        for p in [LIGHT, DARK] {
            for hue in p.pillars {
                assert!(contrast(hue, p.panel) >= 3.0, "{hue:?}: {}", contrast(hue, p.panel));
                assert!(contrast(hue, p.track) >= 2.5, "{hue:?}: {}", contrast(hue, p.track));
            }
        }
    }
}
