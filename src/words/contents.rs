//! What a record says: in one line for tables and confirmations, and field by field where two values stand side by side.

use super::{document_state, figure, reporting, task_status};
use crate::catalogue::Catalogue;
use crate::record::{Body, Content, Key, Reporting};
use crate::text::bytes::format_size;
use crate::text::date::format_date;
use crate::text::number::format_decimal;

/// The item that a key is about: "M05 Tỷ lệ người dân có danh tính số"; the id alone where this edition does not know it.
pub fn item(catalogue: &Catalogue, id: &str) -> String {
    let base = id.split('/').next().unwrap_or(id);
    let short = catalogue.indicator(base).map(|i| &i.short).or_else(|| catalogue.task(base).map(|t| &t.short));
    match short {
        Some(short) => format!("{base} {short}"),
        None => base.to_owned(),
    }
}

/// A record's value in a few words: "85,47% (1.200/1.404)", "Đang triển khai 60%: đã trình dự thảo".
pub fn content(catalogue: &Catalogue, key: &Key, body: &Body) -> String {
    match &body.content {
        Content::Indicator(v) => {
            let shown = catalogue.indicator(key.base_item()).map(|i| figure(i, v)).unwrap_or_default();
            if v.reason.is_empty() { shown } else { format!("{shown} ({})", v.reason) }
        }
        Content::Task(t) => {
            let percent = t.percent.map(|p| format!(" {p}%")).unwrap_or_default();
            let result = if t.result.is_empty() { String::new() } else { format!(": {}", t.result) };
            format!("{}{percent}{result}", task_status(t.status))
        }
        Content::Document(d) => {
            let date = d.date.map(format_date).unwrap_or_default();
            let facts = [d.symbol.clone(), date, d.summary.clone()];
            let facts: Vec<String> = facts.into_iter().filter(|f| !f.is_empty()).collect();
            let facts = if facts.is_empty() { String::new() } else { format!(": {}", facts.join(", ")) };
            format!("{}{facts}", document_state(d.state))
        }
        Content::PlanItem(p) => p.work.clone(),
        Content::Withdrawn => WITHDRAWN.to_owned(),
    }
}

/// Every field that says something, with its name, in the order of the form; evidence and note last.
pub fn fields(catalogue: &Catalogue, key: &Key, body: &Body) -> Vec<(&'static str, String)> {
    let mut fields: Vec<(&'static str, String)> = Vec::new();
    match &body.content {
        Content::Indicator(v) => {
            if v.state != Reporting::Reported {
                fields.push(("Trạng thái", reporting(v.state).to_owned()));
            }
            let number = |n: &Option<_>| n.map(format_decimal).unwrap_or_default();
            fields.push(("Tử số", number(&v.numerator)));
            fields.push(("Mẫu số", number(&v.denominator)));
            let known = catalogue.indicator(key.base_item()).filter(|_| v.state == Reporting::Reported);
            let value = known.and_then(|i| Some(super::value(i, v.figure(i.measure)?)));
            fields.push(("Giá trị", value.unwrap_or_else(|| number(&v.value))));
            fields.push(("Lý do", v.reason.clone()));
        }
        Content::Task(t) => {
            fields.push(("Trạng thái", task_status(t.status).to_owned()));
            fields.push(("Hoàn thành", t.percent.map(|p| format!("{p}%")).unwrap_or_default()));
            fields.push(("Kết quả", t.result.clone()));
            fields.push(("Khó khăn", t.difficulty.clone()));
            fields.push(("Nguyên nhân", t.cause.clone()));
            fields.push(("Kiến nghị", t.proposal.clone()));
        }
        Content::Document(d) => {
            fields.push(("Trạng thái", document_state(d.state).to_owned()));
            fields.push(("Số, ký hiệu", d.symbol.clone()));
            fields.push(("Ngày", d.date.map(format_date).unwrap_or_default()));
            fields.push(("Trích yếu", d.summary.clone()));
            fields.push(("Lý do", d.reason.clone()));
        }
        Content::PlanItem(p) => {
            fields.push(("Việc", p.work.clone()));
            fields.push(("Phối hợp", p.coordinating.clone()));
            fields.push(("Từ", p.from.map(format_date).unwrap_or_default()));
            fields.push(("Đến", p.to.map(format_date).unwrap_or_default()));
            fields.push(("Sản phẩm", p.output.clone()));
        }
        Content::Withdrawn => fields.push((super::kind(key.kind), WITHDRAWN.to_owned())),
    }
    let evidence = body.evidence.iter().map(|e| format!("{} ({})", e.name, format_size(e.bytes)));
    fields.push(("Minh chứng", evidence.collect::<Vec<_>>().join(", ")));
    fields.push(("Ghi chú", body.note.clone()));
    fields.retain(|(_, text)| !text.is_empty());
    fields
}

const WITHDRAWN: &str = "Đã rút lại";

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::record::{EvidenceRef, IndicatorValue, Kind, TaskProgress, TaskStatus};

    fn key(kind: Kind, item: &str) -> Key {
        Key { kind, item: item.to_owned(), agency: "so-tttt".to_owned(), period: "2023-Q4".parse().unwrap() }
    }

    #[test]
    fn a_ratio_names_its_parts_its_value_and_its_evidence() {
        let catalogue = crate::catalogue::embedded();
        let mut body = Body::new(Content::Indicator(IndicatorValue::ratio(Decimal::from(3), Decimal::from(4))));
        body.evidence.push(EvidenceRef { sha256: "0".repeat(64), name: "bảng.xlsx".to_owned(), bytes: 2048 });
        let fields = fields(catalogue, &key(Kind::Indicator, "M05"), &body);
        let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["Tử số", "Mẫu số", "Giá trị", "Minh chứng"]);
        assert_eq!(fields[2].1, "75%");
    }

    #[test]
    fn a_task_says_its_state_percent_and_result_in_one_line() {
        let catalogue = crate::catalogue::embedded();
        let task = TaskProgress {
            status: TaskStatus::InProgress,
            percent: Some(60),
            result: "đã trình dự thảo".to_owned(),
            ..TaskProgress::default()
        };
        let line = content(catalogue, &key(Kind::Task, "I.1"), &Body::new(Content::Task(task)));
        assert_eq!(line, "Đang triển khai 60%: đã trình dự thảo");
    }

    #[test]
    fn an_item_is_named_with_its_short_title() {
        let catalogue = crate::catalogue::embedded();
        let task = catalogue.task("I.1").unwrap();
        assert_eq!(item(catalogue, "I.1/0a1b2c3d"), format!("I.1 {}", task.short));
        assert_eq!(item(catalogue, "Z99"), "Z99");
    }
}
