//! The value of an indicator whose points go by levels or conditions: chosen in their words, not typed as a number.

use egui::Ui;
use rust_decimal::Decimal;

use super::super::source::Source;
use crate::catalogue::{Level, Rule};
use crate::record::{Content, Key};
use crate::text::number::format_decimal;
use crate::ui::form::Drafts;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets;

/// False where conditions with equal sums cannot be told apart by their sum, which is all that is kept: it is typed then.
pub(super) fn is_offered(rule: &Rule) -> bool {
    rule.tells_apart()
}

pub(super) fn show(
    ui: &mut Ui,
    source: &Source<'_>,
    key: &Key,
    rule: &Rule,
    value: Option<Decimal>,
    drafts: &mut Drafts,
) {
    ui.spacing_mut().interact_size.y = size::ICON + space::XS;
    let chosen = match rule {
        Rule::Levels(levels) => level_ui(ui, levels, value),
        Rule::Conditions(conditions) => {
            let holding = value.and_then(|value| rule.holding(value)).unwrap_or_default();
            conditions_ui(ui, conditions, &holding)
        }
        _ => None,
    };
    if let Some(chosen) = chosen {
        drafts.change(source.snapshot(), key, |body| {
            if let Content::Indicator(figure) = &mut body.content {
                figure.value = Some(chosen);
            }
        });
    }
    if let Some(value) = value {
        let text = format!("Hệ số: {} điểm tối đa", format_decimal(value));
        match rule.allows(value) {
            true => ui.label(theme::bold(text)),
            false => ui.label(theme::tinted(ui, theme::Tone::Danger, format!("{text}, không phải một mức nào ở trên"))),
        };
    }
}

fn level_ui(ui: &mut Ui, levels: &[Level], value: Option<Decimal>) -> Option<Decimal> {
    let mut chosen = None;
    for level in levels {
        if widgets::option(ui, value == Some(level.share), &level.text) {
            chosen = Some(level.share);
        }
    }
    chosen
}

/// The sum of the shares of those that hold.
fn conditions_ui(ui: &mut Ui, conditions: &[Level], holding: &[usize]) -> Option<Decimal> {
    let mut holds: Vec<bool> = (0..conditions.len()).map(|at| holding.contains(&at)).collect();
    let mut changed = false;
    for (condition, holds) in conditions.iter().zip(&mut holds) {
        changed |= widgets::tick(ui, holds, &condition.text);
    }
    changed.then(|| conditions.iter().zip(&holds).filter(|(_, holds)| **holds).map(|(c, _)| c.share).sum())
}
