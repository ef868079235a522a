//! Openings in and out. The keeper makes one, for it is about a record that whoever asks cannot see; the words themselves are read
//! under the asker's own rights, in a transaction that names the opening.

mod telling;

pub(super) use telling::{speaker_to_write_to, tell_due};

use super::model::{NewOpening, Opened, Opening, OpeningId, ReadThen, WordOf};
use crate::{
    audit::{self, Change},
    consent,
    platform::{
        access::Can,
        db::{AgencyTx, Db, Standing},
        error::Error,
        ids::{AccountId, AgencyId, MembershipId},
        paging::Paging,
        policy::{Hat, OpenInEmergency},
        subject::Audience,
    },
};
use chrono::{DateTime, Utc};
use telling::tell;

/// The latest that the reader may know of.
///
/// # Errors
/// When the database refuses.
pub async fn latest(tx: &mut AgencyTx, most: i64) -> Result<Vec<Opening>, Error> {
    select(tx, None, (most, 0)).await
}

/// A page of them, the latest first.
pub(super) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Opening>, Error> {
    select(tx, None, (paging.limit(), paging.offset())).await
}

/// One, or nothing where the reader may not know of it.
pub(super) async fn find(tx: &mut AgencyTx, id: OpeningId) -> Result<Opening, Error> {
    select(tx, Some(id), (1, 0)).await?.pop().ok_or(Error::NotFound)
}

async fn select(tx: &mut AgencyTx, id: Option<OpeningId>, (limit, offset): (i64, i64)) -> Result<Vec<Opening>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Opening,
        r#"select o.id as "id: OpeningId", o.kind as "kind: WordOf",
                  case when o.comment_id is null then s.title else 'Comment on: ' || s.title end as title,
                  case when o.comment_id is null then s.path else s.path || '#comment-' || o.comment_id end as path, o.own,
                  p.name as "body?", o.for_id as "for_id: MembershipId", m.name as for_name, o.by_operator, o.reason, o.starts_at, o.ends_at,
                  o.ended_at, o.order_reference, o.notice_on, o.notice_at
           from emergency_opening o
           join membership m on m.agency_id = o.agency_id and m.id = o.for_id
           left join partner p on p.agency_id = o.agency_id and p.id = o.body_id
           left join subject s on s.agency_id = o.agency_id and s.id = o.subject_id
           where o.agency_id = $1 and ($2::uuid is null or o.id = $2)
           order by o.created_at desc, o.id
           limit $3 offset $4"#,
        agency.0,
        id.map(|id| id.0),
        limit,
        offset,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// When it was read in the opening, the latest first. Asked of an opening that the reader may know of: the log of reading shows them a
/// line only where they see the record as well.
pub(super) async fn reads(tx: &mut AgencyTx, opening: &Opening) -> Result<Vec<ReadThen>, Error> {
    let (agency, mut found) = (tx.agency(), Vec::new());
    tx.as_keeper("find when a record was read in an emergency opening", async |tx| {
        found = sqlx::query_as!(
            ReadThen,
            r#"select r.at, m.name as by from reading r join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
               where r.agency_id = $1 and r.opening_id = $2 order by r.at desc, r.id limit 80"#,
            agency.0,
            opening.id.0,
        )
        .fetch_all(tx.conn())
        .await?;
        Ok(())
    })
    .await?;
    Ok(found)
}

/// Opens a record to the member for whom the transaction runs: an administrator, or the one for whom the operator asks.
///
/// # Errors
/// A problem where there is no such record or its words are gone, or the database's refusal.
pub(super) async fn open(tx: &mut AgencyTx, new: &NewOpening) -> Result<OpeningId, Error> {
    consent::in_own_words(tx, &[("reason", &new.reason)]).await?;
    let (agency, now, id) = (tx.agency(), tx.now(), OpeningId::fresh());
    let me = tx.standing().membership.ok_or(Error::NotAllowed)?;
    let until = new.until(now);
    let notice_at = new.order.as_ref().map_or(now, |order| tx.first_moment(order.until));
    tx.as_keeper("an emergency opening", async |tx| {
        let made = sqlx::query!(
            "insert into emergency_opening (agency_id, id, subject_id, comment_id, kind, body_id, author_id, speaker_id, own, for_id, by_operator,
                 reason, starts_at, ends_at, order_reference, notice_on, notice_at, told_at, created_at)
             select $1, $2, w.subject_id, w.comment_id, w.kind, w.body_id, w.author_id, w.speaker_id, w.own, $4, $5, $6, $7::timestamptz, $8::timestamptz, $9, $10, $11::timestamptz,
                    case when $11 <= $7 then $7 end, $7
             from (select s.id as subject_id, null::uuid as comment_id, s.kind, s.body_id, s.author_id, s.speaker_id, s.audience = 'author' as own
                   from subject s
                   left join statement t on t.agency_id = s.agency_id and t.id = s.id
                   left join loop l on l.agency_id = s.agency_id and l.id = s.id
                   left join obstacle o on o.agency_id = s.agency_id and o.id = s.id
                   where s.agency_id = $1 and s.id = $3 and s.kind in ('statement', 'loop', 'obstacle') and coalesce(t.words, l.words, o.name) is not null
                   union all
                   select c.subject_id, c.id, 'comment', c.body_id, c.author_id, null, c.audience = 'author'
                   from comment c where c.agency_id = $1 and c.id = $3 and c.words is not null) w",
            agency.0,
            id.0,
            new.record,
            me.0,
            new.by_operator,
            new.reason,
            now,
            until,
            new.order.as_ref().map_or("", |order| order.reference.as_str()),
            new.order.as_ref().map(|order| order.until),
            notice_at,
        )
        .execute(tx.conn())
        .await?;
        if made.rows_affected() == 1 { Ok(()) } else { Err(Error::refused("record", "Enter a record whose words are here: there is none with that number")) }
    })
    .await?;
    let opening = find(tx, id).await?;
    let told = format!("{}, for {} at most", opening.kind, crate::platform::words::count(new.hours.into(), "hour", "hours"));
    let action = if new.by_operator { "had the operator open in an emergency" } else { "opened in an emergency" };
    audit::record(tx, Change::about(action, "opening").saying(told)).await?;
    if new.order.is_none() {
        tell(tx, id).await?;
    }
    Ok(id)
}

