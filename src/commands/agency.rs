//! `common-table agency create` and `person invite`: for the operator, before anybody could do it on a page. And `agency room`, which is
//! theirs to say.

use super::{Fault, database::Ground, say};
use crate::{
    agencies::{self, Founder},
    mail::Language,
    platform::{clock::Clock, settings::Settings, words},
};

pub(super) async fn create(settings: &Settings, slug: &str, name: &str, founder: Founder<'_>) -> Result<(), Fault> {
    let ground = Ground::open(settings).await?;
    let done = async {
        let mut owner = ground.ready_owner().await?;
        Ok::<_, Fault>(agencies::found_by_invitation(&mut owner, slug, name, founder, Clock::default().now()).await?)
    }
    .await;
    ground.close().await?;
    say_link(settings, &done?);
    Ok(())
}

/// A language by its code, as somebody types it.
pub(super) fn language(code: &str) -> Result<Language, String> {
    let known = || Language::choices().iter().map(|one| one.value.clone()).collect::<Vec<_>>().join(", ");
    Language::parse(code).ok_or_else(|| format!("choose one of {}", known()))
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

/// Prints how much room an agency's files have, and changes it where that is asked.
pub(super) async fn room(settings: &Settings, slug: &str, agency_mb: Option<u32>, person_mb: Option<u32>) -> Result<(), Fault> {
    let bytes = |megabytes: Option<u32>| megabytes.map(|number| i64::from(number) << 20);
    let ground = Ground::open(settings).await?;
    let done = async {
        let mut owner = ground.ready_owner().await?;
        Ok::<_, Fault>(agencies::give_room(&mut owner, slug, (bytes(agency_mb), bytes(person_mb)), Clock::default().now()).await?)
    }
    .await;
    ground.close().await?;
    let (most, most_person) = done?;
    say(&format!("Its files may take {} together, and those of one person {}.", words::size(most), words::size(most_person)));
    Ok(())
}

fn say_link(settings: &Settings, token: &str) {
    say("Send this link to the person. It works once, for 7 days:");
    say(&format!("{}/invitations/{token}", settings.public_url));
}
