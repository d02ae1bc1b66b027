//! Letters as templates that the officer may change: one for each occasion, with gaps that are filled in.
//!
//! A template is plain text: the first line is the subject, the rest the body. An unknown name in braces is refused when
//! the template is read, not when letters are written.

use std::collections::BTreeMap;

use super::eml::Letter;
use crate::text::clean;

/// The occasions on which letters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Occasion {
    /// A report goes out.
    Filing,
    /// Figures go to the agency that leads.
    Contribution,
    /// A report arrived.
    Receipt,
    /// Rows of a report go back.
    Return,
    /// Others are asked for their part.
    Request,
    /// A report has not come.
    Reminder,
    /// A new edition of the catalogue goes to all.
    Edition,
}

/// What is filled in. Whoever reports is {đơn_vị}, whoever receives is {nơi_nhận}, in every letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Placeholder {
    /// The agency that reports, is answered, asked or reminded.
    Agency,
    /// The agency that receives, answers, asks or reminds.
    Receiver,
    Period,
    From,
    To,
    /// The day before which the report is due.
    Due,
    /// "còn 2 ngày", "quá hạn 3 ngày".
    DaysLeft,
    /// "chính thức", "bổ sung lần 1".
    Filing,
    NextFiling,
    /// " (phần 1/3)"; nothing where there is one part.
    Part,
    /// "báo cáo" or "số liệu phối hợp": what was received.
    Figures,
    /// When the report arrived, in time or late.
    Arrived,
    Count,
    /// The items with what is said about them, one a line.
    Items,
    /// The items that are missing, one a line.
    Missing,
    /// "danh mục ấn bản 2", what plan it is of, and what it changes, one a line.
    Edition,
    Plan,
    Changes,
    /// The attached file and its size.
    File,
    Sha256,
    /// What the recipient has to do with the file.
    HowToRead,
    Officer,
    /// The day on which the letter is written.
    Today,
}

/// A letter with gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    subject: Vec<Piece>,
    body: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Gap(Placeholder),
}

/// The officer's own templates; ours for every other occasion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Templates(BTreeMap<Occasion, String>);

/// Why a text is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// No such placeholder, or none of this occasion.
    #[error("unknown placeholder {0}")]
    Unknown(String),
    /// A brace without its other half.
    #[error("stray brace")]
    StrayBrace,
    /// No subject, or nothing below it.
    #[error("no subject or no body")]
    Incomplete,
}

impl Occasion {
    pub const ALL: [Occasion; 7] = [
        Occasion::Filing,
        Occasion::Contribution,
        Occasion::Receipt,
        Occasion::Return,
        Occasion::Request,
        Occasion::Reminder,
        Occasion::Edition,
    ];

    /// As settings and the command line call it.
    pub fn name(self) -> &'static str {
        match self {
            Occasion::Filing => "filing",
            Occasion::Contribution => "contribution",
            Occasion::Edition => "edition",
            Occasion::Receipt => "receipt",
            Occasion::Return => "return",
            Occasion::Request => "request",
            Occasion::Reminder => "reminder",
        }
    }

    /// The workspace's setting that holds the officer's own template.
    pub fn setting(self) -> String {
        format!("mail.{}", self.name())
    }

    pub fn title(self) -> &'static str {
        match self {
            Occasion::Filing => "Gửi báo cáo",
            Occasion::Contribution => "Gửi số liệu phối hợp",
            Occasion::Edition => "Gửi danh mục",
            Occasion::Receipt => "Báo đã nhận",
            Occasion::Return => "Trả lại",
            Occasion::Request => "Yêu cầu phối hợp",
            Occasion::Reminder => "Đôn đốc",
        }
    }

    /// What can be filled in.
    pub fn placeholders(self) -> &'static [Placeholder] {
        use Placeholder::{
            Agency, Arrived, Changes, Count, DaysLeft, Due, Edition, Figures, File, Filing, From, HowToRead, Items,
            Missing, NextFiling, Officer, Part, Period, Plan, Receiver, Sha256, To, Today,
        };
        match self {
            Occasion::Filing | Occasion::Contribution => {
                &[Agency, Receiver, Period, From, To, Due, Filing, Part, File, Sha256, HowToRead, Officer, Today]
            }
            Occasion::Receipt => &[
                Agency, Receiver, Period, From, To, Due, Filing, Figures, Arrived, File, Sha256, HowToRead, Officer,
                Today,
            ],
            Occasion::Return => &[
                Agency, Receiver, Period, From, To, Due, Filing, NextFiling, Figures, Arrived, Count, Items, File,
                Sha256, HowToRead, Officer, Today,
            ],
            Occasion::Request => {
                &[Agency, Receiver, Period, From, To, Due, Count, Items, File, Sha256, HowToRead, Officer, Today]
            }
            Occasion::Reminder => &[Agency, Receiver, Period, From, To, Due, DaysLeft, Count, Missing, Officer, Today],
            Occasion::Edition => &[Receiver, Edition, Plan, Count, Changes, File, Sha256, HowToRead, Officer, Today],
        }
    }

    /// The template that there is before anybody changes it.
    pub fn original(self) -> &'static str {
        match self {
            Occasion::Filing => include_str!("originals/filing.txt"),
            Occasion::Contribution => include_str!("originals/contribution.txt"),
            Occasion::Edition => include_str!("originals/edition.txt"),
            Occasion::Receipt => include_str!("originals/receipt.txt"),
            Occasion::Return => include_str!("originals/return.txt"),
            Occasion::Request => include_str!("originals/request.txt"),
            Occasion::Reminder => include_str!("originals/reminder.txt"),
        }
    }
}

