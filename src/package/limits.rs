//! What a package may hold at most. A package comes by e-mail from anywhere: every number in it is only a claim.

/// Entries of the ZIP.
pub const ENTRIES: usize = 5_000;
/// Bytes of the text entries (CSV, JSON, manifests, notes) together, unpacked: they are read into memory.
pub const TEXT_BYTES: u64 = 32 << 20;
/// Bytes of one text entry outside `data/`, or of one file of a catalogue's edition, unpacked.
pub const TAG_BYTES: u64 = 4 << 20;
/// Values in one JSON document, small ones too: each takes more memory than it takes bytes.
pub const JSON_VALUES: usize = 100_000;
/// Bytes of one evidence file, unpacked.
pub const EVIDENCE_BYTES: u64 = 2 << 30;
/// Bytes of all entries together, unpacked, and of the file itself.
pub const TOTAL_BYTES: u64 = 4 << 30;
/// Unpacked bytes per packed byte, where an entry unpacks to more than [`RATIO_FROM`].
pub const RATIO: u64 = 200;
/// Below this many unpacked bytes the ratio does not matter.
pub const RATIO_FROM: u64 = 1 << 20;
/// Bytes of an entry's name.
pub const NAME_BYTES: usize = 200;

/// Characters of a name: officer, device, evidence file.
pub const NAME_CHARS: usize = crate::record::NAME_LIMIT;
/// Characters of a text: results, difficulties, notes.
pub const TEXT_CHARS: usize = 100_000;
/// Devices in one version vector.
pub const DEVICES: usize = 1_000;
/// How often one device can have written one record.
pub const COUNTER: u64 = 1_000_000_000;
/// Parts of one submission.
pub const PARTS: u32 = 1_000;

/// True where unpacking gives more than [`RATIO`] allows.
pub(super) fn is_bomb(bytes: u64, packed: u64) -> bool {
    bytes > RATIO_FROM && bytes > packed.saturating_mul(RATIO)
}
