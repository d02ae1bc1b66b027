//! Whose key signed: remembered at first sight, asked about when it changes, and what the policy makes of it.

use std::path::{Path, PathBuf};

use dti::exchange::{Finality, ImportOutcome, Imported, Novelty};
use dti::ops;
use dti::package::Refusal;
use dti::trust::{Answer, Case, KeyState, KnownKey, PublicKey, SecretKey, Standing};

use super::{bytes, desk, export_now, file, merge, merge_all, take_in};
use crate::package::forge::{VALUES, open};
use crate::support::ratio;
use crate::support::workspace::{Desk, secret_key};

const AGENCY: &str = "tp-dong-ha";

/// Đông Hà with a figure, and its first package.
fn sender() -> (Desk, Vec<PathBuf>) {
    let mut sender = desk(AGENCY);
    sender.enter("M05", "2023-Q4", ratio(850, 1000));
    let files = file(&mut sender);
    (sender, files)
}

fn own_key(desk: &Desk) -> PublicKey {
    ops::own_key(&desk.store).unwrap().public()
}

/// The next package of a sender, who has changed the figure.
fn supplement(sender: &mut Desk, numerator: i64) -> Vec<PathBuf> {
    sender.enter("M05", "2023-Q4", ratio(numerator, 1000));
    file(sender)
}

fn keys_of(desk: &Desk, agency: &str) -> Vec<KnownKey> {
    desk.snapshot().trust.known.into_iter().filter(|k| k.agency == agency).collect()
}

fn only(imported: Vec<Imported>) -> Imported {
    let [one] = <[Imported; 1]>::try_from(imported).unwrap();
    one
}

fn set(desk: &mut Desk, case: Case, answer: Answer) {
    ops::set_policy(&mut desk.store, case, answer).unwrap();
}

/// The package with its signature and key taken out as well as a forger can.
pub(super) fn stripped(desk: &Desk, package: &Path) -> Vec<PathBuf> {
    let forged = open(&bytes(package)).without("tagmanifest-sha256.txt.minisig").descriptor(|d| {
        d["dti"].as_object_mut().unwrap().remove("key").unwrap();
    });
    keep(desk, "khong-ky.zip", &forged.rehash_tags().pack())
}

fn keep(desk: &Desk, name: &str, package: &[u8]) -> Vec<PathBuf> {
    let path = desk.folder.path().join(name);
    std::fs::write(&path, package).unwrap();
    vec![path]
}

#[test]
fn a_package_is_signed_with_the_workspaces_key_and_written_again_alike() {
    let (mut sender, files) = sender();
    let first = bytes(&files[0]);
    let descriptor: serde_json::Value = serde_json::from_str(&open(&first).text("datapackage.json")).unwrap();
    assert_eq!(descriptor["dti"]["key"], own_key(&sender).to_string());
    assert_eq!(own_key(&sender), secret_key("PC-tp-dong-ha").public());
    std::fs::remove_file(&files[0]).unwrap();
    export_now(&mut sender).unwrap();
    assert_eq!(bytes(&files[0]), first);
}

#[test]
fn what_was_filed_is_written_again_alike_after_the_key_has_changed() {
    let (mut sender, files) = sender();
    let first = bytes(&files[0]);
    for seed in [5, 6] {
        sender.act(|store, ctx| ops::set_own_key(store, &SecretKey::new([seed; 32]), ctx.now)).unwrap();
    }
    std::fs::remove_file(&files[0]).unwrap();
    assert_eq!(export_now(&mut sender).unwrap().novelty, Novelty::Again);
    assert_eq!(bytes(&files[0]), first);
    // An own package is ones own, whichever of the own keys signed it.
    assert_eq!(only(merge_all(&mut sender, &files)).standing, Some(Standing::Confirmed));
    assert_eq!(own_key(&sender), SecretKey::new([6; 32]).public());
}

#[test]
fn the_secret_key_is_in_no_package() {
    let (sender, files) = sender();
    let secret = ops::own_key(&sender.store).unwrap().to_file();
    let line = secret.lines().nth(1).unwrap();
    for (name, content) in open(&bytes(&files[0])).files {
        assert!(!String::from_utf8_lossy(&content).contains(&line[80..160]), "{name}");
    }
}

#[test]
fn a_key_is_remembered_at_first_sight_and_known_after() {
    let (mut sender, files) = sender();
    let mut receiver = desk("so-tttt");
    let preview = only(take_in(&mut receiver, &files, Finality::Preview));
    assert_eq!((preview.standing, preview.key), (Some(Standing::First), Some(own_key(&sender))));
    assert!(keys_of(&receiver, AGENCY).is_empty(), "a preview remembers nothing");

    assert_eq!(only(merge_all(&mut receiver, &files)).standing, Some(Standing::First));
    let [known] = &keys_of(&receiver, AGENCY)[..] else { panic!() };
    assert_eq!((known.key, &known.state), (own_key(&sender), &KeyState::Seen));
    assert_eq!(known.device, sender.store.device());

    let more = supplement(&mut sender, 900);
    assert_eq!(only(merge_all(&mut receiver, &more)).standing, Some(Standing::Remembered));
    assert_eq!(keys_of(&receiver, AGENCY).len(), 1);
}

