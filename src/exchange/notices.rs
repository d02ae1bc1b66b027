//! Word to another agency: that its report arrived, that rows of it come back, that figures are asked for. One package each.
//!
//! The same word twice is written again byte for byte, and logged once.

use std::io::{BufWriter, Seek, Write};
use std::path::PathBuf;

use super::delivery::{self, SOFTWARE};
use super::{Eml, ExchangeError, ExportedFile, Novelty, paperwork};
use crate::catalogue::{Catalogue, Id, PeriodId};
use crate::ops::{self, Context, Done};
use crate::package::{self, Contents, Header, Part};
use crate::record::{
    Arrived, FilingKind, Key, Message, Notice, Receipt, Received, RequestedItem, ReturnedRow, Revision, Snapshot,
};
use crate::report::eml::Letter;
use crate::store::Store;
use crate::text;

/// Where the package goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendOptions {
    /// The folder to write into; made where it is missing.
    pub to: PathBuf,
    pub eml: Eml,
}

/// A record that is not accepted, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    pub key: Key,
    pub reason: String,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub notice: Notice,
    pub file: ExportedFile,
    pub novelty: Novelty,
    /// The mail draft, where it was asked for.
    pub eml: Option<PathBuf>,
    /// What the draft says.
    pub letter: Letter,
    pub done: Done,
}

/// Tells an agency that its latest report for the period arrived, when, and in time or not.
///
/// # Errors
/// `NothingReceived` where none has been merged.
pub fn receipt(
    store: &mut Store,
    ctx: &mut Context<'_>,
    agency: &str,
    period: &PeriodId,
    options: &SendOptions,
) -> Result<Sent, ExchangeError> {
    let snapshot = ops::snapshot(store)?;
    let (receipt, _) = latest(&snapshot, agency, period)?;
    send(store, ctx, &snapshot, (agency, period), Message::Receipt(receipt), options)
}

/// Sends rows of an agency's latest report for the period back, each with a reason.
///
/// # Errors
/// `NothingReceived`; `NothingNamed` where there are no rows; `NoReason` where one has none; `NotInReport` for a record
/// that the report did not have; `KeptPackage` where the package that was kept can no longer be read.
pub fn send_back(
    store: &mut Store,
    ctx: &mut Context<'_>,
    agency: &str,
    period: &PeriodId,
    objections: &[Objection],
    options: &SendOptions,
) -> Result<Sent, ExchangeError> {
    let snapshot = ops::snapshot(store)?;
    let (receipt, packages) = latest(&snapshot, agency, period)?;
    if objections.is_empty() {
        return Err(ExchangeError::NothingNamed);
    }
    let filed = filed_revisions(store, &packages)?;
    let mut rows = Vec::new();
    for Objection { key, reason } in objections {
        let reason = text::clean(reason.trim());
        if reason.is_empty() {
            return Err(ExchangeError::NoReason(key.clone()));
        }
        let before = rows.len();
        let of_record = filed.iter().filter(|r| r.key == *key);
        rows.extend(of_record.map(|r| ReturnedRow {
            key: key.clone(),
            revision: r.id.clone(),
            reason: reason.clone(),
        }));
        if rows.len() == before {
            return Err(ExchangeError::NotInReport(key.clone()));
        }
    }
    rows.sort();
    rows.dedup_by(|a, b| a.revision == b.revision);
    send(store, ctx, &snapshot, (agency, period), Message::Return { receipt, rows }, options)
}

/// Asks an agency for its part of items that this one leads.
///
/// # Errors
/// `NotLed` for an item that this agency does not lead; `NothingNamed` where none is named.
pub fn request(
    store: &mut Store,
    ctx: &mut Context<'_>,
    agency: &str,
    period: &PeriodId,
    items: &[RequestedItem],
    options: &SendOptions,
) -> Result<Sent, ExchangeError> {
    let snapshot = ops::snapshot(store)?;
    if let Some(other) = items.iter().find(|i| !leads(&snapshot.catalogue, &snapshot.agency, &i.item)) {
        return Err(ExchangeError::NotLed(other.item.clone()));
    }
    let mut items: Vec<RequestedItem> =
        items.iter().map(|i| RequestedItem { item: i.item.clone(), note: text::clean(i.note.trim()) }).collect();
    items.sort();
    items.dedup_by(|a, b| a.item == b.item);
    if items.is_empty() {
        return Err(ExchangeError::NothingNamed);
    }
    send(store, ctx, &snapshot, (agency, period), Message::Request(items), options)
}

/// True where an agency may ask others for their part of an item: it leads its task, or receives all reports.
pub(super) fn leads(catalogue: &Catalogue, agency: &str, item: &str) -> bool {
    agency == catalogue.plan.receiver || catalogue.leads(agency, item)
}

