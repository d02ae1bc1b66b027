//! Tables in: a CSV file, an Excel sheet or a pasted block becomes entries, row by row.
//!
//! What cannot be taken is rejected with its row number and reason; nothing is guessed. Reads bytes only: opening files
//! and saving entries is for the caller. A typed field ([`Fields`]) means the same in a table as on the command line.

mod components;
mod decode;
mod delimited;
mod fields;
mod find;
mod layout;
mod legacy;
mod marks;
mod names;
mod preview;
mod rows;
mod sheet;
mod workbook;

pub use components::{
    ComponentReading, ComponentRow, ComponentTable, ComponentsError, Pass, PillarSum, Remark, RowFault, RowKind,
    components,
};
pub use fields::{Field, FieldError, Fields};
pub use find::{find_item, near};
pub use layout::{Basis, Guessing, Heading, Layout, Mapping, Remembered};
pub use legacy::{Legacy, Recognised, SAMPLES, Sample};
pub use marks::Marks;
pub use names::Column;
pub use preview::{Entries, Preview, Reading, preview};
pub use rows::{Loading, Reason, Rejected, Row, Skip, Skipped, TableError, load_as};
pub use sheet::{Book, Cell, MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Origin, Sheet, SheetError, SheetRow, parse_block, read};
