//! Who read or took partner-owned words: one row a person, record and day, which the partner can read. Nothing else is
//! written while a page is read; what pages show is noted where their transaction ends (`db.rs`).

use super::{db::AgencyTx, error::Error, ids::MembershipId};
use chrono::{DateTime, Utc};

/// Notes that a member took these records away, as far as they may see them; their own and the agency's own are not noted.
///
/// # Errors
/// When the database refuses.
pub async fn note(tx: &mut AgencyTx, reader: Option<MembershipId>, subjects: &[uuid::Uuid], how: &str) -> Result<(), Error> {
    let Some(reader) = reader else { return Ok(()) };
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into reading (agency_id, id, at, membership_id, subject_id, how)
         select $1, gen_random_uuid(), $2, $3, s.id, $5
         from subject s
         where s.agency_id = $1 and s.id = any($4) and s.kind in ('statement', 'loop')
           and s.author_id is distinct from $3",
        agency.0,
        now,
        reader.0,
        subjects,
        how,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The same of comments, among these ids.
///
/// # Errors
/// When the database refuses.
pub async fn note_comments(tx: &mut AgencyTx, reader: MembershipId, comments: &[uuid::Uuid], how: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into reading (agency_id, id, at, membership_id, subject_id, comment_id, how)
         select $1, gen_random_uuid(), $2, $3, c.subject_id, c.id, $5
         from comment c where c.agency_id = $1 and c.id = any($4) and c.author_id <> $3",
        agency.0,
        now,
        reader.0,
        comments,
        how,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes, once a day, that a speaker's words were opened by a link: under the name of whoever made the link, for those on the
/// speaker's side to see. Runs as keeper, because a bearer sees no links and no members.
///
/// # Errors
/// When the database refuses.
pub(super) async fn by_link(tx: &mut AgencyTx, speaker: uuid::Uuid, records: &[uuid::Uuid]) -> Result<(), Error> {
    let (agency, now, since) = (tx.agency(), tx.now(), tx.first_moment(tx.today()));
    tx.as_keeper("words opened by a link", async |tx| {
        sqlx::query!(
            "insert into reading (agency_id, id, at, membership_id, subject_id, how)
             select $1, gen_random_uuid(), $2, l.made_by, s.id, 'by link'
             from subject s
             join return_link l on l.agency_id = s.agency_id and l.speaker_id = s.speaker_id and l.spent_at is null
             where s.agency_id = $1 and s.id = any($3) and s.speaker_id = $4 and s.kind = 'statement'
               and not exists (select 1 from reading r where r.agency_id = $1 and r.subject_id = s.id and r.comment_id is null
                               and r.membership_id = l.made_by and r.how = 'by link' and r.at >= $5 and r.at <= $2)",
            agency.0,
            now,
            records,
            speaker,
            since,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

/// Somebody who was shown words, or took them away.
#[derive(Debug)]
pub struct Read {
    /// The last time that day.
    pub at: DateTime<Utc>,
    /// Who, as the agency shows them.
    pub by: String,
    /// How: viewed, exported, downloaded, by link.
    pub how: String,
}

impl Read {
    /// Who did what: "Ana Ruiz opened it".
    #[must_use]
    pub fn told(&self) -> String {
        match self.how.as_str() {
            "exported" => format!("{} had a file made", self.by),
            "downloaded" => format!("{} took a file away", self.by),
            "by link" => format!("opened by a return link that {} made", self.by),
            "emergency" => format!("{} opened it in an emergency", self.by),
            _ => format!("{} opened it", self.by),
        }
    }
}

/// Who read a record's words, or one comment's, the latest first; for those whom it concerns. At most 50.
///
/// # Errors
/// When the database refuses.
pub async fn of(tx: &mut AgencyTx, record: uuid::Uuid, comment: Option<uuid::Uuid>) -> Result<Vec<Read>, Error> {
    those(tx, record, comment, false).await
}

/// The files that were made of a record's words, and those that were taken away, the latest first. At most 50.
///
/// # Errors
/// When the database refuses.
pub async fn copies(tx: &mut AgencyTx, record: uuid::Uuid) -> Result<Vec<Read>, Error> {
    those(tx, record, None, true).await
}

async fn those(tx: &mut AgencyTx, record: uuid::Uuid, comment: Option<uuid::Uuid>, only_copies: bool) -> Result<Vec<Read>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Read,
        r#"select max(r.at) as "at!", case when m.lived_experience then 'community member' else m.name end as "by!", r.how
           from reading r join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
           where r.agency_id = $1 and r.subject_id = $2 and r.comment_id is not distinct from $3
             and (not $5 or r.how in ('exported', 'downloaded'))
           group by m.id, m.name, m.lived_experience, r.how, (r.at at time zone $4)::date
           order by 1 desc, m.id limit 50"#,
        agency.0,
        record,
        comment,
        tx.zone(),
        only_copies,
    )
    .fetch_all(tx.conn())
    .await?)
}
