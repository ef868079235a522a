//! For an analyst: her exports in every state, copies that she is asked to delete, what was said and is under no theme yet, what is withheld
//! because too few stand behind it, and questions about what the numbers say. Nobody's words.

use crate::{
    home::model::{Numbers, Queue, Sums, Waiting},
    listening::{statements, themes::SMALLEST_GROUP},
    platform::{db::AgencyTx, error::Error, ids::MembershipId, labels::Label as _, paging::with_filters, subject::Kind, words},
    reports::{self, Format, What},
};
use chrono::{Duration, NaiveDate};

/// The latest exports that this person asked for: those that she can take, and those under way with those of the last week that failed.
pub(in crate::home) async fn own(tx: &mut AgencyTx, me: MembershipId, slug: &str, most: i64) -> Result<(Queue, Queue), Error> {
    let (agency, since) = (tx.agency(), tx.now() - Duration::days(7));
    let rows = sqlx::query!(
        r#"select e.id as "id!", e.what as "what!: What", e.format as "format!: Format", e.state as "state!", e.row_count as "row_count!", e.started_at as "started_at?",
                  e.void_because as "void_because!", e.created_at as "created_at!",
                  e.sum as "sum!"
           from (select x.*, count(*) over (partition by x.state = 'ready') as sum,
                        row_number() over (partition by x.state = 'ready' order by x.created_at desc, x.id) as nth
                 from export x
                 where x.agency_id = $1 and x.asked_by = $2 and (x.state in ('ready', 'waiting') or x.state = 'failed' and x.void_at >= $4)) e
           where e.nth <= $3
           order by e.created_at desc, e.id"#,
        agency.0,
        me.0,
        most,
        since,
    )
    .fetch_all(tx.conn())
    .await?;
    let (mut ready, mut under_way) = (Vec::new(), Vec::new());
    for row in rows {
        let (path, day) = (reports::paths::export(slug, row.id), words::day(tx.day(row.created_at)));
        let so_far = words::count(row.row_count, "row", "rows");
        let title =
            if row.state == "ready" { format!("{}, {so_far}, {}", row.what, row.format) } else { format!("{}, {}", row.what, row.format) };
        let (list, who, state) = match row.state.as_str() {
            "ready" => (&mut ready, format!("made on {day}"), ""),
            "failed" => (&mut under_way, format!("asked for on {day}: {}", row.void_because), "could not be made"),
            _ if row.started_at.is_none() => (&mut under_way, format!("asked for on {day}"), "waits for its turn"),
            _ => (&mut under_way, format!("{so_far} so far"), "being made"),
        };
        list.push((Waiting { title, path, who, state: state.to_owned(), ..Waiting::default() }, Sums::all(row.sum)));
    }
    Ok((Queue::of(ready), Queue::of(under_way)))
}

/// Exports that this person took and that are void or called back since: of each she says that her copies are deleted. The longest first.
pub(in crate::home) async fn copies(tx: &mut AgencyTx, me: MembershipId, slug: &str, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select e.id, e.what as "what: What", e.format as "format: Format", t.at as "at!", count(*) over () as "all!"
           from export e
           join lateral (select min(k.created_at) as at from export_taken k
                         where k.agency_id = e.agency_id and k.export_id = e.id and k.taken_by = $2 and k.deleted_at is null) t on t.at is not null
           where e.agency_id = $1 and (e.state = 'void'
               or exists (select 1 from recall r where r.agency_id = e.agency_id and r.export_id = e.id and r.taken_by is not null))
           order by t.at, e.id
           limit $3"#,
        agency.0,
        me.0,
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let who = format!("you took it on {}; it is called back since", words::day(tx.day(row.at)));
                let (title, path) = (format!("{}, {}", row.what, row.format), reports::paths::export(slug, row.id));
                let waiting = Waiting { title, path, who, state: "say that your copies are deleted".to_owned(), ..Waiting::default() };
                (waiting, Sums::all(row.all))
            })
            .collect(),
    ))
}

/// The latest exports that were voided: by a withdrawal (somebody took their words back), or otherwise (a consent or an
/// audience changed).
pub(in crate::home) async fn void(tx: &mut AgencyTx, withdrawn: bool, slug: &str, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select e.id, e.what as "what: What", e.format as "format: Format", e.void_because, e.void_at, m.name, count(*) over () as "all!" from export e
           join membership m on m.agency_id = e.agency_id and m.id = e.asked_by
           where e.agency_id = $1 and e.state = 'void' and (e.void_because like 'Words % were taken back%') = $2
           order by e.void_at desc nulls last, e.id limit $3"#,
        agency.0,
        withdrawn,
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let on = row.void_at.map(|at| format!(", {}", words::day(tx.day(at)))).unwrap_or_default();
                let who = format!("{}{on}; asked for by {}", row.void_because, row.name);
                let (title, path) = (format!("{}, {}", row.what, row.format), reports::paths::export(slug, row.id));
                (Waiting { title, path, who, state: "do not use".to_owned(), ..Waiting::default() }, Sums::all(row.all))
            })
            .collect(),
    ))
}

