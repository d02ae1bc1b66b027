//! `dti receipt`, `dti return` and `dti request`: word to another agency, one package each.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, common, output};
use crate::catalogue::{Catalogue, Id, PeriodId};
use crate::exchange::{self, Eml, ExchangeError, Novelty, Objection, SendOptions, Sent};
use crate::ops::{self, Context};
use crate::record::{Key, RequestedItem};
use crate::store::{Access, Store};
use crate::words;

pub(super) const RECEIPT: Command = Command {
    name: "receipt",
    arguments: "FILE (--agency A | --all) --period P [--to THƯ_MỤC] [--eml] [--json]",
    about: "Ghi giấy báo đã nhận báo cáo của một cơ quan, hoặc của mọi cơ quan đã gửi mà chưa được trả lời (--all):\n\
            nhận lúc nào, đúng hạn hay trễ hạn",
    options: &["agency", "period", "to"],
    flags: &["all", "eml", "json"],
    free: 1..=1,
    run: run_receipt,
};

pub(super) const RETURN: Command = Command {
    name: "return",
    arguments: "FILE --agency A --period P --row MỤC=LÝ_DO... [--to THƯ_MỤC] [--eml] [--json]",
    about: "Trả lại từng mục trong báo cáo của một cơ quan, mỗi mục một lý do (--row lặp lại được)",
    options: &["agency", "period", "row...", "to"],
    flags: &["eml", "json"],
    free: 1..=1,
    run: run_return,
};

pub(super) const REQUEST: Command = Command {
    name: "request",
    arguments: "FILE --to-agency B --period P --item ID... [--note T] [--to THƯ_MỤC] [--eml] [--json]",
    about: "Yêu cầu cơ quan phối hợp cung cấp số liệu (--item lặp lại được)",
    options: &["to-agency", "period", "item...", "note", "to"],
    flags: &["eml", "json"],
    free: 1..=1,
    run: run_request,
};

fn run_receipt(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    if args.flag("all") {
        return acknowledge(args, env);
    }
    send(args, env, "agency", |store, ctx, agency, period, options| {
        Ok(exchange::receipt(store, ctx, agency, period, options))
    })
}

/// A receipt for every report of the period that has no answer yet.
fn acknowledge(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    if args.text("agency")?.is_some() {
        return Err(args.wrong("Dùng --agency hoặc --all, không dùng cả hai."));
    }
    let period = common::period(args)?;
    let mut store = common::open(args, env, Access::Write)?;
    let catalogue = store.catalogue().clone();
    let options = options(args);
    let officer = store.officer().to_owned();
    let snapshot = ops::snapshot(&store).map_err(|e| Failure::ops(&e, &catalogue))?;
    let waiting = snapshot.unanswered(&period);
    let mut all = Vec::new();
    for agency in &waiting {
        let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
        let sent = exchange::receipt(&mut store, &mut ctx, agency, &period, &options);
        all.push(sent.map_err(|e| Failure::exchange(&e, &catalogue))?);
    }
    if args.flag("json") {
        output::print_json(env, &json!({ "receipts": all.iter().map(document).collect::<Vec<_>>() }));
    } else if all.is_empty() {
        env.print(&format!("Mọi báo cáo {} đã nhận đều đã được trả lời.\n", words::period(&period)));
    } else {
        env.print(&all.iter().map(|sent| lines(sent, &catalogue)).collect::<String>());
    }
    Ok(Exit::Done)
}

fn run_return(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    send(args, env, "agency", |store, ctx, agency, period, options| {
        let catalogue = store.catalogue().clone();
        let rows = args.texts("row")?;
        if rows.is_empty() {
            return Err(args.wrong("Thiếu tùy chọn --row."));
        }
        let objections =
            rows.iter().map(|row| objection(args, &catalogue, agency, period, row)).collect::<Result<Vec<_>, _>>()?;
        Ok(exchange::send_back(store, ctx, agency, period, &objections, options))
    })
}

