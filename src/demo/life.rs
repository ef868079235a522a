//! How the demonstration's people act: each posts forms to the site, in this process, at a moment of the year.

use super::{DemoError, ZONE};
use crate::{
    accounts,
    platform::{
        app::App,
        clock::{self, Clock},
        ids,
        session::{LINK_COOKIE, SESSION_COOKIE},
    },
};
use axum::{Router, body::Body};
use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Utc};
use http::{Request, StatusCode, header};
use std::collections::HashMap;
use tower::ServiceExt as _;

/// Names by which records of the demonstration are found again: "court" → its id.
pub type Names = HashMap<String, String>;

/// The year as it is lived.
pub struct Life {
    pub(super) app: App,
    pub(super) clock: Clock,
    site: Router,
    people: HashMap<&'static str, String>,
    /// What else each person's browser carries: an invitation's link on its way to the page that shows it.
    carried: HashMap<String, String>,
    names: Names,
    /// The year's first day, numbered 0.
    first: NaiveDate,
    steps: u32,
}

/// The year's first day, when its last one is `ends`.
pub(super) fn first_day(ends: DateTime<Utc>) -> NaiveDate {
    clock::day_in(ZONE, ends) - Days::new(365)
}

/// An hour of a day at the counties, whatever hour it was when the year was made.
pub(super) fn moment(first: NaiveDate, day: i64, hour: i64) -> DateTime<Utc> {
    let local = (first + Duration::days(day)).and_time(NaiveTime::MIN) + Duration::hours(hour);
    // The hour that summer time leaves out does not come up by day.
    local.and_local_timezone(ZONE).earliest().unwrap_or_else(|| local.and_utc().with_timezone(&ZONE)).to_utc()
}

impl Life {
    pub(super) fn begin(app: App, clock: Clock, first: NaiveDate) -> Self {
        Self {
            site: crate::server::site(app.clone()),
            app,
            clock,
            people: HashMap::new(),
            carried: HashMap::new(),
            names: Names::new(),
            first,
            steps: 0,
        }
    }

    /// A person comes in, with the token of their sign-in.
    pub(super) fn person(&mut self, who: &'static str, token: &str) {
        self.people.insert(who, token.to_owned());
    }

    /// Puts the clock to a day of the year (0 is the first) at an hour of the counties' day.
    pub fn day(&mut self, day: i64, hour: i64) {
        self.clock.put(moment(self.first, day, hour));
    }

    /// The present day, `days` later, as a form wants it.
    #[must_use]
    pub fn date(&self, days: i64) -> String {
        (self.clock.today(ZONE) + Duration::days(days)).to_string()
    }

    /// The day of the year with this number, as a form wants it.
    #[must_use]
    pub fn date_of(&self, day: i64) -> String {
        (self.first + Duration::days(day)).to_string()
    }

    /// Gives a name to what a post just made: the last part of the address it led to.
    pub fn name(&mut self, name: &str, path: &str) -> String {
        let id = path.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
        self.names.insert(name.to_owned(), id.clone());
        id
    }

    /// Gives a name to an id.
    pub fn note(&mut self, name: &str, id: &str) {
        self.names.insert(name.to_owned(), id.to_owned());
    }

    /// What a name stands for.
    ///
    /// # Errors
    /// When nothing has that name yet.
    pub fn id(&self, name: &str) -> Result<String, DemoError> {
        self.names.get(name).cloned().ok_or_else(|| DemoError::Stopped(format!("nothing is called {name}")))
    }

