//! `datapackage.json`: a Data Package v2 descriptor with our own block under `dti`.
//!
//! Source: datapackage.org, Data Package v2.0 (profiles `datapackage.json`, `dataresource.json`, `tableschema.json`).

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::hash::{Facts, is_sha256};
use super::refusal::Refusal;
use super::table::{self, Table};
use super::{FORMAT, Header, PackageKind, Part, json as strict, limits, names};
use crate::catalogue::{Catalogue, Id, Period, PeriodId, Plan};
use crate::record::FilingKind;
use crate::trust::PublicKey;

const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// A descriptor from outside, as far as it can be checked alone.
#[derive(Debug)]
pub(super) struct Descriptor {
    pub header: Header,
    /// The sender's name as the sender wrote it.
    pub agency_name: String,
    /// The key that it says it is signed with.
    pub key: Option<PublicKey>,
    /// Path to (hash, bytes).
    pub resources: BTreeMap<String, Facts>,
}

/// The `dti` block.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dti {
    format: u32,
    kind: PackageKind,
    plan: Id,
    catalogue: Edition,
    agency: Id,
    agency_name: String,
    device: String,
    recipient: Id,
    period: Span,
    filing: FilingKind,
    submission: String,
    previous: Option<String>,
    #[serde(default)]
    answers: Option<String>,
    officer: String,
    software: String,
    created: DateTime<FixedOffset>,
    part: Part,
    /// As minisign writes public keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<PublicKey>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edition {
    version: u32,
    hash: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    id: PeriodId,
    from: NaiveDate,
    to: NaiveDate,
    due_before: NaiveDate,
}

#[derive(Debug, Deserialize)]
struct Resource {
    path: String,
    bytes: u64,
    hash: String,
}

