//! Keys and signatures in minisign's texts, and what a key is to one who remembers keys.

mod keys;
mod standing;