    /// A person sends a form; answers the address they are led to.
    ///
    /// # Errors
    /// When the form is not taken.
    pub async fn post(&mut self, who: &str, path: &str, fields: &[(&str, &str)]) -> Result<String, DemoError> {
        self.steps += 1;
        let key = format!("demo-{:08}", self.steps);
        let mut all = fields.to_vec();
        all.push(("key", &key));
        let body = serde_html_form::to_string(&all).map_err(|error| DemoError::Stopped(error.to_string()))?;
        let request = Request::post(path)
            .header(header::HOST, "localhost")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, self.cookies(who)?)
            .body(Body::from(body));
        self.led(who, request, &format!("{who} at {path} {fields:?}")).await
    }

    /// A person sends a form with one file, the name of its field and its own; answers the address they are led to.
    ///
    /// # Errors
    /// When the form is not taken.
    pub async fn upload(&mut self, who: &str, path: &str, file: (&str, &str), content: impl AsRef<[u8]>) -> Result<String, DemoError> {
        self.steps += 1;
        let (key, (field, name)) = (format!("demo-{:08}", self.steps), file);
        let edge = "----between-the-parts";
        let mut body = format!(
            "--{edge}\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n{key}\r\n\
             --{edge}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content.as_ref());
        body.extend_from_slice(format!("\r\n--{edge}--\r\n").as_bytes());
        let request = Request::post(path)
            .header(header::HOST, "localhost")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={edge}"))
            .header(header::COOKIE, self.cookies(who)?)
            .body(Body::from(body));
        self.led(who, request, &format!("{who} at {path} with {name}")).await
    }

    async fn led(&mut self, who: &str, request: http::Result<Request<Body>>, what: &str) -> Result<String, DemoError> {
        let (status, location, text) = self.send(who, request).await?;
        if status == StatusCode::SEE_OTHER && !location.starts_with("/sign-in") {
            return Ok(location);
        }
        let told: Vec<&str> = text.split("usa-error-message").skip(1).filter_map(|part| part.split('<').nth(2)).collect();
        Err(DemoError::Stopped(format!("{what}: {status} {location} {told:?}")))
    }

    /// A person opens a page; answers its text.
    ///
    /// # Errors
    /// When the page does not open.
    pub async fn get(&mut self, who: &str, path: &str) -> Result<String, DemoError> {
        let request = Request::get(path).header(header::HOST, "localhost").header(header::COOKIE, self.cookies(who)?).body(Body::empty());
        let (status, location, text) = self.send(who, request).await?;
        if status == StatusCode::OK { Ok(text) } else { Err(DemoError::Stopped(format!("{who} at {path}: {status} {location}"))) }
    }

    fn token(&self, who: &str) -> Result<&str, DemoError> {
        self.people.get(who).map(String::as_str).ok_or_else(|| DemoError::Stopped(format!("nobody is called {who}")))
    }

    fn cookies(&self, who: &str) -> Result<String, DemoError> {
        if who.is_empty() {
            return Ok(String::new());
        }
        let carried = self.carried.get(who).map(|pair| format!("; {pair}")).unwrap_or_default();
        Ok(format!("{SESSION_COOKIE}={}{carried}", self.token(who)?))
    }

    async fn send(&mut self, who: &str, request: http::Result<Request<Body>>) -> Result<(StatusCode, String, String), DemoError> {
        let stopped = |error: &dyn std::fmt::Display| DemoError::Stopped(error.to_string());
        let request = request.map_err(|error| stopped(&error))?;
        let response = self.site.clone().oneshot(request).await.map_err(|error| stopped(&error))?;
        let status = response.status();
        let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let sent = response.headers().get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        if let Some(link) = sent.filter(|pair| pair.starts_with("__Host-handover=")).filter_map(|pair| pair.split(';').next()).next() {
            self.carried.insert(who.to_owned(), link.to_owned());
        }
        let bytes = axum::body::to_bytes(response.into_body(), 8 * 1024 * 1024).await.map_err(|error| stopped(&error))?;
        Ok((status, location, String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// A person makes a link for somebody without a sign-in; answers its secret, as the page after it would show it once.
    ///
    /// # Errors
    /// When the form is not taken.
    pub async fn link(&mut self, who: &str, path: &str) -> Result<String, DemoError> {
        let cookies = self.cookies(who)?;
        let shown = self.secret(path, &cookies, &[], "__Host-shown").await?;
        // The speaker for whom it is stands before it.
        Ok(shown.rsplit('.').next().unwrap_or_default().to_owned())
    }

    /// The bearer of a link sends a form; answers the secret of the link that follows it.
    ///
    /// # Errors
    /// When the form is not taken.
    pub async fn bear(&mut self, token: &str, path: &str, fields: &[(&str, &str)]) -> Result<String, DemoError> {
        self.secret(path, &format!("{LINK_COOKIE}={token}"), fields, LINK_COOKIE).await
    }

    /// Somebody without an account asks the county something; answers the code that the page after it shows once, and what was made.
    ///
    /// # Errors
    /// When the form is not taken.
    pub(super) async fn asks(&mut self, fields: &[(&str, &str)]) -> Result<(String, String), DemoError> {
        let shown = self.secret("/cedar-river/ask", "", fields, "__Host-shown").await?;
        let made = ids::anonymous_of(&format!("demo-{:08}", self.steps));
        Ok((shown.trim_start_matches("ask.").to_owned(), made.to_string()))
    }

    /// Somebody comes back with a code; answers the secret that their browser holds meanwhile.
    ///
    /// # Errors
    /// When it opens nothing.
    pub(super) async fn enters(&mut self, code: &str) -> Result<String, DemoError> {
        self.secret("/cedar-river/ask/return", "", &[("code", code)], LINK_COOKIE).await
    }

    /// Somebody who holds an invitation takes it up.
    ///
    /// # Errors
    /// When the form is not taken.
    pub(super) async fn come_in(&mut self, token: &str, fields: &[(&str, &str)]) -> Result<(), DemoError> {
        let path = accounts::paths::INVITED;
        self.secret(path, &format!("__Host-invitation={token}"), fields, SESSION_COOKIE).await.map(drop)
    }

    async fn secret(&mut self, path: &str, cookies: &str, fields: &[(&str, &str)], wanted: &str) -> Result<String, DemoError> {
        self.steps += 1;
        let key = format!("demo-{:08}", self.steps);
        let mut all = fields.to_vec();
        all.push(("key", &key));
        let stopped = |error: &dyn std::fmt::Display| DemoError::Stopped(error.to_string());
        let body = serde_html_form::to_string(&all).map_err(|error| stopped(&error))?;
        let request = Request::post(path)
            .header(header::HOST, "localhost")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookies)
            .body(Body::from(body))
            .map_err(|error| stopped(&error))?;
        let response = self.site.clone().oneshot(request).await.map_err(|error| stopped(&error))?;
        let sent = response.headers().get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let secret = sent.filter_map(|pair| pair.strip_prefix(wanted)?.strip_prefix('=')?.split(';').next()).next();
        secret.map(str::to_owned).ok_or_else(|| DemoError::Stopped(format!("{path}: {} {fields:?}", response.status())))
    }

    /// The year is over: nobody stays signed in.
    pub(super) async fn rest(self, ends: DateTime<Utc>) -> Result<Names, DemoError> {
        self.clock.put(ends);
        for token in self.people.values() {
            accounts::end_session_of(&self.app.db, token).await.map_err(|error| DemoError::Stopped(error.to_string()))?;
        }
        self.app.db.close().await;
        Ok(self.names)
    }
}

impl std::fmt::Debug for Life {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Life").field("steps", &self.steps).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Timelike as _;

    #[test]
    fn three_in_the_afternoon_is_three_whatever_hour_the_year_was_made_at() {
        // Midnight and noon at the counties, the hours in which the day differs from that of UTC, and both clock changes.
        for ends in ["2027-03-17T05:00:00Z", "2027-03-17T17:00:00Z", "2027-03-17T02:30:00Z", "2026-11-01T06:30:00Z", "2026-03-08T08:30:00Z"]
        {
            let ends: DateTime<Utc> = ends.parse().unwrap();
            let first = first_day(ends);
            for day in 0..365 {
                let three = moment(first, day, 15).with_timezone(&ZONE);
                assert_eq!((three.hour(), three.minute()), (15, 0), "day {day} of the year until {ends}");
                assert_eq!(clock::day_in(ZONE, three.to_utc()), first + Duration::days(day));
            }
            assert!(moment(first, 364, 23) <= ends, "the year lies before the moment it was made: {ends}");
        }
    }
}
