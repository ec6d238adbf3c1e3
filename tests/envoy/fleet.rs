//! Limits that two Envoys share by a rate limit service: a scripted one that counts as envoyproxy/ratelimit does, each
//! descriptor up to the limit that it carries.

use std::collections::HashMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming};
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use prost::encoding::{WireType, decode_key, decode_varint, encode_key, encode_varint};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::providers::KEYS;
use crate::stand::{config, run};
use crate::support::ask::Ask;
use crate::support::client::Wire;
use crate::support::envoy::Envoy;
use crate::support::eventually;

const POLICY: &str = r#"
providers:
  local: {kind: vllm, host: vllm.internal, path_prefix: /own/v1, api_key: none}
limits:
- {name: calls, per: ["tag:case"], requests: 30, every: 1d, when: {"tag:limit": calls}}
- {name: words, per: ["tag:case"], tokens: 1000, every: 1d, when: {"tag:limit": words}}
limit_store: {kind: rls, cluster: ratelimit, domain: fleet, timeout: 2s, on_store_error: ON_ERROR}
"#;

/// Counters by descriptor, as bytes.
#[derive(Default)]
struct Counters {
    used: Mutex<HashMap<Vec<u8>, u64>>,
    /// It answers UNAVAILABLE.
    away: AtomicBool,
}

impl Counters {
    fn used(&self, case: &str) -> u64 {
        let used = self.used.lock().unwrap();
        let own = used
            .iter()
            .filter(|(name, _)| name.windows(case.len()).any(|part| part == case.as_bytes()));
        own.map(|(_, used)| *used).sum()
    }

    fn answer(&self, message: &[u8]) -> Vec<u8> {
        let (mut descriptors, mut hits) = (Vec::new(), 0);
        each(message, |tag, field| match (tag, field) {
            (2, Field::Bytes(bytes)) => descriptors.push(bytes.to_vec()),
            (3, Field::Number(number)) => hits = number,
            _ => {}
        });
        let mut used = self.used.lock().unwrap();
        let (mut statuses, mut any) = (Vec::new(), false);
        for descriptor in descriptors {
            let mut most = 0;
            each(&descriptor, |tag, field| {
                if let (2, Field::Bytes(limit)) = (tag, field) {
                    each(limit, |tag, field| {
                        if let (1, Field::Number(number)) = (tag, field) {
                            most = number;
                        }
                    });
                }
            });
            let own = used.entry(descriptor).or_default();
            *own += hits;
            let over = *own > most;
            any |= over;
            let mut limit = Vec::new();
            number(1, most, &mut limit);
            let mut status = Vec::new();
            number(1, if over { 2 } else { 1 }, &mut status);
            bytes(2, &limit, &mut status);
            number(3, most.saturating_sub(*own), &mut status);
            bytes(2, &status, &mut statuses);
        }
        let mut out = Vec::new();
        number(1, if any { 2 } else { 1 }, &mut out);
        out.extend(statuses);
        out
    }
}

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

fn each<'a>(mut rest: &'a [u8], mut visit: impl FnMut(u32, Field<'a>)) {
    while !rest.is_empty() {
        let (tag, kind) = decode_key(&mut rest).unwrap();
        let value = decode_varint(&mut rest).unwrap();
        match kind {
            WireType::Varint => visit(tag, Field::Number(value)),
            WireType::LengthDelimited => {
                let (own, behind) = rest.split_at(usize::try_from(value).unwrap());
                rest = behind;
                visit(tag, Field::Bytes(own));
            }
            kind => panic!("{kind:?}"),
        }
    }
}

fn number(tag: u32, value: u64, out: &mut Vec<u8>) {
    encode_key(tag, WireType::Varint, out);
    encode_varint(value, out);
}

fn bytes(tag: u32, value: &[u8], out: &mut Vec<u8>) {
    encode_key(tag, WireType::LengthDelimited, out);
    encode_varint(u64::try_from(value.len()).unwrap(), out);
    out.extend_from_slice(value);
}

/// One message, then the trailers that gRPC ends with: frames from the last to the first.
struct Reply(Vec<Frame<Bytes>>);

impl Body for Reply {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop().map(Ok))
    }
}

async fn serve(counters: Arc<Counters>, request: Request<Incoming>) -> Response<Reply> {
    let body = request.into_body().collect().await.unwrap().to_bytes();
    let away = counters.away.load(Ordering::SeqCst);
    let mut trailers = HeaderMap::new();
    // UNAVAILABLE
    let status = if away { "14" } else { "0" };
    trailers.insert("grpc-status", status.parse().unwrap());
    let mut frames = vec![Frame::trailers(trailers)];
    if !away {
        let message = counters.answer(&body[5..]);
        let mut frame = vec![0];
        frame.extend(u32::try_from(message.len()).unwrap().to_be_bytes());
        frame.extend(message);
        frames.push(Frame::data(Bytes::from(frame)));
    }
    let reply = Response::builder().header("content-type", "application/grpc");
    reply.body(Reply(frames)).unwrap()
}

