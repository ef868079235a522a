//! Rows of partners, of outreach, and of contacts between governments.

use super::{Ask, Batch, Key, PAGE, joined, no_consent};
use crate::platform::{db::AgencyTx, error::Error, sheet::Cell};

pub(super) async fn partners(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        "select p.id, p.name, p.kind, p.is_tribe, p.stage, p.contracted, p.communities, p.languages, p.counties, p.brings, p.city, p.state, p.email, p.phone,
                p.official_id, p.recognition, p.recognition_source, p.recognition_on, name_in_export(p.agency_id, p.keeper_id) as keeper,
                p.rhythm, p.rhythm_next, p.created_at, s.audience
         from partner p
         join subject s on s.agency_id = p.agency_id and s.id = p.id
         where p.agency_id = $1 and p.id > $2 and p.merged_into is null
           and ($3 = '' or p.stage = $3)
           and ($4::timestamptz is null or p.created_at >= $4)
           and ($5::timestamptz is null or p.created_at < $5)
         order by p.id
         limit $6",
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
            row.name.into(),
            row.kind.into(),
            row.is_tribe.into(),
            row.stage.into(),
            row.contracted.into(),
            joined(&row.communities),
            joined(&row.languages),
            joined(&row.counties),
            joined(&row.brings),
            row.city.into(),
            row.state.into(),
            row.email.into(),
            row.phone.into(),
            row.official_id.into(),
            row.recognition.into(),
            row.recognition_source.into(),
            Cell::of(row.recognition_on),
            Cell::of(row.keeper),
            Cell::of(row.rhythm),
            Cell::of(row.rhythm_next),
            ask.day(row.created_at),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}

pub(super) async fn outreach(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select o.id, o.partner_id, p.name as partner, o.held_on, name_in_export(o.agency_id, o.went_id) as went, o.delegate_reason, o.how,
                  o.said, o.next_step, o.next_on, o.done_at, s.audience
           from outreach o
           join subject s on s.agency_id = o.agency_id and s.id = o.id
           join partner p on p.agency_id = o.agency_id and p.id = o.partner_id
           where o.agency_id = $1 and o.id > $2 and not o.between_governments
             and ($3 = '' or o.how = $3)
             and ($4::date is null or o.held_on >= $4)
             and ($5::date is null or o.held_on <= $5)
           order by o.id
           limit $6"#,
        agency.0,
        after.id,
        ask.filters.state,
        ask.filters.since,
        ask.filters.until,
        PAGE as i64,
    )
    .fetch_all(tx.conn())
    .await?;
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        vec![
            row.id.to_string().into(),
            row.partner_id.to_string().into(),
            row.partner.into(),
            row.held_on.into(),
            Cell::of(row.went),
            row.delegate_reason.into(),
            row.how.into(),
            row.said.into(),
            row.next_step.into(),
            Cell::of(row.next_on),
            ask.day_of(row.done_at),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}

pub(super) async fn governments(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select o.id, o.partner_id, p.name as tribe, o.held_on, o.spoke_for_agency, o.spoke_for_tribe, o.how, o.said, o.next_step, o.next_on,
                  o.done_at, s.audience
           from outreach o
           join subject s on s.agency_id = o.agency_id and s.id = o.id
           join partner p on p.agency_id = o.agency_id and p.id = o.partner_id
           where o.agency_id = $1 and o.id > $2 and o.between_governments
             and ($3 = '' or o.how = $3)
             and ($4::date is null or o.held_on >= $4)
             and ($5::date is null or o.held_on <= $5)
           order by o.id
           limit $6"#,
        agency.0,
        after.id,
        ask.filters.state,
        ask.filters.since,
        ask.filters.until,
        PAGE as i64,
    )
    .fetch_all(tx.conn())
    .await?;
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        vec![
            row.id.to_string().into(),
            row.partner_id.to_string().into(),
            row.tribe.into(),
            row.held_on.into(),
            row.spoke_for_agency.into(),
            row.spoke_for_tribe.into(),
            row.how.into(),
            row.said.into(),
            row.next_step.into(),
            Cell::of(row.next_on),
            ask.day_of(row.done_at),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}
