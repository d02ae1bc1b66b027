//! Wordings of "Cách xác định và tính điểm" as published sets have them, and what may not be guessed from others.

use dti::catalogue::{Doubt, Extra, Level, Measure, Reading, Rule, Step, Target, read_wording};
use proptest::prelude::*;

use crate::support::decimal;

const TITLE: &str = "Tỷ lệ hộ gia đình có kết nối Internet";

fn read(wording: &str, maximum: u32) -> Reading {
    let reading = read_wording(wording, TITLE, Some(maximum.into()));
    assert_eq!(reading.doubt.is_some(), matches!(reading.rule, Rule::Undecided(_)), "{reading:?}");
    reading
}

fn rule(wording: &str, maximum: u32) -> Rule {
    let reading = read(wording, maximum);
    assert_eq!(reading.doubt, None, "{wording}");
    reading.rule
}

fn doubt(wording: &str, maximum: u32) -> Doubt {
    let reading = read(wording, maximum);
    reading.doubt.unwrap_or_else(|| panic!("{wording}: {:?}", reading.rule))
}

fn unclear(wording: &str, maximum: u32) {
    let found = doubt(wording, maximum);
    assert!(matches!(found, Doubt::Unclear(_)), "{wording}: {found:?}");
}

fn steps(steps: &[(&str, &str)]) -> Rule {
    let step = |(at_least, points): &(&str, &str)| Step { at_least: decimal(at_least), points: decimal(points) };
    Rule::Steps(steps.iter().map(step).collect())
}

fn levels(levels: &[(&str, &str)]) -> Vec<Level> {
    levels.iter().map(|(text, share)| Level { text: (*text).to_owned(), share: decimal(share) }).collect()
}

#[test]
fn a_over_b_is_a_ratio_with_both_counts_in_the_words_of_the_set() {
    // thuvienphapluat.vn, a district-level set after QĐ 922, row 1.2.
    let published = "a = Số cuộc họp CĐS của huyện có Bí thư/Chủ tịch UBND chủ trì;\nb = Tổng số cuộc họp CĐS của huyện;\n\
                     Tỷ lệ = a/b;\nĐiểm = Tỷ lệ*Điểm tối đa";
    let reading = read(published, 20);
    assert_eq!((reading.rule, reading.measure, reading.unit.as_str()), (Rule::Ratio, Measure::Ratio, "%"));
    assert_eq!(reading.target, Target::All(100.into()));
    assert_eq!(reading.numerator, "Số cuộc họp CĐS của huyện có Bí thư/Chủ tịch UBND chủ trì");
    assert_eq!(reading.denominator, "Tổng số cuộc họp CĐS của huyện");
    for same in [
        "a= Số A, b= Tổng số B, Tỷ lệ = a/b*100%, Điểm = Tỷ lệ x Điểm tối đa.",
        "- a: Số A\n- b: Tổng số B\n- Điểm = a/b * Điểm tối đa",
        "Cách tính:\n+ a = Số A\n+ b = Tổng số B\n+ Tỷ lệ (%) = (a/b) x 100%\n+ Điểm: Tỷ lệ*Điểm tối đa",
        "Trong đó: a là Số A; b là Tổng số B. Tỷ lệ = a/b. Điểm = Tỷ lệ * 20 điểm",
        "a = Số A; b = Tổng số B\nNếu a ≥ b: Điểm tối đa\nNếu a < b: Điểm = a/b*Điểm tối đa",
        "Tỷ lệ = Số A / Tổng số B; Điểm = Tỷ lệ × Điểm tối đa",
        "Tỷ lệ = Số A/Tổng số B x 100%; Điểm = Điểm tối đa x Tỷ lệ",
    ] {
        let reading = read(same, 20);
        assert_eq!(reading.doubt, None, "{same}");
        assert_eq!(
            (reading.rule, reading.numerator.as_str(), reading.denominator.as_str()),
            (Rule::Ratio, "Số A", "Tổng số B")
        );
    }
    assert_eq!(
        read("a = Số A; b = Số B; c = Tổng số; Tỷ lệ = (a+b)/c; Điểm = Tỷ lệ*Điểm tối đa", 5).numerator,
        "Số A + Số B"
    );
    // Said of a ratio that only the title names: what stands over and under is not made up.
    let only = read("Điểm = Tỷ lệ*Điểm tối đa", 20);
    assert_eq!((only.rule, only.numerator), (Rule::Ratio, format!("Tử số của “{TITLE}”")));
}

