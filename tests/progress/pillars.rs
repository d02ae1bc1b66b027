//! The eight pillars: what is asked, what is there, attainment and tasks.

use dti::catalogue::embedded;
use dti::progress::{PillarProgress, Scope, pillars};
use dti::record::{Content, Snapshot, TaskStatus};
use rust_decimal::Decimal;

use crate::support::{World, decimal, issued, period, ratio, task};

fn pillar(snapshot: &Snapshot, scope: Scope, number: usize, at: &str) -> PillarProgress {
    let all = pillars(snapshot, &scope, &period(at));
    assert_eq!(all.iter().map(|p| p.pillar).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7, 8]);
    all[number - 1].clone()
}

#[test]
fn an_empty_file_asks_for_the_whole_plan_and_has_nothing() {
    let all = pillars(&World::of("so-tttt").snapshot(), &Scope::Province, &period("2023"));
    assert_eq!(all.iter().map(|p| p.tasks_expected).collect::<Vec<_>>(), [5, 4, 3, 6, 2, 6, 7, 3]);
    for p in &all {
        assert_eq!((p.attainment, p.score, p.tasks_percent), (None, Decimal::ZERO, None), "pillar {}", p.pillar);
        assert_eq!((p.indicators_with_value, p.tasks_reported, p.tasks_done), (0, 0, 0));
        assert!(p.indicators_expected > 0);
    }
    let documents = &all[1];
    assert_eq!((documents.indicators_expected, documents.indicators_scored), (12, 12));
}

#[test]
fn a_quarter_leaves_out_what_is_due_once_a_year_but_still_lists_it() {
    let snapshot = World::of("so-tttt").snapshot();
    let quarter = pillar(&snapshot, Scope::Province, 2, "2023-Q4");
    let year = pillar(&snapshot, Scope::Province, 2, "2023");
    assert_eq!((quarter.indicators_expected, year.indicators_expected), (11, 12));
    assert_eq!((quarter.indicators.len(), year.indicators.len()), (12, 12));
}

#[test]
fn attainment_is_the_mean_of_those_that_have_one_and_the_score_counts_the_others_as_nothing() {
    // M05, M06, M07, A2, A3 are the pillar's five indicators.
    let snapshot = World::of("so-tttt")
        .report("M05", "tp-dong-ha", "2023-Q4", ratio(50, 100))
        .report("A3", "so-tttt", "2023-Q4", ratio(3, 3))
        .snapshot();
    let p = pillar(&snapshot, Scope::Province, 3, "2023-Q4");
    assert_eq!((p.indicators_expected, p.indicators_scored, p.indicators_with_value), (5, 5, 2));
    assert_eq!(p.attainment, Some(decimal("0.75")));
    assert_eq!(p.score, decimal("0.3"));
}

#[test]
fn a_threshold_gives_all_or_nothing_and_a_direction_gives_no_points() {
    // Pillar 8: M28 proportional; D10 and D11 for information.
    let snapshot = World::of("so-tttt")
        .report("M28", "ngan-hang-nha-nuoc", "2023-Q4", ratio(40, 100))
        .report("D11", "cong-an-tinh", "2023-Q4", ratio(9, 10))
        .snapshot();
    let p = pillar(&snapshot, Scope::Province, 8, "2023-Q4");
    assert_eq!((p.indicators_expected, p.indicators_scored, p.indicators_with_value), (3, 1, 2));
    assert_eq!((p.attainment, p.score), (Some(decimal("0.5")), decimal("0.5")));

    // M26 is at least 0.25 %, with a threshold rule; pillar 7 has 9 scored indicators in a quarter.
    let with = |numerator| {
        let snapshot = World::of("so-tttt").report("M26", "so-khdt", "2023-Q4", ratio(numerator, 10_000)).snapshot();
        pillar(&snapshot, Scope::Province, 7, "2023-Q4")
    };
    let scored = with(25).indicators_scored;
    assert_eq!(with(25).score, Decimal::ONE / Decimal::from(scored));
    assert_eq!(with(24).score, Decimal::ZERO);
    assert_eq!(with(24).attainment, Some(decimal("0.96")));
}

