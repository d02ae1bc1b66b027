//! The draft of an e-mail with a package or a form attached (.eml): opened by double click, checked, addressed and sent by the officer.
//!
//! `X-Unsent: 1` makes Outlook open it for editing; a mail program that ignores it still shows what to copy.

use chrono::{DateTime, FixedOffset};
use mail_builder::MessageBuilder;
use mail_builder::headers::date::Date;
use mail_builder::headers::raw::Raw;

use crate::catalogue::{Catalogue, Period};
use crate::record::{FilingKind, Message, Notice, Receipt, RequestedItem, ReturnedRow};
use crate::text::{bytes::format_size, date};
use crate::words;

/// What the mail says, apart from its attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover<'a> {
    /// Names of sender and recipient, as in the catalogue.
    pub sender: &'a str,
    pub recipient: &'a str,
    pub officer: &'a str,
    pub period: &'a Period,
    pub purpose: Purpose,
    pub filing: FilingKind,
    pub package: &'a str,
    pub sha256: &'a str,
    pub bytes: u64,
    /// Part `.0` of `.1`, counted from 1.
    pub part: (u32, u32),
}

/// What a package of figures is sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Report,
    /// For tasks that the recipient leads.
    Contribution,
}

/// Subject and body, for the draft or for the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub body: String,
}

/// A file that goes with a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attachment<'a> {
    pub name: &'a str,
    /// [`ZIP`] or [`XLSX`].
    pub media: &'static str,
    pub bytes: &'a [u8],
}

pub const ZIP: &str = "application/zip";
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const HOW_TO_READ: &str = "Tệp là gói dữ liệu: đề nghị lưu nguyên tệp, mở chương trình DTI Quảng Trị, mục Gói nhận, và \
    chọn tệp này. Không giải nén hay sửa tệp trước khi nhập.";

/// The letter that goes with a package.
pub fn letter(cover: &Cover<'_>) -> Letter {
    let (number, of) = cover.part;
    let part = if of > 1 { format!(" (phần {number}/{of})") } else { String::new() };
    let period = words::period(&cover.period.id);
    let filing = words::filing(cover.filing);
    let (what, due) = match cover.purpose {
        Purpose::Report => ("báo cáo", format!(", hạn nộp trước ngày {}", date::format_date(cover.period.due_before))),
        Purpose::Contribution => ("số liệu phối hợp", String::new()),
    };
    let subject = format!("{}: {what} chuyển đổi số {period}, {filing}{part}", cover.sender);
    let split = if of > 1 {
        "\nGói được chia thành nhiều thư vì giới hạn dung lượng; các phần đọc theo thứ tự nào cũng được.\n"
    } else {
        ""
    };
    let body = format!(
        "Kính gửi: {recipient}\n\n\
         {sender} gửi {what} {period} ({filing}){part}, số liệu từ ngày {from} đến ngày {to}{due}.\n\
         {split}\n\
         Tệp đính kèm: {package} ({size})\n\
         Mã kiểm tra SHA-256: {sha256}\n\n\
         {HOW_TO_READ}\n\n\
         Người lập: {officer}\n{sender}\n",
        recipient = cover.recipient,
        sender = cover.sender,
        from = date::format_date(cover.period.from),
        to = date::format_date(cover.period.to),
        package = cover.package,
        size = format_size(cover.bytes),
        sha256 = cover.sha256,
        officer = cover.officer,
    );
    Letter { subject, body }
}

