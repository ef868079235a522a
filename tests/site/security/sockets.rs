//! Requests as nobody's browser sends them, over a socket.

use crate::support::Site;
use common_table::server;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// Everything that comes back until the line is closed, or nothing more comes for a while; and whether it was closed.
async fn said(port: u16, sent: &str) -> (String, bool) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    let mut all = Vec::new();
    let closed = loop {
        let mut piece = [0; 4096];
        match timeout(Duration::from_millis(700), stream.read(&mut piece)).await {
            Ok(Ok(0) | Err(_)) => break true,
            Ok(Ok(more)) => all.extend_from_slice(&piece[..more]),
            Err(_) => break false,
        }
    };
    (String::from_utf8_lossy(&all).into_owned(), closed)
}

/// The site on a port of its own, while `visit` goes on.
async fn on_a_port(site: &Site, visit: impl AsyncFnOnce(u16)) {
    let listening = server::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let port = listening.address.port();
    let (over, ended) = tokio::sync::oneshot::channel::<()>();
    let visit = async {
        visit(port).await;
        drop(over);
    };
    let serve = listening.serve(server::site(site.app.clone()), async {
        let _ = ended.await;
    });
    tokio::join!(serve, visit);
}

#[tokio::test]
async fn a_request_that_two_programs_could_read_in_two_ways_is_refused_and_the_line_closed() {
    let site = Site::alone().await;
    let behind = "GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let doubtful = [
        (
            "chunks and a length",
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ),
        (
            "a length and chunks",
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        ),
        ("two lengths", "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n"),
        ("one length twice", "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n"),
        ("a length with a sign", "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: +0\r\n\r\n"),
        ("another coding", "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        ("a folded header", "GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-A: a\r\n b\r\n\r\n"),
        ("lines without return", "GET /sign-in HTTP/1.1\nHost: localhost\n\n"),
        ("one line without return", "GET /sign-in HTTP/1.1\r\nHost: localhost\nX-A: a\r\n\r\n"),
        ("a NUL", "GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-A: a\0b\r\n\r\n"),
        ("a space before the colon", "GET /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length : 4\r\n\r\n"),
        ("no HTTP at all", "HELLO\r\n\r\n"),
    ];
    on_a_port(&site, async |port| {
        for (what, sent) in doubtful {
            let (answer, closed) = said(port, &format!("{sent}{behind}")).await;
            assert!(answer.starts_with("HTTP/1.1 400 "), "{what}: {answer}");
            assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{what}: what stands behind it was answered: {answer}");
            assert!(closed, "{what}: the line stays open");
        }
        let (answer, _) = said(port, &format!("{behind}{behind}")).await;
        assert_eq!(answer.matches("HTTP/1.1 200 ").count(), 2, "two plain requests are two: {answer}");
        let chunked = "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Transfer-Encoding: chunked\r\n\r\n7\r\nemail=\n\r\n0\r\n\r\n";
        let (answer, _) = said(port, &format!("{chunked}{behind}")).await;
        assert!(answer.starts_with("HTTP/1.1 422 ") && answer.contains("HTTP/1.1 200 "), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn no_other_method_and_no_page_of_the_machine_is_served() {
    let site = Site::alone().await;
    on_a_port(&site, async |port| {
        for method in ["TRACE", "TRACK", "CONNECT", "PUT", "PATCH", "DELETE", "PROPFIND"] {
            let secret = "X-Planted: do-not-echo";
            let (answer, _) =
                said(port, &format!("{method} /sign-in HTTP/1.1\r\nHost: localhost\r\n{secret}\r\nConnection: close\r\n\r\n")).await;
            assert!(answer.starts_with("HTTP/1.1 4") && !answer.contains("do-not-echo"), "{method}: {answer}");
        }
        for path in [
            "/metrics",
            "/debug",
            "/debug/pprof",
            "/docs",
            "/openapi.json",
            "/.env",
            "/.git/HEAD",
            "/static/../Cargo.toml",
            "/static/%2e%2e/Cargo.toml",
        ] {
            let (answer, _) = said(port, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).await;
            assert!(answer.starts_with("HTTP/1.1 404 ") || answer.starts_with("HTTP/1.1 303 "), "{path}: {answer}");
        }
        let (health, _) = said(port, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await;
        assert!(health.ends_with("ok\n"), "{health}");
    })
    .await;
}

#[tokio::test]
async fn what_comes_over_a_socket_is_counted_for_its_network() {
    let site = Site::alone().await;
    on_a_port(&site, async |port| {
        let form = "email=nobody%40example.org&password=a+wrong+guess+of+mine";
        let head = "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: 192.0.2.99\r\nConnection: close\r\n";
        let (answer, _) = said(port, &format!("{head}Content-Length: {}\r\n\r\n{form}", form.len())).await;
        assert!(answer.starts_with("HTTP/1.1 422 "), "{answer}");
        assert_eq!(site.count("tally").await, 2, "the address that was typed, and the network");
        let (answer, _) = said(port, &format!("{}Content-Length: {}\r\n\r\n{form}", head.replace("192.0.2.99", "192.0.2.98"), form.len())).await;
        assert!(answer.starts_with("HTTP/1.1 422 "), "{answer}");
        assert_eq!(site.count("tally where count = 2").await, 2, "where it says that it comes from changes nothing");
    })
    .await;
}
