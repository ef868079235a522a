//! A site for each test: the demonstration's year in a database that no other test uses meanwhile, a clock that stands at the year's end.
//!
//! ```ignore
//! let site = Site::open().await;
//! let staff = site.visitor("staff").await;
//! staff.get("/cedar-river/partners/@court").await.assert_page("Cedar River Juvenile Court");
//! ```

mod answer;
pub mod atlas;
pub mod clamd;
pub mod counting;
pub mod factors;
pub mod heard;
mod lending;
pub mod live;
pub mod oidc;
mod page;
pub mod passkey;
pub mod printed;
pub mod sending;
pub mod smtp;
#[path = "../../spoilt/spoil.rs"]
mod spoil;
pub mod standstill;
mod visitor;
pub mod word_links;
mod world;

pub use answer::Answer;
pub use visitor::Visitor;

use axum::Router;
use chrono::Duration;
use common_table::{
    accounts,
    demo::Names,
    platform::{app::App, clock::Clock, db::Db, fetch::Outside, post::Post, scanner::Scanner, session::LINK_COOKIE, settings::Settings},
    server,
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Postgres};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use world::Database;

/// What visitors type to come to it.
const ADDRESS: &str = "http://localhost";

/// One test's site.
pub struct Site {
    /// The time as the site knows it; a test may move it on.
    pub clock: Clock,
    /// What handlers have at hand.
    pub app: App,
    ground: Arc<Ground>,
}

/// What the visitors of a site share.
pub(crate) struct Ground {
    router: Router,
    database: Database,
    names: Names,
    clock: Clock,
    /// Somebody typed straight quotes, so pages may show them again.
    straight_quotes: AtomicBool,
}

impl Site {
    /// The demonstration's year, on its last day. Another test had its database before and another one will: what a test changes in
    /// the tables is put back, so it changes nothing else (see [`Site::alone`]).
    pub async fn open() -> Self {
        Self::of(Database::shared().await, Settings::plain(ADDRESS)).await
    }

    /// The same on a database of its own, for a test that changes more than rows, ends connections or needs the database's addresses.
    pub async fn alone() -> Self {
        Self::of(Database::alone().await, Settings::plain(ADDRESS)).await
    }

    /// The same, where letters leave.
    pub async fn with_letters(post: Post) -> Self {
        Self::of(Database::alone().await, Settings { mail: Some(post), ..Settings::plain(ADDRESS) }).await
    }

    /// The same, where what people send is scanned at this address.
    pub async fn with_scanner(address: &str) -> Self {
        let scanner = Some(Scanner::read(address).unwrap());
        Self::of(Database::shared().await, Settings { scanner, ..Settings::plain(ADDRESS) }).await
    }

    /// The same now, and not at the year's end, where the site may ask these providers of single sign-on: they go by the
    /// machine's clock.
    pub async fn with_providers(providers: &[&oidc::Oidc]) -> Self {
        let hosts = providers.iter().map(|one| one.host()).collect();
        Self::asking(Outside { hosts, patience: std::time::Duration::from_secs(2), ..Outside::default() }).await
    }

    /// The same, within these bounds.
    pub async fn asking(outside: Outside) -> Self {
        let site = Self::of(Database::shared().await, Settings { outside, ..Settings::plain(ADDRESS) }).await;
        site.clock.put(Clock::default().now());
        site
    }

    async fn of(database: Database, settings: Settings) -> Self {
        counting::listen();
        let (db, clock) = match database.stays() {
            Some(stays) => (stays.db.clone(), stays.clock.clone()),
            None => {
                let clock = Clock::ticking(world::ends());
                (Db::open(&database.login_url(), clock.clone(), 2).unwrap(), clock)
            }
        };
        let app = App::new(db, settings);
        database.within(app.look()).await.unwrap();
        let router = server::site(app.clone());
        let names = database.names().clone();
        Self {
            clock: clock.clone(),
            app,
            ground: Arc::new(Ground { router, database, names, clock, straight_quotes: AtomicBool::new(false) }),
        }
    }

    /// Somebody of the demonstration, signed in: the part of the address before `@demo.example`.
    pub async fn visitor(&self, who: &str) -> Visitor {
        let email = format!("{who}@demo.example");
        let begin = accounts::begin_session_of(&self.app.db, &email, Duration::hours(8));
        let token = self.ground.database.within(begin).await;
        self.stranger().with_session(&token.unwrap_or_else(|_| panic!("the demonstration has nobody called {who}")))
    }

    /// Somebody who has not signed in.
    pub fn stranger(&self) -> Visitor {
        Visitor::new(Arc::clone(&self.ground))
    }

    /// The id that the demonstration gave a name to.
    #[track_caller]
    pub fn id(&self, name: &str) -> String {
        self.names().get(name).cloned().unwrap_or_else(|| panic!("the demonstration calls nothing {name}"))
    }

    /// An address in which every `@name` stands for that id.
    #[track_caller]
    pub fn path(&self, path: &str) -> String {
        self.ground.path(path)
    }

    /// All names, also those that a test gave.
    pub fn names(&self) -> &Names {
        &self.ground.names
    }

