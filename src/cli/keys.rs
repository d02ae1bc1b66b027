//! `dti keys`: whose keys are known here, which of them wait for an officer, the policy, and the own key's backup.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::args::Arguments;
use super::output::{self, Align};
use super::{Command, Environment, Exit, Failure, common};
use crate::catalogue::Catalogue;
use crate::exchange;
use crate::ops::{self, Context};
use crate::record::Snapshot;
use crate::store::{Access, Store};
use crate::text::date::format_time;
use crate::trust::{Answer, Case, KeyState, KnownKey, PublicKey};
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "keys",
    arguments: "FILE [--trust CƠ_QUAN [--code MÃ]] [--policy TRƯỜNG_HỢP=warn|refuse] [--export TỆP | --import TỆP] [--json]",
    about: "Khóa ký gói: mã để đối chiếu qua điện thoại, xác nhận, cách xử lý, sao lưu khóa\n\n\
            --trust   xác nhận khóa của một cơ quan, sau khi đã đối chiếu mã; --code chọn khóa nếu có nhiều\n\
            --policy  new (khóa chưa từng thấy), changed (khóa đổi, mất chữ ký) hoặc unsigned (không ký): nhập kèm cảnh\n          \
            báo (warn) hay từ chối (refuse); chữ ký sai luôn bị từ chối\n\
            --export  ghi khóa bí mật của tệp này, dạng tệp minisign không mật khẩu, và khóa công khai vào TỆP.pub\n\
            --import  ký bằng khóa trong một tệp như vậy từ nay về sau\n\n\
            Kết thúc bằng 1 khi có khóa chờ xác nhận.",
    options: &["trust", "code", "policy", "export", "import"],
    flags: &["json"],
    free: 1..=1,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let asked: Vec<&str> =
        ["trust", "policy", "export", "import"].into_iter().filter(|name| args.os(name).is_some()).collect();
    if asked.len() > 1 {
        return Err(args.wrong(format!("Mỗi lần chỉ dùng một trong các tùy chọn: --{}.", asked.join(", --"))));
    }
    if args.os("code").is_some() && args.os("trust").is_none() {
        return Err(args.wrong("--code chỉ dùng cùng --trust."));
    }
    let reads = matches!(asked.first(), None | Some(&"export"));
    let mut store = common::open(args, env, if reads { Access::Read } else { Access::Write })?;
    match asked.first() {
        Some(&"trust") => trust(args, env, &mut store)?,
        Some(&"policy") => policy(args, &mut store)?,
        Some(&"export") => export(&args.required_path("export")?, env, &store)?,
        Some(&"import") => import(&args.required_path("import")?, env, &mut store)?,
        _ => {}
    }
    let snapshot = snapshot(&store)?;
    if args.flag("json") {
        output::print_json(env, &document(&snapshot));
    } else {
        env.print(&text(&snapshot));
    }
    let waits = snapshot.trust.known.iter().any(|k| k.state == KeyState::Waiting);
    Ok(if waits { Exit::Waiting } else { Exit::Done })
}

/// Confirms the one key of an agency that nobody has confirmed, or the one whose code is given.
fn trust(args: &Arguments, env: &mut Environment<'_>, store: &mut Store) -> Result<(), Failure> {
    let catalogue = store.catalogue().clone();
    let agency = common::agency(&catalogue, &args.required("trust")?)?;
    let key = choose(&snapshot(store)?, &agency, args.text("code")?.as_deref())?;
    let officer = store.officer().to_owned();
    let ctx = Context { officer: &officer, now: env.now, new_id: env.new_id };
    ops::confirm_key(store, &ctx, &agency, &key).map_err(|e| Failure::ops(&e, &catalogue))?;
    env.say(&format!("Đã xác nhận khóa {} của {}.", key.code(), catalogue.agency_name(&agency)));
    Ok(())
}

fn choose(snapshot: &Snapshot, agency: &str, code: Option<&str>) -> Result<PublicKey, Failure> {
    let name = snapshot.catalogue.agency_name(agency);
    let of_agency = snapshot.trust.known.iter().filter(|k| k.agency == agency);
    let open = |k: &&KnownKey| code.is_some() || matches!(k.state, KeyState::Seen | KeyState::Waiting);
    let mut keys: Vec<PublicKey> = of_agency.filter(open).map(|k| k.key).collect();
    keys.sort();
    keys.dedup();
    if let Some(code) = code {
        keys.retain(|k| digits(&k.code()) == digits(code));
    }
    match (keys.as_slice(), code) {
        ([key], _) => Ok(*key),
        ([], Some(code)) => {
            Err(Failure::refused(format!("{name} không có khóa nào mang mã {code}. Đối chiếu lại mã.")))
        }
        ([], None) => Err(Failure::refused(format!("{name} không có khóa nào chờ xác nhận."))),
        (several, _) => {
            let codes: Vec<String> = several.iter().map(PublicKey::code).collect();
            Err(Failure::usage(format!(
                "{name} có {} khóa chưa xác nhận ({}). Thêm --code MÃ của khóa đúng.",
                several.len(),
                codes.join("; ")
            )))
        }
    }
}

