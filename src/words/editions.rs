//! Editions of the catalogue: what one changes, and why an amendment or an edition is not possible.

use chrono::NaiveDate;

use super::item;
use crate::catalogue::{self, AmendError, Catalogue, Difference, EditionError, Fault, Id, Lost, Reason, RuleFault};
use crate::text::date::format_date;
use crate::text::number::format_decimal;

/// So many faults of an edition are named; the others are counted.
const NAMED: usize = 5;

/// Why an amendment makes no sense, and what to do.
pub fn amend_error(error: &AmendError, catalogue: &Catalogue) -> String {
    let named = |id: &Id| match catalogue.agency(id) {
        Some(agency) => agency.name.clone(),
        None => item(catalogue, id),
    };
    match error {
        AmendError::UnknownAgency(id) => {
            format!("Danh mục không có cơ quan “{id}”: kiểm tra lại mã; với cơ quan mới thì ghi cả tên")
        }
        AmendError::UnknownIndicator(id) => format!("Danh mục không có chỉ tiêu “{id}”: kiểm tra lại mã"),
        AmendError::UnknownTask(id) => format!("Danh mục không có nhiệm vụ “{id}”: kiểm tra lại mã"),
        AmendError::Taken(id) => format!("Mã “{id}” đã có trong danh mục ({}): chọn mã khác", named(id)),
        AmendError::Ended { id, to } => {
            format!("{} đã kết thúc ngày {}: kiểm tra lại cơ quan, chỉ tiêu hoặc ngày", named(id), format_date(*to))
        }
        AmendError::TooEarly { id, after } => {
            format!("{}: ngày phải sau {}, là lần thay đổi trước", named(id), format_date(*after))
        }
        AmendError::Receiver(id) => format!(
            "{} là đơn vị tiếp nhận báo cáo nên không kết thúc, sáp nhập hay tách được: đổi tên cơ quan, hoặc chuyển việc \
             tiếp nhận cho cơ quan khác trước",
            named(id)
        ),
        AmendError::TooFew => {
            "Chưa đủ cơ quan: sáp nhập cần ít nhất một cơ quan khác nơi nhận, tách cần ít nhất hai cơ quan mới"
                .to_owned()
        }
        AmendError::NothingChanges(id) => format!("{}: nội dung vẫn như cũ, không có gì thay đổi", named(id)),
        AmendError::NoYears(what) => {
            format!("{what}: nhiệm vụ hằng năm thì tự tiếp tục; lịch mới phải bắt đầu sau lịch trước")
        }
        AmendError::Syntax { number: 0, message } => {
            format!("Tệp thay đổi không đọc được ({message}): viết theo dạng TOML, mỗi thay đổi một bảng [[change]]")
        }
        AmendError::Syntax { number, message } => {
            format!("Thay đổi thứ {number} trong tệp sai ({message}): xem cách viết bằng lệnh dti catalogue --help")
        }
    }
}

/// Why an edition cannot follow the present one, and what to do.
pub fn edition_error(error: &EditionError, catalogue: &Catalogue) -> String {
    match error {
        EditionError::Faults(faults) => {
            format!(
                "Danh mục sau khi sửa có chỗ không hợp lệ: {}. Chưa có gì thay đổi",
                named_faults(faults, catalogue)
            )
        }
        EditionError::Lost(lost) if lost.is_empty() => {
            "Ấn bản này không nối tiếp danh mục đang dùng: hỏi đơn vị tiếp nhận để lấy đúng gói danh mục".to_owned()
        }
        EditionError::Lost(lost) => {
            format!(
                "Ấn bản sau phải giữ mọi mục đã có để số liệu cũ vẫn đọc được, nhưng thiếu hoặc làm khác đi: {}. \
                 Muốn thôi theo dõi thì đặt ngày kết thúc",
                named_lost(lost, catalogue)
            )
        }
    }
}

