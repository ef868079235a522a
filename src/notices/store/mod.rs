//! Notices in the database. Row security gives each to its reader alone.

mod sending;
mod wishes;

pub(super) use sending::{Line, ToSend, collected, to_send};
pub use wishes::quiet_until;
pub(super) use wishes::{keep_wishes, wishes};

use super::model::{NOTICE, Notice, Told, Unread};
use crate::{
    mail,
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, PartnerId},
        labels::Label as _,
        paging::Paging,
        policy::Hat,
    },
};
use chrono::{DateTime, Utc};

/// So many stand on a first page.
const FEW: i64 = 5;

/// Tells members of this agency something, each once, but for whoever does it: on their first page and by letter.
///
/// # Errors
/// When the database refuses.
pub async fn tell(tx: &mut AgencyTx, to: &[MembershipId], what: &Notice) -> Result<(), Error> {
    let me = tx.standing().membership;
    let others: Vec<MembershipId> = to.iter().copied().filter(|one| Some(*one) != me).collect();
    tell_also(tx, &others, what).await
}

/// The same, and whoever does it as well: what they did came to something other than they meant.
///
/// # Errors
/// When the database refuses.
pub async fn tell_also(tx: &mut AgencyTx, to: &[MembershipId], what: &Notice) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let mut members: Vec<uuid::Uuid> = to.iter().map(|one| one.0).collect();
    members.sort_unstable();
    members.dedup();
    let ids: Vec<uuid::Uuid> = members.iter().map(|_| crate::platform::ids::fresh()).collect();
    members.iter().for_each(|member| tx.touches(*member));
    // Whether it has to be told by hand is its reader's to say: row security shows it to whoever tells them, only where it has.
    sqlx::query!(
        "with told as (
             insert into notice (agency_id, id, membership_id, kind, said, path, made_at, record_id)
             select $1, t.id, t.member, $4, $5, $6, $7, (select s.id from subject s where s.agency_id = $1 and s.id = $8)
             from unnest($2::uuid[], $3::uuid[]) as t (id, member))
         insert into told_by_hand (agency_id, notice_id, membership_id, made_at)
         select $1, t.id, t.member, $7 from unnest($2::uuid[], $3::uuid[]) as t (id, member)",
        agency.0,
        &ids,
        &members,
        what.kind,
        what.said,
        what.path,
        now,
        what.record(),
    )
    .execute(tx.conn())
    .await?;
    // The people of a demonstration get no letters.
    let demo = sqlx::query_scalar!("select is_demo from agency where id = $1", agency.0).fetch_one(tx.conn()).await?;
    if demo { Ok(()) } else { mail::enqueue_all(tx, NOTICE, &ids).await }
}

/// Tells everybody who wears one of these hats here now, but for whoever does it and the member whom it is about.
///
/// # Errors
/// When the database refuses.
pub async fn tell_hats(tx: &mut AgencyTx, hats: &[Hat], about: Option<MembershipId>, what: &Notice) -> Result<(), Error> {
    let (agency, mine) = (tx.agency(), tx.standing().account);
    let hats: Vec<String> = hats.iter().map(|hat| hat.as_str().to_owned()).collect();
    let people = sqlx::query_scalar!(
        r#"select id as "id: MembershipId" from membership
           where agency_id = $1 and role = any($2) and state = 'active' and id is distinct from $3 and account_id is distinct from $4"#,
        agency.0,
        &hats,
        about.map(|id| id.0),
        mine.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?;
    tell(tx, &people, what).await
}

/// Tells every serving steward of a body, in whichever of its entries they stand.
///
/// # Errors
/// When the database refuses.
pub async fn tell_stewards(tx: &mut AgencyTx, body: PartnerId, what: &Notice) -> Result<(), Error> {
    let agency = tx.agency();
    let stewards = sqlx::query_scalar!(
        r#"select m.id as "id: MembershipId" from membership m
           join partner e on e.agency_id = m.agency_id and e.id = m.partner_id
           join partner asked on asked.agency_id = m.agency_id and asked.id = $2
           where m.agency_id = $1 and m.steward and m.state = 'active'
             and coalesce(e.merged_into, e.id) = coalesce(asked.merged_into, asked.id)"#,
        agency.0,
        body.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tell(tx, &stewards, what).await
}

/// Tells everybody who speaks for a body today, in whichever of its entries they stand: its stewards, and whoever has a mandate that holds.
///
/// # Errors
/// When the database refuses.
pub async fn tell_voices(tx: &mut AgencyTx, body: PartnerId, what: &Notice) -> Result<(), Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let voices = sqlx::query_scalar!(
        r#"select m.id as "id: MembershipId" from membership m
           join partner e on e.agency_id = m.agency_id and e.id = m.partner_id
           join partner asked on asked.agency_id = m.agency_id and asked.id = $2
           where m.agency_id = $1 and speaks_on(m, $3) and coalesce(e.merged_into, e.id) = coalesce(asked.merged_into, asked.id)"#,
        agency.0,
        body.0,
        today,
    )
    .fetch_all(tx.conn())
    .await?;
    tell(tx, &voices, what).await
}

/// What whoever the transaction runs for has not read.
///
/// # Errors
/// When the database refuses.
pub async fn unread(tx: &mut AgencyTx) -> Result<Unread, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    let rows = sqlx::query!(
        r#"select n.id, n.said, n.path, n.made_at, count(*) over () as "all!",
                  (select s.title from subject s
                   where s.agency_id = n.agency_id and s.id = n.record_id and s.kind = 'commitment' and s.withdrawn_at is null) as about
           from notice n
           where n.agency_id = $1 and n.membership_id = $2 and n.read_at is null
           order by n.made_at desc, n.id desc limit $3"#,
        agency.0,
        me,
        FEW,
    )
    .fetch_all(tx.conn())
    .await?;
    let (all, until) = (rows.first().map_or(0, |row| row.all), rows.first().map(|row| row.made_at));
    let few = rows
        .into_iter()
        .map(|row| Told { id: row.id, said: row.said, path: row.path, made_at: row.made_at, is_read: false, about: row.about })
        .collect();
    Ok(Unread { few, all, until })
}

