//! Beginning a workspace with a catalogue package: whole, with the edition in it, or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use dti::catalogue::{Amendment, Heir, embedded};
use dti::exchange::{Eml, ExchangeError, FirstEdition, Flow, SendOptions, create, issue, working_copy};
use dti::ops::{self, Context, OpsError};
use dti::package::{PackageKind, Refusal};
use dti::record::{OperationKind, Snapshot};
use dti::store::{NewWorkspace, Store, StoreError};
use dti::trust::{KeyState, Standing};
use tempfile::TempDir;

use super::{act, bytes, desk, file, merge_all, packages};
use crate::support::workspace::{Desk, OFFICER, secret_key};
use crate::support::{moment, ratio};

/// A package of the edition in which Đông Hà and Vĩnh Linh are one, and whoever issued it.
pub fn edition() -> (Desk, PathBuf) {
    let mut receiver = desk("so-tttt");
    let into =
        Heir { id: "tp-moi".into(), name: "UBND thành phố Mới".into(), code: "999".into(), ..Heir::default() };
    let agencies = vec!["tp-dong-ha".to_owned(), "huyen-vinh-linh".to_owned()];
    let merger = Amendment::Merge { agencies, into, from: "2024-01-01".parse().unwrap() };
    receiver.act(|store, ctx| ops::amend(store, ctx, &[merger])).unwrap();
    let options = SendOptions { to: packages(&receiver), eml: Eml::Skip };
    let issued = act(&mut receiver, |store, ctx| issue(store, ctx, &options)).unwrap();
    (receiver, issued.file.path)
}

/// Makes a workspace that begins with an edition.
pub fn begin(path: &Path, agency: &str, first: &FirstEdition) -> Result<Store, ExchangeError> {
    let mut ids = 0;
    let mut new_id = || {
        ids += 1;
        format!("mới-{ids}")
    };
    let now = moment("2024-01-15T08:00:00+07:00");
    let new = NewWorkspace {
        agency,
        officer: OFFICER,
        device: "device-mới".to_owned(),
        created: now,
        machine: "PC-mới",
        key: &secret_key("PC-mới"),
    };
    create(path, &new, &mut Context { officer: OFFICER, now, new_id: &mut new_id }, Some(first))
}

