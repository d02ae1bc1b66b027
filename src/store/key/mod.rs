//! The workspace's own key, and the keys of others. What a key is believed to be is up to `trust`.

use chrono::{DateTime, FixedOffset};
use rusqlite::Row;

use super::db::parsed;
use super::{Db, StoreError, Tx};
use crate::trust::{KeyState, KnownKey, PublicKey, SecretKey};

/// A key that packages are signed with, and since when.
pub(crate) struct OwnKey {
    pub secret: SecretKey,
    pub since: DateTime<FixedOffset>,
}

impl Db<'_> {
    /// The workspace's own keys, the present one first, then those before it.
    pub(crate) fn own_keys(&self) -> Result<(OwnKey, Vec<OwnKey>), StoreError> {
        let rows =
            self.rows(include_str!("own.sql"), [], |row| Ok((row.get::<_, String>("secret")?, parsed(row, "since")?)))?;
        let mut keys = rows.into_iter().map(|(text, since)| {
            let secret = SecretKey::from_file(&text).map_err(|e| self.damaged(format!("own_keys: {e}")))?;
            Ok(OwnKey { secret, since })
        });
        let present = keys.next().ok_or_else(|| self.damaged("own_keys is empty"))??;
        Ok((present, keys.collect::<Result<_, StoreError>>()?))
    }

    /// By agency, device, then time.
    pub(crate) fn keys(&self) -> Result<Vec<KnownKey>, StoreError> {
        self.rows(include_str!("list.sql"), [], row_to_key)
    }
}

impl Tx<'_> {
    /// Signs with this key from now on.
    pub(crate) fn add_own_key(&self, secret: &SecretKey, since: DateTime<FixedOffset>) -> Result<(), StoreError> {
        self.run(include_str!("add_own.sql"), (secret.to_file(), since.to_rfc3339()))
    }

    /// Notes a key. What an officer decided about it stays.
    pub(crate) fn remember_key(&self, known: &KnownKey) -> Result<(), StoreError> {
        let KnownKey { agency, device, key, first_seen, state } = known;
        let row = (agency, device, key.to_string(), first_seen.to_rfc3339(), state_word(state));
        self.run(include_str!("remember.sql"), row)
    }

    /// An officer says that a key is the agency's, on whatever device.
    pub(crate) fn confirm_key(
        &self,
        agency: &str,
        key: &PublicKey,
        officer: &str,
        time: DateTime<FixedOffset>,
    ) -> Result<(), StoreError> {
        self.run(include_str!("confirm.sql"), (agency, key.to_string(), officer, time.to_rfc3339()))
    }
}

fn state_word(state: &KeyState) -> &'static str {
    match state {
        // The own ones have a table of their own; were one here, it would be as good as seen.
        KeyState::Own | KeyState::Seen => "seen",
        KeyState::Confirmed { .. } => "confirmed",
        KeyState::Waiting => "waiting",
    }
}

fn row_to_key(row: &Row<'_>) -> rusqlite::Result<KnownKey> {
    let state = match row.get::<_, String>("state")?.as_str() {
        "confirmed" => KeyState::Confirmed {
            officer: row.get::<_, Option<String>>("officer")?.unwrap_or_default(),
            time: parsed(row, "decided")?,
        },
        "waiting" => KeyState::Waiting,
        _ => KeyState::Seen,
    };
    Ok(KnownKey {
        agency: row.get("agency")?,
        device: row.get("device")?,
        key: parsed(row, "key")?,
        first_seen: parsed(row, "first_seen")?,
        state,
    })
}
