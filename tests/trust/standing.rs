//! What a signature is to a workspace: known, new, changed, missing; and what the policy answers.

use dti::trust::{Answer, Case, KeyState, KnownKey, Policy, PublicKey, SecretKey, Standing, Trust};

use crate::support::moment;

const AGENCY: &str = "so-noi-vu";

fn key(seed: u8) -> PublicKey {
    SecretKey::new([seed; 32]).public()
}

/// A workspace that knows keys of Sở Nội vụ: device, seed and state.
fn knowing(keys: &[(&str, u8, KeyState)]) -> Trust {
    let known = |(device, seed, state): &(&str, u8, KeyState)| KnownKey {
        agency: AGENCY.to_owned(),
        device: (*device).to_owned(),
        key: key(*seed),
        first_seen: moment("2023-12-01T08:00:00+07:00"),
        state: state.clone(),
    };
    Trust { known: keys.iter().map(known).collect(), ..Trust::new(key(99)) }
}

fn confirmed() -> KeyState {
    KeyState::Confirmed { officer: "Nguyễn Văn A".to_owned(), time: moment("2023-12-02T08:00:00+07:00") }
}

#[test]
fn the_first_key_of_an_agency_is_new_and_then_remembered() {
    assert_eq!(knowing(&[]).standing(AGENCY, "may-1", Some(&key(1))), Standing::First);
    let trust = knowing(&[("may-1", 1, KeyState::Seen)]);
    assert_eq!(trust.standing(AGENCY, "may-1", Some(&key(1))), Standing::Remembered);
    assert_eq!(trust.standing("so-tai-chinh", "may-1", Some(&key(1))), Standing::First);
}

#[test]
fn a_file_that_moved_keeps_its_key_on_its_new_device() {
    let trust = knowing(&[("may-1", 1, KeyState::Seen)]);
    assert_eq!(trust.standing(AGENCY, "may-2", Some(&key(1))), Standing::Remembered);
    let trust = knowing(&[("may-1", 1, confirmed())]);
    assert_eq!(trust.standing(AGENCY, "may-2", Some(&key(1))), Standing::Confirmed);
}

#[test]
fn another_key_is_a_change_on_the_same_device_and_new_on_another() {
    for state in [KeyState::Seen, confirmed()] {
        let trust = knowing(&[("may-1", 1, state)]);
        assert_eq!(trust.standing(AGENCY, "may-1", Some(&key(2))), Standing::Changed);
        assert_eq!(trust.standing(AGENCY, "may-2", Some(&key(2))), Standing::NewDevice);
    }
}

#[test]
fn a_missing_signature_is_worse_where_there_was_one() {
    assert_eq!(knowing(&[]).standing(AGENCY, "may-1", None), Standing::Unsigned);
    assert_eq!(knowing(&[("may-1", 1, KeyState::Seen)]).standing(AGENCY, "may-2", None), Standing::NoLongerSigned);
}

#[test]
fn a_key_that_waits_counts_for_nothing() {
    let trust = knowing(&[("may-1", 1, KeyState::Seen), ("may-1", 2, KeyState::Waiting)]);
    assert_eq!(trust.standing(AGENCY, "may-1", Some(&key(2))), Standing::Changed);
    assert_eq!(trust.believed(AGENCY), [key(1)]);
    assert_eq!(trust.waiting(AGENCY), [key(2)]);
    let only = knowing(&[("may-1", 2, KeyState::Waiting)]);
    assert_eq!(only.standing(AGENCY, "may-1", Some(&key(2))), Standing::First);
    assert_eq!(only.standing(AGENCY, "may-1", None), Standing::Unsigned);
}

#[test]
fn the_own_key_of_a_time_is_the_last_one_taken_before_it() {
    let mut trust = knowing(&[("may-1", 1, KeyState::Own), ("may-1", 2, KeyState::Own), ("may-1", 3, KeyState::Seen)]);
    trust.known[1].first_seen = moment("2023-12-10T08:00:00+07:00");
    for (time, seed) in [("2023-11-01", 1), ("2023-12-01", 1), ("2023-12-09", 1), ("2023-12-10", 2), ("2024-01-01", 2)]
    {
        assert_eq!(trust.own_at(moment(&format!("{time}T08:00:00+07:00"))), key(seed), "{time}");
    }
    assert_eq!(knowing(&[]).own_at(moment("2024-01-01T08:00:00+07:00")), key(99));
}

#[test]
fn by_default_only_what_looks_like_a_forgery_is_refused() {
    let policy = Policy::default();
    let refused = [Standing::Changed, Standing::NoLongerSigned];
    let accepted =
        [Standing::Confirmed, Standing::Remembered, Standing::First, Standing::NewDevice, Standing::Unsigned];
    assert!(refused.into_iter().all(|s| policy.answer(s) == Answer::Refuse));
    assert!(accepted.into_iter().all(|s| policy.answer(s) == Answer::Accept));
}

#[test]
fn each_case_has_its_own_answer_and_a_good_signature_always_passes() {
    for (case, of_case) in [
        (Case::New, &[Standing::First, Standing::NewDevice][..]),
        (Case::Changed, &[Standing::Changed, Standing::NoLongerSigned]),
        (Case::Unsigned, &[Standing::Unsigned]),
    ] {
        let mut policy = Policy { new: Answer::Accept, changed: Answer::Accept, unsigned: Answer::Accept };
        policy.set(case, Answer::Refuse);
        assert_eq!(policy.get(case), Answer::Refuse);
        for standing in [
            Standing::Confirmed,
            Standing::Remembered,
            Standing::First,
            Standing::NewDevice,
            Standing::Changed,
            Standing::NoLongerSigned,
            Standing::Unsigned,
        ] {
            let expected = if of_case.contains(&standing) { Answer::Refuse } else { Answer::Accept };
            assert_eq!(policy.answer(standing), expected, "{case:?} {standing:?}");
        }
    }
}
