//! The whole window without a screen: the real worker, real files, driven by the names that a screen reader finds.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};
use dti::app::{App, Start, Surroundings};
use dti::catalogue::Amendment;
use dti::ops;
use dti::platform::bell::{self, Rang, Ring};
use dti::platform::{Directories, Settings};
use dti::record::Snapshot;
use dti::store::backup::{self, Reason};
use dti::store::{Access, Place, Store};
use egui::{Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use tempfile::TempDir;

use crate::support::moment;
use crate::support::workspace::create;

/// The window, once it has opened.
struct Window {
    start: Option<(Start, Surroundings)>,
    app: Option<App>,
}

fn clock() -> DateTime<FixedOffset> {
    moment("2023-12-12T10:42:00+07:00")
}

impl Window {
    fn frame(&mut self, ui: &mut egui::Ui) {
        if let Some((start, around)) = self.start.take() {
            self.app = Some(App::new(ui.ctx(), start, around).unwrap());
        }
        let app = self.app.as_mut().unwrap();
        app.update(ui.ctx());
        app.frame(ui);
    }
}

/// Opens the window with the settings that lie in `folder`.
fn open(folder: &Path, start: Start) -> Harness<'static, Window> {
    let directories = Directories::portable(folder);
    let settings = Settings::load(&directories.settings_file());
    let around = Surroundings { directories, settings, clock };
    let window = Window { start: Some((start, around)), app: None };
    Harness::builder().with_size([1366.0, 768.0]).build_ui_state(|ui, window: &mut Window| window.frame(ui), window)
}

/// Draws frames until `holds`; what the worker does takes its time.
fn wait(harness: &mut Harness<'static, Window>, holds: impl Fn(&Harness<'static, Window>) -> bool) {
    let begin = Instant::now();
    while !holds(harness) {
        assert!(begin.elapsed() < Duration::from_secs(60), "waited in vain");
        std::thread::sleep(Duration::from_millis(5));
        harness.run_steps(1);
    }
}

fn is_open(harness: &Harness<'static, Window>) -> bool {
    app(harness).view().workspace.is_some()
}

fn app<'h>(harness: &'h Harness<'static, Window>) -> &'h App {
    harness.state().app.as_ref().unwrap()
}

fn snapshot(harness: &Harness<'static, Window>) -> std::sync::Arc<Snapshot> {
    app(harness).view().workspace.as_ref().unwrap().snapshot.clone()
}

/// A workspace on disk, closed.
fn workspace(folder: &Path, agency: &str) -> PathBuf {
    let path = folder.join("so-lieu.dti");
    drop(create(&path, agency, "PC-01").unwrap());
    path
}

fn stored(path: &Path) -> Snapshot {
    let place = Place { machine: "PC-02", new_device: &mut || "x".to_owned() };
    ops::snapshot(&Store::open(path, Access::Read, place).unwrap()).unwrap()
}

fn commands(harness: &Harness<'static, Window>) -> Vec<ViewportCommand> {
    harness.output().viewport_output[&ViewportId::ROOT].commands.clone()
}

fn ask_to_close(harness: &mut Harness<'static, Window>) {
    let viewport = harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    viewport.events.push(ViewportEvent::Close);
}

#[test]
fn without_a_file_the_window_asks_whose_it_is() {
    let folder = TempDir::new().unwrap();
    let mut harness = open(folder.path(), Start::default());
    wait(&mut harness, |h| h.query_by_label_contains("Xem dữ liệu mẫu").is_some());
    assert!(!is_open(&harness));
}

#[test]
fn the_file_that_was_open_last_opens_again() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-noi-vu");
    let mut first = open(folder.path(), Start::of_file(&path));
    wait(&mut first, is_open);
    drop(first);
    let mut second = open(folder.path(), Start::default());
    wait(&mut second, is_open);
    assert_eq!(app(&second).view().workspace.as_ref().unwrap().file, path);
}

#[test]
fn a_file_that_cannot_be_opened_is_named_on_the_first_screen() {
    let folder = TempDir::new().unwrap();
    let mut harness = open(folder.path(), Start::of_file(&folder.path().join("mất.dti")));
    wait(&mut harness, |h| h.query_by_label_contains("mất.dti").is_some());
    assert!(!is_open(&harness));
}

#[test]
fn a_package_given_at_the_start_is_looked_at_in_the_last_file() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-noi-vu");
    let mut first = open(folder.path(), Start::of_file(&path));
    wait(&mut first, is_open);
    drop(first);
    let package = folder.path().join("DTI_hong.zip");
    std::fs::write(&package, "not a zip").unwrap();
    let mut harness = open(folder.path(), Start::of_file(&package));
    wait(&mut harness, |h| h.query_by_label_contains("Xem trước khi nhập").is_some());
    let workspace = app(&harness).view().workspace.as_ref().unwrap();
    assert_eq!(workspace.preview.as_ref().unwrap().len(), 1);
}

