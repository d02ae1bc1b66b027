//! Entering values, and settling conflicts: each makes a revision that supersedes the heads that it was entered on.

use std::sync::Arc;

use super::changes::{Changes, Title, ids};
use super::{Choice, Context, Decision, Done, Edit, OpsError};
use crate::catalogue::{Catalogue, Id};
use crate::record::{Body, Finding, Key, Kind, OperationKind, Record, Revision, Severity, findings};
use crate::store::{Store, Tx};

/// Who writes revisions here.
pub(super) struct Desk {
    pub agency: Id,
    pub device: String,
    pub catalogue: Arc<Catalogue>,
}

/// Records a batch of entries as one operation, all or none. An entry that changes nothing moves nothing.
///
/// # Errors
/// `Stale` where the heads are not those seen; `InConflict` where they disagree and were not seen; `Refused` with every
/// finding of [`Severity::Error`]; `UnknownItem`, `UnknownAgency`, `NotAllowed`.
pub fn save(
    store: &mut Store,
    ctx: &mut Context<'_>,
    kind: OperationKind,
    subject: &str,
    edits: Vec<Edit>,
) -> Result<Done, OpsError> {
    let desk = Desk::of(store);
    store.transact(|tx| {
        let mut changes = Changes::default();
        let mut refused = Vec::new();
        for Edit { key, body, seen } in edits {
            desk.must_be_ours(&key)?;
            let record = record(tx, &key)?;
            let heads = ids(&record.heads);
            match seen {
                Some(seen) if seen != changes.before(&key).unwrap_or(&heads) => return Err(OpsError::Stale { key }),
                None if record.in_conflict() => return Err(OpsError::InConflict(key)),
                _ => {}
            }
            let body = body.normalized();
            if says_already(&record, &body) {
                continue;
            }
            refused.extend(desk.errors(tx, &key, &body)?);
            if refused.is_empty() {
                let revision = desk.write(tx, ctx, &record, body)?;
                changes.move_heads(tx, &key, heads, vec![revision.id])?;
            }
        }
        if !refused.is_empty() {
            return Err(OpsError::Refused(refused));
        }
        changes.log_if_any(tx, ctx, &Title { kind, subject, undoes: None })
    })
}

/// Settles a conflict by one of its heads or by a third value.
///
/// # Errors
/// `Stale` where the heads are not those seen; `NoConflict`; `UnknownRevision` and `AmbiguousRevision` for a choice that is none of the heads or several of them;
/// `Refused` for a third value that is nonsense.
pub fn resolve(store: &mut Store, ctx: &mut Context<'_>, decision: Decision) -> Result<Done, OpsError> {
    let desk = Desk::of(store);
    let Decision { key, choice, seen } = decision;
    store.transact(|tx| {
        let record = record(tx, &key)?;
        let heads = ids(&record.heads);
        if seen.is_some_and(|seen| seen != heads) {
            return Err(OpsError::Stale { key });
        }
        if !record.in_conflict() {
            return Err(OpsError::NoConflict(key));
        }
        let body = match choice {
            Choice::Take(prefix) => chosen(&record, &prefix)?.body.clone(),
            Choice::Enter(body) => {
                let body = body.normalized();
                let refused = desk.errors(tx, &key, &body)?;
                if !refused.is_empty() {
                    return Err(OpsError::Refused(refused));
                }
                body
            }
        };
        let revision = desk.write(tx, ctx, &record, body)?;
        let mut changes = Changes::default();
        changes.move_heads(tx, &key, heads, vec![revision.id])?;
        changes.log_if_any(tx, ctx, &Title { kind: OperationKind::Resolve, subject: &key.item, undoes: None })
    })
}

impl Desk {
    pub fn of(store: &Store) -> Desk {
        Desk {
            agency: store.agency().to_owned(),
            device: store.device().to_owned(),
            catalogue: Arc::clone(store.catalogue()),
        }
    }

    /// Refuses a record that the plan does not know, or on which this agency has nothing to say.
    pub fn must_be_ours(&self, key: &Key) -> Result<(), OpsError> {
        let item = key.base_item();
        let known = match key.kind {
            Kind::PlanItem => self.catalogue.task(item).is_some(),
            _ => Key::of_item(&self.catalogue, item, &key.agency, &key.period).as_ref() == Some(key),
        };
        if !known {
            return Err(OpsError::UnknownItem(key.item.clone()));
        }
        if self.catalogue.agency(&key.agency).is_none() {
            return Err(OpsError::UnknownAgency(key.agency.clone()));
        }
        if !self.catalogue.may_bring(&self.agency, item, &key.agency) {
            return Err(OpsError::NotAllowed(key.clone()));
        }
        Ok(())
    }

    /// Stores a new revision of a record, after and above all of its heads.
    ///
    /// The counter goes on from every revision that this device ever wrote of the record, those taken back included: one
    /// of them may be elsewhere by now, and must not be taken for this one.
    pub fn write(&self, tx: &Tx<'_>, ctx: &Context<'_>, record: &Record, body: Body) -> Result<Revision, OpsError> {
        let mut vector = record.vector();
        let counter = tx.counter(&record.key, &self.device)?.max(vector.count(&self.device)) + 1;
        vector.0.insert(self.device.clone(), counter);
        let key = record.key.clone();
        let revision = Revision::seal(key, body, vector, ctx.officer, &self.agency, &self.device, ctx.now);
        tx.add_revision(&revision)?;
        Ok(revision)
    }

    /// What forbids an entry, against the same record of the period before.
    fn errors(&self, tx: &Tx<'_>, key: &Key, body: &Body) -> Result<Vec<(Key, Finding)>, OpsError> {
        let before = key.period.previous().map(|period| record(tx, &Key { period, ..key.clone() })).transpose()?;
        let previous = before.as_ref().and_then(Record::reported).map(|r| &r.body);
        let found = findings(&self.catalogue, key.base_item(), body, previous);
        let errors = found.into_iter().filter(|f| f.severity == Severity::Error);
        Ok(errors.map(|finding| (key.clone(), finding)).collect())
    }
}

/// A record as it stands, with no heads where there is none yet.
pub(super) fn record(tx: &Tx<'_>, key: &Key) -> Result<Record, OpsError> {
    Ok(Record { key: key.clone(), heads: tx.heads_of(key)? })
}

/// True where saving the body would say nothing new.
fn says_already(record: &Record, body: &Body) -> bool {
    match record.current() {
        Some(current) => current.content_hash == body.content_hash(&record.key),
        None => record.heads.is_empty() && body.is_withdrawn(),
    }
}

fn chosen<'a>(record: &'a Record, prefix: &str) -> Result<&'a Revision, OpsError> {
    let mut fitting = record.heads.iter().filter(|h| h.id.starts_with(prefix));
    match (fitting.next(), fitting.next()) {
        (Some(head), None) => Ok(head),
        (Some(_), Some(_)) => Err(OpsError::AmbiguousRevision(prefix.to_owned())),
        (None, _) => Err(OpsError::UnknownRevision(prefix.to_owned())),
    }
}
