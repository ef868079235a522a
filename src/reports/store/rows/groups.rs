//! Rows of groups, of their seats, of meetings and of decisions. Nobody of the partners' side is named, and of few people with lived
//! experience it is not said how many came.

use super::{Ask, Batch, Key, PAGE, joined, no_consent, number_of};
use crate::{
    groups::meetings::FEW,
    platform::{clock, db::AgencyTx, error::Error, sheet::Cell},
};
use chrono_tz::Tz;

pub(super) async fn groups(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select g.id, g.name, g.kind, g.purpose, g.method, g.method_note, o.id as "reports_to_id?", o.name as "reports_to?", g.open_law, g.agenda_days,
                  g.state, of.seats as "seats!", of.vacant as "vacant!", c.version as "charter_version?", c.text as "charter?", c.agreed as "agreed?",
                  g.created_at, s.audience
           from joint_group g
           join subject s on s.agency_id = g.agency_id and s.id = g.id
           left join joint_group o on o.agency_id = g.agency_id and o.id = g.reports_to
           left join lateral (select h.version, h.text, h.agreed from group_charter h where h.agency_id = g.agency_id and h.group_id = g.id
                              order by h.version desc limit 1) c on true
           cross join lateral (select count(*) as seats, count(*) filter (where not exists (select 1 from seat_term t
                                   where t.agency_id = e.agency_id and t.seat_id = e.id and t.ended_on is null
                                     and (t.until_on is null or t.until_on >= $7)
                                     and (t.partner_id is not null or exists (select 1 from membership m where m.agency_id = t.agency_id
                                              and m.id = t.membership_id and m.state <> 'ended')))) as vacant
                               from group_seat e where e.agency_id = g.agency_id and e.group_id = g.id) of
           where g.agency_id = $1 and g.id > $2
             and ($3 = '' or g.state = $3)
             and ($4::timestamptz is null or g.created_at >= $4)
             and ($5::timestamptz is null or g.created_at < $5)
           order by g.id
           limit $6"#,
        agency.0,
        after.id,
        ask.filters.state,
        ask.from(),
        ask.before(),
        PAGE as i64,
        ask.today,
    )
    .fetch_all(tx.conn())
    .await?;
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        vec![
            row.id.to_string().into(),
            row.name.into(),
            row.kind.into(),
            row.purpose.into(),
            row.method.into(),
            row.method_note.into(),
            number_of(row.reports_to_id),
            Cell::of(row.reports_to),
            row.open_law.into(),
            if row.open_law { i64::from(row.agenda_days).into() } else { Cell::Empty },
            row.state.into(),
            row.seats.into(),
            row.vacant.into(),
            Cell::of(row.charter_version.map(i64::from)),
            Cell::of(row.charter),
            Cell::of(row.agreed),
            ask.day(row.created_at),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}

pub(super) async fn seats(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select e.id, e.group_id, g.name as of_group, e.constituency, e.title, e.is_chair, p.id as "partner_id?", p.name as "partner?",
                  m.id is not null as "named!", case when t.partner_id is null then name_in_export(e.agency_id, m.id) end as person,
                  t.from_on as "from_on?", t.until_on as "until_on?", (t.partner_id is null and m.id is null) as "vacant!", s.audience
           from group_seat e
           join joint_group g on g.agency_id = e.agency_id and g.id = e.group_id
           join subject s on s.agency_id = e.agency_id and s.id = e.group_id
           left join seat_term t on t.agency_id = e.agency_id and t.seat_id = e.id and t.ended_on is null and (t.until_on is null or t.until_on >= $5)
           left join membership m on m.agency_id = t.agency_id and m.id = t.membership_id and m.state <> 'ended'
           left join partner p on p.agency_id = t.agency_id and p.id = t.partner_id
           where e.agency_id = $1 and e.id > $2
             and ($3 = '' or e.constituency = $3)
           order by e.id
           limit $4"#,
        agency.0,
        after.id,
        ask.filters.state,
        PAGE as i64,
        ask.today,
    )
    .fetch_all(tx.conn())
    .await?;
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        vec![
            row.id.to_string().into(),
            row.group_id.to_string().into(),
            row.of_group.into(),
            row.constituency.into(),
            row.title.into(),
            row.is_chair.into(),
            number_of(row.partner_id),
            Cell::of(row.partner),
            if row.partner_id.is_some() { row.named.into() } else { Cell::Empty },
            Cell::of(row.person),
            Cell::of(row.from_on.filter(|_| !row.vacant)),
            Cell::of(row.until_on.filter(|_| !row.vacant)),
            row.vacant.into(),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}

