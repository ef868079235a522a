//! Keeps a spreadsheet from running a text as a formula: a text that begins like one gets an apostrophe before it.
//! Used for every text that leaves in a table, CSV or XLSX, and undone when such a table comes back.

use std::borrow::Cow;

/// What a formula, or something that a spreadsheet strips to find one, begins with; the full-width forms count too.
fn leads(letter: char) -> bool {
    matches!(letter, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠')
}

/// The text with an apostrophe before it where it begins like a formula.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(leads) { format!("'{text}").into() } else { text.into() }
}

/// The text without the apostrophe that [`guarded`] put before it.
#[must_use]
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(leads)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{guarded, leads, unguarded};
    use proptest::prelude::*;

    #[test]
    fn every_lead_is_guarded() {
        for text in ["=1+1", "+1 503 555 0142", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", "\0=x", "＝1", "＋1", "－1", "＠a"] {
            assert_eq!(guarded(text), format!("'{text}"));
            assert_eq!(unguarded(&guarded(text)), text);
        }
        for text in ["", "a=b", "'Aha", "’Okina", " =1", "–"] {
            assert_eq!(guarded(text), text);
        }
    }

    proptest! {
        #[test]
        fn nothing_guarded_begins_like_a_formula(text in "[=+@\\-\t\r\n＝'a]{0,4}.*") {
            prop_assert!(!guarded(&text).starts_with(leads));
        }

        #[test]
        fn guarding_is_undone(text in "[^'].*|'[a-z]*") {
            let kept = guarded(&text);
            prop_assert_eq!(unguarded(&kept), &text);
        }
    }
}
