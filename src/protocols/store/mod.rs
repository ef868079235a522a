//! All SQL of protocols, labels and notices. Row security holds every rule once more (`migrations/0260_protocols.sql`).

mod acts;
mod beside;
mod items;
mod labels;
mod offer;
mod read;
mod requests;
mod several;

pub(super) use acts::{ask_or_do, change, leave_or_take_out};
pub use beside::{of_item as marks_of, of_items as marks};
pub use items::wait_turn;
pub(super) use items::{find as item, narrow, put};
pub(super) use labels::{Listed as ListedLabel, end_notice, find_notice, of_body as labels, put_notice};
pub(super) use offer::{Offer, offer};
pub use read::copied;
pub(super) use read::{Carrying, carrying, find, list, readers};
pub(super) use requests::{all as requests, decide, find as request};
pub use several::{choices, put_on_several, take_off_several};

use super::paths;
use crate::{
    notices::{self, Notice},
    platform::{asker::Asker, db::AgencyTx, error::Error, ids::PartnerId, policy::Hat},
};

/// Tells all stewards of a body, the same minute, what was done: in words of the house, never what a protocol or a label says.
async fn told(tx: &mut AgencyTx, can: &Asker, body: PartnerId, said: String) -> Result<(), Error> {
    notices::tell_stewards(tx, body, &Notice { kind: "protocol", said, path: paths::protocols(can.slug()) }).await
}

/// The body whose steward asks.
pub(super) fn stewarded(can: &Asker) -> Result<PartnerId, Error> {
    can.body().filter(|_| can.hat() == Hat::Steward).ok_or(Error::NotFound)
}

/// How many stewards' words count for a body: those who serve, and those whom the agency suspended.
pub(super) async fn stewards(tx: &mut AgencyTx, body: PartnerId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(r#"select stewards_of($1) as "number!""#, body.0).fetch_one(tx.conn()).await?)
}

/// Whether a steward serves now.
pub(super) async fn has_serving(tx: &mut AgencyTx, body: PartnerId) -> Result<bool, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from membership where agency_id = $1 and partner_id = $2 and steward and state = 'active') as "serves!""#,
        agency.0,
        body.0,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Whether the asker may narrow what the body's people contributed: its steward; where none serves, whoever speaks for it.
pub(super) async fn may_narrow(tx: &mut AgencyTx, body: PartnerId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(r#"select may_narrow($1) as "may!""#, body.0).fetch_one(tx.conn()).await?)
}
