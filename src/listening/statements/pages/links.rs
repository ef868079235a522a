//! A link for a speaker without a sign-in: made by those who bring the words back, shown once.

use crate::{
    listening::statements::{
        model::Statement,
        paths,
        store::{links, show as store},
    },
    platform::{
        policy::WriteStatements,
        prelude::*,
        session::{Token, cookie, set_cookie},
    },
};
use askama::Template;
use axum::extract::State;
use http::{HeaderMap, header};

/// Carries the token from the form to the one page that shows it.
const SHOWN_COOKIE: &str = "__Host-shown";

#[derive(Template)]
#[template(path = "listening/statements/link.html")]
struct Show {
    here: Here,
    statement: Statement,
    address: Option<String>,
}

pub(super) async fn create(can: Can<WriteStatements>, at: paths::LinkPage) -> Result<Response, Error> {
    let statement = can.read(async |tx| store::find(tx, at.statement).await?.ok_or(Error::NotFound)).await?;
    let holds = statement.held().ok_or(Error::NotFound)?;
    let mut made = None;
    let mut response = can
        .write(async |tx| {
            made = Some(links::make(tx, &can, holds).await?);
            Ok(Done::at(&at, "Link made"))
        })
        .await?;
    if let Some(token) = made {
        response.headers_mut().append(header::SET_COOKIE, set_cookie(SHOWN_COOKIE, token.reveal(), 60));
    }
    Ok(response)
}

pub(super) async fn show(
    can: Can<WriteStatements>,
    at: paths::LinkPage,
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let statement = can.read(async |tx| store::find(tx, at.statement).await?.ok_or(Error::NotFound)).await?;
    statement.held().ok_or(Error::NotFound)?;
    let token = cookie(&headers, SHOWN_COOKIE).and_then(Token::from_text);
    let address = token.map(|token| format!("{}{}", app.settings.public_url, paths::return_token(can.slug(), token.reveal())));
    let mut response = Page(Show { here: can.here(), statement, address }).into_response();
    response.headers_mut().append(header::SET_COOKIE, set_cookie(SHOWN_COOKIE, "", 0));
    Ok(response)
}
