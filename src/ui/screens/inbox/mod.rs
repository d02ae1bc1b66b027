//! Gói nhận: packages that came in, what merging them would do, and conflicts that wait for a person.

mod conflicts;
mod preview;
mod third;

use egui::{Align2, FontId, Sense, Stroke, Ui, Vec2};

use super::parts;
use super::settings::keys::confirm_ui;
use crate::record::{Key, Operation, OperationKind, Outcome, PackageKind, Received, ReceivedState, RowCounts};
use crate::text::bytes::format_size;
use crate::text::date::format_time;
use crate::trust::Standing;
use crate::ui::command::Command;
use crate::ui::state::Screen;
use crate::ui::theme::{self, Tone, icons, palette, size, space};
use crate::ui::view::{Access, View, Workspace};
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Grid, Look, Scroll, Width};
use crate::words;

#[derive(Debug, Default)]
pub struct State {
    /// The conflict to be settled first.
    pub conflict: Option<Key>,
    conflicts: conflicts::State,
    preview: preview::State,
    received: grid::State,
}

impl State {
    /// True where a third value for a conflict is typed and not taken yet.
    pub fn unsaved(&self) -> bool {
        self.conflicts.unsaved()
    }
}

pub fn show(ui: &mut Ui, view: &View, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    parts::head(ui, Screen::Inbox.title(), "", |ui| {
        out.extend(widgets::command_button(ui, Command::ChoosePackageFolder));
        out.extend(widgets::command_button(ui, Command::ChoosePackages));
    });
    parts::scrolled(ui, "inbox", |ui| {
        match &workspace.preview {
            Some(packages) if !packages.is_empty() => {
                preview::show(ui, view, workspace, packages, &mut state.preview, out);
            }
            _ => drop_zone(ui),
        }
        state.conflicts.forget_settled(workspace);
        if workspace.snapshot.conflicts().next().is_some() {
            ui.add_space(space::L);
            conflicts::show(ui, workspace, &mut state.conflict, &mut state.conflicts, out);
        }
        ui.add_space(space::L);
        received_card(ui, workspace, &mut state.received, out);
    });
}

/// Where packages can be dropped; the buttons above do the same.
fn drop_zone(ui: &mut Ui) {
    let p = palette(ui);
    let hovering = ui.input(|i| !i.raw.hovered_files.is_empty());
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 96.0), Sense::hover());
    let text = "Kéo các gói .zip hoặc cả thư mục thả vào đây, hoặc bấm Chọn gói…";
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    let (fill, line) = if hovering { (p.selected, p.accent) } else { (p.panel, p.frame) };
    ui.painter().rect_filled(rect, size::RADIUS, fill);
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    ui.painter().extend(egui::Shape::dashed_line(&corners, Stroke::new(1.0, line), 6.0, 4.0));
    let at = rect.center();
    let icon = FontId::proportional(24.0);
    ui.painter().text(at - Vec2::new(0.0, 16.0), Align2::CENTER_CENTER, icons::INBOX, icon, p.secondary);
    let body = FontId::proportional(size::BODY);
    ui.painter().text(at + Vec2::new(0.0, 16.0), Align2::CENTER_CENTER, text, body, p.secondary);
}

/// The packages that came before, as they came.
fn received_card(ui: &mut Ui, workspace: &Workspace, state: &mut grid::State, out: &mut Vec<Command>) {
    let received = &workspace.snapshot.received;
    widgets::card(ui, |ui| {
        let chosen = state.row().and_then(|row| received.get(row));
        widgets::section(ui, "Gói đã nhận", |ui| {
            let Some(package) = chosen else { return };
            let save = Command::SavePackageAs { sha256: package.sha256.clone() };
            out.extend(widgets::command_button(ui, save));
            if let Some(merge) = merge_of(workspace, package) {
                if widgets::secondary(ui, icons::UNDO, "Hoàn tác việc nhập").clicked() {
                    out.push(Command::Undo(Some(merge.id.clone())));
                }
                let batch = batch_of(workspace, merge);
                let text = format!("Hoàn tác cả đợt {} gói", batch.len());
                if batch.len() > 1 && widgets::secondary(ui, icons::UNDO, &text).clicked() {
                    out.push(Command::UndoAll(batch));
                }
            }
        });
        if let Some(package) = chosen {
            key_ui(ui, workspace, package, out);
        }
        if received.is_empty() {
            let hint = "Gói nhận được sẽ nằm ở đây, nguyên như khi nhận.";
            widgets::empty_state(ui, icons::INBOX, "Chưa nhận gói nào", hint, None);
            return;
        }
        let columns = [
            Column::text("Nhận lúc", Width::Fixed(138.0)),
            Column::text("Cơ quan gửi", Width::Rest(160.0)),
            Column::text("Kỳ", Width::Fixed(96.0)),
            Column::text("Loại", Width::Fixed(146.0)),
            Column::text("Hạn", Width::Fixed(76.0)),
            Column::text("Chữ ký", Width::Fixed(92.0)),
            Column::text("Trạng thái", Width::Fixed(132.0)),
            Column::text("Kết quả", Width::Rest(110.0)),
            Column::number("Cỡ", 72.0),
        ];
        Grid::new("Gói đã nhận", &columns)
            .scroll(Scroll::Own(320.0))
            .show(ui, state, received.len(), |row, column| received_cell(workspace, &received[row], column));
    });
}