fn digits(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}

fn policy(args: &Arguments, store: &mut Store) -> Result<(), Failure> {
    let text = args.required("policy")?;
    let parsed = text.split_once('=').and_then(|(case, answer)| Some((Case::parse(case)?, Answer::parse(answer)?)));
    let (case, answer) = parsed.ok_or_else(|| {
        args.wrong(format!("--policy \"{text}\": viết new, changed hoặc unsigned, dấu =, rồi warn hoặc refuse."))
    })?;
    ops::set_policy(store, case, answer).map_err(|e| Failure::ops(&e, store.catalogue()))
}

fn export(path: &Path, env: &mut Environment<'_>, store: &Store) -> Result<(), Failure> {
    let public = exchange::write_key(store, path).map_err(|e| Failure::exchange(&e, store.catalogue()))?;
    env.say(&format!(
        "Đã ghi khóa bí mật vào {} và khóa công khai vào {}.\nLưu ý: tệp khóa bí mật không có mật khẩu. Ai có tệp này thì ký \
         được thay cơ quan: cất ở nơi an toàn, không gửi qua thư.",
        path.display(),
        public.display()
    ));
    Ok(())
}

fn import(path: &Path, env: &mut Environment<'_>, store: &mut Store) -> Result<(), Failure> {
    let key = exchange::read_key(path).map_err(|e| Failure::exchange(&e, store.catalogue()))?;
    ops::set_own_key(store, &key, env.now).map_err(|e| Failure::ops(&e, store.catalogue()))?;
    env.say(&format!(
        "Từ nay tệp này ký gói bằng khóa {}. Báo mã này cho nơi nhận nếu khác khóa trước.",
        key.public().code()
    ));
    Ok(())
}

fn snapshot(store: &Store) -> Result<Snapshot, Failure> {
    ops::snapshot(store).map_err(|e| Failure::ops(&e, store.catalogue()))
}

/// Keys of others: the own ones are told apart.
fn others(snapshot: &Snapshot) -> impl Iterator<Item = &KnownKey> {
    snapshot.trust.known.iter().filter(|k| k.state != KeyState::Own)
}

fn document(snapshot: &Snapshot) -> Value {
    let own = snapshot.trust.own;
    let known = |k: &KnownKey| {
        let (state, officer, time) = match &k.state {
            KeyState::Own => ("own", None, None),
            KeyState::Seen => ("seen", None, None),
            KeyState::Confirmed { officer, time } => ("confirmed", Some(officer), Some(time.to_rfc3339())),
            KeyState::Waiting => ("waiting", None, None),
        };
        json!({
            "agency": k.agency,
            "device": k.device,
            "key": k.key,
            "id": k.key.id(),
            "code": k.key.code(),
            "first_seen": k.first_seen.to_rfc3339(),
            "state": state,
            "confirmed_by": officer,
            "confirmed": time,
        })
    };
    let policy: Map<String, Value> =
        Case::ALL.into_iter().map(|c| (c.as_str().to_owned(), snapshot.trust.policy.get(c).as_str().into())).collect();
    json!({
        "own": { "key": own, "id": own.id(), "code": own.code() },
        "known": others(snapshot).map(known).collect::<Value>(),
        "policy": policy,
    })
}

fn text(snapshot: &Snapshot) -> String {
    let own = snapshot.trust.own;
    let mut text = format!("Khóa ký của tệp này: {} (khóa công khai {own})\n\n", own.code());
    let rows: Vec<Vec<String>> = others(snapshot).map(|k| row(k, &snapshot.catalogue)).collect();
    if rows.is_empty() {
        text.push_str("Chưa nhận gói có ký nào của nơi khác.\n");
    } else {
        let headings = ["Cơ quan", "Mã khóa", "Thấy lần đầu", "Tình trạng", "Mã thiết bị"].map(|h| (h, Align::Left));
        text.push_str(&output::table(&headings, &rows));
    }
    text.push('\n');
    for case in Case::ALL {
        let answer = words::policy_answer(snapshot.trust.policy.get(case));
        text.push_str(&format!("{} ({}): {answer}\n", words::policy_case(case), case.as_str()));
    }
    text.push_str("Gói có chữ ký sai: Luôn từ chối\n");
    text
}

fn row(known: &KnownKey, catalogue: &Catalogue) -> Vec<String> {
    vec![
        catalogue.agency_name(&known.agency).to_owned(),
        known.key.code(),
        format_time(known.first_seen),
        words::key_state(&known.state),
        known.device.clone(),
    ]
}
