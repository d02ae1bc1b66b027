//! What only the window knows: which screen, what is selected, what is being typed.

use super::dialogs::Dialogs;
use super::dialogs::help::Help;
use super::form::Drafts;
use super::screens::{care, catalogue, first_run, inbox, log, overview, pillar, settings, submit, summary};
use super::shell::palette::Palette;
use super::theme::icons;
use crate::catalogue::{Catalogue, Id};
use crate::record::Key;

/// The screens, in the order of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Screen {
    #[default]
    Overview,
    Pillar,
    Submit,
    Inbox,
    /// Only where this agency receives.
    Summary,
    Catalogue,
    Log,
    Settings,
}

/// Somewhere to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Screen(Screen),
    Pillar(u8),
    /// An indicator or task as an agency reports it.
    Item {
        item: Id,
        agency: Id,
    },
    /// Where a conflict is settled.
    Conflict(Key),
    /// What is contributed to a lead agency.
    Contribution(Id),
}

/// Everything that the window remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    pub screen: Screen,
    /// What is typed and not stored yet, on any screen.
    pub drafts: Drafts,
    pub palette: Palette,
    pub dialogs: Dialogs,
    pub help: Help,
    pub first_run: first_run::State,
    pub overview: overview::State,
    pub pillar: pillar::State,
    pub submit: submit::State,
    pub inbox: inbox::State,
    pub summary: summary::State,
    pub catalogue: catalogue::State,
    pub log: log::State,
    pub settings: settings::State,
    pub care: care::State,
}

impl Screen {
    pub const ALL: [Screen; 8] = [
        Screen::Overview,
        Screen::Pillar,
        Screen::Submit,
        Screen::Inbox,
        Screen::Summary,
        Screen::Catalogue,
        Screen::Log,
        Screen::Settings,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Screen::Overview => "Tổng quan",
            Screen::Pillar => "Trụ cột",
            Screen::Submit => "Nộp báo cáo",
            Screen::Inbox => "Gói nhận",
            Screen::Summary => "Tổng hợp",
            Screen::Catalogue => "Danh mục",
            Screen::Log => "Nhật ký",
            Screen::Settings => "Cài đặt",
        }
    }

    pub fn icon(self) -> &'static str {
        match self {
            Screen::Overview => icons::HOME,
            Screen::Pillar => icons::CHART_BAR,
            Screen::Submit => icons::SEND,
            Screen::Inbox => icons::INBOX,
            Screen::Summary => icons::SUM,
            Screen::Catalogue => icons::BOOK,
            Screen::Log => icons::HISTORY,
            Screen::Settings => icons::SETTINGS,
        }
    }
}

impl Place {
    pub fn screen(&self) -> Screen {
        match self {
            Place::Screen(screen) => *screen,
            Place::Pillar(_) | Place::Item { .. } => Screen::Pillar,
            Place::Conflict(_) => Screen::Inbox,
            Place::Contribution(_) => Screen::Submit,
        }
    }
}

impl State {
    /// Goes to a place.
    pub fn go(&mut self, catalogue: &Catalogue, place: Place) {
        self.screen = place.screen();
        match place {
            Place::Screen(_) => {}
            Place::Pillar(pillar) => self.pillar.open_pillar(pillar),
            Place::Item { item, agency } => self.pillar.open_item(catalogue, item, agency),
            Place::Conflict(key) => self.inbox.conflict = Some(key),
            Place::Contribution(lead) => self.submit.contribute_to(lead),
        }
    }

    /// True where something typed is not stored yet: the window asks before it closes.
    pub fn unsaved(&self) -> bool {
        let screens = self.pillar.unsaved()
            || self.summary.unsaved()
            || self.inbox.unsaved()
            || self.submit.unsaved()
            || self.catalogue.unsaved();
        self.drafts.unsaved() || self.dialogs.unsaved() || screens
    }
}
