//! A workspace's snapshot, built in memory: `World::of("so-tttt").report("M05", "tp-dong-ha", "2023-Q4", ratio(1, 2))`.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use dti::catalogue::{Catalogue, PeriodId, embedded};
use dti::record::{
    Arrival, Arrived, Body, Content, DocumentFacts, DocumentState, Due, EvidenceRef, Filing, FilingKind,
    IndicatorValue, Key, Message, Notice, PackageKind, Receipt, Received, ReceivedState, Record, ReturnedRow, Revision,
    RowCounts, Snapshot, TaskProgress, TaskStatus, Vector, place,
};
use dti::trust::{KeyState, KnownKey, PublicKey, SecretKey, Trust};
use rust_decimal::Decimal;

/// A snapshot under construction. Every entry is a revision of its own device, so entries for one record are a conflict
/// unless they say the same.
#[derive(Clone)]
pub struct World {
    snapshot: Snapshot,
    devices: u64,
}

impl World {
    /// The embedded plan in the hands of `agency`, without records.
    pub fn of(agency: &str) -> World {
        let snapshot = Snapshot {
            catalogue: Arc::new(embedded().clone()),
            agency: agency.to_owned(),
            officer: "Nguyễn Văn A".to_owned(),
            device: "may-1".to_owned(),
            records: BTreeMap::new(),
            filings: Vec::new(),
            received: Vec::new(),
            notices: Vec::new(),
            operations: Vec::new(),
            editions: Vec::new(),
            missing_evidence: Vec::new(),
            trust: Trust::new(SecretKey::new([7; 32]).public()),
        };
        World { snapshot, devices: 0 }
    }

    /// The same plan with a change.
    pub fn with_plan(mut self, change: impl FnOnce(&mut Catalogue)) -> World {
        change(Arc::make_mut(&mut self.snapshot.catalogue));
        self
    }

    /// An entry without evidence.
    pub fn report(self, item: &str, agency: &str, period: &str, content: Content) -> World {
        self.enter(item, agency, period, Body::new(content))
    }

    /// An entry with one file of evidence.
    pub fn prove(self, item: &str, agency: &str, period: &str, content: Content) -> World {
        let evidence = EvidenceRef { sha256: "0".repeat(64), name: "minh-chung.pdf".to_owned(), bytes: 1 };
        self.enter(item, agency, period, Body { evidence: vec![evidence], ..Body::new(content) })
    }

    pub fn enter(mut self, item: &str, agency: &str, at: &str, body: Body) -> World {
        let key = Key::of_item(&self.snapshot.catalogue, item, agency, &period(at)).expect("an item of the plan");
        self.devices += 1;
        let device = format!("may-{}", self.devices);
        let vector = Vector(BTreeMap::from([(device.clone(), 1)]));
        let time = moment("2023-12-01T08:00:00+07:00");
        let revision = Revision::seal(key.clone(), body, vector, "Nguyễn Văn A", agency, &device, time);
        let heads = self.snapshot.record(&key).map_or(Vec::new(), |r| r.heads.clone());
        let record = Record { key: key.clone(), heads: place(&heads, &revision).heads };
        self.snapshot.records.insert(key, Arc::new(record));
        self
    }

    /// The own agency filed its report.
    pub fn file(mut self, at: &str, kind: FilingKind, time: &str) -> World {
        let filing = Filing {
            id: format!("filing-{}", self.snapshot.filings.len()),
            agency: self.snapshot.agency.clone(),
            recipient: self.snapshot.catalogue.plan.receiver.clone(),
            period: period(at),
            kind,
            officer: self.snapshot.officer.clone(),
            device: self.snapshot.device.clone(),
            time: moment(time),
            revisions: Vec::new(),
            packages: Vec::new(),
            previous: None,
            answers: None,
            software: "dti".to_owned(),
            limit: 0,
        };
        self.snapshot.filings.insert(0, filing);
        self
    }

