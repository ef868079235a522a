//! How much an open page that listens costs the site, and how soon all are told. Whoever listens is another process than the site: each
//! page has a connection and a sign-in of its own.

use super::{Fault, SLUG};
use sqlx::{Connection as _, PgConnection};
use std::{
    io::Write as _,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::mpsc,
    task::JoinSet,
    time::{sleep, timeout},
};

/// Pages at first, and in the end.
const FEW: usize = 500;
const MANY: usize = 5000;
/// Connections that are opened at once.
const AT_ONCE: usize = 50;
/// How long it is waited until nothing moves any more.
const REST: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(60);

/// Sixty members of the measured agency with accounts, a sign-in for each page, and a record that everybody may read and comment on.
const LISTENERS: &str = "
    insert into account (id, email, name, created_at)
    select gen_random_uuid(), 'listener-' || n || '@bench.example', 'Listener ' || n, now() from generate_series(1, 60) n on conflict (email) do nothing;
    update membership m set account_id = a.id
    from (select o.id, row_number() over (order by o.id) as n from membership o join agency g on g.id = o.agency_id
          where g.slug = 'agency-1' and o.account_id is null) free
    join account a on a.email = 'listener-' || free.n || '@bench.example'
    where m.id = free.id;
    insert into session (id, token_hash, account_id, created_at, last_seen_at, expires_at)
    select gen_random_uuid(), sha256(convert_to(rpad('listener' || one.number || '-', 43, 'A'), 'UTF8')), a.id, now(), now() + interval '1 day', now() + interval '1 day'
    from generate_series(1, 5000) one (number)
    join (select a.id, row_number() over (order by a.id) as n, count(*) over () as all_of_them
          from account a join membership m on m.account_id = a.id where a.email like 'listener-%') a on a.n = 1 + one.number % a.all_of_them
    on conflict (token_hash) do nothing;
    insert into subject (agency_id, id, kind, title, path, audience, created_at)
    select p.agency_id, p.id, 'partner', p.name, '/agency-1/partners/' || p.id, 'partnership', now()
    from partner p join agency g on g.id = p.agency_id where g.slug = 'agency-1' and p.name = 'Partner number 7 of the valley'
    on conflict do nothing;
    analyze";

enum Said {
    Opened,
    Told,
}

/// Opens a page's stream and says when it is open, and whenever it is told that the page shows something else.
async fn listen(port: u16, record: String, number: usize, said: mpsc::UnboundedSender<Said>) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let token = format!("{:A<43}", format!("listener{number}-"));
    let asked = format!(
        "GET /{SLUG}/live?of={record} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nCookie: __Host-session={token}\r\n\r\n"
    );
    stream.write_all(asked.as_bytes()).await?;
    let (mut text, mut open) = (Vec::new(), false);
    loop {
        let mut chunk = [0_u8; 1024];
        let read = stream.read(&mut chunk).await?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        text.extend_from_slice(chunk.get(..read).unwrap_or_default());
        let seen = String::from_utf8_lossy(&text).into_owned();
        if !open && seen.starts_with("HTTP/1.1 200") && seen.contains("id: ") {
            open = true;
            text.clear();
            let _ = said.send(Said::Opened);
        } else if open && seen.contains("event: changed") {
            text.clear();
            let _ = said.send(Said::Told);
        }
    }
}

/// The resident memory of a process, in KiB.
fn memory(process: u32) -> Result<f64, Fault> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("the site is gone")?;
    Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse()?)
}

/// Comments on the record; how long until all who listen were told.
async fn tell(port: u16, record: &str, number: usize, all: usize, heard: &mut mpsc::UnboundedReceiver<Said>) -> Result<Duration, Fault> {
    let body = format!("comment=What+is+said+for+the+time+{number}&comment_audience=agency&key=told-to-all-{number:08}");
    let token = format!("{:A<43}", "bench");
    let text = format!(
        "POST /{SLUG}/comments/{record} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nCookie: __Host-session={token}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let begun = Instant::now();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.write_all(text.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    if !answer.starts_with("HTTP/1.1 303") {
        return Err(format!("the comment was answered with {}", answer.lines().next().unwrap_or_default()).into());
    }
    let told = async {
        let mut left = all;
        while left > 0 {
            if matches!(heard.recv().await, Some(Said::Told)) {
                left -= 1;
            }
        }
    };
    timeout(PATIENCE, told).await.map_err(|_| "not all were told within a minute")?;
    Ok(begun.elapsed())
}

/// Prints the memory of a page that listens, in KiB, as the slope from few to many; then how long it took until few were told, and until
/// many were, in seconds.
pub(super) async fn measure(admin_url: &str, port: u16, process: u32) -> Result<(), Fault> {
    let mut admin = PgConnection::connect(admin_url).await?;
    sqlx::raw_sql(LISTENERS).execute(&mut admin).await?;
    let record =
        "select p.id::text from partner p join agency g on g.id = p.agency_id join subject s on s.agency_id = p.agency_id and s.id = p.id
                  where g.slug = 'agency-1' and p.name = 'Partner number 7 of the valley'";
    let record: String = sqlx::query_scalar(record).fetch_one(&mut admin).await?;
    admin.close().await?;
    let (said, mut heard) = mpsc::unbounded_channel();
    let (mut pages, mut open, mut sizes, mut times) = (JoinSet::new(), 0, Vec::new(), Vec::new());
    for wanted in [FEW, MANY] {
        while open < wanted {
            for number in open + 1..=open + AT_ONCE {
                pages.spawn(listen(port, record.clone(), number, said.clone()));
            }
            for _ in 0..AT_ONCE {
                tokio::select! {
                    heard = timeout(PATIENCE, heard.recv()) => {
                        heard.map_err(|_| "a page did not open within a minute")?;
                    }
                    Some(ended) = pages.join_next() => return Err(format!("a page ended: {ended:?}").into()),
                }
            }
            open += AT_ONCE;
        }
        // The first time everything is warmed up that is kept from then on.
        for number in 0..2 {
            times.push(tell(port, &record, open + number, open, &mut heard).await?);
        }
        sleep(REST).await;
        sizes.push(memory(process)?);
    }
    let seconds = |at: usize| times.get(at).map_or(0.0, Duration::as_secs_f64);
    let slope = (sizes.last().unwrap_or(&0.0) - sizes.first().unwrap_or(&0.0)) / (MANY - FEW) as f64;
    writeln!(std::io::stdout(), "{slope:.1} {:.2} {:.2}", seconds(0).max(seconds(1)), seconds(2).max(seconds(3)))?;
    Ok(())
}