/// What contradicts itself in an edition that is being drafted: the first few by name.
pub fn edition_faults(faults: &[Fault], catalogue: &Catalogue) -> String {
    named_faults(faults, catalogue)
}

/// Faults of an edition that came from elsewhere.
pub(super) fn faults(faults: &[Fault]) -> String {
    named_faults(faults, catalogue::embedded())
}

/// What an edition that came from elsewhere loses.
pub(super) fn edition_loses(lost: &[Lost]) -> String {
    named_lost(lost, catalogue::embedded())
}

/// What a later edition changes, a sentence each.
pub fn differences(before: &Catalogue, after: &Catalogue) -> Vec<String> {
    catalogue::differences(before, after).iter().map(|d| difference(before, after, d)).collect()
}

/// "Danh mục ấn bản 2".
pub fn edition(catalogue: &Catalogue) -> String {
    format!("Danh mục ấn bản {}", catalogue.plan.version)
}

/// One change in a sentence; `before` knows the names that were, `after` those that will be.
fn difference(before: &Catalogue, after: &Catalogue, difference: &Difference) -> String {
    let name = |id: &Id| after.agency_name(id).to_owned();
    let old = |id: &Id| before.agency_name(id).to_owned();
    let names = |ids: &[Id]| ids.iter().map(name).collect::<Vec<_>>().join(", ");
    match difference {
        Difference::AgencyAdded(id) => format!("Thêm cơ quan {}{}", name(id), since(after, id)),
        Difference::AgencyRenamed { before, after, .. } => format!("Đổi tên “{before}” thành “{after}”"),
        Difference::AgencyConfirmed(id) => format!("Xác nhận cơ quan {}", name(id)),
        Difference::AgencyClosed { agency, to } => {
            format!("{} kết thúc hoạt động, ngày cuối {}", old(agency), format_date(*to))
        }
        Difference::Merged { agencies, into, to } => {
            let from: Vec<String> = agencies.iter().map(old).collect();
            format!("Sáp nhập {} vào {} từ ngày {}", from.join(", "), name(into), day_after(*to))
        }
        Difference::Split { agency, into, to } => {
            format!("Tách {} thành {} từ ngày {}", old(agency), names(into), day_after(*to))
        }
        Difference::IndicatorAdded(id) => {
            let from = after.indicator(id).and_then(|i| i.valid_from);
            let from = from.map(|d| format!(", từ ngày {}", format_date(d))).unwrap_or_default();
            format!("Thêm chỉ tiêu {}{from}", item(after, id))
        }
        Difference::IndicatorClosed { indicator, to } => {
            format!("Chỉ tiêu {} kết thúc, ngày cuối {}", item(after, indicator), format_date(*to))
        }
        Difference::IndicatorRetitled { indicator, before, after } if before == after => {
            format!("Đổi tên gọn của chỉ tiêu {indicator}")
        }
        Difference::IndicatorRetitled { indicator, after, .. } => {
            format!("Đổi tên chỉ tiêu {indicator} thành “{after}”")
        }
        Difference::TargetChanged { indicator, from } => {
            let target = after.indicator(indicator).map(super::target).unwrap_or_default();
            format!("Mục tiêu của {} là {target}{}", item(after, indicator), holds(*from))
        }
        Difference::RuleChanged { indicator, from } => {
            format!("Đổi cách tính điểm của {}{}", item(after, indicator), holds(*from))
        }
        Difference::ReportersChanged { indicator, from } => {
            let reporters = after.indicator(indicator).map(|i| actors(after, &i.reporters)).unwrap_or_default();
            format!("{} do {reporters} báo cáo{}", item(after, indicator), holds(*from))
        }
        Difference::PointsChanged { indicator, from } => {
            let points = after.indicator(indicator).and_then(|i| i.max_points);
            let points = points.map_or_else(|| "không có".to_owned(), format_decimal);
            format!("Điểm tối đa của {} là {points}{}", item(after, indicator), holds(*from))
        }
        Difference::TaskYears { task, years } => {
            let years: Vec<String> = years.iter().map(i32::to_string).collect();
            let years = if years.is_empty() { "hằng năm".to_owned() } else { format!("năm {}", years.join(", ")) };
            format!("Nhiệm vụ {} thực hiện {years}", item(after, task))
        }
        Difference::Calendar { from_year: Some(year) } => format!("Lịch báo cáo mới từ năm {year}"),
        Difference::Calendar { from_year: None } => "Sửa lịch báo cáo, cả của các kỳ trước".to_owned(),
        Difference::ReceiverChanged { after, .. } => format!("Đơn vị tiếp nhận báo cáo là {}", name(after)),
        Difference::Other { entry } => match entry.as_str() {
            "plan" => "Sửa thông tin chung của kế hoạch".to_owned(),
            "pillars" => "Sửa trụ cột".to_owned(),
            "duties" => "Sửa phần việc của kế hoạch".to_owned(),
            "groups" => "Sửa nhóm cơ quan".to_owned(),
            "errata" => "Sửa danh sách sai sót văn bản".to_owned(),
            id if after.agency(id).is_some() => format!("Sửa thông tin của {}", after.agency_name(id)),
            id => format!("Sửa nội dung {}", item(after, id)),
        },
    }
}

