//! The soak: many requests of every fate through one worker, and what its memory does.
//!
//! Plain, streamed, refused, and left by the client in the middle. `REQUESTS=N` sets how many (200,000).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::cast_precision_loss,
    reason = "a bench that fails by a panic says so"
)]

#[path = "../kit/mod.rs"]
mod kit;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::Notify;

use kit::body::{SIZES, bodies};
use kit::envoy::{Envoy, Memory};
use kit::load::Client;
use kit::provider::Provider;
use kit::reply::Kind;
use kit::tidy::{figures, markdown};
use kit::variant::{EVERYTHING, variants};

/// What becomes of a request.
#[derive(Clone, Copy)]
enum Fate {
    Plain,
    Streamed,
    Refused,
    Left,
}

/// How many of each among ten.
const FATES: [Fate; 10] = [
    Fate::Plain,
    Fate::Streamed,
    Fate::Plain,
    Fate::Left,
    Fate::Plain,
    Fate::Streamed,
    Fate::Plain,
    Fate::Refused,
    Fate::Streamed,
    Fate::Plain,
];

const CONNECTIONS: usize = 32;

struct Soak {
    port: u16,
    plain: Vec<Bytes>,
    streamed: Vec<Bytes>,
    refused: Vec<Bytes>,
    lanes: Arc<Vec<Notify>>,
    next: AtomicUsize,
}

/// What is looked at between two stretches.
struct Look {
    requests: usize,
    memory: Memory,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    kit::pin_self();
    let requests: usize = std::env::var("REQUESTS")
        .ok()
        .map_or(200_000, |text| text.parse().unwrap());
    let provider = Provider::start().await.unwrap();
    let variant = &variants()[EVERYTHING];
    let envoy = Envoy::start("soak", &variant.config(provider.port()));
    let soak = Arc::new(Soak::new(&envoy, &provider));
    let mut looks = vec![look(&envoy, 0)];
    let first = requests / 20;
    let stretches = [
        first,
        requests / 4,
        requests / 2,
        requests * 3 / 4,
        requests,
    ];
    let began = Instant::now();
    for until in stretches {
        soak.run(until).await;
        settle(&envoy).await;
        looks.push(look(&envoy, until));
        eprintln!(
            "{until} requests after {:.0} s",
            began.elapsed().as_secs_f64()
        );
    }
    println!("{}", report(&looks, &envoy));
    envoy.assert_sound();
}

/// Waits until Envoy has seen the end of every stream.
async fn settle(envoy: &Envoy) {
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        if open(envoy).iter().sum::<u64>() == 0 {
            return;
        }
    }
}

/// Streams that are open: at the gateway, and at the provider.
fn open(envoy: &Envoy) -> [u64; 2] {
    [
        "http.tollgate.downstream_rq_active",
        "cluster.local.upstream_rq_active",
    ]
    .map(|name| envoy.stat(name))
}

fn look(envoy: &Envoy, requests: usize) -> Look {
    Look {
        requests,
        memory: envoy.memory(),
    }
}

impl Soak {
    fn new(envoy: &Envoy, provider: &Provider) -> Self {
        let mixed = |stream| {
            let sizes = SIZES.iter().take(2);
            sizes
                .flat_map(|size| bodies(*size, stream, 3))
                .collect::<Vec<_>>()
        };
        let bad = [
            "{\"model\": \"gpt-4o\", \"messages\": ",
            "{\"model\": \"no-such\", \"messages\": []}",
            "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"my SSN is 536-22-8429, keep it\"}]}",
        ];
        Self {
            port: envoy.port,
            plain: mixed(false),
            streamed: mixed(true),
            refused: bad
                .iter()
                .map(|text| Bytes::from_static(text.as_bytes()))
                .collect(),
            lanes: provider.lanes(),
            next: AtomicUsize::new(0),
        }
    }

    /// Goes on until so many requests have been sent in all.
    async fn run(self: &Arc<Self>, until: usize) {
        let task = |lane| {
            let soak = Arc::clone(self);
            tokio::spawn(async move {
                let mut client = None;
                loop {
                    let nth = soak.next.fetch_add(1, Ordering::Relaxed);
                    if nth >= until {
                        return;
                    }
                    client = soak.one(client, nth, lane).await.unwrap_or(None);
                }
            })
        };
        let tasks: Vec<_> = (0..CONNECTIONS).map(task).collect();
        for task in tasks {
            task.await.unwrap();
        }
        self.next.store(until, Ordering::Relaxed);
    }

    /// One request; the connection, if it can be used again.
    async fn one(
        &self,
        client: Option<Client>,
        nth: usize,
        lane: usize,
    ) -> io::Result<Option<Client>> {
        let mut client = match client {
            Some(client) => client,
            None => Client::connect(self.port, lane).await?,
        };
        let (heard, pick) = (&self.lanes[lane], nth / FATES.len());
        let (fate, expected) = match FATES[nth % FATES.len()] {
            Fate::Plain => ((&self.plain, Kind::Plain), 200..201),
            Fate::Streamed => ((&self.streamed, Kind::Stream(20)), 200..201),
            Fate::Refused => ((&self.refused, Kind::Plain), 400..500),
            Fate::Left => {
                client
                    .send(
                        &self.streamed[pick % self.streamed.len()],
                        Kind::Stream(100),
                    )
                    .await?;
                heard.notify_one();
                return Ok(None);
            }
        };
        let (bodies, reply) = fate;
        let status = client
            .ask(&bodies[pick % bodies.len()], reply, heard)
            .await?;
        assert!(expected.contains(&status), "request {nth}: status {status}");
        Ok(Some(client))
    }
}

fn report(looks: &[Look], envoy: &Envoy) -> String {
    let base = &looks[1].memory;
    let head = [
        "after requests",
        "resident, MiB",
        "change",
        "/memory allocated, MiB",
        "change",
    ]
    .map(str::to_owned);
    let change = |now: f64, then: f64| format!("{:+.1} %", (now / then - 1.0) * 100.0);
    let row = |look: &Look| {
        let Memory {
            resident,
            allocated,
        } = look.memory;
        let count = look.requests.to_string();
        vec![
            count,
            figures(resident),
            change(resident, base.resident),
            figures(allocated),
            change(allocated, base.allocated),
        ]
    };
    let rows: Vec<Vec<String>> = looks.iter().map(row).collect();
    let [gateway, attempt] = open(envoy);
    let of = |name: &str| envoy.stat(name);
    markdown(&head, &rows)
        + &format!(
            "\nStreams still open, each of which has a context: {gateway} at the gateway, {attempt} at the provider. Answered: \
             {} with 2xx, {} with 4xx, {} with 5xx; {} were left by the client. Changes are against the second row.\n",
            of("http.tollgate.downstream_rq_2xx"),
            of("http.tollgate.downstream_rq_4xx"),
            of("http.tollgate.downstream_rq_5xx"),
            of("http.tollgate.downstream_cx_destroy_remote_active_rq"),
        )
}
