//! `dti attach`: evidence files for one item.

use std::fs::File;
use std::path::Path;

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::ops::{self, Context, NewEvidence, SteadyFile};
use crate::record::Key;
use crate::store::Access;
use crate::text;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "attach",
    arguments: "FILE --period P --item MÃ TỆP...",
    about: "Đính kèm tệp minh chứng cho một chỉ tiêu hoặc nhiệm vụ",
    options: &["period", "item"],
    flags: &[],
    free: 2..=usize::MAX,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let period = common::period(args)?;
    let typed = args.required("item")?;
    let mut store = common::open(args, env, Access::Write)?;
    let catalogue = store.catalogue().clone();
    let item = common::item(&catalogue, &typed)?;
    let key = Key::of_item(&catalogue, &item, store.agency(), &period)
        .ok_or_else(|| Failure::usage(format!("Danh mục không có \"{item}\".")))?;

    let mut opened = Vec::new();
    for path in args.free()[1..].iter().map(Path::new) {
        opened.push((name(path), open(path)?));
    }
    let count = opened.len();
    let files = opened.iter_mut().map(|(name, file)| NewEvidence { name: name.clone(), source: file }).collect();
    let officer = store.officer().to_owned();
    let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    let done = ops::attach(&mut store, &mut ctx, &key, files).map_err(|e| Failure::ops(&e, &catalogue))?;
    let what = match done.operation {
        Some(_) => format!("Đã đính kèm {count} tệp cho"),
        None => "Các tệp này đã có ở".to_owned(),
    };
    env.print(&format!("{what} {item}, {}.\n", words::period(&period)));
    Ok(Exit::Done)
}

fn open(path: &Path) -> Result<SteadyFile, Failure> {
    let refused = |why: &str| Failure::refused(format!("{}: {why}. Chưa đính kèm tệp nào.", path.display()));
    if path.is_dir() {
        return Err(refused("là thư mục, hãy nêu từng tệp"));
    }
    File::open(path)
        .and_then(SteadyFile::new)
        .map_err(|e| refused(&format!("không đọc được ({})", words::io_error(&e))))
}

fn name(path: &Path) -> String {
    text::clean(&path.file_name().unwrap_or_default().to_string_lossy())
}
