//! Where the site itself may ask, for an agency's single sign-on: only https at its usual port, and only addresses of the internet.
//! The operator alone names the servers for which that is too narrow, and the authorities that are trusted besides the web's.

use super::settings::is_local;
use openidconnect::reqwest::{Certificate, Client, ClientBuilder};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::Duration,
};
use url::{Host, Url};

/// Where the site may ask, and how long it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// `SIGN_ON_HOSTS`: servers, each with its port, that may stand on this network, or at another port than 443.
    pub hosts: Vec<String>,
    /// The file that `SIGN_ON_TRUSTED` names: certificates (PEM) of authorities that vouch for servers of agencies' sign-in too.
    pub trusted: Option<Vec<u8>>,
    /// How long one answer may take.
    pub patience: Duration,
}

impl Default for Outside {
    fn default() -> Self {
        Self { hosts: Vec::new(), trusted: None, patience: Duration::from_secs(8) }
    }
}

impl Outside {
    /// Reads `SIGN_ON_HOSTS` and `SIGN_ON_TRUSTED`.
    ///
    /// # Errors
    /// Says how to mend them.
    pub fn read(hosts: Option<&str>, trusted: Option<&str>) -> Result<Self, String> {
        let hosts: Vec<String> =
            hosts.unwrap_or_default().split(',').map(|one| one.trim().to_lowercase()).filter(|one| !one.is_empty()).collect();
        match hosts.iter().find(|one| !is_host_with_port(one)) {
            Some(wrong) => {
                Err(format!("Set SIGN_ON_HOSTS to servers with their ports, such as adfs.agency.example:443: “{wrong}” is none."))
            }
            None => Ok(Self { hosts, trusted: trusted.map(certificates).transpose()?, ..Self::default() }),
        }
    }

    /// Trusts besides the authorities of the web those that the operator named.
    ///
    /// # Errors
    /// When what they named holds no certificates.
    pub(super) fn trusting(&self, client: ClientBuilder) -> Result<ClientBuilder, openidconnect::reqwest::Error> {
        let named = Certificate::from_pem_bundle(self.trusted.as_deref().unwrap_or_default())?;
        Ok(named.into_iter().fold(client, ClientBuilder::add_root_certificate))
    }

    /// Whether the operator named this server.
    fn names(&self, host: &str, port: u16) -> bool {
        self.hosts.contains(&format!("{}:{port}", host.to_lowercase()))
    }

    pub(super) fn names_host(&self, host: &str) -> bool {
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

pub(super) const PRIVATE: &str = "it stands on a network that is not the internet";

fn is_host_with_port(text: &str) -> bool {
    text.rsplit_once(':')
        .is_some_and(|(host, port)| !host.is_empty() && !host.contains('/') && port.parse::<u16>().is_ok_and(|port| port > 0))
}

/// What a file of certificates holds, once it is known to hold some that can be used: a sign-in that fails is found out too late.
fn certificates(file: &str) -> Result<Vec<u8>, String> {
    let pem = std::fs::read(file)
        .map_err(|error| format!("Set SIGN_ON_TRUSTED to a file that this program can read: “{file}” is not ({}).", error.kind()))?;
    let outside = Outside { trusted: Some(pem.clone()), ..Outside::default() };
    // What reads certificates is content with none at all.
    let holds = Certificate::from_pem_bundle(&pem).is_ok_and(|all| !all.is_empty());
    if holds && outside.trusting(Client::builder()).is_ok_and(|client| client.build().is_ok()) {
        return Ok(pem);
    }
    Err(format!("Set SIGN_ON_TRUSTED to a file of certificates in PEM: “{file}” holds none."))
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

/// Whether an address is one of the internet, and of nothing nearer or stranger (IANA's registries of special addresses).
#[must_use]
pub(super) fn is_public(at: IpAddr) -> bool {
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
        let outside = Outside::read(Some("localhost:4010, ADFS.agency.example:8443"), None).unwrap();
        for fine in ["http://localhost:4010/x", "https://adfs.agency.example:8443/x", "https://elsewhere.example/"] {
            assert!(asked(&outside, fine), "{fine}");
        }
        for wrong in ["http://localhost:4011/x", "http://localhost/", "http://adfs.agency.example:8443/", "https://adfs.agency.example/"] {
            assert!(!asked(&outside, wrong), "{wrong}");
        }
        for wrong in ["localhost", "localhost:x", ":1", "http://localhost:1", "a:0"] {
            assert!(Outside::read(Some(wrong), None).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_file_of_authorities_is_read_at_the_start_or_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("authority.pem");
        let read = |text: &str| {
            std::fs::write(&file, text).unwrap();
            Outside::read(None, file.to_str())
        };
        let pem = rcgen::generate_simple_self_signed(["adfs.agency.example".to_owned()]).unwrap().cert.pem();
        assert_eq!(read(&pem).unwrap().trusted.as_deref(), Some(pem.as_bytes()));
        assert!(read(&format!("{pem}{pem}")).is_ok(), "several");
        for wrong in ["", "nothing of the kind", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert!(read(wrong).unwrap_err().starts_with("Set SIGN_ON_TRUSTED to a file of certificates"), "{wrong}");
        }
        let away = Outside::read(None, Some("/nowhere/at/all.pem")).unwrap_err();
        assert!(away.starts_with("Set SIGN_ON_TRUSTED to a file that this program can read"), "{away}");
    }
}
