//! What the site itself asks of other servers, for an agency's single sign-on. An administrator types the address, so it is
//! not trusted: only https at its usual port, never this machine or its network, no going on to elsewhere, little time and
//! little room. Where it may ask stands in `outside.rs`.

pub use super::outside::{Outside, Unfetched};
use super::outside::{PRIVATE, is_public};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use openidconnect::reqwest::{
    Client,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect,
};
use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, OnceLock},
};
use url::Url;

/// The largest answer that is read, in bytes.
const LARGEST: usize = 256 * 1024;
/// So many documents are kept at most.
const MOST_KEPT: usize = 500;

/// Asks, and keeps for a short while what seldom changes.
pub struct Fetcher {
    outside: Outside,
    client: OnceLock<Option<Client>>,
    kept: Mutex<HashMap<String, (DateTime<Utc>, Bytes)>>,
}

impl std::fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fetcher").field("outside", &self.outside).finish_non_exhaustive()
    }
}

impl Fetcher {
    /// One that keeps to these bounds.
    #[must_use]
    pub fn new(outside: Outside) -> Self {
        Self { outside, client: OnceLock::new(), kept: Mutex::default() }
    }

    /// Where it may ask.
    #[must_use]
    pub fn outside(&self) -> &Outside {
        &self.outside
    }

    /// Asks once. Whatever is answered comes back as it is, also a redirect, which is not followed.
    ///
    /// # Errors
    /// When it may not ask there, or nothing usable comes in time.
    pub async fn ask(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, Unfetched> {
        let at = Url::parse(&request.uri().to_string()).map_err(|_| Unfetched::Refused("it is no address"))?;
        self.outside.may_ask(&at)?;
        let client = self.client().ok_or_else(|| Unfetched::Failed("no encryption on this machine".to_owned()))?;
        let failed = |error: openidconnect::reqwest::Error| Unfetched::Failed(chain(&error));
        let mut answer = client.execute(request.try_into().map_err(failed)?).await.map_err(failed)?;
        let mut built = http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            built = built.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(failed)? {
            if body.len() + part.len() > LARGEST {
                return Err(Unfetched::Failed("the answer is too large".to_owned()));
            }
            body.extend_from_slice(&part);
        }
        built.body(body).map_err(|error| Unfetched::Failed(error.to_string()))
    }

    /// A document, from memory when it was fetched no longer ago than `age`.
    ///
    /// # Errors
    /// As [`Fetcher::ask`], and when the answer is not the document.
    pub async fn document(&self, at: &str, now: DateTime<Utc>, age: chrono::Duration) -> Result<Bytes, Unfetched> {
        let known = self.kept.lock().ok().and_then(|kept| kept.get(at).cloned());
        if let Some((_, document)) = known.filter(|(fetched, _)| now >= *fetched && now - *fetched < age) {
            return Ok(document);
        }
        let request = http::Request::get(at).header(http::header::ACCEPT, "application/json").body(Vec::new());
        let answer = self.ask(request.map_err(|_| Unfetched::Refused("it is no address"))?).await?;
        if answer.status() != http::StatusCode::OK {
            return Err(Unfetched::Failed(format!("the answer is {}", answer.status())));
        }
        let document = Bytes::from(answer.into_body());
        if let Ok(mut kept) = self.kept.lock() {
            if kept.len() >= MOST_KEPT {
                kept.clear();
            }
            kept.insert(at.to_owned(), (now, document.clone()));
        }
        Ok(document)
    }

    fn client(&self) -> Option<&Client> {
        let made = self.client.get_or_init(|| {
            let (hosts, patience) = (self.outside.hosts.clone(), self.outside.patience);
            let client = Client::builder().no_proxy().redirect(redirect::Policy::none()).referer(false);
            let client = self.outside.trusting(client).ok()?;
            client.timeout(patience).connect_timeout(patience / 2).dns_resolver(Arc::new(Guarded { hosts })).build().ok()
        });
        made.as_ref()
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

/// Looks names up and hands on only addresses that may be asked: the connection goes to the very address that was looked at.
struct Guarded {
    hosts: Vec<String>,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        let is_named = Outside { hosts: self.hosts.clone(), ..Outside::default() }.names_host(&name);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let usable: Vec<SocketAddr> = found.filter(|at| is_named || is_public(at.ip())).collect();
            if usable.is_empty() {
                return Err(PRIVATE.into());
            }
            Ok(Box::new(usable.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_that_stands_for_this_machine_is_not_asked() {
        let fetcher = Fetcher::new(Outside::default());
        let told = fetcher.document("https://localhost/x", DateTime::UNIX_EPOCH, chrono::Duration::zero()).await.unwrap_err();
        assert!(told.to_string().contains(PRIVATE), "{told}");
    }
}
