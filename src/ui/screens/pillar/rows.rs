//! Which rows the tables show: what was sent back first, then the plan's order. They stay as they are while someone works in them: a row does not go away from under the
//! cursor because its value was just entered.

use super::source::Source;
use crate::catalogue::{Id, PeriodId};
use crate::progress::Scope;
use crate::ui::form::Drafts;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Which {
    #[default]
    Mine,
    All,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    pub scope: Which,
    pub only_missing: bool,
}

#[derive(Debug, Default)]
pub(super) struct Rows {
    pub indicators: Vec<Id>,
    pub tasks: Vec<Id>,
    made_for: Option<MadeFor>,
}

#[derive(Debug, PartialEq)]
struct MadeFor {
    pillar: u8,
    filter: Filter,
    scope: Scope,
    period: PeriodId,
    catalogue: String,
    /// Returns taken in so far: a new one brings its rows to the top, mending one leaves them there.
    returns: usize,
}

impl Filter {
    pub fn mine() -> Filter {
        Filter::default()
    }

    pub fn all() -> Filter {
        Filter { scope: Which::All, only_missing: false }
    }
}

impl Rows {
    /// Makes the rows again where pillar, filter, agency or period changed.
    pub fn refresh(&mut self, pillar: u8, filter: &Filter, source: &Source<'_>, drafts: &Drafts) {
        let wanted = MadeFor::new(pillar, filter, source);
        if self.made_for.as_ref() == Some(&wanted) {
            return;
        }
        let shown = |item: &str| {
            let mine = filter.scope == Which::All || source.expects(item) || source.record(item).is_some();
            let missing = !filter.only_missing || (source.expects(item) && is_missing(source, drafts, item));
            source.agency().is_none() || (mine && missing)
        };
        self.indicators = source.indicators(pillar).map(|i| i.id.clone()).filter(|id| shown(id)).collect();
        self.tasks = source.tasks(pillar).map(|t| t.id.clone()).filter(|id| shown(id)).collect();
        let returned = |item: &Id| source.key(item).is_some_and(|key| source.snapshot().returned_of(&key).is_some());
        self.indicators.sort_by_key(|item| !returned(item));
        self.tasks.sort_by_key(|item| !returned(item));
        self.made_for = Some(wanted);
    }

    /// True where the rows were made for something else.
    pub fn is_stale(&self, pillar: u8, filter: &Filter, source: &Source<'_>) -> bool {
        self.made_for.as_ref() != Some(&MadeFor::new(pillar, filter, source))
    }

    /// The period and scope that the rows belong to.
    pub fn belongs_to(&self) -> Option<(&Scope, &PeriodId)> {
        self.made_for.as_ref().map(|m| (&m.scope, &m.period))
    }

    pub fn is_empty(&self) -> bool {
        self.indicators.is_empty() && self.tasks.is_empty()
    }

    pub fn contains(&self, item: &str) -> bool {
        self.indicators.iter().chain(&self.tasks).any(|id| id == item)
    }

    pub fn first(&self) -> Option<&Id> {
        self.indicators.first().or(self.tasks.first())
    }
}

impl MadeFor {
    fn new(pillar: u8, filter: &Filter, source: &Source<'_>) -> MadeFor {
        MadeFor {
            pillar,
            filter: filter.clone(),
            scope: source.scope().clone(),
            period: source.period().clone(),
            catalogue: source.catalogue().hash.clone(),
            returns: source.snapshot().notices.iter().filter(|n| n.is_return()).count(),
        }
    }
}

fn is_missing(source: &Source<'_>, drafts: &Drafts, item: &str) -> bool {
    let typed = source.key(item).is_some_and(|key| drafts.is_waiting(&key));
    source.record(item).is_none_or(|r| r.current().is_some_and(|c| c.body.is_withdrawn())) && !typed
}
