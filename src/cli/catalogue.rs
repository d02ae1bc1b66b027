//! `dti catalogue`: the plan as data.

use serde_json::json;

use super::args::Arguments;
use super::output::{self, Align};
use super::{Command, Environment, Exit, Failure};
use crate::catalogue::{self, AgencyKind, Catalogue, Id};
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "catalogue",
    arguments: "[--json]",
    about: "Xem danh mục của kế hoạch: trụ cột, chỉ tiêu, nhiệm vụ, cơ quan",
    options: &[],
    flags: &["json"],
    free: 0..=0,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let catalogue = catalogue::embedded();
    if args.flag("json") {
        let document = json!({
            "plan": catalogue.plan,
            "hash": catalogue.hash,
            "pillars": catalogue.pillars,
            "indicators": catalogue.indicators,
            "tasks": catalogue.tasks,
            "duties": catalogue.duties,
            "agencies": catalogue.agencies,
            "groups": catalogue.groups,
            "calendar": catalogue.calendar,
            "errata": catalogue.errata,
        });
        output::print_json(env, &document);
    } else {
        env.print(&text(catalogue));
    }
    Ok(Exit::Done)
}

fn text(catalogue: &Catalogue) -> String {
    let pillars: Vec<Vec<String>> =
        catalogue.pillars.iter().map(|p| vec![p.numeral.clone(), p.title.clone(), p.weight.to_string()]).collect();
    let indicators: Vec<Vec<String>> = catalogue
        .indicators
        .iter()
        .map(|i| vec![i.id.clone(), i.short.clone(), words::target(i), names(catalogue, &i.reporters)])
        .collect();
    let tasks: Vec<Vec<String>> = catalogue
        .tasks
        .iter()
        .map(|t| vec![t.id.clone(), t.short.clone(), t.time.clone(), names(catalogue, &t.lead)])
        .collect();
    let agencies: Vec<Vec<String>> = catalogue
        .agencies
        .iter()
        .filter(|a| a.kind != AgencyKind::Commune)
        .map(|a| vec![a.id.clone(), a.name.clone(), if a.confirmed { "" } else { "chưa xác nhận" }.to_owned()])
        .collect();
    let left = Align::Left;
    format!(
        "{}\n\nTrụ cột\n{}\nChỉ tiêu\n{}\nNhiệm vụ\n{}\nCơ quan (không kể cấp xã)\n{}",
        catalogue.plan.title,
        output::table(&[("Số", left), ("Tên", left), ("Trọng số", Align::Right)], &pillars),
        output::table(&[("Mã", left), ("Tên", left), ("Mục tiêu", left), ("Báo cáo", left)], &indicators),
        output::table(&[("Mã", left), ("Tên", left), ("Thời gian", left), ("Chủ trì", left)], &tasks),
        output::table(&[("Mã", left), ("Tên", left), ("", left)], &agencies),
    )
}

fn names(catalogue: &Catalogue, ids: &[Id]) -> String {
    let name = |id: &Id| catalogue.group(id).map_or_else(|| catalogue.agency_name(id).to_owned(), |g| g.name.clone());
    ids.iter().map(name).collect::<Vec<_>>().join("; ")
}
