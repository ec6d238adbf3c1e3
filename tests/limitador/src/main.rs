//! A rate limit service of Envoy's protocol on the limitador crate, with Redis as its store: `limitador-service PORT REDIS
//! LIMITS`, LIMITS being a file as Limitador's own server reads it. It answers as that does with `--rate-limit-headers
//! DRAFT_VERSION_03`: one code for all descriptors, no statuses, and what is left of the scarcest counter in headers.

mod messages;

use std::collections::HashMap;
use std::convert::Infallible;
use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Waiting, Poll};

use bytes::{Buf, BufMut, Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming};
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use limitador::AsyncRateLimiter;
use limitador::limit::{Context, Limit};
use limitador::storage::redis::AsyncRedisStorage;
use prost::Message;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use tokio::net::TcpListener;

use crate::messages::{HeaderValue, RateLimitRequest, RateLimitResponse};

/// `RateLimitResponse.Code`
const OK: i32 = 1;
const OVER_LIMIT: i32 = 2;

/// gRPC's status for a store that is away.
const UNAVAILABLE: u16 = 14;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [port, redis, limits] = arguments.as_slice() else {
        return Err("usage: limitador-service PORT REDIS LIMITS".into());
    };
    let limits: Vec<Limit> = serde_yaml::from_str(&std::fs::read_to_string(limits)?)?;
    // Left to itself, the connection waits a minute before it tries again.
    let again = ConnectionManagerConfig::new()
        .set_max_delay(200)
        .set_number_of_retries(2);
    let client = redis::Client::open(redis.as_str())?;
    let connections = ConnectionManager::new_with_config(client, again).await?;
    let store = AsyncRedisStorage::new_with_conn_manager(connections).await?;
    let limiter = AsyncRateLimiter::new_with_storage(Box::new(store));
    limiter.configure_with(limits).await?;
    let limiter = Arc::new(limiter);
    let listener = TcpListener::bind(("127.0.0.1", port.parse()?)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let limiter = Arc::clone(&limiter);
        let answer = service_fn(move |request| serve(Arc::clone(&limiter), request));
        tokio::spawn(async move {
            let server = http2::Builder::new(TokioExecutor::new());
            let _ = server.serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}

/// One call: a message behind five bytes of its length comes and goes, and the status is in the trailers.
async fn serve(
    limiter: Arc<AsyncRateLimiter>,
    request: Request<Incoming>,
) -> Result<Response<Reply>, Infallible> {
    let body = request.into_body().collect().await;
    let mut body = body.map(|body| body.to_bytes()).unwrap_or_default();
    body.advance(body.len().min(5));
    let answer = match RateLimitRequest::decode(body) {
        Ok(asked) => judge(&limiter, asked).await,
        Err(why) => Err(why.into()),
    };
    let (message, status) = match answer {
        Ok(answer) => {
            let mut framed = BytesMut::new();
            framed.put_u8(0);
            framed.put_u32(u32::try_from(answer.encoded_len()).unwrap_or(u32::MAX));
            framed.extend(answer.encode_to_vec());
            (Some(Frame::data(framed.freeze())), 0)
        }
        Err(why) => {
            eprintln!("{why}");
            (None, UNAVAILABLE)
        }
    };
    let mut trailers = HeaderMap::new();
    trailers.insert("grpc-status", status.into());
    let frames = [Some(Frame::trailers(trailers)), message];
    let reply = Response::new(Reply(frames.into_iter().flatten().collect()));
    let (mut head, body) = reply.into_parts();
    let kind = hyper::header::HeaderValue::from_static("application/grpc");
    head.headers.insert("content-type", kind);
    Ok(Response::from_parts(head, body))
}

async fn judge(
    limiter: &AsyncRateLimiter,
    asked: RateLimitRequest,
) -> Result<RateLimitResponse, Box<dyn Error>> {
    let entries = asked.descriptors.into_iter().map(|own| {
        let pairs = own.entries.into_iter().map(|own| (own.key, own.value));
        pairs.collect::<HashMap<String, String>>()
    });
    let mut context = Context::default();
    context.list_binding("descriptors".to_owned(), entries.collect());
    let hits = u64::from(asked.hits_addend.max(1));
    let domain = asked.domain.into();
    let mut checked = limiter
        .check_rate_limited_and_update(&domain, &context, hits)
        .await?;
    let headers = checked.response_header().into_iter();
    Ok(RateLimitResponse {
        overall_code: if checked.limited { OVER_LIMIT } else { OK },
        response_headers_to_add: headers
            .map(|(key, value)| HeaderValue { key, value })
            .collect(),
    })
}

/// Frames from the last to the first.
struct Reply(Vec<Frame<Bytes>>);

impl Body for Reply {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Waiting<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop().map(Ok))
    }
}
