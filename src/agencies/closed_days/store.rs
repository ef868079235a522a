//! The days on which the agency is closed, in and out. A question keeps the clocks under which it was raised.

use super::model::{ClosedDay, Holiday};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        paging::Paging,
        policy::ManageSettings,
        words,
    },
};
use chrono::NaiveDate;

/// Those that are ahead, the next first, and whether clocks count working days at all.
pub(super) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<(Vec<ClosedDay>, bool), Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let rows = sqlx::query!(
        r#"select a.working_days, c.day as "day?", c.name as "name?", m.name as "by?", c.created_at as "at?"
           from agency a
           left join lateral (select d.day, d.name, d.set_by, d.created_at from closed_day d
               where d.agency_id = $1 and d.day >= $2
               order by d.day limit $3 offset $4) c on true
           left join membership m on m.agency_id = $1 and m.id = c.set_by
           where a.id = $1
           order by c.day"#,
        agency.0,
        today,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?;
    let working = rows.first().is_some_and(|row| row.working_days);
    let days = rows.into_iter().filter_map(|row| Some(ClosedDay { day: row.day?, name: row.name?, by: row.by?, at: row.at? }));
    Ok((days.collect(), working))
}

/// Puts a day on the list.
pub(super) async fn add(tx: &mut AgencyTx, can: &Can<ManageSettings>, day: NaiveDate, name: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into closed_day (agency_id, day, name, set_by, created_at) values ($1, $2, $3, $4, $5)",
        agency.0,
        day,
        name,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("closed_day_pkey", "day", "That day is on the list already")?;
    changed(tx, String::new(), told(day, name)).await
}

/// Puts holidays on the list, but for those days that are on it already. Answers how many.
pub(super) async fn add_holidays(tx: &mut AgencyTx, can: &Can<ManageSettings>, chosen: &[Holiday]) -> Result<usize, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let added = sqlx::query!(
        "insert into closed_day (agency_id, day, name, set_by, created_at)
         select $1, h.day, h.name, $4, $5 from unnest($2::date[], $3::text[]) as h (day, name)
         on conflict (agency_id, day) do nothing
         returning day, name",
        agency.0,
        &chosen.iter().map(|one| one.day).collect::<Vec<_>>(),
        &chosen.iter().map(|one| one.name.to_owned()).collect::<Vec<_>>(),
        can.me().0,
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    if added.is_empty() {
        return Err(Error::refused("days", "These days are on the list already"));
    }
    let all: Vec<String> = added.iter().map(|row| told(row.day, &row.name)).collect();
    changed(tx, String::new(), all.join("; ")).await?;
    Ok(added.len())
}

/// Takes a day off the list.
pub(super) async fn open(tx: &mut AgencyTx, _: &Can<ManageSettings>, day: NaiveDate) -> Result<(), Error> {
    let agency = tx.agency();
    let name = sqlx::query_scalar!("delete from closed_day where agency_id = $1 and day = $2 returning name", agency.0, day)
        .fetch_optional(tx.conn())
        .await?
        .ok_or(Error::NotFound)?;
    changed(tx, told(day, &name), String::new()).await
}

fn told(day: NaiveDate, name: &str) -> String {
    format!("{}, {name}", words::day(day))
}

async fn changed(tx: &mut AgencyTx, was: String, becomes: String) -> Result<(), Error> {
    let fields = [("days on which the agency is closed", was, becomes)];
    audit::note_settings(tx, &fields).await?;
    audit::record(tx, Change::about("changed", "settings").from_to(&fields)).await
}