#[test]
fn the_meetings_of_the_committee_are_steps() {
    // The same set, row 1.1.
    let published = "BCĐ họp 4 lần/ năm (Trung bình mỗi quý 1 lần): 20 điểm; BCĐ họp 3 lần/ năm: 15 điểm; 2 lần: 10 điểm; \
                     1 lần: 5 điểm; Còn lại: 0 điểm";
    let reading = read(published, 20);
    assert_eq!(reading.rule, steps(&[("4", "20"), ("3", "15"), ("2", "10"), ("1", "5")]));
    let expected = (Measure::Value, "lần/năm", Target::AtLeast(4.into()));
    assert_eq!((reading.measure, reading.unit.as_str(), reading.target), expected);
}

#[test]
fn percentages_from_one_bound_to_the_next_are_steps() {
    let expected = steps(&[("90", "10"), ("70", "5")]);
    for same in [
        "≥ 90%: 10 điểm; từ 70% đến dưới 90%: 5 điểm; dưới 70%: 0 điểm",
        "- Tỷ lệ từ 90% trở lên: Điểm tối đa\n- Tỷ lệ từ 70% đến dưới 90%: 50% điểm tối đa\n- Còn lại: 0 điểm",
        "Đạt >= 90% : 10đ. 70% ≤ Tỷ lệ < 90% : 1/2*Điểm tối đa. < 70% : 0đ",
        "Từ 90% đến 100%: 10 điểm; Từ 70% - dưới 90%: 5 điểm",
        "Từ 90% trở lên được 10 điểm, từ 70% trở lên được 5 điểm",
    ] {
        let reading = read(same, 10);
        assert_eq!((reading.rule, reading.measure), (expected.clone(), Measure::Ratio), "{same}: {:?}", reading.doubt);
        assert_eq!(reading.target, Target::AtLeast(90.into()));
    }
    let counted = read("Từ 10 bài trở lên: 10 điểm; từ 5 đến 9 bài: 7,5 điểm; dưới 5 bài: 2 điểm", 10);
    assert_eq!(counted.rule, steps(&[("10", "10"), ("5", "7.5"), ("0", "2")]));
    assert_eq!(counted.unit, "bài");
    let more = read("Trên 3 lần: 10 điểm; từ 2 - 3 lần: 5 điểm; còn lại: 0 điểm", 10);
    assert_eq!(more.rule, steps(&[("4", "10"), ("2", "5")]), "{:?}", more.doubt);
    // 2125 points of 17 there cannot be.
    let eighths = rule("4 lần: 17 điểm; 3 lần: 4,25 điểm; 2 lần: 2,125 điểm", 17);
    assert_eq!(eighths, steps(&[("4", "17"), ("3", "4.25"), ("2", "2.125")]));
}

