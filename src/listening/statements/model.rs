//! What a statement is, and what its speaker, their body's steward and the session's people may do with it.

mod again;

pub(super) use again::{AgainAnswer, OwnAgain, Renewal, RenewalId, ToTell};

use crate::{
    consent::{Asked, Attribution, Ends, How, Uses, WordingId},
    listening::speakers::SpeakerId,
    platform::{
        db::Standing,
        ids::{MembershipId, PartnerId, SubjectId},
        labels::Label as _,
        policy::Hat,
        reading::Read,
        subject::Audience,
    },
    protocols::{Mark, Marked},
};
use chrono::{DateTime, NaiveDate, Utc};

labels! {
    /// Where a statement stands.
    pub enum State {
        Draft = "draft", "written down";
        WithSpeaker = "with_speaker", "with the speaker";
        Confirmed = "confirmed", "confirmed by the speaker";
        Corrected = "corrected", "corrected by the speaker";
        Struck = "struck", "struck, not kept";
        Withdrawn = "withdrawn", "taken back by the speaker";
    }
}

labels! {
    /// How words came to whoever wrote them down.
    pub enum Told {
        Room = "room", "said in the room";
        Telephone = "telephone", "told by telephone";
        InPerson = "in_person", "told face to face";
        Paper = "paper", "sent or handed in on paper";
    }
}

labels! {
    /// What a speaker says about what was written down.
    pub enum Word {
        Confirm = "confirm", "Yes, these are my words";
        Correct = "correct", "I want to change them";
        Strike = "strike", "Do not keep them";
    }
}

impl State {
    /// Whether the speaker's word is still out: nobody else reads it.
    #[must_use]
    pub fn waits(self) -> bool {
        matches!(self, Self::Draft | Self::WithSpeaker)
    }

    /// Whether the speaker stands by the words.
    #[must_use]
    pub fn stands(self) -> bool {
        matches!(self, Self::Confirmed | Self::Corrected)
    }
}

/// One statement as its reader may see it.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its id.
    pub id: SubjectId,
    /// How lists call it.
    pub title: String,
    /// Where it was heard.
    pub session: SubjectId,
    /// That session's name, where the reader may see it.
    pub session_title: Option<String>,
    /// When it was heard.
    pub heard_at: DateTime<Utc>,
    /// Who spoke.
    pub speaker: Option<SpeakerId>,
    /// The speaker's membership, if they have one.
    pub author: Option<MembershipId>,
    /// The speaker's body.
    pub body: Option<PartnerId>,
    /// That body's name.
    pub body_name: Option<String>,
    /// The words; none when struck or taken back.
    pub words: Option<String>,
    /// The language spoken.
    pub language: String,
    /// How they came here, on the statement's own page.
    pub told_how: Option<Told>,
    /// Who wrote them down.
    pub written_by: Option<String>,
    /// How the speaker wants to be seen.
    pub attribution: Attribution,
    /// As everybody sees it.
    pub shown_as: String,
    /// The speaker’s own name, label and community, for those who see their card.
    pub card: Option<(String, String, String)>,
    /// What a reader should know before reading.
    pub sensitivity: String,
    /// Who the speaker said may read it.
    pub wanted: Audience,
    /// Who may read it now.
    pub audience: Audience,
    /// What may be done with it.
    pub uses: Uses,
    /// When what was allowed runs out.
    pub ends: Ends,
    /// What is shown to whoever is asked what may be done with it.
    pub asked: Asked,
    /// Where it stands.
    pub state: State,
    /// How the speaker gave their word.
    pub confirmed_how: Option<How>,
    /// And when.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Who heard it read back.
    pub witness: String,
    /// Who on the agency's side takes it on.
    pub owner: Option<MembershipId>,
    /// Their name.
    pub owner_name: Option<String>,
    /// What happens next.
    pub next_step: String,
    /// By when.
    pub next_on: Option<NaiveDate>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The reader facilitates or takes notes in its session, and brings it back to the speaker.
    pub is_holder: bool,
    /// What stands beside it in a list: labels, protocols, notices.
    pub beside: Vec<Mark>,
    /// Counts every change.
    pub version: i32,
}

