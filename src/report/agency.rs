//! The agency's report to the receiving department: what the plan (line 134) and the province's reporting rules ask for.
//!
//! Figures and states in sentences, charts per pillar, difficulties, proposals and what is missing; the whole tables lie
//! in two annexes.

use std::collections::BTreeSet;

use super::document::{Align, Annex, Block, Cell, Column, Document, Letter, Number, Row, Table};
use super::letterhead::{annex_reference, letterhead, signature};
use super::{Request, province, tables};
use crate::catalogue::{Catalogue, Measure, Period, PeriodId, Task};
use crate::progress::{self, AgencyStatus, PillarProgress, Scope};
use crate::record::{Content, DocumentFacts, DocumentState, NextFiling, Revision, Snapshot, TaskProgress};
use crate::text::date::format_date;
use crate::words;

pub(super) fn report(snapshot: &Snapshot, agency: &str, request: &Request) -> Document {
    let catalogue = &snapshot.catalogue;
    let period = &request.period;
    let scope = Scope::Agency(agency.to_owned());
    let facts = Facts {
        snapshot,
        agency,
        period,
        status: progress::agency_status(snapshot, agency, period, request.issued),
        pillars: progress::pillars(snapshot, &scope, period),
    };
    let head = letterhead(catalogue, agency, "BC", request.issued.date_naive());
    let reference = annex_reference(catalogue, agency, &head);
    let annex = |label: &str, title: &str, table: Table| Annex {
        label: label.to_owned(),
        title: format!("{title} - {}", words::period(period).to_uppercase()),
        reference: reference.clone(),
        blocks: vec![Block::Table(table)],
    };
    let annexes = vec![
        annex(
            "Phụ lục I",
            "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU",
            tables::indicators(snapshot, &scope, period, &facts.pillars),
        ),
        annex("Phụ lục II", "KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ", facts.task_table()),
    ];
    let summary = format!("Kết quả thực hiện {}, {}", catalogue.plan.title, in_sentence(period));
    let receives = agency == catalogue.plan.receiver;
    let to = if receives { &catalogue.plan.peoples_committee } else { catalogue.agency_name(&catalogue.plan.receiver) };
    Document {
        properties: province::properties(snapshot, &scope, agency, request, &format!("Báo cáo {}", lower(&summary))),
        letter: Some(Letter {
            letterhead: head,
            kind: "BÁO CÁO".to_owned(),
            summary,
            addressees: vec![to.to_owned()],
            blocks: facts.blocks(to),
            recipients: ["Như trên", "Lãnh đạo cơ quan", "Lưu: VT"].map(str::to_owned).to_vec(),
            signature: signature(catalogue, agency, request),
        }),
        annexes,
    }
}

/// "quý IV/2023", within a sentence.
pub(super) fn in_sentence(period: &PeriodId) -> String {
    lower(&words::period(period))
}

/// "số liệu từ ngày 15/09/2023 đến ngày 14/12/2023"
pub(super) fn window(period: &Period) -> String {
    format!("số liệu từ ngày {} đến ngày {}", format_date(period.from), format_date(period.to))
}

/// The text with a small first letter.
pub(super) fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A sentence with exactly one full stop, whatever the officer typed at its end.
pub(super) fn sentence(text: &str) -> String {
    format!("{}.", text.trim().trim_end_matches(['.', ';', ',', ' ']))
}

struct Facts<'a> {
    snapshot: &'a Snapshot,
    agency: &'a str,
    period: &'a PeriodId,
    status: AgencyStatus,
    pillars: Vec<PillarProgress>,
}

