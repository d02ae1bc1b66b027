//! `dti import`: merges packages, or says what that would do.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::args::Arguments;
use super::output::{self, Align};
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue::Catalogue;
use crate::exchange::{self, Finality, Flow, ImportOutcome, Imported};
use crate::ops::{self, Context};
use crate::store::Access;
use crate::store::backup::Reason;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "import",
    arguments: "FILE GÓI... [--dry-run] [--json]",
    about: "Nhập các gói dữ liệu nhận được (một thư mục thay cho mọi gói trong đó)",
    options: &[],
    flags: &["dry-run", "json"],
    free: 2..=usize::MAX,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let dry = args.flag("dry-run");
    let (finality, access) = if dry { (Finality::Preview, Access::Read) } else { (Finality::Final, Access::Write) };
    let mut store = common::open(args, env, access)?;
    let catalogue = store.catalogue().clone();
    let paths: Vec<PathBuf> = args.free()[1..].iter().map(PathBuf::from).collect();
    let officer = store.officer().to_owned();
    if finality == Finality::Final
        && let Err(error) = ops::back_up(&store, Reason::Merge, env.now)
    {
        env.say(&format!("{}.", words::backup_failed(&words::ops_error(&error, &catalogue))));
    }
    let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    let imported = exchange::import(&mut store, &mut ctx, &paths, finality, &mut |_| Flow::Continue)
        .map_err(|e| Failure::exchange(&e, &catalogue))?;

    for package in &imported {
        if let Some(refusal) = &package.reason {
            env.say(&format!("Từ chối {}: {}.", package.path.display(), words::refusal(refusal)));
        }
    }
    for package in imported.iter().filter(|p| p.reason.is_none()) {
        if let Some(concern) = package.standing.and_then(|s| words::standing_concern(s, package.key.as_ref())) {
            env.say(&format!("{}: {concern}.", package.path.display()));
        }
    }
    for (before, after) in imported.iter().filter_map(|p| p.edition.as_ref()) {
        let changes = words::differences(before, after);
        if !changes.is_empty() && !args.flag("json") {
            env.print(&format!("{}:\n", words::edition(after)));
            changes.iter().for_each(|change| env.print(&format!("  {change}\n")));
        }
    }
    for (package, newer) in imported.iter().filter_map(|p| Some((p, p.older_than?))) {
        env.say(&format!(
            "{}: gói cũ hơn lần nộp đã nhận ({}); số liệu mới hơn được giữ nguyên.",
            package.path.display(),
            words::filing(newer)
        ));
    }
    if args.flag("json") {
        let digest = ops::digest(&store).map_err(|e| Failure::ops(&e, &catalogue))?;
        let packages: Value = imported.iter().map(document).collect();
        output::print_json(env, &json!({ "packages": packages, "digest": digest }));
    } else {
        env.print(&table(&imported, &catalogue, finality));
    }
    let conflicts: usize = imported.iter().map(|p| p.rows.conflict).sum();
    if conflicts > 0 {
        let next = if dry { "sẽ có" } else { "có" };
        env.say(&format!("Lưu ý: {next} {conflicts} số liệu mâu thuẫn chờ chọn (dti conflicts, dti resolve)."));
    }
    Ok(if imported.iter().any(|p| p.outcome == ImportOutcome::Refused) {
        Exit::Refused
    } else if conflicts > 0 {
        Exit::Waiting
    } else {
        Exit::Done
    })
}

fn outcome(outcome: ImportOutcome) -> &'static str {
    match outcome {
        ImportOutcome::Merged => "merged",
        ImportOutcome::Known => "known",
        ImportOutcome::Refused => "refused",
    }
}

fn document(package: &Imported) -> Value {
    let rows = package.rows;
    json!({
        "path": package.path,
        "sha256": package.sha256,
        "kind": package.kind,
        "agency": package.agency,
        "period": package.period,
        "filing": package.filing.map(output::filing),
        "catalogue": package.edition.as_ref().map(|(before, after)| json!({
            "version": after.plan.version,
            "changes": words::differences(before, after),
        })),
        "older_than": package.older_than.map(output::filing),
        "outcome": outcome(package.outcome),
        "reason": package.reason.as_ref().map(words::refusal),
        "rows": {
            "new": rows.new,
            "changed": rows.changed,
            "same": rows.same,
            "older": rows.older,
            "conflict": rows.conflict,
            "refused": rows.refused,
        },
    })
}

/// One line a package, also for the demonstration.
pub(super) fn table(imported: &[Imported], catalogue: &Catalogue, finality: Finality) -> String {
    let rows: Vec<Vec<String>> = imported
        .iter()
        .map(|package| {
            let name = package.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let agency = package.agency.as_deref().map(|a| catalogue.agency_name(a).to_owned()).unwrap_or_default();
            let outcome = match (package.outcome, finality) {
                (ImportOutcome::Merged, Finality::Final) => "Đã nhập",
                (ImportOutcome::Merged, Finality::Preview) => "Sẽ nhập",
                (ImportOutcome::Known, _) => "Đã có",
                (ImportOutcome::Refused, _) => "Từ chối",
            };
            let rows = package.rows;
            let counts = [rows.new, rows.changed, rows.same, rows.older, rows.conflict].map(|n| n.to_string());
            [name, agency, outcome.to_owned()].into_iter().chain(counts).collect()
        })
        .collect();
    let headings = [
        ("Gói", Align::Left),
        ("Cơ quan", Align::Left),
        ("Kết quả", Align::Left),
        ("Mới", Align::Right),
        ("Thay đổi", Align::Right),
        ("Trùng", Align::Right),
        ("Cũ hơn", Align::Right),
        ("Mâu thuẫn", Align::Right),
    ];
    output::table(&headings, &rows)
}
