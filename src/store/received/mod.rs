//! Packages that came in. Their bytes are blobs; whether one is merged follows from the operation log.

use rusqlite::Row;

use super::db::{json, optional, parsed, word};
use super::{Db, StoreError, Tx};
use crate::catalogue::PeriodId;
use crate::record::{Arrival, Due, FilingKind, PackageKind, Received, ReceivedState};
use crate::trust::{Signer, Standing};

impl Db<'_> {
    /// All packages, the last to arrive first.
    pub(crate) fn received(&self) -> Result<Vec<Received>, StoreError> {
        self.rows(include_str!("list.sql"), [], row_to_received)
    }

    pub(crate) fn received_by_hash(&self, sha256: &str) -> Result<Option<Received>, StoreError> {
        self.row(include_str!("get.sql"), [sha256], row_to_received)
    }
}

impl Tx<'_> {
    /// Notes a package whose bytes are here. One that came before keeps its first arrival.
    pub(crate) fn put_received(&self, received: &Received) -> Result<(), StoreError> {
        let refused = match &received.state {
            ReceivedState::Refused(reason) => Some(reason),
            ReceivedState::Merged | ReceivedState::Undone => None,
        };
        let rows = serde_json::to_string(&received.rows).map_err(|e| self.damaged(e.to_string()))?;
        let signer = received.signer.as_ref();
        let row = (
            &received.sha256,
            &received.file_name,
            received.kind.map(PackageKind::as_str),
            received.arrival.time.to_rfc3339(),
            due_word(received.arrival.due),
            refused,
            rows,
            &received.agency,
            received.period.as_ref().map(PeriodId::to_string),
            received.filing.map(FilingKind::number),
            &received.submission,
            received.arrival.filed.map(|t| t.to_rfc3339()),
            received.signature.map(Standing::as_str),
            signer.map(|s| &s.device),
            signer.map(|s| s.key.to_string()),
        );
        self.run(include_str!("put.sql"), row)
    }

    /// Notes which operation merged a package.
    pub(crate) fn add_merge(&self, operation: i64, package: &str) -> Result<(), StoreError> {
        self.run(include_str!("add_merge.sql"), (operation, package))
    }
}

fn due_word(due: Due) -> &'static str {
    match due {
        Due::Timely => "timely",
        Due::Late => "late",
    }
}

fn row_to_received(row: &Row<'_>) -> rusqlite::Result<Received> {
    let due = if row.get::<_, String>("due")? == due_word(Due::Late) { Due::Late } else { Due::Timely };
    let state = match (row.get("merged")?, row.get("refused")?) {
        (true, _) => ReceivedState::Merged,
        (false, Some(reason)) => ReceivedState::Refused(reason),
        (false, None) => ReceivedState::Undone,
    };
    let agency: String = row.get("agency")?;
    let signer = match (row.get::<_, Option<String>>("device")?, row.get::<_, Option<String>>("key")?) {
        (Some(device), Some(_)) => Some(Signer { agency: agency.clone(), device, key: parsed(row, "key")? }),
        _ => None,
    };
    Ok(Received {
        sha256: row.get("sha256")?,
        file_name: row.get("file_name")?,
        bytes: row.get::<_, i64>("bytes")?.unsigned_abs(),
        kind: row.get::<_, Option<String>>("kind")?.map(|_| word(row, "kind", PackageKind::parse)).transpose()?,
        arrival: Arrival { time: parsed(row, "arrived")?, filed: optional(row, "filed")?, due },
        state,
        rows: json(row, "rows")?,
        agency,
        period: optional(row, "period")?,
        filing: row.get::<_, Option<u32>>("filing")?.map(FilingKind::from_number),
        submission: row.get("submission")?,
        signature: row
            .get::<_, Option<String>>("signature")?
            .map(|_| word(row, "signature", Standing::parse))
            .transpose()?,
        signer,
    })
}
