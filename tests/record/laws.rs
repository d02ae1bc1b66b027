//! Revisions of several devices that meet in any order, over random histories.

use dti::record::{
    Body, Content, IndicatorValue, Key, Outcome, Record, Revision, VectorOrder, digest, frontier, place,
};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::moment;

/// Four desks; the last works on a copied file and so writes under the third one's device id.
const DEVICES: [&str; 4] = ["may-a", "may-b", "may-c", "may-c"];

#[derive(Debug, Clone)]
enum Step {
    /// A desk saves a figure on top of what it sees.
    Save { desk: usize, figure: u8 },
    /// A desk merges what another one has.
    Merge { from: usize, into: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let desk = || 0..DEVICES.len();
    prop_oneof![
        // Few different figures, so that desks often mean the same.
        (desk(), 0_u8..3).prop_map(|(desk, figure)| Step::Save { desk, figure }),
        (desk(), desk()).prop_map(|(from, into)| Step::Merge { from, into }),
    ]
}

fn key() -> Key {
    "indicator:M05:tp-dong-ha:2023-Q4".parse().unwrap()
}

/// Plays the steps, and gives every revision that was ever written.
fn play(steps: &[Step]) -> Vec<Revision> {
    let mut desks = vec![Vec::<Revision>::new(); DEVICES.len()];
    let mut written = Vec::new();
    for step in steps {
        match *step {
            Step::Save { desk, figure } => {
                let device = DEVICES[desk];
                let mut vector = Record { key: key(), heads: desks[desk].clone() }.vector();
                *vector.0.entry(device.to_owned()).or_default() += 1;
                let body = Body::new(Content::Indicator(IndicatorValue::value(figure.into())));
                let time = moment("2023-12-01T08:00:00+07:00");
                let revision = Revision::seal(key(), body, vector, "Lê B", "tp-dong-ha", device, time);
                desks[desk] = place(&desks[desk], &revision).heads;
                written.push(revision);
            }
            Step::Merge { from, into } => {
                let incoming = desks[from].clone();
                desks[into] = incoming.iter().fold(desks[into].clone(), |heads, r| place(&heads, r).heads);
            }
        }
    }
    written
}

fn history() -> impl Strategy<Value = Vec<Revision>> {
    prop::collection::vec(step(), 1..24).prop_map(|steps| play(&steps))
}

fn digest_of(heads: &[Revision]) -> String {
    digest(heads.iter().map(|r| (&r.key, r.content_hash.as_str(), &r.vector)))
}

proptest! {
    #[test]
    fn every_order_ends_in_the_same_heads_and_digest(
        (written, shuffled) in history().prop_flat_map(|w| (Just(w.clone()), Just(w).prop_shuffle())),
        repeats in prop::collection::vec(any::<Index>(), 0..6),
    ) {
        let heads = frontier(written.clone());
        let mut other = shuffled;
        if !written.is_empty() {
            other.extend(repeats.iter().map(|i| i.get(&written).clone()));
        }
        let other = frontier(other);
        prop_assert_eq!(digest_of(&heads), digest_of(&other));
        prop_assert_eq!(heads, other);
    }

    #[test]
    fn merging_in_groups_ends_where_merging_at_once_does(written in history(), cut in any::<Index>()) {
        let (first, second) = written.split_at(cut.index(written.len() + 1));
        let grouped = frontier(frontier(second.to_vec()).into_iter().chain(frontier(first.to_vec())));
        prop_assert_eq!(grouped, frontier(written));
    }

    #[test]
    fn a_revision_is_a_head_unless_someone_saw_it_and_went_on(written in history()) {
        let heads = frontier(written.clone());
        for r in &written {
            let is_head = heads.iter().any(|h| h.id == r.id);
            let superseded = written.iter().any(|o| r.vector.compare(&o.vector) == VectorOrder::Before);
            prop_assert!(is_head != superseded);
        }
    }

    #[test]
    fn what_is_there_already_changes_nothing(written in history()) {
        let heads = frontier(written.clone());
        for r in &written {
            let placed = place(&heads, r);
            prop_assert_eq!(&placed.heads, &heads);
            prop_assert!(matches!(placed.outcome, Outcome::Same | Outcome::Older));
        }
    }

    #[test]
    fn only_different_contents_are_a_conflict(written in history()) {
        let heads = frontier(written);
        let contents: std::collections::BTreeSet<&str> = heads.iter().map(|h| h.content_hash.as_str()).collect();
        let record = Record { key: key(), heads: heads.clone() };
        prop_assert_eq!(record.in_conflict(), contents.len() > 1);
        prop_assert_eq!(record.current().is_some(), contents.len() == 1);
    }

    #[test]
    fn a_choice_settles_a_conflict_wherever_it_meets_the_old_heads(written in history()) {
        let heads = frontier(written.clone());
        let Some(head) = heads.first() else { return Ok(()) };
        let mut vector = Record { key: key(), heads: heads.clone() }.vector();
        *vector.0.entry("may-d".to_owned()).or_default() += 1;
        let choice = Revision::seal(key(), head.body.clone(), vector, "Lê B", "so-tttt", "may-d", head.time);
        let after = frontier(std::iter::once(choice.clone()).chain(written));
        prop_assert_eq!(after, vec![choice]);
    }

    #[test]
    fn the_digest_does_not_know_the_order_of_rows(written in history()) {
        let heads = frontier(written);
        let mut reversed = heads.clone();
        reversed.reverse();
        prop_assert_eq!(digest_of(&heads), digest_of(&reversed));
    }

    #[test]
    fn a_revision_notices_when_it_was_altered(written in history(), with in any::<Index>()) {
        if written.is_empty() {
            return Ok(());
        }
        let mut altered = with.get(&written).clone();
        prop_assert!(altered.is_intact());
        altered.body.content = Content::Indicator(IndicatorValue::value(77.into()));
        prop_assert!(!altered.is_intact());
    }
}

#[test]
fn two_figures_from_one_copied_file_are_a_conflict_and_not_a_silent_skip() {
    let steps = [Step::Save { desk: 2, figure: 1 }, Step::Save { desk: 3, figure: 2 }];
    let written = play(&steps);
    assert_eq!(written[0].vector, written[1].vector);
    let placed = place(&written[..1], &written[1]);
    assert_eq!((placed.outcome, placed.heads.len()), (Outcome::Conflict, 2));
}
