//! Many consented statements, and an export of them as somebody would ask for it; the worker that makes it is another process,
//! so that its memory can be looked at from outside.

use super::{Fault, SLUG};
use sqlx::{Connection as _, PgConnection};
use std::{io::Write as _, time::Duration};

/// Looked at so often, so many times.
const EVERY: Duration = Duration::from_millis(200);
const TIMES: usize = 5 * 600;

/// Fills the measured agency with confirmed statements that may be exported, each with a theme.
pub(super) async fn fill(admin_url: &str, statements: i32) -> Result<(), Fault> {
    let mut admin = PgConnection::connect(admin_url).await?;
    for statement in FILL {
        sqlx::query(*statement).bind(SLUG).bind(statements).execute(&mut admin).await?;
    }
    sqlx::raw_sql("vacuum analyze").execute(&mut admin).await?;
    Ok(())
}

/// Asks for all of them in this format and waits until the worker has made the file; prints the rows in it.
pub(super) async fn ask(admin_url: &str, format: &str) -> Result<(), Fault> {
    let mut admin = PgConnection::connect(admin_url).await?;
    let export: uuid::Uuid = sqlx::query_scalar(ASK).bind(SLUG).bind(format).fetch_one(&mut admin).await?;
    for _ in 0..TIMES {
        let (state, rows): (String, i64) =
            sqlx::query_as("select state, row_count from export where id = $1").bind(export).fetch_one(&mut admin).await?;
        match state.as_str() {
            "waiting" => tokio::time::sleep(EVERY).await,
            "ready" => {
                writeln!(std::io::stdout(), "{rows}")?;
                return Ok(());
            }
            other => return Err(format!("The export is {other}; see the worker’s log.").into()),
        }
    }
    Err("The export was not made within ten minutes.".into())
}

const ASK: &str = "
    with member as (select m.agency_id, m.id from membership m join agency g on g.id = m.agency_id where g.slug = $1 and m.account_id is not null),
    asked as (
        insert into export (agency_id, id, what, format, filters, state, asked_by, created_at)
        select m.agency_id, gen_random_uuid(), 'statements', $2, '{}', 'waiting', m.id, now() from member m returning agency_id, id, asked_by),
    queued as (
        insert into job (id, for_agency, membership_id, kind, payload, run_at)
        select gen_random_uuid(), a.agency_id, a.asked_by, 'export', jsonb_build_object('export', a.id), now() from asked a)
    select id from asked";

const FILL: &[&str] = &[
    "insert into subject (agency_id, id, kind, title, path, audience, created_at)
     select g.id, gen_random_uuid(), kind, 'Of the bench', '/' || $1 || '/' || kind, 'partnership', now()
     from agency g, unnest(array['session', 'theme', 'theme', 'theme']) kind where g.slug = $1 and $2 > 0",
    "insert into listening_session (agency_id, id, title, starts_at, zone, recording, state, created_by, created_at)
     select s.agency_id, s.id, 'Evening at the library', now() - interval '90 days', 'America/Chicago', 'notes', 'confirmed', m.id, now()
     from agency g join subject s on s.agency_id = g.id and s.kind = 'session'
     join membership m on m.agency_id = g.id and m.account_id is not null where g.slug = $1 and $2 > 0",
    "insert into theme (agency_id, id, name, created_at)
     select s.agency_id, s.id, 'Theme ' || row_number() over (order by s.id), now()
     from agency g join subject s on s.agency_id = g.id and s.kind = 'theme' where g.slug = $1 and $2 > 0",
    "insert into subject (agency_id, id, kind, title, path, audience, created_at)
     select g.id, gen_random_uuid(), 'statement', 'Statement', '/' || $1 || '/statements', 'partnership', now()
     from agency g, generate_series(1, $2) where g.slug = $1",
    "insert into statement (agency_id, id, session_id, words, attribution, shown_as, wanted_audience, may_keep, may_quote, may_export, state,
         written_by, confirmed_how, confirmed_at, created_at)
     select s.agency_id, s.id, l.id, 'They asked if I had a spare room. I have a whole life with room in it. ' || s.id || repeat(' And then nobody called.', 5),
         'role', 'a grandmother, Cedar Valley', 'partnership', true, true, true, 'confirmed', m.id, 'read_back', now(), now()
     from agency g join subject s on s.agency_id = g.id and s.kind = 'statement'
     join listening_session l on l.agency_id = g.id
     join membership m on m.agency_id = g.id and m.account_id is not null where g.slug = $1 and $2 > 0",
    "insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
     select s.agency_id, (array(select t.id from theme t where t.agency_id = s.agency_id order by t.id))[1 + mod(abs(hashtext(s.id::text)), 3)],
         s.id, 'source', s.written_by, now()
     from agency g join statement s on s.agency_id = g.id where g.slug = $1 and $2 > 0",
];
