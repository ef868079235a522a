//! Pages: a struct with a template becomes a response. Rendering happens outside any transaction.

use super::{form::Problems, here::Here};
use askama::Template;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

/// A page as it should be.
#[derive(Debug)]
pub struct Page<T>(pub T);

/// A page that shows a form again with what keeps it from being taken.
#[derive(Debug)]
pub struct Again<T>(pub T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        render(StatusCode::OK, &self.0)
    }
}

impl<T: Template> IntoResponse for Again<T> {
    fn into_response(self) -> Response {
        render(StatusCode::UNPROCESSABLE_ENTITY, &self.0)
    }
}

pub(super) fn render(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            (StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made. Try again.").into_response()
        }
    }
}

/// The page of every error.
#[derive(Debug, Template)]
#[template(path = "errors/problem.html")]
pub struct Problem {
    /// What every page needs.
    pub here: Here,
    /// What happened, short.
    pub heading: &'static str,
    /// What happened.
    pub happened: &'static str,
    /// What to do.
    pub todo: &'static str,
    /// What keeps a form from being taken, where that is the fault.
    pub problems: Problems,
    /// The number under which the log has it.
    pub reference: Option<String>,
}

/// Shows a form again when a write was refused for what was typed.
pub trait OrAgain {
    /// `again` makes the page from the problems.
    ///
    /// # Errors
    /// Everything that is not the person's business.
    fn or_again<T: Template>(self, again: impl FnOnce(Problems) -> T) -> Result<Response, super::error::Error>;
}

impl OrAgain for Result<Response, super::error::Error> {
    fn or_again<T: Template>(self, again: impl FnOnce(Problems) -> T) -> Self {
        match self {
            Err(super::error::Error::Refused(problems)) => Ok(Again(again(problems)).into_response()),
            other => other,
        }
    }
}
