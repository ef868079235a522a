//! What the agency asks of its own side at the sign-in, and from which day. Of a body's people it asks nothing: how they sign in is
//! theirs.

mod forms;
mod pages;
mod store;

pub(super) use pages::routes;
