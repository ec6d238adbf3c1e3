//! Tollgate in a real Envoy, run with the configurations that ship and scripted providers behind them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test fails by a panic"
)]

#[path = "../../examples/provider/server.rs"]
mod provider;
#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod across;
mod actions;
mod aggregate;
mod audit;
mod cells;
mod checks;
mod clients;
mod configs;
mod dialects;
mod edges;
mod endpoints;
mod fall_over;
mod fleet;
mod framing;
mod guarded;
mod headers;
mod hostile;
mod identity;
mod injection;
mod keys;
mod limitador;
mod limits;
mod load;
mod paths;
mod providers;
mod quotas;
mod redaction;
mod redis;
mod refusals;
mod restoring;
mod routing;
mod service;
mod shipped;
mod signing;
mod source;
mod splice;
mod stand;
mod stream_ends;
