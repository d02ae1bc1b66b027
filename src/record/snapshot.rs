//! The state of a workspace as every reader sees it: screens, command line, reports, progress.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{
    Body, Filing, FilingKind, Key, Kind, KnownEdition, Notice, Operation, OperationKind, Received, Record, ReturnedRow,
    Revision,
};
use crate::catalogue::{self, Catalogue, Id, Measure, PeriodId};
use crate::trust::Trust;

/// All heads and the newest history of one workspace. Cheap to clone: records are shared.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub catalogue: Arc<Catalogue>,
    /// The agency that owns the workspace.
    pub agency: Id,
    pub officer: String,
    pub device: String,
    /// Records with at least one head.
    pub records: BTreeMap<Key, Arc<Record>>,
    /// Newest first.
    pub filings: Vec<Filing>,
    /// Newest first.
    pub received: Vec<Received>,
    /// Receipts, returns and requests, sent and received, newest first.
    pub notices: Vec<Notice>,
    /// Newest first, the latest 500.
    pub operations: Vec<Operation>,
    /// The editions of the catalogue that were made or taken in here, newest first; the first of all came with the program.
    pub editions: Vec<KnownEdition>,
    /// Evidence referred to whose bytes are not here yet ("chờ tệp minh chứng"), by SHA-256.
    pub missing_evidence: Vec<String>,
    /// The keys that it knows, its own included, and what it does about signatures.
    pub trust: Trust,
}

/// What filing the report of an agency and period now would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextFiling<'a> {
    /// There is nothing to report yet.
    Nothing,
    /// Nothing has changed since this one: its package is written again.
    Again(&'a Filing),
    New(FilingKind),
}

impl Snapshot {
    /// True where this agency receives and consolidates all reports.
    pub fn receives(&self) -> bool {
        self.catalogue.plan.receiver == self.agency
    }

    pub fn record(&self, key: &Key) -> Option<&Record> {
        self.records.get(key).map(Arc::as_ref)
    }

    /// The record of an item (indicator, document or task).
    pub fn item(&self, item: &str, agency: &str, period: &PeriodId) -> Option<&Record> {
        self.record(&Key::of_item(&self.catalogue, item, agency, period)?)
    }

    /// The reported value of an item; none where missing, withdrawn or in conflict.
    pub fn reported(&self, item: &str, agency: &str, period: &PeriodId) -> Option<&Revision> {
        self.item(item, agency, period)?.reported()
    }

    /// What an entry is compared with: the same item one period before. A figure that counts up from the start of the
    /// year (one without denominator) begins anew with it and has nothing before it in the first quarter.
    pub fn before(&self, item: &str, agency: &str, period: &PeriodId) -> Option<&Body> {
        let previous = period.previous()?;
        let counts_up = self.catalogue.indicator(item).is_some_and(|i| i.measure == Measure::Value);
        if counts_up && matches!(period, PeriodId::Quarter { quarter: 1, .. }) {
            return None;
        }
        Some(&self.reported(item, agency, &previous)?.body)
    }

    pub fn is_in_conflict(&self, key: &Key) -> bool {
        self.record(key).is_some_and(Record::in_conflict)
    }

    /// True where an operation can be taken back: it stands, and brought no edition that others have by now, or without which
    /// the catalogue would not know this agency.
    pub fn can_undo(&self, operation: &Operation) -> bool {
        let first = self.editions.len() == 1 && catalogue::embedded().agency(&self.agency).is_none();
        let brought = self.editions.iter().find(|e| e.operation == operation.id);
        operation.is_undoable() && brought.is_none_or(|e| e.published.is_none() && !first)
    }

    pub fn conflicts(&self) -> impl Iterator<Item = &Record> {
        self.records.values().map(Arc::as_ref).filter(|r| r.in_conflict())
    }

