//! The worker's desk: the open workspace, and one function per job. Every write goes through `ops` or `exchange`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use super::event::{Change, EditionChanges, Event, Failure, OpenedFor, State, Stored, WrittenFile};
use super::fault::Fault;
use super::figures::{Figures, first_period};
use super::job::{ChosenPackage, Job, Pixels};
use super::serve::Errand;
use crate::catalogue::PeriodId;
use crate::demo;
use crate::exchange::{self, FirstEdition};
use crate::ops::{self, Context, Done, Edit};
use crate::platform::{here, place, whole};
use crate::record::{Key, OperationKind, Revision, Snapshot};
use crate::report::Templates;
use crate::store::{Access, NewWorkspace, Place, Store, StoreError};
use crate::text::portable_file_name;
use crate::trust::SecretKey;
use crate::words;

/// Everything that the worker owns.
pub struct Desk {
    viewing_folder: PathBuf,
    clock: Clock,
    file: Option<OpenFile>,
}

/// Tells the time; tests give their own.
pub type Clock = fn() -> DateTime<FixedOffset>;

pub(super) struct OpenFile {
    pub store: Store,
    pub snapshot: Arc<Snapshot>,
    figures: Arc<Figures>,
    pub templates: Arc<Templates>,
}

impl Desk {
    pub fn new(viewing_folder: PathBuf, clock: Clock) -> Desk {
        Desk { viewing_folder, clock, file: None }
    }

    /// Does one job. A failure has changed nothing, except where the event says so.
    pub fn carry_out(&mut self, job: Job, errand: &mut Errand<'_>) -> Event {
        let before = self.stored_until();
        self.attempt(job, errand).unwrap_or_else(|fault| {
            log::warn!("{fault}");
            let text = fault.in_words(self.file.as_ref().map(|f| &*f.snapshot.catalogue));
            match (self.stored_since(before), fault) {
                (Some((operations, state)), _) => {
                    Event::Interrupted { text: words::interrupted(&text, operations), state }
                }
                (None, Fault::Cancelled) => Event::Cancelled,
                (None, _) => Event::Failed(Failure { text }),
            }
        })
    }

    /// The number of the last operation in the open file, and how many packages came.
    fn stored_until(&self) -> (i64, usize) {
        let snapshot = self.file.as_ref().map(|file| &file.snapshot);
        snapshot.map_or((0, 0), |s| (s.operations.first().map_or(0, |o| o.number), s.received.len()))
    }

    /// What a job has stored before it failed: so many operations, and the workspace with them. None where it is nothing.
    fn stored_since(&mut self, before: (i64, usize)) -> Option<(usize, State)> {
        // Where even that cannot be read, the reason why the job failed is what counts.
        self.reload().ok()?;
        let file = self.file.as_ref()?;
        let operations = file.snapshot.operations.iter().filter(|o| o.number > before.0).count();
        (self.stored_until() != before).then(|| (operations, file.state()))
    }

