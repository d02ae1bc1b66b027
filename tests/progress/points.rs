//! The ten kinds of scoring rule, each on a row of a published set where there is one.

use dti::catalogue::{Extra, Frequency, Indicator, Level, Rule, Step, Target, embedded};
use dti::progress::{Open, Points, Scope, Trial, TrialError, Whose, indicator, next_points, score};
use dti::record::{Content, Snapshot};
use rust_decimal::Decimal;

use crate::support::{World, decimal, issued, period, ratio, value};

const AT: &str = "2023-Q4";

fn share(plain: &str) -> Points {
    Points::Share(decimal(plain))
}

fn level(share: &str) -> Level {
    Level { text: format!("mức {share}"), share: decimal(share) }
}

/// The plan with an indicator changed.
fn with(id: &str, change: impl FnOnce(&mut Indicator)) -> World {
    World::of("so-tttt").with_plan(|plan| change(plan.indicators.iter_mut().find(|i| i.id == id).unwrap()))
}

fn of(snapshot: &Snapshot, scope: &Scope, id: &str) -> Points {
    indicator(snapshot, scope, snapshot.catalogue.indicator(id).unwrap(), &period(AT)).points
}

/// M12 is one figure of Sở Tài chính; here under another rule.
fn figure(rule: &Rule, reported: Option<&str>) -> Points {
    let world = with("M12", |m12| {
        m12.target = Target::AtLeast(Decimal::ONE);
        m12.rule = rule.clone();
        assert!(rule.fits(m12) && rule.fault(None).is_none());
    });
    let world = match reported {
        Some(plain) => world.prove("M12", "so-tai-chinh", AT, value(plain)),
        None => world,
    };
    of(&world.snapshot(), &Scope::Province, "M12")
}

/// M28 is one ratio of the State Bank, with a target of 80 %.
fn ratio_of(rule: Rule, reported: Content) -> Points {
    let world = with("M28", |m28| m28.rule = rule);
    of(&world.report("M28", "ngan-hang-nha-nuoc", AT, reported).snapshot(), &Scope::Province, "M28")
}

#[test]
fn a_ratio_counts_of_the_whole_and_a_proportion_of_the_target() {
    // "Tỷ lệ = a/b; Điểm = Tỷ lệ*Điểm tối đa": 6 of 8 meetings.
    assert_eq!(ratio_of(Rule::Ratio, ratio(6, 8)), share("0.75"));
    assert_eq!(ratio_of(Rule::Proportional, ratio(6, 8)), share("0.9375"));
    assert_eq!(ratio_of(Rule::Threshold, ratio(6, 8)), share("0"));
    assert_eq!(ratio_of(Rule::Threshold, ratio(8, 8)), share("1"));
}

#[test]
fn meetings_of_the_steering_committee_count_by_steps() {
    // "4 lần/năm: 20 điểm; 3 lần: 15 điểm; 2 lần: 10 điểm; 1 lần: 5 điểm; Còn lại: 0 điểm".
    let step = |at_least: i64, points: i64| Step { at_least: at_least.into(), points: points.into() };
    let rule = Rule::Steps(vec![step(4, 20), step(3, 15), step(2, 10), step(1, 5)]);
    for (meetings, expected) in [("5", "1"), ("4", "1"), ("3", "0.75"), ("2", "0.5"), ("1", "0.25"), ("0", "0")] {
        assert_eq!(figure(&rule, Some(meetings)), share(expected), "{meetings} meetings");
    }
    assert_eq!(figure(&rule, None), Points::Open(Open::NoFigure));
}

#[test]
fn who_heads_the_committee_counts_by_level() {
    // "Bí thư/Chủ tịch: Điểm tối đa; Phó Bí thư/Phó Chủ tịch: 1/2*Điểm tối đa; chưa có: 0 điểm".
    let rule = Rule::Levels(vec![level("1"), level("0.5"), level("0")]);
    assert_eq!(figure(&rule, Some("1")), share("1"));
    assert_eq!(figure(&rule, Some("0.5")), share("0.5"));
    assert_eq!(figure(&rule, Some("0")), share("0"));
    assert_eq!(figure(&rule, Some("0.7")), Points::Open(Open::NotALevel));
}

#[test]
fn independent_conditions_add_up() {
    // "tham gia đầy đủ: 1/2*Điểm tối đa; chủ trì: 1/2*Điểm tối đa".
    let rule = Rule::Conditions(vec![level("0.5"), level("0.3"), level("0.2")]);
    assert_eq!(figure(&rule, Some("0.8")), share("0.8"));
    assert_eq!(figure(&rule, Some("0.7")), share("0.7"));
    assert_eq!(figure(&rule, Some("0")), share("0"));
    assert_eq!(figure(&rule, Some("0.6")), Points::Open(Open::NotALevel));
}

