//! What the window asks for: one enum, and one `match` that gives each command its text and tooltip.
//!
//! Screens push commands; `app` carries them out between frames. Nothing here acts.

use std::path::PathBuf;
use std::sync::Arc;

use super::state::Place;
use super::theme::{TextSize, Theme, icons};
use super::view::Graphics;
use crate::catalogue::{Amendment, Catalogue, Id, PeriodId, Takeover};
use crate::record::{Body, EvidenceRef, Key, PlanItem, RequestedItem, RevisionId};
use crate::report::Occasion;
use crate::table::{ComponentReading, Reading};
use crate::trust::{Answer, Case, Signer};

/// One entry to save: the whole record as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub key: Key,
    pub body: Body,
    /// The heads that the officer saw, sorted. Others now: refused, so that nothing is overwritten unseen.
    pub seen: Vec<RevisionId>,
}

/// How a conflict is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    Take(RevisionId),
    Enter(Body),
}

/// A part of the window to save as a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// For the file name: "Trụ cột 1 - mức đạt".
    pub name: String,
    /// In points.
    pub area: egui::Rect,
}

/// What to tell an agency about its report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    Receipt,
    /// Records that are not accepted, each with its reason.
    Return(Vec<(Key, String)>),
}

/// What goes with a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enclosure {
    Nothing,
    /// The blank form of the agency and period.
    Form,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    // The file
    /// Asks where to put it, then creates and opens it.
    NewWorkspace {
        agency: Id,
        officer: String,
    },
    /// Asks for a catalogue package, whose agencies can then be chosen for a new file.
    OpenEdition,
    /// Back to the program's own catalogue.
    DropEdition,
    OpenFile,
    OpenRecent(PathBuf),
    OpenSample,
    CloseFile,
    /// Asks where to put a copy of the file.
    Backup,
    /// One more backup beside the file.
    BackUpNow,
    /// Puts a backup in the place of the file, which is kept beside it, and opens that.
    Restore {
        file: PathBuf,
        backup: PathBuf,
    },
    /// Asks where to, and saves what is readable of a damaged file there.
    Rescue(PathBuf),
    /// Asks for a folder, and writes a working copy for another PC into it.
    CopyWorkspace,
    Check,
    // Moving about; handled inside the window, `app` never sees it
    Go(Place),
    ChoosePeriod(PeriodId),
    // Recording
    /// Stores all of these as one operation. Answered once ([`super::View::answered`]), well or badly.
    Save(Vec<Edit>),
    /// Asks for files.
    Attach(Key),
    AttachFiles {
        key: Key,
        paths: Vec<PathBuf>,
    },
    OpenEvidence(EvidenceRef),
    SaveEvidenceAs(EvidenceRef),
    LoadHistory(Key),
    /// What one operation changed, before and after.
    LoadChanges(String),
    /// Adds a line to an agency's detailed plan for a task; `app` gives it its tag.
    AddPlanItem {
        task: Id,
        agency: Id,
        year: i32,
        item: PlanItem,
    },
    /// Reads a CSV or Excel table that is asked for, and shows what it would record.
    LoadTable,
    /// Reads the table that is shown in another way.
    ReadTable(Reading),
    /// Records the rows of the table that is shown.
    ApplyTable,
    DiscardTable,
    /// The latest operation, or this one.
    Undo(Option<String>),
    /// The operation, and before it all that stand on it.
    UndoWithLater(String),
    /// Several operations, newest first: all or none.
    UndoAll(Vec<String>),
    Redo,
    // Filing
    Export,
    /// Writes what this agency has for the tasks of a lead agency.
    Contribute {
        lead: Id,
    },
    /// Tells each agency that its report for the period arrived.
    Acknowledge {
        period: PeriodId,
        agencies: Vec<Id>,
    },
    /// Asks each agency for its part of tasks that this one leads.
    Request {
        period: PeriodId,
        asked: Vec<(Id, Vec<RequestedItem>)>,
    },
    ChooseExportFolder,
    OpenMail(PathBuf),
    ShowInFolder(PathBuf),
    CopyText(String),
    // Receiving
    ChoosePackages,
    ChoosePackageFolder,
    PreviewPackages(Vec<PathBuf>),
    ApplyPreview,
    DiscardPreview,
    SavePackageAs {
        sha256: String,
    },
    Resolve {
        key: Key,
        choice: Resolution,
        /// The heads that were shown, sorted.
        seen: Vec<RevisionId>,
    },
    /// Writes word to an agency about its report for the period.
    Answer {
        agency: Id,
        period: PeriodId,
        word: Word,
    },
    /// Asks for a folder, and writes the blank Excel forms of these agencies into it.
    MakeForms(Vec<Id>),
    /// Asks for a folder, and writes reminders to those of these agencies that have not filed into it.
    Remind {
        agencies: Vec<Id>,
        enclosure: Enclosure,
    },
    /// Reads an official table of component indices against a catalogue, and shows what it would change; asks for the file
    /// where there is none.
    ReadComponents {
        path: Option<PathBuf>,
        reading: ComponentReading,
        how: Takeover,
        base: Arc<Catalogue>,
    },
    DiscardComponents,
    /// What each edition of the catalogue changed.
    LoadEditions,
    /// Writes the present edition of the catalogue as a package for all agencies.
    Issue,
    /// Makes the next edition of the catalogue by these, as one operation.
    Amend(Vec<Amendment>),
    /// Opens the letters' templates; handled inside the window, `app` never sees it.
    EditTemplates,
    /// Keeps the officer's own template of a letter; none: ours again.
    SetTemplate {
        occasion: Occasion,
        text: Option<String>,
    },
    // The window
    /// The path asked for by [`super::PathQuestion`]; none: never mind.
    AnswerPath(Option<PathBuf>),
    /// Leaves the file though something typed could not be stored.
    Leave,
    Stay,
    Cancel,
    DismissMessage,
    SetTheme(Theme),
    SetTextSize(TextSize),
    SetGraphics(Graphics),
    SetOfficer(String),
    /// The officer says that the key is the agency's; a preview is read again with that.
    ConfirmKey(Signer),
    SetPolicy(Case, Answer),
    /// Asks where to put a backup of the own key.
    ExportKey,
    /// Asks for the backup of a key to sign with.
    ImportKey,
    SetLimit(u32),
    Help,
    SavePicture(Picture),
}

