//! `DOC-TRUOC.txt`: the note for a person who opens the ZIP: what this is, how to read and to check it.

use super::bag::one_line;
use super::descriptor::title;
use super::{Contents, PackageKind};
use crate::catalogue::Catalogue;
use crate::record::FilingKind;
use crate::text::date::{format_date, format_time};
use crate::trust::PublicKey;

/// How to read a report without the program.
const PAPERS: &str = ", mở \"data/bao-cao.docx\" bằng Word hoặc \"data/bao-cao.xlsx\" bằng Excel, LibreOffice (gói nhiều\n  phần thì ở phần 1)";

/// The text of the note. With BOM and CRLF, so that Notepad shows it.
pub(super) fn write(contents: &Contents, catalogue: &Catalogue, key: Option<PublicKey>) -> String {
    let header = &contents.header;
    let plan = &catalogue.plan;
    let template = match header.kind {
        PackageKind::Submission => include_str!("doc-truoc.txt"),
        _ => include_str!("doc-truoc-thong-bao.txt"),
    };
    let filled = fill(template, |gap| {
        Some(match gap {
            "title" => title(header, plan).to_uppercase(),
            "province" => plan.territory().to_uppercase(),
            "what" => what(contents, catalogue),
            "papers" => if header.contributes(plan) { "" } else { PAPERS }.to_owned(),
            "recipient" if header.kind == PackageKind::Catalogue => "Các cơ quan báo cáo".to_owned(),
            "recipient" => one_line(catalogue.agency_name(&header.recipient)),
            "sender" => one_line(catalogue.agency_name(&header.agency)),
            "officer" => one_line(&header.officer),
            "period" => {
                let period = &header.period;
                format!("{} (số liệu từ {} đến {})", period.id, format_date(period.from), format_date(period.to))
            }
            "filing" => filing(header.filing),
            "part" => format!("{}/{}", header.part.number, header.part.of),
            "rows" => contents.revisions.len().to_string(),
            "evidence" => contents.evidence.len().to_string(),
            "created" => format_time(header.created),
            "software" => header.software.clone(),
            "submission" => header.submission.clone(),
            "code" => key.map_or("gói không ký".to_owned(), |k| k.code()),
            "key" => key.map_or("<khóa>".to_owned(), |k| k.to_string()),
            _ => return None,
        })
    });
    format!("\u{feff}{}", filled.replace("\r\n", "\n").replace('\n', "\r\n"))
}

/// What the package brings, and what to do with it.
fn what(contents: &Contents, catalogue: &Catalogue) -> String {
    let header = &contents.header;
    let filing = filing(header.filing);
    match header.kind {
        PackageKind::Submission if header.contributes(&catalogue.plan) => format!(
            "Tệp ZIP này chứa số liệu phối hợp mà cơ quan nêu trên gửi {} cho các nhiệm vụ do cơ quan đó chủ trì;\n\
             không phải báo cáo nộp đơn vị tổng hợp.",
            one_line(catalogue.agency_name(&header.recipient))
        ),
        PackageKind::Submission => {
            "Tệp ZIP này chứa số liệu mà cơ quan nêu trên báo cáo theo Kế hoạch nâng cao chỉ số chuyển đổi số của tỉnh."
                .to_owned()
        }
        PackageKind::Catalogue => format!(
            "Nơi gửi ban hành danh mục ấn bản {} (cơ quan, chỉ tiêu, nhiệm vụ, lịch báo cáo) cho mọi cơ quan báo cáo.\n\
             Đề nghị nhập gói này vào phần mềm trước khi nhập số liệu kỳ tới; chương trình cho xem trước những gì thay đổi.",
            header.catalogue_version
        ),
        PackageKind::WorkingCopy => {
            "Tệp ZIP này chứa toàn bộ số liệu của đơn vị, để làm tiếp trên máy khác của đơn vị.".to_owned()
        }
        PackageKind::Receipt => {
            format!("Nơi gửi báo đã nhận báo cáo {filing} của nơi nhận; chi tiết ở data/receipt.csv.")
        }
        PackageKind::Return => format!(
            "Nơi gửi trả lại một số dòng trong báo cáo {filing} của nơi nhận, lý do ở data/returned_rows.csv.\n\
             Đề nghị sửa các dòng đó và nộp báo cáo bổ sung."
        ),
        PackageKind::Request => {
            "Nơi gửi yêu cầu nơi nhận phối hợp cung cấp số liệu nêu ở data/requests.csv.".to_owned()
        }
    }
}

fn filing(kind: FilingKind) -> String {
    match kind {
        FilingKind::Official => "chính thức".to_owned(),
        FilingKind::Supplementary(n) => format!("bổ sung lần {n}"),
    }
}

/// The template with its gaps filled in, in one go: what is filled in is not read as a template again.
fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let gap = after.split_once('}').and_then(|(name, behind)| Some((value(name)?, behind)));
        match gap {
            Some((text, behind)) => {
                filled.push_str(&text);
                rest = behind;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_read_as_a_template_again() {
        let value = |gap: &str| match gap {
            "officer" => Some("{key}".to_owned()),
            "key" => Some("RWQ".to_owned()),
            _ => None,
        };
        assert_eq!(fill("{officer}, {key}; {x} {", value), "{key}, RWQ; {x} {");
    }
}
