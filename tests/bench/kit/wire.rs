//! As much of HTTP/1.1 as a load generator and its provider need: heads, lengths, chunks.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// How a body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// After so many bytes.
    Length(usize),
    /// With an empty chunk.
    Chunked,
}

/// What has come on a connection and was not yet read.
pub struct Inbox {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

/// A message's head.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// Of a reply; 0 for a request.
    pub status: u16,
    /// How its body ends.
    pub framing: Framing,
    /// `x-bench-reply`.
    pub reply: usize,
    /// `x-bench-lane`.
    pub lane: usize,
}

impl Default for Inbox {
    fn default() -> Self {
        Self {
            buffer: vec![0; 128 << 10],
            start: 0,
            end: 0,
        }
    }
}

impl Inbox {
    fn waiting(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Reads more; an error when the connection has ended.
    async fn more(&mut self, from: &mut (impl AsyncRead + Unpin)) -> io::Result<()> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        } else if self.end == self.buffer.len() {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        let read = from.read(&mut self.buffer[self.end..]).await?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.end += read;
        Ok(())
    }

    /// The next message's head.
    pub async fn head(&mut self, from: &mut (impl AsyncRead + Unpin)) -> io::Result<Head> {
        loop {
            if let Some(end) = memchr::memmem::find(self.waiting(), b"\r\n\r\n") {
                let head = head(&self.waiting()[..end]);
                self.start += end + 4;
                return Ok(head);
            }
            self.more(from).await?;
        }
    }

    /// Passes over a body; `part` is called for each read that brought some of it. Gives the number of bytes.
    pub async fn body(
        &mut self,
        from: &mut (impl AsyncRead + Unpin),
        framing: Framing,
        mut part: impl FnMut(&[u8]),
    ) -> io::Result<usize> {
        let mut body = Body::new(framing);
        loop {
            let waiting = &self.buffer[self.start..self.end];
            if !waiting.is_empty() {
                part(waiting);
            }
            let used = body.pass(waiting)?;
            self.start += used;
            if body.is_over() {
                return Ok(body.bytes);
            }
            self.more(from).await?;
        }
    }
}

fn head(bytes: &[u8]) -> Head {
    let mut head = Head {
        status: 0,
        framing: Framing::Length(0),
        reply: 0,
        lane: 0,
    };
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    if first.starts_with(b"HTTP/1.1 ") {
        head.status = u16::try_from(number(&first[9..12])).unwrap();
    }
    for line in lines {
        let Some(colon) = memchr::memchr(b':', line) else {
            continue;
        };
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        match name.len() {
            14 if name.eq_ignore_ascii_case(b"content-length") => {
                head.framing = Framing::Length(number(value))
            }
            17 if name.eq_ignore_ascii_case(b"transfer-encoding") => {
                head.framing = Framing::Chunked
            }
            13 if name.eq_ignore_ascii_case(b"x-bench-reply") => head.reply = number(value),
            12 if name.eq_ignore_ascii_case(b"x-bench-lane") => head.lane = number(value),
            _ => {}
        }
    }
    head
}

fn number(digits: &[u8]) -> usize {
    digits
        .iter()
        .fold(0, |sum, digit| sum * 10 + usize::from(digit - b'0'))
}

/// Where in a body the reader stands.
struct Body {
    place: Place,
    bytes: usize,
}

#[derive(PartialEq)]
enum Place {
    /// So many bytes of a body with a length are left.
    Plain(usize),
    /// In a chunk's size, which is this so far; whether digits are over.
    Size(usize, bool),
    /// So many bytes of a chunk and its line end are left.
    Data(usize),
    /// Behind the empty chunk: so many bytes of the line end are left.
    Last(usize),
    Over,
}

impl Body {
    fn new(framing: Framing) -> Self {
        let place = match framing {
            Framing::Length(0) => Place::Over,
            Framing::Length(bytes) => Place::Plain(bytes),
            Framing::Chunked => Place::Size(0, false),
        };
        Self { place, bytes: 0 }
    }

    fn is_over(&self) -> bool {
        self.place == Place::Over
    }

    /// Goes on over `bytes`; how many of them belong to the body.
    fn pass(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut at = 0;
        while at < bytes.len() && self.place != Place::Over {
            let rest = bytes.len() - at;
            match &mut self.place {
                Place::Plain(left) | Place::Data(left) | Place::Last(left) => {
                    let step = rest.min(*left);
                    *left -= step;
                    at += step;
                    self.bytes += step;
                    if *left == 0 {
                        self.place = match self.place {
                            Place::Data(_) => Place::Size(0, false),
                            _ => Place::Over,
                        };
                    }
                }
                Place::Size(size, over) => {
                    match bytes[at] {
                        b'\n' if *size == 0 => self.place = Place::Last(2),
                        b'\n' => self.place = Place::Data(*size + 2),
                        b'\r' | b';' => *over = true,
                        _ if *over => {}
                        digit => *size = *size * 16 + hex(digit)?,
                    }
                    at += 1;
                }
                Place::Over => {}
            }
        }
        Ok(at)
    }
}

fn hex(digit: u8) -> io::Result<usize> {
    let value = char::from(digit)
        .to_digit(16)
        .ok_or(io::ErrorKind::InvalidData)?;
    Ok(usize::try_from(value).unwrap())
}