/// In which capacity somebody decides about a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The speaker, signed in.
    Author,
    /// The speaker, by their link.
    Bearer,
    /// The steward of the speaker's body: may narrow and take back, never widen.
    Steward,
}

/// The proof that somebody may decide about one statement.
#[derive(Debug, Clone, Copy)]
pub struct Decides {
    /// The statement.
    pub id: SubjectId,
    /// As whom.
    pub owner: Owner,
}

/// The proof that somebody may bring one statement's speaker's word back.
#[derive(Debug, Clone, Copy)]
pub struct Holds {
    /// The statement.
    pub id: SubjectId,
}

impl Statement {
    /// The retention schedule let it go.
    #[must_use]
    pub fn is_destroyed(&self) -> bool {
        self.title == crate::consent::DESTROYED
    }

    /// Whether the asker decides about it, and as whom.
    #[must_use]
    pub fn decided_by(&self, standing: &Standing) -> Option<Decides> {
        let by_link = standing.link.is_some() && (standing.link == Some(self.id.0) || standing.link == self.speaker.map(|one| one.0));
        let owner = if by_link {
            Owner::Bearer
        } else if self.author.is_some() && self.author == standing.membership {
            Owner::Author
        } else if standing.hat == Hat::Steward && self.body.is_some() && self.body == standing.body {
            Owner::Steward
        } else {
            return None;
        };
        Some(Decides { id: self.id, owner })
    }

    /// Whether the asker sees the speaker's body, how they gave their word and who heard it: hints of who spoke. Everybody
    /// does when the speaker is named; else only the speaker, their own body, and those who brought the words back.
    #[must_use]
    pub fn shows_hints(&self, standing: &Standing) -> bool {
        let own_body = self.body.is_some() && self.body == standing.body;
        let open = self.is_holder || own_body || self.attribution == Attribution::Named;
        self.decided_by(standing).is_some() || (self.words.is_some() && open)
    }

    /// The speaker's own proof, when it is the asker's to give a word on it.
    #[must_use]
    pub fn spoken_by(&self, standing: &Standing) -> Option<Decides> {
        self.decided_by(standing).filter(|decides| decides.owner != Owner::Steward && self.state.waits())
    }

    /// How the words came here and by whose hand: "told by telephone, written down by Marcus Tellwell".
    #[must_use]
    pub fn came(&self) -> Option<String> {
        let how = self.told_how?.label();
        Some(self.written_by.as_ref().map_or_else(|| how.to_owned(), |by| format!("{how}, written down by {by}")))
    }

    /// The proof of those who listened and bring it back to the speaker.
    #[must_use]
    pub fn held(&self) -> Option<Holds> {
        (self.is_holder && self.state.waits()).then_some(Holds { id: self.id })
    }
}

/// What a note-taker wrote down, parsed.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) speaker: SpeakerId,
    pub(super) words: String,
    pub(super) language: String,
    pub(super) told_how: Told,
    pub(super) sensitivity: String,
    pub(super) wanted: Audience,
}

/// What a speaker chose for their words, parsed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choices {
    pub(super) uses: Uses,
    pub(super) attribution: Attribution,
    pub(super) audience: Audience,
    /// The wording that was shown.
    pub(super) wording: Option<WordingId>,
}

impl Choices {
    /// Whether they let anybody read, use or know less than before.
    pub(super) fn close_more_than(&self, before: &Statement) -> bool {
        self.audience < before.audience || self.attribution > before.attribution || !before.uses.within(&self.uses)
    }

    /// Whether they let anybody read, use or know more than before.
    pub(super) fn open_more_than(&self, before: &Statement) -> bool {
        self.audience > before.audience || self.attribution < before.attribution || !self.uses.within(&before.uses)
    }
}

