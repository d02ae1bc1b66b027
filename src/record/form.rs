//! What a blank Excel form is of, as its hidden sheet says it: written by `report`, read back by `table`.

use crate::catalogue::{Id, PeriodId};

/// The identity of a form that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormMark {
    /// The edition of the plan that its rows are from, by its hash.
    pub catalogue: String,
    pub agency: Id,
    pub period: PeriodId,
    /// Each row that asks for an entry, as Excel counts, and the item that it asks for.
    pub items: Vec<(usize, Id)>,
}

impl FormMark {
    /// The name of the hidden sheet.
    pub const SHEET: &'static str = "dti-bieu-mau";
    /// The form's layout, counted from 1.
    pub const VERSION: &'static str = "1";

    /// The hidden sheet: two columns, a name and what it is.
    pub fn lines(&self) -> Vec<(String, String)> {
        let facts = [
            ("form", Self::VERSION),
            ("catalogue", &self.catalogue),
            ("agency", &self.agency),
            ("period", &self.period.to_string()),
        ];
        let facts = facts.map(|(name, fact)| (name.to_owned(), fact.to_owned()));
        facts.into_iter().chain(self.items.iter().map(|(row, item)| (row.to_string(), item.clone()))).collect()
    }

    /// Reads the hidden sheet; none where it is none of ours, or of a later layout.
    pub fn parse(lines: &[(String, String)]) -> Option<FormMark> {
        let fact = |wanted: &str| lines.iter().find(|(name, _)| name == wanted).map(|(_, fact)| fact.as_str());
        if fact("form")? != Self::VERSION {
            return None;
        }
        let items = lines.iter().filter_map(|(row, item)| Some((row.parse().ok()?, item.clone()))).collect();
        Some(FormMark {
            catalogue: fact("catalogue")?.to_owned(),
            agency: fact("agency")?.to_owned(),
            period: fact("period")?.parse().ok()?,
            items,
        })
    }

    /// The item that a row was made for.
    pub fn item(&self, row: usize) -> Option<&Id> {
        self.items.iter().find(|(number, _)| *number == row).map(|(_, item)| item)
    }
}
