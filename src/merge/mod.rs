//! What merging a package would do: a pure plan, shown to the officer and then applied as it stands.
//!
//! Applying is `ops`: the plan already holds the heads before and after, so the preview is the apply. Clocks decide
//! nothing here, and nothing is chosen for a person: a conflict leaves both sides as heads.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::package::Contents;
use crate::record::{Key, Outcome, Revision, RowCounts, place};

/// The plan for one package against the heads of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergePlan {
    /// In key order; of one record, what supersedes comes before what it supersedes.
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

/// Places every revision of the package, one after another: a row meets the heads as the rows before it leave them.
///
/// `heads` gives a record's heads in the workspace, and is asked once per record.
pub fn plan(package: &Contents, heads: &dyn Fn(&Key) -> Vec<Revision>) -> MergePlan {
    let mut incoming: Vec<&Revision> = package.revisions.iter().collect();
    // What a later row supersedes comes after it: it is older news, and not something new that changes at once.
    let writes = |r: &Revision| Reverse(r.vector.0.values().copied().fold(0_u64, u64::saturating_add));
    incoming.sort_by(|a, b| (&a.key, writes(a), &a.id).cmp(&(&b.key, writes(b), &b.id)));

    let mut plan = MergePlan { rows: Vec::with_capacity(incoming.len()), counts: RowCounts::default() };
    let mut current: Option<(&Key, Vec<Revision>)> = None;
    for revision in incoming {
        let local = match current.take() {
            Some((key, after)) if *key == revision.key => after,
            _ => sorted(heads(&revision.key)),
        };
        let placed = place(&local, revision);
        plan.counts.add(placed.outcome);
        current = Some((&revision.key, placed.heads.clone()));
        plan.rows.push(PlanRow { incoming: revision.clone(), outcome: placed.outcome, local, after: placed.heads });
    }
    plan
}

impl MergePlan {
    /// The records that the plan touches, with their heads once it is applied. Sorted by key.
    pub fn heads_after(&self) -> BTreeMap<&Key, &[Revision]> {
        // A later row of the same record replaces the earlier one's heads.
        self.rows.iter().map(|row| (&row.incoming.key, row.after.as_slice())).collect()
    }
}

fn sorted(mut heads: Vec<Revision>) -> Vec<Revision> {
    heads.sort_by(|a, b| a.id.cmp(&b.id));
    heads
}
