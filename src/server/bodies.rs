//! Bodies of forms: read up to a limit and no further kept, but always to their end, so that the browser gets to show the answer.

use crate::platform::error::Error;
use axum::{
    body::{Body, BodyDataStream, Bytes},
    extract::{DefaultBodyLimit, FromRequest as _, Request},
};
use futures_util::{Stream, StreamExt as _};
use http::{HeaderMap, header};
use std::{
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
};

/// The most that is read and thrown away.
const DRAIN_LIMIT: usize = 256 * 1024 * 1024;

/// The whole body. Where it is larger than `limit`, the rest has been read and thrown away.
///
/// # Errors
/// [`Error::TooLarge`], or [`Error::Unreadable`] where it was cut off or trickled.
pub(super) async fn read(body: Body, limit: usize) -> Result<Bytes, Error> {
    let mut stream = body.into_data_stream();
    let mut kept = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Error::Unreadable)?;
        if kept.len() + chunk.len() > limit {
            throw_away(stream).await;
            return Err(Error::TooLarge);
        }
        kept.extend_from_slice(&chunk);
    }
    Ok(kept.into())
}

/// Reads a body to its end and keeps nothing of it.
pub(super) async fn drain(body: Body) {
    throw_away(body.into_data_stream()).await;
}

async fn throw_away(mut stream: BodyDataStream) {
    let mut seen = 0;
    while let Some(Ok(chunk)) = stream.next().await {
        seen += chunk.len();
        if seen > DRAIN_LIMIT {
            break;
        }
    }
}

/// A body that a handler may read, and that is still there when it did not.
pub(super) struct Unread(Arc<Mutex<Option<BodyDataStream>>>);

struct Reading(Arc<Mutex<Option<BodyDataStream>>>);

impl Stream for Reading {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Ok(mut held) = self.0.lock() else { return Poll::Ready(None) };
        let next = held.as_mut().map_or(Poll::Ready(None), |stream| Pin::new(stream).poll_next(context));
        // What was read to its end cannot be had back, nor asked again.
        if matches!(next, Poll::Ready(None)) {
            *held = None;
        }
        next
    }
}

/// The same request, whose body can be had back.
pub(super) fn shared(request: Request) -> (Request, Unread) {
    let (parts, body) = request.into_parts();
    let held = Arc::new(Mutex::new(Some(body.into_data_stream())));
    (Request::from_parts(parts, Body::from_stream(Reading(Arc::clone(&held)))), Unread(held))
}

impl Unread {
    /// The texts of a form in parts, as plain pairs. Its files are read and thrown away.
    #[expect(clippy::disallowed_types, reason = "the form is read without its handler: only its texts are kept")]
    pub(super) async fn texts(self, headers: &HeaderMap) -> Option<Bytes> {
        let stream = self.0.lock().ok()?.take()?;
        let mut request = Request::new(Body::from_stream(stream));
        request.headers_mut().insert(header::CONTENT_TYPE, headers.get(header::CONTENT_TYPE)?.clone());
        DefaultBodyLimit::disable().apply(&mut request);
        let mut parts = axum::extract::Multipart::from_request(request, &()).await.ok()?;
        let mut texts = Vec::new();
        while let Ok(Some(mut part)) = parts.next_field().await {
            let (name, is_file) = (part.name().unwrap_or_default().to_owned(), part.file_name().is_some());
            let mut value = Vec::new();
            while let Ok(Some(chunk)) = part.chunk().await {
                if !is_file {
                    value.extend_from_slice(&chunk);
                }
            }
            if !is_file {
                texts.push((name, String::from_utf8_lossy(&value).into_owned()));
            }
        }
        serde_html_form::to_string(&texts).ok().map(Bytes::from)
    }
}
