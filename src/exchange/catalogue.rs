//! The catalogue as a package: the receiving department issues its edition to all agencies.
//!
//! The same edition is written again byte for byte, and logged once. Taking one in is `import`'s.

use std::path::PathBuf;

use super::delivery::{self, SOFTWARE};
use super::{ExchangeError, ExportedFile, Novelty, SendOptions, paperwork};
use crate::catalogue::{Edition, PeriodId};
use crate::ops::{self, Context, Done, OpsError};
use crate::package::{self, Contents, Header, PackageKind, Part};
use crate::record::{FilingKind, Published};
use crate::report::eml::Letter;
use crate::store::Store;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    pub file: ExportedFile,
    pub novelty: Novelty,
    /// The mail draft, where it was asked for.
    pub eml: Option<PathBuf>,
    /// What the draft says.
    pub letter: Letter,
    pub done: Done,
}

/// Writes the present edition of the catalogue as a package for all agencies.
///
/// # Errors
/// `NotTheReceiver`; `NothingToPublish` where no edition was made here.
pub fn issue(store: &mut Store, ctx: &mut Context<'_>, options: &SendOptions) -> Result<Issued, ExchangeError> {
    if store.catalogue().plan.receiver != store.agency() {
        return Err(OpsError::NotTheReceiver.into());
    }
    let edition = ops::edition(store)?.ok_or(OpsError::NothingToPublish)?;
    let before = ops::published_before(store)?;
    let snapshot = ops::snapshot(store)?;
    let again = snapshot.editions.first().and_then(|e| e.published.clone());
    let novelty = if again.is_some() { Novelty::Again } else { Novelty::New };
    let published = again.unwrap_or_else(|| Published {
        operation: (ctx.new_id)(),
        officer: ctx.officer.to_owned(),
        device: snapshot.device.clone(),
        time: ctx.now,
    });
    let contents = contents(edition, &published, ops::signing_device(store, &published.device)?);
    let written = delivery::write(store, &contents, None, &options.to)?;
    let done = match novelty {
        Novelty::New => ops::publish(store, &published)?,
        Novelty::Again | Novelty::Rewritten => Done::default(),
    };
    let file = written.keep(&options.to, &package::file_name(&contents.header, &store.catalogue().plan))?;
    let (templates, time) = (paperwork::templates(store), published.time);
    let named = file.name();
    let letter = templates.edition(&before, store.catalogue(), &published.officer, time, &file.named(&named));
    let eml = delivery::draft(options.eml, &letter, &file, &published.operation, published.time)?;
    Ok(Issued { file, novelty, eml, letter, done })
}

/// Everything but the device that signs follows from the edition and how it was first written.
fn contents(edition: Edition, published: &Published, device: String) -> Contents {
    use chrono::Datelike;
    let catalogue = edition.catalogue();
    let header = Header {
        kind: PackageKind::Catalogue,
        plan: catalogue.plan.id.clone(),
        catalogue_version: catalogue.plan.version,
        catalogue_hash: catalogue.hash.clone(),
        agency: catalogue.plan.receiver.clone(),
        device,
        recipient: catalogue.plan.receiver.clone(),
        period: catalogue.period(&PeriodId::Year { year: published.time.year() }),
        filing: FilingKind::Official,
        submission: published.operation.clone(),
        previous: None,
        answers: None,
        officer: published.officer.clone(),
        software: SOFTWARE.to_owned(),
        created: published.time,
        part: Part::ONLY,
    };
    Contents { edition: Some(edition), ..Contents::new(header) }
}