    fn attempt(&mut self, job: Job, errand: &mut Errand<'_>) -> Result<Event, Fault> {
        match job {
            Job::Create { path, agency, officer, edition } => self.create(&path, &agency, &officer, edition.as_ref()),
            Job::ReadEdition(path) => Ok(Event::EditionRead(Box::new(FirstEdition::read(&path)?))),
            Job::Open(path) => self.open(&path),
            Job::Sample(folder) => self.sample(&folder),
            Job::Close => {
                self.close();
                Ok(Event::Closed)
            }
            Job::Check => {
                let damage = ops::check(&self.file()?.store)?;
                let catalogue = &self.file()?.snapshot.catalogue;
                Ok(Event::Checked(damage.iter().map(|d| words::damage(d, catalogue)).collect()))
            }
            Job::Backup(to) => {
                ops::backup(&self.file()?.store, &to)?;
                Ok(Event::Written { path: to, file: WrittenFile::Backup })
            }
            Job::BackUp(reason) => self.back_up(reason),
            Job::Backups => self.backups(),
            Job::Restore { file, backup } => self.restore(&file, &backup),
            Job::Rescue { from, to } => self.rescue(&from, to),
            Job::ExportKey(to) => self.export_key(to),
            Job::ImportKey(from) => self.import_key(&from),
            Job::Copy(to) => self.copy(&to, errand),
            Job::SetOfficer(officer) => {
                ops::set_officer(&mut self.file()?.store, &officer)?;
                self.reload()?;
                self.stored(Stored::Officer)
            }
            Job::ConfirmKey(signer) => self.confirm(signer),
            Job::SetPolicy(case, answer) => {
                ops::set_policy(&mut self.file()?.store, case, answer)?;
                self.reload()?;
                self.stored(Stored::Policy)
            }
            Job::Show(period) => {
                self.show(&period)?;
                Ok(Event::Shown(self.file()?.state()))
            }
            Job::History(key) => {
                let revisions = ops::history(&self.file()?.store, &key)?;
                Ok(Event::History { key, revisions })
            }
            Job::Changes(operation) => self.changes(operation),
            Job::Editions => {
                let editions = ops::editions(&self.file()?.store)?.into_iter().map(|e| EditionChanges {
                    operation: e.edition.operation,
                    changes: words::differences(&e.before, &e.after),
                });
                Ok(Event::Editions(editions.collect()))
            }
            Job::ViewEvidence(evidence) => {
                let to = self.viewing_folder.join(&evidence.sha256[..16]).join(portable_file_name(&evidence.name));
                self.write_evidence(&evidence.sha256, &to)?;
                Ok(Event::Written { path: to, file: WrittenFile::ForViewing })
            }
            Job::SaveEvidence { evidence, to } => {
                self.write_evidence(&evidence.sha256, &to)?;
                Ok(Event::Written { path: to, file: WrittenFile::Evidence })
            }
            Job::SavePackage { sha256, to } => {
                let store = &self.file()?.store;
                whole::write(&to, |out| ops::received_package(store, &sha256, out).map_err(Fault::from))
                    .map_err(|fault| fault.at(&to))?;
                Ok(Event::Written { path: to, file: WrittenFile::Package })
            }
            Job::SavePicture { picture, to } => {
                write_png(&picture, &to)?;
                Ok(Event::Written { path: to, file: WrittenFile::Picture })
            }
            Job::StoreSettings { settings, to } => {
                settings.store(&to).map_err(|e| Fault::from(e).at(&to))?;
                Ok(Event::Quiet)
            }
            Job::Save(edits) => {
                let subject = subject_of(&edits);
                self.operate(|store, ctx| ops::save(store, ctx, OperationKind::Record, &subject, edits))?;
                self.stored(Stored::Entries)
            }
            Job::Attach { key, paths } => self.attach(&key, &paths, errand),
            Job::ReadTable { path, reading, remembered } => self.preview_table(&path, &reading, &remembered),
            Job::ReadComponents { path, reading, how, base } => Self::read_components(path, reading, how, base),
            Job::Load { subject, edits } => self.load(&subject, edits),
            Job::Resolve(decision) => {
                self.operate(|store, ctx| ops::resolve(store, ctx, decision))?;
                self.stored(Stored::Resolved)
            }
            Job::Amend(amendments) => {
                self.operate(|store, ctx| ops::amend(store, ctx, &amendments))?;
                self.stored(Stored::Amended)
            }
            Job::Undo(operation) => {
                self.operate(|store, ctx| ops::undo(store, ctx, operation.as_deref()))?;
                self.stored(Stored::Undone)
            }
            Job::UndoAll(operations) => {
                self.operate(|store, ctx| ops::undo_all(store, ctx, &operations))?;
                self.stored(Stored::Undone)
            }
            Job::UndoWithLater(operation) => {
                self.operate(|store, ctx| ops::undo_with_later(store, ctx, &operation))?;
                self.stored(Stored::Undone)
            }
            Job::Redo => {
                self.operate(ops::redo)?;
                self.stored(Stored::Redone)
            }
            Job::Export { period, recipient, to, limit_bytes } => {
                self.export(&period, recipient, to, limit_bytes, errand)
            }
            Job::Answer { agency, period, word, to } => self.answer(&agency, &period, word, to),
            Job::MakeForms { agencies, to } => self.forms(&agencies, &to, errand),
            Job::Remind { agencies, enclosure, to } => self.remind(&agencies, enclosure, &to, errand),
            Job::SetTemplate { occasion, text } => self.set_template(occasion, &text),
            Job::Acknowledge { period, agencies, to } => self.acknowledge(&period, agencies, to, errand),
            Job::Request { period, asked, to } => self.request(&period, asked, to, errand),
            Job::Issue { to } => self.issue(to),
            Job::Preview(paths) => self.preview(&paths, errand),
            Job::Import(chosen) => self.import(&chosen, errand),
        }
    }

