//! What only the window knows: which screen, what is selected, what is being typed.

use crate::catalogue::Id;
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
}

/// Everything that the window remembers between frames.
#[derive(Default)]
pub struct State {
    pub screen: Screen,
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
}

impl Place {
    pub fn screen(&self) -> Screen {
        match self {
            Place::Screen(screen) => *screen,
            Place::Pillar(_) | Place::Item { .. } => Screen::Pillar,
            Place::Conflict(_) => Screen::Inbox,
        }
    }
}
