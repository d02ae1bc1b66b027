//! A broken edition is refused with file, entry and reason, and with every fault at once.

use dti::catalogue::{Edition, Fault, Measure, Reason, RuleFault, embedded, load};
use rust_decimal::Decimal;

const FILES: [(&str, &str); 9] = [
    ("plan.toml", include_str!("../../assets/catalogue/quang-tri-2023/plan.toml")),
    ("pillars.toml", include_str!("../../assets/catalogue/quang-tri-2023/pillars.toml")),
    ("tasks.toml", include_str!("../../assets/catalogue/quang-tri-2023/tasks.toml")),
    ("duties.toml", include_str!("../../assets/catalogue/quang-tri-2023/duties.toml")),
    ("indicators.toml", include_str!("../../assets/catalogue/quang-tri-2023/indicators.toml")),
    ("agencies.toml", include_str!("../../assets/catalogue/quang-tri-2023/agencies.toml")),
    ("communes.toml", include_str!("../../assets/catalogue/quang-tri-2023/communes.toml")),
    ("groups.toml", include_str!("../../assets/catalogue/quang-tri-2023/groups.toml")),
    ("errata.toml", include_str!("../../assets/catalogue/quang-tri-2023/errata.toml")),
];

/// The edition with texts replaced: (file, entry, old, new). The replacement is made inside that entry.
fn broken(edits: &[(&str, &str, &str, &str)]) -> Vec<Fault> {
    let mut files: Vec<(&str, String)> = FILES.iter().map(|(n, t)| (*n, (*t).replace("\r\n", "\n"))).collect();
    for (file, entry, old, new) in edits {
        let text = &mut files.iter_mut().find(|(n, _)| n == file).unwrap().1;
        let start = text.find(entry).unwrap_or_else(|| panic!("{file} has no {entry}"));
        let at = start + text[start..].find(old).unwrap_or_else(|| panic!("{entry} has no {old}"));
        text.replace_range(at..at + old.len(), new);
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (*n, t.as_str())).collect();
    load(&files).err().unwrap_or_default()
}

fn fault(file: &str, entry: &str, reason: Reason) -> Fault {
    Fault { file: file.into(), entry: entry.into(), reason }
}

#[track_caller]
fn check(edit: (&str, &str, &str, &str), entry: &str, reason: Reason) {
    assert_eq!(broken(&[edit]), [fault(edit.0, entry, reason)]);
}

#[test]
fn lists_without_end_are_not_followed() {
    let endless = "[[erratum]]\nnumber = 1\n".repeat(1001);
    let mut files = FILES.to_vec();
    files[8].1 = &endless;
    assert_eq!(load(&files).unwrap_err(), [fault("errata.toml", "erratum", Reason::TooMany { limit: 1000 })]);
}

#[test]
fn missing_unknown_and_repeated_files() {
    let mut files = FILES.to_vec();
    files[8] = ("eratta.toml", files[8].1);
    files.push(files[0]);
    let expected = [
        fault("eratta.toml", "", Reason::UnknownFile),
        fault("plan.toml", "", Reason::DuplicateFile),
        fault("errata.toml", "", Reason::MissingFile),
    ];
    assert_eq!(load(&files).unwrap_err(), expected);
    assert_eq!(load(&[]).unwrap_err().len(), 9);
}

#[test]
fn syntax_with_its_line() {
    let faults = broken(&[("tasks.toml", "[[task]]", "[[task]]", "[[task]")]);
    assert!(
        matches!(&faults[..], [Fault { file, reason: Reason::Syntax { line: 4, .. }, .. }] if file == "tasks.toml"),
        "{faults:?}"
    );
}

#[test]
fn a_wrong_field_is_named_with_its_entry() {
    let faults = broken(&[
        ("indicators.toml", "\"M05\"", "unit =", "units ="),
        ("indicators.toml", "\"M06\"", "\"ratio\"", "\"ration\""),
        ("agencies.toml", "\"so-noi-vu\"", "name =", "nam ="),
    ]);
    let places: Vec<_> = faults.iter().map(|f| (f.file.as_str(), f.entry.as_str())).collect();
    assert_eq!(places, [("indicators.toml", "M05"), ("indicators.toml", "M06"), ("agencies.toml", "so-noi-vu")]);
    assert!(faults[0].to_string().contains("units"), "{}", faults[0]);
}

#[test]
fn decomposed_letters() {
    let reason = Reason::NotNfc { field: "title".into() };
    check(("pillars.toml", "id = 1", "Nhận thức", "Nha\u{323}\u{302}n thức"), "1", reason);
}

#[test]
fn unknown_references() {
    let unknown = |field, id: &str| Reason::UnknownReference { field, id: id.into() };
    check(("plan.toml", "[plan]", "\"so-tttt\"", "\"so-ttt\""), "plan", unknown("receiver", "so-ttt"));
    check(("tasks.toml", "\"I.1\"", "[\"so-tttt\"]", "[\"so-ttt\"]"), "I.1", unknown("coordinating", "so-ttt"));
    check(("duties.toml", "\"B14\"", "\"M25\"", "\"M99\""), "B14", unknown("related", "M99"));
    check(("indicators.toml", "\"M28\"", "\"VIII.2\"", "\"VIII.9\""), "M28", unknown("task", "VIII.9"));
    check(("groups.toml", "so-ban-nganh", "\"so-y-te\"", "\"so-y\""), "so-ban-nganh", unknown("members", "so-y"));
}

