//! Entries in and out.

use super::super::model::{Change, Entry, Narrowed, said};
use crate::platform::{
    db::AgencyTx,
    error::Error,
    ids::{AgencyId, SubjectId},
    paging::Paging,
};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// Who made a change, where the entry does not say who the speaker is.
const SPEAKER: &str = "the speaker or their body";

/// Records a change by whoever the transaction runs for.
///
/// # Errors
/// When the database refuses.
pub async fn record(tx: &mut AgencyTx, change: Change<'_>) -> Result<(), Error> {
    let id = crate::platform::ids::fresh();
    let unsaid = change.by_speaker && speaks(tx, change.subject).await?;
    if tx.standing().link.is_some() {
        // Who made the link is said, and a bearer sees neither links nor members.
        return tx.as_keeper("an entry of what is done by a link", async |tx| put(tx, id, &change, unsaid).await).await;
    }
    put(tx, id, &change, unsaid).await?;
    if unsaid { note_actor(tx, id).await } else { Ok(()) }
}

async fn put(tx: &mut AgencyTx, id: uuid::Uuid, change: &Change<'_>, unsaid: bool) -> Result<(), Error> {
    let (agency, now, link) = (tx.agency(), tx.now(), tx.standing().link);
    let actor = tx.standing().membership.filter(|_| !unsaid && !change.by_itself);
    tx.changes(change.action, change.kind, actor, 1);
    tell_pages(tx, change);
    sqlx::query!(
        "insert into audit (agency_id, id, at, actor_id, actor_name, action, subject_id, kind, fields, member_id, audience, body_id, author_id, detail, protocol_id, label_id)
         select $1, $2, $3, $4, coalesce((select m.name from membership m where m.agency_id = $1 and m.id = $4),
                 (select case when l.first_id is null then 'by' else 'by the speaker’s own address, after' end || ' a link that ' || m.name || ' made' from return_link l join membership m on m.agency_id = l.agency_id and m.id = l.made_by
                  where l.agency_id = $1 and l.speaker_id = $14 and l.spent_at is null order by l.created_at desc, l.id limit 1), $5),
             $6, $7, $8, $9, $10, $11, coalesce($12, (select m.partner_id from membership m where m.agency_id = $1 and m.id = $13)), $13, $15, $16, $17",
        agency.0,
        id,
        now,
        actor.map(|id| id.0),
        nobody(unsaid, link.is_some()),
        change.action,
        change.subject.map(|id| id.0),
        change.kind,
        lengths(change),
        change.member.map(|id| id.0),
        change.readers.as_str(),
        change.body.map(|id| id.0),
        change.author.map(|id| id.0),
        link,
        change.detail,
        change.protocol,
        change.label,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Pages about the record, or of the member, that are open look whether they show something else now.
fn tell_pages(tx: &mut AgencyTx, change: &Change<'_>) {
    for id in change.subject.map(|id| id.0).into_iter().chain(change.member.map(|id| id.0)) {
        tx.touches(id);
    }
}

/// What stands for the name of who did it, where no member did.
fn nobody(unsaid: bool, by_link: bool) -> &'static str {
    match (unsaid, by_link) {
        (true, _) => SPEAKER,
        (false, true) => "by link",
        (false, false) => "the site, by itself",
    }
}

/// Records changes of many records or members at once, each by its record, member, action and fields alone, for whoever may read
/// the record.
///
/// # Errors
/// When the database refuses.
pub async fn record_each(tx: &mut AgencyTx, changes: &[Change<'_>]) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership);
    if let Some(first) = changes.first() {
        tx.changes(first.action, first.kind, me, changes.len());
    }
    changes.iter().for_each(|change| tell_pages(tx, change));
    sqlx::query!(
        "insert into audit (agency_id, id, at, actor_id, actor_name, action, subject_id, kind, fields, member_id)
         select $1, c.id, $2, m.id, m.name, c.action, c.subject_id, c.kind, c.fields, c.member_id
         from unnest($4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::jsonb[], $9::uuid[]) as c(id, action, subject_id, kind, fields, member_id)
         join membership m on m.agency_id = $1 and m.id = $3",
        agency.0,
        now,
        me.map(|id| id.0),
        &changes.iter().map(|_| crate::platform::ids::fresh()).collect::<Vec<_>>(),
        &changes.iter().map(|one| one.action.to_owned()).collect::<Vec<_>>(),
        &changes.iter().map(|one| one.subject.map(|id| id.0)).collect::<Vec<_>>() as &[Option<uuid::Uuid>],
        &changes.iter().map(|one| one.kind.to_owned()).collect::<Vec<_>>(),
        &changes.iter().map(lengths).collect::<Vec<_>>(),
        &changes.iter().map(|one| one.member.map(|id| id.0)).collect::<Vec<_>>() as &[Option<uuid::Uuid>],
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Records what the asker did about a speaker on each statement of theirs, for its readers. As keeper, and under the asker's
/// name alone: whoever may not read a statement does not learn from the log that there is one.
///
/// # Errors
/// When the database refuses.
pub async fn record_on_words_of(tx: &mut AgencyTx, speaker: uuid::Uuid, action: &str) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership);
    tx.as_keeper("an entry on a speaker’s words", async |tx| {
        sqlx::query!(
            "insert into audit (agency_id, id, at, actor_name, action, subject_id, kind)
             select $1, gen_random_uuid(), $3, m.name, $5, s.id, s.kind
             from subject s join membership m on m.agency_id = s.agency_id and m.id = $4
             where s.agency_id = $1 and s.speaker_id = $2 and s.kind = 'statement'",
            agency.0,
            speaker,
            now,
            me.map(|id| id.0),
            action,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

/// Whether the asker stands for the words of the record: on a partner's side, by link, or as their author.
async fn speaks(tx: &mut AgencyTx, subject: Option<SubjectId>) -> Result<bool, Error> {
    let (agency, standing) = (tx.agency(), *tx.standing());
    let Some(me) = standing.membership.filter(|_| standing.hat.is_agency_side()) else { return Ok(true) };
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from subject where agency_id = $1 and id = $2 and author_id = $3) as "mine!""#,
        agency.0,
        subject.map(|id| id.0),
        me.0,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Who the speaker is, for themselves and their body's stewards.
async fn note_actor(tx: &mut AgencyTx, entry: uuid::Uuid) -> Result<(), Error> {
    let (agency, standing) = (tx.agency(), *tx.standing());
    sqlx::query!(
        "insert into audit_actor (agency_id, audit_id, actor_id, actor_name, body_id)
         select $1, $2, m.id, m.name, m.partner_id from membership m where m.agency_id = $1 and m.id = $3",
        agency.0,
        entry,
        standing.membership.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Records a change that the operator makes at a terminal, as the owner of the tables, before anybody is a member.
///
/// # Errors
/// When the database refuses.
pub async fn record_of_operator(
    owner: &mut PgConnection,
    agency: AgencyId,
    now: DateTime<Utc>,
    change: Change<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into audit (agency_id, id, at, actor_name, action, subject_id, kind, fields, member_id)
         values ($1, $2, $3, 'the operator', $4, $5, $6, $7, $8)",
        agency.0,
        crate::platform::ids::fresh(),
        now,
        change.action,
        change.subject.map(|id| id.0),
        change.kind,
        lengths(&change),
        change.member.map(|id| id.0),
    )
    .execute(owner)
    .await?;
    Ok(())
}

fn lengths(change: &Change<'_>) -> serde_json::Value {
    change.fields.iter().map(|(name, length)| ((*name).to_owned(), (*length).into())).collect::<serde_json::Map<_, _>>().into()
}

/// The log, newest first, as far as the reader may see it; days are days in that zone. How many rows an export has is told to
/// directors and to whoever asked for it (`docs/decisions/0007-numbers-of-an-export.md`).
pub(in crate::audit) async fn list(
    tx: &mut AgencyTx,
    narrowed: &Narrowed<'_>,
    zone: chrono_tz::Tz,
    paging: Paging,
) -> Result<Vec<Entry>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select a.at, coalesce((select x.actor_name from audit_actor x where x.agency_id = a.agency_id and x.audit_id = a.id), a.actor_name)
                      as "actor_name!",
                  a.action, a.kind, a.detail,
                  case when a.kind = 'export' and not (current_hat() = 'director' or coalesce(a.actor_id = current_membership(), false))
                      then a.fields - 'rows' else a.fields end as "fields!",
                  (select s.title from subject s where s.agency_id = a.agency_id and s.id = a.subject_id) as title,
                  (select s.path from subject s where s.agency_id = a.agency_id and s.id = a.subject_id) as path,
                  (select m.name from membership m where m.agency_id = a.agency_id and m.id = a.member_id) as member,
                  coalesce((select p.name from protocol p where p.agency_id = a.agency_id and p.id = a.protocol_id),
                      (select l.name from community_label l where l.agency_id = a.agency_id and l.id = a.label_id)) as named
           from audit a
           where a.agency_id = $1
             and ($2 = '' or position(lower($2) in lower(coalesce(
                      (select x.actor_name from audit_actor x where x.agency_id = a.agency_id and x.audit_id = a.id), a.actor_name))) > 0)
             and ($3 = '' or a.kind = $3 or ($3 in ('sign-in', 'duty') and a.kind = 'member' and position($3 in a.action) > 0))
             and ($4::date is null or a.at >= ($4::date)::timestamp at time zone $6)
             and ($5::date is null or a.at < ($5::date + 1)::timestamp at time zone $6)
             and ($7::uuid is null or a.subject_id = $7)
           order by a.at desc, a.id desc
           limit $8 offset $9"#,
        agency.0,
        narrowed.who,
        narrowed.kind,
        narrowed.since,
        narrowed.until,
        zone.name(),
        narrowed.record.map(|id| id.0),
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Entry {
            at: row.at,
            actor: row.actor_name,
            action: row.action,
            title: row.title,
            path: row.path,
            member: row.member,
            named: row.named,
            fields: said(&row.fields, &row.kind),
            kind: row.kind,
            detail: row.detail,
        })
        .collect())
}

/// Every change in the memberships of one body, or of the agency's side, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_members(tx: &mut AgencyTx, body: Option<SubjectId>, paging: Paging) -> Result<Vec<Entry>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select a.at, a.actor_name, a.action, a.kind, a.fields, a.detail,
                  (select m.name from membership m where m.agency_id = a.agency_id and m.id = a.member_id) as member
           from audit a
           where a.agency_id = $1 and a.kind = 'member' and case when $2::uuid is null
               then exists (select 1 from membership m where m.agency_id = a.agency_id and m.id = a.member_id and m.role <> 'partner')
               else a.subject_id = $2 end
           order by a.at desc, a.id desc
           limit $3 offset $4"#,
        agency.0,
        body.map(|id| id.0),
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Entry {
            at: row.at,
            actor: row.actor_name,
            action: row.action,
            title: None,
            path: None,
            member: row.member,
            named: None,
            fields: said(&row.fields, &row.kind),
            kind: row.kind,
            detail: row.detail,
        })
        .collect())
}
