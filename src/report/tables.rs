//! The tables and charts that several reports share.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::document::{Align, Bar, Cell, Chart, Column, Medium, Number, Row, Table};
use crate::catalogue::{Catalogue, Id, Indicator, Measure, PeriodId, Target};
use crate::progress::{self, AgencyState, AgencyStatus, IndicatorProgress, PillarProgress, Scope, UnitState};
use crate::record::{Content, Revision, Snapshot};
use crate::text::date::{format_date, format_time};
use crate::words;

/// One line per pillar: how much is in, and how far it is.
pub(super) fn pillars(catalogue: &Catalogue, scope: &Scope, pillars: &[PillarProgress]) -> Table {
    let is_province = *scope == Scope::Province;
    let row = |p: &PillarProgress| {
        let mut cells = vec![
            Cell::text(pillar_title(catalogue, p.pillar)),
            Cell::count(p.indicators_expected),
            Cell::count(p.indicators_with_value),
            Cell::share(p.attainment),
            Cell::count(p.tasks_expected),
            Cell::count(p.tasks_reported),
            Cell::count(p.tasks_done),
            Cell::number(p.tasks_percent, Number::Percent),
        ];
        cells.extend(is_province.then_some(Cell::Number(p.score, Number::Score)));
        Row::Cells(cells)
    };
    let mut columns = vec![
        Column::new("Trụ cột", 28, Align::Start),
        Column::new("Chỉ tiêu phải báo cáo", 10, Align::End),
        Column::new("Có số liệu", 8, Align::End),
        Column::new("Mức đạt bình quân", 11, Align::End),
        Column::new("Nhiệm vụ", 10, Align::End),
        Column::new("Đã báo cáo", 8, Align::End),
        Column::new("Hoàn thành", 9, Align::End),
        Column::new("Tiến độ bình quân", 11, Align::End),
    ];
    // The score is the province's: a single agency's figures are not scored.
    columns.extend(is_province.then_some(Column::new("Điểm ước tính", 10, Align::End)));
    Table {
        sheet: "Trụ cột",
        title: "Tổng hợp theo trụ cột".to_owned(),
        columns,
        rows: pillars.iter().filter(|p| asks_anything(p)).map(row).collect(),
    }
}

/// True where the period and scope ask anything of the pillar.
pub(super) fn asks_anything(pillar: &PillarProgress) -> bool {
    pillar.indicators_expected > 0 || pillar.tasks_expected > 0
}

/// "IV. Nhân lực số"
pub(super) fn pillar_title(catalogue: &Catalogue, id: u8) -> String {
    catalogue.pillar(id).map(|p| format!("{}. {}", p.numeral, p.title)).unwrap_or_default()
}

/// Mean attainment per pillar.
pub(super) fn overview_chart(catalogue: &Catalogue, pillars: &[PillarProgress]) -> Chart {
    let bar = |p: &PillarProgress| Bar { label: pillar_title(catalogue, p.pillar), percent: in_percent(p.attainment) };
    Chart {
        title: "Mức đạt mục tiêu theo trụ cột".to_owned(),
        measure: "Bình quân mức đạt của các chỉ tiêu có số liệu, % so với mục tiêu".to_owned(),
        bars: pillars.iter().filter(|p| p.indicators_expected > 0).map(bar).collect(),
    }
}

/// Attainment per indicator of a pillar; none where there is nothing to draw.
pub(super) fn pillar_chart(catalogue: &Catalogue, pillar: &PillarProgress, period: &PeriodId) -> Option<Chart> {
    let bars: Vec<Bar> = shown_indicators(catalogue, pillar, period)
        .filter(|(of, progress)| progress.units_expected > 0 && of.target != Target::Increase)
        .map(|(of, progress)| Bar {
            label: format!("{} {}", of.id, of.short),
            percent: in_percent(progress.attainment),
        })
        .collect();
    bars.iter().any(|b| b.percent.is_some()).then(|| Chart {
        title: catalogue.pillar(pillar.pillar).map(|p| p.title.clone()).unwrap_or_default(),
        measure: "Mức đạt của từng chỉ tiêu, % so với mục tiêu".to_owned(),
        bars,
    })
}

/// The pillar's indicators that this scope reports and the period asks for, or that have a value all the same.
pub(super) fn shown_indicators<'a>(
    catalogue: &'a Catalogue,
    pillar: &'a PillarProgress,
    period: &'a PeriodId,
) -> impl Iterator<Item = (Cow<'a, Indicator>, &'a IndicatorProgress)> {
    pillar
        .indicators
        .iter()
        .filter_map(|progress| Some((catalogue.then(catalogue.indicator(&progress.item)?, period), progress)))
        .filter(|(of, p)| !p.units.is_empty() && (catalogue.is_due(of, period) || p.value.is_some()))
}

