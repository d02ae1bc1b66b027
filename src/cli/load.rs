//! `dti load`: records a whole table, or nothing of it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue::Catalogue;
use crate::ops::{self, Context, Edit};
use crate::record::OperationKind;
use crate::store::Access;
use crate::table::{self, Guessing, Legacy, Loading, MAX_BYTES, Mapping, Marks, Reading, Remembered, SheetError, Skip};
use crate::text::legacy::Encoding;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "load",
    arguments: "FILE --period P BẢNG.csv|.xlsx [--sheet TRANG] [--numbers vi|en] [--map 'TIÊU ĐỀ=CỘT']... [--legacy tcvn3|vni|viscii|windows-1258|utf8|none]... [--dry-run]",
    about: "Ghi nhiều chỉ tiêu, nhiệm vụ từ một bảng; có một dòng sai thì không ghi dòng nào",
    options: &["period", "sheet", "numbers", "legacy...", "map..."],
    flags: &["dry-run"],
    free: 2..=2,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let period = common::period(args)?;
    let path = Path::new(&args.free()[1]);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let access = if args.flag("dry-run") { Access::Read } else { Access::Write };
    let mut store = common::open(args, env, access)?;
    let catalogue = store.catalogue().clone();
    let failed = |e| Failure::ops(&e, &catalogue);
    let snapshot = ops::snapshot(&store).map_err(failed)?;

    let bytes = read(path)?;
    let mapping = mapping(args)?;
    let reading =
        Reading { sheet: args.text("sheet")?, legacy: legacy(args)?, mapping: Some(mapping), marks: marks(args)? };
    let unchanged = |why: String, hint: String| Failure::refused(format!("{name}: {why}. Chưa có gì thay đổi.{hint}"));
    let preview = table::preview(&bytes, &reading, Guessing::Refused, &Remembered::new(), &snapshot, &period)
        .map_err(|e| unchanged(words::sheet_error(&e), hint(&e)))?;
    if preview.sheets.len() > 1 && !preview.sheet.is_empty() {
        let others: Vec<&str> = preview.sheets.iter().filter(|s| **s != preview.sheet).map(String::as_str).collect();
        env.say(&format!("Đọc trang “{}”; không đọc các trang khác: {}.", preview.sheet, others.join(", ")));
    }
    let loading = preview.result.map_err(|e| unchanged(words::table_error(&e, &catalogue), String::new()))?.loading;
    report(&loading, &catalogue, env);
    if loading.ambiguous().next().is_some() {
        env.say("Nếu cả bảng viết số một kiểu, nêu kiểu đó: --numbers vi (1.234,5) hoặc --numbers en (1,234.5).");
    }
    if !loading.rejected.is_empty() {
        return Err(Failure::refused(format!(
            "{name}: {} dòng bị từ chối, {} dòng hợp lệ; chưa ghi dòng nào. Sửa các dòng nêu trên rồi nạp lại (thử trước bằng --dry-run).",
            loading.rejected.len(),
            loading.rows.len()
        )));
    }
    if args.flag("dry-run") {
        env.print(&format!("{name}: {} dòng hợp lệ, chưa ghi gì (--dry-run).\n", loading.rows.len()));
        return Ok(Exit::Done);
    }
    let rows = loading.rows.len();
    let edits =
        loading.rows.into_iter().map(|row| Edit { key: row.key, body: row.body, seen: Some(row.seen) }).collect();
    let officer = store.officer().to_owned();
    let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    let done = ops::save(&mut store, &mut ctx, OperationKind::Load, &name, edits).map_err(failed)?;
    env.print(&format!("Đã nạp {name}: {rows} dòng, {} số liệu thay đổi.\n", done.changed.len()));
    Ok(Exit::Done)
}

/// How the table writes numbers, as the officer says: `vi` for 1.234,5 and `en` for 1,234.5.
fn marks(args: &Arguments) -> Result<Marks, Failure> {
    match args.text("numbers")?.as_deref() {
        None => Ok(Marks::Ask),
        Some("vi") => Ok(Marks::DotThousands),
        Some("en") => Ok(Marks::CommaThousands),
        Some(other) => Err(args.wrong(format!("--numbers \"{other}\": chọn vi (1.234,5) hoặc en (1,234.5)."))),
    }
}

/// The names that `--legacy` takes.
const ENCODINGS: [(&str, Encoding); 5] = [
    ("tcvn3", Encoding::Tcvn3),
    ("vni", Encoding::Vni),
    ("viscii", Encoding::Viscii),
    ("windows-1258", Encoding::Windows1258),
    ("utf8", Encoding::MisreadUtf8),
];
const NO_ENCODING: &str = "none";

