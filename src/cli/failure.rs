//! How a command ends: its exit code, and the message where it failed.

use crate::catalogue::Catalogue;
use crate::exchange::ExchangeError;
use crate::ops::OpsError;
use crate::store::StoreError;
use crate::words;

/// The exit codes of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    Done = 0,
    /// Done, but something waits for a person: a conflict, missing figures.
    Waiting = 1,
    Usage = 2,
    /// What was given is refused; nothing changed.
    Refused = 3,
    /// The file is damaged, locked or cannot be written.
    File = 4,
}

/// A command that did not do its work, with the message in Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub exit: Exit,
    pub message: String,
}

impl Failure {
    pub fn usage(message: impl Into<String>) -> Failure {
        Failure { exit: Exit::Usage, message: message.into() }
    }

    pub fn refused(message: impl Into<String>) -> Failure {
        Failure { exit: Exit::Refused, message: message.into() }
    }

    pub fn file(message: impl Into<String>) -> Failure {
        Failure { exit: Exit::File, message: message.into() }
    }

    /// With another sentence behind its message.
    pub(super) fn with(mut self, hint: &str) -> Failure {
        self.message.push_str(hint);
        self
    }

    pub fn store(error: &StoreError) -> Failure {
        let exit = match error {
            StoreError::OfficerTooLong { .. } => Exit::Refused,
            _ => Exit::File,
        };
        Failure { exit, message: sentence(words::store_error(error)) }
    }

    pub fn ops(error: &OpsError, catalogue: &Catalogue) -> Failure {
        let exit = match error {
            OpsError::Store(store) => return Failure::store(store),
            OpsError::UnknownItem(_)
            | OpsError::UnknownAgency(_)
            | OpsError::UnknownRevision(_)
            | OpsError::AmbiguousRevision(_)
            | OpsError::UnknownOperation(_)
            | OpsError::UnknownKey { .. }
            | OpsError::AmbiguousOperation(_) => Exit::Usage,
            _ => Exit::Refused,
        };
        Failure { exit, message: sentence(words::ops_error(error, catalogue)) }
    }

    pub fn exchange(error: &ExchangeError, catalogue: &Catalogue) -> Failure {
        let exit = match error {
            ExchangeError::Ops(ops) => return Failure::ops(ops, catalogue),
            ExchangeError::Write(_) | ExchangeError::Report(_) | ExchangeError::Io { .. } => Exit::File,
            ExchangeError::Exists(_)
            | ExchangeError::KeyFile { .. }
            | ExchangeError::NotInReport(_)
            | ExchangeError::NoReason(_)
            | ExchangeError::NothingNamed
            | ExchangeError::NotLed(_)
            | ExchangeError::NothingToContribute { .. }
            | ExchangeError::ToOneself(_)
            | ExchangeError::NothingReceived { .. }
            | ExchangeError::KeptPackage { .. }
            | ExchangeError::FirstEdition { .. }
            | ExchangeError::NothingToCopy
            | ExchangeError::NothingToFile { .. }
            | ExchangeError::NoPackages(_)
            | ExchangeError::NothingOwed { .. }
            | ExchangeError::NobodyLate(_)
            | ExchangeError::OnlyReceiver
            | ExchangeError::Cancelled => Exit::Refused,
        };
        Failure { exit, message: sentence(words::exchange_error(error, catalogue)) }
    }
}

/// Words come without a full stop, to stand in tables as well.
fn sentence(words: String) -> String {
    if words.ends_with('.') { words } else { words + "." }
}