fn named_faults(faults: &[Fault], catalogue: &Catalogue) -> String {
    enumerated(faults.iter().map(|f| fault(f, catalogue)), "; ")
}

fn named_lost(lost: &[Lost], catalogue: &Catalogue) -> String {
    let name = |lost: &Lost| match lost {
        Lost::Agency(id) => catalogue.agency_name(id).to_owned(),
        Lost::Task(id) => format!("nhiệm vụ {id}"),
        Lost::Indicator(id) => format!("chỉ tiêu {id}"),
    };
    enumerated(lost.iter().map(name), ", ")
}

/// The first few by name, the others counted.
fn enumerated(mut names: impl ExactSizeIterator<Item = String>, between: &str) -> String {
    let rest = names.len().saturating_sub(NAMED);
    let shown: Vec<String> = names.by_ref().take(NAMED).collect();
    let rest = if rest > 0 { format!(" và {rest} chỗ khác") } else { String::new() };
    format!("{}{rest}", shown.join(between))
}

/// Agencies and groups by their names.
pub(super) fn actors(catalogue: &Catalogue, ids: &[Id]) -> String {
    let name = |id: &Id| catalogue.group(id).map_or_else(|| catalogue.agency_name(id).to_owned(), |g| g.name.clone());
    ids.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// The faults that an officer's form can make have words; the others name file and entry.
fn fault(fault: &Fault, catalogue: &Catalogue) -> String {
    let entry = match catalogue.agency(&fault.entry) {
        Some(agency) => agency.name.clone(),
        None => fault.entry.clone(),
    };
    match &fault.reason {
        Reason::TooMany { limit } => format!("{entry}: nhiều hơn {limit} mục"),
        Reason::Empty { field } => format!("{entry}: chưa ghi {}", field_name(field)),
        Reason::Untidy { field } => format!("{entry}: {} có dấu cách thừa", field_name(field)),
        Reason::TooLong { field, limit } => format!("{entry}: {} dài quá {limit} chữ", field_name(field)),
        Reason::BadId => format!("mã “{entry}” không đúng dạng (cơ quan như so-noi-vu, chỉ tiêu như M29)"),
        Reason::BadCode => format!("{entry}: mã đơn vị hành chính thiếu, sai hoặc trùng"),
        Reason::AmbiguousName { name, other } => {
            format!("tên “{name}” trùng với {}", catalogue.agency_name(other))
        }
        Reason::SeveralAtOnce(count, day) => format!(
            "{entry}: từ ngày {} có {count} cơ quan cùng báo cáo, mà chỉ một cơ quan báo cáo được",
            format_date(*day)
        ),
        Reason::NoReporter => format!("{entry}: chưa có cơ quan báo cáo"),
        Reason::LeadValue { .. } => format!("{entry}: chỉ một cơ quan báo cáo được"),
        Reason::UnknownReference { id, .. } => format!("{entry}: không có “{id}”"),
        Reason::UnknownPillar(pillar) => format!("{entry}: không có trụ cột {pillar}"),
        Reason::PointsSum { sum, weight } => {
            let pillar = entry.parse().ok().and_then(|id| catalogue.pillar(id)).map_or(&*entry, |p| p.short.as_str());
            let sum = format_decimal(*sum);
            format!("điểm tối đa của các chỉ số trong trụ cột {pillar} cộng lại là {sum}, phải là {weight}")
        }
        Reason::Rule(fault) => format!("{entry}: {}", rule_fault(*fault)),
        Reason::BadParent => format!("{entry}: xã, phường, thị trấn phải thuộc một huyện"),
        Reason::DuplicateId => format!("mã “{entry}” dùng hai lần"),
        Reason::PillarMismatch => format!("{entry}: nhiệm vụ thuộc trụ cột khác"),
        Reason::BadThreshold => format!("{entry}: mục tiêu không phải giá trị có thể có"),
        Reason::MeasureMismatch { .. } => {
            format!("{entry}: cách đo, đơn vị, mục tiêu và cách tổng hợp không khớp nhau")
        }
        Reason::ValidityReversed => format!("{entry}: ngày kết thúc trước ngày bắt đầu"),
        Reason::SuccessionCircle => format!("{entry}: kế thừa vòng tròn"),
        Reason::BadCalendar => "lịch báo cáo có ngày không phải tháng nào cũng có, hoặc sai thứ tự năm".to_owned(),
        other => format!("{} {entry} ({other})", fault.file),
    }
}

/// What makes a scoring rule nonsense.
fn rule_fault(fault: RuleFault) -> &'static str {
    match fault {
        RuleFault::Empty => "cách tính điểm chưa ghi gì",
        RuleFault::Steps => "các bậc phải giảm dần cả mức và điểm, không có điểm âm",
        RuleFault::HighestStep => "điểm của bậc cao nhất phải bằng điểm tối đa",
        RuleFault::Levels => "hệ số các mức phải từ 0 đến 1, mức cao nhất là 1, mức nào cũng có nội dung",
        RuleFault::Conditions => "phải có 1 đến 10 điều kiện, hệ số đều trên 0 và cộng lại bằng 1",
        RuleFault::Extra => "điểm mỗi lần phải trên 0 và không hơn mức nhiều nhất, mức này không quá 1.000",
        RuleFault::CentralReporter => "chỉ tiêu do Bộ đo thì chỉ đơn vị tiếp nhận nhập",
        RuleFault::MaxPoints => "điểm tối đa phải trên 0, và không đi cùng điểm thưởng, điểm trừ hay không tính điểm",
    }
}

fn field_name(field: &str) -> &'static str {
    match field {
        "name" | "title" => "tên",
        "short" => "tên gọn",
        "aliases" => "tên khác",
        "province" => "tên tỉnh",
        "peoples_committee" => "tên Ủy ban nhân dân tỉnh",
        "ministry" => "tên Bộ nhận báo cáo",
        _ => "nội dung",
    }
}

fn since(catalogue: &Catalogue, id: &str) -> String {
    let from = catalogue.agency(id).and_then(|a| a.valid_from);
    from.map(|d| format!(", từ ngày {}", format_date(d))).unwrap_or_default()
}

fn holds(from: Option<NaiveDate>) -> String {
    from.map(|d| format!(" từ ngày {}", format_date(d))).unwrap_or_default()
}

fn day_after(day: NaiveDate) -> String {
    day.succ_opt().map(format_date).unwrap_or_default()
}
