//! The database and its four roles. The text is the one an administrator runs on a server of hers, so
//! that both are the same.

use sqlx::{Connection, PgConnection};

use super::{ClusterError, place::Place};

pub(super) const DATABASE: &str = "common_table";
pub(super) const OWNER: &str = "common_table_owner";
pub(super) const LOGIN: &str = "app_login";
pub(super) const SUPERUSER: &str = "postgres";

const ROLES: &str = include_str!("../../../migrations/roles.sql");

/// Takes the database away, whoever is connected to it.
pub(super) async fn drop_database(connection: &mut PgConnection) -> Result<(), ClusterError> {
    sqlx::raw_sql("drop database if exists common_table with (force)").execute(connection).await?;
    Ok(())
}

/// Makes what is missing; safe to repeat.
pub(super) async fn set_up(connection: &mut PgConnection, place: &Place) -> Result<(), ClusterError> {
    let there: bool =
        sqlx::query_scalar("select exists (select from pg_database where datname = $1)").bind(DATABASE).fetch_one(&mut *connection).await?;
    if !there {
        sqlx::raw_sql("create database common_table").execute(&mut *connection).await?;
    }
    let mut inside = PgConnection::connect(&place.url(DATABASE, SUPERUSER)).await?;
    sqlx::raw_sql(ROLES).execute(&mut inside).await?;
    inside.close().await?;
    Ok(())
}
