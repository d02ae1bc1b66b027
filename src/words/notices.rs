//! Receipts, returns and requests between agencies, and the kinds of package.

use super::{due, filing, period};
use crate::catalogue::Catalogue;
use crate::record::{Arrival, Message, Notice, PackageKind, Receipt, Revision, Snapshot};
use crate::text::date::{format_date, format_time};

pub fn package_kind(kind: PackageKind) -> &'static str {
    match kind {
        PackageKind::Submission => "Báo cáo",
        PackageKind::WorkingCopy => "Bản sao làm việc",
        PackageKind::Receipt => "Giấy báo nhận",
        PackageKind::Return => "Thông báo trả lại",
        PackageKind::Catalogue => "Danh mục",
        PackageKind::Request => "Yêu cầu phối hợp",
    }
}

/// "Sở TT&TT đã nhận báo cáo chính thức Quý IV/2023 của Sở Nội vụ, lúc 15:04 20/12/2023, đúng hạn".
pub fn notice(catalogue: &Catalogue, notice: &Notice) -> String {
    let (sender, recipient) = (catalogue.agency_name(&notice.sender), catalogue.agency_name(&notice.recipient));
    let what = answered(catalogue, notice);
    let of = |receipt: &Receipt| format!("{what} {} {}", filing(receipt.filing), period(&notice.period));
    match &notice.message {
        Message::Receipt(r) => format!("{sender} đã nhận {} của {recipient}, {}", of(r), arrived(r)),
        Message::Return { receipt, rows } => {
            format!("{sender} trả lại {} mục trong {} của {recipient}", rows.len(), of(receipt))
        }
        Message::Request(items) => {
            format!("{sender} yêu cầu {recipient} phối hợp {} mục của {}", items.len(), period(&notice.period))
        }
    }
}

/// What a receipt or return is about: a report, or, from anyone but the plan's receiver, a contribution.
pub fn answered(catalogue: &Catalogue, notice: &Notice) -> &'static str {
    if notice.sender == catalogue.plan.receiver { "báo cáo" } else { "số liệu phối hợp" }
}

/// What the receiver said about a filing: "đã nhận lúc 15:04 20/12/2023, đúng hạn", with "trả lại 2 mục".
pub fn answer(notice: &Notice) -> String {
    let Some(receipt) = notice.receipt() else { return String::new() };
    match notice.returned_rows().len() {
        0 => format!("đã nhận {}", arrived(receipt)),
        count => format!("đã nhận {}; trả lại {count} mục", arrived(receipt)),
    }
}

/// "lúc 15:04 20/12/2023, đúng hạn"; "nộp ngày 24/12/2023, nhận ngày 26/12/2023, đúng hạn" where the days differ.
pub fn arrival(arrival: &Arrival) -> String {
    let due = due(arrival.due);
    match arrival.filed_on_another_day() {
        None => format!("lúc {}, {due}", format_time(arrival.time)),
        Some(filed) => {
            format!("nộp ngày {}, nhận ngày {}, {due}", format_date(filed), format_date(arrival.time.date_naive()))
        }
    }
}

/// "Nguyễn Thị Hoa, Sở Nội vụ, 09:40 12/12/2023; gói DTI_so-noi-vu_2023-Q4_chinh-thuc.zip": who entered a revision, where
/// and when, and which package brought it; the agency once, also where the officer wrote it behind the name.
pub fn origin(snapshot: &Snapshot, revision: &Revision) -> String {
    let agency = snapshot.catalogue.agency_name(&revision.origin);
    let author = revision.author.as_str();
    let who = match author {
        "" => agency.to_owned(),
        _ if author.contains(agency) => author.to_owned(),
        _ => format!("{author}, {agency}"),
    };
    let package = snapshot.brought_by(&revision.id).map(|o| format!("; gói {}", o.subject)).unwrap_or_default();
    format!("{who}, {}{package}", format_time(revision.time))
}

fn arrived(receipt: &Receipt) -> String {
    receipt.arrival().as_ref().map(arrival).unwrap_or_default()
}
