//! Representatives in and out of the database. Row security holds the rule of who names whom once more (0122_one_body.sql).

use super::model::{HandOver, Named, Names, NewRepresentative, Representative};
use crate::{
    audit::{self, Change},
    partners::find_name,
    platform::{
        asker::Asker,
        db::AgencyTx,
        error::Error,
        form::{Choice, Problems},
        ids::{PartnerId, SubjectId},
        policy::{EditOwnPartner, EditPartners},
        subject::Kind,
    },
};
use chrono::NaiveDate;

/// Who names people for this body, as far as the asker is concerned: the body itself, by those who decide or speak for it; the
/// agency only while the body has no steward.
pub(super) async fn names(tx: &mut AgencyTx, asker: &Asker, partner: PartnerId) -> Result<Names, Error> {
    let row =
        sqlx::query!(r#"select speaks_for($1) as "own!", body_has_steward($1) as "has_steward!""#, partner.0).fetch_one(tx.conn()).await?;
    let speaks = asker.member().is_some_and(|member| member.steward || member.speaks);
    Ok(match (row.own && speaks && asker.may::<EditOwnPartner>(), row.has_steward) {
        (true, _) => Names::TheBody,
        (false, false) if asker.may::<EditPartners>() => Names::TheAgency,
        (false, _) => Names::Nobody,
    })
}

/// Everybody who speaks or spoke for a partner, those in office first. Of a member the membership says what they are called,
/// whether they may bind the body, and since when they are gone.
pub(super) async fn list(tx: &mut AgencyTx, partner: PartnerId) -> Result<Vec<Representative>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Representative,
        r#"select r.id, coalesce(m.name, r.name) as "name!", r.position, r.mandate, coalesce(m.binds and mandate_holds(m, $4), r.may_bind) as "may_bind!", r.starts_on,
                  coalesce(r.ends_on, case when m.ended_at is not null then greatest((m.ended_at at time zone $3)::date, r.starts_on) end) as ends_on, r.handover_note,
                  r.handover_done_at is not null as "handed_over!", m.id is not null as "is_member!", r.version
           from representative r
           left join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
           where r.agency_id = $1 and (r.partner_id = $2
               or r.partner_id in (select g.id from partner g where g.agency_id = $1 and g.merged_into = $2))
           order by 7 desc nulls first, r.starts_on desc, 2, r.id limit 200"#,
        agency.0,
        partner.0,
        tx.zone(),
        tx.today(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One of them.
pub(super) async fn find(tx: &mut AgencyTx, partner: PartnerId, id: uuid::Uuid) -> Result<Option<Representative>, Error> {
    Ok(list(tx, partner).await?.into_iter().find(|one| one.id == id))
}

/// The body's members who can be named.
pub(super) async fn members(tx: &mut AgencyTx, partner: PartnerId) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select m.id, m.name, m.steward, m.binds and mandate_holds(m, $3) as "binds!", m.speaks and mandate_holds(m, $3) as "speaks!" from membership m
           join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.agency_id = $1 and coalesce(p.merged_into, p.id) = standing_of($2) and m.state = 'active'
           order by m.name, m.id"#,
        agency.0,
        partner.0,
        tx.today(),
    )
    .fetch_all(tx.conn())
    .await?;
    let may = |steward: bool, binds: bool, speaks: bool| match (steward, binds, speaks) {
        (true, true, _) => "steward, may bind",
        (true, false, _) => "steward",
        (false, true, _) => "may bind",
        (false, false, true) => "may speak",
        (false, false, false) => "without a mandate yet",
    };
    Ok(rows
        .into_iter()
        .map(|row| Choice::new(row.id.to_string(), format!("{}, {}", row.name, may(row.steward, row.binds, row.speaks))))
        .collect())
}

