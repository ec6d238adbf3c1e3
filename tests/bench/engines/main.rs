//! The engines and the pipeline by themselves, natively, against a baseline that is kept.
//!
//! `BENCH_SAVE=1` writes the baseline instead of comparing with it.
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

mod baseline;
mod host;
mod pipeline;
mod texts;

use std::time::Duration;

use criterion::Criterion;

fn main() {
    let began = std::time::SystemTime::now();
    let second = Duration::from_secs(1);
    let (warm, time) = if kit::quick() {
        (second / 5, second / 2)
    } else {
        (second, second * 3)
    };
    let mut criterion = Criterion::default()
        .warm_up_time(warm)
        .measurement_time(time)
        .sample_size(30)
        .configure_from_args();
    texts::json(&mut criterion);
    texts::sse(&mut criterion);
    texts::counter(&mut criterion);
    texts::detectors(&mut criterion);
    texts::mask(&mut criterion);
    pipeline::stages(&mut criterion);
    pipeline::request(&mut criterion);
    pipeline::reply(&mut criterion);
    criterion.final_summary();
    baseline::compare(began);
}
