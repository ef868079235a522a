//! What is read of promises. Row security decides which there are.

use super::super::{
    model::{Commitment, Listed, Me, Side, State, Tally},
    sides::Sides,
};
use crate::platform::{
    db::AgencyTx,
    error::Error,
    form::Choice,
    ids::{AccountId, MembershipId, PartnerId, SubjectId},
    subject::{self, Audience, Subject},
    words,
};
use chrono::NaiveDate;
use serde::Deserialize;

/// What a list is narrowed to; empty texts narrow nothing.
#[derive(Debug, Default)]
pub(in super::super) struct Narrowed<'a> {
    pub(in super::super) show: &'a str,
    pub(in super::super) words: &'a str,
    pub(in super::super) plan: Option<SubjectId>,
    /// The body that promises, is promised or carries it.
    pub(in super::super) partner: Option<PartnerId>,
    /// Who of the agency promised it or carries it.
    pub(in super::super) owner: Option<MembershipId>,
    /// `new` or `who`; anything else is by day.
    pub(in super::super) sort: &'a str,
    /// With how promises are kept.
    pub(in super::super) tallied: bool,
}

/// How one side keeps its promises, as counted.
#[derive(Debug, Deserialize)]
struct Counted {
    whose: usize,
    all: i64,
    kept: i64,
    late: i64,
    waiting: i64,
    delegated: i64,
}

impl Counted {
    const WHOSE: [&str; 4] = ["Your own", "The director’s own", "The agency’s others", "The partners’"];

    fn told(&self) -> Tally {
        let whose = Self::WHOSE.get(self.whose).copied().unwrap_or_default();
        Tally { whose, all: self.all, kept: self.kept, late: self.late, waiting: self.waiting, delegated: self.delegated }
    }
}

