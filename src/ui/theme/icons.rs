//! Names of the glyphs in the embedded icon font.

/// Home.
pub const HOME: &str = "\u{e2c2}";
/// Bar chart.
pub const CHART_BAR: &str = "\u{e150}";
/// Send.
pub const SEND: &str = "\u{e398}";
/// Export.
pub const EXPORT: &str = "\u{eaf0}";
/// Inbox.
pub const INBOX: &str = "\u{e4aa}";
/// Download or import.
pub const DOWNLOAD: &str = "\u{e20c}";
/// Upload.
pub const UPLOAD: &str = "\u{e4c0}";
/// Sum.
pub const SUM: &str = "\u{eab8}";
/// Table.
pub const TABLE: &str = "\u{e476}";
/// Book or catalogue.
pub const BOOK: &str = "\u{e0e6}";
/// Set of catalogues.
pub const BOOKS: &str = "\u{e758}";
/// History.
pub const HISTORY: &str = "\u{e1a0}";
/// Settings.
pub const SETTINGS: &str = "\u{e270}";
/// Search.
pub const SEARCH: &str = "\u{e30c}";
/// Undo.
pub const UNDO: &str = "\u{e08a}";
/// Redo.
pub const REDO: &str = "\u{e08c}";
/// Check mark.
pub const CHECK: &str = "\u{e182}";
/// Check mark in a circle: done.
pub const CHECK_CIRCLE: &str = "\u{e184}";
/// Warning triangle.
pub const WARNING: &str = "\u{e4e0}";
/// Cross in a circle: error.
pub const ERROR: &str = "\u{e4f8}";
/// Exclamation mark in a circle.
pub const ALERT: &str = "\u{e4e2}";
/// Information.
pub const INFO: &str = "\u{e2ce}";
/// Clock.
pub const CLOCK: &str = "\u{e19a}";
/// Calendar.
pub const CALENDAR: &str = "\u{e10a}";
/// Attachment.
pub const PAPERCLIP: &str = "\u{e39a}";
/// Closed folder.
pub const FOLDER: &str = "\u{e24a}";
/// Open folder.
pub const FOLDER_OPEN: &str = "\u{e256}";
/// File.
pub const FILE: &str = "\u{e230}";
/// Text document.
pub const FILE_TEXT: &str = "\u{e23a}";
/// Spreadsheet file.
pub const FILE_XLS: &str = "\u{eb22}";
/// Archive file.
pub const FILE_ZIP: &str = "\u{e958}";
/// Plus: add.
pub const PLUS: &str = "\u{e3d4}";
/// Minus: take away.
pub const MINUS: &str = "\u{e32a}";
/// Delete.
pub const TRASH: &str = "\u{e4a6}";
/// Edit.
pub const PENCIL: &str = "\u{e3b4}";
/// Copy.
pub const COPY: &str = "\u{e1ca}";
/// Paste.
pub const PASTE: &str = "\u{e198}";
/// Close.
pub const CLOSE: &str = "\u{e4f6}";
/// Chevron to the left.
pub const CHEVRON_LEFT: &str = "\u{e138}";
/// Chevron to the right.
pub const CHEVRON_RIGHT: &str = "\u{e13a}";
/// Chevron up.
pub const CHEVRON_UP: &str = "\u{e13c}";
/// Chevron down.
pub const CHEVRON_DOWN: &str = "\u{e136}";
/// Arrow up.
pub const ARROW_UP: &str = "\u{e08e}";
/// Arrow down.
pub const ARROW_DOWN: &str = "\u{e03e}";
/// Arrow to the left.
pub const ARROW_LEFT: &str = "\u{e058}";
/// Arrow to the right.
pub const ARROW_RIGHT: &str = "\u{e06c}";
/// Person.
pub const USER: &str = "\u{e4c2}";
/// People.
pub const USERS: &str = "\u{e4d6}";
/// Public agency.
pub const AGENCY: &str = "\u{e0b4}";
/// Buildings.
pub const BUILDING: &str = "\u{e102}";
/// Locked.
pub const LOCK: &str = "\u{e2fa}";
/// Unlocked.
pub const LOCK_OPEN: &str = "\u{e306}";
/// Mail.
pub const MAIL: &str = "\u{e218}";
/// Help.
pub const HELP: &str = "\u{e3e8}";
/// Opens outside the program.
pub const EXTERNAL_LINK: &str = "\u{e5de}";
/// Filter.
pub const FILTER: &str = "\u{e266}";
/// Play or run.
pub const PLAY: &str = "\u{e3d0}";
/// Flag.
pub const FLAG: &str = "\u{e244}";
/// Star.
pub const STAR: &str = "\u{e46a}";
/// Refresh or synchronise.
pub const REFRESH: &str = "\u{e094}";
/// Picture.
pub const IMAGE: &str = "\u{e2ca}";
/// Database.
pub const DATABASE: &str = "\u{e1de}";
/// Save.
pub const SAVE: &str = "\u{e248}";
/// Show.
pub const EYE: &str = "\u{e220}";
/// Hide.
pub const EYE_SLASH: &str = "\u{e224}";
/// Menu.
pub const MENU: &str = "\u{e2f0}";
/// More actions.
pub const MORE: &str = "\u{e1fe}";
/// Print.
pub const PRINT: &str = "\u{e3dc}";
/// Archive.
pub const ARCHIVE: &str = "\u{e00c}";
/// Light theme.
pub const SUN: &str = "\u{e472}";
/// Dark theme.
pub const MOON: &str = "\u{e330}";
