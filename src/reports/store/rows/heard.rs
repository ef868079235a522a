//! Rows of listening. A statement leaves only with its speaker's consent to being exported; the table of speakers is never read.

use super::{super::super::sheets::AGREED_ALOUD, Ask, Batch, Key, Noted, PAGE, joined, marks, no_consent};
use crate::{
    listening::sessions::{Constituency, came},
    platform::{db::AgencyTx, error::Error, sheet::Cell},
    protocols::Mark,
};
use sqlx::types::Json;

pub(super) async fn sessions(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select l.id, l.title, l.topic, l.community, l.cohost_id, p.name as "cohost?", (l.starts_at at time zone l.zone)::date as "held_on!",
                  l.minutes, l.languages, l.recording, l.for_minors, l.state, a.agency, a.tribes, a.partners, a.lived, a.other,
                  case when l.summary_agreed_at is not null then l.summary else '' end as "summary!", s.audience
           from listening_session l
           join subject s on s.agency_id = l.agency_id and s.id = l.id
           left join partner p on p.agency_id = l.agency_id and p.id = l.cohost_id
           left join lateral (
               select sum(number) filter (where constituency = 'agency') as agency, sum(number) filter (where constituency = 'tribes') as tribes,
                      sum(number) filter (where constituency = 'community_partners') as partners,
                      sum(number) filter (where constituency = 'lived_experience') as lived,
                      sum(number) filter (where constituency = 'other') as other
               from attendance n where n.agency_id = l.agency_id and n.session_id = l.id) a on true
           where l.agency_id = $1 and l.id > $2
             and ($3 = '' or l.state = $3)
             and ($4::date is null or (l.starts_at at time zone l.zone)::date >= $4)
             and ($5::date is null or (l.starts_at at time zone l.zone)::date <= $5)
           order by l.id
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
        let [agency, tribes, partners, lived, other, community] = who_came([row.agency, row.tribes, row.partners, row.lived, row.other]);
        let consent = if row.summary.is_empty() { no_consent() } else { AGREED_ALOUD.into() };
        vec![
            row.id.to_string().into(),
            row.title.into(),
            row.topic.into(),
            row.community.into(),
            Cell::of(row.cohost_id.map(|id| id.to_string())),
            Cell::of(row.cohost),
            row.held_on.into(),
            row.minutes.into(),
            joined(&row.languages),
            row.recording.into(),
            row.for_minors.into(),
            row.state.into(),
            agency,
            tribes,
            partners,
            lived,
            other,
            community,
            row.summary.into(),
            consent,
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}

/// How many came of each constituency and of those who are joined, as everybody else reads it on the session's page.
fn who_came(counted: [Option<i64>; 5]) -> [Cell; 6] {
    use Constituency::{Agency, CommunityPartners, LivedExperience, Other, Tribes};
    let all = [Agency, Tribes, CommunityPartners, LivedExperience, Other];
    let number = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
    let came: Vec<_> = all.into_iter().zip(counted).filter_map(|(one, came)| Some((one, number(came?)))).collect();
    let (shown, joined) = came::joined(&came);
    let told = |one: Constituency| Cell::of(shown.iter().find(|(other, _)| *other == one).map(|(_, number)| i64::from(*number)));
    let [agency, tribes, partners, lived, other] = all.map(told);
    [agency, tribes, partners, lived, other, Cell::of(joined.and_then(came::told).map(i64::from))]
}

pub(super) async fn statements(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select t.id, t.words as "words!", t.language, t.attribution,
                  case when t.attribution = 'anonymous' then ''
                       when t.attribution = 'named' and not t.may_name then 'community member'
                       when exists (select 1 from membership m where m.agency_id = t.agency_id and m.id = s.author_id and m.lived_experience)
                            and not (t.attribution = 'named' and t.may_name) then 'community member'
                       else t.shown_as end as "shown_as!",
                  t.state, t.confirmed_at, t.may_keep, quotable(t) as "may_quote!", t.may_name, exportable(t) as "may_export!",
                  publishable(t) as "may_publish!", researchable(t) as "may_research!",
                  t.consent_version, s.audience,
                  t.session_id, l.title as "session?", (l.starts_at at time zone l.zone)::date as session_on, h.ids, h.names,
                  case when s.marked or exists (select 1 from partner b where b.agency_id = t.agency_id and b.id = t.body_id and b.labelled)
                      then marks_beside(t.id, t.body_id) end as "beside: Json<Vec<Mark>>"
           from statement t
           join subject s on s.agency_id = t.agency_id and s.id = t.id
           left join listening_session l on l.agency_id = t.agency_id and l.id = t.session_id
           left join lateral (
               select string_agg(m.id::text, ' ' order by m.id) as ids, string_agg(m.name, '; ' order by m.id) as names
               from theme m
               where m.agency_id = t.agency_id and exists (
                   select from edge e where e.agency_id = t.agency_id and e.from_id = m.id and e.to_id = t.id and e.kind = 'source')) h on true
           where t.agency_id = $1 and t.id > $2
             and exportable(t) and t.state in ('confirmed', 'corrected') and t.words is not null
             and t.withdrawn_at is null and s.withdrawn_at is null
             and ($3 = '' or t.state = $3)
             and ($4::date is null or (l.starts_at at time zone l.zone)::date >= $4)
             and ($5::date is null or (l.starts_at at time zone l.zone)::date <= $5)
             and ($6::uuid is null or exists (
                 select 1 from edge e where e.agency_id = t.agency_id and e.to_id = t.id and e.kind = 'source' and e.from_id = $6))
           order by t.id
           limit $7"#,
        agency.0,
        after.id,
        ask.filters.state,
        ask.filters.since,
        ask.filters.until,
        ask.filters.theme,
        PAGE as i64,
    )
    .fetch_all(tx.conn())
    .await?;
    let noted = found.iter().map(|row| Noted::words(row.id, row.consent_version)).collect();
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        let uses = [
            (row.may_keep, "kept"),
            (row.may_quote, "quoted"),
            (row.may_name, "named"),
            (row.may_export, "exported"),
            (row.may_publish, "published"),
            (row.may_research, "research"),
        ];
        let consent: Vec<String> = uses.iter().filter(|(may, _)| *may).map(|(_, used)| (*used).to_owned()).collect();
        vec![
            row.id.to_string().into(),
            row.words.into(),
            row.language.into(),
            row.attribution.into(),
            row.shown_as.into(),
            row.state.into(),
            ask.day_of(row.confirmed_at),
            row.may_keep.into(),
            row.may_quote.into(),
            row.may_name.into(),
            row.may_export.into(),
            row.may_publish.into(),
            row.may_research.into(),
            joined(&consent),
            row.consent_version.into(),
            row.audience.into(),
            row.session_id.to_string().into(),
            Cell::of(row.session),
            Cell::of(row.session_on),
            Cell::of(row.ids),
            Cell::of(row.names),
            marks("label", row.beside.as_ref()),
            marks("notice", row.beside.as_ref()),
        ]
    });
    Ok(Batch { noted, ..Batch::of(rows.collect(), last) })
}

