//! Cài đặt: how the window looks on this PC, who works here, how packages go out, and care of the file.

pub(super) mod keys;

use egui::{Label, Ui};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::care::{self, Restoring};
use super::parts::{self, Side};
use crate::ui;
use crate::ui::command::Command;
use crate::ui::state::Screen;
use crate::ui::theme::{self, TextSize, Theme, Tone, icons, space};
use crate::ui::view::{Access, Graphics, View, Workspace};
use crate::ui::widgets::{self, TextField};

#[derive(Debug, Default)]
pub struct State {
    /// The officer's name while it is typed.
    officer: Option<String>,
}

/// Sizes that a mail server may take, in MB.
const LIMITS: std::ops::RangeInclusive<u32> = 1..=2000;

pub fn show(ui: &mut Ui, view: &View, workspace: &Workspace, state: &mut ui::State, out: &mut Vec<Command>) {
    let ui::State { settings: state, care, .. } = state;
    parts::head(ui, Screen::Settings.title(), "áp dụng ngay, không cần lưu", |_| {});
    parts::scrolled(ui, "settings", |ui| {
        parts::columns(ui, 0.5, |ui, side| match side {
            Side::Left => {
                // What matters most in each case comes first.
                if workspace.access == Access::Damaged {
                    backups_card(ui, workspace, care, out);
                    ui.add_space(space::L);
                }
                look_card(ui, view, out);
                ui.add_space(space::L);
                officer_card(ui, workspace, state, out);
                ui.add_space(space::L);
                packages_card(ui, view, workspace, out);
                if workspace.access != Access::Damaged {
                    ui.add_space(space::L);
                    backups_card(ui, workspace, care, out);
                }
            }
            Side::Right => {
                file_card(ui, view, workspace, out);
                ui.add_space(space::L);
                keys::card(ui, workspace, out);
            }
        });
    });
}

fn look_card(ui: &mut Ui, view: &View, out: &mut Vec<Command>) {
    widgets::card(ui, |ui| {
        widgets::section(ui, "Giao diện", |_| {});
        ui.horizontal_top(|ui| {
            widgets::label_over(ui, "Nền", |ui| {
                let mut theme = view.settings.theme;
                if widgets::segmented(ui, &mut theme, &[(Theme::Light, "Sáng"), (Theme::Dark, "Tối")]) {
                    out.push(Command::SetTheme(theme));
                }
            });
            ui.add_space(space::XL);
            widgets::label_over(ui, "Cỡ chữ", |ui| {
                let mut size = view.settings.text_size;
                let sizes = [(TextSize::Normal, "Vừa"), (TextSize::Large, "Lớn"), (TextSize::Larger, "Rất lớn")];
                if widgets::segmented(ui, &mut size, &sizes) {
                    out.push(Command::SetTextSize(size));
                }
            });
        });
        if !view.settings.graphics_offered.is_empty() {
            ui.add_space(space::S);
            graphics_choice(ui, view, out);
        }
    });
}

fn graphics_choice(ui: &mut Ui, view: &View, out: &mut Vec<Command>) {
    widgets::label_over(ui, "Cách vẽ cửa sổ", |ui| {
        let mut graphics = view.settings.graphics;
        let offered: Vec<(Graphics, &str)> = view
            .settings
            .graphics_offered
            .iter()
            .map(|graphics| match graphics {
                Graphics::Automatic => (Graphics::Automatic, "Tự động"),
                Graphics::OpenGl => (Graphics::OpenGl, "OpenGL"),
                Graphics::DirectX => (Graphics::DirectX, "DirectX 12"),
            })
            .collect();
        if widgets::segmented(ui, &mut graphics, &offered) {
            out.push(Command::SetGraphics(graphics));
        }
    });
    let hint = "Đổi khi cửa sổ trống, nhấp nháy hoặc vẽ sai; dùng từ lần mở chương trình sau.";
    ui.add(Label::new(theme::caption(ui, hint)).wrap());
}

fn officer_card(ui: &mut Ui, workspace: &Workspace, state: &mut State, out: &mut Vec<Command>) {
    let stored = &workspace.snapshot.officer;
    widgets::card(ui, |ui| {
        widgets::section(ui, "Người nhập", |_| {});
        ui.add_enabled_ui(workspace.access == Access::Write, |ui| {
            widgets::label_over(ui, "Họ và tên, ghi kèm mỗi lần nhập", |ui| {
                let mut text = state.officer.clone().unwrap_or_else(|| stored.clone());
                let typing = TextField::new("Họ và tên người nhập").width(320.0).show(ui, &mut text);
                if typing.committed && text != *stored {
                    out.push(Command::SetOfficer(text));
                    state.officer = None;
                } else if typing.cancelled || typing.committed {
                    state.officer = None;
                } else if typing.response.changed() {
                    state.officer = Some(text);
                }
            });
        });
    });
}

