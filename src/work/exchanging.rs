//! The long jobs: attaching, filing, previewing and importing packages. With progress, and a way to stop.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::desk::Desk;
use super::event::{Event, Exported, Imported, Issued, Previewed, Sent, Stored, WrittenFile};
use super::fault::Fault;
use super::job::{ChosenPackage, Word};
use super::serve::{Errand, Go};
use crate::catalogue::{Id, PeriodId};
use crate::exchange::{self, Eml, ExchangeError, ExportOptions, Finality, Flow, Reading, SendOptions, Step};
use crate::ops::{self, Context, Done, NewEvidence, SteadyFile};
use crate::package::{Facts, Refusal};
use crate::platform::here;
use crate::record::{Key, NextFiling, RequestedItem, RowCounts, Snapshot};
use crate::store::Store;
use crate::trust::{KeyState, KnownKey, Signer};
use crate::words;

impl Desk {
    pub(super) fn attach(&mut self, key: &Key, paths: &[PathBuf], errand: &mut Errand<'_>) -> Result<Event, Fault> {
        let mut files = Vec::new();
        let mut total = 0;
        for path in paths {
            let file = File::open(path).and_then(SteadyFile::new).map_err(|e| Fault::from(e).at(path))?;
            total += file.size();
            files.push((file_name(path), file));
        }
        let watch = std::cell::RefCell::new(Watch { errand, done: 0, total, stopped: false });
        let mut sources: Vec<(String, Watched<'_, '_, '_>)> =
            files.into_iter().map(|(name, file)| (name, Watched { file, watch: &watch })).collect();
        let attached = self.operate(|store, ctx| {
            let new = sources.iter_mut().map(|(name, source)| NewEvidence { name: name.clone(), source }).collect();
            ops::attach(store, ctx, key, new)
        });
        drop(sources);
        if watch.into_inner().stopped {
            return Err(Fault::Cancelled);
        }
        attached?;
        self.stored(Stored::Entries)
    }

    /// Files the report, or, for the lead agency named as recipient, a contribution.
    pub(super) fn export(
        &mut self,
        period: &PeriodId,
        recipient: Option<Id>,
        to: PathBuf,
        limit_bytes: u64,
        errand: &mut Errand<'_>,
    ) -> Result<Event, Fault> {
        let file = self.file()?;
        let agency = file.snapshot.agency.clone();
        // What is only written again keeps its limit: the same bytes as the first time.
        let reader = recipient.as_ref().unwrap_or(&file.snapshot.catalogue.plan.receiver);
        let limit_bytes = match file.snapshot.next_filing_for(reader, &agency, period) {
            NextFiling::Again(last) => last.limit,
            _ => limit_bytes,
        };
        let options = ExportOptions { limit_bytes, to, eml: Eml::Write, recipient };
        let mut exported = None;
        self.operate(|store, ctx| {
            let made = exchange::export(store, ctx, period, &options, &mut |step| tell(errand, &step))?;
            let done = made.done.clone();
            exported = Some(made);
            Ok::<Done, Fault>(done)
        })?;
        let Some(made) = exported else { return Err(Fault::Cancelled) };
        let letters: Vec<String> = made.letters.iter().map(|l| format!("{}\n\n{}", l.subject, l.body)).collect();
        self.stored(Stored::Exported(Box::new(Exported {
            filing: made.filing,
            novelty: made.novelty,
            files: made.files.into_iter().map(|f| f.path).collect(),
            mail: made.eml.into_iter().next(),
            mail_text: letters.join("\n\n"),
        })))
    }

    /// Writes word to an agency about its report, with a mail draft.
    pub(super) fn answer(&mut self, agency: &str, period: &PeriodId, word: Word, to: PathBuf) -> Result<Event, Fault> {
        let options = SendOptions { to, eml: Eml::Write };
        let mut sent = None;
        self.operate(|store, ctx| {
            let made = match word {
                Word::Receipt => exchange::receipt(store, ctx, agency, period, &options)?,
                Word::Return(objections) => exchange::send_back(store, ctx, agency, period, &objections, &options)?,
            };
            let done = made.done.clone();
            sent = Some(made);
            Ok::<Done, Fault>(done)
        })?;
        let Some(made) = sent else { return Err(Fault::Cancelled) };
        self.stored(Stored::Sent(vec![written(made)]))
    }

    /// Writes a receipt for each agency, with a mail draft.
    pub(super) fn acknowledge(
        &mut self,
        period: &PeriodId,
        agencies: Vec<Id>,
        to: PathBuf,
        errand: &mut Errand<'_>,
    ) -> Result<Event, Fault> {
        let options = SendOptions { to, eml: Eml::Write };
        self.send_each(agencies, errand, |store, ctx, agency| exchange::receipt(store, ctx, &agency, period, &options))
    }

    /// Asks each agency for its part of items.
    pub(super) fn request(
        &mut self,
        period: &PeriodId,
        asked: Vec<(Id, Vec<RequestedItem>)>,
        to: PathBuf,
        errand: &mut Errand<'_>,
    ) -> Result<Event, Fault> {
        let options = SendOptions { to, eml: Eml::Write };
        self.send_each(asked, errand, |store, ctx, (agency, items)| {
            exchange::request(store, ctx, &agency, period, &items, &options)
        })
    }

    /// Word to several, each its own operation: what was sent before a cancel stays sent.
    fn send_each<T>(
        &mut self,
        all: Vec<T>,
        errand: &mut Errand<'_>,
        mut send: impl FnMut(&mut Store, &mut Context<'_>, T) -> Result<exchange::Sent, ExchangeError>,
    ) -> Result<Event, Fault> {
        let total = all.len() as u64;
        let mut sent = Vec::new();
        for one in all {
            if errand.step(sent.len() as u64, total) == Go::Stop {
                break;
            }
            self.operate(|store, ctx| {
                let made = send(store, ctx, one)?;
                let done = made.done.clone();
                sent.push(written(made));
                Ok::<Done, Fault>(done)
            })?;
        }
        if sent.is_empty() {
            return Err(Fault::Cancelled);
        }
        self.stored(Stored::Sent(sent))
    }

    /// Writes the present edition of the catalogue for all agencies, with a mail draft.
    pub(super) fn issue(&mut self, to: PathBuf) -> Result<Event, Fault> {
        let options = SendOptions { to, eml: Eml::Write };
        let mut issued = None;
        self.operate(|store, ctx| {
            let made = exchange::issue(store, ctx, &options)?;
            let done = made.done.clone();
            issued = Some(made);
            Ok::<Done, Fault>(done)
        })?;
        let Some(made) = issued else { return Err(Fault::Cancelled) };
        let version = self.file()?.snapshot.catalogue.plan.version;
        self.stored(Stored::Issued(Box::new(Issued {
            version,
            novelty: made.novelty,
            file: made.file.path,
            mail: made.eml,
            mail_text: format!("{}\n\n{}", made.letter.subject, made.letter.body),
        })))
    }

    /// Writes a working copy for another PC of the agency.
    pub(super) fn copy(&mut self, to: &Path, errand: &mut Errand<'_>) -> Result<Event, Fault> {
        let now = self.now();
        let store = &self.file()?.store;
        let mut ctx = Context { officer: store.officer(), now, new_id: &mut here::new_id };
        let files = exchange::working_copy(store, &mut ctx, to, &mut |step| tell(errand, &step))?;
        // Several files only beyond what one can hold: the folder says it all.
        let path = if let [only] = files.as_slice() { only.path.clone() } else { to.to_owned() };
        Ok(Event::Written { path, file: WrittenFile::WorkingCopy })
    }

    pub(super) fn preview(&mut self, paths: &[PathBuf], errand: &mut Errand<'_>) -> Result<Event, Fault> {
        let file = self.file()?;
        let readings = exchange::preview(&file.store, paths, &mut |step| tell(errand, &step))?;
        let snapshot = &file.snapshot;
        Ok(Event::Previewed(readings.into_iter().map(|reading| previewed(reading, snapshot)).collect()))
    }

    /// Notes a key, seen perhaps in a preview only, and that the officer says whose it is.
    pub(super) fn confirm(&mut self, signer: Signer) -> Result<Event, Fault> {
        self.operate(|store, ctx| {
            let Signer { agency, device, key } = signer;
            let known = KnownKey { agency, device, key, first_seen: ctx.now, state: KeyState::Waiting };
            ops::remember_key(store, &known)?;
            ops::confirm_key(store, ctx, &known.agency, &key)?;
            Ok::<Done, Fault>(Done::default())
        })?;
        self.stored(Stored::Key)
    }

    /// Merges the packages, each as it was previewed. Those merged before a cancel stay merged, as their own operations.
    pub(super) fn import(&mut self, chosen: &[ChosenPackage], errand: &mut Errand<'_>) -> Result<Event, Fault> {
        for package in chosen {
            if hash(&package.path).map_err(|e| Fault::from(e).at(&package.path))? != package.sha256 {
                return Err(Fault::PackageChanged(package.path.clone()));
            }
        }
        let paths: Vec<PathBuf> = chosen.iter().map(|p| p.path.clone()).collect();
        let mut imported = Vec::new();
        let result = self.operate(|store, ctx| {
            let merged = exchange::import(store, ctx, &paths, Finality::Final, &mut |step| tell(errand, &step))?;
            imported = merged;
            Ok::<Done, Fault>(Done::default())
        });
        result?;
        // Received packages and operations came too.
        self.reload()?;
        self.stored(Stored::Imported(
            imported
                .into_iter()
                .map(|i| Imported {
                    rows: i.rows,
                    outcome: i.outcome,
                    older_than: i.older_than,
                    refused: i.reason.as_ref().map(words::refusal),
                    path: i.path,
                })
                .collect(),
        ))
    }
}

fn written(made: exchange::Sent) -> Sent {
    Sent {
        notice: made.notice,
        file: made.file.path,
        mail: made.eml,
        mail_text: format!("{}\n\n{}", made.letter.subject, made.letter.body),
    }
}

/// Reports the reading of files in bytes, and makes it fail where the job is to stop.
struct Watch<'a, 'b> {
    errand: &'a mut Errand<'b>,
    done: u64,
    total: u64,
    stopped: bool,
}

struct Watched<'w, 'a, 'b> {
    file: SteadyFile,
    watch: &'w std::cell::RefCell<Watch<'a, 'b>>,
}

impl Read for Watched<'_, '_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        let watch = &mut *self.watch.borrow_mut();
        watch.done += count as u64;
        if watch.errand.step(watch.done, watch.total) == Go::Stop {
            watch.stopped = true;
            return Err(io::Error::other("cancelled"));
        }
        Ok(count)
    }
}

