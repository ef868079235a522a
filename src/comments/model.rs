//! What a comment is, who may do what with it, and how it reads.

mod thread;

pub use thread::Thread;

use crate::{
    platform::{
        acting::{Entered, Period},
        form::Choice,
        ids::{MembershipId, SubjectId},
        labels::Label as _,
        policy::Hat,
        subject::Audience,
    },
    protocols::Mark,
};
use chrono::{DateTime, Utc};

crate::id!(
    /// One comment.
    CommentId
);

labels! {
    /// The only reasons for which a comment may be hidden.
    pub enum Because {
        Identifying = "identifying", "identifying detail";
        Threat = "threat", "threat";
        Spam = "spam", "spam";
    }
}

/// Who writes or reads: what their membership allows them to say, and for whom.
#[derive(Debug, Clone)]
pub struct Voice {
    /// The membership.
    pub me: MembershipId,
    /// The hat worn.
    pub hat: Hat,
    /// The body's name, for its members.
    pub body: Option<String>,
    /// May speak for the body today.
    pub speaks: bool,
}

impl Voice {
    /// Who this person can choose as readers, from narrow to wide.
    #[must_use]
    pub fn audiences(&self) -> Vec<Choice> {
        use Audience::{Agency, Body, Leadership, Partnership, Public};
        let own = self.body.as_deref().unwrap_or_default();
        let with_own = |rest: &str| if own.is_empty() { rest.to_owned() } else { format!("{own} and {}", rest.to_lowercase()) };
        let all = [
            (Body, own.to_owned()),
            (Leadership, with_own("The agency’s directors")),
            (Agency, with_own("The agency’s directors, staff and analysts")),
            (Partnership, "Every member of the partnership".to_owned()),
            (Public, "Anybody, on public pages too".to_owned()),
        ];
        all.into_iter().filter(|(level, _)| self.may_choose(*level)).map(|(level, label)| Choice::new(level.as_str(), label)).collect()
    }

    fn may_choose(&self, level: Audience) -> bool {
        match level {
            Audience::Author => false,
            Audience::Body => self.body.is_some(),
            Audience::Leadership => !matches!(self.hat, Hat::Staff | Hat::Analyst),
            Audience::Agency | Audience::Partnership => true,
            Audience::Public => !self.hat.is_agency_side(),
        }
    }

    /// The narrowest audience that makes sense for this person.
    #[must_use]
    pub fn narrowest(&self) -> Audience {
        match (self.hat.is_agency_side(), self.body.is_some()) {
            (true, _) => Audience::Agency,
            (false, true) => Audience::Body,
            (false, false) => Audience::Leadership,
        }
    }

    /// A member for whom somebody enters a comment: as themselves, never for their body, and never wider than the partnership.
    #[must_use]
    pub(super) fn of(period: &Period) -> Self {
        Self { me: period.member, hat: Hat::Partner, body: period.body_name.clone(), speaks: false }
    }

    /// Who may be chosen as readers of what is entered for somebody.
    #[must_use]
    pub(super) fn audiences_when_entered(&self) -> Vec<Choice> {
        self.audiences().into_iter().filter(|one| one.value != Audience::Public.as_str()).collect()
    }

    /// The audience with this stored text, if this person may choose it.
    pub(super) fn chosen(&self, text: &str) -> Option<Audience> {
        Audience::parse(text).filter(|level| self.may_choose(*level))
    }
}

/// A comment as its reader sees it.
#[derive(Debug, Clone)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// The record it is about.
    pub subject: SubjectId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// What in the record it is about, where it was said.
    pub part: Option<String>,
    /// Who wrote it.
    pub author: MembershipId,
    /// That person's name; "community member" for a person with lived experience.
    pub name: String,
    /// The body they belong to.
    pub body: Option<String>,
    /// Said for that body.
    pub as_body: bool,
    /// That body is a Tribe, or was one when it was said.
    pub is_tribe: bool,
    /// The words; none when withdrawn or wholly hidden.
    pub words: Option<String>,
    /// Who may read it.
    pub audience: Audience,
    /// Counts every change.
    pub version: i32,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was last edited.
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Somebody entered it for its author.
    pub entered: Option<Entered>,
    /// Why it, or a passage, is hidden.
    pub hidden: Option<Because>,
    /// The moderator's own words on that.
    pub hidden_reason: String,
    /// When the author asked a moderator from the partners' side.
    pub asked_at: Option<DateTime<Utc>>,
    /// When that moderator looked.
    pub looked_at: Option<DateTime<Utc>>,
    /// What stands beside it: labels, protocols, notices.
    pub beside: Vec<Mark>,
    /// The reader wrote it.
    pub mine: bool,
    /// The reader decides for the author's body.
    pub stewarded: bool,
    /// Answers to it.
    pub replies: Vec<Comment>,
}

/// Proof that the author (or, where said, the body's steward) asks.
#[derive(Debug)]
pub(super) struct Own(pub(super) CommentId);

/// Proof that the author, or the steward of the author's body, asks who may read it.
#[derive(Debug)]
pub(super) struct Readers(pub(super) CommentId);