fn run_request(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    send(args, env, "to-agency", |store, ctx, agency, period, options| {
        let catalogue = store.catalogue().clone();
        let note = args.text("note")?.unwrap_or_default();
        let items = args.texts("item")?;
        if items.is_empty() {
            return Err(args.wrong("Thiếu tùy chọn --item."));
        }
        let requested =
            |typed: &String| Ok(RequestedItem { item: common::item(&catalogue, typed)?, note: note.clone() });
        let items = items.iter().map(requested).collect::<Result<Vec<_>, Failure>>()?;
        Ok(exchange::request(store, ctx, agency, period, &items, options))
    })
}

/// `M05=lý do`, or with the whole key of a record, as `dti conflicts` and `dti show` print it, in place of the item.
fn objection(
    args: &Arguments,
    catalogue: &Catalogue,
    agency: &str,
    period: &PeriodId,
    row: &str,
) -> Result<Objection, Failure> {
    let wrong = || args.wrong(format!("--row \"{row}\": viết MỤC=LÝ_DO, ví dụ --row \"M05=mẫu số chưa đúng\"."));
    let (typed, reason) = row.split_once('=').ok_or_else(wrong)?;
    let key = match typed.parse::<Key>() {
        Ok(key) => key,
        Err(_) => {
            let item: Id = common::item(catalogue, typed.trim())?;
            Key::of_item(catalogue, &item, agency, period).ok_or_else(wrong)?
        }
    };
    Ok(Objection { key, reason: reason.to_owned() })
}

/// Opens the workspace, has the word sent, and says what was written.
fn send(
    args: &Arguments,
    env: &mut Environment<'_>,
    recipient: &str,
    word: impl FnOnce(
        &mut Store,
        &mut Context<'_>,
        &str,
        &PeriodId,
        &SendOptions,
    ) -> Result<Result<Sent, ExchangeError>, Failure>,
) -> Result<Exit, Failure> {
    let period = common::period(args)?;
    let typed = args.required(recipient)?;
    let mut store = common::open(args, env, Access::Write)?;
    let catalogue = store.catalogue().clone();
    let agency = common::agency(&catalogue, &typed)?;
    let options = options(args);
    let officer = store.officer().to_owned();
    let mut ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    let sent =
        word(&mut store, &mut ctx, &agency, &period, &options)?.map_err(|e| Failure::exchange(&e, &catalogue))?;
    if sent.novelty == Novelty::Again {
        env.say("Đã ghi gói này trước đây và không có gì thay đổi: ghi lại đúng gói đó.");
    }
    if args.flag("json") {
        output::print_json(env, &document(&sent));
    } else {
        env.print(&lines(&sent, &catalogue));
    }
    Ok(Exit::Done)
}

fn options(args: &Arguments) -> SendOptions {
    SendOptions {
        to: args.os("to").map_or_else(|| PathBuf::from("."), PathBuf::from),
        eml: if args.flag("eml") { Eml::Write } else { Eml::Skip },
    }
}

fn document(sent: &Sent) -> Value {
    let notice = &sent.notice;
    json!({
        "packages": [{ "path": sent.file.path, "sha256": sent.file.sha256, "bytes": sent.file.bytes }],
        "kind": notice.message.kind(),
        "notice": notice.id,
        "agency": notice.recipient,
        "period": notice.period,
        "filing": notice.receipt().map(|r| output::filing(r.filing)),
        "due": notice.receipt().map(|r| r.due()),
        "rows": output::returned_rows(notice),
        "items": notice.requested().iter().map(|i| &i.item).collect::<Vec<_>>(),
        "eml": sent.eml,
    })
}

fn lines(sent: &Sent, catalogue: &Catalogue) -> String {
    let mut text = format!("{}:\n", words::notice(catalogue, &sent.notice));
    for row in sent.notice.returned_rows() {
        text.push_str(&format!("  {}: {}\n", words::record(catalogue, &row.key), row.reason));
    }
    for requested in sent.notice.requested() {
        text.push_str(&format!("  {}\n", words::item(catalogue, &requested.item)));
    }
    text.push_str(&output::file(&sent.file));
    if let Some(draft) = &sent.eml {
        text.push_str(&output::draft(draft));
    }
    text
}