pub(super) fn tell(errand: &mut Errand<'_>, step: &Step) -> Flow {
    match errand.step(step.done as u64, step.of as u64) {
        Go::On => Flow::Continue,
        Go::Stop => Flow::Stop,
    }
}

fn previewed(reading: Reading, snapshot: &Snapshot) -> Previewed {
    let bytes = std::fs::metadata(&reading.path).map_or(0, |m| m.len());
    let empty = Previewed {
        path: reading.path,
        sha256: reading.sha256,
        bytes,
        kind: None,
        agency: None,
        period: None,
        filing: None,
        notice: None,
        edition: None,
        older_than: reading.older_than,
        standing: reading.standing,
        signer: None,
        refused: None,
        known: reading.known,
        rows: Vec::new(),
        counts: RowCounts::default(),
    };
    match reading.result {
        Err(refusal) => {
            let reason = words::refusal(&refusal);
            let Refusal::Untrusted { agency, device, key, .. } = refusal else {
                return Previewed { refused: Some(reason), ..empty };
            };
            let signer = key.map(|key| Signer { agency: agency.clone(), device, key });
            Previewed { refused: Some(reason), agency: Some(agency), signer, ..empty }
        }
        Ok((package, plan)) => {
            let notice = package.contents.notice();
            let edition = package.contents.edition;
            let edition = edition.map(|e| words::differences(&snapshot.catalogue, e.catalogue()));
            let header = package.contents.header;
            let signer =
                package.key.map(|key| Signer { agency: header.agency.clone(), device: header.device.clone(), key });
            let period = exchange::period_of(&header);
            Previewed {
                signer,
                kind: Some(header.kind),
                filing: exchange::filing_of(&header),
                agency: Some(header.agency),
                period,
                notice,
                edition,
                rows: plan.rows,
                counts: plan.counts,
                ..empty
            }
        }
    }
}

fn hash(path: &Path) -> io::Result<String> {
    Ok(Facts::of_stream(&mut File::open(path)?)?.sha256)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
