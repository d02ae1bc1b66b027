//! Keys make the signatures that they verify, the same ones every time, and nothing else passes.

use dti::trust::{KeyFileError, PublicKey, SecretKey};

const MESSAGE: &[u8] = b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  bagit.txt\n";

fn key() -> SecretKey {
    SecretKey::new([7; 32])
}

/// Made by `minisign -G -W` and `minisign -S` 0.11, on [`MESSAGE`] with the trusted comment "thử".
const THEIR_SECRET: &str = include_str!("minisign.key");
const THEIR_PUBLIC: &str = include_str!("minisign.pub");
const THEIR_SIGNATURE: &str = include_str!("minisign.minisig");

#[test]
fn a_signature_holds_for_its_message_key_and_comment_only() {
    let text = key().sign(MESSAGE, "agency:so-noi-vu");
    let public = key().public();
    assert!(public.verifies(MESSAGE, &text));
    assert!(!public.verifies(b"khac", &text));
    assert!(!SecretKey::new([8; 32]).public().verifies(MESSAGE, &text));
    assert!(!public.verifies(MESSAGE, &text.replace("so-noi-vu", "so-tai-chinh")));
}

#[test]
fn the_same_key_message_and_comment_give_the_same_signature() {
    assert_eq!(key().sign(MESSAGE, "một"), key().sign(MESSAGE, "một"));
    assert_ne!(key().sign(MESSAGE, "một"), key().sign(MESSAGE, "hai"));
}

#[test]
fn every_letter_of_a_signature_counts_but_those_of_the_untrusted_comment() {
    let text = key().sign(MESSAGE, "một");
    let first = text.find('\n').unwrap() + 1;
    for (at, letter) in text.char_indices().filter(|(at, _)| *at >= first) {
        let other = if letter == 'A' { 'B' } else { 'A' };
        let changed = format!("{}{other}{}", &text[..at], &text[at + letter.len_utf8()..]);
        if at + 1 < text.len() {
            assert!(!key().public().verifies(MESSAGE, &changed), "letter {at}:\n{changed}");
        }
    }
    let renamed = text.replacen("untrusted comment: ", "untrusted comment: khác ", 1);
    assert!(key().public().verifies(MESSAGE, &renamed));
}

#[test]
fn texts_that_are_no_signature_do_not_hold() {
    let text = key().sign(MESSAGE, "một");
    for broken in ["", "untrusted comment: x\n", &text[..text.len() / 2], &format!("{text}thừa\n")] {
        assert!(!key().public().verifies(MESSAGE, broken), "{broken:?}");
    }
}

#[test]
fn what_minisign_made_is_understood_and_made_alike() {
    let secret = SecretKey::from_file(THEIR_SECRET).unwrap();
    let public: PublicKey = THEIR_PUBLIC.lines().nth(1).unwrap().parse().unwrap();
    assert_eq!(secret.public(), public);
    assert_eq!(public.to_file(), THEIR_PUBLIC);
    assert!(public.verifies(MESSAGE, THEIR_SIGNATURE));
    // Ed25519 leaves no choice: the same lines, but for the untrusted comment.
    let ours = secret.sign(MESSAGE, "thử");
    assert_eq!(ours.lines().skip(1).collect::<Vec<_>>(), THEIR_SIGNATURE.lines().skip(1).collect::<Vec<_>>());
}

#[test]
fn a_key_comes_back_from_its_file() {
    let back = SecretKey::from_file(&key().to_file()).unwrap();
    assert_eq!(back.public(), key().public());
    assert_eq!(back.sign(MESSAGE, "một"), key().sign(MESSAGE, "một"));
    let public = key().public();
    assert_eq!(public.to_string().parse(), Ok(public));
    assert_eq!(public.to_string(), public.to_file().lines().nth(1).unwrap());
}

#[test]
fn key_files_that_cannot_be_used_say_why() {
    let error = |text: &str| SecretKey::from_file(text).err();
    assert_eq!(error("một tệp khác"), Some(KeyFileError::NotAKeyFile));
    assert_eq!(error(&key().public().to_file()), Some(KeyFileError::NotAKeyFile));
    assert_eq!(error(include_str!("minisign-password.key")), Some(KeyFileError::Encrypted));
    let text = key().to_file();
    // The last letters are the checksum, those in the middle the key itself.
    for at in [text.len() - 6, text.len() - 80] {
        let other = if text[at..].starts_with('A') { "B" } else { "A" };
        let damaged = format!("{}{other}{}", &text[..at], &text[at + 1..]);
        assert_eq!(error(&damaged), Some(KeyFileError::Damaged), "{at}");
    }
}

#[test]
fn a_public_key_is_one_text_and_no_weak_point() {
    let text = key().public().to_string();
    for broken in [format!("{text} "), text.replace("RW", "RX"), text[..40].to_owned(), String::new()] {
        assert!(broken.parse::<PublicKey>().is_err(), "{broken:?}");
    }
    // The neutral element signs anything: "Ed", eight bytes of id, and a 1.
    assert!("RWQAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".parse::<PublicKey>().is_err());
}

#[test]
fn the_code_for_the_telephone_is_four_groups_of_five_digits() {
    let code = key().public().code();
    let groups: Vec<&str> = code.split(' ').collect();
    assert_eq!(groups.len(), 4);
    assert!(groups.iter().all(|g| g.len() == 5 && g.bytes().all(|b| b.is_ascii_digit())), "{code}");
    assert_ne!(code, SecretKey::new([8; 32]).public().code());
    // Printed and read out once, it may never change.
    assert_eq!(code, "57124 74853 85152 56112");
}
