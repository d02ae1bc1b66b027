//! The PC around us: folders, settings, dialogs, log, crash reports, locks. No report data, no window.

pub mod crash;
pub mod dialogs;
pub mod directories;
pub mod here;
pub mod lock;
pub mod log;
pub mod open;
pub mod settings;
pub mod whole;

pub use directories::Directories;
pub use settings::Settings;
