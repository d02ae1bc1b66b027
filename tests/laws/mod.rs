//! The laws of merging, over random histories of three to six PCs with real files: entries, packages, contributions to
//! another's task, merges, undos, choices, receipts and returns, through the same use cases as the window and the command line.
//!
//! Law 7 (a crash leaves the state before or after) is shown by killing the real program, in `.ci/faults`; the laws on
//! pure state, over many more histories, stand in `tests/merge`.

mod office;

use std::collections::BTreeSet;

use dti::exchange::ImportOutcome;
use dti::record::RowCounts;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use office::{Office, READERS, RECEIVER, merged_by_a_newcomer};

/// What somebody does. Numbers are taken modulo what there is, so that every history makes sense and shrinks.
#[derive(Debug, Clone)]
enum Step {
    Save {
        desk: usize,
        item: usize,
        figure: i64,
    },
    /// The receiving department corrects an agency's figure.
    Correct {
        item: usize,
        figure: i64,
    },
    /// On the task that another agency leads.
    Work {
        desk: usize,
        percent: u8,
    },
    File {
        desk: usize,
    },
    Contribute {
        desk: usize,
    },
    Copy {
        desk: usize,
    },
    Import {
        desk: usize,
        package: usize,
        after: After,
    },
    Resolve {
        desk: usize,
        record: usize,
        head: usize,
    },
    Undo {
        desk: usize,
    },
    Redo {
        desk: usize,
    },
    Acknowledge {
        agency: usize,
    },
    SendBack {
        agency: usize,
        row: usize,
    },
}

/// What follows an import.
#[derive(Debug, Clone, Copy)]
enum After {
    /// It is undone, and imported once more.
    Again,
    /// It is undone, and that is undone.
    Redo,
}

fn step() -> impl Strategy<Value = Step> {
    let any = || 0..60_usize;
    // Few figures, so that PCs often mean the same.
    let figure = || 1..4_i64;
    let after = prop_oneof![Just(After::Again), Just(After::Redo)];
    prop_oneof![
        6 => (any(), any(), figure()).prop_map(|(desk, item, figure)| Step::Save { desk, item, figure }),
        1 => (any(), figure()).prop_map(|(item, figure)| Step::Correct { item, figure }),
        2 => (any(), 1..4_u8).prop_map(|(desk, percent)| Step::Work { desk, percent }),
        4 => any().prop_map(|desk| Step::File { desk }),
        2 => any().prop_map(|desk| Step::Contribute { desk }),
        2 => any().prop_map(|desk| Step::Copy { desk }),
        6 => (any(), any(), after).prop_map(|(desk, package, after)| Step::Import { desk, package, after }),
        2 => (any(), any(), any()).prop_map(|(desk, record, head)| Step::Resolve { desk, record, head }),
        1 => any().prop_map(|desk| Step::Undo { desk }),
        1 => any().prop_map(|desk| Step::Redo { desk }),
        1 => any().prop_map(|agency| Step::Acknowledge { agency }),
        1 => (any(), any()).prop_map(|(agency, row)| Step::SendBack { agency, row }),
    ]
}

#[test]
fn random_histories_of_several_pcs_keep_the_laws() {
    let history = (3..=6_usize, prop::collection::vec(step(), 8..24), prop::collection::vec(0..60_usize, 4..12));
    let config = Config { cases: 10, max_shrink_iters: 60, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&history, |(desks, steps, order)| keeps_the_laws(desks, &steps, &order)).unwrap();
}

