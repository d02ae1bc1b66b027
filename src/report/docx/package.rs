//! The file around the parts that docx-rs writes: what it cannot say.
//!
//! docx-rs knows no repeated header rows, no document properties beyond the dates, no text for pictures and no
//! language, and stores its entries without compression.

use std::io::Cursor;

use super::parts::is_xml;
use crate::report::ReportError;
use crate::report::document::Properties;
use crate::report::repack::repack;

/// How docx-rs writes the row property that only header rows have here.
const HEADER_ROW: &str = "<w:trPr><w:cantSplit /></w:trPr>";
const REPEATED_HEADER_ROW: &str = "<w:trPr><w:cantSplit /><w:tblHeader /></w:trPr>";
/// How docx-rs names every picture.
const PICTURE: &str = r#"<wp:docPr id="1" name="Figure" />"#;
const PARAGRAPH_ID: &str = r#" w14:paraId=""#;
const END_OF_DEFAULT_RUN: &str = "</w:rPr></w:rPrDefault>";
/// Its style of body text, which it does not declare to be the default one.
const NORMAL: &str = r#"<w:style w:type="paragraph" w:styleId="Normal">"#;
const DEFAULT_NORMAL: &str = r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal">"#;

/// Packs a document; `pictures` are the texts that stand for the pictures, in the document's order.
pub(super) fn pack(docx: docx_rs::Docx, properties: &Properties, pictures: &[String]) -> Result<Vec<u8>, ReportError> {
    let mut raw = Cursor::new(Vec::new());
    docx.pack(&mut raw).map_err(|e| ReportError::Docx(e.to_string()))?;
    let amend = |name: &str, bytes: Vec<u8>| {
        let bytes = if name.ends_with(".xml") { without_paragraph_ids(&bytes) } else { bytes };
        amended(name, bytes, properties, pictures)
    };
    Ok(repack(raw.get_ref(), amend)?)
}

/// docx-rs numbers paragraphs through all documents that the process has made; the numbers mean nothing, and the same
/// report would never be the same bytes.
fn without_paragraph_ids(xml: &[u8]) -> Vec<u8> {
    let xml = String::from_utf8_lossy(xml);
    let mut parts = xml.split(PARAGRAPH_ID);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    kept.into_bytes()
}

fn amended(name: &str, bytes: Vec<u8>, properties: &Properties, pictures: &[String]) -> Vec<u8> {
    let xml = || String::from_utf8_lossy(&bytes);
    match name {
        "word/document.xml" => amended_document(&xml(), pictures).into_bytes(),
        "word/styles.xml" => {
            let language = format!(r#"<w:lang w:val="vi-VN" w:eastAsia="vi-VN" />{END_OF_DEFAULT_RUN}"#);
            xml().replace(END_OF_DEFAULT_RUN, &language).replace(NORMAL, DEFAULT_NORMAL).into_bytes()
        }
        "docProps/core.xml" => core_properties(properties).into_bytes(),
        _ => bytes,
    }
}

fn amended_document(xml: &str, pictures: &[String]) -> String {
    let mut parts = xml.split(PICTURE);
    let mut amended = parts.next().unwrap_or_default().to_owned();
    for (number, rest) in (1_usize..).zip(parts) {
        let text = pictures.get(number - 1).map_or("", String::as_str);
        amended.push_str(&format!(r#"<wp:docPr id="{number}" name="Biểu đồ {number}" descr="{}" />"#, escaped(text)));
        amended.push_str(rest);
    }
    amended.replace(HEADER_ROW, REPEATED_HEADER_ROW)
}

fn core_properties(properties: &Properties) -> String {
    let (title, author) = (escaped(&properties.title), escaped(&properties.author));
    let time = properties.created.to_utc().format("%Y-%m-%dT%H:%M:%SZ");
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>vi-VN</dc:language><cp:lastModifiedBy>{author}</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">{time}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{time}</dcterms:modified></cp:coreProperties>"#
    )
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_xml(c) => out.push(c),
            _ => out.push(' '),
        }
    }
    out
}
