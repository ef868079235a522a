//! Somebody with lived experience who chose another way than email gets no letter about the agency. Those whom they chose see that
//! something waits for them, never what, tell them, and say so here.

mod model;
mod pages;
pub mod paths;
mod store;

pub(super) use model::Waits;
pub(super) use pages::routes;
pub(super) use store::waits_for;
