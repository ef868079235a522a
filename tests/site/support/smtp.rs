//! A real mail server on this machine (`tests/smtp/server.mjs`), and what it took.

use super::{Site, Visitor};
use common_table::platform::post::Post;
use serde_json::Value;
use std::{path::Path, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

/// The server; it ends with the test.
pub struct Smtp {
    port: u16,
    pem: Option<tempfile::TempDir>,
    lines: Lines<BufReader<ChildStdout>>,
    _stdin: ChildStdin,
    _child: Child,
}

/// A letter as the server took it.
pub struct Taken {
    /// To whom.
    pub to: String,
    /// The connection was encrypted.
    pub secure: bool,
    /// Head and body, with soft line breaks undone.
    pub text: String,
}

impl Taken {
    /// The address in it that begins so.
    #[track_caller]
    pub fn link(&self, begins: &str) -> String {
        let at = self.text.find(begins).unwrap_or_else(|| panic!("no {begins} in {}", self.text));
        self.text[at..].split(|c: char| c.is_whitespace() || c == '"').next().unwrap_or_default().to_owned()
    }
}

impl Smtp {
    /// With a certificate for `localhost`, made now.
    pub async fn start(how: &[&str]) -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let pem = format!("{}{}", made.cert.pem(), made.signing_key.serialize_pem());
        std::fs::write(folder.path().join("both.pem"), pem).unwrap();
        std::fs::write(folder.path().join("certificate.pem"), made.cert.pem()).unwrap();
        let both = folder.path().join("both.pem").display().to_string();
        Self::run(&[&[both.as_str()], how].concat(), Some(folder)).await
    }

    /// One that offers no encryption.
    pub async fn plain() -> Self {
        Self::run(&["plain"], None).await
    }

    async fn run(arguments: &[&str], pem: Option<tempfile::TempDir>) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp/server.mjs");
        let mut node = Command::new("node");
        node.arg(script).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = node.spawn().expect("node runs the mail server: bin/setup test installs it");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let stdin = child.stdin.take().unwrap();
        let begun = lines.next_line().await.unwrap().expect("the mail server says its port: run npm ci");
        let port = serde_json::from_str::<Value>(&begun).unwrap()["port"].as_u64().unwrap();
        Self { port: u16::try_from(port).unwrap(), pem, lines, _stdin: stdin, _child: child }
    }

    /// The way to it, as the settings have it: `scheme` is what stands before the host, `query` what stands after the port.
    pub fn post(&self, scheme: &str, query: &str) -> Post {
        let trusted = self.pem.as_ref().map(|folder| folder.path().join("certificate.pem").display().to_string());
        self.post_trusting(scheme, query, trusted)
    }

    /// The same, with other certificates to trust.
    pub fn post_trusting(&self, scheme: &str, query: &str, trusted: Option<String>) -> Post {
        Post::read(&format!("{scheme}localhost:{}{query}", self.port), Some("Common Table <table@agency.example>".to_owned()), trusted)
            .unwrap()
    }

    /// The letters that it took up to now, since they were asked for last.
    pub async fn taken(&mut self) -> Vec<Taken> {
        let mut all = Vec::new();
        // What it took is printed before it answers: whatever was sent by now stands in the pipe.
        while let Ok(Ok(Some(line))) = tokio::time::timeout(std::time::Duration::from_millis(150), self.lines.next_line()).await {
            let letter = serde_json::from_str::<Value>(&line).unwrap()["letter"].take();
            let Some(raw) = letter["raw"].as_str() else { continue };
            let text = raw.replace("=\r\n", "").replace("=3D", "=").replace("\r\n", "\n");
            all.push(Taken { to: letter["to"][0].as_str().unwrap().to_owned(), secure: letter["secure"] == true, text });
        }
        all
    }
}

/// A site that sends letters to real people, with these of them signed in.
pub async fn with_letters<const N: usize>(smtp: &Smtp, people: [&str; N]) -> (Site, [Visitor; N]) {
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let mut signed_in = Vec::new();
    for who in people {
        signed_in.push(site.visitor(who).await);
    }
    site.force("update account set is_demo = false; update agency set is_demo = false; delete from notice; delete from letter").await;
    (site, signed_in.try_into().unwrap_or_else(|_| unreachable!("each is signed in")))
}
