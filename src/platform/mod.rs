//! The PC around us: folders, settings, dialogs, log, crash reports, locks. No report data, no window.

pub mod bell;
pub mod console;
pub mod crash;
pub mod dialogs;
pub mod directories;
pub mod here;
pub mod identity;
pub mod lock;
pub mod log;
pub mod open;
pub mod place;
pub mod renderer;
pub mod settings;
pub mod whole;

pub use directories::Directories;
pub use renderer::Renderer;
pub use settings::Settings;
