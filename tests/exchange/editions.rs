//! Packages and editions of the catalogue: reports made under an earlier one, and under a later one.

use dti::catalogue::{Amendment, Heir};
use dti::exchange::{Finality, ImportOutcome};
use dti::ops;
use dti::package::Refusal;

use super::{PERIOD, desk, file, merge, merge_all, take_in};
use crate::support::workspace::Desk;
use crate::support::{decimal, ratio};

fn rename(agency: &str, name: &str) -> Amendment {
    Amendment::Rename { agency: agency.to_owned(), name: name.to_owned(), short: String::new() }
}

/// Đông Hà and Vĩnh Linh become one.
fn merger() -> Amendment {
    let into = Heir {
        id: "tp-moi".to_owned(),
        name: "UBND thành phố Mới".to_owned(),
        code: "999".to_owned(),
        ..Heir::default()
    };
    let agencies = vec!["tp-dong-ha".to_owned(), "huyen-vinh-linh".to_owned()];
    Amendment::Merge { agencies, into, from: "2024-01-01".parse().unwrap() }
}

fn amend(desk: &mut Desk, amendments: &[Amendment]) {
    desk.act(|store, ctx| ops::amend(store, ctx, amendments)).unwrap();
}

#[test]
fn a_report_made_under_an_earlier_edition_is_taken_also_from_an_agency_that_has_ended_or_was_renamed() {
    let mut receiver = desk("so-tttt");
    let close = Amendment::CloseIndicator { indicator: "M05".to_owned(), to: "2023-12-31".parse().unwrap() };
    amend(&mut receiver, &[rename("tp-dong-ha", "UBND thành phố Đông Hà mới"), merger(), close]);
    let mut agency = desk("tp-dong-ha");
    agency.enter("M05", PERIOD, ratio(850, 1000));
    let files = file(&mut agency);
    assert_eq!(merge_all(&mut receiver, &files)[0].outcome, ImportOutcome::Merged);
    assert_eq!(receiver.digest(), agency.digest());
    let snapshot = receiver.snapshot();
    let m05 = snapshot.catalogue.indicator("M05").unwrap();
    let scope = dti::progress::Scope::Province;
    let found = dti::progress::indicator(&snapshot, &scope, m05, &PERIOD.parse().unwrap());
    assert_eq!(found.value, Some(decimal("85")));
}

#[test]
fn a_report_made_under_a_later_edition_waits_for_that_edition() {
    let mut sender = desk("so-tttt");
    amend(&mut sender, &[rename("so-noi-vu", "Sở Nội vụ mới")]);
    sender.enter("M05", PERIOD, ratio(1, 2));
    let files = file(&mut sender);
    let mut other = desk("so-tttt");
    for finality in [Finality::Preview, Finality::Final] {
        let found = take_in(&mut other, &files, finality);
        assert_eq!(found[0].reason, Some(Refusal::NewerEdition { found: 2, known: 1 }));
    }
    amend(&mut other, &[rename("so-noi-vu", "Sở Nội vụ mới")]);
    assert_eq!(merge(&mut other, &files)[0].outcome, ImportOutcome::Merged);
}