#[test]
fn a_file_that_is_opened_is_backed_up_beside_it() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-noi-vu");
    let mut harness = open(folder.path(), Start::of_file(&path));
    wait(&mut harness, |_| !backup::list(&path).is_empty());
    assert_eq!(backup::list(&path)[0].reason, Reason::Opening);
}

#[test]
fn a_file_that_is_gone_comes_back_from_its_backup_on_the_first_screen() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-noi-vu");
    let mut harness = open(folder.path(), Start::of_file(&path));
    wait(&mut harness, |_| !backup::list(&path).is_empty());
    drop(harness);
    std::fs::remove_file(&path).unwrap();
    let mut harness = open(folder.path(), Start::of_file(&path));
    wait(&mut harness, |h| h.query_by_label_contains("Tệp không mở được").is_some());
    harness.query_by_label_contains("Khôi phục bản").unwrap().click();
    harness.run_steps(2);
    harness.get_by_label("Khôi phục bản này").click();
    wait(&mut harness, is_open);
    assert!(path.exists());
}

#[test]
fn a_second_start_brings_the_window_forward_and_hands_it_the_package() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-noi-vu");
    let mut harness = open(folder.path(), Start::of_file(&path));
    wait(&mut harness, is_open);
    let package = folder.path().join("DTI_hong.zip");
    std::fs::write(&package, "not a zip").unwrap();
    let bells = Directories::portable(folder.path()).bell_folder();
    let rang = bell::ring(&bells, &path, &Ring { packages: vec![package] });
    assert_eq!(rang, Rang::Answered);
    wait(&mut harness, |h| commands(h).contains(&ViewportCommand::Focus));
    wait(&mut harness, |h| h.query_by_label_contains("Xem trước khi nhập").is_some());
    drop(harness);
    assert_eq!(bell::ring(&bells, &path, &Ring { packages: Vec::new() }), Rang::Nobody);
}

#[test]
fn what_is_being_typed_is_stored_before_the_window_closes() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-tttt");
    let mut harness = open(folder.path(), Start::of_file(&path));
    wait(&mut harness, is_open);
    type_a_note(&mut harness, "đang đối chiếu");
    ask_to_close(&mut harness);
    harness.run_steps(1);
    let held = commands(&harness).contains(&ViewportCommand::CancelClose);
    assert!(held, "the window stays until the text is stored");
    wait(&mut harness, |h| commands(h).contains(&ViewportCommand::Close));
    drop(harness);
    let notes: Vec<String> =
        stored(&path).records.values().filter_map(|r| r.current().map(|c| c.body.note.clone())).collect();
    assert_eq!(notes, ["đang đối chiếu"]);
}

#[test]
fn a_window_with_nothing_on_its_way_closes_at_once() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-noi-vu");
    let mut harness = open(folder.path(), Start::of_file(&path));
    wait(&mut harness, is_open);
    harness.run_ok();
    std::thread::sleep(Duration::from_millis(300));
    harness.run_ok();
    ask_to_close(&mut harness);
    wait(&mut harness, |h| commands(h).contains(&ViewportCommand::Close));
    assert!(!commands(&harness).contains(&ViewportCommand::CancelClose));
}

#[test]
fn an_open_window_at_rest_asks_for_no_repaint() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-tttt");
    let mut harness = open(folder.path(), Start::of_file(&path));
    wait(&mut harness, is_open);
    harness.run_ok();
    std::thread::sleep(Duration::from_millis(300));
    harness.run_ok();
    harness.step();
    let delay = harness.output().viewport_output[&ViewportId::ROOT].repaint_delay;
    assert_eq!(delay, Duration::MAX);
}

#[test]
fn one_button_files_the_report_and_shows_where_the_package_lies() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-tttt");
    let mut harness = open(folder.path(), Start::of_file(&path));
    wait(&mut harness, is_open);
    type_a_note(&mut harness, "đã rà soát");
    // Going to another screen leaves the field: the note is stored.
    harness.key_press_modifiers(Modifiers::ALT, Key::Num1);
    wait(&mut harness, |h| !snapshot(h).records.is_empty());
    harness.key_press_modifiers(Modifiers::ALT, Key::Num3);
    wait(&mut harness, |h| h.query_by_label("Nộp và ghi gói dữ liệu").is_some());
    harness.get_by_label("Nộp và ghi gói dữ liệu").click();
    wait(&mut harness, |h| h.query_by_label_contains("Đã ghi gói").is_some());
    assert_eq!(snapshot(&harness).filings.len(), 1);
    let written = app(&harness).view().workspace.as_ref().unwrap().exported.clone().unwrap();
    assert!(written.files.iter().all(|f| f.is_file()));
    assert!(written.mail.is_some_and(|m| m.is_file()));
    assert!(written.mail_text.contains("Kính gửi"));
}

