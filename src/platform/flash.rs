//! After a write: where to go, and one sentence that lives through one redirect. The sentence is ours and fixed, without
//! anything a person typed; its cookie is bound to this host.

use super::session::{cookie, set_cookie};
use axum::response::{IntoResponse, Response};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// The cookie's name.
pub const FLASH_COOKIE: &str = "__Host-flash";

/// A write that is done: 303 to a page, with a sentence in the past tense.
#[derive(Debug, Clone)]
pub struct Done {
    path: String,
    flash: String,
    cookies: Vec<HeaderValue>,
}

impl Done {
    /// Goes to `path` and says `flash` there.
    pub fn at(path: impl std::fmt::Display, flash: &'static str) -> Self {
        Self { path: path.to_string(), flash: flash.to_owned(), cookies: Vec::new() }
    }

    /// The same, saying how many: "3 things are read by fewer people".
    pub fn numbered(path: impl std::fmt::Display, number: usize, one: &'static str, many: &'static str) -> Self {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        Self { path: path.to_string(), flash: super::words::count(number, one, many), cookies: Vec::new() }
    }

    /// What was answered the first time.
    pub(super) fn again(path: String, flash: String) -> Self {
        Self { path, flash, cookies: Vec::new() }
    }

    /// The same, with a cookie for the browser.
    #[must_use]
    pub fn with_cookie(mut self, cookie: HeaderValue) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// Where to.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is said there.
    #[must_use]
    pub fn flash(&self) -> &str {
        &self.flash
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        let mut response = StatusCode::SEE_OTHER.into_response();
        let headers = response.headers_mut();
        headers.insert(header::LOCATION, HeaderValue::from_str(&self.path).unwrap_or_else(|_| HeaderValue::from_static("/")));
        if !self.flash.is_empty() {
            headers.append(header::SET_COOKIE, set_cookie(FLASH_COOKIE, &URL_SAFE_NO_PAD.encode(&self.flash), 60));
        }
        for cookie in self.cookies {
            headers.append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// The sentence that a request carries, if any.
#[must_use]
pub fn carried(headers: &HeaderMap) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(cookie(headers, FLASH_COOKIE)?).ok()?;
    String::from_utf8(bytes).ok().filter(|text| text.chars().count() <= 200)
}
