//! One thing opened by its code, for whoever writes down what its person says on the telephone.

use super::super::model::hash_of;
use crate::{
    accounts::Code,
    audit::{self, Change},
    platform::{access::Can, db::AgencyTx, error::Error, ids, policy::TakeByTelephone, session::Token},
};
use chrono::Duration;

/// So long it is open to them.
const CALL: Duration = Duration::minutes(30);

/// Opens what has this code to whoever asks, by a token of their own; answers the link and what it asks for. Whether there is such a
/// code is all that is told: of what few may read, staff hear the same as of no code.
pub(in super::super) async fn open(
    tx: &mut AgencyTx,
    can: &Can<TakeByTelephone>,
    code: &Code,
    token: &Token,
) -> Result<(uuid::Uuid, String), Error> {
    let (agency, now, id, me, code) = (tx.agency(), tx.now(), ids::fresh(), can.me(), hash_of(tx.agency(), code));
    tx.as_keeper("a thing opened by its code", async |tx| {
        sqlx::query!(
            "insert into word_by_telephone (agency_id, id, link_id, what, token_hash, taken_by, until)
             select l.agency_id, $2, l.id, l.what, $3, $4, $5 from word_link l
             join subject s on s.agency_id = l.agency_id and s.id = l.record_id and s.protocols is null
               and s.audience in ('agency', 'partnership', 'public')
             where l.agency_id = $1 and l.code_hash = $6 and not l.spent and l.expires_at > $7 and l.membership_id <> $4",
            agency.0,
            id,
            &token.hash(),
            me.0,
            now + CALL,
            code,
            now,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await?;
    // What they opened themselves is theirs to see.
    let opened = sqlx::query!("select link_id, what from word_by_telephone where agency_id = $1 and id = $2", agency.0, id)
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| Error::refused("code", "Nothing that waits has this code. Ask for it once more, from the latest letter"))?;
    audit::record(tx, Change::about("opened for somebody on the telephone", "line of a letter")).await?;
    Ok((opened.link_id, opened.what))
}