/// The receipt of an agency's latest report for the period, and its packages as they were received.
fn latest<'a>(
    snapshot: &'a Snapshot,
    agency: &str,
    period: &PeriodId,
) -> Result<(Receipt, Vec<&'a Received>), ExchangeError> {
    let nothing = || ExchangeError::NothingReceived { agency: agency.to_owned(), period: period.clone() };
    let last = snapshot.last_received(agency, period).ok_or_else(nothing)?;
    let packages: Vec<&Received> =
        snapshot.received.iter().filter(|r| r.is_merged_submission() && r.submission == last.submission).collect();
    let arrived =
        |r: &&Received| Arrived { sha256: r.sha256.clone(), bytes: r.bytes, arrival: r.arrival, rows: r.rows };
    let mut arrived: Vec<Arrived> = packages.iter().map(arrived).collect();
    arrived.sort();
    let filing = last.filing.unwrap_or(FilingKind::Official);
    Ok((Receipt { submission: last.submission.clone(), filing, packages: arrived }, packages))
}

/// What the packages said, read again from the bytes that were kept.
fn filed_revisions(store: &Store, packages: &[&Received]) -> Result<Vec<Revision>, ExchangeError> {
    let mut revisions = Vec::new();
    // Parts that brought evidence only have no rows.
    for kept in packages.iter().filter(|p| p.rows.total() > 0) {
        let temporary = |error| ExchangeError::Io { path: std::env::temp_dir(), error };
        let mut file = tempfile::tempfile().map_err(temporary)?;
        let mut out = BufWriter::new(&mut file);
        ops::received_package(store, &kept.sha256, &mut out)?;
        out.flush().map_err(temporary)?;
        drop(out);
        file.rewind().map_err(temporary)?;
        let unreadable =
            |reason| ExchangeError::KeptPackage { file_name: kept.file_name.clone(), reason: Box::new(reason) };
        revisions
            .extend(package::read(file, &kept.file_name, store.catalogue()).map_err(unreadable)?.contents.revisions);
    }
    Ok(revisions)
}

/// Writes the package of a message and logs it; one that was sent just so is only written again.
fn send(
    store: &mut Store,
    ctx: &mut Context<'_>,
    snapshot: &Snapshot,
    (recipient, period): (&str, &PeriodId),
    message: Message,
    options: &SendOptions,
) -> Result<Sent, ExchangeError> {
    let again = last_word(snapshot, recipient, period, &message).filter(|n| n.message == message).cloned();
    let novelty = if again.is_some() { Novelty::Again } else { Novelty::New };
    let notice = again.unwrap_or_else(|| Notice {
        id: (ctx.new_id)(),
        sender: snapshot.agency.clone(),
        recipient: recipient.to_owned(),
        period: period.clone(),
        officer: ctx.officer.to_owned(),
        device: snapshot.device.clone(),
        time: ctx.now,
        message,
    });
    let contents = contents(&snapshot.catalogue, &notice);
    let written = delivery::write(store, &contents, None, &options.to)?;
    let done = match novelty {
        Novelty::New => ops::send(store, ctx, &notice)?,
        Novelty::Again | Novelty::Rewritten => Done::default(),
    };
    let file = written.keep(&options.to, &package::file_name(&contents.header, &snapshot.catalogue.plan))?;
    let letter = paperwork::templates(store).word(&snapshot.catalogue, &notice, &file.named(&file.name()));
    let eml = delivery::draft(options.eml, &letter, &file, &notice.id, notice.time)?;
    Ok(Sent { notice, file, novelty, eml, letter, done })
}

/// The last word sent from here on the same matter.
fn last_word<'a>(snapshot: &'a Snapshot, recipient: &str, period: &PeriodId, message: &Message) -> Option<&'a Notice> {
    match message.receipt() {
        Some(receipt) => snapshot.answer(&receipt.submission),
        None => {
            let asks = |n: &&Notice| !n.requested().is_empty() && n.sender == snapshot.agency;
            snapshot.notices.iter().filter(asks).find(|n| n.recipient == recipient && n.period == *period)
        }
    }
}

fn contents(catalogue: &Catalogue, notice: &Notice) -> Contents {
    let receipt = notice.receipt();
    let header = Header {
        kind: notice.message.kind(),
        plan: catalogue.plan.id.clone(),
        catalogue_version: catalogue.plan.version,
        catalogue_hash: catalogue.hash.clone(),
        agency: Id::clone(&notice.sender),
        device: notice.device.clone(),
        recipient: notice.recipient.clone(),
        period: catalogue.period(&notice.period),
        filing: receipt.map_or(FilingKind::Official, |r| r.filing),
        submission: notice.id.clone(),
        previous: None,
        answers: receipt.map(|r| r.submission.clone()),
        officer: notice.officer.clone(),
        software: SOFTWARE.to_owned(),
        created: notice.time,
        part: Part::ONLY,
    };
    Contents { message: Some(notice.message.clone()), ..Contents::new(header) }
}
