//! `common-table second-step`: for somebody who has lost every passkey, their app and their recovery codes, and whom two people of
//! their agency or body cannot help. The operator makes sure first who is asking.

use super::{Fault, database::Ground, say};
use crate::{accounts, platform::settings::Settings};

/// Takes every second factor of an address away.
pub(super) async fn forget(settings: &Settings, email: &str) -> Result<(), Fault> {
    let ground = Ground::open(settings).await?;
    let done = async {
        let db = ground.site(1).await?;
        let done = accounts::forget_factors_of(&db, email, "the operator").await;
        db.close().await;
        Ok::<_, Fault>(done?)
    }
    .await;
    ground.close().await?;
    say(match done? {
        None => return Err(format!("Nobody signs in with the address {}.", email.trim()).into()),
        Some(false) => "There was no second step to take away.",
        Some(true) => "Taken away, and every sign-in has ended. A letter tells them; their agencies have it in their logs.",
    });
    Ok(())
}
