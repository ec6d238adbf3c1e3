//! The token counter against `tiktoken-rs`, token by token. A tenth of the generated cases runs here;
//! `make test-long` runs all, 1,000,000 for each encoding.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a panic in a test is a failed test"
)]

mod alphabet;
mod differential;
mod random;
mod stream;
mod texts;
mod whole;

use random::Random;