#[test]
fn a_batch_meets_a_key_once_in_the_preview_as_in_the_merge() {
    let (mut sender, mut files) = sender();
    files.extend(supplement(&mut sender, 900));
    let mut receiver = desk("so-tttt");
    let standings = |i: Vec<Imported>| i.iter().map(|i| i.standing.unwrap()).collect::<Vec<_>>();
    let expected = [Standing::First, Standing::Remembered];
    assert_eq!(standings(take_in(&mut receiver, &files, Finality::Preview)), expected);
    assert_eq!(standings(merge(&mut receiver, &files)), expected);
}

#[test]
fn a_key_stays_known_after_the_merge_is_undone() {
    let (_sender, files) = sender();
    let mut receiver = desk("so-tttt");
    merge_all(&mut receiver, &files);
    receiver.undo().unwrap();
    assert_eq!(only(merge_all(&mut receiver, &files)).standing, Some(Standing::Remembered));
}

#[test]
fn a_changed_key_is_refused_until_an_officer_confirms_it() {
    let (mut sender, files) = sender();
    let old = own_key(&sender);
    let mut receiver = desk("so-tttt");
    merge_all(&mut receiver, &files);
    let before = receiver.digest();

    let new = SecretKey::new([5; 32]);
    sender.act(|store, ctx| ops::set_own_key(store, &new, ctx.now)).unwrap();
    let more = supplement(&mut sender, 900);
    let refused = only(merge(&mut receiver, &more));
    assert_eq!((refused.outcome, refused.standing), (ImportOutcome::Refused, Some(Standing::Changed)));
    let Some(Refusal::Untrusted { agency, key, known, .. }) = refused.reason else { panic!("{refused:?}") };
    assert_eq!((agency.as_str(), key, known), (AGENCY, Some(new.public()), vec![old]));
    assert_eq!(receiver.digest(), before);
    assert_eq!(receiver.snapshot().trust.waiting(AGENCY), [new.public()]);
    // Asking again does not wear the question down.
    assert_eq!(only(merge(&mut receiver, &more)).outcome, ImportOutcome::Refused);

    receiver.act(|store, ctx| ops::confirm_key(store, ctx, AGENCY, &new.public())).unwrap();
    let merged = only(merge_all(&mut receiver, &more));
    assert_eq!((merged.outcome, merged.standing), (ImportOutcome::Merged, Some(Standing::Confirmed)));
    assert!(receiver.snapshot().trust.waiting(AGENCY).is_empty());
    // What was signed before the change is still the agency's.
    assert_eq!(only(merge(&mut receiver, &files)).outcome, ImportOutcome::Known);
}

#[test]
fn a_forger_who_recomputes_everything_and_signs_himself_is_a_changed_key() {
    let (_sender, files) = sender();
    let mut receiver = desk("so-tttt");
    merge_all(&mut receiver, &files);
    let forger = SecretKey::new([66; 32]);
    let forged = open(&bytes(&files[0]))
        .edit("DOC-TRUOC.txt", "Người lập:        ", "Người lập:        (giả) ")
        .descriptor(|d| d["dti"]["key"] = forger.public().to_string().into())
        .rehash_all();
    let text = forger.sign(&forged.files["tagmanifest-sha256.txt"], "agency:tp-dong-ha");
    let forged = forged.with("tagmanifest-sha256.txt.minisig", text).pack();
    let file = keep(&receiver, "gia-mao.zip", &forged);
    let refused = only(merge(&mut receiver, &file));
    assert_eq!(refused.reason.unwrap().code(), "changed-key");
    assert_eq!(receiver.snapshot().records.len(), 1);
}

#[test]
fn a_bad_signature_is_refused_under_every_policy() {
    let (_sender, files) = sender();
    let mut receiver = desk("so-tttt");
    for case in Case::ALL {
        set(&mut receiver, case, Answer::Accept);
    }
    let forged = open(&bytes(&files[0])).edit("DOC-TRUOC.txt", "Người lập:", "Người ký:").rehash_tags().pack();
    let file = keep(&receiver, "sai.zip", &forged);
    let refused = only(merge(&mut receiver, &file));
    assert_eq!(refused.reason, Some(Refusal::BadSignature));
    assert!(keys_of(&receiver, AGENCY).is_empty());
    let kept = &receiver.snapshot().received[0];
    assert_eq!((kept.signature, &kept.signer), (Some(Standing::Broken), &None));
}

