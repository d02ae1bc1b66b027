//! Where headings stand and what they are: known, explained by a person, guessed for a person to see, remembered.

use dti::table::{
    Basis, Column, Entries, Field, Guessing, Heading, Mapping, Preview, Reading, Reason, Remembered, Skip, TableError,
    preview,
};

use crate::support::{World, period, ratio};

fn looked_at(csv: &str, reading: &Reading, guessing: Guessing, remembered: &Remembered) -> Preview {
    let snapshot = World::of("tp-dong-ha").snapshot();
    preview(csv.as_bytes(), reading, guessing, remembered, &snapshot, &period("2023-Q4")).unwrap()
}

fn shown(csv: &str) -> Preview {
    looked_at(csv, &Reading::default(), Guessing::Shown, &Remembered::new())
}

fn refused(csv: &str) -> Preview {
    looked_at(csv, &Reading::default(), Guessing::Refused, &Remembered::new())
}

fn entries(preview: Preview) -> Entries {
    preview.result.unwrap()
}

fn known(columns: &[Heading]) -> Vec<(&str, Option<Column>, Basis)> {
    columns.iter().map(|h| (h.text.as_str(), h.column, h.basis)).collect()
}

const FOREIGN: &str = "Báo cáo quý IV\n\nKý hiệu CT;Nội dung;Tử số (người);Tổng số\nM05;Danh tính số;850;1000\n";
const NUMERATOR: Option<Column> = Some(Column::Field(Field::Numerator));

#[test]
fn headings_that_we_do_not_know_are_guessed_only_where_a_person_sees_them() {
    let found = shown(FOREIGN);
    let wanted = [
        ("Ký hiệu CT", Some(Column::Item), Basis::Guessed),
        ("Nội dung", None, Basis::Named),
        ("Tử số (người)", NUMERATOR, Basis::Guessed),
        ("Tổng số", None, Basis::Named),
    ];
    assert_eq!(known(&found.columns), wanted);
    assert_eq!(found.columns[1].samples, ["Danh tính số"]);
    let ids_below = Some("Ký hiệu CT".to_owned());
    assert_eq!(refused(FOREIGN).result, Err(TableError::NoHeading { ids_below }));
}

#[test]
fn what_a_person_said_is_remembered_for_the_same_headings_and_no_others() {
    let mut mapping = Mapping::default();
    for (heading, column) in [("Ký hiệu CT", "item"), ("Tử số (người)", "Tử số"), ("Tổng số", "denominator")]
    {
        mapping.add(heading, column).unwrap();
    }
    let told = Reading { mapping: Some(mapping), ..Reading::default() };
    let first = looked_at(FOREIGN, &told, Guessing::Shown, &Remembered::new());
    assert_eq!(first.columns[3].basis, Basis::Told);
    let told = entries(first);
    assert_eq!(told.loading.rows[0].body.content, ratio(850, 1000));
    let remembered: Remembered = told.mapping.into_iter().collect();

    let again = looked_at(FOREIGN, &Reading::default(), Guessing::Shown, &remembered);
    assert_eq!(again.columns[3].basis, Basis::Remembered);
    assert_eq!(entries(again).loading.rows[0].body.content, ratio(850, 1000));
    let other = FOREIGN.replace("Nội dung", "Tên");
    assert_eq!(looked_at(&other, &Reading::default(), Guessing::Shown, &remembered).columns[3].column, None);
}

#[test]
fn a_mapping_is_the_same_after_it_was_kept_by_its_names() {
    let mut mapping = Mapping::default();
    mapping.add("SL đạt", "numerator").unwrap();
    mapping.add("Giá trị", "none").unwrap();
    let mut again = Mapping::default();
    for (heading, column) in mapping.names() {
        again.add(&heading, &column).unwrap();
    }
    assert_eq!(again, mapping);
}

