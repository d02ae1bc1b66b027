//! Editions of the catalogue: made here by the receiving department, taken in by agencies, written out for them.
//!
//! An edition stands as long as its operation does. It is taken back like any step, as long as nobody else has it and
//! nothing was recorded that only it has a place for.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::changes::{Changes, Logged, Title};
use super::merge::keep;
use super::{Context, Done, OpsError};
use crate::catalogue::{self, Amendment, Catalogue, Edition, EditionError, Kinship};
use crate::record::{Key, KnownEdition, Operation, OperationKind, Published, Received, ReceivedState};
use crate::store::{NewWorkspace, Store, StoreError, Tx};
use crate::trust::KnownKey;

/// An edition that a package brought.
pub struct Adoption<'a> {
    pub received: Received,
    pub edition: &'a Edition,
    /// The package's bytes, which are kept.
    pub package: &'a mut dyn Read,
}

/// What an edition that came from elsewhere is to the present one, where it may be taken in.
enum Step {
    Forward,
    /// It is the present one, or an earlier one.
    None,
}

/// The edition that [`amend`] would make.
///
/// # Errors
/// As [`amend`].
pub fn amended(store: &Store, amendments: &[Amendment]) -> Result<Edition, OpsError> {
    must_receive(store)?;
    let present = store.catalogue();
    let changed = catalogue::amend(present, amendments).map_err(OpsError::Amend)?;
    Edition::after(present, changed).map_err(OpsError::Edition)
}

/// Makes the next edition by amendments, as one operation.
///
/// # Errors
/// `NotTheReceiver`; `Amend` for what an amendment cannot mean; `Edition` for what contradicts itself in the result.
pub fn amend(store: &mut Store, ctx: &mut Context<'_>, amendments: &[Amendment]) -> Result<Done, OpsError> {
    let changed = catalogue::amend(store.catalogue(), amendments).map_err(OpsError::Amend)?;
    replace_edition(store, ctx, changed)
}

/// Makes the next edition of a catalogue that was changed in whatever way, as one operation: it is numbered and checked
/// here. Where it says what the present one says, nothing is logged.
///
/// # Errors
/// `NotTheReceiver`; `Edition` for what contradicts itself in it, and what it loses.
pub fn replace_edition(store: &mut Store, ctx: &mut Context<'_>, changed: Catalogue) -> Result<Done, OpsError> {
    must_receive(store)?;
    let present = Arc::clone(store.catalogue());
    if catalogue::differences(&present, &changed).is_empty() {
        return Ok(Done::default());
    }
    let edition = Edition::after(&present, changed).map_err(OpsError::Edition)?;
    let subject = edition.catalogue().to_string();
    let title = Title { kind: OperationKind::Amend, subject: &subject, undoes: None };
    let done = store.transact(|tx| Ok::<Done, OpsError>(log(tx, ctx, &title, &edition)?.done))?;
    store.follow(Some(Arc::clone(edition.catalogue())));
    Ok(done)
}

/// Takes in an edition that a package brought, and keeps the package. The present one again changes nothing.
///
/// # Errors
/// `Edition` where it is no later one of the same line, or loses something; `PackageChanged` and `Stream` as for a merge.
pub fn adopt(store: &mut Store, ctx: &mut Context<'_>, adoption: Adoption<'_>) -> Result<Done, OpsError> {
    let catalogue = Arc::clone(adoption.edition.catalogue());
    match step(store.catalogue(), adoption.edition)? {
        Step::None => Ok(Done::default()),
        Step::Forward => {
            let done = store.transact(|tx| take_in(tx, ctx, adoption))?;
            store.follow(Some(catalogue));
            Ok(done)
        }
    }
}

/// Makes a workspace that has taken in an edition from its first moment on: with that, or not at all. The package's key is
/// remembered at first sight.
///
/// # Errors
/// As [`Store::create`] and [`adopt`]; nothing is left behind.
pub fn begin(
    path: &Path,
    new: &NewWorkspace<'_>,
    ctx: &mut Context<'_>,
    adoption: Adoption<'_>,
    key: Option<&KnownKey>,
) -> Result<Store, OpsError> {
    Store::create_with(path, new, |tx| {
        if let Step::Forward = step(&*tx.present_catalogue()?, adoption.edition)? {
            take_in(tx, ctx, adoption)?;
        }
        if let Some(key) = key {
            tx.remember_key(key)?;
        }
        Ok(())
    })
}

/// Logs that the present edition was written out for others: from then on it is not taken back. The second time, nothing.
///
/// # Errors
/// `NothingToPublish` where the workspace follows the program's own edition, which everyone has.
pub fn publish(store: &mut Store, published: &Published) -> Result<Done, OpsError> {
    store.transact(|tx| {
        let present = tx.editions()?.into_iter().next().ok_or(OpsError::NothingToPublish)?;
        if present.published.is_some() {
            return Ok(Done::default());
        }
        let subject = tx.present_catalogue()?.to_string();
        let mut same_id = || published.operation.clone();
        let mut ctx = Context { officer: &published.officer, now: published.time, new_id: &mut same_id };
        let title = Title { kind: OperationKind::Publish, subject: &subject, undoes: None };
        let logged = Changes::default().log(tx, &mut ctx, &title)?;
        tx.set_published(&present.operation, logged.number, &published.device)?;
        Ok(logged.done)
    })
}

