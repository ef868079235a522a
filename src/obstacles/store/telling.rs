//! The other side hears that an obstacle was raised, settled or opened again; never what it says.

use super::super::{model::Hand, paths};
use crate::{
    commitments::Side,
    notices::{self, Notice},
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{PartnerId, SubjectId},
        policy::Hat,
    },
};

/// Tells the directors, or the stewards of the body; a person without a body finds it on their own page. Of an obstacle that carries a
/// body's protocol nobody is told: who may know of it is for row security to say.
pub(super) async fn tell_others(tx: &mut AgencyTx, slug: &str, Hand(id, by): Hand, what: &str) -> Result<(), Error> {
    let (agency, path) = (tx.agency(), paths::obstacle(slug, id));
    let found = sqlx::query!(
        r#"select o.partner_id as "partner: PartnerId", s.protocols is null as "open!" from obstacle o
           join subject s on s.agency_id = o.agency_id and s.id = o.id
           where o.agency_id = $1 and o.id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_one(tx.conn())
    .await?;
    if !found.open {
        return Ok(());
    }
    let notice = |who: &str| Notice { kind: "obstacle", said: format!("{who} {what}"), path: path.clone() };
    match (by, found.partner) {
        (Side::Agency, Some(body)) => notices::tell_stewards(tx, body, &notice("The agency")).await,
        (Side::Agency, None) => Ok(()),
        (Side::Partner, body) => {
            let who = if body.is_some() { "A partner" } else { "A community member" };
            notices::tell_hats(tx, &[Hat::Director], None, &notice(who)).await
        }
    }
}

/// The same right after it was raised.
pub(super) async fn tell_of(tx: &mut AgencyTx, slug: &str, id: SubjectId, by: Side) -> Result<(), Error> {
    tell_others(tx, slug, Hand(id, by), "raised something that makes working together hard").await
}