pub(super) async fn meetings(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select m.id, g.id as "group_id?", g.name as "of_group?", p.id as "cohost_id?", p.name as "cohost?", m.title, m.purpose, m.starts_at, m.minutes,
                  m.zone, m.place, m.state, m.cancelled_because, m.agenda_published_at,
                  (select count(*) from agenda_item i where i.agency_id = m.agency_id and i.meeting_id = m.id) as "items!",
                  array(select b.partner_id::text from meeting_body b join partner c on c.agency_id = b.agency_id and c.id = b.partner_id
                        where b.agency_id = m.agency_id and b.meeting_id = m.id order by not c.is_tribe, c.sort_name, c.id) as "came_ids!",
                  array(select c.name from meeting_body b join partner c on c.agency_id = b.agency_id and c.id = b.partner_id
                        where b.agency_id = m.agency_id and b.meeting_id = m.id order by not c.is_tribe, c.sort_name, c.id) as "came!",
                  m.came_agency, m.came_lived, m.came_others, m.notes,
                  (select count(*) from meeting_decision d where d.agency_id = m.agency_id and d.meeting_id = m.id) as "decisions!",
                  (select count(*) from sent_up u where u.agency_id = m.agency_id and u.meeting_id = m.id) as "sent_up!",
                  (select count(*) from sent_up u where u.agency_id = m.agency_id and u.meeting_id = m.id and u.back_at is not null) as "came_back!",
                  case when m.state = 'confirmed' then m.word_at end as confirmed_at, s.audience
           from meeting m
           join subject s on s.agency_id = m.agency_id and s.id = m.id
           left join joint_group g on g.agency_id = m.agency_id and g.id = m.group_id
           left join partner p on p.agency_id = m.agency_id and p.id = m.cohost_id
           where m.agency_id = $1 and m.id > $2
             and ($3 = '' or m.state = $3)
             and ($4::timestamptz is null or m.starts_at >= $4)
             and ($5::timestamptz is null or m.starts_at < $5)
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
        let zone: Tz = row.zone.parse().unwrap_or(ask.zone);
        let was_held = !matches!(row.state.as_str(), "planned" | "cancelled");
        let came = |number: i32| if was_held { i64::from(number).into() } else { Cell::Empty };
        vec![
            row.id.to_string().into(),
            number_of(row.group_id),
            Cell::of(row.of_group),
            number_of(row.cohost_id),
            Cell::of(row.cohost),
            row.title.into(),
            row.purpose.into(),
            Cell::Day(clock::day_in(zone, row.starts_at)),
            row.starts_at.with_timezone(&zone).format("%H:%M").to_string().into(),
            i64::from(row.minutes).into(),
            row.place.into(),
            row.state.into(),
            row.cancelled_because.into(),
            ask.day_of(row.agenda_published_at),
            row.items.into(),
            row.came_ids.join(" ").into(),
            joined(&row.came),
            came(row.came_agency),
            if (1..FEW).contains(&row.came_lived) { Cell::Empty } else { came(row.came_lived) },
            came(row.came_others),
            row.notes.into(),
            row.decisions.into(),
            row.sent_up.into(),
            row.came_back.into(),
            ask.day_of(row.confirmed_at),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}

pub(super) async fn decisions(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select d.id, d.meeting_id, m.title, g.id as "group_id?", g.name as "of_group?", m.starts_at, m.zone, m.state, d.what, d.how, d.reasons, d.dissent,
                  of.yes as "yes!", of.no as "no!", of.abstained as "abstained!", of.votes as "votes!", s.audience
           from meeting_decision d
           join meeting m on m.agency_id = d.agency_id and m.id = d.meeting_id
           join subject s on s.agency_id = d.agency_id and s.id = d.meeting_id
           left join joint_group g on g.agency_id = m.agency_id and g.id = m.group_id
           cross join lateral (select count(*) filter (where v.vote = 'yes') as yes, count(*) filter (where v.vote = 'no') as no,
                                      count(*) filter (where v.vote = 'abstained') as abstained,
                                      coalesce(array_agg(coalesce(p.name, name_in_export(v.agency_id, t.membership_id), '') || ': ' || v.vote
                                               order by e.constituency, v.term_id), '{}') as votes
                               from decision_vote v
                               join seat_term t on t.agency_id = v.agency_id and t.id = v.term_id
                               join group_seat e on e.agency_id = t.agency_id and e.id = t.seat_id
                               left join partner p on p.agency_id = t.agency_id and p.id = t.partner_id
                               where v.agency_id = d.agency_id and v.decision_id = d.id) of
           where d.agency_id = $1 and d.id > $2
             and ($3 = '' or d.how = $3)
             and ($4::timestamptz is null or m.starts_at >= $4)
             and ($5::timestamptz is null or m.starts_at < $5)
           order by d.id
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
        let zone: Tz = row.zone.parse().unwrap_or(ask.zone);
        vec![
            row.id.to_string().into(),
            row.meeting_id.to_string().into(),
            row.title.into(),
            number_of(row.group_id),
            Cell::of(row.of_group),
            Cell::Day(clock::day_in(zone, row.starts_at)),
            row.state.into(),
            row.what.into(),
            row.how.into(),
            row.reasons.into(),
            row.dissent.into(),
            row.yes.into(),
            row.no.into(),
            row.abstained.into(),
            joined(&row.votes),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}
