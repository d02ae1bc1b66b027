//! Finding an item or agency by what somebody typed, and the ids near it for a hint.

use crate::catalogue::{Catalogue, Id};
use crate::text;

/// The id of an indicator, document or task, whatever its case: `m05` is `M05`.
///
/// # Errors
/// The ids that look like it, at most five, best first.
pub fn find_item(catalogue: &Catalogue, typed: &str) -> Result<Id, Vec<Id>> {
    let ids = || {
        let tasks = catalogue.tasks.iter().map(|t| t.id.as_str());
        catalogue.indicators.iter().map(|i| i.id.as_str()).chain(tasks)
    };
    let wanted = text::clean(typed);
    match ids().find(|id| id.eq_ignore_ascii_case(&wanted)) {
        Some(id) => Ok(id.to_owned()),
        None => Err(near(&wanted, ids())),
    }
}

/// The candidates that look like `typed`, at most five, best first.
pub fn near<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<Id> {
    let wanted = text::ascii_slug(typed);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut scored: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|id| {
            let candidate = text::ascii_slug(id);
            let within = candidate.contains(&wanted) || wanted.contains(&candidate);
            let distance = distance(&wanted, &candidate);
            (within || distance <= 1 + wanted.len() / 4).then_some((distance, id))
        })
        .collect();
    scored.sort();
    scored.into_iter().take(5).map(|(_, id)| id.to_owned()).collect()
}

/// Letters to insert, delete or change (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            row.push((last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1));
        }
        last = row;
    }
    last[b.len()]
}
