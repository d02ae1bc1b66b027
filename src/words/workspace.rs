//! Why a workspace file cannot be used, and what is wrong inside it.

use std::collections::BTreeSet;
use std::path::Path;

use super::harmless::harmless;
use super::record;
use crate::catalogue::Catalogue;
use crate::platform::place::Concern;
use crate::store::backup::Reason;
use crate::store::{Damage, Rescued, StoreError};

/// One sentence: what happened to which file, and what to do.
pub fn store_error(error: &StoreError) -> String {
    match error {
        StoreError::NotFound(path) => format!("Không tìm thấy {}: kiểm tra lại đường dẫn", path.display()),
        StoreError::Exists(path) => format!("Đã có {}: chọn tên khác, hoặc mở tệp đó", path.display()),
        StoreError::IsFolder(path) => format!("{} là thư mục: chọn một tệp", path.display()),
        StoreError::DeviceName(path) => {
            format!("{}: Windows dành tên này cho thiết bị, không đặt cho tệp được. Hãy chọn tên khác", path.display())
        }
        StoreError::OfficerTooLong { limit } => {
            format!("Họ tên người nhập dài quá {limit} chữ nên gói sẽ không ai nhận được: ghi ngắn lại")
        }
        StoreError::NotAWorkspace(path) => {
            format!("{} không phải tệp làm việc của chương trình này: chọn tệp .dti", path.display())
        }
        StoreError::NewerSchema { path, found, known } => format!(
            "{} do phiên bản mới hơn của chương trình ghi (cấu trúc {found}, bản này đọc đến {known}): \
             cập nhật chương trình rồi mở lại",
            path.display()
        ),
        StoreError::OlderSchema { path, found, known } => format!(
            "{} còn cấu trúc cũ ({found}, nay là {known}): mở tệp một lần bằng cửa sổ chương trình để nâng cấp",
            path.display()
        ),
        StoreError::Locked { path, holder } if holder.is_empty() => {
            format!("{} đang được mở ở nơi khác: đóng ở đó rồi mở lại", path.display())
        }
        StoreError::Locked { path, holder } => {
            format!("{} đang được mở ({holder}): đóng ở đó rồi mở lại", path.display())
        }
        StoreError::ReadOnly(path) => format!(
            "Không ghi được {}, tệp hoặc thư mục chỉ cho đọc: chép tệp sang thư mục của mình, hoặc xin quyền ghi",
            path.display()
        ),
        StoreError::Replaced(path) => format!(
            "{} không còn ở chỗ cũ (bị xóa, đổi tên, thay bằng tệp khác, hoặc ổ đĩa bị rút ra), việc vừa làm chưa được \
             lưu: đưa tệp về chỗ cũ rồi lưu lại, hoặc sao lưu ra tệp khác trước khi đóng cửa sổ này",
            path.display()
        ),
        StoreError::DiskFull(path) => format!(
            "Ổ đĩa đã đầy, không ghi được {}: xóa bớt tệp không cần rồi thử lại, số liệu đã lưu vẫn còn nguyên",
            path.display()
        ),
        StoreError::Damaged { path, detail } => {
            format!("{} bị hỏng ({}): {RESTORE}", path.display(), harmless(detail))
        }
        StoreError::UnknownCatalogue { path, plan, version } => format!(
            "{} dùng danh mục {} bản {version} mà chương trình này không có: cập nhật chương trình rồi mở lại",
            path.display(),
            harmless(plan)
        ),
        StoreError::UnknownAgency(agency) => {
            format!("Không có cơ quan “{agency}” trong danh mục: xem mã cơ quan bằng lệnh dti catalogue")
        }
        StoreError::Io { path, detail } => {
            format!(
                "Không đọc hoặc ghi được {} ({detail}): kiểm tra ổ đĩa và quyền truy cập rồi thử lại",
                path.display()
            )
        }
    }
}

/// Why a place is a poor one for a workspace, and what to do.
pub fn concern(concern: Concern) -> &'static str {
    match concern {
        Concern::Network => {
            "Tệp nằm trên ổ mạng: mất mạng giữa chừng có thể làm hỏng tệp. Nên chuyển tệp về ổ cứng của máy này"
        }
        Concern::Synced => {
            "Tệp nằm trong thư mục đồng bộ (OneDrive, Google Drive...): có thể sinh ra hai bản khác nhau. \
             Nên chuyển tệp ra thư mục khác của máy này"
        }
    }
}

