//! Text from outside, as far as a message may quote it.

use crate::text::elide;

/// It is quoted at most this long (characters) ...
const LONGEST: usize = 300;

/// ... and without characters that move the cursor or turn the line around.
pub(super) fn harmless(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let plain: String = text.chars().map(|c| if c.is_control() || turns(c) { '\u{FFFD}' } else { c }).collect();
    elide(&plain, LONGEST)
}
