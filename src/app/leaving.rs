//! Leaving the open file, for another one or for good: only when everything typed is stored, or its officer gives it up.

use std::path::PathBuf;

use egui::{Context, ViewportCommand};

use super::{App, Topic};
use crate::catalogue::Id;
use crate::ui::{MessageKind, Question};
use crate::work::{ChosenPackage, Job};

/// Frames without a job on its way after which a draft is truly not stored: one to commit what lost the focus, one to
/// send it, one to settle it against what was stored.
const FRAMES_TO_SETTLE: u8 = 3;

/// Where to go from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// Close the window.
    Quit,
    /// The window is closing: nothing holds it back any more.
    Gone,
    CloseFile,
    Open(PathBuf),
    Restore {
        file: PathBuf,
        backup: PathBuf,
    },
    Create {
        path: PathBuf,
        agency: Id,
        officer: String,
        edition: Option<ChosenPackage>,
    },
    Sample,
}

impl App {
    pub(super) fn leave_for(&mut self, leaving: Leaving) {
        self.leaving = Some(leaving);
        self.idle_frames = 0;
    }

    /// Goes where the officer wants to as soon as nothing is on its way any more.
    pub(super) fn leave_if_ready(&mut self, ctx: &Context) {
        if ctx.input(|i| i.viewport().close_requested()) && !matches!(self.leaving, Some(Leaving::Quit | Leaving::Gone))
        {
            self.leave_for(Leaving::Quit);
        }
        let Some(leaving) = self.leaving.clone().filter(|l| *l != Leaving::Gone) else { return };
        if self.view.question == Some(Question::Unsaved) {
            self.stay_open(ctx, &leaving);
            return;
        }
        // A field that is being typed in commits when it loses the focus; the next frame then sends what it holds.
        if let Some(focused) = ctx.memory(|m| m.focused()) {
            ctx.memory_mut(|m| m.surrender_focus(focused));
            self.idle_frames = 0;
            self.stay_open(ctx, &leaving);
            ctx.request_repaint();
            return;
        }
        if self.worker.is_busy() {
            self.idle_frames = 0;
            if self.view.busy.is_some() {
                self.tell(MessageKind::Info, "Đang hoàn tất việc đang làm; xong sẽ tiếp tục".to_owned());
            }
            self.stay_open(ctx, &leaving);
            return;
        }
        if self.state.unsaved() && self.idle_frames < FRAMES_TO_SETTLE {
            self.idle_frames += 1;
            self.stay_open(ctx, &leaving);
            ctx.request_repaint();
            return;
        }
        if self.state.unsaved() {
            self.view.question = Some(Question::Unsaved);
            self.stay_open(ctx, &leaving);
            ctx.request_repaint();
            return;
        }
        self.leaving = None;
        self.go(ctx, leaving);
    }

    /// The officer gives up what could not be stored.
    pub(super) fn leave(&mut self, ctx: &Context) {
        self.view.question = None;
        if let Some(leaving) = self.leaving.take() {
            self.state = crate::ui::State::default();
            self.go(ctx, leaving);
        }
    }

    pub(super) fn stay(&mut self) {
        self.view.question = None;
        self.leaving = None;
    }

    fn stay_open(&self, ctx: &Context, leaving: &Leaving) {
        if *leaving == Leaving::Quit && ctx.input(|i| i.viewport().close_requested()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
    }

    fn go(&mut self, ctx: &Context, leaving: Leaving) {
        match leaving {
            Leaving::Quit => {
                self.remember_window(ctx);
                // What was sent before is done before the worker ends.
                self.leaving = Some(Leaving::Gone);
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Leaving::Gone => {}
            Leaving::CloseFile => self.send(Job::Close, "Đóng tệp", Topic::Each),
            Leaving::Open(path) => self.send(Job::Open(path), "Mở tệp", Topic::Each),
            Leaving::Restore { file, backup } => {
                self.send(Job::Restore { file, backup }, "Khôi phục", Topic::Each);
            }
            Leaving::Create { path, agency, officer, edition } => {
                self.send(Job::Create { path, agency, officer, edition }, "Tạo tệp", Topic::Each);
            }
            Leaving::Sample => {
                self.send(Job::Sample(self.directories.sample_folder()), "Tạo số liệu mẫu", Topic::Each);
            }
        }
    }

    fn remember_window(&mut self, ctx: &Context) {
        let size = ctx.input(|i| i.viewport().inner_rect).map(|r| r.size() * ctx.zoom_factor());
        if let Some(size) = size {
            self.settings.window_size = Some([size.x, size.y]);
        }
        self.store_settings();
    }
}