#[test]
fn one_long_history_of_five_pcs_keeps_the_laws() {
    // Everything happens in it at least once: what it counts is asserted, so that the laws are not kept by doing nothing.
    let mut office = Office::new(5);
    let mut seen = BTreeSet::new();
    for round in 0..3_usize {
        for desk in 0..5 {
            for item in 0..2 {
                let figure = 1 + ((desk + round * item) % 3) as i64;
                live(&mut office, &Step::Save { desk, item, figure }).unwrap();
            }
            live(&mut office, &Step::Copy { desk }).unwrap();
            live(&mut office, &Step::File { desk }).unwrap();
        }
        live(&mut office, &Step::Correct { item: round, figure: 1 + round as i64 }).unwrap();
        for package in 0..office.packages.len() {
            for desk in [RECEIVER, 2, 4] {
                let after = if (package + desk) % 2 == 0 { After::Again } else { After::Redo };
                seen.extend(live(&mut office, &Step::Import { desk, package, after }).unwrap());
            }
        }
        for agency in 0..2 {
            live(&mut office, &Step::SendBack { agency, row: round }).unwrap();
            live(&mut office, &Step::Acknowledge { agency }).unwrap();
        }
        live(&mut office, &Step::Resolve { desk: RECEIVER, record: 0, head: round }).unwrap();
    }
    let expected = [Happening::New, Happening::Changed, Happening::Older, Happening::Conflict, Happening::Word];
    assert!(expected.iter().all(|h| seen.contains(h)), "{seen:?}");
    in_any_order(&office, &[3, 1, 4, 1, 5, 9, 2, 6]).unwrap();
}

#[test]
fn contributions_to_anothers_task_keep_the_laws() {
    const LEAD: usize = 5;
    let mut office = Office::new(6);
    let mut seen = BTreeSet::new();
    for round in 0..2_usize {
        // Two PCs of one agency that know nothing of each other, and one of another.
        for desk in 1..=3_usize {
            live(&mut office, &Step::Work { desk, percent: 1 + ((desk + round) % 3) as u8 }).unwrap();
            live(&mut office, &Step::Contribute { desk }).unwrap();
            live(&mut office, &Step::File { desk }).unwrap();
        }
        for package in 0..office.packages.len() {
            let after = if package % 2 == 0 { After::Again } else { After::Redo };
            seen.extend(live(&mut office, &Step::Import { desk: LEAD, package, after }).unwrap());
            live(&mut office, &Step::Import { desk: RECEIVER, package, after }).unwrap();
        }
    }
    let expected = [Happening::New, Happening::Changed, Happening::Conflict];
    assert!(expected.iter().all(|h| seen.contains(h)), "at the lead: {seen:?}");
    in_any_order(&office, &[3, 1, 4, 1, 5, 9, 2, 6]).unwrap();
}

fn keeps_the_laws(desks: usize, steps: &[Step], order: &[usize]) -> Result<(), TestCaseError> {
    let mut office = Office::new(desks);
    for step in steps {
        live(&mut office, step)?;
    }
    in_any_order(&office, order)
}

/// What an import brought, for knowing that a history is worth its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    New,
    Changed,
    Older,
    Conflict,
    /// A receipt or return.
    Word,
}

fn live(office: &mut Office, step: &Step) -> Result<Vec<Happening>, TestCaseError> {
    match *step {
        Step::Import { desk, package, after } => return import(office, desk, package, after),
        Step::Save { desk, item, figure } => office.save(desk, item, figure),
        Step::Correct { item, figure } => office.correct(item, figure),
        Step::Work { desk, percent } => office.work(desk, percent),
        Step::File { desk } => office.file(desk),
        Step::Contribute { desk } => office.contribute(desk),
        Step::Copy { desk } => office.copy(desk),
        Step::Resolve { desk, record, head } => office.resolve(desk, record, head),
        Step::Acknowledge { agency } => office.acknowledge(agency),
        Step::SendBack { agency, row } => office.send_back(agency, row),
        Step::Undo { desk } => {
            let before = office.digest(desk);
            if office.undo(desk) {
                prop_assert!(office.redo(desk), "what was just undone can be redone");
                prop_assert_eq!(office.digest(desk), before);
                office.undo(desk);
            } else {
                prop_assert_eq!(office.digest(desk), before, "an undo that is refused changes nothing");
            }
        }
        Step::Redo { desk } => {
            let before = office.digest(desk);
            if !office.redo(desk) {
                prop_assert_eq!(office.digest(desk), before);
            }
        }
    }
    office.no_conflict_of_equals()?;
    Ok(Vec::new())
}

