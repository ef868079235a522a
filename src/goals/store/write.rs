//! What is written of goals. Every change of what was agreed to keeps the former text.

use super::{
    super::{
        model::{Entry, Goal, Measured, State, agreed_version, in_force},
        paths,
    },
    read::{find, given},
};
use crate::{
    audit::{self, Change},
    chain::{self, Join},
    consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::SubjectId,
        labels::Label as _,
        policy::EditFramework,
        subject::{self, Kind, NewSubject},
    },
};
use chrono::NaiveDate;

fn stale_unless(rows: u64) -> Result<(), Error> {
    if rows == 0 { Err(Error::Refused(Problems::stale())) } else { Ok(()) }
}

/// Adds a goal.
pub(in super::super) async fn add(tx: &mut AgencyTx, can: &Can<EditFramework>, entry: &Entry) -> Result<SubjectId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), SubjectId::fresh());
    consent::no_copied_words(tx, "text", &entry.text).await?;
    let path = paths::goal(can.slug(), id);
    let audience = entry.audience;
    subject::add(tx, NewSubject { id, kind: Kind::Goal, title: &entry.text, path, audience, body: None, author: None }).await?;
    sqlx::query!(
        "insert into goal (agency_id, id, text, owner_id, owner_partner_id, indicator, unit, baseline, baseline_on, target, target_on,
             created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        agency.0,
        id.0,
        entry.text,
        entry.owner.map(|id| id.0),
        entry.partner_owner.map(|id| id.0),
        entry.indicator,
        entry.unit,
        entry.baseline,
        entry.baseline_on,
        entry.target,
        entry.target_on,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    chain::picked(chain::join(tx, id, Join::Addresses, &entry.barriers, &[Kind::Barrier]).await, "barriers")?;
    audit::record(tx, Change::of("added", Kind::Goal, id).field("text", &entry.text).field("indicator", &entry.indicator)).await?;
    Ok(id)
}

/// Keeps a goal; answers whether what partners agree to has changed. Then it is a new version that nobody has agreed to yet,
/// and the former one stays readable, in force if it was. Otherwise every word given on it still holds.
pub(in super::super) async fn keep(tx: &mut AgencyTx, can: &Can<EditFramework>, id: SubjectId, entry: &Entry) -> Result<bool, Error> {
    let agency = tx.agency();
    let before = find(tx, id).await?.ok_or(Error::NotFound)?;
    let otherwise = before.otherwise(entry);
    let changed = !otherwise.is_empty();
    consent::no_copied_words(tx, "text", &entry.text).await?;
    let kept = sqlx::query!(
        "update goal set text = $4, owner_id = $5, owner_partner_id = $6, indicator = $7, unit = $8, baseline = $9, baseline_on = $10,
             target = $11, target_on = $12, version = version + case when $13 then 1 else 0 end
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        entry.text,
        entry.owner.map(|id| id.0),
        entry.partner_owner.map(|id| id.0),
        entry.indicator,
        entry.unit,
        entry.baseline,
        entry.baseline_on,
        entry.target,
        entry.target_on,
        changed,
    )
    .execute(tx.conn())
    .await?;
    stale_unless(kept.rows_affected())?;
    if changed {
        keep_former(tx, &before, entry).await?;
    }
    chain::open_draft(tx, id, entry.audience).await?;
    chain::picked(chain::rejoin(tx, id, Join::Addresses, &entry.barriers, &[Kind::Barrier]).await, "barriers")?;
    let change = otherwise.iter().fold(Change::of("changed", Kind::Goal, id), |change, (field, is)| change.field(field, is));
    audit::record(tx, change).await?;
    Ok(changed)
}

