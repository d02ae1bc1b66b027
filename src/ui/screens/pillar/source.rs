//! Whose figures the screen shows, and what an item is to that agency.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::catalogue::{Catalogue, Id, Indicator, PeriodId, Task};
use crate::progress::{self, IndicatorProgress, PillarProgress, Scope};
use crate::record::{Body, Key, Record, Snapshot};
use crate::ui::view::{Access, Workspace};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Whose {
    #[default]
    Own,
    Agency(Id),
    Province,
}

/// The figures of one scope in the period shown.
pub(super) struct Source<'a> {
    pub workspace: &'a Workspace,
    scope: Scope,
    figures: Arc<Figures>,
}

#[derive(Debug)]
struct Figures {
    pillars: Vec<PillarProgress>,
    /// The items that the agency shown owes.
    expected: BTreeSet<Id>,
}

/// The figures of the last scope and state: computed once, not every frame.
#[derive(Debug, Default)]
pub(super) struct Cache {
    last: Option<Cached>,
}

#[derive(Debug)]
struct Cached {
    snapshot: Arc<Snapshot>,
    scope: Scope,
    period: PeriodId,
    figures: Arc<Figures>,
}

impl Cache {
    pub fn of<'a>(&mut self, workspace: &'a Workspace, whose: &Whose) -> Source<'a> {
        let scope = match whose {
            Whose::Province if workspace.snapshot.receives() => Scope::Province,
            Whose::Agency(id) => Scope::Agency(id.clone()),
            _ => Scope::Agency(workspace.agency().to_owned()),
        };
        let period = &workspace.period.id;
        let fits =
            |c: &&Cached| Arc::ptr_eq(&c.snapshot, &workspace.snapshot) && c.scope == scope && c.period == *period;
        let figures = match self.last.as_ref().filter(fits) {
            Some(cached) => cached.figures.clone(),
            None => Arc::new(Figures::new(workspace, &scope)),
        };
        self.last = Some(Cached {
            snapshot: workspace.snapshot.clone(),
            scope: scope.clone(),
            period: period.clone(),
            figures: figures.clone(),
        });
        Source { workspace, scope, figures }
    }
}

impl Figures {
    fn new(workspace: &Workspace, scope: &Scope) -> Figures {
        let pillars = progress::pillars(&workspace.snapshot, scope, &workspace.period.id);
        let expected = match scope {
            Scope::Agency(agency) => workspace.catalogue().expected(agency, &workspace.period),
            Scope::Province => Vec::new(),
        };
        Figures { pillars, expected: expected.into_iter().map(str::to_owned).collect() }
    }
}

impl Source<'_> {
    /// The indicator as it was in the period shown.
    pub fn then<'i>(&self, indicator: &'i Indicator) -> Cow<'i, Indicator> {
        self.workspace.catalogue().then(indicator, self.period())
    }

    pub fn catalogue(&self) -> &Catalogue {
        self.workspace.catalogue()
    }

    pub fn snapshot(&self) -> &Snapshot {
        &self.workspace.snapshot
    }

    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    pub fn period(&self) -> &PeriodId {
        &self.workspace.period.id
    }

    /// The agency shown; none for the province.
    pub fn agency(&self) -> Option<&str> {
        match &self.scope {
            Scope::Agency(id) => Some(id),
            Scope::Province => None,
        }
    }

    pub fn is_own(&self) -> bool {
        self.agency() == Some(self.workspace.agency())
    }

    pub fn pillar(&self, pillar: u8) -> Option<&PillarProgress> {
        self.figures.pillars.iter().find(|p| p.pillar == pillar)
    }

    /// The first pillar in which the agency shown owes something.
    pub fn opening_pillar(&self) -> u8 {
        let owes = |p: &&PillarProgress| {
            let indicators = self.indicators(p.pillar).map(|i| &i.id);
            indicators.chain(self.tasks(p.pillar).map(|t| &t.id)).any(|item| self.expects(item))
        };
        self.figures.pillars.iter().find(owes).map_or(1, |p| p.pillar)
    }

    pub fn progress(&self, of: &Indicator) -> Option<&IndicatorProgress> {
        self.pillar(of.pillar)?.indicators.iter().find(|p| p.item == of.id)
    }

    /// The key of an item's record; none for the province, which has no records of its own.
    pub fn key(&self, item: &str) -> Option<Key> {
        Key::of_item(self.catalogue(), item, self.agency()?, self.period())
    }

    pub fn record(&self, item: &str) -> Option<&Record> {
        self.snapshot().record(&self.key(item)?)
    }

    /// True where the agency shown owes the item in this period.
    pub fn expects(&self, item: &str) -> bool {
        self.figures.expected.contains(item)
    }

    /// True where this file's officer may type the item in.
    pub fn may_edit(&self, item: &str) -> bool {
        let Some(agency) = self.agency() else { return false };
        let catalogue = self.catalogue();
        let concerned = catalogue.reports(agency, item)
            || catalogue.task_of(item).is_some_and(|t| catalogue.includes(&t.coordinating, agency));
        self.workspace.access == Access::Write
            && concerned
            && catalogue.may_bring(self.workspace.agency(), item, agency)
    }

    /// What an entry of the agency shown is compared with.
    pub fn before(&self, item: &str) -> Option<&Body> {
        self.snapshot().before(item, self.agency()?, self.period())
    }

    /// The indicators of a pillar in catalogue order.
    pub fn indicators(&self, pillar: u8) -> impl Iterator<Item = &Indicator> {
        self.catalogue().indicators.iter().filter(move |i| i.pillar == pillar)
    }

    /// The tasks of a pillar in catalogue order.
    pub fn tasks(&self, pillar: u8) -> impl Iterator<Item = &Task> {
        self.catalogue().tasks.iter().filter(move |t| t.pillar == pillar)
    }
}
