//! The load test: Envoy alone and Envoy with Tollgate side by side, in one run, as one table.
//!
//! One worker on one core; load generator and provider on the other. Rounds are interleaved: each measures every
//! column once, and the table shows medians. `QUICK=1` makes a run of a minute or two, `ROUNDS=N` a shorter or
//! longer one.
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

mod check;
mod measure;
mod plan;
mod plot;
mod table;

use std::fs;

use kit::envoy::Envoy;
use kit::provider::Provider;
use kit::variant::variants;
use measure::Results;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let pinned = kit::pin_self();
    let provider = Provider::start().await.unwrap();
    let variants = variants();
    let envoys: Vec<Envoy> = variants
        .iter()
        .map(|variant| Envoy::start(variant.name, &variant.config(provider.port())))
        .collect();
    for (variant, envoy) in variants.iter().zip(&envoys) {
        eprintln!("{}: port {}; {}", variant.name, envoy.port, variant.about);
        check::check(variant, envoy, &provider).await;
    }
    let scenarios = plan::scenarios();
    let mut results = Results::new(&envoys);
    measure::saturate(&mut results, &scenarios, &envoys, &provider).await;
    measure::at_half(&mut results, &scenarios, &envoys, &provider).await;
    results.close(&envoys);
    for envoy in &envoys {
        envoy.assert_sound();
    }
    let text = table::table(&results, &scenarios, &variants, &provider, pinned);
    println!("{text}");
    let folder = kit::folder();
    fs::write(folder.join("load.md"), &text).unwrap();
    fs::write(folder.join("load.svg"), plot::plot(&results, &scenarios)).unwrap();
    eprintln!("written: {0}/load.md, {0}/load.svg", folder.display());
}
