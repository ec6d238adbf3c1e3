//! A request's way through both roles, a phase at a time, and the stages by themselves.

use std::hint::black_box;

use bytes::Bytes;
use criterion::{BatchSize, BenchmarkId, Criterion};
use tollgate::attempt::Attempt;
use tollgate::dialect::Dialect;
use tollgate::dialect::splice::Request;
use tollgate::gateway::Gateway;
use tollgate::host::Message;
use tollgate::runtime::Runtime;
use tollgate::seen::Seen;
use tollgate::stage::meters::Meters;
use tollgate::stage::{count, redact, route};
use tollgate::step::{Body, Head};
use tollgate::tokens::Counter;
use tollgate::units::Moment;

use super::host::Proxy;
use super::kit::body::{SIZES, bodies};
use super::kit::variant::everything;
use super::texts::events;

fn runtime() -> Runtime {
    let config = everything().to_string();
    let loaded =
        tollgate::config::load(config.as_bytes(), &|_| Some("key-of-local".to_owned())).unwrap();
    Runtime::new(loaded.policy, Meters::default(), Moment(0))
}

const REQUEST: [(&str, &str); 16] = [
    (":method", "POST"),
    (":path", "/v1/chat/completions"),
    (":authority", "gateway.test"),
    (":scheme", "http"),
    ("accept", "application/json"),
    ("accept-encoding", "gzip, deflate"),
    ("authorization", "Bearer bench-key"),
    ("content-type", "application/json"),
    ("user-agent", "OpenAI/Python 1.99.0"),
    ("x-stainless-arch", "x64"),
    ("x-stainless-async", "false"),
    ("x-stainless-lang", "python"),
    ("x-stainless-os", "Linux"),
    ("x-stainless-runtime", "CPython"),
    ("x-forwarded-proto", "http"),
    ("x-request-id", "0b0e7f0e-0000-4000-8000-000000000000"),
];

const STREAM: [(&str, &str); 4] = [
    (":status", "200"),
    ("content-type", "text/event-stream; charset=utf-8"),
    ("server", "bench"),
    ("x-request-id", "req_0123456789abcdef0123456789abcdef"),
];

/// Read, route, redact and count, each alone.
pub fn stages(criterion: &mut Criterion) {
    let runtime = runtime();
    let policy = &runtime.policy;
    let mut counter = Counter::new();
    let mut group = criterion.benchmark_group("stage");
    group.bench_function("route", |bench| {
        bench.iter(|| black_box(route::chain(policy, black_box("gpt-4o"), None, 7).unwrap()));
    });
    for size in SIZES {
        let bodies = bodies(size, true, 1);
        let requests: Vec<Request<'_>> = bodies
            .iter()
            .map(|body| Request::read(Dialect::OpenAiChat, body).unwrap())
            .collect();
        let mut nth = 0;
        let mut next = || {
            nth += 1;
            &requests[nth % requests.len()]
        };
        let chain = route::chain(policy, "gpt-4o", None, 7).unwrap();
        let target = chain.target(0).unwrap();
        // Texts that were never seen, and the same ones when they come again.
        let known = Seen::default();
        for again in [false, true] {
            let name = |stage: &str| {
                if again {
                    format!("{stage} again")
                } else {
                    stage.to_owned()
                }
            };
            group.bench_function(BenchmarkId::new(name("redact"), size.name), |bench| {
                bench.iter_batched_ref(
                    || (next().clone(), Seen::default()),
                    |(request, unknown)| {
                        let seen = if again { &known } else { unknown };
                        black_box(
                            redact::redact(policy.redact.as_ref(), seen, &[], request).unwrap(),
                        )
                    },
                    BatchSize::LargeInput,
                );
            });
            group.bench_function(BenchmarkId::new(name("count"), size.name), |bench| {
                bench.iter_batched_ref(
                    || (next().clone(), Seen::default()),
                    |(request, unknown)| {
                        let seen = if again { &known } else { unknown };
                        let model = &target.model;
                        count::input(&mut counter, seen, &policy.guard, request, model, None)
                            .unwrap()
                    },
                    BatchSize::LargeInput,
                );
            });
        }
    }
    group.finish();
}

