//! Why a package is refused: one variant per reason, with the file, row and values that the officer needs to know.
//!
//! The English texts are for logs; the officer's sentences stand in `words`.

use crate::catalogue::{Fault, Id, Lost, PeriodId};
use crate::record::{FilingKind, PackageKind, Problem};
use crate::trust::{PublicKey, Standing};

/// Why a package was not accepted. Nothing of it was stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    // The file as such.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    #[error("the file is empty")]
    Empty,
    #[error("not a ZIP file")]
    NotZip,
    #[error("the ZIP is cut short")]
    CutShort,
    #[error("something stands before the ZIP")]
    LeadingBytes,
    #[error("{0} bytes behind the ZIP")]
    TrailingBytes(u64),
    /// A comment of the whole file, or of one entry.
    #[error("a comment {0:?} in the ZIP")]
    Comment(Option<String>),
    /// ZIP64, for files and archives beyond 4 GB.
    #[error("ZIP64 {0:?}")]
    Zip64(Option<String>),
    #[error("the ZIP's directory is damaged: {0:?}")]
    DamagedDirectory(DirectoryFault),
    #[error("a ZIP without datapackage.json: not a package of this program")]
    NotAPackage,

    // Size.
    #[error("{found} entries, more than {limit}")]
    TooManyEntries { found: u64, limit: u64 },
    #[error("{file}: {bytes} bytes, more than {limit}")]
    EntryTooBig { file: String, bytes: u64, limit: u64 },
    #[error("{bytes} bytes in all, more than {limit}")]
    PackageTooBig { bytes: u64, limit: u64 },
    #[error("{bytes} bytes of tables and notes, more than {limit}")]
    TextsTooBig { bytes: u64, limit: u64 },
    #[error("{file} unpacks to {bytes} bytes from {packed}")]
    Bomb { file: String, bytes: u64, packed: u64 },

    // Entries.
    #[error("unsafe entry name {name:?}: {problem:?}")]
    UnsafeName { name: String, problem: NameProblem },
    #[error("two entries named {0}")]
    DuplicateName(String),
    #[error("entries {first} and {second} differ only in case or composition")]
    CollidingNames { first: String, second: String },
    #[error("{0} is a link or a special file")]
    Link(String),
    #[error("{0} is a folder entry")]
    Folder(String),
    #[error("{0} is encrypted")]
    Encrypted(String),
    #[error("{file} is packed by method {method}")]
    Method { file: String, method: u16 },
    #[error("{0}: local and central header disagree")]
    HeadersDisagree(String),
    #[error("{file}: {declared} bytes declared, but there are others")]
    SizeLie { file: String, declared: u64 },
    #[error("entries {first} and {second} overlap")]
    Overlap { first: String, second: String },
    #[error("hidden bytes before {0}")]
    HiddenBytes(String),
    #[error("{0} is damaged")]
    Corrupt(String),

    // datapackage.json.
    #[error("datapackage.json: {0}")]
    DescriptorSyntax(String),
    #[error("datapackage.json: key {0:?} twice in one object")]
    DuplicateKey(String),
    #[error("format {found}; this program reads up to {known}")]
    TooNew { found: u64, known: u32 },
    #[error("plan {found}; this program has {known}")]
    OtherPlan { found: Id, known: Id },
    /// Made under a later edition of the catalogue than the one at hand.
    #[error("made under edition {found} of the catalogue; here is {known}")]
    NewerEdition { found: u32, known: u32 },
    /// The files of a catalogue package are no edition of the plan, or none that this program can read.
    #[error("no edition of the catalogue: {} faults", .0.len())]
    BadEdition(Vec<Fault>),
    /// A later edition that leaves out, or makes another thing of, what is here.
    #[error("the edition loses {} entries", .0.len())]
    EditionLoses(Vec<Lost>),
    /// An edition from another than the receiving department.
    #[error("{sender} issues no catalogue")]
    NotTheIssuer { sender: Id },
    /// An edition that neither came from the one at hand nor led to it.
    #[error("edition {found} does not descend from edition {known}")]
    StrangeEdition { found: u32, known: u32 },
    /// A package of another kind where one of the catalogue is wanted.
    #[error("a {0:?} brings no edition of the catalogue")]
    NoEdition(PackageKind),
    #[error("packages of kind {0} are not read here")]
    OtherKind(String),

    // BagIt.
    #[error("bagit.txt is not the declaration of BagIt 1.0 in UTF-8")]
    BagDeclaration,
    #[error("{file}, line {line}: not a manifest line")]
    ManifestSyntax { file: String, line: usize },
    #[error("bag-info.txt: {0}")]
    BagInfo(String),
    #[error("{0} is missing")]
    MissingFile(String),
    #[error("{0} does not belong to the package")]
    ExtraFile(String),
    #[error("{0} was altered: not the SHA-256 in manifest-sha256.txt")]
    Altered(String),
    #[error("{0} was altered: not the SHA-256 in tagmanifest-sha256.txt")]
    TagAltered(String),
    #[error("bag-info.txt says it comes from {bag_info}, datapackage.json from {descriptor}")]
    SenderDiffers { bag_info: String, descriptor: String },
    #[error("{0}: bytes or SHA-256 are not those in datapackage.json")]
    ResourceDiffers(String),

    // Who and what.
    /// Not of this content, not by the key that the package names, or not a signature.
    #[error("the signature does not hold")]
    BadSignature,
    /// By the policy of the workspace that it came to.
    #[error("the signature of {agency} is not accepted here: {standing:?}")]
    Untrusted {
        agency: Id,
        device: String,
        standing: Standing,
        key: Option<PublicKey>,
        /// The keys of the agency that are believed.
        known: Vec<PublicKey>,
    },
    #[error("addressed to {recipient}")]
    OtherRecipient { recipient: Id },
    #[error("agency {agency} is not in the catalogue{}", at(place))]
    UnknownAgency { agency: Id, place: Option<Place> },
    #[error("agency {agency} is called {name:?}, in the catalogue {known:?}")]
    AgencyRenamed { agency: Id, name: String, known: String },
    #[error("item {item} is not in the catalogue, {place}")]
    UnknownItem { item: Id, place: Place },
    #[error("item {item} does not belong in this table, {place}")]
    WrongTable { item: Id, place: Place },
    #[error("{sender} may not report {item} of {agency}, {place}")]
    NotEntitled { sender: Id, item: Id, agency: Id, place: Place },
    #[error("period {found} in a package for {expected}, {place}")]
    OtherPeriod { found: PeriodId, expected: PeriodId, place: Place },

    /// A working copy of another agency's file.
    #[error("a working copy of {agency}, whose file this is not")]
    ForeignWorkingCopy { agency: Id },
    /// A receipt or return of a report that was not filed from this workspace.
    #[error("{filing:?} for {period} was not filed here")]
    UnknownFiling { period: PeriodId, filing: FilingKind },
    /// A receipt or return from someone to whom the report was not addressed.
    #[error("{sender} is not who receives the reports")]
    NotTheReceiver { sender: Id },
    /// Figures sent to a lead agency that are not its sender's own, or on a task that it does not lead.
    #[error("{item} is no contribution of {sender}")]
    NotAContribution { sender: Id, item: Id },
    /// A row is sent back that the filing did not have.
    #[error("{item} was not in the filing")]
    NotFiled { item: Id },
    /// A request from an agency that leads no such task.
    #[error("{sender} does not lead {item}")]
    NotTheLead { sender: Id, item: Id },

    // Tables.
    #[error("{0} has no rows")]
    NoRows(String),
    #[error("{file}, line {line}: not UTF-8")]
    NotUtf8 { file: String, line: usize },
    #[error("{file}: the header is {found:?}, expected {expected:?}")]
    Columns { file: String, expected: String, found: String },
    /// A stray quotation mark or line end: other programs might read another row.
    #[error("not CSV as the format writes it, {place}")]
    RowForm { place: Place },
    #[error("{found} cells instead of {expected}, {place}")]
    RowWidth { expected: usize, found: usize, place: Place },
    #[error("column {column}: {value:?}: {problem:?}, {place}")]
    Cell { column: &'static str, value: String, problem: CellProblem, place: Place },
    #[error("the same revision as in row {first}, {place}")]
    DuplicateRow { first: u64, place: Place },
    #[error("content or history does not give the hashes of the row, {place}")]
    RowAltered { place: Place },
    /// Nonsense that no form would have saved.
    #[error("{problem:?}, {place}")]
    Nonsense { problem: Problem, place: Place },
    #[error("device {device} counts {count}, {place}")]
    Counter { device: String, count: u64, place: Place },

    // Evidence.
    #[error("evidence of a revision that is not in the package, {place}")]
    EvidenceWithoutRow { place: Place },
    #[error("{file} is not the file that the row describes, {place}")]
    EvidenceDiffers { file: String, place: Place },
    #[error("no row of evidence.csv describes {0}")]
    EvidenceWithoutName(String),
    #[error("the package does not bring the evidence {0}")]
    NoSuchEvidence(String),
}

