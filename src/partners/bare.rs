//! Only for the benchmark: the list of partners as a bare handler would answer it, with the same statement, columns and limit
//! and the same table, but no session, no transaction, no row security and no layout. Never part of the site.

use super::{model::Listed, paths, store};
use crate::platform::{
    filters,
    ids::AgencyId,
    paging::{Paged, Paging},
};
use askama::Template;

#[derive(Template)]
#[template(path = "partners/_bare.html")]
struct Bare {
    at: paths::Partners,
    partners: Paged<Listed>,
}

impl Bare {
    fn groups(&self) -> Vec<(&'static str, Vec<&Listed>)> {
        super::pages::grouped(&self.partners.rows)
    }
}

/// The table of the first page of an agency's partners.
///
/// # Errors
/// When the database refuses or the page cannot be rendered.
pub async fn table(connection: &mut sqlx::PgConnection, agency: AgencyId, slug: &str) -> Result<String, crate::platform::error::Error> {
    let paging = Paging::from_text("");
    let rows = store::list_of(connection, agency, &store::Narrowed::default(), paging).await?;
    let at = paths::Partners { agency: slug.to_owned() };
    let partners = paging.of(rows, &at.to_string());
    Ok(Bare { at, partners }.render()?)
}
