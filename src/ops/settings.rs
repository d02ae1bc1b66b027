//! What belongs to the workspace and not to a record: its officer and its settings. Not logged: no head moves.

use super::OpsError;
use crate::store::Store;

/// A setting's value; none where it was never set or cannot be read: every setting has a default.
pub fn setting(store: &Store, name: &str) -> Option<String> {
    store.read(|db| db.setting(name)).ok().flatten()
}

pub fn set_setting(store: &mut Store, name: &str, value: &str) -> Result<(), OpsError> {
    Ok(store.transact(|tx| tx.set_setting(name, value))?)
}

/// Sets the officer whose name the workspace shows, and whom a caller names in its [`super::Context`].
pub fn set_officer(store: &mut Store, officer: &str) -> Result<(), OpsError> {
    Ok(store.set_officer(officer)?)
}
