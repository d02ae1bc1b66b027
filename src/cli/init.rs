//! `dti init`: a new workspace.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue::{self, Catalogue, Edition, Kinship};
use crate::exchange::{self, Finality, Flow};
use crate::ops::Context;
use crate::package::{self, Refusal};
use crate::platform::place;
use crate::store::{NewWorkspace, Store};
use crate::trust::SecretKey;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "init",
    arguments: "FILE --agency MÃ [--officer TÊN] [--catalogue GÓI]",
    about: "Tạo tệp làm việc mới của một cơ quan\n\n\
            Cơ quan mới (sau sáp nhập, tách) chưa có trong danh mục của chương trình: nêu gói danh mục của đơn vị tiếp nhận\n\
            ở --catalogue; tệp mới dùng danh mục đó ngay.",
    options: &["agency", "officer", "catalogue"],
    flags: &[],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let embedded = catalogue::embedded();
    let package = args.os("catalogue").map(Path::new);
    let edition = package.map(|path| edition_in(path, embedded)).transpose()?;
    let catalogue = edition.as_ref().map_or(embedded, |edition| edition.catalogue());
    let agency = common::agency(catalogue, &args.required("agency")?)?;
    let officer = args.text("officer")?.unwrap_or_default();
    let seed = (env.new_seed)()
        .map_err(|e| Failure::file(format!("Máy không cấp được số ngẫu nhiên để tạo khóa ký ({e}).")))?;
    let key = SecretKey::new(seed);
    let new = NewWorkspace {
        agency: &agency,
        officer: &officer,
        catalogue,
        device: (env.new_id)(),
        created: env.now,
        machine: &env.machine,
        key: &key,
    };
    let mut store = Store::create(args.file(), &new).map_err(|e| Failure::store(&e))?;
    if let Some(path) = package {
        let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
        exchange::import(&mut store, &mut ctx, &[path.to_owned()], Finality::Final, &mut |_| Flow::Continue)
            .map_err(|e| Failure::exchange(&e, catalogue))?;
    }
    env.print(&format!(
        "Đã tạo {} của {}.\nTiếp theo: dti set, dti load để nhập số liệu; dti status để xem việc phải báo cáo.\n",
        store.path().display(),
        catalogue.agency_name(&agency)
    ));
    if let Some(concern) = place::concern(args.file()) {
        env.say(&format!("Lưu ý: {}.", words::concern(concern)));
    }
    Ok(Exit::Done)
}

/// The edition of a catalogue package, which has to continue the program's own.
fn edition_in(path: &Path, embedded: &Catalogue) -> Result<Edition, Failure> {
    let refused = |why: String| Failure::refused(format!("{}: {why}.", path.display()));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let file = File::open(path).map_err(|e| refused(words::io_error(&e)))?;
    let package = package::read(BufReader::new(file), &name, embedded).map_err(|r| refused(words::refusal(&r)))?;
    let edition = package.contents.edition.ok_or_else(|| refused("không phải gói danh mục".to_owned()))?;
    let (found, known) = (edition.catalogue().plan.version, embedded.plan.version);
    match embedded.kinship(edition.catalogue()) {
        Kinship::Stranger => Err(refused(words::refusal(&Refusal::StrangeEdition { found, known }))),
        Kinship::Same | Kinship::Later | Kinship::Earlier => Ok(edition),
    }
}
