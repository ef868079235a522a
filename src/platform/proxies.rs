//! Which reverse proxies are believed when they say where a request comes from. Whoever is not believed speaks for themselves alone.

use ipnet::IpNet;
use std::net::IpAddr;

/// `TRUSTED_PROXY`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Proxies {
    /// `off`: none.
    #[default]
    None,
    /// `on`: whatever stands on this machine or in the same private network.
    Near,
    /// Those at these addresses or in these networks, and no others.
    Listed(Vec<IpNet>),
}

impl Proxies {
    /// As the setting says it.
    ///
    /// # Errors
    /// What to set instead.
    pub fn read(typed: Option<&str>) -> Result<Self, String> {
        match typed.map(str::trim) {
            None | Some("off") => Ok(Self::None),
            Some("on") => Ok(Self::Near),
            Some(list) => list.split(',').map(network).collect::<Option<_>>().map(Self::Listed).ok_or_else(|| {
                format!(
                    "Set TRUSTED_PROXY to off or on, or to the addresses or networks of your proxies, such as 10.1.2.3,10.2.0.0/16: “{list}” is none of these."
                )
            }),
        }
    }

    /// Whether a proxy stands in front at all.
    #[must_use]
    pub fn any(&self) -> bool {
        *self != Self::None
    }

    /// Whether this one is believed.
    #[must_use]
    pub fn believe(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        match self {
            Self::None => false,
            Self::Near => is_near(peer),
            Self::Listed(networks) => networks.iter().any(|network| network.contains(&peer)),
        }
    }
}

/// An address or a network; the one that holds everybody is none.
fn network(typed: &str) -> Option<IpNet> {
    let typed = typed.trim();
    let network = typed.parse().ok().or_else(|| typed.parse::<IpAddr>().ok().map(IpNet::from))?;
    (network.prefix_len() > 0).then_some(network)
}

/// A proxy stands on this machine or in the same private network; whoever comes from elsewhere speaks for themselves.
fn is_near(peer: IpAddr) -> bool {
    match peer {
        IpAddr::V4(peer) => peer.is_loopback() || peer.is_private() || peer.is_link_local(),
        IpAddr::V6(peer) => peer.is_loopback() || peer.is_unique_local() || peer.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn believes(setting: &str, peer: &str) -> bool {
        Proxies::read(Some(setting)).unwrap().believe(peer.parse().unwrap())
    }

    #[test]
    fn a_list_of_proxies_believes_those_in_it_and_nobody_else_nearby() {
        let listed = "10.1.2.3, 10.2.0.0/16,fd00:1::/64";
        for peer in ["10.1.2.3", "10.2.200.1", "::ffff:10.1.2.3", "fd00:1::9"] {
            assert!(believes(listed, peer), "{peer}");
        }
        for peer in ["10.1.2.4", "10.3.0.1", "127.0.0.1", "::1", "192.168.1.1", "203.0.113.9", "fd00:2::9"] {
            assert!(!believes(listed, peer), "{peer}");
        }
        assert!(believes("203.0.113.9", "203.0.113.9"), "a proxy may stand anywhere that is named");
    }

    #[test]
    fn on_believes_whatever_is_near_and_off_nobody() {
        for (peer, near) in [("127.0.0.1", true), ("10.0.0.2", true), ("fe80::1", true), ("203.0.113.9", false), ("2001:db8::1", false)] {
            assert_eq!(believes("on", peer), near, "{peer}");
            assert!(!believes("off", peer), "{peer}");
        }
        assert!(!Proxies::read(None).unwrap().any());
    }

    #[test]
    fn what_names_no_network_or_everybody_is_refused() {
        for wrong in ["true", "10.0.0.0/33", "10.0.0.1,", "proxy.example", "0.0.0.0/0", "::/0", "on,10.0.0.1", ","] {
            assert!(Proxies::read(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