impl<'a> Facts<'a> {
    fn blocks(&self, to: &str) -> Vec<Block> {
        let catalogue = &self.snapshot.catalogue;
        let mut blocks = vec![Block::Paragraph(format!(
            "Thực hiện {}, {} báo cáo kết quả thực hiện {} ({}) như sau:",
            catalogue.plan.title,
            catalogue.agency_name(self.agency),
            in_sentence(self.period),
            window(&catalogue.period(self.period)),
        ))];
        blocks.push(section("I. TÌNH HÌNH CHUNG"));
        blocks.push(Block::Paragraph(self.completeness()));
        blocks.push(Block::Table(tables::pillars(catalogue, &Scope::Agency(self.agency.to_owned()), &self.pillars)));
        blocks.push(section("II. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU"));
        blocks.extend(self.indicators());
        blocks.push(section("III. KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ"));
        blocks.extend(self.tasks());
        blocks.push(section("IV. VĂN BẢN"));
        blocks.extend(self.documents());
        blocks.push(section("V. KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN"));
        blocks.extend(self.told(difficulty));
        blocks.push(section("VI. ĐỀ XUẤT, KIẾN NGHỊ"));
        blocks.extend(self.told(|t| t.proposal.clone()));
        blocks.push(section("VII. NỘI DUNG CHƯA BÁO CÁO"));
        blocks.extend(self.missing());
        blocks.extend(self.package());
        blocks.push(Block::Paragraph(format!(
            "Trên đây là báo cáo kết quả thực hiện {} của {}, kính gửi {to} tổng hợp./.",
            in_sentence(self.period),
            catalogue.agency_name(self.agency),
        )));
        blocks
    }

    /// The package that carries what this report says, so that whoever signs the report answers for the package too.
    fn package(&self) -> Option<Block> {
        let snapshot = self.snapshot;
        let NextFiling::Again(filing) = snapshot.next_filing(self.agency, self.period) else { return None };
        if self.agency != snapshot.agency || filing.packages.is_empty() {
            return None;
        }
        // What came in a working copy was signed on the PC that filed it.
        let key = (filing.device == snapshot.device)
            .then(|| format!(", ký bằng khóa có mã {}", snapshot.trust.own_at(filing.time).code()));
        Some(Block::Paragraph(format!(
            "Số liệu của báo cáo này được gửi bằng gói dữ liệu {}{}; mã kiểm tra SHA-256 của gói: {}.",
            words::filing(filing.kind),
            key.unwrap_or_default(),
            filing.packages.join(", "),
        )))
    }

    fn completeness(&self) -> String {
        let count = |wanted: fn(&Snapshot, &str) -> bool| {
            self.status.expected.iter().filter(|item| wanted(self.snapshot, item)).count()
        };
        let tasks = count(|s, item| s.catalogue.task(item).is_some());
        let documents = count(|s, item| s.catalogue.indicator(item).is_some_and(|i| i.measure == Measure::Document));
        let expected = self.status.expected.len();
        format!(
            "Trong kỳ, cơ quan phải báo cáo {expected} nội dung, gồm {} chỉ tiêu số liệu, {documents} văn bản và {tasks} \
             nhiệm vụ; đã báo cáo {} nội dung, còn {} nội dung chưa báo cáo.",
            expected - tasks - documents,
            self.status.reported.len(),
            self.status.missing.len() + self.undecided().len(),
        )
    }

    fn indicators(&self) -> Vec<Block> {
        let catalogue = &self.snapshot.catalogue;
        let mut blocks = Vec::new();
        let asked = self.pillars.iter().filter(|p| p.indicators_expected > 0);
        for (number, pillar) in (1..).zip(asked) {
            let title = catalogue.pillar(pillar.pillar).map(|p| p.title.as_str()).unwrap_or_default();
            blocks.push(Block::Heading(format!("{number}. {title}")));
            blocks.push(Block::Paragraph(attained(catalogue, pillar, self.period)));
            blocks.extend(tables::pillar_chart(catalogue, pillar, self.period).map(Block::Chart));
        }
        if blocks.is_empty() {
            return nothing("Trong kỳ, cơ quan không phải báo cáo chỉ tiêu.");
        }
        blocks.push(Block::Paragraph("Số liệu chi tiết tại Phụ lục I.".to_owned()));
        blocks
    }

