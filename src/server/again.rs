//! Forms shown again: text that came back after a sign-in had ended, through its own handler, which is told not to act on it;
//! and a form that could not be taken, offered to be sent once more.

use super::unsent;
use crate::{
    accounts::{parked, paths},
    platform::{
        app::App,
        drafts::Draft,
        extract,
        flash::Done,
        ids,
        page::{self, Problem, SendAgain},
        submission::{BroughtBack, Sent},
    },
};
use axum::{
    body::{Body, Bytes},
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, header, request::Parts};

const NOTHING_SENT: &str = "Nothing was sent: you had to sign in or to confirm that it is you first, or you had another role. If you still want it, do it once more here";

/// The kept form. It stays kept until it is taken or its hour is over, so that loading the page anew loses nothing.
pub(super) async fn show(app: &App, request: Request, next: Next) -> Response {
    let (path, body) = match parked::find(app, request.headers()).await {
        Ok(Some(found)) => found,
        // Nothing, or another person's: the route of this address sends them on.
        Ok(None) => return super::forms::look(request, next).await,
        Err(error) => return error.into_response(),
    };
    let (parts, _) = request.into_parts();
    let headers = parts.headers.clone();
    let response = bring_back(BroughtBack::Parked, parts, (&path, body.clone()), next).await;
    if unsent::is_one(&response) {
        return unsent::show(app, &headers, (&path, &body), response).await;
    }
    let has_no_page = response.extensions().get::<Problem>().is_some_and(|problem| problem.problems.is_parked());
    if !has_no_page {
        return response;
    }
    // A lone button: it has no form of its own to come back to.
    if let Err(error) = parked::accepted(app, &headers, &path).await {
        return error.into_response();
    }
    Done::at(page_near(&path), NOTHING_SENT).with_cookie(parked::gone()).into_response()
}

/// A form through its own handler, which is told why, and that it may not act.
async fn bring_back(why: BroughtBack, mut parts: Parts, (path, body): (&str, Bytes), next: Next) -> Response {
    let Ok(uri) = path.parse() else { return Done::at(paths::ROOT, "").into_response() };
    parts.method = Method::POST;
    parts.uri = uri;
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.extensions.insert(Sent::read(path, &body, Some(why)));
    page::brought_back(why, next.run(Request::from_parts(parts, Body::from(body)))).await
}

/// A request and what it takes to ask once more.
pub(super) fn copied(request: Request) -> (Request, Option<Parts>) {
    let (parts, body) = request.into_parts();
    let copy = parts.clone();
    (Request::from_parts(parts, body), Some(copy))
}

/// The person's own draft, in its form.
pub(super) async fn draft(draft: Draft, parts: Parts, next: Next) -> Response {
    let page = [("draft_page".to_owned(), draft.page)];
    let body = serde_html_form::to_string(draft.fields.iter().chain(&page).collect::<Vec<_>>()).unwrap_or_default();
    bring_back(BroughtBack::Draft, parts, (&draft.action, Bytes::from(body)), next).await
}

/// The page of an address, or of the record that it belongs to.
pub(super) fn page_near(path: &str) -> &str {
    let table = crate::routes::all();
    let mut near = path;
    while !near.is_empty() && !table.has_page(near) {
        near = near.rsplit_once('/').map_or("", |(above, _)| above);
    }
    if near.is_empty() { paths::ROOT } else { near }
}

/// A form's fields for the page that offers to send it again. Not with a password in it: that is never given back.
pub(super) fn fields(path: &str, body: &Bytes) -> Option<SendAgain> {
    let mut fields: Vec<(String, String)> = extract::parse(std::str::from_utf8(body).ok()?).ok()?;
    if fields.iter().any(|(name, _)| name.contains("password")) {
        return None;
    }
    if !fields.iter().any(|(name, _)| name == "key") {
        fields.push(("key".to_owned(), ids::anonymous().simple().to_string()));
    }
    Some(SendAgain { action: path.to_owned(), fields })
}

#[cfg(test)]
mod tests {
    use super::page_near;

    #[test]
    fn a_lone_button_leads_back_to_the_page_it_stands_on() {
        let id = "018f5e2a-0000-7000-8000-000000000000";
        assert_eq!(page_near(&format!("/cedar/partners/{id}")), format!("/cedar/partners/{id}"));
        assert_eq!(page_near("/cedar/settings/logo"), "/cedar/settings");
        assert_eq!(page_near("/nowhere/at/all"), "/nowhere");
    }
}
