//! Splitting a submission into packages that fit an e-mail: values first, evidence after, each package valid by itself.

use super::{Contents, Part, limits, write};
use crate::record::EvidenceRef;

/// What a package weighs beside rows and evidence: catalogue extract, descriptor, manifests, notes.
const OVERHEAD: u64 = 64 << 10;
/// What one evidence file adds beside its bytes: headers, and its lines in descriptor and manifest.
const PER_FILE: u64 = 1 << 10;

/// Splits `contents` into packages of at most `limit_bytes` each, in an order that does not matter to the reader.
///
/// The first holds all values, `papers` bytes of documents and the evidence that still fits; the others hold evidence
/// only. A file larger than the limit travels alone: a file is never cut. [`Contents::evidence`] of the parts together is
/// that of `contents`, each content once.
pub fn split(contents: Contents, papers: u64, limit_bytes: u64) -> Vec<Contents> {
    let Contents { header, revisions, mut evidence, filings, message, edition } = contents;
    let limit_bytes = limit_bytes.min(limits::TOTAL_BYTES - OVERHEAD);
    evidence.sort();
    evidence.dedup_by(|a, b| a.sha256 == b.sha256);

    let mut first: Vec<EvidenceRef> = Vec::new();
    let mut rest: Vec<Vec<EvidenceRef>> = Vec::new();
    let mut room = limit_bytes.saturating_sub(OVERHEAD + papers + write::rows_bytes(&revisions));
    let mut later = Vec::new();
    for file in evidence {
        let weight = file.bytes + PER_FILE;
        if weight <= room && first.len() < limits::ENTRIES / 2 {
            room -= weight;
            first.push(file);
        } else {
            later.push(file);
        }
    }
    let mut room = 0;
    for file in later {
        let weight = file.bytes + PER_FILE;
        let full = rest.last().is_none_or(|part| part.len() >= limits::ENTRIES / 2);
        if weight > room || full {
            room = limit_bytes.saturating_sub(OVERHEAD);
            rest.push(Vec::new());
        }
        room = room.saturating_sub(weight);
        if let Some(part) = rest.last_mut() {
            part.push(file);
        }
    }

    let of = rest.len() as u32 + 1;
    let part = |number: usize| Part { number: number as u32, of };
    let head = super::Header { part: part(1), ..header.clone() };
    let mut parts = vec![Contents { header: head, revisions, evidence: first, filings, message, edition }];
    parts.extend(rest.into_iter().enumerate().map(|(index, evidence)| Contents {
        header: super::Header { part: part(index + 2), ..header.clone() },
        revisions: Vec::new(),
        evidence,
        filings: Vec::new(),
        message: None,
        edition: None,
    }));
    parts
}
