//! Evidence files: attaching them to a record, taking in those that packages bring, and giving them out again.

use std::collections::BTreeSet;
use std::io::{Read, Write};

use super::changes::{Changes, Title, ids};
use super::save::{Desk, record};
use super::steady::is_unsteady;
use super::{Context, Done, OpsError};
use crate::record::{Body, Content, EvidenceRef, Key, OperationKind, Record};
use crate::store::{BlobError, Store, Tx};

/// A file to attach.
pub struct NewEvidence<'a> {
    /// Its name without folders.
    pub name: String,
    /// [`super::SteadyFile`] where someone else may be writing it.
    pub source: &'a mut dyn Read,
}

/// Attaches files to a record, also to one that has no value yet. What is attached already changes nothing.
///
/// # Errors
/// `InConflict`, `UnknownItem`, `UnknownAgency`, `NotAllowed`; `Stream` where a file cannot be read to its end, `SourceChanging` where it
/// was written to meanwhile.
pub fn attach(
    store: &mut Store,
    ctx: &mut Context<'_>,
    key: &Key,
    files: Vec<NewEvidence<'_>>,
) -> Result<Done, OpsError> {
    let desk = Desk::of(store);
    store.transact(|tx| {
        desk.must_be_ours(key)?;
        let record = record(tx, key)?;
        if record.in_conflict() {
            return Err(OpsError::InConflict(key.clone()));
        }
        let mut body = reported_or_blank(&record);
        let before = body.clone();
        for NewEvidence { name, source } in files {
            let stored = tx.put_blob(source).map_err(|e| stream(e, &name))?;
            body.evidence.push(EvidenceRef { sha256: stored.sha256, name, bytes: stored.bytes });
        }
        let body = body.normalized();
        let mut changes = Changes::default();
        if body != before {
            let revision = desk.write(tx, ctx, &record, body)?;
            changes.move_heads(tx, key, ids(&record.heads), vec![revision.id])?;
        }
        changes.log_if_any(tx, ctx, &Title { kind: OperationKind::Attach, subject: &key.item, undoes: None })
    })
}

/// Takes in bytes that a revision here refers to and that come later than it. Moves no heads and is not logged.
///
/// # Errors
/// `EvidenceChanged` where they are other bytes.
pub fn put_evidence(store: &mut Store, sha256: &str, source: &mut dyn Read) -> Result<(), OpsError> {
    store.transact(|tx| put_verified(tx, sha256, sha256, source))
}

/// Those of these hashes whose bytes are here.
pub fn evidence_here(store: &Store, hashes: &[&str]) -> Result<BTreeSet<String>, OpsError> {
    store.read(|db| {
        let mut here = BTreeSet::new();
        for sha256 in hashes {
            if db.has_blob(sha256)? {
                here.insert((*sha256).to_owned());
            }
        }
        Ok(here)
    })
}

/// Writes evidence out. On an error part of it may have been written.
///
/// # Errors
/// `UnknownEvidence` where its bytes are not here; `Stream` where `out` fails; `Damaged` where the bytes have changed.
pub fn read_evidence(store: &Store, sha256: &str, out: &mut dyn Write) -> Result<(), OpsError> {
    match store.read(|db| db.read_blob(sha256, out)) {
        Ok(true) => Ok(()),
        Ok(false) => Err(OpsError::UnknownEvidence(sha256.to_owned())),
        Err(e) => Err(stream(e, sha256)),
    }
}

/// Takes in bytes under a hash that they have to have; those that are here already are not read again.
pub(super) fn put_verified(tx: &Tx<'_>, sha256: &str, name: &str, source: &mut dyn Read) -> Result<(), OpsError> {
    if tx.has_blob(sha256)? {
        return Ok(());
    }
    let stored = tx.put_blob(source).map_err(|e| stream(e, name))?;
    if stored.sha256 == sha256 { Ok(()) } else { Err(OpsError::EvidenceChanged { name: name.to_owned() }) }
}

/// Names the other side of a copy that failed.
pub(super) fn stream(error: BlobError, name: &str) -> OpsError {
    match error {
        BlobError::Store(e) => e.into(),
        BlobError::Stream(e) if is_unsteady(&e) => OpsError::SourceChanging { name: name.to_owned() },
        BlobError::Stream(e) => OpsError::Stream { name: name.to_owned(), detail: e.to_string() },
    }
}

fn reported_or_blank(record: &Record) -> Body {
    match record.reported() {
        Some(revision) => revision.body.clone(),
        None => Body::new(Content::blank(record.key.kind)),
    }
}
