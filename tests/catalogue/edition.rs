//! Counts, ids and readings of the embedded edition.

use dti::catalogue::{AgencyKind, Aggregate, Frequency, Measure, Rule, Target, embedded};
use rust_decimal::Decimal;

fn ids(prefix: char) -> Vec<&'static str> {
    embedded().indicators.iter().map(|i| i.id.as_str()).filter(|id| id.starts_with(prefix)).collect()
}

#[test]
fn pillars_tasks_and_weights() {
    let c = embedded();
    let per_pillar: Vec<usize> =
        c.pillars.iter().map(|p| c.tasks.iter().filter(|t| t.pillar == p.id).count()).collect();
    assert_eq!(per_pillar, [5, 4, 3, 6, 2, 6, 7, 3]);
    assert_eq!(c.tasks.len(), 36);
    let weights: Vec<u32> = c.pillars.iter().map(|p| p.weight).collect();
    assert_eq!(weights, [100, 100, 100, 100, 100, 200, 150, 150]);
}

#[test]
fn every_id_of_the_plan_is_there_in_order() {
    let c = embedded();
    let numbered =
        |prefix: &str, count: usize| -> Vec<String> { (1..=count).map(|n| format!("{prefix}{n:02}")).collect() };
    assert_eq!(ids('M'), numbered("M", 28));
    assert_eq!(ids('A'), (1..=9).map(|n| format!("A{n}")).collect::<Vec<_>>());
    assert_eq!(ids('D'), numbered("D", 12));
    assert_eq!(ids('V'), numbered("V", 18));
    assert_eq!(c.duties.iter().map(|d| d.id.clone()).collect::<Vec<_>>(), numbered("B", 20));
    assert!(c.errata.iter().map(|e| e.number).eq(1..=34));
}