#[test]
fn a_sum_says_which_conditions_hold_unless_others_have_the_same_sum() {
    let apart = Rule::Conditions(vec![level("0.5"), level("0.3"), level("0.2")]);
    assert_eq!(apart.holding(decimal("0.7")), Some(vec![0, 2]));
    assert_eq!(apart.holding(decimal("0.5")), None, "one, or the two others");
    assert_eq!(apart.holding(decimal("0.6")), None);
    assert!(!apart.tells_apart());
    let apart = Rule::Conditions(vec![level("0.6"), level("0.3"), level("0.1")]);
    assert_eq!(apart.holding(decimal("0.7")), Some(vec![0, 2]));
    assert_eq!(apart.holding(decimal("0")), Some(Vec::new()));
    assert!(apart.tells_apart());
    let levels = Rule::Levels(vec![level("1"), level("0.5")]);
    assert_eq!((levels.holding(decimal("0.5")), levels.holding(decimal("0.7"))), (Some(vec![1]), None));
}

#[test]
fn a_document_counts_with_its_evidence_only() {
    let v01 = |world: World| of(&world.snapshot(), &Scope::Province, "V01");
    assert_eq!(v01(World::of("so-tttt")), Points::Open(Open::NoFigure));
    assert_eq!(v01(World::of("so-tttt").report("V01", "so-tttt", AT, issued())), Points::Open(Open::NoEvidence));
    assert_eq!(v01(World::of("so-tttt").prove("V01", "so-tttt", AT, issued())), share("1"));
}

#[test]
fn the_best_unit_is_known_when_all_have_reported() {
    let m05 = embedded().indicator("M05").unwrap();
    let units: Vec<&str> = embedded().expand(&m05.reporters).iter().map(|a| a.id.as_str()).collect();
    // The first has 40 %, the second 80 %, all others 20 %.
    let report = |world: World, at: usize| {
        let percent = [40, 80].get(at).copied().unwrap_or(20);
        world.report("M05", units[at], AT, ratio(percent, 100))
    };
    let of_unit = |snapshot: &Snapshot, at: usize| of(snapshot, &Scope::Agency(units[at].to_owned()), "M05");
    let best_unit = || with("M05", |m05| m05.rule = Rule::BestUnit);
    let all_but_the_first = (1..units.len()).fold(best_unit(), report).snapshot();
    assert_eq!(of_unit(&all_but_the_first, 2), Points::Open(Open::UnitsOut));
    let all = (0..units.len()).fold(best_unit(), report).snapshot();
    assert_eq!(of_unit(&all, 1), share("1"));
    assert_eq!(of_unit(&all, 0), share("0.5"));
    assert_eq!(of_unit(&all, 2), share("0.25"));
}

#[test]
fn what_the_ministry_measures_waits_for_it_and_is_owed_by_nobody() {
    let central = || {
        with("M12", |m12| {
            m12.rule = Rule::Central;
            m12.reporters = vec!["so-tttt".to_owned()];
        })
    };
    let waiting = central().snapshot();
    assert_eq!(of(&waiting, &Scope::Province, "M12"), Points::Open(Open::Central));
    assert!(!waiting.catalogue.expected("so-tttt", &waiting.catalogue.period(&period(AT))).contains(&"M12"));
    let entered = central().report("M12", "so-tttt", AT, value("1.5")).snapshot();
    assert_eq!(of(&entered, &Scope::Province, "M12"), share("0.75"));
}

#[test]
fn a_wording_that_nobody_decided_brings_no_points_and_says_so() {
    let wording = Rule::Undecided("Theo hướng dẫn của Bộ".to_owned());
    assert_eq!(figure(&wording, Some("1")), Points::Open(Open::Undecided));
    assert_eq!(figure(&Rule::Unscored, Some("1")), Points::Unscored);
}

