//! Several PCs with a folder of packages between them, as e-mail would carry them.

use std::path::{Path, PathBuf};

use dti::exchange::{
    DEFAULT_LIMIT, Eml, ExportOptions, Finality, Flow, Imported, Objection, SendOptions, export, import, receipt,
    send_back, working_copy,
};
use dti::ops::{self, Choice, Context, Decision, OpsError};
use dti::record::{Content, Revision, TaskProgress, TaskStatus, VectorOrder};
use dti::store::Store;
use dti::trust::{Answer, Case};
use proptest::test_runner::TestCaseError;
use tempfile::TempDir;

use crate::support::workspace::{Desk, edit, key, sha256};
use crate::support::{packages, period, ratio};

/// The PC of the receiving department.
pub const RECEIVER: usize = 0;
const PERIOD: &str = "2023-Q4";
const RECEIVING: &str = "so-tttt";
const AGENCIES: [&str; 2] = ["tp-dong-ha", "huyen-vinh-linh"];
/// Leads the task to which the agencies contribute.
const LEAD: &str = "so-noi-vu";
const TASK: &str = "IV.2";
/// Two PCs in an agency, one in another, a second one in the department, and one at the lead.
const PLACES: [&str; 6] = [RECEIVING, AGENCIES[0], AGENCIES[0], AGENCIES[1], RECEIVING, LEAD];
const ITEMS: [&str; 3] = ["M05", "M06", "M04"];
/// Who merges all packages at the end.
pub const READERS: [&str; 2] = [RECEIVING, LEAD];

pub struct Office {
    desks: Vec<Desk>,
    mail: TempDir,
    /// All that were ever written, the oldest first.
    pub packages: Vec<PathBuf>,
}

impl Office {
    pub fn new(desks: usize) -> Office {
        let desk = |(number, agency): (usize, &&str)| newcomer(agency, &format!("PC-{number}"));
        let desks = PLACES[..desks].iter().enumerate().map(desk).collect();
        Office { desks, mail: TempDir::new().unwrap(), packages: Vec::new() }
    }

    /// How far the lead's task has come, as the PC's agency sees it.
    pub fn work(&mut self, desk: usize, percent: u8) {
        let desk = self.desk(desk);
        let progress =
            TaskProgress { status: TaskStatus::InProgress, percent: Some(percent), ..TaskProgress::default() };
        entered(desk.save(vec![edit(key(TASK, desk.store.agency(), PERIOD), Content::Task(progress))]));
    }

    pub fn save(&mut self, desk: usize, item: usize, figure: i64) {
        let desk = self.desk(desk);
        if desk.store.agency() == LEAD {
            // It reports on no figure of the districts.
            return;
        }
        let key = key(ITEMS[item % ITEMS.len()], desk.store.agency(), PERIOD);
        entered(desk.save(vec![edit(key, ratio(figure, 4))]));
    }

    pub fn correct(&mut self, item: usize, figure: i64) {
        let key = key(ITEMS[item % ITEMS.len()], AGENCIES[item % AGENCIES.len()], PERIOD);
        entered(self.desk(RECEIVER).save(vec![edit(key, ratio(figure, 4))]));
    }

    /// Files the report; where there is nothing to report, nothing happens.
    pub fn file(&mut self, desk: usize) {
        self.send(desk, None);
    }

    /// Sends the lead what there is on its task; where there is nothing, nothing happens.
    pub fn contribute(&mut self, desk: usize) {
        self.send(desk, Some(LEAD.to_owned()));
    }

    fn send(&mut self, desk: usize, recipient: Option<String>) {
        let options = ExportOptions { limit_bytes: DEFAULT_LIMIT, to: self.outbox(), eml: Eml::Skip, recipient };
        let filed =
            act(self.desk(desk), |store, ctx| export(store, ctx, &period(PERIOD), &options, &mut |_| Flow::Continue));
        self.packages.extend(filed.into_iter().flat_map(|f| f.files).map(|f| f.path));
    }

    pub fn copy(&mut self, desk: usize) {
        let to = self.outbox();
        let copied = act(self.desk(desk), |store, ctx| working_copy(store, ctx, &to, &mut |_| Flow::Continue));
        self.packages.extend(copied.into_iter().flatten().map(|f| f.path));
    }

    pub fn acknowledge(&mut self, agency: usize) {
        let options = SendOptions { to: self.outbox(), eml: Eml::Skip };
        let agency = AGENCIES[agency % AGENCIES.len()];
        let sent = act(self.desk(RECEIVER), |store, ctx| receipt(store, ctx, agency, &period(PERIOD), &options));
        self.packages.extend(sent.into_iter().map(|s| s.file.path));
    }

    pub fn send_back(&mut self, agency: usize, row: usize) {
        let options = SendOptions { to: self.outbox(), eml: Eml::Skip };
        let agency = AGENCIES[agency % AGENCIES.len()];
        let key = key(ITEMS[row % ITEMS.len()], agency, PERIOD);
        let objections = [Objection { key, reason: "Xem lại".to_owned() }];
        let sent = act(self.desk(RECEIVER), |store, ctx| {
            send_back(store, ctx, agency, &period(PERIOD), &objections, &options)
        });
        self.packages.extend(sent.into_iter().map(|s| s.file.path));
    }