#[test]
fn full_points_from_a_threshold_on() {
    let reading = read("từ 80% trở lên: Điểm tối đa; dưới: 0", 10);
    assert!(matches!(reading.doubt, Some(Doubt::Unclear(_))), "below what? {reading:?}");
    for same in [
        "từ 80% trở lên: Điểm tối đa; dưới 80%: 0 điểm",
        "Tỷ lệ ≥ 80%: 10 điểm; còn lại: 0 điểm",
        "Đạt ít nhất 80%: Điểm tối đa",
    ] {
        let reading = read(same, 10);
        assert_eq!((reading.rule, reading.target), (Rule::Threshold, Target::AtLeast(80.into())), "{same}");
    }
    let scaled = read("Tỷ lệ ≥ 80%: Điểm tối đa; Tỷ lệ < 80%: Điểm = Tỷ lệ/80%*Điểm tối đa", 10);
    assert_eq!((scaled.rule, scaled.target), (Rule::Proportional, Target::AtLeast(80.into())));
    let count = read("Có từ 5 nền tảng số trở lên: Điểm tối đa; Dưới 5 nền tảng số: 0 điểm", 10);
    assert_eq!((count.rule, count.unit.as_str()), (Rule::Threshold, "nền tảng số"));
    let each = read("Mỗi bài viết được 2 điểm, tối đa 10 điểm", 10);
    assert_eq!(
        (each.rule, each.unit.as_str(), each.target),
        (Rule::Proportional, "bài viết", Target::AtLeast(5.into()))
    );
}

#[test]
fn who_heads_the_committee_is_a_level_and_what_one_does_are_conditions() {
    // TP. Cao Lãnh, rows 1.1 and 1.2.
    let heads = "Trưởng ban là Bí thư/Chủ tịch: Điểm tối đa; Phó Bí thư/Phó Chủ tịch: 1/2*Điểm tối đa; \
                 Chưa có BCĐ hoặc Trưởng ban không phải Lãnh đạo: 0 điểm";
    let reading = read(heads, 10);
    let expected = levels(&[
        ("Trưởng ban là Bí thư/Chủ tịch", "1"),
        ("Phó Bí thư/Phó Chủ tịch", "0.5"),
        ("Chưa có BCĐ hoặc Trưởng ban không phải Lãnh đạo", "0"),
    ]);
    assert_eq!((reading.rule, reading.target), (Rule::Levels(expected), Target::AtLeast(1.into())));
    let both = "tham gia đầy đủ các phiên họp về CĐS của Tỉnh: 1/2*Điểm tối đa; chủ trì các cuộc họp về CĐS của huyện, thành \
                phố: 1/2*Điểm tối đa; không tham gia đầy đủ: 0; không chủ trì: 0";
    let expected = levels(&[
        ("tham gia đầy đủ các phiên họp về CĐS của Tỉnh", "0.5"),
        ("chủ trì các cuộc họp về CĐS của huyện, thành phố", "0.5"),
    ]);
    assert_eq!(rule(both, 10), Rule::Conditions(expected));
    let none = rule("Cấp tỉnh ban hành: 10 điểm; Cấp sở ban hành: 4 điểm", 10);
    let Rule::Levels(none) = none else { panic!("{none:?}") };
    assert_eq!(none.iter().map(|l| l.share).collect::<Vec<_>>(), ["1", "0.4", "0"].map(decimal), "and neither of them");
}

#[test]
fn yes_or_no_is_a_document() {
    for same in [
        "Có: Điểm tối đa; Không: 0",
        "Đã ban hành: Điểm tối đa; Chưa: 0 điểm",
        "- Đã ban hành: 10 điểm.\n- Chưa ban hành: 0 điểm.",
        "Đã ban hành: Điểm tối đa. Chưa ban hành: không tính điểm",
        "Có kế hoạch: Điểm tối đa - Không có kế hoạch: 0 điểm",
        "Đã ban hành Nghị quyết: Điểm tối đa",
    ] {
        let reading = read(same, 10);
        assert_eq!(
            (reading.rule, reading.measure, reading.target),
            (Rule::YesNo, Measure::Document, Target::Exists),
            "{same}"
        );
    }
}

