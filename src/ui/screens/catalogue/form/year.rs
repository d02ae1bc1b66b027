//! The plan goes on for a year: which tasks that are due in certain years only, and with which deadlines.

use std::collections::BTreeSet;

use egui::{Label, Ui};

use super::fields::{Page, Wanted};
use crate::catalogue::{Amendment, Calendar, Catalogue, Id, Task};
use crate::ui::theme::{self, space};
use crate::ui::widgets;

#[derive(Debug, Clone)]
pub(in super::super) struct NextYear {
    year: String,
    tasks: BTreeSet<Id>,
    deadlines: Deadlines,
    quarter_due: String,
    year_due_day: String,
    year_due_month: String,
    window_from: String,
    window_to: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deadlines {
    AsBefore,
    Other,
}

/// As wide as a year needs, with the line under it.
const YEAR: f32 = 220.0;

impl NextYear {
    pub fn after(catalogue: &Catalogue, year: i32) -> NextYear {
        let now = catalogue.calendar.of_year(year);
        NextYear {
            year: (year + 1).to_string(),
            tasks: BTreeSet::new(),
            deadlines: Deadlines::AsBefore,
            quarter_due: now.quarter_due_day.to_string(),
            year_due_day: now.year_due_day.to_string(),
            year_due_month: now.year_due_month.to_string(),
            window_from: now.window_from_day.to_string(),
            window_to: now.window_to_day.to_string(),
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        ui.vertical(|ui| {
            ui.set_max_width(YEAR.min(ui.available_width()));
            page.whole(ui, "Năm", "Kế hoạch tiếp tục trong năm này", &mut self.year, Wanted::Always);
        });
        let with_years: Vec<&Task> = page.base.tasks.iter().filter(|t| !t.years.is_empty()).collect();
        widgets::label_over(
            ui,
            "Nhiệm vụ chỉ đặt cho một số năm, thực hiện tiếp trong năm này",
            |ui| {
                for task in with_years {
                    let years: Vec<String> = task.years.iter().map(i32::to_string).collect();
                    let text = format!("{} {} (đang đặt cho năm {})", task.id, task.short, years.join(", "));
                    let mut on = self.tasks.contains(&task.id);
                    if widgets::tick(ui, &mut on, &text) {
                        match on {
                            true => self.tasks.insert(task.id.clone()),
                            false => self.tasks.remove(&task.id),
                        };
                    }
                }
            },
        );
        let text =
            "Nhiệm vụ hằng năm và chỉ tiêu chưa kết thúc tự tiếp tục. Mục tiêu, điểm của năm mới đổi ở từng chỉ tiêu.";
        ui.add(Label::new(theme::secondary(ui, text)).wrap());
        ui.add_space(space::S);
        widgets::label_over(ui, "Hạn báo cáo", |ui| {
            let ways = [(Deadlines::AsBefore, "Như năm trước"), (Deadlines::Other, "Đổi từ năm này")];
            widgets::segmented(ui, &mut self.deadlines, &ways);
        });
        if self.deadlines == Deadlines::Other {
            self.deadlines_ui(ui, page);
        }
    }

    fn deadlines_ui(&mut self, ui: &mut Ui, page: &mut Page<'_>) {
        ui.add_space(space::XS);
        ui.columns(3, |columns| {
            let [left, middle, right] = columns else { return };
            let quarter = "của tháng cuối quý";
            page.whole(left, "Báo cáo quý: nộp trước ngày", quarter, &mut self.quarter_due, Wanted::Always);
            page.whole(middle, "Báo cáo năm: nộp trước ngày", "", &mut self.year_due_day, Wanted::Always);
            page.whole(right, "Báo cáo năm: của tháng", "", &mut self.year_due_month, Wanted::Always);
        });
        ui.columns(3, |columns| {
            let [left, middle, _] = columns else { return };
            let before = "của tháng trước kỳ";
            page.whole(left, "Số liệu tính từ ngày", before, &mut self.window_from, Wanted::Always);
            page.whole(middle, "Số liệu tính đến hết ngày", "của tháng cuối kỳ", &mut self.window_to, Wanted::Always);
        });
    }

    pub fn amendment(&self, base: &Catalogue) -> Option<Amendment> {
        let year: i32 = self.year.trim().parse().ok()?;
        let day = |text: &str| text.trim().parse::<u32>().ok();
        let calendar = match self.deadlines {
            Deadlines::AsBefore => None,
            Deadlines::Other => Some(Calendar {
                quarter_due_day: day(&self.quarter_due)?,
                year_due_month: day(&self.year_due_month)?,
                year_due_day: day(&self.year_due_day)?,
                window_from_day: day(&self.window_from)?,
                window_to_day: day(&self.window_to)?,
                from_year: None,
                later: Vec::new(),
                ..base.calendar.of_year(year).clone()
            }),
        };
        // In the order of the plan.
        let tasks = base.tasks.iter().filter(|t| self.tasks.contains(&t.id)).map(|t| t.id.clone()).collect();
        Some(Amendment::NextYear { year, tasks, calendar })
    }
}
