//! Asking for files and folders: by the desktop's dialog, or in the window where the desktop has none.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::leaving::Leaving;
use super::{App, Topic};
use crate::catalogue::{Catalogue, Id, Takeover};
use crate::exchange::Enclosure;
use crate::platform::dialogs::{Answer, FileKind, Question, Wants};
use crate::record::{EvidenceRef, Key};
use crate::table::{ComponentReading, Reading};
use crate::ui::{self, PathQuestion};
use crate::work::{ChosenPackage, Job, Pixels};

/// What the paths asked for are for.
#[derive(Debug, Clone)]
pub enum Purpose {
    Open,
    Create {
        agency: Id,
        officer: String,
        edition: Option<ChosenPackage>,
    },
    /// A catalogue package to begin a new file with.
    Edition,
    Attach(Key),
    Table,
    Forms(Vec<Id>),
    Reminders {
        agencies: Vec<Id>,
        enclosure: Enclosure,
    },
    /// Against this catalogue.
    Components {
        reading: ComponentReading,
        how: Takeover,
        base: Arc<Catalogue>,
    },
    Packages,
    ExportFolder,
    Backup,
    WorkingCopy,
    /// A new file for what is readable of this one.
    Rescued {
        from: PathBuf,
    },
    KeyOut,
    KeyIn,
    Evidence(EvidenceRef),
    Package {
        sha256: String,
    },
    Picture(Pixels),
}

const WORKSPACE: FileKind = FileKind { name: "Tệp số liệu DTI", extensions: &["dti"] };
const PACKAGE: FileKind = FileKind { name: "Gói dữ liệu", extensions: &["zip"] };
const TABLE: FileKind = FileKind { name: "Bảng Excel, CSV", extensions: &["xlsx", "xls", "ods", "csv"] };
const PICTURE: FileKind = FileKind { name: "Ảnh PNG", extensions: &["png"] };

impl App {
    pub(super) fn ask_for_file(&mut self, purpose: Purpose, title: &str, wants: Wants, kind: Option<FileKind>) {
        let folder = self.folder();
        self.ask(purpose, Question { wants, title: title.to_owned(), folder, file_name: None, kind });
    }

    pub(super) fn ask_where_to_save(&mut self, purpose: Purpose, title: &str, name: &str, kind: Option<FileKind>) {
        let folder = self.folder();
        let question =
            Question { wants: Wants::NewFile, title: title.to_owned(), folder, file_name: Some(name.to_owned()), kind };
        self.ask(purpose, question);
    }

    pub(super) fn ask_to_open(&mut self) {
        self.ask_for_file(Purpose::Open, "Mở tệp số liệu", Wants::OneFile, Some(WORKSPACE));
    }

    pub(super) fn ask_for_new_workspace(&mut self, agency: Id, officer: String) {
        let name = format!("dti-{agency}.dti");
        let shown = self.view.first_edition.as_ref();
        let edition = shown.map(|e| ChosenPackage { path: e.file.clone(), sha256: e.sha256.clone() });
        let purpose = Purpose::Create { agency, officer, edition };
        self.ask_where_to_save(purpose, "Chọn nơi lưu tệp số liệu", &name, Some(WORKSPACE));
    }

    pub(super) fn ask_for_edition(&mut self) {
        self.ask_for_file(Purpose::Edition, "Chọn gói danh mục", Wants::OneFile, Some(PACKAGE));
    }

    pub(super) fn read_edition(&mut self, package: PathBuf) {
        self.send(Job::ReadEdition(package), "Đọc gói danh mục", Topic::Each);
    }

    pub(super) fn ask_for_packages(&mut self, wants: Wants) {
        let title = if wants == Wants::Folder { "Chọn thư mục có các gói" } else { "Chọn gói dữ liệu" };
        self.ask_for_file(Purpose::Packages, title, wants, (wants == Wants::Files).then_some(PACKAGE));
    }

    pub(super) fn ask_for_table(&mut self) {
        self.ask_for_file(Purpose::Table, "Chọn bảng số liệu", Wants::OneFile, Some(TABLE));
    }

    pub(super) fn ask_for_components(&mut self, reading: ComponentReading, how: Takeover, base: Arc<Catalogue>) {
        let purpose = Purpose::Components { reading, how, base };
        self.ask_for_file(purpose, "Chọn bảng chỉ số thành phần", Wants::OneFile, Some(TABLE));
    }

    pub(super) fn ask_for_backup(&mut self) {
        let Some(workspace) = &self.view.workspace else { return };
        let stem = workspace.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = format!("{stem}-sao-luu-{}.dti", self.view.now.format("%Y%m%d-%H%M"));
        self.ask_where_to_save(Purpose::Backup, "Chọn nơi ghi bản sao lưu", &name, Some(WORKSPACE));
    }

    pub(super) fn ask_where_to_rescue(&mut self, from: PathBuf) {
        let stem = from.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let question = Question {
            wants: Wants::NewFile,
            title: "Chọn nơi ghi tệp cứu được".to_owned(),
            folder: from.parent().map(Path::to_path_buf),
            file_name: Some(format!("{stem}-cuu-{}.dti", self.view.now.format("%Y%m%d-%H%M"))),
            kind: Some(WORKSPACE),
        };
        self.ask(Purpose::Rescued { from }, question);
    }

