//! Rows of commitments and of questions with their answers. A question leaves only when its raiser shared it with the agency
//! or more widely.

use super::{super::super::sheets::SHARED_BY_RAISER, Ask, Batch, Key, Noted, PAGE, marks, no_consent, number_of};
use crate::{
    platform::{db::AgencyTx, error::Error, sheet::Cell},
    protocols::Mark,
};
use sqlx::types::Json;

pub(super) async fn commitments(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select c.id, c.what, c.side,
                  coalesce((select p.name from partner p where p.agency_id = c.agency_id and p.id = c.promiser_partner_id),
                      name_in_export(c.agency_id, c.promised_by)) as promised_by,
                  coalesce((select p.name from partner p where p.agency_id = c.agency_id and p.id = c.promised_to_partner_id),
                      name_in_export(c.agency_id, c.promised_to)) as promised_to,
                  (select p.name from partner p where p.agency_id = c.agency_id and p.id = c.partner_owner_id) as partner_owner,
                  c.promiser_partner_id, c.promised_to_partner_id, c.partner_owner_id, i.id as "promised_in_id?", i.kind as "promised_in?",
                  n.id as "plan_id?", n.name as "plan?", c.due_on, promise_state(c) as "state!", c.state in ('open', 'returned') and c.due_on < $6 as "late!",
                  c.delegate_id is not null as "delegated!", case when c.side = 'agency' then c.evidence else '' end as "evidence!", c.reported_at, c.confirmed_at, s.audience
           from commitment c
           join subject s on s.agency_id = c.agency_id and s.id = c.id
           left join plan n on n.agency_id = c.agency_id and n.id = c.plan_id
           left join lateral (
               select m.id, m.kind from edge e join subject m on m.agency_id = e.agency_id and m.id = e.to_id
               where e.agency_id = c.agency_id and e.from_id = c.id and e.kind = 'promised_in' order by e.created_at, m.id limit 1) i on true
           where c.agency_id = $1 and c.id > $2
             and ($3 = '' or promise_state(c) = $3)
             and ($4::date is null or c.due_on >= $4)
             and ($5::date is null or c.due_on <= $5)
           order by c.id
           limit $7"#,
        agency.0,
        after.id,
        ask.filters.state,
        ask.filters.since,
        ask.filters.until,
        ask.today,
        PAGE as i64,
    )
    .fetch_all(tx.conn())
    .await?;
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        vec![
            row.id.to_string().into(),
            row.what.into(),
            row.side.into(),
            number_of(row.promiser_partner_id),
            Cell::of(row.promised_by),
            number_of(row.promised_to_partner_id),
            Cell::of(row.promised_to),
            number_of(row.partner_owner_id),
            Cell::of(row.partner_owner),
            number_of(row.plan_id),
            Cell::of(row.plan),
            number_of(row.promised_in_id),
            Cell::of(row.promised_in),
            row.due_on.into(),
            row.state.into(),
            row.late.into(),
            row.delegated.into(),
            row.evidence.into(),
            ask.day_of(row.reported_at),
            ask.day_of(row.confirmed_at),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}

pub(super) async fn loops(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select o.id, o.kind, p.id as "partner_id?", coalesce(p.name, name_in_export(o.agency_id, o.raised_by), 'somebody without an account') as raised_by,
                  f.id as "from_id?", f.kind as "from_kind?", f.consent_version as "from_version?",
                  o.created_at, o.words as "words!", o.state, o.acknowledge_by, o.acknowledged_at, o.answer_by, o.answered_at, o.answer,
                  o.answer_words, o.answer_reason, o.answer_due, case when o.state = 'closed' then o.closed_at end as closed_at, o.reopened, o.state in ('answered', 'closed', 'left') as "given!",
                  (o.state = 'raised' and o.acknowledge_by < $6
                   or o.state in ('raised', 'acknowledged', 'review') and o.answer_by < $6) as "late!",
                  s.audience, consent_place(s.audience) as "place!",
                  case when s.marked or exists (select 1 from partner b where b.agency_id = o.agency_id and b.id = s.body_id and b.labelled)
                      then marks_beside(o.id, s.body_id) end as "beside: Json<Vec<Mark>>"
           from loop o
           join subject s on s.agency_id = o.agency_id and s.id = o.id
           left join partner p on p.agency_id = o.agency_id and p.id = o.raised_for_partner_id
               and not exists (select 1 from membership m where m.agency_id = o.agency_id and m.id = o.raised_by and m.lived_experience)
           left join lateral (
               select m.id, m.kind, w.consent_version from edge e join subject m on m.agency_id = e.agency_id and m.id = e.to_id
               left join statement w on w.agency_id = m.agency_id and w.id = m.id
               where e.agency_id = o.agency_id and e.from_id = o.id and e.kind = 'raised_from' and m.withdrawn_at is null
                 and (m.kind <> 'statement' or exportable(w) and w.state in ('confirmed', 'corrected') and w.withdrawn_at is null)
               order by e.created_at, m.id limit 1) f on true
           where o.agency_id = $1 and o.id > $2
             and s.audience in ('agency', 'partnership', 'public') and s.withdrawn_at is null
             and o.state <> 'withdrawn' and o.words is not null and (o.acting_id is null or o.confirmed_at is not null)
             and ($3 = '' or o.state = $3)
             and ($4::timestamptz is null or o.created_at >= $4)
             and ($5::timestamptz is null or o.created_at < $5)
           order by o.id
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
    let from = |id: Option<uuid::Uuid>, version: Option<i32>| Some(Noted { id: id?, version: version?, words: false });
    let noted =
        found.iter().flat_map(|row| [Some(Noted::words(row.id, row.place)), from(row.from_id, row.from_version)]).flatten().collect();
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        // An answer that waits with the director, was sent back by her or stands from before a reopening has not been given.
        let given = |cell: Cell| if row.given { cell } else { Cell::Empty };
        vec![
            row.id.to_string().into(),
            row.kind.into(),
            number_of(row.partner_id),
            Cell::of(row.raised_by),
            number_of(row.from_id),
            Cell::of(row.from_kind),
            ask.day(row.created_at),
            row.words.into(),
            row.state.into(),
            row.acknowledge_by.into(),
            ask.day_of(row.acknowledged_at),
            row.answer_by.into(),
            given(ask.day_of(row.answered_at)),
            given(Cell::of(row.answer)),
            given(row.answer_words.into()),
            given(row.answer_reason.into()),
            given(Cell::of(row.answer_due)),
            ask.day_of(row.closed_at),
            i64::from(row.reopened).into(),
            row.late.into(),
            SHARED_BY_RAISER.into(),
            row.audience.into(),
            marks("label", row.beside.as_ref()),
            marks("notice", row.beside.as_ref()),
        ]
    });
    Ok(Batch { noted, ..Batch::of(rows.collect(), last) })
}
