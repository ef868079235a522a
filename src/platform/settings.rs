//! Every setting, read once from the environment into one struct. Nothing else reads the environment.

use super::{
    fetch::Outside,
    post::Post,
    proxies::Proxies,
    scanner::Scanner,
    seal::Keys,
    secrets::{self, Secret},
};
use std::{net::SocketAddr, path::PathBuf};
use tracing_subscriber::EnvFilter;

/// Who is named on pages outside any agency when no setting says it.
pub const OPERATOR_CONTACT: &str = "the person who invited you, or whoever runs this site";

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
    pub database_url: Option<Secret>,
    /// `OWNER_DATABASE_URL`: the same server as the owner, for `migrate` and `agency create`.
    pub owner_database_url: Option<Secret>,
    /// `LISTEN_DATABASE_URL`: the same server past a pooler that shares connections, where what others change is heard.
    pub listen_database_url: Option<Secret>,
    /// `TRUSTED_PROXY`: reverse proxies of yours that stand in front.
    pub trusted_proxy: Proxies,
    /// `WORKER=off`: this process serves pages only.
    pub worker: bool,
    /// `OPERATOR_CONTACT`: the person to talk to on pages outside any agency, with a number.
    pub operator_contact: String,
    /// `BACKUP_DAYS`: for how many days the operator keeps backups; said to people who take their words back.
    pub backup_days: u16,
    /// `MAIL_URL`, `MAIL_FROM`, `MAIL_TRUSTED`: how letters leave; without them there are none, and links are handed over.
    pub mail: Option<Post>,
    /// `SCANNER`: ClamAV's `clamd`, which scans what people send; without it nothing is scanned.
    pub scanner: Option<Scanner>,
    /// `SIGN_ON_HOSTS`: servers of agencies' single sign-on that the site may ask although they stand nearby; `SIGN_ON_TRUSTED`: the
    /// authorities that vouch for them besides the web's.
    pub outside: Outside,
    /// `SITE_KEY`: what seals secrets at rest; with the private cluster one is made and kept beside it.
    pub keys: Option<Keys>,
    /// `SITE_KEY_FILE`: the file in which they are kept, where it is one of the operator's.
    pub key_file: Option<PathBuf>,
    /// `METRICS_LISTEN`: where numbers for Prometheus are answered; unset, nowhere.
    pub metrics_listen: Option<SocketAddr>,
    /// Whether each request has a line in the log: not in the demonstration's year, and not in tests.
    pub log_requests: bool,
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
        Self::read(variable)
    }

    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let listen: SocketAddr = variable("LISTEN")
            .unwrap_or_else(|| "127.0.0.1:8080".to_owned())
            .parse()
            .map_err(|_| SettingsError("Set LISTEN to an address and a port, such as 127.0.0.1:8080.".to_owned()))?;
        let public_url =
            variable("PUBLIC_URL").unwrap_or_else(|| format!("http://localhost:{}", listen.port())).trim_end_matches('/').to_owned();
        if !(public_url.starts_with("https://") || public_url.starts_with("http://") && is_local(&public_url)) {
            return Err(SettingsError(
                "Set PUBLIC_URL to an address that begins with https://. Only http://localhost works without it.".to_owned(),
            ));
        }
        let secret = |name: &str| secrets::read(name, &variable).map_err(SettingsError);
        let (database_url, owner_database_url) = (secret("DATABASE_URL")?.map(checked), secret("OWNER_DATABASE_URL")?.map(checked));
        if database_url.is_none() && owner_database_url.is_some() {
            return Err(SettingsError(
                "Set DATABASE_URL to the same server as OWNER_DATABASE_URL, signed in as app_login, or unset OWNER_DATABASE_URL to use the private database.".to_owned(),
            ));
        }
        let log_filter = variable("RUST_LOG").unwrap_or_else(|| "info,sqlx=warn".to_owned());
        if EnvFilter::try_new(&log_filter).is_err() {
            return Err(SettingsError(format!(
                "Set RUST_LOG to what is written to the log, such as info,sqlx=warn: “{log_filter}” cannot be read."
            )));
        }
        let one_of = |name: &str, usual: &'static str, other: &'static str| one_of(name, variable(name), usual, other);
        Ok(Self {
            listen,
            public_url,
            data_dir: variable("DATA_DIR").unwrap_or_else(|| ".data".to_owned()).into(),
            database_url,
            owner_database_url,
            listen_database_url: secret("LISTEN_DATABASE_URL")?.map(checked),
            trusted_proxy: Proxies::read(variable("TRUSTED_PROXY").as_deref()).map_err(SettingsError)?,
            worker: one_of("WORKER", "on", "off")? == "on",
            backup_days: days(variable("BACKUP_DAYS"))?,
            mail: mail(&variable)?,
            scanner: variable("SCANNER").map(|typed| Scanner::read(&typed)).transpose().map_err(SettingsError)?,
            outside: Outside::read(variable("SIGN_ON_HOSTS").as_deref(), variable("SIGN_ON_TRUSTED").as_deref()).map_err(SettingsError)?,
            keys: keys(secrets::read("SITE_KEY", &variable).map_err(SettingsError)?)?,
            key_file: variable("SITE_KEY_FILE").map(PathBuf::from),
            metrics_listen: metrics(variable("METRICS_LISTEN"), listen)?,
            log_requests: true,
            log_json: one_of("LOG_FORMAT", "text", "json")? == "json",
            log_filter,
            operator_contact: variable("OPERATOR_CONTACT").unwrap_or_else(|| OPERATOR_CONTACT.to_owned()),
        })
    }

    /// The same, now that the system has chosen a port where `LISTEN` left it open (`127.0.0.1:0`).
    #[must_use]
    pub fn at_port(mut self, port: u16) -> Self {
        if let Some(host) = self.public_url.strip_suffix(":0") {
            self.public_url = format!("{host}:{port}");
        }
        self
    }

    /// The same with keys: beside the private cluster one is made where none was set.
    ///
    /// # Errors
    /// When the folder does not take the file, or the file holds no key.
    pub fn with_keys(mut self) -> Result<Self, SettingsError> {
        if self.keys.is_none() && self.database_url.is_none() {
            let kept = Keys::kept_in(&self.data_dir);
            self.keys =
                Some(kept.map_err(|error| SettingsError(format!("Mend the file site-key in {}: {error}.", self.data_dir.display())))?);
        }
        Ok(self)
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
            listen_database_url: None,
            trusted_proxy: Proxies::None,
            worker: false,
            operator_contact: OPERATOR_CONTACT.to_owned(),
            backup_days: 35,
            mail: None,
            scanner: None,
            outside: Outside::default(),
            keys: Some(Keys::fresh()),
            key_file: None,
            metrics_listen: None,
            log_requests: false,
            log_json: false,
            log_filter: "warn".to_owned(),
        }
    }

    /// Whether the demonstration's sign-ins may work here at all: only with a private cluster, listening to this machine
    /// alone, at a local address, with no proxy in front. Beside a real agency they do not work either (`App::allows_demo`).
    #[must_use]
    pub fn allows_demo(&self) -> bool {
        self.database_url.is_none() && !self.trusted_proxy.any() && self.listen.ip().is_loopback() && is_local(&self.public_url)
    }
}

