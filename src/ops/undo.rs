//! Undo and redo: heads go back as the log says, exactly, and the log grows by one. Nothing is deleted.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::changes::{Changes, Title, ids};
use super::edition;
use super::{Context, Done, OpsError};
use crate::record::{HeadMove, Operation, OperationKind};
use crate::store::{Store, Tx};

/// Takes back an operation: the latest that still stands, or the one whose id begins with `operation`.
///
/// # Errors
/// `NothingToUndo`; `UnknownOperation`, `AmbiguousOperation`; `NotUndoable` for what went out, an undo or a redo, and
/// the edition that alone names this agency; `AlreadyUndone`; `UndoBlocked` where later operations moved the same records or need the edition of the catalogue;
/// `UndoFiled` where a filing has reported what would be taken back, `UndoPublished` where others have the edition.
pub fn undo(store: &mut Store, ctx: &mut Context<'_>, operation: Option<&str>) -> Result<Done, OpsError> {
    following_the_edition(store, |tx| {
        let target = match operation {
            Some(prefix) => named(tx, prefix)?,
            None => tx.last_undoable()?.ok_or(OpsError::NothingToUndo)?,
        };
        take_back(tx, ctx, &target)
    })
}

/// Takes back the operation whose id begins with `operation`, after all that stand on it, newest first. Each undo is logged
/// by itself; either all are made or none.
///
/// # Errors
/// Those of [`undo`] but `UndoBlocked`, about this operation or one that stands on it.
pub fn undo_with_later(store: &mut Store, ctx: &mut Context<'_>, operation: &str) -> Result<Done, OpsError> {
    following_the_edition(store, |tx| {
        let mut done = Done::default();
        let mut waiting = vec![named(tx, operation)?];
        while let Some(target) = waiting.last() {
            if let Some(later) = blockers(tx, target)?.pop() {
                waiting.push(undoable(later)?);
                continue;
            }
            let step = take_back(tx, ctx, target)?;
            done.operation = step.operation;
            done.changed.extend(step.changed);
            waiting.pop();
        }
        done.changed.sort();
        done.changed.dedup();
        Ok(done)
    })
}

/// Takes back several operations, in the order given, newest first: all packages of a batch. Each undo is logged by itself;
/// either all are made or none.
///
/// # Errors
/// Those of [`undo`], about the first that cannot be taken back.
pub fn undo_all(store: &mut Store, ctx: &mut Context<'_>, operations: &[String]) -> Result<Done, OpsError> {
    following_the_edition(store, |tx| {
        let mut done = Done::default();
        for operation in operations {
            let target = named(tx, operation)?;
            let step = take_back(tx, ctx, &target)?;
            done.operation = step.operation;
            done.changed.extend(step.changed);
        }
        done.changed.sort();
        done.changed.dedup();
        Ok(done)
    })
}

/// Takes back the last undo, unless something new was done since.
///
/// # Errors
/// `NothingToRedo`.
pub fn redo(store: &mut Store, ctx: &mut Context<'_>) -> Result<Done, OpsError> {
    following_the_edition(store, |tx| {
        let undo = tx.last_redoable()?.ok_or(OpsError::NothingToRedo)?;
        let title = Title { kind: OperationKind::Redo, subject: &undo.subject, undoes: Some(&undo.id) };
        let done = reverse(tx, ctx, &undo, &title)?;
        tx.set_undone(&undo.id, done.operation.as_deref())?;
        if let Some(original) = &undo.undoes {
            tx.set_undone(original, None)?;
        }
        Ok(done)
    })
}

/// One transaction, after which the store goes on with the edition of the catalogue that stands then.
fn following_the_edition(
    store: &mut Store,
    work: impl FnOnce(&Tx<'_>) -> Result<Done, OpsError>,
) -> Result<Done, OpsError> {
    let present = Arc::clone(store.catalogue());
    let (done, catalogue) = store.transact(|tx| {
        let done = work(tx)?;
        Ok::<_, OpsError>((done, edition::settle(tx, &present)?))
    })?;
    store.follow(catalogue);
    Ok(done)
}

fn named(tx: &Tx<'_>, prefix: &str) -> Result<Operation, OpsError> {
    let mut found = tx.operations_by_prefix(prefix)?;
    if found.len() > 1 {
        return Err(OpsError::AmbiguousOperation(prefix.to_owned()));
    }
    undoable(found.pop().ok_or_else(|| OpsError::UnknownOperation(prefix.to_owned()))?)
}

fn undoable(operation: Operation) -> Result<Operation, OpsError> {
    match operation.kind {
        OperationKind::File
        | OperationKind::Publish
        | OperationKind::Rescue
        | OperationKind::Undo
        | OperationKind::Redo => Err(OpsError::NotUndoable(Box::new(operation))),
        _ if operation.undone_by.is_some() => Err(OpsError::AlreadyUndone(Box::new(operation))),
        _ => Ok(operation),
    }
}

fn take_back(tx: &Tx<'_>, ctx: &mut Context<'_>, operation: &Operation) -> Result<Done, OpsError> {
    must_not_be_filed(tx, operation)?;
    edition::must_not_be_out(tx, operation)?;
    edition::must_not_name_the_owner_alone(tx, operation)?;
    let by = edition::dependents(tx, operation)?;
    if !by.is_empty() {
        return Err(OpsError::UndoBlocked { operation: Box::new(operation.clone()), by });
    }
    let title = Title { kind: OperationKind::Undo, subject: &operation.subject, undoes: Some(&operation.id) };
    let done = reverse(tx, ctx, operation, &title)?;
    tx.set_undone(&operation.id, done.operation.as_deref())?;
    Ok(done)
}

/// Moves the heads of an operation back to where it found them.
fn reverse(tx: &Tx<'_>, ctx: &mut Context<'_>, operation: &Operation, title: &Title<'_>) -> Result<Done, OpsError> {
    let mut changes = Changes::default();
    for HeadMove { key, before, after } in &operation.moves {
        if ids(&tx.heads_of(key)?) != *after {
            let by = blockers(tx, operation)?;
            return Err(OpsError::UndoBlocked { operation: Box::new(operation.clone()), by });
        }
        changes.move_heads(tx, key, after.clone(), before.clone())?;
    }
    Ok(changes.log(tx, ctx, title)?.done)
}

/// The later operations that moved the same records, or need the edition, and still stand; oldest first.
fn blockers(tx: &Tx<'_>, operation: &Operation) -> Result<Vec<Operation>, OpsError> {
    let mut by: BTreeMap<i64, Operation> =
        edition::dependents(tx, operation)?.into_iter().map(|o| (o.number, o)).collect();
    for step in &operation.moves {
        by.extend(tx.later_operations(&step.key, operation.number)?.into_iter().map(|o| (o.number, o)));
    }
    Ok(by.into_values().collect())
}

fn must_not_be_filed(tx: &Tx<'_>, operation: &Operation) -> Result<(), OpsError> {
    let taken_back = operation.moves.iter().flat_map(|m| m.after.iter().filter(|id| !m.before.contains(id)));
    for revision in taken_back {
        if let Some(filing) = tx.filings_of(revision, operation.number)?.into_iter().next() {
            return Err(OpsError::UndoFiled { operation: Box::new(operation.clone()), filing: Box::new(filing) });
        }
    }
    Ok(())
}
