//! There and back: buttons that lead to a provider, and what its answer leads to.

mod back;
mod leaving;
mod providers;
mod told;
mod way;

pub(in crate::accounts) use leaving::over;

use super::model::{House, Joined};
use super::store;
use crate::{
    accounts::{
        self,
        apart::{self, Called},
    },
    platform::{db::Db, ids::AccountId, prelude::*},
};

/// The routes of single sign-on.
pub(in crate::accounts) fn routes() -> Routes {
    way::routes().join(back::routes()).join(leaving::routes()).join(providers::routes()).join(told::routes())
}

/// What an account page says: what is joined, and what could be.
pub(in crate::accounts) async fn own_sign_ons(db: &Db, account: AccountId) -> Result<(Vec<Joined>, Vec<House>), Error> {
    let (mut joined, mut houses) = (accounts::store::joined(db, account).await?, store::to_be_joined(db, account).await?);
    // Of two agencies of theirs with one name it is told which is which.
    let joined_ones = joined.iter_mut().map(|one| Called { name: &mut one.agency_name, place: &one.place, slug: &one.slug });
    let others = houses.iter_mut().map(|house| Called { name: &mut house.name, place: &house.place, slug: &house.slug });
    apart::tell(joined_ones.chain(others).collect());
    Ok((joined, houses))
}
