//! What the gaps of each letter are filled with.

use chrono::{DateTime, FixedOffset};

use super::eml::Letter;
use super::template::{Occasion, Placeholder, Template, Templates};
use crate::catalogue::{Catalogue, Period, PeriodId};
use crate::progress::AgencyStatus;
use crate::record::{FilingKind, Message, Notice, Receipt, RequestedItem, ReturnedRow, Snapshot};
use crate::text::{bytes::format_size, date};
use crate::words;

/// What the letter with a report says, apart from its attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover<'a> {
    /// Names of sender and recipient, as in the catalogue.
    pub sender: &'a str,
    pub recipient: &'a str,
    pub officer: &'a str,
    pub period: &'a Period,
    pub purpose: Purpose,
    pub filing: FilingKind,
    pub file: File<'a>,
    /// Part `.0` of `.1`, counted from 1.
    pub part: (u32, u32),
    /// When the report was filed.
    pub time: DateTime<FixedOffset>,
}

/// What a package of figures is sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Report,
    /// For tasks that the recipient leads.
    Contribution,
}

/// The package that goes with a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File<'a> {
    pub name: &'a str,
    pub bytes: u64,
    pub sha256: &'a str,
}

const HOW_TO_READ: &str = "Tệp là gói dữ liệu: đề nghị lưu nguyên tệp, mở chương trình DTI Quảng Trị, mục Gói nhận, và \
    chọn tệp này. Không giải nén hay sửa tệp trước khi nhập.";
const IN_PARTS: &str = "Gói được chia thành nhiều thư vì giới hạn dung lượng; các phần đọc theo thứ tự nào cũng được.";

impl Templates {
    /// The letter that goes with a report.
    pub fn filing(&self, cover: &Cover<'_>) -> Letter {
        let (number, of) = cover.part;
        let several = of > 1;
        let occasion = match cover.purpose {
            Purpose::Report => Occasion::Filing,
            Purpose::Contribution => Occasion::Contribution,
        };
        self.letter(occasion, |gap| match gap {
            Placeholder::Agency => cover.sender.to_owned(),
            Placeholder::Receiver => cover.recipient.to_owned(),
            Placeholder::Filing => words::filing(cover.filing),
            Placeholder::Part if several => format!(" (phần {number}/{of})"),
            Placeholder::HowToRead if several => format!("{IN_PARTS} {HOW_TO_READ}"),
            Placeholder::Officer => cover.officer.to_owned(),
            Placeholder::Today => date::format_date(cover.time.date_naive()),
            gap => of_file(&cover.file, gap).or_else(|| of_period(cover.period, gap)).unwrap_or_default(),
        })
    }

    /// The letter that goes with a receipt, a return or a request.
    pub fn word(&self, catalogue: &Catalogue, notice: &Notice, file: &File<'_>) -> Letter {
        let period = catalogue.period(&notice.period);
        let occasion = match &notice.message {
            Message::Receipt(_) => Occasion::Receipt,
            Message::Return { .. } => Occasion::Return,
            Message::Request(_) => Occasion::Request,
        };
        self.letter(occasion, |gap| match gap {
            Placeholder::Agency => catalogue.agency_name(&notice.recipient).to_owned(),
            Placeholder::Receiver => catalogue.agency_name(&notice.sender).to_owned(),
            Placeholder::Figures => words::answered(catalogue, notice).to_owned(),
            Placeholder::Officer => notice.officer.clone(),
            Placeholder::Today => date::format_date(notice.time.date_naive()),
            gap => of_message(catalogue, &notice.message, gap)
                .or_else(|| of_file(file, gap))
                .or_else(|| of_period(&period, gap))
                .unwrap_or_default(),
        })
    }

    /// The letter that goes with an edition of the catalogue, to all agencies; `before` is what they have.
    pub fn edition(
        &self,
        before: &Catalogue,
        after: &Catalogue,
        officer: &str,
        time: DateTime<FixedOffset>,
        file: &File<'_>,
    ) -> Letter {
        let changes = words::differences(before, after);
        self.letter(Occasion::Edition, |gap| match gap {
            Placeholder::Receiver => after.agency_name(&after.plan.receiver).to_owned(),
            Placeholder::Edition => words::edition(after).to_lowercase(),
            Placeholder::Plan => after.plan.title.clone(),
            Placeholder::Count => changes.len().to_string(),
            Placeholder::Changes => changes.iter().map(|c| format!("- {c}")).collect::<Vec<_>>().join("\n"),
            Placeholder::Officer => officer.to_owned(),
            Placeholder::Today => date::format_date(time.date_naive()),
            gap => of_file(file, gap).unwrap_or_default(),
        })
    }

    /// The reminder to one agency.
    pub fn reminder(
        &self,
        snapshot: &Snapshot,
        status: &AgencyStatus,
        period: &PeriodId,
        now: DateTime<FixedOffset>,
    ) -> Letter {
        self.letter(Occasion::Reminder, |gap| of_reminder(snapshot, status, period, now, gap))
    }
}

