//! What an obstacle of the partnership is, and which side may do what with it.

use crate::{
    commitments::Side,
    platform::{
        form::Choice,
        ids::{MembershipId, PartnerId, SubjectId},
        labels::Label as _,
        subject::Audience,
        words,
    },
};
use chrono::{DateTime, NaiveDate, Utc};

labels! {
    /// What makes it hard to work together.
    pub enum Kind {
        Language = "language", "language";
        Power = "power", "power";
        Workload = "workload", "workload";
        Travel = "travel", "travel";
        Pay = "pay", "pay";
        Other = "other", "something else";
    }
}

labels! {
    /// How far it is.
    pub enum State {
        Open = "open", "open";
        Easing = "easing", "easing";
        Settled = "settled", "settled";
        Withdrawn = "withdrawn", "taken back";
    }
}

impl State {
    /// How its mark looks; the words carry the meaning.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Open | Self::Withdrawn => "",
            Self::Easing => "wait",
            Self::Settled => "good",
        }
    }

    /// Somebody still works on it.
    pub(super) fn runs(self) -> bool {
        matches!(self, Self::Open | Self::Easing)
    }
}

/// The state in words: what was reopened had been settled once.
fn state_words(state: State, reopened: i16) -> String {
    if state == State::Open && reopened > 0 { "open again".to_owned() } else { state.to_string() }
}

/// "3 March 2027, in 5 days", "3 March 2027, which has passed".
fn day_words(day: NaiveDate, today: NaiveDate) -> String {
    let date = words::day(day);
    match (day - today).num_days() {
        0 => format!("{date}, today"),
        1 => format!("{date}, tomorrow"),
        days @ 2..=14 => format!("{date}, in {days} days"),
        days if days > 14 => date,
        _ => format!("{date}, which has passed"),
    }
}

/// Who may be chosen as readers: both sides at least, for both work on it.
pub(super) fn audiences(body: Option<&str>) -> Vec<Choice> {
    let with = |rest: &str| body.map_or_else(|| format!("You, and the {rest}"), |name| format!("{name}, and the {rest}"));
    vec![
        Choice::new(Audience::Leadership.as_str(), with("agency’s directors")),
        Choice::new(Audience::Agency.as_str(), with("agency’s directors, staff and analysts")),
        Choice::new(Audience::Partnership.as_str(), "Every member of the partnership"),
    ]
}

/// An obstacle on the list.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) id: SubjectId,
    pub(super) title: String,
    pub(super) kind: Kind,
    pub(super) state: State,
    pub(super) side: Side,
    pub(super) partner: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) next_step: String,
    pub(super) next_on: Option<NaiveDate>,
    pub(super) review_on: Option<NaiveDate>,
    pub(super) reopened: i16,
}

impl Listed {
    pub(super) fn state_words(&self) -> String {
        state_words(self.state, self.reopened)
    }

    /// Who raised it: a side, never a person.
    pub(super) fn raised_by(&self) -> &str {
        match self.side {
            Side::Agency => "the agency",
            Side::Partner => self.partner.as_deref().unwrap_or("a community member"),
        }
    }
}

/// Everything about one obstacle, for this reader.
#[derive(Debug, Clone)]
pub(super) struct Obstacle {
    pub(super) id: SubjectId,
    pub(super) kind: Kind,
    /// None once taken back.
    pub(super) name: Option<String>,
    pub(super) description: String,
    /// Which side raised it.
    pub(super) side: Side,
    pub(super) raised_by: MembershipId,
    /// Their name; "community member" for a person with lived experience.
    pub(super) raiser: String,
    pub(super) partner_id: Option<PartnerId>,
    pub(super) partner: Option<String>,
    pub(super) agency_can: String,
    pub(super) agency_cannot: String,
    pub(super) partner_can: String,
    pub(super) partner_cannot: String,
    pub(super) owner_id: Option<MembershipId>,
    pub(super) owner_partner_id: Option<PartnerId>,
    pub(super) owner: Option<String>,
    pub(super) next_step: String,
    pub(super) next_on: Option<NaiveDate>,
    pub(super) review_on: Option<NaiveDate>,
    pub(super) state: State,
    pub(super) reopened: i16,
    pub(super) audience: Audience,
    pub(super) version: i32,
    pub(super) created_at: DateTime<Utc>,
    /// The reader raised it.
    pub(super) mine: bool,
    /// The reader decides for the body whose person raised it.
    pub(super) stewarded: bool,
    /// The side on which the reader works on it.
    pub(super) my_side: Option<Side>,
}

/// Proof that the asker works on the obstacle for this side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hand(pub(super) SubjectId, pub(super) Side);

/// Proof that the words are the asker's to change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raiser(pub(super) SubjectId);

/// Proof that the asker may take the words back: who raised it, or the steward of their body.
#[derive(Debug, Clone, Copy)]
pub(super) struct TakesBack(pub(super) SubjectId);

impl Obstacle {
    pub(super) fn state_words(&self) -> String {
        state_words(self.state, self.reopened)
    }

