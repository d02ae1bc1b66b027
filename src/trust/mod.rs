//! Who signed: Ed25519 keys and signatures in the text forms of `minisign`, and what a key is to one who remembers keys.
//!
//! Pure: randomness, time and policy are arguments, files are texts. There is no authority above the keys: one is
//! believed because it was there first, or because two people compared its code by phone.

mod key;
mod minisign;
mod standing;

pub use key::{KeyFileError, NotAKey, PublicKey, SecretKey};
pub use standing::{Answer, Case, KeyState, KnownKey, Policy, Signer, Standing, Trust};