/// A database on another machine is spoken to over TLS only, with a certificate that is checked, unless its address says another way.
fn checked(address: Secret) -> Secret {
    let Ok(mut url) = url::Url::parse(address.reveal()) else { return address };
    let said = |wanted: &str| url.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned());
    let host = said("host").or_else(|| url.host_str().map(str::to_owned)).unwrap_or_default();
    let is_here = host.is_empty() || host.starts_with(['/', '%']) || is_local(&host);
    if is_here || said("sslmode").is_some() || said("ssl-mode").is_some() {
        return address;
    }
    url.query_pairs_mut().append_pair("sslmode", "verify-full");
    Secret::from(String::from(url))
}

fn mail(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Post>, SettingsError> {
    let Some(url) = secrets::read("MAIL_URL", &variable).map_err(SettingsError)? else { return Ok(None) };
    Post::read(url.reveal(), variable("MAIL_FROM"), variable("MAIL_TRUSTED")).map(Some).map_err(SettingsError)
}

/// The numbers are for the operator: never at the site's own address.
fn metrics(typed: Option<String>, site: SocketAddr) -> Result<Option<SocketAddr>, SettingsError> {
    let Some(text) = typed else { return Ok(None) };
    let other = |at: &SocketAddr| at.port() == 0 || at.port() != site.port();
    text.parse().ok().filter(other).map(Some).ok_or_else(|| {
        SettingsError(
            "Set METRICS_LISTEN to an address of this machine and a port that is not the site’s, such as 127.0.0.1:9464.".to_owned(),
        )
    })
}

fn keys(typed: Option<Secret>) -> Result<Option<Keys>, SettingsError> {
    typed
        .map(|text| Keys::read(text.reveal()))
        .transpose()
        .map_err(|wrong| SettingsError(format!("Set SITE_KEY to the site’s keys: {wrong}.")))
}

fn days(typed: Option<String>) -> Result<u16, SettingsError> {
    let wrong = |_| SettingsError("Set BACKUP_DAYS to the number of days for which you keep backups, such as 35.".to_owned());
    typed.map_or(Ok(35), |text| text.trim().parse().map_err(wrong))
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

/// A setting with two values; the usual one when it is not set.
fn one_of(name: &str, value: Option<String>, usual: &'static str, other: &'static str) -> Result<&'static str, SettingsError> {
    match value.as_deref() {
        None => Ok(usual),
        Some(value) if value == usual => Ok(usual),
        Some(value) if value == other => Ok(other),
        Some(value) => Err(SettingsError(format!("Set {name} to {usual} or {other}: “{value}” is neither."))),
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(environment: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        Settings::read(|name| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn only_this_machines_own_names_are_local() {
        for own in ["http://localhost:8080", "127.0.0.1:9", "[::1]:80", "http://localhost"] {
            assert!(is_local(own), "{own}");
        }
        for other in ["http://localhost.evil.example", "10.0.0.1", "https://table.example", "", "127.0.0.1.evil.example"] {
            assert!(!is_local(other), "{other}");
        }
    }

    #[test]
    fn the_demonstration_is_for_this_machine_alone() {
        let server = ("DATABASE_URL", "postgres://app_login@localhost/common_table");
        for (environment, allowed) in [
            (&[][..], true),
            (&[("LISTEN", "127.0.0.1:9000")], true),
            (&[("LISTEN", "[::1]:8080")], true),
            (&[("LISTEN", "0.0.0.0:8080")], false),
            (&[("LISTEN", "[::]:8080")], false),
            (&[("LISTEN", "192.168.1.7:8080")], false),
            (&[("LISTEN", "0.0.0.0:8080"), ("PUBLIC_URL", "http://localhost:8080")], false),
            (&[("PUBLIC_URL", "http://localhost:9")], true),
            (&[("PUBLIC_URL", "http://127.0.0.1:8080/")], true),
            (&[("PUBLIC_URL", "https://table.example")], false),
            (&[("PUBLIC_URL", "https://localhost.example")], false),
            (&[("TRUSTED_PROXY", "on")], false),
            (&[("TRUSTED_PROXY", "10.0.0.1")], false),
            (&[("TRUSTED_PROXY", "off")], true),
            (&[server], false),
            (&[server, ("OWNER_DATABASE_URL", "postgres://owner@localhost/common_table")], false),
        ] {
            assert_eq!(read(environment).unwrap().allows_demo(), allowed, "{environment:?}");
        }
    }

    #[test]
    fn what_a_setting_cannot_be_is_refused_by_name() {
        for (name, value) in [
            ("TRUSTED_PROXY", "true"),
            ("WORKER", "no"),
            ("LOG_FORMAT", "JSON"),
            ("LISTEN", "8080"),
            ("PUBLIC_URL", "http://table.example"),
            ("PUBLIC_URL", "localhost:8080"),
            ("RUST_LOG", "info,sqlx=loud"),
            ("SITE_KEY", "secret"),
            ("SIGN_ON_HOSTS", "https://adfs.agency.example"),
            ("SIGN_ON_TRUSTED", "/nowhere/at/all.pem"),
            ("OWNER_DATABASE_URL", "postgres://owner@localhost/common_table"),
            ("METRICS_LISTEN", "9464"),
            ("SCANNER", "clamd"),
            ("METRICS_LISTEN", "127.0.0.1:8080"),
            ("DATABASE_URL_FILE", "/nowhere/at/all"),
            ("MAIL_URL_FILE", "/nowhere/at/all"),
        ] {
            let told = read(&[(name, value)]).unwrap_err().to_string();
            assert!(told.contains(&format!("Set {name}")) || told.contains(name), "{name}={value}: {told}");
            assert!(!told.contains("secret"), "a key stands in no message");
        }
        assert!(!read(&[("WORKER", "off")]).unwrap().worker);
        assert!(read(&[("LOG_FORMAT", "json")]).unwrap().log_json);
    }

    #[test]
    fn a_database_elsewhere_is_asked_for_its_certificate() {
        for (address, whole) in [
            ("postgres://app_login:pass@db.example/table", "postgres://app_login:pass@db.example/table?sslmode=verify-full"),
            (
                "postgres://app_login@10.0.0.5/table?application_name=x",
                "postgres://app_login@10.0.0.5/table?application_name=x&sslmode=verify-full",
            ),
            ("postgres:///table?host=db.example", "postgres:///table?host=db.example&sslmode=verify-full"),
            ("postgres://app_login@db.example/table?sslmode=disable", "postgres://app_login@db.example/table?sslmode=disable"),
            ("postgres://app_login@localhost/table", "postgres://app_login@localhost/table"),
            ("postgres:///table?host=/run/postgresql", "postgres:///table?host=/run/postgresql"),
        ] {
            assert_eq!(read(&[("DATABASE_URL", address)]).unwrap().database_url.unwrap().reveal(), whole);
        }
    }

    #[test]
    fn a_port_that_the_system_chose_stands_in_the_address() {
        assert_eq!(read(&[("LISTEN", "127.0.0.1:0")]).unwrap().at_port(4711).public_url, "http://localhost:4711");
        assert_eq!(read(&[("PUBLIC_URL", "https://table.example")]).unwrap().at_port(4711).public_url, "https://table.example");
    }
}