#[test]
fn ids() {
    check(("duties.toml", "\"B14\"", "\"B14\"", "\"B13\""), "B13", Reason::DuplicateId);
    check(("duties.toml", "\"B20\"", "\"B20\"", "\"B-20\""), "B-20", Reason::BadId);
    check(("tasks.toml", "\"IV.6\"", "pillar = 4", "pillar = 5"), "IV.6", Reason::PillarMismatch);
    check(("errata.toml", "number = 34", "34", "33"), "33", Reason::DuplicateId);
}

#[test]
fn eight_pillars_of_a_thousand_points() {
    check(("pillars.toml", "id = 6", "200", "150"), "", Reason::Weights { sum: 950 });
    let faults = broken(&[("pillars.toml", "id = 8", "id = 8", "id = 9")]);
    assert!(faults.contains(&fault("pillars.toml", "", Reason::Pillars { found: 8 })), "{faults:?}");
}

#[test]
fn measure_target_and_unit_must_fit() {
    let mismatch = |measure, field| Reason::MeasureMismatch { measure, field };
    let file = "indicators.toml";
    check((file, "\"M05\"", "unit = \"%\"", "unit = \"lần\""), "M05", mismatch(Measure::Ratio, "unit"));
    check(
        (file, "\"M05\"", "numerator = \"Số", "# \"Số"),
        "M05",
        mismatch(Measure::Ratio, "numerator and denominator"),
    );
    check((file, "\"M05\"", "{ all = \"100\" }", "{ all = \"90\" }"), "M05", Reason::BadThreshold);
    check((file, "\"M22\"", "\"50\"", "\"500\""), "M22", Reason::BadThreshold);
    check((file, "\"M05\"", "{ all = \"100\" }", "\"exists\""), "M05", mismatch(Measure::Ratio, "target"));
    check((file, "\"M12\"", "lead_value", "ratio_of_sums"), "M12", mismatch(Measure::Value, "aggregate"));
    check((file, "\"V01\"", "yes_no", "threshold"), "V01", mismatch(Measure::Document, "rule"));
}

#[test]
fn a_rule_must_make_sense_and_fit_its_measure() {
    let file = "indicators.toml";
    let rule = |text: &str, reason: Reason| check((file, "\"M12\"", "rule = \"threshold\"", text), "M12", reason);
    let mismatch = Reason::MeasureMismatch { measure: Measure::Value, field: "rule" };
    rule("rule = \"ratio\"", mismatch.clone());
    rule("rule = { levels = [{ text = \"a\", share = \"1\" }] }", mismatch);
    let steps = |steps: &str| format!("rule = {{ steps = [{steps}] }}");
    rule(&steps(""), Reason::Rule(RuleFault::Empty));
    let rising = "{ at_least = \"3\", points = \"15\" }, { at_least = \"4\", points = \"20\" }";
    rule(&steps(rising), Reason::Rule(RuleFault::Steps));
    rule("rule = { undecided = \" \" }", Reason::Rule(RuleFault::Empty));
    rule("rule = { bonus = { each = \"0\", at_most = \"5\" } }", Reason::Rule(RuleFault::Extra));
    rule("rule = \"central\"", Reason::Rule(RuleFault::CentralReporter));
    rule("rule = \"unscored\"\nmax_points = \"5\"", Reason::Rule(RuleFault::MaxPoints));
    let falling = "{ at_least = \"4\", points = \"20\" }, { at_least = \"3\", points = \"15\" }";
    assert_eq!(broken(&[(file, "\"M12\"", "rule = \"threshold\"", &steps(falling))]), []);
}

#[test]
fn official_points_are_those_of_the_whole_pillar() {
    let faults = broken(&[("indicators.toml", "\"M28\"", "unit =", "max_points = \"120\"\nunit =")]);
    let sum = Reason::PointsSum { sum: Decimal::from(120), weight: 150 };
    assert_eq!(faults.last(), Some(&fault("pillars.toml", "8", sum)));
}

#[test]
fn reporters() {
    let file = "indicators.toml";
    check((file, "\"M02\"", "[\"van-phong-ubnd\"]", "[]"), "M02", Reason::NoReporter);
    check((file, "\"M02\"", "[\"van-phong-ubnd\"]", "[\"cap-huyen\"]"), "M02", Reason::LeadValue { reporters: 10 });
    check((file, "\"M08\"", "huyen-con-co", "so-y-te"), "M08", Reason::NotAReporter("so-y-te".into()));
    check(("tasks.toml", "\"I.2\"", "lead = [\"so-tttt\"]", "lead = []"), "I.2", Reason::NoReporter);
}

