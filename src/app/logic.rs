//! Between frames: takes the worker's events, the dialogs' answers and dropped files, and brings the view up to date.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, ViewportCommand};

use super::leaving::Leaving;
use super::{App, Aside, Sent, Topic, messages, tables};
use crate::exchange::FirstEdition;
use crate::platform::bell::Ring;
use crate::platform::place::Concern;
use crate::store::Backup;
use crate::store::backup::Reason;
use crate::table::Reading;
use crate::text::is_package_name;
use crate::ui::{self, Access, Busy, Message, MessageKind, PreviewPackage, Rescued, Screen, Trouble, Verdict};
use crate::words;
use crate::work::{self, Event, Job, OpenedFor, Previewed, Report, State, Stored, WrittenFile};

/// How long a message stays that needs no answer.
const MESSAGE_STAYS: Duration = Duration::from_secs(8);

impl App {
    /// Everything that happened since the last frame.
    pub fn update(&mut self, ctx: &Context) {
        self.view.now = (self.clock)();
        while let Some(report) = self.worker.report() {
            self.take(report);
        }
        while let Some(answer) = self.dialogs.answer() {
            self.take_answer(answer);
        }
        while let Ok(aside) = self.asides.1.try_recv() {
            match aside {
                Aside::Rung(ring) => self.come_forward(ctx, ring),
                Aside::Notice(text) => self.tell(MessageKind::Warning, text),
                Aside::Picture { name, picture } => self.ask_where_to_save_picture(&name, picture),
            }
        }
        self.end_message(ctx);
        self.leave_if_ready(ctx);
    }