/// Sessions of which something that the reader may read is under no theme yet, the latest words first; the sums count statements.
pub(in crate::home) async fn uncoded(tx: &mut AgencyTx, slug: &str, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select l.id as "id!", l.title as "title!", count(*) as "number!", max(coalesce(st.confirmed_at, st.created_at)) as "at!", (sum(count(*)) over ())::bigint as "all!"
           from statement st join listening_session l on l.agency_id = st.agency_id and l.id = st.session_id
           where st.agency_id = $1 and st.words is not null and st.state in ('confirmed', 'corrected')
             and not exists (select 1 from edge e where e.agency_id = $1 and e.to_id = st.id and e.kind = 'source')
           group by l.id, l.title
           order by 4 desc, l.id
           limit $2"#,
        agency.0,
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let number = words::count(row.number, "statement is under no theme", "statements are under no theme");
                let who = format!("{number}; the last was confirmed on {}", words::day(tx.day(row.at)));
                let path = with_filters(&statements::paths::statements(slug), &[("session", row.id.to_string().as_str())]);
                (Waiting { title: row.title, path, who, ..Waiting::default() }, Sums::all(row.all))
            })
            .collect(),
    ))
}

/// Where people read a source differently, and how much is withheld because too few stand behind it.
pub(in crate::home) async fn numbers(tx: &mut AgencyTx) -> Result<Numbers, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Numbers,
        r#"with smallest as (select coalesce((select w.smallest from trust_wording w where w.agency_id = $1 order by w.version desc limit 1)::bigint, $2::bigint) as people)
           select s.people as "smallest!",
                  (select count(*) from (select e.to_id from edge e where e.agency_id = $1 and e.kind = 'source'
                                         group by e.to_id having count(distinct e.by_id) > 1) c where is_read_differently(c.to_id)) as "differing!",
                  (select count(distinct q.theme) from (
                       select e.from_id as theme, count(distinct coalesce(o.author_id, st.speaker_id, st.id)) as people
                       from statement st
                       join subject o on o.agency_id = st.agency_id and o.id = st.id
                       left join partner p on p.agency_id = st.agency_id and p.id = st.body_id
                       join edge e on e.agency_id = st.agency_id and e.to_id = st.id and e.kind = 'source'
                       join theme t on t.agency_id = e.agency_id and t.id = e.from_id and t.merged_into is null
                       where st.agency_id = $1 and st.words is not null and st.state in ('confirmed', 'corrected')
                       group by e.from_id, case when st.attribution = 'anonymous' then 'unsaid' when p.kind = 'tribe' then 'tribes'
                                                when p.id is not null then 'partners' else 'lived' end) q where q.people < s.people) as "themes!",
                  (select count(*) from trust_round r where r.agency_id = $1 and r.state = 'withheld') as "rounds!"
           from smallest s"#,
        agency.0,
        SMALLEST_GROUP,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Questions without an answer that were raised from a goal’s values or from a theme, the earliest due first.
pub(in crate::home) async fn questions(tx: &mut AgencyTx, today: NaiveDate, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select s.title, s.path, o.kind as "kind!: Kind", o.title as "about!", case when l.state = 'raised' then least(l.acknowledge_by, l.answer_by) else l.answer_by end as "due!",
                  l.state, count(*) over () as "all!", count(*) filter (where l.answer_by < $3) over () as "late!"
           from loop l
           join subject s on s.agency_id = l.agency_id and s.id = l.id
           join lateral (select r.kind, r.title from edge e join subject r on r.agency_id = e.agency_id and r.id = e.to_id
                         where e.agency_id = $1 and e.from_id = l.id and e.kind = 'raised_from' and r.kind in ('goal', 'theme') and r.withdrawn_at is null
                         order by r.kind, r.id limit 1) o on true
           where l.agency_id = $1 and l.state in ('raised', 'acknowledged')
           order by 5, l.id
           limit $2"#,
        agency.0,
        most,
        today,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let (what, state) = if row.state == "raised" { ("acknowledgement", "no reply yet") } else { ("answer", "") };
                let who = format!("about the {} “{}”", row.kind.label(), row.about);
                let waiting = Waiting { title: row.title, path: row.path, who, due: Some(row.due), what, state: state.to_owned() };
                (waiting, Sums { all: row.all, late: row.late, pressing: row.all })
            })
            .collect(),
    ))
}
