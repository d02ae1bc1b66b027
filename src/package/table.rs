//! The tables of format 1: their files, columns and keys. One definition for writing, reading and the schema.

use serde_json::{Map, Value, json};

use super::{PackageKind, limits, rfc4180};

/// One CSV file of the package (RFC 4180, UTF-8 without BOM, CRLF).
#[derive(Debug)]
pub(super) struct Table {
    /// Resource name; the file is `data/<name>.csv`.
    pub name: &'static str,
    pub title: &'static str,
    pub columns: &'static [Column],
    pub primary_key: &'static [&'static str],
    /// Column, referenced table, referenced column.
    pub foreign_keys: &'static [(&'static str, &'static str, &'static str)],
}

#[derive(Debug)]
pub(super) struct Column {
    pub name: &'static str,
    /// For people, in Vietnamese.
    pub title: &'static str,
    pub form: Form,
    pub need: Need,
}

/// The type of a column, in the Table Schema's terms.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// One line.
    Name,
    /// Free text.
    Text,
    /// 64 hex digits.
    Sha256,
    /// One of these.
    Choice(&'static [&'static str]),
    Number,
    Integer,
    Date,
    /// RFC 3339 with offset.
    Time,
    /// JSON object.
    Object,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    Optional,
}

use Form::{Choice, Date, Integer, Name, Number, Object, Sha256, Text, Time};
use Need::{Optional, Required};

const fn column(name: &'static str, title: &'static str, form: Form, need: Need) -> Column {
    Column { name, title, form, need }
}

/// Characters that the guard against formulas adds.
const GUARD: usize = 1;

/// A withdrawn record keeps its key and history; its state says so in every table.
pub(super) const WITHDRAWN: &str = "withdrawn";
/// The state of a plan item that stands.
pub(super) const PLANNED: &str = "planned";

/// Columns that every table of revisions has, before and after the columns of its content.
macro_rules! revision_columns {
    ([$($item:expr),+], $states:expr, [$($content:expr),+ $(,)?]) => {
        &[
            column("revision", "Mã bản ghi", Sha256, Required),
            $($item,)+
            column("agency", "Cơ quan", Name, Required),
            column("period", "Kỳ", Name, Required),
            column("state", "Trạng thái", Choice($states), Required),
            $($content,)+
            column("note", "Ghi chú", Text, Optional),
            column("author", "Người nhập", Name, Optional),
            column("origin", "Nơi nhập", Name, Required),
            column("device", "Máy nhập", Name, Required),
            column("time", "Thời điểm nhập", Time, Required),
            column("vector", "Lịch sử sửa theo máy", Object, Required),
            column("content_hash", "SHA-256 của nội dung", Sha256, Required),
        ]
    };
}

pub(super) const INDICATOR_VALUES: Table = Table {
    name: "indicator_values",
    title: "Số liệu chỉ tiêu",
    columns: revision_columns!(
        [column("item", "Chỉ tiêu", Name, Required)],
        &["reported", "no_data", "not_applicable", WITHDRAWN],
        [
            column("numerator", "Tử số", Number, Optional),
            column("denominator", "Mẫu số", Number, Optional),
            column("value", "Giá trị", Number, Optional),
            column("reason", "Lý do không có số liệu", Text, Optional),
        ]
    ),
    primary_key: &["revision"],
    foreign_keys: &[("item", "indicators", "id")],
};

pub(super) const TASK_PROGRESS: Table = Table {
    name: "task_progress",
    title: "Tiến độ nhiệm vụ",
    columns: revision_columns!(
        [column("task", "Nhiệm vụ", Name, Required)],
        &["not_started", "in_progress", "done", "paused", WITHDRAWN],
        [
            column("percent", "Phần trăm hoàn thành", Integer, Optional),
            column("result", "Kết quả thực hiện", Text, Optional),
            column("difficulty", "Khó khăn, vướng mắc", Text, Optional),
            column("cause", "Nguyên nhân", Text, Optional),
            column("proposal", "Đề xuất, kiến nghị", Text, Optional),
        ]
    ),
    primary_key: &["revision"],
    foreign_keys: &[("task", "tasks", "id")],
};

pub(super) const PLAN_ITEMS: Table = Table {
    name: "plan_items",
    title: "Kế hoạch chi tiết",
    columns: revision_columns!(
        [column("task", "Nhiệm vụ", Name, Required), column("tag", "Dòng kế hoạch", Name, Required)],
        &[PLANNED, WITHDRAWN],
        [
            column("work", "Nội dung công việc", Text, Optional),
            column("coordinating", "Đơn vị phối hợp", Text, Optional),
            column("from", "Từ ngày", Date, Optional),
            column("to", "Đến ngày", Date, Optional),
            column("output", "Sản phẩm", Text, Optional),
        ]
    ),
    primary_key: &["revision"],
    foreign_keys: &[("task", "tasks", "id")],
};

