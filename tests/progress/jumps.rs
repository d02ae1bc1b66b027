//! Breaks against the period before and units far from all others, each just at and just over its threshold.

use dti::progress::{Jump, JumpKind, Scope, jumps};
use dti::record::{Content, DocumentFacts, TaskStatus};

use crate::support::{World, issued, period, ratio, task, value};

fn found(world: World) -> Vec<(JumpKind, String, String)> {
    let plain = |j: Jump| (j.kind, j.from.normalize().to_string(), j.to.normalize().to_string());
    jumps(&world.snapshot(), &Scope::Province, &period("2023-Q4")).into_iter().map(plain).collect()
}

fn m28(before: Content, now: Content) -> Vec<(JumpKind, String, String)> {
    let bank = "ngan-hang-nha-nuoc";
    found(World::of("so-tttt").report("M28", bank, "2023-Q3", before).report("M28", bank, "2023-Q4", now))
}

fn one(kind: JumpKind, from: &str, to: &str) -> Vec<(JumpKind, String, String)> {
    vec![(kind, from.to_owned(), to.to_owned())]
}

#[test]
fn a_denominator_may_move_by_a_fifth() {
    assert_eq!(m28(ratio(50, 100), ratio(60, 120)), []);
    assert_eq!(m28(ratio(50, 100), ratio(40, 80)), []);
    assert_eq!(m28(ratio(50, 100), ratio(60, 121)), one(JumpKind::Denominator, "100", "121"));
}

#[test]
fn a_ratio_may_move_by_thirty_points_either_way() {
    assert_eq!(m28(ratio(50, 100), ratio(80, 100)), []);
    assert_eq!(m28(ratio(50, 100), ratio(81, 100)), one(JumpKind::Ratio, "50", "81"));
    assert_eq!(m28(ratio(50, 100), ratio(19, 100)), one(JumpKind::Ratio, "50", "19"));
}

#[test]
fn what_counts_up_does_not_fall_within_a_year_nor_grow_tenfold() {
    let m12 = |before: (&str, &str), now: &str| {
        let world = World::of("so-tttt").report("M12", "so-tai-chinh", before.0, value(before.1));
        let snapshot = world.report("M12", "so-tai-chinh", "2023-Q4", value(now)).snapshot();
        jumps(&snapshot, &Scope::Province, &period("2023-Q4")).into_iter().map(|j| j.kind).collect::<Vec<_>>()
    };
    assert_eq!(m12(("2023-Q3", "2"), "1.9"), [JumpKind::Fall]);
    assert_eq!(m12(("2023-Q3", "2"), "19.9"), []);
    assert_eq!(m12(("2023-Q3", "2"), "20"), [JumpKind::Multiple]);
    assert_eq!(m12(("2023-Q2", "2"), "1"), [], "only the period just before counts");
}

#[test]
fn a_document_is_not_taken_back_and_a_task_not_undone() {
    let gone = Content::Document(DocumentFacts::default());
    let world = World::of("so-tttt").report("V01", "so-tttt", "2023-Q3", issued());
    assert_eq!(found(world.report("V01", "so-tttt", "2023-Q4", gone)), one(JumpKind::Fall, "1", "0"));
    let done = |percent| task(TaskStatus::InProgress, Some(percent));
    let world = World::of("so-tttt").report("I.2", "so-tttt", "2023-Q3", done(60));
    assert_eq!(found(world.report("I.2", "so-tttt", "2023-Q4", done(50))), one(JumpKind::Fall, "60", "50"));
}

#[test]
fn a_unit_far_from_all_others_is_named_and_a_wide_field_has_no_outlier() {
    let districts = |percents: &[i64]| {
        let plan = dti::catalogue::embedded();
        let units = plan.expand(&plan.indicator("M05").unwrap().reporters);
        let report = |world: World, (unit, percent): (&&dti::catalogue::Agency, &i64)| {
            world.report("M05", &unit.id, "2023-Q4", ratio(*percent, 100))
        };
        units.iter().zip(percents).fold(World::of("so-tttt"), report)
    };
    assert_eq!(found(districts(&[80, 81, 82, 83, 8])), one(JumpKind::Outlier, "81", "8"));
    assert_eq!(found(districts(&[80, 80, 80, 80, 60])), one(JumpKind::Outlier, "80", "60"));
    assert_eq!(found(districts(&[80, 80, 80, 80, 61])), []);
    assert_eq!(found(districts(&[20, 40, 60, 80, 100])), []);
    assert_eq!(found(districts(&[80, 81, 82, 8])), [], "four units have no usual figure");
}
