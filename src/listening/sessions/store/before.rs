//! Ask-once: what this community already said on the topic, as far as the organizer may read it, and what became of it.

use crate::{
    listening::sessions::{
        cleared::telling_words,
        model::{Before, Session},
    },
    platform::{db::AgencyTx, error::Error, fold::fold, words},
};
use chrono::{DateTime, Utc};

/// Statements of this community on the topic, the latest first, then its questions.
pub(in super::super) async fn before(tx: &mut AgencyTx, session: &Session) -> Result<Vec<Before>, Error> {
    let about = telling_words(&format!("{} {}", session.title, session.topic));
    let mut all = statements(tx, session, &about).await?;
    all.extend(loops(tx, session, &about).await?);
    Ok(all)
}

async fn statements(tx: &mut AgencyTx, session: &Session, about: &[String]) -> Result<Vec<Before>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select t.id, t.words as "words!", t.shown_as, t.sensitivity, t.may_quote, s.audience, s.path, l.title, l.starts_at,
                  array(select x.kind || ': ' || x.title from edge e join subject x on x.agency_id = e.agency_id and x.id = e.from_id
                        where e.agency_id = t.agency_id and e.to_id = t.id and e.kind in ('source', 'evidence', 'raised_from', 'promised_in')
                        order by x.created_at, x.id) as "became!",
                  t.next_step
           from statement t
           join subject s on s.agency_id = t.agency_id and s.id = t.id
           join listening_session l on l.agency_id = t.agency_id and l.id = t.session_id
           where t.agency_id = $1 and t.words is not null and t.state in ('confirmed', 'corrected') and l.id <> $2
             and (l.community = $3 or l.cohost_id = $4 or l.series_id = $5)
             and exists (select 1 from unnest($6::text[]) word where position(word in coalesce(t.folded, '')) > 0)
           order by l.starts_at desc, t.created_at desc, t.id limit 20"#,
        agency.0,
        session.id.0,
        session.community,
        session.cohost.map(|id| id.0),
        session.series.map(|id| id.0),
        about,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(rows.iter().map(|row| row.id));
    let said = |title: &str, at: DateTime<Utc>| format!("{title}, {}", words::day(at.with_timezone(&session.tz()).date_naive()));
    Ok(rows
        .into_iter()
        .map(|row| Before {
            said: said(&row.title, row.starts_at),
            words: row.words,
            by: row.shown_as,
            sensitivity: row.sensitivity,
            path: row.path,
            became: row.became.into_iter().chain((!row.next_step.is_empty()).then_some(row.next_step)).collect(),
            cleared: row.may_quote && matches!(row.audience.as_str(), "partnership" | "public"),
        })
        .collect())
}

async fn loops(tx: &mut AgencyTx, session: &Session, about: &[String]) -> Result<Vec<Before>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select o.id, o.words as "words!", o.kind, o.state, o.answer_words, o.created_at, s.path, s.audience
           from loop o join subject s on s.agency_id = o.agency_id and s.id = o.id
           where o.agency_id = $1 and o.words is not null
             and (o.raised_for_partner_id = $2 or s.body_id = $2 or exists (
                  select 1 from edge e join statement t on t.agency_id = e.agency_id and t.id = e.to_id
                  join listening_session l on l.agency_id = t.agency_id and l.id = t.session_id
                  where e.agency_id = o.agency_id and e.from_id = o.id and e.kind = 'raised_from' and (l.community = $3 or l.series_id = $4)))
           order by o.created_at desc, o.id limit 50"#,
        agency.0,
        session.cohost.map(|id| id.0),
        session.community,
        session.series.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?;
    let on_topic = |text: &str| {
        let folded = fold(text);
        about.iter().any(|word| folded.contains(word.as_str()))
    };
    let rows: Vec<_> = rows.into_iter().filter(|row| on_topic(&row.words)).collect();
    tx.shows(rows.iter().map(|row| row.id));
    Ok(rows
        .into_iter()
        .map(|row| Before {
            by: format!("a {}, {}", row.kind, row.state),
            sensitivity: String::new(),
            said: words::day(row.created_at.with_timezone(&session.tz()).date_naive()),
            words: row.words,
            path: row.path,
            became: if row.answer_words.is_empty() { Vec::new() } else { vec![format!("answered: {}", row.answer_words)] },
            cleared: matches!(row.audience.as_str(), "partnership" | "public"),
        })
        .collect())
}
