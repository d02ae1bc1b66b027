//! Vietnamese text from before Unicode: TCVN3 (ABC), VNI-Windows, VISCII, windows-1258, and UTF-8 that was read as Latin.
//!
//! Such text reaches us as Latin letters ("Tö sè" for "Tử số"): the font made the difference, or the file is one of bytes.
//! What it is follows from the font's name ([`Encoding::of_font`]) or from how many words become Vietnamese syllables
//! ([`recognise`]). Nothing is converted here unasked: the caller shows what was recognised and lets a person confirm.
//!
//! Sources: TCVN 5712:1993 (VN2 and VN3), RFC 1456 (VISCII), Microsoft's code page 1258; VNI-Windows is its maker's and
//! stands in the tables of free keyboards (xvnkb, UniKey).

use std::collections::BTreeSet;

use super::nfc;

/// One way of writing Vietnamese with Latin letters or single bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// TCVN 5712:1993, of the fonts `.VnTime`, `.VnArial`.
    Tcvn3,
    /// The same under a font that draws capitals only: `.VnTimeH`.
    Tcvn3Capitals,
    /// Of the fonts `VNI-Times`, `VNI-Helve`: a letter and its mark, two characters.
    Vni,
    /// RFC 1456.
    Viscii,
    /// Microsoft's: base letters and combining marks, one byte each.
    Windows1258,
    /// UTF-8, taken for windows-1252 by some program on the way: "Sá»‘" for "Số".
    MisreadUtf8,
}

/// Those that letters alone can tell apart.
pub const BY_LETTERS: [Encoding; 5] =
    [Encoding::Tcvn3, Encoding::Vni, Encoding::Viscii, Encoding::Windows1258, Encoding::MisreadUtf8];

/// TCVN 5712:1993, bytes A1 to FE; those that only VN1 and VN2 have included.
const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđẰ\u{300}\u{309}\u{303}\u{301}\u{323}àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ";
/// RFC 1456, bytes 80 to FF. The six capitals among the control characters are [`VISCII_LOW`].
const VISCII: &str = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";
const VISCII_LOW: [(char, char); 6] =
    [('\x02', 'Ẳ'), ('\x05', 'Ẵ'), ('\x06', 'Ẫ'), ('\x14', 'Ỷ'), ('\x19', 'Ỹ'), ('\x1E', 'Ỵ')];
