//! What a package's signature is to a workspace that remembers who signed with which key, and what to do about it.

use chrono::{DateTime, FixedOffset};

use super::PublicKey;

/// Who a package says it is from, and the key that it is signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    pub agency: String,
    pub device: String,
    pub key: PublicKey,
}

/// A key that a device of an agency has signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownKey {
    pub agency: String,
    pub device: String,
    pub key: PublicKey,
    pub first_seen: DateTime<FixedOffset>,
    pub state: KeyState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyState {
    /// The workspace's own, now or before.
    Own,
    /// Remembered at first sight; nobody has compared its code.
    Seen,
    /// An officer says that it is the agency's.
    Confirmed { officer: String, time: DateTime<FixedOffset> },
    /// Its packages are refused until an officer says that it is the agency's.
    Waiting,
}

/// What a package's signature (one that holds, or none) is to a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Signed with a key of the agency that an officer has confirmed, or with an own one.
    Confirmed,
    /// Signed with the agency's key as it is remembered.
    Remembered,
    /// The first key ever seen from this agency.
    First,
    /// Another key than the agency's others, from a device that was not seen before.
    NewDevice,
    /// Another key than this device has signed with until now: the agency has a new one, or somebody forged the package.
    Changed,
    /// Without a signature, from an agency that never signed.
    Unsigned,
    /// Without a signature, though the agency has signed until now.
    NoLongerSigned,
    /// With one that does not hold: not of this content, or not by the key that the package names.
    Broken,
}

/// What to do with a package whose signature is less than good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// With a warning.
    Accept,
    /// Keep it aside until an officer has decided.
    Refuse,
}

/// The officer's answers. A signature that does not hold is always refused, whatever stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// A key never seen before: an agency's first, or that of another of its devices.
    pub new: Answer,
    /// A device's key that changed, or a signature that is missing where there was one until now.
    pub changed: Answer,
    /// No signature, and never one before.
    pub unsigned: Answer,
}

/// A question that [`Policy`] answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    New,
    Changed,
    Unsigned,
}

/// The keys that a workspace knows, and its policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// Its own; also among the known ones, as its agency's.
    pub own: PublicKey,
    /// By agency, device, then time.
    pub known: Vec<KnownKey>,
    pub policy: Policy,
}

impl Trust {
    /// A workspace that has not met anybody yet.
    pub fn new(own: PublicKey) -> Trust {
        Trust { own, known: Vec::new(), policy: Policy::default() }
    }

    /// What a signature by `key`, on a package from a device of an agency, is here.
    pub fn standing(&self, agency: &str, device: &str, key: Option<&PublicKey>) -> Standing {
        let of_agency = || self.known.iter().filter(|k| k.agency == agency && k.state != KeyState::Waiting);
        let Some(key) = key else {
            return if of_agency().next().is_some() { Standing::NoLongerSigned } else { Standing::Unsigned };
        };
        let same = || of_agency().filter(|k| k.key == *key);
        if same().any(|k| matches!(k.state, KeyState::Own | KeyState::Confirmed { .. })) {
            Standing::Confirmed
        } else if same().next().is_some() {
            Standing::Remembered
        } else if of_agency().any(|k| k.device == device) {
            Standing::Changed
        } else if of_agency().next().is_some() {
            Standing::NewDevice
        } else {
            Standing::First
        }
    }

    /// What a signature that was `standing` when it came is by now: an officer may have confirmed its key since.
    pub fn since(&self, standing: Standing, signer: Option<&Signer>) -> Standing {
        let now = signer.map(|s| self.standing(&s.agency, &s.device, Some(&s.key)));
        if now == Some(Standing::Confirmed) { Standing::Confirmed } else { standing }
    }

    /// The workspace's own key at a time, as far as it remembers.
    pub fn own_at(&self, time: DateTime<FixedOffset>) -> PublicKey {
        let mut own: Vec<&KnownKey> = self.known.iter().filter(|k| k.state == KeyState::Own).collect();
        own.sort_by_key(|k| k.first_seen);
        let then = own.iter().rev().find(|k| k.first_seen <= time).or(own.first());
        then.map_or(self.own, |k| k.key)
    }

    /// The keys that the agency is believed to have, each once.
    pub fn believed(&self, agency: &str) -> Vec<PublicKey> {
        self.keys(agency, |state| *state != KeyState::Waiting)
    }

    /// The keys of the agency that wait for an officer, each once.
    pub fn waiting(&self, agency: &str) -> Vec<PublicKey> {
        self.keys(agency, |state| *state == KeyState::Waiting)
    }

    fn keys(&self, agency: &str, wanted: impl Fn(&KeyState) -> bool) -> Vec<PublicKey> {
        let mut keys: Vec<PublicKey> =
            self.known.iter().filter(|k| k.agency == agency && wanted(&k.state)).map(|k| k.key).collect();
        keys.sort();
        keys.dedup();
        keys
    }
}

impl Standing {
    const ALL: [Standing; 8] = [
        Standing::Confirmed,
        Standing::Remembered,
        Standing::First,
        Standing::NewDevice,
        Standing::Changed,
        Standing::Unsigned,
        Standing::NoLongerSigned,
        Standing::Broken,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Confirmed => "confirmed",
            Standing::Remembered => "remembered",
            Standing::First => "first",
            Standing::NewDevice => "new-device",
            Standing::Changed => "changed",
            Standing::Unsigned => "unsigned",
            Standing::NoLongerSigned => "no-longer-signed",
            Standing::Broken => "broken",
        }
    }

    pub fn parse(text: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|s| s.as_str() == text)
    }

    /// True where there is nothing to warn of.
    pub fn is_good(self) -> bool {
        matches!(self, Standing::Confirmed | Standing::Remembered)
    }
}

impl Policy {
    pub fn answer(&self, standing: Standing) -> Answer {
        match standing {
            Standing::Confirmed | Standing::Remembered => Answer::Accept,
            Standing::First | Standing::NewDevice => self.new,
            Standing::Changed | Standing::NoLongerSigned => self.changed,
            Standing::Unsigned => self.unsigned,
            Standing::Broken => Answer::Refuse,
        }
    }

    pub fn get(&self, case: Case) -> Answer {
        match case {
            Case::New => self.new,
            Case::Changed => self.changed,
            Case::Unsigned => self.unsigned,
        }
    }

    pub fn set(&mut self, case: Case, answer: Answer) {
        match case {
            Case::New => self.new = answer,
            Case::Changed => self.changed = answer,
            Case::Unsigned => self.unsigned = answer,
        }
    }
}

impl Case {
    pub const ALL: [Case; 3] = [Case::New, Case::Changed, Case::Unsigned];

    pub fn as_str(self) -> &'static str {
        match self {
            Case::New => "new",
            Case::Changed => "changed",
            Case::Unsigned => "unsigned",
        }
    }

    pub fn parse(text: &str) -> Option<Case> {
        Case::ALL.into_iter().find(|c| c.as_str() == text)
    }
}

impl Default for Policy {
    /// Nobody is kept from work by a key that is merely new; what looks like a forgery waits for a telephone call.
    fn default() -> Policy {
        Policy { new: Answer::Accept, changed: Answer::Refuse, unsigned: Answer::Accept }
    }
}

impl Answer {
    pub fn as_str(self) -> &'static str {
        match self {
            Answer::Accept => "warn",
            Answer::Refuse => "refuse",
        }
    }

    pub fn parse(text: &str) -> Option<Answer> {
        [Answer::Accept, Answer::Refuse].into_iter().find(|a| a.as_str() == text)
    }
}
