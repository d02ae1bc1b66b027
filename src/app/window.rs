//! The window itself: how it opens, how large, with which renderer, and what is said where it cannot open.

use std::error::Error;
use std::path::Path;

use eframe::{CreationContext, NativeOptions};
use egui::{IconData, ViewportBuilder};

use super::{App, Start, Surroundings, surroundings};
use crate::platform::bell::{self, Rang, Ring};
use crate::platform::dialogs;
use crate::platform::renderer::{self, Attempt, Outcome, Renderer};
use crate::ui::Graphics;
use crate::words;

/// What a PC with a 1366x768 screen has room for.
const SIZE: [f32; 2] = [1280.0, 680.0];
const LEAST: [f32; 2] = [960.0, 560.0];
const ICON: &[u8] = include_bytes!("../../assets/icons/dti-256.png");

/// The exit code where the window cannot open.
const NO_WINDOW: u8 = 4;

/// Opens the window, drawn by the renderer asked for if it works, and returns the exit code when it has been closed.
pub fn open(file: Option<&Path>, asked: Option<Renderer>) -> u8 {
    if !renderer::has_display() {
        dialogs::say_last_words(words::no_display());
        return NO_WINDOW;
    }
    let around = surroundings();
    let directories = around.directories.clone();
    let wanted = file.map(Start::of_file).unwrap_or_default();
    if let Some(workspace) = wanted.workspace.as_ref().or(around.settings.recent.first())
        && bell::ring(&directories.bell_folder(), workspace, &Ring { packages: wanted.packages }) == Rang::Answered
    {
        // Its window has come forward.
        return 0;
    }
    let start = renderer::Start {
        file,
        asked,
        remembered: around.settings.renderer,
        mark: &directories.renderer_mark(),
        crashes: &directories.crash_folder(),
    };
    let outcome = renderer::open(&start, |attempt| run(file, around, attempt).map_err(|error| error.to_string()));
    match outcome {
        Outcome::Closed | Outcome::StartedAgain => 0,
        Outcome::Failed(reason) => {
            log::error!("window: {reason}");
            dialogs::say_last_words(&words::no_renderer(&reason, &directories.log_file()));
            NO_WINDOW
        }
    }
}

fn run(file: Option<&Path>, mut around: Surroundings, attempt: &Attempt) -> Result<(), eframe::Error> {
    let viewport = ViewportBuilder::default()
        .with_title("DTI Quảng Trị")
        .with_app_id("vn.quangtri.dti")
        .with_inner_size(around.settings.window_size.unwrap_or(SIZE))
        .with_min_inner_size(LEAST)
        .with_icon(icon());
    let options = NativeOptions { viewport, renderer: drawn_by(attempt.renderer()), ..NativeOptions::default() };
    let start = file.map(Start::of_file).unwrap_or_default();
    let create = |creation: &CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn Error + Send + Sync>> {
        attempt.opened();
        around.settings.renderer = attempt.to_remember().or(around.settings.renderer);
        Ok(Box::new(App::new(&creation.egui_ctx, start, around)?))
    };
    eframe::run_native("dti", options, Box::new(create))
}

/// The renderers of this PC as the settings offer them; none where there is one only.
pub(super) fn graphics_offered() -> Vec<Graphics> {
    match Renderer::ALL {
        [] | [_] => Vec::new(),
        several => std::iter::once(Graphics::Automatic).chain(several.iter().map(|r| graphics_of(*r))).collect(),
    }
}

pub(super) fn graphics_of(renderer: Renderer) -> Graphics {
    match renderer {
        Renderer::Glow => Graphics::OpenGl,
        Renderer::Wgpu => Graphics::DirectX,
    }
}

pub(super) fn renderer_of(graphics: Graphics) -> Option<Renderer> {
    Renderer::ALL.iter().copied().find(|r| graphics_of(*r) == graphics)
}

fn drawn_by(renderer: Renderer) -> eframe::Renderer {
    match renderer {
        #[cfg(windows)]
        Renderer::Wgpu => eframe::Renderer::Wgpu,
        _ => eframe::Renderer::Glow,
    }
}

/// The program's icon; none where the picture cannot be read, which a test rules out.
fn icon() -> IconData {
    decode(ICON).unwrap_or_default()
}

fn decode(png: &[u8]) -> Option<IconData> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let mut rgba = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut rgba).ok()?;
    rgba.truncate(info.buffer_size());
    (info.color_type == png::ColorType::Rgba).then_some(IconData { rgba, width: info.width, height: info.height })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_a_square_of_rgba() {
        let icon = decode(ICON).unwrap();
        assert_eq!((icon.width, icon.height), (256, 256));
        assert_eq!(icon.rgba.len(), 256 * 256 * 4);
    }
}