/// How a command is offered: on buttons, in menus and in the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    pub icon: &'static str,
    pub text: &'static str,
    pub tooltip: &'static str,
    /// As people read it: "Ctrl+Z".
    pub shortcut: &'static str,
}

impl Command {
    pub fn label(&self) -> Label {
        let (icon, text, tooltip, shortcut) = match self {
            Command::NewWorkspace { .. } => {
                (icons::PLUS, "Tạo tệp mới…", "Chọn nơi lưu và tạo tệp số liệu của đơn vị", "")
            }
            Command::OpenEdition => (
                icons::BOOK,
                "Mở gói danh mục…",
                "Chọn gói danh mục do đơn vị tiếp nhận gửi; tệp mới sẽ dùng danh mục đó",
                "",
            ),
            Command::DropEdition => (icons::CLOSE, "Dùng danh mục của chương trình", "Không dùng gói danh mục này", ""),
            Command::OpenFile => (icons::FOLDER_OPEN, "Mở tệp có sẵn…", "Mở một tệp .dti trên máy này", "Ctrl+O"),
            Command::OpenRecent(_) => (icons::FILE, "Mở tệp gần đây", "Mở lại tệp đã dùng", ""),
            Command::OpenSample => {
                (icons::EYE, "Xem dữ liệu mẫu", "Mở tệp SỐ LIỆU MẪU để xem thử, không phải số liệu chính thức", "")
            }
            Command::CloseFile => (icons::CLOSE, "Đóng tệp", "Đóng tệp đang mở và về màn hình bắt đầu", ""),
            Command::Backup => (icons::ARCHIVE, "Sao lưu ra tệp…", "Ghi một bản sao của tệp vào nơi được chọn", ""),
            Command::BackUpNow => (icons::ARCHIVE, "Sao lưu ngay", "Thêm một bản sao lưu vào thư mục cạnh tệp", ""),
            Command::Restore { .. } => {
                (icons::HISTORY, "Khôi phục…", "Đưa số liệu về như lúc đó; tệp hiện nay được giữ lại bên cạnh", "")
            }
            Command::Rescue(_) => (
                icons::DATABASE,
                "Cứu phần còn đọc được…",
                "Ghi mọi thứ còn đọc được sang một tệp mới; tệp hỏng không bị đụng đến",
                "",
            ),
            Command::CopyWorkspace => (
                icons::COPY,
                "Chép sang máy khác…",
                "Ghi toàn bộ số liệu và minh chứng thành gói để nhập ở máy khác của đơn vị",
                "",
            ),
            Command::Check => (icons::CHECK_CIRCLE, "Kiểm tra tệp", "Kiểm tra tệp có bị hỏng hay không", ""),
            Command::Go(place) => (icons::ARROW_RIGHT, place.screen().title(), "Chuyển đến màn hình này", ""),
            Command::ChoosePeriod(_) => (icons::CALENDAR, "Chọn kỳ báo cáo", "Kỳ mà các màn hình đang hiển thị", ""),
            Command::Save(_) => (icons::SAVE, "Lưu", "Số liệu được lưu ngay khi rời ô nhập", ""),
            Command::Attach(_) | Command::AttachFiles { .. } => {
                (icons::PAPERCLIP, "Đính kèm…", "Chọn tệp minh chứng; có thể kéo tệp thả vào đây", "")
            }
            Command::OpenEvidence(_) => (icons::EXTERNAL_LINK, "Mở", "Mở một bản sao của tệp minh chứng", ""),
            Command::SaveEvidenceAs(_) => (icons::DOWNLOAD, "Lưu ra tệp…", "Lưu tệp minh chứng ra máy này", ""),
            Command::LoadHistory(_) => (icons::HISTORY, "Lịch sử", "Các lần nhập của mục này", ""),
            Command::LoadChanges(_) => (icons::HISTORY, "Xem thay đổi", "Từng mục trước và sau thao tác này", ""),
            Command::AddPlanItem { .. } => (icons::PLUS, "Thêm việc", "Thêm một việc vào kế hoạch chi tiết", ""),
            Command::LoadTable => (icons::FILE_XLS, "Nhập từ bảng…", "Nhập nhiều số liệu từ tệp Excel hoặc CSV", ""),
            Command::ReadTable(_) => (icons::TABLE, "Đọc lại bảng", "Đọc lại bảng đang xem theo lựa chọn mới", ""),
            Command::ApplyTable => (icons::CHECK, "Ghi", "Ghi các dòng hợp lệ thành một thao tác; hoàn tác được", ""),
            Command::DiscardTable => (icons::CLOSE, "Không nhập", "Đóng bảng này; không có gì thay đổi", ""),
            Command::Undo(_) => (icons::UNDO, "Hoàn tác", "Quay lại như trước thao tác này", "Ctrl+Z"),
            Command::UndoAll(_) => (icons::UNDO, "Hoàn tác cả đợt", "Quay lại như trước khi nhập cả đợt gói này", ""),
            Command::UndoWithLater(_) => (
                icons::UNDO,
                "Hoàn tác cả các thao tác sau",
                "Hoàn tác từ thao tác mới nhất trở lại; mỗi thao tác được ghi vào nhật ký và làm lại được",
                "",
            ),
            Command::Redo => (icons::REDO, "Làm lại", "Thực hiện lại thao tác vừa hoàn tác", "Ctrl+Y"),
            Command::Export => (icons::SEND, "Nộp báo cáo…", "Chốt báo cáo của kỳ và ghi gói dữ liệu để gửi", ""),
            Command::Contribute { .. } => {
                (icons::SEND, "Gửi số liệu phối hợp…", "Ghi gói số liệu cho các nhiệm vụ do cơ quan này chủ trì", "")
            }
            Command::Acknowledge { .. } => (
                icons::CHECK,
                "Báo nhận tất cả",
                "Ghi giấy báo nhận và thư nháp cho mỗi cơ quan đã gửi báo cáo kỳ này mà chưa được trả lời",
                "",
            ),
            Command::Request { .. } => {
                (icons::USERS, "Đề nghị phối hợp", "Ghi gói đề nghị và thư nháp cho từng đơn vị phối hợp", "")
            }
            Command::ChooseExportFolder => {
                (icons::FOLDER, "Chọn thư mục…", "Thư mục ghi gói dữ liệu khi nộp báo cáo", "")
            }
            Command::OpenMail(_) => (icons::MAIL, "Mở thư nháp", "Mở thư nháp đã đính kèm gói dữ liệu", ""),
            Command::ShowInFolder(_) => (icons::FOLDER_OPEN, "Mở thư mục", "Mở thư mục chứa tệp này", ""),
            Command::CopyText(_) => (icons::COPY, "Chép", "Chép vào bộ nhớ tạm để dán nơi khác", ""),
            Command::ChoosePackages => (icons::FILE_ZIP, "Chọn gói…", "Chọn các gói dữ liệu .zip đã nhận", ""),
            Command::ChoosePackageFolder => (icons::FOLDER, "Chọn thư mục…", "Đọc mọi gói .zip trong một thư mục", ""),
            Command::PreviewPackages(_) => (icons::EYE, "Xem trước", "Xem gói sẽ làm thay đổi những gì", ""),
            Command::ApplyPreview => (icons::DOWNLOAD, "Nhập gói", "Nhập các gói hợp lệ vào tệp; hoàn tác được", ""),
            Command::DiscardPreview => (icons::CLOSE, "Bỏ qua", "Không nhập các gói này; không có gì thay đổi", ""),
            Command::SavePackageAs { .. } => {
                (icons::DOWNLOAD, "Lưu gói ra tệp…", "Lưu gói đã nhận, nguyên như khi nhận", "")
            }
            Command::Resolve { .. } => {
                (icons::CHECK, "Chọn số này", "Dùng số liệu này; số kia vẫn còn trong lịch sử", "")
            }
            Command::Answer { word: Word::Receipt, .. } => (
                icons::CHECK,
                "Ghi giấy báo nhận",
                "Ghi gói báo cho cơ quan: đã nhận lúc nào, đúng hạn hay trễ hạn",
                "",
            ),
            Command::Answer { word: Word::Return(_), .. } => {
                (icons::UNDO, "Trả lại", "Ghi gói trả lại các mục chưa đạt, mỗi mục kèm lý do", "")
            }
            Command::MakeForms(_) => (
                icons::FILE_XLS,
                "Tạo biểu mẫu Excel…",
                "Ghi biểu mẫu Excel để cơ quan chưa dùng chương trình điền và gửi lại; nạp lại bằng Nhập từ bảng",
                "",
            ),
            Command::Remind { .. } => (
                icons::MAIL,
                "Soạn thư đôn đốc…",
                "Ghi một thư nháp cho mỗi cơ quan chưa nộp, nêu hạn và các mục còn thiếu",
                "",
            ),
            Command::ReadComponents { .. } => (
                icons::FILE_XLS,
                "Nạp bảng chỉ số thành phần…",
                "Đọc bảng chính thức từ Excel: xem từng dòng thành gì rồi thêm vào thay đổi đang soạn",
                "",
            ),
            Command::DiscardComponents => (icons::CLOSE, "Thôi", "Đóng bảng này; không có gì thay đổi", ""),
            Command::LoadEditions => (icons::HISTORY, "Xem các ấn bản", "Từng ấn bản đã thay đổi gì", ""),
            Command::Issue => (
                icons::SEND,
                "Xuất gói danh mục",
                "Ghi ấn bản đang dùng thành gói và thư nháp để gửi mọi cơ quan; sau đó ấn bản không hoàn tác được nữa",
                "",
            ),
            Command::Amend(_) => (
                icons::CHECK,
                "Lập ấn bản mới",
                "Ghi các thay đổi đang soạn thành ấn bản mới của danh mục, một thao tác; hoàn tác được cho đến khi xuất gói",
                "",
            ),
            Command::EditTemplates => (icons::PENCIL, "Mẫu thư…", "Xem và sửa mẫu các thư gửi đi", ""),
            Command::SetTemplate { .. } => (icons::SAVE, "Lưu mẫu thư", "Dùng mẫu này cho các thư soạn từ nay", ""),
            Command::AnswerPath(_) => (icons::CHECK, "Chọn", "Dùng đường dẫn này", ""),
            Command::Leave => (icons::TRASH, "Bỏ nội dung đó", "Nội dung chưa lưu được sẽ mất", ""),
            Command::Stay => (icons::PENCIL, "Ở lại để sửa", "Quay lại chỗ chưa lưu được", ""),
            Command::Cancel => (icons::CLOSE, "Huỷ", "Dừng công việc đang chạy; phần đã ghi xong được giữ lại", ""),
            Command::DismissMessage => (icons::CLOSE, "Đóng thông báo", "Đóng thông báo này", ""),
            Command::SetTheme(Theme::Light) => (icons::SUN, "Giao diện sáng", "Nền sáng, chữ tối", ""),
            Command::SetTheme(Theme::Dark) => (icons::MOON, "Giao diện tối", "Nền tối, chữ sáng", ""),
            Command::SetTextSize(size) => {
                let text = match size {
                    TextSize::Normal => "Cỡ chữ vừa",
                    TextSize::Large => "Cỡ chữ lớn",
                    TextSize::Larger => "Cỡ chữ rất lớn",
                };
                (icons::EYE, text, "Cỡ chữ của toàn bộ cửa sổ", "")
            }
            Command::SetGraphics(_) => (icons::IMAGE, "Cách vẽ cửa sổ", "Dùng từ lần mở chương trình sau", ""),
            Command::SetOfficer(_) => (icons::USER, "Đổi người nhập", "Tên ghi kèm mỗi lần nhập", ""),
            Command::ConfirmKey(_) => (
                icons::CHECK,
                "Xác nhận khóa",
                "Chỉ xác nhận sau khi đã gọi cho cơ quan theo số có từ trước và mã khóa hai bên đọc giống nhau",
                "",
            ),
            Command::SetPolicy(..) => (icons::SETTINGS, "Cách xử lý chữ ký", "Áp dụng từ gói nhận sau", ""),
            Command::ExportKey => {
                (icons::SAVE, "Sao lưu khóa…", "Ghi khóa bí mật ra tệp để cất giữ; ai có tệp đó thì ký thay được", "")
            }
            Command::ImportKey => {
                (icons::REFRESH, "Dùng khóa đã sao lưu…", "Từ nay ký gói bằng khóa trong tệp sẽ chọn", "")
            }
            Command::SetLimit(_) => (icons::MAIL, "Cỡ gói tối đa", "Gói lớn hơn được tách thành nhiều gói", ""),
            Command::Help => (icons::HELP, "Trợ giúp", "Hướng dẫn cho màn hình này", "F1"),
            Command::SavePicture(_) => (icons::IMAGE, "Lưu ảnh PNG…", "Lưu biểu đồ này thành tệp ảnh", ""),
        };
        Label { icon, text, tooltip, shortcut }
    }
}
