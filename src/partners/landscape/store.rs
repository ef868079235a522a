//! Ratings in and out of the database. Row security decides who sees which: directors and named staff all that are not kept,
//! a partner its own pair.

use super::{
    forms::NewRating,
    model::{Pair, Rated, Side},
};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        ids::{PartnerId, SubjectId},
        policy::Rate,
        subject::Kind,
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

/// Every relationship that either side has rated and the reader may see, the widest gap first; then what has no gap to show.
///
/// # Errors
/// When the database refuses.
pub async fn pairs(tx: &mut AgencyTx, most: i64) -> Result<Vec<Pair>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Pair,
        r#"select p.id as "partner: PartnerId", p.name, p.is_tribe, ours.value as "ours?", ours.rated_on as "ours_on?",
                  coalesce(theirs.value, own.value) as "theirs?", theirs.rated_on as "theirs_on?",
                  coalesce(theirs.kept and own.value is null, false) as "kept!"
           from partner p
           left join lateral (select r.value, r.rated_on from rating r
               where r.agency_id = $1 and r.partner_id = p.id and r.side = 'agency' order by r.created_at desc, r.id desc limit 1) ours on true
           left join lateral (select r.id, r.value, r.kept, r.rated_on from rating r
               where r.agency_id = $1 and r.partner_id = p.id and r.side = 'partner' order by r.created_at desc, r.id desc limit 1) theirs on true
           left join rating_kept own on own.agency_id = $1 and own.rating_id = theirs.id
           where p.agency_id = $1 and p.merged_into is null and (ours.value is not null or theirs.id is not null)
           order by abs(ours.value - coalesce(theirs.value, own.value)) desc nulls last,
                    coalesce(theirs.value, own.value) < ours.value desc, p.is_tribe desc, p.sort_name, p.id
           limit $2"#,
        agency.0,
        most,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// How many partners neither side has rated.
pub(super) async fn unrated(tx: &mut AgencyTx) -> Result<i64, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from partner p where p.agency_id = $1 and p.merged_into is null
           and not exists (select 1 from rating r where r.agency_id = $1 and r.partner_id = p.id)"#,
        agency.0,
    )
    .fetch_one(tx.conn())
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
           where r.agency_id = $1 and r.partner_id = $2
           order by r.created_at desc, r.id desc
           limit 200"#,
        agency.0,
        partner.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Rates a relationship for the side that the person stands on. A kept value goes where only the body can read it.
pub(super) async fn rate(tx: &mut AgencyTx, can: &Can<Rate>, partner: PartnerId, new: &NewRating, today: NaiveDate) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("note", &new.note)]).await?;
    let (agency, now, id) = (tx.agency(), tx.now(), crate::platform::ids::fresh());
    let side = side_of(can, partner).ok_or(Error::NotFound)?;
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
    audit::record(tx, Change::of("rated the relationship with", Kind::Partner, SubjectId(partner.0)).field("note", note)).await
}

/// The side a person rates for: the agency's staff for the agency, the body's speakers for the body, nobody for another body.
pub(super) fn side_of(can: &Can<Rate>, partner: PartnerId) -> Option<Side> {
    if can.hat().is_agency_side() {
        return Some(Side::Agency);
    }
    let speaks = can.member().is_some_and(|member| member.speaks || member.steward);
    (can.body() == Some(partner) && speaks).then_some(Side::Partner)
}
