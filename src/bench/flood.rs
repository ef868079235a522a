//! A flood of sign-ins, and how long a page takes meanwhile. Whoever asks is another process than the site; each request has a
//! connection of its own, as each new visitor does.

use super::{Fault, SLUG};
use std::{
    io::Write as _,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
    time::{MissedTickBehavior, interval, sleep},
};

/// Pages in a second.
const PAGES: u64 = 40;
/// Sign-ins in a second.
const SIGN_INS: u64 = 100;

/// One answer: its status, and how long it took from the beginning of the connection to its end.
type Took = Result<(u16, Duration), String>;

async fn ask(port: u16, text: String) -> Took {
    let begun = Instant::now();
    let answer = async {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.write_all(text.as_bytes()).await?;
        let mut all = Vec::with_capacity(64 * 1024);
        stream.read_to_end(&mut all).await?;
        Ok::<_, std::io::Error>(all)
    };
    let all = answer.await.map_err(|error| error.to_string())?;
    let status = all.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
    Ok((status.ok_or("no answer")?, begun.elapsed()))
}

/// Asks so often in a second for so long, whether or not the answers come; then waits for them all.
async fn steadily(each_second: u64, seconds: u64, port: u16, text: impl Fn(u64) -> String) -> Result<Vec<Took>, Fault> {
    let (mut asked, mut tick) = (JoinSet::new(), interval(Duration::from_micros(1_000_000 / each_second)));
    tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for number in 0..each_second * seconds {
        tick.tick().await;
        asked.spawn(ask(port, text(number)));
    }
    let mut all = Vec::new();
    while let Some(one) = asked.join_next().await {
        all.push(one?);
    }
    Ok(all)
}

fn page() -> String {
    let cookie = format!("{:A<43}", "bench");
    format!("GET /{SLUG}/partners HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-session={cookie}\r\nConnection: close\r\n\r\n")
}

/// Each from an address of its own, or all from one; each for an address that nobody has, which costs as much as one that somebody has.
fn sign_in(number: u64, one_network: bool) -> String {
    let body = format!("email=nobody-{number}%40bench.example&password=a+password+that+is+wrong+{number}");
    let from = if one_network { "203.0.113.9".to_owned() } else { format!("10.{}.{}.9", number / 250, number % 250) };
    format!(
        "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: {from}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The time within which all but so many of a thousand were answered, in milliseconds.
fn within(answers: &[Took], thousandths: usize) -> f64 {
    let mut times: Vec<Duration> = answers.iter().filter_map(|one| one.as_ref().ok().map(|(_, time)| *time)).collect();
    times.sort();
    let at = (times.len() * (1000 - thousandths) / 1000).min(times.len().saturating_sub(1));
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

fn with_status(answers: &[Took], wanted: u16) -> usize {
    answers.iter().filter(|one| one.as_ref().is_ok_and(|(status, _)| *status == wanted)).count()
}

/// Prints for pages in peace and in the flood: how many, the median and the 99th percentile in milliseconds; then what became of the
/// sign-ins.
pub(super) async fn measure(port: u16, seconds: u64, one_network: bool) -> Result<(), Fault> {
    steadily(PAGES, 3, port, |_| page()).await?;
    let quiet = steadily(PAGES, seconds, port, |_| page()).await?;
    let (flood, pages) = tokio::join!(steadily(SIGN_INS, seconds, port, |number| sign_in(number, one_network)), async {
        // The flood is there when the first page is asked for.
        sleep(Duration::from_secs(1)).await;
        steadily(PAGES, seconds.saturating_sub(1), port, |_| page()).await
    });
    let (flood, pages, mut out) = (flood?, pages?, std::io::stdout());
    for (name, answers) in [("quiet", &quiet), ("flooded", &pages)] {
        let (half, most) = (within(answers, 500), within(answers, 10));
        writeln!(out, "{name} {} {} {half:.2} {most:.2}", answers.len(), with_status(answers, 200))?;
    }
    let (taken, refused) = (with_status(&flood, 422), with_status(&flood, 429) + with_status(&flood, 503));
    let slowest = within(&flood, 10);
    writeln!(out, "sign-ins {} {taken} {refused} {slowest:.2}", flood.len())?;
    Ok(())
}