    fn tasks(&self) -> Vec<Block> {
        let tasks: Vec<&Task> = self.led_tasks();
        if tasks.is_empty() {
            return nothing("Trong năm, cơ quan không chủ trì nhiệm vụ nào của Kế hoạch.");
        }
        let point = |task: &&Task| {
            let Some(progress) = self.progress_of(task) else {
                return Block::Point(format!("{} {}: chưa báo cáo.", task.id, task.short));
            };
            let percent = progress.percent.map(|p| format!(", {p}%")).unwrap_or_default();
            let state = lower(words::task_status(progress.status));
            let result =
                if progress.result.is_empty() { String::new() } else { format!(" {}", sentence(&progress.result)) };
            Block::Point(format!("{} {}: {state}{percent}.{result}", task.id, task.short))
        };
        let mut blocks: Vec<Block> = tasks.iter().map(point).collect();
        blocks.push(Block::Paragraph("Chi tiết tại Phụ lục II.".to_owned()));
        blocks
    }

    fn documents(&self) -> Vec<Block> {
        let of_agency: Vec<(&str, &DocumentFacts)> = self
            .snapshot
            .of_agency(self.agency, self.period)
            .filter_map(|record| match &record.reported()?.body.content {
                Content::Document(facts) => Some((record.key.item.as_str(), facts)),
                _ => None,
            })
            .collect();
        if of_agency.is_empty() {
            return nothing("Không có văn bản phải báo cáo trong kỳ.");
        }
        let name = |item: &str| self.snapshot.catalogue.indicator(item).map(|i| i.short.clone()).unwrap_or_default();
        let row = |(item, facts): &(&str, &DocumentFacts)| {
            let remark = if facts.state == DocumentState::Issued { &facts.summary } else { &facts.reason };
            Row::Cells(vec![
                Cell::text(*item),
                Cell::text(name(item)),
                Cell::text(words::document_state(facts.state)),
                Cell::text(&facts.symbol),
                Cell::text(facts.date.map(format_date).unwrap_or_default()),
                Cell::text(remark),
            ])
        };
        vec![Block::Table(Table {
            sheet: "Văn bản",
            title: String::new(),
            columns: vec![
                Column::new("Mã", 6, Align::Center),
                Column::new("Văn bản", 30, Align::Start),
                Column::new("Tình trạng", 13, Align::Start),
                Column::new("Số, ký hiệu", 14, Align::Start),
                Column::new("Ngày", 12, Align::Center),
                Column::new("Trích yếu hoặc lý do", 30, Align::Start),
            ],
            rows: of_agency.iter().map(row).collect(),
        })]
    }

    /// What the tasks say under one head, a point per task that says anything.
    fn told(&self, text: fn(&TaskProgress) -> String) -> Vec<Block> {
        let told = |task: &&Task| {
            let text = text(self.progress_of(task)?);
            (!text.is_empty()).then(|| Block::Point(format!("{} {}: {}", task.id, task.short, sentence(&text))))
        };
        let points: Vec<Block> = self.led_tasks().iter().filter_map(told).collect();
        if points.is_empty() { nothing("Không có.") } else { points }
    }

    fn missing(&self) -> Vec<Block> {
        let name = |item: &str| {
            let catalogue = &self.snapshot.catalogue;
            let short = catalogue.indicator(item).map(|i| &i.short).or(catalogue.task(item).map(|t| &t.short));
            format!("{item} {}", short.map_or("", String::as_str))
        };
        let missing = self.status.missing.iter().map(|item| Block::Point(format!("{}.", name(item))));
        let undecided = self
            .undecided()
            .into_iter()
            .map(|item| Block::Point(format!("{}: có nhiều số liệu khác nhau, đang chờ chọn.", name(item))));
        let points: Vec<Block> = missing.chain(undecided).collect();
        if points.is_empty() {
            nothing("Không có: đã báo cáo đủ các nội dung phải báo cáo trong kỳ.")
        } else {
            points
        }
    }

    fn undecided(&self) -> Vec<&str> {
        let expected: BTreeSet<&str> = self.status.expected.iter().map(String::as_str).collect();
        self.status.conflicts.iter().map(String::as_str).filter(|item| expected.contains(item)).collect()
    }

