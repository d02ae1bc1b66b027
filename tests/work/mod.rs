//! The worker: what each job answers, that failures change nothing, and that the next job is done whatever happened.

mod care;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};
use dti::catalogue::{Gone, SameNumber, Takeover};
use dti::exchange::Enclosure;
use dti::ops::Edit;
use dti::record::{Body, Content, Key, OperationKind, RequestedItem, TaskStatus};
use dti::report::Occasion;
use dti::store::backup::{self, Reason};
use dti::table::{ComponentReading, Reading, Remembered};
use dti::trust::{Answer, Case, KeyState, Standing};
use dti::work::{ChosenPackage, Event, Failure, Job, OpenedFor, Pixels, State, Stored, Worker};
use tempfile::TempDir;

use crate::support::official::{book_of, two_pillars};
use crate::support::{moment, period, ratio, task};

/// A PC with a worker and a folder of its own.
struct Pc {
    worker: Worker,
    folder: TempDir,
}

fn clock() -> DateTime<FixedOffset> {
    moment("2023-12-12T10:42:00+07:00")
}

impl Pc {
    fn new() -> Pc {
        Pc::at(clock)
    }

    fn at(clock: fn() -> DateTime<FixedOffset>) -> Pc {
        let folder = TempDir::new().unwrap();
        let worker = Worker::start(folder.path().join("xem"), clock, Arc::new(|| {})).unwrap();
        Pc { worker, folder }
    }

