//! `dti remind`: mail drafts to all agencies that have not reported, from the workspace's template.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common, output};
use crate::ops;
use crate::progress::AgencyStatus;
use crate::report::eml::{self, Attachment};
use crate::report::{self, Placeholder, Template, TemplateError};
use crate::store::{Access, Store};
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

/// The setting that holds the template.
const SETTING: &str = "mail.reminder";

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let period = common::period(args)?;
    let to = args.required_path("to")?;
    let changes = args.os("template").is_some() || args.flag("default-template");
    let mut store = common::open(args, env, if changes { Access::Write } else { Access::Read })?;
    let template = template(args, &mut store)?;
    let catalogue = store.catalogue().clone();
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, &catalogue))?;
    if !snapshot.receives() {
        let receiver = catalogue.agency_name(&catalogue.plan.receiver);
        return Err(Failure::refused(format!("Thư đôn đốc do {receiver} soạn, trong tệp làm việc của {receiver}.")));
    }
    let only = args.text("agency")?.map(|typed| common::agency(&catalogue, &typed)).transpose()?;
    let late: Vec<AgencyStatus> = common::not_filed(&snapshot, &period, env.now)
        .into_iter()
        .filter(|s| only.as_ref().is_none_or(|agency| *agency == s.agency))
        .collect();
    let paths: Vec<PathBuf> = late.iter().map(|s| to.join(format!("don-doc_{}_{period}.eml", s.agency))).collect();
    common::must_be_free(&paths)?;
    let mut text = format!("Đã soạn {} thư đôn đốc báo cáo {}:\n", late.len(), words::period(&period));
    for (status, path) in late.iter().zip(&paths) {
        let letter = template.reminder(&snapshot, status, &period, env.now);
        let name = report::form_name(&status.agency, &period);
        let form = if args.flag("form") {
            let made = report::form(&snapshot, &status.agency, &period, env.now);
            Some(made.map_err(|e| Failure::file(format!("Không lập được biểu mẫu: {e}.")))?)
        } else {
            None
        };
        let attachment = form.as_deref().map(|bytes| Attachment { name: &name, media: eml::XLSX, bytes });
        let draft = eml::draft(&letter, attachment, &(env.new_id)(), env.now)
            .map_err(|e| Failure::file(format!("Không soạn được thư: {}.", words::io_error(&e))))?;
        common::write(path, &draft)?;
        text.push_str(&output::draft(path));
    }
    env.print(&text);
    Ok(Exit::Done)
}

/// The template to use: one given now is remembered, one remembered is used, else ours.
fn template(args: &Arguments, store: &mut Store) -> Result<Template, Failure> {
    let given = match (args.os("template"), args.flag("default-template")) {
        (Some(_), true) => return Err(args.wrong("Chọn một trong --template và --default-template.")),
        (Some(path), false) => {
            let path = Path::new(path);
            let unreadable =
                |e: io::Error| Failure::refused(format!("Không đọc được {}: {}.", path.display(), words::io_error(&e)));
            Some(fs::read_to_string(path).map_err(unreadable)?)
        }
        (None, true) => Some(Template::DEFAULT.to_owned()),
        (None, false) => None,
    };
    let kept = ops::setting(store, SETTING);
    let text = given.as_deref().or(kept.as_deref()).unwrap_or(Template::DEFAULT);
    let template = Template::parse(text).map_err(|e| Failure::refused(wrong_template(&e)))?;
    if let Some(given) = &given {
        let catalogue = store.catalogue().clone();
        ops::set_setting(store, SETTING, given).map_err(|e| Failure::ops(&e, &catalogue))?;
    }
    Ok(template)
}

fn wrong_template(error: &TemplateError) -> String {
    let names = Placeholder::ALL.map(|gap| format!("{{{}}}", gap.name())).join(", ");
    match error {
        TemplateError::Unknown(name) => format!("Mẫu thư có {{{name}}}, không phải chỗ điền nào. Dùng: {names}."),
        TemplateError::StrayBrace => {
            format!("Mẫu thư có dấu ngoặc nhọn lẻ: mỗi chỗ điền viết đủ hai dấu. Dùng: {names}.")
        }
        TemplateError::Incomplete => {
            "Mẫu thư thiếu tiêu đề hoặc nội dung: dòng đầu là tiêu đề, các dòng sau là nội dung.".to_owned()
        }
    }
}
