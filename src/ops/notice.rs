//! Notices: receipts, returns and requests written here for another agency, and those that packages bring. They move no
//! heads: undoing one only takes the word back.

use std::io::Read;

use super::changes::{Changes, Title};
use super::merge::keep;
use super::{Context, Done, OpsError};
use crate::record::{Message, Notice, OperationKind, Received, ReceivedState};
use crate::store::Store;

/// Logs a notice that was written here for another agency.
pub fn send(store: &mut Store, ctx: &mut Context<'_>, notice: &Notice) -> Result<Done, OpsError> {
    let kind = match notice.message {
        Message::Receipt(_) => OperationKind::Receipt,
        Message::Return { .. } => OperationKind::Return,
        Message::Request(_) => OperationKind::Request,
    };
    let recipient = store.catalogue().agency_name(&notice.recipient);
    let filing = notice.receipt().map(|r| format!(" {}", r.filing.slug())).unwrap_or_default();
    let subject = format!("{recipient}: {}{filing}", notice.period);
    store.transact(|tx| {
        let logged = Changes::default().log(tx, ctx, &Title { kind, subject: &subject, undoes: None })?;
        tx.put_notice(logged.number, notice)?;
        Ok(logged.done)
    })
}

/// Takes in a notice that a package brought, and keeps the package. One that stands already is not taken in again.
///
/// # Errors
/// `PackageChanged` where the bytes are not those that were looked at; `Stream` where they cannot be read.
pub fn accept(
    store: &mut Store,
    ctx: &mut Context<'_>,
    received: Received,
    notice: &Notice,
    package: &mut dyn Read,
) -> Result<Done, OpsError> {
    store.transact(|tx| {
        if tx.notices()?.iter().any(|n| n.id == notice.id) {
            return Ok(Done::default());
        }
        let received = Received { state: ReceivedState::Merged, ..received };
        keep(tx, &received, package)?;
        let title = Title { kind: OperationKind::Notice, subject: &received.file_name, undoes: None };
        let logged = Changes::default().log(tx, ctx, &title)?;
        tx.add_merge(logged.number, &received.sha256)?;
        tx.put_notice(logged.number, notice)?;
        Ok(logged.done)
    })
}
