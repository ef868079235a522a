//! Addresses of the question about trust.

use super::model::{AccountOfRound, RoundId};
use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// How trust went, round by round.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/trust", rejection(Error))]
pub struct Trust {
    /// The agency.
    pub agency: String,
}

/// What is asked, and how many have to answer.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/settings/trust", rejection(Error))]
pub struct Wording {
    /// The agency.
    pub agency: String,
}

/// A POST asks now.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/trust/rounds", rejection(Error))]
pub struct Rounds {
    /// The agency.
    pub agency: String,
}

/// One round: what it came to, and both sides’ accounts.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/trust/rounds/{round}", rejection(Error))]
pub struct RoundPage {
    /// The agency.
    pub agency: String,
    /// The round.
    pub round: RoundId,
}

/// The question, for whoever was asked.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/trust/rounds/{round}/answer", rejection(Error))]
pub struct Answer {
    /// The agency.
    pub agency: String,
    /// The round.
    pub round: RoundId,
}

/// A link for somebody without a sign-in; a POST makes one.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/trust/rounds/{round}/links", rejection(Error))]
pub struct Links {
    /// The agency.
    pub agency: String,
    /// The round.
    pub round: RoundId,
}

/// A POST writes what was going on.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/trust/rounds/{round}/accounts", rejection(Error))]
pub struct Accounts {
    /// The agency.
    pub agency: String,
    /// The round.
    pub round: RoundId,
}

/// Takes one’s own account back.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/trust/rounds/{round}/accounts/{account}/delete", rejection(Error))]
pub struct Account {
    /// The agency.
    pub agency: String,
    /// The round.
    pub round: RoundId,
    /// The account.
    pub account: AccountOfRound,
}

/// A link as it is handed out.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/trust/link/{token}", rejection(Error))]
pub struct LinkToken {
    /// The agency.
    pub agency: String,
    /// The token.
    pub token: String,
}

/// After an answer by link.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/trust/link/thanks", rejection(Error))]
pub struct Thanks {
    /// The agency.
    pub agency: String,
}

/// The question, for the bearer of a link.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/trust/link", rejection(Error))]
pub struct Link {
    /// The agency.
    pub agency: String,
}

/// The question, for the bearer of a line of the letter.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/word/{link}/trust", rejection(Error))]
pub struct LetterAnswer {
    /// The agency.
    pub agency: String,
    /// The link.
    pub link: uuid::Uuid,
}

/// The same, as an address.
#[must_use]
pub fn letter_answer(agency: &str, link: &uuid::Uuid) -> String {
    LetterAnswer { agency: agency.to_owned(), link: *link }.to_string()
}

/// How trust went, round by round.
#[must_use]
pub fn trust(agency: &str) -> String {
    Trust { agency: agency.to_owned() }.to_string()
}

/// What is asked, and how many have to answer.
#[must_use]
pub fn wording(agency: &str) -> String {
    Wording { agency: agency.to_owned() }.to_string()
}

/// A POST asks now.
#[must_use]
pub fn rounds(agency: &str) -> String {
    Rounds { agency: agency.to_owned() }.to_string()
}

/// The question, for the bearer of a link.
#[must_use]
pub fn link(agency: &str) -> String {
    Link { agency: agency.to_owned() }.to_string()
}

/// One round: what it came to, and both sides’ accounts.
#[must_use]
pub fn round(agency: &str, round: impl Into<RoundId>) -> String {
    RoundPage { agency: agency.to_owned(), round: round.into() }.to_string()
}

/// The question, for whoever was asked.
#[must_use]
pub fn answer(agency: &str, round: impl Into<RoundId>) -> String {
    Answer { agency: agency.to_owned(), round: round.into() }.to_string()
}

/// A link for somebody without a sign-in; a POST makes one.
#[must_use]
pub fn links(agency: &str, round: impl Into<RoundId>) -> String {
    Links { agency: agency.to_owned(), round: round.into() }.to_string()
}

/// A POST writes what was going on.
#[must_use]
pub fn accounts(agency: &str, round: impl Into<RoundId>) -> String {
    Accounts { agency: agency.to_owned(), round: round.into() }.to_string()
}

/// Takes one’s own account back.
#[must_use]
pub fn account(agency: &str, round: impl Into<RoundId>, account: impl Into<AccountOfRound>) -> String {
    Account { agency: agency.to_owned(), round: round.into(), account: account.into() }.to_string()
}

/// A link as it is handed out.
#[must_use]
pub fn link_token(agency: &str, token: &str) -> String {
    LinkToken { agency: agency.to_owned(), token: token.to_owned() }.to_string()
}

/// After an answer by link.
#[must_use]
pub fn thanks(agency: &str) -> String {
    Thanks { agency: agency.to_owned() }.to_string()
}