/// A row of a table; the header is row 1, as in a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub file: String,
    pub row: u64,
}

/// What is wrong with a ZIP's directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectoryFault {
    /// The archive is one of several disks.
    SeveralDisks,
    /// It does not stand where the end record says.
    Position,
    TooLong,
    CutShort,
    /// What should be an entry is none.
    NoHeader,
    MoreEntries,
    /// It points outside the file.
    Outside,
}

/// What is wrong with an entry's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameProblem {
    /// Empty, or with an empty part.
    Empty,
    TooLong,
    /// `/etc/passwd`
    Absolute,
    /// `//server/share` or `\\server\share`
    Unc,
    /// `C:...`, or any other colon.
    Drive,
    /// `..` or `.`
    Parent,
    Backslash,
    Control,
    /// `CON`, `aux.txt`, `LPT1` ...
    Reserved,
    /// A part that ends in a dot or space, which Windows drops.
    TrailingDot,
    /// Letters outside ASCII, or a wildcard or quote.
    Character,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellProblem {
    Missing,
    NotANumber,
    NotADate,
    NotATime,
    NotAPeriod,
    /// None of the values that the column allows.
    UnknownValue,
    TooLong,
    /// Control characters, a path in a file name, letters that are not composed (NFC).
    NotClean,
    /// Not a JSON object of device counters.
    NotAVector,
    /// Readable, but not in the one form in which the format writes it.
    NotCanonical,
}