    /// Makes the sample in a new folder inside `folder`, and opens the receiving department's file of it.
    fn sample(&mut self, folder: &Path) -> Result<Event, Fault> {
        std::fs::create_dir_all(folder).map_err(|e| Fault::from(e).at(folder))?;
        let new = tempfile::Builder::new().prefix("mau-").tempdir_in(folder).map_err(|e| Fault::from(e).at(folder))?;
        let demo = demo::play(&new.keep(), &here::machine(), &mut |_| {})?;
        self.open(&demo.receiver)
    }

    fn create(
        &mut self,
        path: &Path,
        agency: &str,
        officer: &str,
        edition: Option<&ChosenPackage>,
    ) -> Result<Event, Fault> {
        let first = edition.map(|chosen| FirstEdition::read(&chosen.path)).transpose()?;
        if let Some(chosen) = edition.filter(|chosen| first.as_ref().is_none_or(|f| f.sha256() != chosen.sha256)) {
            return Err(Fault::PackageChanged(chosen.path.clone()));
        }
        let now = self.now();
        let key = SecretKey::new(here::seed()?);
        let new = NewWorkspace {
            agency,
            officer,
            device: here::new_id(),
            created: now,
            machine: &here::machine(),
            key: &key,
        };
        let mut ctx = Context { officer, now, new_id: &mut here::new_id };
        let store = exchange::create(path, &new, &mut ctx, first.as_ref())?;
        self.take(store, OpenedFor::Writing)
    }

    /// Opens for writing; where that is not possible but reading is, opens for reading and says why.
    pub(super) fn open(&mut self, path: &Path) -> Result<Event, Fault> {
        // The same file again: its lock has to go first. Another one stays open until this one is.
        if self.has_open(path) {
            self.close();
        }
        let fault = match self.open_for(path, Access::Write, OpenedFor::Writing) {
            Err(fault) => fault,
            opened => return opened,
        };
        let instead = match fault.store_error() {
            Some(error @ (StoreError::Locked { .. } | StoreError::ReadOnly(_))) => {
                OpenedFor::Reading(words::store_error(error))
            }
            Some(error @ StoreError::Damaged { .. }) => OpenedFor::Rescuing(words::store_error(error)),
            _ => return self.unreadable(path, fault),
        };
        self.open_for(path, Access::Read, instead).or_else(|_| self.unreadable(path, fault))
    }

    pub(super) fn open_for(&mut self, path: &Path, access: Access, how: OpenedFor) -> Result<Event, Fault> {
        let place = Place { machine: &here::machine(), new_device: &mut here::new_id };
        let store = Store::open(path, access, place)?;
        self.take(store, how)
    }

    pub(super) fn close(&mut self) {
        self.file = None;
    }

    fn take(&mut self, store: Store, access: OpenedFor) -> Result<Event, Fault> {
        let snapshot = ops::snapshot(&store)?;
        let now = (self.clock)();
        let period = first_period(&snapshot, now.date_naive());
        let figures = Arc::new(Figures::of(&snapshot, &period, now));
        let path = store.path().to_path_buf();
        let templates = Arc::new(exchange::templates(&store));
        let file = self.file.insert(OpenFile { store, snapshot: Arc::new(snapshot), figures, templates });
        let concern = place::concern(&path);
        Ok(Event::Opened { path, access, concern, state: file.state() })
    }

