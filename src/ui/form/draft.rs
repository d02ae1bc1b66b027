//! What is typed and not stored yet: texts in fields, and records changed but not saved.
//!
//! Nothing typed is ever dropped: a text that cannot be read stays in its field, a save that was refused stays a draft
//! until its officer tries again or gives it up. One save is under way at a time, so that the second one is made against
//! the heads that the first one left.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fault, Field, blank, editable, is_blank, put, shown};
use crate::catalogue::Catalogue;
use crate::record::{self, Body, Content, Key, Record, RevisionId, Snapshot};
use crate::ui::command::{Command, Edit};

/// All drafts of the open file.
#[derive(Debug, Default)]
pub struct Drafts {
    texts: BTreeMap<(Key, Field), Typed>,
    records: BTreeMap<Key, Draft>,
    /// The record of the cell that is open in a table.
    cell: Option<(Key, Ground)>,
    /// Saves asked for since the window opened.
    sent: u64,
}

#[derive(Debug)]
struct Typed {
    text: String,
    fault: Option<Fault>,
    ground: Ground,
}

/// What was stored when something was begun, and the heads that said so: all that its officer has seen.
#[derive(Debug, Clone)]
struct Ground {
    base: Body,
    seen: Vec<RevisionId>,
}

#[derive(Debug)]
struct Draft {
    body: Body,
    ground: Ground,
    stage: Stage,
}

#[derive(Debug, PartialEq)]
enum Stage {
    Changed,
    /// This was sent; the draft may have changed since.
    Sent(Body),
    Refused,
}

impl Drafts {
    /// The record as it stands with what was typed: a blank one where nothing was entered or it was taken back.
    pub fn body(&self, snapshot: &Snapshot, key: &Key) -> Body {
        match self.records.get(key) {
            Some(draft) => draft.body.clone(),
            None => stored(snapshot.record(key), key),
        }
    }

    /// The text in a field that has not the focus.
    pub fn shown(&self, snapshot: &Snapshot, key: &Key, field: Field) -> String {
        match self.texts.get(&(key.clone(), field)) {
            Some(typed) => typed.text.clone(),
            None => shown(&self.body(snapshot, key), field),
        }
    }

    /// The text that a field begins with when it gets the focus.
    pub fn begin(&self, snapshot: &Snapshot, key: &Key, field: Field) -> String {
        match self.texts.get(&(key.clone(), field)) {
            Some(typed) => typed.text.clone(),
            None => editable(&self.body(snapshot, key), field),
        }
    }

    /// The text being typed, or one that could not be read.
    pub fn typed(&self, key: &Key, field: Field) -> Option<&str> {
        self.texts.get(&(key.clone(), field)).map(|t| t.text.as_str())
    }

    pub fn fault(&self, key: &Key, field: Field) -> Option<&Fault> {
        self.texts.get(&(key.clone(), field))?.fault.as_ref()
    }

    /// Keeps what is being typed, and what was stored when that began.
    pub fn keep(&mut self, snapshot: &Snapshot, key: &Key, field: Field, text: String) {
        let begun = self.texts.remove(&(key.clone(), field)).map(|typed| typed.ground);
        let cell = self.cell.as_ref().filter(|(open, _)| open == key).map(|(_, ground)| ground.clone());
        let ground = begun.or(cell).unwrap_or_else(|| Ground::of(snapshot, key));
        self.texts.insert((key.clone(), field), Typed { text, fault: None, ground });
    }

    /// Notes which record a cell is open on; none where no cell is. What is entered there goes by what was stored when it
    /// was opened.
    pub fn watch(&mut self, snapshot: &Snapshot, open: Option<&Key>) {
        if self.cell.as_ref().map(|(key, _)| key) != open {
            self.cell = open.map(|key| (key.clone(), Ground::of(snapshot, key)));
        }
    }

    /// Forgets what was typed into a field.
    pub fn cancel(&mut self, key: &Key, field: Field) {
        self.texts.remove(&(key.clone(), field));
    }

