//! Every request goes on as somebody whom its route is for, with that person's cookie and a browser's word that it comes from the
//! site's own page. A form's key is made anew: a tool sends the one that it saw first again and again, and would be given the
//! answer of the first time.

use crate::support::{
    Site, Visitor,
    atlas::{PEOPLE, Way},
    factors::HALF,
    sending,
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use chrono::{DateTime, Utc};
use common_table::platform::{
    access::Need,
    ids,
    session::{LINK_COOKIE, SESSION_COOKIE, Token},
};
use http::{HeaderValue, Method, StatusCode, header};
use std::{collections::HashMap, fmt::Write as _, sync::Arc};

/// The most that is read of a form.
const MOST: usize = 32 * 1024 * 1024;
/// What somebody may carry.
const COOKIES: [&str; 5] = [SESSION_COOKIE, LINK_COOKIE, "__Host-invitation", "__Host-reset", HALF];

/// See the module.
pub struct Gate {
    /// Method and pattern of each route, and who comes first, then others whom it is for.
    routes: Vec<(&'static str, &'static str, Vec<String>)>,
    /// What each of them carries; nothing for a stranger.
    cookies: HashMap<String, HeaderValue>,
    /// The sign-ins among it: number and what is stored of the token.
    sign_ins: Vec<(String, String)>,
}

fn carried(who: &Visitor) -> String {
    COOKIES.iter().filter_map(|name| Some(format!("{name}={}", who.cookie(name)?))).collect::<Vec<_>>().join("; ")
}

impl Gate {
    pub async fn open(site: &Site, ways: &[Way]) -> Self {
        let (mut routes, mut cookies, mut sign_ins) = (Vec::new(), HashMap::new(), Vec::new());
        for way in ways {
            let names_somebody =
                |one: &&Way| one.line.path == way.line.path && one.line.example.is_some_and(|example| !example.who.is_empty());
            let example =
                if way.line.example.is_some_and(|example| !example.who.is_empty()) { Some(way) } else { ways.iter().find(names_somebody) };
            let own = example.and_then(|one| one.line.example).map_or("", |example| example.who).to_owned();
            let others = match way.line.need {
                // Whoever the link is for, or nobody.
                Need::Anyone | Need::Link | Need::Server => Vec::new(),
                Need::SignedIn | Need::Fresh | Need::Confirmed => vec!["staff".to_owned()],
                Need::May(_) => way.allowed().into_iter().map(str::to_owned).collect(),
            };
            let mut people: Vec<String> = Vec::new();
            if matches!(way.line.need, Need::Anyone | Need::Link) {
                let name = way.name();
                let cookie = carried(&sending::sender(site, example.unwrap_or(way)).await);
                cookies.insert(name.clone(), HeaderValue::try_from(cookie).expect("a cookie"));
                people.push(name);
            }
            for who in std::iter::once(own).chain(others).filter(|who| !who.is_empty() && !who.starts_with('@')) {
                if !people.contains(&who) && !matches!(way.line.need, Need::Anyone | Need::Link) {
                    people.push(who);
                }
            }
            routes.push((way.line.method, way.line.path, people));
        }
        let everybody = routes.iter().flat_map(|(_, _, people)| people.clone()).chain(PEOPLE.iter().map(|(who, _)| (*who).to_owned()));
        for who in everybody.collect::<Vec<_>>() {
            if cookies.contains_key(&who) {
                continue;
            }
            let visitor = site.visitor(&who).await;
            let token = visitor.cookie(SESSION_COOKIE).and_then(|token| Token::from_text(&token)).expect("a sign-in");
            let hash = token.hash().iter().fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            });
            let id: String = site.peek(&format!("select id::text from session where token_hash = '\\x{hash}'")).await;
            sign_ins.push((id, hash));
            cookies.insert(who, HeaderValue::try_from(carried(&visitor)).expect("a cookie"));
        }
        Self { routes, cookies, sign_ins }
    }

    /// Takes up again what a tool ended or let another token take the place of; the person has just shown that it is them. What was
    /// counted against limits is forgotten: else the tools would mostly meet those.
    pub fn taking_up(&self, now: DateTime<Utc>) -> String {
        let one = |(id, hash): &(String, String)| {
            format!(
                "update session set token_hash = '\\x{hash}', ended_at = null, expires_at = '2100-01-01', proved_at = '{now}' where id = '{id}'; "
            )
        };
        self.sign_ins.iter().map(one).collect::<String>() + "delete from tally"
    }

    /// Whom a request may go on as: nobody where its route is for anybody.
    fn people(&self, method: &Method, path: &str) -> Vec<Option<&HeaderValue>> {
        let method = if *method == Method::POST { "POST" } else { "GET" };
        let fits = |pattern: &str| {
            let parts = pattern.split('/').zip(path.split('/'));
            pattern.split('/').count() == path.split('/').count()
                && parts.into_iter().all(|(own, part)| own == part || own.starts_with('{'))
        };
        let fixed = |pattern: &str| pattern.split('/').filter(|part| !part.starts_with('{')).count();
        let found =
            self.routes.iter().filter(|(known, pattern, _)| *known == method && fits(pattern)).max_by_key(|(_, pattern, _)| fixed(pattern));
        match found {
            Some((_, _, people)) if people.is_empty() => vec![None],
            Some((_, _, people)) => people.iter().map(|who| self.cookies.get(who).filter(|cookie| !cookie.is_empty())).collect(),
            None => vec![self.cookies.get("staff")],
        }
    }
}

/// The layer.
pub async fn pass(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let body = if parts.method == Method::POST { to_bytes(body, MOST).await.unwrap_or_default() } else { Bytes::new() };
    let body = with_another_key(&body, parts.headers.get(header::CONTENT_TYPE));
    for name in [header::ORIGIN, header::CONTENT_LENGTH, header::TRANSFER_ENCODING] {
        parts.headers.remove(name);
    }
    if parts.method == Method::POST {
        parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    }
    parts.headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
    let people = gate.people(&parts.method, parts.uri.path());
    let mut answer = Response::new(Body::empty());
    for (number, cookie) in people.iter().take(4).enumerate() {
        match cookie {
            Some(cookie) => parts.headers.insert(header::COOKIE, (*cookie).clone()),
            None => parts.headers.remove(header::COOKIE),
        };
        let mut again = Request::new(Body::from(body.clone()));
        *again.method_mut() = parts.method.clone();
        *again.uri_mut() = parts.uri.clone();
        *again.headers_mut() = parts.headers.clone();
        *again.extensions_mut() = parts.extensions.clone();
        answer = next.clone().run(again).await;
        // A page may be for one person among those whose role it is for. A form is sent once.
        let theirs = !matches!(answer.status(), StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
        if theirs || parts.method == Method::POST || number + 1 == people.len() {
            break;
        }
    }
    answer
}

/// The same form without its key, or with one made of the time where it came in parts.
fn with_another_key(body: &Bytes, kind: Option<&HeaderValue>) -> Bytes {
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/x-www-form-urlencoded") {
        let text = String::from_utf8_lossy(body);
        return text.split('&').filter(|pair| !pair.starts_with("key=")).collect::<Vec<_>>().join("&").into();
    }
    let sign = b"name=\"key\"\r\n\r\n";
    let Some(at) = body.windows(sign.len()).position(|part| part == sign) else { return body.clone() };
    let (before, after) = body.split_at(at + sign.len());
    let end = after.iter().position(|byte| *byte == b'\r').unwrap_or(after.len());
    [before, ids::anonymous().to_string().as_bytes(), &after[end..]].concat().into()
}
