//! A person with a browser: keeps cookies, sends forms as a browser would, follows nothing by itself.

use super::{Answer, Ground, page};
use axum::body::Body;
use chrono::{DateTime, Duration, Utc};
use common_table::platform::{network::Peer, session::SESSION_COOKIE};
use http::{Request, StatusCode, header};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};
use tower::ServiceExt as _;

static KEYS: AtomicU32 = AtomicU32::new(0);
const FORM: &str = "application/x-www-form-urlencoded";
const BOUNDARY: &str = "----the-edge-of-a-part";

/// See the module.
pub struct Visitor {
    ground: Arc<Ground>,
    /// Each with the moment at which the browser forgets it.
    cookies: Mutex<BTreeMap<String, (String, DateTime<Utc>)>>,
    headers: BTreeMap<&'static str, String>,
    /// Where the requests come from; limits count only what comes from somewhere.
    peer: Option<Peer>,
}

impl Visitor {
    pub(super) fn new(ground: Arc<Ground>) -> Self {
        let headers = [("host", "localhost"), ("sec-fetch-site", "same-origin")].map(|(name, value)| (name, value.to_owned()));
        Self { ground, cookies: Mutex::default(), headers: headers.into(), peer: None }
    }

    pub(super) fn with_session(self, token: &str) -> Self {
        self.with_cookie(SESSION_COOKIE, token)
    }

    /// The same person, whose browser also carries this cookie.
    pub fn with_cookie(self, name: &str, value: &str) -> Self {
        self.cookies.lock().unwrap().insert(name.to_owned(), (value.to_owned(), DateTime::<Utc>::MAX_UTC));
        self
    }

    /// The same person, whose requests also say this (or say it differently).
    pub fn saying(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(name, value.to_owned());
        self
    }

    /// No browser: another server, which does not say where a form comes from.
    pub fn without_a_browser(mut self) -> Self {
        self.headers.remove("sec-fetch-site");
        self
    }

