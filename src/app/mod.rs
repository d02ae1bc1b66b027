//! The glue: fills the window's [`ui::View`] from the worker's events, and carries out the window's commands.
//!
//! The only module that sees both `ui` and `work`. A frame never waits here: files, database and dialogs are elsewhere.

mod asking;
mod command_handling;
mod leaving;
mod logic;
mod messages;
mod tables;
mod window;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use chrono::{DateTime, FixedOffset, TimeDelta};
use egui::{Context, Ui};

use crate::catalogue;
use crate::platform::bell::{Bell, Ring};
use crate::platform::dialogs::Dialogs;
use crate::platform::{Directories, Settings, crash, here};
use crate::store::backup::Reason;
use crate::table::Reading;
use crate::ui::theme::{self, TextSize, Theme};
use crate::ui::{self, Graphics, MessageKind, View};
use crate::work::{Clock, Job, Pixels, Request, Worker};

use asking::Purpose;
use leaving::Leaving;

pub use window::open;

/// Work between two backups.
const BACKUP_EVERY: TimeDelta = TimeDelta::minutes(30);

/// The running window.
pub struct App {
    view: View,
    state: ui::State,
    worker: Worker,
    dialogs: Dialogs<Purpose>,
    /// Where the desktop has no dialog: what the path typed in the window is for.
    pending: Option<Purpose>,
    questions: u64,
    /// Jobs not answered yet.
    sent: BTreeMap<Request, Sent>,
    settings: Settings,
    directories: Directories,
    clock: Clock,
    /// How a second start calls this window; none where the system does not allow it.
    bell: Option<Bell>,
    /// What comes from aside, from other threads.
    asides: (Sender<Aside>, Receiver<Aside>),
    /// The job whose progress is shown.
    busy: Option<Request>,
    /// When the present message goes by itself.
    message_ends: Option<Instant>,
    leaving: Option<Leaving>,
    /// When this file was last backed up by itself.
    backed_up: Option<DateTime<FixedOffset>>,
    /// Frames since nothing was on its way any more, while leaving.
    idle_frames: u8,
    /// Packages to look at as soon as a workspace is open.
    awaited: Vec<PathBuf>,
    /// The paths of the preview shown, to read them again when the workspace changes.
    previewed: Vec<PathBuf>,
    /// The table that is shown or being read, and how.
    table: Option<(PathBuf, Reading)>,
}

/// Something from another thread than the worker's.
enum Aside {
    /// A second start for the workspace that is open here.
    Rung(Ring),
    /// Something to tell the officer.
    Notice(String),
    /// A picture of a part of the window, waiting for a place.
    Picture { name: String, picture: Pixels },
}

/// A job on its way.
struct Sent {
    /// What its progress is called.
    title: &'static str,
    topic: Topic,
}

/// Of answers on one topic only the newest request's counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    /// Each answer counts.
    Each,
    /// An answer to [`ui::Command::Save`]: the window counts them.
    Save,
    History,
    Changes,
    Preview,
    Table,
    /// Rows of a table to be recorded.
    Load,
}

/// What to open at the start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Start {
    /// A workspace; the last one where there is none.
    pub workspace: Option<PathBuf>,
    /// Packages to show in Gói nhận.
    pub packages: Vec<PathBuf>,
}

/// What the window gets from outside.
pub struct Surroundings {
    pub directories: Directories,
    pub settings: Settings,
    pub clock: Clock,
}

impl Start {
    /// A package is looked at in the last workspace; any other file is a workspace.
    pub fn of_file(file: &Path) -> Start {
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_path_buf());
        match file.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip")) {
            true => Start { workspace: None, packages: vec![file] },
            false => Start { workspace: Some(file), packages: Vec::new() },
        }
    }
}

