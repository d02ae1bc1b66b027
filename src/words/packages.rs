//! Why a package from outside was refused: file, row, reason, and what to do. Nothing of it was stored.

use zip::result::ZipError;

use super::exchange::io_error;
use super::harmless::harmless;
use super::{filing, package_kind, period, problem};
use crate::package::{CellProblem, DirectoryFault, NameProblem, Place, Refusal, WriteError};
use crate::text::number::format_decimal;
use crate::trust::{PublicKey, Standing};

/// What to do about a package that its sender has to write again.
const SEND_AGAIN: &str = "đề nghị đơn vị gửi xuất lại gói từ chương trình và gửi lại";
/// What to do about a package that suffered on the way.
const FETCH_AGAIN: &str = "tải lại tệp từ thư điện tử, nếu vẫn lỗi thì đề nghị đơn vị gửi lại";
/// What to do about a package that was changed after it was written.
const TAMPERED: &str = "không dùng gói này, đề nghị đơn vị gửi xuất lại gói và gửi lại";

/// What to do about a key that nobody has confirmed.
const COMPARE: &str = "gọi cho cơ quan đó theo số đã có từ trước để đối chiếu mã khóa; đúng thì xác nhận khóa ở Cài đặt \
                       (hoặc bằng lệnh dti keys) rồi nhập lại, không đúng thì không dùng gói này";
/// What to do about a package that nobody signed.
const ASK: &str = "hỏi lại cơ quan đó và đề nghị gửi gói có chữ ký; vẫn muốn nhập thì đổi cách xử lý ở Cài đặt (hoặc bằng \
                   lệnh dti keys)";

/// One sentence: what, and what next.
pub fn refusal(refusal: &Refusal) -> String {
    let (what, next) = both(refusal);
    format!("{}: {next}", harmless(&what))
}

/// Why a package could not be written.
pub fn write_error(error: &WriteError) -> String {
    match error {
        WriteError::Io(error) | WriteError::Zip(ZipError::Io(error)) => {
            format!("Không ghi được gói ({}): kiểm tra ổ đĩa và quyền truy cập rồi thử lại", io_error(error))
        }
        WriteError::Zip(error) => {
            format!("Không ghi được gói ({error}): kiểm tra ổ đĩa và quyền truy cập rồi thử lại")
        }
        WriteError::EvidenceName(name) => {
            format!(
                "Tên tệp minh chứng {} có ký tự không gửi đi được: đổi tên tệp rồi đính kèm lại",
                harmless(&format!("{name:?}"))
            )
        }
        WriteError::TextsTooBig { bytes, limit } => {
            format!(
                "Các bảng của gói có {} byte, lớn hơn giới hạn {}: rút gọn phần diễn giải rồi xuất lại",
                count(*bytes),
                count(*limit)
            )
        }
        WriteError::EvidenceChanged { name, .. } => {
            format!("Tệp minh chứng “{}” không còn đúng như khi đính kèm: đính kèm lại tệp", harmless(name))
        }
    }
}

