//! One agency's workspace in the demonstration: it reports, attaches, files and imports as an officer would.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use uuid::Builder;

use super::{DemoError, figures};
use crate::catalogue::{self, PeriodId};
use crate::exchange::{self, DEFAULT_LIMIT, Eml, ExportOptions, Finality, Flow, Imported};
use crate::ops::{self, Context, Edit, NewEvidence};
use crate::record::{Content, DocumentState, IndicatorValue, Key, Kind, OperationKind};
use crate::store::{NewWorkspace, Store};
use crate::trust::SecretKey;

pub(super) struct Desk {
    store: Store,
    officer: String,
}

/// New ids that are the same in every run: UUIDv7 of the demonstration's time and a count.
#[derive(Default)]
pub(super) struct Ids(u64);

impl Ids {
    fn next(&mut self, time: DateTime<FixedOffset>) -> String {
        self.0 += 1;
        let mut random = [0_u8; 10];
        random[2..].copy_from_slice(&self.0.to_be_bytes());
        let millis = u64::try_from(time.timestamp_millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string()
    }
}

/// Figures of the quarter that get a file of evidence each; documents that are issued all have one.
const WITH_EVIDENCE: usize = 3;

impl Desk {
    pub(super) fn open(
        folder: &Path,
        agency: &str,
        machine: &str,
        created: DateTime<FixedOffset>,
        ids: &mut Ids,
    ) -> Result<Desk, DemoError> {
        let catalogue = catalogue::embedded();
        let officer = format!("Cán bộ mẫu, {}", catalogue.agency_name(agency));
        let device = ids.next(created);
        // Like everything here it follows from the agency's name; it is no secret, and nobody is to believe it.
        let key = SecretKey::new(Sha256::digest(format!("SỐ LIỆU MẪU {agency}")).into());
        let new = NewWorkspace { agency, officer: &officer, device, created, machine, key: &key };
        let store = Store::create(&folder.join(format!("{agency}.dti")), &new)?;
        Ok(Desk { store, officer })
    }

    pub(super) fn agency(&self) -> &str {
        self.store.agency()
    }

    pub(super) fn path(&self) -> PathBuf {
        self.store.path().to_owned()
    }

    /// Fills in the quarter as from a form, then attaches evidence.
    pub(super) fn report(
        &mut self,
        period: &PeriodId,
        now: DateTime<FixedOffset>,
        ids: &mut Ids,
    ) -> Result<(), DemoError> {
        let catalogue = catalogue::embedded();
        let agency = self.agency().to_owned();
        let mut edits = Vec::new();
        for item in catalogue.expected(&agency, &catalogue.period(period)) {
            let Some(key) = Key::of_item(catalogue, item, &agency, period) else { continue };
            if let Some(body) = figures::body(catalogue, &key) {
                edits.push(Edit { key, body, seen: None });
            }
        }
        let figures = edits.iter().filter(|e| e.key.kind == Kind::Indicator).take(WITH_EVIDENCE);
        let documents = edits
            .iter()
            .filter(|e| matches!(&e.body.content, Content::Document(d) if d.state == DocumentState::Issued));
        let proven: Vec<Key> = figures.chain(documents).map(|e| e.key.clone()).collect();
        let subject = format!("bieu-mau-{period}.csv");
        self.act(now, ids, |store, ctx| ops::save(store, ctx, OperationKind::Load, &subject, edits))?;
        for key in proven {
            let text = figures::evidence(catalogue, &key);
            let name = format!("SỐ LIỆU MẪU {} {period}.txt", key.item);
            self.act(now, ids, |store, ctx| {
                ops::attach(store, ctx, &key, vec![NewEvidence { name, source: &mut text.as_bytes() }])
            })?;
        }
        Ok(())
    }

    /// Counts `more` in the numerator of a figure that is there.
    pub(super) fn correct(
        &mut self,
        key: &Key,
        more: i64,
        now: DateTime<FixedOffset>,
        ids: &mut Ids,
    ) -> Result<(), DemoError> {
        let snapshot = ops::snapshot(&self.store)?;
        let Some(mut body) = snapshot.record(key).and_then(|r| r.current()).map(|r| r.body.clone()) else {
            return Ok(());
        };
        if let Content::Indicator(IndicatorValue { numerator: Some(numerator), .. }) = &mut body.content {
            *numerator += Decimal::from(more);
        }
        let edits = vec![Edit { key: key.clone(), body, seen: None }];
        self.act(now, ids, |store, ctx| ops::save(store, ctx, OperationKind::Record, &key.item, edits))?;
        Ok(())
    }

    /// Files the quarter and returns its packages.
    pub(super) fn file(
        &mut self,
        period: &PeriodId,
        packages: &Path,
        now: DateTime<FixedOffset>,
        ids: &mut Ids,
    ) -> Result<Vec<PathBuf>, DemoError> {
        let to = packages.to_owned();
        let options = ExportOptions { limit_bytes: DEFAULT_LIMIT, to, eml: Eml::Write, recipient: None };
        let exported =
            self.act(now, ids, |store, ctx| exchange::export(store, ctx, period, &options, &mut |_| Flow::Continue))?;
        Ok(exported.files.into_iter().map(|f| f.path).collect())
    }

    pub(super) fn import(
        &mut self,
        packages: &[PathBuf],
        finality: Finality,
        now: DateTime<FixedOffset>,
        ids: &mut Ids,
    ) -> Result<Vec<Imported>, DemoError> {
        self.act(now, ids, |store, ctx| exchange::import(store, ctx, packages, finality, &mut |_| Flow::Continue))
    }

    fn act<T, E: Into<DemoError>>(
        &mut self,
        now: DateTime<FixedOffset>,
        ids: &mut Ids,
        act: impl FnOnce(&mut Store, &mut Context<'_>) -> Result<T, E>,
    ) -> Result<T, DemoError> {
        let mut new_id = || ids.next(now);
        let mut ctx = Context { officer: &self.officer, now, new_id: &mut new_id };
        act(&mut self.store, &mut ctx).map_err(Into::into)
    }
}