pub(super) async fn themes(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select t.id, t.name, t.description, t.from_field, t.created_at, s.audience,
                  h.number as "statements!", h.noted, h.versions,
                  (select count(distinct l.id) from edge e join listening_session l on l.agency_id = e.agency_id and l.id = e.to_id
                   where e.agency_id = t.agency_id and e.from_id = t.id and e.kind = 'source') as "sessions!",
                  (select count(distinct b.id) from edge e join barrier b on b.agency_id = e.agency_id and b.id = e.from_id
                   where e.agency_id = t.agency_id and e.to_id = t.id and e.kind = 'evidence') as "barriers!"
           from theme t
           join subject s on s.agency_id = t.agency_id and s.id = t.id
           left join lateral (
               select count(*) as number, array_agg(one.id order by one.id) as noted, array_agg(one.consent_version order by one.id) as versions
               from (select distinct w.id, w.consent_version from edge e join statement w on w.agency_id = e.agency_id and w.id = e.to_id
                     where e.agency_id = t.agency_id and e.from_id = t.id and e.kind = 'source'
                       and exportable(w) and w.state in ('confirmed', 'corrected') and w.withdrawn_at is null) one) h on true
           where t.agency_id = $1 and t.id > $2 and t.merged_into is null
           order by t.id
           limit $3"#,
        agency.0,
        after.id,
        PAGE as i64,
    )
    .fetch_all(tx.conn())
    .await?;
    let noted = found.iter().flat_map(|row| Noted::counted(row.noted.as_ref(), row.versions.as_ref())).collect();
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        vec![
            row.id.to_string().into(),
            row.name.into(),
            row.description.into(),
            row.from_field.into(),
            row.statements.into(),
            row.sessions.into(),
            row.barriers.into(),
            ask.day(row.created_at),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch { noted, ..Batch::of(rows.collect(), last) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_tells_no_smaller_number_than_the_page() {
        let number = |number: i64| Cell::Integer(number);
        let few = who_came([Some(3), Some(14), Some(1), Some(1), None]);
        assert_eq!(few, [number(3), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, number(16)]);
        let many = who_came([Some(3), Some(14), Some(8), Some(6), None]);
        assert_eq!(many, [number(3), number(14), number(8), number(6), Cell::Empty, Cell::Empty]);
        assert_eq!(who_came([None; 5]), [const { Cell::Empty }; 6]);
    }
}
