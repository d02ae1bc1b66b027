//! What the window tells about work that is done. Failures bring their own words from the worker.

use std::path::PathBuf;

use crate::exchange::{ImportOutcome, Novelty};
use crate::record::RowCounts;
use crate::ui::{MessageKind, View};
use crate::words;
use crate::work::{Imported, Papers, Stored};

/// The message about something stored; none where the status bar says it already.
pub fn stored(outcome: &Stored, view: &View) -> Option<(MessageKind, String)> {
    let done = |text: String| Some((MessageKind::Done, text));
    match outcome {
        Stored::Entries | Stored::Resolved => None,
        Stored::Loaded { records: 0 } => done("Bảng không có gì khác với số liệu đang có".to_owned()),
        Stored::Loaded { records } => done(format!("Đã nhập {records} mục từ bảng")),
        Stored::Amended => {
            let edition = words::edition(view.catalogue());
            done(format!("{edition} đã lập. Xuất gói danh mục (thẻ Ấn bản) để gửi các cơ quan"))
        }
        Stored::Issued(issued) => done(match issued.novelty {
            Novelty::New => format!("Đã ghi gói danh mục ấn bản {}", issued.version),
            Novelty::Again | Novelty::Rewritten => {
                format!("Đã ghi lại gói danh mục ấn bản {}; không có thay đổi", issued.version)
            }
        }),
        Stored::Undone => done("Đã hoàn tác".to_owned()),
        Stored::Redone => done("Đã làm lại".to_owned()),
        Stored::Key => done("Đã xác nhận khóa".to_owned()),
        Stored::OwnKey { code } => {
            done(format!("Từ nay tệp này ký gói bằng khóa {code}. Báo mã này cho nơi nhận nếu khác khóa trước"))
        }
        Stored::Policy => None,
        Stored::Template => done("Đã lưu mẫu thư".to_owned()),
        Stored::Officer => done("Đã đổi người nhập".to_owned()),
        Stored::Exported(exported) => {
            let filing = words::filing_in_full(view.catalogue(), &exported.filing);
            done(match exported.novelty {
                Novelty::New if exported.filing.recipient == view.catalogue().plan.receiver => {
                    format!("Đã nộp {filing}")
                }
                Novelty::New => format!("Đã ghi {filing}"),
                Novelty::Again | Novelty::Rewritten => format!("Đã ghi lại gói {filing}; không có thay đổi"),
            })
        }
        Stored::Sent(sent) => match sent.as_slice() {
            [only] => done(words::notice(view.catalogue(), &only.notice)),
            several if several.iter().all(|s| s.notice.receipt().is_some()) => {
                done(format!("Đã ghi {} giấy báo nhận", several.len()))
            }
            several => done(format!("Đã ghi {} gói đề nghị phối hợp", several.len())),
        },
        Stored::Imported(packages) => Some(imported(packages, view)),
    }
}

/// "Đã soạn 21 thư đôn đốc vào D:\\Don doc".
pub fn papers(papers: Papers, files: &[PathBuf]) -> String {
    let folder = files.first().and_then(|f| f.parent()).map(|f| f.display().to_string()).unwrap_or_default();
    match papers {
        Papers::Forms => format!("Đã lập {} biểu mẫu Excel vào {folder}", files.len()),
        Papers::Reminders => format!("Đã soạn {} thư đôn đốc vào {folder}", files.len()),
    }
}

fn imported(packages: &[Imported], view: &View) -> (MessageKind, String) {
    let count = |outcome| packages.iter().filter(|p| p.outcome == outcome).count();
    let (merged, known, refused) =
        (count(ImportOutcome::Merged), count(ImportOutcome::Known), count(ImportOutcome::Refused));
    let older = packages.iter().filter(|p| p.older_than.is_some()).count();
    let mut rows = RowCounts::default();
    for package in packages.iter().filter(|p| p.outcome == ImportOutcome::Merged) {
        rows.new += package.rows.new;
        rows.changed += package.rows.changed;
        rows.conflict += package.rows.conflict;
    }
    let some = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let parts = [
        some(merged, "gói đã nhập"),
        some(rows.new, "mục mới"),
        some(rows.changed, "mục thay đổi"),
        some(rows.conflict, "mục khác nhau, chờ quyết định"),
        some(older, "gói cũ hơn lần nộp đã nhận, số mới hơn được giữ"),
        some(known, "gói đã có từ trước"),
        some(refused, "gói bị từ chối, được giữ lại kèm lý do"),
    ];
    let waits = refused > 0 || view.workspace.as_ref().is_some_and(|w| w.snapshot.conflicts().next().is_some());
    let kind = if waits { MessageKind::Warning } else { MessageKind::Done };
    (kind, parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

pub fn backed_up(made: bool) -> &'static str {
    if made { "Đã sao lưu" } else { "Không có gì thay đổi kể từ bản sao lưu gần nhất" }
}

pub fn checked(damage: &[String]) -> (MessageKind, String) {
    match damage.len() {
        0 => (MessageKind::Done, "Đã kiểm tra: tệp nguyên vẹn".to_owned()),
        count => (MessageKind::Error, format!("Tệp có {count} chỗ hỏng; xem ở màn hình Cài đặt")),
    }
}