pub(super) const DOCUMENTS: Table = Table {
    name: "documents",
    title: "Văn bản",
    columns: revision_columns!(
        [column("item", "Chỉ tiêu", Name, Required)],
        &["not_issued", "drafting", "issued", "not_applicable", WITHDRAWN],
        [
            column("symbol", "Số, ký hiệu", Text, Optional),
            column("date", "Ngày ban hành", Date, Optional),
            column("summary", "Trích yếu", Text, Optional),
            column("reason", "Lý do", Text, Optional),
        ]
    ),
    primary_key: &["revision"],
    foreign_keys: &[("item", "indicators", "id")],
};

/// What the revisions refer to, and what the package brings: no row without the one or the other, so no key of its own.
pub(super) const EVIDENCE: Table = Table {
    name: "evidence",
    title: "Tệp minh chứng",
    columns: &[
        column("revision", "Mã bản ghi (trống: ở phần khác)", Sha256, Optional),
        column("name", "Tên tệp", Name, Required),
        column("sha256", "SHA-256 của tệp", Sha256, Required),
        column("bytes", "Số byte", Integer, Required),
        column("file", "Đường dẫn trong gói (trống: ở phần khác)", Name, Optional),
    ],
    primary_key: &[],
    foreign_keys: &[],
};

/// The catalogue's indicators, for people and other programs; this program reads its own catalogue.
pub(super) const INDICATORS: Table = Table {
    name: "indicators",
    title: "Danh mục chỉ tiêu (trích)",
    columns: &[
        column("id", "Mã", Name, Required),
        column("pillar", "Trụ cột", Integer, Required),
        column("title", "Tên chỉ tiêu", Text, Required),
        column("measure", "Cách đo", Choice(&["ratio", "rate", "value", "document"]), Required),
        column("unit", "Đơn vị tính", Name, Optional),
        column("numerator", "Tử số là gì", Text, Optional),
        column("denominator", "Mẫu số là gì", Text, Optional),
        column("target", "Mục tiêu", Choice(&["at_least", "all", "increase", "exists"]), Required),
        column("threshold", "Ngưỡng", Number, Optional),
        column("frequency", "Tần suất", Choice(&["quarter", "year"]), Required),
        column("task", "Nhiệm vụ", Name, Optional),
    ],
    primary_key: &["id"],
    foreign_keys: &[("task", "tasks", "id")],
};

/// The catalogue's tasks, likewise.
pub(super) const TASKS: Table = Table {
    name: "tasks",
    title: "Danh mục nhiệm vụ (trích)",
    columns: &[
        column("id", "Mã", Name, Required),
        column("pillar", "Trụ cột", Integer, Required),
        column("title", "Nội dung nhiệm vụ", Text, Required),
        column("short", "Tên ngắn", Text, Required),
        column("time", "Thời gian", Name, Optional),
    ],
    primary_key: &["id"],
    foreign_keys: &[],
};

pub(super) const TIMELY: &str = "timely";
pub(super) const LATE: &str = "late";

/// The packages of a filing that arrived, one a row. The counts are of the last time that each was merged.
pub(super) const RECEIPT: Table = Table {
    name: "receipt",
    title: "Giấy báo nhận",
    columns: &[
        column("package", "SHA-256 của gói đã nhận", Sha256, Required),
        column("submission", "Mã lần nộp", Name, Required),
        column("filing", "Lần nộp (0: chính thức; n: bổ sung lần n)", Integer, Required),
        column("bytes", "Số byte", Integer, Required),
        column("arrived", "Nhận lúc", Time, Required),
        column("filed", "Nộp lúc, theo gói có chữ ký", Time, Optional),
        column("due", "Thời hạn (timely: đúng hạn; late: trễ hạn)", Choice(&[TIMELY, LATE]), Required),
        column("new", "Dòng mới", Integer, Required),
        column("changed", "Dòng thay đổi", Integer, Required),
        column("same", "Dòng không đổi", Integer, Required),
        column("older", "Dòng cũ hơn", Integer, Required),
        column("conflict", "Dòng khác nhau, chờ chọn", Integer, Required),
    ],
    primary_key: &["package"],
    foreign_keys: &[],
};

/// Rows of a filing that are sent back.
pub(super) const RETURNED_ROWS: Table = Table {
    name: "returned_rows",
    title: "Các dòng trả lại",
    columns: &[
        column("record", "Số liệu", Name, Required),
        column("item", "Mã chỉ tiêu, nhiệm vụ", Name, Required),
        column("agency", "Cơ quan", Name, Required),
        column("revision", "Mã bản ghi", Sha256, Required),
        column("reason", "Lý do trả lại", Text, Required),
        column("returned_by", "Người trả lại", Name, Optional),
    ],
    primary_key: &["revision"],
    foreign_keys: &[],
};

/// What a lead agency asks of an agency that coordinates with it.
pub(super) const REQUESTS: Table = Table {
    name: "requests",
    title: "Yêu cầu phối hợp",
    columns: &[column("item", "Mã chỉ tiêu, nhiệm vụ", Name, Required), column("note", "Nội dung", Text, Optional)],
    primary_key: &["item"],
    foreign_keys: &[],
};

