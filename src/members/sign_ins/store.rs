//! Sign-ins in which somebody was here. Row security shows them to administrators; whether one is still open is asked as keeper.

use super::{
    super::{
        model::{Member, Role, Who},
        paths,
        store::{find, of_member},
    },
    model::{OwnSignIn, SignInId},
};
use crate::{
    audit,
    notices::{self, Notice},
    platform::{access::Can, db::AgencyTx, error::Error, ids::MembershipId, policy::EndSignIns, proof::ProvedBy},
};

/// No page shows more; nobody has so many.
const MOST: i64 = 100;

/// Somebody of the agency's own side, and the sign-ins in which they were here that open the agency still, the latest used first. Whoever
/// is suspended or gone comes in by none: whether theirs goes on elsewhere is not this agency's to see.
pub(super) async fn list(tx: &mut AgencyTx, can: &Can<EndSignIns>, id: MembershipId) -> Result<(Member, Vec<OwnSignIn>), Error> {
    let member = find(tx, Who::of(can), id).await?;
    // Of a body's people there is nothing to see here.
    if member.role == Role::Partner {
        return Err(Error::NotFound);
    }
    let (agency, now, session, mut open) = (tx.agency(), tx.now(), can.session(), Vec::new());
    tx.as_keeper("ask which sign-ins of the agency’s own side are open", async |tx| {
        open = sqlx::query_as!(
            OwnSignIn,
            r#"select o.id as "id: SignInId", s.device, o.network, s.proved_by as "proved_by: ProvedBy", s.second_factor as second,
                      o.first_at, o.last_at, s.id is not distinct from $5 as "this!"
               from own_sign_in o join session s on s.id = o.session_id
               join membership m on m.agency_id = o.agency_id and m.id = o.membership_id and m.state = 'active'
               where o.agency_id = $1 and o.membership_id = $2 and o.ended_at is null and s.ended_at is null and s.expires_at > $3
               order by o.last_at desc, o.id limit $4"#,
            agency.0,
            id.0,
            now,
            MOST,
            session.map(|id| id.0),
        )
        .fetch_all(tx.conn())
        .await?;
        Ok(())
    })
    .await?;
    Ok((member, open))
}

/// Ends the way of one into this agency's own side; elsewhere the sign-in goes on. The person hears of it. Answers whether it was the
/// one in which the asker is here.
pub(super) async fn end(tx: &mut AgencyTx, can: &Can<EndSignIns>, (id, sign_in): (MembershipId, SignInId)) -> Result<bool, Error> {
    let (member, open) = list(tx, can, id).await?;
    let one = open.iter().find(|one| one.id == sign_in).ok_or(Error::NotFound)?;
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "update own_sign_in set ended_at = $3, ended_by = $4 where agency_id = $1 and id = $2 and ended_at is null",
        agency.0,
        sign_in.0,
        now,
        can.me().0,
    )
    .execute(tx.conn())
    .await?;
    let said = "An administrator ended a sign-in of yours here. If it was not you who used it, change your password".to_owned();
    notices::tell(tx, &[id], &Notice { kind: "sign_in_ended", said, path: paths::me(can.slug()) }).await?;
    audit::record(tx, of_member("ended a sign-in of", &member)).await?;
    Ok(one.this)
}
