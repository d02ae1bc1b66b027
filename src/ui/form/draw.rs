//! Draws one field of a record: label, text field, and what is wrong with the text, with both readings to choose from.

use egui::Ui;
use rust_decimal::Decimal;

use super::{Drafts, Fault, Field, label};
use crate::catalogue::{Catalogue, Measure};
use crate::record::{Key, Snapshot};
use crate::text::number::{NumberError, format_decimal, format_for_edit};
use crate::ui::theme::{self, Tone, palette};
use crate::ui::widgets::{TextField, secondary, select_all};

/// Seconds without a key after which a long text is saved as it stands.
const PAUSE: f64 = 10.0;

/// How a field is drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct FieldLook<'a> {
    /// The unit behind it.
    pub unit: &'a str,
    /// 0 and 1: one line.
    pub rows: usize,
    /// Grey text in the empty field.
    pub hint: &'a str,
    /// The whole definition, on hover.
    pub hover: &'a str,
    pub measure: Option<Measure>,
}

/// Draws a field of `key`'s record and takes what is typed into `drafts`.
pub fn field_ui(ui: &mut Ui, drafts: &mut Drafts, snapshot: &Snapshot, key: &Key, field: Field, look: FieldLook<'_>) {
    let id = field_id(key, field);
    let name = label(field, look.measure);
    let focused = ui.memory(|m| m.has_focus(id));
    let mut text = if focused { drafts.begin(snapshot, key, field) } else { drafts.shown(snapshot, key, field) };
    let wrong = drafts.fault(key, field).is_some();
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let caption = ui.label(theme::caption(ui, name));
        if !look.hover.is_empty() {
            caption.on_hover_text(look.hover);
        }
        let mut edit = TextField::new(name).id(id).hint(look.hint).rows(look.rows.max(1)).suffix(look.unit);
        if is_number(field) {
            edit = edit.right_aligned();
        }
        if wrong {
            edit = edit.tone(Tone::Danger);
        }
        let typing = edit.show(ui, &mut text);
        if typing.response.gained_focus() && is_number(field) {
            // The next frame shows the number without its groups; what is typed then takes its place.
            let begin = drafts.begin(snapshot, key, field);
            select_all(ui.ctx(), id, &begin);
        }
        if typing.cancelled {
            drafts.cancel(key, field);
        } else {
            if typing.response.changed() {
                drafts.keep(snapshot, key, field, text);
            }
            if typing.committed {
                drafts.commit(&snapshot.catalogue, key, field);
            } else if look.rows > 1 && drafts.typed(key, field).is_some() {
                checkpoint_ui(ui, drafts, &snapshot.catalogue, key, field);
            }
        }
        if !ui.memory(|m| m.has_focus(id)) {
            fault_ui(ui, drafts, snapshot, key, field);
        }
    });
}

/// Reads every text whose field has lost the focus, or is not drawn any more. Once a frame, after everything is drawn.
pub fn commit_left(ctx: &egui::Context, catalogue: &Catalogue, drafts: &mut Drafts) {
    let focused = ctx.memory(|m| m.focused());
    for (key, field) in drafts.open() {
        if focused != Some(field_id(&key, field)) {
            drafts.commit(catalogue, &key, field);
        }
    }
}

/// What is wrong with a typed number, and what to type instead.
pub fn number_fault(error: &NumberError) -> String {
    match error {
        NumberError::Empty | NumberError::NotANumber => {
            "Không phải là số: chỉ dùng chữ số, dấu chấm ngăn hàng nghìn và dấu phẩy thập phân".to_owned()
        }
        NumberError::Ambiguous { as_thousands, as_decimal } => format!(
            "Số này có thể hiểu hai cách: {} hoặc {}",
            format_decimal(*as_thousands),
            format_decimal(*as_decimal)
        ),
        NumberError::Bracketed { size } => {
            let size = format_for_edit(*size);
            format!("Số trong ngoặc đơn có thể là số âm: nhập lại là -{size} hoặc {size}")
        }
        NumberError::TooBig => "Số quá lớn: kiểm tra lại số chữ số".to_owned(),
        NumberError::TooPrecise => "Quá nhiều chữ số sau dấu phẩy: nhập tối đa 9 chữ số".to_owned(),
    }
}

/// Saves a long text in the pauses of typing: a power cut takes the last sentence, not the evening's work.
fn checkpoint_ui(ui: &Ui, drafts: &mut Drafts, catalogue: &Catalogue, key: &Key, field: Field) {
    let id = field_id(key, field).with("checkpoint");
    let (now, typed) = (ui.input(|i| i.time), drafts.typed(key, field).map(str::len).unwrap_or_default());
    // The length tells a pause well enough: whatever is typed changes it, or is followed by what does.
    let (since, length): (f64, usize) = ui.data(|d| d.get_temp(id)).unwrap_or((now, typed));
    let since = if length == typed { since } else { now };
    ui.data_mut(|d| d.insert_temp(id, (since, typed)));
    let left = since + PAUSE - now;
    if left <= 0.0 {
        drafts.checkpoint(catalogue, key, field);
    } else {
        ui.ctx().request_repaint_after_secs(left as f32);
    }
}

fn fault_ui(ui: &mut Ui, drafts: &mut Drafts, snapshot: &Snapshot, key: &Key, field: Field) {
    let Some(fault) = drafts.fault(key, field).cloned() else { return };
    let words = match &fault {
        Fault::Number(error) => number_fault(error),
        Fault::Percent => "Nhập số nguyên từ 0 đến 100".to_owned(),
        Fault::Date => "Không phải là ngày: nhập ngày/tháng/năm, ví dụ 05/10/2023".to_owned(),
        Fault::Elsewhere => "Mục này không có ô nhập đó".to_owned(),
    };
    ui.add(egui::Label::new(theme::caption(ui, words).color(palette(ui).danger.text)).wrap());
    if let Fault::Number(NumberError::Ambiguous { as_thousands, as_decimal }) = fault {
        // One under the other: two fields stand side by side, and neither may push the other out.
        let mut chosen: Option<Decimal> = None;
        for (number, words) in [(as_thousands, "nghìn"), (as_decimal, "thập phân")] {
            if secondary(ui, "", &format!("{} ({words})", format_decimal(number))).clicked() {
                chosen = Some(number);
            }
        }
        if let Some(number) = chosen {
            drafts.enter(snapshot, key, field, format_for_edit(number));
        }
    }
}

fn field_id(key: &Key, field: Field) -> egui::Id {
    egui::Id::unique(("field", key.to_string(), field))
}

fn is_number(field: Field) -> bool {
    matches!(field, Field::Numerator | Field::Denominator | Field::Value | Field::Percent)
}
