//! `common-table session`: the sign-ins of one person, for the operator whom somebody calls because a device was lost.

use super::{Fault, database::Ground, say};
use crate::{
    accounts,
    platform::{clock::Clock, ids::SessionId, settings::Settings, words},
};
use chrono_tz::Tz;

/// Prints the open sign-ins of an address; moments are in UTC.
pub(super) async fn list(settings: &Settings, email: &str) -> Result<(), Fault> {
    let ground = Ground::open(settings).await?;
    let done = async {
        let mut owner = ground.ready_owner().await?;
        Ok::<_, Fault>(accounts::sign_ins(&mut owner, email, Clock::default().now()).await?)
    }
    .await;
    ground.close().await?;
    let found = done?;
    if found.is_empty() {
        say("There is no open sign-in.");
    }
    for (id, device, began, used) in found {
        say(&format!("{}  {device}, began {}, last used {} (UTC)", id.0, words::stamp(began, Tz::UTC), words::stamp(used, Tz::UTC)));
    }
    Ok(())
}

/// Ends one of them, or all.
pub(super) async fn end(settings: &Settings, email: &str, only: Option<uuid::Uuid>) -> Result<(), Fault> {
    let ground = Ground::open(settings).await?;
    let done = async {
        let mut owner = ground.ready_owner().await?;
        Ok::<_, Fault>(accounts::end_sign_ins(&mut owner, email, only.map(SessionId), Clock::default().now()).await?)
    }
    .await;
    ground.close().await?;
    say(match done? {
        0 => "There was no open sign-in.",
        1 => "One sign-in has ended. The next page that it asks for is refused.",
        _ => "All sign-ins have ended. The next page that any of them asks for is refused.",
    });
    Ok(())
}