fn names_in(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn an_agency_that_only_the_package_names_begins_with_its_edition_and_remembers_its_key() {
    let (_receiver, package) = edition();
    let first = FirstEdition::read(&package).unwrap();
    assert!(first.catalogue().agency("tp-moi").is_some() && embedded().agency("tp-moi").is_none());
    assert_eq!((first.standing(), first.key()), (Standing::First, Some(secret_key("PC-so-tttt").public())));
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("mới.dti");
    let store = begin(&path, "tp-moi", &first).unwrap();
    assert_eq!((store.agency(), store.catalogue().plan.version), ("tp-moi", 2));
    let snapshot = ops::snapshot(&store).unwrap();
    assert_eq!(snapshot.operations.iter().map(|o| o.kind).collect::<Vec<_>>(), [OperationKind::Adopt]);
    let known = snapshot.trust.known.iter().find(|k| k.agency == "so-tttt").unwrap();
    assert_eq!((known.key, &known.state), (first.key().unwrap(), &KeyState::Seen));
    let mut kept = Vec::new();
    ops::received_package(&store, first.sha256(), &mut kept).unwrap();
    assert_eq!(kept, bytes(&package), "the package is kept as it came");
    assert_eq!(ops::check(&store).unwrap(), []);
}

#[test]
fn a_workspace_that_begins_with_a_package_is_one_that_imported_it() {
    let (_receiver, package) = edition();
    let folder = TempDir::new().unwrap();
    let begun = begin(&folder.path().join("một.dti"), "so-noi-vu", &FirstEdition::read(&package).unwrap()).unwrap();
    let mut imported = desk("so-noi-vu");
    merge_all(&mut imported, &[package]);
    let (begun, imported) = (ops::snapshot(&begun).unwrap(), imported.snapshot());
    assert_eq!(begun.catalogue, imported.catalogue);
    let received = |s: &Snapshot| {
        let r = s.received[0].clone();
        (r.sha256, r.file_name, r.kind, r.state, r.rows, r.agency, r.submission, r.signature, r.signer)
    };
    assert_eq!(received(&begun), received(&imported));
    let editions = |s: &Snapshot| s.editions.iter().map(|e| (e.version, e.hash.clone())).collect::<Vec<_>>();
    assert_eq!(editions(&begun), editions(&imported));
    let others = |s: &Snapshot| s.trust.known.iter().filter(|k| k.state != KeyState::Own).cloned().collect::<Vec<_>>();
    let keys = |s: &Snapshot| others(s).into_iter().map(|k| (k.agency, k.device, k.key, k.state)).collect::<Vec<_>>();
    assert_eq!(keys(&begun), keys(&imported));
}

#[test]
fn what_fails_leaves_nothing_behind() {
    let (_receiver, package) = edition();
    let first = FirstEdition::read(&package).unwrap();
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("mới.dti");
    let unknown = begin(&path, "tp-khac", &first).err().unwrap();
    assert!(
        matches!(&unknown, ExchangeError::Ops(OpsError::Store(StoreError::UnknownAgency(id))) if id == "tp-khac"),
        "{unknown:?}"
    );
    let good = bytes(&package);
    fs::write(&package, &good[..good.len() - 1]).unwrap();
    let changed = begin(&path, "tp-moi", &first).err().unwrap();
    assert!(matches!(changed, ExchangeError::Ops(OpsError::PackageChanged { .. })), "{changed:?}");
    fs::remove_file(&package).unwrap();
    assert!(matches!(begin(&path, "tp-moi", &first).err(), Some(ExchangeError::Io { .. })));
    assert_eq!(names_in(folder.path()), [""; 0]);
    fs::write(&path, "của người khác").unwrap();
    fs::write(&package, good).unwrap();
    let taken = begin(&path, "tp-moi", &first).err().unwrap();
    assert!(matches!(taken, ExchangeError::Ops(OpsError::Store(StoreError::Exists(_)))), "{taken:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "của người khác");
    assert_eq!(names_in(folder.path()), ["mới.dti"]);
}

#[test]
fn only_a_catalogue_package_can_be_begun_with() {
    let refused = |path: &Path| match FirstEdition::read(path) {
        Err(ExchangeError::FirstEdition { reason, .. }) => *reason,
        other => panic!("not refused: {other:?}"),
    };
    let mut agency = desk("tp-dong-ha");
    agency.enter("M05", super::PERIOD, ratio(1, 2));
    let report = file(&mut agency).remove(0);
    assert_eq!(refused(&report), Refusal::NoEdition(PackageKind::Submission));
    let to = packages(&agency);
    let copy = act(&mut agency, |store, ctx| working_copy(store, ctx, &to, &mut |_| Flow::Continue)).unwrap();
    assert_eq!(refused(&copy[0].path), Refusal::NoEdition(PackageKind::WorkingCopy));
    fs::write(&report, "PK").unwrap();
    assert_eq!(refused(&report), Refusal::NotZip);
    assert!(matches!(refused(&to.join("vắng.zip")), Refusal::Unreadable(_)));
}

#[test]
fn the_edition_that_alone_names_the_agency_is_not_taken_back() {
    let (_receiver, package) = edition();
    let first = FirstEdition::read(&package).unwrap();
    let folder = TempDir::new().unwrap();
    let undo = |store: &mut Store| {
        let mut new_id = || "hoàn-tác".to_owned();
        let now = moment("2024-01-15T09:00:00+07:00");
        ops::undo(store, &mut Context { officer: OFFICER, now, new_id: &mut new_id }, None)
    };
    let mut new = begin(&folder.path().join("mới.dti"), "tp-moi", &first).unwrap();
    assert!(matches!(undo(&mut new), Err(OpsError::NotUndoable(o)) if o.kind == OperationKind::Adopt));
    assert_eq!(new.catalogue().plan.version, 2);
    let mut old = begin(&folder.path().join("cũ.dti"), "so-noi-vu", &first).unwrap();
    undo(&mut old).unwrap();
    assert_eq!(old.catalogue().plan.version, 1);
}
