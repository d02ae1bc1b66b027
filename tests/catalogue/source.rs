//! Every printed text, agency and figure of the edition stands in the plan's text, on the lines named.

use dti::catalogue::{Catalogue, embedded};

const TEXT: &str = include_str!("../data/ke-hoach-dti-2023.txt");

fn line(number: u32) -> &'static str {
    let found = TEXT.lines().nth(number as usize - 1);
    found.unwrap_or_else(|| panic!("the plan has no line {number}"))
}

/// The cells of a row of the appendix: TT, content, lead, coordinating, time.
fn cells(number: u32) -> Vec<&'static str> {
    line(number).split('\t').collect()
}

/// Every name under which an agency or group of the edition may be printed.
fn names(c: &Catalogue, id: &str) -> Vec<String> {
    match (c.agency(id), c.group(id)) {
        (Some(a), _) => [&a.name, &a.short].into_iter().chain(&a.aliases).cloned().collect(),
        (None, Some(g)) => std::iter::once(&g.name).chain(&g.aliases).cloned().collect(),
        (None, None) => panic!("unknown {id}"),
    }
}

#[test]
fn the_text_has_223_lines_and_ends_in_task_viii_3() {
    assert_eq!(TEXT.lines().count(), 223);
    assert!(!TEXT.ends_with('\n'));
    assert_eq!(embedded().tasks.last().unwrap().lines, [223]);
}

#[test]
fn the_plan_is_dated_from_its_province_and_names_to_whom_its_results_are_reported() {
    let plan = &embedded().plan;
    assert!(line(3).contains(&format!("{}, ngày", plan.province)));
    let short = plan.peoples_committee.replace("Ủy ban nhân dân", "UBND");
    assert!(line(168).contains(&format!("của {short})")), "{short}");
    assert!(line(144).contains(&format!("báo cáo UBND tỉnh, {}", plan.ministry)));
}

#[test]
fn pillar_headings_are_verbatim() {
    for pillar in &embedded().pillars {
        let cells = cells(pillar.appendix_line);
        assert_eq!(cells[0].trim_end_matches('.'), pillar.numeral);
        assert_eq!(cells[1], pillar.printed);
        assert!(line(pillar.body_line).starts_with(&format!("{}. Về ", pillar.id)), "pillar {}", pillar.id);
    }
    assert_eq!(embedded().pillar(4).unwrap().printed, "Nhận thức số");
    assert_eq!(embedded().pillar(4).unwrap().title, "Nhân lực số");
}

#[test]
fn tasks_are_verbatim() {
    for task in &embedded().tasks {
        let printed: Vec<&str> = task.printed.split('\n').collect();
        assert_eq!(printed.len(), task.lines.len(), "{}", task.id);
        for (text, number) in printed.iter().zip(&task.lines) {
            assert_eq!(cells(*number)[1], *text, "{}", task.id);
        }
        let first = cells(task.lines[0]);
        let number = task.id.split_once('.').unwrap().1;
        assert_eq!((first[0], first[4]), (number, task.time.as_str()), "{}", task.id);
    }
}

#[test]
fn every_row_of_the_appendix_is_a_task_a_heading_or_a_header() {
    let c = embedded();
    let tasks: Vec<u32> = c.tasks.iter().flat_map(|t| t.lines.clone()).collect();
    let headings: Vec<u32> = c.pillars.iter().map(|p| p.appendix_line).collect();
    for number in 171..=223 {
        let row = line(number);
        let known = tasks.contains(&number) || headings.contains(&number);
        assert!(known || row.is_empty() || row.starts_with("TT\t"), "line {number}: {row}");
    }
}

#[test]
fn leads_and_coordinators_account_for_the_whole_cell() {
    let c = embedded();
    for task in &c.tasks {
        let row = cells(task.lines[0]);
        for (cell, ids, open) in
            [(row[2], &task.lead, ""), (row[3], &task.coordinating, task.coordinating_open.as_str())]
        {
            let mut rest = cell.to_owned();
            assert!(rest.contains(open), "{}: {open}", task.id);
            rest = rest.replacen(open, "", 1);
            for id in ids {
                let mut known = names(c, id);
                known.sort_by_key(|n| std::cmp::Reverse(n.len()));
                let name = known.iter().find(|n| rest.contains(n.as_str()));
                let name = name.unwrap_or_else(|| panic!("{}: {id} is not in \"{cell}\"", task.id));
                rest = rest.replacen(name.as_str(), "", 1);
            }
            let rest = rest.replace([';', ',', ' '], "");
            assert_eq!(rest, "", "{}: left over of \"{cell}\"", task.id);
        }
    }
}

#[test]
fn corrected_text_differs_only_where_the_errata_say_so() {
    let c = embedded();
    let touched =
        ["I.2", "I.3", "I.4", "I.5", "II.3", "IV.1", "IV.3", "IV.4", "VI.2", "VII.3", "VII.7", "VIII.1", "VIII.3"];
    for task in &c.tasks {
        assert_eq!(task.text != task.printed, touched.contains(&task.id.as_str()), "{}", task.id);
        let noted = c.errata.iter().any(|e| e.lines.iter().any(|l| task.lines.contains(l)));
        assert!(task.text == task.printed || noted, "{}: corrected without an erratum", task.id);
        for slip in ["<i>", "01tuần", "01năm", "Bổ trí", "Công Dịch vụ", "0.25", "số/ ", "\n"] {
            assert!(!task.text.contains(slip), "{}: {slip}", task.id);
        }
        assert!(!task.text.ends_with('.'), "{}", task.id);
    }
    assert!(c.task("IV.1").unwrap().text.starts_with("Bố trí đủ"));
    assert!(c.task("VI.2").unwrap().text.starts_with("Hợp nhất Cổng Dịch vụ công"));
    assert!(c.task("VII.7").unwrap().text.contains("0,25%"));
}

#[test]
fn thresholds_stand_in_the_lines_named() {
    for i in &embedded().indicators {
        let Some(threshold) = i.target.threshold() else { continue };
        if i.id.starts_with('A') {
            continue; // "all" without a figure
        }
        let forms = [
            format!("{threshold}%"),
            format!("0{threshold}%"),
            format!("0{threshold} lần"),
            format!("{threshold} tin, bài"),
            format!("{threshold} tỷ đồng"),
        ];
        let mut lines = i.body_lines.iter().chain(&i.appendix_lines);
        assert!(lines.any(|l| forms.iter().any(|f| line(*l).contains(f.as_str()))), "{}: {threshold}", i.id);
    }
}

#[test]
fn agencies_stand_in_the_lines_named() {
    let c = embedded();
    for agency in &c.agencies {
        for number in &agency.lines {
            let named = names(c, &agency.id).iter().any(|n| line(*number).contains(n.as_str()));
            assert!(named, "{} is not in line {number}", agency.id);
        }
    }
}

#[test]
fn quotations_of_the_errata_are_literal() {
    for erratum in &embedded().errata {
        for quoted in erratum.printed.split('"').skip(1).step_by(2).filter(|q| *q != "hoạt động") {
            let found = erratum.lines.iter().any(|l| line(*l).contains(quoted));
            assert!(found, "erratum {}: \"{quoted}\"", erratum.number);
        }
    }
}