/// What a check found wrong inside a workspace.
pub fn damage(damage: &Damage, catalogue: &Catalogue) -> String {
    match damage {
        Damage::File(detail) => format!("Tệp bị hỏng ({}): {RESTORE}", harmless(detail)),
        Damage::Reference { table } => format!("Phần {} có dòng trỏ đến dữ liệu không còn: {RESTORE}", part(table)),
        Damage::Bytes { sha256 } => {
            let short = sha256.get(..12).unwrap_or(sha256);
            format!("Nội dung tệp {short}… (minh chứng hoặc gói đã nhận) không còn như khi lưu: {RESTORE}")
        }
        Damage::Revision { key, .. } => {
            format!("Một phiên bản của {} không còn như khi lưu: {RESTORE}", record(catalogue, key))
        }
        Damage::Heads(key) => format!("Các số liệu hiện hành của {} mâu thuẫn nhau: {RESTORE}", record(catalogue, key)),
        Damage::Log(key) => format!("Nhật ký không khớp số liệu hiện hành của {}: {RESTORE}", record(catalogue, key)),
    }
}

/// A backup was put back, but the bytes of these files were not in its folder any more.
pub fn missing_bytes(missing: &[String]) -> String {
    let short: Vec<&str> = missing.iter().map(|sha256| sha256.get(..12).unwrap_or(sha256)).collect();
    format!(
        "Số liệu đã khôi phục đủ, nhưng thiếu {} tệp minh chứng hoặc gói đã nhận ({}): đính kèm lại, hoặc nhập lại gói",
        missing.len(),
        short.join(", ")
    )
}

/// What was saved of a damaged file: "Đã cứu 120 phiên bản số liệu, 14 tệp".
pub fn saved(rescued: &Rescued) -> String {
    format!("Đã cứu {} phiên bản số liệu, {} tệp minh chứng và gói đã nhận", rescued.revisions, rescued.files)
}

/// What could not be saved of a damaged file, a sentence each; none where nothing was lost.
pub fn lost(rescued: &Rescued, catalogue: &Catalogue) -> Vec<String> {
    let mut lost: Vec<String> = rescued
        .uncertain
        .iter()
        .map(|key| {
            format!(
                "{}: số liệu hiện hành không chắc còn đúng, kiểm tra lại và nhập lại nếu cần",
                record(catalogue, key)
            )
        })
        .collect();
    if rescued.altered > 0 {
        lost.push(format!("{} phiên bản số liệu không còn như khi lưu nên bị bỏ", rescued.altered));
    }
    if !rescued.missing.is_empty() {
        let short: Vec<&str> = rescued.missing.iter().map(|sha256| sha256.get(..12).unwrap_or(sha256)).collect();
        lost.push(format!(
            "{} tệp minh chứng hoặc gói đã nhận không đọc được ({}): đính kèm lại, hoặc nhập lại gói",
            short.len(),
            short.join(", ")
        ));
    }
    if !rescued.broken.is_empty() {
        let parts: BTreeSet<&str> = rescued.broken.iter().map(|table| part(table)).collect();
        let parts: Vec<&str> = parts.into_iter().collect();
        lost.push(format!("Mất một phần: {}", parts.join(", ")));
    }
    lost
}

/// What a table of the file holds, for people.
fn part(table: &str) -> &str {
    match table {
        "revisions" | "heads" => "số liệu",
        "operations" | "operation_moves" => "nhật ký",
        "blobs" | "blob_chunks" => "tệp minh chứng và gói đã nhận",
        "filings" | "filing_revisions" | "filing_packages" => "các lần nộp",
        "received" | "merges" => "danh sách gói đã nhận",
        "notices" => "giấy báo",
        "settings" => "thiết lập",
        "keys" | "own_keys" => "khóa ký",
        "pillars" | "agencies" | "indicators" | "tasks" => "danh mục (sẽ được ghi lại)",
        "meta" | "devices" => "thông tin của tệp",
        other => other,
    }
}

/// What a backup was made for: "trước khi nhập gói".
pub fn backup_reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Opening => "khi mở tệp",
        Reason::Work => "trong khi làm việc",
        Reason::Merge => "trước khi nhập gói",
        Reason::Hand => "theo yêu cầu",
    }
}

/// A backup lies in the place of the file.
pub fn restored(kept: Option<&Path>, missing: &[String]) -> String {
    let kept = kept.map_or(String::new(), |kept| format!(". Tệp cũ được giữ tại {}", kept.display()));
    match missing {
        [] => format!("Đã khôi phục{kept}"),
        missing => format!("{}{kept}", missing_bytes(missing)),
    }
}

/// A backup could not be made; the work went on.
pub fn backup_failed(why: &str) -> String {
    format!("Chưa sao lưu tự động được ({why}). Việc đang làm vẫn được lưu vào tệp")
}

const RESTORE: &str = "khôi phục từ bản sao lưu gần nhất, hoặc cứu phần còn đọc được sang tệp mới";
