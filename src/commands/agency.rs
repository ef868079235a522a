//! `common-table agency create` and `person invite`: for the operator, before anybody could do it on a page.

use super::{Fault, database::Ground, say};
use crate::{
    agencies::{self, Founder},
    platform::{clock::Clock, settings::Settings},
};

pub(super) async fn create(settings: &Settings, slug: &str, name: &str, administrator: &str, email: &str) -> Result<(), Fault> {
    let ground = Ground::open(settings).await?;
    let done = async {
        let mut owner = ground.ready_owner().await?;
        let founder = Founder { name: administrator, email, password_hash: None };
        Ok::<_, Fault>(agencies::found_by_invitation(&mut owner, slug, name, founder, Clock::default().now()).await?)
    }
    .await;
    ground.close().await?;
    say_link(settings, &done?);
    Ok(())
}

pub(super) async fn invite(settings: &Settings, agency: &str, email: &str, name: &str, role: &str) -> Result<(), Fault> {
    let ground = Ground::open(settings).await?;
    let done = async {
        let mut owner = ground.ready_owner().await?;
        Ok::<_, Fault>(agencies::invite_from_terminal(&mut owner, agency, email, name, role, Clock::default().now()).await?)
    }
    .await;
    ground.close().await?;
    say_link(settings, &done?);
    Ok(())
}

fn say_link(settings: &Settings, token: &str) {
    say("Send this link to the person. It works once, for 7 days:");
    say(&format!("{}/invitations/{token}", settings.public_url));
}
