//! `demo`: the whole job, the same in every run.

use crate::support::cli::Cli;

#[test]
fn the_demonstration_ends_with_one_conflict_one_late_and_one_missing() {
    let mut cli = Cli::new();
    let told = cli.ok("demo @thử --no-window");
    for said in ["SỐ LIỆU MẪU", "Trễ hạn", "Chưa nộp", "Đúng hạn", "Còn chờ chọn: indicator:M05:tp-dong-ha:2023-Q4"]
    {
        assert!(told.out.contains(said), "{said}: {}", told.out);
    }
    let conflicts = cli.json("conflicts @thử/so-tttt.dti --json");
    assert_eq!(conflicts["conflicts"].as_array().unwrap().len(), 1);
    let shown = cli.json("show @thử/so-tttt.dti --json");
    let marked = |r: &serde_json::Value| r["conflict"] == true || r["note"].as_str().unwrap().contains("SỐ LIỆU MẪU");
    assert!(shown.as_array().unwrap().iter().all(marked), "every figure says that it is made up");

    let before = cli.digest("thử/so-tttt.dti");
    let again = cli.json("import @thử/so-tttt.dti @thử/goi --json");
    assert!(again["packages"].as_array().unwrap().iter().all(|p| p["outcome"] == "known"), "{again}");
    assert_eq!(cli.digest("thử/so-tttt.dti"), before);
}

#[test]
fn two_demonstrations_are_the_same_to_the_byte() {
    let mut cli = Cli::new();
    cli.ok("demo @một --no-window");
    cli.ok("demo @hai --no-window");
    assert_eq!(cli.digest("một/so-tttt.dti"), cli.digest("hai/so-tttt.dti"));
    for entry in std::fs::read_dir(cli.path("một/goi")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "zip") {
            let twin = cli.path("hai/goi").join(path.file_name().unwrap());
            assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(twin).unwrap(), "{}", path.display());
        }
    }
}

#[test]
fn an_earlier_demonstration_is_never_overwritten() {
    let mut cli = Cli::new();
    cli.ok("demo @thử --no-window");
    let before = cli.digest("thử/so-tttt.dti");
    let ran = cli.run("demo @thử --no-window");
    assert_eq!(ran.code, 4, "{ran:?}");
    assert_eq!(cli.digest("thử/so-tttt.dti"), before);
}