impl App {
    /// Sets the look, starts the worker and has it open what there is to open.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn new(ctx: &Context, start: Start, surroundings: Surroundings) -> std::io::Result<App> {
        let Surroundings { directories, settings, clock } = surroundings;
        let wake = {
            let ctx = ctx.clone();
            Arc::new(move || ctx.request_repaint())
        };
        let view = first_view(&settings, clock());
        let asides = channel();
        let bell = {
            let (aside, wake) = (asides.0.clone(), wake.clone());
            let rung = move |ring| {
                if aside.send(Aside::Rung(ring)).is_ok() {
                    wake();
                }
            };
            Bell::new(directories.bell_folder(), here::new_id(), rung)
        };
        theme::install(ctx);
        theme::apply(ctx, view.settings.theme, view.settings.text_size);
        let mut app = App {
            view,
            state: ui::State::default(),
            worker: Worker::start(directories.viewing_folder(), clock, wake.clone())?,
            dialogs: Dialogs::new(wake),
            pending: None,
            questions: 0,
            sent: BTreeMap::new(),
            settings,
            directories,
            clock,
            bell: bell.inspect_err(|e| log::warn!("no bell: {e}")).ok(),
            asides,
            busy: None,
            message_ends: None,
            leaving: None,
            backed_up: None,
            idle_frames: 0,
            awaited: start.packages,
            previewed: Vec::new(),
            table: None,
        };
        app.tell_of_crash();
        if let Some(file) = start.workspace.or_else(|| app.settings.recent.first().cloned()) {
            app.send(Job::Open(file), "Mở tệp", Topic::Each);
        } else if let Some(package) = app.awaited.first().cloned() {
            // Without a file there is one use for a package: to begin one with.
            app.read_edition(package);
        }
        Ok(app)
    }

    /// Draws one frame and carries out what it asked for. [`App::update`] comes before it.
    pub fn frame(&mut self, ui: &mut Ui) {
        for command in ui::show(ui, &self.view, &mut self.state) {
            self.carry_out(ui.ctx(), command);
        }
        self.take_dropped(ui.ctx());
    }

    pub fn view(&self) -> &View {
        &self.view
    }

    fn send(&mut self, job: Job, title: &'static str, topic: Topic) {
        let request = self.worker.send(job);
        self.sent.insert(request, Sent { title, topic });
    }

    /// Has the open file backed up, in the folder beside it.
    fn back_up(&mut self, reason: Reason) {
        self.backed_up = Some(self.view.now);
        self.send(Job::BackUp(reason), "Sao lưu", Topic::Each);
    }

    /// Once in half an hour of work: before that, at most so much typing depends on one file. A clock that was set back
    /// makes it due as well.
    fn back_up_if_due(&mut self) {
        if self.backed_up.is_none_or(|last| (self.view.now - last).abs() >= BACKUP_EVERY) {
            self.back_up(Reason::Work);
        }
    }

    /// Tells of a crash that nobody was told of yet. What had been stored then is still there.
    fn tell_of_crash(&mut self) {
        if let Some(report) = crash::take_report(&self.directories.crash_folder()) {
            let text = format!(
                "Lần trước chương trình dừng đột ngột; số liệu đã lưu vẫn còn. Báo cáo lỗi ở {}: gửi cho người hỗ trợ",
                report.display()
            );
            self.tell(MessageKind::Warning, text);
        }
    }

    /// Stores the settings, through the worker: they are a file as well.
    fn store_settings(&mut self) {
        let job = Job::StoreSettings { settings: self.settings.clone(), to: self.directories.settings_file() };
        self.send(job, "Ghi cài đặt", Topic::Each);
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.update(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}

/// Nothing is open yet.
fn first_view(settings: &Settings, now: DateTime<FixedOffset>) -> View {
    View {
        workspace: None,
        catalogue: Arc::new(catalogue::embedded().clone()),
        now,
        busy: None,
        message: None,
        answered: 0,
        settings: shown(settings),
        recent: settings.recent.clone(),
        question: None,
        trouble: None,
        rescued: None,
        first_edition: None,
    }
}

/// The settings as the window shows them.
fn shown(settings: &Settings) -> ui::Settings {
    ui::Settings {
        theme: Theme::parse(&settings.theme).unwrap_or_default(),
        text_size: TextSize::parse(&settings.text_size).unwrap_or_default(),
        export_folder: settings.package_folder.clone(),
        limit_mb: settings.mail_limit_mb,
        backup_folder: settings.backup_folder.clone(),
        graphics: settings.renderer.map_or(Graphics::Automatic, window::graphics_of),
        graphics_offered: window::graphics_offered(),
    }
}

/// Everything around the window on this PC.
pub fn surroundings() -> Surroundings {
    let directories = Directories::find();
    let settings = Settings::load(&directories.settings_file());
    Surroundings { directories, settings, clock: here::now }
}
