//! The draft of an e-mail with a package or a form attached (.eml): opened by double click, checked, addressed and sent by the officer.
//!
//! `X-Unsent: 1` makes Outlook open it for editing; a mail program that ignores it still shows what to copy.

use chrono::{DateTime, FixedOffset};
use mail_builder::MessageBuilder;
use mail_builder::headers::date::Date;
use mail_builder::headers::raw::Raw;

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
