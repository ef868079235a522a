//! For partners: what they told the agency and what came of it, and what they asked.

use crate::{
    home::model::{Decided, Led, Queue, Sums, Told, Waiting},
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, PartnerId, SubjectId},
        labels::Label as _,
        subject::{Audience, Kind},
        words,
    },
};

/// Statements of this person or their body, the latest first, each with what rests on it as far as they may see it: what is
/// done about it before what it was called.
pub(in crate::home) async fn told(tx: &mut AgencyTx, me: MembershipId, body: Option<PartnerId>, most: i64) -> Result<Vec<Told>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select t.id as "id: SubjectId", s.title, s.path, t.words, t.state, s.created_at, coalesce(s.author_id = $2, false) as "mine!",
                  (select jsonb_agg(jsonb_build_array(x.kind, x.title, x.path) order by x.place, x.title) from (
                       with recursive forth (id, depth) as (
                           select t.id, 0
                           union
                           select e.from_id, f.depth + 1 from forth f join edge e on e.agency_id = $1 and e.to_id = f.id where f.depth < 4)
                       select distinct r.id, r.kind, r.title, r.path,
                              array_position(array['plan', 'commitment', 'goal', 'barrier', 'loop', 'theme'], r.kind) as place
                       from forth f join subject r on r.agency_id = $1 and r.id = f.id
                       where f.id <> t.id and r.withdrawn_at is null
                       limit 40) x) as led
           from statement t
           join subject s on s.agency_id = t.agency_id and s.id = t.id
           where t.agency_id = $1 and (s.author_id = $2 or s.body_id = $3) and t.state in ('confirmed', 'corrected', 'with_speaker', 'draft')
           order by (s.created_at at time zone $5)::date desc,
                    exists (select 1 from edge e where e.agency_id = t.agency_id and e.to_id = t.id) desc, s.created_at desc, t.id
           limit $4"#,
        agency.0,
        me.0,
        body.map(|id| id.0),
        most,
        tx.zone(),
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(rows.iter().map(|row| row.id));
    Ok(rows
        .into_iter()
        .map(|row| {
            let led_to = row.led.map(led).unwrap_or_default();
            Told {
                id: row.id,
                title: row.title,
                path: row.path,
                words: row.words,
                state: match row.state.as_str() {
                    "confirmed" => "confirmed".to_owned(),
                    "corrected" => "corrected and confirmed".to_owned(),
                    _ if row.mine => "waiting for your word".to_owned(),
                    _ => "waiting for its speaker’s word".to_owned(),
                },
                on: row.created_at,
                mine: row.mine,
                more: led_to.len().saturating_sub(NAMED) as i64,
                led_to: led_to.into_iter().take(NAMED).collect(),
            }
        })
        .collect())
}

/// What the steward of the reader's body decided last about the reader's own words, the latest first: until the reader decides.
pub(in crate::home) async fn decided(tx: &mut AgencyTx, me: MembershipId, most: i64) -> Result<Vec<Decided>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Decided,
        r#"select s.id as "id: SubjectId", s.title, s.path, m.name as by, last.audience as "audience: Audience", last.before as "before: Audience", last.created_at as at
           from subject s
           join lateral (select c.audience, c.by_id, c.how, c.created_at, lag(c.audience) over (order by c.version, c.created_at, c.id) as before
                         from consent_change c where c.agency_id = s.agency_id and c.statement_id = s.id
                         order by c.version desc, c.created_at desc, c.id desc limit 1) last on true
           join membership m on m.agency_id = s.agency_id and m.id = last.by_id
           where s.agency_id = $1 and s.author_id = $2 and s.kind = 'statement' and s.withdrawn_at is null
             and last.by_id <> $2 and last.how = 'member'
           order by last.created_at desc, s.id limit $3"#,
        agency.0,
        me.0,
        most,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// How many of them are named on the page.
const NAMED: usize = 3;

fn led(found: serde_json::Value) -> Vec<Led> {
    let found: Vec<(String, String, String)> = serde_json::from_value(found).unwrap_or_default();
    found.into_iter().filter_map(|(kind, title, path)| Some(Led { kind: Kind::parse(&kind)?, title, path })).collect()
}

/// Questions raised by this person or their body, with where each stands: what waits for this person's word first. A
/// colleague's question waits for the colleague's word.
pub(in crate::home) async fn raised(tx: &mut AgencyTx, me: MembershipId, body: Option<PartnerId>, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select s.title, s.path, l.state, l.reopened > 0 as "reopened!", l.answer_by, l.created_at, coalesce(l.heir_id, l.raised_by) = $2 as "mine!", count(*) over () as "all!"
           from loop l
           join subject s on s.agency_id = l.agency_id and s.id = l.id
           where l.agency_id = $1 and (l.raised_by = $2 or l.heir_id = $2 or l.raised_for_partner_id = $3) and l.state <> 'withdrawn'
           order by l.state = 'answered' and coalesce(l.heir_id, l.raised_by) = $2 desc, l.state = 'answered' desc, l.state = 'closed', coalesce(l.answered_at, l.created_at) desc, l.id limit $4"#,
        agency.0,
        me.0,
        body.map(|id| id.0),
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let (state, due) = match row.state.as_str() {
                    "answered" if row.mine => ("answered, waiting for your word", None),
                    "answered" => ("answered, waiting for their word", None),
                    "closed" if row.mine => ("closed by you", None),
                    "closed" => ("closed by the one who raised it", None),
                    "raised" | "acknowledged" | "review" if row.reopened => ("reopened, no new answer yet", Some(row.answer_by)),
                    "acknowledged" | "review" => ("acknowledged", Some(row.answer_by)),
                    _ => ("no reply yet", Some(row.answer_by)),
                };
                let who = format!("raised {}", words::day(tx.day(row.created_at)));
                (Waiting { title: row.title, path: row.path, who, due, what: "answer", state: state.to_owned() }, Sums::all(row.all))
            })
            .collect(),
    ))
}
