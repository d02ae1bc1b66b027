//! The real binary, as a script would use it: from an empty file to a resolved conflict, by exit codes and JSON alone.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// One PC: a folder in which the binary runs.
struct Pc(TempDir);

impl Pc {
    fn dti(&self, code: i32, args: &[&str]) -> Output {
        let output = Command::new(env!("CARGO_BIN_EXE_dti"))
            .args(args)
            .current_dir(self.0.path())
            .env("DTI_NOW", "2023-12-20T08:00:00+07:00")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {output:?}");
        output
    }

    fn json(&self, code: i32, args: &[&str]) -> Value {
        serde_json::from_slice(&self.dti(code, args).stdout).unwrap()
    }

    fn digest(&self, file: &str) -> String {
        let line = String::from_utf8(self.dti(0, &["digest", file]).stdout).unwrap();
        assert!(line.len() == 65 && line.ends_with('\n'), "{line:?}");
        line
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

#[test]
fn a_quarter_from_the_first_figure_to_a_settled_conflict() {
    let pc = Pc(TempDir::new().unwrap());
    let q4 = ["--period", "2023-Q4"];
    let with_period = |args: &[&'static str]| [args, &q4[..]].concat();

    pc.dti(0, &["init", "huyen.dti", "--agency", "huyen-hai-lang", "--officer", "Lê Thị Bưởi"]);
    pc.dti(0, &["init", "so.dti", "--agency", "so-tttt"]);
    let set = ["set", "huyen.dti", "--item", "M05", "--numerator", "41234", "--denominator", "60000,0"];
    pc.dti(0, &with_period(&set));
    std::fs::write(pc.path().join("biểu.csv"), "item;numerator;denominator\nM06;9100;15000\nM08;16;16\n").unwrap();
    pc.dti(0, &with_period(&["load", "huyen.dti", "biểu.csv"]));
    std::fs::write(pc.path().join("bad.csv"), "item;numerator;denominator\nM07;1.234;2000\n").unwrap();
    let before = pc.digest("huyen.dti");
    pc.dti(3, &with_period(&["load", "huyen.dti", "bad.csv"]));
    assert_eq!(pc.digest("huyen.dti"), before);
    std::fs::write(pc.path().join("chứng cứ.pdf"), b"%PDF-1.4 mau").unwrap();
    pc.dti(0, &with_period(&["attach", "huyen.dti", "--item", "M05", "chứng cứ.pdf"]));

    let exported = pc.json(1, &with_period(&["export", "huyen.dti", "--to", "gửi đi", "--json"]));
    let package = exported["packages"][0]["path"].as_str().unwrap();
    pc.dti(0, &["verify", package]);
    let preview = pc.json(0, &["import", "so.dti", package, "--dry-run", "--json"]);
    assert_eq!(preview["packages"][0]["rows"]["new"], 3);
    let merged = pc.json(0, &["import", "so.dti", "gửi đi", "--json"]);
    assert_eq!(merged["packages"][0]["rows"], preview["packages"][0]["rows"]);
    assert_eq!(pc.digest("so.dti"), pc.digest("huyen.dti"));

    pc.dti(0, &with_period(&["set", "so.dti", "--item", "M05", "--agency", "huyen-hai-lang", "--numerator", "41000"]));
    pc.dti(0, &with_period(&["set", "huyen.dti", "--item", "M05", "--numerator", "42000"]));
    let exported = pc.json(1, &with_period(&["export", "huyen.dti", "--to", "gửi đi", "--json"]));
    assert_eq!(exported["filing"]["number"], 1);
    pc.dti(1, &["import", "so.dti", exported["packages"][0]["path"].as_str().unwrap()]);
    let before = pc.digest("so.dti");
    let conflicts = pc.json(1, &["conflicts", "so.dti", "--json"]);
    let conflict = &conflicts["conflicts"][0];
    let record = conflict["record"].as_str().unwrap();
    let take = conflict["heads"][0]["revision"].as_str().unwrap();
    pc.dti(0, &["resolve", "so.dti", "--record", record, "--take", take]);
    pc.dti(0, &["conflicts", "so.dti"]);
    pc.dti(0, &["undo", "so.dti"]);
    assert_eq!(pc.digest("so.dti"), before);
    pc.dti(1, &["conflicts", "so.dti"]);
    pc.dti(0, &["check", "so.dti"]);
}

#[test]
fn errors_go_to_stderr_and_stdout_stays_empty() {
    let pc = Pc(TempDir::new().unwrap());
    for (code, args) in [(2, ["help", "lệnh-lạ"]), (4, ["digest", "không-có.dti"]), (3, ["verify", "không-có.zip"])]
    {
        let output = pc.dti(code, &args);
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{args:?}: {output:?}");
    }
}

#[test]
fn a_wrong_clock_setting_is_said_and_not_guessed() {
    let output = Command::new(env!("CARGO_BIN_EXE_dti")).arg("catalogue").env("DTI_NOW", "hôm nay").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("DTI_NOW"));
}

/// Folders such as offices have them: spaces, brackets, per cent, Vietnamese letters, and more than 260 characters deep.
#[test]
fn the_whole_job_works_in_a_deep_folder_with_vietnamese_letters() {
    let pc = Pc(TempDir::new().unwrap());
    let part = "Người dùng Đức - báo cáo (bản cuối) 100% của Sở Nội vụ tỉnh Quảng Trị";
    let deep: std::path::PathBuf = std::iter::once(pc.path().to_owned()).chain((0..4).map(|_| part.into())).collect();
    assert!(deep.to_str().unwrap().chars().count() > 260);
    std::fs::create_dir_all(&deep).unwrap();
    let at = |name: &str| deep.join(name).to_str().unwrap().to_owned();
    let (file, receiver, proof) = (at("số liệu.dti"), at("nơi nhận.dti"), at("minh chứng số 1.pdf"));
    std::fs::write(&proof, b"%PDF-1.4 mau").unwrap();
    pc.dti(0, &["init", &file, "--agency", "huyen-hai-lang"]);
    pc.dti(0, &["set", &file, "--period", "2023-Q4", "--item", "M05", "--numerator", "1", "--denominator", "3"]);
    pc.dti(0, &["attach", &file, "--period", "2023-Q4", "--item", "M05", &proof]);
    pc.dti(1, &["export", &file, "--period", "2023-Q4", "--to", &at("gửi"), "--eml"]);
    pc.dti(0, &["init", &receiver, "--agency", "so-tttt"]);
    pc.dti(0, &["import", &receiver, &at("gửi")]);
    pc.dti(0, &["backup", &receiver, "--to", &at("sao lưu.dti")]);
    pc.dti(0, &["report", &receiver, "--period", "2023-Q4", "--format", "docx", "--to", &at("báo cáo.docx")]);
    pc.dti(0, &["check", &at("sao lưu.dti")]);
    assert_eq!(pc.digest(&receiver), pc.digest(&file));
}

#[test]
fn neither_time_zone_nor_language_of_the_pc_changes_a_byte() {
    let pc = Pc(TempDir::new().unwrap());
    pc.dti(0, &["init", "a.dti", "--agency", "huyen-hai-lang"]);
    pc.dti(
        0,
        &["set", "a.dti", "--period", "2023-Q4", "--item", "M05", "--numerator", "1234,5", "--denominator", "3000"],
    );
    let export = |to: &str, zone: &str, language: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_dti"))
            .args(["export", "a.dti", "--period", "2023-Q4", "--to", to])
            .current_dir(pc.path())
            .env("DTI_NOW", "2023-12-20T08:00:00+07:00")
            .envs([("TZ", zone), ("LANG", language), ("LC_ALL", language)])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        std::fs::read(pc.path().join(to).join("DTI_huyen-hai-lang_2023-Q4_chinh-thuc.zip")).unwrap()
    };
    let first = export("một", "Asia/Ho_Chi_Minh", "vi_VN.UTF-8");
    for (to, zone, language) in [("hai", "America/New_York", "C"), ("ba", "Pacific/Kiritimati", "de_DE.UTF-8")] {
        assert!(export(to, zone, language) == first, "{zone}, {language}");
    }
}
