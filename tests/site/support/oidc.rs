//! A real provider of single sign-on on this machine (`tests/oidc/provider.mjs`), and a browser that signs in on its pages.

use openidconnect::reqwest::{Client, Response, redirect};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    sync::Mutex,
};

/// Where Cedar River's people come back to, as it is registered at the provider.
pub const BACK: &str = "http://localhost/cedar-river/sign-on/return";
/// The secret of the site at the provider.
pub const SECRET: &str = "a secret of the tests";

/// The provider; it ends with the test.
pub struct Oidc {
    port: u16,
    /// Where it speaks TLS: the file of the authority that vouches for it, and the folder that it is in.
    authority: Option<(String, tempfile::TempDir)>,
    told: Mutex<(ChildStdin, Lines<BufReader<ChildStdout>>)>,
    _child: Child,
}

impl Oidc {
    /// One on a port of its own.
    pub async fn start() -> Self {
        Self::run(None).await
    }

    /// One that speaks TLS, with a certificate of an authority that nobody knows.
    pub async fn behind_an_authority_of_its_own() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let both = folder.path().join("both.pem");
        let (authority, certificate, key) = certified();
        std::fs::write(&both, format!("{key}{certificate}")).unwrap();
        let file = folder.path().join("authority.pem");
        std::fs::write(&file, authority).unwrap();
        let (both, file) = (both.display().to_string(), file.display().to_string());
        Self { authority: Some((file, folder)), ..Self::run(Some(&both)).await }
    }

    async fn run(pem: Option<&str>) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oidc/provider.mjs");
        let mut node = Command::new("node");
        node.arg(script).arg(BACK).args(pem).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut child = node.spawn().expect("node runs the provider: bin/setup test installs it");
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut lines = BufReader::new(stdout).lines();
        let port = loop {
            let line = lines.next_line().await.unwrap().expect("the provider says its port: run npm ci");
            if let Some(port) = serde_json::from_str::<Value>(&line).ok().and_then(|said| said["port"].as_u64()) {
                break u16::try_from(port).unwrap();
            }
        };
        Self { port, authority: None, told: Mutex::new((stdin, lines)), _child: child }
    }

    /// Its issuer.
    pub fn issuer(&self) -> String {
        format!("{}://localhost:{}", if self.authority.is_some() { "https" } else { "http" }, self.port)
    }

    /// The file of the authority that vouches for it.
    pub fn authority(&self) -> &str {
        self.authority.as_ref().map(|(file, _)| file.as_str()).expect("it speaks TLS")
    }

    /// As the operator names it.
    pub fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// From now on it behaves so. Answers what it was asked for until now, since it was told the last time.
    pub async fn behaves(&self, so: Value) -> Vec<String> {
        self.said(so).await.iter().filter_map(|said| said["asked"].as_str().map(str::to_owned)).collect()
    }

    /// The same; answers all that it said.
    async fn said(&self, so: Value) -> Vec<Value> {
        let (stdin, lines) = &mut *self.told.lock().await;
        stdin.write_all(format!("{so}\n").as_bytes()).await.unwrap();
        let mut all = Vec::new();
        loop {
            let line = lines.next_line().await.unwrap().expect("it goes on");
            let Ok(said) = serde_json::from_str::<Value>(&line) else { continue };
            assert!(said.get("fault").is_none(), "the provider: {said}");
            if said.get("now").is_some() {
                return all;
            }
            all.push(said);
        }
    }

    /// It behaves as it should, and what it was asked for until now.
    pub async fn asked(&self) -> Vec<String> {
        self.behaves(json!({})).await
    }

    /// A logout token that says this, as it makes one while it behaves so. Then it behaves as it should.
    pub async fn word(&self, about: Value, mut so: Value) -> String {
        so["word"] = about;
        let said = self.said(so).await;
        self.asked().await;
        told(&said)
    }

    /// Signs out of the provider in a browser, by an address of it; answers the logout token that it gives the site by itself.
    pub async fn word_of_log_out(&self, browser: &mut Browser, address: &str) -> String {
        self.asked().await;
        self.log_out(browser, address).await;
        told(&self.said(json!({})).await)
    }

    /// Goes to the provider by an address of it, signs in on its page, and answers where on our site it sends the browser.
    pub async fn log_in(&self, address: &str, who: &str) -> String {
        self.log_in_with(&mut Browser::new(), address, who).await
    }

    /// The same in a browser that is known there afterwards, and that is asked for no name where it is known already.
    pub async fn log_in_with(&self, browser: &mut Browser, address: &str, who: &str) -> String {
        let mut answer = browser.get(address).await;
        for _ in 0..6 {
            let Some(location) = answer.headers().get("location").and_then(|to| to.to_str().ok()).map(str::to_owned) else { break };
            if let Some(path) = location.strip_prefix("http://localhost/") {
                return format!("/{path}");
            }
            let to = if location.starts_with('/') { format!("{}{location}", self.issuer()) } else { location };
            answer = browser.get(&to).await;
            if answer.status() == 200 {
                let form = [("prompt", "login"), ("login", who), ("password", "any")];
                answer = browser.post(&to, &serde_html_form::to_string(form).unwrap()).await;
            }
        }
        panic!("the provider led nowhere: {}", answer.text().await.unwrap_or_default());
    }

    /// Goes to where people sign out of the provider, says yes to its question, and answers where on our site it sends the browser.
    pub async fn log_out(&self, browser: &mut Browser, address: &str) -> String {
        let asked = browser.get(address).await.text().await.unwrap();
        let secret = asked.split("name=\"xsrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let form = [("xsrf", secret.unwrap_or_else(|| panic!("it asks nothing: {asked}"))), ("logout", "yes")];
        let to = format!("{}/session/end/confirm", self.issuer());
        let answer = browser.post(&to, &serde_html_form::to_string(form).unwrap()).await;
        let location = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
        format!("/{}", location.strip_prefix("http://localhost/").unwrap_or_else(|| panic!("it leads to {location}")))
    }
}

fn told(said: &[Value]) -> String {
    said.iter().find_map(|line| line["told"].as_str()).expect("it says so by itself").to_owned()
}

/// An authority, a certificate of it for `localhost`, and that one's key.
pub fn certified() -> (String, String, String) {
    let mut own = CertificateParams::new(Vec::new()).unwrap();
    own.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    own.distinguished_name.push(DnType::CommonName, "The agency’s own authority");
    let authority = CertifiedIssuer::self_signed(own, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    (authority.pem(), certificate.pem(), key.serialize_pem())
}

/// A browser at the provider, with its cookies.
pub struct Browser {
    client: Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// One that nobody knows. It trusts every server: what the site trusts is what is tested.
    pub fn new() -> Self {
        let client = Client::builder().no_proxy().redirect(redirect::Policy::none()).danger_accept_invalid_certs(true).build().unwrap();
        Self { client, cookies: BTreeMap::new() }
    }

    async fn get(&mut self, address: &str) -> Response {
        let request = self.client.get(address);
        self.send(request).await
    }

    async fn post(&mut self, address: &str, body: &str) -> Response {
        let request = self.client.post(address).header("content-type", "application/x-www-form-urlencoded").body(body.to_owned());
        self.send(request).await
    }

    async fn send(&mut self, request: openidconnect::reqwest::RequestBuilder) -> Response {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let answer = request.header("cookie", cookies).send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}