#[test]
fn what_is_measured_elsewhere_compared_or_left_out() {
    let best = "Điểm = Tỷ lệ chuẩn hóa * Điểm tối đa; Tỷ lệ chuẩn hóa = tỷ lệ của đơn vị / tỷ lệ của đơn vị có giá trị lớn nhất";
    assert_eq!(rule(best, 10), Rule::BestUnit);
    for central in
        ["Bộ TT&TT đánh giá", "Số liệu do Bộ Thông tin và Truyền thông đo lường tự động", "Khảo sát người dân"]
    {
        let reading = read(central, 10);
        assert_eq!(
            (reading.rule, reading.unit.as_str(), reading.target),
            (Rule::Central, "điểm", Target::AtLeast(10.into()))
        );
    }
    for unscored in ["Không tính điểm", "Chỉ số này không dùng để đánh giá"] {
        assert_eq!(read_wording(unscored, TITLE, None).rule, Rule::Unscored);
        assert_eq!(doubt(unscored, 10), Doubt::UnscoredWithPoints);
    }
    let extra = |each, at_most| Extra { each: decimal(each), at_most: decimal(at_most) };
    let bonus = read_wording("Điểm thưởng: mỗi sáng kiến được cộng thêm 2 điểm, tối đa 10 điểm", TITLE, None);
    assert_eq!((bonus.rule, bonus.unit.as_str()), (Rule::Bonus(extra("2", "10")), "sáng kiến"));
    let minus = read_wording("Mỗi lần để xảy ra sự cố bị trừ 0,5 điểm, trừ không quá 5 điểm", TITLE, None);
    assert_eq!(minus.rule, Rule::Minus(extra("0.5", "5")));
    unclear("Mỗi năm có khen thưởng: 10 điểm", 10);
    assert_eq!(read_wording("Mỗi sáng kiến được thưởng 2 điểm", TITLE, None).doubt, Some(Doubt::NoLimit));
}

#[test]
fn points_that_do_not_come_to_the_maximum_are_left_to_a_person() {
    let maximum = |best: u32, maximum: u32| Doubt::Maximum { best: best.into(), maximum: maximum.into() };
    assert_eq!(doubt("4 lần: 15 điểm; 3 lần: 10 điểm; còn lại: 0 điểm", 20), maximum(15, 20));
    assert_eq!(doubt("4 lần: 30 điểm; 3 lần: 10 điểm", 20), maximum(30, 20));
    let sum = Doubt::Sum { sum: 9.into(), maximum: 10.into() };
    assert_eq!(doubt("Có kế hoạch: 4 điểm; có kinh phí: 5 điểm", 10), sum);
    assert_eq!(doubt("Có A: 1/3*Điểm tối đa; có B: 2/3*Điểm tối đa", 10), Doubt::Inexact);
}

#[test]
fn what_can_be_read_two_ways_is_left_to_a_person() {
    let strict = doubt("Trên 90%: 10 điểm; từ 70% đến 90%: 5 điểm; dưới 70%: 0 điểm", 10);
    assert!(matches!(strict, Doubt::Strict(_)), "exactly 90 %: {strict:?}");
    assert_eq!(doubt("Từ 90% trở lên: 10 điểm; từ 70% đến dưới 80%: 5 điểm", 10), Doubt::At(80.into()));
    assert_eq!(doubt("Từ 70% đến dưới 90%: 10 điểm; dưới 70%: 0 điểm", 10), Doubt::At(90.into()));
    assert_eq!(doubt("4 lần: 20 điểm; 2 lần: 10 điểm; còn lại: 0 điểm", 20), Doubt::At(3.into()));
    assert_eq!(doubt("≥ 80%: Điểm tối đa; < 80%: Điểm = Tỷ lệ/70%*Điểm tối đa", 10), Doubt::At(80.into()));
    assert_eq!(doubt("4 lần: 20 điểm; 3 lần: 20 điểm", 20), Doubt::NotFalling);
    assert_eq!(doubt("Có: Điểm tối đa; Có một phần: Điểm tối đa", 10), Doubt::Both);
    assert_eq!(
        doubt("a = Số A; b = Tổng số B; Tỷ lệ = a/b; Điểm = Tỷ lệ*Điểm tối đa; Tỷ lệ ≥ 80%: Điểm tối đa", 10),
        Doubt::Both
    );
    assert_eq!(doubt("Bộ TT&TT đánh giá; Điểm = Tỷ lệ*Điểm tối đa", 10), Doubt::Both);
    assert_eq!(doubt("", 10), Doubt::Empty);
    assert_eq!(doubt("Điểm tối đa: 10 điểm", 10), Doubt::NoPoints, "of what?");
    assert_eq!(doubt("Theo hướng dẫn của Bộ TT&TT", 10), Doubt::NoPoints);
    assert_eq!(doubt(&"Văn bản. ".repeat(1000), 10), Doubt::TooLong);
    for text in [
        "a = Số A; b = Tổng số B; c = Số C; Tỷ lệ = a/b; Điểm = Tỷ lệ*Điểm tối đa",
        "a = Số A; Tỷ lệ = a/b; Điểm = Tỷ lệ*Điểm tối đa",
        "a = Số A; b = Tổng số B; Tỷ lệ = a/b; Điểm = Tỷ lệ*Điểm tối đa; chậm báo cáo thì giảm 50% số điểm",
        "a = Số A; b = Tổng số B; Tỷ lệ = a/b*1000; Điểm = Tỷ lệ*Điểm tối đa",
        "≥ 1.500 bài: 10 điểm; còn lại: 0 điểm",
        "Họp 4 lần: 10 điểm; dự 3 lần: 5 điểm",
        "Số tổ công nghệ số cộng đồng: 10 điểm",
        "Đánh giá theo hướng dẫn: Điểm tối đa",
        "Mỗi quý họp 1 lần: 10 điểm",
        "4 lần: 10 điểm; 3 bài: 5 điểm",
    ] {
        unclear(text, 10);
    }
}