impl Placeholder {
    /// What stands between the braces.
    pub fn name(self) -> &'static str {
        match self {
            Placeholder::Agency => "đơn_vị",
            Placeholder::Receiver => "nơi_nhận",
            Placeholder::Period => "kỳ",
            Placeholder::From => "từ_ngày",
            Placeholder::To => "đến_ngày",
            Placeholder::Due => "hạn",
            Placeholder::DaysLeft => "còn_lại",
            Placeholder::Filing => "loại",
            Placeholder::NextFiling => "lần_sau",
            Placeholder::Part => "phần",
            Placeholder::Arrived => "đã_nhận",
            Placeholder::Figures => "tên_số_liệu",
            Placeholder::Edition => "ấn_bản",
            Placeholder::Plan => "kế_hoạch",
            Placeholder::Changes => "thay_đổi",
            Placeholder::Count => "số_mục",
            Placeholder::Items => "các_mục",
            Placeholder::Missing => "thiếu",
            Placeholder::File => "tệp",
            Placeholder::Sha256 => "mã_kiểm_tra",
            Placeholder::HowToRead => "cách_đọc",
            Placeholder::Officer => "người_lập",
            Placeholder::Today => "hôm_nay",
        }
    }

    /// What it is filled with, for those who write templates.
    pub fn meaning(self) -> &'static str {
        match self {
            Placeholder::Agency => "cơ quan báo cáo, được trả lời, được đề nghị hoặc được đôn đốc",
            Placeholder::Receiver => "cơ quan nhận báo cáo, trả lời, đề nghị hoặc đôn đốc",
            Placeholder::Period => "kỳ báo cáo, ví dụ Quý IV/2023",
            Placeholder::From => "ngày đầu của số liệu trong kỳ",
            Placeholder::To => "ngày cuối của số liệu trong kỳ",
            Placeholder::Due => "báo cáo phải gửi trước ngày này",
            Placeholder::DaysLeft => "còn hay quá hạn bao nhiêu ngày",
            Placeholder::Filing => "lần nộp: chính thức hoặc bổ sung lần mấy",
            Placeholder::NextFiling => "lần nộp tiếp theo, sau khi sửa",
            Placeholder::Part => "phần thứ mấy khi gói được chia; một gói thì để trống",
            Placeholder::Figures => "đã nhận gì: báo cáo hoặc số liệu phối hợp",
            Placeholder::Arrived => "nhận lúc nào, đúng hạn hay trễ hạn",
            Placeholder::Count => "số mục được nêu trong thư",
            Placeholder::Items => "các mục kèm lý do hoặc lời nhắn, mỗi mục một dòng",
            Placeholder::Missing => "các mục còn thiếu, mỗi mục một dòng",
            Placeholder::Edition => "ấn bản của danh mục, ví dụ danh mục ấn bản 2",
            Placeholder::Plan => "tên kế hoạch",
            Placeholder::Changes => "những thay đổi của danh mục, mỗi thay đổi một dòng",
            Placeholder::File => "tên và cỡ của gói đính kèm",
            Placeholder::Sha256 => "mã SHA-256 của gói đính kèm",
            Placeholder::HowToRead => "cách mở gói bằng chương trình",
            Placeholder::Officer => "người lập thư",
            Placeholder::Today => "ngày lập thư",
        }
    }
}

impl Template {
    /// Reads a template for an occasion.
    ///
    /// # Errors
    /// [`TemplateError`], with the name of the placeholder that there is not.
    pub fn parse(occasion: Occasion, text: &str) -> Result<Template, TemplateError> {
        let text = clean(text);
        let (subject, body) = text.split_once('\n').ok_or(TemplateError::Incomplete)?;
        if subject.trim().is_empty() || body.trim().is_empty() {
            return Err(TemplateError::Incomplete);
        }
        Ok(Template { subject: pieces(occasion, subject.trim())?, body: pieces(occasion, body.trim())? })
    }

    /// The letter with its gaps filled in.
    pub fn fill(&self, value: impl Fn(Placeholder) -> String) -> Letter {
        // A subject is one line whatever was filled in.
        let subject = fill(&self.subject, &value).split_whitespace().collect::<Vec<_>>().join(" ");
        Letter { subject, body: fill(&self.body, &value) + "\n" }
    }
}

