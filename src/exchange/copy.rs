//! A working copy: everything of this workspace, for another PC of the same agency, where it is merged like any package.

use std::collections::BTreeMap;
use std::path::Path;

use super::delivery::{self, SOFTWARE};
use super::export::travelling;
use super::{ExchangeError, ExportedFile, Flow, Stage, Step, step};
use crate::ops::{self, Context};
use crate::package::{self, Contents, Header, PackageKind, Part};
use crate::record::{EvidenceRef, FilingKind, Revision, Snapshot};
use crate::store::Store;

/// Writes all heads of all periods with their evidence, and what was filed, into a folder; more than one file only where one cannot hold it.
///
/// Nothing is logged: the workspace has not changed.
///
/// # Errors
/// `NothingToCopy` where nothing has been recorded yet.
pub fn working_copy(
    store: &Store,
    ctx: &mut Context<'_>,
    to: &Path,
    progress: &mut dyn FnMut(Step) -> Flow,
) -> Result<Vec<ExportedFile>, ExchangeError> {
    let snapshot = ops::snapshot(store)?;
    let revisions = revisions(store, &snapshot)?;
    if revisions.is_empty() {
        return Err(ExchangeError::NothingToCopy);
    }
    let evidence = travelling(store, &revisions)?;
    let parts = package::split(contents(&snapshot, ctx, revisions, evidence), 0, u64::MAX);
    let mut files = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let name = package::file_name(&part.header, &snapshot.catalogue.plan);
        step(progress, Step { stage: Stage::Writing, name: name.clone(), done: index, of: parts.len() })?;
        files.push(delivery::write(store, part, None, to)?.keep(to, &name)?);
    }
    Ok(files)
}

/// All heads, and what the filings reported and has been replaced since. Sorted by key, then id.
fn revisions(store: &Store, snapshot: &Snapshot) -> Result<Vec<Revision>, ExchangeError> {
    let heads = snapshot.records.values().flat_map(|r| r.heads.iter().cloned());
    let mut found: BTreeMap<String, Revision> = heads.map(|r| (r.id.clone(), r)).collect();
    for id in snapshot.filings.iter().flat_map(|f| &f.revisions) {
        if !found.contains_key(id) {
            found.extend(ops::revision(store, id)?.map(|r| (r.id.clone(), r)));
        }
    }
    let mut revisions: Vec<Revision> = found.into_values().collect();
    revisions.sort_by(|a, b| (&a.key, &a.id).cmp(&(&b.key, &b.id)));
    Ok(revisions)
}

fn contents(
    snapshot: &Snapshot,
    ctx: &mut Context<'_>,
    revisions: Vec<Revision>,
    evidence: Vec<EvidenceRef>,
) -> Contents {
    let catalogue = &snapshot.catalogue;
    let header = Header {
        kind: PackageKind::WorkingCopy,
        plan: catalogue.plan.id.clone(),
        catalogue_version: catalogue.plan.version,
        catalogue_hash: catalogue.hash.clone(),
        agency: snapshot.agency.clone(),
        device: snapshot.device.clone(),
        recipient: snapshot.agency.clone(),
        period: catalogue.period(&catalogue.opening_period(&snapshot.agency, ctx.now.date_naive())),
        filing: FilingKind::Official,
        submission: (ctx.new_id)(),
        previous: None,
        answers: None,
        officer: ctx.officer.to_owned(),
        software: SOFTWARE.to_owned(),
        created: ctx.now,
        part: Part::ONLY,
    };
    Contents { revisions, evidence, filings: snapshot.filings.clone(), ..Contents::new(header) }
}