/// What is still to be done first, by its day; then what is over, the latest first. In the same query, when asked for, how
/// promises are kept, as far as this person sees them: their own where they answer for the agency, the director’s, the agency’s
/// others, the partners’.
pub(in super::super) async fn list(
    tx: &mut AgencyTx,
    narrowed: &Narrowed<'_>,
    today: NaiveDate,
    (limit, offset): (i64, i64),
) -> Result<(Vec<Listed>, Vec<Tally>), Error> {
    let (agency, standing) = (tx.agency(), *tx.standing());
    let rows = sqlx::query!(
        r#"select n.tally as "tally?", q.id as "id?: SubjectId", q.what as "what?", q.side as "side?: Side", q.due_on as "due_on?", q.state as "state?: State",
                  q.by as "by?", q.to as "to?", q.partner_owner as "partner_owner?", q.delegate as "delegate?", q.plan as "plan?",
                  q.wanted as "wanted?"
           from (select case when $13 then (
                     select jsonb_agg(t order by t.whose) from (
                         select case when c.side = 'partner' then 3 when c.promised_by = $6 then 0 when m.role = 'director' then 1 else 2 end as whose,
                                count(*) as all, count(*) filter (where c.state = 'confirmed') as kept,
                                count(*) filter (where c.state in ('open', 'returned') and c.due_on < $10) as late,
                                count(*) filter (where c.state = 'reported') as waiting,
                                count(*) filter (where c.delegate_id is not null) as delegated
                         from commitment c
                         left join membership m on m.agency_id = c.agency_id and m.id = c.promised_by
                         where c.agency_id = $1 and c.state not in ('told', 'released')
                         group by 1) t) end as tally) n
           left join lateral (
               select c.id, c.what, c.side, c.due_on, promise_state(c) as state,
                  coalesce(c.state = 'reported' and (c.promised_to = $6 or c.promised_to_partner_id = $7) and wants_my_word(c, $10)
                      or wants_my_promise(c, $10), false) as wanted,
                  coalesce((select p.name from partner p where p.agency_id = c.agency_id and p.id = c.promiser_partner_id),
                           (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.promised_by), '') as by,
                  coalesce((select p.name from partner p where p.agency_id = c.agency_id and p.id = c.promised_to_partner_id),
                           (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.promised_to), '') as to,
                  (select p.name from partner p where p.agency_id = c.agency_id and p.id = c.partner_owner_id) as partner_owner,
                  (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.delegate_id) as delegate,
                  (select s.title from subject s where s.agency_id = c.agency_id and s.id = c.plan_id) as plan,
                  row_number() over (order by case when $4 = 'new' then c.created_at end desc,
                      case when $4 = 'who' then coalesce((select p.sort_name from partner p where p.agency_id = c.agency_id and p.id = c.promiser_partner_id),
                          (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.promised_by)) end,
                      case when c.state in ('open', 'returned') then 0 when c.state in ('told', 'reported') then 1 else 2 end,
                      case when c.state not in ('confirmed', 'released') then c.due_on end, c.due_on desc, c.id) as place
               from commitment c
               where c.agency_id = $1
                 and ($2::uuid is null or c.plan_id = $2)
                 and ($3 = '' or position(lower($3) in lower(c.what)) > 0)
                 and ($14::uuid is null or $14 in (c.promiser_partner_id, c.promised_to_partner_id, c.partner_owner_id))
                 and ($9::uuid is null or $9 in (c.promised_by, c.delegate_id))
                 and case $5
                     when 'mine' then c.promised_by = $6 or c.delegate_id = $6 or c.promiser_partner_id = $7
                     when 'to_us' then c.promised_to = $6 or c.promised_to_partner_id = $7 or ($8 and c.side = 'partner')
                     when 'my_word' then (c.state = 'reported' and (c.promised_to = $6 or c.promised_to_partner_id = $7) and wants_my_word(c, $10))
                         or wants_my_promise(c, $10)
                     when 'late' then c.state in ('open', 'returned') and c.due_on < $10
                     when 'waiting' then c.state = 'reported'
                     when 'kept' then c.state = 'confirmed'
                     else true end
               order by place
               limit $11 offset $12) q on true
           order by q.place"#,
        agency.0,
        narrowed.plan.map(|id| id.0),
        narrowed.words.trim(),
        narrowed.sort,
        narrowed.show,
        standing.membership.map(|id| id.0),
        standing.body.map(|id| id.0),
        standing.hat.is_agency_side(),
        narrowed.owner.map(|id| id.0),
        today,
        limit,
        offset,
        narrowed.tallied,
        narrowed.partner.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?;
    let counted = rows.first().and_then(|row| serde_json::from_value::<Vec<Counted>>(row.tally.clone()?).ok());
    let tally = counted.unwrap_or_default().iter().map(Counted::told).collect();
    let listed = rows.into_iter().filter_map(|row| {
        Some(Listed {
            id: row.id?,
            what: row.what?,
            side: row.side?,
            by: row.by?,
            to: row.to?,
            partner_owner: row.partner_owner,
            delegate: row.delegate,
            due_on: row.due_on?,
            state: row.state?,
            plan: row.plan,
            wanted: row.wanted?,
        })
    });
    Ok((listed.collect(), tally))
}

/// The steps of a plan.
///
/// # Errors
/// When the database refuses.
pub async fn steps(tx: &mut AgencyTx, plan: SubjectId, today: NaiveDate) -> Result<Vec<Listed>, Error> {
    Ok(list(tx, &Narrowed { plan: Some(plan), ..Narrowed::default() }, today, (200, 0)).await?.0)
}

/// Who can own something or promise it, on either side. A person without a body is called by name only for those whom they
/// told it.
///
/// # Errors
/// When the database refuses.
pub async fn sides(tx: &mut AgencyTx) -> Result<Sides, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select 0 as "list!", m.id as "id!", m.name || ', ' || m.role as "label!", 0 as "first!", m.name as "sort!", null::timestamptz as "since?"
           from membership m where m.agency_id = $1 and m.role in ('director', 'staff') and m.state = 'active'
           union all
           select 1, p.id, p.name, case when p.is_tribe then 0 else 1 end, p.sort_name, null
           from partner p where p.agency_id = $1 and p.merged_into is null
           union all
           select 2, m.id, coalesce(i.name, m.name), case when i.name is null then 1 else 0 end, coalesce(i.name, m.name),
                  case when i.name is null then m.created_at end
           from membership m
           left join member_identity i on i.agency_id = m.agency_id and i.membership_id = m.id
           where m.agency_id = $1 and m.role = 'partner' and m.partner_id is null and m.state = 'active'
           order by 1, 4, 5, 2"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let mut sides = Sides::default();
    for row in rows {
        // Whoever has not told this person their name is told apart by when they came, and by nothing else.
        let label = row.since.map_or_else(|| row.label.clone(), |at| format!("{}, here since {}", row.label, words::day(tx.day(at))));
        let choice = Choice::new(row.id.to_string(), label);
        match row.list {
            0 => sides.agency.push(choice),
            1 => sides.partners.push(choice),
            _ => sides.people.push(choice),
        }
    }
    Ok(sides)
}