fn both(refusal: &Refusal) -> (String, &'static str) {
    match refusal {
        Refusal::Unreadable(detail) => {
            (format!("Không đọc được tệp ({detail})"), "kiểm tra ổ đĩa và quyền truy cập rồi thử lại")
        }
        Refusal::Empty => ("Tệp rỗng".to_owned(), FETCH_AGAIN),
        Refusal::NotZip => ("Không phải tệp ZIP".to_owned(), "chọn đúng gói dữ liệu có tên DTI_….zip"),
        Refusal::CutShort => ("Tệp ZIP bị cụt, thiếu phần cuối".to_owned(), FETCH_AGAIN),
        Refusal::LeadingBytes => ("Có dữ liệu lạ ở trước tệp ZIP".to_owned(), TAMPERED),
        Refusal::TrailingBytes(bytes) => (format!("Có {} byte lạ ở sau tệp ZIP", count(*bytes)), FETCH_AGAIN),
        Refusal::Comment(None) => ("Tệp ZIP có ghi chú ẩn, gói không được có".to_owned(), TAMPERED),
        Refusal::Comment(Some(name)) => (format!("{name} có ghi chú ẩn trong tệp ZIP, gói không được có"), TAMPERED),
        Refusal::Zip64(None) => ("Tệp ZIP thuộc loại ZIP64 (trên 4 GB), gói không dùng".to_owned(), SEND_AGAIN),
        Refusal::Zip64(Some(name)) => {
            (format!("{name} được nén theo loại ZIP64 (tệp trên 4 GB), gói không dùng"), SEND_AGAIN)
        }
        Refusal::DamagedDirectory(fault) => {
            (format!("Mục lục của tệp ZIP bị hỏng: {}", directory_fault(*fault)), FETCH_AGAIN)
        }
        Refusal::NotAPackage => (
            "Tệp ZIP không có datapackage.json nên không phải gói dữ liệu của chương trình này".to_owned(),
            "chọn đúng gói dữ liệu có tên DTI_….zip",
        ),

        Refusal::TooManyEntries { found, limit } => {
            (format!("Gói có {} tệp, nhiều hơn giới hạn {}", count(*found), count(*limit)), SEND_AGAIN)
        }
        Refusal::EntryTooBig { file, bytes, limit } => {
            (format!("{file} có {} byte, lớn hơn giới hạn {}", count(*bytes), count(*limit)), SEND_AGAIN)
        }
        Refusal::PackageTooBig { bytes, limit } => {
            (format!("Gói có {} byte, lớn hơn giới hạn {}", count(*bytes), count(*limit)), SEND_AGAIN)
        }
        Refusal::TextsTooBig { bytes, limit } => {
            (format!("Các bảng trong gói có {} byte, lớn hơn giới hạn {}", count(*bytes), count(*limit)), SEND_AGAIN)
        }
        Refusal::Bomb { file, bytes, packed } => (
            format!("{file} nén bất thường ({} byte nén thành {})", count(*bytes), count(*packed)),
            "không dùng gói này, hỏi lại đơn vị gửi",
        ),

        Refusal::UnsafeName { name, problem } => {
            (format!("Tên tệp {name:?} trong gói không an toàn: {}", name_problem(*problem)), TAMPERED)
        }
        Refusal::DuplicateName(name) => (format!("Gói có hai tệp cùng tên {name}"), TAMPERED),
        Refusal::CollidingNames { first, second } => {
            (format!("Tên hai tệp {first} và {second} chỉ khác nhau ở chữ hoa hoặc cách ghép dấu"), TAMPERED)
        }
        Refusal::Link(name) => (format!("{name} là liên kết hoặc tệp đặc biệt"), TAMPERED),
        Refusal::Folder(name) => (format!("{name} là mục thư mục, gói không được có"), SEND_AGAIN),
        Refusal::Encrypted(name) => {
            (format!("{name} có mật khẩu"), "đề nghị đơn vị gửi xuất lại gói không đặt mật khẩu")
        }
        Refusal::Method { file, method } => {
            (format!("{file} được nén bằng cách không dùng trong gói (kiểu {method})"), SEND_AGAIN)
        }
        Refusal::HeadersDisagree(name) => (format!("Thông tin về {name} trong tệp ZIP mâu thuẫn nhau"), TAMPERED),
        Refusal::SizeLie { file, declared } => {
            (format!("{file} không đúng kích thước đã khai ({} byte)", count(*declared)), TAMPERED)
        }
        Refusal::Overlap { first, second } => (format!("Tệp {first} và {second} chồng lên nhau trong gói"), TAMPERED),
        Refusal::HiddenBytes(name) => (format!("Có dữ liệu ẩn trước {name}"), TAMPERED),
        Refusal::Corrupt(name) => (format!("{name} bị hỏng"), FETCH_AGAIN),

        Refusal::DescriptorSyntax(detail) => (format!("datapackage.json sai cấu trúc ({detail})"), SEND_AGAIN),
        Refusal::DuplicateKey(key) => (format!("datapackage.json có hai lần khóa “{key}”"), TAMPERED),
        Refusal::TooNew { found, known } => (
            format!("Gói có định dạng {found}, chương trình này đọc đến {known}"),
            "cập nhật chương trình rồi mở lại gói",
        ),
        Refusal::OtherPlan { found, known } => (
            format!("Gói của kế hoạch khác ({found}), tệp này theo {known}"),
            "mở gói bằng tệp làm việc của kế hoạch đó",
        ),
        Refusal::NewerEdition { found, known } => (
            format!("Gói này lập theo danh mục ấn bản {found}, mới hơn danh mục của tệp này (ấn bản {known})"),
            "hãy nhập gói danh mục của đơn vị tiếp nhận báo cáo trước, rồi nhập lại gói này",
        ),
        Refusal::BadEdition(faults) => (
            format!("Danh mục trong gói có chỗ chương trình này không đọc được ({})", super::faults(faults)),
            "cập nhật chương trình rồi nhập lại, nếu vẫn lỗi thì đề nghị nơi gửi xuất lại gói danh mục",
        ),
        Refusal::EditionLoses(lost) => (
            format!("Danh mục trong gói thiếu hoặc làm khác đi mục đang có ở đây: {}", super::edition_loses(lost)),
            "hỏi lại nơi gửi; số liệu cũ sẽ không đọc được nếu dùng danh mục này",
        ),
        Refusal::StrangeEdition { found, known } => (
            format!("Danh mục ấn bản {found} trong gói không nối tiếp danh mục của tệp này (ấn bản {known})"),
            "hỏi lại nơi gửi để lấy đúng gói danh mục",
        ),
        Refusal::NoEdition(kind) => (
            format!("Gói này là “{}”, không phải gói danh mục", package_kind(*kind)),
            "chọn gói danh mục (DTI_…_danh-muc_an-ban-….zip) do đơn vị tiếp nhận báo cáo gửi",
        ),
        Refusal::OtherKind(kind) => {
            (format!("Loại gói “{kind}” chưa đọc được ở đây"), "cập nhật chương trình rồi mở lại gói")
        }

        Refusal::BagDeclaration => ("bagit.txt không phải khai báo BagIt 1.0".to_owned(), SEND_AGAIN),
        Refusal::ManifestSyntax { file, line } => (format!("{file}, dòng {line} sai cấu trúc"), SEND_AGAIN),
        Refusal::BagInfo(detail) => (format!("bag-info.txt không đúng ({detail})"), TAMPERED),
        Refusal::MissingFile(name) => (format!("Gói thiếu {name}"), TAMPERED),
        Refusal::ExtraFile(name) => (format!("Gói có thêm {name} không thuộc báo cáo"), TAMPERED),
        Refusal::Altered(name) => (format!("{name} đã bị sửa, không khớp manifest-sha256.txt"), TAMPERED),
        Refusal::TagAltered(name) => (format!("{name} đã bị sửa, không khớp tagmanifest-sha256.txt"), TAMPERED),
        Refusal::SenderDiffers { bag_info, descriptor } => (
            format!("Đơn vị gửi không thống nhất: bag-info.txt ghi {bag_info}, datapackage.json ghi {descriptor}"),
            TAMPERED,
        ),
        Refusal::ResourceDiffers(name) => {
            (format!("{name} không đúng kích thước hoặc mã SHA-256 ghi trong datapackage.json"), TAMPERED)
        }

        Refusal::BadSignature => {
            ("Chữ ký không khớp: gói đã bị sửa sau khi ký, hoặc do người khác ký".to_owned(), TAMPERED)
        }
        Refusal::Untrusted { agency, standing, key, known, .. } => {
            let next = if key.is_some() { COMPARE } else { ASK };
            (untrusted(agency, *standing, key.as_ref(), known), next)
        }

        Refusal::OtherRecipient { recipient } => (
            format!("Gói được gửi cho cơ quan “{recipient}”, không phải cho đơn vị này"),
            "chuyển gói cho đúng nơi nhận",
        ),
        Refusal::UnknownAgency { agency, place } => {
            let what = format!("cơ quan “{agency}” không có trong danh mục");
            let what = match place {
                Some(place) => lead(place) + &what,
                None => upper_first(&what),
            };
            (what, "kiểm tra phiên bản danh mục của hai bên")
        }
        Refusal::AgencyRenamed { agency, name, known } => (
            format!("Cơ quan {agency} có tên “{name}” trong gói nhưng danh mục ghi “{known}”"),
            "kiểm tra đơn vị gửi và phiên bản danh mục của hai bên",
        ),
        Refusal::UnknownItem { item, place } => {
            (format!("{}mục “{item}” không có trong danh mục", lead(place)), "kiểm tra phiên bản danh mục của hai bên")
        }
        Refusal::WrongTable { item, place } => (format!("{}mục {item} không thuộc bảng này", lead(place)), TAMPERED),
        Refusal::NotEntitled { sender, item, agency, place } => (
            format!("{}{sender} không được báo cáo {item} thay cho {agency}", lead(place)),
            "đề nghị đơn vị có trách nhiệm tự gửi",
        ),
        Refusal::OtherPeriod { found, expected, place } => {
            (format!("{}số liệu của {} trong gói {}", lead(place), period(found), period(expected)), SEND_AGAIN)
        }

        Refusal::ForeignWorkingCopy { agency } => (
            format!("Gói là bản sao làm việc của cơ quan “{agency}”, không phải của đơn vị này"),
            "bản sao làm việc chỉ nhập được vào tệp của chính đơn vị đó; muốn gửi số liệu thì nộp báo cáo",
        ),
        Refusal::UnknownFiling { period: id, filing: kind } => (
            format!("Giấy báo nói về báo cáo {} {} nhưng tệp này không nộp báo cáo đó", filing(*kind), period(id)),
            "nhập gói vào tệp làm việc đã nộp báo cáo, hoặc nhập trước bản sao làm việc của máy đã nộp",
        ),
        Refusal::NotTheReceiver { sender } => (
            format!("Giấy báo do cơ quan “{sender}” gửi, không phải nơi nhận số liệu đó"),
            "không dùng gói này, hỏi lại nơi nhận số liệu",
        ),
        Refusal::NotTheIssuer { sender } => (
            format!("Gói danh mục do cơ quan “{sender}” gửi, không phải đơn vị tiếp nhận báo cáo"),
            "không dùng gói này, hỏi lại đơn vị tiếp nhận",
        ),
        Refusal::NotAContribution { sender, item } => (
            format!(
                "Gói của cơ quan “{sender}” có {item}, không phải số liệu của cơ quan đó cho nhiệm vụ do đơn vị này chủ trì"
            ),
            "đề nghị đơn vị gửi xuất lại gói số liệu phối hợp; báo cáo thì gửi đơn vị tổng hợp",
        ),
        Refusal::NotFiled { item } => (
            format!("Gói trả lại mục {item} với số liệu không có trong báo cáo đã nộp"),
            "không dùng gói này, hỏi lại nơi nhận số liệu",
        ),
        Refusal::NotTheLead { sender, item } => (
            format!("Cơ quan “{sender}” không chủ trì {item} nên không yêu cầu phối hợp được"),
            "không dùng gói này, hỏi lại đơn vị gửi",
        ),
        Refusal::NoRows(file) => (format!("{file} không có dòng nào"), SEND_AGAIN),
        Refusal::NotUtf8 { file, line } => (format!("{file}, dòng {line} không phải văn bản UTF-8"), SEND_AGAIN),
        Refusal::Columns { file, expected, found } => {
            (format!("{file} có các cột “{found}”, phải là “{expected}”"), SEND_AGAIN)
        }
        Refusal::RowForm { place } => {
            (format!("{}dấu nháy hoặc dấu xuống dòng không đúng quy cách CSV của gói", lead(place)), TAMPERED)
        }
        Refusal::RowWidth { expected, found, place } => {
            (format!("{}có {} ô, phải có {expected}", lead(place), count(*found as u64)), TAMPERED)
        }
        Refusal::Cell { column, value, problem, place } => {
            (format!("{}cột {column} ghi {value:?}, {}", lead(place), cell_problem(*problem)), TAMPERED)
        }
        Refusal::DuplicateRow { first, place } => (format!("{}trùng với dòng {first}", lead(place)), TAMPERED),
        Refusal::RowAltered { place } => {
            (format!("{}nội dung đã bị sửa, không khớp mã kiểm tra của dòng", lead(place)), TAMPERED)
        }
        Refusal::Nonsense { problem: of, place } => {
            let sentence = problem(of);
            let what = sentence.split_once(": ").map_or(sentence.as_str(), |(what, _)| what);
            (format!("{}{}", lead(place), lower_first(what)), "đề nghị đơn vị gửi sửa số liệu, xuất lại gói và gửi lại")
        }
        Refusal::Counter { device, count: of, place } => {
            (format!("{}số đếm của máy {device} không hợp lệ ({})", lead(place), count(*of)), TAMPERED)
        }

        Refusal::EvidenceWithoutRow { place } => {
            (format!("{}minh chứng của một phiên bản không có trong gói", lead(place)), TAMPERED)
        }
        Refusal::EvidenceDiffers { file, place } => {
            (format!("{}{file} không phải tệp minh chứng đã khai", lead(place)), TAMPERED)
        }
        Refusal::EvidenceWithoutName(name) => (format!("{name} không được khai trong evidence.csv"), TAMPERED),
        Refusal::NoSuchEvidence(name) => (format!("Gói không kèm tệp minh chứng {name}"), SEND_AGAIN),
    }
}