/// The operator opens a record to an administrator, who alone reads it. Answers until when it holds.
///
/// # Errors
/// Not found where nobody with that address is an administrator of the agency; else as `open`.
pub async fn open_by_operator(db: &Db, slug: &str, email: &str, new: &NewOpening) -> Result<DateTime<Utc>, Error> {
    let mut tx = db.begin_system().await?;
    let found = sqlx::query!(
        r#"select g.id as "agency: AgencyId", g.zone, m.id as "member: MembershipId", a.id as "account: AccountId"
           from agency g join membership m on m.agency_id = g.id and m.role = 'administrator' and m.state = 'active'
           join account a on a.id = m.account_id and a.closed_at is null
           where g.slug = $1 and a.email = lower($2)"#,
        slug,
        email,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    let standing = Standing {
        agency: found.agency,
        account: Some(found.account),
        membership: Some(found.member),
        hat: Hat::Administrator,
        body: None,
        landscape: false,
        link: None,
        zone: found.zone.parse().unwrap_or(chrono_tz::Tz::UTC),
    };
    let mut tx = tx.become_member(standing).await?;
    let until = new.until(tx.now());
    open(&mut tx, new).await?;
    tx.end().await?;
    Ok(until)
}

/// Ends it before its time.
pub(super) async fn end(tx: &mut AgencyTx, _: &Can<OpenInEmergency>, id: OpeningId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let ended = sqlx::query!(
        "update emergency_opening set ended_at = $3 where agency_id = $1 and id = $2 and ended_at is null and ends_at > $3",
        agency.0,
        id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if ended.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change::about("ended an emergency opening", "opening")).await
}

/// The one record that the transaction's opening shows; nothing once it is over, and nothing else at any time.
pub(super) async fn opened(tx: &mut AgencyTx) -> Result<Option<Opened>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Opened,
        r#"select w.title as "title!", w.words, w.by as "by!", w.body, w.at as "at!", w.audience as "audience!: Audience", w.answer as "answer!"
           from (select s.title, t.words, t.shown_as as by, p.name as body, s.created_at as at, s.audience, '' as answer
                 from statement t join subject s on s.agency_id = t.agency_id and s.id = t.id
                 left join partner p on p.agency_id = t.agency_id and p.id = t.body_id
                 where t.agency_id = $1 and t.id = (select opened_record())
                 union all
                 select s.title, l.words, coalesce(m.name, 'somebody without an account'), p.name, l.created_at, s.audience, l.answer_words
                 from loop l join subject s on s.agency_id = l.agency_id and s.id = l.id
                 left join membership m on m.agency_id = l.agency_id and m.id = l.raised_by
                 left join partner p on p.agency_id = l.agency_id and p.id = l.raised_for_partner_id
                 where l.agency_id = $1 and l.id = (select opened_record())
                 union all
                 select s.title, concat_ws(E'\n\n', o.name, nullif(o.description, ''), nullif(o.partner_can, ''), nullif(o.partner_cannot, ''),
                        nullif(o.agency_can, ''), nullif(o.agency_cannot, '')), m.name, p.name, o.created_at, s.audience, ''
                 from obstacle o join subject s on s.agency_id = o.agency_id and s.id = o.id
                 join membership m on m.agency_id = o.agency_id and m.id = o.raised_by
                 left join partner p on p.agency_id = o.agency_id and p.id = o.partner_id
                 where o.agency_id = $1 and o.id = (select opened_record())
                 union all
                 select 'A comment', c.words, m.name, p.name, c.created_at, c.audience, ''
                 from comment c join membership m on m.agency_id = c.agency_id and m.id = c.author_id
                 left join partner p on p.agency_id = c.agency_id and p.id = c.body_id
                 where c.agency_id = $1 and c.id = (select opened_comment())) w"#,
        agency.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}