/// What an agency filed before, for its other PC: that one counts on from here, and knows an answer to it.
pub(super) const FILINGS: Table = Table {
    name: "filings",
    title: "Các lần đã nộp",
    columns: &[
        column("submission", "Mã lần nộp", Name, Required),
        column("agency", "Cơ quan", Name, Required),
        column("recipient", "Nơi nhận", Name, Required),
        column("period", "Kỳ", Name, Required),
        column("filing", "Lần nộp (0: chính thức; n: bổ sung lần n)", Integer, Required),
        column("officer", "Người nộp", Name, Optional),
        column("device", "Máy nộp", Name, Required),
        column("time", "Nộp lúc", Time, Required),
        column("previous", "SHA-256 của gói nộp trước", Sha256, Optional),
        column("answers", "Mã giấy báo được trả lời", Name, Optional),
        column("software", "Phần mềm", Name, Required),
        column("size_limit", "Giới hạn số byte một gói", Integer, Required),
        column("packages", "SHA-256 của các gói", Text, Required),
        column("revisions", "Mã các bản ghi đã nộp", Text, Required),
    ],
    primary_key: &["submission"],
    foreign_keys: &[],
};

/// The tables of each kind of package, in the order of the descriptor.
pub(super) fn of(kind: PackageKind) -> &'static [&'static Table] {
    match kind {
        PackageKind::Receipt => &[&RECEIPT],
        PackageKind::Return => &[&RECEIPT, &RETURNED_ROWS],
        PackageKind::Request => &[&REQUESTS],
        PackageKind::WorkingCopy => {
            &[&INDICATOR_VALUES, &TASK_PROGRESS, &PLAN_ITEMS, &DOCUMENTS, &EVIDENCE, &INDICATORS, &TASKS, &FILINGS]
        }
        PackageKind::Catalogue => &[&INDICATORS, &TASKS],
        PackageKind::Submission => {
            &[&INDICATOR_VALUES, &TASK_PROGRESS, &PLAN_ITEMS, &DOCUMENTS, &EVIDENCE, &INDICATORS, &TASKS]
        }
    }
}

impl Table {
    pub fn file(&self) -> String {
        format!("data/{}.csv", self.name)
    }

    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == column)
    }

    /// The header row.
    pub fn header(&self) -> Vec<&'static str> {
        self.columns.iter().map(|c| c.name).collect()
    }

    /// The cells as they stand in the file: names and texts guarded, so that no spreadsheet program takes one for a formula.
    pub fn guard(&self, cells: &[String]) -> Vec<String> {
        let guarded =
            |(column, cell): (&Column, &String)| if column.is_text() { rfc4180::guard(cell) } else { cell.clone() };
        self.columns.iter().zip(cells).map(guarded).collect()
    }

    /// The cells that [`guard`](Self::guard) made these of; where it would not have, the column and its cell.
    pub fn unguard(&self, cells: Vec<String>) -> Result<Vec<String>, (&'static str, String)> {
        let unguarded = |(column, cell): (&Column, String)| match rfc4180::unguard(&cell) {
            Some(text) if column.is_text() => Ok(text.to_owned()),
            None if column.is_text() => Err((column.name, cell)),
            _ => Ok(cell),
        };
        self.columns.iter().zip(cells).map(unguarded).collect()
    }

    /// The Table Schema (Data Package v2).
    pub fn schema(&self) -> Value {
        let mut schema = Map::new();
        schema.insert("fields".into(), self.columns.iter().map(Column::descriptor).collect());
        if !self.primary_key.is_empty() {
            schema.insert("primaryKey".into(), json!(self.primary_key));
        }
        if !self.foreign_keys.is_empty() {
            let keys = self.foreign_keys.iter().map(|(column, table, key)| {
                json!({ "fields": [column], "reference": { "resource": table, "fields": [key] } })
            });
            schema.insert("foreignKeys".into(), keys.collect());
        }
        Value::Object(schema)
    }
}

impl Column {
    fn is_text(&self) -> bool {
        matches!(self.form, Name | Text)
    }

    fn descriptor(&self) -> Value {
        let mut constraints = Map::new();
        if self.need == Required {
            constraints.insert("required".into(), json!(true));
        }
        let kind = match self.form {
            Name => {
                constraints.insert("maxLength".into(), json!(limits::NAME_CHARS + GUARD));
                "string"
            }
            Text => {
                constraints.insert("maxLength".into(), json!(limits::TEXT_CHARS + GUARD));
                "string"
            }
            Sha256 => {
                constraints.insert("pattern".into(), json!("[0-9a-f]{64}"));
                "string"
            }
            Choice(values) => {
                constraints.insert("enum".into(), json!(values));
                "string"
            }
            Number => "number",
            Integer => {
                constraints.insert("minimum".into(), json!(0));
                "integer"
            }
            Date => "date",
            Time => "datetime",
            Object => "object",
        };
        let mut field = json!({ "name": self.name, "type": kind, "title": self.title });
        if !constraints.is_empty() {
            field["constraints"] = Value::Object(constraints);
        }
        field
    }
}
