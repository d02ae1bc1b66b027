//! What most commands need: the workspace opened, and ids checked with a hint where they are wrong.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use super::args::Arguments;
use super::{Environment, Failure};
use crate::catalogue::{Catalogue, Id, PeriodId};
use crate::platform::whole;
use crate::record::Key;
use crate::store::{Access, Place, Store};
use crate::table::{find_item, near};
use crate::words;

/// Opens the workspace that is the first free argument.
pub(super) fn open(args: &Arguments, env: &mut Environment<'_>, access: Access) -> Result<Store, Failure> {
    open_at(args.file(), env, access)
}

pub(super) fn open_at(path: &Path, env: &mut Environment<'_>, access: Access) -> Result<Store, Failure> {
    let place = Place { machine: &env.machine, new_device: env.new_id };
    Store::open(path, access, place).map_err(|e| Failure::store(&e))
}

/// The value of `--period`, which must be there.
pub(super) fn period(args: &Arguments) -> Result<PeriodId, Failure> {
    parse_period(args, &args.required("period")?)
}

pub(super) fn optional_period(args: &Arguments) -> Result<Option<PeriodId>, Failure> {
    period_in(args, "period")
}

/// The period that an option of another name gives.
pub(super) fn period_in(args: &Arguments, option: &str) -> Result<Option<PeriodId>, Failure> {
    args.text(option)?.map(|text| parse_period(args, &text)).transpose()
}

fn parse_period(args: &Arguments, text: &str) -> Result<PeriodId, Failure> {
    text.parse().map_err(|_| {
        args.wrong(format!(
            "\"{text}\" không phải kỳ báo cáo. Viết 2023-Q4 (quý), 2023 (năm) hoặc dx-2023-10-05-ten-bao-cao (đột xuất)."
        ))
    })
}

/// The item named, whatever its case.
pub(super) fn item(catalogue: &Catalogue, typed: &str) -> Result<Id, Failure> {
    find_item(catalogue, typed)
        .map_err(|near| Failure::usage(format!("Danh mục không có chỉ tiêu hay nhiệm vụ \"{typed}\".{}", hint(&near))))
}

/// The agency named by id, name or alias.
pub(super) fn agency(catalogue: &Catalogue, typed: &str) -> Result<Id, Failure> {
    match catalogue.find_agency(typed) {
        Some(agency) => Ok(agency.id.clone()),
        None => {
            let near = near(typed, catalogue.agencies.iter().map(|a| a.id.as_str()));
            Err(Failure::usage(format!("Danh mục không có cơ quan \"{typed}\".{}", hint(&near))))
        }
    }
}

/// The text of a file that a person typed, of at most so many bytes.
pub(super) fn read_text(path: &Path, most: u64) -> Result<String, Failure> {
    let refused = |why: &str| Failure::refused(format!("Không đọc được {}: {why}.", path.display()));
    let unreadable = |e: io::Error| refused(&words::io_error(&e));
    let mut bytes = Vec::new();
    // One byte over the limit is enough to know.
    File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > most {
        return Err(refused("tệp quá lớn"));
    }
    let text = String::from_utf8(bytes).map_err(|_| refused("không phải văn bản UTF-8"))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// Writes a file whole.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    whole::write(path, |file| file.write_all(bytes))
        .map_err(|e: io::Error| Failure::file(format!("Không ghi được {}: {}.", path.display(), words::io_error(&e))))
}

/// A word on an item that the agency does not report itself: recorded, but counted nowhere.
pub(super) fn not_its_own(catalogue: &Catalogue, key: &Key) -> Option<String> {
    (!catalogue.reports(&key.agency, &key.item) && !catalogue.coordinates(&key.agency, &key.item))
        .then(|| format!("Lưu ý {}: không thuộc phần báo cáo của {}.", key.item, catalogue.agency_name(&key.agency)))
}

fn hint(near: &[Id]) -> String {
    match near {
        [] => " Xem các mã bằng lệnh: dti catalogue.".to_owned(),
        near => format!(" Có phải là: {}?", near.join(", ")),
    }
}