/// The letter that goes with a receipt, a return or a request.
pub fn word(catalogue: &Catalogue, notice: &Notice, package: &str, sha256: &str) -> Letter {
    let (sender, recipient) = (catalogue.agency_name(&notice.sender), catalogue.agency_name(&notice.recipient));
    let period = words::period(&notice.period);
    let what = words::answered(catalogue, notice);
    let arrived = |receipt: &Receipt| receipt.arrival().as_ref().map(words::arrival).unwrap_or_default();
    let (subject, text) = match &notice.message {
        Message::Receipt(receipt) => {
            let filing = words::filing(receipt.filing);
            let text = format!("{sender} đã nhận {what} {period} ({filing}) của {recipient} ({}).", arrived(receipt));
            (format!("đã nhận {what} {period}, {filing}"), text)
        }
        Message::Return { receipt, rows } => {
            let filing = words::filing(receipt.filing);
            let next = words::filing(FilingKind::Supplementary(receipt.filing.number() + 1));
            let row = |r: &ReturnedRow| format!("- {}: {}\n", words::record(catalogue, &r.key), r.reason);
            let text = format!(
                "{sender} trả lại {count} mục trong {what} {period} ({filing}) của {recipient} (đã nhận {arrived}):\n\n\
                 {rows}\nĐề nghị sửa các mục trên rồi nộp {next}.",
                count = rows.len(),
                arrived = arrived(receipt),
                rows = rows.iter().map(row).collect::<String>(),
            );
            (format!("trả lại {} mục trong {what} {period}, {filing}", rows.len()), text)
        }
        Message::Request(items) => {
            let item = |i: &RequestedItem| {
                let note = if i.note.is_empty() { String::new() } else { format!(": {}", i.note) };
                format!("- {}{note}\n", words::item(catalogue, &i.item))
            };
            let text = format!(
                "{sender} đề nghị {recipient} phối hợp cung cấp số liệu {period}:\n\n{}",
                items.iter().map(item).collect::<String>()
            );
            (format!("yêu cầu phối hợp số liệu {period}"), text)
        }
    };
    let body = format!(
        "Kính gửi: {recipient}\n\n{}\n\n\
         Tệp đính kèm: {package}\n\
         Mã kiểm tra SHA-256: {sha256}\n\n\
         {HOW_TO_READ}\n\n\
         Người lập: {officer}\n{sender}\n",
        text.trim_end(),
        officer = notice.officer,
    );
    Letter { subject: format!("{sender}: {subject}"), body }
}

/// The letter that goes with an edition of the catalogue, to all agencies; `before` is what they have.
pub fn edition(before: &Catalogue, after: &Catalogue, officer: &str, package: &str, sha256: &str) -> Letter {
    let sender = after.agency_name(&after.plan.receiver);
    let edition = words::edition(after);
    let changes: String = words::differences(before, after).iter().map(|change| format!("- {change}\n")).collect();
    let body = format!(
        "Kính gửi: Các cơ quan, đơn vị báo cáo\n\n\
         {sender} gửi {edition} của {plan}. Những thay đổi:\n\n{changes}\n\
         Đề nghị nhập gói này trước khi nhập số liệu kỳ tới; chương trình cho xem trước những gì thay đổi.\n\n\
         Tệp đính kèm: {package}\n\
         Mã kiểm tra SHA-256: {sha256}\n\n\
         {HOW_TO_READ}\n\n\
         Người lập: {officer}\n{sender}\n",
        edition = edition.to_lowercase(),
        plan = after.plan.title,
    );
    Letter { subject: format!("{sender}: {} của kế hoạch chuyển đổi số", edition.to_lowercase()), body }
}

/// The .eml bytes. `id` makes the message id; there is no address in it, since only the officer knows that.
///
/// # Errors
/// Never in practice: writing into memory.
pub fn draft(
    letter: &Letter,
    attachment: Option<Attachment<'_>>,
    id: &str,
    time: DateTime<FixedOffset>,
) -> Result<Vec<u8>, std::io::Error> {
    let message = MessageBuilder::new()
        .header("X-Unsent", Raw::new("1"))
        .message_id(format!("{id}@dti.invalid"))
        .date(Date::new(time.timestamp()))
        .subject(letter.subject.as_str())
        .text_body(letter.body.as_str());
    match attachment {
        Some(file) => message.attachment(file.media, file.name, file.bytes),
        None => message,
    }
    .write_to_vec()
}