    /// Reads what was typed into a field. What cannot be read stays there with its fault.
    pub fn commit(&mut self, catalogue: &Catalogue, key: &Key, field: Field) {
        let Some(Typed { text, ground, .. }) = self.texts.remove(&(key.clone(), field)) else { return };
        let mut body = self.begun(key, &ground);
        match put(catalogue, key, &mut body, field, &text) {
            Ok(()) => self.set(key, body, ground),
            Err(fault) => {
                self.texts.insert((key.clone(), field), Typed { text, fault: Some(fault), ground });
            }
        }
    }

    /// Takes over what was typed so far, and leaves the text in the field: whoever types goes on undisturbed.
    pub fn checkpoint(&mut self, catalogue: &Catalogue, key: &Key, field: Field) {
        let Some(typed) = self.texts.get(&(key.clone(), field)) else { return };
        let ground = typed.ground.clone();
        let mut body = self.begun(key, &ground);
        if put(catalogue, key, &mut body, field, &typed.text).is_ok() {
            self.set(key, body, ground);
        }
    }

    /// Puts a whole text into a field, as a cell of the grid does.
    pub fn enter(&mut self, snapshot: &Snapshot, key: &Key, field: Field, text: String) {
        self.keep(snapshot, key, field, text);
        self.commit(&snapshot.catalogue, key, field);
    }

    /// Changes a record at once, as a choice or a removed file does.
    pub fn change(&mut self, snapshot: &Snapshot, key: &Key, change: impl FnOnce(&mut Body)) {
        let mut body = self.body(snapshot, key);
        change(&mut body);
        self.set(key, body, Ground::of(snapshot, key));
    }

    /// The fields with a text that nobody has tried to read yet.
    pub fn open(&self) -> Vec<(Key, Field)> {
        self.texts.iter().filter(|(_, t)| t.fault.is_none()).map(|(place, _)| place.clone()).collect()
    }

    /// Compares drafts with what is stored, and asks to save what is ready. Once a frame.
    pub fn sync(&mut self, snapshot: &Snapshot, answered: u64) -> Option<Command> {
        if answered < self.sent {
            return None;
        }
        let mut stored = Vec::new();
        self.records.retain(|key, draft| {
            let kept = draft.settle(key, snapshot.record(key));
            if !kept {
                stored.push(key.clone());
            }
            kept
        });
        // Whoever still types in another field of it has just seen it stored.
        for ((key, _), typed) in self.texts.iter_mut().filter(|((key, _), _)| stored.contains(key)) {
            typed.ground = Ground::of(snapshot, key);
        }
        let edits: Vec<Edit> = self
            .records
            .iter_mut()
            .filter(|(key, draft)| draft.stage == Stage::Changed && is_savable(&snapshot.catalogue, key, &draft.body))
            .map(|(key, draft)| {
                let body = to_store(key, &draft.body);
                draft.stage = Stage::Sent(body.clone());
                Edit { key: key.clone(), body, seen: draft.ground.seen.clone() }
            })
            .collect();
        if edits.is_empty() {
            return None;
        }
        self.sent = answered + 1;
        Some(Command::Save(edits))
    }

    /// The records for which something typed is not stored, each once.
    pub fn held(&self) -> BTreeSet<&Key> {
        self.records.keys().chain(self.texts.keys().map(|(key, _)| key)).collect()
    }

    /// True where something typed for this record is not stored.
    pub fn holds(&self, key: &Key) -> bool {
        self.records.contains_key(key) || self.texts.keys().any(|(k, _)| k == key)
    }

    /// True where something typed is not stored: the window should not close yet.
    pub fn unsaved(&self) -> bool {
        !self.texts.is_empty() || !self.records.is_empty()
    }

    /// True where a save of this record was refused and its officer has to decide.
    pub fn is_refused(&self, key: &Key) -> bool {
        self.records.get(key).is_some_and(|d| d.stage == Stage::Refused)
    }

    /// True where this record waits for more before it can be saved: half a ratio, a text that cannot be read.
    pub fn is_waiting(&self, key: &Key) -> bool {
        self.records.get(key).is_some_and(|d| d.stage == Stage::Changed)
            || self.texts.iter().any(|((k, _), typed)| k == key && typed.fault.is_some())
    }

