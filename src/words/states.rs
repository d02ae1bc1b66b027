//! States of figures, tasks, documents, units, agencies, packages and merged rows.

use crate::progress::{AgencyState, AgencyStatus, UnitState};
use crate::record::{DocumentState, Due, Kind, Outcome, ReceivedState, Reporting, TaskStatus};
use crate::text::date::format_date;

pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Indicator => "Chỉ tiêu",
        Kind::Task => "Nhiệm vụ",
        Kind::PlanItem => "Kế hoạch chi tiết",
        Kind::Document => "Văn bản",
    }
}

pub fn reporting(state: Reporting) -> &'static str {
    match state {
        Reporting::Reported => "Có số liệu",
        Reporting::NoData => "Chưa có số liệu",
        Reporting::NotApplicable => "Không áp dụng",
    }
}

pub fn task_status(status: TaskStatus) -> &'static str {
    match status {
        TaskStatus::NotStarted => "Chưa triển khai",
        TaskStatus::InProgress => "Đang triển khai",
        TaskStatus::Done => "Hoàn thành",
        TaskStatus::Paused => "Tạm dừng",
    }
}

pub fn document_state(state: DocumentState) -> &'static str {
    match state {
        DocumentState::NotIssued => "Chưa ban hành",
        DocumentState::Drafting => "Đang dự thảo",
        DocumentState::Issued => "Đã ban hành",
        DocumentState::NotApplicable => "Không áp dụng",
    }
}

pub fn unit_state(state: UnitState) -> &'static str {
    match state {
        UnitState::Counted => "Đã tính",
        UnitState::Missing => "Chưa báo cáo",
        UnitState::NoData => "Chưa có số liệu",
        UnitState::NotApplicable => "Không áp dụng",
        UnitState::Conflict => "Số liệu khác nhau, chờ chọn",
        UnitState::WithoutParts => "Thiếu tử số, mẫu số",
    }
}

pub fn agency_state(state: AgencyState) -> &'static str {
    match state {
        AgencyState::Missing => "Chưa nộp",
        AgencyState::Draft => "Đã nhập, chưa nộp",
        AgencyState::Received => "Đúng hạn",
        AgencyState::Late => "Trễ hạn",
        AgencyState::Returned => "Bị trả lại",
    }
}

/// "Đúng hạn", and both days where the report was filed on another than it arrived on.
pub fn agency_standing(status: &AgencyStatus) -> String {
    let state = agency_state(status.state);
    match status.arrival.and_then(|a| Some((a.filed_on_another_day()?, a.time.date_naive()))) {
        Some((filed, arrived)) => {
            format!("{state} (nộp ngày {}, nhận ngày {})", format_date(filed), format_date(arrived))
        }
        None => state.to_owned(),
    }
}

pub fn due(due: Due) -> &'static str {
    match due {
        Due::Timely => "đúng hạn",
        Due::Late => "trễ hạn",
    }
}

/// What an incoming row is to this workspace.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::New => "Mới",
        Outcome::Changed => "Thay đổi",
        Outcome::Same => "Không đổi",
        Outcome::Older => "Cũ hơn",
        Outcome::Conflict => "Khác nhau, chờ chọn",
    }
}

pub fn received_state(state: &ReceivedState) -> String {
    match state {
        ReceivedState::Merged => "Đã nhập".to_owned(),
        ReceivedState::Undone => "Đã hoàn tác".to_owned(),
        ReceivedState::Refused(reason) => format!("Bị từ chối: {reason}"),
    }
}