    /// Records of an agency and period, in key order.
    pub fn of_agency<'a>(&'a self, agency: &'a str, period: &'a PeriodId) -> impl Iterator<Item = &'a Record> {
        self.records.values().map(Arc::as_ref).filter(move |r| r.key.agency == agency && r.key.period == *period)
    }

    /// The detailed plan of an agency for a task and year, in key order.
    pub fn plan_items<'a>(&'a self, task: &'a str, agency: &'a str, year: i32) -> impl Iterator<Item = &'a Record> {
        self.records.values().map(Arc::as_ref).filter(move |r| {
            r.key.kind == Kind::PlanItem
                && r.key.agency == agency
                && r.key.base_item() == task
                && r.key.period == PeriodId::Year { year }
        })
    }

    /// The latest report that this workspace filed for an agency and period.
    pub fn last_filing(&self, agency: &str, period: &PeriodId) -> Option<&Filing> {
        self.last_filing_for(&self.catalogue.plan.receiver, agency, period)
    }

    /// The latest filing for a recipient: the receiver's report, or a contribution. Two PCs that did not know of each
    /// other may have filed under one number: the later one counts.
    pub fn last_filing_for(&self, recipient: &str, agency: &str, period: &PeriodId) -> Option<&Filing> {
        let for_it = |f: &&Filing| f.recipient == recipient && f.agency == agency && f.period == *period;
        self.filings.iter().filter(for_it).max_by_key(|f| (f.kind, f.time, &f.id))
    }

    /// What filing the report for (`agency`, `period`) now would be.
    pub fn next_filing(&self, agency: &str, period: &PeriodId) -> NextFiling<'_> {
        self.next_filing_for(&self.catalogue.plan.receiver, agency, period)
    }

    /// What filing for a recipient now would be.
    pub fn next_filing_for(&self, recipient: &str, agency: &str, period: &PeriodId) -> NextFiling<'_> {
        let mut reported: Vec<&str> =
            self.filing_revisions_for(recipient, agency, period).iter().map(|r| r.id.as_str()).collect();
        reported.sort_unstable();
        match self.last_filing_for(recipient, agency, period) {
            _ if reported.is_empty() => NextFiling::Nothing,
            Some(last) if last.revisions == reported => NextFiling::Again(last),
            Some(last) => NextFiling::New(FilingKind::Supplementary(last.kind.number() + 1)),
            None => NextFiling::New(FilingKind::Official),
        }
    }

    /// The items that a lead agency has asked an agency for in a period, each once, sorted.
    pub fn requested(&self, lead: &str, agency: &str, period: &PeriodId) -> Vec<&str> {
        let asks = |n: &&Notice| n.sender == lead && n.recipient == agency && n.period == *period;
        let mut items: Vec<&str> = self.notices.iter().filter(asks).flat_map(Notice::requested_items).collect();
        items.sort_unstable();
        items.dedup();
        items
    }

    /// The lead agencies, other than itself and the receiver, for whose tasks an agency has something in a period, or that
    /// asked it for something.
    pub fn contribution_leads(&self, agency: &str, period: &PeriodId) -> BTreeSet<&str> {
        let catalogue = &self.catalogue;
        let asks = |n: &&Notice| n.recipient == agency && n.period == *period && !n.requested().is_empty();
        let asked = self.notices.iter().filter(asks).map(|n| n.sender.as_str());
        let led = self
            .of_agency(agency, period)
            .filter_map(|r| catalogue.task_of(r.key.base_item()))
            .filter(|task| !catalogue.includes(&task.lead, agency))
            .flat_map(|task| catalogue.expand(&task.lead))
            .map(|lead| lead.id.as_str());
        asked.chain(led).filter(|lead| *lead != agency && *lead != catalogue.plan.receiver).collect()
    }

    /// The merge that brought a revision, its subject the package's name; none where it was entered here, or longer ago
    /// than [`Snapshot::operations`] go back.
    pub fn brought_by(&self, revision: &str) -> Option<&Operation> {
        let brought = |o: &&Operation| {
            let mut moved = o.moves.iter();
            o.kind == OperationKind::Merge
                && o.undone_by.is_none()
                && moved.any(|m| [&m.after, &m.before].map(|ids| ids.iter().any(|id| id == revision)) == [true, false])
        };
        self.operations.iter().find(brought)
    }

    /// The merged package with the highest filing number from an agency for a period: its report, or in the file of an
    /// agency that does not receive, its contribution. Of two under one number the one filed later counts, as it does at
    /// the agency.
    pub fn last_received(&self, agency: &str, period: &PeriodId) -> Option<&Received> {
        self.received
            .iter()
            .filter(|r| r.is_merged_submission() && r.agency == agency && r.period.as_ref() == Some(period))
            .max_by_key(|r| (r.filing.map_or(0, FilingKind::number), r.arrival.filed, &r.submission))
    }

    /// The agencies whose latest filing for the period arrived here and has no answer yet.
    pub fn unanswered(&self, period: &PeriodId) -> BTreeSet<&str> {
        let senders: BTreeSet<&str> = self.received.iter().map(|r| r.agency.as_str()).collect();
        let waits = |r: &Received| self.answer(&r.submission).is_none();
        senders.into_iter().filter(|agency| self.last_received(agency, period).is_some_and(waits)).collect()
    }

    /// What the receiver last said about a filing: a receipt, or a return.
    pub fn answer(&self, submission: &str) -> Option<&Notice> {
        let about = self.notices.iter().filter(|n| n.receipt().is_some_and(|r| r.submission == submission));
        about.max_by_key(|n| (n.time, &n.id))
    }

    /// Rows that were sent back and that nobody has changed since; a later receipt for the period settles them.
    pub fn returned(&self) -> impl Iterator<Item = (&Notice, &ReturnedRow)> {
        let rows = self.notices.iter().flat_map(|n| n.returned_rows().iter().map(move |row| (n, row)));
        rows.filter(|(notice, row)| self.still_stands(row) && !self.is_settled(notice))
    }

    /// The return of a record's present value, if it was sent back.
    pub fn returned_of(&self, key: &Key) -> Option<(&Notice, &ReturnedRow)> {
        let rows =
            self.notices.iter().flat_map(|n| n.returned_rows().iter().filter(|r| r.key == *key).map(move |r| (n, r)));
        rows.filter(|(notice, row)| self.still_stands(row) && !self.is_settled(notice))
            .max_by_key(|(notice, _)| (notice.time, &notice.id))
    }

    fn still_stands(&self, row: &ReturnedRow) -> bool {
        self.record(&row.key).is_some_and(|record| record.heads.iter().any(|head| head.id == row.revision))
    }

    fn is_settled(&self, returned: &Notice) -> bool {
        let about = |n: &Notice| {
            (&n.sender, &n.recipient, &n.period) == (&returned.sender, &returned.recipient, &returned.period)
        };
        // A clock decides only between two answers to one filing: of two filings the number says which is the later one.
        let rank = |n: &Notice| n.receipt().map(|receipt| (receipt.filing, n.time));
        let receipts = self.notices.iter().filter(|n| n.receipt().is_some() && !n.is_return());
        receipts.filter(|n| about(n)).any(|n| rank(n) > rank(returned))
    }

    /// The heads that the report of (`agency`, `period`) has: the agency's own records of the period, its plan items of
    /// the year, and what it entered for agencies that coordinate with it. Sorted by key, then id.
    pub fn filing_revisions(&self, agency: &str, period: &PeriodId) -> Vec<&Revision> {
        self.filing_revisions_for(&self.catalogue.plan.receiver, agency, period)
    }

    /// The heads that a filing for a recipient has. A contribution has only the agency's own records on items that the
    /// recipient leads. Sorted by key, then id.
    pub fn filing_revisions_for(&self, recipient: &str, agency: &str, period: &PeriodId) -> Vec<&Revision> {
        let report = recipient == self.catalogue.plan.receiver;
        let year = PeriodId::Year { year: period.year() };
        let in_period = |k: &Key| match k.kind {
            Kind::PlanItem => k.period == year,
            _ => k.period == *period,
        };
        let leads = |agency: &str, k: &Key| self.catalogue.leads(agency, k.base_item());
        let brought = |k: &Key, r: &Revision| match k.agency == agency {
            // A task that this agency leads too, as one of a group, is its own to report.
            true => report || (leads(recipient, k) && !leads(agency, k)),
            false => report && r.origin == agency && self.catalogue.may_bring(agency, k.base_item(), &k.agency),
        };
        let mut found: Vec<&Revision> = self
            .records
            .values()
            .filter(|record| in_period(&record.key))
            .flat_map(|record| record.heads.iter().filter(|r| brought(&record.key, r)))
            .collect();
        found.sort_by(|a, b| (&a.key, &a.id).cmp(&(&b.key, &b.id)));
        found
    }
}
