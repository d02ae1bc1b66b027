//! Keys: making one, signing and verifying with it, its code for the telephone, and its file.

use std::fmt;
use std::str::FromStr;

use blake2::{Blake2b512, Digest};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::minisign::{self, KeyId, SecretKeyBytes, SignatureText};

/// A public key with the id that minisign gives keys. Its text is the second line of a `.pub` file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PublicKey {
    id: KeyId,
    key: [u8; 32],
}

/// A secret key. It has no `Debug`: it stands in no message and no log.
#[derive(Clone)]
pub struct SecretKey {
    id: KeyId,
    key: SigningKey,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a minisign public key")]
pub struct NotAKey;

/// Why a secret key file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    #[error("not a minisign secret key file")]
    NotAKeyFile,
    /// Protected by a password: `minisign -C -W` takes it off.
    #[error("the key file has a password")]
    Encrypted,
    /// Its halves, or its checksum, do not fit each other.
    #[error("the key file is damaged")]
    Damaged,
}

impl SecretKey {
    /// The key that follows from 32 random bytes.
    pub fn new(seed: [u8; 32]) -> SecretKey {
        let key = SigningKey::from_bytes(&seed);
        // minisign draws the id by lot as well; any eight bytes do, and these need no second lot.
        let mut id = KeyId::default();
        id.0.copy_from_slice(&Blake2b512::digest(key.verifying_key().as_bytes())[..8]);
        SecretKey { id, key }
    }

    pub fn public(&self) -> PublicKey {
        PublicKey { id: self.id, key: self.key.verifying_key().to_bytes() }
    }

    /// Signs a message: the text of a `.minisig` file. The same key, message and comment give the same text.
    ///
    /// `comment` is the trusted comment, one line that the signature covers.
    pub fn sign(&self, message: &[u8], comment: &str) -> String {
        let signature = self.key.sign(&Blake2b512::digest(message)).to_bytes();
        let global = self.key.sign(&minisign::under_global(&signature, comment)).to_bytes();
        SignatureText { id: self.id, signature, comment: comment.to_owned(), global }.write()
    }

    /// The text of a secret key file without a password, as `minisign -G -W` makes it.
    pub fn to_file(&self) -> String {
        minisign::write_secret_key(&SecretKeyBytes { id: self.id, pair: self.key.to_keypair_bytes() })
    }

    /// Reads a secret key file without a password.
    pub fn from_file(text: &str) -> Result<SecretKey, KeyFileError> {
        let SecretKeyBytes { id, pair } = minisign::read_secret_key(text)?;
        let key = SigningKey::from_keypair_bytes(&pair).map_err(|_| KeyFileError::Damaged)?;
        Ok(SecretKey { id, key })
    }
}

impl PublicKey {
    /// True where `signature`, the text of a `.minisig` file, is this key's for `message`, trusted comment included.
    pub fn verifies(&self, message: &[u8], signature: &str) -> bool {
        let Some(SignatureText { id, signature, comment, global }) = SignatureText::read(signature) else {
            return false;
        };
        let Ok(key) = VerifyingKey::from_bytes(&self.key) else { return false };
        let holds = |message: &[u8], signature| key.verify_strict(message, &Signature::from_bytes(signature)).is_ok();
        id == self.id
            && holds(&Blake2b512::digest(message), &signature)
            && holds(&minisign::under_global(&signature, &comment), &global)
    }

    /// What two people compare by phone: four groups of five digits, from the SHA-256 of the key's 42 bytes.
    pub fn code(&self) -> String {
        let hash = Sha256::digest(minisign::public_key_bytes(self.id, &self.key));
        let (words, _) = hash[..16].as_chunks::<4>();
        let groups: Vec<String> = words.iter().map(|w| format!("{:05}", u32::from_be_bytes(*w) % 100_000)).collect();
        groups.join(" ")
    }

    /// The id as minisign shows it: 16 hex digits.
    pub fn id(&self) -> String {
        self.id.to_string()
    }

    /// The text of a `.pub` file.
    pub fn to_file(&self) -> String {
        minisign::write_public_key(self.id, &self.key)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&minisign::encode(&minisign::public_key_bytes(self.id, &self.key)))
    }
}

impl FromStr for PublicKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let (id, key) = minisign::read_public_key(text).ok_or(NotAKey)?;
        // A point that is none, or a weak one, vouches for nothing.
        VerifyingKey::from_bytes(&key).ok().filter(|k| !k.is_weak()).ok_or(NotAKey)?;
        Ok(PublicKey { id, key })
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> String {
        key.to_string()
    }
}

impl TryFrom<String> for PublicKey {
    type Error = NotAKey;

    fn try_from(text: String) -> Result<Self, NotAKey> {
        text.parse()
    }
}
