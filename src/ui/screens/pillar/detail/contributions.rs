//! What coordinating agencies have on an item that the agency shown leads: whose figure, entered by whom, from which package,
//! with its evidence.

use egui::{Label, Ui};

use super::super::super::parts;
use super::super::source::Source;
use crate::record::{Key, Record};
use crate::text::bytes::format_size;
use crate::ui::command::Command;
use crate::ui::theme::{self, Tone, space};
use crate::ui::widgets::{badge, file_row, section};
use crate::words;

pub(super) fn show(ui: &mut Ui, source: &Source<'_>, key: &Key, out: &mut Vec<Command>) {
    let (catalogue, snapshot) = (source.catalogue(), source.snapshot());
    let own = snapshot.agency == key.agency && catalogue.leads(&key.agency, key.base_item());
    // Where all report the item themselves, what another one has is no part of this agency's.
    let contributes = |r: &&Record| {
        r.key.item == key.item
            && r.key.period == key.period
            && r.key.agency != key.agency
            && !catalogue.leads(&r.key.agency, key.base_item())
    };
    if !own || snapshot.receives() {
        return;
    }
    let contributed: Vec<&Record> = snapshot.records.values().map(AsRef::as_ref).filter(contributes).collect();
    if contributed.is_empty() {
        return;
    }
    ui.add_space(space::S);
    section(ui, "Số liệu phối hợp", |_| {});
    for record in contributed {
        ui.add(Label::new(theme::bold(catalogue.agency_name(&record.key.agency))).wrap());
        if record.in_conflict() {
            badge(ui, Tone::Danger, "Khác nhau, chờ chọn");
        }
        for head in &record.heads {
            ui.add(Label::new(words::content(catalogue, &record.key, &head.body)).wrap());
            ui.add(Label::new(theme::caption(ui, words::origin(snapshot, head))).wrap());
            for file in &head.body.evidence {
                let size = format_size(file.bytes);
                file_row(ui, &file.name, &size, |ui| parts::evidence_actions(ui, snapshot, file, out));
            }
        }
        ui.add_space(space::XS);
    }
}
