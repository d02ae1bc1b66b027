//! The laws of merging, over random histories of several devices, on pure state: records and their heads.
//!
//! Devices save and merge each other's packages in any order; the plan alone says what happens to the heads.

use std::collections::{BTreeMap, BTreeSet};

use dti::merge::{self, MergePlan};
use dti::package::Contents;
use dti::record::{Key, Outcome, Record, Revision, RowCounts, Vector, VectorOrder, digest, frontier};
use proptest::prelude::*;

use crate::support::packages::{figure, header, key, seal_by};

const ITEMS: [&str; 3] = ["M04", "M05", "M06"];

/// The heads of one workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Desk {
    heads: BTreeMap<Key, Vec<Revision>>,
}

impl Desk {
    fn heads(&self, key: &Key) -> Vec<Revision> {
        self.heads.get(key).cloned().unwrap_or_default()
    }

    /// Saves a figure, from whatever the desk sees: a conflict is settled by it.
    fn save(&mut self, device: &str, item: &str, numerator: i64) -> Revision {
        let key = key(item);
        let seen = Record { key: key.clone(), heads: self.heads(&key) };
        let mut vector = seen.vector();
        *vector.0.entry(device.to_owned()).or_default() += 1;
        let revision = seal_by(key.clone(), figure(numerator, 10), vector, device);
        self.heads.insert(key, vec![revision.clone()]);
        revision
    }

    fn package(&self) -> Contents {
        let revisions = self.heads.values().flatten().cloned().collect();
        Contents { revisions, ..Contents::new(header()) }
    }

    fn plan(&self, package: &Contents) -> MergePlan {
        merge::plan(package, &|key| self.heads(key))
    }

    /// Merges, and gives the heads from before, for undoing.
    fn merge(&mut self, package: &Contents) -> (MergePlan, BTreeMap<Key, Vec<Revision>>) {
        let plan = self.plan(package);
        let before = self.heads.clone();
        for (key, after) in plan.heads_after() {
            self.heads.insert(key.clone(), after.to_vec());
        }
        (plan, before)
    }

    fn digest(&self) -> String {
        digest(self.heads.values().flatten().map(|r| (&r.key, r.content_hash.as_str(), &r.vector)))
    }
}

