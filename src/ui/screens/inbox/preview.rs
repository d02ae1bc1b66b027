//! Packages that were read: who sent them, whether they are valid, and row by row what merging would do.

use egui::{Label, Ui};

use super::{counts, outcome_tone, outcomes};
use crate::merge::PlanRow;
use crate::record::{Notice, Outcome, PackageKind, Revision, RowCounts};
use crate::text::bytes::format_size;
use crate::trust::Standing;
use crate::ui::command::Command;
use crate::ui::screens::parts::{self, Side};
use crate::ui::screens::settings::keys::confirm_ui;
use crate::ui::theme::{self, Tone, palette, size, space};
use crate::ui::view::{Access, PreviewPackage, Verdict, View, Workspace};
use crate::ui::widgets;
use crate::ui::widgets::grid::{self, Cell, Column, Grid, Look, Scroll, Width};
use crate::words;

#[derive(Debug, Default)]
pub(super) struct State {
    chosen: usize,
    filter: Option<Outcome>,
    grid: grid::State,
}

pub(super) fn show(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    packages: &[PreviewPackage],
    state: &mut State,
    out: &mut Vec<Command>,
) {
    state.chosen = state.chosen.min(packages.len().saturating_sub(1));
    widgets::card(ui, |ui| {
        let valid = packages.iter().filter(|p| !matches!(p.verdict, Verdict::Refused(_))).count();
        let refused = packages.len() - valid;
        widgets::section(ui, "Xem trước khi nhập", |ui| {
            let ready = workspace.access == Access::Write && view.busy.is_none();
            let label = Command::ApplyPreview.label();
            // A batch of refused packages only is taken as well: each is kept aside with its reason.
            let text = if valid == 0 {
                "Ghi nhận các gói bị từ chối".to_owned()
            } else {
                format!("Nhập {valid} gói")
            };
            let apply = ui.add_enabled_ui(ready, |ui| widgets::primary(ui, label.icon, &text)).inner;
            if apply.on_hover_text(label.tooltip).clicked() {
                out.push(Command::ApplyPreview);
            }
            out.extend(widgets::command_button(ui, Command::DiscardPreview));
        });
        ui.horizontal_wrapped(|ui| {
            let mut total = RowCounts::default();
            for package in packages {
                add(&mut total, &package.counts);
            }
            for (outcome, count) in outcomes(&total).into_iter().filter(|(_, count)| *count > 0) {
                let text = format!("{count} {}", words::outcome(outcome).to_lowercase());
                widgets::badge(ui, outcome_tone(outcome), &text);
            }
            if refused > 0 {
                widgets::badge(ui, Tone::Danger, &format!("{refused} gói bị từ chối"));
            }
        });
        ui.add_space(space::S);
        parts::columns(ui, 0.34, |ui, side| match side {
            Side::Left => packages_ui(ui, workspace, packages, state),
            Side::Right => package_ui(ui, workspace, &packages[state.chosen], state, out),
        });
    });
}

/// The list of packages, each with its sender and state.
fn packages_ui(ui: &mut Ui, workspace: &Workspace, packages: &[PreviewPackage], state: &mut State) {
    egui::ScrollArea::vertical().id_salt("packages").max_height(380.0).show(ui, |ui| {
        for (index, package) in packages.iter().enumerate() {
            if package_row(ui, workspace, package, index == state.chosen).clicked() {
                state.chosen = index;
                state.grid.clear();
            }
        }
    });
}

