//! In which sign-ins a page of an agency was opened under a role of its own side, and from about where: for its administrators. Noted
//! once an hour. What the same sign-in is used for elsewhere stands nowhere here.

use super::Person;
use crate::platform::{
    app::App,
    db::{Db, Standing},
    error::Error,
    ids::SessionId,
    network::Network,
};
use http::request::Parts;

/// Notes the sign-in of somebody who came in under a role of the agency's own side; of nobody else.
///
/// # Errors
/// When the database is away.
pub(in crate::platform) async fn note(db: &Db, app: &App, parts: &Parts, standing: Standing, person: &Person) -> Result<(), Error> {
    let own_side = standing.membership.filter(|_| standing.hat.is_agency_side());
    match own_side {
        Some(member) if app.seen.is_first_in_the_hour((person.session, standing.agency), member, app.now()) => {
            let network = Network::of(parts, &app.settings).map_or_else(String::new, Network::coarse);
            keep(db, standing, person.session, &network).await
        }
        _ => Ok(()),
    }
}

async fn keep(db: &Db, standing: Standing, session: SessionId, network: &str) -> Result<(), Error> {
    let mut tx = db.begin_write(standing).await?;
    let (agency, now, member) = (tx.agency(), tx.now(), standing.membership.map(|id| id.0));
    // One that was ended meanwhile stays as it is.
    let known = sqlx::query!(
        "update own_sign_in set membership_id = $3, network = $4, last_at = $5 where agency_id = $1 and session_id = $2 and ended_at is null",
        agency.0,
        session.0,
        member,
        network,
        now,
    )
    .execute(tx.conn())
    .await?;
    if known.rows_affected() == 0 {
        sqlx::query!(
            "insert into own_sign_in (agency_id, id, session_id, membership_id, network, first_at, last_at)
             values ($1, $2, $3, $4, $5, $6, $6) on conflict (agency_id, session_id) do nothing",
            agency.0,
            crate::platform::ids::fresh(),
            session.0,
            member,
            network,
            now,
        )
        .execute(tx.conn())
        .await?;
    }
    tx.commit().await
}