/// A speaker's word, parsed.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) word: Word,
    pub(super) words: String,
    pub(super) choices: Choices,
    pub(super) how: How,
    pub(super) witness: String,
}

/// What comes next and who sees to it, parsed.
#[derive(Debug)]
pub(super) struct NextStep {
    pub(super) owner: Option<MembershipId>,
    pub(super) step: String,
    pub(super) on: Option<NaiveDate>,
}

/// One of a speaker's own statements, as their page lists them.
#[derive(Debug, Clone)]
pub(super) struct Spoken {
    pub(super) id: SubjectId,
    pub(super) words: Option<String>,
    pub(super) state: State,
}

/// Who took a statement's words back, for those who may know: whose words they were, and their body's stewards.
#[derive(Debug, Clone)]
pub(super) struct TakenBack {
    /// How it was said.
    pub(super) how: How,
    /// The speaker did, signed in.
    pub(super) by_author: bool,
    /// The reader did.
    pub(super) by_reader: bool,
    /// Whoever was signed in.
    pub(super) by: Option<String>,
}

impl TakenBack {
    /// In words; `own`: the reader is the speaker.
    pub(super) fn words(&self, own: bool) -> String {
        let steward = self.how == How::Member && !self.by_author;
        let by = self.by.as_deref().unwrap_or("Somebody");
        match (steward, own, self.by_reader) {
            (true, _, true) => "As a steward of their body you took these words back".to_owned(),
            (true, true, _) => format!("{by}, a steward of your body, took these words back"),
            (true, false, _) => format!("{by}, a steward of the speaker’s body, took these words back"),
            (false, true, _) => "You took these words back".to_owned(),
            (false, false, _) => "The speaker took these words back".to_owned(),
        }
    }
}

/// Who decided who may read a statement, and when.
#[derive(Debug, Clone)]
pub struct Decision {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, where it was not the speaker.
    pub by: Option<String>,
    /// Who may read since then.
    pub audience: Audience,
    /// Who could before.
    pub before: Option<Audience>,
}

impl Decision {
    /// Whether more people read since then, or fewer.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self.before {
            Some(before) if before < self.audience => "more people may read it",
            Some(before) if before > self.audience => "fewer people may read it",
            Some(_) => "the same people may read it",
            None => "chosen when the words were confirmed",
        }
    }
}

/// One link to what the statement came from or led to.
#[derive(Debug, Clone)]
pub struct Joint {
    /// What it is.
    pub kind: crate::platform::subject::Kind,
    /// Its name.
    pub title: String,
    /// Its page.
    pub path: String,
    /// When they were joined.
    pub at: DateTime<Utc>,
}

/// One statement with all that its page says about it.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) statement: Statement,
    pub(super) led_to: Vec<Joint>,
    /// What the agency tells its speaker of what came of it; empty for everybody else.
    pub(super) told: Vec<crate::listening::answers::Told>,
    pub(super) acknowledged_at: Option<DateTime<Utc>>,
    /// For its speaker and their body's steward; empty for everybody else.
    pub(super) readings: Vec<Read>,
    pub(super) decisions: Vec<Decision>,
    pub(super) taken_back: Option<TakenBack>,
    /// Who may read what the speaker decided about last in the same session.
    pub(super) chosen_last: Option<Audience>,
    pub(super) recalls: Vec<crate::consent::Recall>,
    /// How the consent was given, for those who decide.
    pub(super) given: Option<crate::consent::Given>,
    /// What remains of it once its words are gone.
    pub(super) remains: crate::consent::Remains,
    /// Who may see to it, and which themes it may join, as choices of a form.
    pub(super) takers: Vec<crate::platform::form::Choice>,
    pub(super) themes: Vec<crate::platform::form::Choice>,
    /// For those who hold it: whose words it may be instead, as choices.
    pub(super) speakers: Vec<crate::platform::form::Choice>,
    /// What readers said about it.
    pub(super) comments: crate::comments::Thread,
    /// What stands beside it.
    pub(super) marked: Marked,
}