/// Imports a package and checks laws 2 to 6 on the way.
fn import(office: &mut Office, desk: usize, package: usize, after: After) -> Result<Vec<Happening>, TestCaseError> {
    let Some(path) = office.package(package) else { return Ok(Vec::new()) };
    let (before, heads_before) = (office.digest(desk), office.heads(desk));
    let shown = office.preview(desk, &path);
    prop_assert_eq!(office.digest(desk), &*before, "a preview changes nothing");
    let did = office.import(desk, &path);
    let facts = |i: &dti::exchange::Imported| (i.outcome, i.rows, i.reason.clone());
    prop_assert_eq!(facts(&shown), facts(&did), "law 5: the preview's counts are the apply's");

    let heads = office.heads(desk);
    if did.outcome == ImportOutcome::Refused {
        prop_assert_eq!(office.digest(desk), before, "a refused package changes nothing");
        return Ok(Vec::new());
    }
    for head in heads_before.iter().chain(&office.revisions_of(&path)) {
        prop_assert!(office::covered(&heads, head), "law 3: {} is lost from the heads", head.key);
        prop_assert!(office.knows(desk, &head.id), "law 3: {} is lost from the history", head.key);
    }
    office.no_conflict_of_equals()?;

    if did.done.operation.is_some() {
        let merged = office.digest(desk);
        prop_assert!(office.undo(desk), "the last operation can be undone");
        prop_assert_eq!(office.digest(desk), before, "law 6: an undone merge leaves what was before");
        match after {
            After::Redo => prop_assert!(office.redo(desk)),
            After::Again => {
                let again = office.import(desk, &path);
                prop_assert_eq!(again.rows, did.rows, "after an undo the same package merges again");
            }
        }
        prop_assert_eq!(office.digest(desk), merged);
    }
    let (merged, log) = (office.digest(desk), office.operations(desk));
    let known = office.import(desk, &path);
    prop_assert_eq!(known.outcome, ImportOutcome::Known, "law 2");
    let RowCounts { new, changed, conflict, .. } = known.rows;
    prop_assert_eq!((new, changed), (0, 0), "law 2: nothing of it is news");
    prop_assert!(conflict <= did.rows.total(), "{:?}", known.rows);
    prop_assert_eq!(
        (office.digest(desk), office.operations(desk)),
        (merged, log),
        "law 2: nothing moved or was logged"
    );

    let counted = [
        (did.rows.new, Happening::New),
        (did.rows.changed, Happening::Changed),
        (did.rows.older, Happening::Older),
        (did.rows.conflict, Happening::Conflict),
        (usize::from(did.rows.total() == 0), Happening::Word),
    ];
    Ok(counted.into_iter().filter(|(count, _)| *count > 0).map(|(_, happening)| happening).collect())
}

/// Law 1: newcomers of the receiving department, and of the lead of a task, that merge all packages end in one digest each.
fn in_any_order(office: &Office, order: &[usize]) -> Result<(), TestCaseError> {
    let packages = &office.packages;
    if packages.is_empty() {
        return Ok(());
    }
    let all: Vec<usize> = (0..packages.len()).collect();
    // Backwards one by one, with some repeated.
    let repeats = order.iter().map(|n| n % packages.len());
    let one_by_one: Vec<Vec<usize>> = all.iter().rev().copied().chain(repeats).map(|n| vec![n]).collect();
    // Cut in two groups and each turned about.
    let (left, right) = all.split_at(order[0] % packages.len());
    let groups = [right.iter().rev().copied().collect(), left.to_vec(), right.to_vec()];
    for reader in READERS {
        let straight = merged_by_a_newcomer(office, reader, std::slice::from_ref(&all));
        prop_assert_eq!(merged_by_a_newcomer(office, reader, &one_by_one), &*straight, "law 1 at {}", reader);
        prop_assert_eq!(merged_by_a_newcomer(office, reader, &groups), straight, "law 1 at {}", reader);
    }
    Ok(())
}
