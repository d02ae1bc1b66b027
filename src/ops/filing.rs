//! Filing a report: what it says is fixed from here on, and can no longer be undone, only supplemented.

use super::changes::{Changes, Title};
use super::{Context, Done, OpsError};
use crate::record::{Filing, FilingKind, OperationKind};
use crate::store::{Store, Tx};

/// Logs that a report, or a contribution, was filed and which packages were written for it.
///
/// # Errors
/// `Stale` where a revision that it reports is no longer a head; `FilingOutOfTurn` where it is not the next one of its
/// agency, recipient and period; `UnknownRevision`.
pub fn file(store: &mut Store, ctx: &mut Context<'_>, filing: Filing) -> Result<Done, OpsError> {
    let catalogue = store.catalogue();
    let report = format!("{} {}", filing.period, filing.kind.slug());
    let subject = match filing.recipient == catalogue.plan.receiver {
        true => report,
        false => format!("{}: {report}", catalogue.agency_name(&filing.recipient)),
    };
    store.transact(|tx| {
        must_be_next(tx, &filing)?;
        must_be_heads(tx, &filing)?;
        let title = Title { kind: OperationKind::File, subject: &subject, undoes: None };
        let logged = Changes::default().log(tx, ctx, &title)?;
        tx.add_filing(logged.number, &filing)?;
        Ok(logged.done)
    })
}

fn must_be_next(tx: &Tx<'_>, filing: &Filing) -> Result<(), OpsError> {
    let earlier = tx.filings()?;
    let subject = |f: &Filing| (f.agency.clone(), f.recipient.clone(), f.period.clone());
    let of_report = earlier.iter().filter(|f| subject(f) == subject(filing));
    let next = of_report.map(|f| f.kind.number() + 1).max().unwrap_or(0);
    if FilingKind::from_number(next) == filing.kind {
        return Ok(());
    }
    let Filing { agency, period, kind, .. } = filing;
    Err(OpsError::FilingOutOfTurn { agency: agency.clone(), period: period.clone(), kind: *kind })
}

fn must_be_heads(tx: &Tx<'_>, filing: &Filing) -> Result<(), OpsError> {
    for id in &filing.revisions {
        let unknown = || OpsError::UnknownRevision(id.clone());
        let key = tx.revisions_by_prefix(id)?.pop().ok_or_else(unknown)?.key;
        if !tx.heads_of(&key)?.iter().any(|h| h.id == *id) {
            return Err(OpsError::Stale { key });
        }
    }
    Ok(())
}