fn received_cell(workspace: &Workspace, package: &Received, column: usize) -> Cell {
    match column {
        0 => Cell::new(format_time(package.arrival.time)),
        1 if package.agency.is_empty() => Cell::new(&package.file_name).look(Look::Faint),
        1 => Cell::new(workspace.catalogue().agency_name(&package.agency)).hover(&package.file_name),
        2 => Cell::new(package.period.as_ref().map(words::period).unwrap_or_default()),
        3 => match (package.kind, package.filing) {
            (Some(PackageKind::Submission), Some(filing)) if contributes(workspace, package) => {
                Cell::new(format!("phối hợp, {}", words::filing(filing)))
            }
            (Some(PackageKind::Submission), Some(filing)) => Cell::new(words::filing(filing)),
            (kind, _) => Cell::new(kind.map(words::package_kind).unwrap_or_default()),
        },
        // Only a report is in time or late.
        4 if package.kind != Some(PackageKind::Submission) || contributes(workspace, package) => Cell::new(""),
        4 => {
            let late = package.arrival.due == crate::record::Due::Late;
            let tone = if late { Tone::Warning } else { Tone::Success };
            Cell::new(words::due(package.arrival.due)).look(Look::Tinted(tone))
        }
        5 => signature_cell(workspace, package),
        6 => {
            let tone = match package.state {
                ReceivedState::Merged => Tone::Success,
                ReceivedState::Undone => Tone::Neutral,
                ReceivedState::Refused(_) => Tone::Danger,
            };
            Cell::new(words::received_state(&package.state)).look(Look::Tinted(tone))
        }
        7 => Cell::new(counts(&package.rows)),
        _ => Cell::new(format_size(package.bytes)).look(Look::Faint),
    }
}

/// What the signature was when the package came, or since its key was confirmed; on hover, with the code to compare.
fn signature_cell(workspace: &Workspace, package: &Received) -> Cell {
    let Some(then) = package.signature else { return Cell::new("") };
    let standing = workspace.snapshot.trust.since(then, package.signer.as_ref());
    let code = package.signer.as_ref().map(|s| format!("; mã khóa {}", s.key.code())).unwrap_or_default();
    let tone = match standing {
        Standing::Confirmed | Standing::Remembered => Tone::Success,
        Standing::First | Standing::NewDevice | Standing::Unsigned => Tone::Warning,
        Standing::Changed | Standing::NoLongerSigned | Standing::Broken => Tone::Danger,
    };
    Cell::new(words::signature(standing)).look(Look::Tinted(tone)).hover(format!("{}{code}", words::standing(standing)))
}

/// True where it brought figures to this agency as the lead of their tasks.
fn contributes(workspace: &Workspace, package: &Received) -> bool {
    let snapshot = &workspace.snapshot;
    package.kind == Some(PackageKind::Submission) && !snapshot.receives() && package.agency != snapshot.agency
}

/// The code of the key that nobody has confirmed yet, to compare by phone, and the button that says it was.
fn key_ui(ui: &mut Ui, workspace: &Workspace, package: &Received, out: &mut Vec<Command>) {
    let (Some(then), Some(signer)) = (package.signature, &package.signer) else { return };
    let standing = workspace.snapshot.trust.since(then, Some(signer));
    if standing == Standing::Confirmed {
        return;
    }
    let agency = workspace.catalogue().agency_name(&signer.agency);
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::bold(format!("Mã khóa {}", signer.key.code())));
        let text = format!(
            "{}. Gọi {agency} theo số có từ trước, nhờ đọc mã ở Cài đặt và so với mã này",
            words::standing(standing)
        );
        ui.add(egui::Label::new(theme::caption(ui, text)).wrap());
    });
    confirm_ui(ui, workspace, signer.clone(), agency, out);
    ui.add_space(space::XS);
}

/// All packages that were taken in with one press of the button, this one among them; newest first.
fn batch_of(workspace: &Workspace, merge: &Operation) -> Vec<String> {
    let taken_in = |o: &&Operation| {
        matches!(o.kind, OperationKind::Merge | OperationKind::Notice)
            && o.undone_by.is_none()
            && (o.time, &o.author) == (merge.time, &merge.author)
    };
    workspace.snapshot.operations.iter().filter(taken_in).map(|o| o.id.clone()).collect()
}

/// The operation that took a package in, where it can be undone.
fn merge_of<'a>(workspace: &'a Workspace, package: &Received) -> Option<&'a Operation> {
    let writable = workspace.access == Access::Write && package.state == ReceivedState::Merged;
    // The log knows packages by name: of two with one name it is not certain which is meant, and the log offers both.
    let namesakes = workspace.snapshot.received.iter().filter(|r| r.file_name == package.file_name).count();
    let writable = writable && namesakes == 1;
    let merge = workspace.snapshot.operations.iter().find(|o| {
        let took_in = match o.kind {
            OperationKind::Merge => !o.moves.is_empty(),
            kind => matches!(kind, OperationKind::Notice | OperationKind::Adopt),
        };
        took_in && o.subject == package.file_name && o.undone_by.is_none()
    })?;
    writable.then_some(merge)
}

/// "3 mới, 1 thay đổi, 12 không đổi"; only what there is.
fn counts(rows: &RowCounts) -> String {
    let parts: Vec<String> = outcomes(rows)
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(outcome, count)| format!("{count} {}", words::outcome(outcome).to_lowercase()))
        .collect();
    if parts.is_empty() { "không có mục nào".to_owned() } else { parts.join(", ") }
}

fn outcomes(rows: &RowCounts) -> [(Outcome, usize); 5] {
    [
        (Outcome::New, rows.new),
        (Outcome::Changed, rows.changed),
        (Outcome::Conflict, rows.conflict),
        (Outcome::Same, rows.same),
        (Outcome::Older, rows.older),
    ]
}

fn outcome_tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::New => Tone::Success,
        Outcome::Changed => Tone::Info,
        Outcome::Conflict => Tone::Danger,
        Outcome::Same | Outcome::Older => Tone::Neutral,
    }
}