    /// The names that the demonstration itself gave.
    pub fn demonstration(&self) -> &'static Names {
        self.ground.database.names()
    }

    /// Gives one more thing a name, before anybody visits.
    pub fn call(&mut self, name: &str, id: &str) {
        let ground = Arc::get_mut(&mut self.ground).expect("names are given before anybody visits");
        ground.names.insert(name.to_owned(), id.to_owned());
    }

    /// The bearer of a link, by the name that the demonstration gave its token: whatever the link is for, it was swapped for a cookie.
    #[track_caller]
    pub fn bearer(&self, name: &str) -> Visitor {
        let token = self.id(name);
        [LINK_COOKIE, "__Host-invitation", "__Host-reset", "__Host-address", "__Host-word"]
            .into_iter()
            .fold(self.stranger(), |bearer, cookie| bearer.with_cookie(cookie, &token))
    }

    /// One value out of the database, asked as superuser: past every policy.
    pub async fn peek<T>(&self, question: &str) -> T
    where
        T: for<'r> sqlx::Decode<'r, Postgres> + sqlx::Type<Postgres> + Send + Unpin,
    {
        let question = self.path(question);
        let mut superuser = self.ground.database.superuser().await;
        let asked = sqlx::query_scalar(AssertSqlSafe(question.clone())).persistent(false);
        asked.fetch_one(superuser.as_mut().unwrap()).await.unwrap_or_else(|error| panic!("{question}: {error}"))
    }

    /// How many rows there are: `site.count("partner where name = 'x'")`.
    pub async fn count(&self, rows: &str) -> i64 {
        self.peek(&format!("select count(*) from {rows}")).await
    }

    /// Changes the database as superuser, where no page can bring about what a test needs.
    pub async fn force(&self, statement: &str) {
        let statement = self.path(statement);
        let lasts = [
            "alter ",
            "create function",
            "create or replace",
            "create index",
            "create policy",
            "create trigger",
            "create table",
            "drop ",
            "grant ",
            "revoke ",
        ];
        if lasts.iter().any(|word| statement.to_lowercase().contains(word)) {
            self.ground.database.assert_alone();
        }
        let mut superuser = self.ground.database.superuser().await;
        let done = sqlx::raw_sql(AssertSqlSafe(statement.clone())).execute(superuser.as_mut().unwrap()).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    /// What a transaction of the site's own role could do under somebody's hat, past every page: the rows it changes, or the
    /// database's refusal. Who it is, by a name or a membership's id, is said as the site says it, body and account too. It is undone.
    pub async fn attempt(&self, who: &str, hat: &str, statement: &str) -> Result<u64, sqlx::Error> {
        let who = if who.len() == 36 { who.to_owned() } else { self.id(who) };
        let standing = format!(
            "begin; select set_config('app.body', coalesce(m.partner_id::text, ''), true), set_config('app.account', coalesce(m.account_id::text, ''), true), \
             set_config('app.agency', g.id::text, true) from agency g left join membership m on m.id = '{who}' where g.slug = 'cedar-river'; \
             set local role app_login; set local app.membership = '{who}'; set local app.hat = '{hat}'",
        );
        let statement = self.path(statement);
        let mut superuser = self.ground.database.superuser().await;
        let connection = superuser.as_mut().unwrap();
        sqlx::raw_sql(AssertSqlSafe(standing)).execute(&mut *connection).await.unwrap();
        let done = sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *connection).await;
        sqlx::raw_sql("rollback").execute(&mut *connection).await.unwrap();
        done.map(|done| done.rows_affected())
    }

    /// A connection of the superuser's that the test may keep, for looking at row security as anybody.
    pub async fn own_connection(&self) -> PgConnection {
        PgConnection::connect(&self.ground.database.admin_url()).await.unwrap()
    }

    /// What answers its visitors.
    fn router(&self) -> Router {
        self.ground.router.clone()
    }

    /// The addresses of its database, for the site's role and for the owner of the tables.
    pub fn addresses(&self) -> (String, String) {
        self.ground.database.assert_alone();
        (self.ground.database.login_url(), self.ground.database.owner_url())
    }

    /// A connection as the owner of the tables, as the operator's commands have it.
    pub async fn owner(&self) -> PgConnection {
        self.ground.database.assert_alone();
        PgConnection::connect(&self.ground.database.owner_url()).await.unwrap()
    }
}

impl Ground {
    #[track_caller]
    fn path(&self, path: &str) -> String {
        let mut parts = path.split('@');
        let mut whole = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(part.len());
            let (name, rest) = part.split_at(end);
            // An address for letters is no name: "staff@demo.example".
            let after_a_sign = whole.is_empty() || whole.ends_with(['/', '=', '\'', ',', '(', '+', ' ']);
            match self.names.get(name) {
                Some(id) if after_a_sign => whole.push_str(id),
                None if after_a_sign && !name.is_empty() => panic!("the demonstration calls nothing {name}: {path}"),
                _ => {
                    whole.push('@');
                    whole.push_str(name);
                }
            }
            whole.push_str(rest);
        }
        whole
    }

    fn note_typed(&self, text: &str) {
        if text.contains(['"', '\'']) {
            self.straight_quotes.store(true, Ordering::Relaxed);
        }
    }

    fn shows_typed_quotes(&self) -> bool {
        self.straight_quotes.load(Ordering::Relaxed)
    }
}

/// What was attempted changed no row, or the database said that this is not theirs to do (and not merely that the statement is wrong).
#[track_caller]
pub fn refused(what: &str, done: Result<u64, sqlx::Error>) {
    match done {
        Ok(0) => {}
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42501") => {}
        other => panic!("{what}: {other:?}"),
    }
}
