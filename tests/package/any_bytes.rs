//! Whatever the bytes: no panic, and never other contents than those that were written.

use std::sync::LazyLock;

use dti::words;
use proptest::prelude::*;

use super::forge::forge;
use crate::support::packages::{contents, read, write};

static GOOD: LazyLock<Vec<u8>> = LazyLock::new(|| write(&contents()));

/// Refused with words for it, or the very contents.
fn holds(bytes: &[u8]) -> Result<(), TestCaseError> {
    match read(bytes) {
        Ok(package) => prop_assert_eq!(package.contents, contents()),
        Err(refusal) => {
            prop_assert!(!refusal.code().is_empty() && !refusal.to_string().is_empty());
            prop_assert!(words::refusal(&refusal).contains(": "));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn flipped_bytes_never_give_other_contents(flips in prop::collection::vec((any::<prop::sample::Index>(), 1..=255_u8), 1..6)) {
        let mut bytes = GOOD.clone();
        for (at, mask) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= mask;
        }
        holds(&bytes)?;
    }

    #[test]
    fn flipped_headers_never_give_other_contents(from_end in 0..4_000_usize, mask in 1..=255_u8) {
        let mut bytes = GOOD.clone();
        let at = bytes.len() - 1 - from_end.min(bytes.len() - 1);
        bytes[at] ^= mask;
        holds(&bytes)?;
    }

    #[test]
    fn pieces_moved_about_never_give_other_contents(
        from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(), length in 1..2_000_usize,
    ) {
        let mut bytes = GOOD.clone();
        let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
        let length = length.min(bytes.len() - from).min(bytes.len() - to);
        bytes.copy_within(from..from + length, to);
        holds(&bytes)?;
    }

    #[test]
    fn noise_is_no_package(noise in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(read(&noise).is_err());
        let zip = [b"PK\x03\x04".as_slice(), &noise, b"PK\x05\x06", &noise[..noise.len().min(18)]].concat();
        prop_assert!(read(&zip).is_err());
    }

    /// A forger changes bytes of any file and recomputes every file's hash: no panic, and no figure that nobody entered.
    #[test]
    fn files_changed_behind_their_hashes_never_give_other_figures(
        file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), mask in 1..=255_u8,
    ) {
        let mut forged = forge();
        let name = forged.files.keys().nth(file.index(forged.files.len())).unwrap().clone();
        let bytes = forged.files.get_mut(&name).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= mask;
        // datapackage.json may no longer be JSON; then only the tags can be recomputed.
        let forged = match serde_json::from_slice::<serde_json::Value>(&forged.files["datapackage.json"]) {
            Ok(value) if value["resources"].is_array() => std::panic::catch_unwind(|| forged.clone().rehash_all()).unwrap_or(forged),
            _ => forged.rehash_tags(),
        };
        if let Ok(package) = forged.read() {
            let figures = |c: &dti::package::Contents| c.revisions.iter().map(|r| (r.key.clone(), r.body.content.clone(), r.vector.clone())).collect::<Vec<_>>();
            prop_assert_eq!(figures(&package.contents), figures(&contents()));
        }
    }
}
