//! Use cases: one function = one transaction = one entry of the operation log = one undo step.
//!
//! Each takes the store, a [`Context`] (who, when, new ids) and plain values, and says which records it changed.
//! No SQL text and no packages here: `store` has the one, `exchange` brings the other.

mod care;
mod changes;
mod edition;
mod error;
mod evidence;
mod filing;
mod keys;
mod merge;
mod notice;
mod read;
mod save;
mod settings;
mod steady;
mod undo;

use chrono::{DateTime, FixedOffset};

use crate::record::{Body, Key, RevisionId};

pub use care::{back_up, backup, check, check_figures, rescue, restore};
pub use edition::{
    Adoption, Succession, adopt, amend, amended, begin, edition, editions, publish, published_before, replace_edition,
};
pub use error::OpsError;
pub use evidence::{NewEvidence, attach, evidence_here, put_evidence, read_evidence};
pub use filing::file;
pub use keys::{confirm_key, own_key, own_key_at, remember_key, set_own_key, set_policy, signing_device};
pub use merge::{Incoming, merge, received_package, refuse};
pub use notice::{accept, send};
pub use read::{digest, heads, history, refresh, revision, snapshot};
pub use save::{resolve, save};
pub use settings::{set_officer, set_setting, setting};
pub use steady::{SteadyFile, Unsteady};
pub use undo::{redo, undo, undo_all, undo_with_later};

/// Who acts, when, and where new ids come from. The caller gives all three: tests are exact.
pub struct Context<'a> {
    pub officer: &'a str,
    pub now: DateTime<FixedOffset>,
    /// Makes a new UUIDv7 text.
    pub new_id: &'a mut dyn FnMut() -> String,
}

/// One entry to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub key: Key,
    pub body: Body,
    /// The heads that the officer saw when the form was opened, sorted. Others now: refused, so that nothing is
    /// overwritten unseen. None: whatever is there, unless it is a conflict.
    pub seen: Option<Vec<RevisionId>>,
}

/// How the conflict of a record is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub key: Key,
    pub choice: Choice,
    /// The heads that the officer chose between, sorted. Others now: refused, so that none is overruled unseen. None:
    /// whatever is there.
    pub seen: Option<Vec<RevisionId>>,
}

/// What a conflict is settled by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// One of the heads; a prefix of its id is enough where it is the only one.
    Take(RevisionId),
    /// A third value.
    Enter(Body),
}

/// What an operation did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Done {
    /// The operation logged; none where nothing changed.
    pub operation: Option<String>,
    /// Records whose heads moved, sorted.
    pub changed: Vec<Key>,
}
