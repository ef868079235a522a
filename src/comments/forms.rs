//! The forms of this slice, as typed.

use super::model::{Because, Comment, CommentId, Hiding, Voice, Written};
use crate::platform::{
    form::{Problems, ticked},
    labels::Label as _,
    subject::Audience,
    widening,
};
use serde::{Deserialize, Serialize};

/// A comment. The names are its own, so that the form can stand on any record's page beside that page's form.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CommentForm {
    pub(super) comment: String,
    pub(super) comment_audience: String,
    pub(super) comment_as: String,
    pub(super) reply_to: String,
    /// What in the record it is about; empty for all of it.
    pub(super) comment_part: String,
    /// Ticked where it is edited: these are to read it, who are more than now.
    pub(super) sure: String,
}

impl CommentForm {
    /// The form that would edit this comment.
    pub(super) fn of(comment: &Comment) -> Self {
        Self {
            comment: comment.words.clone().unwrap_or_default(),
            comment_audience: comment.audience.as_str().to_owned(),
            comment_as: if comment.as_body { "yes".to_owned() } else { String::new() },
            reply_to: comment.parent.map(|id| id.to_string()).unwrap_or_default(),
            comment_part: String::new(),
            sure: String::new(),
        }
    }

    /// The same where it changes a comment that stands.
    pub(super) fn parse_edited(&self, voice: &Voice, comment: &Comment) -> Result<Written, Problems> {
        let written = self.parse(voice)?;
        let mut p = Problems::default();
        if let Some(wanted) = written.audience {
            widening::ask_once_more(&mut p, comment.audience, wanted, &self.sure);
        }
        p.or(written)
    }

    pub(super) fn parse(&self, voice: &Voice) -> Result<Written, Problems> {
        let mut p = Problems::default();
        let reply_to = p.optional_id::<CommentId>("reply_to", &self.reply_to);
        let words = p.prose("comment", &self.comment, 4000, "Write your comment");
        let audience = self.audience(&mut p, voice, reply_to.is_some());
        let as_body = ticked(&self.comment_as);
        if as_body && !voice.speaks {
            let body = voice.body.as_deref().unwrap_or("anybody else");
            p.add("comment_as", format!("Write this as yourself: you have no mandate to speak for {body} at present"));
        }
        let part = self.comment_part.trim().parse().ok().filter(|_| reply_to.is_none());
        p.or(Written { words, audience, as_body, reply_to, part })
    }

    fn audience(&self, p: &mut Problems, voice: &Voice, is_reply: bool) -> Option<Audience> {
        if is_reply { None } else { chosen(p, voice, &self.comment_audience, "Choose who may read your comment") }
    }
}

fn chosen(p: &mut Problems, voice: &Voice, typed: &str, missing: &str) -> Option<Audience> {
    let chosen = voice.chosen(typed);
    if chosen.is_none() {
        p.add("comment_audience", missing);
    }
    chosen
}

/// A comment that is entered for somebody. The names are its own, so that the form can stand beside the one of whoever enters it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct EnteredForm {
    pub(super) entered_comment: String,
    pub(super) entered_audience: String,
}

impl EnteredForm {
    /// As its own person would write it, and no wider than the partnership.
    pub(super) fn parse(&self, theirs: &Voice) -> Result<Written, Problems> {
        let mut p = Problems::default();
        let words = p.prose("entered_comment", &self.entered_comment, 4000, "Write what they say");
        let audience = theirs.chosen(&self.entered_audience).filter(|level| *level < Audience::Public);
        if audience.is_none() {
            p.add("entered_audience", "Choose who may read it");
        }
        p.or(Written { words, audience, as_body: false, reply_to: None, part: None })
    }
}

/// Who may read a comment whose words stay as they are.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ReadersForm {
    pub(super) comment_audience: String,
    /// Ticked: these are to read it, who are more than now.
    pub(super) sure: String,
}

impl ReadersForm {
    pub(super) fn of(comment: &Comment) -> Self {
        Self { comment_audience: comment.audience.as_str().to_owned(), sure: String::new() }
    }

    pub(super) fn parse(&self, voice: &Voice, comment: &Comment) -> Result<Audience, Problems> {
        let mut p = Problems::default();
        let audience = chosen(&mut p, voice, &self.comment_audience, "Choose who may read the comment");
        if let Some(wanted) = audience {
            widening::ask_once_more(&mut p, comment.audience, wanted, &self.sure);
        }
        p.or(audience.unwrap_or(Audience::Author))
    }
}

/// A moderator's decision.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct HidingForm {
    pub(super) because: String,
    pub(super) reason: String,
    pub(super) passage: String,
}

impl HidingForm {
    /// What is hidden instead reads as one mark.
    const MASK: &'static str = "[passage hidden]";

    pub(super) fn parse(&self, comment: &Comment) -> Result<Hiding, Problems> {
        let mut p = Problems::default();
        let because: Because = p.one_of("because", &self.because, "Choose why this must be hidden");
        let reason = p.prose("reason", &self.reason, 500, "Say why, in words that its readers will see");
        let passage = self.passage.replace("\r\n", "\n").trim().to_owned();
        let words = comment.words.as_deref().unwrap_or_default();
        if !passage.is_empty() && !words.contains(&passage) {
            p.add("passage", "Copy the passage exactly as it stands in the comment");
        }
        if comment.is_position() && (passage.is_empty() || because != Because::Identifying) {
            p.add("passage", "Name the identifying passage: a Tribe’s position is never hidden, only identifying details are masked");
        }
        if comment.is_position() && !passage.is_empty() && !leaves_most(words, &passage) {
            p.add("passage", "Name a shorter passage: most of what a Tribe says stays readable");
        }
        let left = (!passage.is_empty()).then(|| words.replace(&passage, Self::MASK));
        p.or(Hiding { because, reason, left })
    }
}

/// Whether more than half of the letters can still be read without the passage.
fn leaves_most(words: &str, passage: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|one| one.is_alphanumeric()).count();
    2 * letters(&words.replace(passage, "")) > letters(words)
}

/// What a steward from the partners' side found.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SecondLookForm {
    pub(super) finding: String,
}

impl SecondLookForm {
    /// Whether the words are shown again.
    pub(super) fn parse(&self) -> Result<bool, Problems> {
        let mut p = Problems::default();
        let show = self.finding == "show";
        if !show && self.finding != "keep" {
            p.add("finding", "Choose what you found");
        }
        p.or(show)
    }
}