#[test]
fn a_drafted_edition_holds_the_window_until_it_is_written_and_is_one_undo_step() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-tttt");
    let mut harness = open(folder.path(), Start::of_file(&path));
    wait(&mut harness, is_open);
    harness.key_press_modifiers(Modifiers::ALT, Key::Num6);
    wait(&mut harness, |h| h.query_by_label("Cơ quan").is_some());
    harness.get_by_label("Cơ quan").click();
    wait(&mut harness, |h| h.query_by_label("Thêm cơ quan…").is_some());
    for (name, from) in [("Sở Mới", "01/01/2024"), ("Sở Mới nữa", "01/02/2024")] {
        harness.get_by_label("Thêm cơ quan…").click();
        wait(&mut harness, |h| h.query_by_label("Thêm vào thay đổi đang soạn").is_some());
        // The dialog takes its size in its first frames.
        harness.run_steps(5);
        for text in [name, from] {
            harness.event(egui::Event::Text(text.to_owned()));
            harness.run_steps(2);
            field(&harness, "Từ ngày").focus();
            harness.run_steps(2);
        }
        harness.get_by_label("Thêm vào thay đổi đang soạn").click();
        wait(&mut harness, |h| h.query_by_label("Thêm vào thay đổi đang soạn").is_none());
    }
    ask_to_close(&mut harness);
    wait(&mut harness, |h| h.query_by_label_contains("thay đổi đang soạn, chưa lập thành ấn bản").is_some());
    assert_eq!(snapshot(&harness).catalogue.plan.version, 1);
    harness.get_by_label("Ở lại để sửa").click();
    wait(&mut harness, |h| h.query_by_label("Ở lại để sửa").is_none());
    harness.get_by_label("Lập ấn bản mới").click();
    wait(&mut harness, |h| snapshot(h).catalogue.plan.version == 2);
    assert!(snapshot(&harness).catalogue.agency("so-moi-nua").is_some());
    assert_eq!(snapshot(&harness).operations.len(), 1);
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    wait(&mut harness, |h| snapshot(h).catalogue.plan.version == 1);
    assert!(snapshot(&harness).catalogue.agency("so-moi").is_none());
    ask_to_close(&mut harness);
    wait(&mut harness, |h| commands(h).contains(&ViewportCommand::Close));
}

#[test]
fn an_edition_goes_out_as_a_package_with_a_mail_draft_and_says_what_it_changed() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-tttt");
    let place = Place { machine: "PC-01", new_device: &mut || "x".to_owned() };
    let mut store = Store::open(&path, Access::Write, place).unwrap();
    let agency = "so-noi-vu".to_owned();
    let rename = Amendment::Rename { agency, name: "Sở Hai".to_owned(), short: String::new() };
    let mut ctx = ops::Context { officer: "Lê B", now: clock(), new_id: &mut || "op-1".to_owned() };
    ops::amend(&mut store, &mut ctx, &[rename]).unwrap();
    drop(store);
    let mut harness = open(folder.path(), Start::of_file(&path));
    wait(&mut harness, is_open);
    harness.key_press_modifiers(Modifiers::ALT, Key::Num6);
    wait(&mut harness, |h| h.query_by_label("Ấn bản").is_some());
    harness.get_by_label("Ấn bản").click();
    wait(&mut harness, |h| h.query_by_label_contains("Đổi tên “Sở Nội vụ” thành “Sở Hai”").is_some());
    harness.get_by_label("Xuất gói danh mục").click();
    wait(&mut harness, |h| app(h).view().workspace.as_ref().unwrap().issued.is_some());
    let issued = app(&harness).view().workspace.as_ref().unwrap().issued.clone().unwrap();
    assert!(issued.version == 2 && issued.file.is_file() && issued.mail.is_some_and(|mail| mail.is_file()));
    assert!(snapshot(&harness).editions[0].published.is_some());
    wait(&mut harness, |h| h.query_by_label_contains("Xuất gói lúc").is_some());
}

fn field<'h>(harness: &'h Harness<'static, Window>, name: &'h str) -> Node<'h> {
    let is_field = |n: &Node<'_>| n.accesskit_node().role() == egui::Role::TextInput;
    harness.query_all_by_label(name).find(is_field).unwrap()
}

