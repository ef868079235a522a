//! Who sends or takes a byte now and then keeps a connection, and what stands behind it, for as long as they like. Here both have
//! to go on at a pace that a weak line keeps.

use axum::body::{Body, Bytes};
use futures_util::{StreamExt as _, stream};
use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep, timeout_at},
};

/// Within this long so many bytes come, or are taken.
#[derive(Debug, Clone, Copy)]
struct Pace {
    within: Duration,
    least: usize,
}

/// Some 3 kbit/s.
const PACE: Pace = Pace { within: Duration::from_secs(10), least: 4 * 1024 };

/// The body, as long as it comes at that pace. A small one has come by then as a whole.
pub(super) fn steady(body: Body) -> Body {
    steady_at(PACE, body)
}

fn steady_at(pace: Pace, body: Body) -> Body {
    let begun = (body.into_data_stream(), Instant::now() + pace.within, 0);
    Body::from_stream(stream::unfold(Some(begun), move |left| async move {
        let (mut rest, mut until, mut seen) = left?;
        let Ok(next) = timeout_at(until, rest.next()).await else {
            return Some((Err(io::Error::from(io::ErrorKind::TimedOut)), None));
        };
        let chunk: Result<Bytes, io::Error> = next?.map_err(io::Error::other);
        seen += chunk.as_ref().map_or(0, Bytes::len);
        if seen >= pace.least {
            (until, seen) = (Instant::now() + pace.within, 0);
        }
        Some((chunk, Some((rest, until, seen))))
    }))
}

/// A connection whose other side takes what it asked for at that pace.
#[derive(Debug)]
pub(super) struct Patient<S> {
    line: S,
    pace: Pace,
    /// Since something had to wait: until when, and what was taken meanwhile.
    waiting: Option<(Pin<Box<Sleep>>, usize)>,
}

impl<S: AsyncWrite + Unpin> Patient<S> {
    pub(super) fn with(line: S) -> Self {
        Self::at(PACE, line)
    }

    fn at(pace: Pace, line: S) -> Self {
        Self { line, pace, waiting: None }
    }

    fn paced(&mut self, context: &mut Context<'_>, written: Poll<io::Result<usize>>, all: usize) -> Poll<io::Result<usize>> {
        match written {
            // Nothing waits.
            Poll::Ready(Ok(bytes)) if bytes == all => {
                self.waiting = None;
                Poll::Ready(Ok(bytes))
            }
            Poll::Ready(Ok(bytes)) => {
                self.waiting =
                    self.waiting.take().map(|(until, taken)| (until, taken + bytes)).filter(|(_, taken)| *taken < self.pace.least);
                Poll::Ready(Ok(bytes))
            }
            Poll::Ready(error) => Poll::Ready(error),
            Poll::Pending => {
                let (until, _) = self.waiting.get_or_insert_with(|| (Box::pin(sleep(self.pace.within)), 0));
                ready!(until.as_mut().poll(context));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.line).poll_write(context, bytes);
        self.paced(context, written, bytes.len())
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, parts: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.line).poll_write_vectored(context, parts);
        self.paced(context, written, parts.iter().map(|part| part.len()).sum())
    }

    fn is_write_vectored(&self) -> bool {
        self.line.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    /// Long for a machine, short for a test: what is to end never goes on, what is to go on never waits.
    const SHORT: Pace = Pace { within: Duration::from_millis(100), least: 4096 };

    async fn read(chunks: impl stream::Stream<Item = Result<Bytes, io::Error>> + Send + 'static) -> Result<usize, axum::Error> {
        let mut stream = steady_at(SHORT, Body::from_stream(chunks)).into_data_stream();
        let mut all = 0;
        while let Some(chunk) = stream.next().await {
            all += chunk?.len();
        }
        Ok(all)
    }

    #[tokio::test]
    async fn a_body_that_stands_still_ends_and_one_that_goes_on_does_not() {
        let chunk = |bytes: usize| Ok(Bytes::from(vec![b'x'; bytes]));
        assert_eq!(read(stream::iter((0..60).map(move |_| chunk(1024)))).await.unwrap(), 60 * 1024);
        assert_eq!(read(stream::iter([chunk(32)])).await.unwrap(), 32);
        assert!(read(stream::iter([chunk(32)]).chain(stream::pending())).await.is_err());
        let trickle = stream::iter(0..1000).then(move |_| async move {
            sleep(Duration::from_millis(10)).await;
            chunk(1)
        });
        assert!(read(trickle).await.is_err(), "a byte now and then");
    }

    #[tokio::test]
    async fn whoever_does_not_take_the_answer_is_left() {
        let page = vec![b'x'; 64 * 1024];
        let (near, far) = duplex(1024);
        let sent = Patient::at(SHORT, near).write_all(&page).await;
        assert_eq!(sent.unwrap_err().kind(), io::ErrorKind::TimedOut);
        drop(far);

        let (near, mut far) = duplex(1024);
        let (mut line, mut all) = (Patient::at(SHORT, near), vec![0; page.len()]);
        let (sent, taken) = tokio::join!(line.write_all(&page), far.read_exact(&mut all));
        assert!(sent.is_ok() && taken.is_ok() && all == page);
    }
}