    fn take(&mut self, report: Report) {
        let Report { request, event } = report;
        if let Event::Progress { done, total } = event {
            if let Some(sent) = self.sent.get(&request) {
                self.view.busy = Some(Busy { title: sent.title.to_owned(), done, total });
                self.busy = Some(request);
            }
            return;
        }
        let Some(sent) = self.sent.remove(&request) else { return };
        if self.busy == Some(request) {
            self.busy = None;
            self.view.busy = None;
        }
        if sent.topic == Topic::Save {
            self.view.answered += 1;
        }
        // A newer request on the same topic is on its way: this answer is no longer asked for.
        let newer = |other: &Sent| other.topic == sent.topic;
        if matches!(sent.topic, Topic::History | Topic::Changes | Topic::Preview | Topic::Table)
            && self.sent.values().any(newer)
        {
            return;
        }
        let failed = matches!(event, Event::Failed(_));
        self.apply(event);
        match sent.topic {
            // What it was read on has moved: it is shown again as it would be now.
            Topic::Load if failed => self.read_table_again(),
            Topic::Table if failed => self.close_table(),
            _ => {}
        }
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::Opened { path, access, concern, state } => self.opened(path, access, concern, state),
            Event::Closed => self.closed(),
            Event::EditionRead(first) => {
                self.view.message = None;
                self.view.first_edition = Some(first_edition(&first));
            }
            Event::Unreadable { path, why, rescuable, backups } => {
                self.closed();
                let backups = backups.into_iter().map(backup).collect();
                self.view.trouble = Some(Trouble { file: path, why, rescuable, backups });
            }
            Event::BackedUp { reason, made, backups } => {
                self.show_backups(backups);
                if reason == Reason::Hand {
                    self.tell(MessageKind::Done, messages::backed_up(made).to_owned());
                }
            }
            Event::Backups(backups) => self.show_backups(backups),
            Event::Restored { path, kept, missing } => {
                let kind = if missing.is_empty() { MessageKind::Done } else { MessageKind::Warning };
                self.tell(kind, words::restored(kept.as_deref(), &missing));
                self.send(Job::Open(path), "Mở tệp", Topic::Each);
            }
            Event::Rescued { path, saved, lost } => self.view.rescued = Some(Rescued { file: path, saved, lost }),
            Event::Stored { outcome, state } => self.stored(outcome, state),
            Event::Interrupted { text, state } => {
                self.show(state);
                self.read_again();
                self.tell(MessageKind::Warning, text);
            }
            Event::Shown(state) => {
                self.show(state);
                self.read_table_again();
            }
            Event::History { key, revisions } => {
                if let Some(workspace) = &mut self.view.workspace {
                    workspace.history = Some((key, revisions));
                }
            }
            Event::Changes { operation, changes } => {
                if let Some(workspace) = &mut self.view.workspace {
                    workspace.changes = Some((operation, changes.into_iter().map(change).collect()));
                }
            }
            Event::Editions(editions) => {
                if let Some(workspace) = &mut self.view.workspace {
                    workspace.editions = Some(editions.into_iter().map(edition).collect());
                }
            }
            Event::Previewed(packages) => {
                if let Some(workspace) = &mut self.view.workspace {
                    workspace.preview = Some(packages.into_iter().map(package).collect());
                }
            }
            Event::TableRead { path, preview } => self.show_table(path, *preview),
            Event::ComponentsRead(read) => self.show_components(*read),
            Event::PapersWritten { papers, files } => self.papers_written(papers, files),
            Event::Written { path, file } => self.written(path, file),
            Event::Checked(damage) => {
                let (kind, text) = messages::checked(&damage);
                if let Some(workspace) = &mut self.view.workspace {
                    workspace.checked = Some(damage);
                }
                self.tell(kind, text);
            }
            Event::Cancelled => self.tell(MessageKind::Info, "Đã huỷ; không có gì thay đổi".to_owned()),
            Event::Superseded | Event::Quiet | Event::Progress { .. } => {}
            Event::Failed(failure) => self.tell(MessageKind::Error, failure.text),
        }
    }

    fn opened(&mut self, path: PathBuf, access: OpenedFor, concern: Option<Concern>, state: State) {
        self.settings.remember(&path);
        self.view.recent.clone_from(&self.settings.recent);
        self.store_settings();
        self.state = ui::State::default();
        self.table = None;
        self.view.trouble = None;
        self.view.rescued = None;
        if let Some(first) =
            self.view.first_edition.take().filter(|f| f.catalogue.hash == state.snapshot.catalogue.hash)
        {
            // The file has it in it.
            self.awaited.retain(|package| *package != first.file);
        }
        let access = match access {
            OpenedFor::Writing => {
                if let Some(Err(error)) = self.bell.as_mut().map(|bell| bell.hang(&path)) {
                    log::warn!("no note for the bell: {error}");
                }
                if let Some(concern) = concern {
                    self.tell(MessageKind::Warning, words::concern(concern).to_owned());
                }
                self.back_up(Reason::Opening);
                Access::Write
            }
            OpenedFor::Reading(why) => {
                self.tell(MessageKind::Warning, format!("{why}. Tệp được mở để xem, không nhập được"));
                self.send(Job::Backups, "Xem các bản sao lưu", Topic::Each);
                Access::Read
            }
            OpenedFor::Rescuing(why) => {
                self.tell(MessageKind::Error, format!("{why}. Tệp được mở để xem, không nhập được"));
                self.state.screen = Screen::Settings;
                self.send(Job::Backups, "Xem các bản sao lưu", Topic::Each);
                Access::Damaged
            }
        };
        self.view.workspace = Some(workspace(path, access, state));
        let packages = std::mem::take(&mut self.awaited);
        if !packages.is_empty() {
            self.preview(packages);
        }
    }

    fn closed(&mut self) {
        if let Some(bell) = &mut self.bell {
            bell.take_down();
        }
        self.view.workspace = None;
        self.view.rescued = None;
        self.state = ui::State::default();
    }

    fn show_backups(&mut self, backups: Vec<Backup>) {
        if let Some(workspace) = &mut self.view.workspace {
            workspace.backups = backups.into_iter().map(backup).collect();
        }
    }

    /// A new state of the workspace: everything derived from it is out of date.
    fn stored(&mut self, outcome: Stored, state: State) {
        self.show(state);
        self.back_up_if_due();
        let now = self.view.now;
        let Some(workspace) = &mut self.view.workspace else { return };
        workspace.saved_at = Some(now);
        workspace.checked = None;
        if outcome == Stored::Key && workspace.preview.is_some() {
            // What was refused for its key may be good now.
            let paths = self.previewed.clone();
            self.preview(paths);
            return;
        }
        if let Stored::Exported(exported) = &outcome {
            workspace.exported = Some(ui::Exported {
                filing: exported.filing.clone(),
                files: exported.files.clone(),
                mail: exported.mail.clone(),
                mail_text: exported.mail_text.clone(),
            });
        }
        if let Stored::Issued(issued) = &outcome {
            workspace.issued = Some(ui::Issued {
                version: issued.version,
                file: issued.file.clone(),
                mail: issued.mail.clone(),
                mail_text: issued.mail_text.clone(),
            });
        }
        if let Stored::Sent(sent) = &outcome {
            workspace.sent = sent.iter().map(shown).collect();
        }
        if let Stored::Imported(_) = outcome {
            workspace.preview = None;
            self.previewed.clear();
        }
        if let Stored::Loaded { .. } = outcome {
            self.close_table();
        }
        self.read_again();
        if let Some((kind, text)) = messages::stored(&outcome, &self.view) {
            self.tell(kind, text);
        }
    }

    /// What is shown and was worked out from heads that may have moved.
    fn read_again(&mut self) {
        let Some(workspace) = &self.view.workspace else { return };
        let history = workspace.history.as_ref().map(|(key, _)| key.clone());
        if workspace.preview.is_some() {
            self.send(Job::Preview(self.previewed.clone()), "Đọc gói", Topic::Preview);
        }
        self.read_table_again();
        if let Some(key) = history {
            self.send(Job::History(key), "Đọc lịch sử", Topic::History);
        }
    }

    fn show(&mut self, state: State) {
        let Some(shown) = &mut self.view.workspace else { return };
        let figures = &state.figures;
        if shown.period != figures.period {
            shown.exported = None;
            shown.sent.clear();
            shown.papers = None;
        }
        shown.templates = state.templates;
        shown.snapshot = state.snapshot;
        shown.period = figures.period.clone();
        shown.periods.clone_from(&figures.periods);
        shown.own = figures.own.clone();
        shown.province.clone_from(&figures.province);
        shown.next_points.clone_from(&figures.next_points);
        shown.statuses.clone_from(&figures.statuses);
        shown.completeness.clone_from(&figures.completeness);
        shown.jumps.clone_from(&figures.jumps);
        shown.matrix = matrix(figures);
    }

    fn written(&mut self, path: PathBuf, file: WrittenFile) {
        if file == WrittenFile::ForViewing {
            self.open_outside(path, crate::platform::open::open);
        } else {
            self.tell(MessageKind::Done, format!("Đã ghi {}", path.display()));
        }
    }

    fn papers_written(&mut self, papers: work::Papers, files: Vec<PathBuf>) {
        self.tell(MessageKind::Done, messages::papers(papers, &files));
        let papers = match papers {
            work::Papers::Forms => ui::Papers::Forms,
            work::Papers::Reminders => ui::Papers::Reminders,
        };
        if let Some(workspace) = &mut self.view.workspace {
            workspace.papers = Some(ui::PapersWritten { papers, files });
        }
    }

    /// The officer started the program again for the workspace that is open here.
    fn come_forward(&mut self, ctx: &Context, ring: Ring) {
        ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
        ctx.send_viewport_cmd(ViewportCommand::Focus);
        if !ring.packages.is_empty() {
            self.preview(ring.packages);
        }
    }

    /// Packages to look at: read, planned and shown in Gói nhận.
    pub(super) fn preview(&mut self, paths: Vec<PathBuf>) {
        self.state.screen = Screen::Inbox;
        self.previewed.clone_from(&paths);
        self.send(Job::Preview(paths), "Đọc gói", Topic::Preview);
    }

    /// Files dropped on the window: a workspace opens, packages and tables are looked at; where no file is open yet, a package
    /// can be the catalogue to begin one with. Evidence is taken by its form, but
    /// what is called like a package of ours is one on every screen.
    pub(super) fn take_dropped(&mut self, ctx: &Context) {
        let dropped: Vec<PathBuf> = ctx.input(|i| i.raw.dropped_files.iter().map(|f| f.path().to_path_buf()).collect());
        let Some(first) = dropped.first() else { return };
        if first.extension().is_some_and(|e| e.eq_ignore_ascii_case("dti")) {
            self.leave_for(Leaving::Open(first.clone()));
        } else if self.view.workspace.is_some() && self.state.screen != Screen::Pillar {
            if tables::is_table(first) {
                self.read_table(first.clone(), Reading::default());
            } else {
                self.preview(dropped);
            }
        } else if self.view.workspace.is_some() {
            let named = |p: &PathBuf| is_package_name(&p.file_name().unwrap_or_default().to_string_lossy());
            let packages: Vec<PathBuf> = dropped.into_iter().filter(named).collect();
            if !packages.is_empty() {
                self.preview(packages);
            }
        } else if first.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip")) {
            self.read_edition(first.clone());
        }
    }

    pub(super) fn tell(&mut self, kind: MessageKind, text: String) {
        let stays = matches!(kind, MessageKind::Error | MessageKind::Warning);
        self.message_ends = (!stays).then(|| Instant::now() + MESSAGE_STAYS);
        self.view.message = Some(Message { kind, text });
    }

    /// A message that needs no answer goes by itself; the window is woken for it once.
    fn end_message(&mut self, ctx: &Context) {
        let Some(end) = self.message_ends else { return };
        let now = Instant::now();
        if now >= end {
            self.message_ends = None;
            self.view.message = None;
        } else {
            ctx.request_repaint_after(end - now);
        }
    }
}

