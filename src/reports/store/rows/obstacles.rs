//! Rows of obstacles of the partnership: as questions, only what its raiser shared with the agency or more widely.

use super::{super::super::sheets::SHARED_BY_RAISER, Ask, Batch, Key, Noted, PAGE, marks, number_of};
use crate::{
    platform::{db::AgencyTx, error::Error, sheet::Cell},
    protocols::Mark,
};
use sqlx::types::Json;

pub(super) async fn obstacles(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select o.id, o.kind, o.side, name_in_export(o.agency_id, o.raised_by) as raised_by,
                  p.id as "partner_id?", p.name as "partner?", o.created_at, o.name as "name!", o.description, o.agency_can, o.agency_cannot, o.partner_can,
                  o.partner_cannot, o.state,
                  coalesce((select w.name from partner w where w.agency_id = o.agency_id and w.id = o.owner_partner_id),
                      name_in_export(o.agency_id, o.owner_id)) as owner,
                  o.next_step, o.next_on, o.review_on, o.reopened, s.audience, consent_place(s.audience) as "place!",
                  case when s.marked or exists (select 1 from partner b where b.agency_id = o.agency_id and b.id = s.body_id and b.labelled)
                      then marks_beside(o.id, s.body_id) end as "beside: Json<Vec<Mark>>"
           from obstacle o
           join subject s on s.agency_id = o.agency_id and s.id = o.id
           left join partner p on p.agency_id = o.agency_id and p.id = o.partner_id
               and not exists (select 1 from membership m where m.agency_id = o.agency_id and m.id = o.raised_by and m.lived_experience)
           where o.agency_id = $1 and o.id > $2
             and s.audience in ('agency', 'partnership', 'public') and s.withdrawn_at is null and o.name is not null
             and ($3 = '' or o.state = $3)
             and ($4::timestamptz is null or o.created_at >= $4)
             and ($5::timestamptz is null or o.created_at < $5)
           order by o.id
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
    let noted = found.iter().map(|row| Noted::words(row.id, row.place)).collect();
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        vec![
            row.id.to_string().into(),
            row.kind.into(),
            row.side.into(),
            Cell::of(row.raised_by),
            number_of(row.partner_id),
            Cell::of(row.partner),
            ask.day(row.created_at),
            row.name.into(),
            row.description.into(),
            row.agency_can.into(),
            row.agency_cannot.into(),
            row.partner_can.into(),
            row.partner_cannot.into(),
            row.state.into(),
            Cell::of(row.owner),
            row.next_step.into(),
            Cell::of(row.next_on),
            Cell::of(row.review_on),
            i64::from(row.reopened).into(),
            SHARED_BY_RAISER.into(),
            row.audience.into(),
            marks("label", row.beside.as_ref()),
            marks("notice", row.beside.as_ref()),
        ]
    });
    Ok(Batch { noted, ..Batch::of(rows.collect(), last) })
}
