//! What the site itself asks of other servers, for an agency's single sign-on. An administrator types the address, so it is
//! not trusted: only https at its usual port, never this machine or its network, no going on to elsewhere, little time and
//! little room. The operator names the servers for which that is too narrow.

use super::settings::is_local;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use openidconnect::reqwest::{
    Client,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect,
};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};
use url::{Host, Url};

/// The largest answer that is read, in bytes.
const LARGEST: usize = 256 * 1024;
/// So many documents are kept at most.
const MOST_KEPT: usize = 500;

/// Where the site may ask, and how long it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// `SIGN_ON_HOSTS`: servers, each with its port, that may stand on this network, or at another port than 443.
    pub hosts: Vec<String>,
    /// How long one answer may take.
    pub patience: Duration,
}

impl Default for Outside {
    fn default() -> Self {
        Self { hosts: Vec::new(), patience: Duration::from_secs(8) }
    }
}

impl Outside {
    /// Reads `SIGN_ON_HOSTS`.
    ///
    /// # Errors
    /// Says how to mend it.
    pub fn read(hosts: Option<&str>) -> Result<Self, String> {
        let hosts: Vec<String> =
            hosts.unwrap_or_default().split(',').map(|one| one.trim().to_lowercase()).filter(|one| !one.is_empty()).collect();
        match hosts.iter().find(|one| !is_host_with_port(one)) {
            Some(wrong) => {
                Err(format!("Set SIGN_ON_HOSTS to servers with their ports, such as adfs.agency.example:443: “{wrong}” is none."))
            }
            None => Ok(Self { hosts, ..Self::default() }),
        }
    }

    /// Whether the operator named this server.
    fn names(&self, host: &str, port: u16) -> bool {
        self.hosts.contains(&format!("{}:{port}", host.to_lowercase()))
    }

    fn names_host(&self, host: &str) -> bool {
        self.hosts.iter().any(|one| one.rsplit_once(':').is_some_and(|(named, _)| named.eq_ignore_ascii_case(host)))
    }

    /// Whether the site may ask there at all; of a name it is looked at once more when it has been looked up.
    ///
    /// # Errors
    /// Why it may not, for an administrator.
    pub fn may_ask(&self, at: &Url) -> Result<(), Unfetched> {
        let (Some(host), Some(port)) = (at.host(), at.port_or_known_default()) else {
            return Err(Unfetched::Refused("it names no server"));
        };
        if !at.username().is_empty() || at.password().is_some() {
            return Err(Unfetched::Refused("it has a name or a password in it"));
        }
        let name = host.to_string();
        if self.names(&name, port) {
            let is_plain = at.scheme() == "http" && is_local(&name);
            return if at.scheme() == "https" || is_plain { Ok(()) } else { Err(Unfetched::Refused("it does not begin with https://")) };
        }
        if at.scheme() != "https" {
            return Err(Unfetched::Refused("it does not begin with https://"));
        }
        if port != 443 || self.names_host(&name) {
            return Err(Unfetched::Refused("it has a port of its own"));
        }
        match host {
            Host::Ipv4(at) if !is_public(IpAddr::V4(at)) => Err(Unfetched::Refused(PRIVATE)),
            Host::Ipv6(at) if !is_public(IpAddr::V6(at)) => Err(Unfetched::Refused(PRIVATE)),
            _ => Ok(()),
        }
    }
}

const PRIVATE: &str = "it stands on a network that is not the internet";

fn is_host_with_port(text: &str) -> bool {
    text.rsplit_once(':')
        .is_some_and(|(host, port)| !host.is_empty() && !host.contains('/') && port.parse::<u16>().is_ok_and(|port| port > 0))
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Unfetched {
    /// The site does not ask there.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// It asked, and got nothing that it can use.
    #[error("no usable answer: {0}")]
    Failed(String),
}

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

/// Whether an address is one of the internet, and of nothing nearer or stranger (IANA's registries of special addresses).
#[must_use]
pub fn is_public(at: IpAddr) -> bool {
    match at {
        IpAddr::V4(at) => is_public_v4(at),
        IpAddr::V6(at) => is_public_v6(at),
    }
}

fn is_public_v4(at: Ipv4Addr) -> bool {
    let [a, b, c, _] = at.octets();
    let special = at.is_private() || at.is_loopback() || at.is_link_local() || at.is_documentation() || at.is_multicast();
    let shared = a == 100 && (64..128).contains(&b);
    let protocols = a == 192 && ((b == 0 && c == 0) || (b == 88 && c == 99));
    let benches = a == 198 && (b == 18 || b == 19);
    !(special || shared || protocols || benches || a == 0 || a >= 240)
}

/// Only global unicast; of those none that carries an address of the older kind within.
fn is_public_v6(at: Ipv6Addr) -> bool {
    if let Some(inner) = at.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let parts = at.segments();
    let global = parts[0] & 0xe000 == 0x2000;
    let carries = parts[0] == 0x2002 || (parts[0] == 0x2001 && parts[1] < 0x200);
    let documentation = (parts[0] == 0x2001 && parts[1] == 0xdb8) || (parts[0] == 0x3fff && parts[1] < 0x1000);
    global && !carries && !documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_internet_are_asked() {
        for public in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "2a00:1450::1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "192.0.2.1",
            "::",
            "::1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

    fn asked(outside: &Outside, at: &str) -> bool {
        outside.may_ask(&Url::parse(at).unwrap()).is_ok()
    }

    #[test]
    fn only_https_at_its_own_port_is_asked() {
        let outside = Outside::default();
        for fine in ["https://login.agency.example/x", "https://login.agency.example:443/", "https://8.8.8.8/"] {
            assert!(asked(&outside, fine), "{fine}");
        }
        for wrong in [
            "http://login.agency.example/",
            "https://login.agency.example:8443/",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://me@login.agency.example/",
            "ftp://login.agency.example/",
            "http://localhost/",
        ] {
            assert!(!asked(&outside, wrong), "{wrong}");
        }
    }

    #[test]
    fn the_operator_names_the_servers_nearby_with_their_ports() {
        let outside = Outside::read(Some("localhost:4010, ADFS.agency.example:8443")).unwrap();
        for fine in ["http://localhost:4010/x", "https://adfs.agency.example:8443/x", "https://elsewhere.example/"] {
            assert!(asked(&outside, fine), "{fine}");
        }
        for wrong in ["http://localhost:4011/x", "http://localhost/", "http://adfs.agency.example:8443/", "https://adfs.agency.example/"] {
            assert!(!asked(&outside, wrong), "{wrong}");
        }
        for wrong in ["localhost", "localhost:x", ":1", "http://localhost:1", "a:0"] {
            assert!(Outside::read(Some(wrong)).is_err(), "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_name_that_stands_for_this_machine_is_not_asked() {
        let fetcher = Fetcher::new(Outside::default());
        let told = fetcher.document("https://localhost/x", DateTime::UNIX_EPOCH, chrono::Duration::zero()).await.unwrap_err();
        assert!(told.to_string().contains(PRIVATE), "{told}");
    }
}
