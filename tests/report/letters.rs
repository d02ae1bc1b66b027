//! What the letters say when nobody has changed their templates, and that the officer's own are used instead.

use dti::catalogue::embedded;
use dti::progress::agency_status;
use dti::record::FilingKind;
use dti::report::{Cover, File, Occasion, Purpose, Template, Templates};

use crate::support::{World, moment, period};

const FILE: File<'_> = File { name: "DTI_so-noi-vu_2023-Q4_chinh-thuc.zip", bytes: 2048, sha256: "abc" };

fn cover(period: &dti::catalogue::Period, part: (u32, u32)) -> Cover<'_> {
    Cover {
        sender: "Sở Nội vụ",
        recipient: "Sở Thông tin và Truyền thông",
        officer: "Lê Văn B",
        period,
        purpose: Purpose::Report,
        filing: FilingKind::Supplementary(1),
        file: FILE,
        part,
        time: moment("2023-12-20T08:00:00+07:00"),
    }
}

#[test]
fn the_letter_with_a_report_names_period_kind_file_and_hash() {
    let quarter = embedded().period(&period("2023-Q4"));
    let letter = Templates::default().filing(&cover(&quarter, (1, 1)));
    assert_eq!(letter.subject, "Sở Nội vụ: báo cáo chuyển đổi số Quý IV/2023, bổ sung lần 1");
    for said in [
        "Kính gửi: Sở Thông tin và Truyền thông\n",
        "số liệu từ ngày 15/09/2023 đến ngày 14/12/2023, hạn nộp trước ngày 25/12/2023.",
        "Tệp đính kèm: DTI_so-noi-vu_2023-Q4_chinh-thuc.zip (2 KB)",
        "Mã kiểm tra SHA-256: abc\n",
        "Người lập: Lê Văn B\nSở Nội vụ\n",
    ] {
        assert!(letter.body.contains(said), "{said}: {}", letter.body);
    }
    assert!(!letter.body.contains('{') && !letter.body.contains("phần"), "{}", letter.body);
    let part = Templates::default().filing(&cover(&quarter, (2, 3)));
    assert!(part.subject.ends_with("(phần 2/3)") && part.body.contains("chia thành nhiều thư"), "{part:?}");
}

#[test]
fn the_officers_own_template_is_filled_in_in_place_of_ours() {
    let quarter = embedded().period(&period("2023-Q4"));
    let mut templates = Templates::default();
    templates.set(Occasion::Filing, "BC {kỳ}\n\nGửi kèm {tệp}.");
    let letter = templates.filing(&cover(&quarter, (1, 1)));
    assert_eq!(letter.subject, "BC Quý IV/2023");
    assert_eq!(letter.body, "Gửi kèm DTI_so-noi-vu_2023-Q4_chinh-thuc.zip (2 KB).\n");
}

#[test]
fn the_reminder_lists_what_is_missing() {
    let snapshot = World::of("so-tttt").snapshot();
    let (quarter, now) = (period("2023-Q4"), moment("2023-12-20T08:00:00+07:00"));
    let status = agency_status(&snapshot, "so-noi-vu", &quarter, now);
    let letter = Templates::default().reminder(&snapshot, &status, &quarter, now);
    assert!(letter.body.contains("Kính gửi: Sở Nội vụ"), "{}", letter.body);
    assert!(letter.body.contains("trước ngày 25/12/2023 (còn 5 ngày). Đến ngày 20/12/2023"), "{}", letter.body);
    assert_eq!(letter.body.matches("\n- ").count(), status.missing.len());
}

#[test]
fn an_example_fills_every_gap_of_every_letter() {
    let snapshot = World::of("so-noi-vu").snapshot();
    let now = moment("2023-12-20T08:00:00+07:00");
    for occasion in Occasion::ALL {
        for gap in occasion.placeholders() {
            let text = format!("x\n\n[{{{}}}]", gap.name());
            let letter = Template::parse(occasion, &text).unwrap().example(&snapshot, &period("2023-Q4"), now);
            let one_part = gap.name() == "phần";
            assert_eq!(letter.body == "[]\n", one_part, "{occasion:?} {}", gap.name());
        }
    }
}
