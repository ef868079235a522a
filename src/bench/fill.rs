//! Many agencies with 500 partners each, written straight into the tables.

use super::Fault;
use sqlx::{Connection as _, PgConnection};

/// Fills the database up to this many agencies, each with 60 members and 500 partners, laid down in no order: they came over the
/// years, and an agency's next partner does not lie beside its last. The token of the measured member's session is `bench` padded to 43 letters.
pub(super) async fn fill(admin_url: &str, agencies: i32) -> Result<(), Fault> {
    let mut admin = PgConnection::connect(admin_url).await?;
    common_table::platform::db::migrate(&mut admin).await?;
    sqlx::raw_sql(WRITTEN_OUT).execute(&mut admin).await?;
    for statement in STATEMENTS {
        sqlx::query(*statement).bind(agencies).execute(&mut admin).await?;
    }
    sqlx::raw_sql(SESSION).execute(&mut admin).await?;
    admin.close().await?;
    // Rows are known to be visible to all only when nobody is left who might not see them.
    let mut admin = PgConnection::connect(admin_url).await?;
    sqlx::raw_sql(WRITTEN_OUT).execute(&mut admin).await?;
    sqlx::raw_sql("vacuum (analyze)").execute(&mut admin).await?;
    Ok(())
}

/// A row is not known to be visible to all while the end of a transaction near its own is not written out.
const WRITTEN_OUT: &str = "set synchronous_commit = on";

const STATEMENTS: &[&str] = &[
    "insert into agency (id, slug, name, created_at)
     select gen_random_uuid(), 'agency-' || n, 'Agency ' || n, now() from generate_series(1, $1) n
     on conflict (slug) do nothing",
    "insert into membership (agency_id, id, name, role, state, created_at)
     select g.id, gen_random_uuid(), 'Keeper ' || n, 'staff', 'active', now() from agency g, generate_series(1, 60) n
     where $1 > 0 and not exists (select 1 from membership m where m.agency_id = g.id)
     order by random()",
    "insert into partner (agency_id, id, name, sort_name, folded, is_tribe, kind, stage, counties, keeper_id, rhythm_next, created_at, updated_at)
     select g.id, gen_random_uuid(), 'Partner number ' || n || ' of the valley', 'partner number ' || lpad(n::text, 4, '0'), 'partner number ' || n,
            n <= 5, case when n <= 5 then 'tribe' else 'community' end, 'working', array['Cedar River', 'Alder'],
            (select m.id from membership m where m.agency_id = g.id order by m.name offset n % 10 limit 1), current_date + n, now(), now()
     from agency g, generate_series(1, 500) n
     where $1 > 0 and not exists (select 1 from partner p where p.agency_id = g.id)
     order by random()",
];

const SESSION: &str = "
    insert into account (id, email, name, created_at)
    select gen_random_uuid(), 'bench@bench.example', 'Bench', now() on conflict (email) do nothing;
    insert into session (id, token_hash, account_id, created_at, last_seen_at, expires_at)
    select gen_random_uuid(), sha256(convert_to(rpad('bench', 43, 'A'), 'UTF8')), a.id, now(), now() + interval '1 day', now() + interval '1 day'
    from account a where a.email = 'bench@bench.example' on conflict (token_hash) do nothing;
    update membership m set account_id = a.id from account a, agency g
    where a.email = 'bench@bench.example' and g.slug = 'agency-1' and m.agency_id = g.id
      and m.id = (select o.id from membership o where o.agency_id = g.id order by o.name limit 1);";
