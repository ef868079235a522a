//! Reading obstacles.

use super::super::model::{Kind, Listed, Obstacle, State};
use crate::{
    commitments::{self, Side, Sides},
    platform::{
        db::AgencyTx,
        error::Error,
        form::Choice,
        ids::{MembershipId, PartnerId, SubjectId},
        paging::Paging,
        policy::Hat,
        subject::Audience,
    },
};
use chrono::NaiveDate;

/// What a list is narrowed to; empty texts narrow nothing.
#[derive(Debug)]
pub(in super::super) struct Narrowed<'a> {
    pub(in super::super) words: &'a str,
    pub(in super::super) kind: &'a str,
    /// A state, or `runs` for what somebody works on, or `due` for what is to be looked at today.
    pub(in super::super) state: &'a str,
    pub(in super::super) side: &'a str,
    pub(in super::super) partner: Option<PartnerId>,
    /// `new` or `old`; anything else is by what is due first.
    pub(in super::super) sort: &'a str,
    pub(in super::super) today: NaiveDate,
}

/// A page of the list: what is due first, then what is settled.
pub(in super::super) async fn list(tx: &mut AgencyTx, narrowed: &Narrowed<'_>, paging: Paging) -> Result<Vec<Listed>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query_as!(
        Listed,
        r#"select o.id as "id: SubjectId", s.title, o.kind as "kind: Kind", o.state as "state: State", o.side as "side: Side",
                  (select p.name from partner p where p.agency_id = o.agency_id and p.id = o.partner_id) as partner,
                  coalesce((select case when m.lived_experience then 'community member' else m.name end from membership m
                            where m.agency_id = o.agency_id and m.id = o.owner_id),
                           (select p.name from partner p where p.agency_id = o.agency_id and p.id = o.owner_partner_id)) as owner,
                  o.next_step, o.next_on, o.review_on, o.reopened
           from obstacle o
           join subject s on s.agency_id = o.agency_id and s.id = o.id
           where o.agency_id = $1
             and ($2 = '' or position(lower($2) in lower(s.title)) > 0)
             and ($3 = '' or o.kind = $3)
             and ($4 = '' or o.state = $4 or $4 = 'runs' and o.state in ('open', 'easing')
                  or $4 = 'due' and o.state in ('open', 'easing') and least(o.next_on, o.review_on) <= $8)
             and ($5 = '' or o.side = $5)
             and ($6::uuid is null or o.partner_id = $6)
           order by case when $7 = 'new' then o.created_at end desc, case when $7 = 'old' then o.created_at end,
                    case o.state when 'open' then 0 when 'easing' then 0 when 'settled' then 1 else 2 end,
                    least(o.next_on, o.review_on), o.created_at desc, o.id
           limit $9 offset $10"#,
        agency.0,
        narrowed.words.trim(),
        narrowed.kind,
        narrowed.state,
        narrowed.side,
        narrowed.partner.map(|id| id.0),
        narrowed.sort,
        narrowed.today,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?;
    // A title is words of whoever raised it.
    tx.shows(rows.iter().filter(|row| row.state != State::Withdrawn).map(|row| row.id));
    Ok(rows)
}

/// One obstacle, with what the reader is to it.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Obstacle>, Error> {
    let (agency, standing) = (tx.agency(), *tx.standing());
    let row = sqlx::query!(
        r#"select o.kind as "kind: Kind", o.name, o.description, o.side as "side: Side", o.raised_by as "raised_by: MembershipId",
                  case when m.lived_experience then 'community member' else m.name end as "raiser!", o.partner_id as "partner_id: PartnerId",
                  (select p.name from partner p where p.agency_id = o.agency_id and p.id = o.partner_id) as partner,
                  o.agency_can, o.agency_cannot, o.partner_can, o.partner_cannot, o.owner_id as "owner_id: MembershipId",
                  o.owner_partner_id as "owner_partner_id: PartnerId",
                  coalesce((select case when w.lived_experience then 'community member' else w.name end from membership w
                            where w.agency_id = o.agency_id and w.id = o.owner_id),
                           (select p.name from partner p where p.agency_id = o.agency_id and p.id = o.owner_partner_id)) as owner,
                  o.next_step, o.next_on, o.review_on, o.state as "state: State", o.reopened, s.audience as "audience: Audience", o.version,
                  o.created_at, side_of_obstacle(o) as "my_side: Side"
           from obstacle o
           join subject s on s.agency_id = o.agency_id and s.id = o.id
           join membership m on m.agency_id = o.agency_id and m.id = o.raised_by
           where o.agency_id = $1 and o.id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.shows(row.iter().filter(|row| row.name.is_some()).map(|_| id));
    Ok(row.map(|row| Obstacle {
        id,
        mine: standing.membership == Some(row.raised_by),
        stewarded: standing.hat == Hat::Steward && row.side == Side::Partner && row.partner_id.is_some() && row.partner_id == standing.body,
        kind: row.kind,
        name: row.name,
        description: row.description,
        side: row.side,
        raised_by: row.raised_by,
        raiser: row.raiser,
        partner_id: row.partner_id,
        partner: row.partner,
        agency_can: row.agency_can,
        agency_cannot: row.agency_cannot,
        partner_can: row.partner_can,
        partner_cannot: row.partner_cannot,
        owner_id: row.owner_id,
        owner_partner_id: row.owner_partner_id,
        owner: row.owner,
        next_step: row.next_step,
        next_on: row.next_on,
        review_on: row.review_on,
        state: row.state,
        reopened: row.reopened,
        audience: row.audience,
        version: row.version,
        created_at: row.created_at,
        my_side: row.my_side,
    }))
}

/// Who can own the next step: the agency's people, and the other side of this obstacle.
pub(in super::super) async fn owners(tx: &mut AgencyTx, one: &Obstacle) -> Result<Sides, Error> {
    let mut sides = commitments::sides(tx).await?;
    let (body, raiser) = (one.partner_id.map(|id| id.to_string()), one.raised_by.to_string());
    sides.partners.retain(|choice| Some(choice.value.as_ref()) == body.as_deref());
    sides.people.retain(|choice| body.is_none() && choice.value == raiser);
    Ok(sides)
}

/// The partners with whom something can be hard, Tribal governments first.
pub(in super::super) async fn partner_choices(tx: &mut AgencyTx) -> Result<Vec<Choice>, Error> {
    Ok(commitments::sides(tx).await?.partners)
}

/// What a partner is called, for a list that is narrowed to it.
pub(in super::super) async fn partner_named(tx: &mut AgencyTx, id: Option<PartnerId>) -> Result<Option<String>, Error> {
    let Some(id) = id else { return Ok(None) };
    let agency = tx.agency();
    let name = sqlx::query_scalar!("select name from partner where agency_id = $1 and id = $2", agency.0, id.0);
    Ok(name.fetch_optional(tx.conn()).await?)
}
