//! What the receiving department writes for the whole province: the consolidated report, the plan's appendix with
//! progress, and the list of late and missing agencies.
//!
//! A figure always says from how many units it comes; the score is always called an estimate.

use super::agency::{attained, difficulty, in_sentence, lower, nothing, section, sentence, window};
use super::document::{
    Align, Annex, Authenticity, Block, Cell, Column, Document, Letter, Number, Properties, Row, Table,
};
use super::letterhead::{annex_reference, letterhead, signature};
use super::{Request, tables};
use crate::catalogue::{Catalogue, PeriodId, Task};
use crate::progress::{self, AgencyState, AgencyStatus, Scope, Score, TaskStanding, UnitState};
use crate::record::{Snapshot, TaskProgress, TaskStatus};
use crate::words;

/// Notes of sample figures contain this.
const SAMPLE: &str = "SỐ LIỆU MẪU";

/// The consolidated report to UBND tỉnh and Bộ.
pub(super) fn report(snapshot: &Snapshot, request: &Request) -> Document {
    let catalogue = &snapshot.catalogue;
    let period = &request.period;
    let facts = Facts {
        snapshot,
        period,
        standing: progress::status(snapshot, period, request.issued),
        score: progress::score(snapshot, &Scope::Province, period),
    };
    let head = letterhead(catalogue, &snapshot.agency, "BC", request.issued.date_naive());
    let reference = annex_reference(catalogue, &snapshot.agency, &head);
    let annex = |label: &str, title: &str, table: Table| Annex {
        label: label.to_owned(),
        title: format!("{title} - {}", words::period(period).to_uppercase()),
        reference: reference.clone(),
        blocks: vec![Block::Table(table)],
    };
    let indicators = tables::indicators(snapshot, &Scope::Province, period, &facts.score.pillars);
    let everyone: Vec<&AgencyStatus> = facts.standing.iter().collect();
    let annexes = vec![
        annex("Phụ lục I", "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU TOÀN TỈNH", indicators),
        annex("Phụ lục II", "TIẾN ĐỘ THỰC HIỆN CÁC NHIỆM VỤ", task_table(snapshot, period)),
        annex("Phụ lục III", "TÌNH HÌNH GỬI BÁO CÁO CỦA CÁC CƠ QUAN", tables::standing(snapshot, &everyone)),
        annex("Phụ lục IV", "KHÓ KHĂN VÀ KIẾN NGHỊ CỦA CÁC CƠ QUAN", told_table(snapshot, period)),
    ];
    let summary = format!("Tổng hợp kết quả thực hiện {}, {}", catalogue.plan.title, in_sentence(period));
    Document {
        properties: properties(
            snapshot,
            &Scope::Province,
            &snapshot.agency,
            request,
            &format!("Báo cáo {}", lower(&summary)),
        ),
        letter: Some(Letter {
            letterhead: head,
            kind: "BÁO CÁO".to_owned(),
            summary,
            addressees: vec![catalogue.plan.peoples_committee.clone(), catalogue.plan.ministry.clone()],
            blocks: facts.blocks(),
            recipients: ["Như trên", "Các cơ quan, đơn vị thực hiện Kế hoạch", "Lãnh đạo Sở", "Lưu: VT"]
                .map(str::to_owned)
                .to_vec(),
            signature: signature(catalogue, &snapshot.agency, request),
        }),
        annexes,
    }
}

/// The plan's appendix of tasks with progress columns.
pub(super) fn appendix(snapshot: &Snapshot, request: &Request) -> Document {
    let title = format!("TIẾN ĐỘ THỰC HIỆN CÁC NHIỆM VỤ - {}", words::period(&request.period).to_uppercase());
    alone(snapshot, request, &title, vec![Block::Table(task_table(snapshot, &request.period))])
}

/// Who is late and who has not reported.
pub(super) fn late_list(snapshot: &Snapshot, request: &Request) -> Document {
    let standing = progress::status(snapshot, &request.period, request.issued);
    let window = snapshot.catalogue.period(&request.period);
    let late: Vec<&AgencyStatus> = standing.iter().filter(|s| !s.is_in() || s.is_late(&window)).collect();
    let due = words::due_before(&window);
    let title =
        format!("DANH SÁCH CƠ QUAN CHƯA GỬI, GỬI CHẬM BÁO CÁO - {}", words::period(&request.period).to_uppercase());
    let intro = format!(
        "Báo cáo {} có {due}. Có {}/{} cơ quan chưa gửi hoặc gửi chậm.",
        in_sentence(&request.period),
        late.len(),
        standing.len()
    );
    let mut blocks = vec![Block::Paragraph(intro)];
    if !late.is_empty() {
        blocks.push(Block::Table(tables::standing(snapshot, &late)));
    }
    alone(snapshot, request, &title, blocks)
}

