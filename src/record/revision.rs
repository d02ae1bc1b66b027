//! Revisions, version vectors and heads: how two desks' work meets without anything getting lost.
//!
//! The heads of a record are its revisions that no other one dominates. That set depends only on which revisions met,
//! not on their order, so every order of merging ends in the same [`digest`].

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::content::hex;
use super::{Body, Key};
use crate::catalogue::Id;

/// SHA-256 (hex) over key, content hash and vector.
pub type RevisionId = String;

/// How often each device has written a record: `{device: counter}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Vector(pub BTreeMap<String, u64>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VectorOrder {
    Equal,
    Before,
    After,
    Concurrent,
}

/// One saved state of one record. Never changed, never deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    pub id: RevisionId,
    pub key: Key,
    pub body: Body,
    pub content_hash: String,
    pub vector: Vector,
    /// The officer who saved it.
    pub author: String,
    /// The agency in whose workspace it was saved; differs from the key's where someone entered it for another.
    pub origin: Id,
    pub device: String,
    /// For people to read; decides nothing.
    pub time: DateTime<FixedOffset>,
}

/// A record with its heads, sorted by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub key: Key,
    pub heads: Vec<Revision>,
}

/// What an incoming revision is to the heads that it meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    New,
    Changed,
    Same,
    Older,
    Conflict,
}

/// The outcome, and the heads afterwards (sorted by id).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    pub outcome: Outcome,
    pub heads: Vec<Revision>,
}

impl Vector {
    pub fn compare(&self, other: &Vector) -> VectorOrder {
        let at = |v: &Vector, device: &str| v.0.get(device).copied().unwrap_or(0);
        let behind = self.0.keys().chain(other.0.keys()).any(|d| at(self, d) < at(other, d));
        let ahead = self.0.keys().chain(other.0.keys()).any(|d| at(self, d) > at(other, d));
        match (behind, ahead) {
            (false, false) => VectorOrder::Equal,
            (true, false) => VectorOrder::Before,
            (false, true) => VectorOrder::After,
            (true, true) => VectorOrder::Concurrent,
        }
    }

    /// The least vector that is at or after both.
    pub fn join(&self, other: &Vector) -> Vector {
        let mut joined = self.clone();
        for (device, count) in &other.0 {
            let own = joined.0.entry(device.clone()).or_default();
            *own = (*own).max(*count);
        }
        joined
    }

    pub fn count(&self, device: &str) -> u64 {
        self.0.get(device).copied().unwrap_or(0)
    }

    /// Compact JSON with sorted keys.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Revision {
    /// Seals a body as a revision: normalises it and derives content hash and id.
    #[allow(clippy::too_many_arguments)]
    pub fn seal(
        key: Key,
        body: Body,
        vector: Vector,
        author: &str,
        origin: &str,
        device: &str,
        time: DateTime<FixedOffset>,
    ) -> Revision {
        let body = body.normalized();
        let content_hash = body.content_hash(&key);
        let id = revision_id(&key, &content_hash, &vector);
        let (author, origin, device) = (author.to_owned(), origin.to_owned(), device.to_owned());
        Revision { id, key, body, content_hash, vector, author, origin, device, time }
    }

    /// True where content hash and id are those of this content: nothing was altered on the way.
    pub fn is_intact(&self) -> bool {
        self.content_hash == self.body.content_hash(&self.key)
            && self.id == revision_id(&self.key, &self.content_hash, &self.vector)
    }

    fn is_before(&self, other: &Revision) -> bool {
        self.vector.compare(&other.vector) == VectorOrder::Before
    }
}

impl Record {
    /// The record's value: there is one where all heads say the same.
    pub fn current(&self) -> Option<&Revision> {
        let last = self.heads.last()?;
        (!self.in_conflict()).then_some(last)
    }

    /// The current value unless it was withdrawn.
    pub fn reported(&self) -> Option<&Revision> {
        self.current().filter(|r| !r.body.is_withdrawn())
    }

    pub fn in_conflict(&self) -> bool {
        self.heads.iter().any(|h| h.content_hash != self.heads[0].content_hash)
    }

    /// The ids of the heads, sorted.
    pub fn head_ids(&self) -> Vec<RevisionId> {
        self.heads.iter().map(|h| h.id.clone()).collect()
    }

    /// The vector that is at or after all heads: a new revision starts from here.
    pub fn vector(&self) -> Vector {
        self.heads.iter().fold(Vector::default(), |v, h| v.join(&h.vector))
    }
}

/// The id of a revision.
pub fn revision_id(key: &Key, content_hash: &str, vector: &Vector) -> RevisionId {
    let mut hash = Sha256::new();
    hash.update(format!("{key}\n{content_hash}\n{}", vector.to_json()));
    hex(&hash.finalize())
}

/// Puts one incoming revision among the heads of its record.
pub fn place(heads: &[Revision], incoming: &Revision) -> Placement {
    let unchanged = |outcome| Placement { outcome, heads: heads.to_vec() };
    if heads.iter().any(|h| h.id == incoming.id) {
        return unchanged(Outcome::Same);
    }
    if heads.iter().any(|h| incoming.is_before(h)) {
        return unchanged(Outcome::Older);
    }
    let mut after: Vec<Revision> = heads.iter().filter(|h| !h.is_before(incoming)).cloned().collect();
    let agrees = after.iter().all(|h| h.content_hash == incoming.content_hash);
    let outcome = match (heads.is_empty(), agrees) {
        (true, _) => Outcome::New,
        (false, false) => Outcome::Conflict,
        (false, true) if after.len() == heads.len() => Outcome::Same,
        (false, true) => Outcome::Changed,
    };
    after.push(incoming.clone());
    after.sort_by(|a, b| a.id.cmp(&b.id));
    Placement { outcome, heads: after }
}

/// The revisions that no other one dominates, each once, sorted by id.
pub fn frontier(revisions: impl IntoIterator<Item = Revision>) -> Vec<Revision> {
    revisions.into_iter().fold(Vec::new(), |heads, r| place(&heads, &r).heads)
}

/// SHA-256 (hex) over the canonical, sorted heads: content and vectors, nothing local.
pub fn digest<'a>(heads: impl IntoIterator<Item = (&'a Key, &'a str, &'a Vector)>) -> String {
    let mut lines: Vec<String> =
        heads.into_iter().map(|(key, content, vector)| format!("{key}\t{content}\t{}\n", vector.to_json())).collect();
    lines.sort();
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
    }
    hex(&hash.finalize())
}
