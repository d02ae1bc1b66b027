//! Text that would become another header of a mail draft.

use dti::report::eml::{self, Attachment, Letter};

use crate::support::moment;

#[test]
fn no_text_becomes_a_header_or_a_part_of_its_own() {
    let inject = "Báo cáo\r\nBcc: ke-gian@example.org\r\n\r\n<script>";
    let letter = Letter { subject: inject.to_owned(), body: format!("{inject}\r\n.\r\n--") };
    let package = (format!("gói\"; x=\"\r\nBcc: {inject}.zip"), b"PK".as_slice());
    let time = moment("2023-12-20T08:00:00+07:00");
    let attachment = Attachment { name: &package.0, media: eml::ZIP, bytes: package.1 };
    let draft = eml::draft(&letter, Some(attachment), "0190f7a4-6b1e-7c55-8d11-4b7d6f3a2c10", time).unwrap();
    let text = String::from_utf8(draft).unwrap();
    let (headers, body) = text.split_once("\r\n\r\n").unwrap();
    let names: Vec<&str> =
        headers.split("\r\n").filter(|l| !l.starts_with([' ', '\t'])).filter_map(|l| l.split(':').next()).collect();
    let expected = ["Content-Type", "Date", "Message-ID", "MIME-Version", "Subject", "X-Unsent"];
    assert!(names.iter().all(|name| expected.contains(name)), "{names:?}");
    assert_eq!(body.matches("\r\nContent-Type").count(), 2, "the text and the attachment:\n{body}");
    let (_, attachment) = body.rsplit_once("\r\nContent-Type").unwrap();
    let (headers, _) = attachment.split_once("\r\n\r\n").unwrap();
    assert!(!headers.contains("\nBcc"), "{headers}");
}
