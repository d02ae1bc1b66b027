//! The texts that `minisign` reads and writes: public key, secret key, signature. Bytes and base64, no arithmetic.
//!
//! Source: <https://jedisct1.github.io/minisign/>, "Signature format", "Public key format", "Secret key format".
//! Signatures are prehashed ("ED"); secret keys are without a password.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use blake2::digest::consts::U32;
use blake2::{Blake2b, Digest};

use super::KeyFileError;

/// Which key: a number drawn by lot, there to find the key and not to prove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct KeyId(pub [u8; 8]);

/// A signature file taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SignatureText {
    pub id: KeyId,
    /// Of the message's BLAKE2b-512.
    pub signature: [u8; 64],
    /// The trusted comment.
    pub comment: String,
    /// Of the signature and the trusted comment.
    pub global: [u8; 64],
}

pub(super) struct SecretKeyBytes {
    pub id: KeyId,
    /// Seed and public key.
    pub pair: [u8; 64],
}

const ALGORITHM: &[u8; 2] = b"Ed";
const PREHASHED: &[u8; 2] = b"ED";
const NO_KDF: &[u8; 2] = &[0, 0];
const CHECKSUM: &[u8; 2] = b"B2";
const UNTRUSTED: &str = "untrusted comment: ";
const TRUSTED: &str = "trusted comment: ";
/// Salt (32), operations limit (8) and memory limit (8) of the password's derivation.
const KDF_BYTES: usize = 48;

pub(super) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub(super) fn public_key_bytes(id: KeyId, key: &[u8; 32]) -> Vec<u8> {
    [ALGORITHM.as_slice(), &id.0, key].concat()
}

pub(super) fn write_public_key(id: KeyId, key: &[u8; 32]) -> String {
    format!("{UNTRUSTED}minisign public key {id}\n{}\n", encode(&public_key_bytes(id, key)))
}

/// Reads the base64 line of a public key.
pub(super) fn read_public_key(line: &str) -> Option<(KeyId, [u8; 32])> {
    let bytes = decode(line)?;
    let (id, key) = bytes.strip_prefix(ALGORITHM)?.split_first_chunk()?;
    Some((KeyId(*id), key.try_into().ok()?))
}

pub(super) fn write_secret_key(key: &SecretKeyBytes) -> String {
    let SecretKeyBytes { id, pair } = key;
    let parts: [&[u8]; 7] = [ALGORITHM, NO_KDF, CHECKSUM, &[0; KDF_BYTES], &id.0, pair, &checksum(*id, pair)];
    format!("{UNTRUSTED}minisign secret key {id}\n{}\n", encode(&parts.concat()))
}

pub(super) fn read_secret_key(text: &str) -> Result<SecretKeyBytes, KeyFileError> {
    let fault = KeyFileError::NotAKeyFile;
    let line = text.lines().nth(1).filter(|_| text.starts_with(UNTRUSTED)).ok_or(fault)?;
    let bytes = decode(line.trim_end()).ok_or(fault)?;
    let rest = bytes.strip_prefix(ALGORITHM).ok_or(fault)?;
    let (kdf, rest) = rest.split_first_chunk::<2>().ok_or(fault)?;
    let rest = rest.strip_prefix(CHECKSUM).ok_or(fault)?;
    let key = rest.get(KDF_BYTES..).ok_or(fault)?;
    let (id, rest) = key.split_first_chunk().ok_or(fault)?;
    let (pair, sum) = rest.split_first_chunk().ok_or(fault)?;
    let id = KeyId(*id);
    match kdf {
        _ if sum.len() != 32 => Err(fault),
        b"Sc" => Err(KeyFileError::Encrypted),
        // minisign leaves the checksum of a key without a password empty.
        NO_KDF if sum == [0; 32] || sum == checksum(id, pair) => Ok(SecretKeyBytes { id, pair: *pair }),
        NO_KDF => Err(KeyFileError::Damaged),
        _ => Err(fault),
    }
}

/// What the second signature of a signature file covers.
pub(super) fn under_global(signature: &[u8; 64], comment: &str) -> Vec<u8> {
    [signature.as_slice(), comment.as_bytes()].concat()
}

impl SignatureText {
    pub fn write(&self) -> String {
        let SignatureText { id, signature, comment, global } = self;
        let line = encode(&[PREHASHED.as_slice(), &id.0, signature].concat());
        format!("{UNTRUSTED}signature from minisign secret key {id}\n{line}\n{TRUSTED}{comment}\n{}\n", encode(global))
    }

    /// Four lines, and nothing else.
    pub fn read(text: &str) -> Option<SignatureText> {
        let lines: Vec<&str> = text.lines().collect();
        let [untrusted, signature, trusted, global] = lines.as_slice() else { return None };
        untrusted.strip_prefix(UNTRUSTED)?;
        let comment = trusted.strip_prefix(TRUSTED)?.to_owned();
        let bytes = decode(signature)?;
        let (id, signature) = bytes.strip_prefix(PREHASHED)?.split_first_chunk()?;
        let signature = signature.try_into().ok()?;
        Some(SignatureText { id: KeyId(*id), signature, comment, global: decode(global)?.try_into().ok()? })
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016X}", u64::from_le_bytes(self.0))
    }
}

fn decode(line: &str) -> Option<Vec<u8>> {
    STANDARD.decode(line).ok()
}

fn checksum(id: KeyId, pair: &[u8; 64]) -> [u8; 32] {
    let hash = Blake2b::<U32>::new().chain_update(ALGORITHM).chain_update(id.0).chain_update(pair);
    hash.finalize().into()
}
