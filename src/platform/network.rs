//! From which network a request comes: the address at the other end of the socket, or what a reverse proxy of ours says that it
//! saw. Requests that came by no socket (the demonstration living its year) come from none.

use super::settings::Settings;
use http::{HeaderMap, request::Parts};
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

/// Who is at the other end of the socket: put into each request by the listener.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// One address of IPv4, or a /64 of IPv6, which is what one household or office is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(IpAddr);

impl Network {
    /// Where a request comes from.
    #[must_use]
    pub fn of(parts: &Parts, settings: &Settings) -> Option<Self> {
        let peer = parts.extensions.get::<Peer>()?.0;
        let told = if settings.trusted_proxy.believe(peer) { forwarded(&parts.headers) } else { None };
        Some(Self::around(told.unwrap_or(peer)))
    }

    /// The network around an address.
    #[must_use]
    pub fn around(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
            v4 => v4,
        })
    }

    /// From about where, for people who look after sign-ins: the /24 or the /48 around it, so that nobody's own line is told.
    #[must_use]
    pub fn coarse(self) -> String {
        match self.0 {
            IpAddr::V4(address) => format!("{}/24", Ipv4Addr::from_bits(address.to_bits() >> 8 << 8)),
            IpAddr::V6(address) => format!("{}/48", Ipv6Addr::from_bits(address.to_bits() >> 80 << 80)),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0, if self.0.is_ipv6() { "/64" } else { "" })
    }
}

/// The proxy writes behind whatever the client sent: the last address is the one that it saw itself.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
    // Some proxies write the port as well.
    last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|both| both.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::proxies::Proxies;

    fn seen(peer: &str, forwarded: &[&str], trusted_proxy: bool) -> String {
        let mut request = http::Request::get("/");
        for value in forwarded {
            request = request.header("x-forwarded-for", *value).header("x-real-ip", *value);
        }
        let mut parts = request.body(()).unwrap().into_parts().0;
        parts.extensions.insert(Peer(peer.parse().unwrap()));
        let trusted_proxy = if trusted_proxy { Proxies::Near } else { Proxies::None };
        let settings = Settings { trusted_proxy, ..Settings::plain("https://table.example") };
        Network::of(&parts, &settings).unwrap().to_string()
    }

    #[test]
    fn a_client_is_not_believed_where_it_says_that_it_comes_from() {
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"], false), "203.0.113.9");
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"], true), "203.0.113.9", "it came past the proxy");
        assert_eq!(seen("127.0.0.1", &["198.51.100.1"], false), "127.0.0.1");
        assert_eq!(seen("127.0.0.1", &["192.0.2.7, 198.51.100.1"], true), "198.51.100.1", "what the client wrote stands before it");
        assert_eq!(seen("10.0.0.2", &["192.0.2.7", "198.51.100.1"], true), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", &["198.51.100.1:5678"], true), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", &["nonsense"], true), "10.0.0.2");
    }

    #[test]
    fn a_coarse_network_tells_no_line() {
        let coarse = |address: &str| Network::around(address.parse().unwrap()).coarse();
        assert_eq!(coarse("203.0.113.9"), "203.0.113.0/24");
        assert_eq!(coarse("2001:db8:1:2:3:4:5:6"), "2001:db8:1::/48");
    }

    #[test]
    fn a_household_has_more_addresses_than_anybody_counts_and_is_one_network() {
        assert_eq!(seen("2001:db8:1:2:3:4:5:6", &[], false), "2001:db8:1:2::/64");
        assert_eq!(seen("::ffff:203.0.113.9", &[], false), "203.0.113.9");
    }
}