#[test]
fn a_document_gives_points_with_its_evidence_only() {
    let score = |world: World| pillar(&world.snapshot(), Scope::Agency("so-noi-vu".to_owned()), 2, "2023-Q4").score;
    assert_eq!(score(World::of("so-noi-vu").report("V06", "so-noi-vu", "2023-Q4", issued())), Decimal::ZERO);
    assert_eq!(score(World::of("so-noi-vu").prove("V06", "so-noi-vu", "2023-Q4", issued())), Decimal::ONE);
}

#[test]
fn a_task_of_several_leads_is_done_when_each_of_them_is() {
    // I.4: Báo Quảng Trị and Đài PT-TH together.
    let one = || World::of("so-tttt").report("I.4", "bao-quang-tri", "2023-Q4", task(TaskStatus::Done, None));
    let p = pillar(&one().snapshot(), Scope::Province, 1, "2023-Q4");
    assert_eq!((p.tasks_expected, p.tasks_reported, p.tasks_done), (5, 0, 0));
    assert_eq!(p.tasks_percent, Some(decimal("100")));

    let both = one().report("I.4", "dai-ptth", "2023-Q4", task(TaskStatus::InProgress, Some(40))).snapshot();
    let p = pillar(&both, Scope::Province, 1, "2023-Q4");
    assert_eq!((p.tasks_reported, p.tasks_done, p.tasks_percent), (1, 0, Some(decimal("70"))));

    let done = one().report("I.4", "dai-ptth", "2023-Q4", task(TaskStatus::Done, Some(100))).snapshot();
    assert_eq!(pillar(&done, Scope::Province, 1, "2023-Q4").tasks_done, 1);
}

#[test]
fn an_agency_has_its_own_tasks() {
    let snapshot = World::of("bao-quang-tri")
        .report("I.4", "bao-quang-tri", "2023-Q4", task(TaskStatus::InProgress, None))
        .snapshot();
    let p = pillar(&snapshot, Scope::Agency("bao-quang-tri".to_owned()), 1, "2023-Q4");
    assert_eq!((p.tasks_expected, p.tasks_reported, p.tasks_done, p.tasks_percent), (1, 1, 0, None));
}

#[test]
fn a_task_of_one_year_is_not_asked_for_in_the_next() {
    let snapshot = World::of("so-tttt").snapshot();
    assert_eq!(pillar(&snapshot, Scope::Province, 2, "2023-Q4").tasks_expected, 4);
    assert_eq!(pillar(&snapshot, Scope::Province, 2, "2024-Q4").tasks_expected, 2);
}

#[test]
fn a_task_of_all_departments_is_reported_when_the_confirmed_ones_have() {
    // IV.1: all departments and districts.
    let confirmed: Vec<&str> = embedded()
        .expand(&embedded().task("IV.1").unwrap().lead)
        .into_iter()
        .filter(|a| a.confirmed)
        .map(|a| a.id.as_str())
        .collect();
    let all = || {
        confirmed.iter().fold(World::of("so-tttt"), |world, agency| {
            world.report("IV.1", agency, "2023-Q4", task(TaskStatus::InProgress, Some(50)))
        })
    };
    let p = pillar(&all().snapshot(), Scope::Province, 4, "2023-Q4");
    assert_eq!((p.tasks_reported, p.tasks_percent), (1, Some(decimal("50"))));

    let unconfirmed = all().report("IV.1", "so-y-te", "2023-Q4", Content::Withdrawn).snapshot();
    let p = pillar(&unconfirmed, Scope::Province, 4, "2023-Q4");
    assert_eq!(p.tasks_reported, 0, "one that takes part is waited for");
}

#[test]
fn what_the_pillars_ask_of_an_agency_is_what_the_catalogue_expects_of_it() {
    let snapshot = World::of("so-tttt").snapshot();
    for at in ["2023-Q2", "2023", "2024-Q1", "2025-Q3", "dx-2023-10-05-nhanh"] {
        for agency in embedded().agencies.iter().filter(|a| a.parent.is_none()) {
            let asked: usize = pillars(&snapshot, &Scope::Agency(agency.id.clone()), &period(at))
                .iter()
                .map(|p| p.indicators_expected + p.tasks_expected)
                .sum();
            let expected = embedded().expected(&agency.id, &embedded().period(&period(at)));
            assert_eq!(asked, expected.len(), "{} in {at}", agency.id);
        }
    }
}