/// All that was told: what is unread before what was read, and of each the latest first.
pub(super) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Told>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    Ok(sqlx::query_as!(
        Told,
        r#"select n.id, n.said, n.path, n.made_at, n.read_at is not null as "is_read!",
                  (select s.title from subject s
                   where s.agency_id = n.agency_id and s.id = n.record_id and s.kind = 'commitment' and s.withdrawn_at is null) as about
           from notice n
           where n.agency_id = $1 and n.membership_id = $2
           order by n.read_at is not null, n.made_at desc, n.id desc limit $3 offset $4"#,
        agency.0,
        me,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Marks as read what was told up to a moment.
pub(super) async fn mark_read(tx: &mut AgencyTx, until: DateTime<Utc>) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), reads(tx));
    sqlx::query!(
        "with told as (
             update notice set read_at = $4 where agency_id = $1 and membership_id = $2 and read_at is null and made_at <= $3)
         update told_by_hand set read_at = $4 where agency_id = $1 and membership_id = $2 and read_at is null and made_at <= $3",
        agency.0,
        me,
        until,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Marks one as read. Answers whether it was theirs.
pub(super) async fn mark_one(tx: &mut AgencyTx, id: uuid::Uuid) -> Result<bool, Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), reads(tx));
    let read = sqlx::query_scalar!(
        r#"with told as (
             update notice set read_at = coalesce(read_at, $4) where agency_id = $1 and membership_id = $2 and id = $3 returning id),
             by_hand as (
             update told_by_hand set read_at = $4 where agency_id = $1 and membership_id = $2 and notice_id = $3 and read_at is null)
         select count(*) > 0 as "read!" from told"#,
        agency.0,
        me,
        id,
        now,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(read)
}

/// Whoever the transaction runs for has done what a page asks of them: what was said to them with that page waits no more.
///
/// # Errors
/// When the database refuses.
pub async fn done(tx: &mut AgencyTx, path: &str) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), reads(tx));
    sqlx::query!(
        "with told as (
             update notice set read_at = $4 where agency_id = $1 and membership_id = $2 and path = $3 and read_at is null returning id)
         update told_by_hand set read_at = $4
         where agency_id = $1 and membership_id = $2 and read_at is null and notice_id in (select id from told)",
        agency.0,
        me,
        path,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A page that these members were told of is not theirs to open any more: what was said with it waits no more, and leads to this one.
///
/// # Errors
/// When the database refuses.
pub async fn closed_to(tx: &mut AgencyTx, whom: &[MembershipId], path: &str, instead: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let members: Vec<uuid::Uuid> = whom.iter().map(|one| one.0).collect();
    members.iter().for_each(|member| tx.touches(*member));
    tx.as_keeper("a page that is not theirs to open any more", async |tx| {
        sqlx::query!(
            "update notice set read_at = coalesce(read_at, $5), path = $4 where agency_id = $1 and membership_id = any($2) and path = $3",
            agency.0,
            &members,
            path,
            instead,
            now,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

/// Whose notices are read: their open pages count fewer of them.
fn reads(tx: &mut AgencyTx) -> Option<uuid::Uuid> {
    let me = tx.standing().membership.map(|id| id.0);
    if let Some(me) = me {
        tx.touches(me);
    }
    me
}
