//! The Vietnamese words for what this program knows: shared by the window, the command line and reports.
//!
//! Values in, sentences out. Labels that only the window has are in `ui/strings`. A message says what happened, to what,
//! and what to do next; a single sentence ends without a full stop, so that it can stand in a table or after a colon.

mod components;
mod contents;
mod editions;
mod exchange;
mod figures;
mod files;
mod findings;
mod harmless;
mod keys;
mod notices;
mod operations;
mod packages;
mod period;
mod plan;
mod refused;
mod scoring;
mod states;
mod table;
mod window;
mod workspace;

pub use components::{component_row, components_error, doubt, no_longer, pillar_sum};
pub use contents::{content, fields, item};
pub use editions::{amend_error, differences, edition, edition_error, edition_faults};
use editions::{edition_loses, faults};
pub use exchange::{exchange_error, io_error};
pub use figures::{agencies, attainment, figure, score, target, units, value};
pub use files::{changed_while_read, file_error};
pub use findings::{finding, problem, severity};
pub use keys::{
    key_file_error, key_state, policy_answer, policy_case, signature, standing, standing_advice, standing_concern,
};
pub use notices::{answer, answered, arrival, notice, origin, package_kind};
pub use operations::{filing_in_full, interrupted, operation, operation_kind};
pub use packages::{refusal, write_error};
pub use period::{days_left, due_before, filing, period};
pub use plan::{agency_kind, aggregate, frequency, measure};
pub use refused::{ops_error, record};
pub use scoring::{jump, moved, open, points, points_of_1000, rule, shortfall, trial_error};
pub use states::{
    agency_standing, agency_state, document_state, due, kind, outcome, received_state, reporting, task_status,
    unit_state,
};
pub use table::{
    column, converted, encoding, field, field_error, number_error, refusing, row_reason, sheet_error, skip, table_error,
};
pub use window::{no_display, no_renderer, unknown_renderer};
pub use workspace::{backup_failed, backup_reason, concern, damage, lost, missing_bytes, restored, saved, store_error};
