//! A hand-over: who leaves, who comes next, how far the letter is, and who may do what with it. Row security says the same
//! (`handover_may_be`, `reads_handover`).

use crate::{
    commitments::{Side, State as Promised},
    platform::{
        error::Error,
        ids::{MembershipId, PartnerId, SubjectId},
        policy::Hat,
        words,
    },
};
use chrono::{DateTime, NaiveDate, Utc};

crate::id!(
    /// One hand-over.
    HandOverId
);

labels! {
    /// How far the letter is.
    pub enum State {
        Begun = "begun", "being written";
        WithPartner = "with_partner", "with the partner, to read and correct";
        Passed = "passed", "passed on";
        KeptBack = "kept_back", "not passed on, by their own word";
    }
}

/// Who is gone, or goes: somebody of the agency's, or one who spoke for the partner.
#[derive(Debug, Clone)]
pub(super) struct Leaver {
    pub(super) side: Side,
    pub(super) member: Option<MembershipId>,
    pub(super) representative: Option<uuid::Uuid>,
    pub(super) name: String,
}

impl Leaver {
    /// As a form sends it.
    pub(super) fn value(&self) -> String {
        self.representative.or(self.member.map(|id| id.0)).map(|id| id.to_string()).unwrap_or_default()
    }
}

/// About whom a letter is: a body, or a person without one, who corrects it for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Partner(PartnerId),
    Person(MembershipId),
}

/// A letter about to be begun.
#[derive(Debug)]
pub(super) struct NewHandOver {
    pub(super) about: About,
    pub(super) leaver: Leaver,
    pub(super) letter: Written,
}

/// What the agency's side writes.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) successor: Option<MembershipId>,
    pub(super) first_contact_on: NaiveDate,
    pub(super) story: String,
    pub(super) preferences: String,
}

/// The partner's word: what is wrong or missing, how they may be reached, and who of theirs comes next.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) correction: String,
    pub(super) reach: String,
    pub(super) successor: Option<MembershipId>,
    /// Who read it, where the agency writes the word down.
    pub(super) read_by: String,
    /// A person may keep a letter about themselves back.
    pub(super) passes: bool,
    /// Whoever comes next may know who a person is who speaks from lived experience.
    pub(super) named: bool,
}

/// What the letter says; nobody else’s to read has none.
#[derive(Debug, Clone, Default)]
pub(super) struct Letter {
    pub(super) story: String,
    pub(super) preferences: String,
    pub(super) correction: String,
    pub(super) reach: String,
}

/// A hand-over, with its letter as far as the reader may read it.
#[derive(Debug, Clone)]
pub(super) struct HandOver {
    pub(super) id: HandOverId,
    pub(super) about: About,
    /// As the reader may know them.
    pub(super) partner_name: String,
    pub(super) side: Side,
    pub(super) leaver: String,
    pub(super) successor: Option<MembershipId>,
    pub(super) successor_name: Option<String>,
    pub(super) keeper: Option<MembershipId>,
    pub(super) keeper_name: Option<String>,
    pub(super) first_contact_on: NaiveDate,
    pub(super) first_contact_done_on: Option<NaiveDate>,
    pub(super) state: State,
    pub(super) sent_at: Option<DateTime<Utc>>,
    pub(super) answered_at: Option<DateTime<Utc>>,
    pub(super) answered_by: Option<String>,
    pub(super) read_by: String,
    pub(super) writer: MembershipId,
    pub(super) writer_name: String,
    pub(super) languages: Vec<String>,
    pub(super) communities: Vec<String>,
    pub(super) agenda_theirs: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) version: i32,
    /// The reader speaks for the partner today, or is the person.
    pub(super) speaks: bool,
    /// Somebody speaks for the partner here.
    pub(super) has_voice: bool,
    pub(super) letter: Option<Letter>,
}

/// The person who asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Me {
    pub(super) membership: MembershipId,
    pub(super) hat: Hat,
}

/// Proof that somebody may write the letter and send it to the partner.
#[derive(Debug)]
pub(super) struct Writer(pub(super) HandOverId);

/// Proof that somebody may give the partner's word on it, or write down the word of one that has no voice here.
#[derive(Debug)]
pub(super) struct Reader(pub(super) HandOverId);

/// Proof that somebody may say that the first contact was made, or move its day.
#[derive(Debug)]
pub(super) struct Meets(pub(super) HandOverId);

impl HandOver {
    /// The body that it is about; none of a person.
    pub(super) fn body(&self) -> Option<PartnerId> {
        if let About::Partner(id) = self.about { Some(id) } else { None }
    }

    fn is_writers(&self, me: &Me) -> bool {
        matches!(me.hat, Hat::Director | Hat::Staff)
            && (self.writer == me.membership || (self.body().is_some() && me.hat == Hat::Director && self.successor != Some(me.membership)))
    }

    pub(super) fn as_writer(&self, me: &Me) -> Result<Writer, Error> {
        if self.is_writers(me) && self.state == State::Begun { Ok(Writer(self.id)) } else { Err(Error::NotAllowed) }
    }

    /// Whoever speaks for the partner; they may change their word later.
    pub(super) fn as_reader(&self) -> Result<Reader, Error> {
        if self.speaks && self.state != State::Begun { Ok(Reader(self.id)) } else { Err(Error::NotAllowed) }
    }

    /// The writer brings the word of a partner that has nobody to give it here.
    pub(super) fn as_bringer(&self, me: &Me) -> Result<Reader, Error> {
        let may = self.is_writers(me) && self.state == State::WithPartner && !self.has_voice;
        if may { Ok(Reader(self.id)) } else { Err(Error::NotAllowed) }
    }

