//! What an agency looks like on every page: its logo and the colour of its links and buttons.

mod pages;

pub(super) use pages::routes;
