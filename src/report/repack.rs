//! Word and Excel files packed anew: the same entries give the same bytes on every system, and all are compressed.

use std::io::{Cursor, Read, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

/// Packs the entries again, in their order; `amend` gives what stands in one, by its name.
pub(super) fn repack(packed: &[u8], mut amend: impl FnMut(&str, Vec<u8>) -> Vec<u8>) -> ZipResult<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(packed))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        // Else each entry says on which system it was made.
        .system(System::Unix);
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        if entry.is_dir() {
            continue;
        }
        let name = entry.name()?.into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        out.start_file(&name, options)?;
        out.write_all(&amend(&name, bytes))?;
    }
    Ok(out.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_and_when_a_file_was_packed_leaves_no_trace() {
        let pack = |system, year| {
            let time = DateTime::from_date_and_time(year, 1, 2, 3, 4, 6).unwrap();
            let options = SimpleFileOptions::default().last_modified_time(time).system(system);
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            zip.start_file("word/document.xml", options).unwrap();
            zip.write_all(b"<w/>").unwrap();
            zip.finish().unwrap().into_inner()
        };
        let (here, there) = (pack(System::Unix, 2023), pack(System::Dos, 2024));
        assert_ne!(here, there);
        let same = |packed: &[u8]| repack(packed, |_, bytes| bytes).unwrap();
        assert_eq!(same(&here), same(&there));
        let amended = repack(&here, |name, bytes| [name.as_bytes(), &bytes].concat()).unwrap();
        let mut text = String::new();
        ZipArchive::new(Cursor::new(amended)).unwrap().by_index(0).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "word/document.xml<w/>");
    }
}