/// The service's port.
async fn service(counters: &Arc<Counters>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let counters = Arc::clone(counters);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let counters = Arc::clone(&counters);
            let answer = move |request| {
                let counters = Arc::clone(&counters);
                async move { Ok::<_, Infallible>(serve(counters, request).await) }
            };
            let answer = service_fn(answer);
            tokio::spawn(async move {
                let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(stream), answer).await;
            });
        }
    });
    port
}

/// Two Envoys with the service's cluster.
async fn fleet(name: &str, port: u16, on_error: &str) -> [Envoy; 2] {
    let policy = POLICY.replace("ON_ERROR", on_error);
    let one = member(&format!("{name}-1"), &policy, port).await;
    let two = member(&format!("{name}-2"), &policy, port).await;
    [one, two]
}

/// An Envoy with this policy, and with the service's cluster.
pub async fn member(name: &str, policy: &str, port: u16) -> Envoy {
    let mut own = config("envoy.yaml").await;
    own.tollgate(policy);
    let marker = "\n# Envoy refuses connections above this number";
    let cluster = format!(
        r#"
  - name: ratelimit
    type: STATIC
    connect_timeout: 1s
    typed_extension_protocol_options:
      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
        explicit_http_config: {{http2_protocol_options: {{}}}}
    load_assignment:
      cluster_name: ratelimit
      endpoints: [{{lb_endpoints: [{{endpoint: {{address: {{socket_address: {{address: 127.0.0.1, port_value: {port}}}}}}}}}]}}]
{marker}"#
    );
    own.swap(marker, &cluster);
    Envoy::start(&format!("fleet-{name}"), &own, 2, &KEYS).await
}

fn ask(limit: &str, case: &str) -> Ask {
    let messages = json!([{"role": "user", "content": "Say hello, please."}]);
    let members = json!({"messages": messages, "max_tokens": 8});
    Ask::with("gpt-4o+prompt=12+completion=8/local", members)
        .header("x-tollgate-tag-limit", limit)
        .header("x-tollgate-tag-case", case)
}

/// So many at once through both; how many came to each status.
async fn at_once(
    envoys: &[Envoy; 2],
    count: usize,
    limit: &str,
    case: &str,
) -> HashMap<u16, usize> {
    let mut all = JoinSet::new();
    for nth in 0..count {
        let mut wire = Wire::connect(envoys[nth % 2].port()).await;
        let ask = ask(limit, case);
        all.spawn(async move { wire.ask(&ask).await.status });
    }
    let mut statuses = HashMap::new();
    for status in all.join_all().await {
        *statuses.entry(status).or_default() += 1;
    }
    statuses
}

#[test]
fn two_proxies_share_a_limit() {
    run(async {
        let counters = Arc::new(Counters::default());
        let envoys = fleet("share", service(&counters).await, "refuse").await;
        // Each request is counted by its question.
        let statuses = at_once(&envoys, 80, "calls", "exact").await;
        assert_eq!(statuses, HashMap::from([(200, 30), (429, 50)]));
        // Twenty tokens each, twenty held: while requests go one after the other, the limit is kept to the token.
        let mut good = 0;
        for nth in 0..60 {
            let mut wire = Wire::connect(envoys[nth % 2].port()).await;
            good += u64::from(wire.ask(&ask("words", "slow")).await.status == 200);
            eventually("the report", async || {
                (counters.used("slow") >= good * 20).then_some(())
            })
            .await;
        }
        assert_eq!(good, 50);
        // All at once, it is passed by no more than what the other had in flight.
        let statuses = at_once(&envoys, 200, "words", "fast").await;
        let good = statuses[&200];
        assert!((50..=100).contains(&good), "{statuses:?}");
    });
}

#[test]
fn a_service_that_goes_and_comes_back() {
    run(async {
        let counters = Arc::new(Counters::default());
        let port = service(&counters).await;
        let refusing = fleet("refuse", port, "refuse").await;
        let local = fleet("local", port, "local").await;
        counters.away.store(true, Ordering::SeqCst);
        let mut wire = Wire::connect(refusing[0].port()).await;
        let reply = wire.ask(&ask("calls", "gone")).await;
        assert_eq!(reply.status, 503, "{}", reply.text());
        assert_eq!(
            reply.header("x-tollgate-refusal"),
            Some("limit_store_unavailable")
        );
        // Each proxy goes by its own count.
        let statuses = at_once(&local, 100, "calls", "alone").await;
        assert_eq!(statuses, HashMap::from([(200, 60), (429, 40)]));
        assert_eq!(counters.used("alone"), 0);
        // What was used meanwhile is reported, by each worker that was asked again.
        counters.away.store(false, Ordering::SeqCst);
        eventually("what was used meanwhile", async || {
            at_once(&local, 16, "words", "again").await;
            (counters.used("alone") == 60).then_some(())
        })
        .await;
    });
}
