//! Tables in: a CSV file, an Excel sheet or a pasted block becomes entries, row by row.
//!
//! What cannot be taken is rejected with its row number and reason; nothing is guessed. Reads bytes only: opening files
//! and saving entries is for the caller. A typed field ([`Fields`]) means the same in a table as on the command line.

mod decode;
mod delimited;
mod fields;
mod find;
mod legacy;
mod rows;
mod sheet;
mod workbook;

pub use fields::{Field, FieldError, Fields};
pub use find::{find_item, near};
pub use legacy::{Legacy, Recognised, SAMPLES, Sample};
pub use rows::{Loading, Mapping, Reason, Rejected, Row, TableError, load, load_mapped};
pub use sheet::{Cell, MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Sheet, SheetError, SheetRow, parse_block, read, read_as};
