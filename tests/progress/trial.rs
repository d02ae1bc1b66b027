//! Figures tried on a scratch copy: what they move, and that they move nothing else.

use dti::catalogue::{Indicator, Rule};
use dti::progress::{Points, Scope, Trial, TrialError, Whose, indicator, score, tried};
use dti::record::Snapshot;
use rust_decimal::Decimal;

use crate::support::{World, decimal, period, ratio, value};

const AT: &str = "2023-Q4";

fn read(snapshot: &Snapshot, item: &str, whose: Whose, text: &str) -> Result<Trial, TrialError> {
    Trial::read(snapshot, &Scope::Province, &period(AT), item, whose, text)
}

fn with(snapshot: &Snapshot, trials: &[(&str, Whose, &str)]) -> Snapshot {
    let trials: Vec<Trial> =
        trials.iter().map(|(item, whose, text)| read(snapshot, item, whose.clone(), text).unwrap()).collect();
    tried(snapshot, &Scope::Province, &period(AT), &trials)
}

fn of<'a>(snapshot: &'a Snapshot, id: &str) -> &'a Indicator {
    snapshot.catalogue.indicator(id).unwrap()
}

fn province(snapshot: &Snapshot, id: &str) -> Option<Decimal> {
    indicator(snapshot, &Scope::Province, of(snapshot, id), &period(AT)).value
}

fn dong_ha() -> Whose {
    Whose::Unit("tp-dong-ha".to_owned())
}

#[test]
fn a_figure_tried_is_the_provinces_and_moves_the_score_by_its_weight() {
    let real = World::of("so-tttt").report("M28", "ngan-hang-nha-nuoc", AT, ratio(40, 100)).snapshot();
    let scratch = with(&real, &[("M28", Whose::All, "80/100")]);
    let total = |s: &Snapshot| score(s, &Scope::Province, &period(AT)).total;
    // M28 alone makes up the pillar of 150 points this quarter: from half of its target of 80 % to all of it.
    assert_eq!((total(&real), total(&scratch)), (decimal("0.075"), decimal("0.15")));
    assert_eq!(province(&real, "M28"), Some(decimal("40")), "the real figure stays");
}

#[test]
fn a_sum_of_many_units_comes_to_what_was_typed() {
    let real = World::of("so-tttt")
        .report("M05", "tp-dong-ha", AT, ratio(1, 2))
        .report("M05", "huyen-gio-linh", AT, ratio(1, 4))
        .snapshot();
    for text in ["80/100", "80", "80%", "80,0"] {
        assert_eq!(province(&with(&real, &[("M05", Whose::All, text)]), "M05"), Some(decimal("80")), "{text}");
    }
}

#[test]
fn one_unit_tried_moves_the_sum_with_its_own_denominator() {
    let real = World::of("so-tttt")
        .report("M05", "tp-dong-ha", AT, ratio(100, 200))
        .report("M05", "huyen-gio-linh", AT, ratio(100, 300))
        .snapshot();
    assert_eq!(province(&with(&real, &[("M05", dong_ha(), "150/200")]), "M05"), Some(decimal("50")));
    assert_eq!(province(&with(&real, &[("M05", dong_ha(), "75%")]), "M05"), Some(decimal("50")));
    let gio_linh_only = World::of("so-tttt").report("M05", "huyen-gio-linh", AT, ratio(1, 4)).snapshot();
    assert_eq!(read(&gio_linh_only, "M05", dong_ha(), "75%"), Err(TrialError::PartsNeeded));
}

#[test]
fn every_scored_indicator_of_a_year_reaches_full_points_when_its_target_is_tried() {
    let snapshot = World::of("so-tttt").snapshot();
    let at = period("2023");
    let mut tried_out = 0;
    for of in snapshot.catalogue.indicators.iter().filter(|i| i.rule.is_scored()) {
        let Some(target) = of.target.threshold() else { continue };
        let text = target.to_string().replace('.', ",");
        let trial = Trial::read(&snapshot, &Scope::Province, &at, &of.id, Whose::All, &text).unwrap();
        let scratch = tried(&snapshot, &Scope::Province, &at, &[trial]);
        let points = indicator(&scratch, &Scope::Province, of, &at).points;
        assert_eq!(points, Points::Share(Decimal::ONE), "{}", of.id);
        tried_out += 1;
    }
    assert!(tried_out > 20, "{tried_out}");
}

#[test]
fn a_document_tried_counts_as_proved() {
    let real = World::of("so-tttt").snapshot();
    let points = |s: &Snapshot| indicator(s, &Scope::Province, of(s, "V01"), &period(AT)).points;
    assert_eq!(points(&with(&real, &[("V01", Whose::All, "Có")])), Points::Share(Decimal::ONE));
    assert_eq!(points(&with(&real, &[("V01", Whose::All, "không")])), Points::Share(Decimal::ZERO));
    assert_eq!(read(&real, "V01", Whose::All, "80"), Err(TrialError::NotADocumentState));
}

#[test]
fn what_the_score_would_not_take_is_refused_with_its_reason() {
    let real = World::of("so-tttt").report("M12", "so-tai-chinh", AT, value("1")).snapshot();
    let why = |item: &str, whose: Whose, text: &str| read(&real, item, whose, text).unwrap_err();
    assert_eq!(why("M99", Whose::All, "1"), TrialError::UnknownItem);
    assert_eq!(why("M05", Whose::All, "1/0"), TrialError::ZeroDenominator);
    assert_eq!(why("M05", Whose::All, "-1"), TrialError::Negative);
    assert!(matches!(why("M05", Whose::All, "1.234"), TrialError::Number(_)));
    assert_eq!(why("M12", Whose::All, "1/2"), TrialError::NoParts);
    assert_eq!(why("M12", dong_ha(), "1"), TrialError::NotItsUnit("tp-dong-ha".to_owned()));
    let annual =
        real.catalogue.indicators.iter().find(|i| i.rule.is_scored() && !real.catalogue.is_due(i, &period(AT)));
    assert_eq!(why(&annual.unwrap().id, Whose::All, "1"), TrialError::NotDue);
    let unscored = real.catalogue.indicators.iter().find(|i| i.rule == Rule::Unscored).unwrap();
    assert_eq!(why(&unscored.id, Whose::All, "1"), TrialError::Unscored);
}

#[test]
fn the_best_unit_needs_a_unit_by_name() {
    let world = World::of("so-tttt").with_plan(|plan| {
        plan.indicators.iter_mut().find(|i| i.id == "M05").unwrap().rule = Rule::BestUnit;
    });
    let real = world.snapshot();
    assert_eq!(read(&real, "M05", Whose::All, "80"), Err(TrialError::UnitNeeded));
    assert!(read(&real, "M05", dong_ha(), "8/10").is_ok());
}