fn workspace(file: PathBuf, access: Access, state: State) -> ui::Workspace {
    let figures = state.figures;
    ui::Workspace {
        file,
        snapshot: state.snapshot,
        period: figures.period.clone(),
        periods: figures.periods.clone(),
        own: figures.own.clone(),
        province: figures.province.clone(),
        next_points: figures.next_points.clone(),
        statuses: figures.statuses.clone(),
        completeness: figures.completeness.clone(),
        jumps: figures.jumps.clone(),
        history: None,
        preview: None,
        table: None,
        templates: state.templates,
        papers: None,
        exported: None,
        components: None,
        issued: None,
        editions: None,
        sent: Vec::new(),
        matrix: matrix(&figures),
        changes: None,
        checked: None,
        backups: Vec::new(),
        saved_at: None,
        access,
    }
}

fn first_edition(first: &FirstEdition) -> ui::FirstEdition {
    ui::FirstEdition {
        file: first.path().to_path_buf(),
        sha256: first.sha256().to_owned(),
        catalogue: Arc::clone(first.catalogue()),
        standing: first.standing(),
        key: first.key(),
    }
}

fn backup(backup: Backup) -> ui::Backup {
    let reason = words::backup_reason(backup.reason).to_owned();
    ui::Backup { path: backup.path, made: backup.made, reason, bytes: backup.bytes }
}

