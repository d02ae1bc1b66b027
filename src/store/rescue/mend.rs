//! Making what was copied hold together: what contradicts itself or refers to nothing goes, and it is noted what that was.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use super::super::{BlobError, StoreError, Tx};
use super::{Fresh, Rescued};
use crate::record::{HeadMove, Key, Operation, Revision, RevisionId, frontier};

/// Statements that take away rows which lead nowhere, in an order in which none makes work for an earlier one.
const DANGLING: &[&str] = &[
    include_str!("dangling/heads.sql"),
    include_str!("dangling/undoes.sql"),
    include_str!("dangling/undone_by.sql"),
    include_str!("dangling/operation_moves.sql"),
    include_str!("dangling/blob_chunks.sql"),
    include_str!("dangling/received.sql"),
    include_str!("dangling/merges.sql"),
    include_str!("dangling/notices.sql"),
    include_str!("dangling/filings.sql"),
    include_str!("dangling/filing_revisions.sql"),
    include_str!("dangling/filing_packages.sql"),
    include_str!("dangling/editions.sql"),
    include_str!("dangling/published.sql"),
];

pub(super) fn mend(tx: &Tx<'_>, from: &Path, fresh: Fresh<'_>, rescued: &mut Rescued) -> Result<(), StoreError> {
    mend_identity(tx, from, &fresh)?;
    drop_altered_revisions(tx, rescued)?;
    drop_unreadable_rows(tx, rescued)?;
    drop_broken_bytes(tx, rescued)?;
    DANGLING.iter().try_for_each(|sql| tx.run(sql, []))?;
    mend_heads(tx, fresh, rescued)?;
    // Where its edition of the catalogue is lost, it goes on with one before, until that comes again in a package.
    tx.set_meta("catalogue_version", &tx.present_catalogue()?.plan.version.to_string())?;
    rescued.revisions = tx.count(include_str!("count_revisions.sql"))?;
    rescued.files = tx.count(include_str!("count_blobs.sql"))?;
    Ok(())
}

/// Whose file it is must be known; the rest is found anew when it is next opened.
fn mend_identity(tx: &Tx<'_>, from: &Path, fresh: &Fresh<'_>) -> Result<(), StoreError> {
    for name in ["agency", "plan", "catalogue_version"] {
        if tx.meta(name)?.is_none() {
            return Err(StoreError::Damaged { path: from.to_owned(), detail: format!("meta has no {name}") });
        }
    }
    for name in ["officer", "device"] {
        if tx.meta(name)?.is_none() {
            tx.set_meta(name, "")?;
        }
    }
    // The catalogue's rows are written anew, under whatever hash they have.
    tx.set_meta("catalogue_hash", "")?;
    tx.forget_place()?;
    if tx.own_keys().is_err() {
        tx.run(include_str!("forget_own_keys.sql"), [])?;
        tx.add_own_key(fresh.key, fresh.operation.time)?;
    }
    Ok(())
}

fn drop_altered_revisions(tx: &Tx<'_>, rescued: &mut Rescued) -> Result<(), StoreError> {
    let numbers: Vec<i64> = tx.rows(include_str!("numbers.sql"), [], |row| row.get(0))?;
    for number in numbers {
        if !matches!(tx.revision_at(number), Ok(Some(revision)) if revision.is_intact()) {
            tx.run(include_str!("drop_revision.sql"), [number])?;
            rescued.altered += 1;
        }
    }
    Ok(())
}

/// Tables whose rows were kept by the schema, and yet are no longer what they were.
fn drop_unreadable_rows(tx: &Tx<'_>, rescued: &mut Rescued) -> Result<(), StoreError> {
    let mut drop_all = |table: &str, sql: &str, readable: bool| {
        if readable {
            return Ok(());
        }
        rescued.broken.push(table.to_owned());
        tx.run(sql, [])
    };
    drop_all("operations", include_str!("unreadable/operations.sql"), tx.some_operations(i64::MAX, 0).is_ok())?;
    drop_all("received", include_str!("unreadable/received.sql"), tx.received().is_ok())?;
    drop_all("filings", include_str!("unreadable/filings.sql"), tx.filings().is_ok())?;
    drop_all("notices", include_str!("unreadable/notices.sql"), tx.notices().is_ok())?;
    drop_all("keys", include_str!("unreadable/keys.sql"), tx.keys().is_ok())?;
    let editions = tx.editions().is_ok() && tx.present_catalogue().is_ok();
    drop_all("editions", include_str!("unreadable/editions.sql"), editions)?;
    rescued.broken.sort();
    rescued.broken.dedup();
    Ok(())
}

