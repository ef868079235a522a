//! The plan of the partner list under row security, with the shared buffers it touches.

use super::{Fault, SLUG};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};
use std::io::Write as _;

/// The columns and limit of the list, as the site's role sees it.
const LIST: &str = "explain (analyze, buffers, costs off, timing off, summary off)
    select p.id, p.name, p.kind, p.is_tribe, p.stage, p.contracted, p.counties,
           (select m.name from membership m where m.agency_id = p.agency_id and m.id = p.keeper_id), p.rhythm_next,
           (select count(*) from partner t where t.agency_id = current_agency() and t.is_tribe and t.merged_into is null),
           (select count(*) from partner t where t.agency_id = current_agency() and not t.is_tribe and t.merged_into is null)
    from partner p where p.agency_id = current_agency() and p.merged_into is null
    order by p.is_tribe desc, p.sort_name, p.id limit 51";

#[expect(clippy::disallowed_methods, reason = "a tool of its own")]
pub(super) async fn print(login_url: &str, admin_url: &str) -> Result<(), Fault> {
    let mut admin = PgConnection::connect(admin_url).await?;
    let agency: uuid::Uuid = sqlx::query_scalar("select id from agency where slug = $1").bind(SLUG).fetch_one(&mut admin).await?;
    let mut login = PgConnection::connect(login_url).await?;
    for _ in 0..3 {
        let mut tx = login.begin().await?;
        sqlx::raw_sql(AssertSqlSafe(format!("set local app.agency = '{agency}'; set local app.hat = 'staff'"))).execute(&mut *tx).await?;
        let lines = sqlx::query(LIST).fetch_all(&mut *tx).await?;
        tx.rollback().await?;
        let text: Vec<String> = lines.iter().map(|line| line.get(0)).collect();
        let _ = writeln!(std::io::stdout(), "{}\n", text.join("\n"));
    }
    Ok(())
}
