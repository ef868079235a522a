//! Checks the rights of a server that a person gave by DATABASE_URL. The site refuses to start when
//! row security would not hold for the role it signs in as.

use sqlx::{PgExecutor, Row};

/// Why the site may not run on this server.
#[derive(Debug, thiserror::Error)]
pub enum RightsError {
    /// Each sentence names one thing and how to mend it.
    #[error("{}", .0.join("\n"))]
    Missing(Vec<String>),
    #[error("The database does not answer: {0}")]
    Database(#[from] sqlx::Error),
}

/// One row of booleans about the role that is signed in. Roles that do not exist count as missing.
const QUESTIONS: &str = "
    with me as (
        select oid, rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = session_user
    ), word as (
        -- From version 16, being a member and being allowed to step into the role are two things.
        select case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end as step
    )
    select me.rolname as role, current_database() as database,
        current_setting('server_version_num')::int < 150000 as too_old,
        me.rolsuper as superuser, me.rolbypassrls as bypasses, me.rolcreaterole as makes_roles,
        exists (select from pg_shdepend d
            where d.refclassid = 'pg_authid'::regclass and d.refobjid = me.oid and d.deptype = 'o'
            and d.dbid in (0, (select oid from pg_database where datname = current_database()))) as owns,
        has_schema_privilege('public', 'create') as creates,
        array(select r.rolname::text from pg_roles r
            where r.rolname in ('app_keeper', 'app_system') and pg_has_role(r.oid, 'usage')) as inherits,
        array(select w.name from unnest(array['app_login', 'app_keeper', 'app_system']) w(name)
            where w.name <> me.rolname and not exists (
                select from pg_roles r where r.rolname = w.name and pg_has_role(r.oid, word.step))) as unreachable,
        array(select r.rolname::text from pg_roles r
            where r.rolname in ('app_login', 'app_keeper', 'app_system') and r.oid <> me.oid
            and (r.rolsuper or r.rolbypassrls)) as too_strong,
        array(select r.rolname::text from pg_roles r
            where r.rolname not in ('app_login', 'app_keeper', 'app_system', me.rolname)
            and pg_has_role(r.oid, 'member')) as also_in
    from me, word";

/// Checks the role that the site signs in as.
///
/// # Errors
/// With all that is wrong at once, in plain sentences, so that it can be mended in one go.
pub async fn check(asker: impl PgExecutor<'_>) -> Result<(), RightsError> {
    let row = sqlx::query(QUESTIONS).fetch_one(asker).await?;
    let role: String = row.try_get("role")?;
    let again = "Run migrations/roles.sql as an administrator of the server.";
    let mut wrong = Vec::new();
    if row.try_get("too_old")? {
        wrong.push("The server is older than PostgreSQL 15.".to_owned());
    }
    let superuser: bool = row.try_get("superuser")?;
    if superuser {
        wrong.push(format!("{role} is a superuser, so row security would not hold for it. Sign in as app_login."));
    }
    if row.try_get("bypasses")? {
        wrong.push(format!("{role} may bypass row security. Run: alter role \"{role}\" nobypassrls"));
    }
    if row.try_get("makes_roles")? {
        wrong.push(format!("{role} may make roles. Run: alter role \"{role}\" nocreaterole"));
    }
    if row.try_get("owns")? {
        wrong.push(format!("{role} owns tables or other things. Only the owner role, which runs migrations, may own any."));
    }
    if row.try_get("creates")? {
        wrong.push(format!("{role} may create things in the schema public. {again}"));
    }
    for name in row.try_get::<Vec<String>, _>("unreachable")? {
        wrong.push(format!("{role} cannot step into the role {name} (set role). {again}"));
    }
    for name in row.try_get::<Vec<String>, _>("too_strong")? {
        wrong.push(format!("The role {name} is a superuser or may bypass row security. {again}"));
    }
    // A superuser is in every role; once is enough.
    if !superuser {
        for name in row.try_get::<Vec<String>, _>("inherits")? {
            wrong.push(format!("{role} inherits the rights of {name}. {again}"));
        }
        for name in row.try_get::<Vec<String>, _>("also_in")? {
            wrong.push(format!("{role} is a member of {name}. Run: revoke \"{name}\" from \"{role}\""));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(RightsError::Missing(wrong)) }
}

/// Checks the role of OWNER_DATABASE_URL before migrations begin.
///
/// # Errors
/// With all that is missing, in plain sentences.
pub async fn check_owner(asker: impl PgExecutor<'_>) -> Result<(), RightsError> {
    let row = sqlx::query(
        "select session_user::text as role, current_database()::text as database,
            has_schema_privilege('public', 'create') as creates,
            (select pg_has_role(nspowner, 'member') from pg_namespace where nspname = 'public') as owns_schema,
            array(select w.name from unnest(array['app_login', 'app_keeper', 'app_system']) w(name)
                where not exists (select from pg_roles r where r.rolname = w.name and pg_has_role(r.oid,
                    case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end))
            ) as unreachable",
    )
    .fetch_one(asker)
    .await?;
    let (role, database): (String, String) = (row.try_get("role")?, row.try_get("database")?);
    let again = "Run migrations/roles.sql as an administrator of the server.";
    let mut wrong = Vec::new();
    if !row.try_get::<bool, _>("creates")? || !row.try_get::<bool, _>("owns_schema")? {
        wrong.push(format!("{role} may not make tables in the schema public of {database}. {again}"));
    }
    for name in row.try_get::<Vec<String>, _>("unreachable")? {
        wrong.push(format!("{role} cannot step into the role {name} (set role). {again}"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(RightsError::Missing(wrong)) }
}