/// One step of a history: a device saves, or merges what another one reports.
#[derive(Debug, Clone)]
enum Step {
    Save {
        device: usize,
        item: usize,
        numerator: i64,
    },
    Merge {
        from: usize,
        to: usize,
    },
    /// The file is copied to another machine, and the copy goes on under the same device: the worst that people do.
    Copy {
        from: usize,
        to: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let desk = || 0..5_usize;
    prop_oneof![
        6 => (desk(), 0..ITEMS.len(), 0..4_i64).prop_map(|(device, item, numerator)| Step::Save { device, item, numerator }),
        3 => (desk(), desk()).prop_map(|(from, to)| Step::Merge { from, to }),
        1 => (desk(), desk()).prop_map(|(from, to)| Step::Copy { from, to }),
    ]
}

/// What came of a history: the desks, all revisions ever made, and the packages that each device could have sent.
#[derive(Debug)]
struct History {
    desks: Vec<Desk>,
    made: Vec<Revision>,
    packages: Vec<Contents>,
}

fn live(count: usize, steps: &[Step]) -> History {
    let mut desks = vec![Desk::default(); count];
    let mut names: Vec<String> = (0..count).map(|n| format!("máy {n}")).collect();
    let mut history = History { desks: Vec::new(), made: Vec::new(), packages: Vec::new() };
    for step in steps {
        match step {
            Step::Save { device, item, numerator } => {
                let desk = device % count;
                history.made.push(desks[desk].save(&names[desk].clone(), ITEMS[*item], *numerator));
                history.packages.push(desks[desk].package());
            }
            Step::Merge { from, to } => {
                let package = desks[from % count].package();
                desks[to % count].merge(&package);
            }
            Step::Copy { from, to } => {
                desks[to % count] = desks[from % count].clone();
                names[to % count] = names[from % count].clone();
            }
        }
    }
    history.desks = desks;
    history
}

fn history() -> impl Strategy<Value = History> {
    (3..=5_usize, prop::collection::vec(step(), 1..30)).prop_map(|(count, steps)| live(count, &steps))
}

fn merged<'a>(packages: impl IntoIterator<Item = &'a Contents>) -> Desk {
    let mut desk = Desk::default();
    for package in packages {
        desk.merge(package);
    }
    desk
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Law 1.
    #[test]
    fn any_order_any_grouping_and_any_repeats_end_in_the_same_digest(
        history in history(), order in prop::collection::vec(any::<prop::sample::Index>(), 0..40), split in any::<prop::sample::Index>(),
    ) {
        let packages = &history.packages;
        prop_assume!(!packages.is_empty());
        let straight = merged(packages);
        // Any order, with repeats, and each at least once.
        let shuffled = order.iter().map(|at| at.get(packages)).chain(packages.iter().rev());
        prop_assert_eq!(merged(shuffled).digest(), straight.digest());
        // Grouped: two departments merge their halves, and one takes the other's result.
        let (first, second) = packages.split_at(split.index(packages.len()));
        let (mut left, right) = (merged(first), merged(second));
        left.merge(&right.package());
        prop_assert_eq!(&left, &straight);
    }

    /// Law 2.
    #[test]
    fn the_same_package_again_moves_no_head(history in history(), which in any::<prop::sample::Index>()) {
        for desk in &history.desks {
            let mut desk = desk.clone();
            prop_assume!(!history.packages.is_empty());
            let package = which.get(&history.packages);
            desk.merge(package);
            let before = desk.clone();
            let (plan, _) = desk.merge(package);
            let RowCounts { new, changed, conflict, .. } = plan.counts;
            prop_assert_eq!((new, changed), (0, 0));
            prop_assert_eq!(&desk, &before);
            prop_assert!(plan.rows.iter().all(|row| row.local == row.after));
            // A conflict is not counted again either: it is known.
            prop_assert_eq!(conflict, 0);
        }
    }

    /// Law 3.
    #[test]
    fn what_nobody_saw_superseded_stays_a_head(history in history()) {
        let all = merged(&history.packages);
        let superseded = |r: &Revision| {
            history.made.iter().any(|o| o.key == r.key && r.vector.compare(&o.vector) == VectorOrder::Before)
        };
        for revision in &history.made {
            let is_head = all.heads(&revision.key).iter().any(|h| h.id == revision.id);
            prop_assert_eq!(is_head, !superseded(revision), "{:?}", revision);
        }
    }

    /// Law 3, for one merge: a head of either side is lost only to a head that saw it.
    #[test]
    fn one_merge_loses_no_head_of_either_side(history in history()) {
        for (mine, theirs) in history.desks.iter().flat_map(|a| history.desks.iter().map(move |b| (a, b))) {
            let mut after = mine.clone();
            after.merge(&theirs.package());
            for head in mine.heads.values().chain(theirs.heads.values()).flatten() {
                let now = after.heads(&head.key);
                let kept = now.iter().any(|h| h.id == head.id);
                let seen = now.iter().any(|h| head.vector.compare(&h.vector) == VectorOrder::Before);
                prop_assert!(kept != seen, "{:?}", head);
            }
            prop_assert_eq!(after.heads.values().flatten().count(), frontier_of(mine, theirs));
        }
    }

    /// Law 4.
    #[test]
    fn identical_content_is_never_a_conflict(history in history()) {
        for desk in &history.desks {
            for package in &history.packages {
                for row in desk.plan(package).rows.iter().filter(|row| row.outcome == Outcome::Conflict) {
                    let contents: BTreeSet<&str> = row.after.iter().map(|h| h.content_hash.as_str()).collect();
                    prop_assert!(contents.len() > 1, "{:?}", row);
                }
            }
        }
    }

    /// Law 4, the other way: different content that neither saw is never passed over in silence.
    #[test]
    fn different_content_that_neither_saw_is_always_a_conflict(a in 0..9_i64, b in 0..9_i64, counts in prop::collection::vec(1..4_u64, 4)) {
        let vectors = [(counts[0], counts[1]), (counts[2], counts[3])].map(|(x, y)| {
            Vector(BTreeMap::from([("máy 0".to_owned(), x), ("máy 1".to_owned(), y)]))
        });
        let order = vectors[0].compare(&vectors[1]);
        prop_assume!(a != b && matches!(order, VectorOrder::Concurrent | VectorOrder::Equal));
        let [mine, theirs] = vectors;
        let mine = seal_by(key("M05"), figure(a, 10), mine, "máy 0");
        let theirs = seal_by(key("M05"), figure(b, 10), theirs, "máy 1");
        let desk = Desk { heads: BTreeMap::from([(key("M05"), vec![mine])]) };
        let package = Contents { revisions: vec![theirs], ..Contents::new(header()) };
        let plan = desk.plan(&package);
        prop_assert_eq!(plan.counts, RowCounts { conflict: 1, ..RowCounts::default() });
        prop_assert_eq!(plan.rows[0].after.len(), 2);
    }

    /// Law 5: the counts are those of the rows, one for each revision, and each row starts where the one before ended.
    #[test]
    fn the_counts_are_those_of_the_rows(history in history()) {
        for (desk, package) in history.desks.iter().flat_map(|d| history.packages.iter().map(move |p| (d, p))) {
            let plan = desk.plan(package);
            let mut counts = RowCounts::default();
            plan.rows.iter().for_each(|row| counts.add(row.outcome));
            prop_assert_eq!(plan.counts, counts);
            prop_assert_eq!(plan.counts.total(), package.revisions.len());
            for pair in plan.rows.windows(2) {
                prop_assert!(pair[0].incoming.key <= pair[1].incoming.key);
                if pair[0].incoming.key == pair[1].incoming.key {
                    let order = pair[1].incoming.vector.compare(&pair[0].incoming.vector);
                    prop_assert_ne!(order, VectorOrder::After, "what is superseded comes last");
                    prop_assert_eq!(&pair[0].after, &pair[1].local);
                }
            }
            for row in &plan.rows {
                prop_assert_eq!(&row.after, &frontier(row.local.iter().chain([&row.incoming]).cloned()));
            }
        }
    }

    /// Law 6, and what follows: known is decided by the state, so the package merges again with the same counts.
    #[test]
    fn a_merge_undone_leaves_the_digest_from_before_and_merges_again(history in history(), which in any::<prop::sample::Index>()) {
        prop_assume!(!history.packages.is_empty());
        let package = which.get(&history.packages);
        for desk in &history.desks {
            let mut desk = desk.clone();
            let digest = desk.digest();
            let (plan, before) = desk.merge(package);
            let after = desk.clone();
            desk.heads = before;
            prop_assert_eq!(desk.digest(), digest);
            let (again, _) = desk.merge(package);
            prop_assert_eq!(again, plan);
            prop_assert_eq!(desk, after);
        }
    }
}

