//! `dti form`: blank Excel forms to be filled in by agencies that do not run the program.

use std::path::PathBuf;

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue::{Catalogue, Id, PeriodId};
use crate::ops;
use crate::record::Snapshot;
use crate::report;
use crate::store::Access;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "form",
    arguments: "FILE --period P [--agency A] --to THƯ_MỤC",
    about: "Lập biểu mẫu Excel để đơn vị nhập tay rồi nạp lại bằng dti load; ở nơi tổng hợp, cho mọi đơn vị chưa nộp",
    options: &["period", "agency", "to"],
    flags: &[],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let period = common::period(args)?;
    let to = args.required_path("to")?;
    let store = common::open(args, env, Access::Read)?;
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, store.catalogue()))?;
    let agencies = agencies(args, &snapshot, &period, env)?;
    let paths: Vec<PathBuf> = agencies.iter().map(|a| to.join(report::form_name(a, &period))).collect();
    common::must_be_free(&paths)?;
    let mut text = format!("Đã lập {} biểu mẫu {}:\n", paths.len(), words::period(&period));
    for (agency, path) in agencies.iter().zip(&paths) {
        let bytes = report::form(&snapshot, agency, &period, env.now)
            .map_err(|e| Failure::file(format!("Không lập được biểu mẫu: {e}.")))?;
        common::write(path, &bytes)?;
        text.push_str(&format!("  {}  ({})\n", path.display(), snapshot.catalogue.agency_name(agency)));
    }
    env.print(&text);
    Ok(Exit::Done)
}

fn agencies(
    args: &Arguments,
    snapshot: &Snapshot,
    period: &PeriodId,
    env: &Environment<'_>,
) -> Result<Vec<Id>, Failure> {
    let catalogue: &Catalogue = &snapshot.catalogue;
    let agencies = match args.text("agency")? {
        Some(typed) => vec![common::agency(catalogue, &typed)?],
        None if snapshot.receives() => {
            common::not_filed(snapshot, period, env.now).into_iter().map(|s| s.agency).collect()
        }
        None => vec![snapshot.agency.clone()],
    };
    let owes = |agency: &Id| !catalogue.expected(agency, &catalogue.period(period)).is_empty();
    match agencies.iter().find(|a| !owes(a)) {
        Some(idle) => Err(Failure::refused(format!(
            "{} không có mục nào phải báo cáo trong {}.",
            catalogue.agency_name(idle),
            words::period(period)
        ))),
        None if agencies.is_empty() => {
            Err(Failure::refused(format!("Mọi đơn vị đã nộp báo cáo {}: không cần biểu mẫu.", words::period(period))))
        }
        None => Ok(agencies),
    }
}
