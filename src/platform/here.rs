//! This computer, now: its name, its clock, new ids, and chance. The outermost callers ask; everything else is told.

use chrono::{DateTime, FixedOffset, Local};
use uuid::Uuid;

/// The computer's name; empty where the system does not tell.
pub fn machine() -> String {
    let by_system = if cfg!(windows) { std::env::var("COMPUTERNAME").ok() } else { unix_name() };
    by_system.map(|name| name.trim().to_owned()).unwrap_or_default()
}

/// The variable that takes the clock's place for tests and automation (RFC 3339).
pub const NOW: &str = "DTI_NOW";

/// Local time with its offset, in whole seconds: what is stored is what is shown.
pub fn now() -> DateTime<FixedOffset> {
    let set = std::env::var(NOW).ok().and_then(|text| DateTime::parse_from_rfc3339(text.trim()).ok());
    let now = set.unwrap_or_else(|| Local::now().fixed_offset());
    now - chrono::TimeDelta::nanoseconds(i64::from(now.timestamp_subsec_nanos()))
}

/// A new UUIDv7 in its usual text form.
pub fn new_id() -> String {
    Uuid::now_v7().to_string()
}

/// 32 bytes that nobody can guess, for a new key.
///
/// # Errors
/// Where the system has no source of randomness.
pub fn seed() -> std::io::Result<[u8; 32]> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|e| std::io::Error::other(e.to_string()))?;
    Ok(seed)
}

fn unix_name() -> Option<String> {
    ["/proc/sys/kernel/hostname", "/etc/hostname"]
        .iter()
        .find_map(|file| std::fs::read_to_string(file).ok())
        .or_else(|| std::env::var("HOSTNAME").ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_tells_whole_seconds_and_ids_are_new() {
        assert_eq!(now().timestamp_subsec_nanos(), 0);
        assert_ne!(new_id(), new_id());
        assert_ne!(seed().unwrap(), seed().unwrap());
    }
}
