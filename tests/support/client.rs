//! A client on one connection, HTTP/1.1 or HTTP/2 without TLS, that sees how a reply comes and how it ends.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::client::conn::{http1, http2};
use hyper::{HeaderMap, Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::SOON;
use super::ask::Ask;

/// A connection. Dropping it closes it.
pub struct Wire {
    sender: Sender,
    task: JoinHandle<()>,
}

enum Sender {
    One(http1::SendRequest<Sent>),
    Two(http2::SendRequest<Sent>),
}

/// A whole reply.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    /// Why the body broke off; nothing when it ended as it should.
    pub broken: Option<String>,
}

/// A reply whose body is still coming.
pub struct Live {
    pub status: u16,
    pub headers: HeaderMap,
    body: Incoming,
}

type Fault = String;

impl Wire {
    /// Connects to a port of this machine, HTTP/1.1.
    pub async fn connect(port: u16) -> Self {
        Self::try_connect(port).await.unwrap()
    }

    /// Connects, or says why not.
    pub async fn try_connect(port: u16) -> Result<Self, Fault> {
        let stream = TcpStream::connect(("127.0.0.1", port))
            .await
            .map_err(|why| why.to_string())?;
        stream.set_nodelay(true).unwrap();
        let (sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|why| why.to_string())?;
        let task = tokio::spawn(async { drop(connection.await) });
        Ok(Self {
            sender: Sender::One(sender),
            task,
        })
    }

