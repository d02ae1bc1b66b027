//! For agencies that have not filed: blank Excel forms and reminders, one file each, into a folder.
//!
//! A file that is there already may have been worked on: then none is written.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use super::{ExchangeError, Flow, Stage, Step, step};
use crate::catalogue::{Id, PeriodId};
use crate::ops::{self, Context};
use crate::platform::whole;
use crate::progress::{AgencyState, AgencyStatus, status};
use crate::record::Snapshot;
use crate::report::eml::{self, Attachment};
use crate::report::{self, Occasion, Templates};
use crate::store::Store;

/// What goes with a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enclosure {
    Nothing,
    /// The blank form of the agency and period.
    Form,
}

/// Where this file receives: the agencies that have not filed for the period.
pub fn not_filed(snapshot: &Snapshot, period: &PeriodId, now: DateTime<FixedOffset>) -> Vec<AgencyStatus> {
    let open = |s: &AgencyStatus| matches!(s.state, AgencyState::Missing | AgencyState::Draft);
    status(snapshot, period, now).into_iter().filter(|s| open(s) && s.agency != snapshot.agency).collect()
}

/// The letters of this workspace: the officer's own where there are some, else ours.
pub fn templates(store: &Store) -> Templates {
    let mut templates = Templates::default();
    for occasion in Occasion::ALL {
        if let Some(text) = ops::setting(store, &occasion.setting()) {
            templates.set(occasion, &text);
        }
    }
    templates
}

/// Writes the blank forms of these agencies into a folder.
///
/// # Errors
/// `NothingOwed` for an agency that has nothing to report, `NobodyLate` where there is no agency, `Exists`; then
/// nothing was written.
pub fn forms(
    snapshot: &Snapshot,
    agencies: &[Id],
    period: &PeriodId,
    now: DateTime<FixedOffset>,
    to: &Path,
    progress: &mut dyn FnMut(Step) -> Flow,
) -> Result<Vec<PathBuf>, ExchangeError> {
    let window = snapshot.catalogue.period(period);
    if let Some(idle) = agencies.iter().find(|a| snapshot.catalogue.expected(a, &window).is_empty()) {
        return Err(ExchangeError::NothingOwed { agency: idle.clone(), period: period.clone() });
    }
    let paths: Vec<PathBuf> = agencies.iter().map(|a| to.join(report::form_name(a, period))).collect();
    all_free(&paths, period)?;
    for (done, (agency, path)) in agencies.iter().zip(&paths).enumerate() {
        step(progress, Step { stage: Stage::Writing, name: agency.clone(), done, of: agencies.len() })?;
        write(path, &report::form(snapshot, agency, period, now)?)?;
    }
    Ok(paths)
}

/// Writes mail drafts that remind these agencies into a folder; those that have filed get none.
///
/// # Errors
/// `OnlyReceiver` where this workspace does not receive, `NobodyLate` where all of them have filed, `Exists`; then
/// nothing was written.
pub fn reminders(
    store: &Store,
    ctx: &mut Context<'_>,
    agencies: &[Id],
    period: &PeriodId,
    enclosure: Enclosure,
    to: &Path,
    progress: &mut dyn FnMut(Step) -> Flow,
) -> Result<Vec<PathBuf>, ExchangeError> {
    let snapshot = ops::snapshot(store)?;
    if !snapshot.receives() {
        return Err(ExchangeError::OnlyReceiver);
    }
    let templates = templates(store);
    let mut late = not_filed(&snapshot, period, ctx.now);
    late.retain(|status| agencies.contains(&status.agency));
    let paths: Vec<PathBuf> = late.iter().map(|s| to.join(format!("don-doc_{}_{period}.eml", s.agency))).collect();
    all_free(&paths, period)?;
    for (done, (status, path)) in late.iter().zip(&paths).enumerate() {
        step(progress, Step { stage: Stage::Writing, name: status.agency.clone(), done, of: late.len() })?;
        let letter = templates.reminder(&snapshot, status, period, ctx.now);
        let name = report::form_name(&status.agency, period);
        let form = match enclosure {
            Enclosure::Form => Some(report::form(&snapshot, &status.agency, period, ctx.now)?),
            Enclosure::Nothing => None,
        };
        let attachment = form.as_deref().map(|bytes| Attachment { name: &name, media: eml::XLSX, bytes });
        let draft = eml::draft(&letter, attachment, &(ctx.new_id)(), ctx.now).map_err(ExchangeError::io(path))?;
        write(path, &draft)?;
    }
    Ok(paths)
}

/// All are written, or none.
fn all_free(paths: &[PathBuf], period: &PeriodId) -> Result<(), ExchangeError> {
    if paths.is_empty() {
        return Err(ExchangeError::NobodyLate(period.clone()));
    }
    match paths.iter().find(|path| path.exists()) {
        Some(there) => Err(ExchangeError::Exists(there.clone())),
        None => Ok(()),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), ExchangeError> {
    whole::write(path, |file| file.write_all(bytes)).map_err(ExchangeError::io(path))
}
