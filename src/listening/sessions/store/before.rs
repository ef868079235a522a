//! Ask-once: what this community already said, as far as the organizer may read it, and what became of it. Looks at all
//! sessions of the series, with the co-host, or with the community under any way of writing it.

use crate::{
    listening::sessions::{
        cleared::telling_words,
        model::{Before, Session},
    },
    platform::{clock, db::AgencyTx, error::Error, fold::fold, words},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Statements on the topic, the latest first; then questions; then what the rooms said, what was acknowledged and kept, and
/// the themes that came of it.
pub(in super::super) async fn before(tx: &mut AgencyTx, session: &Session) -> Result<Vec<Before>, Error> {
    let about = telling_words(&format!("{} {}", session.title, session.topic));
    let alike = alike(tx, session).await?;
    let mut all = statements(tx, session, (&alike, &about)).await?;
    all.extend(loops(tx, session, (&alike, &about)).await?);
    all.extend(rooms(tx, session, &alike).await?);
    all.extend(kept(tx, session, &alike).await?);
    all.extend(themes(tx, &alike).await?);
    Ok(all)
}

/// Other sessions at the same table.
async fn alike(tx: &mut AgencyTx, session: &Session) -> Result<Vec<Uuid>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        "select id from listening_session
         where agency_id = $1 and id <> $2
           and (cohost_id = $3 or series_id = $4
                or (community <> '' and (position(lower(community) in lower($5)) > 0 or position(lower($5) in lower(community)) > 0)))
         order by starts_at desc, id limit 100",
        agency.0,
        session.id.0,
        session.cohost.map(|id| id.0),
        session.series.map(|id| id.0),
        session.community,
    )
    .fetch_all(tx.conn())
    .await?)
}

fn said(session: &Session, title: &str, at: DateTime<Utc>) -> String {
    format!("{title}, {}", words::day(clock::day_in(session.tz(), at)))
}

fn for_all(audience: &str) -> bool {
    matches!(audience, "partnership" | "public")
}

async fn statements(tx: &mut AgencyTx, session: &Session, (alike, about): (&[Uuid], &[String])) -> Result<Vec<Before>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select t.id, t.words as "words!", t.shown_as, t.sensitivity, quotable(t) as "may_quote!", s.audience, s.path, l.title, l.starts_at,
                  array(select x.kind || ': ' || x.title from edge e join subject x on x.agency_id = e.agency_id and x.id = e.from_id
                        where e.agency_id = t.agency_id and e.to_id = t.id and e.kind in ('source', 'evidence', 'raised_from', 'promised_in')
                        group by x.id, x.kind, x.title, x.created_at order by x.created_at, x.id) as "became!",
                  exists (select 1 from edge e
                          left join loop o on o.agency_id = e.agency_id and o.id = e.from_id and o.state = 'closed' and o.answer = 'done'
                          left join commitment c on c.agency_id = e.agency_id and c.id = e.from_id and c.state = 'confirmed'
                          where e.agency_id = t.agency_id and e.to_id = t.id and (o.id is not null or c.id is not null)) as "done!",
                  t.next_step
           from statement t
           join subject s on s.agency_id = t.agency_id and s.id = t.id
           join listening_session l on l.agency_id = t.agency_id and l.id = t.session_id
           where t.agency_id = $1 and t.words is not null and t.state in ('confirmed', 'corrected') and l.id = any($2)
             and exists (select 1 from unnest($3::text[]) word where position(' ' || word in ' ' || coalesce(t.folded, '')) > 0)
           order by l.starts_at desc, t.id limit 20"#,
        agency.0,
        alike,
        about,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(rows.iter().map(|row| row.id));
    Ok(rows
        .into_iter()
        .map(|row| Before {
            said: said(session, &row.title, row.starts_at),
            words: row.words,
            by: row.shown_as,
            sensitivity: row.sensitivity,
            path: row.path,
            became: row.became.into_iter().chain((!row.next_step.is_empty()).then_some(row.next_step)).collect(),
            cleared: row.may_quote && for_all(&row.audience),
            done: row.done,
        })
        .collect())
}