    pub(super) fn ask_where_to_save_key(&mut self) {
        let Some(workspace) = &self.view.workspace else { return };
        let name = format!("khoa-{}.key", workspace.agency());
        self.ask_where_to_save(Purpose::KeyOut, "Chọn nơi cất khóa bí mật", &name, None);
    }

    pub(super) fn ask_where_to_save_picture(&mut self, name: &str, picture: Pixels) {
        let name = format!("{name}.png").replace(['/', '\\', ':'], "-");
        self.ask_where_to_save(Purpose::Picture(picture), "Lưu ảnh biểu đồ", &name, Some(PICTURE));
    }

    pub(super) fn ask_where_to_save_package(&mut self, sha256: String) {
        let received =
            self.view.workspace.as_ref().and_then(|w| w.snapshot.received.iter().find(|r| r.sha256 == sha256));
        let Some(name) = received.map(|r| r.file_name.clone()) else { return };
        self.ask_where_to_save(Purpose::Package { sha256 }, "Lưu gói ra tệp", &name, Some(PACKAGE));
    }

    fn ask(&mut self, purpose: Purpose, question: Question) {
        self.dialogs.ask(purpose, question);
    }

    pub(super) fn take_answer(&mut self, answer: Answer<Purpose>) {
        match answer {
            Answer::Chosen(purpose, paths) => self.chosen(purpose, paths),
            Answer::Cancelled(_) => {}
            Answer::Unavailable(purpose, question) => self.ask_in_window(purpose, question),
        }
    }

    fn ask_in_window(&mut self, purpose: Purpose, question: Question) {
        self.questions += 1;
        let folder = question.folder.unwrap_or_default();
        let suggestion = match question.file_name {
            Some(name) => folder.join(name),
            // A folder that ends with its separator: ready to be typed on.
            None => folder.join(""),
        };
        self.view.question = Some(ui::Question::Path(PathQuestion {
            number: self.questions,
            title: question.title,
            suggestion: suggestion.display().to_string(),
        }));
        self.pending = Some(purpose);
    }

    pub(super) fn answer_in_window(&mut self, path: Option<PathBuf>) {
        self.view.question = None;
        if let (Some(purpose), Some(path)) = (self.pending.take(), path) {
            self.chosen(purpose, vec![path]);
        }
    }

    fn chosen(&mut self, purpose: Purpose, paths: Vec<PathBuf>) {
        let Some(first) = paths.first().cloned() else { return };
        match purpose {
            Purpose::Open => self.leave_for(Leaving::Open(first)),
            Purpose::Create { agency, officer, edition } => {
                self.leave_for(Leaving::Create { path: with_extension(first, "dti"), agency, officer, edition });
            }
            Purpose::Edition => self.read_edition(first),
            Purpose::Attach(key) => self.send(Job::Attach { key, paths }, "Đính kèm", Topic::Each),
            Purpose::Table => self.read_table(first, Reading::default()),
            Purpose::Forms(agencies) => {
                self.send(Job::MakeForms { agencies, to: first }, "Lập biểu mẫu", Topic::Each);
            }
            Purpose::Reminders { agencies, enclosure } => {
                self.send(Job::Remind { agencies, enclosure, to: first }, "Soạn thư đôn đốc", Topic::Each);
            }
            Purpose::Components { reading, how, base } => self.read_components(first, reading, how, base),
            Purpose::Packages => self.preview(paths),
            Purpose::ExportFolder => {
                self.settings.package_folder = Some(first);
                self.view.settings = super::shown(&self.settings);
                self.store_settings();
            }
            Purpose::Backup => {
                self.settings.backup_folder = first.parent().map(|f| f.to_path_buf());
                self.store_settings();
                self.send(Job::Backup(with_extension(first, "dti")), "Sao lưu", Topic::Each);
            }
            Purpose::WorkingCopy => self.send(Job::Copy(first), "Ghi bản sao làm việc", Topic::Each),
            Purpose::Rescued { from } => {
                let to = with_extension(first, "dti");
                self.send(Job::Rescue { from, to }, "Cứu số liệu", Topic::Each);
            }
            Purpose::KeyOut => self.send(Job::ExportKey(first), "Sao lưu khóa", Topic::Each),
            Purpose::KeyIn => self.send(Job::ImportKey(first), "Đọc khóa", Topic::Each),
            Purpose::Evidence(evidence) => {
                self.send(Job::SaveEvidence { evidence, to: first }, "Lưu minh chứng", Topic::Each);
            }
            Purpose::Package { sha256 } => self.send(Job::SavePackage { sha256, to: first }, "Lưu gói", Topic::Each),
            Purpose::Picture(picture) => {
                let to = with_extension(first, "png");
                self.send(Job::SavePicture { picture, to }, "Lưu ảnh", Topic::Each);
            }
        }
    }

    /// Beside the open file, else among the user's documents.
    fn folder(&self) -> Option<PathBuf> {
        let beside = self.view.workspace.as_ref().and_then(|w| w.file.parent());
        Some(beside.unwrap_or(self.directories.documents()).to_path_buf())
    }
}

/// The path with an extension, where none was typed.
fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(extension) }
}
