//! `common-table opening`: the operator opens one restricted record to an administrator, where an order must be obeyed and nobody else can.

use super::{Fault, database::Ground, say};
use crate::{
    openings::{self, NewOpening, Order},
    platform::{clock::Clock, error::Error, settings::Settings},
};
use chrono::NaiveDate;

/// What is asked for, as typed.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// The agency's part of every address.
    agency: String,
    /// The number of the statement, question, obstacle or comment.
    record: uuid::Uuid,
    /// The email address of the administrator who reads it.
    #[arg(long = "for")]
    reader: String,
    /// Why: the order or the law. Those whose words they are read it.
    #[arg(long)]
    reason: String,
    /// For how many hours.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(i32).range(1..=72))]
    hours: i32,
    /// The order that forbids notice, where a court forbids it.
    #[arg(long, requires = "notice_on")]
    order: Option<String>,
    /// The day on which they may be told, such as 2027-03-31.
    #[arg(long, requires = "order")]
    notice_on: Option<NaiveDate>,
}

pub(super) async fn open(settings: &Settings, asked: Asked) -> Result<(), Fault> {
    if asked.reason.trim().is_empty() {
        return Err("Say why: the order or the law.".into());
    }
    let ground = Ground::open(settings).await?;
    let done = done(&ground, asked).await;
    ground.close().await?;
    say(&format!("Opened until {} (UTC), on the administrator’s page “Emergency openings”.", done?.format("%Y-%m-%d %H:%M")));
    Ok(())
}

async fn done(ground: &Ground, asked: Asked) -> Result<chrono::DateTime<chrono::Utc>, Fault> {
    ground.check_rights().await?;
    let db = ground.site(2).await?;
    let order = asked.order.zip(asked.notice_on).map(|(reference, until)| Order { reference, until });
    if order.as_ref().is_some_and(|order| order.until <= Clock::default().today(chrono_tz::Tz::UTC)) {
        return Err("The day on which they may be told must be ahead of us.".into());
    }
    let new = NewOpening { record: asked.record, reason: asked.reason, hours: asked.hours, order, by_operator: true };
    let opened = openings::open_by_operator(&db, &asked.agency, &asked.reader, &new).await;
    db.close().await;
    opened.map_err(|error| match error {
        Error::NotFound => "No administrator of that agency has that address.".into(),
        Error::Refused(problems) => problems.list().first().map_or_else(|| "It was refused.".into(), |one| one.message.clone().into()),
        other => other.to_string().into(),
    })
}
