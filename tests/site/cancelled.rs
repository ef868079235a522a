//! Requests that are cut off: over a real socket, at any moment. What was acknowledged is there exactly once, what was cut off
//! is there once or not at all, and no connection is left inside a transaction.

use crate::support::Site;
use common_table::{
    platform::{
        clock::Clock,
        db::{Db, SystemTx},
        error::Error,
        session::SESSION_COOKIE,
    },
    server,
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use std::{
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    task::Poll,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::{Mutex, Semaphore, oneshot},
    task::JoinSet,
};

const REQUESTS: usize = 2_000;
/// At once: more than the site has connections to the database.
const AT_ONCE: usize = 12;

/// Sends one form and waits for its answer, at most so long; answers whether it was acknowledged.
async fn send(address: SocketAddr, token: &str, number: usize, patience: Duration) -> bool {
    let body = format!("name=Cut+off+{number}&kind=other&key=cut-off-{number:06}");
    let request = format!(
        "POST /cedar-river/partners HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nCookie: {SESSION_COOKIE}={token}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    answers(address, &request, patience, b"HTTP/1.1 303").await
}

/// Asks for a page that reads, and for one that also notes whose words it shows; answers whether it came.
async fn look(address: SocketAddr, token: &str, number: usize, patience: Duration) -> bool {
    let page = if number.is_multiple_of(4) { "partners" } else { "statements" };
    let request =
        format!("GET /cedar-river/{page} HTTP/1.1\r\nHost: localhost\r\nCookie: {SESSION_COOKIE}={token}\r\nConnection: close\r\n\r\n");
    answers(address, &request, patience, b"HTTP/1.1 200").await
}

async fn answers(address: SocketAddr, request: &str, patience: Duration, wanted: &[u8; 12]) -> bool {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await.ok()?;
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut begin = [0_u8; 12];
        stream.read_exact(&mut begin).await.ok()?;
        Some(begin)
    };
    // Giving up drops the socket: the site sees the visitor go.
    matches!(tokio::time::timeout(patience, exchange).await, Ok(Some(begin)) if begin == *wanted)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_requests_cut_off_at_any_moment_lose_nothing() {
    let site = Site::alone().await;
    let token: Arc<str> = site.visitor("staff").await.cookie(SESSION_COOKIE).unwrap().into();
    let listening = server::listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = listening.address;
    let (stop, stopped) = oneshot::channel::<()>();
    let mut tasks = JoinSet::new();
    let router = server::site(site.app.clone());
    tasks.spawn(async move {
        listening
            .serve(router, async {
                let _ = stopped.await;
            })
            .await;
    });

    let clock = tokio::time::Instant::now();
    for number in 0..10 {
        assert!(send(address, &token, 900_000 + number, Duration::from_secs(10)).await);
    }
    // How long an answer takes here and now, in microseconds, so that cuts fall before, within and after it: longer after each cut,
    // shorter after each answer, so that about half of the requests are answered however busy the machine is.
    let usual = Arc::new(AtomicU64::new(clock.elapsed().as_micros() as u64 / 10 * AT_ONCE as u64));

    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::new(AtomicUsize::new(0));
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut chance = StdRng::seed_from_u64(42);
    let mut senders = JoinSet::new();
    for number in 0..REQUESTS {
        let share: f64 = chance.random_range(0.0..2.0);
        let (turns, token, acknowledged, seen) = (Arc::clone(&turns), Arc::clone(&token), Arc::clone(&acknowledged), Arc::clone(&seen));
        let usual = Arc::clone(&usual);
        senders.spawn(async move {
            let _turn = turns.acquire().await;
            let now = usual.load(Ordering::Relaxed);
            let patience = Duration::from_micros((now as f64 * share) as u64);
            let answered = if number % 2 == 0 {
                let answered = look(address, &token, number, patience).await;
                seen.fetch_add(usize::from(answered), Ordering::Relaxed);
                answered
            } else {
                let answered = send(address, &token, number, patience).await;
                if answered {
                    acknowledged.lock().await.push(number);
                }
                answered
            };
            usual.store(if answered { now - now / 50 } else { now + now / 50 }, Ordering::Relaxed);
        });
    }
    while senders.join_next().await.is_some() {}
    let acknowledged = acknowledged.lock().await.clone();

    let _ = stop.send(());
    while tasks.join_next().await.is_some() {}
    // What was under way when its visitor left runs to its end.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let idle: i64 =
        site.peek("select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'").await;

    for (done, what) in [(acknowledged.len(), "acknowledged"), (seen.load(Ordering::Relaxed), "pages seen")] {
        let cut = REQUESTS / 2 - done;
        assert!(done > REQUESTS / 40 && cut > REQUESTS / 40, "{done} {what}, {cut} cut off");
    }
    let list = acknowledged.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let lost = format!(
        "select count(*) from unnest(array[{list}]) as sent(number) where 1 <> (select count(*) from partner where name = 'Cut off ' || sent.number)"
    );
    assert_eq!(site.peek::<i64>(&lost).await, 0, "acknowledged writes that are not there once");
    let twice = "select count(*) from (select name from partner where name like 'Cut off %' group by name having count(*) > 1) more";
    assert_eq!(site.peek::<i64>(twice).await, 0, "writes that are there twice");
    assert_eq!(
        site.count("partner where name like 'Cut off %'").await,
        site.count("audit a join subject s on s.id = a.subject_id where s.title like 'Cut off %' and a.action = 'added'").await,
        "each with its entry in the audit trail"
    );
    assert_eq!(idle, 0, "connections left inside a transaction");
}

/// Goes on with a beginning so many times, and then lets it go: whether it was cut off.
async fn begun_and_left(beginning: impl Future<Output = Result<SystemTx, Error>>, turns: usize) -> bool {
    let mut beginning = pin!(beginning);
    let mut left = turns;
    std::future::poll_fn(|context| {
        if beginning.as_mut().poll(context).is_ready() {
            return Poll::Ready(false);
        }
        left -= 1;
        if left == 0 { Poll::Ready(true) } else { Poll::Pending }
    })
    .await
}

#[tokio::test]
async fn a_beginning_that_is_cut_off_leaves_its_connection_outside_any_transaction() {
    let site = Site::alone().await;
    let db = Db::open(&format!("{}&application_name=cut-off", site.addresses().0), Clock::default(), 1).unwrap();
    drop(db.begin_system().await.unwrap());
    let mut cut = 0;
    for turns in [1, 1, 2, 3] {
        // The connection is back and rests: what is cut off is the beginning on it, not the wait for it.
        tokio::time::sleep(Duration::from_millis(100)).await;
        cut += usize::from(begun_and_left(db.begin_system(), turns).await);
        let mut state = String::new();
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_millis(20)).await;
            state = site.peek("select state from pg_stat_activity where application_name = 'cut-off'").await;
            if state == "idle" {
                break;
            }
        }
        assert_eq!(state, "idle", "after {turns} turns");
    }
    assert!(cut > 0, "no beginning was cut off");
    db.close().await;
}
