//! `common-table verify`: asks the whole database, agency by agency, whether its rules hold.

use super::{Fault, database::Ground, say};
use crate::{
    jobs,
    platform::{errand::Errand, settings::Settings},
    verify,
};

pub(super) async fn run(settings: &Settings) -> Result<(), Fault> {
    let ground = Ground::open(settings).await?;
    let found = all(&ground).await;
    ground.close().await?;
    let found = found?;
    for line in &found {
        say(line);
    }
    if found.is_empty() { Ok(()) } else { Err("Some rules do not hold. Nothing was changed.".into()) }
}

async fn all(ground: &Ground) -> Result<Vec<String>, Fault> {
    ground.check_rights().await?;
    let db = ground.site(2).await?;
    let mut found = Vec::new();
    for agency in jobs::agencies(&db).await? {
        let broken = verify::broken(&Errand::of_agency(db.clone(), agency)).await?;
        found.extend(broken.into_iter().map(|rule| format!("{}: {rule}", agency.0)));
    }
    db.close().await;
    Ok(found)
}