/// The person who asks, with whether they speak for their body today, and may bind it.
pub(in super::super) async fn me(tx: &mut AgencyTx, today: NaiveDate) -> Result<Me, Error> {
    let standing = *tx.standing();
    let membership = standing.membership.unwrap_or(MembershipId(uuid::Uuid::nil()));
    let may = sqlx::query!(r#"select speaks_for_body($1) as "speaks!", binds_body($1) as "binds!""#, today).fetch_one(tx.conn()).await?;
    Ok(Me { membership, account: standing.account, hat: standing.hat, body: standing.body, speaks: may.speaks, binds: may.binds })
}

/// One promise.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Commitment>, Error> {
    let (agency, today) = (tx.agency(), tx.today());
    Ok(sqlx::query_as!(
        Commitment,
        r#"select c.id as "id: SubjectId", c.what, c.side as "side: Side", c.promised_by as "promised_by: MembershipId",
                  giver.account_id as "promiser_account?: AccountId", c.promiser_partner_id as "promiser_body: PartnerId",
                  case when c.promiser_partner_id is null then coalesce(giver.name, '')
                       else (select p.name from partner p where p.agency_id = c.agency_id and p.id = c.promiser_partner_id) end as "by!",
                  c.promised_to as "promised_to: MembershipId", c.promised_to_partner_id as "promised_to_body: PartnerId",
                  coalesce((select p.name from partner p where p.agency_id = c.agency_id and p.id = c.promised_to_partner_id),
                           (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.promised_to), '') as "to!",
                  exists (select 1 from membership m where m.agency_id = c.agency_id and m.id = c.promised_to and m.state = 'ended') as "promised_to_left!",
                  (select p.name from partner p where p.agency_id = c.agency_id and p.id = c.partner_owner_id) as partner_owner,
                  c.delegate_id as "delegate_id: MembershipId",
                  (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.delegate_id) as delegate,
                  (select m.name from membership m where m.agency_id = c.agency_id and m.id = deputy_of(coalesce(c.delegate_id, c.promised_by), $3)) as deputy,
                  c.delegate_asked as "asked_id: MembershipId",
                  (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.delegate_asked) as asked,
                  c.due_on, promise_state(c) as "state!: State", c.evidence, c.evidence_link, c.reported_at, teller.name as "reported_by?",
                  teller.account_id as "reporter_account?: AccountId", c.confirmed_at,
                  (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.confirmed_by) as confirmed_by,
                  coalesce((select m.name from membership m where m.agency_id = c.agency_id and m.id = c.created_by), '') as "written_by!",
                  c.created_at, s.audience as "audience: Audience", c.version
           from commitment c
           join subject s on s.agency_id = c.agency_id and s.id = c.id
           left join membership giver on giver.agency_id = c.agency_id and giver.id = c.promised_by
           left join membership teller on teller.agency_id = c.agency_id and teller.id = c.reported_by
           where c.agency_id = $1 and c.id = $2"#,
        agency.0,
        id.0,
        today,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The record that a new promise comes with, if it is there for this person.
pub(in super::super) async fn record(tx: &mut AgencyTx, id: Option<SubjectId>) -> Result<Option<Subject>, Error> {
    match id {
        Some(id) => Ok(Some(subject::find(tx, id).await?.ok_or(Error::NotFound)?)),
        None => Ok(None),
    }
}
