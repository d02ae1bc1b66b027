//! Conflicts: both figures stay until a person decides.

use dti::ops::{self, Choice, Decision, Edit, OpsError};
use dti::record::{Body, Content, Key, OperationKind, Revision};

use crate::support::ratio;
use crate::support::workspace::{Desk, edit, key};

#[test]
fn a_conflict_is_settled_by_taking_one_side() {
    let (mut desk, heads) = in_conflict();
    let key = heads[0].key.clone();
    let mine = &heads[1];
    let choice = Choice::Take(mine.id[..10].to_owned());
    let done = settle(&mut desk, &key, choice).unwrap();
    assert_eq!(done.changed, std::slice::from_ref(&key));
    let settled = ops::heads(&desk.store, &key).unwrap();
    assert_eq!(settled.len(), 1);
    assert_eq!(settled[0].content_hash, mine.content_hash);
    assert_eq!(desk.snapshot().operations[0].kind, OperationKind::Resolve);
    assert_eq!(desk.check(), []);
    desk.undo().unwrap();
    assert_eq!(ops::heads(&desk.store, &key).unwrap(), heads);
}

#[test]
fn a_conflict_is_settled_by_a_third_figure_but_not_by_nonsense() {
    let (mut desk, heads) = in_conflict();
    let key = heads[0].key.clone();
    let resolve = |desk: &mut Desk, content: Content| settle(desk, &key, Choice::Enter(Body::new(content)));
    assert!(matches!(resolve(&mut desk, ratio(-3, 20)), Err(OpsError::Refused(_))));
    resolve(&mut desk, ratio(19, 20)).unwrap();
    assert_eq!(ops::heads(&desk.store, &key).unwrap()[0].body.content, ratio(19, 20));
    assert_eq!(resolve(&mut desk, ratio(20, 20)), Err(OpsError::NoConflict(key.clone())));
}

#[test]
fn a_choice_has_to_be_one_of_the_sides() {
    let (mut desk, heads) = in_conflict();
    let key = heads[0].key.clone();
    let take = |desk: &mut Desk, id: &str| settle(desk, &key, Choice::Take(id.to_owned()));
    assert_eq!(take(&mut desk, ""), Err(OpsError::AmbiguousRevision(String::new())));
    assert_eq!(take(&mut desk, "zz"), Err(OpsError::UnknownRevision("zz".to_owned())));
    assert_eq!(ops::heads(&desk.store, &key).unwrap(), heads);
}

#[test]
fn a_conflict_is_not_overwritten_by_someone_who_did_not_see_it() {
    let (mut desk, heads) = in_conflict();
    let key = heads[0].key.clone();
    assert_eq!(desk.save(vec![edit(key.clone(), ratio(9, 20))]), Err(OpsError::InConflict(key.clone())));
    let seen = Some(heads.iter().map(|h| h.id.clone()).collect());
    desk.save(vec![Edit { key: key.clone(), body: Body::new(ratio(9, 20)), seen }]).unwrap();
    assert_eq!(ops::heads(&desk.store, &key).unwrap().len(), 1);
    assert_eq!(desk.check(), []);
}

#[test]
fn a_choice_does_not_reach_a_figure_that_came_after_it_was_looked_at() {
    let (mut desk, heads) = in_conflict();
    let key = heads[0].key.clone();
    let seen: Vec<_> = heads.iter().map(|h| h.id.clone()).collect();
    let mut third = Desk::new("tp-dong-ha", "PC-C");
    third.enter("M05", "2023-Q4", ratio(16, 20));
    desk.merge(&third.contents("2023-Q4")).unwrap();
    for choice in [Choice::Take(seen[0].clone()), Choice::Enter(Body::new(ratio(19, 20)))] {
        let decision = Decision { key: key.clone(), choice, seen: Some(seen.clone()) };
        let settled = desk.act(|store, ctx| ops::resolve(store, ctx, decision));
        assert_eq!(settled, Err(OpsError::Stale { key: key.clone() }));
    }
    assert_eq!(ops::heads(&desk.store, &key).unwrap().len(), 3);
}

fn settle(desk: &mut Desk, key: &Key, choice: Choice) -> Result<ops::Done, OpsError> {
    desk.act(|store, ctx| ops::resolve(store, ctx, Decision { key: key.clone(), choice, seen: None }))
}

/// The receiving department corrected M05 of Đông Hà while Đông Hà sent another figure.
fn in_conflict() -> (Desk, Vec<Revision>) {
    let key = key("M05", "tp-dong-ha", "2023-Q4");
    let mut sender = Desk::new("tp-dong-ha", "PC-A");
    sender.enter("M05", "2023-Q4", ratio(17, 20));
    let mut receiver = Desk::new("so-tttt", "PC-B");
    receiver.save(vec![edit(key.clone(), ratio(18, 20))]).unwrap();
    receiver.merge(&sender.contents("2023-Q4")).unwrap();
    let heads = ops::heads(&receiver.store, &key).unwrap();
    assert_eq!(receiver.snapshot().conflicts().count(), 1);
    assert_eq!(heads.len(), 2);
    (receiver, heads)
}