    /// How it is called on its page.
    pub(super) fn title(&self) -> &str {
        self.name.as_deref().unwrap_or("An obstacle that was taken back")
    }

    /// Who raised it, with their side.
    pub(super) fn by(&self) -> String {
        match (self.side, &self.partner) {
            (Side::Agency, _) => format!("{}, the agency", self.raiser),
            (Side::Partner, Some(body)) => format!("{}, {body}", self.raiser),
            (Side::Partner, None) => self.raiser.clone(),
        }
    }

    /// The other side of the table from the agency.
    pub(super) fn partner_side(&self) -> &str {
        self.partner.as_deref().unwrap_or("The community member")
    }

    /// The day by which the next step is done, and how far off it is.
    pub(super) fn next_words(&self, today: NaiveDate) -> Option<String> {
        self.next_on.map(|day| day_words(day, today))
    }

    /// The day on which both look at it together, and how far off it is.
    pub(super) fn review_words(&self, today: NaiveDate) -> Option<String> {
        self.review_on.map(|day| day_words(day, today))
    }

    pub(super) fn read_by(&self) -> String {
        format!("read by {}", self.audience)
    }

    /// Anybody of either side writes their own part.
    pub(super) fn hand(&self) -> Option<Hand> {
        self.my_side.filter(|_| self.state != State::Withdrawn).map(|side| Hand(self.id, side))
    }

    /// The next step and the review are set while somebody works on it.
    pub(super) fn may_move(&self) -> Option<Hand> {
        self.hand().filter(|_| self.state.runs())
    }

    /// Nobody settles what the other side raised.
    pub(super) fn may_settle(&self) -> Option<Hand> {
        self.may_move().filter(|hand| hand.1 == self.side)
    }

    /// What turns out not to be settled is opened again by either side.
    pub(super) fn may_reopen(&self) -> Option<Hand> {
        self.hand().filter(|_| self.state == State::Settled)
    }

    pub(super) fn may_edit(&self) -> Option<Raiser> {
        (self.mine && self.hand().is_some()).then_some(Raiser(self.id))
    }

    pub(super) fn may_take_back(&self) -> Option<TakesBack> {
        ((self.mine || self.stewarded) && self.state != State::Withdrawn).then_some(TakesBack(self.id))
    }

    /// What of either part the side that asks wrote: can decide, cannot decide.
    pub(super) fn part(&self, side: Side) -> (&str, &str) {
        match side {
            Side::Agency => (&self.agency_can, &self.agency_cannot),
            Side::Partner => (&self.partner_can, &self.partner_cannot),
        }
    }
}

/// A new obstacle, or its words changed, parsed from a form.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) description: String,
    /// The partner it is with; the raiser's own body where a partner raises it.
    pub(super) partner: Option<PartnerId>,
    pub(super) audience: Audience,
}

/// Where it stands and what comes next, parsed from a form.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) state: State,
    pub(super) happened: String,
    pub(super) owner: Option<MembershipId>,
    pub(super) owner_partner: Option<PartnerId>,
    pub(super) next_step: String,
    pub(super) next_on: Option<NaiveDate>,
    pub(super) review_on: NaiveDate,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(side: Side, my_side: Option<Side>, state: State) -> Obstacle {
        Obstacle {
            id: SubjectId(uuid::Uuid::nil()),
            kind: Kind::Pay,
            name: Some("Mileage".to_owned()),
            description: String::new(),
            side,
            raised_by: MembershipId(uuid::Uuid::nil()),
            raiser: "Ana".to_owned(),
            partner_id: None,
            partner: None,
            agency_can: String::new(),
            agency_cannot: String::new(),
            partner_can: String::new(),
            partner_cannot: String::new(),
            owner_id: None,
            owner_partner_id: None,
            owner: None,
            next_step: String::new(),
            next_on: None,
            review_on: None,
            state,
            reopened: 0,
            audience: Audience::Agency,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            mine: false,
            stewarded: false,
            my_side,
        }
    }

    #[test]
    fn a_day_is_said_once_with_how_far_off_it_is() {
        let today = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
        let on = |days| day_words(today + chrono::Duration::days(days), today);
        assert_eq!((on(0), on(5)), ("1 March 2027, today".to_owned(), "6 March 2027, in 5 days".to_owned()));
        assert_eq!((on(30), on(-1)), ("31 March 2027".to_owned(), "28 February 2027, which has passed".to_owned()));
    }

    #[test]
    fn only_the_side_that_raised_it_settles_it_and_either_opens_it_again() {
        for side in [Side::Agency, Side::Partner] {
            for mine in [Side::Agency, Side::Partner] {
                assert_eq!(one(side, Some(mine), State::Easing).may_settle().is_some(), side == mine);
                assert!(one(side, Some(mine), State::Settled).may_reopen().is_some());
                assert!(one(side, Some(mine), State::Settled).may_move().is_none());
            }
            assert!(one(side, None, State::Open).hand().is_none(), "a reader who is on neither side");
            assert!(one(side, Some(side), State::Withdrawn).hand().is_none());
        }
    }
}
