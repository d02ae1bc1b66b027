//! Use cases: one function = one transaction = one entry of the operation log = one undo step.
//!
//! Each takes the store, a [`Context`] (who, when, new ids) and plain values, and says which records it changed.
//! No SQL text and no packages here: `store` has the one, `exchange` brings the other.

use chrono::{DateTime, FixedOffset};

use crate::record::{Body, Key, RevisionId};

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
    /// The heads that the officer saw when the form was opened, sorted. Others now: refused, so that nothing is overwritten unseen.
    pub seen: Option<Vec<RevisionId>>,
}

/// How a conflict is settled.
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