fn package_row(ui: &mut Ui, workspace: &Workspace, package: &PreviewPackage, chosen: bool) -> egui::Response {
    let p = palette(ui);
    let sender = sender(workspace, package);
    let (tone, state) = verdict(package);
    let kind = package.kind.and_then(|kind| match kind {
        PackageKind::Submission
            if workspace.snapshot.receives() || package.agency.as_deref() == Some(workspace.agency()) =>
        {
            None
        }
        PackageKind::Submission => Some("Số liệu phối hợp".to_owned()),
        kind => Some(words::package_kind(kind).to_owned()),
    });
    let what = [kind, package.period.as_ref().map(words::period), package.filing.map(words::filing)];
    let what = what.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let detail = [what, state].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 46.0), egui::Sense::click());
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::ListItem, true, chosen, format!("{sender}. {detail}")));
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, size::RADIUS, if chosen { p.selected } else { p.hover });
    }
    let inner = rect.shrink2(egui::vec2(space::S, space::XS));
    let layout = egui::Layout::top_down(egui::Align::Min);
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(layout));
    child.spacing_mut().item_spacing.y = 0.0;
    widgets::elided(&mut child, theme::bold(sender));
    let text = theme::tinted(&child, tone, detail).size(size::CAPTION);
    widgets::elided(&mut child, text);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn package_ui(ui: &mut Ui, workspace: &Workspace, package: &PreviewPackage, state: &mut State, out: &mut Vec<Command>) {
    let name = package.path.file_name().unwrap_or_default().to_string_lossy();
    widgets::file_row(ui, &name, &format_size(package.bytes), |_| {});
    let (tone, text) = verdict(package);
    match &package.verdict {
        Verdict::Refused(reason) => {
            let message = format!("{reason}. Gói này không làm thay đổi gì; các gói khác vẫn nhập được.");
            widgets::banner(ui, Tone::Danger, &message);
            signature_ui(ui, workspace, package, out);
            return;
        }
        Verdict::Known | Verdict::Ok => {
            widgets::badge(ui, tone, &text);
            signature_ui(ui, workspace, package, out);
        }
    }
    if let Some(notice) = &package.notice {
        notice_ui(ui, workspace, notice);
        return;
    }
    if let Some(changes) = &package.edition {
        edition_ui(ui, changes);
        return;
    }
    if let Some(newer) = package.older_than {
        let text = format!("Gói cũ hơn lần nộp đã nhận ({}); số liệu mới hơn được giữ nguyên", words::filing(newer));
        widgets::banner(ui, Tone::Warning, &text);
    }
    let mut filter = state.filter;
    let options: Vec<(Option<Outcome>, String)> = std::iter::once((None, format!("Tất cả {}", package.rows.len())))
        .chain(
            outcomes(&package.counts)
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(outcome, count)| (Some(outcome), format!("{} {count}", words::outcome(outcome)))),
        )
        .collect();
    if !options.iter().any(|(value, _)| *value == filter) {
        filter = None;
    }
    let shown: Vec<(Option<Outcome>, &str)> = options.iter().map(|(value, text)| (*value, text.as_str())).collect();
    if widgets::segmented(ui, &mut filter, &shown) {
        state.grid.clear();
    }
    state.filter = filter;
    let rows: Vec<&PlanRow> = package.rows.iter().filter(|r| filter.is_none_or(|f| r.outcome == f)).collect();
    let columns = [
        Column::text("Mã", Width::Fixed(58.0)),
        Column::text("Cơ quan", Width::Fixed(104.0)),
        Column::text("Đang có", Width::Rest(120.0)),
        Column::text("Trong gói", Width::Rest(120.0)),
        Column::text("Kết quả", Width::Fixed(124.0)),
    ];
    ui.add_space(space::XS);
    Grid::new("Từng mục trong gói", &columns).scroll(Scroll::Own(300.0)).show(
        ui,
        &mut state.grid,
        rows.len(),
        |row, column| row_cell(workspace, rows[row], column),
    );
}

/// What an edition of the catalogue changes.
fn edition_ui(ui: &mut Ui, changes: &[String]) {
    ui.add_space(space::S);
    if changes.is_empty() {
        ui.label("Tệp này đang dùng danh mục đó, hoặc danh mục mới hơn: nhập gói không làm thay đổi gì.");
        return;
    }
    ui.label(theme::bold("Danh mục sẽ thay đổi"));
    for change in changes {
        ui.add(Label::new(format!("• {change}")).wrap());
    }
    ui.add_space(space::XS);
    let hint = "Số liệu đã nhập giữ nguyên, kỳ cũ vẫn đọc theo danh mục của kỳ đó; hoàn tác được ở Nhật ký.";
    ui.add(Label::new(theme::caption(ui, hint)).wrap());
}

