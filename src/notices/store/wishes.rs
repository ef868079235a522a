//! Which letters somebody chose: theirs alone to read and to change.

use super::super::model::{Hours, Pace, Quiet, Topic, When, Wishes, zone_of};
use crate::platform::{db::AgencyTx, error::Error, ids::MembershipId, labels::Label as _, zones::Zone};
use chrono::{DateTime, Utc};

/// What this member chose; where nothing is said, their clock is the agency's.
pub(in crate::notices) async fn wishes(tx: &mut AgencyTx, of: MembershipId, agencys_zone: &str) -> Result<Wishes, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select h.zone as "zone?", h.quiet_from, h.quiet_until,
                  coalesce((select array_agg(p.topic order by p.topic) from notice_pace p where p.agency_id = $1 and p.membership_id = $2), '{}') as "topics!",
                  coalesce((select array_agg(p.pace order by p.topic) from notice_pace p where p.agency_id = $1 and p.membership_id = $2), '{}') as "paces!"
           from (select) one left join notice_hours h on h.agency_id = $1 and h.membership_id = $2"#,
        agency.0,
        of.0,
    )
    .fetch_one(tx.conn())
    .await?;
    let zone = row.zone.as_deref().and_then(Zone::parse);
    let hour = |said: i16| u32::try_from(said).ok();
    let quiet = row.quiet_from.and_then(hour).zip(row.quiet_until.and_then(hour)).map(|(from, until)| Quiet { from, until });
    let chosen = row.topics.iter().zip(&row.paces);
    Ok(Wishes {
        zone: zone.unwrap_or_else(|| zone_of(agencys_zone.parse().unwrap_or(chrono_tz::Tz::UTC))),
        quiet,
        paces: chosen.filter_map(|(topic, pace)| Topic::parse(topic).zip(Pace::parse(pace))).collect(),
    })
}

/// Until when whoever the transaction runs for wants no letter; none where one may go now.
///
/// # Errors
/// When the database refuses.
pub async fn quiet_until(tx: &mut AgencyTx) -> Result<Option<DateTime<Utc>>, Error> {
    let (now, zone) = (tx.now(), tx.zone());
    let Some(me) = tx.standing().membership else { return Ok(None) };
    let chosen = wishes(tx, me, zone).await?;
    let hours = Hours { zone: chosen.zone.as_tz(), quiet: chosen.quiet };
    Ok(if let When::At(end) = hours.when(Pace::AtOnce, now) { Some(end) } else { None })
}

/// Keeps what whoever the transaction runs for chose.
pub(in crate::notices) async fn keep_wishes(tx: &mut AgencyTx, me: MembershipId, wishes: &Wishes) -> Result<(), Error> {
    let agency = tx.agency();
    let hour = |of: fn(&Quiet) -> u32| wishes.quiet.as_ref().and_then(|quiet| i16::try_from(of(quiet)).ok());
    sqlx::query!(
        "insert into notice_hours (agency_id, membership_id, zone, quiet_from, quiet_until) values ($1, $2, $3, $4, $5)
         on conflict (agency_id, membership_id)
         do update set zone = excluded.zone, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until",
        agency.0,
        me.0,
        wishes.zone.as_str(),
        hour(|quiet| quiet.from),
        hour(|quiet| quiet.until),
    )
    .execute(tx.conn())
    .await?;
    let (topics, paces): (Vec<String>, Vec<String>) =
        wishes.paces.iter().map(|(topic, pace)| (topic.as_str().to_owned(), pace.as_str().to_owned())).unzip();
    sqlx::query!(
        "insert into notice_pace (agency_id, membership_id, topic, pace)
         select $1, $2, c.topic, c.pace from unnest($3::text[], $4::text[]) as c (topic, pace)
         on conflict (agency_id, membership_id, topic) do update set pace = excluded.pace",
        agency.0,
        me.0,
        &topics,
        &paces,
    )
    .execute(tx.conn())
    .await?;
    crate::audit::record(tx, crate::audit::Change::about("chose", "letters about news").for_oneself()).await
}