    /// A package of another agency arrived.
    pub fn receive(mut self, agency: &str, at: &str, kind: FilingKind, time: &str, state: ReceivedState) -> World {
        let time = moment(time);
        let due = Due::of(time, &self.snapshot.catalogue.period(&period(at)));
        let received = Received {
            sha256: format!("{:064x}", self.snapshot.received.len()),
            file_name: format!("DTI_{agency}_{at}_{}.zip", kind.slug()),
            bytes: 1,
            kind: Some(PackageKind::Submission),
            arrival: Arrival { time, filed: None, due },
            state,
            rows: RowCounts::default(),
            agency: agency.to_owned(),
            period: Some(period(at)),
            filing: Some(kind),
            submission: String::new(),
            signature: None,
            signer: None,
        };
        self.snapshot.received.insert(0, received);
        self
    }

    /// The receiver sends rows of the agency's last filing back, each with a reason.
    pub fn returned(self, agency: &str, at: &str, rows: &[(&str, &str)]) -> World {
        let filing = self.snapshot.last_filing(agency, &period(at)).expect("a filing").clone();
        let row = |(item, reason): &(&str, &str)| {
            let record = self.snapshot.item(item, agency, &period(at)).expect("a record");
            ReturnedRow { key: record.key.clone(), revision: record.heads[0].id.clone(), reason: (*reason).to_owned() }
        };
        let arrived = Arrived {
            sha256: "a".repeat(64),
            bytes: 1,
            arrival: Arrival { time: filing.time, filed: None, due: Due::Timely },
            rows: RowCounts::default(),
        };
        let receipt = Receipt { submission: filing.id.clone(), filing: filing.kind, packages: vec![arrived] };
        let message = Message::Return { receipt, rows: rows.iter().map(row).collect() };
        let receiver = self.snapshot.catalogue.plan.receiver.clone();
        self.notice(&receiver, agency, at, message)
    }

    /// Word from one agency to another.
    pub fn notice(mut self, sender: &str, recipient: &str, at: &str, message: Message) -> World {
        let number = self.snapshot.notices.len() as i64;
        let notice = Notice {
            id: format!("notice-{number}"),
            sender: sender.to_owned(),
            recipient: recipient.to_owned(),
            period: period(at),
            officer: "Trần C".to_owned(),
            device: "may-0".to_owned(),
            time: moment("2023-12-11T08:00:00+07:00") + chrono::TimeDelta::minutes(number),
            message,
        };
        self.snapshot.notices.insert(0, notice);
        self
    }

    /// A later value in the place of the one that is there.
    pub fn change(mut self, item: &str, agency: &str, at: &str, content: Content) -> World {
        let key = Key::of_item(&self.snapshot.catalogue, item, agency, &period(at)).expect("an item of the plan");
        self.snapshot.records.remove(&key);
        self.report(item, agency, at, content)
    }

    /// A key of an agency is known here.
    pub fn know(mut self, agency: &str, key: PublicKey, state: KeyState) -> World {
        let (device, first_seen) = ("may-2".to_owned(), moment("2023-12-01T08:00:00+07:00"));
        self.snapshot.trust.known.push(KnownKey { agency: agency.to_owned(), device, key, first_seen, state });
        self
    }

    pub fn snapshot(self) -> Snapshot {
        self.snapshot
    }
}

pub fn period(id: &str) -> PeriodId {
    id.parse().expect("a period")
}

pub fn moment(rfc3339: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(rfc3339).expect("a moment")
}

pub fn decimal(plain: &str) -> Decimal {
    plain.parse().expect("a decimal")
}

pub fn ratio(numerator: i64, denominator: i64) -> Content {
    Content::Indicator(IndicatorValue::ratio(numerator.into(), denominator.into()))
}

pub fn value(plain: &str) -> Content {
    Content::Indicator(IndicatorValue::value(decimal(plain)))
}

pub fn issued() -> Content {
    Content::Document(DocumentFacts {
        state: DocumentState::Issued,
        symbol: "12/2023/NQ-HĐND".to_owned(),
        date: NaiveDate::from_ymd_opt(2023, 7, 14),
        summary: "Về chuyển đổi số".to_owned(),
        reason: String::new(),
    })
}

pub fn task(status: TaskStatus, percent: Option<u8>) -> Content {
    Content::Task(TaskProgress { status, percent, ..TaskProgress::default() })
}