/// What the officer says about text from before Unicode; without a word it is asked for.
pub(super) fn legacy(args: &Arguments) -> Result<Legacy, Failure> {
    let mut encodings = Vec::new();
    let given = args.texts("legacy")?;
    for name in &given {
        match ENCODINGS.iter().find(|(known, _)| known == name) {
            Some((_, encoding)) => encodings.push(*encoding),
            None if name == NO_ENCODING && given.len() == 1 => return Ok(Legacy::Leave),
            None => {
                let names: Vec<&str> = ENCODINGS.iter().map(|(known, _)| *known).collect();
                return Err(
                    args.wrong(format!("--legacy \"{name}\": chọn {}, hoặc chỉ {NO_ENCODING}.", names.join(", ")))
                );
            }
        }
    }
    Ok(if encodings.is_empty() { Legacy::Ask } else { Legacy::Convert(encodings) })
}

/// What the officer says that headings mean: `--map "SL đạt=numerator"`, or with our Vietnamese heading.
fn mapping(args: &Arguments) -> Result<Mapping, Failure> {
    let mut mapping = Mapping::default();
    for given in args.texts("map")? {
        let wrong = || args.wrong(format!("--map \"{given}\": viết TIÊU ĐỀ=CỘT, ví dụ --map \"SL đạt=Tử số\"."));
        let (heading, column) = given.rsplit_once('=').filter(|(h, _)| !h.trim().is_empty()).ok_or_else(wrong)?;
        mapping.add(heading, column).map_err(|column| {
            args.wrong(format!(
                "--map \"{given}\": không có cột \"{column}\". Các cột: item, agency, unit, numerator, denominator, value, status, \
                 percent, result, difficulty, cause, proposal, note, reason, symbol, date, title, none (không dùng), hoặc tên \
                 tiếng Việt."
            ))
        })?;
    }
    Ok(mapping)
}

/// How to answer what was recognised.
fn hint(error: &SheetError) -> String {
    let SheetError::Legacy(found) = error else { return String::new() };
    let name = |e: Encoding| ENCODINGS.iter().find(|(_, known)| *known == e).map_or("", |(name, _)| name);
    let flags: Vec<String> = found.iter().map(|f| format!("--legacy {}", name(f.encoding))).collect();
    format!(
        " Nếu đúng, chạy lại với {}; nếu chữ đã đúng như hiện có, với --legacy {NO_ENCODING}.",
        flags.join(" hoặc ")
    )
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable =
        |e: std::io::Error| Failure::refused(format!("Không đọc được {}: {}.", path.display(), words::io_error(&e)));
    let mut bytes = Vec::new();
    // One byte over the limit is enough to know.
    File::open(path).and_then(|f| f.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    Ok(bytes)
}

fn report(loading: &Loading, catalogue: &Catalogue, env: &mut Environment<'_>) {
    if !loading.ignored.is_empty() {
        env.say(&format!("Các cột không dùng đến: {}.", loading.ignored.join(", ")));
    }
    for (what, numbers) in skipped(loading) {
        env.say(&format!("Bỏ qua dòng {numbers}: {}.", words::skip(what)));
    }
    for row in &loading.rows {
        if let Some(stray) = common::not_its_own(catalogue, &row.key) {
            env.say(&stray);
        }
        if let Some(converted) = words::converted(catalogue, row) {
            env.say(&format!("Lưu ý dòng {} ({}): {converted}.", row.number, row.key.item));
        }
        for finding in &row.findings {
            env.say(&format!("Lưu ý dòng {} ({}): {}.", row.number, row.key.item, words::finding(finding)));
        }
    }
    for row in &loading.rejected {
        let item = if row.item.is_empty() { String::new() } else { format!(" ({})", row.item) };
        env.say(&format!("Từ chối dòng {}{item}: {}.", row.number, words::row_reason(&row.reason, catalogue)));
    }
}

/// The rows passed over, by what they are: "3, 9, 15".
fn skipped(loading: &Loading) -> BTreeMap<Skip, String> {
    let mut by_kind: BTreeMap<Skip, Vec<String>> = BTreeMap::new();
    for row in &loading.skipped {
        by_kind.entry(row.what).or_default().push(row.number.to_string());
    }
    by_kind.into_iter().map(|(what, numbers)| (what, numbers.join(", "))).collect()
}