    /// A PC with a new workspace of `agency`, open.
    fn of(agency: &str) -> Pc {
        let mut pc = Pc::new();
        let path = pc.path("so-lieu.dti");
        let event =
            pc.ask(Job::Create { path, agency: agency.to_owned(), officer: "Lê Văn B".to_owned(), edition: None });
        assert!(matches!(event, Event::Opened { access: OpenedFor::Writing, .. }), "{event:?}");
        pc
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Sends a job and waits for the last word on it.
    fn ask(&mut self, job: Job) -> Event {
        let request = self.worker.send(job);
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(60) {
            match self.worker.report() {
                Some(report) if report.request != request => panic!("an answer to another job: {report:?}"),
                Some(report) if matches!(report.event, Event::Progress { .. }) => {}
                Some(report) => return report.event,
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        }
        panic!("no answer in a minute");
    }

    fn stored(&mut self, job: Job) -> (Stored, State) {
        match self.ask(job) {
            Event::Stored { outcome, state } => (outcome, state),
            other => panic!("not stored: {other:?}"),
        }
    }

    fn refused(&mut self, job: Job) -> String {
        match self.ask(job) {
            Event::Failed(Failure { text }) => text,
            other => panic!("not refused: {other:?}"),
        }
    }

    fn state(&mut self) -> State {
        match self.ask(Job::Show(period("2023-Q4"))) {
            Event::Shown(state) => state,
            other => panic!("not shown: {other:?}"),
        }
    }

    /// The period that its file opens at.
    fn opens_at(&mut self) -> dti::catalogue::PeriodId {
        match self.ask(Job::Open(self.path("so-lieu.dti"))) {
            Event::Opened { state, .. } => state.figures.period.id.clone(),
            other => panic!("not opened: {other:?}"),
        }
    }

    /// Files Q4 into the folder `goi` and gives the package.
    fn export(&mut self) -> PathBuf {
        self.state();
        let to = self.path("goi");
        let (outcome, _) =
            self.stored(Job::Export { period: period("2023-Q4"), recipient: None, to, limit_bytes: 20 << 20 });
        let Stored::Exported(exported) = outcome else { panic!("not exported") };
        exported.files[0].clone()
    }
}

fn key(item: &str, agency: &str) -> Key {
    Key::of_item(dti::catalogue::embedded(), item, agency, &period("2023-Q4")).unwrap()
}

fn edit(item: &str, agency: &str, content: Content) -> Edit {
    Edit { key: key(item, agency), body: Body::new(content), seen: Some(Vec::new()) }
}

/// An item that so-noi-vu leads, with progress on it.
fn progress() -> Edit {
    let catalogue = dti::catalogue::embedded();
    let item = catalogue.tasks.iter().find(|t| catalogue.includes(&t.lead, "so-noi-vu")).unwrap().id.clone();
    edit(&item, "so-noi-vu", task(TaskStatus::InProgress, Some(60)))
}

fn chosen(path: &Path, pc: &mut Pc) -> Vec<ChosenPackage> {
    match pc.ask(Job::Preview(vec![path.to_path_buf()])) {
        Event::Previewed(packages) => {
            packages.into_iter().map(|p| ChosenPackage { path: p.path, sha256: p.sha256 }).collect()
        }
        other => panic!("not previewed: {other:?}"),
    }
}

#[test]
fn an_entry_is_stored_and_the_new_state_comes_with_the_answer() {
    let mut pc = Pc::of("so-noi-vu");
    let before = pc.state().figures.statuses[0].reported.len();
    let (outcome, state) = pc.stored(Job::Save(vec![progress()]));
    assert_eq!(outcome, Stored::Entries);
    assert_eq!(state.figures.statuses[0].reported.len(), before + 1);
    assert_eq!(state.snapshot.records.len(), 1);
    assert_eq!(state.snapshot.operations[0].kind, OperationKind::Record);
    assert_eq!(state.snapshot.operations[0].time, clock());
}

#[test]
fn an_entry_against_heads_that_nobody_saw_is_refused_and_changes_nothing() {
    let mut pc = Pc::of("so-noi-vu");
    pc.stored(Job::Save(vec![progress()]));
    let digest = pc.state().snapshot.records.clone();
    let blind = Edit { body: Body::new(task(TaskStatus::Done, Some(100))), ..progress() };
    assert!(!pc.refused(Job::Save(vec![blind])).is_empty());
    assert_eq!(pc.state().snapshot.records, digest);
}

#[test]
fn a_lead_agency_asks_several_at_once_each_with_a_package_of_its_own() {
    let mut lead = Pc::of("so-noi-vu");
    let item = |item: &str| vec![RequestedItem { item: item.to_owned(), note: "theo biểu 02".to_owned() }];
    let asked = vec![("so-tttt".to_owned(), item("IV.2")), ("so-tai-chinh".to_owned(), item("II.2"))];
    let to = lead.path("yêu cầu");
    let (outcome, state) = lead.stored(Job::Request { period: period("2023-Q4"), asked, to });
    let Stored::Sent(sent) = outcome else { panic!("not sent") };
    let to: Vec<&str> = sent.iter().map(|s| s.notice.recipient.as_str()).collect();
    assert_eq!((to, state.snapshot.notices.len()), (vec!["so-tttt", "so-tai-chinh"], 2));
    assert!(sent.iter().all(|s| s.file.is_file() && s.mail.as_ref().is_some_and(|m| m.is_file())));
    assert_eq!(state.snapshot.operations.len(), 2, "each can be undone by itself");
}

#[test]
fn a_contribution_is_written_for_the_lead_and_leaves_the_report_to_be_filed() {
    let mut pc = Pc::of("tp-dong-ha");
    pc.stored(Job::Save(vec![edit("IV.2", "tp-dong-ha", task(TaskStatus::InProgress, Some(40)))]));
    let to = pc.path("goi");
    let recipient = Some("so-noi-vu".to_owned());
    let (outcome, state) = pc.stored(Job::Export { period: period("2023-Q4"), recipient, to, limit_bytes: 20 << 20 });
    let Stored::Exported(exported) = outcome else { panic!("not exported") };
    assert_eq!(exported.filing.recipient, "so-noi-vu");
    assert!(exported.files[0].ends_with("DTI_tp-dong-ha_phoi-hop_so-noi-vu_2023-Q4_chinh-thuc.zip"));
    assert!(state.snapshot.last_filing("tp-dong-ha", &period("2023-Q4")).is_none());
}

#[test]
fn a_file_that_is_not_there_is_named_and_the_next_job_is_done() {
    let mut pc = Pc::new();
    let missing = pc.path("không có.dti");
    assert!(pc.refused(Job::Open(missing)).contains("không có.dti"));
    let path = pc.path("so-lieu.dti");
    let event = pc.ask(Job::Create { path, agency: "so-noi-vu".to_owned(), officer: String::new(), edition: None });
    assert!(matches!(event, Event::Opened { .. }));
}

#[test]
fn without_a_file_every_job_that_needs_one_says_so() {
    let mut pc = Pc::new();
    for job in [Job::Redo, Job::Check, Job::Show(period("2023")), Job::Save(Vec::new())] {
        assert!(pc.refused(job).contains("Chưa mở tệp"));
    }
}

#[test]
fn a_file_that_is_open_elsewhere_opens_for_reading_and_says_why() {
    let mut first = Pc::of("so-noi-vu");
    first.stored(Job::Save(vec![progress()]));
    let mut second = Pc::new();
    match second.ask(Job::Open(first.path("so-lieu.dti"))) {
        Event::Opened { access: OpenedFor::Reading(why), state, .. } => {
            assert!(!why.is_empty());
            assert_eq!(state.snapshot.records.len(), 1);
        }
        other => panic!("{other:?}"),
    }
    assert!(!second.refused(Job::Undo(None)).is_empty(), "it can only be read");
}

#[test]
fn another_period_shows_its_own_figures() {
    let mut pc = Pc::of("so-noi-vu");
    pc.stored(Job::Save(vec![progress()]));
    let Event::Shown(state) = pc.ask(Job::Show(period("2023-Q3"))) else { panic!("not shown") };
    assert_eq!(state.figures.period.id, period("2023-Q3"));
    assert!(state.figures.statuses[0].reported.is_empty());
    assert!(state.figures.periods.contains(&period("2023-Q4")));
}

#[test]
fn a_file_opens_at_the_period_that_falls_due_and_years_later_where_its_work_is() {
    let mut pc = Pc::of("so-noi-vu");
    assert_eq!(pc.opens_at(), period("2023-Q4"), "nothing entered, and time left");
    let path = pc.path("so-lieu.dti");
    pc.stored(Job::Save(vec![progress()]));
    let mut later = Pc::at(|| moment("2026-11-25T08:00:00+07:00"));
    let Event::Opened { state, .. } = later.ask(Job::Open(path.clone())) else { panic!("not opened") };
    assert_eq!(state.figures.period.id, period("2023-Q4"));
    let mut next_quarter = Pc::at(|| moment("2024-02-01T08:00:00+07:00"));
    let Event::Opened { state, .. } = next_quarter.ask(Job::Open(path)) else { panic!("not opened") };
    assert_eq!(state.figures.period.id, period("2024-Q1"));
}

#[test]
fn an_operation_tells_what_it_changed_and_is_undone_and_redone() {
    let mut pc = Pc::of("so-noi-vu");
    let (_, state) = pc.stored(Job::Save(vec![progress()]));
    let operation = state.snapshot.operations[0].id.clone();
    let Event::Changes { changes, .. } = pc.ask(Job::Changes(operation.clone())) else { panic!("no changes") };
    assert_eq!(changes.len(), 1);
    assert!(changes[0].before.is_empty());
    assert_eq!(changes[0].after[0].body.content, task(TaskStatus::InProgress, Some(60)));
    let (outcome, state) = pc.stored(Job::Undo(Some(operation)));
    assert_eq!((outcome, state.snapshot.records.len()), (Stored::Undone, 0));
    let (outcome, state) = pc.stored(Job::Redo);
    assert_eq!((outcome, state.snapshot.records.len()), (Stored::Redone, 1));
}

#[test]
fn evidence_is_kept_and_comes_out_as_it_went_in() {
    let mut pc = Pc::of("so-noi-vu");
    let file = pc.path("quyết định.pdf");
    fs::write(&file, b"%PDF mau").unwrap();
    let key = progress().key;
    let (_, state) = pc.stored(Job::Attach { key: key.clone(), paths: vec![file] });
    let evidence = state.snapshot.record(&key).unwrap().current().unwrap().body.evidence[0].clone();
    assert_eq!(evidence.name, "quyết định.pdf");
    let Event::Written { path, .. } = pc.ask(Job::ViewEvidence(evidence)) else { panic!("not written") };
    assert_eq!(path.file_name().unwrap(), "quyết định.pdf");
    assert_eq!(fs::read(path).unwrap(), b"%PDF mau");
}

#[test]
fn a_cancelled_attachment_leaves_nothing_behind() {
    let mut pc = Pc::of("so-noi-vu");
    let file = pc.path("lớn.bin");
    fs::write(&file, vec![7; 1 << 20]).unwrap();
    // The next job is number 2: it hears of this before its first byte.
    pc.worker.cancel(2);
    let event = pc.ask(Job::Attach { key: progress().key, paths: vec![file] });
    assert!(matches!(event, Event::Cancelled), "{event:?}");
    let state = pc.state();
    assert!(state.snapshot.records.is_empty() && state.snapshot.operations.is_empty());
}

#[test]
fn a_report_travels_to_the_receiving_department_and_a_second_time_is_known() {
    let mut sender = Pc::of("so-noi-vu");
    sender.stored(Job::Save(vec![progress()]));
    let package = sender.export();
    assert!(package.is_file());
    let mut receiver = Pc::of("so-tttt");
    let packages = chosen(&package, &mut receiver);
    assert!(receiver.state().snapshot.records.is_empty(), "a preview changes nothing");
    let (outcome, state) = receiver.stored(Job::Import(packages.clone()));
    let Stored::Imported(imported) = outcome else { panic!("not imported") };
    assert_eq!(imported[0].rows.new, 1);
    assert_eq!(state.snapshot.records.len(), 1);
    assert_eq!(state.snapshot.received.len(), 1);
    let Event::Previewed(again) = receiver.ask(Job::Preview(vec![package])) else { panic!("not previewed") };
    assert!(again[0].known);
    let operations = state.snapshot.operations.len();
    let (_, state) = receiver.stored(Job::Import(packages));
    assert_eq!(state.snapshot.operations.len(), operations);
}

#[test]
fn a_package_that_changed_after_its_preview_is_not_merged() {
    let mut sender = Pc::of("so-noi-vu");
    sender.stored(Job::Save(vec![progress()]));
    let package = sender.export();
    let mut receiver = Pc::of("so-tttt");
    let packages = chosen(&package, &mut receiver);
    let mut bytes = fs::read(&package).unwrap();
    bytes.push(0);
    fs::write(&package, bytes).unwrap();
    assert!(receiver.refused(Job::Import(packages)).contains("xem trước lại"));
    let state = receiver.state();
    assert!(state.snapshot.records.is_empty() && state.snapshot.received.is_empty());
}

#[test]
fn filing_again_without_a_change_writes_the_same_bytes() {
    let mut pc = Pc::of("so-noi-vu");
    pc.stored(Job::Save(vec![progress()]));
    let package = pc.export();
    let first = fs::read(&package).unwrap();
    fs::remove_file(&package).unwrap();
    assert_eq!(fs::read(pc.export()).unwrap(), first);
    assert_eq!(pc.state().snapshot.filings.len(), 1);
}

#[test]
fn an_official_table_is_read_against_the_catalogue_that_was_given_and_changes_nothing() {
    let mut pc = Pc::of("so-tttt");
    let base = pc.state().snapshot.catalogue.clone();
    let path = pc.path("bang.xlsx");
    fs::write(&path, book_of(&two_pillars())).unwrap();
    let how = Takeover { from: "2023-01-01".parse().unwrap(), same_number: SameNumber::Ask, gone: Gone::Keep };
    let job = Job::ReadComponents { path, reading: ComponentReading::default(), how, base };
    let Event::ComponentsRead(read) = pc.ask(job) else { panic!("not read") };
    let amendments = read.table.unwrap().amendments;
    assert_eq!(amendments.len(), 5);
    assert_eq!(pc.state().snapshot.catalogue.plan.version, 1);
    assert_eq!(pc.stored(Job::Amend(amendments)).0, Stored::Amended);
    assert!(pc.state().snapshot.catalogue.indicator("C101").is_some());
}

/// What the rows of a table would record, as they were seen.
fn table(pc: &mut Pc, path: &Path) -> (Vec<Edit>, usize) {
    let reading = Job::ReadTable { path: path.to_owned(), reading: Reading::default(), remembered: Remembered::new() };
    let Event::TableRead { preview, .. } = pc.ask(reading) else { panic!("not read") };
    let loading = preview.unwrap().result.unwrap().loading;
    let edit = |row: dti::table::Row| Edit { key: row.key, body: row.body, seen: Some(row.seen) };
    (loading.rows.into_iter().map(edit).collect(), loading.rejected.len())
}

#[test]
fn the_rows_of_a_table_are_recorded_as_they_were_seen_and_not_over_what_came_since() {
    let mut pc = Pc::of("so-tttt");
    pc.state();
    let path = pc.path("so-lieu.csv");
    fs::write(&path, "\u{feff}Mã;Tử số;Mẫu số\r\nM01;14;13\r\nX99;1;2\r\n").unwrap();
    let (edits, rejected) = table(&mut pc, &path);
    assert_eq!((edits.len(), rejected), (1, 1));
    assert!(pc.state().snapshot.records.is_empty(), "reading records nothing");
    let load = |edits| Job::Load { subject: "so-lieu.csv".to_owned(), edits };
    let (outcome, state) = pc.stored(load(edits.clone()));
    assert_eq!(outcome, Stored::Loaded { records: 1 });
    let record = state.snapshot.record(&key("M01", "so-tttt")).unwrap();
    assert_eq!(record.current().unwrap().body.content, ratio(14, 13));

    pc.refused(load(edits));
    let (edits, _) = table(&mut pc, &path);
    assert_eq!(pc.stored(load(edits)).0, Stored::Loaded { records: 0 });
}

#[test]
fn forms_and_reminders_are_written_for_all_in_one_go_and_never_over_what_is_there() {
    let mut pc = Pc::of("so-tttt");
    pc.state();
    let (to, agencies) = (pc.path("gửi"), vec!["so-noi-vu".to_owned(), "tp-dong-ha".to_owned()]);
    let written = |event| match event {
        Event::PapersWritten { files, .. } => files,
        other => panic!("not written: {other:?}"),
    };
    let forms = written(pc.ask(Job::MakeForms { agencies: agencies.clone(), to: to.clone() }));
    let remind = Job::Remind { agencies: agencies.clone(), enclosure: Enclosure::Form, to: to.clone() };
    let letters = written(pc.ask(remind.clone()));
    assert!(forms.len() == 2 && letters.len() == 2 && forms.iter().chain(&letters).all(|f| f.is_file()));
    let text = pc.refused(remind);
    assert!(text.contains("Đã có") && text.contains("don-doc_so-noi-vu_2023-Q4.eml"), "{text}");
    assert_eq!(fs::read_dir(&to).unwrap().count(), 4);
}

#[test]
fn a_template_of_the_officers_own_is_used_for_that_letter_until_it_is_reset() {
    let mut pc = Pc::of("so-tttt");
    pc.state();
    let set = |text: &str| Job::SetTemplate { occasion: Occasion::Reminder, text: text.to_owned() };
    let (_, state) = pc.stored(set("Nhac {nơi_nhận}\n\nXin chao, han {hạn}"));
    assert!(state.templates.text(Occasion::Reminder).starts_with("Nhac"));
    assert_eq!(state.templates.text(Occasion::Filing), Occasion::Filing.original());
    let to = pc.path("gửi");
    pc.ask(Job::Remind { agencies: vec!["so-noi-vu".to_owned()], enclosure: Enclosure::Nothing, to: to.clone() });
    let draft = fs::read_to_string(to.join("don-doc_so-noi-vu_2023-Q4.eml")).unwrap();
    assert!(draft.contains("han 25/12/2023"), "{draft}");
    let (_, state) = pc.stored(set(""));
    assert_eq!(state.templates.text(Occasion::Reminder), Occasion::Reminder.original());
}

#[test]
fn a_sound_file_is_said_to_be_sound_and_its_backup_opens() {
    let mut pc = Pc::of("so-noi-vu");
    pc.stored(Job::Save(vec![progress()]));
    assert!(matches!(pc.ask(Job::Check), Event::Checked(damage) if damage.is_empty()));
    let copy = pc.path("sao-luu.dti");
    assert!(matches!(pc.ask(Job::Backup(copy.clone())), Event::Written { .. }));
    let Event::Opened { state, .. } = pc.ask(Job::Open(copy)) else { panic!("not opened") };
    assert_eq!(state.snapshot.records.len(), 1);
}

#[test]
fn a_picture_is_written_as_png() {
    let mut pc = Pc::new();
    let to = pc.path("biểu đồ.png");
    let picture = Pixels { width: 2, height: 1, rgba: vec![255, 0, 0, 255, 0, 0, 255, 255] };
    assert!(matches!(pc.ask(Job::SavePicture { picture, to: to.clone() }), Event::Written { .. }));
    let mut reader = png::Decoder::new(std::io::BufReader::new(fs::File::open(to).unwrap())).read_info().unwrap();
    let mut rgba = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut rgba).unwrap();
    assert_eq!(rgba, [255, 0, 0, 255, 0, 0, 255, 255]);
}

#[test]
fn what_was_sent_is_done_before_the_worker_ends() {
    let mut pc = Pc::of("so-noi-vu");
    pc.worker.send(Job::Save(vec![progress()]));
    let Pc { worker, folder } = pc;
    drop(worker);
    let mut again = Pc::new();
    let Event::Opened { state, .. } = again.ask(Job::Open(folder.path().join("so-lieu.dti"))) else {
        panic!("not opened")
    };
    assert_eq!(state.snapshot.records.len(), 1);
}

#[test]
fn only_the_receiving_department_has_the_matrix_and_the_province() {
    let mut sender = Pc::of("so-noi-vu");
    let figures = sender.state().figures;
    assert!(figures.matrix.is_empty() && figures.province.is_none());
    let mut receiver = Pc::of("so-tttt");
    let figures = receiver.state().figures;
    assert!(figures.province.is_some());
    assert!(figures.matrix.len() > 1);
    let due = |p| dti::catalogue::embedded().period(p).due_before;
    assert!(figures.matrix.windows(2).all(|w| due(&w[0].period) <= due(&w[1].period)), "oldest first");
}

#[test]
fn a_key_that_was_only_previewed_can_be_confirmed() {
    let mut sender = Pc::of("so-noi-vu");
    sender.stored(Job::Save(vec![progress()]));
    let package = sender.export();
    let mut receiver = Pc::of("so-tttt");
    receiver.stored(Job::SetPolicy(Case::New, Answer::Refuse));
    let Event::Previewed(mut before) = receiver.ask(Job::Preview(vec![package.clone()])) else {
        panic!("not previewed")
    };
    let before = before.remove(0);
    assert!(before.refused.is_some());
    assert_eq!((before.standing, before.agency.as_deref()), (Some(Standing::First), Some("so-noi-vu")));
    let signer = before.signer.unwrap();
    let (outcome, state) = receiver.stored(Job::ConfirmKey(signer.clone()));
    assert_eq!(outcome, Stored::Key);
    let known = state.snapshot.trust.known.iter().find(|k| k.agency == "so-noi-vu").unwrap();
    assert!(matches!(&known.state, KeyState::Confirmed { officer, .. } if officer == "Lê Văn B"), "{known:?}");
    let Event::Previewed(after) = receiver.ask(Job::Preview(vec![package])) else { panic!("not previewed") };
    assert_eq!((after[0].refused.clone(), after[0].standing), (None, Some(Standing::Confirmed)));
    assert_eq!(after[0].signer, Some(signer));
}

#[test]
fn a_backup_is_made_beside_the_file_and_one_that_fails_is_said_without_stopping_the_work() {
    let mut pc = Pc::of("so-noi-vu");
    let Event::BackedUp { made: true, backups: made, .. } = pc.ask(Job::BackUp(Reason::Opening)) else {
        panic!("not made")
    };
    assert_eq!(made, backup::list(&pc.path("so-lieu.dti")));
    assert_eq!(made.iter().map(|b| b.reason).collect::<Vec<_>>(), [Reason::Opening]);

    let folder = backup::folder(&pc.path("so-lieu.dti"));
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    let text = pc.refused(Job::BackUp(Reason::Work));
    assert!(text.contains("Chưa sao lưu tự động được"), "{text}");
    assert!(matches!(pc.ask(Job::Check), Event::Checked(damage) if damage.is_empty()));
}

#[test]
fn a_new_agency_begins_with_the_catalogue_package_as_it_was_shown() {
    let (_receiver, package) = crate::exchange::beginning::edition();
    let mut pc = Pc::new();
    let Event::EditionRead(first) = pc.ask(Job::ReadEdition(package.clone())) else { panic!("not read") };
    assert!(first.catalogue().agency("tp-moi").is_some());
    let path = pc.path("moi.dti");
    let create = |sha256: &str| Job::Create {
        path: path.clone(),
        agency: "tp-moi".to_owned(),
        officer: "Lê Văn B".to_owned(),
        edition: Some(ChosenPackage { path: package.clone(), sha256: sha256.to_owned() }),
    };
    let refused = pc.refused(create(&"0".repeat(64)));
    assert!(refused.contains("đã thay đổi sau khi xem") && !path.exists(), "{refused}");
    let Event::Opened { state, .. } = pc.ask(create(first.sha256())) else { panic!("not opened") };
    assert_eq!((state.snapshot.agency.as_str(), state.snapshot.catalogue.plan.version), ("tp-moi", 2));
    let report = pc.path("khong-co.zip");
    assert!(pc.refused(Job::ReadEdition(report)).contains("khong-co.zip"));
}

#[test]
fn a_report_that_was_filed_before_its_mail_could_not_be_written_is_shown_as_filed() {
    let mut pc = Pc::of("so-noi-vu");
    pc.stored(Job::Save(vec![progress()]));
    pc.state();
    // A folder where the mail draft is to be.
    fs::create_dir_all(pc.path("goi/DTI_so-noi-vu_2023-Q4_chinh-thuc.eml/x")).unwrap();
    let to = pc.path("goi");
    let event = pc.ask(Job::Export { period: period("2023-Q4"), recipient: None, to, limit_bytes: 20 << 20 });
    let Event::Interrupted { text, state } = event else { panic!("{event:?}") };
    assert_eq!(state.snapshot.filings.len(), 1);
    assert!(text.contains(".eml"), "{text}");
    assert_eq!(pc.state().snapshot.filings.len(), 1, "the worker knows it too");
}

#[test]
fn an_import_that_is_stopped_half_way_says_so_and_shows_what_was_merged() {
    let senders = ["so-noi-vu", "so-tai-chinh"].map(|agency| {
        let mut sender = Pc::of(agency);
        sender.stored(Job::Save(vec![edit("M05", agency, ratio(1, 2))]));
        let package = sender.export();
        (sender, package)
    });
    let (told, heard) = std::sync::mpsc::channel();
    let (go, going) = std::sync::mpsc::channel::<()>();
    let (armed, going) = (Arc::new(AtomicUsize::new(usize::MAX)), std::sync::Mutex::new(going));
    let wake = {
        let armed = armed.clone();
        Arc::new(move || match armed.fetch_add(1, Ordering::SeqCst) {
            // So long that the second package's turn is reported as well.
            1 => std::thread::sleep(Duration::from_millis(150)),
            2 => {
                told.send(()).unwrap();
                going.lock().unwrap().recv().unwrap();
            }
            _ => {}
        })
    };
    let folder = TempDir::new().unwrap();
    armed.store(1 << 20, Ordering::SeqCst);
    let worker = Worker::start(folder.path().join("xem"), clock, wake).unwrap();
    let mut receiver = Pc { worker, folder };
    let path = receiver.path("so-lieu.dti");
    receiver.ask(Job::Create { path, agency: "so-tttt".to_owned(), officer: String::new(), edition: None });
    let both: Vec<ChosenPackage> = senders.iter().flat_map(|(_, package)| chosen(package, &mut receiver)).collect();
    armed.store(1, Ordering::SeqCst);
    let request = receiver.worker.send(Job::Import(both));
    heard.recv().unwrap();
    receiver.worker.cancel(request);
    go.send(()).unwrap();
    let event = loop {
        match receiver.worker.report() {
            Some(report) if matches!(report.event, Event::Progress { .. }) => {}
            Some(report) => break report.event,
            None => std::thread::yield_now(),
        }
    };
    let Event::Interrupted { text, state } = event else { panic!("{event:?}") };
    assert_eq!(state.snapshot.records.len(), 1);
    assert!(text.contains("1 thao tác"), "{text}");
}

#[test]
fn the_report_that_was_asked_for_is_filed_whatever_period_is_shown_by_then() {
    let mut pc = Pc::of("so-noi-vu");
    pc.stored(Job::Save(vec![progress()]));
    pc.ask(Job::Show(period("2023-Q3")));
    let to = pc.path("goi");
    let export = Job::Export { period: period("2023-Q4"), recipient: None, to, limit_bytes: 20 << 20 };
    let (outcome, _) = pc.stored(export);
    let Stored::Exported(exported) = outcome else { panic!("not exported") };
    assert_eq!(exported.filing.period, period("2023-Q4"));
}