/// Types into the note of the first record on the pillar screen, and stays in the field.
fn type_a_note(harness: &mut Harness<'static, Window>, text: &str) {
    harness.key_press_modifiers(Modifiers::ALT, Key::Num2);
    wait(harness, |h| note_field(h).is_some());
    note_field(harness).unwrap().focus();
    harness.run_steps(2);
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run_steps(2);
}

fn note_field<'h>(harness: &'h Harness<'static, Window>) -> Option<Node<'h>> {
    let is_field = |n: &Node<'_>| n.accesskit_node().role() == egui::Role::MultilineTextInput;
    harness.query_all_by_label("Ghi chú").find(is_field)
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}

#[test]
fn a_package_dropped_while_a_figure_is_open_is_looked_at_and_becomes_no_evidence() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-tttt");
    let mut harness = open(folder.path(), Start::of_file(&path));
    wait(&mut harness, is_open);
    type_a_note(&mut harness, "đã rà soát");
    let package = folder.path().join("DTI_so-noi-vu_2023-Q4_chinh-thuc.zip");
    std::fs::write(&package, b"PK").unwrap();
    harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(package)));
    let preview = |h: &Harness<'static, Window>| app(h).view().workspace.as_ref().unwrap().preview.clone();
    wait(&mut harness, |h| preview(h).is_some());
    assert_eq!(preview(&harness).unwrap().len(), 1);
    assert!(harness.query_by_label("Xem trước khi nhập").is_some(), "Gói nhận is shown");
    let attached = |s: &Snapshot| s.records.values().any(|r| r.heads.iter().any(|h| !h.body.evidence.is_empty()));
    assert!(!attached(&snapshot(&harness)));
}

#[test]
fn a_table_dropped_on_the_window_is_looked_at_recorded_as_it_was_seen_and_its_headings_are_remembered() {
    let folder = TempDir::new().unwrap();
    let path = workspace(folder.path(), "so-noi-vu");
    let mut harness = open(folder.path(), Start::of_file(&path));
    wait(&mut harness, is_open);
    let table = folder.path().join("lạ.csv");
    std::fs::write(&table, "Ký hiệu CT;Tử số;Mẫu số\nD08;17;20\n").unwrap();
    harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(table)));
    wait(&mut harness, |h| h.query_by_label("Ghi 1 mục").is_some());
    // The dialog takes its size in its first frames.
    harness.run_steps(5);
    assert!(snapshot(&harness).records.is_empty());
    harness.get_by_label("Ghi 1 mục").click();
    wait(&mut harness, |h| !snapshot(h).records.is_empty());
    wait(&mut harness, |h| h.query_by_label_contains("Nhập từ bảng: lạ.csv").is_none());
    let settings = Directories::portable(folder.path()).settings_file();
    wait(&mut harness, |_| !Settings::load(&settings).table_columns.is_empty());
    assert_eq!(Settings::load(&settings).table_columns[0].columns["Ký hiệu CT"], "item");
}

#[test]
fn a_catalogue_package_dropped_on_the_first_screen_offers_its_agencies() {
    let (_receiver, package) = crate::exchange::beginning::edition();
    let folder = TempDir::new().unwrap();
    let mut harness = open(folder.path(), Start::default());
    wait(&mut harness, |h| h.query_by_label_contains("Xem dữ liệu mẫu").is_some());
    harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(package.clone())));
    wait(&mut harness, |h| app(h).view().first_edition.is_some());
    assert!(app(&harness).view().catalogue().agency("tp-moi").is_some());
    let other = folder.path().join("khác.zip");
    std::fs::write(&other, b"PK").unwrap();
    harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(other)));
    wait(&mut harness, |h| h.query_by_label_contains("khác.zip").is_some());
    assert!(app(&harness).view().first_edition.is_some(), "what was read stays");
    drop(harness);
}

#[test]
fn a_catalogue_package_given_at_the_start_is_looked_at_only_in_a_file_that_has_not_begun_with_it() {
    let (_receiver, package) = crate::exchange::beginning::edition();
    let folder = TempDir::new().unwrap();
    let begun = folder.path().join("mới.dti");
    let first = dti::exchange::FirstEdition::read(&package).unwrap();
    drop(crate::exchange::beginning::begin(&begun, "tp-moi", &first).unwrap());
    let older = workspace(folder.path(), "so-noi-vu");
    for (file, looked_at) in [(begun, false), (older, true)] {
        let settings = TempDir::new().unwrap();
        let start = Start { workspace: None, packages: vec![package.clone()] };
        let mut harness = open(settings.path(), start);
        wait(&mut harness, |h| app(h).view().first_edition.is_some());
        harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(file)));
        wait(&mut harness, is_open);
        harness.run_steps(2);
        assert_eq!(harness.query_by_label("Chọn gói…").is_some(), looked_at, "the screen of packages");
    }
}
