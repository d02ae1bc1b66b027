//! The parts of a wording: split where one ends, and told apart by kind.

use rust_decimal::Decimal;

use super::amount::{Amount, Formula, Fraction, Side, amount, compact, fraction, is_letter, number};
use crate::text::fold;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Clause {
    /// "a = Số lượng văn bản …"
    Definition {
        name: String,
        text: String,
    },
    /// "Tỷ lệ = a/b"
    Ratio(Fraction),
    /// "Tỷ lệ chuẩn hóa = tỷ lệ của đơn vị / tỷ lệ của đơn vị có giá trị lớn nhất"
    BestRatio,
    /// "Điểm = …", in every case.
    Score(Formula),
    /// "4 lần: 20 điểm"
    Outcome {
        condition: String,
        amount: Amount,
    },
    /// "Không dùng để đánh giá"
    Unscored,
    /// "Bộ TT&TT đánh giá"
    Central,
    /// Speaks neither of points nor of how they follow.
    Remark,
    Unclear,
}

const LINE_ENDS: [char; 6] = ['\n', ';', '•', '●', '▪', '◦'];
const BULLETS: [char; 6] = ['-', '+', '*', '.', ',', ' '];
/// What may stand before a colon without saying anything.
const HEADS: [&str; 18] = [
    "trong do",
    "voi",
    "cu the",
    "nhu sau",
    "cach tinh",
    "cach tinh diem",
    "cach xac dinh",
    "cach xac dinh va tinh diem",
    "cach cham",
    "cach cham diem",
    "cong thuc",
    "cong thuc tinh",
    "tinh diem",
    "thang diem",
    "muc diem",
    "diem",
    "so diem",
    "diem danh gia",
];
/// Words in which "điểm" is none of points.
const PLACES: [&str; 10] = [
    "thoi diem",
    "trong diem",
    "dia diem",
    "quan diem",
    "thi diem",
    "dac diem",
    "diem cau",
    "diem truy nhap",
    "diem buu dien",
    "diem nghen",
];
/// Words about points: where they are not understood, nothing is.
const SCORING: [&str; 11] =
    ["diem", "ty le", "ti le", "toi da", "he so", "nhan voi", "chia cho", "bi tru", "cong them", "thuong", "%"];
const UNSCORED: [&str; 5] =
    ["khong tinh diem", "khong cham diem", "khong dung de danh gia", "khong dung de tinh diem", "khong danh gia"];
const MINISTRY: [&str; 7] = [
    "bo tt&tt",
    "bo tttt",
    "bo thong tin va truyen thong",
    "bo kh&cn",
    "bo khcn",
    "bo khoa hoc va cong nghe",
    "cuc chuyen doi so quoc gia",
];
const MEASURES: [&str; 10] = [
    "danh gia",
    "do luong",
    "khao sat",
    "cham diem",
    "cong bo",
    "thong ke",
    "xac dinh",
    "thu thap",
    "cung cap so lieu",
    "tong hop so lieu",
];
const MEASURED: [&str; 5] = ["do luong tu dong", "do tu dong", "khao sat", "he thong tu dong", "dieu tra xa hoi hoc"];

/// One sign for each of those that have several.
pub(super) fn plain_signs(text: &str) -> String {
    let mut plain = text.replace(">=", "≥").replace("<=", "≤").replace("=<", "≤").replace('½', "1/2");
    for (from, to) in [('×', '*'), ('∗', '*'), ('·', '*'), ('–', '-'), ('—', '-'), ('−', '-'), ('：', ':')] {
        plain = plain.replace(from, &to.to_string());
    }
    plain
}

/// The parts: at line ends and semicolons, behind an amount, and before "a =", "Tỷ lệ =" and "Điểm =".
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for line in text.split(LINE_ENDS) {
        let mut start = 0;
        for (at, c) in line.char_indices().filter(|(_, c)| matches!(c, '.' | ',' | '-' | '+')) {
            let after = &line[at + c.len_utf8()..];
            if !after.starts_with(char::is_whitespace) || at < start {
                continue;
            }
            let before = line[start..at].trim_end();
            if ends_in_amount(before) || (matches!(c, '.' | ',') && begins_formula(after)) {
                pieces.push(&line[start..at]);
                start = at + c.len_utf8();
            }
        }
        pieces.push(&line[start..]);
    }
    pieces.into_iter().map(bare).filter(|piece| !piece.is_empty()).collect()
}

fn bare(piece: &str) -> &str {
    piece.trim().trim_start_matches(BULLETS).trim_end_matches(['.', ',', ' '])
}

fn ends_in_amount(before: &str) -> bool {
    let tail = before.char_indices().rev().nth(24).map_or(before, |(at, _)| &before[at..]);
    let tail = fold(tail);
    let bare = tail.strip_suffix("diem").or_else(|| tail.strip_suffix('d'));
    let points = bare.is_some_and(|t| t.trim_end().ends_with(|c: char| c.is_ascii_digit()));
    points || tail.ends_with("diem toi da") || tail.ends_with(": toi da")
}

fn begins_formula(after: &str) -> bool {
    let sign = after.char_indices().take(20).find(|(_, c)| *c == '=').map(|(at, _)| at);
    let name = sign.map(|at| fold(&after[..at])).unwrap_or_default();
    is_letter(&name) || is_ratio(&name) || is_score(&name)
}

fn is_ratio(name: &str) -> bool {
    matches!(name, "ty le" | "ti le" | "ty le %" | "ti le %" | "ty le (%)" | "ti le (%)")
}

fn is_score(name: &str) -> bool {
    matches!(name, "diem" | "so diem" | "diem so" | "diem danh gia" | "diem dat duoc")
}

