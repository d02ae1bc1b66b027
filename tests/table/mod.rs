//! Tables in: what is read, what is rejected, and with which row number and reason.

mod csv;
mod fields;
mod legacy;
mod rows;
mod workbook;
