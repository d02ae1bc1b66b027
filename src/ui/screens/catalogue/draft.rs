//! The edition being drafted: amendments collected one after the other, and what they come to together. Pure; nothing is
//! stored here, and nothing is worked out again before the draft or the present catalogue changes.

use std::sync::Arc;

use super::form::Form;
use crate::catalogue::{self, AmendError, Amendment, Catalogue, Edition, EditionError, Fault, Reason};
use crate::words;

/// Amendments that are not written yet, in the order in which they apply.
#[derive(Debug, Default)]
pub(super) struct Draft {
    items: Vec<Item>,
    outcome: Option<Arc<Outcome>>,
}

#[derive(Debug, Clone)]
pub(super) struct Item {
    pub amendment: Amendment,
    /// How it was filled in, to be changed again; none where there was nothing to fill in.
    pub form: Option<Form>,
}

/// What the draft comes to, on one present catalogue.
#[derive(Debug)]
pub(super) struct Outcome {
    present: Arc<Catalogue>,
    /// The present one with every amendment that can be applied.
    pub catalogue: Arc<Catalogue>,
    /// For each amendment what it changes, a sentence each, or why it cannot be.
    pub steps: Vec<Result<Vec<String>, String>>,
    /// Why the whole is no edition, in words.
    pub fault: Option<String>,
    faults: Vec<Fault>,
}

/// What one more amendment would do to a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Possible {
        /// A sentence each.
        changes: Vec<String>,
        /// What has to change as well before there can be an edition.
        then: Option<String>,
    },
    /// It says what is so already.
    Unchanged(String),
    Refused(String),
}

impl Draft {
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub fn items(&self) -> &[Item] {
        &self.items
    }

    pub fn amendments(&self) -> Vec<Amendment> {
        self.items.iter().map(|item| item.amendment.clone()).collect()
    }

    /// Adds an amendment, or puts it in the place of another.
    pub fn put(&mut self, at: Option<usize>, item: Item) {
        match at.and_then(|at| self.items.get_mut(at)) {
            Some(place) => *place = item,
            None => self.items.push(item),
        }
        self.outcome = None;
    }

    pub fn remove(&mut self, at: usize) {
        self.items.remove(at);
        self.outcome = None;
    }

    pub fn clear(&mut self) {
        *self = Draft::default();
    }

    /// What it comes to. A draft that says what the present edition says has been written, and is empty from then on.
    pub fn outcome(&mut self, present: &Arc<Catalogue>) -> Arc<Outcome> {
        if let Some(outcome) = &self.outcome
            && Arc::ptr_eq(&outcome.present, present)
        {
            return Arc::clone(outcome);
        }
        if self.outcome.as_ref().is_some_and(|o| o.is_edition() && o.catalogue.hash == present.hash) {
            self.items.clear();
        }
        let outcome = Arc::new(Outcome::of(present, &self.items));
        self.outcome = Some(Arc::clone(&outcome));
        outcome
    }

    /// The catalogue that the amendment at a place applies to; that which a new one applies to where there is no place.
    pub fn base(&self, present: &Arc<Catalogue>, at: Option<usize>) -> Arc<Outcome> {
        let before = at.map_or(&self.items[..], |at| &self.items[..at.min(self.items.len())]);
        Arc::new(Outcome::of(present, before))
    }
}

impl Outcome {
    fn of(present: &Arc<Catalogue>, items: &[Item]) -> Outcome {
        let mut catalogue = Catalogue::clone(present);
        let mut steps = Vec::new();
        for item in items {
            steps.push(match catalogue::amend(&catalogue, std::slice::from_ref(&item.amendment)) {
                Ok(after) => {
                    let changes = words::differences(&catalogue, &after);
                    catalogue = after;
                    Ok(changes)
                }
                Err(error) => Err(words::amend_error(&error, &catalogue)),
            });
        }
        let mut outcome = Outcome {
            present: Arc::clone(present),
            catalogue: Arc::clone(present),
            steps,
            fault: None,
            faults: Vec::new(),
        };
        if items.is_empty() {
            return outcome;
        }
        match Edition::after(present, catalogue.clone()) {
            Ok(edition) => outcome.catalogue = Arc::clone(edition.catalogue()),
            Err(error) => {
                outcome.fault = Some(words::edition_error(&error, &catalogue));
                outcome.catalogue = Arc::new(catalogue);
                if let EditionError::Faults(faults) = error {
                    outcome.faults = faults;
                }
            }
        }
        outcome
    }

    /// True where writing the draft makes an edition.
    pub fn is_edition(&self) -> bool {
        !self.steps.is_empty() && self.fault.is_none() && self.steps.iter().all(Result::is_ok)
    }

    pub fn is_of(&self, present: &Arc<Catalogue>) -> bool {
        Arc::ptr_eq(&self.present, present)
    }

    /// What one more amendment would do.
    pub fn verdict(&self, amendment: &Amendment) -> Verdict {
        let after = match catalogue::amend(&self.catalogue, std::slice::from_ref(amendment)) {
            Ok(after) => after,
            Err(error) => {
                let why = words::amend_error(&error, &self.catalogue);
                let unchanged = matches!(error, AmendError::NothingChanges(_));
                return if unchanged { Verdict::Unchanged(why) } else { Verdict::Refused(why) };
            }
        };
        let changes = words::differences(&self.catalogue, &after);
        match Edition::after(&self.present, after.clone()) {
            Ok(_) => Verdict::Possible { changes, then: None },
            Err(EditionError::Faults(mut faults)) => {
                faults.retain(|fault| !self.faults.contains(fault));
                let (whole, own): (Vec<Fault>, Vec<Fault>) = faults.into_iter().partition(is_of_the_whole);
                if own.is_empty() {
                    let then = (!whole.is_empty()).then(|| words::edition_faults(&whole, &after));
                    Verdict::Possible { changes, then }
                } else {
                    Verdict::Refused(words::edition_faults(&own, &after))
                }
            }
            Err(error) => Verdict::Refused(words::edition_error(&error, &after)),
        }
    }
}

/// The points of a pillar come right only with the last of several amendments.
fn is_of_the_whole(fault: &Fault) -> bool {
    matches!(fault.reason, Reason::PointsSum { .. })
}
