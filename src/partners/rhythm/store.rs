//! Rhythms in the database.

use super::model::{Due, Kept};
use crate::{
    notices::{self, Notice},
    partners::{model::Rhythm, paths},
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, PartnerId},
        paging::Paging,
    },
};

/// Relationships with a rhythm: the reader’s own, then the director’s, then the others, the earliest date first.
pub(super) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Kept>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    Ok(sqlx::query_as!(
        Kept,
        r#"select p.id as "partner: PartnerId", p.name, p.rhythm as "rhythm!: Rhythm", p.rhythm_next as next,
                  (select max(o.held_on) from outreach o where o.agency_id = p.agency_id and o.partner_id = p.id) as last,
                  m.name as "keeper?", coalesce(p.keeper_id = $2, false) as "mine!", p.agenda_ours, p.agenda_theirs
           from partner p
           left join membership m on m.agency_id = p.agency_id and m.id = p.keeper_id
           where p.agency_id = $1 and p.rhythm is not null and p.merged_into is null and p.stage not in ('paused', 'ended')
           order by coalesce(p.keeper_id = $2, false) desc, coalesce(m.role = 'director', false) desc, p.rhythm_next nulls first, p.sort_name, p.id
           limit $3 offset $4"#,
        agency.0,
        me,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Reminds of every date that comes near or has passed, each keeper once. For the keeper.
pub(super) async fn remind(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let due = sqlx::query_as!(
        Due,
        r#"with told as (
               insert into rhythm_told (agency_id, partner_id, keeper_id, about_on, sort)
               select p.agency_id, p.id, p.keeper_id, p.rhythm_next, case when p.rhythm_next < $2 then 'over' else 'ahead' end
               from partner p join membership m on m.agency_id = p.agency_id and m.id = p.keeper_id and m.state = 'active'
               where p.agency_id = $1 and p.merged_into is null and p.rhythm is not null and p.stage not in ('paused', 'ended')
                 and p.rhythm_next <= $2 + case when p.rhythm = 'week' then 1 else 7 end
               order by p.rhythm_next, p.id limit 500
               on conflict do nothing
               returning partner_id, keeper_id, about_on, sort)
           select t.partner_id as "partner!: PartnerId", p.name, t.keeper_id as "keeper!: MembershipId",
                  deputy_of(t.keeper_id, $2) as "deputy: MembershipId", t.about_on as "on!", t.sort = 'over' as "over!", g.slug
           from told t
           join partner p on p.agency_id = $1 and p.id = t.partner_id
           join agency g on g.id = $1
           order by t.about_on, p.sort_name, p.id"#,
        agency.0,
        today,
    )
    .fetch_all(tx.conn())
    .await?;
    for one in due {
        let notice = Notice { kind: "rhythm", said: one.said(), path: paths::partner(&one.slug, one.partner) };
        notices::tell(tx, &[one.deputy.unwrap_or(one.keeper)], &notice).await?;
    }
    Ok(())
}