/// What the file says about itself.
pub(super) fn properties(
    snapshot: &Snapshot,
    scope: &Scope,
    author: &str,
    request: &Request,
    title: &str,
) -> Properties {
    Properties {
        title: title.to_owned(),
        author: snapshot.catalogue.agency_name(author).to_owned(),
        created: request.issued,
        authenticity: authenticity(snapshot, scope),
    }
}

/// One sample figure makes the whole report a sample.
fn authenticity(snapshot: &Snapshot, scope: &Scope) -> Authenticity {
    let in_scope = |agency: &str| match scope {
        Scope::Agency(id) => id == agency,
        Scope::Province => true,
    };
    let records = snapshot.records.values().filter(|record| in_scope(&record.key.agency));
    let sample = records.flat_map(|r| &r.heads).any(|head| head.body.note.contains(SAMPLE));
    if sample { Authenticity::Sample } else { Authenticity::Official }
}

/// An annex that is sent by itself.
fn alone(snapshot: &Snapshot, request: &Request, title: &str, blocks: Vec<Block>) -> Document {
    let annex = Annex { label: String::new(), title: title.to_owned(), reference: String::new(), blocks };
    Document {
        properties: properties(snapshot, &Scope::Province, &snapshot.agency, request, title),
        letter: None,
        annexes: vec![annex],
    }
}

struct Facts<'a> {
    snapshot: &'a Snapshot,
    period: &'a PeriodId,
    standing: Vec<AgencyStatus>,
    score: Score,
}