    /// Connects with HTTP/2, known beforehand.
    pub async fn connect_two(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let (sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
            .await
            .unwrap();
        let task = tokio::spawn(async { drop(connection.await) });
        Self {
            sender: Sender::Two(sender),
            task,
        }
    }

    /// Sends a request and has the whole reply.
    pub async fn ask(&mut self, ask: &Ask) -> Reply {
        self.try_ask(ask)
            .await
            .unwrap_or_else(|why| panic!("no reply: {why}"))
    }

    /// Sends a request and has the whole reply, or why there is none.
    pub async fn try_ask(&mut self, ask: &Ask) -> Result<Reply, Fault> {
        Ok(self.try_open(ask).await?.whole().await)
    }

    /// Sends a request and has the reply's head.
    pub async fn open(&mut self, ask: &Ask) -> Live {
        self.try_open(ask)
            .await
            .unwrap_or_else(|why| panic!("no reply: {why}"))
    }

    async fn try_open(&mut self, ask: &Ask) -> Result<Live, Fault> {
        let work = async {
            match &mut self.sender {
                Sender::One(sender) => {
                    sender.ready().await?;
                    sender.send_request(request(ask, false)).await
                }
                Sender::Two(sender) => {
                    sender.ready().await?;
                    sender.send_request(request(ask, true)).await
                }
            }
        };
        let reply = timeout(SOON * 2, work)
            .await
            .map_err(|_| "not in time".to_owned())?;
        let (head, body) = reply
            .map_err(|why| format!("{why:?}"))
            .map(Response::into_parts)?;
        Ok(Live {
            status: head.status.as_u16(),
            headers: head.headers,
            body,
        })
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Live {
    /// The next bytes of the body; nothing at its end.
    pub async fn next(&mut self) -> Option<Result<Bytes, Fault>> {
        loop {
            let frame = timeout(SOON * 2, self.body.frame())
                .await
                .expect("the reply has stalled")?;
            match frame {
                Ok(frame) => match frame.into_data() {
                    Ok(data) if !data.is_empty() => return Some(Ok(data)),
                    _ => continue,
                },
                Err(why) => return Some(Err(format!("{why:?}"))),
            }
        }
    }

    /// The body until this text has come; fails when it does not.
    pub async fn until(&mut self, text: &str) -> String {
        let mut seen = Vec::new();
        loop {
            let so_far = String::from_utf8_lossy(&seen).into_owned();
            if so_far.contains(text) {
                return so_far;
            }
            match self.next().await {
                Some(Ok(bytes)) => seen.extend_from_slice(&bytes),
                other => panic!("{text:?} did not come, but {other:?} after {so_far}"),
            }
        }
    }

    /// The rest.
    pub async fn whole(mut self) -> Reply {
        let (mut body, mut broken) = (Vec::new(), None);
        while let Some(part) = self.next().await {
            match part {
                Ok(bytes) => body.extend_from_slice(&bytes),
                Err(why) => {
                    broken = Some(why);
                    break;
                }
            }
        }
        Reply {
            status: self.status,
            headers: self.headers,
            body,
            broken,
        }
    }
}

impl Reply {
    /// The first header of this name, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|why| panic!("{why}: {}", self.text()))
    }

    /// The text of the first choice.
    pub fn content(&self) -> String {
        self.json()["choices"][0]["message"]["content"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// The data of a stream's events, as the specification reads them, in order. Comments count for nothing.
    pub fn events(&self) -> Vec<String> {
        let text = self
            .text()
            .trim_start_matches('\u{feff}')
            .replace("\r\n", "\n")
            .replace('\r', "\n");
        let data = |block: &str| {
            let lines = block.lines().filter_map(|line| line.strip_prefix("data:"));
            let lines: Vec<&str> = lines
                .map(|line| line.strip_prefix(' ').unwrap_or(line))
                .collect();
            (!lines.is_empty()).then(|| lines.join("\n"))
        };
        text.split("\n\n").filter_map(data).collect()
    }

    /// A stream's chunks: its events that are JSON.
    pub fn chunks(&self) -> Vec<Value> {
        self.events()
            .iter()
            .filter_map(|data| serde_json::from_str(data).ok())
            .collect()
    }

    /// The text of a stream's first choice.
    pub fn said(&self) -> String {
        let delta =
            |chunk: &Value| Some(chunk["choices"][0]["delta"]["content"].as_str()?.to_owned());
        self.chunks().iter().filter_map(delta).collect()
    }
}

fn request(ask: &Ask, two: bool) -> Request<Sent> {
    let uri = if two {
        format!("http://gateway.test{}", ask.path)
    } else {
        ask.path.clone()
    };
    let mut request = Request::builder().method(ask.method.as_str()).uri(uri);
    if !two {
        request = request.header("host", "gateway.test");
    }
    if let (Some((name, _)), false) = (&ask.trailer, two) {
        request = request.header("trailer", name.as_str());
    }
    request = request.header("x-tollgate-tag-test", ask.mark.as_str());
    request = request.header("x-test-mark", ask.mark.as_str());
    for (name, value) in &ask.headers {
        request = request.header(name, value);
    }
    let length = ask.pieces.iter().map(Bytes::len).sum::<usize>();
    let mut frames: VecDeque<Frame<Bytes>> = ask
        .pieces
        .iter()
        .filter(|piece| !piece.is_empty())
        .cloned()
        .map(Frame::data)
        .collect();
    if let Some((name, value)) = &ask.trailer {
        frames.push_back(Frame::trailers(HeaderMap::from_iter([(
            name.clone(),
            value.clone(),
        )])));
    }
    let known = ask.length && ask.trailer.is_none();
    let length = known.then(|| u64::try_from(length).unwrap());
    request.body(Sent { frames, length }).unwrap()
}

/// A request's body.
struct Sent {
    frames: VecDeque<Frame<Bytes>>,
    length: Option<u64>,
}

impl Body for Sent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.frames.pop_front().map(Ok))
    }

    fn is_end_stream(&self) -> bool {
        self.frames.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.length
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Sends these bytes on a connection of their own, `piece` so many times behind `head`, until something comes back;
/// then everything that comes until the connection ends or a reply of known length is whole.
pub async fn raw(port: u16, head: &[u8], times: usize, piece: &[u8]) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let (mut read, mut write) = stream.into_split();
    let (head, piece) = (head.to_vec(), piece.to_vec());
    let writer = tokio::spawn(async move {
        write.write_all(&head).await?;
        for _ in 0..times {
            write.write_all(&piece).await?;
        }
        // Kept open: who has not said all is not a client that left.
        Ok::<_, std::io::Error>(write)
    });
    let mut said = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = timeout(SOON, read.read(&mut buffer))
            .await
            .expect("no reply")
            .unwrap_or(0);
        said.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&said).into_owned();
        let length = text
            .split("content-length: ")
            .nth(1)
            .and_then(|rest| rest.split("\r\n").next()?.parse().ok());
        let whole = text
            .split_once("\r\n\r\n")
            .is_some_and(|(_, body)| length.is_some_and(|length: usize| body.len() >= length));
        if count == 0 || whole {
            writer.abort();
            return text;
        }
    }
}
