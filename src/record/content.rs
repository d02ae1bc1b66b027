//! The content of a record: a figure, a task's progress, a plan item or a document, with note and evidence.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Key, Kind};
use crate::catalogue::Measure;
use crate::text;

/// Everything that an officer enters for one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub content: Content,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Sorted by hash, then name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceRef>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    Indicator(IndicatorValue),
    Task(TaskProgress),
    PlanItem(PlanItem),
    Document(DocumentFacts),
    /// Taken back by its author: counts as not reported, but the history stays.
    Withdrawn,
}

/// A figure. *No data* and *not applicable* are not 0, and carry a reason.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IndicatorValue {
    pub state: Reporting,
    /// In the units that the indicator's definition names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerator: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<Decimal>,
    /// In the indicator's unit. Where numerator and denominator are given, it is derived and stays empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
    /// Why there is no figure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reporting {
    #[default]
    Reported,
    NoData,
    NotApplicable,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TaskProgress {
    pub status: TaskStatus,
    /// 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// Kết quả thực hiện.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub result: String,
    /// Khó khăn, vướng mắc.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub difficulty: String,
    /// Nguyên nhân.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cause: String,
    /// Đề xuất, kiến nghị.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub proposal: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    #[default]
    NotStarted,
    InProgress,
    Done,
    Paused,
}

/// One line of an agency's detailed plan: việc, đơn vị phối hợp, từ, đến, sản phẩm.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanItem {
    pub work: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub coordinating: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub output: String,
}

/// Whether a document was issued; số, ký hiệu, ngày, trích yếu.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DocumentFacts {
    pub state: DocumentState,
    /// Số và ký hiệu: `12/2023/NQ-HĐND`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub symbol: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// Trích yếu.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// Why it does not apply, or is not there yet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    #[default]
    NotIssued,
    Drafting,
    Issued,
    NotApplicable,
}

/// A file kept by its hash; the name is the officer's, NFC.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EvidenceRef {
    /// SHA-256, 64 lower-case hex digits.
    pub sha256: String,
    pub name: String,
    pub bytes: u64,
}

impl Body {
    pub fn new(content: Content) -> Body {
        Body { content, note: String::new(), evidence: Vec::new() }
    }

    pub fn is_withdrawn(&self) -> bool {
        self.content == Content::Withdrawn
    }

    /// The same body with NFC texts, plain numbers and sorted evidence: two officers who mean the same store the same.
    pub fn normalized(mut self) -> Body {
        self.content = self.content.normalized();
        self.note = text::clean(&self.note);
        for evidence in &mut self.evidence {
            evidence.name = text::clean(&evidence.name);
        }
        self.evidence.sort();
        self.evidence.dedup();
        self
    }

    /// SHA-256 (hex) over key and body as JSON in declared field order, without white space.
    pub fn content_hash(&self, key: &Key) -> String {
        let mut hash = Sha256::new();
        hash.update(key.to_string());
        hash.update(b"\n");
        // A plain data type: serialising it cannot fail.
        hash.update(serde_json::to_vec(self).unwrap_or_default());
        hex(&hash.finalize())
    }
}