/// Adds a person.
pub(super) async fn add(tx: &mut AgencyTx, asker: &Asker, partner: PartnerId, new: &NewRepresentative) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    find_name(tx, partner).await?.ok_or(Error::NotFound)?;
    let names = names(tx, asker, partner).await?;
    let (member, name, may_bind) = match (&new.who, names) {
        (Named::Member(id), Names::TheBody) => {
            let value = id.to_string();
            if !members(tx, partner).await?.iter().any(|choice| choice.value == value) {
                return Err(Error::refused("member", "Choose one of your members"));
            }
            (Some(*id), "", false)
        }
        (Named::Told { name, may_bind }, Names::TheAgency) => (None, name.as_str(), *may_bind),
        _ => return Err(Error::NotFound),
    };
    sqlx::query!(
        "insert into representative (agency_id, id, partner_id, membership_id, name, position, mandate, may_bind, starts_on, ends_on, created_at)
         select $1, $2, $3, $4::uuid, coalesce(m.name, $5), $6, coalesce(nullif($7, ''), m.mandate, ''), $8, $9, $10, $11
         from (select 1) one left join membership m on m.agency_id = $1 and m.id = $4",
        agency.0,
        crate::platform::ids::fresh(),
        partner.0,
        member.map(|id| id.0),
        name,
        new.position,
        new.mandate,
        may_bind,
        new.starts_on,
        new.ends_on,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("named a representative of", Kind::Partner, SubjectId(partner.0)).field("mandate", &new.mandate)).await
}

/// Notes the last day, what a successor will be told, and whether that has been done.
pub(super) async fn end(
    tx: &mut AgencyTx,
    asker: &Asker,
    partner: PartnerId,
    id: uuid::Uuid,
    (ends_on, note, handed_over): &(NaiveDate, String, bool),
) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("handover_note", note)]).await?;
    let (agency, now) = (tx.agency(), tx.now());
    let allowed = names(tx, asker, partner).await? != Names::Nobody;
    find(tx, partner, id).await?.filter(|_| allowed).ok_or(Error::NotFound)?;
    let done = sqlx::query!(
        "update representative set ends_on = $4, handover_note = $5, handover_done_at = case when $6 then $7::timestamptz end, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id,
        asker.version(),
        ends_on,
        note,
        handed_over,
        now,
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::of("ended a representative’s time at", Kind::Partner, SubjectId(partner.0)).field("handover_note", note))
        .await
}

/// Hand-overs still to be done: representatives whose time has ended, relationships whose keeper is gone, and those that somebody else
/// keeps since lately, the longest first. What has a letter waits no more.
pub(super) async fn handovers(tx: &mut AgencyTx, today: NaiveDate) -> Result<Vec<HandOver>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        HandOver,
        r#"select * from (
               select p.id as "partner!: PartnerId", p.name as "partner_name!", p.is_tribe as "is_tribe!", coalesce(m.name, r.name) as "name!",
                      coalesce(r.ends_on, (m.ended_at at time zone $3)::date) as since, r.id as person, r.id as leaver, false as "changed!"
               from representative r
               join partner g on g.agency_id = r.agency_id and g.id = r.partner_id
               join partner p on p.agency_id = g.agency_id and p.id = coalesce(g.merged_into, g.id)
               left join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
               where r.agency_id = $1 and r.handover_done_at is null and coalesce(r.ends_on, (m.ended_at at time zone $3)::date) < $2
                 and not exists (select 1 from handover h where h.agency_id = r.agency_id and h.representative_id = r.id)
               union all
               select p.id, p.name, p.is_tribe, m.name, (m.ended_at at time zone $3)::date, null, m.id, false
               from partner p join membership m on m.agency_id = p.agency_id and m.id = p.keeper_id
               where p.agency_id = $1 and p.merged_into is null and (m.state <> 'active' or m.role not in ('director', 'staff'))
               union all
               select p.id, p.name, p.is_tribe, m.name, p.keeper_since, null, m.id, true
               from partner p join membership m on m.agency_id = p.agency_id and m.id = p.keeper_before
               where p.agency_id = $1 and p.merged_into is null and p.keeper_since > $2::date - 60 and p.keeper_before <> p.keeper_id
                 and not exists (select 1 from handover h where h.agency_id = p.agency_id and h.partner_id = p.id and h.leaver_id = p.keeper_before)) waits
           order by 5 nulls first, 2, 1 limit 200"#,
        agency.0,
        today,
        tx.zone(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// How many hand-overs are still to be done, for a first page.
///
/// # Errors
/// When the database refuses.
pub async fn handovers_waiting(tx: &mut AgencyTx, today: NaiveDate) -> Result<usize, Error> {
    Ok(handovers(tx, today).await?.len())
}