/// The text of `datapackage.json` for a payload (entry name to facts). `titles` gives evidence entries their original names.
pub(super) fn write(
    header: &Header,
    catalogue: &Catalogue,
    key: Option<PublicKey>,
    payload: &BTreeMap<String, Facts>,
    titles: &BTreeMap<String, String>,
) -> String {
    let agency_name = catalogue.agency_name(&header.agency);
    let tables =
        table::of(header.kind).iter().filter_map(|t| payload.get(&t.file()).map(|facts| table_resource(t, facts)));
    let papers = names::PAPERS.into_iter().filter_map(|path| {
        // Two files of one name, but for the extension.
        let name = path.trim_start_matches("data/").replace('.', "-");
        Some(opaque_resource(&name, path, payload.get(path)?, "Báo cáo để đọc"))
    });
    let edition = payload.iter().filter(|(path, _)| path.starts_with(names::EDITION_FOLDER)).map(|(path, facts)| {
        // A table of indicators stands beside `indicators.toml`.
        let name = path.trim_start_matches(names::EDITION_FOLDER).replace('.', "-");
        opaque_resource(&name, path, facts, "Danh mục, để chương trình đọc")
    });
    let evidence = payload.iter().filter(|(path, _)| path.starts_with(names::EVIDENCE_FOLDER)).map(|(path, facts)| {
        let name = path.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or(path);
        opaque_resource(name, path, facts, titles.get(path).map_or("", String::as_str))
    });
    let mut descriptor = json!({
        "$schema": PROFILE,
        "name": names::file_name(header, &catalogue.plan).trim_end_matches(".zip").to_lowercase(),
        "title": format!("{} {}, {}", title(header, &catalogue.plan), header.period.id, agency_name),
        "created": rfc3339(header.created),
        "resources": tables.chain(papers).chain(edition).chain(evidence).collect::<Vec<_>>(),
        "dti": block(header, agency_name, key),
    });
    // The same bytes whether or not some other crate makes serde_json keep the order of keys.
    descriptor.sort_all_objects();
    // Strings, numbers and lists: serialising them cannot fail.
    let mut text = serde_json::to_string_pretty(&descriptor).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads and checks a descriptor: syntax, format, plan and kind, then the rest of the header.
pub(super) fn read(text: &[u8], plan: &str) -> Result<Descriptor, Refusal> {
    let document = strict::parse(text)?;
    let dti = document.get("dti").ok_or_else(|| syntax("no \"dti\" block"))?;
    // First of all, whether this is a language that we speak.
    let format = dti.get("format").and_then(Value::as_u64).ok_or_else(|| syntax("no \"format\" number"))?;
    if format > u64::from(FORMAT) {
        return Err(Refusal::TooNew { found: format, known: FORMAT });
    }
    if let Some(found) = dti.get("plan").and_then(Value::as_str).filter(|found| *found != plan) {
        return Err(Refusal::OtherPlan { found: found.to_owned(), known: plan.to_owned() });
    }
    if let Some(kind) = dti.get("kind").and_then(Value::as_str).filter(|kind| PackageKind::parse(kind).is_none()) {
        return Err(Refusal::OtherKind(kind.to_owned()));
    }
    let dti: Dti = serde_json::from_value(dti.clone()).map_err(|e| syntax(e.to_string()))?;
    check(&dti)?;
    let listed = document.get("resources").cloned().unwrap_or_default();
    let listed: Vec<Resource> = serde_json::from_value(listed).map_err(|e| syntax(e.to_string()))?;
    let mut resources = BTreeMap::new();
    for Resource { path, bytes, hash } in listed {
        let sha256 =
            hash.strip_prefix("sha256:").filter(|h| is_sha256(h)).ok_or_else(|| syntax(format!("hash of {path}")))?;
        let facts = Facts { sha256: sha256.to_owned(), bytes };
        if resources.insert(path.clone(), facts).is_some() {
            return Err(syntax(format!("resource {path} twice")));
        }
    }
    let (agency_name, key) = (dti.agency_name.clone(), dti.key);
    Ok(Descriptor { header: header(dti), agency_name, key, resources })
}

/// RFC 3339 as the format writes it: with offset, fractions only where there are some.
pub(super) fn rfc3339(time: DateTime<FixedOffset>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

fn check(dti: &Dti) -> Result<(), Refusal> {
    let names = [&dti.agency, &dti.agency_name, &dti.device, &dti.recipient, &dti.officer, &dti.software];
    let checks = [
        ("format", dti.format >= 1),
        ("agency", !dti.agency.is_empty()),
        ("device", !dti.device.is_empty()),
        ("part", (1..=dti.part.of).contains(&dti.part.number) && dti.part.of <= limits::PARTS),
        ("period", dti.period.from <= dti.period.to),
        ("filing", dti.filing != FilingKind::Supplementary(0)),
        ("submission", uuid::Uuid::parse_str(&dti.submission).is_ok()),
        ("previous", dti.previous.as_deref().is_none_or(is_sha256)),
        ("answers", dti.answers.as_deref().is_none_or(|id| uuid::Uuid::parse_str(id).is_ok())),
        ("answers", dti.answers.is_some() || !matches!(dti.kind, PackageKind::Receipt | PackageKind::Return)),
        ("catalogue", is_sha256(&dti.catalogue.hash)),
        ("names", names.iter().all(|n| n.chars().count() <= limits::NAME_CHARS && crate::text::clean(n) == **n)),
    ];
    match checks.iter().find(|(_, holds)| !holds) {
        Some((field, _)) => Err(syntax(format!("dti.{field} makes no sense"))),
        None => Ok(()),
    }
}

fn block(header: &Header, agency_name: &str, key: Option<PublicKey>) -> Value {
    let dti = Dti {
        format: FORMAT,
        kind: header.kind,
        plan: header.plan.clone(),
        catalogue: Edition { version: header.catalogue_version, hash: header.catalogue_hash.clone() },
        agency: header.agency.clone(),
        agency_name: crate::text::clean(agency_name),
        device: header.device.clone(),
        recipient: header.recipient.clone(),
        period: Span {
            id: header.period.id.clone(),
            from: header.period.from,
            to: header.period.to,
            due_before: header.period.due_before,
        },
        filing: header.filing,
        submission: header.submission.clone(),
        previous: header.previous.clone(),
        answers: header.answers.clone(),
        officer: crate::text::clean(&header.officer),
        software: header.software.clone(),
        created: header.created,
        part: header.part,
        key,
    };
    // A plain data type: serialising it cannot fail.
    serde_json::to_value(dti).unwrap_or_default()
}

fn header(dti: Dti) -> Header {
    let Span { id, from, to, due_before } = dti.period;
    Header {
        kind: dti.kind,
        plan: dti.plan,
        catalogue_version: dti.catalogue.version,
        catalogue_hash: dti.catalogue.hash,
        agency: dti.agency,
        device: dti.device,
        recipient: dti.recipient,
        period: Period { id, from, to, due_before },
        filing: dti.filing,
        submission: dti.submission,
        previous: dti.previous,
        answers: dti.answers,
        officer: dti.officer,
        software: dti.software,
        created: dti.created,
        part: dti.part,
    }
}

/// What the package is called.
pub(super) fn title(header: &Header, plan: &Plan) -> &'static str {
    match header.kind {
        PackageKind::Submission if header.contributes(plan) => "Số liệu phối hợp",
        PackageKind::Submission => "Báo cáo chuyển đổi số",
        PackageKind::WorkingCopy => "Bản sao làm việc",
        PackageKind::Receipt => "Giấy báo nhận",
        PackageKind::Return => "Thông báo trả lại",
        PackageKind::Catalogue => "Danh mục",
        PackageKind::Request => "Yêu cầu phối hợp",
    }
}

fn table_resource(table: &Table, facts: &Facts) -> Value {
    json!({
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": "Ô bắt đầu bằng = + - @ hoặc ' có thêm dấu ' ở trước, để phần mềm bảng tính không hiểu là công thức.",
        "path": table.file(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": facts.bytes,
        "hash": format!("sha256:{}", facts.sha256),
        "schema": table.schema(),
    })
}

/// Evidence and papers are opaque: whatever the extension, no program is to read one as a table of this package.
fn opaque_resource(name: &str, path: &str, facts: &Facts, title: &str) -> Value {
    json!({
        "name": name,
        "title": title,
        "path": path,
        "format": "binary",
        "mediatype": "application/octet-stream",
        "bytes": facts.bytes,
        "hash": format!("sha256:{}", facts.sha256),
    })
}

fn syntax(detail: impl Into<String>) -> Refusal {
    Refusal::DescriptorSyntax(detail.into())
}
