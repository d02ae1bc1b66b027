//! DTI Quảng Trị: agencies report on the province's digital transformation plan, exchange packages, and merge them.
//!
//! One package, one window, one file. A workspace is a single SQLite file owned by one agency; agencies exchange data
//! packages by e-mail; the receiving department runs the same program and sees more of it. Data flow one way:
//! plan → record → revision → package → merge → progress → report.
//!
//! # The house
//!
//! | module | holds |
//! |---|---|
//! | [`text`] | Vietnamese text: NFC, search, sorting, numbers, dates. Pure |
//! | [`trust`] | keys, signatures, and what a key is to one who remembers keys. Pure |
//! | [`catalogue`] | the plan as data: pillars, tasks, indicators, agencies, calendar, errata. Pure |
//! | [`record`] | what an agency reports: contents, revisions, version vectors, operations, findings. Pure |
//! | [`progress`] | arithmetic: attainment, aggregation, completeness, estimated score. Pure |
//! | [`store`] | all SQL: schema, migrations, evidence, backup |
//! | [`ops`] | use cases: one function = one transaction = one log entry = one undo step |
//! | [`package`] | the data package: write, read, verify; names and limits |
//! | [`merge`] | what a merge would do: a pure plan, shown and then applied |
//! | [`table`] | CSV and Excel in |
//! | [`exchange`] | use cases that join packages and the store: export, preview, import, answer, issue, copy |
//! | [`report`] | documents and mail drafts as bytes |
//! | [`words`] | Vietnamese wording shared by window, command line and reports |
//! | [`demo`] | the main job on the embedded plan, with sample figures |
//! | [`work`] | the worker thread: jobs in, events out |
//! | [`platform`] | directories, lock, dialogs, crash reports |
//! | [`cli`] | the command line, one file per subcommand |
//! | [`ui`] | egui: theme, widgets, screens. Reads state, emits commands |
//! | [`app`] | glue between `ui` and `work` |
//!
//! Who may use whom is checked by `tests/architecture.rs`.
//!
//! # Invariants
//!
//! 1. A frame never waits: no file, database or dialog call on the UI thread. The worker owns the only write connection.
//! 2. The UI reads state and emits commands; the only thing that it changes is the draft of a form.
//! 3. Every stored change is one `ops` function: one transaction, one operation-log entry, one undo step.
//! 4. Revisions are append-only. The current value is a head; nothing that anyone ever entered or received is deleted.
//! 5. Files are never written in place: temporary file in the same folder, fsync, rename.
//! 6. Import is plan → preview → apply, and the preview comes from the same code as the apply.
//! 7. Outside text is NFC, outside names and sizes are checked, before they become our types.
//! 8. The workspace opens in plain `sqlite3`; a newer schema is refused, an older one migrated after a backup.
//! 9. Pure modules hold no words for the screen; an error is handled once and says what happened, where, what to do.
//! 10. Time, ids and randomness are arguments: tests are exact.
//!
//! # Glossary
//!
//! | code | on the screen |
//! |---|---|
//! | pillar | trụ cột |
//! | indicator, target, attainment | chỉ tiêu, mục tiêu, mức đạt |
//! | numerator, denominator | tử số, mẫu số |
//! | task, lead, coordinating | nhiệm vụ, chủ trì, phối hợp |
//! | plan item | việc trong kế hoạch chi tiết |
//! | evidence | minh chứng |
//! | filing: official, supplementary n | nộp: chính thức, bổ sung lần n |
//! | package, receipt, return, request | gói dữ liệu, giấy báo nhận, trả lại, yêu cầu phối hợp |
//! | working copy | bản sao làm việc |
//! | revision, head, conflict | lần ghi, giá trị hiện hành, mâu thuẫn |
//! | key code, standing | mã khóa, tình trạng chữ ký |
//! | edition, amendment | ấn bản danh mục, thay đổi |
//! | operation, undo | thao tác, hoàn tác |

pub mod app;
pub mod catalogue;
pub mod cli;
pub mod demo;
pub mod exchange;
pub mod merge;
pub mod ops;
pub mod package;
pub mod platform;
pub mod progress;
pub mod record;
pub mod report;
pub mod store;
pub mod table;
pub mod text;
pub mod trust;
pub mod ui;
pub mod words;
pub mod work;
