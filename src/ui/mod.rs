//! The window: reads a [`View`], changes nothing but its own [`State`], and says what is wanted as [`Command`]s.
//!
//! egui only: no file, no store, no thread, no clock. `app` fills the view and carries the commands out.

pub mod command;
mod dialogs;
pub mod form;
pub mod screens;
pub mod shell;
mod state;
pub mod theme;
pub mod view;
pub mod widgets;

pub use command::{Command, Edit, Enclosure, Label, Picture, Resolution, Word};
pub use shell::show;
pub use state::{Place, Screen, State};
pub use view::{
    Access, Backup, Busy, Change, ComponentPreview, EditionChanges, Exported, FirstEdition, Graphics, Issued, Message,
    MessageKind, Papers, PapersWritten, PathQuestion, PeriodStatuses, PreviewPackage, Question, Rescued, Sent,
    Settings, TablePreview, Trouble, Verdict, View, Workspace,
};
