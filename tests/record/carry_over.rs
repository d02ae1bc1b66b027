//! What may be taken over from another period, and what may not.

use dti::record::{
    Body, Content, EvidenceRef, FilingKind, Holding, IndicatorValue, TaskStatus, carry_over, carry_over_sources,
};

use crate::support::{World, issued, period, ratio, task, value};

const AGENCY: &str = "so-noi-vu";

fn proven(content: Content) -> Body {
    let evidence = EvidenceRef { sha256: "0".repeat(64), name: "bieu.pdf".to_owned(), bytes: 1 };
    Body { evidence: vec![evidence], note: "ghi chú".to_owned(), ..Body::new(content) }
}

/// What could be taken over into a period, by item.
fn offered(world: World, from: &str, to: &str) -> Vec<(String, Holding, Body)> {
    let snapshot = world.snapshot();
    let to = snapshot.catalogue.period(&period(to));
    let agency = snapshot.agency.clone();
    let all = carry_over(&snapshot, &agency, &period(from), &to);
    assert!(all.iter().all(|c| c.key.agency == agency && c.key.period == to.id));
    all.into_iter().map(|c| (c.key.item, c.holding, c.body)).collect()
}

#[test]
fn an_issued_document_and_a_task_that_is_done_hold_with_their_evidence() {
    let (document, done) = (proven(issued()), proven(task(TaskStatus::Done, None)));
    let world = World::of(AGENCY).enter("V06", AGENCY, "2023-Q3", document.clone()).enter(
        "IV.2",
        AGENCY,
        "2023-Q3",
        done.clone(),
    );
    let wanted = [("V06".to_owned(), Holding::Lasting, document), ("IV.2".to_owned(), Holding::Lasting, done)];
    assert_eq!(offered(world, "2023-Q3", "2023-Q4"), wanted);
}

#[test]
fn a_figure_is_offered_without_what_proved_it_then() {
    let world = World::of(AGENCY).enter("D08", AGENCY, "2023-Q3", proven(ratio(8, 12)));
    let wanted = [("D08".to_owned(), Holding::OfItsPeriod, Body::new(ratio(8, 12)))];
    assert_eq!(offered(world, "2023-Q3", "2023-Q4"), wanted);
}

#[test]
fn what_does_not_apply_goes_on_not_applying() {
    let content = Content::Indicator(IndicatorValue::not_applicable("không có hệ thống nào"));
    let world = World::of(AGENCY).report("A4", AGENCY, "2023-Q3", content.clone());
    assert_eq!(offered(world, "2023-Q3", "2023-Q4"), [("A4".to_owned(), Holding::Lasting, Body::new(content))]);
}

#[test]
fn what_is_entered_already_is_not_offered_and_what_was_taken_back_is() {
    let world = World::of(AGENCY).report("D08", AGENCY, "2023-Q3", ratio(8, 12));
    let entered = world.clone().report("D08", AGENCY, "2023-Q4", ratio(9, 12));
    assert_eq!(offered(entered.clone(), "2023-Q3", "2023-Q4"), []);
    let taken_back = entered.change("D08", AGENCY, "2023-Q4", Content::Withdrawn);
    assert_eq!(offered(taken_back, "2023-Q3", "2023-Q4").len(), 1);
}

#[test]
fn what_counts_up_over_the_year_is_not_carried_into_the_next() {
    let office = "van-phong-ubnd";
    let world =
        World::of(office).report("M02", office, "2023-Q4", value("25")).report("A1", office, "2023-Q4", ratio(40, 50));
    let items = |to: &str| offered(world.clone(), "2023-Q4", to).into_iter().map(|(item, ..)| item).collect::<Vec<_>>();
    assert_eq!(items("2024-Q1"), ["A1"]);
    assert_eq!(items("2023"), ["M02", "A1"], "the year's report says what its last quarter said");
}

#[test]
fn what_the_period_does_not_ask_for_is_not_offered() {
    // II.2 is a task of the years 2023 and 2024.
    let world = World::of(AGENCY).report("II.2", AGENCY, "2024-Q4", task(TaskStatus::Done, None));
    assert_eq!(offered(world, "2024-Q4", "2025-Q1"), []);
}

#[test]
fn the_likeliest_period_comes_first() {
    let mut world = World::of(AGENCY);
    for at in ["2023-Q1", "2023-Q4", "2023", "2024-Q2"] {
        world = world.report("D08", AGENCY, at, ratio(8, 12));
    }
    let snapshot = world.file("2023-Q4", FilingKind::Official, "2023-12-20T09:00:00+07:00").snapshot();
    let sources = |to: &str| {
        let to = snapshot.catalogue.period(&period(to));
        carry_over_sources(&snapshot, AGENCY, &to).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(sources("2024-Q1"), ["2023-Q4", "2023", "2023-Q1"], "a later quarter is none");
    assert_eq!(sources("2024"), ["2024-Q2", "2023", "2023-Q4", "2023-Q1"]);
    assert_eq!(sources("2023-Q4"), Vec::<String>::new(), "all of it is entered");
}

#[test]
fn a_task_of_every_year_is_not_done_in_the_next_and_a_document_holds_only_if_its_officer_says_so() {
    let document = proven(issued());
    let world = World::of(AGENCY)
        .enter("V06", AGENCY, "2023-Q4", document.clone())
        .report("IV.2", AGENCY, "2023-Q4", task(TaskStatus::Done, None))
        .report("II.2", AGENCY, "2023-Q4", task(TaskStatus::Done, None));
    // II.2 is a task of the years 2023 and 2024, done once for both.
    let done = Body::new(task(TaskStatus::Done, None));
    let wanted = [("V06".to_owned(), Holding::OfItsYear, document), ("II.2".to_owned(), Holding::Lasting, done)];
    assert_eq!(offered(world, "2023-Q4", "2024-Q1"), wanted);
}