fn matrix(figures: &work::Figures) -> Vec<ui::PeriodStatuses> {
    let column = |c: &work::PeriodStatuses| ui::PeriodStatuses {
        period: c.period.clone(),
        statuses: c.statuses.clone(),
        all: c.all,
    };
    figures.matrix.iter().map(column).collect()
}

fn edition(edition: work::EditionChanges) -> ui::EditionChanges {
    ui::EditionChanges { operation: edition.operation, changes: edition.changes }
}

fn change(change: work::Change) -> ui::Change {
    ui::Change { key: change.key, before: change.before, after: change.after }
}

fn shown(sent: &work::Sent) -> ui::Sent {
    ui::Sent {
        notice: sent.notice.clone(),
        file: sent.file.clone(),
        mail: sent.mail.clone(),
        mail_text: sent.mail_text.clone(),
    }
}

fn package(read: Previewed) -> PreviewPackage {
    let verdict = match read.refused {
        Some(reason) => Verdict::Refused(reason),
        None if read.known => Verdict::Known,
        None => Verdict::Ok,
    };
    PreviewPackage {
        path: read.path,
        sha256: read.sha256,
        bytes: read.bytes,
        kind: read.kind,
        agency: read.agency,
        period: read.period,
        filing: read.filing,
        standing: read.standing,
        signer: read.signer,
        verdict,
        notice: read.notice,
        edition: read.edition,
        older_than: read.older_than,
        rows: read.rows,
        counts: read.counts,
    }
}
