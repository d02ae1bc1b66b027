//! The head moves of one operation, collected while they are made, and the entry in the log that they end as.

use std::collections::BTreeMap;

use super::{Context, Done, OpsError};
use crate::record::{HeadMove, Key, Operation, OperationKind, Revision, RevisionId};
use crate::store::{StoreError, Tx};

/// What an operation is called in the log.
pub(super) struct Title<'a> {
    pub kind: OperationKind,
    pub subject: &'a str,
    /// The operation that it takes back.
    pub undoes: Option<&'a str>,
}

/// An operation that was logged.
pub(super) struct Logged {
    pub number: i64,
    pub done: Done,
}

#[derive(Default)]
pub(super) struct Changes {
    moves: BTreeMap<Key, HeadMove>,
}

impl Changes {
    /// Moves a record's heads. Of several moves of one record the log keeps the first start and the last end.
    pub fn move_heads(
        &mut self,
        tx: &Tx<'_>,
        key: &Key,
        before: Vec<RevisionId>,
        after: Vec<RevisionId>,
    ) -> Result<(), StoreError> {
        if before == after {
            return Ok(());
        }
        tx.set_heads(key, &after)?;
        let step =
            self.moves.entry(key.clone()).or_insert_with(|| HeadMove { key: key.clone(), before, after: Vec::new() });
        step.after = after;
        Ok(())
    }

    /// The heads that a record had before this operation, if it moved them.
    pub fn before(&self, key: &Key) -> Option<&[RevisionId]> {
        self.moves.get(key).map(|m| m.before.as_slice())
    }

    pub fn is_empty(&self) -> bool {
        self.moves.values().all(|m| m.before == m.after)
    }

    /// Logs the operation, unless nothing moved.
    pub fn log_if_any(self, tx: &Tx<'_>, ctx: &mut Context<'_>, title: &Title<'_>) -> Result<Done, OpsError> {
        if self.is_empty() {
            return Ok(Done::default());
        }
        Ok(self.log(tx, ctx, title)?.done)
    }

    pub fn log(self, tx: &Tx<'_>, ctx: &mut Context<'_>, title: &Title<'_>) -> Result<Logged, OpsError> {
        let operation = Operation {
            id: (ctx.new_id)(),
            number: 0,
            kind: title.kind,
            author: ctx.officer.to_owned(),
            time: ctx.now,
            subject: title.subject.to_owned(),
            moves: self.moves.into_values().filter(|m| m.before != m.after).collect(),
            undoes: title.undoes.map(str::to_owned),
            undone_by: None,
        };
        let number = tx.log(&operation)?;
        let changed = operation.moves.into_iter().map(|m| m.key).collect();
        Ok(Logged { number, done: Done { operation: Some(operation.id), changed } })
    }
}

/// The ids of a record's heads, which come sorted by them.
pub(super) fn ids(heads: &[Revision]) -> Vec<RevisionId> {
    heads.iter().map(|h| h.id.clone()).collect()
}
