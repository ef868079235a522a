//! There and back: buttons that lead to a provider, and what its answer leads to.

mod back;
mod leaving;
mod providers;
mod way;

pub(in crate::accounts) use leaving::over;

use super::model::{House, Joined};
use super::store;
use crate::{
    accounts,
    platform::{db::Db, ids::AccountId, prelude::*},
};

/// The routes of single sign-on.
pub(in crate::accounts) fn routes() -> Routes {
    way::routes().join(back::routes()).join(leaving::routes()).join(providers::routes())
}

/// What an account page says: what is joined, and what could be.
pub(in crate::accounts) async fn own_sign_ons(db: &Db, account: AccountId) -> Result<(Vec<Joined>, Vec<House>), Error> {
    let (mut joined, mut houses) = (accounts::store::joined(db, account).await?, store::to_be_joined(db, account).await?);
    let all: Vec<(String, String)> = joined
        .iter()
        .map(|one| (one.agency_name.clone(), one.slug.clone()))
        .chain(houses.iter().map(|house| (house.name.clone(), house.slug.clone())))
        .collect();
    // Of two agencies of theirs with one name the addresses tell which is which.
    let apart = |name: &mut String, slug: &str| {
        if all.iter().any(|(other, at)| *other == *name && at != slug) {
            *name = format!("{name} ({slug})");
        }
    };
    joined.iter_mut().for_each(|one| apart(&mut one.agency_name, &one.slug));
    houses.iter_mut().for_each(|house| apart(&mut house.name, &house.slug));
    Ok((joined, houses))
}
