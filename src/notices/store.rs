//! Notices in the database. Row security gives each to its reader alone.

use super::model::{NOTICE, Notice, Told, Unread};
use crate::{
    mail,
    platform::{
        db::{AgencyTx, Db},
        error::Error,
        ids::{AccountId, AgencyId, MembershipId, PartnerId},
        paging::Paging,
        policy::Hat,
    },
};
use chrono::{DateTime, Duration, Utc};

/// A letter that could not go for so long goes no more: what it says stands on the first page.
const NEWS: Duration = Duration::days(3);
/// So many stand on a first page.
const FEW: i64 = 5;

/// Tells members of this agency something, each once, but for whoever does it: on their first page and by letter.
///
/// # Errors
/// When the database refuses.
pub async fn tell(tx: &mut AgencyTx, to: &[MembershipId], what: &Notice) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership);
    let mut members: Vec<uuid::Uuid> = to.iter().filter(|one| Some(**one) != me).map(|one| one.0).collect();
    members.sort_unstable();
    members.dedup();
    let ids: Vec<uuid::Uuid> = members.iter().map(|_| crate::platform::ids::fresh()).collect();
    sqlx::query!(
        "insert into notice (agency_id, id, membership_id, kind, said, path, made_at)
         select $1, t.id, t.member, $4, $5, $6, $7 from unnest($2::uuid[], $3::uuid[]) as t (id, member)",
        agency.0,
        &ids,
        &members,
        what.kind,
        what.said,
        what.path,
        now,
    )
    .execute(tx.conn())
    .await?;
    // The people of a demonstration get no letters.
    let demo = sqlx::query_scalar!("select is_demo from agency where id = $1", agency.0).fetch_one(tx.conn()).await?;
    if demo { Ok(()) } else { mail::enqueue_all(tx, NOTICE, &ids).await }
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

/// What whoever the transaction runs for has not read.
///
/// # Errors
/// When the database refuses.
pub async fn unread(tx: &mut AgencyTx) -> Result<Unread, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    let rows = sqlx::query!(
        r#"select said, path, made_at, count(*) over () as "all!" from notice
           where agency_id = $1 and membership_id = $2 and read_at is null
           order by made_at desc, id desc limit $3"#,
        agency.0,
        me,
        FEW,
    )
    .fetch_all(tx.conn())
    .await?;
    let (all, until) = (rows.first().map_or(0, |row| row.all), rows.first().map(|row| row.made_at));
    let few = rows.into_iter().map(|row| Told { said: row.said, path: row.path, made_at: row.made_at, is_read: false }).collect();
    Ok(Unread { few, all, until })
}

/// All that was told, the latest first.
pub(super) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Told>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    Ok(sqlx::query_as!(
        Told,
        r#"select said, path, made_at, read_at is not null as "is_read!" from notice
           where agency_id = $1 and membership_id = $2
           order by made_at desc, id desc limit $3 offset $4"#,
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
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|id| id.0));
    sqlx::query!(
        "update notice set read_at = $4 where agency_id = $1 and membership_id = $2 and read_at is null and made_at <= $3",
        agency.0,
        me,
        until,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What a letter says of a notice, while it is unread and its reader has an account and a place here.
#[derive(Debug)]
pub(super) struct ToSend {
    pub(super) email: String,
    pub(super) agency_name: String,
    pub(super) said: String,
    pub(super) path: String,
    /// The agency may not be named in it, nor what it is about.
    pub(super) neutral: bool,
}

/// A notice whose letter is due.
pub(super) async fn to_send(db: &Db, agency: AgencyId, id: uuid::Uuid) -> Result<Option<ToSend>, Error> {
    let mut tx = db.begin_system().await?;
    let since = tx.now() - NEWS;
    let row = sqlx::query!(
        r#"select n.said, n.path, m.id as "member: MembershipId", m.account_id as "account!: AccountId", m.lived_experience, a.email, g.name
           from notice n
           join membership m on m.agency_id = n.agency_id and m.id = n.membership_id and (m.state = 'active' or (m.state = 'suspended' and n.kind = 'membership' and n.path = '/hats'))
           join account a on a.id = m.account_id and a.closed_at is null and not a.is_demo
           join agency g on g.id = n.agency_id
           where n.agency_id = $1 and n.id = $2 and n.read_at is null and n.made_at > $3"#,
        agency.0,
        id,
        since,
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let mut neutral = false;
    if row.lived_experience {
        // Whether the agency may be named is theirs to say, and theirs to read: it is asked as the person.
        let mut own = tx.become_member(own(agency, row.account, row.member)).await?;
        let named = sqlx::query_scalar!(
            "select may_name_agency from member_identity where agency_id = $1 and membership_id = $2",
            agency.0,
            row.member.0,
        )
        .fetch_optional(own.conn())
        .await?;
        own.end().await?;
        neutral = named != Some(true);
    } else {
        tx.commit().await?;
    }
    Ok(Some(ToSend { email: row.email, agency_name: row.name, said: row.said, path: row.path, neutral }))
}

fn own(agency: AgencyId, account: AccountId, membership: MembershipId) -> crate::platform::db::Standing {
    let (zone, link, body) = (chrono_tz::Tz::UTC, None, None);
    crate::platform::db::Standing {
        agency,
        account: Some(account),
        membership: Some(membership),
        hat: Hat::Partner,
        body,
        landscape: false,
        link,
        zone,
    }
}
