//! One `match` over the window's commands: each becomes a job for the worker, a question, or a change of the view.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{ColorImage, Context, ScreenshotCallback, ViewportCommand};

use super::asking::Purpose;
use super::leaving::Leaving;
use super::{App, Aside, Topic};
use crate::catalogue::{Id, PeriodId};
use crate::exchange::{self, Objection};
use crate::ops::{self, Choice, Decision};
use crate::platform::dialogs::Wants;
use crate::platform::{here, open};
use crate::record::{Body, Content, Key, PlanItem};
use crate::store::backup::Reason;
use crate::text::portable_file_name;
use crate::ui::theme::{self, TextSize, Theme};
use crate::ui::{self, Command, Edit, MessageKind, Picture, Resolution, Verdict, Word};
use crate::work::{self, ChosenPackage, Job, Pixels};

impl App {
    pub(super) fn carry_out(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::NewWorkspace { agency, officer } => self.ask_for_new_workspace(agency, officer),
            Command::OpenEdition => self.ask_for_edition(),
            Command::DropEdition => self.view.first_edition = None,
            Command::OpenFile => self.ask_to_open(),
            Command::OpenRecent(path) => self.leave_for(Leaving::Open(path)),
            Command::OpenSample => self.leave_for(Leaving::Sample),
            Command::CloseFile => self.leave_for(Leaving::CloseFile),
            Command::Backup => self.ask_for_backup(),
            Command::BackUpNow => self.back_up(Reason::Hand),
            Command::Restore { file, backup } => self.leave_for(Leaving::Restore { file, backup }),
            Command::Rescue(file) => self.ask_where_to_rescue(file),
            Command::ExportKey => self.ask_where_to_save_key(),
            Command::ImportKey => {
                self.ask_for_file(Purpose::KeyIn, "Chọn tệp khóa đã sao lưu", Wants::OneFile, None);
            }
            Command::CopyWorkspace => {
                self.ask_for_file(Purpose::WorkingCopy, "Chọn nơi ghi bản sao làm việc", Wants::Folder, None);
            }
            Command::Check => self.send(Job::Check, "Kiểm tra tệp", Topic::Each),
            // The window moves about by itself.
            Command::Go(_) | Command::Help | Command::EditTemplates => {}
            Command::ChoosePeriod(period) => self.send(Job::Show(period), "Mở kỳ báo cáo", Topic::Each),
            Command::Save(edits) => {
                self.send(Job::Save(edits.into_iter().map(edit).collect()), "Lưu", Topic::Save);
            }
            Command::Attach(key) => self.ask_for_file(Purpose::Attach(key), "Chọn tệp minh chứng", Wants::Files, None),
            Command::AttachFiles { key, paths } => self.send(Job::Attach { key, paths }, "Đính kèm", Topic::Each),
            Command::OpenEvidence(evidence) => self.send(Job::ViewEvidence(evidence), "Mở minh chứng", Topic::Each),
            Command::SaveEvidenceAs(evidence) => {
                let name = portable_file_name(&evidence.name);
                self.ask_where_to_save(Purpose::Evidence(evidence), "Lưu tệp minh chứng", &name, None);
            }
            Command::LoadHistory(key) => self.send(Job::History(key), "Đọc lịch sử", Topic::History),
            Command::LoadChanges(operation) => self.send(Job::Changes(operation), "Đọc nhật ký", Topic::Changes),
            Command::AddPlanItem { task, agency, year, item } => self.add_plan_item(&task, &agency, year, item),
            Command::LoadTable => self.ask_for_table(),
            Command::ReadTable(reading) => self.read_table_as(reading),
            Command::ApplyTable => self.apply_table(),
            Command::DiscardTable => self.close_table(),
            Command::Undo(operation) => self.send(Job::Undo(operation), "Hoàn tác", Topic::Each),
            Command::UndoAll(operations) => self.send(Job::UndoAll(operations), "Hoàn tác", Topic::Each),
            Command::UndoWithLater(operation) => self.send(Job::UndoWithLater(operation), "Hoàn tác", Topic::Each),
            Command::Redo => self.send(Job::Redo, "Làm lại", Topic::Each),
            Command::Export => self.export(None),
            Command::Contribute { lead } => self.export(Some(lead)),
            Command::Acknowledge { period, agencies } => {
                let Some(to) = self.package_folder() else { return };
                self.send(Job::Acknowledge { period, agencies, to }, "Ghi giấy báo nhận", Topic::Each);
            }
            Command::Request { period, asked } => {
                let Some(to) = self.package_folder() else { return };
                self.send(Job::Request { period, asked, to }, "Đề nghị phối hợp", Topic::Each);
            }
            Command::ChooseExportFolder => {
                self.ask_for_file(Purpose::ExportFolder, "Chọn thư mục ghi gói", Wants::Folder, None);
            }
            Command::OpenMail(path) => self.open_outside(path, open::open),
            Command::ShowInFolder(path) => self.open_outside(path, open::show_in_folder),
            Command::CopyText(text) => {
                ctx.copy_text(text);
                self.tell(MessageKind::Done, "Đã chép".to_owned());
            }
            Command::ChoosePackages => self.ask_for_packages(Wants::Files),
            Command::ChoosePackageFolder => self.ask_for_packages(Wants::Folder),
            Command::PreviewPackages(paths) => self.preview(paths),
            Command::ApplyPreview => self.apply_preview(),
            Command::DiscardPreview => {
                self.previewed.clear();
                if let Some(workspace) = &mut self.view.workspace {
                    workspace.preview = None;
                }
            }
            Command::SavePackageAs { sha256 } => self.ask_where_to_save_package(sha256),
            Command::Resolve { key, choice, seen } => {
                let choice = match choice {
                    Resolution::Take(revision) => Choice::Take(revision),
                    Resolution::Enter(body) => Choice::Enter(body),
                };
                let decision = Decision { key, choice, seen: Some(seen) };
                self.send(Job::Resolve(decision), "Chọn số liệu", Topic::Each);
            }
            Command::Answer { agency, period, word } => self.answer(agency, period, word),
            Command::MakeForms(agencies) => {
                self.ask_for_file(Purpose::Forms(agencies), "Chọn thư mục ghi biểu mẫu", Wants::Folder, None);
            }
            Command::Remind { agencies, enclosure } => {
                let enclosure = match enclosure {
                    ui::Enclosure::Nothing => exchange::Enclosure::Nothing,
                    ui::Enclosure::Form => exchange::Enclosure::Form,
                };
                let purpose = Purpose::Reminders { agencies, enclosure };
                self.ask_for_file(purpose, "Chọn thư mục ghi thư đôn đốc", Wants::Folder, None);
            }
            Command::ReadComponents { path: None, reading, how, base } => {
                self.ask_for_components(reading, how, base);
            }
            Command::ReadComponents { path: Some(path), reading, how, base } => {
                self.read_components(path, reading, how, base);
            }
            Command::DiscardComponents => {
                if let Some(workspace) = &mut self.view.workspace {
                    workspace.components = None;
                }
            }
            Command::LoadEditions => self.send(Job::Editions, "Đọc các ấn bản", Topic::Each),
            Command::Issue => {
                let Some(to) = self.package_folder() else { return };
                self.send(Job::Issue { to }, "Xuất gói danh mục", Topic::Each);
            }
            Command::Amend(amendments) => self.send(Job::Amend(amendments), "Lập ấn bản danh mục", Topic::Each),
            Command::SetTemplate { occasion, text } => {
                let text = text.unwrap_or_default();
                self.send(Job::SetTemplate { occasion, text }, "Lưu mẫu thư", Topic::Each);
            }
            Command::AnswerPath(path) => self.answer_in_window(path),
            Command::Leave => self.leave(ctx),
            Command::Stay => self.stay(),
            Command::Cancel => {
                if let Some(request) = self.busy {
                    self.worker.cancel(request);
                }
            }
            Command::DismissMessage => {
                self.view.message = None;
                self.message_ends = None;
            }
            Command::SetTheme(theme) => self.set_look(ctx, theme, self.view.settings.text_size),
            Command::SetTextSize(size) => self.set_look(ctx, self.view.settings.theme, size),
            Command::SetGraphics(graphics) => {
                self.settings.renderer = super::window::renderer_of(graphics);
                self.view.settings.graphics = graphics;
                self.store_settings();
            }
            Command::SetOfficer(officer) => self.send(Job::SetOfficer(officer), "Đổi người nhập", Topic::Each),
            Command::ConfirmKey(signer) => self.send(Job::ConfirmKey(signer), "Xác nhận khóa", Topic::Each),
            Command::SetPolicy(case, answer) => {
                self.send(Job::SetPolicy(case, answer), "Đổi cách xử lý chữ ký", Topic::Each);
            }
            Command::SetLimit(limit) => {
                self.settings.mail_limit_mb = limit;
                self.view.settings.limit_mb = limit;
                self.store_settings();
            }
            Command::SavePicture(picture) => self.take_picture(ctx, picture),
        }
    }

    fn add_plan_item(&mut self, task: &str, agency: &str, year: i32, item: PlanItem) {
        // The last digits of a UUIDv7 are its random ones.
        let id = here::new_id();
        let tag = &id[id.len() - 8..];
        let key = Key::of_plan_item(task, tag, agency, year);
        let edit = ops::Edit { key, body: Body::new(Content::PlanItem(item)), seen: Some(Vec::new()) };
        self.send(Job::Save(vec![edit]), "Lưu", Topic::Each);
    }

    /// The report, or a contribution to a lead agency.
    fn export(&mut self, recipient: Option<Id>) {
        let (Some(workspace), Some(to)) = (&self.view.workspace, self.package_folder()) else { return };
        let limit_bytes = u64::from(self.settings.mail_limit_mb) << 20;
        let title = if recipient.is_none() { "Nộp báo cáo" } else { "Ghi số liệu phối hợp" };
        // The one that is shown: another may have been chosen and not be shown yet.
        let period = workspace.period.id.clone();
        self.send(Job::Export { period, recipient, to, limit_bytes }, title, Topic::Each);
    }

    fn answer(&mut self, agency: Id, period: PeriodId, word: Word) {
        let Some(to) = self.package_folder() else { return };
        let word = match word {
            Word::Receipt => work::Word::Receipt,
            Word::Return(rows) => {
                work::Word::Return(rows.into_iter().map(|(key, reason)| Objection { key, reason }).collect())
            }
        };
        self.send(Job::Answer { agency, period, word, to }, "Ghi gói trả lời", Topic::Each);
    }

    /// Where packages go: the folder set, or that of the open file.
    fn package_folder(&self) -> Option<PathBuf> {
        let workspace = self.view.workspace.as_ref()?;
        let beside = workspace.file.parent().map(Path::to_path_buf).unwrap_or_default();
        Some(self.settings.package_folder.clone().unwrap_or(beside))
    }

    fn apply_preview(&mut self) {
        let Some(packages) = self.view.workspace.as_ref().and_then(|w| w.preview.as_ref()) else { return };
        let readable = packages.iter().filter(|p| p.verdict == Verdict::Ok || !p.sha256.is_empty());
        let chosen: Vec<ChosenPackage> =
            readable.map(|p| ChosenPackage { path: p.path.clone(), sha256: p.sha256.clone() }).collect();
        self.back_up(Reason::Merge);
        self.send(Job::Import(chosen), "Nhập gói", Topic::Each);
    }

    fn set_look(&mut self, ctx: &Context, theme: Theme, size: TextSize) {
        self.settings.theme = theme.as_str().to_owned();
        self.settings.text_size = size.as_str().to_owned();
        self.view.settings = super::shown(&self.settings);
        theme::apply(ctx, theme, size);
        self.store_settings();
    }

    /// Opens a file outside the program. Starting another program may take a moment: not on this thread.
    pub(super) fn open_outside(&mut self, path: PathBuf, how: fn(&Path) -> std::io::Result<()>) {
        let asides = self.asides.0.clone();
        std::thread::spawn(move || {
            if let Err(error) = how(&path) {
                log::warn!("{}: {error}", path.display());
                let text = format!("Không mở được {}: máy này chưa có chương trình để mở", path.display());
                // The window may have closed meanwhile.
                let _ = asides.send(Aside::Notice(text));
            }
        });
    }

    /// Takes a picture of a part of the window; asks where to put it when it has come.
    fn take_picture(&mut self, ctx: &Context, picture: Picture) {
        let (sender, wake, scale) = (self.asides.0.clone(), ctx.clone(), ctx.pixels_per_point());
        ctx.send_viewport_cmd(ViewportCommand::Screenshot(ScreenshotCallback::new(move |image: Arc<ColorImage>| {
            let part = image.region(&picture.area, Some(scale));
            // The window may have closed meanwhile.
            let _ = sender.send(Aside::Picture { name: picture.name, picture: pixels(&part) });
            wake.request_repaint();
        })));
    }
}

fn edit(edit: Edit) -> ops::Edit {
    ops::Edit { key: edit.key, body: edit.body, seen: Some(edit.seen) }
}

fn pixels(image: &ColorImage) -> Pixels {
    let rgba = image.pixels.iter().flat_map(egui::Color32::to_array).collect();
    Pixels { width: image.width() as u32, height: image.height() as u32, rgba }
}
