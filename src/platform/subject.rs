//! How anything speaks of any record: its row in `subject` says what it is, where it stands and who may read it.

use super::{
    db::AgencyTx,
    error::Error,
    ids::{MembershipId, PartnerId, SubjectId},
};
use chrono::{DateTime, Utc};

labels! {
    /// Who may read a contributed thing, from narrow to wide (see `access.md`).
    pub enum Audience {
        Author = "author", "only the author";
        Body = "body", "the author’s own organization or Tribe";
        Leadership = "leadership", "the author, their organization or Tribe if they have one, and the agency’s directors";
        Agency = "agency", "the author, their organization or Tribe if they have one, and the agency’s directors, staff and analysts";
        Partnership = "partnership", "every member of the partnership";
        Public = "public", "anybody";
    }
}

labels! {
    /// What kinds of record there are.
    pub enum Kind {
        Partner = "partner", "partner";
        Outreach = "outreach", "outreach entry";
        Session = "session", "listening session";
        Statement = "statement", "statement";
        Theme = "theme", "theme";
        Barrier = "barrier", "barrier";
        Goal = "goal", "shared goal";
        Plan = "plan", "action plan";
        Commitment = "commitment", "commitment";
        Loop = "loop", "question";
        Group = "group", "group";
        Meeting = "meeting", "meeting";
        Obstacle = "obstacle", "obstacle";
    }
}

/// The page that shows everything a record rests on and everything that came of it.
#[must_use]
pub fn trace_path(agency: &str, kind: impl std::borrow::Borrow<Kind>, id: impl Into<SubjectId>) -> String {
    use super::labels::Label as _;
    format!("/{agency}/trace/{}/{}", kind.borrow().as_str(), id.into())
}

/// The page that says which bodies a record concerns.
#[must_use]
pub fn concerns_path(agency: &str, id: impl Into<SubjectId>) -> String {
    format!("/{agency}/records/{}/concerns", id.into())
}

/// The form that asks whether somebody can see the record of this page.
#[must_use]
pub fn who_sees_path(agency: &str, page: &str) -> String {
    format!("/{agency}/who-sees?record={page}")
}

/// The form by which a partner raises something about a record.
#[must_use]
pub fn ask_path(agency: &str, record: impl Into<SubjectId>) -> String {
    format!("/{agency}/loops/new?from={}", record.into())
}

/// The same about a comment on that record.
#[must_use]
pub fn ask_comment_path(agency: &str, record: impl Into<SubjectId>, comment: impl std::fmt::Display) -> String {
    format!("{}&comment={comment}", ask_path(agency, record))
}

/// All that one was told.
#[must_use]
pub fn news_path(agency: &str) -> String {
    format!("/{agency}/notices")
}

/// Where a page hears that something on it has changed.
#[must_use]
pub fn live_path(agency: &str) -> String {
    format!("/{agency}/live")
}

/// The card of one who spoke in a session.
#[must_use]
pub fn card_path(agency: &str, session: impl Into<SubjectId>, speaker: impl std::fmt::Display) -> String {
    format!("/{agency}/sessions/{}/speakers/{speaker}", session.into())
}

/// What the reader said in sessions.
#[must_use]
pub fn own_words_path(agency: &str) -> String {
    format!("/{agency}/statements?whose=mine")
}

/// The reader's own calendar: a secret address for it.
#[must_use]
pub fn own_calendar_path(agency: &str) -> String {
    format!("/{agency}/my-calendar")
}

/// The reader's own page.
#[must_use]
pub fn own_page(agency: &str) -> String {
    format!("/{agency}/me")
}

/// A record about to be made.
#[derive(Debug)]
pub struct NewSubject<'a> {
    /// The record's own id.
    pub id: SubjectId,
    /// What it is.
    pub kind: Kind,
    /// How lists and links call it; never contributed words of narrower audience.
    pub title: &'a str,
    /// Its page, from the root.
    pub path: String,
    /// Who may read it.
    pub audience: Audience,
    /// The body it belongs to or speaks of.
    pub body: Option<PartnerId>,
    /// Whose words it is.
    pub author: Option<MembershipId>,
}

/// Puts the record into `subject`.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut AgencyTx, new: NewSubject<'_>) -> Result<(), Error> {
    let now = tx.now();
    add_as_of(tx, new, now).await
}

/// The same, at another time than now in the order of lists: a statement stands where its session does, for the moment in which
/// words are typed would tell whose words stand beside them.
///
/// # Errors
/// When the database refuses.
pub async fn add_as_of(tx: &mut AgencyTx, new: NewSubject<'_>, at: DateTime<Utc>) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "insert into subject (agency_id, id, kind, title, path, audience, body_id, author_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        agency.0,
        new.id.0,
        new.kind as Kind,
        new.title,
        new.path,
        new.audience as Audience,
        new.body.map(|id| id.0),
        new.author.map(|id| id.0),
        at,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Lets one more member read the record, whatever its audience. As keeper: nobody's own transaction names readers.
///
/// # Errors
/// When the database refuses.
pub async fn add_reader(tx: &mut AgencyTx, id: SubjectId, reader: MembershipId) -> Result<(), Error> {
    let agency = tx.agency();
    tx.as_keeper("one more reader", async |tx| {
        sqlx::query!(
            "insert into subject_reader (agency_id, subject_id, membership_id) values ($1, $2, $3)
             on conflict (agency_id, subject_id, membership_id) do nothing",
            agency.0,
            id.0,
            reader.0,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

/// A record as others refer to it, for a reader who may see it.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The record's id.
    pub id: SubjectId,
    /// What it is.
    pub kind: Kind,
    /// How lists and links call it.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Who may read it.
    pub audience: Audience,
    /// The body it belongs to.
    pub body: Option<PartnerId>,
    /// Whose words it is.
    pub author: Option<MembershipId>,
}

/// The record with this id, or nothing when there is none or the reader may not see it.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Subject>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Subject,
        r#"select id as "id: SubjectId", kind as "kind: Kind", title, path, audience as "audience: Audience",
                  body_id as "body: PartnerId", author_id as "author: MembershipId"
           from subject where agency_id = $1 and id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Gives the record a new title and bumps its version.
///
/// # Errors
/// When the database refuses.
pub async fn rename(tx: &mut AgencyTx, id: SubjectId, title: &str) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("update subject set title = $3, version = version + 1 where agency_id = $1 and id = $2", agency.0, id.0, title,)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The record speaks of another body from now on: with it go those who read it as that body's people. Answers whether it could:
/// what somebody on the partners' side has read or spoken of stays where it was. For the keeper only.
///
/// # Errors
/// When the database refuses.
pub async fn give_to(tx: &mut AgencyTx, id: SubjectId, body: Option<PartnerId>) -> Result<bool, Error> {
    let agency = tx.agency();
    let given = sqlx::query!(
        "update subject set body_id = $3, version = version + 1 where agency_id = $1 and id = $2
           and (body_id is null or not known_to_partners(id))",
        agency.0,
        id.0,
        body.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    Ok(given.rows_affected() == 1)
}
