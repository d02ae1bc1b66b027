//! Whose key a package is signed with: asked before it is taken, and remembered after.

use chrono::{DateTime, FixedOffset};

use super::{ExchangeError, Reading};
use crate::ops::{self, Context};
use crate::package::{Package, Refusal};
use crate::record::Snapshot;
use crate::store::Store;
use crate::trust::{Answer, KeyState, KnownKey, Signer, Standing};

/// What the package's signature is to the workspace of `snapshot`.
pub fn standing(package: &Package, snapshot: &Snapshot) -> Standing {
    let header = &package.contents.header;
    snapshot.trust.standing(&header.agency, &header.device, package.key.as_ref())
}

/// Refuses a package whose signature the officer does not want to be enough.
pub(super) fn must_be_trusted(package: &Package, snapshot: &Snapshot) -> Result<(), Refusal> {
    let standing = standing(package, snapshot);
    match snapshot.trust.policy.answer(standing) {
        Answer::Accept => Ok(()),
        Answer::Refuse => {
            let header = &package.contents.header;
            Err(Refusal::Untrusted {
                agency: header.agency.clone(),
                device: header.device.clone(),
                standing,
                key: package.key,
                known: snapshot.trust.believed(&header.agency),
            })
        }
    }
}

/// The package's key as the workspace will know it: remembered with a package that is taken, waiting with one that is
/// refused for its key.
pub(super) fn key_of(reading: &Reading, now: DateTime<FixedOffset>) -> Option<KnownKey> {
    let Signer { agency, device, key } = signer_of(reading)?;
    let state = if reading.result.is_ok() { KeyState::Seen } else { KeyState::Waiting };
    Some(KnownKey { agency, device, key, first_seen: now, state })
}

/// Whose key the package is signed with, by its own word; none where the signature does not hold.
pub(super) fn signer_of(reading: &Reading) -> Option<Signer> {
    match &reading.result {
        Ok((package, _)) => signer(package),
        Err(Refusal::Untrusted { agency, device, key, .. }) => {
            Some(Signer { agency: agency.clone(), device: device.clone(), key: (*key)? })
        }
        Err(_) => None,
    }
}

/// Who signed the package, by its own word; none where nobody did.
pub(super) fn signer(package: &Package) -> Option<Signer> {
    let header = &package.contents.header;
    Some(Signer { agency: header.agency.clone(), device: header.device.clone(), key: package.key? })
}

/// Notes the package's key, unless it is noted already.
pub(super) fn remember(
    store: &mut Store,
    ctx: &Context<'_>,
    reading: &Reading,
    snapshot: &Snapshot,
) -> Result<(), ExchangeError> {
    let Some(new) = key_of(reading, ctx.now) else { return Ok(()) };
    let noted = |k: &KnownKey| {
        (&k.agency, &k.device, &k.key) == (&new.agency, &new.device, &new.key)
            && (k.state != KeyState::Waiting || new.state == KeyState::Waiting)
    };
    if !snapshot.trust.known.iter().any(noted) {
        ops::remember_key(store, &new)?;
    }
    Ok(())
}