async fn loops(tx: &mut AgencyTx, session: &Session, (alike, about): (&[Uuid], &[String])) -> Result<Vec<Before>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select o.id, o.words as "words!", o.kind, o.state, o.answer, o.answer_words, o.created_at, s.path, s.audience
           from loop o join subject s on s.agency_id = o.agency_id and s.id = o.id
           where o.agency_id = $1 and o.words is not null
             and (o.raised_for_partner_id = $2 or s.body_id = $2 or exists (
                  select 1 from edge e join statement t on t.agency_id = e.agency_id and t.id = e.to_id
                  where e.agency_id = o.agency_id and e.from_id = o.id and e.kind = 'raised_from' and t.session_id = any($3)))
           order by o.created_at desc, o.id limit 50"#,
        agency.0,
        session.cohost.map(|id| id.0),
        alike,
    )
    .fetch_all(tx.conn())
    .await?;
    let on_topic = |text: &str| {
        let folded = format!(" {}", fold(text));
        about.iter().any(|word| folded.contains(&format!(" {word}")))
    };
    let rows: Vec<_> = rows.into_iter().filter(|row| on_topic(&row.words)).collect();
    tx.shows(rows.iter().map(|row| row.id));
    Ok(rows
        .into_iter()
        .map(|row| Before {
            by: format!("{}, {}", row.kind, row.state),
            sensitivity: String::new(),
            said: words::day(clock::day_in(session.tz(), row.created_at)),
            words: row.words,
            path: row.path,
            became: if row.answer_words.is_empty() { Vec::new() } else { vec![format!("answered: {}", row.answer_words)] },
            cleared: for_all(&row.audience),
            done: row.state == "closed" && row.answer.as_deref() == Some("done"),
        })
        .collect())
}

/// Summaries of the rooms, and what the agency acknowledged in them.
async fn rooms(tx: &mut AgencyTx, session: &Session, alike: &[Uuid]) -> Result<Vec<Before>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select told.words as "words!", told.by as "by!", l.title, l.starts_at, s.path,
                  array(select x.kind || ': ' || x.title from edge e join subject x on x.agency_id = e.agency_id and x.id = e.from_id
                        where e.agency_id = l.agency_id and e.to_id = l.id and e.kind in ('source', 'evidence', 'raised_from', 'promised_in')
                        group by x.id, x.kind, x.title, x.created_at order by x.created_at, x.id) as "became!"
           from (select id as session_id, summary as words, 'summary of the room, agreed with ' || summary_agreed_with as by
                 from listening_session where agency_id = $1 and summary <> ''
                 union all
                 select session_id, what, 'acknowledged by ' || said_by from acknowledgement where agency_id = $1) told
           join listening_session l on l.agency_id = $1 and l.id = told.session_id
           join subject s on s.agency_id = l.agency_id and s.id = l.id
           where l.id = any($2)
           order by l.starts_at desc, told.words limit 12"#,
        agency.0,
        alike,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Before {
            sensitivity: String::new(),
            said: said(session, &row.title, row.starts_at),
            words: row.words,
            by: row.by,
            path: row.path,
            became: row.became,
            cleared: true,
            done: false,
        })
        .collect())
}

/// Promises made in those sessions and kept, by the word of the one they were made to.
async fn kept(tx: &mut AgencyTx, session: &Session, alike: &[Uuid]) -> Result<Vec<Before>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select c.what, c.confirmed_at as "confirmed_at!", l.title, s.path, s.audience
           from commitment c
           join subject s on s.agency_id = c.agency_id and s.id = c.id
           join edge e on e.agency_id = c.agency_id and e.from_id = c.id and e.kind = 'promised_in'
           join listening_session l on l.agency_id = e.agency_id and l.id = e.to_id
           where c.agency_id = $1 and c.state = 'confirmed' and c.confirmed_at is not null and l.id = any($2)
           order by c.confirmed_at desc, c.id limit 12"#,
        agency.0,
        alike,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Before {
            sensitivity: String::new(),
            said: said(session, &row.title, row.confirmed_at),
            words: row.what,
            by: "a promise, kept".to_owned(),
            path: row.path,
            became: vec!["confirmed by the one it was made to".to_owned()],
            cleared: for_all(&row.audience),
            done: true,
        })
        .collect())
}

/// Themes that rest on what was said there.
async fn themes(tx: &mut AgencyTx, alike: &[Uuid]) -> Result<Vec<Before>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select t.name, t.description, s.path, s.audience, count(*) as "sources!",
                  array(select x.kind || ': ' || x.title from edge c join subject x on x.agency_id = c.agency_id and x.id = c.from_id
                        where c.agency_id = t.agency_id and c.to_id = t.id and c.kind in ('evidence', 'addresses', 'raised_from', 'promised_in')
                        group by x.id, x.kind, x.title, x.created_at order by x.created_at, x.id) as "became!"
           from theme t
           join subject s on s.agency_id = t.agency_id and s.id = t.id
           join edge e on e.agency_id = t.agency_id and e.from_id = t.id and e.kind = 'source'
           left join statement st on st.agency_id = e.agency_id and st.id = e.to_id
           where t.agency_id = $1 and (st.session_id = any($2) or e.to_id = any($2))
           group by t.agency_id, t.id, t.name, t.description, s.path, s.audience
           order by count(*) desc, t.name, t.id limit 12"#,
        agency.0,
        alike,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Before {
            sensitivity: String::new(),
            said: row.name.clone(),
            words: if row.description.is_empty() { row.name } else { row.description },
            by: format!("theme; {} in these sessions", words::count(row.sources, "source of it", "sources of it")),
            path: row.path,
            became: row.became,
            cleared: for_all(&row.audience),
            done: false,
        })
        .collect())
}
