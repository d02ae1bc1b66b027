//! `dti demo`: the whole main job on the embedded plan, told as it goes.

use std::path::PathBuf;

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common, import, progress as progress_command, status};
use crate::catalogue::{self, Catalogue};
use crate::demo::{self, Demo, DemoError, Scene};
use crate::exchange::Finality;
use crate::ops;
use crate::progress::{self, Scope};
use crate::store::Access;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "demo",
    arguments: "[THƯ_MỤC] [--no-window]",
    about: "Chạy thử trọn việc với SỐ LIỆU MẪU: năm cơ quan báo cáo, Sở TT&TT nhập gói; rồi mở cửa sổ",
    options: &[],
    flags: &["no-window"],
    free: 0..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let folder = match args.free().first() {
        Some(folder) => PathBuf::from(folder),
        None => tempfile::Builder::new()
            .prefix("dti-demo-")
            .tempdir()
            .map(tempfile::TempDir::keep)
            .map_err(|e| Failure::file(format!("Không tạo được thư mục tạm: {}.", words::io_error(&e))))?,
    };
    let catalogue = catalogue::embedded();
    let machine = env.machine.clone();
    env.print("SỐ LIỆU MẪU: mọi số dưới đây đều do chương trình tự đặt ra.\n");
    let demo = demo::play(&folder, &machine, &mut |scene| env.print(&told(catalogue, scene)))
        .map_err(|e| failed(&e, catalogue))?;
    summary(&demo, catalogue, env)?;
    match (args.flag("no-window"), env.open_window) {
        (false, Some(open)) => {
            open(&demo.receiver);
        }
        (false, None) => env.say("Không có màn hình nên không mở cửa sổ."),
        (true, _) => {}
    }
    Ok(Exit::Done)
}

fn told(catalogue: &Catalogue, scene: Scene<'_>) -> String {
    let receiver = catalogue.agency_name(&catalogue.plan.receiver);
    match scene {
        Scene::Quarter(period) => format!("\n{}\n", words::period(period)),
        Scene::Filed { agency, period } => {
            format!(
                "  {} nhập số liệu, đính kèm minh chứng, nộp {}\n",
                catalogue.agency_name(agency),
                words::period(period)
            )
        }
        Scene::Merged { packages, .. } => format!("  {receiver} nhập {packages} gói\n"),
        Scene::Disputed { agency, item } => {
            format!("  Sở TT&TT sửa {item} của {0}; {0} nộp bổ sung một số khác\n", catalogue.agency_name(agency))
        }
    }
}

fn summary(demo: &Demo, catalogue: &Catalogue, env: &mut Environment<'_>) -> Result<(), Failure> {
    let store = common::open_at(&demo.receiver, env, Access::Read)?;
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, catalogue))?;
    let period = &demo.last_period;
    let mut statuses = progress::status(&snapshot, period, env.now);
    statuses.retain(|s| demo::AGENCIES.contains(&s.agency.as_str()));
    let score = progress::score(&snapshot, &Scope::Province, period);
    let conflicts: Vec<String> = snapshot.conflicts().map(|r| r.key.to_string()).collect();
    let receiver = demo.receiver.display();
    let text = format!(
        "\nXem trước khi nhập các gói {period_name}\n{preview}\
         \nKết quả nhập gói\n{imported}\
         \nTình hình báo cáo {period_name}\n{status}\
         \nTiến độ toàn tỉnh {period_name} (chỉ từ các cơ quan trong bản chạy thử)\n{pillars}\
         \nCòn chờ chọn: {conflicts}\n\
         \nTệp của {department}: {receiver}\nGói và thư nháp: {packages}\n\
         \nLệnh tiếp theo:\n  dti conflicts {receiver}\n  dti status {receiver} --period {period}\n  \
         dti progress {receiver} --period {period}\n  dti log {receiver}\n",
        period_name = words::period(period),
        preview = import::table(&demo.preview, catalogue, Finality::Preview),
        imported = import::table(&demo.imported, catalogue, Finality::Final),
        status = status::table(catalogue, &statuses),
        pillars = progress_command::pillars(catalogue, &score),
        conflicts = conflicts.join(", "),
        department = catalogue.agency_name(&catalogue.plan.receiver),
        packages = demo.packages.display(),
    );
    env.print(&text);
    Ok(())
}

fn failed(error: &DemoError, catalogue: &Catalogue) -> Failure {
    match error {
        DemoError::Exchange(error) => Failure::exchange(error, catalogue),
        DemoError::Ops(error) => Failure::ops(error, catalogue),
        DemoError::Store(error) => Failure::store(error),
        DemoError::Folder { path, error } => {
            Failure::file(format!("Không tạo được thư mục {}: {}.", path.display(), words::io_error(error)))
        }
    }
}
