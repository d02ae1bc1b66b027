//! How the window looks: fonts, colours and egui's style, set once; theme and text size, set when chosen.

pub mod fonts;
pub mod icons;
mod text;
mod tokens;

use egui::{Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Ui, Vec2, Visuals};

pub use text::{bold, caption, icon, page_title, secondary, section_title, tinted};
pub use tokens::{Palette, Tint, size, space};

use tokens::{DARK, LIGHT};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

/// How large everything is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextSize {
    #[default]
    Normal,
    Large,
    Larger,
}

/// What a colour says. Never the only carrier: an icon or a word stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Neutral,
    Info,
    Success,
    Warning,
    Danger,
}

impl Theme {
    pub const ALL: [Theme; 2] = [Theme::Light, Theme::Dark];

    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub fn parse(text: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|t| t.as_str() == text)
    }
}

impl TextSize {
    pub const ALL: [TextSize; 3] = [TextSize::Normal, TextSize::Large, TextSize::Larger];

    /// Factor on every size.
    pub fn factor(self) -> f32 {
        match self {
            TextSize::Normal => 1.0,
            TextSize::Large => 1.15,
            TextSize::Larger => 1.3,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            TextSize::Normal => "normal",
            TextSize::Large => "large",
            TextSize::Larger => "larger",
        }
    }

    pub fn parse(text: &str) -> Option<TextSize> {
        TextSize::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

impl Palette {
    pub fn tint(&self, tone: Tone) -> Tint {
        match tone {
            Tone::Neutral => self.neutral,
            Tone::Info => self.info,
            Tone::Success => self.success,
            Tone::Warning => self.warning,
            Tone::Danger => self.danger,
        }
    }

    /// The hue of a pillar, 1 to 8.
    pub fn pillar(&self, pillar: u8) -> egui::Color32 {
        self.pillars[usize::from(pillar.clamp(1, 8)) - 1]
    }
}

/// Sets fonts and both themes' styles. Once, when the window opens.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts::definitions());
    ctx.set_style_of(egui::Theme::Light, style(&LIGHT, Visuals::light()));
    ctx.set_style_of(egui::Theme::Dark, style(&DARK, Visuals::dark()));
    ctx.options_mut(|o| {
        // Ctrl+Q would close the window in the middle of a sentence; the text size is a setting.
        o.quit_shortcuts.clear();
        o.zoom_with_keyboard = false;
    });
    apply(ctx, Theme::default(), TextSize::default());
}

/// Sets the chosen theme and text size.
pub fn apply(ctx: &Context, theme: Theme, text_size: TextSize) {
    ctx.set_theme(match theme {
        Theme::Light => egui::Theme::Light,
        Theme::Dark => egui::Theme::Dark,
    });
    ctx.set_zoom_factor(text_size.factor());
}

/// The colours that `ui` is drawn in.
pub fn palette(ui: &Ui) -> &'static Palette {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

fn style(p: &Palette, visuals: Visuals) -> Style {
    let font = |size| FontId::new(size, FontFamily::Proportional);
    let mut style = Style {
        visuals: coloured(p, visuals),
        text_styles: [
            (TextStyle::Small, font(size::CAPTION)),
            (TextStyle::Body, font(size::BODY)),
            (TextStyle::Monospace, font(size::BODY)),
            (TextStyle::Button, font(size::BODY)),
            (TextStyle::Heading, FontId::new(size::SECTION, fonts::bold())),
        ]
        .into(),
        animation_time: 0.08,
        ..Style::default()
    };
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::new(space::S, space::XS);
    spacing.button_padding = Vec2::new(space::M, space::XS);
    spacing.interact_size = Vec2::new(size::CONTROL, size::CONTROL);
    spacing.icon_spacing = 6.0;
    spacing.combo_width = 120.0;
    spacing.combo_height = 320.0;
    spacing.text_edit_width = 240.0;
    spacing.tooltip_width = 420.0;
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    spacing.scroll = egui::style::ScrollStyle::solid();
    spacing.scroll.bar_width = 8.0;
    spacing.scroll.bar_inner_margin = 4.0;
    spacing.scroll.foreground_color = false;
    spacing.scroll.fade.strength = 0.0;
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style
}

fn coloured(p: &Palette, mut v: Visuals) -> Visuals {
    let radius = CornerRadius::same(size::RADIUS);
    let widgets = &mut v.widgets;
    for (state, fill, frame, text) in [
        (&mut widgets.noninteractive, p.panel, p.line, p.text),
        (&mut widgets.inactive, p.panel, p.frame, p.text),
        (&mut widgets.hovered, p.hover, p.frame, p.text),
        (&mut widgets.active, p.hover, p.accent, p.text),
        (&mut widgets.open, p.hover, p.accent, p.text),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, frame);
        state.fg_stroke = Stroke::new(1.0, text);
        state.corner_radius = radius;
        state.expansion = 0.0;
    }
    // Solid scroll bars take their handle from here.
    widgets.inactive.bg_fill = p.frame;
    widgets.hovered.bg_fill = p.secondary;
    widgets.active.bg_fill = p.secondary;
    v.selection.bg_fill = p.accent.gamma_multiply(0.25);
    v.selection.stroke = Stroke::new(1.5, p.accent);
    v.hyperlink_color = p.accent;
    v.weak_text_color = Some(p.secondary);
    v.faint_bg_color = p.page;
    v.extreme_bg_color = p.page;
    v.text_edit_bg_color = Some(p.panel);
    v.code_bg_color = p.neutral.ground;
    v.warn_fg_color = p.warning.text;
    v.error_fg_color = p.danger.text;
    v.window_fill = p.panel;
    v.window_stroke = Stroke::new(1.0, p.line);
    v.window_corner_radius = CornerRadius::same(8);
    v.menu_corner_radius = radius;
    v.panel_fill = p.panel;
    let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: p.shadow };
    v.window_shadow = shadow;
    v.popup_shadow = shadow;
    v.text_cursor.stroke = Stroke::new(1.5, p.accent);
    v.striped = false;
    v.button_frame = true;
    v
}
