//! `dti templates`: the templates of all letters: listed, shown, changed, and ours again.

use std::path::Path;

use serde_json::{Value, json};

use super::args::Arguments;
use super::output::{self, Align};
use super::{Command, Environment, Exit, Failure, common};
use crate::exchange;
use crate::ops;
use crate::report::{Occasion, Placeholder, Template, TemplateError, Templates};
use crate::store::{Access, Store};
use crate::text::clean;

pub(super) const COMMAND: Command = Command {
    name: "templates",
    arguments: "FILE [--show MẪU | --set MẪU TỆP | --reset MẪU | --json]",
    about: "Xem và đổi mẫu của mọi thư gửi đi: --show in một mẫu, --set đổi, --reset về mẫu gốc\n\n\
            Không nêu gì: liệt kê các mẫu và các chỗ điền. Dòng đầu của mẫu là tiêu đề thư, các dòng sau là nội dung; chữ trong\n\
            ngoặc nhọn được điền cho từng thư. Đổi một mẫu:\n\n\
            dti templates FILE --show reminder > mau.txt     (rồi sửa mau.txt)\n\
            dti templates FILE --set reminder mau.txt",
    options: &["show", "set", "reset"],
    flags: &["json"],
    free: 1..=2,
    run,
};

/// A letter is typed by a person.
const LONGEST: u64 = 1 << 20;

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let named = |option| args.text(option)?.map(|typed| occasion(args, &typed)).transpose();
    let file = args.free().get(1).map(Path::new);
    match (named("show")?, named("set")?, named("reset")?, file) {
        (_, Some(_), _, None) => Err(args.wrong("--set cần tên mẫu và tệp có mẫu mới.")),
        (Some(_), None, None, None) | (None, None, Some(_), None) if args.flag("json") => {
            Err(args.wrong("--json chỉ dùng khi liệt kê các mẫu."))
        }
        (None, None, None, None) => list(args, env),
        (Some(occasion), None, None, None) => {
            let store = common::open(args, env, Access::Read)?;
            env.print(&format!("{}\n", exchange::templates(&store).text(occasion).trim_end()));
            Ok(Exit::Done)
        }
        (None, Some(occasion), None, Some(file)) if !args.flag("json") => {
            let text = read(occasion, file)?;
            keep(&mut common::open(args, env, Access::Write)?, occasion, &text)?;
            env.print(&format!("Đã đổi mẫu thư “{}”; thư soạn từ nay dùng mẫu này.\n", occasion.title()));
            Ok(Exit::Done)
        }
        (None, None, Some(occasion), None) => {
            keep(&mut common::open(args, env, Access::Write)?, occasion, "")?;
            env.print(&format!("Mẫu thư “{}” đã về mẫu gốc.\n", occasion.title()));
            Ok(Exit::Done)
        }
        _ => Err(args.wrong("Dùng một trong --show MẪU, --set MẪU TỆP, --reset MẪU, --json.")),
    }
}

/// The template in a file, checked.
pub(super) fn read(occasion: Occasion, path: &Path) -> Result<String, Failure> {
    let text = common::read_text(path, LONGEST)?;
    let wrong = |e: TemplateError| Failure::refused(format!("{}: {}.", path.display(), e.in_words(occasion)));
    Template::parse(occasion, &text).map_err(wrong)?;
    Ok(text)
}

/// Has the workspace use a template from now on; an empty one stands for ours.
pub(super) fn keep(store: &mut Store, occasion: Occasion, text: &str) -> Result<(), Failure> {
    ops::set_setting(store, &occasion.setting(), &clean(text)).map_err(|e| Failure::ops(&e, store.catalogue()))
}

fn occasion(args: &Arguments, typed: &str) -> Result<Occasion, Failure> {
    let names = Occasion::ALL.map(Occasion::name).join(", ");
    let found = Occasion::ALL.into_iter().find(|occasion| occasion.name() == typed);
    found.ok_or_else(|| args.wrong(format!("Không có mẫu thư \"{typed}\". Các mẫu: {names}.")))
}

fn list(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let templates = exchange::templates(&common::open(args, env, Access::Read)?);
    if args.flag("json") {
        let documents: Value = Occasion::ALL.into_iter().map(|occasion| document(&templates, occasion)).collect();
        output::print_json(env, &json!({ "templates": documents }));
        return Ok(Exit::Done);
    }
    let letters: Vec<Vec<String>> = Occasion::ALL
        .into_iter()
        .map(|o| vec![o.name().to_owned(), o.title().to_owned(), origin(&templates, o).to_owned()])
        .collect();
    let mut gaps: Vec<Placeholder> = Occasion::ALL.iter().flat_map(|o| o.placeholders()).copied().collect();
    gaps.sort();
    gaps.dedup();
    let gaps: Vec<Vec<String>> =
        gaps.into_iter().map(|gap| vec![written(gap), gap.meaning().to_owned(), letters_with(gap)]).collect();
    let left = Align::Left;
    env.print(&output::table(&[("Mẫu", left), ("Thư", left), ("", left)], &letters));
    env.print(&format!(
        "\n{}",
        output::table(&[("Chỗ điền", left), ("Được điền bằng", left), ("Có ở mẫu", left)], &gaps)
    ));
    Ok(Exit::Done)
}

fn document(templates: &Templates, occasion: Occasion) -> Value {
    let gap = |gap: &Placeholder| json!({ "name": gap.name(), "meaning": gap.meaning() });
    json!({
        "name": occasion.name(),
        "title": occasion.title(),
        "own": is_own(templates, occasion),
        "text": templates.text(occasion),
        "placeholders": occasion.placeholders().iter().map(gap).collect::<Value>(),
    })
}

/// True where the officer's own template is used.
fn is_own(templates: &Templates, occasion: Occasion) -> bool {
    templates.text(occasion).trim_end() != occasion.original().trim_end()
}

fn origin(templates: &Templates, occasion: Occasion) -> &'static str {
    if is_own(templates, occasion) { "đã đổi" } else { "mẫu gốc" }
}

fn written(gap: Placeholder) -> String {
    format!("{{{}}}", gap.name())
}

fn letters_with(gap: Placeholder) -> String {
    let with: Vec<&str> = Occasion::ALL.iter().filter(|o| o.placeholders().contains(&gap)).map(|o| o.name()).collect();
    if with.len() == Occasion::ALL.len() { "mọi mẫu".to_owned() } else { with.join(", ") }
}