/// What a receipt, return or request says.
fn notice_ui(ui: &mut Ui, workspace: &Workspace, notice: &Notice) {
    let catalogue = workspace.catalogue();
    ui.add_space(space::S);
    ui.add(Label::new(theme::bold(words::notice(catalogue, notice))).wrap());
    for row in notice.returned_rows() {
        widgets::fact(ui, row.key.base_item(), &row.reason);
    }
    for requested in notice.requested() {
        ui.add(Label::new(words::item(catalogue, &requested.item)).wrap());
        if !requested.note.is_empty() {
            ui.add(Label::new(theme::caption(ui, &requested.note)).wrap());
        }
    }
}

fn row_cell(workspace: &Workspace, row: &PlanRow, column: usize) -> Cell {
    let (catalogue, key) = (workspace.catalogue(), &row.incoming.key);
    let said = |revisions: &[Revision]| {
        let texts: Vec<String> = revisions.iter().map(|r| words::content(catalogue, key, &r.body)).collect();
        texts.join(" hoặc ").replace('\n', " ")
    };
    match column {
        0 => Cell::new(key.base_item()).hover(words::item(catalogue, &key.item)),
        1 => Cell::new(catalogue.agency(&key.agency).map_or(key.agency.as_str(), |a| &a.short)),
        2 if row.local.is_empty() => Cell::new("chưa có").look(Look::Faint),
        2 => Cell::new(said(&row.local)).hover(with_origin(workspace, &row.local)),
        3 => {
            let incoming = std::slice::from_ref(&row.incoming);
            Cell::new(said(incoming)).look(Look::Bold).hover(with_origin(workspace, incoming))
        }
        _ => Cell::new(words::outcome(row.outcome)).look(Look::Badge(outcome_tone(row.outcome))),
    }
}

/// The whole of each value, with who entered it where and when.
fn with_origin(workspace: &Workspace, revisions: &[Revision]) -> String {
    let one = |r: &Revision| {
        let value = words::content(workspace.catalogue(), &r.key, &r.body);
        format!("{value}\n{}", words::origin(&workspace.snapshot, r))
    };
    revisions.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

fn sender(workspace: &Workspace, package: &PreviewPackage) -> String {
    match &package.agency {
        Some(agency) => workspace.catalogue().agency_name(agency).to_owned(),
        None => package.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    }
}

fn verdict(package: &PreviewPackage) -> (Tone, String) {
    match &package.verdict {
        Verdict::Ok if package.notice.is_some() => (Tone::Success, "hợp lệ".to_owned()),
        Verdict::Ok if package.older_than.is_some() => {
            (Tone::Warning, format!("cũ hơn lần nộp đã nhận: {}", counts(&package.counts)))
        }
        Verdict::Ok => (Tone::Success, format!("hợp lệ: {}", counts(&package.counts))),
        Verdict::Known => (Tone::Neutral, "đã nhập trước đây, không có gì mới".to_owned()),
        Verdict::Refused(_) => (Tone::Danger, "bị từ chối".to_owned()),
    }
}

/// What the signature is here, the code of its key, and what to do about it where it is not good.
fn signature_ui(ui: &mut Ui, workspace: &Workspace, package: &PreviewPackage, out: &mut Vec<Command>) {
    let Some(standing) = package.standing else { return };
    let code = package.signer.as_ref().map(|s| format!("Mã khóa {}", s.key.code()));
    let advice = words::standing_advice(standing);
    ui.horizontal_wrapped(|ui| {
        widgets::badge(ui, standing_tone(standing), words::standing(standing));
        let said: Vec<&str> = code.as_deref().into_iter().chain(advice).collect();
        ui.add(Label::new(theme::caption(ui, said.join(": "))).wrap());
    });
    if let (Some(signer), false) = (&package.signer, standing.is_good()) {
        confirm_ui(ui, workspace, signer.clone(), &sender(workspace, package), out);
    }
}

fn standing_tone(standing: Standing) -> Tone {
    match standing {
        Standing::Confirmed | Standing::Remembered => Tone::Success,
        Standing::First => Tone::Info,
        Standing::NewDevice | Standing::Unsigned => Tone::Warning,
        Standing::Changed | Standing::NoLongerSigned | Standing::Broken => Tone::Danger,
    }
}

fn add(total: &mut RowCounts, rows: &RowCounts) {
    total.new += rows.new;
    total.changed += rows.changed;
    total.same += rows.same;
    total.older += rows.older;
    total.conflict += rows.conflict;
    total.refused += rows.refused;
}
