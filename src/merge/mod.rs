//! What merging a package would do: a pure plan, shown to the officer and then applied as it stands.

use crate::record::{Outcome, Revision, RowCounts};

/// The plan for one package against the heads of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergePlan {
    /// In key order.
    pub rows: Vec<PlanRow>,
    pub counts: RowCounts,
}

/// One incoming revision and the heads that it meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    pub incoming: Revision,
    pub outcome: Outcome,
    /// The heads before this row, sorted by id.
    pub local: Vec<Revision>,
    /// The heads after it, sorted by id.
    pub after: Vec<Revision>,
}
