//! Questions over the window: a path where the desktop has no dialog, and what to do with what could not be stored.

use std::path::PathBuf;

use egui::{Frame, Id, Key, Label, Margin, Modal, Ui};

use crate::ui::command::Command;
use crate::ui::state::State;
use crate::ui::theme::{self, icons, space};
use crate::ui::view::{PathQuestion, Question};
use crate::ui::widgets::{self, TextField};

/// The path while it is typed, and the number of its question.
#[derive(Debug, Default)]
pub(super) struct Typed {
    number: u64,
    text: String,
}

pub(super) fn show(ui: &mut Ui, question: &Question, state: &mut State, out: &mut Vec<Command>) {
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(space::L as i8));
    let modal = Modal::new(Id::unique("question")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(520.0);
        match question {
            Question::Path(question) => path_ui(ui, question, &mut state.dialogs.path, out),
            Question::Unsaved => unsaved_ui(ui, state, out),
        }
    });
    if modal.should_close() {
        out.push(match question {
            Question::Path(_) => Command::AnswerPath(None),
            Question::Unsaved => Command::Stay,
        });
    }
}

fn path_ui(ui: &mut Ui, question: &PathQuestion, typed: &mut Typed, out: &mut Vec<Command>) {
    let opening = typed.number != question.number;
    if opening {
        *typed = Typed { number: question.number, text: question.suggestion.clone() };
    }
    ui.label(theme::section_title(&question.title));
    let hint = "Máy này không có hộp thoại chọn tệp; gõ hoặc dán đường dẫn đầy đủ.";
    ui.add(Label::new(theme::secondary(ui, hint)).wrap());
    ui.add_space(space::S);
    let field = TextField::new("Đường dẫn").show(ui, &mut typed.text);
    if opening {
        field.response.request_focus();
    }
    let entered = field.committed && ui.input(|i| i.key_pressed(Key::Enter));
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        let label = Command::AnswerPath(None).label();
        let ready = !typed.text.trim().is_empty();
        let chosen = ui.add_enabled_ui(ready, |ui| widgets::primary(ui, label.icon, label.text)).inner.clicked();
        if ready && (chosen || entered) {
            out.push(Command::AnswerPath(Some(PathBuf::from(typed.text.trim()))));
        }
        if widgets::secondary(ui, icons::CLOSE, "Thôi").clicked() {
            out.push(Command::AnswerPath(None));
        }
    });
}

fn unsaved_ui(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    ui.label(theme::section_title("Có nội dung chưa lưu được"));
    let text = if state.catalogue.unsaved() {
        "Màn hình Danh mục có thay đổi đang soạn, chưa lập thành ấn bản mới. Ở lại để lập ấn bản, hoặc bỏ những thay \
         đổi đó; mọi số liệu đã nhập hợp lệ đều đã được lưu."
    } else {
        "Một số ô có nội dung không hợp lệ nên chưa lưu vào tệp. Ở lại để sửa, hoặc bỏ những nội dung đó; \
         mọi số liệu khác đã được lưu."
    };
    ui.add(Label::new(text).wrap());
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        let stay = Command::Stay.label();
        if widgets::primary(ui, stay.icon, stay.text).on_hover_text(stay.tooltip).clicked() {
            out.push(Command::Stay);
        }
        let leave = Command::Leave.label();
        if widgets::danger(ui, leave.icon, leave.text).on_hover_text(leave.tooltip).clicked() {
            out.push(Command::Leave);
        }
    });
}