/// What a part is.
pub(super) fn classify(piece: &str, maximum: Option<Decimal>) -> Clause {
    let piece = without_head(piece);
    if piece.is_empty() {
        return Clause::Remark;
    }
    if let Some((name, text)) = definition(piece) {
        return defined(name, text, maximum);
    }
    let case = outcome(piece, maximum);
    if let Some((condition, amount)) = case {
        return Clause::Outcome { condition: condition.to_owned(), amount };
    }
    let folded = fold(piece);
    if let Some((left, right)) = piece.split_once('=').or_else(|| piece.split_once(':')) {
        let left = fold(left);
        if left.starts_with("ty le chuan hoa") || left.starts_with("ti le chuan hoa") {
            let best = ["lon nhat", "cao nhat", "tot nhat"].iter().any(|word| folded.contains(word));
            return if best { Clause::BestRatio } else { Clause::Unclear };
        }
        if is_ratio(&left) {
            return fraction(&compact(right)).or_else(|| in_words(right)).map_or(Clause::Unclear, Clause::Ratio);
        }
        if is_score(&left) {
            return score(right, maximum);
        }
        if left == "diem toi da" && number(&compact(right).replace("diem", "")) == maximum && maximum.is_some() {
            return Clause::Remark;
        }
    }
    if let Some(Amount::Formula(formula)) = amount(piece, maximum) {
        return Clause::Score(formula);
    }
    if UNSCORED.iter().any(|words| folded.contains(words)) {
        return Clause::Unscored;
    }
    let measured =
        MINISTRY.iter().any(|name| folded.contains(name)) && MEASURES.iter().any(|verb| folded.contains(verb));
    if measured || MEASURED.iter().any(|words| folded.contains(words)) {
        return Clause::Central;
    }
    let plain = PLACES.iter().fold(folded, |text, place| text.replace(place, ""));
    let speaks = SCORING.iter().any(|word| plain.contains(word)) || plain.contains(['≥', '≤', '<', '>', '=']);
    if speaks { Clause::Unclear } else { Clause::Remark }
}

fn without_head(piece: &str) -> &str {
    let mut piece = bare(piece);
    while let Some((head, rest)) = piece.split_once(':')
        && HEADS.contains(&fold(head).as_str())
    {
        piece = bare(rest);
    }
    piece
}

/// "a = …", "b: …", "c là …"
fn definition(piece: &str) -> Option<(String, &str)> {
    let sign = piece.char_indices().take(6).find(|(_, c)| matches!(c, '=' | ':')).map(|(at, _)| (at, at + 1));
    let word = || piece.split_once(" là ").map(|(name, _)| (name.len(), name.len() + " là ".len()));
    let (end, rest) = sign.or_else(word)?;
    let name = fold(&piece[..end]);
    let text = piece[rest..].trim();
    (is_letter(&name) && !text.is_empty()).then_some((name, text))
}

fn defined(name: String, text: &str, maximum: Option<Decimal>) -> Clause {
    let sum = compact(text);
    let calculated =
        sum.split(['+', '-', '*', '/', '(', ')']).all(|p| p.is_empty() || is_letter(p) || number(p).is_some());
    if calculated || amount(text, maximum).is_some() || fraction(&sum).is_some() {
        return Clause::Unclear;
    }
    Clause::Definition { name, text: text.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// A case and what it brings.
fn outcome(piece: &str, maximum: Option<Decimal>) -> Option<(&str, Amount)> {
    let signs = [":", "->", "→", "=>", "⇒", " thì được ", " được ", " đạt ", "="];
    signs.iter().find_map(|sign| {
        let at = piece.rfind(sign)?;
        let (condition, right) = (piece[..at].trim(), &piece[at + sign.len()..]);
        let of_points =
            |name: &str| is_ratio(name) || is_score(name) || name.ends_with("diem") || name.ends_with("diem toi da");
        if condition.is_empty() || of_points(&fold(condition)) {
            return None;
        }
        // "Tỷ lệ < 80%: Điểm = Tỷ lệ/80%*Điểm tối đa" ends at its colon.
        let found = amount(right, maximum)?;
        Some((without_if(condition), found))
    })
}

/// "Nếu", "Trường hợp" before a case.
fn without_if(condition: &str) -> &str {
    let words = ["nếu", "trường hợp", "khi"];
    let lower = condition.to_lowercase();
    let word = words.iter().find(|word| lower.strip_prefix(**word).is_some_and(|rest| rest.starts_with(' ')));
    // Lower case keeps the length of these words' letters.
    match word {
        Some(word) => condition.get(word.len()..).unwrap_or(condition).trim_start(),
        None => condition,
    }
}

fn score(right: &str, maximum: Option<Decimal>) -> Clause {
    match amount(right, maximum) {
        Some(Amount::Formula(formula)) => Clause::Score(formula),
        _ => Clause::Unclear,
    }
}

/// "Số văn bản ký số / Tổng số văn bản"
fn in_words(text: &str) -> Option<Fraction> {
    let text = text.trim();
    let times = ["*100%", "* 100%", "x100%", "x 100%"];
    let text = times.iter().find_map(|times| text.strip_suffix(times)).unwrap_or(text).trim();
    let (over, under) = text.split_once('/')?;
    let counts = |side: &str| {
        let side = fold(side.trim().trim_start_matches('(').trim_end_matches(')'));
        ["so ", "tong ", "luong "].iter().any(|word| side.starts_with(word))
    };
    let words = |side: &str| Side::Words(bare(side.trim().trim_start_matches('(').trim_end_matches(')')).to_owned());
    (counts(over) && counts(under) && !under.contains('/'))
        .then(|| Fraction { numerator: words(over), denominator: words(under) })
}
