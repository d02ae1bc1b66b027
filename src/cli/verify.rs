//! `dti verify`: checks packages without a workspace.

use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::Path;

use serde_json::{Value, json};

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common, output};
use crate::catalogue::{self, Catalogue};
use crate::exchange;
use crate::ops;
use crate::package::{self, Package, Refusal, Signature};
use crate::record::Snapshot;
use crate::store::Access;
use crate::trust::Standing;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "verify",
    arguments: "GÓI... [--file FILE] [--json]",
    about: "Kiểm tra gói dữ liệu, không cần tệp làm việc\n\n\
            Chữ ký (signature): none khi gói không ký, bad khi chữ ký sai, unknown-key khi chữ ký đúng mà chưa biết khóa là\n\
            của ai, good khi tệp làm việc nêu ở --file đã biết khóa đó là của nơi gửi.",
    options: &["file"],
    flags: &["json"],
    free: 1..=usize::MAX,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let known = match args.os("file") {
        Some(file) => Some(snapshot(Path::new(file), env)?),
        None => None,
    };
    let catalogue = known.as_ref().map_or_else(|| catalogue::embedded(), |known| &known.catalogue);
    let mut packages = Vec::new();
    let mut refused = 0;
    for path in args.free().iter().map(Path::new) {
        let mut result = read(path, catalogue);
        let standing = match (&result, &known) {
            (Ok(package), Some(known)) => Some(exchange::standing(package, known)),
            _ => None,
        };
        if let (Ok(package), Some(true)) = (&mut result, standing.map(Standing::is_good)) {
            package.signature = Signature::Good;
        }
        if let Err(refusal) = &result {
            refused += 1;
            env.say(&format!("{}: {}.", path.display(), words::refusal(refusal)));
        }
        if args.flag("json") {
            packages.push(document(path, &result));
        } else if let Ok(package) = &result {
            env.print(&line(path, package, catalogue));
            env.print(&format!("  {}\n", signature(package, standing)));
        }
    }
    if args.flag("json") {
        output::print_json(env, &json!({ "packages": packages }));
    }
    Ok(if refused == 0 { Exit::Done } else { Exit::Refused })
}

fn read(path: &Path, catalogue: &Catalogue) -> Result<Package, Refusal> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unreadable = |e| Refusal::Unreadable(words::io_error(&e));
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(unreadable(ErrorKind::IsADirectory.into()));
    }
    package::read(BufReader::new(file), &name, catalogue)
}

fn document(path: &Path, result: &Result<Package, Refusal>) -> Value {
    match result {
        Ok(package) => json!({ "path": path, "valid": true, "reason": null, "signature": package.signature }),
        Err(refusal) => json!({
            "path": path,
            "valid": false,
            "reason": words::refusal(refusal),
            "code": refusal.code(),
            "signature": if *refusal == Refusal::BadSignature { Signature::Bad } else { Signature::None },
        }),
    }
}

fn snapshot(file: &Path, env: &mut Environment<'_>) -> Result<Snapshot, Failure> {
    let store = common::open_at(file, env, Access::Read)?;
    ops::snapshot(&store).map_err(|e| Failure::ops(&e, store.catalogue()))
}

/// What the signature is to the workspace that was named, or to somebody without one.
fn signature(package: &Package, standing: Option<Standing>) -> String {
    let code = package.key.map(|k| format!(", mã khóa {}", k.code())).unwrap_or_default();
    let what = match (standing, package.signature) {
        (Some(standing), _) => words::standing(standing),
        (None, Signature::None) => words::standing(Standing::Unsigned),
        (None, _) => "chữ ký đúng, chưa biết khóa là của ai",
    };
    format!("Chữ ký: {what}{code}.")
}

fn line(path: &Path, package: &Package, catalogue: &Catalogue) -> String {
    let header = &package.contents.header;
    if let Some(notice) = package.contents.notice() {
        return format!("{}: hợp lệ. {}.\n", path.display(), words::notice(catalogue, &notice));
    }
    if let Some(edition) = &package.contents.edition {
        let sender = catalogue.agency_name(&header.agency);
        return format!("{}: hợp lệ. {} của {sender}.\n", path.display(), words::edition(edition.catalogue()));
    }
    let what = if header.contributes(&catalogue.plan) { "số liệu phối hợp " } else { "" };
    format!(
        "{}: hợp lệ. {}, {what}{}, {}; {} số liệu, {} tệp minh chứng; gửi {}.\n",
        path.display(),
        catalogue.agency_name(&header.agency),
        words::period(&header.period.id),
        words::filing(header.filing),
        package.contents.revisions.len(),
        package.contents.evidence.len(),
        catalogue.agency_name(&header.recipient)
    )
}
