//! A district that reported nearly everything, and a province in which some reported.

use std::io::{Cursor, Read};

use dti::catalogue::{Measure, embedded};
use dti::record::{Body, Content, FilingKind, ReceivedState, Snapshot, TaskProgress, TaskStatus};
use dti::report::{Document, Kind, Request, document};

use crate::support::{World, issued, moment, period, ratio, value};

pub const DISTRICT: &str = "huyen-hai-lang";
pub const QUARTER: &str = "2023-Q4";
/// The item that the district leaves open.
pub const MISSING: &str = "A9";

/// All that `agency` owes in the quarter but [`MISSING`], with `note` on each entry.
pub fn reported(mut world: World, agency: &str, quarter: &str, note: &str) -> World {
    let catalogue = embedded();
    for (n, item) in (1_i64..).zip(catalogue.expected(agency, &catalogue.period(&period(quarter)))) {
        if item == MISSING {
            continue;
        }
        let content = match catalogue.indicator(item).map(|i| i.measure) {
            Some(Measure::Ratio) => ratio(1_000 + 37 * n, 1_404),
            Some(Measure::Rate) => ratio(10 + n, 13),
            Some(Measure::Value) => value("12.5"),
            Some(Measure::Document) => issued(),
            None => Content::Task(TaskProgress {
                status: TaskStatus::InProgress,
                percent: Some(60),
                result: format!("Đã triển khai bước {n} của nhiệm vụ {item}"),
                difficulty: "Thiếu nhân lực chuyên trách.".to_owned(),
                cause: "Chưa được giao biên chế".to_owned(),
                proposal: "Đề nghị bố trí kinh phí đào tạo".to_owned(),
            }),
        };
        world = world.enter(item, agency, quarter, Body { note: note.to_owned(), ..Body::new(content) });
    }
    world
}

pub fn district() -> Snapshot {
    let before = reported(World::of(DISTRICT), DISTRICT, "2023-Q3", "");
    reported(before, DISTRICT, QUARTER, "").file(QUARTER, FilingKind::Official, "2023-12-20T09:00:00+07:00").snapshot()
}

pub fn district_with_sample_figures() -> Snapshot {
    reported(World::of(DISTRICT), DISTRICT, QUARTER, "SỐ LIỆU MẪU").snapshot()
}

/// The receiving department's file: three districts in time, one late, the others missing.
pub fn province() -> Snapshot {
    let mut world = World::of("so-tttt");
    let arrivals = [
        (DISTRICT, "2023-12-20T09:00:00+07:00"),
        ("tp-dong-ha", "2023-12-21T09:00:00+07:00"),
        ("so-noi-vu", "2023-12-24T23:00:00+07:00"),
        ("huyen-gio-linh", "2023-12-25T08:00:00+07:00"),
    ];
    for (agency, time) in arrivals {
        world = reported(world, agency, QUARTER, "");
        world = world.receive(agency, QUARTER, FilingKind::Official, time, ReceivedState::Merged);
    }
    world.snapshot()
}

pub fn request(kind: Kind) -> Request {
    Request { kind, period: period(QUARTER), issued: moment("2024-01-05T08:30:00+07:00"), signer: None }
}

pub fn district_report() -> Document {
    document(&district(), &request(Kind::Agency(DISTRICT.to_owned())))
}

pub fn province_report() -> Document {
    document(&province(), &request(Kind::Province))
}

/// One part of a zipped document, as text.
pub fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap_or_else(|e| panic!("{name}: {e}")).read_to_string(&mut text).unwrap();
    text
}

/// The names of its parts.
pub fn parts(file: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    archive.file_names().map(|n| n.unwrap().into_owned()).collect()
}
