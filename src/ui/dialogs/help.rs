//! F1: the help of the screen that is shown, beside it. The texts are in `assets/help`, a page for each screen.

use egui::{Label, RichText, Ui};

use crate::ui::command::Command;
use crate::ui::state::Screen;
use crate::ui::theme::{fonts, icons, space};
use crate::ui::widgets;

/// Whether the help is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Help {
    #[default]
    Closed,
    Open,
}

impl Help {
    pub fn toggle(&mut self) {
        *self = match self {
            Help::Closed => Help::Open,
            Help::Open => Help::Closed,
        };
    }
}

/// The page of a screen; of the first run where there is none.
pub fn page(screen: Option<Screen>) -> &'static str {
    match screen {
        None => include_str!("../../../assets/help/bat-dau.md"),
        Some(Screen::Overview) => include_str!("../../../assets/help/tong-quan.md"),
        Some(Screen::Pillar) => include_str!("../../../assets/help/tru-cot.md"),
        Some(Screen::Submit) => include_str!("../../../assets/help/nop-bao-cao.md"),
        Some(Screen::Inbox) => include_str!("../../../assets/help/goi-nhan.md"),
        Some(Screen::Summary) => include_str!("../../../assets/help/tong-hop.md"),
        Some(Screen::Catalogue) => include_str!("../../../assets/help/danh-muc.md"),
        Some(Screen::Log) => include_str!("../../../assets/help/nhat-ky.md"),
        Some(Screen::Settings) => include_str!("../../../assets/help/cai-dat.md"),
    }
}

/// Draws a page: a heading, paragraphs, points, bold words. That is all the Markdown that the pages use.
pub fn show(ui: &mut Ui, page: &str, out: &mut Vec<Command>) {
    let mut blocks = page.split("\n\n").map(str::trim).filter(|b| !b.is_empty());
    let title = blocks.next().unwrap_or_default().trim_start_matches("# ");
    widgets::section(ui, title, |ui| {
        if widgets::icon_button(ui, icons::CLOSE, "Đóng trợ giúp").clicked() {
            out.push(Command::Help);
        }
    });
    egui::ScrollArea::vertical().id_salt("help").auto_shrink([false, false]).show(ui, |ui| {
        for block in blocks {
            for line in block.lines() {
                match line.strip_prefix("- ") {
                    Some(point) => {
                        ui.horizontal_top(|ui| {
                            ui.label("•");
                            rich_ui(ui, point);
                        });
                    }
                    None => rich_ui(ui, line),
                }
            }
            ui.add_space(space::S);
        }
    });
}

/// A line with `**bold**` and `` `literal` `` parts, as one text that wraps.
fn rich_ui(ui: &mut Ui, line: &str) {
    let mut job = egui::text::LayoutJob::default();
    for (index, part) in line.split("**").enumerate() {
        let text = RichText::new(part.replace('`', ""));
        let text = if index % 2 == 1 { text.family(fonts::bold()) } else { text };
        text.append_to(&mut job, ui.style(), egui::FontSelection::Default, egui::Align::Min);
    }
    ui.add(Label::new(job).wrap());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::command::Enclosure;

    #[test]
    fn every_screen_has_a_page_with_a_heading_and_balanced_bold() {
        for screen in Screen::ALL.into_iter().map(Some).chain([None]) {
            let page = page(screen);
            assert!(page.starts_with("# "), "{screen:?}");
            assert!(page.lines().all(|line| line.matches("**").count() % 2 == 0), "{screen:?}");
            if let Some(screen) = screen {
                assert!(page.starts_with(&format!("# {}", screen.title())), "{screen:?}");
            }
        }
    }

    #[test]
    fn what_the_help_calls_a_button_is_what_the_button_says() {
        let said = [
            (Screen::Submit, Command::OpenMail("".into())),
            (Screen::Submit, Command::ShowInFolder("".into())),
            (Screen::Inbox, Command::ChoosePackages),
            (Screen::Inbox, Command::ChoosePackageFolder),
            (Screen::Log, Command::Undo(None)),
            (Screen::Log, Command::Redo),
            (Screen::Settings, Command::Check),
            (Screen::Settings, Command::EditTemplates),
            (Screen::Pillar, Command::LoadTable),
            (Screen::Summary, Command::MakeForms(Vec::new())),
            (Screen::Summary, Command::Remind { agencies: Vec::new(), enclosure: Enclosure::Form }),
            (Screen::Summary, Command::EditTemplates),
        ];
        for (screen, command) in said {
            let text = command.label().text;
            assert!(page(Some(screen)).contains(&format!("**{text}**")), "{screen:?} does not name {text}");
        }
    }
}
