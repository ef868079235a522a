//! A promise and its rules: who may report it done, who says that it was kept, when it is late.

mod listed;

pub(super) use listed::standing_for;
pub use listed::{Listed, Tally, standing};
use listed::{between, is_late, is_over};

use crate::platform::{
    error::Error,
    ids::{AccountId, FileId, MembershipId, PartnerId, SubjectId},
    policy::Hat,
    subject::Audience,
};
use chrono::{DateTime, NaiveDate, Utc};

labels! {
    /// Which side of the table promised.
    pub enum Side {
        Agency = "agency", "the agency";
        Partner = "partner", "a partner";
    }
}

labels! {
    /// Where a promise stands. What was only told is no promise yet; reported done is neither late nor kept. Not promised is what
    /// `promise_state` makes of a promise that was told and let go by whoever was said to have made it; it is stored as let go.
    pub enum State {
        Told = "told", "written down as told, waiting for their own word";
        Open = "open", "open";
        Reported = "reported", "reported done, waiting for their word";
        Confirmed = "confirmed", "kept";
        Returned = "returned", "returned: something is missing";
        Released = "released", "no longer needed";
        NotPromised = "not_promised", "not promised";
    }
}

labels! {
    /// What a list is narrowed to.
    pub enum Show {
        Mine = "mine", "What I promised";
        ToUs = "to_us", "Promised to us";
        MyWord = "my_word", "Waiting for my word";
        Late = "late", "Late";
        Waiting = "waiting", "Reported done";
        Kept = "kept", "Kept";
    }
}

labels! {
    /// The word of the one who is said to have promised.
    pub enum Avowal {
        Ours = "ours", "Yes, this is promised";
        NotOurs = "not_ours", "No, this was not promised";
    }
}

labels! {
    /// The word of the one promised.
    pub enum Word {
        Kept = "kept", "Yes, it was kept";
        Returned = "returned", "Not yet: something is missing";
        Released = "released", "It is no longer needed";
    }
}

labels! {
    /// The word of the one who was asked to carry a promise out.
    pub enum Carries {
        Yes = "yes", "Yes, I carry it out";
        No = "no", "No, I cannot";
    }
}

/// Somebody who promises or is promised: a person, or a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// A person, under one hat.
    Member(MembershipId),
    /// A partner.
    Body(PartnerId),
}

impl Party {
    /// The person, if it is one.
    #[must_use]
    pub fn member(self) -> Option<MembershipId> {
        if let Self::Member(id) = self { Some(id) } else { None }
    }

    /// The body, if it is one.
    #[must_use]
    pub fn body(self) -> Option<PartnerId> {
        if let Self::Body(id) = self { Some(id) } else { None }
    }
}

/// A promise about to be written down.
#[derive(Debug)]
pub struct Promise {
    /// What.
    pub what: String,
    /// Which side promises.
    pub side: Side,
    /// Who promises.
    pub by: Party,
    /// To whom.
    pub to: Party,
    /// The body that carries it on the partners' side; the one of the promise when left out.
    pub partner_owner: Option<PartnerId>,
    /// The plan of which it is a step.
    pub plan: Option<SubjectId>,
    /// Where it was promised: a session, a question, any record.
    pub promised_in: Option<SubjectId>,
    /// By when.
    pub due_on: NaiveDate,
    /// `Partnership`, or `Agency` for the agency's staff and the partner concerned; an answer's promise may be narrower.
    pub audience: Audience,
    /// The words in which it was made, where they say more; kept with what happened to it.
    pub in_full: String,
}

impl Promise {
    /// The body that it concerns.
    #[must_use]
    pub fn concerned(&self) -> Option<PartnerId> {
        self.by.body().or(self.to.body()).or(self.partner_owner)
    }
}