/// A gateway that holds a head, and the proxy that it speaks to.
fn gathering(runtime: &Runtime, body: &Bytes) -> (Gateway, Proxy) {
    let (mut gateway, proxy) = (Gateway::default(), Proxy::with_request(&REQUEST));
    match gateway.on_request_head(runtime, &proxy, false) {
        Head::Hold(edits) => proxy.apply(Message::Request, &edits),
        other => panic!("{other:?}"),
    }
    proxy.set_body(body);
    (gateway, proxy)
}

fn released(runtime: &Runtime, body: &Bytes) -> (Gateway, Proxy) {
    let (mut gateway, proxy) = gathering(runtime, body);
    match gateway.on_request_body(runtime, &proxy, body.len(), true) {
        Body::Release(_, edits, new) => {
            proxy.apply(Message::Request, &edits);
            if let Some(new) = new {
                proxy.set_body(&new);
            }
        }
        other => panic!("{other:?}"),
    }
    (gateway, proxy)
}

/// A request's phases.
pub fn request(criterion: &mut Criterion) {
    let runtime = runtime();
    let mut group = criterion.benchmark_group("request");
    group.bench_function("gateway head", |bench| {
        bench.iter_batched_ref(
            || (Gateway::default(), Proxy::with_request(&REQUEST)),
            |(gateway, proxy)| gateway.on_request_head(&runtime, proxy, false),
            BatchSize::SmallInput,
        );
    });
    for size in SIZES {
        let bodies = bodies(size, true, 1);
        let mut nth = 0;
        group.bench_function(BenchmarkId::new("gateway body", size.name), |bench| {
            bench.iter_batched_ref(
                || {
                    nth += 1;
                    gathering(&runtime, &bodies[nth % bodies.len()])
                },
                |(gateway, proxy)| gateway.on_request_body(&runtime, proxy, size.bytes, true),
                BatchSize::LargeInput,
            );
        });
    }
    let body = bodies(SIZES[0], true, 1).swap_remove(0);
    group.bench_function("attempt head", |bench| {
        let (_, proxy) = released(&runtime, &body);
        bench.iter(|| Attempt::default().on_request_head(&runtime, &proxy, false));
    });
    group.finish();
}

/// A stream's head, chunks and end.
pub fn reply(criterion: &mut Criterion) {
    let runtime = runtime();
    let mut group = criterion.benchmark_group("reply");
    let bodies = bodies(SIZES[0], true, 1);
    let events = events();
    // The first body has something to put back, the second has not.
    for (name, body) in [("restoring", &bodies[0]), ("plain", &bodies[1])] {
        let sent = || {
            let (gateway, proxy) = released(&runtime, body);
            let step = Attempt::default().on_request_head(&runtime, &proxy, false);
            if let Head::Continue(edits) = step {
                proxy.apply(Message::Request, &edits);
            }
            proxy.set_reply(&STREAM);
            (gateway, proxy)
        };
        let flowing = || {
            let (mut gateway, proxy) = sent();
            gateway.on_reply_head(&runtime, &proxy, false);
            (gateway, proxy)
        };
        group.bench_function(BenchmarkId::new("head", name), |bench| {
            bench.iter_batched_ref(
                sent,
                |(gateway, proxy)| gateway.on_reply_head(&runtime, proxy, false),
                BatchSize::SmallInput,
            );
        });
        group.bench_function(BenchmarkId::new("100 chunks", name), |bench| {
            bench.iter_batched_ref(
                flowing,
                |(gateway, proxy)| {
                    for (nth, event) in events.iter().enumerate() {
                        proxy.set_body(event);
                        black_box(gateway.on_reply_body(&runtime, proxy, nth + 1 == events.len()));
                    }
                },
                BatchSize::SmallInput,
            );
        });
        group.bench_function(BenchmarkId::new("settle", name), |bench| {
            bench.iter_batched_ref(
                || {
                    let (mut gateway, proxy) = flowing();
                    for (nth, event) in events.iter().enumerate() {
                        proxy.set_body(event);
                        gateway.on_reply_body(&runtime, &proxy, nth + 1 == events.len());
                    }
                    (gateway, proxy)
                },
                |(gateway, proxy)| gateway.on_log(&runtime, proxy),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}