/// Bytes that are not all there are as good as not there: the record shows that it waits for them.
fn drop_broken_bytes(tx: &Tx<'_>, rescued: &mut Rescued) -> Result<(), StoreError> {
    for (blob, sha256) in tx.blobs()? {
        match tx.read_blob(&sha256, &mut io::sink()) {
            Ok(_) => {}
            Err(BlobError::Store(StoreError::Damaged { .. })) => {
                tx.run(include_str!("../blob/drop_chunks.sql"), [blob])?;
                tx.run(include_str!("../blob/drop.sql"), [blob])?;
                rescued.missing.push(sha256);
            }
            Err(BlobError::Store(e)) => return Err(e),
            Err(BlobError::Stream(e)) => return Err(StoreError::from_io(tx.path, &e)),
        }
    }
    Ok(())
}

/// Where log and heads agree they stay. Elsewhere the heads stand to which the log leads, if all of it is there; if not, the
/// heads that are left, or the newest revisions where none is. The log goes on from there with an entry of its own.
fn mend_heads(tx: &Tx<'_>, fresh: Fresh<'_>, rescued: &mut Rescued) -> Result<(), StoreError> {
    let mut revisions: BTreeMap<Key, Vec<Revision>> = BTreeMap::new();
    for revision in tx.some_revisions(i64::MAX, 0)? {
        revisions.entry(revision.key.clone()).or_default().push(revision);
    }
    let mut heads: BTreeMap<Key, Vec<RevisionId>> = BTreeMap::new();
    for head in tx.heads()? {
        heads.entry(head.key).or_default().push(head.id);
    }
    let log: Vec<HeadMove> = tx.some_operations(i64::MAX, 0)?.into_iter().flat_map(|o| o.moves).collect();
    let is_known = |key: &Key, id: &RevisionId| revisions.get(key).is_some_and(|all| all.iter().any(|r| r.id == *id));
    let is_broken = |table: &str| rescued.broken.iter().any(|broken| broken == table);

    let mut differing = tx.where_the_log_errs(heads.clone())?;
    if is_broken("heads") {
        // Records of which neither heads nor log are left.
        differing.extend(revisions.keys().filter(|key| !heads.contains_key(*key)).cloned());
    }
    // The log of a record that speaks of revisions which are gone cannot be followed back.
    let with_gaps = log.iter().filter(|m| m.before.iter().chain(&m.after).any(|id| !is_known(&m.key, id)));
    let with_gaps: BTreeSet<Key> = with_gaps.map(|m| m.key.clone()).collect();
    let mut ends: BTreeMap<&Key, &[RevisionId]> = BTreeMap::new();
    if !is_broken("operations") && !is_broken("operation_moves") {
        let known = |m: &&HeadMove| m.after.iter().all(|id| is_known(&m.key, id));
        for last in log.iter().rev() {
            ends.entry(&last.key).or_insert(if known(&last) { &last.after } else { &[] });
        }
        ends.retain(|_, end| !end.is_empty());
    }

    let mut moves = Vec::new();
    for key in with_gaps.union(&differing) {
        let newest = || frontier(revisions.get(key).cloned().unwrap_or_default()).into_iter().map(|r| r.id);
        let mut after = match ends.get(key) {
            Some(end) => end.to_vec(),
            None if differing.contains(key) => {
                rescued.uncertain.push(key.clone());
                heads.remove(key).unwrap_or_else(|| newest().collect())
            }
            None => heads.remove(key).unwrap_or_default(),
        };
        after.sort();
        tx.run(include_str!("forget_moves.sql"), [key.to_string()])?;
        tx.set_heads(key, &after)?;
        if !after.is_empty() {
            moves.push(HeadMove { key: key.clone(), before: Vec::new(), after });
        }
    }
    if moves.is_empty() { Ok(()) } else { tx.log(&Operation { moves, ..fresh.operation }).map(drop) }
}