/// Why a signature is not enough here: which key came, and which is known.
fn untrusted(agency: &str, standing: Standing, key: Option<&PublicKey>, known: &[PublicKey]) -> String {
    let codes = || known.iter().map(PublicKey::code).collect::<Vec<_>>().join(" hoặc ");
    let came = key.map(PublicKey::code).unwrap_or_default();
    match standing {
        Standing::Changed => format!(
            "Gói của “{agency}” ký bằng khóa {came}, khác khóa đã biết {}: cơ quan đổi khóa, hoặc gói bị giả mạo",
            codes()
        ),
        Standing::NewDevice => {
            format!("Gói của “{agency}” ký bằng khóa mới {came}, từ một máy chưa từng gửi; khóa đã biết là {}", codes())
        }
        Standing::NoLongerSigned => {
            format!("Gói của “{agency}” không có chữ ký, trong khi trước đây cơ quan này ký bằng khóa {}", codes())
        }
        Standing::Unsigned => format!("Gói của “{agency}” không có chữ ký"),
        Standing::First | Standing::Remembered | Standing::Confirmed | Standing::Broken => {
            format!("Gói của “{agency}” ký bằng khóa {came} mà chưa ai xác nhận")
        }
    }
}

/// "data/indicator_values.csv, dòng 5, "; the header is row 1, as in a spreadsheet.
fn lead(place: &Place) -> String {
    format!("{}, dòng {}, ", place.file, place.row)
}

