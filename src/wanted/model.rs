//! What can wait for a person's word.

use crate::{
    accounts::Code,
    platform::{ids::AgencyId, session::Token},
};
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

/// The kind of the letter about what waits.
pub(super) const WANTED: &str = "wanted";

labels! {
    /// What is wanted, the most wanted first.
    pub enum What {
        Confirm = "confirm", "Is this what you said?";
        Renewal = "renewal", "What you allowed runs out: may it go on?";
        Entered = "entered", "Somebody entered this for you: is it what you said?";
        Answer = "answer", "Does this answer you?";
        Done = "done", "Was this done, as it was promised?";
        Promise = "promise", "Is this promised, as the agency wrote it down?";
        Goal = "goal", "Do you agree to this goal?";
        Heir = "heir", "Somebody has left: who inherits this?";
        Masked = "masked", "A passage of what you said for your organization or Tribe was hidden";
        Look = "look", "An author asks you to look again at a hidden comment";
        Member = "member", "The agency proposes somebody as one of your people: do they belong to you?";
        Merge = "merge", "Are these two entries the same body?";
        Second = "second", "Another of your stewards asks for a second word";
        Trust = "trust", "One question, without your name: how much do you trust?";
        Part = "part", "The agency raised an obstacle: what can your side decide, and what not?";
        Minutes = "minutes", "Are these minutes right?";
        Reply = "reply", "You are invited: do you come?";
        Agenda = "agenda", "A meeting is coming: what should be talked about?";
        Obstacle = "obstacle", "A next step or a review is due: where does it stand?";
        HandOver = "hand_over", "Somebody leaves: is this right, what whoever comes next will be told about you?";
        Influence = "influence", "Your answer could change something: was that kept?";
        Copy = "copy", "Words in a copy that you took are called back: delete it, and say so";
    }
}

/// One thing that waits.
#[derive(Debug)]
pub struct Waiting {
    /// What is wanted.
    pub what: What,
    /// The record's title.
    pub title: String,
    /// Where the word is given.
    pub path: String,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// The person was asked once more; nobody asks again.
    pub asked_again: bool,
}

labels! {
    /// How often the letter about what waits may come at most.
    pub enum Pace {
        Day = "day", "Once a day";
        Week = "week", "Once a week";
        Month = "month", "Once in four weeks";
        Never = "never", "Never: I look by myself";
    }
}

/// A link that was made for one thing, and the code by which it is answered on the telephone.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) what: String,
    pub(super) record: uuid::Uuid,
    pub(super) link: uuid::Uuid,
    pub(super) token: Token,
    pub(super) code: Option<String>,
}

/// Whether something may be answered by telephone: only what the agency may read anyway, and nothing that is said without a name.
pub(super) fn has_code(what: &str) -> bool {
    matches!(what, "answer" | "done")
}

/// What is stored of a code.
pub(super) fn hash_of(agency: AgencyId, code: &Code) -> Vec<u8> {
    Sha256::digest(format!("{agency} by telephone {}", code.reveal())).to_vec()
}

/// One line of the letter.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) what: What,
    /// Where it leads without a sign-in; none where it wants one.
    pub(super) way: Option<(uuid::Uuid, Token)>,
    /// What is said on the telephone to answer it there.
    pub(super) code: Option<String>,
    /// Where it leads with one.
    pub(super) path: String,
}

impl Line {
    /// So many a letter names.
    pub(super) const MOST: usize = 8;

    /// So many of them as a letter names, in their order; where there are more, those that open without a sign-in go before others.
    pub(super) fn named(mut all: Vec<Self>) -> Vec<Self> {
        let mut room = Self::MOST.saturating_sub(all.iter().filter(|one| one.way.is_some()).count());
        all.retain(|one| {
            let fits = one.way.is_some() || room > 0;
            room = room.saturating_sub(usize::from(one.way.is_none()));
            fits
        });
        all.truncate(Self::MOST);
        all
    }

    /// What waits, with the link that was made for it.
    pub(super) fn of(one: Waiting, ways: &[Way]) -> Self {
        use crate::platform::labels::Label as _;
        let fits = |way: &&Way| way.what == one.what.as_str() && one.path.contains(&way.record.to_string());
        let found = ways.iter().find(fits);
        let (way, code) = (found.map(|way| (way.link, way.token.clone())), found.and_then(|way| way.code.clone()));
        Self { what: one.what, way, code, path: one.path }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_more_waits_than_a_letter_names_what_opens_without_a_sign_in_is_in_it() {
        let line = |opens: bool, path: usize| {
            let way = opens.then(|| (uuid::Uuid::nil(), Token::fresh()));
            Line { what: What::Goal, way, code: None, path: path.to_string() }
        };
        let paths = |opens: &[bool]| {
            let all = opens.iter().zip(1..).map(|(opens, path)| line(*opens, path)).collect();
            Line::named(all).into_iter().map(|one| one.path).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(paths(&[false, true, false]), "1 2 3");
        assert_eq!(paths(&[true, false, false, false, false, false, false, false, true, true]), "1 2 3 4 5 6 9 10");
        assert_eq!(paths(&[true; 10]), "1 2 3 4 5 6 7 8");
    }
}
