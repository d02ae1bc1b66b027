//! The estimated score, against published ones, and where the next points are.

use dti::progress::{Scope, next_points, score, weighted_total};
use dti::record::Snapshot;
use rust_decimal::Decimal;

use crate::support::{World, decimal, period, ratio};

/// QĐ 922: Nhận thức, Thể chế, Hạ tầng, Nhân lực, ATTT, Chính quyền, Kinh tế, Xã hội số.
const WEIGHTS: [u32; 8] = [100, 100, 100, 100, 100, 200, 150, 150];

#[test]
fn published_provinces_come_out_to_the_fourth_decimal() {
    // dti.gov.vn/xep-hang-2022.
    let published = [
        ("Đà Nẵng", "1.0000 0.9000 0.8253 0.8487 0.7578 0.8575 0.7836 0.5197", "0.8002"),
        ("Hồ Chí Minh", "0.8917 0.9000 0.8258 0.6267 0.5580 0.8406 0.7611 0.3590", "0.7163"),
        ("Thừa Thiên Huế", "0.9500 0.9000 0.6823 0.6794 0.6423 0.8262 0.6787 0.3001", "0.6975"),
    ];
    for (province, pillars, total) in published {
        let scores: Vec<(u32, Decimal)> = WEIGHTS.into_iter().zip(pillars.split(' ').map(decimal)).collect();
        let distance = (weighted_total(&scores) - decimal(total)).abs();
        assert!(distance <= decimal("0.0001"), "{province}: off by {distance}");
    }
}

/// Of Trà Vinh 2022 the total and the scores of the three "trụ cột" are published: its points as they follow from those.
#[test]
fn the_three_scores_of_a_province_are_weighted_the_same_way() {
    let (common, government) = ((500, decimal("340.8") / decimal("500")), (200, decimal("127") / decimal("200")));
    let (economy, society) = ((150, decimal("91.3") / decimal("150")), (150, decimal("48.6") / decimal("150")));
    let published = [
        (vec![common, government, economy, society], "0.6077"),
        (vec![common, government], "0.6683"),
        (vec![common, economy], "0.6647"),
        (vec![common, society], "0.5991"),
    ];
    for (points, expected) in published {
        let distance = (weighted_total(&points) - decimal(expected)).abs();
        assert!(distance <= decimal("0.0001"), "{expected}: off by {distance}");
    }
}

#[test]
fn the_plans_weights_are_those_of_qd_922() {
    let snapshot = World::of("so-tttt").snapshot();
    assert_eq!(snapshot.catalogue.pillars.iter().map(|p| p.weight).collect::<Vec<_>>(), WEIGHTS);
}

#[test]
fn nothing_to_weigh_is_no_division_by_zero() {
    assert_eq!(weighted_total(&[]), Decimal::ZERO);
    assert_eq!(weighted_total(&[(0, Decimal::ONE)]), Decimal::ZERO);
}

fn all_of_pillar_8() -> Snapshot {
    World::of("so-tttt").report("M28", "ngan-hang-nha-nuoc", "2023-Q4", ratio(80, 100)).snapshot()
}

#[test]
fn a_full_pillar_brings_its_weight() {
    let snapshot = all_of_pillar_8();
    assert_eq!(score(&snapshot, &Scope::Province, &period("2023-Q4")).total, decimal("0.15"));
}

#[test]
fn an_agency_is_scored_on_what_it_reports() {
    let bank = Scope::Agency("ngan-hang-nha-nuoc".to_owned());
    assert_eq!(score(&all_of_pillar_8(), &bank, &period("2023-Q4")).total, Decimal::ONE);
}

#[test]
fn next_points_and_the_score_make_up_the_whole() {
    let snapshot = all_of_pillar_8();
    let at = period("2023");
    let score = score(&snapshot, &Scope::Province, &at);
    let gaps = next_points(&snapshot, &score, &at);
    let open: Decimal = gaps.iter().map(|g| g.gain).sum();
    assert!((open + score.total - Decimal::ONE).abs() < decimal("0.0000000001"));
    assert!(gaps.is_sorted_by(|a, b| a.gain >= b.gain));
}

#[test]
fn next_points_name_who_is_waited_for() {
    let snapshot = World::of("so-tttt")
        .report("M08", "tp-dong-ha", "2023-Q4", ratio(9, 9))
        .report("M28", "ngan-hang-nha-nuoc", "2023-Q4", ratio(40, 100))
        .snapshot();
    let at = period("2023-Q4");
    let gaps = next_points(&snapshot, &score(&snapshot, &Scope::Province, &at), &at);
    // Full on what is in: no points open, though units are missing.
    assert!(gaps.iter().all(|g| g.item != "M08"));
    let m28 = gaps.iter().find(|g| g.item == "M28").unwrap();
    assert_eq!((m28.agencies.as_slice(), m28.gain), (["ngan-hang-nha-nuoc".to_owned()].as_slice(), decimal("0.075")));
    let m05 = gaps.iter().find(|g| g.item == "M05").unwrap();
    assert_eq!(m05.agencies.len(), 10);
    assert!(gaps.iter().all(|g| !g.item.starts_with('D')), "what is unscored brings no points");
}
