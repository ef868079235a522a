//! Every setting, read once from the environment into one struct. Nothing else reads the environment.

use std::{net::SocketAddr, path::PathBuf};

/// How this copy of the program runs. Each field is a variable in `.env.sample`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `LISTEN`: where the site listens.
    pub listen: SocketAddr,
    /// `PUBLIC_URL`: the address people type, without a slash at the end.
    pub public_url: String,
    /// `DATA_DIR`: where the private cluster and its lock live.
    pub data_dir: PathBuf,
    /// `DATABASE_URL`: a server of yours, signed in as `app_login`; unset means the private cluster.
    pub database_url: Option<String>,
    /// `OWNER_DATABASE_URL`: the same server as the owner, for `migrate` and `agency create`.
    pub owner_database_url: Option<String>,
    /// `TRUSTED_PROXY=on`: a reverse proxy of yours stands in front.
    pub trusted_proxy: bool,
    /// `WORKER=off`: this process serves pages only.
    pub worker: bool,
    /// `LOG_FORMAT=json`: one JSON object a line instead of text.
    pub log_json: bool,
    /// `RUST_LOG`: what is written to the log.
    pub log_filter: String,
}

/// A setting that cannot be used, with what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SettingsError(String);

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// Says which variable to mend, and how.
    pub fn from_env() -> Result<Self, SettingsError> {
        let listen: SocketAddr = variable("LISTEN")
            .unwrap_or_else(|| "127.0.0.1:8080".to_owned())
            .parse()
            .map_err(|_| SettingsError("Set LISTEN to an address and a port, such as 127.0.0.1:8080.".to_owned()))?;
        let public_url =
            variable("PUBLIC_URL").unwrap_or_else(|| format!("http://localhost:{}", listen.port())).trim_end_matches('/').to_owned();
        if !public_url.starts_with("https://") && !is_local(&public_url) {
            return Err(SettingsError(
                "Set PUBLIC_URL to an address that begins with https://. Only http://localhost works without it.".to_owned(),
            ));
        }
        Ok(Self {
            listen,
            public_url,
            data_dir: variable("DATA_DIR").unwrap_or_else(|| ".data".to_owned()).into(),
            database_url: variable("DATABASE_URL"),
            owner_database_url: variable("OWNER_DATABASE_URL"),
            trusted_proxy: variable("TRUSTED_PROXY").as_deref() == Some("on"),
            worker: variable("WORKER").as_deref() != Some("off"),
            log_json: variable("LOG_FORMAT").as_deref() == Some("json"),
            log_filter: variable("RUST_LOG").unwrap_or_else(|| "info,sqlx=warn".to_owned()),
        })
    }

    /// Settings for a site in a test or the demonstration: no environment, a private database.
    #[must_use]
    pub fn plain(public_url: &str) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: public_url.to_owned(),
            data_dir: PathBuf::new(),
            database_url: None,
            owner_database_url: None,
            trusted_proxy: false,
            worker: false,
            log_json: false,
            log_filter: "warn".to_owned(),
        }
    }

    /// Whether the demonstration's sign-ins may work here at all: only beside a private cluster, at a local address,
    /// with no proxy in front.
    #[must_use]
    pub fn allows_demo(&self) -> bool {
        self.database_url.is_none() && !self.trusted_proxy && is_local(&self.public_url)
    }
}

/// Whether an address or a `Host` is this machine's own.
#[must_use]
pub fn is_local(address: &str) -> bool {
    let rest = address.trim_start_matches("http://").trim_start_matches("https://");
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    matches!(host, "localhost" | "127.0.0.1" | "::1")
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn only_this_machines_own_names_are_local() {
        for own in ["http://localhost:8080", "127.0.0.1:9", "[::1]:80", "http://localhost"] {
            assert!(is_local(own), "{own}");
        }
        for other in ["http://localhost.evil.example", "10.0.0.1", "https://table.example", "", "127.0.0.1.evil.example"] {
            assert!(!is_local(other), "{other}");
        }
    }
}
