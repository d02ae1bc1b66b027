//! `dti init`: a new workspace.

use std::path::Path;

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue;
use crate::exchange::{self, FirstEdition};
use crate::ops::Context;
use crate::platform::place;
use crate::store::NewWorkspace;
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
    let first = args.os("catalogue").map(|package| FirstEdition::read(Path::new(package))).transpose();
    let first = first.map_err(|e| Failure::exchange(&e, catalogue::embedded()))?;
    let catalogue = first.as_ref().map_or_else(|| catalogue::embedded(), |first| first.catalogue());
    let agency = common::agency(catalogue, &args.required("agency")?)?;
    let officer = args.text("officer")?.unwrap_or_default();
    let seed = (env.new_seed)()
        .map_err(|e| Failure::file(format!("Máy không cấp được số ngẫu nhiên để tạo khóa ký ({e}).")))?;
    let key = SecretKey::new(seed);
    let new = NewWorkspace {
        agency: &agency,
        officer: &officer,
        device: (env.new_id)(),
        created: env.now,
        machine: &env.machine,
        key: &key,
    };
    let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    let store =
        exchange::create(args.file(), &new, &mut ctx, first.as_ref()).map_err(|e| Failure::exchange(&e, catalogue))?;
    env.print(&format!(
        "Đã tạo {} của {}, theo {}.\nTiếp theo: dti set, dti load để nhập số liệu; dti status để xem việc phải báo cáo.\n",
        store.path().display(),
        catalogue.agency_name(&agency),
        words::edition(catalogue).to_lowercase(),
    ));
    if let Some(concern) = first.as_ref().and_then(|f| words::standing_concern(f.standing(), f.key().as_ref())) {
        env.say(&format!("Gói danh mục: {concern}."));
    }
    if let Some(concern) = place::concern(args.file()) {
        env.say(&format!("Lưu ý: {}.", words::concern(concern)));
    }
    Ok(Exit::Done)
}
