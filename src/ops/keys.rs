//! Keys: the workspace's own, those of others, and what to do about signatures. Not logged: no head moves.

use chrono::{DateTime, FixedOffset};

use super::{Context, OpsError};
use crate::store::{Db, OwnKey, Store, StoreError};
use crate::trust::{Answer, Case, KeyState, KnownKey, Policy, PublicKey, SecretKey, Trust};

/// The key that the workspace signs its packages with now.
pub fn own_key(store: &Store) -> Result<SecretKey, OpsError> {
    Ok(store.read(|db| db.own_keys())?.0.secret)
}

/// The key that it signed with at a time: what was filed then is signed alike when it is written again.
pub fn own_key_at(store: &Store, time: DateTime<FixedOffset>) -> Result<SecretKey, OpsError> {
    let (present, earlier) = store.read(|db| db.own_keys())?;
    let mut keys: Vec<OwnKey> = std::iter::once(present).chain(earlier).collect();
    // The first one of all for what is older than it: such a filing came in a working copy.
    let then = keys.iter().position(|k| k.since <= time).unwrap_or(keys.len() - 1);
    Ok(keys.swap_remove(then).secret)
}

/// The device under which what `device` has sent is written again here. Another PC, whose work came in a package, has
/// another key: what it sent goes out as this device's, or a receiver would take that key for a changed one.
pub fn signing_device(store: &Store, device: &str) -> Result<String, OpsError> {
    let own = store.read(|db| db.has_been_on(device))?;
    Ok(if own { device } else { store.device() }.to_owned())
}

/// Signs with another key from now on; the one before is kept. Whoever remembers that one will ask about the new one.
pub fn set_own_key(store: &mut Store, secret: &SecretKey, since: DateTime<FixedOffset>) -> Result<(), OpsError> {
    Ok(store.transact(|tx| tx.add_own_key(secret, since))?)
}

/// Notes a key at first sight. What an officer decided about it stays.
pub fn remember_key(store: &mut Store, known: &KnownKey) -> Result<(), OpsError> {
    Ok(store.transact(|tx| tx.remember_key(known))?)
}

/// Writes down that the officer of `ctx` says that this is the agency's key.
///
/// # Errors
/// `UnknownKey` where no package of the agency was ever signed with it.
pub fn confirm_key(store: &mut Store, ctx: &Context<'_>, agency: &str, key: &PublicKey) -> Result<(), OpsError> {
    store.transact(|tx| {
        if !tx.keys()?.iter().any(|k| k.agency == agency && k.key == *key) {
            return Err(OpsError::UnknownKey { agency: agency.to_owned(), code: key.code() });
        }
        Ok(tx.confirm_key(agency, key, ctx.officer, ctx.now)?)
    })
}

/// Sets what to do about packages in one case.
pub fn set_policy(store: &mut Store, case: Case, answer: Answer) -> Result<(), OpsError> {
    Ok(store.transact(|tx| tx.set_setting(&setting_of(case), answer.as_str()))?)
}

/// Everything that is known of keys. The own ones are among them, as ones that the owner answers for.
pub(super) fn trust(store: &Store, db: &Db<'_>) -> Result<Trust, StoreError> {
    let (own, earlier) = db.own_keys()?;
    let mut known = db.keys()?;
    known.extend([&own].into_iter().chain(&earlier).map(|k| KnownKey {
        agency: store.agency().to_owned(),
        device: store.device().to_owned(),
        key: k.secret.public(),
        first_seen: k.since,
        state: KeyState::Own,
    }));
    let mut policy = Policy::default();
    for case in Case::ALL {
        // Where the setting is not one of ours, the default is the safe reading.
        if let Some(answer) = db.setting(&setting_of(case))?.as_deref().and_then(Answer::parse) {
            policy.set(case, answer);
        }
    }
    Ok(Trust { own: own.secret.public(), known, policy })
}

fn setting_of(case: Case) -> String {
    format!("signature-policy.{}", case.as_str())
}
