//! Pages that listen, and several processes of one site over one database: each with connections of its own, and with those who listen
//! to it.

use super::{Answer, Site, Visitor};
use axum::{Router, body::BodyDataStream};
use common_table::{
    platform::{app::App, db::Db, live::keep_listening, settings::Settings},
    server,
};
use futures_util::StreamExt as _;
use std::time::Duration;
use tokio::{sync::mpsc, task::JoinSet, time::timeout};

/// This machine is shared; nothing here takes as long.
const PATIENCE: Duration = Duration::from_secs(60);

/// One process of the site, which hears what others tell.
pub struct Process {
    pub app: App,
    pub router: Router,
    _hears: JoinSet<()>,
}

impl Process {
    async fn of(app: App, router: Router) -> Self {
        let (mut hears, db) = (JoinSet::new(), app.db.clone());
        hears.spawn(async move { keep_listening(&db, None).await });
        let begun = async {
            while !app.db.ring().hears() {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, begun).await.expect("it listens");
        Self { app, router, _hears: hears }
    }
}

impl Site {
    /// The process that answers the site's visitors. The site is one that was opened alone.
    pub async fn process(&self) -> Process {
        Process::of(self.app.clone(), self.router()).await
    }

    /// Another one beside it.
    pub async fn another_process(&self) -> Process {
        let db = Db::open(&self.addresses().0, self.clock.clone(), 2).unwrap();
        let app = App::new(db, Settings { mail: self.app.settings.mail.clone(), ..Settings::plain("http://localhost") });
        app.look().await.unwrap();
        Process::of(app.clone(), server::site(app)).await
    }
}

/// A page that somebody has open, and that listens: it takes what it is told as it comes.
pub struct Open {
    heard: mpsc::UnboundedReceiver<String>,
    _listens: JoinSet<()>,
}

/// Where a page hears that something on it has changed.
#[track_caller]
pub fn address(page: &Answer) -> String {
    page.attributes("[data-live-at]", "data-live-at").into_iter().next().unwrap_or_else(|| panic!("{} listens nowhere", page.asked))
}

/// What a page shows now, as the stream says it.
#[track_caller]
pub fn mark(page: &Answer) -> String {
    address(page).split("seen=").nth(1).unwrap().to_owned()
}

impl Visitor {
    /// Opens a page of the site, which then listens to this process.
    pub async fn opens(&self, process: &Process, path: &str) -> Open {
        let page = self.get(path).await;
        self.listens(process, &address(&page)).await.unwrap_or_else(|status| panic!("{path}: {status}"))
    }

    /// Asks for the stream; what it is answered instead.
    pub async fn listens(&self, process: &Process, address: &str) -> Result<Open, http::StatusCode> {
        let answer = self.ask_of(&process.router, address, &[("accept", "text/event-stream")]).await;
        let kind = answer.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
        if !answer.status().is_success() {
            return Err(answer.status());
        }
        assert_eq!(kind.as_deref(), Some("text/event-stream"));
        assert!(!answer.headers().contains_key("content-encoding"), "a packed stream waits for more");
        let (says, heard) = mpsc::unbounded_channel();
        let mut listens = JoinSet::new();
        listens.spawn(take(answer.into_body().into_data_stream(), says));
        Ok(Open { heard, _listens: listens })
    }
}

impl Open {
    /// What the page shows from now on, once it is told that it shows something else; none when the stream has ended.
    pub async fn hears(&mut self) -> Option<String> {
        timeout(PATIENCE, self.heard.recv()).await.expect("something is heard, or the end")
    }
}

/// Takes a stream to its end, and passes on what it says that the page shows.
async fn take(mut body: BodyDataStream, says: mpsc::UnboundedSender<String>) {
    let mut text = String::new();
    while let Some(Ok(chunk)) = body.next().await {
        text.push_str(std::str::from_utf8(&chunk).unwrap());
        while let Some((event, rest)) = text.split_once("\n\n").map(|(event, rest)| (event.to_owned(), rest.to_owned())) {
            text = rest;
            if event.lines().any(|line| line == "event: changed") {
                let mut data = event.lines().filter_map(|line| line.strip_prefix("data:"));
                assert!(data.all(|line| line.trim() == "changed"), "a stream says no words: {event}");
                let id = event.lines().find_map(|line| line.strip_prefix("id: "));
                let _ = says.send(id.expect("what the page shows").to_owned());
            }
        }
    }
    // Whoever hears the end finds nothing left of it.
    drop(body);
    drop(says);
}