#[test]
fn thresholds_of_the_plan() {
    let c = embedded();
    let expected = [
        ("M01", "1"),
        ("M02", "20"),
        ("M03", "1"),
        ("M04", "1"),
        ("M05", "100"),
        ("M06", "100"),
        ("M07", "100"),
        ("M08", "100"),
        ("M09", "100"),
        ("M10", "100"),
        ("M11", "10"),
        ("M12", "2"),
        ("M13", "2"),
        ("M14", "2"),
        ("M15", "2"),
        ("M16", "2"),
        ("M17", "1"),
        ("M18", "10"),
        ("M19", "5"),
        ("M20", "10"),
        ("M21", "10"),
        ("M22", "50"),
        ("M23", "80"),
        ("M24", "100"),
        ("M25", "50"),
        ("M26", "0.25"),
        ("M27", "0.25"),
        ("M28", "80"),
        ("A2", "7"),
    ];
    for (id, threshold) in expected {
        let target = &c.indicator(id).unwrap().target;
        assert_eq!(target.threshold(), Some(threshold.parse().unwrap()), "{id}");
    }
    let all: Vec<&str> =
        c.indicators.iter().filter(|i| matches!(i.target, Target::All(_))).map(|i| i.id.as_str()).collect();
    let expected =
        ["M05", "M06", "M07", "M08", "M09", "M10", "M24", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9"];
    assert_eq!(all, expected);
    assert_eq!(c.indicator("A2").unwrap().target, Target::All(Decimal::from(7)));
}

#[test]
fn agencies_in_the_order_of_the_plan() {
    let c = embedded();
    let ids: Vec<&str> = c.agencies.iter().take(26).map(|a| a.id.as_str()).collect();
    let expected = [
        "van-phong-ubnd",
        "so-tttt",
        "so-khdt",
        "so-tai-chinh",
        "so-noi-vu",
        "so-gddt",
        "so-ldtbxh",
        "cuc-thue",
        "cuc-thong-ke",
        "cong-an-tinh",
        "ngan-hang-nha-nuoc",
        "bao-quang-tri",
        "dai-ptth",
        "cd-su-pham",
        "cd-ky-thuat",
        "cd-y-te",
        "tp-dong-ha",
        "tx-quang-tri",
        "huyen-vinh-linh",
        "huyen-huong-hoa",
        "huyen-gio-linh",
        "huyen-da-krong",
        "huyen-cam-lo",
        "huyen-trieu-phong",
        "huyen-hai-lang",
        "huyen-con-co",
    ];
    assert_eq!(ids, expected);
    let unconfirmed = c.agencies.iter().filter(|a| !a.confirmed).count();
    assert_eq!(unconfirmed, 13);
}

#[test]
fn communes_by_district() {
    let c = embedded();
    let counts: Vec<usize> = c
        .agencies
        .iter()
        .filter(|a| a.kind == AgencyKind::District)
        .map(|d| c.agencies.iter().filter(|a| a.parent.as_deref() == Some(d.id.as_str())).count())
        .collect();
    assert_eq!(counts, [9, 5, 18, 21, 17, 13, 8, 18, 16, 0]);
    let of_type =
        |word: &str| c.agencies.iter().filter(|a| a.kind == AgencyKind::Commune && a.name.starts_with(word)).count();
    assert_eq!((of_type("Xã "), of_type("Phường "), of_type("Thị trấn ")), (101, 13, 11));
    assert_eq!(c.agency("xa-19483").unwrap().name, "Xã A Dơi");
    assert_eq!(c.agency("xa-19624").unwrap().name, "Thị trấn Ái Tử");
}

#[test]
fn groups_expand_in_catalogue_order() {
    let c = embedded();
    let ids = |group: &str| c.members(c.group(group).unwrap()).map(|a| a.id.as_str()).collect::<Vec<_>>();
    assert_eq!(ids("cap-huyen").len(), 10);
    assert_eq!(ids("cap-xa").len(), 125);
    let departments = ids("so-ban-nganh");
    assert_eq!(departments.len(), 20);
    assert_eq!(departments[..2], ["van-phong-ubnd", "so-tttt"]);
    assert!(!departments.contains(&"cong-an-tinh"));
    let both = ["cap-huyen".to_owned(), "so-ban-nganh".to_owned(), "so-tttt".to_owned()];
    let expanded = c.expand(&both);
    assert_eq!(expanded.len(), 30);
    assert_eq!(expanded[0].id, "van-phong-ubnd");
}

#[test]
fn names_find_one_agency_or_none() {
    let c = embedded();
    let found = |text: &str| c.find_agency(text).map(|a| a.id.as_str());
    assert_eq!(found("ngân hàng nhà nước chi nhánh tỉnh"), Some("ngan-hang-nha-nuoc"));
    assert_eq!(found(" SO TT&TT "), Some("so-tttt"));
    assert_eq!(found("UBND huyện Đakrông"), Some("huyen-da-krong"));
    assert_eq!(found("Phường 1"), None);
    assert_eq!(found("Phường 1, thị xã Quảng Trị"), Some("xa-19357"));
    assert_eq!(found("Phường 4"), Some("xa-19345"));
    assert_eq!(found(""), None);
}

#[test]
fn measures_aggregate_without_averaging() {
    for i in &embedded().indicators {
        match i.measure {
            Measure::Ratio => assert_eq!(i.unit, "%", "{}", i.id),
            Measure::Document => assert_eq!(i.rule, Rule::YesNo, "{}", i.id),
            Measure::Rate | Measure::Value => {}
        }
        if embedded().expand(&i.reporters).len() > 1 {
            assert!(matches!(i.aggregate, Aggregate::RatioOfSums | Aggregate::AllOf), "{}", i.id);
        }
        if i.target == Target::Increase {
            assert_eq!(i.rule, Rule::Unscored, "{}", i.id);
        }
    }
    assert_eq!(embedded().indicator("M18").unwrap().frequency, Frequency::Year);
}

#[test]
fn assumed_readings_say_so() {
    let c = embedded();
    for i in c.indicators.iter().filter(|i| i.assumed) {
        assert!(!i.note.is_empty(), "{}", i.id);
    }
    for i in c.indicators.iter().filter(|i| i.task.is_none()) {
        assert!(i.assumed && i.appendix_lines.is_empty(), "{}: the plan names no one", i.id);
    }
    // Where the plan names a lead, the reporter is that lead. M18 is measured by the lead of VII.1.
    for i in c.indicators.iter().filter(|i| !i.assumed && i.id != "M18") {
        let task = c.task_of(&i.id).unwrap();
        assert!(i.reporters.iter().all(|r| task.lead.contains(r)), "{}", i.id);
    }
}
