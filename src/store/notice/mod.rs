//! Receipts, returns and requests, sent and received. One stands as long as its operation does.

use rusqlite::Row;

use super::db::{json, parsed};
use super::{Db, StoreError, Tx};
use crate::record::Notice;

impl Db<'_> {
    /// The notices that stand, newest first.
    pub(crate) fn notices(&self) -> Result<Vec<Notice>, StoreError> {
        self.rows(include_str!("standing.sql"), [], row_to_notice)
    }
}

impl Tx<'_> {
    /// Keeps a notice under the operation that sent it or took it in.
    pub(crate) fn put_notice(&self, operation: i64, notice: &Notice) -> Result<(), StoreError> {
        let message = serde_json::to_string(&notice.message).map_err(|e| self.damaged(e.to_string()))?;
        let row = (
            &notice.id,
            operation,
            notice.message.kind().as_str(),
            &notice.sender,
            &notice.recipient,
            notice.period.to_string(),
            &notice.officer,
            &notice.device,
            notice.time.to_rfc3339(),
            message,
        );
        self.run(include_str!("add.sql"), row)
    }
}

fn row_to_notice(row: &Row<'_>) -> rusqlite::Result<Notice> {
    Ok(Notice {
        id: row.get("id")?,
        sender: row.get("sender")?,
        recipient: row.get("recipient")?,
        period: parsed(row, "period")?,
        officer: row.get("officer")?,
        device: row.get("device")?,
        time: parsed(row, "time")?,
        message: json(row, "message")?,
    })
}
