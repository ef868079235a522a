//! Single sign-on: an agency's own people come in through the provider that the agency uses for everything else (OpenID
//! Connect). A provider says who somebody is, and nothing more: what they may do here comes from their membership, and it
//! vouches for that agency's own side alone. Whatever cannot be checked lets nobody in.

mod forms;
mod logout;
mod model;
mod pages;
pub mod paths;
mod protocol;
mod store;

pub(super) use model::{House, Identity, Joined, Vouching};
pub(super) use pages::{over, own_sign_ons, routes};
pub use store::reseal;
pub(super) use store::{house, house_again, houses};