/// The former version stays readable. While it is in force the record keeps its name everywhere.
async fn keep_former(tx: &mut AgencyTx, before: &Goal, entry: &Entry) -> Result<(), Error> {
    let (agency, now, by) = (tx.agency(), tx.now(), tx.standing().membership);
    sqlx::query!(
        "insert into revision (agency_id, subject_id, version, fields, by_id, created_at, audience)
         select s.agency_id, s.id, $3, $4, $5, $6, s.audience from subject s where s.agency_id = $1 and s.id = $2",
        agency.0,
        before.id.0,
        before.version,
        serde_json::json!(before.as_agreed()),
        by.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await?;
    let agreed = agreed_version(&given(tx, before.id).await?);
    if in_force(before.state, agreed).is_none() {
        subject::rename(tx, before.id, &entry.text).await?;
    }
    Ok(())
}

/// Notes where the goal stands. Only a version that somebody on the partners' side agreed to can be put in force.
pub(in super::super) async fn put_state(
    tx: &mut AgencyTx,
    can: &Can<EditFramework>,
    id: SubjectId,
    (state, why): &(State, String),
) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("why", why)]).await?;
    let agency = tx.agency();
    if *state == State::InForce {
        let asked = sqlx::query!(
            r#"select version = $3 as "fresh!", partners_agreed(id, version) as "agreed!" from goal where agency_id = $1 and id = $2"#,
            agency.0,
            id.0,
            can.version(),
        );
        let now = asked.fetch_optional(tx.conn()).await?.ok_or(Error::NotFound)?;
        stale_unless(u64::from(now.fresh))?;
        if !now.agreed {
            return Err(Error::refused("state", "Wait for a partner’s word: nobody on the partners’ side has agreed to this version yet"));
        }
    }
    let kept = sqlx::query!(
        "update goal set state = $4 where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        *state as State,
    )
    .execute(tx.conn())
    .await?;
    stale_unless(kept.rows_affected())?;
    chain::happened(tx, id, state.label(), why).await?;
    audit::record(tx, Change::of("changed the state of", Kind::Goal, id).field("why", why)).await
}

/// Tells the story behind the curve anew; it is no part of what was agreed to.
pub(in super::super) async fn tell(tx: &mut AgencyTx, can: &Can<EditFramework>, id: SubjectId, story: &str) -> Result<(), Error> {
    let agency = tx.agency();
    consent::no_copied_words(tx, "story", story).await?;
    let kept = sqlx::query!(
        "update goal set story = $4, story_version = story_version + 1 where agency_id = $1 and id = $2 and story_version = $3",
        agency.0,
        id.0,
        can.version(),
        story,
    )
    .execute(tx.conn())
    .await?;
    stale_unless(kept.rows_affected())?;
    audit::record(tx, Change::of("told the story of", Kind::Goal, id).field("story", story)).await
}

/// Adds the value of a day; a day has one value.
pub(in super::super) async fn put_value(
    tx: &mut AgencyTx,
    can: &Can<EditFramework>,
    id: SubjectId,
    measured: &Measured,
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    find(tx, id).await?.ok_or(Error::NotFound)?;
    let put = sqlx::query!(
        "insert into goal_value (agency_id, goal_id, on_day, value, source, entered_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (agency_id, goal_id, on_day) do nothing",
        agency.0,
        id.0,
        measured.on_day,
        measured.value,
        measured.source,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if put.rows_affected() == 0 {
        return Err(Error::refused("on_day", "Take the value of this day away first: a day has one value"));
    }
    audit::record(tx, Change::of("added a value to", Kind::Goal, id).field("source", &measured.source)).await
}

/// Takes the value of a day away.
pub(in super::super) async fn drop_value(tx: &mut AgencyTx, _: &Can<EditFramework>, id: SubjectId, on_day: NaiveDate) -> Result<(), Error> {
    let agency = tx.agency();
    let gone = sqlx::query!("delete from goal_value where agency_id = $1 and goal_id = $2 and on_day = $3", agency.0, id.0, on_day)
        .execute(tx.conn())
        .await?;
    if gone.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change::of("took a value from", Kind::Goal, id)).await
}
