//! Who may do what with one loop: each rule gives the proof that the store wants, and says whether a page shows the way to it.

use super::model::{Loop, State};
use crate::platform::{
    acting::Entered,
    ids::{MembershipId, PartnerId, SubjectId},
};

/// Proof that the one who asks raised the loop, or inherited it.
#[derive(Debug)]
pub(super) struct Raiser(pub(super) SubjectId);

/// Proof that the director, or whom she lent the duty, asks.
#[derive(Debug)]
pub(super) struct Reviewer(pub(super) SubjectId);

/// Proof that the steward of the raiser's body asks.
#[derive(Debug)]
pub(super) struct Steward(pub(super) SubjectId, pub(super) PartnerId);

impl Loop {
    /// The raiser's word is wanted.
    pub(super) fn may_close(&self) -> Option<Raiser> {
        (self.mine && self.state == State::Answered).then_some(Raiser(self.id))
    }

    /// Somebody without an account adds to what they asked while it has no answer; others comment.
    pub(super) fn may_add(&self) -> Option<Raiser> {
        (self.mine && self.is_by_code() && self.is_open()).then_some(Raiser(self.id))
    }

    /// An answer that does not answer is sent back; so is a closed loop that turns out open.
    pub(super) fn may_reopen(&self) -> Option<Raiser> {
        (self.mine && self.is_answered()).then_some(Raiser(self.id))
    }

    /// The raiser takes it back at any time; so may the steward of their body.
    pub(super) fn may_withdraw(&self) -> Option<Raiser> {
        (self.is_ours() && self.state != State::Withdrawn).then_some(Raiser(self.id))
    }

    /// Its words are the reader's, or their body's: they see what became of copies.
    pub(super) fn is_ours(&self) -> bool {
        self.mine || self.stewarded
    }

    /// Somebody entered it for the reader, who raised it: no heir says what somebody else said.
    pub(super) fn was_entered_for_me(&self) -> bool {
        self.mine && self.heir_name.is_none() && self.entered.is_some()
    }

    /// Whether it is what they said is theirs alone to say, once.
    pub(super) fn may_say_whether_said(&self) -> Option<Raiser> {
        let waits = self.words.is_some() && self.entered.as_ref().is_some_and(Entered::waits);
        (self.was_entered_for_me() && waits).then_some(Raiser(self.id))
    }

    /// Whether that is asked of the reader.
    #[must_use]
    pub fn is_asked_whether_said(&self) -> bool {
        self.may_say_whether_said().is_some()
    }

    /// When the raiser has left, their body's steward names who inherits.
    pub(super) fn may_name_heir(&self) -> Option<Steward> {
        let body = self
            .body
            .filter(|_| self.stewarded && self.raiser_left && !matches!(self.state, State::Closed | State::Left | State::Withdrawn))?;
        Some(Steward(self.id, body))
    }

    /// An answer may be written: nobody has answered, or `writer`'s own waits for the director.
    pub(super) fn may_answer(&self, writer: MembershipId) -> bool {
        self.is_open() || (self.state == State::Review && self.answerer == Some(writer))
    }

    /// A waiting answer is the reader's to let go.
    pub(super) fn may_review(&self) -> Option<Reviewer> {
        (self.reviewable && self.state == State::Review).then_some(Reviewer(self.id))
    }

    /// Whether the two buttons are shown.
    #[must_use]
    pub fn wants_my_word(&self) -> bool {
        self.may_close().is_some()
    }

    /// Whether the way to reopen is shown on a closed loop.
    #[must_use]
    pub fn can_reopen(&self) -> bool {
        self.state == State::Closed && self.may_reopen().is_some()
    }

    /// Whether the way to take it back is shown.
    #[must_use]
    pub fn can_withdraw(&self) -> bool {
        self.may_withdraw().is_some()
    }

    /// Whether the way to name an heir is shown.
    #[must_use]
    pub fn can_name_heir(&self) -> bool {
        self.may_name_heir().is_some()
    }
}