    fn led_tasks(&self) -> Vec<&'a Task> {
        let catalogue = &self.snapshot.catalogue;
        self.status.expected.iter().filter_map(|item| catalogue.task(item)).collect()
    }

    fn revision(&self, task: &Task) -> Option<&'a Revision> {
        self.snapshot.reported(&task.id, self.agency, self.period)
    }

    fn progress_of(&self, task: &Task) -> Option<&'a TaskProgress> {
        match &self.revision(task)?.body.content {
            Content::Task(progress) => Some(progress),
            _ => None,
        }
    }

    fn task_table(&self) -> Table {
        let catalogue = &self.snapshot.catalogue;
        let mut rows = Vec::new();
        let mut pillar = None;
        for task in self.led_tasks() {
            if pillar != Some(task.pillar) {
                pillar = Some(task.pillar);
                rows.push(Row::Group(tables::pillar_title(catalogue, task.pillar)));
            }
            let head = [
                Cell::text(tables::pillar_title(catalogue, task.pillar)),
                Cell::text(&task.id),
                Cell::text(&task.text),
                Cell::text(&task.time),
            ];
            let told = match self.progress_of(task) {
                Some(t) => [
                    Cell::text(words::task_status(t.status)),
                    Cell::number(t.percent.map(Into::into), Number::Percent),
                    Cell::text(&t.result),
                    Cell::text(&t.difficulty),
                    Cell::text(&t.cause),
                    Cell::text(&t.proposal),
                    Cell::count(self.revision(task).map_or(0, |r| r.body.evidence.len())),
                ],
                None => {
                    let mut open = [const { Cell::Empty }; 7];
                    open[0] = Cell::text("Chưa báo cáo");
                    open
                }
            };
            rows.push(Row::Cells(head.into_iter().chain(told).collect()));
        }
        Table {
            sheet: "Nhiệm vụ",
            title: String::new(),
            columns: vec![
                Column::workbook("Trụ cột", 20, Align::Start),
                Column::new("Mã", 7, Align::Center),
                Column::new("Nhiệm vụ", 32, Align::Start),
                Column::new("Thời gian", 11, Align::Start),
                Column::new("Trạng thái", 12, Align::Start),
                Column::new("Hoàn thành", 9, Align::End),
                Column::new("Kết quả thực hiện", 26, Align::Start),
                Column::new("Khó khăn, vướng mắc", 20, Align::Start),
                Column::new("Nguyên nhân", 16, Align::Start),
                Column::new("Đề xuất, kiến nghị", 20, Align::Start),
                Column::new("Minh chứng (tệp)", 9, Align::End),
            ],
            rows,
        }
    }
}

/// "Có số liệu 5/7 chỉ tiêu; đạt mục tiêu: M01, M02; chưa đạt: M03."
///
/// Of those that the period asks for: a figure that was entered all the same stands in the annex.
pub(super) fn attained(catalogue: &Catalogue, pillar: &PillarProgress, period: &PeriodId) -> String {
    let asked = |item: &str| catalogue.indicator(item).is_some_and(|of| catalogue.is_due(of, period));
    let with = |reached: Option<bool>| {
        pillar
            .indicators
            .iter()
            .filter(|p| p.value.is_some() && p.reached == reached && p.units_expected > 0 && asked(&p.item))
            .map(|p| p.item.as_str())
            .collect::<Vec<_>>()
    };
    let mut parts =
        vec![format!("Có số liệu {}/{} chỉ tiêu", pillar.indicators_with_value, pillar.indicators_expected)];
    let lists = [
        ("đạt mục tiêu", with(Some(true))),
        ("chưa đạt mục tiêu", with(Some(false))),
        ("chưa đủ căn cứ đánh giá", with(None)),
    ];
    for (words, items) in lists {
        if !items.is_empty() {
            parts.push(format!("{} chỉ tiêu {words} ({})", items.len(), items.join(", ")));
        }
    }
    parts.join("; ") + "."
}

pub(super) fn section(text: &str) -> Block {
    Block::Section(text.to_owned())
}

pub(super) fn nothing(text: &str) -> Vec<Block> {
    vec![Block::Paragraph(text.to_owned())]
}

/// The difficulty with its cause.
pub(super) fn difficulty(task: &TaskProgress) -> String {
    match (task.difficulty.trim(), task.cause.trim()) {
        (difficulty, "") => difficulty.to_owned(),
        ("", cause) => format!("Nguyên nhân: {cause}"),
        (difficulty, cause) => format!("{} Nguyên nhân: {cause}", sentence(difficulty)),
    }
}
