//! `dti export`: files the period's report, or a contribution to a lead agency, and writes its package, or several.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common, output};
use crate::catalogue::Catalogue;
use crate::exchange::{self, DEFAULT_LIMIT, Eml, ExportOptions, Exported, Flow, Novelty, last_limit};
use crate::ops::{self, Context};
use crate::store::Access;
use crate::text::bytes::format_size;
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "export",
    arguments: "FILE --period P [--for CƠ_QUAN] [--to THƯ_MỤC] [--limit-mb N] [--eml] [--json]",
    about: "Nộp báo cáo (chính thức, rồi bổ sung) và ghi gói dữ liệu để gửi\n\n\
            Với --for: gửi cơ quan chủ trì số liệu của đơn vị cho các nhiệm vụ do cơ quan đó chủ trì. Đây là số liệu phối\n\
            hợp, không thay cho báo cáo.",
    options: &["period", "for", "to", "limit-mb"],
    flags: &["eml", "json"],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let period = common::period(args)?;
    let limit = limit(args)?;
    let mut store = common::open(args, env, Access::Write)?;
    let catalogue = store.catalogue().clone();
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, &catalogue))?;
    let recipient = args.text("for")?.map(|typed| common::agency(&catalogue, &typed)).transpose()?;
    let last_limit = || last_limit(&snapshot, &period, recipient.as_deref());
    let options = ExportOptions {
        limit_bytes: limit.or_else(last_limit).unwrap_or(DEFAULT_LIMIT),
        to: args.os("to").map_or_else(|| PathBuf::from("."), PathBuf::from),
        eml: if args.flag("eml") { Eml::Write } else { Eml::Skip },
        recipient,
    };
    let officer = store.officer().to_owned();
    let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    let exported = exchange::export(&mut store, &mut ctx, &period, &options, &mut |_| Flow::Continue)
        .map_err(|e| Failure::exchange(&e, &catalogue))?;

    say(&exported, env);
    if args.flag("json") {
        output::print_json(env, &document(&exported));
    } else {
        env.print(&lines(&exported, &catalogue));
    }
    let complete = exported.missing.is_empty() && exported.conflicts == 0;
    Ok(if complete { Exit::Done } else { Exit::Waiting })
}

fn limit(args: &Arguments) -> Result<Option<u64>, Failure> {
    let Some(text) = args.text("limit-mb")? else { return Ok(None) };
    match text.parse::<u64>() {
        Ok(megabytes @ 1..=4096) => Ok(Some(megabytes << 20)),
        _ => Err(args.wrong(format!("--limit-mb \"{text}\": nêu số nguyên MB từ 1 đến 4096."))),
    }
}

fn say(exported: &Exported, env: &mut Environment<'_>) {
    match exported.novelty {
        Novelty::New => {}
        Novelty::Again => env.say("Số liệu không đổi từ lần nộp trước: ghi lại đúng gói đã nộp, không nộp lần mới."),
        Novelty::Rewritten => env.say(
            "Số liệu không đổi từ lần nộp trước nên không nộp lần mới; gói ghi ra khác tệp cũ vì đổi giới hạn dung lượng hoặc phiên bản chương trình.",
        ),
    }
    if !exported.missing.is_empty() {
        env.say(&format!("Còn thiếu {} mục: {}.", exported.missing.len(), exported.missing.join(", ")));
    }
    if exported.conflicts > 0 {
        env.say(&format!(
            "Có {} mâu thuẫn chưa chọn; mọi giá trị đều nằm trong gói. Xử lý bằng dti conflicts, dti resolve rồi nộp bổ sung.",
            exported.conflicts
        ));
    }
    let over = exported.files.iter().filter(|f| f.bytes > exported.filing.limit);
    for file in over {
        env.say(&format!(
            "{} nặng {}, vượt giới hạn {}: tệp minh chứng trong đó quá lớn để chia nhỏ.",
            file.path.display(),
            format_size(file.bytes),
            format_size(exported.filing.limit)
        ));
    }
}

fn document(exported: &Exported) -> Value {
    let package = |f: &exchange::ExportedFile| json!({ "path": f.path, "sha256": f.sha256, "bytes": f.bytes });
    json!({
        "packages": exported.files.iter().map(package).collect::<Value>(),
        "filing": output::filing(exported.filing.kind),
        "submission": exported.filing.id,
        "recipient": exported.filing.recipient,
        "eml": exported.eml,
        "missing": exported.missing,
        "conflicts": exported.conflicts,
    })
}

fn lines(exported: &Exported, catalogue: &Catalogue) -> String {
    let mut text = format!("Đã ghi {}:\n", words::filing_in_full(catalogue, &exported.filing));
    for file in &exported.files {
        text.push_str(&output::file(file));
    }
    for draft in &exported.eml {
        text.push_str(&output::draft(draft));
    }
    text
}
