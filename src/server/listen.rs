//! Listening: HTTP/1 with limits on how long a request's head and the taking of its answer may be, and an end that lets requests in flight finish.

use super::{patience::Patient, strict::Strict};
use crate::platform::network::Peer;
use axum::Router;
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{io, net::SocketAddr, time::Duration};
use tokio::net::TcpListener;
use tower::ServiceExt as _;

/// A bound socket that has not yet answered anybody.
#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
    /// Where it listens, with the port the system chose when none was given.
    pub address: SocketAddr,
}

/// Binds the address.
///
/// # Errors
/// When it is taken or not this machine's.
pub async fn listen(address: SocketAddr) -> io::Result<Listening> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    Ok(Listening { listener, address })
}

impl Listening {
    /// Answers until `ended`, then finishes what is in flight, for at most 30 seconds.
    #[expect(clippy::disallowed_methods, reason = "each connection is a task of its own")]
    pub async fn serve(self, site: Router, ended: impl Future<Output = ()>) {
        let graceful = GracefulShutdown::new();
        let mut builder = hyper::server::conn::http1::Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(10));
        let mut ended = std::pin::pin!(ended);
        loop {
            let (stream, peer) = tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, peer)) => (stream, Peer(peer.ip())),
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be taken");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        continue;
                    }
                },
                () = &mut ended => break,
            };
            let _ = stream.set_nodelay(true);
            let site = site.clone();
            let answer = service_fn(move |mut request: Request<Incoming>| {
                request.extensions_mut().insert(peer);
                site.clone().oneshot(request)
            });
            let connection = builder.serve_connection(TokioIo::new(Strict::new(Patient::with(stream))), answer);
            let watched = graceful.watch(connection);
            tokio::spawn(async move {
                if let Err(error) = watched.await {
                    tracing::debug!(%error, "a connection ended early");
                }
            });
        }
        drop(self.listener);
        tokio::select! {
            () = graceful.shutdown() => {}
            () = tokio::time::sleep(Duration::from_secs(30)) => tracing::warn!("some requests did not finish in time"),
        }
    }
}
