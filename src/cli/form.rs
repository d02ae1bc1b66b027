//! `dti form`: blank Excel forms to be filled in by agencies that do not run the program.

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue::Id;
use crate::exchange::{self, Flow};
use crate::ops;
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
    let catalogue = store.catalogue().clone();
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, &catalogue))?;
    let agencies: Vec<Id> = match args.text("agency")? {
        Some(typed) => vec![common::agency(&catalogue, &typed)?],
        None if snapshot.receives() => {
            exchange::not_filed(&snapshot, &period, env.now).into_iter().map(|s| s.agency).collect()
        }
        None => vec![snapshot.agency.clone()],
    };
    let paths = exchange::forms(&snapshot, &agencies, &period, env.now, &to, &mut |_| Flow::Continue)
        .map_err(|e| Failure::exchange(&e, &catalogue))?;
    let mut text = format!("Đã lập {} biểu mẫu {}:\n", paths.len(), words::period(&period));
    for (agency, path) in agencies.iter().zip(&paths) {
        text.push_str(&format!("  {}  ({})\n", path.display(), catalogue.agency_name(agency)));
    }
    env.print(&text);
    Ok(Exit::Done)
}