#[test]
fn lines_and_words() {
    check(("tasks.toml", "\"VIII.3\"", "[223]", "[224]"), "VIII.3", Reason::LineOutOfRange(224));
    check(("tasks.toml", "\"VIII.3\"", "[223]", "[]"), "VIII.3", Reason::NoLines);
    check(("duties.toml", "\"B14\"", "\"Triển khai", "\" Triển khai"), "B14", Reason::Untidy { field: "text" });
    check(("pillars.toml", "id = 4", "\"Nhân lực số\"", "\"\""), "4", Reason::Empty { field: "title" });
    let long = format!("\"{}\"", "ă".repeat(61));
    let reason = Reason::TooLong { field: "short", limit: 60 };
    check(("indicators.toml", "\"M06\"", "\"Hộ gia đình có điện thoại thông minh\"", &long), "M06", reason);
}

#[test]
fn agencies_communes_and_successors() {
    check(("communes.toml", "\"xa-19483\"", "huyen-huong-hoa", "so-y-te"), "xa-19483", Reason::BadParent);
    check(("communes.toml", "\"xa-19483\"", "code = \"19483\"", "code = \"19480\""), "xa-19483", Reason::BadCode);
    check(("communes.toml", "\"xa-19483\"", "\"commune\"", "\"press\""), "xa-19483", Reason::WrongFile);
    let reason = Reason::SuccessionNotMutual("so-khcn".into());
    check(("agencies.toml", "\"so-khcn\"", "predecessors = [\"so-tttt\"]", ""), "so-tttt", reason);
    let reason = Reason::AmbiguousName { name: "SỞ TTTT".into(), other: "so-tttt".into() };
    check(("agencies.toml", "\"so-khcn\"", "\"Sở KHCN\"", "\"SỞ TTTT\""), "so-khcn", reason);
    check(
        ("agencies.toml", "\"so-tttt\"", "valid_to", "valid_from = 2026-01-01\nvalid_to"),
        "so-tttt",
        Reason::ValidityReversed,
    );
}

#[test]
fn groups_and_calendar() {
    let faults = broken(&[("groups.toml", "\"cap-huyen\"", "kinds = [\"district\"]", "")]);
    assert!(faults.contains(&fault("groups.toml", "cap-huyen", Reason::NoMembers)), "{faults:?}");
    assert!(faults.contains(&fault("indicators.toml", "M04", Reason::NoReporter)), "{faults:?}");
    check(("plan.toml", "[calendar]", "25", "31"), "calendar", Reason::BadCalendar);
    check(("plan.toml", "[calendar]", "year_due_month = 12", "year_due_month = 13"), "calendar", Reason::BadCalendar);
}

#[test]
fn all_faults_are_reported() {
    let faults = broken(&[
        ("pillars.toml", "id = 6", "200", "150"),
        ("tasks.toml", "\"VIII.3\"", "[223]", "[224]"),
        ("indicators.toml", "\"M02\"", "[\"van-phong-ubnd\"]", "[]"),
        ("communes.toml", "\"xa-19483\"", "huyen-huong-hoa", "so-y-te"),
    ]);
    let files: Vec<&str> = faults.iter().map(|f| f.file.as_str()).collect();
    assert_eq!(files, ["pillars.toml", "tasks.toml", "indicators.toml", "communes.toml"]);
    assert_eq!(faults[1].to_string(), "tasks.toml, VIII.3: line 224 is not in the plan's text");
}

#[test]
fn an_edition_made_before_the_plan_named_its_province_is_read_as_the_programs_own_and_keeps_its_hash() {
    let says = |line: &&str| ["province", "peoples_committee", "ministry"].iter().any(|field| line.starts_with(field));
    let mut files: Vec<(String, String)> = FILES.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect();
    files.sort();
    let plan = &mut files.iter_mut().find(|(name, _)| name == "plan.toml").unwrap().1;
    *plan = plan.split_inclusive('\n').filter(|line| !says(line)).collect();
    let older = Edition::read(files.clone()).unwrap();
    assert_eq!(older.catalogue().plan, embedded().plan);
    assert_eq!(older.files(), files, "its name is the hash of these");
    assert_ne!(older.catalogue().hash, embedded().hash);

    let plan = &mut files.iter_mut().find(|(name, _)| name == "plan.toml").unwrap().1;
    *plan = plan.replace("id = \"quang-tri-2023\"", "id = \"quang-binh-2023\"");
    let faults = Edition::read(files).unwrap_err();
    let unsaid =
        ["province", "peoples_committee", "ministry"].map(|field| fault("plan.toml", "plan", Reason::Empty { field }));
    assert_eq!(faults, unsaid, "another province's plan says it itself");
}

#[test]
fn whose_plan_it_is_stands_in_tidy_words() {
    let untidy = |field| Reason::Untidy { field };
    check(("plan.toml", "[plan]", "= \"Quảng Trị\"", "= \" Quảng Trị\""), "plan", untidy("province"));
    check(("plan.toml", "[plan]", "ministry = \"Bộ ", "ministry = \"Bộ  "), "plan", untidy("ministry"));
}
