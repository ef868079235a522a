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
    policy::Hat,
    subject::{self, Audience, Subject},
};
use chrono::{Days, NaiveDate};

/// What a list is narrowed to; empty texts narrow nothing.
#[derive(Debug, Default)]
pub(in super::super) struct Narrowed<'a> {
    pub(in super::super) show: &'a str,
    pub(in super::super) words: &'a str,
    pub(in super::super) plan: Option<SubjectId>,
    /// Only what is due by this day or before.
    pub(in super::super) until: Option<NaiveDate>,
}

/// What is still to be done first, by its day; then what is over, the latest first.
pub(in super::super) async fn list(
    tx: &mut AgencyTx,
    narrowed: &Narrowed<'_>,
    today: NaiveDate,
    (limit, offset): (i64, i64),
) -> Result<Vec<Listed>, Error> {
    let (agency, me) = (tx.agency(), me(tx, today).await?);
    Ok(sqlx::query_as!(
        Listed,
        r#"select c.id as "id: SubjectId", c.what, c.side as "side: Side", c.due_on, c.state as "state: State",
                  coalesce((select p.name from partner p where p.agency_id = c.agency_id and p.id = c.promiser_partner_id),
                           (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.promised_by), '') as "by!",
                  coalesce((select p.name from partner p where p.agency_id = c.agency_id and p.id = c.promised_to_partner_id),
                           (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.promised_to), '') as "to!",
                  (select p.name from partner p where p.agency_id = c.agency_id and p.id = c.partner_owner_id) as partner_owner,
                  (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.delegate_id) as delegate,
                  (select s.title from subject s where s.agency_id = c.agency_id and s.id = c.plan_id) as plan
           from commitment c
           where c.agency_id = $1
             and ($2::uuid is null or c.plan_id = $2)
             and ($3 = '' or position(lower($3) in lower(c.what)) > 0)
             and ($4::date is null or (c.due_on <= $4 and c.state in ('open', 'returned')))
             and case $5
                 when 'mine' then c.promised_by = $6 or c.delegate_id = $6 or c.promiser_partner_id = $7
                 when 'to_us' then c.promised_to = $6 or c.promised_to_partner_id = $7 or ($8 and c.side = 'partner')
                 when 'my_word' then c.state = 'reported' and (c.promised_to = $6 or ($9 and c.promised_to_partner_id = $7))
                 when 'late' then c.state in ('open', 'returned') and c.due_on < $10
                 when 'waiting' then c.state = 'reported'
                 when 'kept' then c.state = 'confirmed'
                 else true end
           order by case when c.state in ('open', 'returned') then 0 when c.state = 'reported' then 1 else 2 end, case when c.state not in ('confirmed', 'released') then c.due_on end, c.due_on desc, c.id
           limit $11 offset $12"#,
        agency.0,
        narrowed.plan.map(|id| id.0),
        narrowed.words.trim(),
        narrowed.until,
        narrowed.show,
        me.membership.0,
        me.body.map(|id| id.0),
        me.hat.is_agency_side(),
        me.speaks,
        today,
        limit,
        offset,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What this person promised or carries for somebody, that is late or due within two weeks.
///
/// # Errors
/// When the database refuses.
pub async fn due(tx: &mut AgencyTx, today: NaiveDate) -> Result<Vec<Listed>, Error> {
    let until = today.checked_add_days(Days::new(14));
    list(tx, &Narrowed { show: "mine", until, ..Narrowed::default() }, today, (20, 0)).await
}

/// What was promised to this person, or to the body they speak for, and is reported done.
///
/// # Errors
/// When the database refuses.
pub async fn waiting_for_my_word(tx: &mut AgencyTx, today: NaiveDate) -> Result<Vec<Listed>, Error> {
    list(tx, &Narrowed { show: "my_word", ..Narrowed::default() }, today, (20, 0)).await
}

/// The steps of a plan.
///
/// # Errors
/// When the database refuses.
pub async fn steps(tx: &mut AgencyTx, plan: SubjectId, today: NaiveDate) -> Result<Vec<Listed>, Error> {
    list(tx, &Narrowed { plan: Some(plan), ..Narrowed::default() }, today, (200, 0)).await
}

/// How promises are kept, as far as this person sees them: the director’s own, the agency’s others, the partners’.
///
/// # Errors
/// When the database refuses.
pub async fn tally(tx: &mut AgencyTx, today: NaiveDate) -> Result<Vec<Tally>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select case when c.side = 'partner' then 2 when m.role = 'director' then 0 else 1 end as "whose!",
                  count(*) as "all!", count(*) filter (where c.state = 'confirmed') as "kept!",
                  count(*) filter (where c.state in ('open', 'returned') and c.due_on < $2) as "late!",
                  count(*) filter (where c.state = 'reported') as "waiting!",
                  count(*) filter (where c.delegate_id is not null) as "delegated!"
           from commitment c
           left join membership m on m.agency_id = c.agency_id and m.id = c.promised_by
           where c.agency_id = $1 and c.state <> 'released'
           group by 1 order by 1"#,
        agency.0,
        today,
    )
    .fetch_all(tx.conn())
    .await?;
    let whose = |number: i32| match number {
        0 => "The director’s own",
        1 => "The agency’s others",
        _ => "The partners’",
    };
    Ok(rows
        .into_iter()
        .map(|row| Tally {
            whose: whose(row.whose),
            all: row.all,
            kept: row.kept,
            late: row.late,
            waiting: row.waiting,
            delegated: row.delegated,
        })
        .collect())
}

/// Who can own something or promise it, on either side.
///
/// # Errors
/// When the database refuses.
pub async fn sides(tx: &mut AgencyTx) -> Result<Sides, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select 0 as "list!", m.id as "id!", m.name || ', ' || m.role as "label!", 0 as "first!", m.name as "sort!"
           from membership m where m.agency_id = $1 and m.role in ('director', 'staff') and m.state = 'active'
           union all
           select 1, p.id, p.name, case when p.is_tribe then 0 else 1 end, p.sort_name
           from partner p where p.agency_id = $1 and p.merged_into is null
           union all
           select 2, m.id, m.name, 0, m.name
           from membership m where m.agency_id = $1 and m.role = 'partner' and m.partner_id is null and m.state = 'active'
           order by 1, 4, 5, 2"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let mut sides = Sides::default();
    for row in rows {
        let choice = Choice::new(row.id.to_string(), row.label);
        match row.list {
            0 => sides.agency.push(choice),
            1 => sides.partners.push(choice),
            _ => sides.people.push(choice),
        }
    }
    Ok(sides)
}

