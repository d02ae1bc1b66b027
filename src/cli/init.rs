//! `dti init`: a new workspace.

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue;
use crate::platform::place;
use crate::store::{NewWorkspace, Store};
use crate::trust::SecretKey;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "init",
    arguments: "FILE --agency MÃ [--officer TÊN]",
    about: "Tạo tệp làm việc mới của một cơ quan",
    options: &["agency", "officer"],
    flags: &[],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let catalogue = catalogue::embedded();
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
    let store = Store::create(args.file(), &new).map_err(|e| Failure::store(&e))?;
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