impl Template {
    /// The letter as it could look: on the workspace's own agencies and plan, with figures made up.
    pub fn example(&self, snapshot: &Snapshot, period: &PeriodId, now: DateTime<FixedOffset>) -> Letter {
        let catalogue = &snapshot.catalogue;
        let window = catalogue.period(period);
        let agencies = catalogue.reporting_agencies(&window);
        let agency = agencies.iter().map(|a| a.id.as_str()).find(|id| *id != catalogue.plan.receiver);
        let agency = agency.unwrap_or(&snapshot.agency);
        let items: Vec<&str> = catalogue.expected(agency, &window).into_iter().take(2).collect();
        let lines = |after: &str| {
            let line = |item: &&str| format!("- {}{after}", words::item(catalogue, item));
            items.iter().map(line).collect::<Vec<_>>().join("\n")
        };
        let name = format!("DTI_{agency}_{period}_chinh-thuc.zip");
        let file = File { name: &name, bytes: 1_258_291, sha256: "9f2c…" };
        self.fill(|gap| match gap {
            Placeholder::Agency => catalogue.agency_name(agency).to_owned(),
            Placeholder::Receiver => catalogue.agency_name(&catalogue.plan.receiver).to_owned(),
            Placeholder::Filing => words::filing(FilingKind::Official),
            Placeholder::NextFiling => words::filing(FilingKind::Supplementary(1)),
            Placeholder::Arrived => format!("lúc {}, đúng hạn", date::format_time(now)),
            Placeholder::DaysLeft => words::days_left((window.due_before - now.date_naive()).num_days()),
            Placeholder::Count => items.len().to_string(),
            Placeholder::Items => lines(": …"),
            Placeholder::Missing => lines(""),
            Placeholder::Figures => "báo cáo".to_owned(),
            Placeholder::Edition => words::edition(catalogue).to_lowercase(),
            Placeholder::Plan => catalogue.plan.title.clone(),
            Placeholder::Changes => "- …".to_owned(),
            Placeholder::HowToRead => HOW_TO_READ.to_owned(),
            Placeholder::Officer => snapshot.officer.clone(),
            Placeholder::Today => date::format_date(now.date_naive()),
            gap => of_file(&file, gap).or_else(|| of_period(&window, gap)).unwrap_or_default(),
        })
    }
}

fn of_period(period: &Period, gap: Placeholder) -> Option<String> {
    Some(match gap {
        Placeholder::Period => words::period(&period.id),
        Placeholder::From => date::format_date(period.from),
        Placeholder::To => date::format_date(period.to),
        Placeholder::Due => date::format_date(period.due_before),
        _ => return None,
    })
}

fn of_file(file: &File<'_>, gap: Placeholder) -> Option<String> {
    Some(match gap {
        Placeholder::File => format!("{} ({})", file.name, format_size(file.bytes)),
        Placeholder::Sha256 => file.sha256.to_owned(),
        Placeholder::HowToRead => HOW_TO_READ.to_owned(),
        _ => return None,
    })
}

fn of_message(catalogue: &Catalogue, message: &Message, gap: Placeholder) -> Option<String> {
    let arrived = |receipt: &Receipt| receipt.arrival().as_ref().map(words::arrival).unwrap_or_default();
    let row = |r: &ReturnedRow| format!("- {}: {}", words::record(catalogue, &r.key), r.reason);
    let item = |i: &RequestedItem| {
        let note = if i.note.is_empty() { String::new() } else { format!(": {}", i.note) };
        format!("- {}{note}", words::item(catalogue, &i.item))
    };
    Some(match (message, gap) {
        (Message::Receipt(receipt) | Message::Return { receipt, .. }, Placeholder::Filing) => {
            words::filing(receipt.filing)
        }
        (Message::Receipt(receipt) | Message::Return { receipt, .. }, Placeholder::Arrived) => arrived(receipt),
        (Message::Return { receipt, .. }, Placeholder::NextFiling) => {
            words::filing(FilingKind::Supplementary(receipt.filing.number() + 1))
        }
        (Message::Return { rows, .. }, Placeholder::Count) => rows.len().to_string(),
        (Message::Return { rows, .. }, Placeholder::Items) => rows.iter().map(row).collect::<Vec<_>>().join("\n"),
        (Message::Request(items), Placeholder::Count) => items.len().to_string(),
        (Message::Request(items), Placeholder::Items) => items.iter().map(item).collect::<Vec<_>>().join("\n"),
        _ => return None,
    })
}

fn of_reminder(
    snapshot: &Snapshot,
    status: &AgencyStatus,
    period: &PeriodId,
    now: DateTime<FixedOffset>,
    gap: Placeholder,
) -> String {
    let catalogue = &snapshot.catalogue;
    match gap {
        Placeholder::Agency => catalogue.agency_name(&status.agency).to_owned(),
        Placeholder::Receiver => catalogue.agency_name(&snapshot.agency).to_owned(),
        Placeholder::DaysLeft => words::days_left(status.days_left),
        Placeholder::Count => status.missing.len().to_string(),
        Placeholder::Missing => {
            let lines = status.missing.iter().map(|item| format!("- {}", words::item(catalogue, item)));
            lines.collect::<Vec<_>>().join("\n")
        }
        Placeholder::Officer => snapshot.officer.clone(),
        Placeholder::Today => date::format_date(now.date_naive()),
        gap => of_period(&catalogue.period(period), gap).unwrap_or_default(),
    }
}