#[test]
fn a_heading_of_ours_that_is_said_to_be_none_is_not_read() {
    let csv = "Mã;Tử số;Mẫu số;Giá trị\nM05;850;1000;x\n";
    let mut mapping = Mapping::default();
    mapping.add("Giá trị", "none").unwrap();
    let reading = Reading { mapping: Some(mapping), ..Reading::default() };
    let loading = entries(looked_at(csv, &reading, Guessing::Refused, &Remembered::new())).loading;
    assert_eq!((loading.rejected.len(), loading.rows.len()), (0, 1), "{loading:?}");
    assert_eq!(loading.ignored, ["Giá trị"]);
}

#[test]
fn headings_in_two_rows_are_one() {
    let merged = "STT;Mã;Thực hiện;;Ghi chú\n;;Tử số;Mẫu số;\n1;M05;850;1000;theo sổ\n";
    let loading = entries(refused(merged)).loading;
    assert_eq!((loading.rejected.as_slice(), loading.skipped.len()), (&[][..], 0), "{loading:?}");
    assert_eq!(loading.rows[0].body.content, ratio(850, 1000));
    assert_eq!(loading.rows[0].body.note, "theo sổ");
}

#[test]
fn the_same_headings_in_two_groups_are_told_apart_and_neither_is_guessed() {
    let groups = "Mã;Quý III;;Quý IV;\n;Tử số;Mẫu số;Tử số;Mẫu số\nM05;1;2;850;1000\n";
    let found = shown(groups);
    let texts: Vec<&str> = found.columns.iter().map(|h| h.text.as_str()).collect();
    assert_eq!(texts, ["Mã", "Quý III Tử số", "Quý III Mẫu số", "Quý IV Tử số", "Quý IV Mẫu số"]);
    assert!(found.columns[1..].iter().all(|h| h.column.is_none()), "{:?}", found.columns);
    let mut mapping = Mapping::default();
    mapping.add("Quý IV Tử số", "numerator").unwrap();
    mapping.add("Quý IV Mẫu số", "denominator").unwrap();
    let reading = Reading { mapping: Some(mapping), ..Reading::default() };
    let loading = entries(looked_at(groups, &reading, Guessing::Refused, &Remembered::new())).loading;
    assert_eq!(loading.rows[0].body.content, ratio(850, 1000));
}

#[test]
fn sums_units_and_column_numbers_are_passed_over_and_named() {
    let csv = "Mã;Tên;Tử số;Mẫu số\n(1);(2);(3);(4)\n;;người;người\n;III. Hạ tầng;;\nM05;a;850;1000\n\
               Mã;Tên;Tử số;Mẫu số\nM06;b;1;2\n;Tổng cộng;851;1002\nTổng;;851;1002\n";
    let loading = entries(refused(csv)).loading;
    let skipped: Vec<(usize, Skip)> = loading.skipped.iter().map(|s| (s.number, s.what)).collect();
    let wanted = [
        (2, Skip::ColumnNumbers),
        (3, Skip::Units),
        (4, Skip::Title),
        (6, Skip::Heading),
        (8, Skip::Total),
        (9, Skip::Total),
    ];
    assert_eq!(skipped, wanted);
    assert_eq!((loading.rows.len(), loading.rejected.len()), (2, 0), "{loading:?}");
}

#[test]
fn a_row_of_figures_whose_item_is_missing_or_mistyped_is_no_sum() {
    let csv = "Mã;Tên;Tử số;Mẫu số;Ghi chú\nM05;a;850;1000;\n;Tổng số máy chủ;3;4;\nM0O;Tổng cộng các xã;3;4;\n;c;3;4;tổng cộng\n";
    let loading = entries(refused(csv)).loading;
    let rejected: Vec<(usize, bool)> =
        loading.rejected.iter().map(|r| (r.number, matches!(r.reason, Reason::MissingItem))).collect();
    assert_eq!(rejected, [(3, true), (4, false), (5, true)], "{loading:?}");
}