fn packages_card(ui: &mut Ui, view: &View, workspace: &Workspace, out: &mut Vec<Command>) {
    widgets::card(ui, |ui| {
        widgets::section(ui, "Gói dữ liệu", |ui| {
            out.extend(widgets::command_button(ui, Command::ChooseExportFolder))
        });
        let beside = workspace.file.parent().map(|f| f.display().to_string()).unwrap_or_default();
        let folder = match &view.settings.export_folder {
            Some(folder) => folder.display().to_string(),
            None => format!("{beside} (cạnh tệp số liệu)"),
        };
        widgets::fact(ui, "Ghi vào", &folder);
        ui.add_space(space::S);
        widgets::label_over(ui, "Cỡ gói tối đa để gửi thư (MB)", |ui| {
            let mut limit = Decimal::from(view.settings.limit_mb);
            let changed = widgets::number_field(ui, "Cỡ gói tối đa, MB", 120.0, &mut limit);
            match (changed, limit.to_u32().filter(|mb| LIMITS.contains(mb))) {
                (Ok(true), Some(mb)) => out.push(Command::SetLimit(mb)),
                (Ok(true), None) | (Err(_), _) => {
                    let text = format!("Nhập số nguyên từ {} đến {}", LIMITS.start(), LIMITS.end());
                    ui.label(theme::tinted(ui, Tone::Danger, text));
                }
                (Ok(false), _) => {}
            }
        });
        out.extend(widgets::command_button(ui, Command::EditTemplates));
        let hint = "Hộp thư công vụ thường nhận tối đa 20 đến 25 MB. Gói lớn hơn được tách thành nhiều gói.";
        ui.add(Label::new(theme::caption(ui, hint)).wrap());
    });
}

fn backups_card(ui: &mut Ui, workspace: &Workspace, state: &mut care::State, out: &mut Vec<Command>) {
    widgets::card(ui, |ui| {
        widgets::section(ui, "Bản sao lưu", |ui| {
            ui.add_enabled_ui(workspace.access == Access::Write, |ui| {
                out.extend(widgets::command_button(ui, Command::BackUpNow));
            });
        });
        let hint = "Chương trình tự sao lưu khi mở tệp, trước khi nhập gói và sau mỗi nửa giờ làm việc, vào thư mục \
                    “.backup” cạnh tệp. Nên thỉnh thoảng sao lưu thêm ra ổ khác.";
        ui.add(Label::new(theme::caption(ui, hint)).wrap());
        ui.add_space(space::XS);
        let restoring = match workspace.access {
            Access::Write | Access::Damaged => Restoring::Offered,
            Access::Read => Restoring::NotNow,
        };
        care::backups_ui(ui, &workspace.file, &workspace.backups, restoring, state, out);
    });
}

fn file_card(ui: &mut Ui, view: &View, workspace: &Workspace, out: &mut Vec<Command>) {
    let snapshot = &workspace.snapshot;
    let catalogue = workspace.catalogue();
    widgets::card(ui, |ui| {
        widgets::section(ui, "Tệp số liệu", |_| {});
        widgets::fact(ui, "Đơn vị", catalogue.agency_name(workspace.agency()));
        widgets::fact(ui, "Tệp", &workspace.file.display().to_string());
        widgets::fact(ui, "Mã thiết bị", &snapshot.device);
        widgets::fact(ui, "Kế hoạch", &format!("{} (ấn bản {})", catalogue.plan.title, catalogue.plan.version));
        widgets::fact(ui, "Phiên bản", env!("CARGO_PKG_VERSION"));
        match workspace.access {
            Access::Write => {}
            Access::Read => {
                let text = "Tệp này chỉ xem được: đang mở ở cửa sổ khác, hoặc nằm ở nơi không ghi được.";
                widgets::banner(ui, Tone::Warning, text);
            }
            Access::Damaged => {
                let text = "Tệp này có chỗ hỏng nên chỉ mở để xem. Khôi phục bản sao lưu gần nhất, hoặc cứu phần còn đọc \
                            được sang tệp mới.";
                widgets::banner(ui, Tone::Danger, text);
            }
        }
        ui.add_space(space::S);
        ui.horizontal_wrapped(|ui| {
            out.extend(widgets::command_button(ui, Command::Backup));
            out.extend(widgets::command_button(ui, Command::CopyWorkspace));
            out.extend(widgets::command_button(ui, Command::Check));
            out.extend(widgets::command_button(ui, Command::ShowInFolder(workspace.file.clone())));
            out.extend(widgets::command_button(ui, Command::OpenFile));
            out.extend(widgets::command_button(ui, Command::CloseFile));
        });
        let found = workspace.checked.as_ref().is_some_and(|damage| !damage.is_empty());
        if found || workspace.access == Access::Damaged {
            ui.add_space(space::S);
            care::rescue_ui(ui, &workspace.file, view.rescued.as_ref(), out);
        }
        match workspace.checked.as_deref() {
            None => {}
            Some([]) => {
                widgets::banner(ui, Tone::Success, "Đã kiểm tra: tệp nguyên vẹn.");
            }
            Some(damage) => {
                let text = "Tệp có chỗ hỏng. Khôi phục bản sao lưu gần nhất, hoặc cứu phần còn đọc được sang tệp mới; rồi \
                            nhập lại các gói nhận sau đó.";
                widgets::banner(ui, Tone::Danger, text);
                for line in damage {
                    ui.horizontal_top(|ui| {
                        ui.label(theme::icon(icons::ERROR));
                        ui.add(Label::new(line).wrap());
                    });
                }
            }
        }
    });
}