    /// Who of the agency comes next, or keeps the relationship where the partner's person changes; a director for them.
    pub(super) fn as_meeting(&self, me: &Me) -> Result<Meets, Error> {
        let theirs = if self.side == Side::Agency { self.successor } else { self.keeper };
        let may = matches!(me.hat, Hat::Director | Hat::Staff)
            && self.first_contact_done_on.is_none()
            && self.state != State::KeptBack
            && (theirs == Some(me.membership) || self.is_writers(me));
        if may { Ok(Meets(self.id)) } else { Err(Error::NotAllowed) }
    }

    /// Who is to meet whom.
    pub(super) fn who_meets(&self) -> String {
        let ours = if self.side == Side::Agency { &self.successor_name } else { &self.keeper_name };
        let ours = ours.clone().unwrap_or_else(|| "whoever keeps the relationship".to_owned());
        match (self.side, &self.successor_name) {
            (Side::Partner, Some(theirs)) => format!("{ours} and {theirs}"),
            _ => format!("{ours} and {}", self.partner_name),
        }
    }

    /// Where it stands, in a few words.
    pub(super) fn standing(&self, today: NaiveDate) -> String {
        match (self.first_contact_done_on, self.state) {
            (Some(day), State::Passed) => format!("first contact on {}", words::day(day)),
            (None, State::Passed) => format!("first contact {}", words::due(self.first_contact_on, today)),
            (_, state) => state.to_string(),
        }
    }

    /// The first contact was to be made by now.
    pub(super) fn is_late(&self, today: NaiveDate) -> bool {
        self.first_contact_done_on.is_none() && self.first_contact_on < today && self.state != State::KeptBack
    }
}

/// A promise between the two sides, in a letter: read as it stands, and gone from there when it is taken back.
#[derive(Debug, Clone)]
pub(super) struct Between {
    pub(super) id: SubjectId,
    pub(super) what: String,
    pub(super) ours: bool,
    pub(super) by: String,
    pub(super) due_on: NaiveDate,
    pub(super) state: Promised,
}

/// Something of the relationship's history: a contact, or a session held together.
#[derive(Debug, Clone)]
pub(super) struct Past {
    pub(super) on: NaiveDate,
    pub(super) what: String,
    pub(super) path: String,
}

/// What a letter shows beside its words, as far as both who reads and who comes next may read it.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) promises: Vec<Between>,
    pub(super) past: Vec<Past>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(writer: MembershipId, successor: MembershipId, state: State) -> HandOver {
        HandOver {
            id: HandOverId::fresh(),
            about: About::Partner(PartnerId::fresh()),
            partner_name: "The Circle".to_owned(),
            side: Side::Agency,
            leaver: "Ann".to_owned(),
            successor: Some(successor),
            successor_name: Some("Bea".to_owned()),
            keeper: None,
            keeper_name: None,
            first_contact_on: NaiveDate::from_ymd_opt(2027, 3, 5).unwrap(),
            first_contact_done_on: None,
            state,
            sent_at: None,
            answered_at: None,
            answered_by: None,
            read_by: String::new(),
            writer,
            writer_name: "Ann".to_owned(),
            languages: Vec::new(),
            communities: Vec::new(),
            agenda_theirs: String::new(),
            created_at: DateTime::UNIX_EPOCH,
            version: 1,
            speaks: false,
            has_voice: true,
            letter: None,
        }
    }

    #[test]
    fn who_comes_next_does_not_write_or_answer_it_even_as_director() {
        let (ann, bea) = (MembershipId::fresh(), MembershipId::fresh());
        let begun = letter(ann, bea, State::Begun);
        let me = |membership, hat| Me { membership, hat };
        assert!(begun.as_writer(&me(ann, Hat::Staff)).is_ok());
        assert!(begun.as_writer(&me(bea, Hat::Director)).is_err());
        assert!(begun.as_writer(&me(MembershipId::fresh(), Hat::Director)).is_ok());
        assert!(begun.as_writer(&me(MembershipId::fresh(), Hat::Staff)).is_err());
    }

    #[test]
    fn a_partner_with_a_voice_gives_its_word_itself() {
        let (ann, bea) = (MembershipId::fresh(), MembershipId::fresh());
        let sent = letter(ann, bea, State::WithPartner);
        let writer = Me { membership: ann, hat: Hat::Staff };
        assert!(sent.as_bringer(&writer).is_err());
        assert!(HandOver { has_voice: false, ..sent.clone() }.as_bringer(&writer).is_ok());
        assert!(sent.as_reader().is_err());
        assert!(HandOver { speaks: true, ..sent }.as_reader().is_ok());
    }

    #[test]
    fn a_letter_about_a_person_is_its_writers_and_theirs_alone() {
        let (ann, bea) = (MembershipId::fresh(), MembershipId::fresh());
        let begun = HandOver { about: About::Person(MembershipId::fresh()), ..letter(ann, bea, State::Begun) };
        assert!(begun.as_writer(&Me { membership: ann, hat: Hat::Staff }).is_ok());
        assert!(begun.as_writer(&Me { membership: MembershipId::fresh(), hat: Hat::Director }).is_err());
        let kept = HandOver { state: State::KeptBack, ..begun };
        assert!(kept.as_meeting(&Me { membership: bea, hat: Hat::Staff }).is_err(), "what is kept back asks for no contact");
    }

    #[test]
    fn the_first_contact_is_noted_by_who_comes_next() {
        let (ann, bea) = (MembershipId::fresh(), MembershipId::fresh());
        let passed = letter(ann, bea, State::Passed);
        assert!(passed.as_meeting(&Me { membership: bea, hat: Hat::Staff }).is_ok());
        assert!(passed.as_meeting(&Me { membership: MembershipId::fresh(), hat: Hat::Staff }).is_err());
        assert_eq!(passed.who_meets(), "Bea and The Circle");
    }
}