impl Facts<'_> {
    fn blocks(&self) -> Vec<Block> {
        let catalogue = &self.snapshot.catalogue;
        let mut blocks = vec![Block::Paragraph(format!(
            "Thực hiện {}, {} tổng hợp, báo cáo kết quả thực hiện {} ({}) như sau:",
            catalogue.plan.title,
            catalogue.agency_name(&self.snapshot.agency),
            in_sentence(self.period),
            window(&catalogue.period(self.period)),
        ))];
        blocks.push(section("I. TÌNH HÌNH GỬI BÁO CÁO"));
        blocks.extend(self.completeness());
        blocks.push(section("II. KẾT QUẢ CHUNG"));
        blocks.push(Block::Paragraph(self.estimate()));
        blocks.push(Block::Table(tables::pillars(catalogue, &Scope::Province, &self.score.pillars)));
        blocks.push(Block::Chart(tables::overview_chart(catalogue, &self.score.pillars)));
        blocks.push(section("III. KẾT QUẢ THEO TỪNG TRỤ CỘT"));
        for (number, pillar) in (1..).zip(self.score.pillars.iter().filter(|p| tables::asks_anything(p))) {
            let title = catalogue.pillar(pillar.pillar).map(|p| p.title.as_str()).unwrap_or_default();
            blocks.push(Block::Heading(format!("{number}. {title}")));
            blocks.push(Block::Paragraph(format!(
                "{} Nhiệm vụ: {}/{} nhiệm vụ có báo cáo của tất cả cơ quan chủ trì, {} nhiệm vụ hoàn thành.",
                attained(catalogue, pillar, self.period),
                pillar.tasks_reported,
                pillar.tasks_expected,
                pillar.tasks_done,
            )));
            blocks.extend(tables::pillar_chart(catalogue, pillar, self.period).map(Block::Chart));
        }
        blocks.push(Block::Paragraph("Số liệu chi tiết tại Phụ lục I và Phụ lục II.".to_owned()));
        blocks.push(section("IV. SỐ LIỆU CHƯA ĐƯA VÀO TỔNG HỢP"));
        blocks.extend(self.left_out());
        blocks.push(section("V. KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN"));
        blocks.extend(self.told(difficulty));
        blocks.push(section("VI. ĐỀ XUẤT, KIẾN NGHỊ CỦA CÁC CƠ QUAN"));
        blocks.extend(self.told(|t| t.proposal.clone()));
        blocks.push(Block::Paragraph(format!(
            "Trên đây là báo cáo tổng hợp kết quả thực hiện {} của {}, kính báo cáo {} và {}./.",
            in_sentence(self.period),
            catalogue.agency_name(&self.snapshot.agency),
            catalogue.plan.peoples_committee,
            catalogue.plan.ministry,
        )));
        blocks
    }

    fn completeness(&self) -> Vec<Block> {
        let catalogue = &self.snapshot.catalogue;
        let window = catalogue.period(self.period);
        let those = |wanted: &dyn Fn(&AgencyStatus) -> bool| -> Vec<&str> {
            let there = self.standing.iter().filter(|s| wanted(s));
            there.map(|s| catalogue.agency_name(&s.agency)).collect()
        };
        // Sent back or not, a report came in time or late: the two make up all that came.
        let late = those(&|s| s.is_late(&window));
        let returned = those(&|s| s.state == AgencyState::Returned);
        let open = those(&|s| !s.is_in());
        let sent = self.standing.len() - open.len();
        let mut blocks = vec![Block::Paragraph(format!(
            "Có {}/{} cơ quan đã gửi báo cáo ({}): {} cơ quan gửi đúng hạn, {} cơ quan gửi chậm; {} cơ quan chưa gửi.",
            sent,
            self.standing.len(),
            words::due_before(&window),
            sent - late.len(),
            late.len(),
            open.len(),
        ))];
        let lists = [("Gửi chậm", late), ("Bị trả lại để hoàn thiện", returned), ("Chưa gửi", open)];
        blocks.extend(
            lists
                .into_iter()
                .filter(|(_, names)| !names.is_empty())
                .map(|(what, names)| Block::Point(format!("{what}: {}.", names.join("; ")))),
        );
        blocks.push(Block::Paragraph("Chi tiết tại Phụ lục III.".to_owned()));
        blocks
    }

    fn estimate(&self) -> String {
        let (with, expected) = self
            .score
            .pillars
            .iter()
            .fold((0, 0), |(with, all), p| (with + p.indicators_with_value, all + p.indicators_expected));
        format!(
            "Có số liệu của {with}/{expected} chỉ tiêu đến kỳ báo cáo. Điểm ước tính theo số liệu đã nhận: {} (thang điểm \
             1; ước tính, không phải điểm do Bộ công bố; chỉ tiêu chưa có số liệu tính 0 điểm).",
            words::score(self.score.total)
        )
    }

    /// Figures that came but could not be counted: an honest sum names them.
    fn left_out(&self) -> Vec<Block> {
        let catalogue = &self.snapshot.catalogue;
        let points: Vec<Block> = self
            .score
            .pillars
            .iter()
            .flat_map(|p| &p.indicators)
            .flat_map(|i| i.units.iter().map(move |unit| (i, unit)))
            .filter(|(_, unit)| matches!(unit.state, UnitState::Conflict | UnitState::WithoutParts))
            .map(|(i, unit)| {
                let name = catalogue.indicator(&i.item).map(|of| of.short.as_str()).unwrap_or_default();
                let agency = catalogue.agency_name(&unit.agency);
                Block::Point(format!("{} {name}, {agency}: {}.", i.item, lower(words::unit_state(unit.state))))
            })
            .collect();
        if points.is_empty() { nothing("Không có.") } else { points }
    }

    /// What the agencies say under one head, a point per task and text: several often say the same.
    fn told(&self, text: fn(&TaskProgress) -> String) -> Vec<Block> {
        let mut points = Vec::new();
        for task in &self.snapshot.catalogue.tasks {
            let mut said: Vec<(String, Vec<&str>)> = Vec::new();
            for (agency, progress) in &progress::task(self.snapshot, &Scope::Province, task, self.period).reports {
                let text = text(progress);
                match said.iter_mut().find(|(known, _)| *known == text) {
                    _ if text.is_empty() => {}
                    Some((_, agencies)) => agencies.push(&agency.name),
                    None => said.push((text, vec![&agency.name])),
                }
            }
            points.extend(said.into_iter().map(|(text, agencies)| {
                Block::Point(format!("{} ({} {}): {}", agencies.join(", "), task.id, task.short, sentence(&text)))
            }));
        }
        if points.is_empty() { nothing("Không có.") } else { points }
    }
}

