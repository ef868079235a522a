//! Ratings in and out of the database. Row security decides who sees which: directors and named staff all that are not kept,
//! a partner its own pair.

use super::{
    forms::NewRating,
    model::{Pair, Rated, Side, Stands},
};
use crate::{
    audit::{self, Change, Readers},
    partners::own_body,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        ids::{PartnerId, SubjectId},
        policy::Rate,
        subject::{Audience, Kind},
    },
};
use chrono::NaiveDate;

/// The agency's scale, from the lowest step.
///
/// # Errors
/// When the database refuses.
pub async fn scale(tx: &mut AgencyTx) -> Result<Vec<String>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!("select scale from agency where id = $1", agency.0).fetch_one(tx.conn()).await?)
}

/// The step at and below which the agency offers a partnering assessment, if it named one.
pub(super) async fn assess_at(tx: &mut AgencyTx) -> Result<Option<i16>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!("select assess_at from agency where id = $1", agency.0).fetch_one(tx.conn()).await?)
}

/// Every relationship that either side has rated and the reader may see, the widest gap first; then what has no gap to show.
///
/// # Errors
/// When the database refuses.
pub async fn pairs(tx: &mut AgencyTx, most: i64) -> Result<Vec<Pair>, Error> {
    select(tx, true, most).await
}

/// The same, with the relationships that nobody has rated after them.
pub(super) async fn all_pairs(tx: &mut AgencyTx, most: i64) -> Result<Vec<Pair>, Error> {
    select(tx, false, most).await
}

/// Ratings of entries that were joined are ratings of one relationship. Whoever does not see the landscape sees their own pair.
async fn select(tx: &mut AgencyTx, rated: bool, most: i64) -> Result<Vec<Pair>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Pair,
        r#"with latest as (
               select distinct on (coalesce(g.merged_into, g.id), r.side) coalesce(g.merged_into, g.id) as partner_id, r.side, r.id, r.value,
                      r.kept, r.rated_on
               from rating r join partner g on g.agency_id = r.agency_id and g.id = r.partner_id
               where r.agency_id = $1
               order by coalesce(g.merged_into, g.id), r.side, r.created_at desc, r.id desc)
           select p.id as "partner: PartnerId", p.name, p.is_tribe, ours.value as "ours?", ours.rated_on as "ours_on?",
                  coalesce(theirs.value, own.value) as "theirs?", theirs.rated_on as "theirs_on?",
                  coalesce(theirs.kept and own.value is null, false) as "kept!",
                  case when p.is_tribe then (select max(o.held_on) from outreach o
                      where o.agency_id = $1 and o.partner_id = p.id and o.between_governments) end as "spoke_on?"
           from partner p
           left join latest ours on ours.partner_id = p.id and ours.side = 'agency'
           left join latest theirs on theirs.partner_id = p.id and theirs.side = 'partner'
           left join rating_kept own on own.agency_id = $1 and own.rating_id = theirs.id
           where p.agency_id = $1 and p.merged_into is null and (sees_landscape() or p.id = (select standing_body()))
             and (not $3 or ours.id is not null or theirs.id is not null)
           order by abs(ours.value - coalesce(theirs.value, own.value)) desc nulls last,
                    coalesce(theirs.value, own.value) < ours.value desc, (ours.id is null and theirs.id is null), p.is_tribe desc, p.sort_name, p.id
           limit $2"#,
        agency.0,
        most,
        rated,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// All ratings of one relationship that the reader may see, latest first.
pub(super) async fn history(tx: &mut AgencyTx, partner: PartnerId) -> Result<Vec<Rated>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Rated,
        r#"select r.side as "side: Side", coalesce(r.value, k.value) as "value?", r.kept, coalesce(k.note, r.note) as "note!",
                  r.rated_on as "on", m.name as "by"
           from rating r
           join membership m on m.agency_id = r.agency_id and m.id = r.rated_by
           left join rating_kept k on k.agency_id = r.agency_id and k.rating_id = r.id
           where r.agency_id = $1 and (r.partner_id = $2
               or r.partner_id in (select g.id from partner g where g.agency_id = $1 and g.merged_into = $2))
           order by r.created_at desc, r.id desc
           limit 200"#,
        agency.0,
        partner.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// How the asker stands to a relationship: which side they would rate for, and whether its ratings are theirs to see.
pub(super) async fn standing(tx: &mut AgencyTx, can: &Can<Rate>, partner: PartnerId) -> Result<Stands, Error> {
    if can.hat().is_agency_side() {
        let sees = can.member().is_some_and(|member| member.landscape);
        return Ok(if sees { Stands::OfTheAgency } else { Stands::Unnamed });
    }
    if own_body(tx).await? != Some(partner) {
        return Err(Error::NotFound);
    }
    let speaks = can.member().is_some_and(|member| member.speaks || member.steward);
    Ok(if speaks { Stands::ForTheBody } else { Stands::OfTheBody })
}

/// Rates a relationship for the side that the person stands on. A kept value goes where only the body can read it.
pub(super) async fn rate(tx: &mut AgencyTx, can: &Can<Rate>, partner: PartnerId, new: &NewRating, today: NaiveDate) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("note", &new.note)]).await?;
    let (agency, now, id) = (tx.agency(), tx.now(), crate::platform::ids::fresh());
    let side = standing(tx, can, partner).await?.side().ok_or(Error::NotFound)?;
    let kept = new.kept && side == Side::Partner;
    let (value, note) = if kept { (None, "") } else { (Some(new.value), new.note.as_str()) };
    sqlx::query!(
        "insert into rating (agency_id, id, partner_id, side, value, kept, note, rated_on, rated_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        agency.0,
        id,
        partner.0,
        side as Side,
        value,
        kept,
        note,
        today,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if kept {
        sqlx::query!(
            "insert into rating_kept (agency_id, rating_id, partner_id, value, note) values ($1, $2, $3, $4, $5)",
            agency.0,
            id,
            partner.0,
            new.value,
            new.note,
        )
        .execute(tx.conn())
        .await?;
    }
    let change = Change::of("rated the relationship with", Kind::Partner, SubjectId(partner.0)).field("note", note);
    audit::record(tx, Change { body: Some(partner), ..change.for_readers(Readers::Of(Audience::Leadership)) }).await
}