impl Templates {
    /// Takes the officer's own text for an occasion; one that is no template any more is passed over.
    pub fn set(&mut self, occasion: Occasion, text: &str) {
        if Template::parse(occasion, text).is_ok() {
            self.0.insert(occasion, text.to_owned());
        }
    }

    /// The text in use.
    pub fn text(&self, occasion: Occasion) -> &str {
        self.0.get(&occasion).map_or(occasion.original(), String::as_str)
    }

    /// The letter of an occasion.
    pub fn letter(&self, occasion: Occasion, value: impl Fn(Placeholder) -> String) -> Letter {
        let ours = || Template::parse(occasion, occasion.original());
        match Template::parse(occasion, self.text(occasion)).or_else(|_| ours()) {
            Ok(template) => template.fill(value),
            // Ours are checked by a test.
            Err(_) => Letter { subject: occasion.title().to_owned(), body: String::new() },
        }
    }
}

impl TemplateError {
    /// What is wrong, and what can be used instead.
    pub fn in_words(&self, occasion: Occasion) -> String {
        let names: Vec<String> = occasion.placeholders().iter().map(|gap| format!("{{{}}}", gap.name())).collect();
        let names = names.join(", ");
        match self {
            TemplateError::Unknown(name) => {
                format!("Mẫu thư có {{{name}}}, không phải chỗ điền nào của thư này. Dùng: {names}")
            }
            TemplateError::StrayBrace => {
                format!("Mẫu thư có dấu ngoặc nhọn lẻ: mỗi chỗ điền viết đủ hai dấu. Dùng: {names}")
            }
            TemplateError::Incomplete => {
                "Mẫu thư thiếu tiêu đề hoặc nội dung: dòng đầu là tiêu đề, các dòng sau là nội dung".to_owned()
            }
        }
    }
}

fn pieces(occasion: Occasion, text: &str) -> Result<Vec<Piece>, TemplateError> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or(TemplateError::StrayBrace)?;
        let known = occasion.placeholders().iter().find(|gap| gap.name() == name.trim());
        let gap = known.ok_or_else(|| TemplateError::Unknown(name.trim().to_owned()))?;
        pieces.extend([Piece::Text(plain(before)?), Piece::Gap(*gap)]);
        rest = after;
    }
    pieces.push(Piece::Text(plain(rest)?));
    Ok(pieces)
}

fn plain(text: &str) -> Result<String, TemplateError> {
    if text.contains('}') { Err(TemplateError::StrayBrace) } else { Ok(text.to_owned()) }
}

fn fill(pieces: &[Piece], value: &impl Fn(Placeholder) -> String) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Gap(gap) => value(*gap),
    };
    pieces.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn our_own_templates_are_templates_and_every_gap_has_a_name_of_its_own() {
        for occasion in Occasion::ALL {
            assert!(Template::parse(occasion, occasion.original()).is_ok(), "{occasion:?}");
            let gaps = occasion.placeholders();
            let names: BTreeSet<&str> = gaps.iter().map(|gap| gap.name()).collect();
            assert_eq!(names.len(), gaps.len(), "{occasion:?}");
        }
    }

    #[test]
    fn every_gap_is_explained_in_words_of_its_own_and_every_letter_has_a_name_of_its_own() {
        let gaps: BTreeSet<Placeholder> = Occasion::ALL.iter().flat_map(|o| o.placeholders()).copied().collect();
        let meanings: BTreeSet<&str> = gaps.iter().map(|gap| gap.meaning()).collect();
        assert_eq!(meanings.len(), gaps.len());
        assert!(meanings.iter().all(|words| words.chars().count() > 8 && !words.ends_with('.')), "{meanings:?}");
        let names: BTreeSet<&str> = Occasion::ALL.iter().map(|o| o.name()).collect();
        assert_eq!(names.len(), Occasion::ALL.len());
    }

    #[test]
    fn a_gap_of_another_letter_is_refused_by_its_name() {
        let text = "Đôn đốc\n\nGửi {đơn_vị}: {mã_kiểm_tra}";
        assert_eq!(Template::parse(Occasion::Reminder, text), Err(TemplateError::Unknown("mã_kiểm_tra".to_owned())));
        assert!(Template::parse(Occasion::Filing, text).is_ok());
    }

    #[test]
    fn what_is_filled_in_is_not_read_as_a_template_again() {
        let template = Template::parse(Occasion::Reminder, "{đơn_vị}\n\n{thiếu}").unwrap();
        let letter = template.fill(|gap| match gap {
            Placeholder::Agency => "{kỳ}\r\nBcc: x".to_owned(),
            _ => "}{".to_owned(),
        });
        assert_eq!((letter.subject.as_str(), letter.body.as_str()), ("{kỳ} Bcc: x", "}{\n"));
    }

    #[test]
    fn a_kept_text_that_is_no_template_any_more_gives_ours() {
        let mut templates = Templates::default();
        templates.set(Occasion::Filing, "Gửi {tên_cũ}\n\nnội dung");
        assert_eq!(templates.text(Occasion::Filing), Occasion::Filing.original());
    }
}