/// The plan's tasks with their progress, over all agencies that lead them.
fn task_table(snapshot: &Snapshot, period: &PeriodId) -> Table {
    let catalogue = &snapshot.catalogue;
    let mut rows = Vec::new();
    for pillar in &catalogue.pillars {
        let title = tables::pillar_title(catalogue, pillar.id);
        rows.push(Row::Group(title.clone()));
        rows.extend(
            catalogue.tasks.iter().filter(|t| t.pillar == pillar.id).map(|t| task_row(snapshot, period, &title, t)),
        );
    }
    Table {
        sheet: "Nhiệm vụ",
        title: String::new(),
        columns: vec![
            Column::workbook("Trụ cột", 20, Align::Start),
            Column::new("Mã", 7, Align::Center),
            Column::new("Nhiệm vụ", 42, Align::Start),
            Column::new("Cơ quan chủ trì", 22, Align::Start),
            Column::new("Cơ quan phối hợp", 20, Align::Start),
            Column::new("Thời gian", 11, Align::Start),
            Column::new("Đơn vị báo cáo", 9, Align::Center),
            Column::new("Tiến độ bình quân", 9, Align::End),
            Column::new("Trạng thái", 19, Align::Start),
            Column::new("Kết quả thực hiện", 28, Align::Start),
        ],
        rows,
    }
}

fn task_row(snapshot: &Snapshot, period: &PeriodId, pillar: &str, task: &Task) -> Row {
    let catalogue = &snapshot.catalogue;
    let standing = progress::task(snapshot, &Scope::Province, task, period);
    let coordinating = [tables::names(catalogue, &task.coordinating), task.coordinating_open.clone()];
    // What forty agencies write does not fit one cell; the annex of difficulties and their own reports have it.
    let result = match (&standing.leads[..], &standing.reports[..]) {
        ([_], [(_, report)]) => report.result.clone(),
        _ => String::new(),
    };
    Row::Cells(vec![
        Cell::text(pillar),
        Cell::text(&task.id),
        Cell::text(&task.text),
        Cell::text(tables::names(catalogue, &task.lead)),
        Cell::text(coordinating.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("; ")),
        Cell::text(&task.time),
        Cell::text(format!("{}/{}", standing.reports.len(), standing.leads.len())),
        Cell::number(standing.percent(), Number::Percent),
        Cell::text(state_of(&standing)),
        Cell::text(result),
    ])
}

/// "Đang triển khai" of one lead; of several, "Hoàn thành: 3; Chưa báo cáo: 2".
fn state_of(standing: &TaskStanding) -> String {
    const OPEN: &str = "Chưa báo cáo";
    match (&standing.leads[..], &standing.reports[..]) {
        ([], _) => "Không thuộc kỳ".to_owned(),
        ([_], []) => OPEN.to_owned(),
        ([_], [(_, report)]) => words::task_status(report.status).to_owned(),
        (leads, reports) => {
            let count = |status: TaskStatus| reports.iter().filter(|(_, r)| r.status == status).count();
            let mut counts: Vec<(&str, usize)> =
                TaskStatus::ALL.iter().map(|s| (words::task_status(*s), count(*s))).collect();
            counts.push((OPEN, leads.len() - reports.len()));
            let named = counts.iter().filter(|(_, n)| *n > 0).map(|(name, n)| format!("{name}: {n}"));
            named.collect::<Vec<_>>().join("; ")
        }
    }
}

/// Difficulties, causes and proposals as they came, one line per agency and task.
fn told_table(snapshot: &Snapshot, period: &PeriodId) -> Table {
    let catalogue: &Catalogue = &snapshot.catalogue;
    let mut rows = Vec::new();
    for task in &catalogue.tasks {
        for (agency, progress) in progress::task(snapshot, &Scope::Province, task, period).reports {
            let said = [&progress.difficulty, &progress.cause, &progress.proposal];
            if said.iter().any(|s| !s.is_empty()) {
                let head = [Cell::text(&agency.name), Cell::text(&task.id), Cell::text(&task.short)];
                rows.push(Row::Cells(head.into_iter().chain(said.map(Cell::text)).collect()));
            }
        }
    }
    Table {
        sheet: "Khó khăn, kiến nghị",
        title: String::new(),
        columns: vec![
            Column::new("Cơ quan", 24, Align::Start),
            Column::new("Mã", 7, Align::Center),
            Column::new("Nhiệm vụ", 28, Align::Start),
            Column::new("Khó khăn, vướng mắc", 34, Align::Start),
            Column::new("Nguyên nhân", 30, Align::Start),
            Column::new("Đề xuất, kiến nghị", 34, Align::Start),
        ],
        rows,
    }
}
