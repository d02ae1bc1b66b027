//! One PC with a workspace file in a temporary folder of its own, a clock that goes on by a minute, and ids that count.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, TimeDelta};
use dti::catalogue::{PeriodId, embedded};
use dti::merge;
use dti::ops::{self, Context, Done, Edit, Incoming, NewEvidence, OpsError};
use dti::package::{Contents, Header, PackageKind, Part};
use dti::record::{
    Arrival, Body, Content, Due, EvidenceRef, Filing, FilingKind, Key, OperationKind, Received, ReceivedState,
    RowCounts, Snapshot,
};
use dti::store::{Access, Damage, NewWorkspace, Place, Store, StoreError};
use dti::trust::SecretKey;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::moment;

pub const OFFICER: &str = "Nguyễn Thị Hường";
pub const MACHINE: &str = "PC-01";

pub struct Desk {
    pub folder: TempDir,
    pub store: Store,
    name: String,
    clock: DateTime<FixedOffset>,
    ids: u32,
}

impl Desk {
    /// A new workspace of `agency` on a PC called `name`.
    pub fn new(agency: &str, name: &str) -> Desk {
        let folder = TempDir::new().unwrap();
        let store = create(&folder.path().join("so-lieu.dti"), agency, name).unwrap();
        Desk { folder, store, name: name.to_owned(), clock: moment("2023-12-01T08:00:00+07:00"), ids: 0 }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("so-lieu.dti")
    }

    pub fn set_clock(&mut self, to: DateTime<FixedOffset>) {
        self.clock = to;
    }

