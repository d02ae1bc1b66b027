//! The demonstration: five agencies report four quarters to the receiving department, by files and packages as in life.
//!
//! Everything follows from the catalogue and the calendar, nothing from the clock or from chance: two runs give the same
//! packages. All figures are made up and say so ("SỐ LIỆU MẪU").

mod desk;
mod figures;

use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone};

use desk::{Desk, Ids};

use crate::catalogue::{self, PeriodId};
use crate::exchange::{ExchangeError, Finality, Imported};
use crate::ops::OpsError;
use crate::record::{Key, Kind};
use crate::store::StoreError;

/// The agencies that report. The last one does not file its last quarter.
pub const AGENCIES: [&str; 5] = ["so-noi-vu", "van-phong-ubnd", CORRECTED, LATE, MISSING];

/// Its figure is corrected by the receiving department, while it files another one itself.
const CORRECTED: &str = "tp-dong-ha";
const LATE: &str = "huyen-vinh-linh";
const MISSING: &str = "so-khdt";
/// The figure of the conflict: adults with a smartphone.
const DISPUTED: &str = "M05";
const YEAR: i32 = 2023;

/// What the demonstration leaves behind.
#[derive(Debug)]
pub struct Demo {
    /// The receiving department's file.
    pub receiver: PathBuf,
    /// The agencies' files, in the order of [`AGENCIES`].
    pub agencies: Vec<PathBuf>,
    /// The folder of the packages.
    pub packages: PathBuf,
    pub last_period: PeriodId,
    /// What the last quarter's packages would do, and did.
    pub preview: Vec<Imported>,
    pub imported: Vec<Imported>,
}

/// What the demonstration does next, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene<'a> {
    Quarter(&'a PeriodId),
    Filed {
        agency: &'a str,
        period: &'a PeriodId,
    },
    Merged {
        packages: usize,
        period: &'a PeriodId,
    },
    /// The receiving department corrects an agency's figure, and the agency files another.
    Disputed {
        agency: &'a str,
        item: &'a str,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    #[error(transparent)]
    Ops(#[from] OpsError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{path}: {error}")]
    Folder { path: PathBuf, error: io::Error },
}

/// Plays the demonstration in `folder`, which is made where it is missing.
///
/// # Errors
/// [`DemoError`]; among them [`StoreError::Exists`] where an earlier demonstration lies there.
pub fn play(folder: &Path, machine: &str, watch: &mut dyn FnMut(Scene<'_>)) -> Result<Demo, DemoError> {
    let packages = folder.join("goi");
    std::fs::create_dir_all(&packages).map_err(|error| DemoError::Folder { path: packages.clone(), error })?;
    let receiver_id = catalogue::embedded().plan.receiver.as_str();
    let mut ids = Ids::default();
    let mut receiver = Desk::open(folder, receiver_id, machine, at(1, 3), &mut ids)?;
    let mut desks = Vec::new();
    for agency in AGENCIES {
        desks.push(Desk::open(folder, agency, machine, at(1, 3), &mut ids)?);
    }

    for quarter in 1..4 {
        let period = period(quarter);
        watch(Scene::Quarter(&period));
        receiver.report(&period, at(quarter, 19), &mut ids)?;
        let mut filed = Vec::new();
        for desk in &mut desks {
            desk.report(&period, at(quarter, 19), &mut ids)?;
            filed.extend(desk.file(&period, &packages, at(quarter, 20), &mut ids)?);
            watch(Scene::Filed { agency: desk.agency(), period: &period });
        }
        receiver.import(&filed, Finality::Final, at(quarter, 22), &mut ids)?;
        watch(Scene::Merged { packages: filed.len(), period: &period });
    }
    let (preview, imported) = last_quarter(&mut receiver, &mut desks, &packages, &mut ids, watch)?;
    Ok(Demo {
        receiver: receiver.path(),
        agencies: desks.iter().map(Desk::path).collect(),
        packages,
        last_period: period(4),
        preview,
        imported,
    })
}

/// The quarter in which things go as in life: one late, one missing, one figure in dispute.
fn last_quarter(
    receiver: &mut Desk,
    desks: &mut [Desk],
    packages: &Path,
    ids: &mut Ids,
    watch: &mut dyn FnMut(Scene<'_>),
) -> Result<(Vec<Imported>, Vec<Imported>), DemoError> {
    let period = period(4);
    watch(Scene::Quarter(&period));
    receiver.report(&period, at(4, 19), ids)?;
    let (mut timely, mut late) = (Vec::new(), Vec::new());
    for desk in &mut *desks {
        desk.report(&period, at(4, 19), ids)?;
        let (files, day) = match desk.agency() {
            MISSING => continue,
            LATE => (&mut late, 26),
            _ => (&mut timely, 20),
        };
        files.extend(desk.file(&period, packages, at(4, day), ids)?);
        watch(Scene::Filed { agency: desk.agency(), period: &period });
    }
    let mut preview = receiver.import(&timely, Finality::Preview, at(4, 21), ids)?;
    let mut imported = receiver.import(&timely, Finality::Final, at(4, 21), ids)?;
    watch(Scene::Merged { packages: timely.len(), period: &period });

    let disputed =
        Key { kind: Kind::Indicator, item: DISPUTED.to_owned(), agency: CORRECTED.to_owned(), period: period.clone() };
    receiver.correct(&disputed, 120, at(4, 22), ids)?;
    let mut amended = Vec::new();
    for desk in desks.iter_mut().filter(|d| d.agency() == CORRECTED) {
        desk.correct(&disputed, 1_200, at(4, 23), ids)?;
        amended.extend(desk.file(&period, packages, at(4, 23), ids)?);
    }
    watch(Scene::Disputed { agency: CORRECTED, item: DISPUTED });
    for (files, day) in [(amended, 24), (late, 27)] {
        preview.extend(receiver.import(&files, Finality::Preview, at(4, day), ids)?);
        imported.extend(receiver.import(&files, Finality::Final, at(4, day), ids)?);
        watch(Scene::Merged { packages: files.len(), period: &period });
    }
    Ok((preview, imported))
}

fn period(quarter: u32) -> PeriodId {
    PeriodId::Quarter { year: YEAR, quarter }
}

/// Nine in the morning of a day in the quarter's last month, in Việt Nam.
fn at(quarter: u32, day: u32) -> DateTime<FixedOffset> {
    let morning = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
    let local = NaiveDate::from_ymd_opt(YEAR, quarter * 3, day).unwrap_or_default().and_time(morning);
    FixedOffset::east_opt(7 * 3600).and_then(|zone| zone.from_local_datetime(&local).single()).unwrap_or_default()
}
