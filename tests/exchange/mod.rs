//! Packages and the store together: filing, writing again, splitting, previewing and merging real files.

mod answers;
pub mod beginning;
mod contributions;
mod copy;
mod editions;
mod export;
mod import;
mod requests;
mod signatures;

use std::path::{Path, PathBuf};

use dti::exchange::{
    DEFAULT_LIMIT, Eml, ExchangeError, ExportOptions, Exported, Finality, Flow, Imported, export, import,
};
use dti::ops::Context;
use dti::record::Key;
use dti::store::Store;

use crate::support::period;
use crate::support::workspace::{Desk, sha256};

const PERIOD: &str = "2023-Q4";

/// A PC in an agency, with a folder for packages.
fn desk(agency: &str) -> Desk {
    Desk::new(agency, &format!("PC-{agency}"))
}

fn packages(desk: &Desk) -> PathBuf {
    desk.folder.path().join("gói")
}

fn options(desk: &Desk) -> ExportOptions {
    ExportOptions { limit_bytes: DEFAULT_LIMIT, to: packages(desk), eml: Eml::Skip, recipient: None }
}

/// Runs a use case whose new ids are UUIDs, as packages ask for.
fn act<T>(desk: &mut Desk, act: impl FnOnce(&mut Store, &mut Context<'_>) -> T) -> T {
    desk.act(|store, ctx| {
        let mut new_id = || {
            let hash = sha256((ctx.new_id)().as_bytes());
            format!("{}-{}-7{}-8{}-{}", &hash[..8], &hash[8..12], &hash[12..15], &hash[15..18], &hash[18..30])
        };
        act(store, &mut Context { officer: ctx.officer, now: ctx.now, new_id: &mut new_id })
    })
}

fn try_export(desk: &mut Desk, options: &ExportOptions) -> Result<Exported, ExchangeError> {
    act(desk, |store, ctx| export(store, ctx, &period(PERIOD), options, &mut |_| Flow::Continue))
}

/// Files the quarter with the usual options.
fn export_now(desk: &mut Desk) -> Result<Exported, ExchangeError> {
    let options = options(desk);
    try_export(desk, &options)
}

/// Files the quarter and returns the paths of its packages.
fn file(desk: &mut Desk) -> Vec<PathBuf> {
    export_now(desk).unwrap().files.into_iter().map(|f| f.path).collect()
}

fn take_in(desk: &mut Desk, files: &[PathBuf], finality: Finality) -> Vec<Imported> {
    act(desk, |store, ctx| import(store, ctx, files, finality, &mut |_| Flow::Continue)).unwrap()
}

fn merge(desk: &mut Desk, files: &[PathBuf]) -> Vec<Imported> {
    take_in(desk, files, Finality::Final)
}

/// Merges packages of which none may be refused.
fn merge_all(desk: &mut Desk, files: &[PathBuf]) -> Vec<Imported> {
    let imported = merge(desk, files);
    assert!(imported.iter().all(|i| i.reason.is_none()), "{imported:?}");
    imported
}

fn m05(agency: &str) -> Key {
    crate::support::workspace::key("M05", agency, PERIOD)
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}
