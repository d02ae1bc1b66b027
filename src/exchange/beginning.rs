//! A new workspace: on the program's own catalogue, or on the edition of a catalogue package, which alone names an agency
//! that came of a merger or a split.
//!
//! It appears whole, with the edition taken in, or not at all.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::ExchangeError;
use super::reading::{file_name, must_continue, noted, unreadable};
use super::signatures::signer;
use crate::catalogue::{self, Catalogue, Edition, Kinship};
use crate::ops::{self, Adoption, Context, OpsError};
use crate::package::{self, Package, Refusal};
use crate::store::{NewWorkspace, Store};
use crate::trust::{KeyState, KnownKey, PublicKey, Signer, Standing};

/// A catalogue package, read and checked before there is a workspace to take it in.
#[derive(Debug, Clone)]
pub struct FirstEdition {
    path: PathBuf,
    package: Package,
    edition: Edition,
    catalogue: Arc<Catalogue>,
}

impl FirstEdition {
    /// # Errors
    /// `FirstEdition` where the file is no good package, or brings no edition that goes on from the program's own.
    pub fn read(path: &Path) -> Result<FirstEdition, ExchangeError> {
        let refused = |reason| ExchangeError::FirstEdition { path: path.to_owned(), reason: Box::new(reason) };
        let own = catalogue::embedded();
        let file = File::open(path).map_err(|e| refused(unreadable(e)))?;
        let mut package = package::read(BufReader::new(file), &file_name(path), own).map_err(refused)?;
        let edition = package.contents.edition.take();
        let header = &package.contents.header;
        let edition = edition.ok_or_else(|| refused(Refusal::NoEdition(header.kind)))?;
        must_continue(&edition, &header.agency, own).map_err(refused)?;
        let catalogue = match own.kinship(edition.catalogue()) {
            Kinship::Later => Arc::clone(edition.catalogue()),
            Kinship::Same | Kinship::Earlier | Kinship::Stranger => Arc::new(own.clone()),
        };
        Ok(FirstEdition { path: path.to_owned(), package, edition, catalogue })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What a workspace that begins with it follows: its edition, or the program's own where that is as new.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// SHA-256 of the package file.
    pub fn sha256(&self) -> &str {
        &self.package.sha256
    }

    /// What its signature is to somebody who has met nobody yet.
    pub fn standing(&self) -> Standing {
        if self.package.key.is_some() { Standing::First } else { Standing::Unsigned }
    }

    /// The key that it is signed with.
    pub fn key(&self) -> Option<PublicKey> {
        self.package.key
    }
}

/// Makes a workspace, on an edition where one is given. The package is kept in it, and its key is remembered.
///
/// # Errors
/// As [`Store::create`] and [`ops::begin`]; `PackageChanged` where the file is not the one that was read. Nothing is left
/// behind.
pub fn create(
    path: &Path,
    new: &NewWorkspace<'_>,
    ctx: &mut Context<'_>,
    first: Option<&FirstEdition>,
) -> Result<Store, ExchangeError> {
    let Some(first) = first else { return Ok(Store::create(path, new).map_err(OpsError::Store)?) };
    let mut file = File::open(&first.path).map_err(ExchangeError::io(&first.path))?;
    let received = noted(&first.package, Some(first.standing()), &first.catalogue, ctx.now);
    let key = signer(&first.package).map(|Signer { agency, device, key }| KnownKey {
        agency,
        device,
        key,
        first_seen: ctx.now,
        state: KeyState::Seen,
    });
    let adoption = Adoption { received, edition: &first.edition, package: &mut file };
    Ok(ops::begin(path, new, ctx, adoption, key.as_ref())?)
}
