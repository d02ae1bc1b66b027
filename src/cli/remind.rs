//! `dti remind`: mail drafts to all agencies that have not reported, from the workspace's template.

use std::path::Path;

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common, output, templates};
use crate::catalogue::Id;
use crate::exchange::{self, Enclosure, Flow};
use crate::ops::Context;
use crate::report::Occasion;
use crate::store::Access;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "remind",
    arguments: "FILE --period P --to THƯ_MỤC [--agency A] [--form] [--template MẪU.txt | --default-template]",
    about: "Soạn thư đôn đốc mọi đơn vị chưa nộp báo cáo; --form đính kèm biểu mẫu Excel; --template đổi mẫu thư và ghi nhớ",
    options: &["period", "to", "agency", "template"],
    flags: &["form", "default-template"],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let period = common::period(args)?;
    let to = args.required_path("to")?;
    let template = given_template(args)?;
    let mut store = common::open(args, env, if template.is_some() { Access::Write } else { Access::Read })?;
    let catalogue = store.catalogue().clone();
    if let Some(text) = template {
        templates::keep(&mut store, Occasion::Reminder, &text)?;
    }
    let agencies: Vec<Id> = match args.text("agency")? {
        Some(typed) => vec![common::agency(&catalogue, &typed)?],
        None => catalogue.agencies.iter().map(|a| a.id.clone()).collect(),
    };
    let enclosure = if args.flag("form") { Enclosure::Form } else { Enclosure::Nothing };
    let officer = store.officer().to_owned();
    let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    let paths = exchange::reminders(&store, &mut ctx, &agencies, &period, enclosure, &to, &mut |_| Flow::Continue)
        .map_err(|e| Failure::exchange(&e, &catalogue))?;
    let mut text = format!("Đã soạn {} thư đôn đốc báo cáo {}:\n", paths.len(), words::period(&period));
    text.extend(paths.iter().map(|path| output::draft(path)));
    env.print(&text);
    Ok(Exit::Done)
}

/// The template that is given now, and remembered from now on; an empty one stands for ours.
fn given_template(args: &Arguments) -> Result<Option<String>, Failure> {
    match (args.os("template"), args.flag("default-template")) {
        (Some(_), true) => Err(args.wrong("Chọn một trong --template và --default-template.")),
        (None, true) => Ok(Some(String::new())),
        (None, false) => Ok(None),
        (Some(path), false) => templates::read(Occasion::Reminder, Path::new(path)).map(Some),
    }
}
