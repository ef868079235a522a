//! Asks ClamAV's `clamd` about what people send (its INSTREAM command, over TCP or a socket of this machine). Whatever is not a plain
//! “nothing found” lets nothing pass: a scanner that is away, slow or puzzled is never taken for one that is content.

use sha2::{Digest as _, Sha256};
use std::{io, path::PathBuf, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpStream, UnixStream},
    time::timeout,
};

/// How long one file may take, from the first byte to the answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// So much goes at once.
const PIECE: usize = 64 * 1024;
/// No answer is longer.
const ANSWER: u64 = 1024;

/// Where `clamd` listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanner {
    at: At,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum At {
    Host(String),
    Socket(PathBuf),
}

/// What is known of a file that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// No scanner is named here, or there was nothing to scan.
    NotAsked,
    /// It was scanned, and nothing was found.
    Clean,
    /// Something was found.
    Harmful(Finding),
    /// It could not be scanned.
    Away,
}

/// What was found in a file; never what it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How the scanner calls it.
    pub found: String,
    /// Bytes of the file.
    pub size: i64,
    /// The hash of the file.
    pub sha256: Vec<u8>,
}

impl Scanner {
    /// From `SCANNER`: `host:port`, or the path of a socket.
    ///
    /// # Errors
    /// Says what to write instead.
    pub fn read(typed: &str) -> Result<Self, String> {
        let typed = typed.trim();
        if typed.starts_with('/') {
            return Ok(Self { at: At::Socket(typed.into()) });
        }
        let port = typed.rsplit_once(':').filter(|(host, _)| !host.is_empty() && !host.contains('/')).map(|(_, port)| port.parse::<u16>());
        match port {
            Some(Ok(1..)) => Ok(Self { at: At::Host(typed.to_owned()) }),
            _ => Err("Set SCANNER to where clamd listens: host:port, such as 127.0.0.1:3310, or the path of its socket.".to_owned()),
        }
    }

    /// Scans a file that is in memory.
    pub async fn ask(&self, bytes: &[u8]) -> Verdict {
        match timeout(PATIENCE, self.answer(bytes)).await {
            Ok(Ok(answer)) => verdict(&answer, bytes),
            Ok(Err(error)) => away(&error.kind().to_string()),
            Err(_) => away("no answer in time"),
        }
    }

    async fn answer(&self, bytes: &[u8]) -> io::Result<String> {
        match &self.at {
            At::Host(address) => talk(TcpStream::connect(address).await?, bytes).await,
            At::Socket(path) => talk(UnixStream::connect(path).await?, bytes).await,
        }
    }
}

async fn talk(mut line: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> io::Result<String> {
    line.write_all(b"zINSTREAM\0").await?;
    for piece in bytes.chunks(PIECE) {
        let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
        line.write_all(&length.to_be_bytes()).await?;
        line.write_all(piece).await?;
    }
    line.write_all(&[0; 4]).await?;
    line.flush().await?;
    let mut answer = Vec::new();
    line.take(ANSWER).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn verdict(answer: &str, bytes: &[u8]) -> Verdict {
    let said = answer.trim_end_matches(['\0', '\n']).strip_prefix("stream: ");
    match said {
        Some("OK") => Verdict::Clean,
        Some(said) => match said.strip_suffix(" FOUND") {
            Some(found) => Verdict::Harmful(Finding {
                found: found.chars().filter(|c| !c.is_control()).take(200).collect(),
                size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
                sha256: Sha256::digest(bytes).to_vec(),
            }),
            None => away("an answer that it does not know"),
        },
        None => away("an answer that it does not know"),
    }
}

fn away(why: &str) -> Verdict {
    tracing::warn!(why, "a file could not be scanned");
    Verdict::Away
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_ok_is_clean() {
        assert_eq!(verdict("stream: OK\0", b"x"), Verdict::Clean);
        let Verdict::Harmful(finding) = verdict("stream: Eicar-Test-Signature FOUND\0", b"abc") else { panic!("found") };
        assert_eq!((finding.found.as_str(), finding.size, finding.sha256.len()), ("Eicar-Test-Signature", 3, 32));
        for puzzling in
            ["", "OK", "stream: OK FOUND OK", "INSTREAM size limit exceeded. ERROR\0", "stream: x ERROR\0", "PONG\0", "stream: "]
        {
            assert_eq!(verdict(puzzling, b"x"), Verdict::Away, "{puzzling}");
        }
    }

    #[test]
    fn a_scanner_is_a_host_with_its_port_or_a_socket() {
        for good in ["127.0.0.1:3310", "[::1]:3310", "clamd:3310"] {
            assert_eq!(Scanner::read(good).unwrap().at, At::Host(good.to_owned()), "{good}");
        }
        assert_eq!(Scanner::read("/run/clamav/clamd.ctl").unwrap().at, At::Socket("/run/clamav/clamd.ctl".into()));
        for bad in ["clamd", "127.0.0.1", ":3310", "tcp://clamd:3310", "clamd:0", "clamd:99999", "run/clamd.ctl"] {
            assert!(Scanner::read(bad).unwrap_err().contains("Set SCANNER"), "{bad}");
        }
    }

    #[tokio::test]
    async fn a_scanner_that_is_away_lets_nothing_pass() {
        let nobody = Scanner { at: At::Socket("/nowhere/at/all".into()) };
        assert_eq!(nobody.ask(b"x").await, Verdict::Away);
    }
}
