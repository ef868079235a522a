//! What is asked without an account, and the code by which its raiser comes back.

use super::super::model::Kind;
use crate::platform::{session::Token, subject::Audience};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

/// So many letters may be asked, and answered back.
pub(super) const LONGEST: usize = 4000;
/// So many letters say whom it is about.
pub(super) const LONGEST_ABOUT: usize = 120;
/// So often somebody may add to what they asked before it is answered.
pub(super) const MOST_ADDED: i64 = 20;
/// So much is taken a day from all together: more is a machine, and would bury what people ask.
pub(super) const MOST_A_DAY: i64 = 300;

/// What is about to be asked.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) kind: Kind,
    pub(super) words: String,
    pub(super) about: String,
    pub(super) audience: Audience,
    pub(super) code: ReturnCode,
}

/// Whether anybody may ask, and who set it so.
#[derive(Debug, Default)]
pub(super) struct Setting {
    pub(super) open: bool,
    pub(super) by: String,
    pub(super) at: Option<DateTime<Utc>>,
    pub(super) version: i32,
    /// So many were asked in this way.
    pub(super) asked: i64,
}

/// The way back: twenty letters and numbers, a hundred bits of chance. It is shown once; what is kept is a hash of a hash of it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct ReturnCode(String);

impl ReturnCode {
    /// Nothing that is taken for something else.
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const LENGTH: usize = 20;
    const GROUP: usize = 4;

    /// The one that belongs to a form: its seed is chance that stands nowhere but in the form, so that a form sent twice leads to one
    /// code, and no table to any.
    pub(super) fn of(seed: &Token) -> Self {
        let chance = Sha256::digest(format!("return code of {}", seed.reveal()));
        Self(chance.iter().take(Self::LENGTH).map(|byte| char::from(Self::SIGNS[usize::from(byte % 32)])).collect())
    }

    /// As it came back whole.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let signs = plain(text);
        (signs.len() == Self::LENGTH && signs.bytes().all(|sign| Self::SIGNS.contains(&sign))).then_some(Self(signs))
    }

    /// The secret that a browser is given for what was typed, right or wrong: the same work for both.
    pub(super) fn token_for(typed: &str) -> Token {
        let secret = URL_SAFE_NO_PAD.encode(Sha256::digest(format!("return code {}", plain(typed))));
        Token::from_text(&secret).unwrap_or_else(Token::fresh)
    }

    /// What a table keeps.
    pub(super) fn hash(&self) -> Vec<u8> {
        Self::token_for(&self.0).hash()
    }

    /// Without its groups, for a cookie.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// In groups, to be written down: “K7QM-3XPA-9TCV-R2WH-6BND”.
    pub(super) fn shown(&self) -> String {
        let groups: Vec<&str> = (0..Self::LENGTH).step_by(Self::GROUP).filter_map(|at| self.0.get(at..at + Self::GROUP)).collect();
        groups.join("-")
    }
}

impl std::fmt::Debug for ReturnCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReturnCode(…)")
    }
}

/// As it was typed: small letters, spaces and hyphens are fine, and so is a letter for the number that looks like it.
fn plain(typed: &str) -> String {
    let signs = typed.chars().filter(|sign| sign.is_alphanumeric()).take(2 * ReturnCode::LENGTH).flat_map(char::to_uppercase);
    signs
        .map(|sign| {
            if sign == 'O' {
                '0'
            } else if matches!(sign, 'I' | 'L') {
                '1'
            } else {
                sign
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_again_however_it_is_typed() {
        let code = ReturnCode::of(&Token::fresh());
        assert_eq!(code.shown().len(), 24);
        for typed in
            [code.shown(), code.shown().to_lowercase(), code.shown().replace('-', "  "), code.shown().replace('0', "o").replace('1', "l")]
        {
            assert_eq!(ReturnCode::parse(&typed).as_ref(), Some(&code), "{typed}");
            assert_eq!(ReturnCode::token_for(&typed).hash(), code.hash(), "{typed}");
        }
        for wrong in ["", "K7QM", "K7QM-3XPA-9TCV-R2WH-6BN", "K7QM-3XPA-9TCV-R2WH-6BNÜ", &format!("{}A", code.shown())] {
            assert_eq!(ReturnCode::parse(wrong), None, "{wrong}");
            assert_ne!(ReturnCode::token_for(wrong).hash(), code.hash(), "{wrong}");
        }
    }

    #[test]
    fn a_code_says_nothing_of_itself_and_no_two_forms_have_one() {
        let seed = Token::fresh();
        assert_eq!(ReturnCode::of(&seed), ReturnCode::of(&seed));
        assert_ne!(ReturnCode::of(&seed), ReturnCode::of(&Token::fresh()));
        assert_eq!(format!("{:?}", ReturnCode::of(&seed)), "ReturnCode(…)");
        assert!(!ReturnCode::token_for(ReturnCode::of(&seed).reveal()).reveal().contains(ReturnCode::of(&seed).reveal()));
    }
}
