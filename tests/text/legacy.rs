//! Text from before Unicode: the whole alphabet in every encoding, and what is recognised as what.

use dti::text::legacy::{BY_LETTERS, Encoding, fits, latin, recognise};
use dti::text::nfc;
use proptest::prelude::*;

const SENTENCE: &str = "Số liệu đến hết quý đã được đối chiếu với sổ theo dõi của phường";

/// The 73 small letters: twelve vowels in six tones, and đ.
fn small() -> String {
    let tones = ["", "\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}"];
    let vowels = "aăâeêioôơuưy".chars().flat_map(|v| tones.map(|t| nfc(&format!("{v}{t}"))));
    vowels.chain(["đ".to_owned()]).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_whole_alphabet_is_read_as_other_programs_wrote_it() {
    let both = format!("{}\n{}", small(), small().to_uppercase());
    let samples: [(Encoding, &[u8], String); 4] = [
        (Encoding::Tcvn3, include_bytes!("../data/legacy/alphabet.tcvn3"), format!("{}\nĂ Â Ê Ô Ơ Ư Đ", small())),
        (Encoding::Viscii, include_bytes!("../data/legacy/alphabet.viscii"), both.clone()),
        (Encoding::Vni, include_bytes!("../data/legacy/alphabet.vni"), both.clone()),
        (Encoding::Windows1258, include_bytes!("../data/legacy/alphabet.windows-1258"), both),
    ];
    for (encoding, bytes, expected) in samples {
        assert_eq!(encoding.decode(&latin(bytes)), expected, "{encoding:?}");
    }
}

#[test]
fn each_encoding_is_recognised_by_its_letters_alone() {
    let tables: [(Encoding, &[u8]); 4] = [
        (Encoding::Tcvn3, include_bytes!("../data/legacy/table.tcvn3.csv")),
        (Encoding::Viscii, include_bytes!("../data/legacy/table.viscii.csv")),
        (Encoding::Vni, include_bytes!("../data/legacy/table.vni.csv")),
        (Encoding::Windows1258, include_bytes!("../data/legacy/table.windows-1258.csv")),
    ];
    for (encoding, bytes) in tables {
        assert_eq!(recognise([latin(bytes).as_str()]), [encoding]);
    }
    let misread = include_str!("../data/legacy/table.misread-utf8.csv");
    assert_eq!(recognise([misread]), [Encoding::MisreadUtf8]);
    assert!(Encoding::MisreadUtf8.decode(misread).contains("Số liệu đến hết quý"));
}

#[test]
fn unicode_and_foreign_text_is_left_alone() {
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(SENTENCE).collect();
    for text in [
        SENTENCE,
        &decomposed,
        "Hoàn thành báo cáo, thông qua toàn bộ các mục",
        "là cá có lá",
        "Café Nestlé, Genève, São Paulo, München, Besançon, déjà vu",
        "M05;850;1000;±5 m² – 20 °C “trích”",
        "3 × 4 × 5; 2 × 6",
        "plain ASCII only",
        "",
    ] {
        assert_eq!(recognise([text]), [], "{text}");
        for encoding in BY_LETTERS {
            assert!(text != SENTENCE || !fits(encoding, text), "{encoding:?}");
        }
    }
}

#[test]
fn a_font_tells_its_encoding() {
    for (font, encoding) in [
        (".VnTime", Some(Encoding::Tcvn3)),
        (".VnArial Narrow", Some(Encoding::Tcvn3)),
        (".vntimeh", Some(Encoding::Tcvn3Capitals)),
        ("VNI-Times", Some(Encoding::Vni)),
        ("VNI Helve", Some(Encoding::Vni)),
        ("VI Times", Some(Encoding::Viscii)),
        ("Times New Roman", None),
        ("Verdana", None),
        ("Vivaldi", None),
        ("", None),
    ] {
        assert_eq!(Encoding::of_font(font), encoding, "{font}");
    }
}

#[test]
fn a_font_of_capitals_makes_capitals() {
    assert_eq!(Encoding::Tcvn3Capitals.decode("ñy ban nh©n d©n tØnh"), "ỦY BAN NHÂN DÂN TỈNH");
    assert_eq!(Encoding::Tcvn3.decode("Tö sè, mÉu sè: 25%"), "Tử số, mẫu số: 25%");
    assert_eq!(
        Encoding::Vni.decode("Tyû leä ngöôøi daân; HUYEÄN ÑAKROÂNG; thò xaõ"),
        "Tỷ lệ người dân; HUYỆN ĐAKRÔNG; thị xã"
    );
}

#[test]
fn text_typed_in_unicode_under_a_font_of_old_is_no_legacy_text() {
    assert!(!fits(Encoding::Tcvn3, SENTENCE));
    assert!(!fits(Encoding::Tcvn3, "Hoàn thành"));
    assert!(fits(Encoding::Tcvn3, "Hoµn thµnh"));
    assert!(!fits(Encoding::Vni, "M05"));
}

proptest! {
    #[test]
    fn no_text_makes_decoding_panic_and_all_of_it_is_composed(text in "\\PC*|[\\x00-\\u{FF}]*") {
        for encoding in BY_LETTERS.into_iter().chain([Encoding::Tcvn3Capitals]) {
            let decoded = encoding.decode(&text);
            prop_assert_eq!(&nfc(&decoded), &decoded);
        }
        let _ = recognise([text.as_str()]);
    }
}