fn count(number: u64) -> String {
    format_decimal(number.into())
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn directory_fault(fault: DirectoryFault) -> &'static str {
    match fault {
        DirectoryFault::SeveralDisks => "tệp là một phần của bộ nhiều tệp",
        DirectoryFault::Position => "không nằm ở chỗ đã khai",
        DirectoryFault::TooLong => "dài bất thường",
        DirectoryFault::CutShort => "bị cụt",
        DirectoryFault::NoHeader => "có mục không đọc được",
        DirectoryFault::MoreEntries => "có nhiều mục hơn đã khai",
        DirectoryFault::Outside => "trỏ ra ngoài tệp",
    }
}

fn name_problem(problem: NameProblem) -> &'static str {
    match problem {
        NameProblem::Empty => "tên trống",
        NameProblem::TooLong => "tên quá dài",
        NameProblem::Absolute => "đường dẫn tuyệt đối",
        NameProblem::Unc => "đường dẫn mạng",
        NameProblem::Drive => "có tên ổ đĩa hoặc dấu hai chấm",
        NameProblem::Parent => "trỏ ra ngoài gói",
        NameProblem::Backslash => "có dấu gạch chéo ngược",
        NameProblem::Control => "có ký tự điều khiển",
        NameProblem::Reserved => "tên mà Windows dành riêng",
        NameProblem::TrailingDot => "kết thúc bằng dấu chấm hoặc dấu cách",
        NameProblem::Character => "có ký tự không được dùng",
    }
}

fn cell_problem(problem: CellProblem) -> &'static str {
    match problem {
        CellProblem::Missing => "còn thiếu",
        CellProblem::NotANumber => {
            "không phải số hợp lệ (chỉ gồm chữ số và dấu chấm thập phân; nhiều nhất 15 chữ số ở trước, 9 chữ số ở sau)"
        }
        CellProblem::NotADate => "không phải ngày",
        CellProblem::NotATime => "không phải thời điểm",
        CellProblem::NotAPeriod => "không phải kỳ báo cáo",
        CellProblem::UnknownValue => "không phải giá trị được dùng",
        CellProblem::TooLong => "quá dài",
        CellProblem::NotClean => "có ký tự không được dùng",
        CellProblem::NotAVector => "không phải bộ đếm phiên bản",
        CellProblem::NotCanonical => "không viết theo dạng chuẩn của gói",
    }
}
