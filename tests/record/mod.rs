//! Entries and their remarks; revisions that meet in any order.

mod findings;
mod laws;

use dti::record::FilingKind;

#[test]
fn a_filings_slug_reads_back_and_nothing_else_does() {
    for number in [0, 1, 27] {
        let kind = FilingKind::from_number(number);
        assert_eq!(FilingKind::from_slug(&kind.slug()), Some(kind));
    }
    for text in ["", "bo-sung", "bo-sung-0", "bo-sung-01", "bo-sung-+1", "Chinh-thuc"] {
        assert_eq!(FilingKind::from_slug(text), None, "{text}");
    }
}