#[test]
fn what_was_received_says_what_its_signature_was_and_whose_key_to_ask_about() {
    let (mut sender, files) = sender();
    let mut receiver = desk("so-tttt");
    merge_all(&mut receiver, &files);
    let new = SecretKey::new([5; 32]);
    sender.act(|store, ctx| ops::set_own_key(store, &new, ctx.now)).unwrap();
    let more = supplement(&mut sender, 900);
    merge(&mut receiver, &more);

    let [refused, merged] = &receiver.snapshot().received[..] else { panic!() };
    assert_eq!((merged.signature, refused.signature), (Some(Standing::First), Some(Standing::Changed)));
    let signer = refused.signer.clone().unwrap();
    assert_eq!((signer.agency.as_str(), signer.key), (AGENCY, new.public()));
    assert_eq!(refused.agency, AGENCY, "by its own word, which the key is to prove");
    receiver.act(|store, ctx| ops::confirm_key(store, ctx, AGENCY, &new.public())).unwrap();
    let trust = receiver.snapshot().trust;
    assert_eq!(trust.since(Standing::Changed, Some(&signer)), Standing::Confirmed);
    assert_eq!(trust.since(Standing::First, merged.signer.as_ref()), Standing::First, "nobody compared that one");
}

#[test]
fn another_pc_of_the_agency_is_new_but_not_refused() {
    let (sender, files) = sender();
    let mut other = Desk::new(AGENCY, "PC-hai");
    other.enter("M06", "2023-Q4", ratio(1, 2));
    let second = file(&mut other);
    let mut receiver = desk("so-tttt");
    merge_all(&mut receiver, &files);
    assert_eq!(only(merge_all(&mut receiver, &second)).standing, Some(Standing::NewDevice));
    assert_eq!(only(merge_all(&mut receiver, &second)).standing, Some(Standing::Remembered));

    let mut strict = desk("so-tttt");
    set(&mut strict, Case::New, Answer::Refuse);
    let refused = only(merge(&mut strict, &files));
    assert_eq!((refused.standing, refused.reason.unwrap().code()), (Some(Standing::First), "new-key"));
    strict.act(|store, ctx| ops::confirm_key(store, ctx, AGENCY, &own_key(&sender))).unwrap();
    assert_eq!(only(merge_all(&mut strict, &files)).standing, Some(Standing::Confirmed));
}

#[test]
fn an_unsigned_package_passes_unless_the_policy_or_the_past_says_no() {
    let (_sender, files) = sender();
    let mut receiver = desk("so-tttt");
    let unsigned = stripped(&receiver, &files[0]);
    set(&mut receiver, Case::Unsigned, Answer::Refuse);
    let refused = only(merge(&mut receiver, &unsigned));
    assert_eq!((refused.standing, refused.reason.unwrap().code()), (Some(Standing::Unsigned), "unsigned"));
    set(&mut receiver, Case::Unsigned, Answer::Accept);
    assert_eq!(only(merge_all(&mut receiver, &unsigned)).standing, Some(Standing::Unsigned));

    merge_all(&mut receiver, &files);
    let refused = only(merge(&mut receiver, &unsigned));
    assert_eq!(
        (refused.standing, refused.reason.unwrap().code()),
        (Some(Standing::NoLongerSigned), "no-longer-signed")
    );
    set(&mut receiver, Case::Changed, Answer::Accept);
    assert_eq!(only(merge_all(&mut receiver, &unsigned)).standing, Some(Standing::NoLongerSigned));
}

#[test]
fn ones_own_packages_are_by_a_key_that_one_answers_for() {
    let (mut sender, files) = sender();
    assert_eq!(only(merge_all(&mut sender, &files)).standing, Some(Standing::Confirmed));
}

#[test]
fn only_a_key_that_came_can_be_confirmed() {
    let mut receiver = desk("so-tttt");
    let stranger = SecretKey::new([9; 32]).public();
    let refused = receiver.act(|store, ctx| ops::confirm_key(store, ctx, AGENCY, &stranger));
    assert!(matches!(refused, Err(ops::OpsError::UnknownKey { agency, .. }) if agency == AGENCY));
}

#[test]
fn the_key_stays_the_same_in_a_copy_that_takes_a_new_device() {
    let (sender, _files) = sender();
    let copy = sender.folder.path().join("bản sao.dti");
    ops::backup(&sender.store, &copy).unwrap();
    let copied = crate::support::workspace::open(&copy, dti::store::Access::Write, "PC-khác").unwrap();
    assert_ne!(copied.device(), sender.store.device());
    assert_eq!(ops::own_key(&copied).unwrap().public(), own_key(&sender));
}

#[test]
fn tampered_rows_are_named_before_anybody_asks_whose_key_it_is() {
    let (_sender, files) = sender();
    let mut receiver = desk("so-tttt");
    let forged = open(&bytes(&files[0])).edit(VALUES, "850", "950").pack();
    let file = keep(&receiver, "so.zip", &forged);
    let refused = only(merge(&mut receiver, &file));
    assert_eq!(refused.reason, Some(Refusal::Altered(VALUES.into())));
}