/// Every indicator with target, the period before, this period, attainment and evidence.
pub(super) fn indicators(snapshot: &Snapshot, scope: &Scope, period: &PeriodId, pillars: &[PillarProgress]) -> Table {
    let catalogue = &snapshot.catalogue;
    let mut rows = Vec::new();
    let mut anything_before = false;
    for pillar in pillars {
        let title = pillar_title(catalogue, pillar.pillar);
        let of_pillar: Vec<Row> = shown_indicators(catalogue, pillar, period)
            .map(|(of, now)| {
                let before = period.previous().and_then(|p| progress::indicator(snapshot, scope, &of, &p).value);
                anything_before |= before.is_some();
                indicator_row(snapshot, scope, period, &title, &of, now, before)
            })
            .collect();
        if !of_pillar.is_empty() {
            rows.push(Row::Group(title));
            rows.extend(of_pillar);
        }
    }
    let units = Column::new("Số đơn vị có số liệu", 11, Align::Center);
    // "1/1" says nothing on an agency's own paper.
    let units = if *scope == Scope::Province { units } else { Column { medium: Medium::Workbook, ..units } };
    let table = Table {
        sheet: "Chỉ tiêu",
        title: String::new(),
        columns: vec![
            Column::workbook("Trụ cột", 20, Align::Start),
            Column::new("Mã", 6, Align::Center),
            Column::new("Chỉ tiêu", 44, Align::Start),
            Column::workbook("Đơn vị tính", 12, Align::Start),
            Column::new("Mục tiêu", 16, Align::Start),
            Column::paper("Kỳ trước", 14, Align::End),
            Column::paper("Kỳ này", 24, Align::End),
            Column::workbook("Kỳ trước (số)", 12, Align::End),
            Column::workbook("Tử số", 12, Align::End),
            Column::workbook("Mẫu số", 12, Align::End),
            Column::workbook("Kỳ này (số)", 12, Align::End),
            Column::new("Mức đạt", 9, Align::End),
            Column::new("Đạt mục tiêu", 11, Align::Center),
            units,
            Column::new("Minh chứng (tệp)", 9, Align::End),
            Column::workbook("Ghi chú", 40, Align::Start),
        ],
        rows,
    };
    // Where nothing is known of the period before, its columns say nothing.
    if anything_before { table } else { table.without(&["Kỳ trước", "Kỳ trước (số)"]) }
}

fn indicator_row(
    snapshot: &Snapshot,
    scope: &Scope,
    period: &PeriodId,
    pillar: &str,
    of: &Indicator,
    now: &IndicatorProgress,
    before: Option<Decimal>,
) -> Row {
    let reached = match now.reached {
        Some(true) => "Đạt",
        Some(false) => "Chưa đạt",
        None => "",
    };
    // What was divided has endless decimals.
    let form = if of.measure == Measure::Value { Number::Exact } else { Number::Plain };
    Row::Cells(vec![
        Cell::text(pillar),
        Cell::text(&of.id),
        Cell::text(&of.title),
        Cell::text(&of.unit),
        Cell::text(words::target(of)),
        Cell::text(before.map(|v| words::value(of, v)).unwrap_or_default()),
        Cell::text(this_period(of, now)),
        Cell::number(before, form),
        Cell::number(now.numerator, Number::Exact),
        Cell::number(now.denominator, Number::Exact),
        Cell::number(now.value, form),
        Cell::share(now.attainment),
        Cell::text(reached),
        Cell::text(format!("{}/{}", now.units_in, now.units_expected)),
        Cell::count(now.units.iter().map(|u| u.evidence).sum()),
        Cell::text(match scope {
            Scope::Agency(agency) => own_remark(snapshot.reported(&of.id, agency, period)),
            Scope::Province => open_units(&snapshot.catalogue, now),
        }),
    ])
}

/// The figure with its parts, or why there is none.
fn this_period(of: &Indicator, now: &IndicatorProgress) -> String {
    match (now.value, now.numerator.zip(now.denominator)) {
        (Some(value), Some((n, d))) => {
            format!("{} ({}/{})", words::value(of, value), Number::Exact.written(n), Number::Exact.written(d))
        }
        (Some(value), None) => words::value(of, value),
        (None, _) => {
            let first = now.units.first().map(|unit| unit.state);
            let of_all = first.filter(|state| now.units.iter().all(|unit| unit.state == *state));
            words::unit_state(of_all.unwrap_or(UnitState::NoData)).to_owned()
        }
    }
}