    /// The value of a cookie that the browser carries.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.carried().remove(name)
    }

    /// The cookies that the browser has not forgotten by now.
    fn carried(&self) -> BTreeMap<String, String> {
        let mut cookies = self.cookies.lock().unwrap();
        cookies.retain(|_, (_, until)| self.ground.clock.now() < *until);
        cookies.iter().map(|(name, (value, _))| (name.clone(), value.clone())).collect()
    }

    /// Opens a page; `@name` in its address stands for an id of the demonstration.
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", Vec::new()).await
    }

    /// Sends a form with a fresh key, unless one is among the fields. A value that is `@name` stands for that id.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_html_form::to_string(self.filled(fields)).unwrap();
        self.send("POST", path, FORM, body.into_bytes()).await
    }

    /// The same, with what is wrong with the answer.
    pub async fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> (Answer, Vec<String>) {
        let body = serde_html_form::to_string(self.filled(fields)).unwrap();
        self.try_send("POST", path, FORM, body.into_bytes()).await
    }

    /// The same person; from now on pages may show straight quotes, because somebody typed them.
    pub fn quoting(&self) -> &Self {
        self.ground.note_typed("'");
        self
    }

    /// Sends a form with a file: the name of its field, its own name, its bytes.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> Answer {
        sound(self.try_parts(path, fields, Some(file)).await)
    }

    /// Sends a form as its page would: in parts when it has a place for a file, and else as plain text.
    pub async fn try_form(&self, path: &str, fields: &[(&str, &str)], file: Option<(&str, &str, &[u8])>) -> (Answer, Vec<String>) {
        if file.is_none() {
            let plain = self.try_post(path, fields).await;
            if plain.0.status != StatusCode::BAD_REQUEST {
                return plain;
            }
        }
        self.try_parts(path, fields, file).await
    }

    async fn try_parts(&self, path: &str, fields: &[(&str, &str)], file: Option<(&str, &str, &[u8])>) -> (Answer, Vec<String>) {
        let mut body = Vec::new();
        for (name, value) in self.filled(fields) {
            body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        if let Some((field, name, bytes)) = file {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
            self.ground.note_typed(&String::from_utf8_lossy(bytes));
        }
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        self.try_send("POST", path, &format!("multipart/form-data; boundary={BOUNDARY}"), body).await
    }

    /// Opens a page, changes some fields of the form on it whose action ends in `action`, and sends it as a browser would.
    pub async fn fill(&self, page: &str, action: &str, changes: &[(&str, &str)]) -> Answer {
        let shown = self.get(page).await;
        let (to, mut fields) = shown.form(&self.ground.path(action));
        for (name, _) in changes {
            fields.retain(|(other, _)| other != name);
        }
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(changes.iter().copied()).collect();
        self.post(&to, &fields).await
    }

    /// Sends the fields of a form as they are.
    pub async fn send_form(&self, (to, fields): &(String, Vec<(String, String)>)) -> Answer {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(to, &fields).await
    }

    /// Opens a link whose token leaves the address at once, and goes where it leads.
    pub async fn open_link(&self, link: &str) -> Answer {
        let swapped = self.get(link).await;
        if swapped.location.is_empty() { swapped } else { self.follow(&swapped).await }
    }

    /// The same, and sends the form that is there.
    pub async fn answer_link(&self, link: &str, fields: &[(&str, &str)]) -> Answer {
        let swapped = self.get(link).await;
        self.post(&swapped.location, fields).await
    }

    /// The same person in another network.
    pub fn from(mut self, address: &str) -> Self {
        self.peer = Some(Peer(address.parse().unwrap()));
        self
    }

    /// Goes where an answer leads.
    pub async fn follow(&self, answer: &Answer) -> Answer {
        assert!(!answer.location.is_empty(), "{}: {} leads nowhere", answer.asked, answer.status);
        self.get(&answer.location).await
    }

    fn filled(&self, fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let value = |value: &str| if value.starts_with('@') { self.ground.path(value) } else { value.to_owned() };
        let mut filled: Vec<_> = fields.iter().map(|(name, typed)| ((*name).to_owned(), value(typed))).collect();
        for (_, typed) in fields {
            self.ground.note_typed(typed);
        }
        if !fields.iter().any(|(name, _)| *name == "key") {
            filled.push(("key".to_owned(), format!("test-{:08}", KEYS.fetch_add(1, Ordering::Relaxed))));
        }
        filled
    }

    /// Sends anything at all; the answer is checked.
    pub async fn send(&self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        sound(self.try_send(method, path, kind, body).await)
    }

    /// The same, for tests that look at many answers: what is wrong with the answer comes with it.
    pub async fn try_send(&self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> (Answer, Vec<String>) {
        let answer = self.ask(method, path, kind, body).await;
        let wrong = page::wrong_with(&answer, self.ground.shows_typed_quotes());
        (answer, wrong)
    }

    /// Opens a page that other tests check, to see what stands in it or what it leaves behind.
    pub async fn glance(&self, method: &str, path: &str) -> Answer {
        self.ask(method, path, "", Vec::new()).await
    }

    /// Asks this process of the site, saying also this, and leaves the answer as it comes.
    pub(super) async fn ask_of(&self, router: &axum::Router, path: &str, says: &[(&str, &str)]) -> axum::response::Response {
        let cookies: Vec<String> = self.carried().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().uri(self.ground.path(path)).header(header::COOKIE, cookies.join("; "));
        for (name, value) in self.headers.iter().map(|(name, value)| (*name, value.as_str())).chain(says.iter().copied()) {
            request = request.header(name, value);
        }
        router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    async fn ask(&self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let path = self.ground.path(path);
        let mut request = Request::builder().method(method).uri(&path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind).header(header::CONTENT_LENGTH, body.len());
        }
        let cookies: Vec<String> = self.carried().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(peer) = self.peer {
            request = request.extension(peer);
        }
        let request = request.body(Body::from(body)).unwrap_or_else(|error| panic!("{path}: {error}"));
        let answered = async {
            let (head, body) = self.ground.router.clone().oneshot(request).await.unwrap().into_parts();
            (head, axum::body::to_bytes(body, usize::MAX).await.unwrap())
        };
        let (head, bytes) = self.ground.database.within(answered).await;
        self.keep_cookies(&head.headers);
        Answer::new(format!("{method} {path}"), head.status, head.headers, &bytes, Arc::clone(&self.ground))
    }

    fn keep_cookies(&self, headers: &http::HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap();
        for sent in headers.get_all(header::SET_COOKIE) {
            let sent = sent.to_str().unwrap();
            let (pair, attributes) = sent.split_once(';').unwrap_or((sent, ""));
            let (name, value) = pair.split_once('=').unwrap();
            let seconds = attributes.split("Max-Age=").nth(1).and_then(|rest| rest.split(';').next()?.parse().ok());
            let until = seconds.map_or(DateTime::<Utc>::MAX_UTC, |seconds| self.ground.clock.now() + Duration::seconds(seconds));
            cookies.insert(name.to_owned(), (value.to_owned(), until));
        }
    }
}

/// An answer with nothing wrong with it.
fn sound((answer, wrong): (Answer, Vec<String>)) -> Answer {
    assert!(wrong.is_empty(), "{} answered {} with faults:\n  {}\n", answer.asked, answer.status, wrong.join("\n  "));
    answer
}
