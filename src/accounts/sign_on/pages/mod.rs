//! There and back: buttons that lead to a provider, and what its answer leads to.

mod back;
mod providers;
mod way;

use super::model::{House, Joined};
use super::store;
use crate::{
    accounts,
    platform::{db::Db, ids::AccountId, prelude::*},
};

/// The routes of single sign-on.
pub(in crate::accounts) fn routes() -> Routes {
    way::routes().join(back::routes()).join(providers::routes())
}

/// What an account page says: what is joined, and what could be.
pub(in crate::accounts) async fn own_sign_ons(db: &Db, account: AccountId) -> Result<(Vec<Joined>, Vec<House>), Error> {
    Ok((accounts::store::joined(db, account).await?, store::to_be_joined(db, account).await?))
}
