//! What a text costs that a worker has not met, inside Envoy: the processor time of requests with new texts beside that
//! of requests with texts that come again, in alternating rounds on one connection.
//!
//! With *minimal* the difference is the counter's work; with *everything* the detectors look through the text as well.
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

use bytes::Bytes;
use tokio::sync::Notify;

use kit::body::{SIZES, Size, bodies};
use kit::envoy::Envoy;
use kit::load::Client;
use kit::provider::Provider;
use kit::reply::Kind;
use kit::tidy::{figures, markdown, median};
use kit::variant::{EVERYTHING, MINIMAL, variants};

const ROUNDS: usize = 9;

/// Bytes of text in a round.
const AMOUNT: usize = 4 << 20;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    kit::pin_self();
    let mut rows = Vec::new();
    for variant in [MINIMAL, EVERYTHING] {
        let variant = &variants()[variant];
        for size in [SIZES[0], SIZES[2]] {
            let provider = Provider::start().await.unwrap();
            let envoy = Envoy::start("inside", &variant.config(provider.port()));
            let [new, again] = measure(&envoy, &provider, size).await;
            envoy.assert_sound();
            rows.push(vec![
                variant.name.to_owned(),
                size.name.to_owned(),
                figures(new),
                figures(again),
                figures(new - again),
                figures(size.bytes as f64 / (new - again)),
            ]);
        }
    }
    let head = [
        "",
        "request",
        "new texts, µs",
        "texts met before, µs",
        "for the text, µs",
        "MB/s",
    ];
    println!("{}", markdown(&head.map(str::to_owned), &rows));
}

/// Processor time of a request in microseconds: with texts that are new, and with texts that are not.
async fn measure(envoy: &Envoy, provider: &Provider, size: Size) -> [f64; 2] {
    let mut client = Client::connect(envoy.port, 0).await.unwrap();
    let heard = &provider.lanes()[0];
    let kinds = AMOUNT / size.bytes;
    let known = bodies(Size { kinds: 16, ..size }, false, 0);
    let known: Vec<Bytes> = known.iter().cycle().take(kinds).cloned().collect();
    let mut times = [Vec::new(), Vec::new()];
    // V8 has compiled all of it before the first round counts.
    for round in 0..=ROUNDS {
        let new = bodies(Size { kinds, ..size }, false, 1 + round as u64);
        for (times, bodies) in times.iter_mut().zip([&new, &known]) {
            let time = send(envoy, &mut client, bodies, heard).await;
            if round > 0 {
                times.push(time);
            }
        }
    }
    times.map(median)
}

async fn send(envoy: &Envoy, client: &mut Client, bodies: &[Bytes], heard: &Notify) -> f64 {
    let before = envoy.processor_time();
    for body in bodies {
        let status = client.ask(body, Kind::Plain, heard).await.unwrap();
        assert_eq!(status, 200);
    }
    (envoy.processor_time() - before).as_secs_f64() * 1e6 / bodies.len() as f64
}