impl Refusal {
    /// A short stable name, for `--json` and for tests.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Unreadable(_) => "unreadable",
            Refusal::Empty => "empty",
            Refusal::NotZip => "not-zip",
            Refusal::CutShort => "cut-short",
            Refusal::LeadingBytes => "leading-bytes",
            Refusal::TrailingBytes(_) => "trailing-bytes",
            Refusal::Comment(_) => "comment",
            Refusal::Zip64(_) => "zip64",
            Refusal::DamagedDirectory(_) => "damaged-directory",
            Refusal::NotAPackage => "not-a-package",
            Refusal::TooManyEntries { .. } => "too-many-entries",
            Refusal::EntryTooBig { .. } => "entry-too-big",
            Refusal::PackageTooBig { .. } => "package-too-big",
            Refusal::TextsTooBig { .. } => "texts-too-big",
            Refusal::Bomb { .. } => "bomb",
            Refusal::UnsafeName { problem, .. } => problem.code(),
            Refusal::DuplicateName(_) => "duplicate-name",
            Refusal::CollidingNames { .. } => "colliding-names",
            Refusal::Link(_) => "link",
            Refusal::Folder(_) => "folder",
            Refusal::Encrypted(_) => "encrypted",
            Refusal::Method { .. } => "method",
            Refusal::HeadersDisagree(_) => "headers-disagree",
            Refusal::SizeLie { .. } => "size-lie",
            Refusal::Overlap { .. } => "overlap",
            Refusal::HiddenBytes(_) => "hidden-bytes",
            Refusal::Corrupt(_) => "corrupt",
            Refusal::DescriptorSyntax(_) => "descriptor-syntax",
            Refusal::DuplicateKey(_) => "duplicate-key",
            Refusal::TooNew { .. } => "too-new",
            Refusal::OtherPlan { .. } => "other-plan",
            Refusal::NewerEdition { .. } => "newer-edition",
            Refusal::BadEdition(_) => "bad-edition",
            Refusal::EditionLoses(_) => "edition-loses",
            Refusal::StrangeEdition { .. } => "strange-edition",
            Refusal::NotTheIssuer { .. } => "not-the-issuer",
            Refusal::NoEdition(_) => "no-edition",
            Refusal::OtherKind(_) => "other-kind",
            Refusal::BagDeclaration => "bag-declaration",
            Refusal::ManifestSyntax { .. } => "manifest-syntax",
            Refusal::BagInfo(_) => "bag-info",
            Refusal::MissingFile(_) => "missing-file",
            Refusal::ExtraFile(_) => "extra-file",
            Refusal::Altered(_) => "altered",
            Refusal::TagAltered(_) => "tag-altered",
            Refusal::SenderDiffers { .. } => "sender-differs",
            Refusal::ResourceDiffers(_) => "resource-differs",
            Refusal::BadSignature => "bad-signature",
            Refusal::Untrusted { standing, .. } => match standing {
                Standing::First | Standing::NewDevice => "new-key",
                Standing::Changed => "changed-key",
                Standing::NoLongerSigned => "no-longer-signed",
                Standing::Unsigned => "unsigned",
                Standing::Confirmed | Standing::Remembered | Standing::Broken => "untrusted",
            },
            Refusal::OtherRecipient { .. } => "other-recipient",
            Refusal::UnknownAgency { .. } => "unknown-agency",
            Refusal::AgencyRenamed { .. } => "agency-renamed",
            Refusal::UnknownItem { .. } => "unknown-item",
            Refusal::WrongTable { .. } => "wrong-table",
            Refusal::NotEntitled { .. } => "not-entitled",
            Refusal::OtherPeriod { .. } => "other-period",
            Refusal::ForeignWorkingCopy { .. } => "foreign-working-copy",
            Refusal::UnknownFiling { .. } => "unknown-filing",
            Refusal::NotTheReceiver { .. } => "not-the-receiver",
            Refusal::NotAContribution { .. } => "not-a-contribution",
            Refusal::NotFiled { .. } => "not-filed",
            Refusal::NotTheLead { .. } => "not-the-lead",
            Refusal::NoRows(_) => "no-rows",
            Refusal::NotUtf8 { .. } => "not-utf8",
            Refusal::Columns { .. } => "columns",
            Refusal::RowForm { .. } => "row-form",
            Refusal::RowWidth { .. } => "row-width",
            Refusal::Cell { .. } => "cell",
            Refusal::DuplicateRow { .. } => "duplicate-row",
            Refusal::RowAltered { .. } => "row-altered",
            Refusal::Nonsense { .. } => "nonsense",
            Refusal::Counter { .. } => "counter",
            Refusal::EvidenceWithoutRow { .. } => "evidence-without-row",
            Refusal::EvidenceDiffers { .. } => "evidence-differs",
            Refusal::EvidenceWithoutName(_) => "evidence-without-name",
            Refusal::NoSuchEvidence(_) => "no-such-evidence",
        }
    }
}

impl NameProblem {
    fn code(self) -> &'static str {
        match self {
            NameProblem::Empty => "name-empty",
            NameProblem::TooLong => "name-too-long",
            NameProblem::Absolute => "name-absolute",
            NameProblem::Unc => "name-unc",
            NameProblem::Drive => "name-drive",
            NameProblem::Parent => "name-parent",
            NameProblem::Backslash => "name-backslash",
            NameProblem::Control => "name-control",
            NameProblem::Reserved => "name-reserved",
            NameProblem::TrailingDot => "name-trailing-dot",
            NameProblem::Character => "name-character",
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} row {}", self.file, self.row)
    }
}

fn at(place: &Option<Place>) -> String {
    place.as_ref().map(|p| format!(", {p}")).unwrap_or_default()
}