/// The person who asks, with whether they speak for their body today.
pub(in super::super) async fn me(tx: &mut AgencyTx, today: NaiveDate) -> Result<Me, Error> {
    let standing = *tx.standing();
    let membership = standing.membership.unwrap_or(MembershipId(uuid::Uuid::nil()));
    let speaks = sqlx::query_scalar!(
        r#"select (steward or (speaks and coalesce(mandate_from <= $3, true) and coalesce(mandate_until >= $3, true))) as "speaks!"
           from membership where agency_id = $1 and id = $2"#,
        standing.agency.0,
        membership.0,
        today,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(Me {
        membership,
        account: standing.account,
        hat: standing.hat,
        body: standing.body,
        speaks: standing.hat == Hat::Steward || (standing.body.is_some() && speaks.unwrap_or(false)),
    })
}

/// One promise.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Commitment>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Commitment,
        r#"select c.id as "id: SubjectId", c.what, c.side as "side: Side", c.promised_by as "promised_by: MembershipId",
                  giver.account_id as "promiser_account?: AccountId", c.promiser_partner_id as "promiser_body: PartnerId",
                  case when c.promiser_partner_id is null then coalesce(giver.name, '')
                       else (select p.name from partner p where p.agency_id = c.agency_id and p.id = c.promiser_partner_id) end as "by!",
                  c.promised_to as "promised_to: MembershipId", c.promised_to_partner_id as "promised_to_body: PartnerId",
                  coalesce((select p.name from partner p where p.agency_id = c.agency_id and p.id = c.promised_to_partner_id),
                           (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.promised_to), '') as "to!",
                  (select p.name from partner p where p.agency_id = c.agency_id and p.id = c.partner_owner_id) as partner_owner,
                  c.delegate_id as "delegate_id: MembershipId",
                  (select m.name from membership m where m.agency_id = c.agency_id and m.id = c.delegate_id) as delegate,
                  c.due_on, c.state as "state: State", c.evidence, c.reported_at, teller.name as "reported_by?",
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
