//! `dti report`: the report as a Word or Excel file; the province's where this file receives.

use std::path::Path;

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::ops;
use crate::record::Snapshot;
use crate::report::{self, Document, Kind, ReportError, Request, Signer};
use crate::store::Access;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "report",
    arguments: "FILE --period P --format docx|xlsx --to TỆP [--kind agency|province|appendix|late] [--agency A] \
                [--signer TÊN] [--title CHỨC_VỤ] [--authority THAY_MẶT]",
    about: "Lập báo cáo Word hoặc Excel",
    options: &["period", "format", "to", "kind", "agency", "signer", "title", "authority"],
    flags: &[],
    free: 1..=1,
    run,
};

type Writer = fn(&Document) -> Result<Vec<u8>, ReportError>;

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let period = common::period(args)?;
    let to = args.required_path("to")?;
    let writer: Writer = match args.required("format")?.as_str() {
        "docx" => report::docx,
        "xlsx" => report::xlsx,
        other => return Err(args.wrong(format!("--format \"{other}\": chọn docx hoặc xlsx."))),
    };
    let store = common::open(args, env, Access::Read)?;
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, store.catalogue()))?;
    let kind = kind(args, &snapshot)?;
    let request = Request { kind, signer: signer(args)?, ..Request::of(&snapshot, &period, env.now) };
    let bytes = writer(&report::document(&snapshot, &request))
        .map_err(|e| Failure::file(format!("Không lập được báo cáo: {e}.")))?;
    save(&to, &bytes)?;
    env.print(&format!("Đã lập báo cáo {} tại {}.\n", words::period(&period), to.display()));
    Ok(Exit::Done)
}

/// What was asked for; without a word on it, what the file's owner sends.
fn kind(args: &Arguments, snapshot: &Snapshot) -> Result<Kind, Failure> {
    let agency = args.text("agency")?.map(|typed| common::agency(&snapshot.catalogue, &typed)).transpose()?;
    let kind = match (args.text("kind")?.as_deref(), agency) {
        (None | Some("agency"), Some(agency)) => Kind::Agency(agency),
        (Some(_), Some(_)) => return Err(args.wrong("--agency chỉ đi với --kind agency.")),
        (Some("agency"), None) => Kind::Agency(snapshot.agency.clone()),
        (None, None) if snapshot.receives() => Kind::Province,
        (None, None) => Kind::Agency(snapshot.agency.clone()),
        (Some("province"), None) => Kind::Province,
        (Some("appendix"), None) => Kind::Appendix,
        (Some("late"), None) => Kind::Late,
        (Some(other), None) => {
            return Err(args.wrong(format!("--kind \"{other}\": chọn agency, province, appendix hoặc late.")));
        }
    };
    if !snapshot.receives() && kind != Kind::Agency(snapshot.agency.clone()) {
        let receiver = snapshot.catalogue.agency_name(&snapshot.catalogue.plan.receiver);
        return Err(Failure::refused(format!(
            "Tệp này chỉ có số liệu của {}: báo cáo toàn tỉnh và của cơ quan khác lập trong tệp của {receiver}.",
            snapshot.catalogue.agency_name(&snapshot.agency)
        )));
    }
    Ok(kind)
}

fn signer(args: &Arguments) -> Result<Option<Signer>, Failure> {
    let (authority, title, name) = (args.text("authority")?, args.text("title")?, args.text("signer")?);
    match (title, name) {
        (Some(title), name) => Ok(Some(Signer { authority, title, name: name.unwrap_or_default() })),
        (None, None) if authority.is_none() => Ok(None),
        (None, _) => Err(args.wrong("--signer và --authority cần --title: chức vụ của người ký.")),
    }
}

/// A file that is there may be a report that someone went on writing in Word, or a workspace: never replaced.
fn save(to: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if to.exists() {
        return Err(Failure::file(format!("{} đã có: chọn tên khác, hoặc xóa tệp đó trước.", to.display())));
    }
    common::write(to, bytes)
}
