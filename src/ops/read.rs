//! Reading a workspace: the snapshot that all screens and reports are made from, and single records with their history.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Done, OpsError};
use crate::record::{Key, Record, Revision, Snapshot};
use crate::store::{Db, Store, StoreError};

/// How far back a snapshot's list of operations goes.
const LATEST_OPERATIONS: i64 = 500;

/// All heads and the newest history.
pub fn snapshot(store: &Store) -> Result<Snapshot, OpsError> {
    store.read(|db| {
        let mut records: BTreeMap<Key, Record> = BTreeMap::new();
        for head in db.heads()? {
            let empty = || Record { key: head.key.clone(), heads: Vec::new() };
            records.entry(head.key.clone()).or_insert_with(empty).heads.push(head);
        }
        let records = records.into_iter().map(|(key, record)| (key, Arc::new(record))).collect();
        Ok(around(store, db, records)?)
    })
}

/// The snapshot after an operation, reading again only the records that it changed.
pub fn refresh(store: &Store, old: &Snapshot, done: &Done) -> Result<Snapshot, OpsError> {
    store.read(|db| {
        let mut records = old.records.clone();
        for key in &done.changed {
            let heads = db.heads_of(key)?;
            if heads.is_empty() {
                records.remove(key);
            } else {
                records.insert(key.clone(), Arc::new(Record { key: key.clone(), heads }));
            }
        }
        Ok(around(store, db, records)?)
    })
}

/// Every revision of a record, those taken back included, newest first.
pub fn history(store: &Store, key: &Key) -> Result<Vec<Revision>, OpsError> {
    Ok(store.read(|db| db.history(key))?)
}

/// The revision of an id, or of the beginning of one where it is the only one.
///
/// # Errors
/// `AmbiguousRevision`.
pub fn revision(store: &Store, id: &str) -> Result<Option<Revision>, OpsError> {
    let mut found = store.read(|db| db.revisions_by_prefix(id))?;
    if found.len() > 1 {
        return Err(OpsError::AmbiguousRevision(id.to_owned()));
    }
    Ok(found.pop())
}

/// The heads of a record, sorted by id; none where there is no such record.
pub fn heads(store: &Store, key: &Key) -> Result<Vec<Revision>, OpsError> {
    Ok(store.read(|db| db.heads_of(key))?)
}

/// SHA-256 (hex) over all heads: equal in two workspaces that say the same with the same past.
pub fn digest(store: &Store) -> Result<String, OpsError> {
    Ok(store.read(|db| db.digest())?)
}

fn around(store: &Store, db: &Db<'_>, records: BTreeMap<Key, Arc<Record>>) -> Result<Snapshot, StoreError> {
    Ok(Snapshot {
        catalogue: Arc::clone(store.catalogue()),
        agency: store.agency().to_owned(),
        officer: store.officer().to_owned(),
        device: store.device().to_owned(),
        records,
        filings: db.filings()?,
        received: db.received()?,
        notices: db.notices()?,
        operations: db.latest_operations(LATEST_OPERATIONS)?,
        editions: db.editions()?,
        missing_evidence: db.missing_evidence()?,
        trust: super::keys::trust(store, db)?,
    })
}