impl Comment {
    /// Who says it: a body, or a person with their body.
    #[must_use]
    pub fn by(&self) -> String {
        match (&self.body, self.as_body) {
            (Some(body), true) => body.clone(),
            (Some(body), false) => format!("{}, {body}", self.name),
            (None, _) => self.name.clone(),
        }
    }

    /// A protocol keeps some of its audience from reading it.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        self.beside.iter().any(Mark::is_protocol)
    }

    /// A Tribe's position: never hidden, only an identifying passage of it is masked.
    #[must_use]
    pub fn is_position(&self) -> bool {
        self.as_body && self.is_tribe
    }

    /// The author may edit while nothing is hidden or taken back.
    pub(super) fn may_edit(&self) -> Option<Own> {
        (self.mine && self.hidden.is_none() && self.withdrawn_at.is_none()).then_some(Own(self.id))
    }

    /// The author, or the body's steward, may take it back at any time.
    pub(super) fn may_withdraw(&self) -> Option<Own> {
        ((self.mine || self.stewarded) && self.withdrawn_at.is_none()).then_some(Own(self.id))
    }

    /// The author, or the body's steward, decides who reads it; an answer is read with what it answers.
    pub(super) fn may_choose_readers(&self) -> Option<Readers> {
        ((self.mine || self.stewarded) && self.parent.is_none() && self.hidden.is_none() && self.withdrawn_at.is_none())
            .then_some(Readers(self.id))
    }

    /// Whether it is what they said is theirs alone to say for whom it was entered, once.
    pub(super) fn may_say_whether_said(&self) -> Option<Own> {
        let waits = self.withdrawn_at.is_none() && self.entered.as_ref().is_some_and(Entered::waits);
        (self.mine && waits).then_some(Own(self.id))
    }

    /// They said that they did not say it.
    #[must_use]
    pub fn was_struck(&self) -> bool {
        self.entered.as_ref().is_some_and(|entered| entered.struck_at.is_some())
    }

    /// Whether that is asked of the reader.
    #[must_use]
    pub fn is_asked_whether_said(&self) -> bool {
        self.may_say_whether_said().is_some()
    }

    /// The author of hidden words may ask for a second look, once.
    pub(super) fn may_ask(&self) -> Option<Own> {
        (self.mine && self.hidden.is_some() && self.asked_at.is_none() && self.withdrawn_at.is_none()).then_some(Own(self.id))
    }

    /// Whether the edit link is shown.
    #[must_use]
    pub fn can_edit(&self) -> bool {
        self.may_edit().is_some()
    }

    /// Whether the way to take it back is shown.
    #[must_use]
    pub fn can_withdraw(&self) -> bool {
        self.may_withdraw().is_some()
    }

    /// Whether the way to choose its readers is shown.
    #[must_use]
    pub fn can_choose_readers(&self) -> bool {
        self.may_choose_readers().is_some()
    }

    /// Whether the author is offered a second look.
    #[must_use]
    pub fn can_ask(&self) -> bool {
        self.may_ask().is_some()
    }

    /// Whether there are words that a moderator could hide.
    #[must_use]
    pub fn can_be_hidden(&self) -> bool {
        self.words.is_some() && self.hidden.is_none()
    }
}

/// A comment of the reader's own, wherever it stands.
#[derive(Debug)]
pub struct OwnComment {
    /// Its id.
    pub id: CommentId,
    /// The words; none when taken back or wholly hidden.
    pub words: Option<String>,
    /// Who may read it.
    pub audience: Audience,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The record's name, while the author sees it.
    pub title: Option<String>,
    /// The record's page, while the author sees it.
    pub path: Option<String>,
}

/// A former text of a comment.
#[derive(Debug)]
pub struct Former {
    /// The text; none once taken back.
    pub words: Option<String>,
    /// When it was replaced.
    pub until: DateTime<Utc>,
}

/// What is about to be written.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) words: String,
    /// None on a reply: it is read by those who read what it answers.
    pub(super) audience: Option<Audience>,
    pub(super) as_body: bool,
    pub(super) reply_to: Option<CommentId>,
    /// What in the record it is about, where that is there.
    pub(super) part: Option<uuid::Uuid>,
}

/// What a moderator decides.
#[derive(Debug)]
pub(super) struct Hiding {
    pub(super) because: Because,
    pub(super) reason: String,
    /// The comment without the passage; none when all of it is hidden.
    pub(super) left: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(hat: Hat, body: Option<&str>) -> Voice {
        Voice { me: MembershipId::fresh(), hat, body: body.map(str::to_owned), speaks: false }
    }

    #[test]
    fn a_person_without_a_body_has_no_body_level() {
        let parent = voice(Hat::Partner, None);
        assert!(parent.chosen("body").is_none() && parent.audiences().iter().all(|choice| choice.value != "body"));
        assert_eq!(parent.narrowest(), Audience::Leadership);
        assert_eq!(voice(Hat::Steward, Some("Kinship Circle")).narrowest(), Audience::Body);
    }

    #[test]
    fn the_agency_side_does_not_publish_by_comment() {
        for hat in [Hat::Director, Hat::Staff, Hat::Analyst] {
            assert!(voice(hat, None).chosen("public").is_none() && voice(hat, None).chosen("body").is_none(), "{hat}");
        }
    }
}
