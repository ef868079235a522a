//! A real provider of single sign-on on this machine (`tests/oidc/provider.mjs`), and a browser that signs in on its pages.

use openidconnect::reqwest::{Client, Response, redirect};
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
    told: Mutex<(ChildStdin, Lines<BufReader<ChildStdout>>)>,
    _child: Child,
}

impl Oidc {
    /// One on a port of its own.
    pub async fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oidc/provider.mjs");
        let mut node = Command::new("node");
        node.arg(script).arg(BACK).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut child = node.spawn().expect("node runs the provider: bin/setup test installs it");
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut lines = BufReader::new(stdout).lines();
        let port = loop {
            let line = lines.next_line().await.unwrap().expect("the provider says its port: run npm ci");
            if let Some(port) = serde_json::from_str::<Value>(&line).ok().and_then(|said| said["port"].as_u64()) {
                break u16::try_from(port).unwrap();
            }
        };
        Self { port, told: Mutex::new((stdin, lines)), _child: child }
    }

    /// Its issuer.
    pub fn issuer(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// As the operator names it.
    pub fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// From now on it behaves so. Answers what it was asked for until now, since it was told the last time.
    pub async fn behaves(&self, so: Value) -> Vec<String> {
        let (stdin, lines) = &mut *self.told.lock().await;
        stdin.write_all(format!("{so}\n").as_bytes()).await.unwrap();
        let mut asked = Vec::new();
        loop {
            let line = lines.next_line().await.unwrap().expect("it goes on");
            let Ok(said) = serde_json::from_str::<Value>(&line) else { continue };
            assert!(said.get("fault").is_none(), "the provider: {said}");
            if let Some(path) = said["asked"].as_str() {
                asked.push(path.to_owned());
            }
            if said.get("now").is_some() {
                return asked;
            }
        }
    }

    /// It behaves as it should, and what it was asked for until now.
    pub async fn asked(&self) -> Vec<String> {
        self.behaves(json!({})).await
    }

    /// Goes to the provider by an address of it, signs in on its page, and answers where on our site it sends the browser.
    pub async fn log_in(&self, address: &str, who: &str) -> String {
        let mut browser = Browser::new();
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
}

/// A browser at the provider, with its cookies.
struct Browser {
    client: Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new() -> Self {
        let client = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
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
