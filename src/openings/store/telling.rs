//! Who is told that words were opened: the same minute, or on the day until which a court forbids it.

use super::super::{
    model::{OpeningId, WORDS_OPENED, WordOf},
    paths,
};
use crate::{
    audit::{self, Change},
    mail::{self, Language},
    notices::{self, Notice},
    platform::{
        db::{AgencyTx, Db, Standing},
        error::Error,
        ids::{AgencyId, MembershipId, PartnerId, SubjectId},
        policy::Hat,
        subject::{Audience, Kind},
    },
};
use chrono::Duration;

/// A letter that could not go for so long goes no more.
const NEWS: Duration = Duration::days(3);

/// Tells those whose words they are: on the record’s own log and on their pages.
pub(super) async fn tell(tx: &mut AgencyTx, id: OpeningId) -> Result<(), Error> {
    tx.as_keeper("those whose words were opened are told", async |tx| told(tx, id).await).await
}

/// Tells those whose day of notice has come. For the keeper.
pub(in crate::openings) async fn tell_due(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let due = sqlx::query_scalar!(
        r#"select id as "id: OpeningId" from emergency_opening where agency_id = $1 and told_at is null and notice_at <= $2 order by notice_at, id limit 500"#,
        agency.0,
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    for id in due {
        told(tx, id).await?;
    }
    Ok(())
}

/// Whose words were opened, and to whom.
struct Whose {
    subject: SubjectId,
    kind: WordOf,
    author: Option<MembershipId>,
    speaker: Option<uuid::Uuid>,
    body: Option<PartnerId>,
    own: bool,
    by: String,
}

async fn told(tx: &mut AgencyTx, id: OpeningId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let whose = sqlx::query_as!(
        Whose,
        r#"update emergency_opening o set told_at = coalesce(o.told_at, $3) from membership m
           where o.agency_id = $1 and o.id = $2 and m.agency_id = o.agency_id and m.id = o.for_id
           returning o.subject_id as "subject: SubjectId", o.kind as "kind: WordOf", o.author_id as "author: MembershipId", o.speaker_id as speaker,
                     o.body_id as "body: PartnerId", o.own, m.name as by"#,
        agency.0,
        id.0,
        now,
    )
    .fetch_one(tx.conn())
    .await?;
    let action = "was opened in an emergency";
    match whose.kind {
        WordOf::Statement => audit::record(tx, Change::of(action, Kind::Statement, whose.subject)).await?,
        WordOf::Loop => audit::record(tx, Change::of(action, Kind::Loop, whose.subject)).await?,
        WordOf::Obstacle => audit::record(tx, Change::of(action, Kind::Obstacle, whose.subject)).await?,
        WordOf::Comment => {
            let change = Change { subject: Some(whose.subject), author: whose.author, ..Change::about(action, "comment") };
            audit::record(tx, change.for_readers(audit::Readers::Of(Audience::Author))).await?;
        }
    }
    notify(tx, id, &whose).await?;
    write_to_speaker(tx, whose.speaker.filter(|_| whose.author.is_none())).await
}

/// Somebody without a sign-in finds it on the page of their link. Where they gave an address for letters, one says that there is news.
async fn write_to_speaker(tx: &mut AgencyTx, speaker: Option<uuid::Uuid>) -> Result<(), Error> {
    let Some(speaker) = speaker else { return Ok(()) };
    let agency = tx.agency();
    let by_letter = sqlx::query_scalar!(
        r#"select exists (select 1 from speaker k join agency g on g.id = k.agency_id
               where k.agency_id = $1 and k.id = $2 and k.reach_how = 'email' and k.may_leave_message and k.membership_id is null
                 and not g.is_demo) as "is!""#,
        agency.0,
        speaker,
    )
    .fetch_one(tx.conn())
    .await?;
    if by_letter { mail::enqueue(tx, WORDS_OPENED, speaker).await } else { Ok(()) }
}

/// How a speaker without a sign-in is written to.
#[derive(Debug)]
pub(in crate::openings) struct WrittenTo {
    pub(in crate::openings) email: String,
    pub(in crate::openings) language: Language,
    /// None: the letter may not name the agency.
    pub(in crate::openings) agency_name: Option<String>,
}

/// The speaker whose words were opened, where they may be told by now and still want to be reached by letter. Asked as the bearer of
/// their link, who reads their own card and nobody else's.
pub(in crate::openings) async fn speaker_to_write_to(db: &Db, agency: AgencyId, speaker: uuid::Uuid) -> Result<Option<WrittenTo>, Error> {
    let bearer = Standing {
        agency,
        account: None,
        membership: None,
        hat: Hat::Link,
        body: None,
        landscape: false,
        link: Some(speaker),
        zone: chrono_tz::Tz::UTC,
    };
    let mut own = db.begin_system().await?.become_member(bearer).await?;
    let since = own.now() - NEWS;
    let row = sqlx::query!(
        "select k.reach_at, k.may_name_agency, g.name, g.language from speaker k join agency g on g.id = k.agency_id
         where k.agency_id = $1 and k.id = $2 and k.reach_how = 'email' and k.may_leave_message and position('@' in k.reach_at) > 1
           and exists (select 1 from emergency_opening o where o.agency_id = $1 and o.speaker_id = k.id and o.told_at > $3)",
        agency.0,
        speaker,
        since,
    )
    .fetch_optional(own.conn())
    .await?;
    own.end().await?;
    Ok(row.map(|row| WrittenTo {
        email: row.reach_at.trim().to_owned(),
        language: Language::known(Some(&row.language)),
        agency_name: row.may_name_agency.then_some(row.name),
    }))
}

/// The body's stewards and the author hear of it on their first page and by letter, never what the words say.
async fn notify(tx: &mut AgencyTx, id: OpeningId, whose: &Whose) -> Result<(), Error> {
    let (agency, kind, by) = (tx.agency(), whose.kind, &whose.by);
    let found = sqlx::query!(
        r#"select g.slug, s.path, coalesce(m.role in ('staff', 'analyst'), false) as "of_the_agency!",
                  coalesce(m.state <> 'ended', false) as "is_here!", coalesce(m.steward and m.state = 'active' and m.partner_id = $4, false) as "is_told!"
           from agency g join subject s on s.agency_id = g.id and s.id = $2
           left join membership m on m.agency_id = g.id and m.id = $3
           where g.id = $1"#,
        agency.0,
        whose.subject.0,
        whose.author.map(|id| id.0),
        whose.body.map(|id| id.0),
    )
    .fetch_one(tx.conn())
    .await?;
    let path = paths::opening(&found.slug, id);
    let notice = |said: String, path: String| Notice { kind: "emergency_opening", said, path };
    if let Some(body) = whose.body {
        let of = if whose.own { "that one of your people keeps to themselves" } else { "of your people" };
        let said = format!("{} {of} was opened in an emergency, to {by}", kind.one());
        notices::tell_stewards(tx, body, &notice(said, path.clone())).await?;
    }
    // Directors answer for the agency. Of whose words these are, nothing stands there.
    let said = format!("{} was opened in an emergency, to {by}", kind.one());
    notices::tell_hats(tx, &[Hat::Director], whose.author, &notice(said, path.clone())).await?;
    let Some(author) = whose.author.filter(|_| found.is_here && !found.is_told) else { return Ok(()) };
    // Staff have no page of openings: theirs is the record itself.
    let path = if found.of_the_agency { found.path } else { path };
    notices::tell(tx, &[author], &notice(format!("Your {kind} was opened in an emergency, to {by}"), path)).await
}
