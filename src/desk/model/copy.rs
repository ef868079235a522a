//! What a body's steward takes away: the copies, and the rows in one.

use super::CopyId;
use crate::{
    consent::{Attribution, How},
    platform::{
        ids::{FileId, MembershipId, SubjectId},
        subject::{Audience, Kind},
    },
    protocols::CopiedProtocol,
};
use chrono::{DateTime, NaiveDate, Utc};

/// A copy that was taken.
#[derive(Debug)]
pub(in crate::desk) struct BodyCopy {
    pub(in crate::desk) id: CopyId,
    pub(in crate::desk) by: String,
    pub(in crate::desk) made_by: MembershipId,
    pub(in crate::desk) at: DateTime<Utc>,
    pub(in crate::desk) records: i64,
    pub(in crate::desk) file: Option<FileId>,
    /// Words in it were taken back, and its file was destroyed.
    pub(in crate::desk) void_at: Option<DateTime<Utc>>,
    /// How often its file left.
    pub(in crate::desk) taken: i64,
    /// Words in it are called back from whoever asks now, who has not said yet that it is deleted.
    pub(in crate::desk) asked_back: bool,
}

impl BodyCopy {
    /// Whether this person can take its file now.
    pub(in crate::desk) fn can_be_taken_by(&self, member: MembershipId) -> bool {
        self.file.is_some() && self.made_by == member
    }
}

/// A statement in a copy.
#[derive(Debug, serde::Serialize)]
pub(in crate::desk) struct StatementRow {
    pub(in crate::desk) id: SubjectId,
    pub(in crate::desk) session: Option<String>,
    pub(in crate::desk) heard_on: Option<NaiveDate>,
    pub(in crate::desk) words: Option<String>,
    pub(in crate::desk) language: String,
    pub(in crate::desk) shown_as: String,
    pub(in crate::desk) attribution: Attribution,
    pub(in crate::desk) audience: Audience,
    pub(in crate::desk) consent: Vec<String>,
    pub(in crate::desk) state: String,
    pub(in crate::desk) confirmed_how: Option<How>,
    pub(in crate::desk) confirmed_on: Option<NaiveDate>,
    pub(in crate::desk) sensitivity: String,
    /// Names of the protocols that it carries, and of labels with the addresses of their pages.
    pub(in crate::desk) protocols: String,
    pub(in crate::desk) labels: String,
}

/// A question in a copy.
#[derive(Debug, serde::Serialize)]
pub(in crate::desk) struct QuestionRow {
    pub(in crate::desk) id: SubjectId,
    pub(in crate::desk) raised_on: NaiveDate,
    pub(in crate::desk) by: String,
    pub(in crate::desk) kind: String,
    pub(in crate::desk) words: Option<String>,
    pub(in crate::desk) state: String,
    pub(in crate::desk) answer: String,
    pub(in crate::desk) reason: String,
    pub(in crate::desk) audience: Audience,
    /// Names of the protocols that it carries, and of labels with the addresses of their pages.
    pub(in crate::desk) protocols: String,
    pub(in crate::desk) labels: String,
}

/// A comment in a copy.
#[derive(Debug, serde::Serialize)]
pub(in crate::desk) struct CommentRow {
    pub(in crate::desk) id: uuid::Uuid,
    pub(in crate::desk) on_record: Option<String>,
    pub(in crate::desk) written_on: NaiveDate,
    pub(in crate::desk) by: String,
    pub(in crate::desk) for_the_body: bool,
    pub(in crate::desk) words: Option<String>,
    pub(in crate::desk) audience: Audience,
    /// Names of the protocols that it carries, and of labels with the addresses of their pages.
    pub(in crate::desk) protocols: String,
    pub(in crate::desk) labels: String,
}

/// A record about the body in a copy: what it is and where it stands, not its text, which is the agency's.
#[derive(Debug, serde::Serialize)]
pub(in crate::desk) struct RecordRow {
    pub(in crate::desk) id: SubjectId,
    pub(in crate::desk) kind: Kind,
    pub(in crate::desk) title: String,
    pub(in crate::desk) page: String,
    pub(in crate::desk) audience: Audience,
    pub(in crate::desk) made_on: NaiveDate,
    pub(in crate::desk) marked: bool,
}

/// Who read what, in a copy.
#[derive(Debug, serde::Serialize)]
pub(in crate::desk) struct ReadingRow {
    pub(in crate::desk) word: uuid::Uuid,
    pub(in crate::desk) on: NaiveDate,
    pub(in crate::desk) by: String,
    pub(in crate::desk) how: String,
}

/// A rating in a copy: the body's own, also one that it keeps to itself.
#[derive(Debug, serde::Serialize)]
pub(in crate::desk) struct RatingRow {
    pub(in crate::desk) on: NaiveDate,
    pub(in crate::desk) by: String,
    pub(in crate::desk) value: Option<i16>,
    pub(in crate::desk) kept: bool,
    pub(in crate::desk) note: String,
}

/// All that is a body's, as its steward may read it.
#[derive(Debug, serde::Serialize)]
pub(in crate::desk) struct Everything {
    pub(in crate::desk) body: String,
    pub(in crate::desk) agency: String,
    pub(in crate::desk) taken_on: NaiveDate,
    pub(in crate::desk) taken_by: String,
    pub(in crate::desk) statements: Vec<StatementRow>,
    pub(in crate::desk) questions: Vec<QuestionRow>,
    pub(in crate::desk) comments: Vec<CommentRow>,
    pub(in crate::desk) records: Vec<RecordRow>,
    pub(in crate::desk) ratings: Vec<RatingRow>,
    pub(in crate::desk) readings: Vec<ReadingRow>,
    pub(in crate::desk) protocols: Vec<CopiedProtocol>,
}

impl Everything {
    /// The statements, questions and comments whose words are in it.
    pub(in crate::desk) fn words(&self) -> Vec<uuid::Uuid> {
        let statements = self.statements.iter().filter(|one| one.words.is_some()).map(|one| one.id.0);
        let questions = self.questions.iter().filter(|one| one.words.is_some()).map(|one| one.id.0);
        let comments = self.comments.iter().filter(|one| one.words.is_some()).map(|one| one.id);
        statements.chain(questions).chain(comments).collect()
    }

    /// How many records it holds, counted as the desk counts them.
    pub(in crate::desk) fn records(&self) -> i32 {
        let all = self.statements.len() + self.questions.len() + self.comments.len() + self.records.len();
        i32::try_from(all).unwrap_or(i32::MAX)
    }
}
