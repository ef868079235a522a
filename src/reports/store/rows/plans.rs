//! Rows of action plans, of what they stand on and of their progress.

use super::{Ask, Batch, Key, PAGE, no_consent, number_of};
use crate::platform::{db::AgencyTx, error::Error, sheet::Cell};

pub(super) async fn plans(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select n.id, n.name, n.purpose, n.resources, n.state, g.percent as "percent?", g.created_at as "progress_at?", n.outcome, n.created_at,
                  s.audience, c.steps as "steps!", c.confirmed as "confirmed!", c.late as "late!",
                  (select string_agg(b.id::text, ' ' order by b.id) from edge e join barrier b on b.agency_id = e.agency_id and b.id = e.to_id
                   where e.agency_id = n.agency_id and e.from_id = n.id and e.kind = 'addresses') as barriers,
                  (select string_agg(b.id::text, ' ' order by b.id) from edge e join goal b on b.agency_id = e.agency_id and b.id = e.to_id
                   where e.agency_id = n.agency_id and e.from_id = n.id and e.kind = 'serves') as goals
           from plan n
           join subject s on s.agency_id = n.agency_id and s.id = n.id
           left join lateral (
               select r.percent, r.created_at from plan_progress r where r.agency_id = n.agency_id and r.plan_id = n.id
               order by r.created_at desc, r.id desc limit 1) g on true
           left join lateral (
               select count(*) filter (where promise_state(m) not in ('told', 'not_promised')) as steps, count(*) filter (where m.state = 'confirmed') as confirmed,
                      count(*) filter (where m.state in ('open', 'returned') and m.due_on < $6) as late
               from commitment m where m.agency_id = n.agency_id and m.plan_id = n.id) c on true
           where n.agency_id = $1 and n.id > $2
             and ($3 = '' or n.state = $3)
             and ($4::timestamptz is null or n.created_at >= $4)
             and ($5::timestamptz is null or n.created_at < $5)
           order by n.id
           limit $7"#,
        agency.0,
        after.id,
        ask.filters.state,
        ask.from(),
        ask.before(),
        ask.today,
        PAGE as i64,
    )
    .fetch_all(tx.conn())
    .await?;
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        vec![
            row.id.to_string().into(),
            row.name.into(),
            row.purpose.into(),
            row.resources.into(),
            row.state.into(),
            Cell::of(row.percent.map(i64::from)),
            ask.day_of(row.progress_at),
            row.outcome.into(),
            Cell::of(row.barriers),
            Cell::of(row.goals),
            row.steps.into(),
            row.confirmed.into(),
            row.late.into(),
            ask.day(row.created_at),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}

/// What plans stand on: visible where the plan is.
pub(super) async fn means(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select m.id, m.plan_id, n.name as plan, case when m.partner_id is null then 'agency' else 'partner' end as "side!", m.partner_id,
                  p.name as "partner?", m.kind, m.what, m.gain, m.created_at, s.audience
           from plan_means m
           join plan n on n.agency_id = m.agency_id and n.id = m.plan_id
           join subject s on s.agency_id = m.agency_id and s.id = m.plan_id
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.agency_id = $1 and m.id > $2
             and ($3 = '' or m.kind = $3)
             and ($4::timestamptz is null or m.created_at >= $4)
             and ($5::timestamptz is null or m.created_at < $5)
           order by m.id
           limit $6"#,
        agency.0,
        after.id,
        ask.filters.state,
        ask.from(),
        ask.before(),
        PAGE as i64,
    )
    .fetch_all(tx.conn())
    .await?;
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        vec![
            row.id.to_string().into(),
            row.plan_id.to_string().into(),
            row.plan.into(),
            row.side.into(),
            number_of(row.partner_id),
            Cell::of(row.partner),
            row.kind.into(),
            row.what.into(),
            row.gain.into(),
            ask.day(row.created_at),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}

/// Every word on progress: visible where the plan is.
pub(super) async fn progress(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select r.id, r.plan_id, n.name as plan, r.percent, r.note, r.created_at, s.audience
           from plan_progress r
           join plan n on n.agency_id = r.agency_id and n.id = r.plan_id
           join subject s on s.agency_id = r.agency_id and s.id = r.plan_id
           where r.agency_id = $1 and r.id > $2
             and ($3::timestamptz is null or r.created_at >= $3)
             and ($4::timestamptz is null or r.created_at < $4)
           order by r.id
           limit $5"#,
        agency.0,
        after.id,
        ask.from(),
        ask.before(),
        PAGE as i64,
    )
    .fetch_all(tx.conn())
    .await?;
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        vec![
            row.id.to_string().into(),
            row.plan_id.to_string().into(),
            row.plan.into(),
            ask.day(row.created_at),
            i64::from(row.percent).into(),
            row.note.into(),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}
