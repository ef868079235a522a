//! An absence: who is away, who was asked to stand in, and how far it is.

use crate::platform::{error::Error, ids::MembershipId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

labels! {
    /// The word of whoever was asked to stand in.
    pub enum Takes {
        Yes = "yes", "Yes, I stand in";
        No = "no", "No, I cannot";
    }
}

/// Somebody is away, ahead, now or then.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Absence {
    pub(super) id: uuid::Uuid,
    pub(super) away: MembershipId,
    pub(super) away_name: String,
    pub(super) deputy: MembershipId,
    pub(super) deputy_name: String,
    pub(super) from_on: NaiveDate,
    pub(super) until: NaiveDate,
    /// Whoever was asked said yes.
    pub(super) taken: bool,
    pub(super) ended_at: Option<DateTime<Utc>>,
}

/// Proof that somebody was asked to stand in, and has not answered.
#[derive(Debug)]
pub(super) struct Asked(pub(super) uuid::Uuid);

/// Proof that somebody is one of the two, and may end it before its day.
#[derive(Debug)]
pub(super) struct EitherOf(pub(super) uuid::Uuid);

impl Absence {
    /// It is not over, and nobody ended it.
    pub(super) fn is_open(&self, today: NaiveDate) -> bool {
        self.ended_at.is_none() && self.until >= today
    }

    /// They are away on this day.
    pub(super) fn has_begun(&self, today: NaiveDate) -> bool {
        self.is_open(today) && self.from_on <= today
    }

    /// Where it stands, in a few words.
    pub(super) fn standing(&self, today: NaiveDate) -> &'static str {
        match (self.is_open(today), self.taken) {
            (true, true) if self.from_on <= today => "now",
            (true, true) => "agreed",
            (true, false) => "asked, no answer yet",
            (false, true) => "over",
            (false, false) => "nobody stood in",
        }
    }

    pub(super) fn as_asked(&self, me: MembershipId, today: NaiveDate) -> Result<Asked, Error> {
        if self.deputy == me && !self.taken && self.is_open(today) { Ok(Asked(self.id)) } else { Err(Error::NotAllowed) }
    }

    pub(super) fn as_either(&self, me: MembershipId, today: NaiveDate) -> Result<EitherOf, Error> {
        let mine = self.away == me || (self.deputy == me && self.taken);
        if mine && self.is_open(today) { Ok(EitherOf(self.id)) } else { Err(Error::NotAllowed) }
    }
}

/// An absence about to be said.
#[derive(Debug)]
pub(super) struct NewAbsence {
    pub(super) deputy: MembershipId,
    pub(super) from_on: NaiveDate,
    pub(super) until: NaiveDate,
}

/// An absence that begins or is over, of which both are to be told.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) id: uuid::Uuid,
    pub(super) away: MembershipId,
    pub(super) away_name: String,
    pub(super) deputy: MembershipId,
    pub(super) deputy_name: String,
    pub(super) until: NaiveDate,
    pub(super) taken: bool,
    pub(super) over: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, number).unwrap()
    }

    fn absence(taken: bool) -> Absence {
        Absence {
            id: uuid::Uuid::nil(),
            away: MembershipId::fresh(),
            away_name: "Ann".to_owned(),
            deputy: MembershipId::fresh(),
            deputy_name: "Bea".to_owned(),
            from_on: day(10),
            until: day(20),
            taken,
            ended_at: None,
        }
    }

    #[test]
    fn it_holds_from_its_first_day_to_its_last_once_somebody_said_yes() {
        let at = |taken, on| absence(taken).standing(day(on));
        assert_eq!((at(false, 9), at(false, 21)), ("asked, no answer yet", "nobody stood in"));
        assert_eq!([at(true, 9), at(true, 10), at(true, 20), at(true, 21)], ["agreed", "now", "now", "over"]);
        let ended = Absence { ended_at: Some(DateTime::UNIX_EPOCH), ..absence(true) };
        assert_eq!(ended.standing(day(12)), "over");
    }

    #[test]
    fn whoever_was_asked_answers_once_and_either_of_the_two_ends_it() {
        let (asked, taken) = (absence(false), absence(true));
        assert!(asked.as_asked(asked.deputy, day(12)).is_ok());
        assert!(asked.as_asked(asked.away, day(12)).is_err() && asked.as_asked(asked.deputy, day(21)).is_err());
        assert!(taken.as_asked(taken.deputy, day(12)).is_err());
        assert!(taken.as_either(taken.deputy, day(12)).is_ok() && taken.as_either(taken.away, day(12)).is_ok());
        assert!(taken.as_either(MembershipId::fresh(), day(12)).is_err());
        assert!(asked.as_either(asked.deputy, day(12)).is_err(), "who has not said yes says no");
    }
}
