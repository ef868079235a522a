//! What keeps a site over the years: what is over is swept away, the audit trail is sealed, an end cuts nobody off, and a
//! database that went away and came back lost nothing.

use crate::support::Site;
use chrono::Duration;
use common_table::{
    platform::{errand::Errand, ids::AgencyId, session::SESSION_COOKIE},
    server, verify, worker,
};
use http::StatusCode;
use sqlx::PgConnection;
use std::{net::SocketAddr, time::Duration as Pause};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::oneshot,
};

async fn broken(site: &Site) -> Vec<String> {
    let agency: uuid::Uuid = site.peek("select id from agency where slug = 'cedar-river'").await;
    verify::broken(&Errand::of_agency(site.app.db.clone(), (AgencyId(agency), chrono_tz::Tz::UTC))).await.unwrap()
}

#[tokio::test]
async fn the_audit_trail_is_sealed_and_every_later_change_of_it_shows() {
    let site = Site::alone().await;
    // Elena has Dana on the telephone while the year ends: within the hour that ends by itself, and is written down.
    site.clock.advance(Duration::hours(1));
    worker::sweep(&site.app).await.unwrap();
    let (entries, sealed) = (site.count("audit").await, site.count("audit_sealed").await);
    assert!(entries > 100 && entries == sealed, "{entries} entries, {sealed} sealed");
    let last = site.count("audit_seal s join agency g on g.id = s.agency_id where g.slug = 'cedar-river'").await;
    site.clock.advance(Duration::hours(1));
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count(&format!("audit_seal where number > {last}")).await, 0, "nothing came since");
    site.visitor("staff").await.post("/cedar-river/partners", &[("name", "Valley Library"), ("kind", "education")]).await.made();
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count(&format!("audit_seal where number = {last} + 1 and entries = 1")).await, 1);
    assert_eq!(broken(&site).await, Vec::<String>::new());
    let first =
        "select d.audit_id from audit_sealed d join agency g on g.id = d.agency_id where g.slug = 'cedar-river' and d.number = 1 limit 1";
    for harm in [
        format!("update audit set actor_name = 'Somebody else' where id = ({first})"),
        format!("update audit set at = at + interval '1 second' where id = ({first})"),
        format!("delete from audit where id = ({first})"),
        format!("delete from audit_sealed where audit_id = ({first})"),
        "update audit_seal set hash = sha256('x') where number = 1".to_owned(),
        "delete from audit_seal where number = 1".to_owned(),
    ] {
        // Whoever does such a thing does not mind keys either.
        site.force(
            "create table kept as table audit; create table kept_sealed as table audit_sealed; create table kept_seal as table audit_seal; \
             set session_replication_role = replica",
        )
        .await;
        site.force(&harm).await;
        let found = broken(&site).await;
        assert!(found.iter().any(|line| line.starts_with("the audit trail does not fit its seals")), "{harm}: {found:?}");
        site.force(
            "delete from audit; insert into audit select * from kept; delete from audit_sealed; insert into audit_sealed select * from kept_sealed; \
             delete from audit_seal; insert into audit_seal select * from kept_seal; drop table kept, kept_sealed, kept_seal",
        )
        .await;
        assert_eq!(broken(&site).await, Vec::<String>::new(), "mended after {harm}");
    }
}

#[tokio::test]
async fn whoever_works_for_the_site_makes_no_seal_of_their_own() {
    let site = Site::alone().await;
    let seal = "insert into audit_seal (agency_id, number, entries, hash, sealed_at) values (current_agency(), 999999, 0, '', now())";
    crate::support::refused("a seal", site.attempt("admin", "administrator", seal).await);
}

#[tokio::test]
async fn what_is_over_is_swept_away_and_nothing_else() {
    let site = Site::alone().await;
    let staff = site.visitor("staff").await;
    let gone = site.visitor("analyst").await;
    gone.post("/hats", &[("membership", "@analyst")]).await;
    gone.post("/sign-out", &[]).await;
    site.clock.advance(Duration::hours(9));
    // The sign-in has ended by its time: what is typed waits, for an hour.
    staff.post("/cedar-river/partners", &[("name", "Valley Library"), ("kind", "education")]).await.assert_sent_to_sign_in();
    assert_eq!(site.count("parked_form").await, 1);
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("parked_form").await, 1, "its hour is not over");
    let fresh = site.visitor("director").await;
    fresh.post("/cedar-river/partners", &[("name", "Valley Museum"), ("kind", "education")]).await.made();
    site.clock.advance(Duration::hours(1));
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("parked_form").await, 0);
    assert!(site.count("session where ended_at is not null").await > 1, "kept for a while, for whoever asks");
    fresh.get("/cedar-river/partners").await.assert_page("Partners");
    let old = site.clock.now() - Duration::days(30);
    assert_eq!(site.count(&format!("idempotency where created_at < '{old}'")).await, 0, "what was sent long ago is forgotten");
    assert!(site.count("idempotency").await > 1, "what was sent this month is not");
    site.clock.advance(Duration::days(31));
    worker::sweep(&site.app).await.unwrap();
    assert_eq!((site.count("idempotency").await, site.count("session").await, site.count("session_hat").await), (0, 0, 0));
}