/// Everything about one promise.
#[derive(Debug, Clone)]
pub(super) struct Commitment {
    pub(super) id: SubjectId,
    pub(super) what: String,
    pub(super) side: Side,
    pub(super) promised_by: Option<MembershipId>,
    pub(super) promiser_account: Option<AccountId>,
    pub(super) promiser_body: Option<PartnerId>,
    pub(super) by: String,
    pub(super) promised_to: Option<MembershipId>,
    pub(super) promised_to_body: Option<PartnerId>,
    /// The person who was promised is no longer a member.
    pub(super) promised_to_left: bool,
    pub(super) to: String,
    pub(super) partner_owner: Option<String>,
    pub(super) delegate_id: Option<MembershipId>,
    pub(super) delegate: Option<String>,
    /// Who stands in for whoever carries it and is away today, for the agency's side to see.
    pub(super) deputy: Option<String>,
    /// Who was asked to carry it out and has not answered.
    pub(super) asked_id: Option<MembershipId>,
    pub(super) asked: Option<String>,
    pub(super) due_on: NaiveDate,
    pub(super) state: State,
    pub(super) evidence: String,
    pub(super) evidence_link: String,
    pub(super) reported_at: Option<DateTime<Utc>>,
    pub(super) reported_by: Option<String>,
    pub(super) reporter_account: Option<AccountId>,
    pub(super) confirmed_at: Option<DateTime<Utc>>,
    pub(super) confirmed_by: Option<String>,
    pub(super) written_by: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) audience: Audience,
    pub(super) version: i32,
}

crate::id!(
    /// One file that shows that a promise is done.
    EvidenceId
);

/// A file that shows that a promise is done.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    pub(super) id: EvidenceId,
    pub(super) commitment: SubjectId,
    pub(super) file: FileId,
    pub(super) name: String,
    pub(super) size: i64,
    pub(super) by: String,
    /// The reader attached it, and the other side has not given its word.
    pub(super) mine: bool,
}

/// The person who asks, as far as promises go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Me {
    pub(super) membership: MembershipId,
    pub(super) account: Option<AccountId>,
    pub(super) hat: Hat,
    pub(super) body: Option<PartnerId>,
    /// Speaks for their body: a steward, or under a mandate that holds today.
    pub(super) speaks: bool,
    /// May bind their body: a steward, or under a mandate to bind that holds today.
    pub(super) binds: bool,
}

/// Proof that somebody stands on the promising side of this promise.
#[derive(Debug)]
pub(super) struct Promiser(pub(super) SubjectId);

/// Proof that somebody may change the promise itself or hand it to somebody else.
#[derive(Debug)]
pub(super) struct Changer(pub(super) SubjectId);

/// Proof that somebody was asked to carry a promise out, and has not answered.
#[derive(Debug)]
pub(super) struct Asked(pub(super) SubjectId);

/// Proof that somebody may say who gives the word on a promise to the agency.
#[derive(Debug)]
pub(super) struct Giver(pub(super) SubjectId);

/// Proof that it is for somebody to say whether they, or the body that they may bind, promise this.
#[derive(Debug)]
pub(super) struct Avower(pub(super) SubjectId);

/// Proof that somebody is the one promised.
#[derive(Debug)]
pub(super) struct Promised(pub(super) SubjectId);

impl Commitment {
    pub(super) fn is_late(&self, today: NaiveDate) -> bool {
        is_late(self.state, self.due_on, today)
    }

    pub(super) fn between(&self) -> String {
        between(self.state, &self.by, &self.to)
    }

    pub(super) fn is_over(&self) -> bool {
        is_over(self.state)
    }

    /// It was written down, and nobody has said that they promise it.
    pub(super) fn is_only_told(&self) -> bool {
        matches!(self.state, State::Told | State::NotPromised)
    }

    /// A partner's promise is the person's own, or that of their body as far as the body lets them.
    fn is_partners_own(&self, me: &Me, mandate: bool) -> bool {
        match self.promiser_body {
            Some(body) => me.body == Some(body) && mandate,
            None => self.promised_by == Some(me.membership),
        }
    }

