//! Keys and signatures: what a package's signature is here, and what is known of a key.

use crate::text::date::format_time;
use crate::trust::{Answer, Case, KeyFileError, KeyState, PublicKey, Standing};

/// A few words for a card or a table.
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Confirmed => "chữ ký đúng, khóa đã đối chiếu",
        Standing::Remembered => "chữ ký đúng, khóa đã biết",
        Standing::First => "chữ ký đúng, lần đầu thấy khóa này",
        Standing::NewDevice => "chữ ký đúng, khóa mới từ máy chưa từng gửi",
        Standing::Changed => "khóa ký đã đổi",
        Standing::Unsigned => "không có chữ ký",
        Standing::NoLongerSigned => "không có chữ ký, trước đây có",
        Standing::Broken => "chữ ký sai",
    }
}

/// One or two words for a narrow column.
pub fn signature(standing: Standing) -> &'static str {
    match standing {
        Standing::Confirmed | Standing::Remembered => "tốt",
        Standing::First | Standing::NewDevice => "khóa mới",
        Standing::Changed => "khóa đổi",
        Standing::Unsigned | Standing::NoLongerSigned => "không ký",
        Standing::Broken => "sai chữ ký",
    }
}

/// What to do about a signature that is less than good; none where there is nothing to do.
pub fn standing_advice(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Confirmed | Standing::Remembered => None,
        Standing::First => Some("nên gọi cho cơ quan gửi để đối chiếu mã khóa một lần, rồi xác nhận khóa"),
        Standing::NewDevice => {
            Some("gọi cho cơ quan gửi hỏi có dùng thêm máy không và đối chiếu mã khóa, rồi xác nhận khóa")
        }
        Standing::Changed => {
            Some("gọi cho cơ quan gửi hỏi có đổi khóa không và đối chiếu mã khóa trước khi tin số liệu")
        }
        Standing::Unsigned => Some("không có gì chứng tỏ gói do cơ quan này gửi; nên hỏi lại cơ quan gửi"),
        Standing::NoLongerSigned => Some("cơ quan này trước đây có ký; gọi hỏi lại trước khi tin số liệu"),
        Standing::Broken => Some("không dùng gói này; đề nghị cơ quan gửi xuất lại gói và gửi lại"),
    }
}

/// A signature that is less than good, with the code of its key and what to do; none where there is nothing to do.
pub fn standing_concern(of: Standing, key: Option<&PublicKey>) -> Option<String> {
    let code = key.map(|k| format!(" (mã khóa {})", k.code())).unwrap_or_default();
    Some(format!("{}{code}; {}", standing(of), standing_advice(of)?))
}

pub fn key_state(state: &KeyState) -> String {
    match state {
        KeyState::Own => "khóa của tệp này".to_owned(),
        KeyState::Seen => "đã nhớ, chưa đối chiếu".to_owned(),
        KeyState::Confirmed { officer, time } if officer.is_empty() => format!("đã xác nhận {}", format_time(*time)),
        KeyState::Confirmed { officer, time } => format!("{officer} xác nhận {}", format_time(*time)),
        KeyState::Waiting => "chờ xác nhận, gói đang bị từ chối".to_owned(),
    }
}

/// The question of a policy.
pub fn policy_case(case: Case) -> &'static str {
    match case {
        Case::New => "Gói ký bằng khóa chưa từng thấy",
        Case::Changed => "Gói ký bằng khóa khác trước, hoặc mất chữ ký",
        Case::Unsigned => "Gói không ký, từ trước đến nay chưa ký",
    }
}

pub fn policy_answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Accept => "Nhập kèm cảnh báo",
        Answer::Refuse => "Từ chối đến khi xác nhận",
    }
}

/// Why a secret key file was not taken, and what to do.
pub fn key_file_error(error: KeyFileError) -> &'static str {
    match error {
        KeyFileError::NotAKeyFile => {
            "không phải tệp khóa bí mật của minisign: chọn đúng tệp đã sao lưu khóa từ Cài đặt hoặc bằng dti keys --export"
        }
        KeyFileError::Encrypted => "tệp khóa có mật khẩu: bỏ mật khẩu bằng lệnh minisign -C -W -s TỆP rồi làm lại",
        KeyFileError::Damaged => "tệp khóa bị hỏng: dùng bản sao lưu khác của khóa",
    }
}
