//! Bytes kept by their SHA-256, each once: evidence and received packages. Streamed in chunks, never whole in memory.

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

use super::{Db, StoreError, Tx};

/// Bytes in a row. Larger rows save little time; smaller ones cost pages.
const CHUNK: u64 = 512 * 1024;

/// Bytes that are in the file now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    /// Lower-case hex.
    pub sha256: String,
    pub bytes: u64,
}

/// What can fail while bytes go in or out: the workspace, or the other side.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BlobError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Stream(#[from] io::Error),
}

impl Db<'_> {
    pub(crate) fn has_blob(&self, sha256: &str) -> Result<bool, StoreError> {
        Ok(self.find_blob(sha256)?.is_some())
    }

    /// Writes the bytes out. Returns false where there are none under this hash.
    ///
    /// # Errors
    /// `Damaged`, after the last byte, where they are not those that were put in.
    pub(crate) fn read_blob(&self, sha256: &str, out: &mut dyn Write) -> Result<bool, BlobError> {
        let Some(blob) = self.find_blob(sha256)? else { return Ok(false) };
        let mut hash = Sha256::new();
        for number in 0_i64.. {
            let data: Option<Vec<u8>> = self.row(include_str!("chunk.sql"), (blob, number), |row| row.get("data"))?;
            let Some(data) = data else { break };
            hash.update(&data);
            out.write_all(&data)?;
        }
        if hex(hash) != sha256 {
            return Err(self.damaged(format!("the bytes of {sha256} have changed")).into());
        }
        Ok(true)
    }

    /// Hashes that heads refer to as evidence, and whose bytes are not here, sorted.
    pub(crate) fn missing_evidence(&self) -> Result<Vec<String>, StoreError> {
        self.rows(include_str!("missing.sql"), [], |row| row.get("sha256"))
    }

    /// Every blob's row and its hash.
    pub(super) fn blobs(&self) -> Result<Vec<(i64, String)>, StoreError> {
        self.rows(include_str!("list.sql"), [], |row| Ok((row.get("id")?, row.get("sha256")?)))
    }

    fn find_blob(&self, sha256: &str) -> Result<Option<i64>, StoreError> {
        self.row(include_str!("find.sql"), [sha256], |row| row.get("id"))
    }
}

impl Tx<'_> {
    /// Takes bytes in, hashing on the way; those that are here already take no room again.
    pub(crate) fn put_blob(&self, source: &mut dyn Read) -> Result<Stored, BlobError> {
        self.run(include_str!("begin.sql"), [])?;
        let blob = self.conn.last_insert_rowid();
        let stored = self.fill_blob(blob, source)?;
        if self.has_blob(&stored.sha256)? {
            self.run(include_str!("drop_chunks.sql"), [blob])?;
            self.run(include_str!("drop.sql"), [blob])?;
        } else {
            self.run(include_str!("finish.sql"), (blob, &stored.sha256, stored.bytes as i64))?;
        }
        Ok(stored)
    }

    /// Puts bytes under a blob that has none, and says which they were.
    pub(super) fn fill_blob(&self, blob: i64, source: &mut dyn Read) -> Result<Stored, BlobError> {
        let mut hash = Sha256::new();
        let mut bytes = 0;
        let mut chunk = Vec::new();
        for number in 0_i64.. {
            chunk.clear();
            source.take(CHUNK).read_to_end(&mut chunk)?;
            if chunk.is_empty() {
                break;
            }
            hash.update(&chunk);
            bytes += chunk.len() as u64;
            self.run(include_str!("add_chunk.sql"), (blob, number, &chunk))?;
        }
        Ok(Stored { sha256: hex(hash), bytes })
    }

    /// Gives up a blob's bytes: evidence is missing then, as if it had never come. The row of a received package stays.
    pub(super) fn forget_blob(&self, blob: i64) -> Result<(), StoreError> {
        self.run(include_str!("drop_chunks.sql"), [blob])?;
        self.run(include_str!("forget.sql"), [blob])
    }
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