#[test]
fn bonus_and_minus_points_stand_outside_the_maximum() {
    let extra = Extra { each: decimal("2"), at_most: decimal("5") };
    assert_eq!(figure(&Rule::Bonus(extra.clone()), Some("1")), Points::Extra(decimal("2")));
    assert_eq!(figure(&Rule::Bonus(extra.clone()), Some("9")), Points::Extra(decimal("5")));
    assert_eq!(figure(&Rule::Minus(extra.clone()), Some("2")), Points::Extra(decimal("-4")));
    assert_eq!(figure(&Rule::Bonus(extra.clone()), None), Points::Extra(Decimal::ZERO));

    // Pillar VIII full is 150 of 1000 points; two points more make 152, and never more than all.
    let total = |rule: Rule, m28: Content, counted: &str| {
        let world = with("M12", |m12| m12.rule = rule).report("M28", "ngan-hang-nha-nuoc", AT, m28);
        let world = world.prove("M12", "so-tai-chinh", AT, value(counted));
        score(&world.snapshot(), &Scope::Province, &period(AT))
    };
    let with_bonus = total(Rule::Bonus(extra.clone()), ratio(100, 100), "1");
    assert_eq!((with_bonus.total, with_bonus.extra), (decimal("0.152"), decimal("2")));
    assert_eq!(total(Rule::Minus(extra.clone()), ratio(100, 100), "1").total, decimal("0.148"));
    assert_eq!(total(Rule::Minus(extra), ratio(0, 100), "1").total, Decimal::ZERO);
}

#[test]
fn official_points_weigh_the_indicators_of_a_pillar() {
    let world = World::of("so-tttt").with_plan(|plan| {
        let scored = plan.indicators.iter_mut().filter(|i| i.pillar == 8 && i.rule.is_scored());
        for i in scored {
            i.max_points = Some(decimal(if i.id == "M28" { "120" } else { "30" }));
        }
    });
    let count = embedded().indicators.iter().filter(|i| i.pillar == 8 && i.rule.is_scored()).count();
    let rest = decimal("30") * Decimal::from(count - 1);
    let snapshot = world.report("M28", "ngan-hang-nha-nuoc", "2023", ratio(80, 100)).snapshot();
    let pillar = &score(&snapshot, &Scope::Province, &period("2023")).pillars[7];
    assert_eq!(pillar.score, decimal("120") / (decimal("120") + rest));
}

/// Pillar 3 with component indices of 60 and 40 points, asked for once a year: M05 and M06 stand for them.
fn with_components() -> World {
    World::of("so-tttt").with_plan(|plan| {
        for (id, points) in [("M05", "60"), ("M06", "40")] {
            let component = plan.indicators.iter_mut().find(|i| i.id == id).unwrap();
            component.max_points = Some(decimal(points));
            component.frequency = Frequency::Year;
            component.rule = Rule::Ratio;
            component.reporters = vec!["so-tttt".to_owned()];
        }
    })
}

#[test]
fn beside_component_indices_with_official_points_the_plans_own_bring_none() {
    let world = with_components()
        .report("M05", "so-tttt", "2023", ratio(50, 100))
        .report("A3", "so-tttt", "2023", ratio(3, 3))
        .report("A3", "so-tttt", AT, ratio(3, 3));
    let snapshot = world.snapshot();
    let year = score(&snapshot, &Scope::Province, &period("2023"));
    let pillar = &year.pillars[2];
    assert_eq!((pillar.score, pillar.indicators_scored), (decimal("0.3"), 2));
    assert_eq!(pillar.indicators_expected, 5, "the others are still asked for");
    assert_eq!(of(&snapshot, &Scope::Province, "A3"), share("1"));
    let gaps = next_points(&snapshot, &year, &period("2023"));
    let open: Vec<&str> =
        gaps.iter().map(|g| g.item.as_str()).filter(|id| embedded().indicator(id).unwrap().pillar == 3).collect();
    assert_eq!(open, ["M06", "M05"], "40 points, then the other half of 60");
    let total: Decimal = gaps.iter().map(|g| g.gain).sum();
    assert!((total + year.total - Decimal::ONE).abs() < decimal("0.0000000001"));
    let tried = |item, at| Trial::read(&snapshot, &Scope::Province, &period(at), item, Whose::All, "80/100");
    assert_eq!(tried("A3", "2023"), Err(TrialError::NotDue));
    assert!(tried("M06", "2023").is_ok() && tried("A3", AT).is_ok());

    let quarter = &score(&snapshot, &Scope::Province, &period(AT)).pillars[2];
    assert_eq!(quarter.indicators_scored, 3, "in a quarter nobody asks for component indices");
    assert_eq!(quarter.score, Decimal::ONE / Decimal::from(3));
}

#[test]
fn an_agency_without_component_indices_has_no_part_in_the_pillars_score() {
    let snapshot = with_components().report("M07", "tp-dong-ha", "2023", ratio(1, 1)).snapshot();
    let district = Scope::Agency("tp-dong-ha".to_owned());
    let pillar = &score(&snapshot, &district, &period("2023")).pillars[2];
    assert_eq!((pillar.indicators_scored, pillar.score), (0, Decimal::ZERO));
    assert!(pillar.indicators_expected > 0);
}