/// Code page 1258 where it differs from 1252.
const WINDOWS_1258: [(char, char); 12] = [
    ('Ã', 'Ă'),
    ('Ì', '\u{300}'),
    ('Ð', 'Đ'),
    ('Ò', '\u{309}'),
    ('Õ', 'Ơ'),
    ('Ý', 'Ư'),
    ('Þ', '\u{303}'),
    ('ã', 'ă'),
    ('ì', '\u{301}'),
    ('ð', 'đ'),
    ('ò', '\u{323}'),
    ('õ', 'ơ'),
];
/// Code page 1258, continued: its last two differ in kind.
const WINDOWS_1258_LAST: [(char, char); 2] = [('ý', 'ư'), ('þ', '₫')];
/// VNI: what stands after a letter, and the marks that it means.
const VNI_MARKS: [(char, &str); 17] = [
    ('ù', "\u{301}"),
    ('ø', "\u{300}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('á', "\u{302}\u{301}"),
    ('à', "\u{302}\u{300}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('é', "\u{306}\u{301}"),
    ('è', "\u{306}\u{300}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
    ('ë', "\u{306}\u{323}"),
];
/// VNI: single characters that are letters of their own.
const VNI_LETTERS: [(char, char); 9] =
    [('ñ', 'đ'), ('ô', 'ơ'), ('ö', 'ư'), ('í', 'í'), ('ì', 'ì'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('ò', 'ị'), ('î', 'ỵ')];
/// What windows-1252 has at 80 to 9F; a control character stands where it has none.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

/// A recognised encoding needs so many different words with marks,
const FEWEST_WORDS: usize = 2;
/// of which so many in a hundred are Vietnamese after conversion,
const VIETNAMESE_AFTER: usize = 80;
/// and at most so many were before.
const VIETNAMESE_BEFORE: usize = 60;

impl Encoding {
    /// The encoding that a font was made for; none for a font of Unicode.
    pub fn of_font(name: &str) -> Option<Encoding> {
        let name = name.trim().to_ascii_lowercase();
        if name.starts_with(".vn") {
            return Some(if name.ends_with('h') { Encoding::Tcvn3Capitals } else { Encoding::Tcvn3 });
        }
        if name.starts_with("vni-") || name.starts_with("vni ") {
            return Some(Encoding::Vni);
        }
        (name.starts_with("viscii") || name.starts_with("vi ")).then_some(Encoding::Viscii)
    }

    /// The text in Unicode, NFC. What the encoding does not have stays as it is.
    pub fn decode(self, text: &str) -> String {
        let decoded: String = match self {
            Encoding::Tcvn3 => text.chars().map(tcvn3).collect(),
            // Such a font draws every letter as a capital, the plain ones as well.
            Encoding::Tcvn3Capitals => Encoding::Tcvn3.decode(text).to_uppercase(),
            Encoding::Vni => vni(text),
            Encoding::Viscii => text.chars().map(viscii).collect(),
            Encoding::Windows1258 => text.chars().map(windows_1258).collect(),
            Encoding::MisreadUtf8 => misread(text).unwrap_or_else(|| text.to_owned()),
        };
        nfc(&decoded)
    }
}

/// Bytes of a file without Unicode as the Latin letters that stand for them, to be decoded further.
pub fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|&b| char::from(b)).collect()
}

/// What the texts of one table are written in, the best first; empty for Unicode and for what nobody can tell.
///
/// Several where they explain the letters equally well.
pub fn recognise<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Encoding> {
    // Each word once: a multiplication sign in every row is no word of a language.
    let legacy = texts.into_iter().filter(|t| may_be_legacy(t));
    let marked: BTreeSet<&str> = legacy.flat_map(words).filter(|w| !w.is_ascii()).collect();
    let words = marked.len();
    let before = marked.iter().filter(|w| is_syllable(w)).count();
    if words < FEWEST_WORDS || before * 100 > words * VIETNAMESE_BEFORE {
        return Vec::new();
    }
    let after = |e: Encoding| marked.iter().filter(|w| is_syllable(&e.decode(w))).count();
    let counts = BY_LETTERS.map(|e| (e, after(e)));
    let best = counts.iter().map(|(_, n)| *n).max().unwrap_or_default();
    if best * 100 < words * VIETNAMESE_AFTER {
        return Vec::new();
    }
    counts.into_iter().filter(|(_, n)| *n == best).map(|(e, _)| e).collect()
}

/// True where conversion makes the text Vietnamese, or leaves it as Vietnamese as it was: not text that is Unicode
/// already, whatever its font.
pub fn fits(encoding: Encoding, text: &str) -> bool {
    if encoding == Encoding::Tcvn3Capitals && text.is_ascii() {
        return true;
    }
    if !may_be_legacy(text) {
        return false;
    }
    let after = vietnamese_after(encoding, text);
    after > 0 && after >= count(text).1
}

/// Letters beyond ASCII, and none that only Unicode has: what legacy text can be made of.
fn may_be_legacy(text: &str) -> bool {
    let in_latin = |c: char| (c as u32) < 0x100 || WINDOWS_1252.contains(c);
    text.chars().all(in_latin) && text.chars().any(|c| !c.is_ascii() || VISCII_LOW.iter().any(|(low, _)| *low == c))
}

/// Words with a character beyond ASCII, and how many of them are Vietnamese as they stand.
fn count(text: &str) -> (usize, usize) {
    let marked = words(text).filter(|w| !w.is_ascii());
    marked.fold((0, 0), |(all, good), word| (all + 1, good + usize::from(is_syllable(word))))
}

fn vietnamese_after(encoding: Encoding, text: &str) -> usize {
    words(text).filter(|w| !w.is_ascii() && is_syllable(&encoding.decode(w))).count()
}

/// Pieces between spaces and ASCII signs: a sign of Latin-1 may be a letter.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let splits = |c: char| c.is_ascii_whitespace() || (c.is_ascii() && !c.is_ascii_alphabetic() && !c.is_control());
    text.split(splits).filter(|w| !w.is_empty())
}

/// True for a Vietnamese syllable in Unicode: an onset, a nucleus and a coda that the language has, one tone at most.
fn is_syllable(word: &str) -> bool {
    const ONSETS: &[&str] = &[
        "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
        "n", "p", "r", "s", "t", "v", "x", "",
    ];
    const CODAS: &[&str] = &["ng", "nh", "ch", "c", "m", "n", "p", "t", ""];
    const NUCLEI: &[&str] = &[
        "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu",
        "ia", "iê", "iêu", "iu", "oa", "oai", "oao", "oay", "oă", "oe", "oeo", "oi", "oo", "ôi", "ơi", "ua", "uâ",
        "uây", "uê", "ui", "uô", "uôi", "uơ", "uy", "uya", "uyê", "uyu", "ưa", "ưi", "ươ", "ươi", "ươu", "ưu", "yê",
        "yêu",
    ];
    let Some(letters) = without_tone(word) else { return false };
    ONSETS
        .iter()
        .filter_map(|onset| letters.strip_prefix(onset))
        .any(|rest| CODAS.iter().filter_map(|coda| rest.strip_suffix(coda)).any(|nucleus| NUCLEI.contains(&nucleus)))
}

/// The word in small letters without its tone; none where its tones or capitals are none of a word.
fn without_tone(word: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    let is_tone = |c: char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let rest = word.chars().skip(1);
    let (mut small, mut capital) = (false, false);
    for c in rest {
        small |= c.is_lowercase();
        capital |= c.is_uppercase();
    }
    let first_is_small = word.chars().next().is_some_and(char::is_lowercase);
    let tones = word.nfd().filter(|&c| is_tone(c)).count();
    if ((small || first_is_small) && capital) || tones > 1 {
        return None;
    }
    Some(word.to_lowercase().nfd().filter(|&c| !is_tone(c)).nfc().collect())
}

fn tcvn3(c: char) -> char {
    match (c as u32).checked_sub(0xA1) {
        Some(at) => TCVN3.chars().nth(at as usize).unwrap_or(c),
        None => c,
    }
}

fn viscii(c: char) -> char {
    if let Some((_, letter)) = VISCII_LOW.iter().find(|(low, _)| *low == c) {
        return *letter;
    }
    match byte(c).and_then(|b| b.checked_sub(0x80)) {
        Some(at) => VISCII.chars().nth(usize::from(at)).unwrap_or(c),
        None => c,
    }
}

fn windows_1258(c: char) -> char {
    WINDOWS_1258.iter().chain(&WINDOWS_1258_LAST).find(|(latin, _)| *latin == c).map_or(c, |(_, letter)| *letter)
}

/// A mark goes to the letter before it; a letter that carries a mark is looked up by itself.
fn vni(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut base = false;
    for c in text.chars() {
        let small = c.to_lowercase().next().unwrap_or(c);
        if base && let Some((_, marks)) = VNI_MARKS.iter().find(|(mark, _)| *mark == small) {
            decoded.push_str(marks);
            base = false;
            continue;
        }
        let letter = VNI_LETTERS.iter().find(|(latin, _)| *latin == small).map_or(small, |(_, letter)| *letter);
        // ô and ö are letters that take a tone; í, ì, æ, ó, ò and î have theirs.
        base = matches!(letter, 'a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư');
        if letter == small {
            decoded.push(c);
        } else if c.is_uppercase() {
            decoded.extend(letter.to_uppercase());
        } else {
            decoded.push(letter);
        }
    }
    decoded
}

/// The UTF-8 that the Latin letters were; none where they are not.
fn misread(text: &str) -> Option<String> {
    let bytes = text.chars().map(byte).collect::<Option<Vec<u8>>>()?;
    String::from_utf8(bytes).ok()
}

/// The byte that a character is in windows-1252; the control characters that it has no letter for are themselves.
fn byte(c: char) -> Option<u8> {
    match WINDOWS_1252.chars().position(|known| known == c) {
        Some(at) => Some(0x80 + at as u8),
        None => u8::try_from(u32::from(c)).ok(),
    }
}
