//! Whose calendar an address is, and what stands in it: read under that person's own standing, as it is at this request.

use super::model::{AHEAD, BEHIND, Entry, Kept};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        db::{AgencyTx, Db, Standing},
        error::Error,
        ids::{AccountId, AgencyId, MembershipId, PartnerId},
        labels::Label as _,
        policy::{Hat, KeepOwnPage},
        session::Token,
    },
};
use chrono::{DateTime, Utc};

/// Since when the person asking has an address.
pub(super) async fn made_at(tx: &mut AgencyTx, can: &Can<KeepOwnPage>) -> Result<Option<DateTime<Utc>>, Error> {
    let agency = tx.agency();
    let row = sqlx::query_scalar!("select made_at from calendar_feed where agency_id = $1 and membership_id = $2", agency.0, can.me().0);
    Ok(row.fetch_optional(tx.conn()).await?)
}

/// Makes the address, or makes it anew: the one before opens nothing any more.
pub(super) async fn make(tx: &mut AgencyTx, can: &Can<KeepOwnPage>) -> Result<Token, Error> {
    let (agency, now, token) = (tx.agency(), tx.now(), Token::fresh());
    sqlx::query!(
        "insert into calendar_feed (agency_id, membership_id, token_hash, made_at) values ($1, $2, $3, $4)
         on conflict (agency_id, membership_id) do update set token_hash = excluded.token_hash, made_at = excluded.made_at",
        agency.0,
        can.me().0,
        &token.hash(),
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("address made", "own calendar").for_oneself()).await?;
    Ok(token)
}

/// Ends it.
pub(super) async fn end(tx: &mut AgencyTx, can: &Can<KeepOwnPage>) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("delete from calendar_feed where agency_id = $1 and membership_id = $2", agency.0, can.me().0).execute(tx.conn()).await?;
    audit::record(tx, Change::about("address ended", "own calendar").for_oneself()).await
}

/// On whose behalf whoever holds this address reads: the member as they are now, while they are one. `demo`: also one of the
/// demonstration's people.
pub(super) async fn reader(db: &Db, slug: &str, token: &Token, demo: bool) -> Result<Option<Standing>, Error> {
    let mut tx = db.begin_system().await?;
    let row = sqlx::query!(
        r#"select g.id as "agency: AgencyId", g.zone, m.id as "member: MembershipId", m.role, m.steward, m.partner_id as "body: PartnerId",
                  a.id as "account: AccountId"
           from agency g
           join calendar_feed f on f.agency_id = g.id and f.token_hash = $2
           join membership m on m.agency_id = f.agency_id and m.id = f.membership_id and m.state = 'active'
           join account a on a.id = m.account_id and a.closed_at is null and (not a.is_demo or $3)
           where g.slug = $1"#,
        slug,
        &token.hash(),
        demo,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.and_then(|row| {
        let hat = Hat::parse(&row.role)?;
        Some(Standing {
            agency: row.agency,
            account: Some(row.account),
            membership: Some(row.member),
            hat: if hat == Hat::Partner && row.steward { Hat::Steward } else { hat },
            body: row.body,
            landscape: false,
            link: None,
            zone: row.zone.parse().unwrap_or(chrono_tz::Tz::UTC),
        })
    }))
}

/// Sessions that are theirs to come to, meetings of their groups and open ones, and what they promised that is due.
pub(super) async fn entries(tx: &mut AgencyTx) -> Result<Vec<Entry>, Error> {
    let (agency, standing, now) = (tx.agency(), *tx.standing(), tx.now());
    Ok(sqlx::query_as!(
        Entry,
        r#"select e.id as "id!", e.kept as "kept!: Kept", e.starts_at, e.due_on, e.minutes as "minutes!", e.zone as "zone!", e.place as "place!",
                  e.sequence as "sequence!", e.told_at as "told_at!", e.off as "off!"
           from (
               select l.id, 'meeting' as kept, l.starts_at, null::date as due_on, l.minutes, l.zone, l.place, l.sequence,
                      coalesce(l.told_at, l.created_at) as told_at, l.state = 'cancelled' as off
               from listening_session l
               where l.agency_id = $1 and l.starts_at between $4 and $5
                 and (exists (select 1 from session_duty d where d.agency_id = l.agency_id and d.session_id = l.id and d.membership_id = $2)
                      or l.created_by = $2 and $6
                      or l.state <> 'planned' and (l.cohost_id = $3
                           or exists (select 1 from session_invited v where v.agency_id = l.agency_id and v.session_id = l.id and v.partner_id = $3)
                           or exists (select 1 from session_invitee i where i.agency_id = l.agency_id and i.session_id = l.id and i.membership_id = $2
                                      and i.answer is distinct from 'not_coming')))
               union all
               select m.id, 'meeting', m.starts_at, null, m.minutes, m.zone, m.place, m.sequence, m.told_at, m.state = 'cancelled'
               from meeting m
               where m.agency_id = $1 and m.starts_at between $4 and $5
                 and (m.group_id is null or $6 or sits_in(m.group_id, (m.starts_at at time zone m.zone)::date))
               union all
               select c.id, 'due', null, c.due_on, 0, '', '', c.version, coalesce(c.reported_at, c.created_at), c.state = 'released'
               from commitment c
               where c.agency_id = $1 and c.state in ('open', 'returned', 'released') and c.due_on between ($4 at time zone $7)::date and ($5 at time zone $7)::date
                 and (coalesce(c.delegate_id, c.promised_by) = $2 or c.promiser_partner_id = $3 or c.partner_owner_id = $3)
           ) e
           order by coalesce(e.starts_at, e.due_on::timestamp at time zone $7), e.id
           limit 500"#,
        agency.0,
        standing.membership.map(|id| id.0),
        standing.body.map(|id| id.0),
        now - BEHIND,
        now + AHEAD,
        matches!(standing.hat, Hat::Director | Hat::Staff),
        tx.zone(),
    )
    .fetch_all(tx.conn())
    .await?)
}
