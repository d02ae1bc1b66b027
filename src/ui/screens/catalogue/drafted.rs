//! Đang soạn: the amendments collected so far, each in sentences and removable, and what they come to together.

use egui::{Align, Label, Layout, Ui};

use super::draft::{Draft, Outcome};
use crate::ui::screens::parts;
use crate::ui::theme::{self, Tone, icons, space};
use crate::ui::view::Workspace;
use crate::ui::widgets;

/// What the officer wants with the draft.
pub(super) enum Wish {
    Change(usize),
    Remove(usize),
    RemoveAll,
}

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, draft: &Draft, outcome: &Outcome) -> Option<Wish> {
    if draft.is_empty() {
        let hint = "Chọn cơ quan hay chỉ tiêu rồi bấm nút dưới tên (Đổi tên…, Sáp nhập…, Tách…), hoặc Thêm cơ quan…. \
                    Các thay đổi gom ở đây, xem lại được, rồi mới lập thành ấn bản mới.";
        widgets::empty_state(ui, icons::PENCIL, "Chưa có thay đổi nào đang soạn", hint, None);
        return None;
    }
    let mut wish = None;
    parts::scrolled(ui, "draft", |ui| {
        widgets::card(ui, |ui| {
            widgets::section(ui, "Thay đổi đang soạn", |ui| {
                if widgets::secondary(ui, icons::TRASH, "Bỏ tất cả").clicked() {
                    wish = Some(Wish::RemoveAll);
                }
            });
            ui.add(Label::new(theme::caption(ui, "Chưa ghi vào tệp. Thứ tự từ trên xuống.")).wrap());
            ui.add_space(space::S);
            for (at, step) in outcome.steps.iter().enumerate() {
                wish = step_ui(ui, draft, at, step).or(wish.take());
                ui.add_space(space::XS);
            }
        });
        ui.add_space(space::L);
        whole_card(ui, workspace, outcome);
    });
    wish
}

fn step_ui(ui: &mut Ui, draft: &Draft, at: usize, step: &Result<Vec<String>, String>) -> Option<Wish> {
    let mut wish = None;
    let number = at + 1;
    ui.horizontal_top(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if widgets::icon_button(ui, icons::TRASH, &format!("Bỏ thay đổi {number}")).clicked() {
                wish = Some(Wish::Remove(at));
            }
            let form = draft.items().get(at).is_some_and(|item| item.form.is_some());
            if form && widgets::icon_button(ui, icons::PENCIL, &format!("Sửa thay đổi {number}")).clicked() {
                wish = Some(Wish::Change(at));
            }
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                ui.label(theme::secondary(ui, format!("{number}.")));
                ui.vertical(|ui| match step {
                    Ok(changes) => {
                        for change in changes {
                            ui.add(Label::new(change).wrap());
                        }
                    }
                    Err(why) => {
                        widgets::banner(ui, Tone::Danger, why);
                    }
                });
            });
        });
    });
    wish
}

/// What all of it comes to.
fn whole_card(ui: &mut Ui, workspace: &Workspace, outcome: &Outcome) {
    let version = workspace.catalogue().plan.version;
    widgets::card(ui, |ui| {
        widgets::section(ui, &format!("Ấn bản {}", version + 1), |_| {});
        if let Some(fault) = &outcome.fault {
            widgets::banner(ui, Tone::Danger, fault);
        } else if outcome.is_edition() {
            let text = "Hợp lệ. Bấm Lập ấn bản mới để ghi thành một thao tác; hoàn tác được cho đến khi xuất gói.";
            widgets::banner(ui, Tone::Success, text);
        } else {
            widgets::banner(ui, Tone::Danger, "Có thay đổi không thực hiện được: sửa hoặc bỏ thay đổi đó.");
        }
    });
}