    /// Takes one of the heads of a record in conflict, where there is one.
    pub fn resolve(&mut self, desk: usize, record: usize, head: usize) {
        let desk = self.desk(desk);
        let snapshot = desk.snapshot();
        let open: Vec<_> = snapshot.records.values().filter(|r| r.in_conflict()).collect();
        if let Some(record) = open.get(record % open.len().max(1)) {
            let take = Choice::Take(record.heads[head % record.heads.len()].id.clone());
            let seen = Some(record.head_ids());
            let decision = Decision { key: record.key.clone(), choice: take, seen };
            desk.act(|store, ctx| ops::resolve(store, ctx, decision)).unwrap();
        }
    }

    /// False where it is refused.
    pub fn undo(&mut self, desk: usize) -> bool {
        self.desk(desk).undo().is_ok()
    }

    pub fn redo(&mut self, desk: usize) -> bool {
        self.desk(desk).redo().is_ok()
    }

    pub fn package(&self, number: usize) -> Option<PathBuf> {
        self.packages.get(number % self.packages.len().max(1)).cloned()
    }

    pub fn preview(&mut self, desk: usize, path: &Path) -> Imported {
        take_in(self.desk(desk), &[path.to_owned()], Finality::Preview).remove(0)
    }

    pub fn import(&mut self, desk: usize, path: &Path) -> Imported {
        take_in(self.desk(desk), &[path.to_owned()], Finality::Final).remove(0)
    }

    pub fn digest(&self, desk: usize) -> String {
        self.look(desk).digest()
    }

    pub fn operations(&self, desk: usize) -> usize {
        self.look(desk).snapshot().operations.len()
    }

    pub fn heads(&self, desk: usize) -> Vec<Revision> {
        self.look(desk).snapshot().records.values().flat_map(|r| r.heads.clone()).collect()
    }

    pub fn knows(&self, desk: usize, revision: &str) -> bool {
        ops::revision(&self.look(desk).store, revision).unwrap().is_some()
    }

    pub fn revisions_of(&self, path: &Path) -> Vec<Revision> {
        packages::read(&std::fs::read(path).unwrap()).unwrap().contents.revisions
    }

    /// Law 4, wherever there are several heads.
    pub fn no_conflict_of_equals(&self) -> Result<(), TestCaseError> {
        for desk in &self.desks {
            for record in desk.snapshot().records.values() {
                let differ = record.heads.iter().any(|h| h.body != record.heads[0].body);
                if record.in_conflict() != differ {
                    return Err(TestCaseError::fail(format!("law 4: {} with {:?}", record.key, record.heads)));
                }
            }
        }
        Ok(())
    }

    fn desk(&mut self, number: usize) -> &mut Desk {
        let count = self.desks.len();
        &mut self.desks[number % count]
    }

    fn look(&self, number: usize) -> &Desk {
        &self.desks[number % self.desks.len()]
    }

    /// A folder of its own for what is written next: names of working copies repeat within a minute.
    fn outbox(&self) -> PathBuf {
        self.mail.path().join(format!("{:04}", self.packages.len()))
    }
}

/// True where a head is the revision or has seen it.
pub fn covered(heads: &[Revision], revision: &Revision) -> bool {
    let mut of_record = heads.iter().filter(|h| h.key == revision.key);
    of_record.any(|h| h.id == revision.id || revision.vector.compare(&h.vector) == VectorOrder::Before)
}

/// The digest of a new PC of the agency after it merged these groups of packages, one group after the other. What is not
/// for the agency it refuses.
pub fn merged_by_a_newcomer(office: &Office, agency: &str, groups: &[Vec<usize>]) -> String {
    let mut desk = newcomer(agency, "PC-moi");
    for group in groups {
        let files: Vec<PathBuf> = group.iter().map(|n| office.packages[*n].clone()).collect();
        take_in(&mut desk, &files, Finality::Final);
    }
    assert_eq!(desk.check(), []);
    desk.digest()
}

/// A PC that takes whatever is properly signed: keys have their own tests, and their policy is not about merging.
fn newcomer(agency: &str, name: &str) -> Desk {
    let mut desk = Desk::new(agency, name);
    for case in [Case::New, Case::Changed, Case::Unsigned] {
        ops::set_policy(&mut desk.store, case, Answer::Accept).unwrap();
    }
    desk
}

fn take_in(desk: &mut Desk, files: &[PathBuf], finality: Finality) -> Vec<Imported> {
    act(desk, |store, ctx| import(store, ctx, files, finality, &mut |_| Flow::Continue)).unwrap()
}

/// Runs a use case whose new ids are UUIDs, as packages ask for.
fn act<T>(desk: &mut Desk, act: impl FnOnce(&mut Store, &mut Context<'_>) -> T) -> T {
    desk.act(|store, ctx| {
        let mut new_id = || {
            let hash = sha256((ctx.new_id)().as_bytes());
            format!("{}-{}-7{}-8{}-{}", &hash[..8], &hash[8..12], &hash[12..15], &hash[15..18], &hash[18..30])
        };
        act(store, &mut Context { officer: ctx.officer, now: ctx.now, new_id: &mut new_id })
    })
}

/// A record in conflict takes no entry before someone has chosen; nothing else may stand in the way.
fn entered<T>(saved: Result<T, OpsError>) {
    assert!(matches!(saved, Ok(_) | Err(OpsError::InConflict(_))), "{:?}", saved.err());
}
