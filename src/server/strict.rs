//! Reads along with the parser and is stricter than it: a request whose end two programs could see in two places is none. A line that
//! ends without a carriage return, a length beside chunks, two lengths, a folded header: the byte that would end such a head is
//! spoiled, so that the parser answers 400 and closes the line, and nothing behind it is taken for a request of its own.

use std::{
    io, mem,
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Longer lines are not remembered whole; one of those that say where a request ends may not be so long.
const REMEMBERED: usize = 512;

/// A connection that is read strictly.
#[derive(Debug)]
pub(super) struct Strict<S> {
    stream: S,
    reader: Reader,
}

impl<S> Strict<S> {
    pub(super) fn new(stream: S) -> Self {
        Self { stream, reader: Reader::default() }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Strict<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        self.reader.read(&mut buffer.filled_mut()[before..]);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Strict<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, parts: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

/// Where in a request the next byte stands.
#[derive(Debug, Default)]
enum Place {
    /// In its head.
    #[default]
    Head,
    /// In a body of a known length, of which so much is left.
    Body(u64),
    /// In the line that says how long a chunk is.
    Size,
    /// In a chunk, with the end of its line.
    Chunk(u64),
    /// Behind the last chunk.
    Trailer,
    /// Nothing more is taken.
    Spoiled,
}

/// What the head at hand has said of its body so far.
#[derive(Debug, Default)]
struct Framing {
    /// The line that says what is asked for has been read.
    begun: bool,
    length: Option<u64>,
    chunked: bool,
}

#[derive(Debug, Default)]
struct Reader {
    place: Place,
    framing: Framing,
    line: Vec<u8>,
    /// The line is longer than what is remembered of it.
    long: bool,
    returned: bool,
}

impl Reader {
    fn read(&mut self, bytes: &mut [u8]) {
        let mut at = 0;
        while at < bytes.len() {
            match &mut self.place {
                Place::Body(left) | Place::Chunk(left) => {
                    let step = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len() - at);
                    (*left, at) = (*left - step as u64, at + step);
                    if *left == 0 {
                        self.place = if matches!(self.place, Place::Body(_)) { Place::Head } else { Place::Size };
                    }
                }
                Place::Spoiled => {
                    bytes[at] = 0;
                    at += 1;
                }
                Place::Head | Place::Size | Place::Trailer => {
                    if !self.letter(bytes[at]) {
                        (self.place, bytes[at]) = (Place::Spoiled, 0);
                    }
                    at += 1;
                }
            }
        }
    }

    /// One more byte of a line; answers whether it is fine.
    fn letter(&mut self, byte: u8) -> bool {
        if mem::replace(&mut self.returned, byte == b'\r') != (byte == b'\n') {
            return false;
        }
        match byte {
            b'\r' => true,
            b'\n' => {
                let (line, long) = (mem::take(&mut self.line), mem::take(&mut self.long));
                self.end_of(&line, long)
            }
            _ => {
                self.long |= self.line.len() >= REMEMBERED;
                if !self.long {
                    self.line.push(byte);
                }
                true
            }
        }
    }

    fn end_of(&mut self, line: &[u8], long: bool) -> bool {
        match self.place {
            Place::Size => {
                let size = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
                let size = std::str::from_utf8(size).ok().filter(|size| !long && !size.starts_with('+'));
                match size.and_then(|size| u64::from_str_radix(size, 16).ok()) {
                    Some(0) => self.place = Place::Trailer,
                    Some(size) => self.place = Place::Chunk(size.saturating_add(2)),
                    None => return false,
                }
                true
            }
            Place::Trailer => {
                if line.is_empty() && !long {
                    self.place = Place::Head;
                }
                true
            }
            _ if line.is_empty() && !long => self.end_of_head(),
            _ if !self.framing.begun => {
                self.framing.begun = true;
                true
            }
            _ => self.framing.header(line, long),
        }
    }

    fn end_of_head(&mut self) -> bool {
        let framing = mem::take(&mut self.framing);
        self.place = match (framing.chunked, framing.length) {
            (true, Some(_)) => return false,
            (true, None) => Place::Size,
            (false, Some(length)) if length > 0 => Place::Body(length),
            (false, _) => Place::Head,
        };
        true
    }
}

impl Framing {
    /// Takes a header in; answers whether it leaves no doubt.
    fn header(&mut self, line: &[u8], long: bool) -> bool {
        if line.first().is_some_and(|first| matches!(first, b' ' | b'\t')) {
            return false;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { return !long };
        let (name, value) = (line[..colon].to_ascii_lowercase(), line[colon + 1..].trim_ascii());
        match name.trim_ascii() {
            b"content-length" => {
                let number = value.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(value).ok()?.parse().ok()).flatten();
                number.is_some() && !long && self.length.replace(number.unwrap_or_default()).is_none()
            }
            // Anything but plain chunks is nothing that is sent here.
            b"transfer-encoding" => value.eq_ignore_ascii_case(b"chunked") && !mem::replace(&mut self.chunked, true),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether everything gets through as it came, read in pieces of any size.
    fn passes(sent: &str) -> bool {
        let whole: Vec<bool> = [1, 2, 7, 10_000]
            .into_iter()
            .map(|piece| {
                let (mut reader, mut bytes) = (Reader::default(), sent.as_bytes().to_vec());
                bytes.chunks_mut(piece).for_each(|piece| reader.read(piece));
                bytes == sent.as_bytes()
            })
            .collect();
        assert!(whole.iter().all(|one| *one == whole[0]), "it depends on how it is cut: {sent:?}");
        whole[0]
    }

    #[test]
    fn a_request_ends_in_one_place() {
        for fine in [
            "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\na\nb\rcGET / HTTP/1.1\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\na\nb\r\n0\r\nX: y\r\n\r\nGET / HTTP/1.1\r\n\r\n",
            "\r\nGET / HTTP/1.1\r\n\r\n",
        ] {
            assert!(passes(fine), "{fine:?}");
        }
        for doubtful in [
            "GET / HTTP/1.1\nHost: x\n\n",
            "GET / HTTP/1.1\r\nHost: x\n\r\n",
            "GET / HTTP/1.1\r\nX: a\rb\r\n\r\n",
            "GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
            "POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\nabc",
            "POST / HTTP/1.1\r\nContent-Length : 3, 3\r\n\r\nabc",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\naGET / HTTP/1.1\nX: y\r\n\r\n",
        ] {
            assert!(!passes(doubtful), "{doubtful:?}");
        }
    }

    #[test]
    fn nothing_behind_what_was_refused_is_taken_for_a_request() {
        let (mut reader, mut bytes) = (Reader::default(), b"GET / HTTP/1.1\nX: y\r\n\r\nGET /secret HTTP/1.1\r\n\r\n".to_vec());
        reader.read(&mut bytes);
        assert!(bytes[14..].iter().all(|byte| *byte == 0), "{bytes:?}");
    }
}
