//! Applying a merge plan as it was shown, and keeping every package as it came, also one that was refused.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use super::changes::{Changes, Title, ids};
use super::evidence::{put_verified, stream};
use super::{Context, Done, OpsError};
use crate::merge::MergePlan;
use crate::record::{Filing, OperationKind, Received, ReceivedState};
use crate::store::{Store, Tx};

/// A package that was read and planned.
pub struct Incoming<'a> {
    pub received: Received,
    pub plan: &'a MergePlan,
    /// Its bytes, which are kept.
    pub package: &'a mut dyn Read,
    /// The evidence that travels in it, by SHA-256.
    pub evidence: Vec<(String, Box<dyn Read + 'a>)>,
    /// What another PC of this agency filed; those that are here already are passed over.
    pub filings: &'a [Filing],
}

/// Merges one package. Where no head moves and the package is merged already, nothing is logged.
///
/// # Errors
/// `Stale` where a record's heads are not those of the plan any more; `PackageChanged` and `EvidenceChanged` where bytes
/// are not those that were looked at; `Stream` where they cannot be read.
pub fn merge(store: &mut Store, ctx: &mut Context<'_>, incoming: Incoming<'_>) -> Result<Done, OpsError> {
    let Incoming { received, plan, package, evidence, filings } = incoming;
    store.transact(|tx| {
        let changes = apply(tx, plan)?;
        take_in(tx, plan, evidence)?;
        let known = tx.received_by_hash(&received.sha256)?.is_some_and(|r| r.state == ReceivedState::Merged);
        if known && changes.is_empty() {
            return Ok(Done::default());
        }
        let merged = Received { state: ReceivedState::Merged, rows: plan.counts, ..received };
        keep(tx, &merged, package)?;
        let title = Title { kind: OperationKind::Merge, subject: &merged.file_name, undoes: None };
        let logged = changes.log(tx, ctx, &title)?;
        tx.add_merge(logged.number, &merged.sha256)?;
        add_filings(tx, logged.number, filings)?;
        Ok(logged.done)
    })
}

/// Keeps a refused package aside with its reason (`received.state`). Moves no heads, and is no step to undo.
///
/// A package that was merged before stays merged.
pub fn refuse(store: &mut Store, received: Received, package: &mut dyn Read) -> Result<(), OpsError> {
    store.transact(|tx| {
        let merged = |r: Received| matches!(r.state, ReceivedState::Merged | ReceivedState::Undone);
        if tx.received_by_hash(&received.sha256)?.is_some_and(merged) {
            return Ok(());
        }
        keep(tx, &received, package)
    })
}

/// Writes out a package as it came, by its SHA-256.
///
/// # Errors
/// `UnknownPackage`; `Stream` where `out` fails.
pub fn received_package(store: &Store, sha256: &str, out: &mut dyn Write) -> Result<(), OpsError> {
    let unknown = || OpsError::UnknownPackage(sha256.to_owned());
    let received = store.read(|db| db.received_by_hash(sha256))?.ok_or_else(unknown)?;
    match store.read(|db| db.read_blob(sha256, out)) {
        Ok(true) => Ok(()),
        Ok(false) => Err(unknown()),
        Err(e) => Err(stream(e, &received.file_name)),
    }
}

/// Moves the heads as planned. Rows of one record follow each other: each starts where the one before it ended.
fn apply(tx: &Tx<'_>, plan: &MergePlan) -> Result<Changes, OpsError> {
    let mut changes = Changes::default();
    let mut reached = BTreeMap::new();
    for row in &plan.rows {
        let key = &row.incoming.key;
        let local = match reached.remove(key) {
            Some(heads) => heads,
            None => ids(&tx.heads_of(key)?),
        };
        if local != ids(&row.local) {
            return Err(OpsError::Stale { key: key.clone() });
        }
        tx.add_revision(&row.incoming)?;
        let after = ids(&row.after);
        changes.move_heads(tx, key, local, after.clone())?;
        reached.insert(key, after);
    }
    Ok(changes)
}

fn take_in(tx: &Tx<'_>, plan: &MergePlan, evidence: Vec<(String, Box<dyn Read + '_>)>) -> Result<(), OpsError> {
    let mentioned = plan.rows.iter().flat_map(|row| &row.incoming.body.evidence);
    let names: BTreeMap<&str, &str> = mentioned.map(|e| (e.sha256.as_str(), e.name.as_str())).collect();
    for (sha256, mut source) in evidence {
        let name = names.get(sha256.as_str()).copied().unwrap_or(&sha256);
        put_verified(tx, &sha256, name, &mut source)?;
    }
    Ok(())
}

/// Oldest first, as they were filed.
fn add_filings(tx: &Tx<'_>, operation: i64, filings: &[Filing]) -> Result<(), OpsError> {
    let here = tx.filings()?;
    for filing in filings.iter().rev().filter(|f| here.iter().all(|h| h.id != f.id)) {
        tx.add_filing(operation, filing)?;
    }
    Ok(())
}

pub(super) fn keep(tx: &Tx<'_>, received: &Received, package: &mut dyn Read) -> Result<(), OpsError> {
    let changed = |error| match error {
        OpsError::EvidenceChanged { name } => OpsError::PackageChanged { file_name: name },
        other => other,
    };
    put_verified(tx, &received.sha256, &received.file_name, package).map_err(changed)?;
    Ok(tx.put_received(received)?)
}