/// The officer's reason and note.
fn own_remark(revision: Option<&Revision>) -> String {
    let Some(revision) = revision else { return String::new() };
    let reason = match &revision.body.content {
        Content::Indicator(v) => v.reason.as_str(),
        Content::Document(d) => d.reason.as_str(),
        Content::Task(_) | Content::PlanItem(_) | Content::Withdrawn => "",
    };
    [reason, revision.body.note.as_str()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("\n")
}

/// "Chưa báo cáo: Sở Y tế, Sở Nội vụ": the units that are not in the province's figure.
fn open_units(catalogue: &Catalogue, progress: &IndicatorProgress) -> String {
    let states = [UnitState::Missing, UnitState::NoData, UnitState::Conflict, UnitState::WithoutParts];
    let of_state = |state: UnitState| {
        let names = progress.units.iter().filter(|u| u.state == state).map(|u| short_name(catalogue, &u.agency));
        let names = names.collect::<Vec<_>>().join(", ");
        (!names.is_empty()).then(|| format!("{}: {names}", words::unit_state(state)))
    };
    states.into_iter().filter_map(of_state).collect::<Vec<_>>().join("\n")
}

/// Each agency's standing, in the order given.
pub(super) fn standing(snapshot: &Snapshot, agencies: &[&AgencyStatus]) -> Table {
    let catalogue = &snapshot.catalogue;
    let row = |(number, status): (usize, &&AgencyStatus)| {
        Row::Cells(vec![
            Cell::count(number),
            Cell::text(catalogue.agency_name(&status.agency)),
            Cell::text(words::agency_state(status.state)),
            Cell::text(status.filing.map(words::filing).unwrap_or_default()),
            Cell::text(arrived(status)),
            Cell::count(status.expected.len()),
            Cell::count(status.reported.len()),
            Cell::count(status.missing.len()),
            Cell::text(remark(status)),
            Cell::text(status.missing.join(", ")),
        ])
    };
    Table {
        sheet: "Tình hình gửi báo cáo",
        title: String::new(),
        columns: vec![
            Column::new("STT", 6, Align::Center),
            Column::new("Cơ quan, đơn vị", 38, Align::Start),
            Column::new("Tình trạng", 14, Align::Start),
            Column::new("Báo cáo", 13, Align::Start),
            Column::new("Nhận lúc", 16, Align::Start),
            Column::new("Phải báo cáo", 9, Align::End),
            Column::new("Đã báo cáo", 9, Align::End),
            Column::new("Còn thiếu", 8, Align::End),
            Column::new("Ghi chú", 20, Align::Start),
            Column::workbook("Nội dung còn thiếu", 40, Align::Start),
        ],
        rows: (1..).zip(agencies).map(row).collect(),
    }
}

/// "08:00 20/12/2023"; with the day of filing before it, where that is another.
fn arrived(status: &AgencyStatus) -> String {
    let filed = status.arrival.and_then(|a| a.filed_on_another_day());
    let time = status.filed_at.map(format_time).unwrap_or_default();
    filed.map_or(time.clone(), |day| format!("{time} (nộp ngày {})", format_date(day)))
}

fn remark(status: &AgencyStatus) -> String {
    let waiting = match status.state {
        AgencyState::Missing | AgencyState::Draft => Some(words::days_left(status.days_left)),
        AgencyState::Received | AgencyState::Late | AgencyState::Returned => None,
    };
    let undecided =
        (!status.conflicts.is_empty()).then(|| format!("chờ chọn số liệu: {}", status.conflicts.join(", ")));
    waiting.into_iter().chain(undecided).collect::<Vec<_>>().join("; ")
}

/// Agencies and groups by their short names.
pub(super) fn names(catalogue: &Catalogue, ids: &[Id]) -> String {
    let name = |id: &Id| match catalogue.group(id) {
        Some(group) => group.name.clone(),
        None => catalogue.agency_name(id).to_owned(),
    };
    ids.iter().map(name).collect::<Vec<_>>().join("; ")
}

pub(super) fn short_name<'a>(catalogue: &'a Catalogue, agency: &'a str) -> &'a str {
    catalogue.agency(agency).map_or(agency, |a| a.short.as_str())
}

fn in_percent(share: Option<Decimal>) -> Option<Decimal> {
    share.and_then(|s| s.checked_mul(Decimal::ONE_HUNDRED))
}