#[tokio::test]
async fn where_one_countys_sweep_fails_the_others_are_swept_all_the_same() {
    let site = Site::alone().await;
    let first: String = site.peek("select id::text from agency order by id limit 1").await;
    // What is forgotten after a month, sent now in each county; in the first, the database refuses to forget.
    site.force(&format!(
        "insert into idempotency (agency_id, actor, key, body_hash, redirect, flash, created_at) \
         select id, gen_random_uuid(), 'sent-long-ago', '', '', '', '2020-01-01' from agency; \
         create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused here'; end $$; \
         create trigger refuse before delete on idempotency for each row when (old.agency_id = '{first}') execute function refuse()"
    ))
    .await;
    let entries = site.count("audit").await;
    let failed = worker::sweep(&site.app).await.unwrap_err();
    assert_eq!(std::error::Error::source(&failed).map(ToString::to_string), Some(format!("not swept: forms sent of {first}")));
    let left: String = site.peek("select string_agg(agency_id::text, ' ') from idempotency where key = 'sent-long-ago'").await;
    assert_eq!(left, first, "the other county's are forgotten");
    assert!(site.count("audit_sealed").await >= entries, "and in the first, what comes after is done too");
    assert_eq!(site.count("parked_form").await, 0);
}

#[tokio::test]
async fn a_half_migrated_database_is_not_ready() {
    let site = Site::alone().await;
    assert_eq!(site.stranger().get("/readyz").await.status, StatusCode::OK);
    site.force("delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)").await;
    let answer = site.stranger().get("/readyz").await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "not ready\n"));
    assert_eq!(site.stranger().get("/healthz").await.status, StatusCode::OK, "the process itself is well");
}

/// Nobody else comes into the site's database until the answer is dropped into [`open_again`].
async fn shut(site: &Site) {
    let name: String = site.peek("select current_database()::text").await;
    site.force(&format!("alter database {name} connection limit 0")).await;
    site.force("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
        .await;
}

async fn open_again(site: &Site) {
    let name: String = site.peek("select current_database()::text").await;
    site.force(&format!("alter database {name} connection limit -1")).await;
}

#[tokio::test]
async fn while_the_database_is_away_a_page_says_so_and_nothing_confirmed_is_lost() {
    let site = Site::alone().await;
    let staff = site.visitor("staff").await;
    let before = staff.post("/cedar-river/partners", &[("name", "Valley Library"), ("kind", "education")]).await;
    let form = [("name", "Valley Museum"), ("kind", "education"), ("key", "while-it-was-away")];
    shut(&site).await;
    for answer in [staff.get("/cedar-river/partners").await, staff.post("/cedar-river/partners", &form).await] {
        answer.assert_status(StatusCode::SERVICE_UNAVAILABLE).assert_sees("Nothing that was confirmed to you is lost");
        assert_eq!(answer.heading(), "The records cannot be reached just now");
    }
    open_again(&site).await;
    staff.follow(&before).await.assert_page("Valley Library");
    assert_eq!(site.count("partner where name = 'Valley Museum'").await, 0, "what was not confirmed did not happen");
    staff.post("/cedar-river/partners", &form).await.made();
    assert_eq!(site.count("partner where name = 'Valley Museum'").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_under_way_at_the_end_is_answered() {
    let site = Site::alone().await;
    let token = site.visitor("staff").await.cookie(SESSION_COOKIE).unwrap();
    let listening = server::listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = listening.address;
    let (stop, stopped) = oneshot::channel::<()>();
    let router = server::site(site.app.clone());
    let mut serving = tokio::task::JoinSet::new();
    serving.spawn(async move {
        listening
            .serve(router, async {
                let _ = stopped.await;
            })
            .await;
    });
    let mut slow: PgConnection = site.own_connection().await;
    sqlx::raw_sql("begin; lock table partner in access exclusive mode").execute(&mut slow).await.unwrap();

    let mut stream = TcpStream::connect(address).await.unwrap();
    let body = "name=At+the+very+end&kind=other&key=at-the-very-end";
    let request = format!(
        "POST /cedar-river/partners HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nCookie: {SESSION_COOKIE}={token}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    tokio::time::sleep(Pause::from_millis(300)).await;
    stop.send(()).unwrap();
    tokio::time::sleep(Pause::from_millis(300)).await;
    assert!(serving.try_join_next().is_none(), "the site waits for what is under way");
    assert!(TcpStream::connect(address).await.is_err(), "and takes nothing new");
    sqlx::raw_sql("rollback").execute(&mut slow).await.unwrap();

    let mut begin = [0_u8; 12];
    stream.read_exact(&mut begin).await.unwrap();
    assert_eq!(&begin, b"HTTP/1.1 303");
    tokio::time::timeout(Pause::from_secs(10), serving.join_next()).await.unwrap().unwrap().unwrap();
    assert_eq!(site.count("partner where name = 'At the very end'").await, 1);
}
