//! `dti catalogue`: the plan as data, and its editions: amended and issued by the receiving department.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::Arguments;
use super::output::{self, Align};
use super::{Command, Environment, Exit, Failure, common, components};
use crate::catalogue::{self, AgencyKind, Catalogue, Id, read_amendments};
use crate::exchange::{self, Eml, Novelty, SendOptions};
use crate::ops::{self, Context};
use crate::store::Access;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "catalogue",
    arguments: "[FILE] [--apply THAY_ĐỔI.toml | --components BẢNG.xlsx [--sheet TRANG] [--from NGÀY]] [--dry-run] [--export THƯ_MỤC [--eml]] [--json]",
    about: "Xem danh mục của kế hoạch; đơn vị tiếp nhận sửa (--apply) và xuất gói danh mục (--export)\n\n\
            Tệp thay đổi viết bằng TOML, mỗi thay đổi một bảng; --dry-run cho xem trước. Ví dụ:\n\n\
            [[change]]\n\
            kind = \"merge\"                  # sáp nhập; \"split\" tách, \"close\" kết thúc, \"open\" thêm, \"rename\" đổi tên\n\
            agencies = [\"so-khdt\", \"so-tai-chinh\"]\n\
            into = { id = \"so-tai-chinh-moi\", name = \"Sở Tài chính và Kế hoạch\" }\n\
            from = 2024-07-01\n\n\
            [[change]]\n\
            kind = \"split\"\n\
            agency = \"huyen-hai-lang\"\n\
            into = [{ id = \"huyen-a\", name = \"UBND huyện A\", code = \"901\" }, { id = \"huyen-b\", name = \"UBND huyện B\", code = \"902\" }]\n\
            from = 2024-07-01\n\n\
            [[change]]\n\
            kind = \"change\"                 # mục tiêu, cách tính điểm, điểm tối đa, đơn vị báo cáo từ một ngày\n\
            indicator = \"M28\"\n\
            from = 2024-01-01\n\
            target = { at_least = \"90\" }\n\n\
            Bảng chỉ số thành phần chính thức (STT, chỉ số, điểm tối đa, cách xác định và tính điểm, tài liệu kiểm chứng, nguồn, đơn\n\
            vị phối hợp): --components BẢNG.xlsx --dry-run cho xem từng dòng thành gì và vì sao; bỏ --dry-run để lập ấn bản.\n\
            --from: ngày bắt đầu (mặc định 01/01 năm nay); --same-number rename|new: STT đã có mà tên khác là đổi tên hay là chỉ\n\
            số mới; --close-gone: kết thúc chỉ số không còn trong bảng; --legacy: như dti load.\n\n\
            Các kiểu khác: confirm (agency), correct (indicator), add_indicator (indicator), close_indicator (indicator, to),\n\
            retitle (indicator, title, short), next_year (year, tasks, calendar).",
    options: &["apply", "components", "sheet", "from", "same-number", "legacy...", "export"],
    flags: &["close-gone", "dry-run", "eml", "json"],
    free: 0..=1,
    run,
};

/// A file of amendments is typed by a person.
const LONGEST_CHANGES: u64 = 4 << 20;

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let (changes, table, folder) = (args.os("apply"), args.os("components"), args.os("export"));
    let one = [changes, table, folder].into_iter().flatten().count() < 2;
    if args.flag("dry-run") && changes.is_none() && table.is_none() {
        return Err(args.wrong("--dry-run đi với --apply hoặc --components."));
    }
    let of_table = ["sheet", "from", "same-number", "legacy"].iter().any(|option| args.os(option).is_some());
    if table.is_none() && (of_table || args.flag("close-gone")) {
        return Err(args.wrong("--sheet, --from, --same-number, --close-gone, --legacy đi với --components."));
    }
    match (args.free().is_empty(), changes, table, folder) {
        (true, None, None, None) => show(catalogue::embedded(), args, env),
        (true, ..) => Err(args.wrong("Thiếu FILE.")),
        (false, ..) if !one => Err(args.wrong("Dùng --apply, --components rồi mới --export, mỗi lần một lệnh.")),
        (false, Some(changes), ..) => apply(args, env, Path::new(changes)),
        (false, _, Some(table), _) => components::run(args, env, Path::new(table)),
        (false, _, _, Some(folder)) => export(args, env, PathBuf::from(folder)),
        (false, None, None, None) => {
            let catalogue = common::open(args, env, Access::Read)?.catalogue().clone();
            show(&catalogue, args, env)
        }
    }
}

/// Makes the next edition, or shows what that would change.
fn apply(args: &Arguments, env: &mut Environment<'_>, changes: &Path) -> Result<Exit, Failure> {
    let dry = args.flag("dry-run");
    let mut store = common::open(args, env, if dry { Access::Read } else { Access::Write })?;
    let before = store.catalogue().clone();
    let text = common::read_text(changes, LONGEST_CHANGES)?;
    let amendments = read_amendments(&text).map_err(|e| {
        Failure::refused(format!("{}: {}. Chưa có gì thay đổi.", changes.display(), words::amend_error(&e, &before)))
    })?;
    let failed = |e| Failure::ops(&e, &before);
    let after = ops::amended(&store, &amendments).map_err(failed)?.catalogue().clone();
    let found = words::differences(&before, &after);
    if !dry {
        let officer = store.officer().to_owned();
        let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
        ops::amend(&mut store, &mut ctx, &amendments).map_err(failed)?;
    }
    if args.flag("json") {
        output::print_json(env, &json!({ "version": after.plan.version, "changes": found, "applied": !dry }));
        return Ok(Exit::Done);
    }
    let end = if dry {
        "Chưa ghi gì (--dry-run)."
    } else {
        "Gửi cho các cơ quan: dti catalogue FILE --export THƯ_MỤC."
    };
    let lines: String = found.iter().map(|change| format!("  {change}\n")).collect();
    env.print(&format!("{}:\n{lines}{end}\n", words::edition(&after)));
    Ok(Exit::Done)
}

/// Writes the present edition as a package for all agencies.
fn export(args: &Arguments, env: &mut Environment<'_>, to: PathBuf) -> Result<Exit, Failure> {
    let mut store = common::open(args, env, Access::Write)?;
    let catalogue = store.catalogue().clone();
    let options = SendOptions { to, eml: if args.flag("eml") { Eml::Write } else { Eml::Skip } };
    let officer = store.officer().to_owned();
    let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    let issued = exchange::issue(&mut store, &mut ctx, &options).map_err(|e| Failure::exchange(&e, &catalogue))?;
    if issued.novelty == Novelty::Again {
        env.say("Đã ghi gói này trước đây và không có gì thay đổi: ghi lại đúng gói đó.");
    }
    if args.flag("json") {
        let file = &issued.file;
        let document = json!({
            "packages": [{ "path": file.path, "sha256": file.sha256, "bytes": file.bytes }],
            "version": catalogue.plan.version,
            "eml": issued.eml,
        });
        output::print_json(env, &document);
    } else {
        let draft = issued.eml.as_deref().map(output::draft).unwrap_or_default();
        env.print(&format!("{}:\n{}{draft}", words::edition(&catalogue), output::file(&issued.file)));
    }
    Ok(Exit::Done)
}

fn show(catalogue: &Catalogue, args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
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
