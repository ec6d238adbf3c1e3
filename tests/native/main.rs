//! The roles driven natively, without Envoy: golden files, streams cut at every byte, stories, the
//! floors of the house.
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic in a test is a failed test"
)]

mod audit;
mod callers;
#[allow(dead_code, reason = "the tests of Envoy use more of it")]
#[path = "../support/checkers/mod.rs"]
mod checkers;
mod costs;
mod fleet;
mod floors;
mod frames;
mod golden;
mod keys;
mod matrix;
mod prices;
mod replies;
mod rig;
mod stories;
mod thoughts;