    /// Runs one use case a minute later.
    pub fn act<T>(&mut self, act: impl FnOnce(&mut Store, &mut Context<'_>) -> T) -> T {
        self.clock += TimeDelta::minutes(1);
        let Desk { store, name, ids, clock, .. } = self;
        let mut new_id = || {
            *ids += 1;
            format!("{name}-{ids:04}")
        };
        act(store, &mut Context { officer: OFFICER, now: *clock, new_id: &mut new_id })
    }

    pub fn key(&self, item: &str, period: &str) -> Key {
        key(item, self.store.agency(), period)
    }

    /// Saves an entry of the own agency.
    pub fn enter(&mut self, item: &str, period: &str, content: Content) -> Done {
        let key = self.key(item, period);
        self.save(vec![edit(key, content)]).unwrap()
    }

    pub fn save(&mut self, edits: Vec<Edit>) -> Result<Done, OpsError> {
        let subject = edits.first().map_or(String::new(), |e| e.key.item.clone());
        self.act(|store, ctx| ops::save(store, ctx, OperationKind::Record, &subject, edits))
    }

    pub fn attach(&mut self, item: &str, period: &str, name: &str, mut bytes: &[u8]) -> Done {
        let key = self.key(item, period);
        let files = vec![NewEvidence { name: name.to_owned(), source: &mut bytes }];
        self.act(|store, ctx| ops::attach(store, ctx, &key, files)).unwrap()
    }

    pub fn undo(&mut self) -> Result<Done, OpsError> {
        self.act(|store, ctx| ops::undo(store, ctx, None))
    }

    pub fn redo(&mut self) -> Result<Done, OpsError> {
        self.act(ops::redo)
    }

    pub fn snapshot(&self) -> Snapshot {
        ops::snapshot(&self.store).unwrap()
    }

    pub fn digest(&self) -> String {
        ops::digest(&self.store).unwrap()
    }

    pub fn check(&self) -> Vec<Damage> {
        ops::check(&self.store).unwrap()
    }

    /// The next filing of the own agency, with everything that it reports for the period.
    pub fn filing(&self, period: &str) -> Filing {
        let snapshot = self.snapshot();
        let period: PeriodId = period.parse().unwrap();
        let agency = self.store.agency();
        let last = snapshot.last_filing(agency, &period);
        let kind = FilingKind::from_number(last.map_or(0, |f| f.kind.number() + 1));
        let mut revisions: Vec<_> =
            snapshot.filing_revisions(agency, &period).into_iter().map(|r| r.id.clone()).collect();
        revisions.sort();
        Filing {
            id: format!("{agency}-{period}-{}", kind.slug()),
            agency: agency.to_owned(),
            recipient: embedded().plan.receiver.clone(),
            period,
            kind,
            officer: OFFICER.to_owned(),
            device: self.store.device().to_owned(),
            time: self.clock,
            revisions,
            packages: vec!["a".repeat(64), "b".repeat(64)],
            previous: last.map(|f| f.packages[0].clone()),
            answers: None,
            software: "dti 0.1.0".to_owned(),
            limit: 20_000_000,
        }
    }

    pub fn file(&mut self, period: &str) -> Done {
        let filing = self.filing(period);
        self.act(|store, ctx| ops::file(store, ctx, filing)).unwrap()
    }

    /// What a package for the period would bring.
    pub fn contents(&self, period: &str) -> Contents {
        let snapshot = self.snapshot();
        let period: PeriodId = period.parse().unwrap();
        let agency = self.store.agency();
        let revisions: Vec<_> = snapshot.filing_revisions(agency, &period).into_iter().cloned().collect();
        let mut evidence: Vec<EvidenceRef> = revisions.iter().flat_map(|r| r.body.evidence.clone()).collect();
        evidence.sort();
        evidence.dedup();
        Contents { revisions, evidence, ..Contents::new(self.header(&period)) }
    }

    /// Merges contents as if they had come in a package.
    pub fn merge(&mut self, contents: &Contents) -> Result<Done, OpsError> {
        let plan = merge::plan(contents, &|key| ops::heads(&self.store, key).unwrap());
        let package = package_bytes(contents);
        let received = self.received(contents, &package);
        self.act(|store, ctx| {
            let incoming = Incoming {
                received,
                plan: &plan,
                package: &mut package.as_slice(),
                evidence: Vec::new(),
                filings: &[],
            };
            ops::merge(store, ctx, incoming)
        })
    }

    pub fn received(&self, contents: &Contents, package: &[u8]) -> Received {
        let header = &contents.header;
        Received {
            sha256: sha256(package),
            file_name: format!("DTI_{}_{}.zip", header.agency, header.period.id),
            bytes: package.len() as u64,
            kind: Some(header.kind),
            arrival: Arrival { time: self.clock, filed: None, due: Due::Timely },
            state: ReceivedState::Merged,
            rows: RowCounts::default(),
            agency: header.agency.clone(),
            period: Some(header.period.id.clone()),
            filing: Some(header.filing),
            submission: header.submission.clone(),
            signature: None,
            signer: None,
        }
    }

    /// Closes the file and opens it again.
    pub fn reopen(self, access: Access) -> Desk {
        let Desk { folder, store, name, clock, ids } = self;
        let path = store.path().to_owned();
        drop(store);
        let store = open(&path, access, &name).unwrap();
        Desk { folder, store, name, clock, ids }
    }

    fn header(&self, period: &PeriodId) -> Header {
        let catalogue = embedded();
        Header {
            kind: PackageKind::Submission,
            plan: catalogue.plan.id.clone(),
            catalogue_version: catalogue.plan.version,
            catalogue_hash: catalogue.hash.clone(),
            agency: self.store.agency().to_owned(),
            device: self.store.device().to_owned(),
            recipient: catalogue.plan.receiver.clone(),
            period: catalogue.period(period),
            filing: FilingKind::Official,
            submission: "gui-1".to_owned(),
            previous: None,
            answers: None,
            officer: OFFICER.to_owned(),
            software: "dti 0.1.0".to_owned(),
            created: self.clock,
            part: Part { number: 1, of: 1 },
        }
    }
}

/// Makes a workspace whose device is called after the PC.
pub fn create(path: &Path, agency: &str, machine: &str) -> Result<Store, StoreError> {
    let new = NewWorkspace {
        agency,
        officer: OFFICER,
        device: format!("device-{machine}"),
        created: moment("2023-12-01T08:00:00+07:00"),
        machine,
        key: &secret_key(machine),
    };
    Store::create(path, &new)
}

/// The key of the workspace that was made on this PC.
pub fn secret_key(machine: &str) -> SecretKey {
    SecretKey::new(Sha256::digest(machine).into())
}

/// Opens a workspace; a new device would be called `device-<machine>-again`.
pub fn open(path: &Path, access: Access, machine: &str) -> Result<Store, StoreError> {
    let mut new_device = || format!("device-{machine}-again");
    Store::open(path, access, Place { machine, new_device: &mut new_device })
}

pub fn key(item: &str, agency: &str, period: &str) -> Key {
    Key::of_item(embedded(), item, agency, &period.parse().unwrap()).expect("an item of the plan")
}

pub fn edit(key: Key, content: Content) -> Edit {
    Edit { key, body: Body::new(content), seen: None }
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Bytes that differ where the contents do, and stand for the package file.
pub fn package_bytes(contents: &Contents) -> Vec<u8> {
    let ids: Vec<&str> = contents.revisions.iter().map(|r| r.id.as_str()).collect();
    format!("{}\n{}", contents.header.agency, ids.join("\n")).into_bytes()
}