fn frontier_of(mine: &Desk, theirs: &Desk) -> usize {
    let keys: BTreeSet<&Key> = mine.heads.keys().chain(theirs.heads.keys()).collect();
    keys.into_iter().map(|key| frontier(mine.heads(key).into_iter().chain(theirs.heads(key))).len()).sum()
}

#[test]
fn rows_of_one_record_meet_the_heads_as_the_rows_before_leave_them() {
    let vector = |x, y| Vector(BTreeMap::from([("máy 0".to_owned(), x), ("máy 1".to_owned(), y)]));
    let ours = seal_by(key("M05"), figure(1, 10), vector(1, 0), "máy 0");
    let newer = seal_by(key("M05"), figure(2, 10), vector(2, 0), "máy 0");
    let other = seal_by(key("M05"), figure(3, 10), vector(1, 1), "máy 1");
    let package = Contents { revisions: vec![other.clone(), newer.clone()], ..Contents::new(header()) };
    let plan = merge::plan(&package, &|_| vec![ours.clone()]);
    assert_eq!(plan.counts, RowCounts { changed: 1, conflict: 1, ..RowCounts::default() });
    assert_eq!(plan.heads_after()[&key("M05")], frontier([newer, other]).as_slice());
}

#[test]
fn two_who_typed_the_same_do_not_disagree() {
    let mut first = Desk::default();
    let mut second = Desk::default();
    first.save("máy 0", "M05", 7);
    second.save("máy 1", "M05", 7);
    let (plan, _) = first.merge(&second.package());
    assert_eq!(plan.counts, RowCounts { same: 1, ..RowCounts::default() });
    assert!(!Record { key: key("M05"), heads: first.heads(&key("M05")) }.in_conflict());
}
