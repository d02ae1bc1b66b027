//! Reminders to agencies that have not reported: a letter from a template that the officer may change.
//!
//! A template is plain text: the first line is the subject, the rest the body. What stands in braces is filled in for each
//! agency; an unknown name in braces is refused when the template is read, not when the letters are written.

use chrono::{DateTime, FixedOffset};

use super::eml::Letter;
use crate::catalogue::PeriodId;
use crate::progress::AgencyStatus;
use crate::record::Snapshot;
use crate::text::{clean, date};
use crate::words;

/// What is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// The agency that is reminded.
    Agency,
    Period,
    /// The day before which the report is due.
    Due,
    /// "còn 2 ngày", "quá hạn 3 ngày".
    DaysLeft,
    /// The items that are missing, one a line.
    Missing,
    /// The agency that reminds.
    Sender,
    Officer,
    /// The day on which the letter is written.
    Today,
}

/// A letter with gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    subject: Vec<Piece>,
    body: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Gap(Placeholder),
}

/// Why a text is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// No such placeholder.
    #[error("unknown placeholder {0}")]
    Unknown(String),
    /// A brace without its other half.
    #[error("stray brace")]
    StrayBrace,
    /// No subject, or nothing below it.
    #[error("no subject or no body")]
    Incomplete,
}

impl Placeholder {
    pub const ALL: [Placeholder; 8] = [
        Placeholder::Agency,
        Placeholder::Period,
        Placeholder::Due,
        Placeholder::DaysLeft,
        Placeholder::Missing,
        Placeholder::Sender,
        Placeholder::Officer,
        Placeholder::Today,
    ];

    /// What stands between the braces.
    pub fn name(self) -> &'static str {
        match self {
            Placeholder::Agency => "đơn_vị",
            Placeholder::Period => "kỳ",
            Placeholder::Due => "hạn",
            Placeholder::DaysLeft => "còn_lại",
            Placeholder::Missing => "thiếu",
            Placeholder::Sender => "nơi_nhận",
            Placeholder::Officer => "người_lập",
            Placeholder::Today => "hôm_nay",
        }
    }
}

impl Template {
    /// The template that there is before anybody changes it.
    pub const DEFAULT: &'static str = "\
{nơi_nhận}: đôn đốc gửi báo cáo chuyển đổi số {kỳ}

Kính gửi: {đơn_vị}

Báo cáo chuyển đổi số {kỳ} gửi về {nơi_nhận} trước ngày {hạn} ({còn_lại}). Đến ngày {hôm_nay}, {nơi_nhận} chưa nhận được \
báo cáo của {đơn_vị}. Các mục còn thiếu:

{thiếu}

Đề nghị {đơn_vị} nhập đủ số liệu trong chương trình DTI Quảng Trị, nộp báo cáo và gửi gói dữ liệu về {nơi_nhận}; trường hợp \
chưa dùng chương trình, đề nghị điền biểu mẫu Excel do {nơi_nhận} gửi và gửi lại nguyên tệp.

Người lập: {người_lập}
{nơi_nhận}
";

    /// Reads a template.
    ///
    /// # Errors
    /// [`TemplateError`], with the name of the placeholder that there is not.
    pub fn parse(text: &str) -> Result<Template, TemplateError> {
        let text = clean(text);
        let (subject, body) = text.split_once('\n').ok_or(TemplateError::Incomplete)?;
        if subject.trim().is_empty() || body.trim().is_empty() {
            return Err(TemplateError::Incomplete);
        }
        Ok(Template { subject: pieces(subject.trim())?, body: pieces(body.trim())? })
    }

    /// The letter to one agency.
    pub fn reminder(
        &self,
        snapshot: &Snapshot,
        status: &AgencyStatus,
        period: &PeriodId,
        now: DateTime<FixedOffset>,
    ) -> Letter {
        let catalogue = &snapshot.catalogue;
        let value = |gap: Placeholder| match gap {
            Placeholder::Agency => catalogue.agency_name(&status.agency).to_owned(),
            Placeholder::Period => words::period(period),
            Placeholder::Due => date::format_date(catalogue.period(period).due_before),
            Placeholder::DaysLeft => words::days_left(status.days_left),
            Placeholder::Missing => {
                let lines = status.missing.iter().map(|item| format!("- {}", words::item(catalogue, item)));
                lines.collect::<Vec<_>>().join("\n")
            }
            Placeholder::Sender => catalogue.agency_name(&snapshot.agency).to_owned(),
            Placeholder::Officer => snapshot.officer.clone(),
            Placeholder::Today => date::format_date(now.date_naive()),
        };
        // A subject is one line whatever was filled in.
        let subject = fill(&self.subject, value).split_whitespace().collect::<Vec<_>>().join(" ");
        Letter { subject, body: fill(&self.body, value) + "\n" }
    }
}

fn pieces(text: &str) -> Result<Vec<Piece>, TemplateError> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or(TemplateError::StrayBrace)?;
        let known = Placeholder::ALL.into_iter().find(|gap| gap.name() == name.trim());
        let gap = known.ok_or_else(|| TemplateError::Unknown(name.trim().to_owned()))?;
        pieces.extend([Piece::Text(plain(before)?), Piece::Gap(gap)]);
        rest = after;
    }
    pieces.push(Piece::Text(plain(rest)?));
    Ok(pieces)
}

fn plain(text: &str) -> Result<String, TemplateError> {
    if text.contains('}') { Err(TemplateError::StrayBrace) } else { Ok(text.to_owned()) }
}

fn fill(pieces: &[Piece], value: impl Fn(Placeholder) -> String) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Gap(gap) => value(*gap),
    };
    pieces.iter().map(text).collect()
}