    /// The agency's directors and staff for the agency's promises; for a partner's the person, or who speaks for the body.
    pub(super) fn as_promiser(&self, me: &Me) -> Result<Promiser, Error> {
        let mine = match self.side {
            Side::Agency => matches!(me.hat, Hat::Director | Hat::Staff),
            Side::Partner => self.state != State::Told && self.is_partners_own(me, me.speaks),
        };
        if mine { Ok(Promiser(self.id)) } else { Err(Error::NotAllowed) }
    }

    /// Whoever stands on the promising side, until the other side has given its word.
    pub(super) fn as_attacher(&self, me: &Me) -> Result<Promiser, Error> {
        if matches!(self.state, State::Open | State::Returned | State::Reported) { self.as_promiser(me) } else { Err(Error::NotAllowed) }
    }

    /// Whoever promised, who carries it, or a director; for a partner's promise the person, or who may bind the body, and as
    /// long as it is only told the agency that wrote it down.
    pub(super) fn as_changer(&self, me: &Me) -> Result<Changer, Error> {
        let staff = matches!(me.hat, Hat::Director | Hat::Staff);
        let mine = match self.side {
            Side::Agency => staff && ([self.promised_by, self.delegate_id].contains(&Some(me.membership)) || me.hat == Hat::Director),
            Side::Partner => self.is_partners_own(me, me.binds) || (staff && self.state == State::Told),
        };
        if mine { Ok(Changer(self.id)) } else { Err(Error::NotAllowed) }
    }

    /// Whoever was asked to carry it out says so themselves.
    pub(super) fn as_asked(&self, me: &Me) -> Result<Asked, Error> {
        let may = self.asked_id == Some(me.membership) && matches!(self.state, State::Open | State::Returned);
        if may { Ok(Asked(self.id)) } else { Err(Error::NotAllowed) }
    }

    /// What was told is promised, or not, by the person themselves, or by who may bind the body.
    pub(super) fn as_avower(&self, me: &Me) -> Result<Avower, Error> {
        let may = self.side == Side::Partner && self.state == State::Told && self.is_partners_own(me, me.binds);
        if may { Ok(Avower(self.id)) } else { Err(Error::NotAllowed) }
    }

    /// A director says who gives the word on a promise to somebody of the agency who left, or to herself.
    pub(super) fn as_giver(&self, me: &Me) -> Result<Giver, Error> {
        let hers = self.promised_to_left || self.promised_to == Some(me.membership);
        let may = me.hat == Hat::Director && self.side == Side::Partner && self.promised_to.is_some() && hers && !self.is_over();
        if may { Ok(Giver(self.id)) } else { Err(Error::NotAllowed) }
    }

    /// The person who was promised, or who speaks for the body that was; never whoever promised, reported or carried it
    /// out, whatever hat they wear now.
    pub(super) fn as_promised(&self, me: &Me) -> Result<Promised, Error> {
        let theirs = self.promised_to == Some(me.membership) || (me.speaks && me.body.is_some() && me.body == self.promised_to_body);
        let own = [self.promised_by, self.delegate_id].contains(&Some(me.membership))
            || (me.account.is_some() && [self.promiser_account, self.reporter_account].contains(&me.account));
        match (theirs && !own, self.state) {
            (true, state) if is_over(state) => Err(Error::NotFound),
            (true, _) => Ok(Promised(self.id)),
            (false, _) => Err(Error::NotAllowed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, n).unwrap()
    }

    #[test]
    fn a_promise_is_late_the_day_after_its_day() {
        assert!(!is_late(State::Open, day(5), day(5)));
        assert!(is_late(State::Open, day(5), day(6)));
        assert!(is_late(State::Returned, day(5), day(6)));
    }

    #[test]
    fn what_waits_for_their_word_is_neither_late_nor_kept() {
        assert!(!is_late(State::Reported, day(5), day(20)));
        assert_eq!(standing(State::Reported, day(5), day(20)), "waiting for their word");
        assert_eq!(standing_for(true, State::Reported, day(5), day(20)), "waiting for your word");
        assert!(!is_late(State::Confirmed, day(5), day(20)));
    }
}
