//! Whom to reach, how they may be reached, and how that went.

use crate::{
    consent::WordingId,
    listening::speakers::{Reach, Speaker},
    platform::{form::Choice, ids::SubjectId, labels::Label as _},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

labels! {
    /// How it went when somebody tried to reach a speaker.
    pub enum Outcome {
        Reached = "reached", "They were reached";
        NotReached = "not_reached", "They were not reached";
        Message = "message", "A message was left";
        Sent = "sent", "It was sent to them, or handed over";
        InPeace = "in_peace", "They ask to be left in peace about it";
    }
}

/// One time that somebody tried.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Try {
    pub(super) at: DateTime<Utc>,
    pub(super) by: String,
    pub(super) outcome: Outcome,
}

/// A speaker whose words wait for their word.
#[derive(Debug, Clone)]
pub(super) struct ToReach {
    pub(super) speaker: Speaker,
    /// How many statements of theirs wait.
    pub(super) waiting: i64,
    /// Until when a link that was made for them lives.
    pub(super) link_until: Option<DateTime<Utc>>,
    /// The latest first.
    pub(super) tries: Vec<Try>,
}

/// Those who may be reached in one way.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) heading: &'static str,
    pub(super) lede: &'static str,
    pub(super) people: Vec<ToReach>,
}

impl ToReach {
    /// They asked not to be asked any more.
    pub(super) fn is_in_peace(&self) -> bool {
        self.tries.iter().any(|one| one.outcome == Outcome::InPeace)
    }

    /// The way in which somebody may try; none where they see it when they sign in, want no contact or want no more of it.
    pub(super) fn way(&self) -> Option<Reach> {
        self.speaker.reach.filter(|_| self.speaker.membership.is_none() && !self.is_in_peace())
    }

    /// What whoever tries keeps to.
    pub(super) fn rules(&self) -> Vec<String> {
        let Some(way) = self.way() else { return Vec::new() };
        let card = &self.speaker;
        let mut rules = Vec::new();
        if !card.reach_hours.is_empty() {
            rules.push(format!("At these times only: {}.", card.reach_hours.trim_end_matches('.')));
        }
        let named = card.may_name_agency;
        let say = |yes: &str, no: &str| if named { yes.to_owned() } else { no.to_owned() };
        match way {
            Reach::Telephone => {
                let left = say(
                    "You may leave a message and name the agency in it.",
                    "You may leave a message: your name and number, and not the agency’s name.",
                );
                rules.push(if card.may_leave_message { left } else { "Leave no message.".to_owned() });
                rules.push("Whoever else answers is told nothing of it, and not who calls.".to_owned());
            }
            Reach::Text => rules.push(say(
                "Ask when you may call. You may name the agency.",
                "Ask when you may call, with your own name. Do not name the agency.",
            )),
            Reach::Email => rules.push(say(
                "Write that their words are ready to be looked at, and none of the words.",
                "Write from an address, and with a subject, that does not name the agency, and none of the words.",
            )),
            Reach::Letter => rules.push(say(
                "The envelope may name the agency.",
                "The envelope names no sender of the agency. The sheet does not name it either.",
            )),
            Reach::Through => rules.push(format!("Speak with {} alone.", card.reach_through)),
            Reach::InPerson => rules.push("Only when you meet them, where nobody else hears it.".to_owned()),
        }
        rules
    }

    /// How a try can go, in the way that the card says.
    pub(super) fn outcomes(&self) -> Vec<Choice> {
        let can = |one: &&Outcome| match (self.way(), **one) {
            (None, _) => false,
            (_, Outcome::InPeace) => true,
            (Some(Reach::Text | Reach::Email | Reach::Letter), other) => other == Outcome::Sent,
            (Some(Reach::Telephone), Outcome::Message) => self.speaker.may_leave_message,
            (Some(_), other) => matches!(other, Outcome::Reached | Outcome::NotReached),
        };
        Outcome::ALL.iter().filter(can).map(|one| Choice::new(one.as_str(), one.label())).collect()
    }
}

/// In the order in which people are seen to: first those who are called.
pub(super) fn groups(all: Vec<ToReach>) -> Vec<Group> {
    let sorts: [(&str, &str, fn(&ToReach) -> bool); 9] = [
        ("To call", "Read them their words, and enter what they say.", |one| one.way() == Some(Reach::Telephone)),
        ("By text message", "A message asks when you may call; it says nothing of their words.", |one| one.way() == Some(Reach::Text)),
        ("Through a person they named", "That person may speak with you about their words.", |one| one.way() == Some(Reach::Through)),
        ("In person", "Take the sheet along, or read the words to them.", |one| one.way() == Some(Reach::InPerson)),
        ("By letter", "Print the sheet of each and send it.", |one| one.way() == Some(Reach::Letter)),
        ("By email", "Make a link for each, and give it to them.", |one| one.way() == Some(Reach::Email)),
        ("On their own page", "They see it when they sign in. Nobody calls them.", |one| one.speaker.membership.is_some()),
        ("Left in peace", "They asked for it. Their words stay unread; they can still give their word.", ToReach::is_in_peace),
        ("Not to be reached", "They gave no way. Their words stay unread unless they come to you.", |_| true),
    ];
    let mut left = all;
    let mut groups = Vec::new();
    for (heading, lede, fits) in sorts {
        let (people, others): (Vec<ToReach>, Vec<ToReach>) = left.into_iter().partition(fits);
        left = others;
        if !people.is_empty() {
            groups.push(Group { heading, lede, people });
        }
    }
    groups
}

/// One of a speaker's own statements that waits for their word.
#[derive(Debug, Clone)]
pub(super) struct Own {
    pub(super) id: SubjectId,
    pub(super) words: String,
    pub(super) language: String,
}

/// What is shown before somebody chooses what may be done with their words.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) id: WordingId,
    pub(super) language: String,
    pub(super) words: String,
}

/// What goes on a sheet beside the questions.
#[derive(Debug)]
pub(super) struct OnSheet {
    pub(super) words: Vec<Own>,
    pub(super) wording: Option<Shown>,
}

/// Something that was said, on the page of those in the room.
#[derive(Debug, Clone)]
pub(super) struct InRoom {
    pub(super) id: SubjectId,
    pub(super) words: String,
    pub(super) language: String,
    pub(super) shown_as: String,
    /// What a reader should know before reading; may be empty.
    pub(super) sensitivity: String,
    /// Those who spoke in the session may read it.
    pub(super) for_room: bool,
}

/// What a speaker lets those in the room read, and what they let the speaker.
#[derive(Debug)]
pub(super) struct Room {
    pub(super) own: Vec<InRoom>,
    pub(super) others: Vec<InRoom>,
}

/// Until when people can be asked: from today on, half a year at most.
pub(super) fn may_be_asked_until(today: NaiveDate, day: NaiveDate) -> bool {
    day >= today && day <= today + chrono::Duration::days(183)
}
