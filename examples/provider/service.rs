//! One request on one connection: heard, recorded, answered at the time and in the way its script says.

use std::io;
use std::sync::Arc;

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use hyper::http::request::Parts;
use hyper::{Request, Response, StatusCode, Version};
use tokio::time::sleep;

use super::reply::{Reply, reset};
use super::route::{Said, answer, too_large};
use super::script::Script;
use super::socket::Fuse;
use super::state::{Recorded, State, Turn};

/// The largest body that is accepted, in bytes.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

/// What a request needs to know of its connection.
#[derive(Clone)]
pub struct Link {
    /// What the server's connections share.
    pub state: Arc<State>,
    /// Resets the connection.
    pub fuse: Fuse,
    /// The server name that the client's TLS asked for.
    pub sni: Option<String>,
}

/// Serves one request.
///
/// # Errors
/// When the connection, or with HTTP/2 the stream, is to be reset, or the request's body does not come.
pub async fn serve(request: Request<Incoming>, link: Link) -> io::Result<Response<Reply>> {
    let turn = link.state.turn();
    let (head, body) = request.into_parts();
    // With HTTP/2 the connection carries other requests too: there the stream is reset, by the error alone.
    let fuse = Some(link.fuse.clone()).filter(|_| head.version < Version::HTTP_2);
    let (script, said) = match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(body) => heard(&head, body.to_bytes(), &link),
        Err(fault) if fault.is::<LengthLimitError>() => (Script::default(), too_large()),
        Err(fault) => return Err(io::Error::other(fault)),
    };
    let wait = script.latency.saturating_add(said.takes);
    if !wait.is_zero() {
        sleep(wait).await;
    }
    if script.reset {
        fuse.iter().for_each(Fuse::blow);
        return Err(reset());
    }
    Ok(response(said, script, fuse, turn))
}

fn heard(head: &Parts, body: Bytes, link: &Link) -> (Script, Said) {
    link.state
        .record(|| Recorded::new(head, &body, link.sni.clone()));
    answer(head, body, &link.state)
}

fn response(said: Said, script: Script, fuse: Option<Fuse>, turn: Turn) -> Response<Reply> {
    let mut response = Response::new(Reply::new(said.body, fuse, turn));
    *response.status_mut() = StatusCode::from_u16(said.status).unwrap_or_default();
    let headers = response.headers_mut();
    let content_type = said
        .content_type
        .and_then(|value| HeaderValue::from_bytes(&value).ok());
    headers.extend(content_type.map(|value| (CONTENT_TYPE, value)));
    if script.gzip && !script.empty {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    headers.extend(script.retry_after.map(|value| (RETRY_AFTER, value)));
    for (name, value) in said.headers {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in script.headers {
        headers.append(name, value);
    }
    response
}