#[test]
fn remarks_that_say_nothing_about_points_do_not_stand_in_the_way() {
    let remark =
        "a = Số A; b = Tổng số B; Tỷ lệ = a/b; Điểm = Tỷ lệ*Điểm tối đa; số liệu lấy tại thời điểm 31/12 của năm";
    assert_eq!(rule(remark, 10), Rule::Ratio);
}

#[test]
fn text_with_marks_set_apart_or_spaces_that_do_not_break_reads_the_same() {
    use unicode_normalization::UnicodeNormalization;
    let composed = "BCĐ họp 4 lần/năm: 20 điểm; 3 lần/năm: 15 điểm; Còn lại: 0 điểm";
    let apart: String = composed.nfd().collect();
    assert_eq!(read(&apart, 20), read(composed, 20));
    assert_eq!(read(&composed.replace(' ', "\u{a0}"), 20).rule, read(composed, 20).rule);
}

/// Pieces of which wordings are made.
fn fragments() -> impl Strategy<Value = String> {
    let words = [
        "a = Số A",
        "b = Tổng số B",
        "Tỷ lệ = a/b",
        "Điểm = Tỷ lệ*Điểm tối đa",
        "Còn lại: 0 điểm",
        "4 lần: 20 điểm",
        "từ 70% đến dưới 90%",
        ": 10 điểm",
        "≥ 90%",
        "Có",
        "Không: 0",
        "1/3*Điểm tối đa",
        "mỗi",
        "thưởng",
        "trừ 2 điểm",
        "tối đa",
        "Bộ TT&TT đánh giá",
        "không tính điểm",
        "(",
        ")",
        "-1",
        "99999999999999999999",
        "0%",
        "\n",
        ";",
        " ",
        "₫",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..12).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_gives_a_rule_that_makes_sense_or_is_left_to_a_person(
        text in prop_oneof![fragments(), "\\PC{0,80}".prop_map(String::from)],
        maximum in prop_oneof![Just(None), (1_u32..50).prop_map(|m| Some(m.into()))],
    ) {
        let reading = read_wording(&text, TITLE, maximum);
        let scored = maximum.filter(|_| reading.rule.is_scored());
        prop_assert_eq!(reading.rule.fault(scored), None);
        prop_assert_eq!(reading.doubt.is_some(), matches!(reading.rule, Rule::Undecided(_)));
        prop_assert_eq!(reading.measure == Measure::Document, reading.target == Target::Exists);
        prop_assert_eq!(reading.measure == Measure::Ratio, reading.unit == "%");
    }
}