impl Content {
    /// The kind of record that this content belongs to; none for a withdrawal, which fits all.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Content::Indicator(_) => Some(Kind::Indicator),
            Content::Task(_) => Some(Kind::Task),
            Content::PlanItem(_) => Some(Kind::PlanItem),
            Content::Document(_) => Some(Kind::Document),
            Content::Withdrawn => None,
        }
    }

    /// An empty form for a record of this kind.
    pub fn blank(kind: Kind) -> Content {
        match kind {
            Kind::Indicator => Content::Indicator(IndicatorValue::default()),
            Kind::Task => Content::Task(TaskProgress::default()),
            Kind::PlanItem => Content::PlanItem(PlanItem::default()),
            Kind::Document => Content::Document(DocumentFacts::default()),
        }
    }

    fn normalized(self) -> Content {
        let clean = |s: &mut String| *s = text::clean(s);
        let plain = |d: &mut Option<Decimal>| *d = d.map(|d| if d.is_zero() { Decimal::ZERO } else { d.normalize() });
        match self {
            Content::Indicator(mut v) => {
                for number in [&mut v.numerator, &mut v.denominator, &mut v.value] {
                    plain(number);
                }
                clean(&mut v.reason);
                Content::Indicator(v)
            }
            Content::Task(mut t) => {
                for s in [&mut t.result, &mut t.difficulty, &mut t.cause, &mut t.proposal] {
                    clean(s);
                }
                Content::Task(t)
            }
            Content::PlanItem(mut p) => {
                for s in [&mut p.work, &mut p.coordinating, &mut p.output] {
                    clean(s);
                }
                Content::PlanItem(p)
            }
            Content::Document(mut d) => {
                for s in [&mut d.symbol, &mut d.summary, &mut d.reason] {
                    clean(s);
                }
                Content::Document(d)
            }
            Content::Withdrawn => Content::Withdrawn,
        }
    }
}

impl IndicatorValue {
    pub fn ratio(numerator: Decimal, denominator: Decimal) -> IndicatorValue {
        IndicatorValue { numerator: Some(numerator), denominator: Some(denominator), ..Default::default() }
    }

    pub fn value(value: Decimal) -> IndicatorValue {
        IndicatorValue { value: Some(value), ..Default::default() }
    }

    pub fn no_data(reason: &str) -> IndicatorValue {
        IndicatorValue { state: Reporting::NoData, reason: reason.to_owned(), ..Default::default() }
    }

    pub fn not_applicable(reason: &str) -> IndicatorValue {
        IndicatorValue { state: Reporting::NotApplicable, reason: reason.to_owned(), ..Default::default() }
    }

    /// The figure in the indicator's unit: from numerator and denominator where both are given, else as entered.
    ///
    /// None where nothing usable was reported: another state, a denominator of 0, or a number out of all proportion.
    pub fn figure(&self, measure: Measure) -> Option<Decimal> {
        if self.state != Reporting::Reported {
            return None;
        }
        match (measure, self.numerator, self.denominator) {
            (Measure::Ratio, Some(n), Some(d)) => n.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(d),
            (Measure::Rate, Some(n), Some(d)) => n.checked_div(d),
            (Measure::Ratio | Measure::Rate | Measure::Value, ..) => self.value,
            (Measure::Document, ..) => None,
        }
    }
}

impl Reporting {
    pub fn as_str(self) -> &'static str {
        match self {
            Reporting::Reported => "reported",
            Reporting::NoData => "no_data",
            Reporting::NotApplicable => "not_applicable",
        }
    }

    pub fn parse(text: &str) -> Option<Reporting> {
        [Reporting::Reported, Reporting::NoData, Reporting::NotApplicable].into_iter().find(|s| s.as_str() == text)
    }
}

impl TaskStatus {
    pub const ALL: [TaskStatus; 4] =
        [TaskStatus::NotStarted, TaskStatus::InProgress, TaskStatus::Done, TaskStatus::Paused];

    pub fn as_str(self) -> &'static str {
        match self {
            TaskStatus::NotStarted => "not_started",
            TaskStatus::InProgress => "in_progress",
            TaskStatus::Done => "done",
            TaskStatus::Paused => "paused",
        }
    }

    pub fn parse(text: &str) -> Option<TaskStatus> {
        TaskStatus::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

impl DocumentState {
    pub const ALL: [DocumentState; 4] =
        [DocumentState::NotIssued, DocumentState::Drafting, DocumentState::Issued, DocumentState::NotApplicable];

    pub fn as_str(self) -> &'static str {
        match self {
            DocumentState::NotIssued => "not_issued",
            DocumentState::Drafting => "drafting",
            DocumentState::Issued => "issued",
            DocumentState::NotApplicable => "not_applicable",
        }
    }

    pub fn parse(text: &str) -> Option<DocumentState> {
        DocumentState::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

/// Lower-case hex of a hash.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