    fn show(&mut self, period: &PeriodId) -> Result<(), Fault> {
        let now = (self.clock)();
        let file = self.file()?;
        file.figures = Arc::new(Figures::of(&file.snapshot, period, now));
        Ok(())
    }

    /// What one operation moved, with the revisions before and after.
    fn changes(&mut self, operation: String) -> Result<Event, Fault> {
        let file = self.file()?;
        let logged = file.snapshot.operations.iter().find(|o| o.id == operation);
        let revisions = |ids: &[String]| -> Result<Vec<Revision>, Fault> {
            ids.iter()
                .filter_map(|id| ops::revision(&file.store, id).transpose())
                .map(|r| r.map_err(Fault::from))
                .collect()
        };
        let changes = logged
            .map(|o| o.moves.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|m| Ok(Change { key: m.key.clone(), before: revisions(&m.before)?, after: revisions(&m.after)? }))
            .collect::<Result<Vec<_>, Fault>>()?;
        Ok(Event::Changes { operation, changes })
    }

    fn write_evidence(&mut self, sha256: &str, to: &Path) -> Result<(), Fault> {
        let store = &self.file()?.store;
        whole::write(to, |out| ops::read_evidence(store, sha256, out).map_err(Fault::from)).map_err(|f| f.at(to))
    }

    pub(super) fn now(&self) -> DateTime<FixedOffset> {
        (self.clock)()
    }

    /// Runs one use case and brings the snapshot up to date with what it changed.
    pub(super) fn operate<E: Into<Fault>>(
        &mut self,
        work: impl FnOnce(&mut Store, &mut Context<'_>) -> Result<Done, E>,
    ) -> Result<Done, Fault> {
        let now = (self.clock)();
        let file = self.file()?;
        let officer = file.store.officer().to_owned();
        let mut ctx = Context { officer: &officer, now, new_id: &mut here::new_id };
        let done = work(&mut file.store, &mut ctx).map_err(Into::into)?;
        file.snapshot = Arc::new(ops::refresh(&file.store, &file.snapshot, &done)?);
        self.recount()?;
        Ok(done)
    }

    /// Reads the whole workspace again.
    pub(super) fn reload(&mut self) -> Result<(), Fault> {
        let file = self.file()?;
        file.snapshot = Arc::new(ops::snapshot(&file.store)?);
        self.recount()
    }

    fn recount(&mut self) -> Result<(), Fault> {
        let period = self.file()?.figures.period.id.clone();
        self.show(&period)
    }

    pub(super) fn stored(&mut self, outcome: Stored) -> Result<Event, Fault> {
        Ok(Event::Stored { outcome, state: self.file()?.state() })
    }

    pub(super) fn file(&mut self) -> Result<&mut OpenFile, Fault> {
        self.file.as_mut().ok_or(Fault::NoFile)
    }
}

impl OpenFile {
    pub fn state(&self) -> State {
        State { snapshot: self.snapshot.clone(), figures: self.figures.clone(), templates: self.templates.clone() }
    }

    pub fn period(&self) -> &PeriodId {
        &self.figures.period.id
    }
}

fn write_png(picture: &Pixels, to: &Path) -> Result<(), Fault> {
    let written = whole::write(to, |file| {
        let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), picture.width, picture.height);
        encoder.set_color(png::ColorType::Rgba);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&picture.rgba)?;
        writer.finish().map_err(std::io::Error::from)
    });
    written.map_err(|e| Fault::from(e).at(to))
}

/// What the log calls a batch of entries: "M05", "M05, M06, I.1", "M05, M06 và 4 mục khác".
fn subject_of(edits: &[Edit]) -> String {
    let mut items: Vec<&str> = edits.iter().map(|e| Key::base_item(&e.key)).collect();
    items.dedup();
    match items.as_slice() {
        [first, second, _, _, ..] => format!("{first}, {second} và {} mục khác", items.len() - 2),
        few => few.join(", "),
    }
}