/// An edition that stands, and what it followed.
#[derive(Debug, Clone)]
pub struct Succession {
    pub edition: KnownEdition,
    pub before: Arc<Catalogue>,
    pub after: Arc<Catalogue>,
}

/// The editions that stand, newest first, each beside the catalogue before it.
pub fn editions(store: &Store) -> Result<Vec<Succession>, OpsError> {
    Ok(store.read(|db| {
        let succession = |edition: KnownEdition| {
            let operation = db.operations_by_prefix(&edition.operation)?.pop();
            let number = operation.map_or(0, |o| o.number);
            let (before, after) = (db.catalogue_before(number)?, db.catalogue_before(number + 1)?);
            Ok(Succession { edition, before, after })
        };
        db.editions()?.into_iter().map(succession).collect::<Result<Vec<_>, StoreError>>()
    })?)
}

/// The present edition with its files; none where the workspace follows the program's own.
pub fn edition(store: &Store) -> Result<Option<Edition>, OpsError> {
    Ok(store.read(|db| db.standing_edition())?)
}

/// The catalogue that the last edition written out before the present one says, or the program's own: what others have.
pub fn published_before(store: &Store) -> Result<Arc<Catalogue>, OpsError> {
    Ok(store.read(|db| {
        let out = db.editions()?.into_iter().skip(1).find(|e| e.published.is_some());
        let operation =
            out.map(|e| db.operations_by_prefix(&e.operation)).transpose()?.and_then(|mut found| found.pop());
        db.catalogue_before(operation.map_or(0, |o| o.number + 1))
    })?)
}

fn step(present: &Catalogue, edition: &Edition) -> Result<Step, OpsError> {
    let lost = |lost| OpsError::Edition(EditionError::Lost(lost));
    match present.kinship(edition.catalogue()) {
        Kinship::Later => edition.must_keep(present).map(|()| Step::Forward).map_err(lost),
        Kinship::Same | Kinship::Earlier => Ok(Step::None),
        Kinship::Stranger => Err(lost(Vec::new())),
    }
}

fn take_in(tx: &Tx<'_>, ctx: &mut Context<'_>, adoption: Adoption<'_>) -> Result<Done, OpsError> {
    let Adoption { received, edition, package } = adoption;
    let received = Received { state: ReceivedState::Merged, ..received };
    keep(tx, &received, package)?;
    let title = Title { kind: OperationKind::Adopt, subject: &received.file_name, undoes: None };
    let logged = log(tx, ctx, &title, edition)?;
    tx.add_merge(logged.number, &received.sha256)?;
    Ok(logged.done)
}

fn must_receive(store: &Store) -> Result<(), OpsError> {
    if store.catalogue().plan.receiver == store.agency() { Ok(()) } else { Err(OpsError::NotTheReceiver) }
}

fn log(tx: &Tx<'_>, ctx: &mut Context<'_>, title: &Title<'_>, edition: &Edition) -> Result<Logged, OpsError> {
    let logged = Changes::default().log(tx, ctx, title)?;
    tx.add_edition(logged.number, edition)?;
    Ok(logged)
}

/// Refuses to take back an edition that others have by now.
pub(super) fn must_not_be_out(tx: &Tx<'_>, operation: &Operation) -> Result<(), OpsError> {
    let out = tx.editions()?.iter().any(|e| e.operation == operation.id && e.published.is_some());
    if out { Err(OpsError::UndoPublished(Box::new(operation.clone()))) } else { Ok(()) }
}

/// Refuses to take back an edition without which nothing would know the workspace's own agency.
pub(super) fn must_not_name_the_owner_alone(tx: &Tx<'_>, operation: &Operation) -> Result<(), OpsError> {
    let made_one = matches!(operation.kind, OperationKind::Amend | OperationKind::Adopt);
    if made_one && tx.catalogue_before(operation.number)?.agency(&tx.require_meta("agency")?).is_none() {
        return Err(OpsError::NotUndoable(Box::new(operation.clone())));
    }
    Ok(())
}

/// The operations that cannot stand without the edition of this one, oldest first: those of later editions, and those that
/// recorded what only it has a place for. None where it made no edition.
pub(super) fn dependents(tx: &Tx<'_>, operation: &Operation) -> Result<Vec<Operation>, OpsError> {
    if !matches!(operation.kind, OperationKind::Amend | OperationKind::Adopt) {
        return Ok(Vec::new());
    }
    let mut by = BTreeMap::new();
    // The newest comes first.
    for edition in tx.editions()?.iter().take_while(|e| e.operation != operation.id) {
        by.extend(tx.operations_by_prefix(&edition.operation)?.into_iter().map(|o| (o.number, o)));
    }
    let before = tx.catalogue_before(operation.number)?;
    let known = |key: &Key| {
        let item = key.base_item();
        before.agency(&key.agency).is_some() && (before.indicator(item).is_some() || before.task(item).is_some())
    };
    for head in tx.heads()?.iter().filter(|head| !known(&head.key)) {
        by.extend(tx.later_operations(&head.key, operation.number)?.into_iter().map(|o| (o.number, o)));
    }
    Ok(by.into_values().collect())
}

/// The catalogue after an undo or redo, where it is another than `present`; its rows are written.
pub(super) fn settle(tx: &Tx<'_>, present: &Catalogue) -> Result<Option<Arc<Catalogue>>, OpsError> {
    let standing = tx.present_catalogue()?;
    if standing.hash == present.hash {
        return Ok(None);
    }
    tx.put_catalogue(&standing)?;
    Ok(Some(standing))
}