    /// Tries to save a refused record again, against what is stored now.
    pub fn retry(&mut self, snapshot: &Snapshot, key: &Key) {
        if let Some(draft) = self.records.get_mut(key) {
            draft.ground = Ground::of(snapshot, key);
            draft.stage = Stage::Changed;
        }
    }

    /// Gives up what was typed for a record.
    pub fn discard(&mut self, key: &Key) {
        self.records.remove(key);
        self.texts.retain(|(k, _), _| k != key);
    }

    /// The record's draft; where there is none, what it said when typing began.
    fn begun(&self, key: &Key, ground: &Ground) -> Body {
        self.records.get(key).map_or_else(|| ground.base.clone(), |draft| draft.body.clone())
    }

    fn set(&mut self, key: &Key, body: Body, ground: Ground) {
        match self.records.get_mut(key) {
            Some(draft) => {
                draft.body = body;
                if draft.stage == Stage::Refused {
                    draft.stage = Stage::Changed;
                }
            }
            None if body != ground.base => {
                self.records.insert(key.clone(), Draft { body, ground, stage: Stage::Changed });
            }
            None => {}
        }
    }
}

impl Ground {
    fn of(snapshot: &Snapshot, key: &Key) -> Ground {
        Ground::at(snapshot.record(key), key)
    }

    fn at(record: Option<&Record>, key: &Key) -> Ground {
        Ground { base: stored(record, key), seen: heads(record) }
    }
}

impl Draft {
    /// Moves on after an answer; false where there is nothing left to keep.
    fn settle(&mut self, key: &Key, record: Option<&Record>) -> bool {
        if is_stored(&to_store(key, &self.body), record) {
            return false;
        }
        let now = Ground::at(record, key);
        let moved = now.seen != self.ground.seen;
        let rebased = || {
            let body = merged(&self.ground.base, &self.body, &now.base)?;
            record.is_none_or(|r| !r.in_conflict()).then_some(body)
        };
        match (&self.stage, moved) {
            (Stage::Refused, _) | (Stage::Changed, false) => {}
            (Stage::Sent(_), false) => self.stage = Stage::Refused,
            // Something else moved the record meanwhile (a file was attached), or more was typed during the save.
            (Stage::Sent(_) | Stage::Changed, true) => {
                let base = match &self.stage {
                    Stage::Sent(sent) if is_stored(sent, record) => Some(self.body.clone()),
                    _ => rebased(),
                };
                self.stage = Stage::Refused;
                if let Some(body) = base {
                    *self = Draft { body, ground: now, stage: Stage::Changed };
                }
            }
        }
        true
    }
}

/// What was typed, on top of what is stored now; none where both changed the same part.
fn merged(base: &Body, typed: &Body, now: &Body) -> Option<Body> {
    Some(Body {
        content: part(&base.content, &typed.content, &now.content)?,
        note: part(&base.note, &typed.note, &now.note)?,
        evidence: part(&base.evidence, &typed.evidence, &now.evidence)?,
    })
}

fn part<T: PartialEq + Clone>(base: &T, typed: &T, now: &T) -> Option<T> {
    match (typed == base, now == base || now == typed) {
        (true, _) => Some(now.clone()),
        (false, true) => Some(typed.clone()),
        (false, false) => None,
    }
}

fn is_stored(body: &Body, record: Option<&Record>) -> bool {
    match record {
        Some(record) => record.current().is_some_and(|r| r.body == *body),
        None => body.is_withdrawn(),
    }
}

/// What is stored, for a form: blank where nothing is, or where it was taken back.
fn stored(record: Option<&Record>, key: &Key) -> Body {
    match record.and_then(Record::current) {
        Some(revision) if !revision.body.is_withdrawn() => revision.body.clone(),
        _ => blank(key),
    }
}

/// An emptied form takes the record back.
fn to_store(key: &Key, body: &Body) -> Body {
    if is_blank(body, key.kind) { Body::new(Content::Withdrawn) } else { body.clone().normalized() }
}

fn is_savable(catalogue: &Catalogue, key: &Key, body: &Body) -> bool {
    !record::is_refused(&record::findings(catalogue, &key.item, body, None))
}

fn heads(record: Option<&Record>) -> Vec<RevisionId> {
    record.map(|r| r.heads.iter().map(|h| h.id.clone()).collect()).unwrap_or_default()
}
