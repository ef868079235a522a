//! How letters leave: by which mail server, or into which folder, and in whose name.

use lettre::transport::smtp::client::Certificate;
use std::{path::PathBuf, time::Duration};
use url::Url;

/// The way out, as the settings have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Where to.
    pub way: Way,
    /// Who sends: `Common Table <table@agency.example>`.
    pub from: String,
    /// How long a mail server may take until it says that a letter may come; twice as long for taking it.
    pub patience: Duration,
}

/// Where letters go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// To a mail server.
    Server(Server),
    /// Into a folder, a file each.
    Folder(PathBuf),
}

/// A mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name; its certificate must be for it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How what is said to it is kept from others.
    pub tls: Tls,
    /// The name and the password to sign in with.
    pub credentials: Option<(String, String)>,
    /// A file with certificates (PEM) that are trusted besides the system's.
    pub trusted: Option<PathBuf>,
}

/// When a connection to a mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From its first byte.
    Always,
    /// By STARTTLS, before anything is said; without it nothing is sent.
    Starttls,
    /// Never: for a mail catcher on the same machine.
    Never,
}

/// Without the password.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("host", &self.host).field("port", &self.port).field("tls", &self.tls).finish_non_exhaustive()
    }
}

impl Post {
    /// The address alone from which letters come.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        self.from.parse::<lettre::message::Mailbox>().ok().map(|from| from.email.to_string())
    }

    /// Reads `MAIL_URL`, `MAIL_FROM` and `MAIL_TRUSTED`.
    ///
    /// # Errors
    /// Says which of them to mend, and how.
    pub fn read(url: &str, from: Option<String>, trusted: Option<String>) -> Result<Self, String> {
        let from = from.ok_or("Set MAIL_FROM to the sender of letters, such as Common Table <table@agency.example>.")?;
        if from.parse::<lettre::message::Mailbox>().is_err() {
            return Err(format!("Set MAIL_FROM to a name and an address, such as Common Table <table@agency.example>: “{from}” is not."));
        }
        let way = match url.strip_prefix("folder:") {
            Some(folder) => Way::Folder(folder.into()),
            None => Way::Server(server(url, readable(trusted)?).ok_or(
                "Set MAIL_URL to smtp://name:password@host:587 (STARTTLS), smtps://… (TLS from the start), smtp://host:1025?tls=none for a mail catcher, or folder:… .",
            )?),
        };
        Ok(Self { way, from, patience: Duration::from_secs(60) })
    }
}

/// How a certificate begins in PEM.
const BEGINS: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// The file of `MAIL_TRUSTED`, once it is known to hold certificates: a letter that cannot be sent is found out too late.
fn readable(trusted: Option<String>) -> Result<Option<String>, String> {
    let Some(file) = trusted else { return Ok(None) };
    let pem = std::fs::read(&file)
        .map_err(|error| format!("Set MAIL_TRUSTED to a file that this program can read: “{file}” is not ({}).", error.kind()))?;
    // What reads certificates is content with none at all.
    let holds = pem.windows(BEGINS.len()).any(|part| part == BEGINS) && Certificate::from_pem(&pem).is_ok();
    if holds { Ok(Some(file)) } else { Err(format!("Set MAIL_TRUSTED to a file of certificates in PEM: “{file}” holds none.")) }
}

fn server(url: &str, trusted: Option<String>) -> Option<Server> {
    let url = Url::parse(url).ok()?;
    let asked: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let (usual, tls) = match (url.scheme(), asked.as_slice()) {
        ("smtps", []) => (465, Tls::Always),
        ("smtp", []) => (587, Tls::Starttls),
        ("smtp", [(name, value)]) if name == "tls" && value == "none" => (25, Tls::Never),
        _ => return None,
    };
    let decoded = |text: &str| percent_decoded(text).unwrap_or_else(|| text.to_owned());
    let credentials = url.password().map(|password| (decoded(url.username()), decoded(password)));
    Some(Server {
        host: url.host_str()?.to_owned(),
        port: url.port().unwrap_or(usual),
        tls,
        credentials,
        trusted: trusted.map(PathBuf::from),
    })
}

/// `%40` is `@`, as everywhere in addresses.
fn percent_decoded(text: &str) -> Option<String> {
    let form = format!("x={}", text.replace('+', "%2B"));
    serde_html_form::from_str::<Vec<(String, String)>>(&form).ok()?.pop().map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<Post, String> {
        Post::read(url, Some("Common Table <table@agency.example>".to_owned()), None)
    }

    #[test]
    fn an_address_says_how_letters_leave() {
        for (url, host, port, tls, credentials) in [
            ("smtp://mail.example", "mail.example", 587, Tls::Starttls, None),
            ("smtps://me:p%40ss+1@mail.example", "mail.example", 465, Tls::Always, Some(("me".to_owned(), "p@ss+1".to_owned()))),
            ("smtp://localhost:1025?tls=none", "localhost", 1025, Tls::Never, None),
        ] {
            let Ok(Post { way: Way::Server(server), .. }) = read(url) else { panic!("{url}") };
            assert_eq!((server.host.as_str(), server.port, server.tls, server.credentials), (host, port, tls, credentials));
        }
        assert_eq!(read("folder:letters").unwrap().way, Way::Folder("letters".into()));
    }

    #[test]
    fn what_is_no_way_is_refused_by_name() {
        for url in ["mail.example", "smtp://", "smtp://mail.example?tls=maybe", "http://mail.example", "smtps://mail.example?tls=none"] {
            assert!(read(url).unwrap_err().starts_with("Set MAIL_URL"), "{url}");
        }
        assert!(Post::read("smtp://mail.example", None, None).unwrap_err().starts_with("Set MAIL_FROM"));
        assert!(Post::read("smtp://mail.example", Some("nobody".to_owned()), None).unwrap_err().starts_with("Set MAIL_FROM"));
        let trusting = |file: &str| Post::read("smtp://mail.example", Some("a@b.example".to_owned()), Some(file.to_owned())).unwrap_err();
        assert!(trusting("/nowhere/at/all.pem").starts_with("Set MAIL_TRUSTED to a file that this program can read"));
        assert!(trusting("Cargo.toml").starts_with("Set MAIL_TRUSTED to a file of certificates"));
    }

    #[test]
    fn a_password_stands_in_no_log() {
        assert!(!format!("{:?}", read("smtp://me:secret@mail.example").unwrap()).contains("secret"));
    }
}
